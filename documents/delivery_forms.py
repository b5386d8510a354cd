"""What people type about papers that were issued: answers, reports, reminders, reasons."""

from django import forms

from units.forms import DressedForm

from .delivering import Pending
from .upload_field import FilesField


class AnswerForm(DressedForm, forms.Form):
    """An answer to a paper: words, files or both."""

    words = forms.CharField(
        label="Nội dung trả lời",
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4, "class": "roomy"}),
    )
    files = FilesField(label="Tệp kèm theo", required=False)


class ReportForm(AnswerForm):
    """What was done of a duty: words, files or both."""

    words = forms.CharField(
        label="Kết quả thực hiện",
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4, "class": "roomy"}),
    )


class ReopenForm(DressedForm, forms.Form):
    """Why a duty that was reported done is to be done again."""

    reason = forms.CharField(
        label="Lý do yêu cầu làm lại", max_length=1000, widget=forms.Textarea(attrs={"rows": 2, "class": "roomy"})
    )


class RemindForm(DressedForm, forms.Form):
    """Whom to remind, and in what words."""

    CHOSEN = "chon"

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
        self.fields["to"].choices = groups


def follow_groups(counts) -> list[tuple[str, str]]:
    """Whom the follow page may remind, with the numbers of ``counts``."""
    return [
        (RemindForm.CHOSEN, "Các đơn vị đánh dấu trong bảng"),
        (Pending.UNREAD.value, f"Tất cả đơn vị chưa đọc ({counts['total'] - counts['read']})"),
        (Pending.UNANSWERED.value, f"Tất cả đơn vị chưa trả lời ({counts['total'] - counts['answered']})"),
    ]


def asking(document, wish: str) -> str:
    """The words that a reminder begins with: ``Đề nghị quý đơn vị … Công văn số 12/UBND ngày 02/03/2020 về …``."""
    subject = " ".join(document.subject.split())[:300]
    return f"Đề nghị quý đơn vị {wish} {document.name} ngày {document.date_text} về {subject}."
