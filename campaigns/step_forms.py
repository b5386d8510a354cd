"""What is typed when a campaign takes one of its last steps, or goes back one."""

from django import forms
from django.utils import timezone

from documents.paper_field import PaperField
from documents.part_forms import rows
from units.forms import DressedForm


class DayForm(DressedForm, forms.Form):
    """The day of a step."""

    day = forms.DateField(label="Ngày", initial=timezone.localdate)


class CommendForm(DayForm):
    """When the campaign was commended for, and by which decision."""

    paper = PaperField(
        label="Quyết định khen thưởng (nếu có)",
        required=False,
        help_text="Số, ký hiệu văn bản đã có trong sổ. Nhiều quyết định thì ghi quyết định đầu tiên.",
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["paper"].user = user


class WhyForm(DressedForm, forms.Form):
    """Why something is taken back."""

    reason = forms.CharField(label="Lý do", max_length=1000, widget=rows(3))
