"""Forms of the room: what is composed of ticked nominations, what another authority decided."""

from django import forms
from django.utils import timezone

from documents.uploads.fields import ScanField
from units.forms import DressedForm, rows

from ..decisions.models import Cancellation


class ComposeForm(DressedForm, forms.Form):
    """When it is likely to be signed, for what, in how many decisions."""

    day = forms.DateField(label="Dự kiến ký ngày", initial=timezone.localdate)
    deed = forms.CharField(
        label="Thành tích chung", max_length=300, required=False, widget=rows(2),
        help_text="Ví dụ: Đã có thành tích xuất sắc trong công tác năm 2026.",
    )  # fmt: skip
    apart = forms.BooleanField(label="Mỗi danh hiệu, hình thức một quyết định", required=False)
    all = forms.BooleanField(label="Lấy tất cả đề nghị theo bộ lọc ở trên", required=False)


class ResultForm(DressedForm, forms.Form):
    """The decision of another authority when it came: its number, day, scan; who of the list is not in it, and why."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    number = forms.CharField(label="Số, ký hiệu", max_length=60, help_text="Như ghi trên quyết định, ví dụ 700/QĐ-TTg.")
    day = forms.DateField(label="Ngày ký")
    scan = ScanField(label="Bản quét quyết định", required=False)
    reason = forms.CharField(
        label="Lý do với những dòng không được", max_length=500, required=False, widget=rows(2),
        help_text="Ghi khi có dòng không được khen: đơn vị đọc được lý do này.",
    )  # fmt: skip


class CancelForm(DressedForm, forms.Form):
    """On which ground awards are cancelled, and what happened."""

    ground = forms.ChoiceField(
        label="Trường hợp (khoản 2 Điều 93 Luật Thi đua, khen thưởng)",
        choices=[("", "Chọn trường hợp"), *Cancellation.Ground.choices],
    )
    reason = forms.CharField(
        label="Lý do", max_length=1000, widget=rows(3), help_text="In vào Điều 1 của quyết định hủy."
    )


class CorrectForm(DressedForm, forms.Form):
    """How a name is written rightly."""

    name = forms.CharField(label="Tên đúng", max_length=200)
    post = forms.CharField(label="Chức vụ, đơn vị đúng", max_length=400, required=False)
    reason = forms.CharField(label="Vì sao sai", max_length=300)
