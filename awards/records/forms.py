"""Forms about initiatives, yearly ratings, figures of collectives, discipline and pauses."""

from django import forms

from documents.steps.forms import EditForm
from units.forms import DressedForm, rows
from units.models import Unit

from ..catalogue.models import Whom
from .fields import RecipientField, RecipientsField
from .models import Initiative, Pause, Rating, Team

_HALF = ("kind", "scope", "year", "recognised_on", "number", "level", "since", "until", "members", "completed", "ldtt")
_RATED = [Whom.PERSON, Whom.COLLECTIVE]


class RecordForm(EditForm):
    """One record; short fields stand two in a line."""

    authors = None

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in self.fields:
            if name in (*_HALF, "cstdcs", "warned"):
                self.fields[name].half = True

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
        fields = ["name", "kind", "scope", "year", "recognised_on", "number", "issuer"]
        widgets = {"name": rows(2)}
        help_texts = {"number": "Số quyết định công nhận, ví dụ 12/QĐ-SNV."}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            authors = self.instance.authorships.select_related("recipient__unit").order_by("pk")
            self.initial["authors"] = [author.recipient for author in authors]

    def more(self):
        """Who made it."""
        return {"authors": self.cleaned_data["authors"]}


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
        fields = ["recipient", "year", "members", "completed", "ldtt", "cstdcs", "warned"]
        help_texts = dict.fromkeys(("completed", "ldtt", "cstdcs", "warned"), "Để trống nếu chưa đếm.")


class PauseForm(RecordForm):
    """Discipline or another reason why awards stop, from a day to a day."""

    recipient = RecipientField(label="Cá nhân, tập thể", kinds=_RATED)

    class Meta:
        model = Pause
        fields = ["recipient", "kind", "since", "until", "paper", "note"]
        widgets = {"note": rows(2)}
        help_texts = {"until": "Để trống nếu chưa kết thúc.", "paper": "Số, ngày, cơ quan ra văn bản."}


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


class RatingFileForm(DressedForm, forms.Form):
    """An Excel file with ratings of a year."""

    year = forms.IntegerField(label="Năm", min_value=1945, max_value=2100)
    paper = forms.CharField(label="Theo văn bản", max_length=200, required=False)
    file = forms.FileField(
        label="Tệp Excel", allow_empty_file=True, error_messages={"required": "Hãy chọn tệp Excel (.xlsx)."}
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["file"].widget.attrs["accept"] = ".xlsx"
