"""Forms of the fund: payments paid together, a line of the ledger, what sets one right, the budget of a year."""

from django import forms
from django.utils import timezone

from units.forms import DressedForm

from .models import MOST, Head, LedgerEntry


class PayForm(DressedForm, forms.Form):
    """When, to whom, by which voucher the ticked payments were paid."""

    day = forms.DateField(label="Chi ngày", initial=timezone.localdate)
    paid_to = forms.CharField(label="Người, đơn vị nhận tiền", max_length=200)
    voucher = forms.CharField(label="Chứng từ", max_length=100, help_text="Ví dụ: Phiếu chi số 12, Ủy nhiệm chi số 5.")
    all = forms.BooleanField(label="Lấy tất cả khoản theo bộ lọc ở trên", required=False)


class EntryForm(DressedForm, forms.ModelForm):
    """A line of the ledger."""

    amount = forms.IntegerField(label="Số tiền (đồng)", min_value=1, max_value=MOST)

    class Meta:
        model = LedgerEntry
        fields = ["day", "head", "amount", "words", "voucher"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["head"].queryset = Head.objects.exclude(column=Head.Column.REGULAR)
        self.fields["head"].label_from_instance = lambda head: f"{head.get_side_display()}: {head}"
        self.initial.setdefault("day", timezone.localdate())


class MendForm(DressedForm, forms.Form):
    """What the amount should have been, and why it was not."""

    amount = forms.IntegerField(label="Số tiền đúng (đồng)", min_value=0, max_value=MOST)
    reason = forms.CharField(label="Vì sao", max_length=200)


class BudgetForm(DressedForm, forms.Form):
    """What is planned for each head in one year."""

    marks_required = False

    def __init__(self, *args, balances, **kwargs):
        super().__init__(*args, **kwargs)
        for row in balances:
            name = f"head-{row.head.pk}"
            self.fields[name] = forms.IntegerField(
                label=row.head.name, required=False, min_value=0, max_value=MOST, initial=row.planned
            )
            self.fields[name].help_text = row.head.get_side_display()
            self.fields[name].half = True

    def amounts(self) -> dict[int, int | None]:
        """{key of a head: what is planned}."""
        return {
            int(name.partition("-")[2]): value for name, value in self.cleaned_data.items() if name.startswith("head-")
        }
