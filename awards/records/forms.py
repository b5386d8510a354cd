"""Forms about initiatives, yearly ratings, figures of collectives, discipline and pauses."""

from datetime import date

from django import forms
from django.db.models import Q
from django.utils import timezone

from documents.steps.forms import EditForm
from units.forms import DressedForm, dress, rows
from units.models import Unit

from ..catalogue.models import Whom
from .fields import RecipientField, RecipientsField
from .headings import SHEETS
from .models import Award, HeldPost, Initiative, Pause, Rating, Team
from .rules import fault_of_year

_HALF = (
    *("post", "place", "position_class", "service", "kind", "scope", "year", "recognised_on", "number", "level"),
    *("since", "until", "members", "women", "completed", "ldtt"),
)
_RATED = [Whom.PERSON, Whom.COLLECTIVE]


class RecordForm(EditForm):
    """One record; short fields stand two in a line."""

    authors = None

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in self.fields:
            if name in (*_HALF, "cstdcs", "warned"):
                self.fields[name].half = True
            if isinstance(self.fields[name], forms.TypedChoiceField):
                empty = [("", "Chọn" if self.fields[name].required else "Không ghi")]
                self.fields[name].choices = empty + [choice for choice in self.fields[name].choices if choice[0]]

    def more(self) -> dict:
        """What the action is told beside the row."""
        return {}


class InitiativeForm(RecordForm):
    """An initiative with its authors, and the decision that recognised it."""

    authors = RecipientsField(
        label="Tác giả", help_text="Mỗi dòng một người; trùng tên thì ghi thêm # và số của người đó."
    )

    class Meta:
        model = Initiative
        fields = ["name", "kind", "scope", "year", "recognised_on", "number", "issuer", "summary"]
        widgets = {"name": rows(2), "summary": rows(2)}
        help_texts = {"number": "Số quyết định công nhận, ví dụ 12/QĐ-SNV."}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            there = list(self.instance.authorships.select_related("recipient__unit").order_by("pk"))
            self.initial["authors"] = [author.recipient for author in there]
            for author in there:
                self.fields[f"used_{author.pk}"] = _used_field(author)
        self.order_fields(["name", "kind", "scope", "authors"])

    def more(self):
        """Who made it, and for what each author used it."""
        typed = self.cleaned_data
        used = {int(name.removeprefix("used_")): typed[name] for name in typed if name.startswith("used_")}
        return {"authors": typed["authors"], "used": used}


def _used_field(author) -> forms.ModelChoiceField:
    """For which of its awards an author used the initiative."""
    root = author.recipient.merged_into_id or author.recipient_id
    own = Q(recipient=root) | Q(recipient__merged_into=root)
    rows = Award.objects.standing().filter(own).select_related("type", "recipient").order_by("-year", "pk")
    field = forms.ModelChoiceField(
        rows, label=f"{author.recipient.name} đã dùng để xét", required=False, empty_label="Chưa dùng",
        initial=author.used_in_id, widget=forms.Select(attrs={"class": "form-select"}),
    )  # fmt: skip
    field.label_from_instance = lambda award: f"{award.title} năm {award.year}"
    field.half = True
    return field


class RatingForm(RecordForm):
    """How somebody did in a year."""

    recipient = RecipientField(label="Cá nhân, tập thể", kinds=_RATED)

    class Meta:
        model = Rating
        fields = ["recipient", "year", "level", "paper"]
        help_texts = {"paper": "Số, ngày của văn bản xếp loại."}


class TeamForm(RecordForm):
    """The people of a collective in a year."""

    recipient = RecipientField(label="Tập thể", kinds=[Whom.COLLECTIVE])

    class Meta:
        model = Team
        fields = ["recipient", "year", "members", "women", "completed", "ldtt", "cstdcs", "warned"]
        help_texts = dict.fromkeys(("women", "completed", "ldtt", "cstdcs", "warned"), "Để trống nếu chưa đếm.")


class PauseForm(RecordForm):
    """Discipline or another reason why awards stop, from a day to a day."""

    recipient = RecipientField(label="Cá nhân, tập thể", kinds=_RATED)

    class Meta:
        model = Pause
        fields = ["recipient", "kind", "since", "until", "paper", "note"]
        widgets = {"note": rows(2)}
        help_texts = {"until": "Để trống nếu chưa kết thúc.", "paper": "Số, ngày, cơ quan ra văn bản."}


class HeldPostForm(RecordForm):
    """A post that somebody held, or a service, from a day to a day."""

    recipient = RecipientField(label="Cá nhân", kinds=[Whom.PERSON])

    class Meta:
        model = HeldPost
        fields = ["recipient", "post", "place", "since", "until", "position_class", "service", "is_hard", "paper"]
        help_texts = {
            "until": "Để trống nếu đang giữ.",
            "position_class": "Để xét khen thưởng quá trình cống hiến.",
            "service": "Để xét niên hạn, danh hiệu của ngành; chức vụ lãnh đạo thì để trống.",
            "paper": "Số, ngày của quyết định bổ nhiệm, bầu, điều động.",
        }


