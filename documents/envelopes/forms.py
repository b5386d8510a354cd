"""What is printed, for whom."""

from django import forms

from units.forms import DressedForm

from .envelopes import MOST
from .labels import A_SHEET
from .models import Size, What
from .rules import typed_receivers


class PrintForm(DressedForm, forms.Form):
    """Envelopes, labels or receipts for the ``units`` that are ticked, and for names that are typed."""

    what = forms.ChoiceField(label="In", choices=What)
    size = forms.ChoiceField(
        label="Cỡ bì", choices=Size, required=False, initial=Size.DL, help_text="Chỉ dùng khi in bì thư."
    )
    skipped = forms.IntegerField(
        label="Bỏ trống ở đầu tờ nhãn",
        required=False,
        min_value=0,
        max_value=A_SHEET - 1,
        help_text=f"Tờ nhãn dùng dở: số nhãn đã bóc, 0 đến {A_SHEET - 1}. Chỉ dùng khi in nhãn.",
    )
    units = forms.MultipleChoiceField(label="Đơn vị nhận", required=False, widget=forms.CheckboxSelectMultiple)
    others = forms.CharField(
        label="Nơi nhận khác",
        required=False,
        max_length=500_000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Mỗi nơi một dòng; địa chỉ ghi sau dấu chấm phẩy: Báo Nhân Dân; 71 Hàng Trống, Hà Nội.",
    )

    def __init__(self, *args, units, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["units"].choices = [(str(unit.pk), unit.name) for unit in units]

    def clean(self):
        """At least one receiver, and no more than a worker makes."""
        typed = super().clean()
        many = len(typed.get("units", ())) + len(typed_receivers(typed.get("others", "")))
        if "units" not in self.errors and not many:
            self.add_error("units", "Hãy chọn ít nhất một nơi nhận.")
        if many > MOST:
            self.add_error("units", f"Một lần in nhiều nhất {MOST} nơi nhận, đang chọn {many}; hãy chia làm nhiều lần.")
        free = typed.get("skipped") or 0 if typed.get("what") == What.LABELS else 0
        return typed | {"units": [int(key) for key in typed.get("units", ())], "many": many, "skipped": free}
