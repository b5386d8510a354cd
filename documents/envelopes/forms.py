"""What is printed, for whom."""

from django import forms

from units.forms import DressedForm

from .envelopes import MOST, Receiver, Size, What
from .rules import receiver_of


class PrintForm(DressedForm, forms.Form):
    """Envelopes, labels or receipts for the ``units`` that are ticked, and for names that are typed."""

    what = forms.ChoiceField(label="In", choices=What)
    size = forms.ChoiceField(label="Cỡ bì", choices=Size, required=False, initial=Size.DL)
    units = forms.MultipleChoiceField(label="Đơn vị nhận", required=False, widget=forms.CheckboxSelectMultiple)
    others = forms.CharField(
        label="Nơi nhận khác",
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Mỗi nơi một dòng; địa chỉ ghi sau dấu chấm phẩy: Báo Nhân Dân; 71 Hàng Trống, Hà Nội.",
    )

    def __init__(self, *args, units, **kwargs):
        super().__init__(*args, **kwargs)
        self.rows = {str(unit.pk): unit for unit in units}
        self.fields["units"].choices = [(key, unit.name) for key, unit in self.rows.items()]

    def clean(self):
        """At least one receiver, and no more than one run makes."""
        typed = super().clean()
        found = [receiver_of(self.rows[key]) for key in typed.get("units", ())]
        found += [_typed(line) for line in typed.get("others", "").splitlines() if line.strip(" ;")]
        if "units" not in self.errors and not found:
            self.add_error("units", "Hãy chọn ít nhất một nơi nhận.")
        if len(found) > MOST:
            self.add_error(
                "units", f"Một lần in nhiều nhất {MOST} nơi nhận, đang chọn {len(found)}; hãy chia làm nhiều lần."
            )
        return typed | {"receivers": found}


def _typed(line) -> Receiver:
    name, _, address = line.partition(";")
    return Receiver(name.strip() or address.strip(), address.strip() if name.strip() else "")
