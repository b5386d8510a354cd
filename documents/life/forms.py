"""What is typed when a paper takes a step: a reason, a day, a number."""

from datetime import date

from django import forms
from django.utils import timezone

from units.forms import DressedForm, rows

from ..steps.forms import StepForm
from ..uploads.fields import FilesField


class EarlierDayForm(StepForm):
    """A leader's leave to date a paper earlier than the number before it."""

    day = forms.DateField(label="Cho phép ghi ngày")


class ReasonForm(DressedForm, forms.Form):
    """Why a paper is replaced or recalled."""

    # Shorter than the row of the step, which names the other paper before it.
    reason = forms.CharField(
        label="Lý do", max_length=800, widget=rows(3), help_text="Các đơn vị nhận văn bản cũng đọc được lý do này."
    )


class IssueForm(DressedForm, forms.Form):
    """The day of a paper, and its number where the clerk gives it by hand."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    day = forms.DateField(label="Ngày văn bản", initial=timezone.localdate)
    number = forms.IntegerField(
        label="Số (để trống: chương trình tự cấp)",
        required=False,
        min_value=1,
        max_value=99999,
        help_text="Chỉ ghi khi số đã định trước ngoài chương trình.",
    )

    files = FilesField(label="Bản đã ký, đóng dấu (nếu có)", required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["day"].half = self.fields["number"].half = True

    @classmethod
    def day_typed(cls, data) -> date:
        """The day in ``data`` as the form reads it; today where there is none, or none that exists."""
        try:
            return cls.base_fields["day"].clean(data.get("day", ""))
        except forms.ValidationError:
            return timezone.localdate()


class PresentForm(StepForm):
    """To whom a paper was presented to be signed, and when."""

    to_whom = forms.CharField(
        label="Trình ai", max_length=200, help_text="Người hoặc cơ quan ký, ví dụ: Chủ tịch UBND tỉnh."
    )
    day = forms.DateField(label="Ngày trình", initial=timezone.localdate)

    def prepare(self):
        """The body itself, as long as nobody says who there."""
        self.initial["to_whom"] = self.row.issuer_name


class RecordForm(DressedForm, forms.Form):
    """The number and the day that another body gave, and the signed scan."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    reference = forms.CharField(
        label="Số, ký hiệu đã cấp", max_length=50, help_text="Như trên bản đã ký, ví dụ: 1203/UBND-VX."
    )
    day = forms.DateField(label="Ngày văn bản")
    files = FilesField(
        label="Bản đã ký, đóng dấu",
        help_text="Một tệp PDF, đủ mọi trang kể cả phụ lục. Đây là văn bản được giữ và chuyển đến nơi nhận.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reference"].half = self.fields["day"].half = True

    def clean_files(self):
        """Raises ``ValidationError`` for more than one."""
        files = self.cleaned_data["files"]
        if len(files) > 1:
            raise forms.ValidationError("Chỉ chọn một tệp: hãy ghép các trang của bản đã ký vào một tệp PDF.")
        return files


class SignedForm(DressedForm, forms.Form):
    """The signed scan, or the digitally signed file, of an issued paper."""

    files = FilesField(label="Bản đã ký, đóng dấu")
