"""What may be typed about a campaign: its facts, the paper that launches it, the duty that it does."""

from django import forms
from django.utils import timezone

from documents.citations.fields import PaperField
from documents.models import Document, Duty
from documents.steps.forms import EditForm, StepForm
from units.forms import DressedForm
from units.models import Unit, User
from units.permissions import MANAGERS, may_manage
from units.text import key_or_none

from ..campaign.models import Campaign
from ..campaign.rules import AFTER_LAUNCH, DATES, faults_of_dates

# Kinds of units that a province asks to join.
ASKED = [
    Unit.Kind.DEPARTMENT,
    Unit.Kind.FRONT,
    Unit.Kind.PARTY,
    Unit.Kind.CENTRAL,
    Unit.Kind.DISTRICT,
    Unit.Kind.COMMUNE,
    Unit.Kind.ENTERPRISE,
]


class KeysField(forms.ModelMultipleChoiceField):
    """Several rows; a key that no database holds is as wrong as one that nothing has."""

    def _check_values(self, value):
        """Django asks the database for any number, which fails for one that is too long."""
        for key in value:
            if key_or_none(key) is None:
                raise forms.ValidationError(
                    self.error_messages["invalid_choice"], code="invalid_choice", params={"value": key}
                )
        return super()._check_values(value)


