"""Forms about scores: the rows of a sheet that a person gives points for, reasons, files that were filled in."""

from django import forms

from documents.uploads.fields import FilesField, ScanField
from units.forms import DressedForm

from ..criteria.forms import PointsField
from .actions import Given, basis_of, fault_of
from .rules import OWN


class ScoreForm(DressedForm, forms.Form):
    """The points of one criterion in the column whose turn it is."""

    points = PointsField(label="Điểm", required=False)
    note = forms.CharField(label="Ghi chú", max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 1}))
    files = FilesField(label="Thêm minh chứng", required=False, help_text="")
    dropped = forms.MultipleChoiceField(label="Bỏ tệp", required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args, leaf, score, stage, **kwargs):
        points = getattr(score, stage.points)
        # Who verifies or settles mostly agrees: the column before is offered.
        offered = basis_of(score, stage) if points is None and stage.basis else points
        initial = {"points": offered, "note": getattr(score, stage.note)}
        super().__init__(*args, prefix=f"m{leaf.pk}", initial=initial, **kwargs)
        self.leaf, self.score, self.stage = leaf, score, stage
        self.fields["points"].widget.attrs["aria-label"] = f"{stage.label} mục {leaf.code}"
        words = "Thuyết minh" if stage is OWN else "Lý do nếu khác"
        self.fields["note"].widget.attrs |= {"aria-label": f"{words} mục {leaf.code}", "placeholder": words}
        if stage is not OWN:
            del self.fields["files"], self.fields["dropped"]
            return
        self.fields["files"].widget.attrs["aria-label"] = f"Minh chứng mục {leaf.code}"
        self.fields["dropped"].choices = [(row.pk, row.upload.name) for row in score.evidence.all()]

    def clean(self):
        """What the sheet itself refuses, told beside the row; what was not posted stays as it is stored."""
        cleaned = super().clean()
        for name, column in (("points", self.stage.points), ("note", self.stage.note)):
            if self.add_prefix(name) not in self.data:
                cleaned[name] = getattr(self.score, column)
        fault = (
            None
            if self.errors
            else fault_of(self.leaf, self.score, self.stage, Given(cleaned["points"], cleaned["note"]))
        )
        if fault:
            self.add_error(*fault)
        return cleaned

    def given(self) -> Given:
        """What was typed."""
        typed = self.cleaned_data
        dropped = frozenset(int(key) for key in typed.get("dropped", ()))
        return Given(typed["points"], typed["note"], tuple(typed.get("files", ())), dropped)


class SheetForm:
    """All rows of a sheet that a person gives points for now."""

    def __init__(self, turn, scores, data=None, files=None):
        self.rows = {
            leaf.pk: ScoreForm(data, files, leaf=leaf, score=scores[leaf.pk], stage=turn.stage) for leaf in turn.leaves
        }
        self.paper = PaperForm(data, files, prefix="giay") if turn.on_paper else None
        self.fault = ""

    def is_valid(self) -> bool:
        """Whether everything typed can be stored; every row is looked at."""
        forms = [*self.rows.values(), *([self.paper] if self.paper else ())]
        for form in forms:
            form.full_clean()
        return not any(form.errors for form in forms)

    def given(self) -> dict[int, Given]:
        """{criterion: what was typed}."""
        return {key: form.given() for key, form in self.rows.items()}

    def add_refusal(self, refused):
        """Tell a refusal beside its row, or above all."""
        key, _, name = (refused.field or "").partition("-")
        if self.paper and key in self.paper.fields:
            self.paper.add_error(key, str(refused))
            return
        if key.isdecimal() and int(key) in self.rows:
            self.rows[int(key)].add_error(name, str(refused))
        else:
            self.fault = str(refused)


class PaperForm(DressedForm, forms.Form):
    """The paper on which a unit that nobody acts for scored itself."""

    day = forms.DateField(label="Ngày trên giấy", required=False)
    files = ScanField(label="Bản quét bảng tự chấm của đơn vị", required=False)

    def clean(self):
        """A scan and its day come together."""
        cleaned = super().clean()
        for one, other, words in (("files", "day", "Hãy ghi ngày trên giấy."), ("day", "files", "Hãy gắn bản quét.")):
            if cleaned.get(one) and not cleaned.get(other) and other not in self.errors:
                self.add_error(other, words)
        return cleaned
