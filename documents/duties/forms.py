"""What people type about duties: that they are done, that they are to be done again, what came on paper."""

from django import forms

from units.forms import DressedForm

from ..deliveries.forms import AnswerForm
from ..steps.forms import StepForm
from ..uploads.fields import ScanField


class ReportForm(AnswerForm, StepForm):
    """What was done of a duty: words, files or both."""

    words = forms.CharField(
        label="Kết quả thực hiện",
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4, "class": "roomy"}),
    )


class PaperForm(DressedForm, forms.Form):
    """What a unit that nobody acts for said on paper: its day, the scan, and what it comes to."""

    day = forms.DateField(label="Ngày trên giấy")
    files = ScanField(label="Bản quét của giấy")
    words = forms.CharField(
        label="Nội dung chính",
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 3, "class": "roomy"}),
    )


class ReopenForm(StepForm):
    """Why a duty that was reported done is to be done again."""

    reason = forms.CharField(
        label="Lý do yêu cầu làm lại", max_length=1000, widget=forms.Textarea(attrs={"rows": 2, "class": "roomy"})
    )