class RemoveForm(DressedForm, forms.Form):
    """Why a record is taken out."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(label="Lý do", max_length=300, widget=rows(2))


class SheetForm(DressedForm, forms.Form):
    """The ratings of a unit's people for a year: a field for each of ``people``."""

    paper = forms.CharField(label="Theo văn bản", max_length=200, required=False)

    def __init__(self, *args, people, levels, **kwargs):
        super().__init__(*args, **kwargs)
        self.people = people
        for row in people:
            self.fields[f"level_{row.pk}"] = forms.ChoiceField(
                label=row.name, choices=[("", "Chưa xếp loại"), *Rating.Level.choices], required=False,
                initial=levels.get(row.pk, ""), widget=forms.Select(attrs={"class": "form-select"}),
            )  # fmt: skip

    @property
    def rows(self):
        """Each of the people with the field."""
        return [(row, self[f"level_{row.pk}"]) for row in self.people]

    def given(self) -> dict:
        """{recipient: level} of what was chosen; who is left open stays."""
        return {row: level for row in self.people if (level := self.cleaned_data[f"level_{row.pk}"])}


class UnitYearForm(DressedForm, forms.Form):
    """Of which unit and year the sheet is."""

    don_vi = forms.ModelChoiceField(
        label="Đơn vị", queryset=Unit.objects.all(), widget=forms.Select(attrs={"data-search": ""})
    )
    nam = forms.IntegerField(label="Năm", min_value=1945, max_value=2100)


class FileForm(DressedForm, forms.Form):
    """An Excel file."""

    file = forms.FileField(
        label="Tệp Excel", allow_empty_file=True, error_messages={"required": "Hãy chọn tệp Excel (.xlsx)."}
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["file"].widget.attrs["accept"] = ".xlsx"


class ImportForm(FileForm):
    """An Excel file with records, and what all its rows share that do not say it themselves."""

    def __init__(self, *args, model, **kwargs):
        super().__init__(*args, **kwargs)
        self.model = model
        for name in SHEETS[model].shared:
            self.fields[name] = field = model._meta.get_field(name).formfield(required=False)
            field.label, field.half = f"{SHEETS[model].fields[name].head} (chung cho cả tệp)", True
            if getattr(field, "choices", None):
                field.choices = [("", "Ghi ở từng dòng"), *(choice for choice in field.choices if choice[0])]
        dress(self)

    def clean_year(self):
        """A year that is over, for what is recorded of a year."""
        year = self.cleaned_data["year"]
        if year and (words := fault_of_year(year, timezone.localdate(), rated=self.model is Rating)):
            raise forms.ValidationError(words)
        return year

    def shared(self) -> dict[str, str]:
        """What all rows share, as it is kept."""
        typed = {name: self.cleaned_data.get(name) for name in SHEETS[self.model].shared}
        return {
            name: value.isoformat() if isinstance(value, date) else str(value)
            for name, value in typed.items()
            if value not in (None, "")
        }


class ColumnsForm(DressedForm, forms.Form):
    """Which column of a file says what, where its headings are not known."""

    sheet = forms.ChoiceField(label="Trang tính")
    head = forms.IntegerField(label="Dòng tiêu đề", min_value=0, max_value=1000, initial=1, help_text="0 nếu không có.")

    def __init__(self, *args, model, sheets, columns, **kwargs):
        super().__init__(*args, **kwargs)
        self.model = model
        self.fields["sheet"].choices = [(title, title) for title in sheets]
        for name, told in SHEETS[model].fields.items():
            needed = told.needed and name not in (*SHEETS[model].shared, "year")
            field = forms.ChoiceField(label=told.head, choices=[("", "Không có"), *columns], required=needed)
            field.widget.attrs["class"] = "form-select"
            self.fields[f"at_{name}"] = field
        for field in self.fields.values():
            field.half = True

    def clean(self):
        """No column says two things."""
        cleaned, seen = super().clean(), {}
        for name, head in SHEETS[self.model].heads.items():
            column = cleaned.get(f"at_{name}")
            if column and column in seen:
                self.add_error(f"at_{name}", f"Cột này đã chọn cho «{seen[column]}». Hãy chọn cột khác.")
            elif column:
                seen[column] = head
        return cleaned

    def columns(self) -> dict[str, int]:
        """{field: column}."""
        typed = self.cleaned_data
        return {name: int(typed[f"at_{name}"]) for name in SHEETS[self.model].fields if typed.get(f"at_{name}")}
