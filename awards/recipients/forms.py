"""What may be typed about a recipient: facts of its kind, where a person worked, which record is another one's second."""

from types import SimpleNamespace

from django import forms
from django.utils import timezone

from documents.steps.forms import EditForm
from units.forms import DressedForm, dress, rows
from units.models import Unit
from units.text import key_or_none

from ..catalogue.models import Whom
from .facts import LABELS
from .fields import GroupsField, KnownField, UnitField, UnitNames
from .models import Posting, Recipient
from .rules import digits_of, fault_of_number, fault_of_posting, faults_of

_DAY = "Chỉ biết năm thì để trống ô này và ghi năm."


class _RecipientForm(EditForm):
    """What is asked of every kind."""

    half: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()

    def __init__(self, *args, names: UnitNames, **kwargs):
        super().__init__(*args, **kwargs)
        self.apart = {key for word in self.data.get("apart", "").split(",") if (key := key_or_none(word))}
        self.matches = []
        self.fields["unit"].choices = [("", "Chưa ghi đơn vị"), *names.choices]
        if self.groups:
            self.fields["groups"] = GroupsField(self.groups, label="Thuộc nhóm", help_text=_GROUPS)
            self.initial["groups"] = self.instance.groups
        for name in self.half:
            self.fields[name].half = True
        for name in ("gender", "ethnicity", "position_class", "body_class"):
            if name in self.fields:
                self.fields[name].choices = [("", "Chưa ghi"), *self.fields[name].choices[1:]]

    def clean(self):
        """What cannot be true stands beside its field, all of it at once."""
        cleaned = super().clean()
        self.instance.groups = cleaned.get("groups", "")
        typed = dict.fromkeys(_JUDGED) | {"name": "", "head": ""} | cleaned
        typed["kind"] = self.instance.kind
        for field, words in faults_of(SimpleNamespace(**typed), timezone.localdate()).items():
            if field not in self.errors:
                self.add_error(field, words)
        return cleaned

    @property
    def facts(self):
        """The fields, without those of another card."""
        return [self[name] for name in self.fields if name not in ("version", "moved_on", "number")]


_JUDGED = ("began_on", "began_year", "ended_on", "known_from", "members")
_GROUPS = "Một số danh hiệu, hình thức chỉ dành cho nhóm này. Không thuộc nhóm nào thì để trống."
_KNOWN = "Để trống nếu đã nhập đủ từ đầu."
_UNIT = {"unit": forms.Select(attrs={"data-search": ""})}
_NOTE = {"note": rows(2)}


class PersonForm(_RecipientForm):
    """A person: no more than the law asks of a proposal."""

    groups = (
        "armed", "soldier", "martyr", "volunteer", "worker", "farmer", "labourer", "freelance", "scholar", "teacher",
        "medic", "artist", "circus", "artisan", "manager", "foreign", "overseas",
    )  # fmt: skip
    half = (
        "name", "gender", "began_on", "began_year", "ethnicity", "staff_code", "unit", "post", "position_class", "address",
        "ended_on", "known_from",
    )  # fmt: skip

    moved_on = forms.DateField(
        label="Chuyển đơn vị, chức vụ từ ngày",
        required=False,
        help_text="Ghi khi đơn vị hoặc chức vụ ở trên vừa thay đổi: nơi cũ tự vào quá trình công tác. Chỉ sửa cho đúng "
        "thì để trống.",
    )
    number = forms.CharField(
        label="Số căn cước", required=False, max_length=30,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        help_text="12 số. Chỉ ghi khi hồ sơ cần; ai xem đều được ghi lại.",
    )  # fmt: skip

    class Meta:
        model = Recipient
        fields = [
            "name", "gender", "began_on", "began_year", "ethnicity", "staff_code", "unit", "post", "position_class", "address",
            "ended_on", "known_from", "note",
        ]  # fmt: skip
        labels = LABELS[Whom.PERSON]
        help_texts = {
            "began_on": _DAY,
            "known_from": _KNOWN,
            "address": "Chỉ ghi cho người không thuộc cơ quan nào: nông dân, lao động tự do.",
            "position_class": "Theo biểu thống kê 0602, 0603.",
        }
        widgets = _UNIT | _NOTE

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        is_new = self.instance.pk is None
        del self.fields["moved_on" if is_new else "number"]

    def clean_number(self):
        """Twelve digits."""
        number = digits_of(self.cleaned_data["number"])
        if number and (fault := fault_of_number(number)):
            raise forms.ValidationError(fault)
        return number


class CollectiveForm(_RecipientForm):
    """A collective: the unit itself, or a part of it."""

    groups = ("commune", "village", "province", "armed", "corps", "foreign", "overseas")
    half = ("began_on", "began_year", "body_class", "may_receive_flags", "ended_on", "known_from")

    may_receive_flags = KnownField(
        label="Thuộc đối tượng được tặng cờ",
        yes="Được tặng cờ",
        no="Không được tặng cờ",
        help_text="Cờ thi đua tặng đơn vị của cụm, khối; phòng, ban trong cơ quan thường không thuộc đối tượng.",
    )

    class Meta:
        model = Recipient
        fields = [
            "name", "unit", "is_unit", "body_class", "may_receive_flags", "began_on", "began_year", "ended_on", "known_from",
            "note",
        ]  # fmt: skip
        labels = LABELS[Whom.COLLECTIVE] | {"is_unit": "Tập thể này là chính đơn vị"}
        help_texts = {
            "began_on": _DAY,
            "known_from": _KNOWN,
            "unit": "Tập thể là phòng, ban, trường thì chọn cơ quan chủ quản.",
        }
        widgets = _UNIT | _NOTE

    def clean(self):
        """What is a unit itself names it."""
        cleaned = super().clean()
        if cleaned.get("is_unit") and not cleaned.get("unit"):
            self.add_error("unit", "Tập thể là chính đơn vị thì phải chọn đơn vị đó.")
        return cleaned


