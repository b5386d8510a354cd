"""Forms of the store: a voucher with a quantity for each kind, what sets it right, a count, an order."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from documents.steps.forms import EditForm
from units.forms import DressedForm
from units.text import one_line

from ..items.models import ItemKind
from .actions import serials_field
from .arriving import ARRIVALS
from .counting import field_names
from .ledger import field_of
from .models import ISSUES, RECEIPTS, Movement, Order, StockCount
from .numbers import NotNumbers, numbers_of

Sort = Movement.Sort
MOST = 1_000_000
_FIGURE = {"inputmode": "numeric", "autocomplete": "off"}


class QuantityField(forms.IntegerField):
    """How many pieces; a key of figures on a phone. What is no number is refused in words that say what to type."""

    widget = forms.TextInput(attrs=_FIGURE)

    def __init__(self, **kwargs):
        words = {"invalid": "Hãy ghi một số nguyên, ví dụ 12.", "min_value": "Không ghi số âm."}
        super().__init__(**{"required": False, "min_value": 0, "max_value": MOST, "error_messages": words} | kwargs)


class NumbersField(forms.CharField):
    """Numbers of pieces, one after the other or from one to another."""

    def __init__(self, **kwargs):
        hint = "Cách nhau bằng dấu phẩy hoặc xuống dòng; ghi được dải, ví dụ A001-A050."
        super().__init__(**{"required": False, "widget": forms.Textarea(attrs={"rows": 2}), "help_text": hint} | kwargs)

    def clean(self, value):
        """[number, …]."""
        try:
            return numbers_of(super().clean(value))
        except NotNumbers as wrong:
            raise ValidationError(str(wrong)) from None


class LinesForm(DressedForm, forms.Form):
    """A form with a quantity for each of ``kinds``; those that have numbers ask for these."""

    marks_required = True
    asks_numbers = True

    def __init__(self, *args, kinds, **kwargs):
        self.kinds = list(kinds)
        # Dressed with the others.
        self.base_fields = self.base_fields | self._fields_of_kinds()
        super().__init__(*args, **kwargs)

    def _fields_of_kinds(self):
        found = {}
        for kind in self.kinds:
            found[field_of(kind)] = QuantityField(label=kind.name)
            if kind.has_serials and self.asks_numbers:
                found[serials_field(kind)] = NumbersField(label=f"Số hiệu: {kind.name}")
        return found

    def facts(self):
        """The fields that are about the whole."""
        of_kinds = self._fields_of_kinds()
        return [field for field in self.visible_fields() if field.name not in of_kinds]

    def lines(self):
        """(kind, its quantity, its numbers or nothing), those that are asked for first, then the others."""
        rows = [
            (kind, self[field_of(kind)], self[serials_field(kind)] if serials_field(kind) in self.fields else "")
            for kind in self.kinds
        ]
        return [row for row in rows if self._is_near(row)], [row for row in rows if not self._is_near(row)]

    def _is_near(self, row) -> bool:
        kind, quantity, numbers = row
        typed = quantity.value() not in (None, "") or quantity.errors or (numbers and numbers.errors)
        is_wanted = kind.short and kind.source != ItemKind.Source.PRINTED
        return bool(typed or kind.on_hand or is_wanted or kind.to_print or kind.least)

    def quantities(self) -> dict[ItemKind, int]:
        """{kind: how many}, of those that were filled in."""
        typed = {kind: self.cleaned_data.get(field_of(kind)) for kind in self.kinds}
        return {kind: number for kind, number in typed.items() if number}

    def serials(self) -> dict[int, list[str]]:
        """{key of a kind: its numbers}."""
        typed = {kind.pk: self.cleaned_data.get(serials_field(kind)) for kind in self.kinds}
        return {key: numbers for key, numbers in typed.items() if numbers}


class ReceiptForm(LinesForm):
    """What came in: from whom, by which paper."""

    sort = forms.ChoiceField(label="Nhập vì", choices=[(sort, sort.label) for sort in RECEIPTS], initial=Sort.BOUGHT)
    day = forms.DateField(label="Ngày nhập", initial=timezone.localdate)
    paper = forms.CharField(
        label="Theo giấy tờ", max_length=200, help_text="Hóa đơn, biên bản, quyết định: số và ngày."
    )
    partner = forms.CharField(
        label="Nhận từ", max_length=200, required=False, help_text="Nơi bán, nơi cấp, người giao."
    )
    note = forms.CharField(label="Ghi chú", max_length=300, required=False)


class ArrivalForm(DressedForm, forms.Form):
    """From whom, by which paper, what came for one decision; which items is ticked beside it."""

    sort = forms.ChoiceField(label="Nhập vì", choices=[(sort, sort.label) for sort in ARRIVALS], initial=Sort.SENT_HERE)
    day = forms.DateField(label="Ngày nhập", initial=timezone.localdate)
    paper = forms.CharField(label="Theo giấy tờ", max_length=200, help_text="Công văn, biên bản: số và ngày.")
    partner = forms.CharField(label="Nhận từ", max_length=200, required=False)
    note = forms.CharField(label="Ghi chú", max_length=300, required=False)


class WriteOffForm(LinesForm):
    """What is given out without an award (a souvenir), thrown away, worn out, given back to who made it."""

    sort = forms.ChoiceField(
        label="Xuất vì",
        choices=[(sort, sort.label) for sort in ISSUES],
        help_text="Hiện vật của khen thưởng: «Giao hiện vật».",
    )
    day = forms.DateField(label="Ngày xuất", initial=timezone.localdate)
    paper = forms.CharField(
        label="Theo giấy tờ", max_length=200, help_text="Giấy đề nghị, biên bản, quyết định: số và ngày."
    )
    partner = forms.CharField(label="Giao cho", max_length=200, required=False)
    note = forms.CharField(label="Vì sao", max_length=300)

    def clean(self):
        """Who got it is said where somebody did."""
        typed = super().clean()
        if typed.get("sort") == Sort.GIVEN_OUT and not typed.get("partner"):
            self.add_error("partner", "Hãy ghi xuất cho ai, nơi nào.")
        return typed


class MendForm(DressedForm, forms.Form):
    """What takes a voucher back by an opposite one."""

    day = forms.DateField(label="Ngày điều chỉnh", initial=timezone.localdate)
    reason = forms.CharField(label="Vì sao", max_length=300)


class LeastForm(EditForm):
    """From how few on a kind is to be ordered, and where it stands."""

    least = QuantityField(
        label="Tồn tối thiểu", required=True, help_text="Còn từng này chưa giữ thì báo đặt thêm; 0 là không báo."
    )

    class Meta:
        model = ItemKind
        fields = ["least", "place"]


class CountForm(DressedForm, forms.ModelForm):
    """When a count is made, and by whom."""

    class Meta:
        model = StockCount
        fields = ["day", "team", "note"]
        widgets = {"team": forms.Textarea(attrs={"rows": 3})}
        help_texts = {"team": "Mỗi người một dòng: họ tên, chức vụ; tổ trưởng trước, thủ kho thứ hai."}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["day"] = self.initial.get("day") or timezone.localdate()


class FoundForm(DressedForm, forms.Form):
    """What was found of each kind. Only what is typed otherwise than the page had it is stored: others count at the same time."""

    marks_required = False

    def __init__(self, *args, rows, **kwargs):
        self.rows = rows
        self.base_fields = {}
        for kind, row in rows:
            found, reason, serials = field_names(kind)
            self.base_fields[found] = QuantityField(
                label=kind.name, initial=row.found if row else None, show_hidden_initial=True
            )
            if row and (row.difference or row.reason):
                self.base_fields[reason] = forms.CharField(
                    label="Lý do chênh lệch",
                    max_length=200,
                    required=False,
                    initial=row.reason,
                    show_hidden_initial=True,
                )
                if kind.has_serials:
                    self.base_fields[serials] = forms.CharField(
                        label="Số hiệu thừa, thiếu", max_length=1000, required=False, initial=row.serials,
                        show_hidden_initial=True,
                    )  # fmt: skip
        super().__init__(*args, **kwargs)

    def lines(self):
        """(kind, its row or none, its fields), of kinds that the store has and of the others."""
        shown = [
            (kind, row, [self[name] for name in field_names(kind) if name in self.fields]) for kind, row in self.rows
        ]
        near = [line for line in shown if line[1] or any(field.errors for field in line[2])]
        return near, [line for line in shown if line not in near]

    def typed(self) -> dict[int, dict]:
        """{key of a kind: what of it was typed anew}."""
        parts, found = ("found", "reason", "serials"), {}
        for kind, _ in self.rows:
            names = zip(parts, field_names(kind), strict=True)
            facts = {part: self.cleaned_data[name] for part, name in names if name in self.changed_data}
            if facts:
                found[kind.pk] = facts
        return found


class OrderForm(LinesForm):
    """What is wanted, from whom."""

    asks_numbers = False
    subject = forms.CharField(label="Về việc", max_length=200)
    to = forms.CharField(label="Gửi", max_length=200)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def clean(self):
        """One line each."""
        typed = super().clean()
        return typed | {name: one_line(typed[name]) for name in ("subject", "to") if name in typed}


OFFERED = {
    Order.Source.STATE: ("cấp hiện vật khen thưởng cấp Nhà nước", "Bộ Nội vụ"),
    Order.Source.BOUGHT: ("mua, đặt làm hiện vật khen thưởng", "Giám đốc Sở Nội vụ"),
}
SORTS = {Order.Source.STATE: Sort.RECEIVED, Order.Source.BOUGHT: Sort.BOUGHT}
