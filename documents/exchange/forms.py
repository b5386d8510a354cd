"""What may be typed when a paper goes onto the axis, and when packages come."""

from django import forms

from units.forms import DressedForm, rows

from ..citations.fields import PaperField
from .edxml import NEW
from .elements import MOST_BYTES
from .models import AxisOrgan, AxisPackage
from .rules import likely_receivers, why


class SendForm(DressedForm, forms.Form):
    """To whom a paper goes in packages of the one ``business``, in one or in several; of a recall or a replacement, why."""

    business = forms.ChoiceField(choices=AxisPackage.Business.choices, widget=forms.HiddenInput)
    organs = forms.ModelMultipleChoiceField(
        AxisOrgan.objects.all(),
        label="Nơi nhận",
        widget=forms.SelectMultiple(attrs={"data-search": ""}),
        error_messages={"required": "Hãy chọn ít nhất một nơi nhận."},
    )
    reason = forms.CharField(
        label="Lý do", required=False, max_length=500, widget=rows(2), help_text="Nơi nhận đọc lý do này."
    )
    each = forms.BooleanField(label="Mỗi nơi nhận một gói riêng", required=False)

    def __init__(self, *args, document, business, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organs"].queryset = AxisOrgan.objects.exclude(unit=document.issuer_unit_id)
        self.initial["business"] = business
        if business == NEW:
            del self.fields["reason"]
        if not self.is_bound:
            self.initial["organs"] = likely_receivers(document, business)
            self.initial["reason"] = why(document, business)[:500]


class TakeForm(DressedForm, forms.Form):
    """One package, or one state, that came."""

    file = forms.FileField(
        label="Tệp gói (edXML)",
        help_text="Tệp .edxml hoặc .xml lấy từ trục liên thông: gói văn bản, hoặc gói trạng thái báo về.",
        allow_empty_file=True,
    )

    def clean_file(self):
        """Raises ``ValidationError`` for one that is too large."""
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(f"Gói lớn quá {MOST_BYTES // 1024 // 1024} MB.")
        return file


class GiveBackForm(DressedForm, forms.Form):
    """Why a package is not taken."""

    reason = forms.CharField(
        label="Lý do", max_length=300, widget=rows(3), help_text="Nơi gửi đọc lý do này ở trạng thái báo lại."
    )


class AboutForm(DressedForm, forms.Form):
    """Which paper of the register a package is about, where it was not found, or is another one."""

    marks_required = False
    paper = PaperField(
        label="Văn bản trong sổ",
        max_length=80,
        help_text="Số, ký hiệu như trong sổ; nếu trùng số thì ghi thêm ngày: 50/BC-UBND 17/02/2020.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["paper"].user = user
