"""What may be typed when a paper goes onto the axis, and when packages come."""

from django import forms

from units.forms import DressedForm, rows

from . import edxml
from .edxml import NEW
from .models import AxisOrgan, AxisPackage


class SendForm(DressedForm, forms.Form):
    """To whom a paper goes, as what, in one package or several."""

    organs = forms.ModelMultipleChoiceField(
        AxisOrgan.objects.all(),
        label="Nơi nhận",
        widget=forms.SelectMultiple(attrs={"data-search": ""}),
        error_messages={"required": "Hãy chọn ít nhất một nơi nhận."},
    )
    business = forms.ChoiceField(label="Nghiệp vụ", choices=AxisPackage.Business.choices, initial=NEW)
    reason = forms.CharField(
        label="Lý do", required=False, max_length=500, widget=rows(2), help_text="Ghi khi thu hồi, cập nhật, thay thế."
    )
    each = forms.BooleanField(label="Mỗi nơi nhận một gói riêng", required=False)

    def __init__(self, *args, document, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organs"].queryset = AxisOrgan.objects.exclude(unit=document.issuer_unit_id)
        if not self.is_bound:
            self.initial["organs"] = AxisOrgan.objects.filter(unit__deliveries__document=document)


class PackagesForm(DressedForm, forms.Form):
    """One package that came."""

    file = forms.FileField(
        label="Tệp gói (edXML)", help_text="Tệp .edxml hoặc .xml lấy từ trục liên thông.", allow_empty_file=True
    )

    def clean_file(self):
        """Raises ``ValidationError`` for one that is too large."""
        file = self.cleaned_data["file"]
        if file.size > edxml.MOST_BYTES:
            raise forms.ValidationError(f"Gói lớn quá {edxml.MOST_BYTES // 1024 // 1024} MB.")
        return file
