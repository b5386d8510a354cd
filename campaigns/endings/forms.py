"""What is typed when a campaign takes one of its last steps, goes back one, or when something is taken back or put right."""

from django import forms
from django.utils import timezone

from documents.papers.fields import PaperField

from ..campaign.forms import BackForm, _OfVersion


class DayForm(_OfVersion):
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


class CorrectForm(BackForm):
    """Which paper launched the campaign, and why another one was typed."""

    paper = PaperField(
        label="Số, ký hiệu văn bản phát động đúng",
        help_text="Văn bản đã có trong sổ, ví dụ 43/PĐ-UBND. Có thể ghi ngày sau số.",
        dated=True,
    )
    field_order = ["paper", "reason"]

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["paper"].user = user
