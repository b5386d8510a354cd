"""What may be typed of a plan: its facts with shares and what qualifies, a level, contents, quotas; who serves."""

from django import forms
from django.utils import timezone

from awards.catalogue.book import award_names
from awards.models import AwardType
from documents.citations.fields import PaperField
from documents.steps.forms import EditForm, StepForm
from units.figures import FigureField
from units.forms import DressedForm, dress, rows
from units.lines import Line, Lines
from units.models import Unit

from .actions import level_faults
from .models import DAYS, Level, Plan, Required, Trait
from .quotas import MOST

# The congress of the province is held by the province alone.
KINDS = [(kind.value, kind.label) for kind in Unit.Kind if kind != Unit.Kind.PROVINCE]


def reason_field(plan) -> dict:
    """{name: field} of the reason, which is asked for once a plan was issued."""
    if plan.state != Plan.State.ISSUED:
        return {}
    words = "Kế hoạch đã ban hành: ghi vì sao sửa, theo văn bản điều chỉnh nào."
    field = forms.CharField(label="Lý do sửa", max_length=1000, help_text=words, widget=rows(2), required=False)
    return {"reason": field}


def tell_order(form, typed, first, last):
    """Beside ``last``: it comes before ``first``."""
    if typed.get(first) and typed.get(last) and typed[last] < typed[first]:
        form.add_error(last, "Ngày cuối phải từ ngày đầu trở đi.")


class PlanForm(EditForm):
    """A plan, with the least share of each trait and the awards that qualify a delegate."""

    qualifying = forms.MultipleChoiceField(
        label="Khen thưởng được tính", required=False, widget=forms.CheckboxSelectMultiple,
        help_text="Không chọn: khen thưởng nào cũng được tính.",
    )  # fmt: skip

    class Meta:
        model = Plan
        fields = [
            "name", "number", "national", "serves_from", "serves_until", "recognised_from", "report_days", "aims", "qualifying",
        ]  # fmt: skip
        widgets = {"aims": rows(5), "name": rows(2)}
        help_texts = {"aims": "Mỗi đoạn một dòng, in trong văn bản kế hoạch."}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in self.Meta.fields[1:7]:
            self.fields[name].half = True
        names = award_names()
        for_people = AwardType.objects.filter(for_person=True).values_list("code", flat=True)
        self.fields["qualifying"].choices = [(code, names.get(code, code)) for code in for_people]
        self._add_shares()
        self.fields |= reason_field(self.instance)
        dress(self)

    def _add_shares(self):
        kept = dict(self.instance.shares.values_list("trait", "percent")) if self.instance.pk else {}
        for trait in Trait:
            self.fields[_share(trait)] = FigureField(
                label=f"{trait.label} (ít nhất, %)", required=False, max_value=100, max_digits=5, initial=kept.get(trait),
                error_messages={"max_value": "Tỷ lệ nhiều nhất là 100 %%."},
            )  # fmt: skip
            self.fields[_share(trait)].half = True

    @property
    def facts(self):
        """The fields of the plan itself."""
        return [self[name] for name in [*self.Meta.fields[:-1], *reason_field(self.instance)]]

    @property
    def shares(self):
        """The fields of the shares."""
        return [self[_share(trait)] for trait in Trait]

    def clean(self):
        """The years in their order, told beside the second."""
        typed = super().clean()
        first, last = typed.get("serves_from"), typed.get("serves_until")
        if first and last and last < first:
            self.add_error("serves_until", "Năm cuối phải từ năm đầu trở đi.")
        return typed

    def typed_shares(self) -> dict:
        """{trait: percent} of those that were typed."""
        typed = {trait.value: self.cleaned_data.get(_share(trait)) for trait in Trait}
        return {trait: percent for trait, percent in typed.items() if percent is not None}


def _share(trait) -> str:
    return f"share_{trait}"