class HouseholdForm(_RecipientForm):
    """A household: its head, how many they are, where it lives."""

    half = ("head", "members", "unit", "known_from")

    class Meta:
        model = Recipient
        fields = ["name", "head", "members", "address", "unit", "known_from", "note"]
        labels = LABELS[Whom.HOUSEHOLD]
        help_texts = {"name": "Ví dụ: Hộ gia đình Nông Văn Mẫu.", "known_from": _KNOWN}
        widgets = _UNIT | _NOTE

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("head", "address", "unit"):
            self.fields[name].required = True


FORMS = {Whom.PERSON: PersonForm, Whom.COLLECTIVE: CollectiveForm, Whom.HOUSEHOLD: HouseholdForm}


# What the department alone says of somebody.
_DEPARTMENTS = ("number", "known_from", "may_receive_flags", "ended_on", "note")


def own_form(row: Recipient, unit, user, data=None) -> _RecipientForm:
    """The form by which a unit adds ``row``: a living unit that ``user`` sees, ``unit`` where nothing else is chosen."""
    living = Unit.objects.filter(pk__in=user.seen_units).alive_on(timezone.localdate())
    form = FORMS[row.kind](data, instance=row, initial={"unit": unit.pk}, names=UnitNames(living))
    for name in _DEPARTMENTS:
        form.fields.pop(name, None)
    form.fields["unit"].choices = form.fields["unit"].choices[1:]
    form.fields["unit"].required = True
    return form


# --- Where a person worked


class PostingForm(DressedForm, forms.Form):
    """One line: where, as what, from when to when."""

    key = forms.IntegerField(required=False, widget=forms.HiddenInput)
    unit = UnitField(label="Đơn vị")
    post = forms.CharField(label="Chức vụ", max_length=200, required=False)
    position_class = Posting._meta.get_field("position_class").formfield(label="Lớp chức vụ", required=False)
    since = forms.DateField(label="Từ ngày", required=False)
    until = forms.DateField(label="Đến ngày", required=False, help_text="Để trống: đến nay.")

    def __init__(self, *args, names: UnitNames, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].names = names
        self.fields["position_class"].choices = [("", "Chưa ghi"), *self.fields["position_class"].choices[1:]]

    def clean(self):
        """Days the right way round, in a unit that there was."""
        cleaned = super().clean()
        if cleaned.get("unit") and not self.errors:
            for field, words in fault_of_posting(self.posting(), None, timezone.localdate()).items():
                self.add_error(field, words)
        return cleaned

    def posting(self) -> Posting:
        """The line as typed, not stored."""
        typed = self.cleaned_data
        names = ("unit", "post", "position_class", "since", "until")
        return Posting(pk=typed.get("key"), **{name: typed.get(name) for name in names})

    def has_changed(self):
        """Whether anything but its place was typed."""
        return any(name not in ("ORDER", "key") for name in self.changed_data)


class _Postings(forms.BaseFormSet):
    def add_fields(self, form, index):
        """The box that crosses out; the place is for the script alone, they stand by their days."""
        super().add_fields(form, index)
        form.fields["DELETE"].label = "Xóa"
        form.fields["ORDER"].widget = forms.HiddenInput()
        dress(form)


PostingFormSet = forms.formset_factory(
    PostingForm, formset=_Postings, extra=0, can_delete=True, can_order=True, max_num=40, validate_max=True
)


def postings_of(row: Recipient, names: UnitNames, data=None) -> forms.BaseFormSet:
    """The lines of a person, as stored or as typed."""
    stored = [
        {"key": one.pk, "unit": one.unit.label, "post": one.post, "position_class": one.position_class, "since": one.since,
         "until": one.until}
        for one in row.postings.select_related("unit__superior")
    ] if row.pk else []  # fmt: skip
    return PostingFormSet(data, initial=stored, prefix="posting", form_kwargs={"names": names})


def typed_postings(lines, row: Recipient) -> list[Posting]:
    """What stands in valid ``lines``; a key that is not one of this person's is a new line."""
    own = set(row.postings.values_list("pk", flat=True)) if row.pk else set()
    found = []
    for form in lines.forms:
        if form.cleaned_data.get("unit") and not form.cleaned_data.get("DELETE"):
            posting = form.posting()
            posting.pk = posting.pk if posting.pk in own else None
            found.append(posting)
    return found


# --- Merging, looking for a number


class MergeForm(DressedForm, forms.Form):
    """Why two records are one; the versions are those that the person looked at."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    gone_version = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label="Lý do", max_length=1000, widget=rows(2, placeholder="Vì sao là một, dựa vào giấy tờ nào")
    )


class FindIdentityForm(DressedForm, forms.Form):
    """A number to look for."""

    number = forms.CharField(
        label="Số căn cước", max_length=30,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "autofocus": ""}),
    )  # fmt: skip
