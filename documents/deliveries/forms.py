"""What people type about papers that were issued: answers, reports, reminders, reasons."""

from django import forms

from units.forms import DressedForm

from ..uploads.fields import FilesField
from .actions import Pending


class AnswerForm(DressedForm, forms.Form):
    """An answer to a paper: words, files or both."""

    words = forms.CharField(
        label="Nội dung trả lời",
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4, "class": "roomy"}),
    )
    files = FilesField(label="Tệp kèm theo", required=False)


class RemindForm(DressedForm, forms.Form):
    """Whom to remind, and in what words.

    ``groups`` are (key, label, how many units); those without a unit are not offered, and the first that is offered is chosen.
    ``CHOSEN`` stands for the rows that were ticked, however many.
    """

    CHOSEN, ALL = "chon", "tat-ca"

    to = forms.ChoiceField(label="Nhắc những đơn vị nào")
    words = forms.CharField(
        label="Nội dung nhắc",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3, "class": "roomy"}),
        help_text="Hiện ở đầu văn bản và ở trang Việc hôm nay của đơn vị được nhắc.",
    )
    mail = forms.BooleanField(label="Soạn cả thư điện tử; thư nằm ở Hộp thư đi, chỉ đi khi bấm Gửi", required=False)

    def __init__(self, *args, groups, **kwargs):
        super().__init__(*args, **kwargs)
        target = self.fields["to"]
        # A group that has become empty since the page was shown is understood, and answered in words.
        target.choices = [(key, label) for key, label, _ in groups]
        target.widget.choices = [(key, label) for key, label, count in groups if count or key == self.CHOSEN]
        target.widget.attrs["data-when-chosen"] = self.CHOSEN


def follow_groups(counts) -> list[tuple[str, str, int]]:
    """Whom the follow page may remind, with the numbers of ``counts``; what waits longest first."""
    unread, unanswered = counts["total"] - counts["read"], counts["total"] - counts["answered"]
    return [
        (Pending.UNREAD.value, f"Tất cả đơn vị chưa đọc ({unread})", unread),
        (Pending.UNANSWERED.value, f"Tất cả đơn vị chưa trả lời ({unanswered})", unanswered),
        (RemindForm.ALL, f"Tất cả đơn vị nhận ({counts['total']})", counts["total"]),
        (RemindForm.CHOSEN, "Các đơn vị đánh dấu trong bảng", 0),
    ]


def asking(document, wish: str) -> str:
    """The words that a reminder begins with: ``Đề nghị quý đơn vị … Công văn số 12/UBND ngày 02/03/2020 về …``."""
    subject = " ".join(document.subject.split())[:300]
    return f"Đề nghị quý đơn vị {wish} {document.name} ngày {document.date_text} về {subject}."
