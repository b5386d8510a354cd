"""What is typed of the duties of a year, and how its table is filtered."""

from django import forms

from documents.citations.fields import PaperField
from documents.steps.forms import EditForm
from units.forms import DressedForm

from .models import Milestone


class MilestoneForm(EditForm):
    """One duty of the clusters in a year."""

    class Meta:
        model = Milestone
        fields = ["title", "proof", "begins_on", "due_on"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["begins_on"].half = self.fields["due_on"].half = True


class GuidanceForm(DressedForm, forms.Form):
    """The guidance that was made outside the program."""

    paper = PaperField(
        label="Số, ký hiệu hướng dẫn",
        help_text="Văn bản đã có trong sổ, ví dụ 15/HD-SNV. Các việc phải theo đúng văn bản.",
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["paper"].user = user


class ProgressFilter(DressedForm, forms.Form):
    """Which clusters the page side by side shows."""

    muc = forms.ChoiceField(
        label="Tình trạng",
        required=False,
        choices=[("", "Tất cả"), ("late", "Có việc quá hạn"), ("on_time", "Không có việc quá hạn")],
    )

    def rows(self, rows):
        """Those of ``rows`` that pass; none where the filter itself is wrong."""
        if not self.is_bound:
            return rows
        if not self.is_valid():
            return []
        wanted = self.cleaned_data["muc"]
        return [row for row in rows if not wanted or bool(row.late) == (wanted == "late")]
