"""What is typed when a campaign takes one of its last steps."""

from django import forms
from django.utils import timezone

from documents.citations.fields import PaperField
from documents.steps.forms import StepForm


class DayForm(StepForm):
    """The day of a step."""

    day = forms.DateField(label="Ngày", initial=timezone.localdate)


class CommendForm(DayForm):
    """When the campaign was commended for, and by which decision."""

    paper = PaperField(
        label="Quyết định khen thưởng (nếu có)",
        required=False,
        help_text="Số, ký hiệu văn bản đã có trong sổ. Nhiều quyết định thì ghi quyết định đầu tiên.",
    )