class CampaignForm(EditForm):
    """A campaign with what it rests on; of a launched one only what may still be put right."""

    of_nation = forms.BooleanField(label="Do Trung ương phát động, tỉnh ghi lại để hưởng ứng", required=False)
    asked_kinds = forms.MultipleChoiceField(
        label="Loại đơn vị được đề nghị hưởng ứng",
        choices=[(kind.value, kind.label) for kind in ASKED],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    parents = KeysField(
        label="Trên cơ sở phong trào",
        queryset=Campaign.objects.none(),
        required=False,
        widget=forms.SelectMultiple(attrs={"data-search": ""}),
        help_text="Phong trào của cấp trên mà phong trào này thực hiện; chọn được nhiều phong trào.",
    )

    class Meta:
        model = Campaign
        fields = [
            "unit",
            "of_nation",
            "name",
            "kind",
            "scope",
            "parents",
            "overruled",
            "begins_on",
            "ends_on",
            "interim_on",
            "final_on",
            "asked_kinds",
            "participants",
            "aims",
            "contents",
            "criteria",
            "quota_collectives",
            "quota_people",
            "nominations_until",
            "follower",
        ]
        widgets = {name: forms.Textarea(attrs={"rows": 5}) for name in ("aims", "contents", "criteria")}

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user, is_draft = user, self.instance.is_draft
        if not is_draft:
            for name in [name for name in self.fields if name not in (*AFTER_LAUNCH, "version")]:
                del self.fields[name]
            self._offer_more_kinds()
        else:
            self._offer_units(user)
            self._offer_parents(user)
        kept = User.objects.filter(pk=self.instance.follower_id)
        self.fields["follower"].queryset = (self._followers(user) | kept).distinct()
        self.fields["follower"].empty_label = "Chưa giao"
        if "overruled" in self.fields:
            self.fields[
                "overruled"
            ].help_text = "Chỉ ghi khi thời gian ra ngoài phong trào cấp trên, hoặc phong trào đó đã hoãn, đã kết thúc."
        for name in ("kind", "scope", "begins_on", "ends_on", "interim_on", "final_on", *AFTER_LAUNCH):
            if name in self.fields and name != "asked_kinds":
                self.fields[name].half = True

    def _offer_more_kinds(self):
        """After the launch kinds are added; those of a unit's campaign are its subordinates, whatever their kind."""
        if self.instance.level == Campaign.Level.UNIT:
            del self.fields["asked_kinds"]
            return
        field, labels = self.fields["asked_kinds"], dict(Unit.Kind.choices)
        offered = {kind for kind, _ in field.choices}
        field.choices += [(kind, labels.get(kind, kind)) for kind in self.instance.asked_kinds if kind not in offered]
        field.help_text = "Chỉ thêm được; loại đã đề nghị trong văn bản phát động không bỏ được."

    def _offer_units(self, user):
        """The own unit; for who runs the year the province's body as well."""
        units = Unit.objects.filter(pk=user.unit_id)
        if may_manage(user):
            units = Unit.objects.alive_on(timezone.localdate()).filter(kind=Unit.Kind.PROVINCE) | units
            self.fields["of_nation"].initial = self.instance.level == Campaign.Level.NATION
        else:
            del self.fields["of_nation"]
            del self.fields["asked_kinds"]
        self.fields["unit"].queryset = units = units.distinct()
        # A list: without an empty choice the widget looks at the first one before it draws them all.
        self.fields["unit"].choices = [(unit.pk, str(unit)) for unit in units]
        if self.instance.unit_id is None:
            above = user.unit.superior
            is_for_province = may_manage(user) and above and above.kind == Unit.Kind.PROVINCE
            self.initial["unit"] = above.pk if is_for_province else user.unit_id

    def _offer_parents(self, user):
        rows = Campaign.objects.visible_to(user).going_on().exclude(pk=self.instance.pk)
        kept = list(self.instance.parents.values_list("pk", flat=True)) if self.instance.pk else []
        self.initial.setdefault("parents", kept)
        self.fields["parents"].queryset = rows | Campaign.objects.filter(pk__in=kept)

    def _followers(self, user):
        people = User.objects.filter(is_active=True)
        if self.instance.pk and self.instance.level != Campaign.Level.UNIT:
            return people.filter(role__in=MANAGERS)
        return people.filter(unit=user.unit_id)

    def clean(self):
        """Days in their order; a campaign of the nation is recorded by the province's body."""
        cleaned = super().clean()
        for name, words in faults_of_dates({name: cleaned.get(name) for name in DATES}).items():
            self.add_error(name, words)
        unit = cleaned.get("unit")
        if cleaned.get("of_nation") and unit and unit.kind != Unit.Kind.PROVINCE:
            self.add_error("of_nation", "Phong trào của Trung ương do UBND tỉnh ghi lại: hãy chọn đơn vị là UBND tỉnh.")
        return cleaned

    def _post_clean(self):
        super()._post_clean()
        if "unit" in self.fields:
            of_nation = self.cleaned_data.get("of_nation")
            self.instance.level = Campaign.Level.NATION if of_nation else Campaign.Level.UNIT
            self.instance.asked_kinds = self.cleaned_data.get("asked_kinds") or []

    def chosen_parents(self) -> list[Campaign]:
        """What the campaign rests on; of a launched one what it rested on."""
        if "parents" in self.fields:
            return list(self.cleaned_data["parents"])
        return list(self.instance.parents.all())


class LaunchForm(StepForm):
    """The paper that launched a campaign, when it was made outside the program."""

    paper = PaperField(
        label="Số, ký hiệu văn bản phát động", help_text="Văn bản đã có trong sổ, ví dụ 43/PĐ-UBND.", dated=True
    )

    def typed(self):
        """The day of the launch is that of its paper."""
        typed = super().typed()
        return typed | {"day": typed["paper"].dated}


class DutyForm(DressedForm, forms.Form):
    """A duty of an issued paper that units are to do by launching on the basis of ``campaign``; what does so is not offered."""

    duty = forms.ModelChoiceField(
        label="Nhiệm vụ giao các đơn vị phát động",
        queryset=Duty.objects.none(),
        empty_label="Chọn nhiệm vụ",
        widget=forms.Select(attrs={"data-search": ""}),
    )

    def __init__(self, *args, user, campaign, **kwargs):
        super().__init__(*args, **kwargs)
        papers = Document.objects.open_to(user).filter(state=Document.State.ISSUED).order_by().values("pk")
        tied = campaign.launch_duties.order_by().values("duty")
        rows = Duty.objects.filter(document__in=papers).exclude(pk__in=tied).select_related("document__type")
        self.fields["duty"].queryset = rows.order_by("-document__dated", "document", "position")
        self.fields["duty"].label_from_instance = lambda duty: f"{duty.document.name}, {duty}"[:160]


class CorrectForm(StepForm):
    """Which paper launched the campaign, and why another one was typed."""

    paper = PaperField(
        label="Số, ký hiệu văn bản phát động đúng",
        help_text="Văn bản đã có trong sổ, ví dụ 43/PĐ-UBND. Có thể ghi ngày sau số.",
        dated=True,
    )