class LevelForm(EditForm):
    """One level beside the ``others`` of its plan."""

    unit_kinds = forms.MultipleChoiceField(
        label="Loại đơn vị", choices=KINDS, required=False, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Level
        fields = [
            "name", "begins_on", "ends_on", "is_congress", "unit_kinds", "full_below", "sent_up", "needs_approval",
        ]  # fmt: skip
        help_texts = {
            "full_below": "Từ số này trở lên họp đại biểu. Để trống nếu kế hoạch không quy định.",
            "sent_up": "Của mỗi đơn vị, khi đơn vị không có số riêng.",
        }

    def __init__(self, *args, plan, **kwargs):
        self.plan = plan
        kwargs["instance"].version = plan.version
        super().__init__(*args, **kwargs)
        for name in ("begins_on", "ends_on", "full_below", "sent_up"):
            self.fields[name].half = True
        self.fields["sent_up"].required = False
        self.fields |= reason_field(plan)
        dress(self)

    def clean_sent_up(self):
        """Nobody is sent up where nothing was typed."""
        return self.cleaned_data["sent_up"] or 0

    def clean(self):
        """The congress is the province's; other levels name their units; the levels fit together."""
        typed = super().clean()
        if typed.get("is_congress"):
            typed["unit_kinds"] = [Unit.Kind.PROVINCE]
        elif not typed.get("unit_kinds"):
            self.add_error("unit_kinds", "Hãy chọn loại đơn vị tổ chức ở cấp này.")
        tell_order(self, typed, "begins_on", "ends_on")
        return typed

    def _post_clean(self):
        super()._post_clean()
        if self.errors:
            return
        # Last, so that what does not fit is told of this one and names the other.
        others = [row for row in self.plan.levels.all() if row.pk != self.instance.pk]
        for place, field, words in level_faults([*others, self.instance]):
            if place == len(others):
                self.add_error(field, words)

    def rows(self) -> list[Level]:
        """All levels of the plan as they would be, in the order of their windows."""
        others = [row for row in self.plan.levels.all() if row.pk != self.instance.pk]
        return sorted([*others, self.instance], key=lambda row: (row.is_congress, row.begins_on, row.ends_on))


class RequiredForm(Line):
    """One thing that conferences must contain."""

    key = forms.IntegerField(required=False, widget=forms.HiddenInput)
    content = forms.CharField(
        label="Nội dung",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 1, "placeholder": "Nội dung, phần chương trình"}),
    )
    kind = forms.ChoiceField(label="Là", choices=Required.Kind)
    minutes = forms.IntegerField(label="Số phút", required=False, min_value=1, max_value=1440)
    told_in = forms.TypedChoiceField(label="Trình bày ở phần", required=False, coerce=int, empty_value=None)

    def __init__(self, *args, parts=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["told_in"].choices = [("", "Chưa ghi ở phần nào"), *((row.pk, row.words) for row in parts)]

    def has_changed(self):
        """Whether anything but place and kind was typed."""
        return any(name not in ("ORDER", "kind") for name in self.changed_data)


class RequiredRows(Lines):
    """What conferences must contain."""

    once = "content"

    def required(self) -> list[Required]:
        """The rows as typed, in their order, not stored."""
        typed = (form.cleaned_data for form in self.ordered_forms)
        return [
            Required(
                pk=row["key"], words=row["content"], kind=row["kind"], minutes=row["minutes"], told_in_id=row["told_in"]
            )
            for row in typed
        ]


RequiredFormSet = forms.formset_factory(
    RequiredForm, formset=RequiredRows, can_delete=True, can_order=True, extra=1, max_num=60
)


class ReasonForm(DressedForm, forms.Form):
    """What goes with lines: the version that was looked at, the reason once the plan was issued."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, plan, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["version"] = plan.version
        self.fields |= reason_field(plan)
        dress(self)


class QuotaForm(DressedForm, forms.Form):
    """How many delegates one unit sends."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    number = forms.IntegerField(
        label="Số đại biểu riêng", required=False, min_value=0, max_value=MOST,
        help_text="Để trống: theo số của cấp.", widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )  # fmt: skip

    def __init__(self, *args, plan, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["version"] = plan.version


class QuotaFileForm(DressedForm, forms.Form):
    """A filled-in file of quotas."""

    file = forms.FileField(
        label="Tệp Excel", help_text="Xuất Excel từ trang số đại biểu, điền cột «Số đại biểu riêng»."
    )


# --- Who serves


class ServingForm(DressedForm, forms.Form):
    """Units that one paper puts to work against an epidemic."""

    units = forms.ModelMultipleChoiceField(
        label="Đơn vị", queryset=Unit.objects.none(), widget=forms.SelectMultiple(attrs={"data-search": ""})
    )
    since = forms.DateField(label="Từ ngày", validators=DAYS)
    until = forms.DateField(
        label="Đến ngày", required=False, help_text="Để trống nếu chưa biết.", validators=DAYS
    )  # fmt: skip
    reason = forms.CharField(
        label="Nhiệm vụ", max_length=300, help_text="Ví dụ: tập trung nhân lực phòng, chống dịch Covid-19."
    )
    paper = PaperField(label="Theo văn bản số", help_text="Văn bản đã có trong sổ.")

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["paper"].user = user
        self.fields["units"].queryset = Unit.objects.exclude(kind=Unit.Kind.PROVINCE).order_by("sort_text")
        self.fields["since"].half = self.fields["until"].half = True

    def clean(self):
        """The days in their order, within the life of each unit."""
        typed = super().clean()
        since, until = typed.get("since"), typed.get("until")
        if since and until and until < since:
            self.add_error("until", "Ngày kết thúc sớm hơn ngày bắt đầu. Hãy sửa lại một trong hai ngày.")
        dead = [str(unit) for unit in typed.get("units") or () if since and not unit.is_alive_on(since)]
        if dead:
            self.add_error("units", f"Không hoạt động ngày {since:%d/%m/%Y}: {', '.join(dead[:5])}.")
        return typed


class EndServingForm(StepForm):
    """The last day on which a unit serves."""

    until = forms.DateField(label="Ngày cuối", initial=timezone.localdate, validators=DAYS)
