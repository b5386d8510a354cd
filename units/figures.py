"""Figures as this country writes them: a comma before the fraction, a full stop between thousands."""

from decimal import Decimal

from django import forms

FIGURE = (
    "Hãy ghi số kiểu Việt Nam, ví dụ 1.250,5: dấu chấm ngăn hàng nghìn, dấu phẩy trước phần lẻ (nhiều nhất hai chữ số)."
)


def figure_text(value) -> str:
    """``Decimal("1234.50")`` as ``1.234,5``; nothing for None."""
    if value is None:
        return ""
    whole, _, fraction = f"{value:,.2f}".partition(".")
    fraction = fraction.rstrip("0")
    return whole.replace(",", ".") + (f",{fraction}" if fraction else "")


def as_typed(value) -> str:
    """A cell of a spreadsheet as a person would have typed it: ``8.5`` as ``8,5``; text as it stands.

    What a formula left behind the eighth digit is no fraction of anybody's.
    """
    if isinstance(value, int | float) and not isinstance(value, bool):
        text = f"{value:.8f}"
        return (text.rstrip("0").rstrip(".") if "." in text else text).replace(".", ",")
    return "" if value is None else str(value).strip()


class FigureField(forms.DecimalField):
    """A figure that is not below zero. What could be read in two ways (``1,250.50``, ``12.5``) is refused, not guessed."""

    widget = forms.TextInput(attrs={"inputmode": "decimal"})

    def __init__(self, **kwargs):
        super().__init__(**{"max_digits": 15, "decimal_places": 2, **kwargs})
        big = "Số quá lớn. Hãy dùng đơn vị tính lớn hơn, ví dụ tỷ đồng thay cho đồng."
        self.error_messages |= {"max_digits": big, "max_whole_digits": big}

    def to_python(self, value):
        """Raises ``ValidationError`` for what is no figure as this country writes it."""
        if not isinstance(value, str):
            return value
        typed = "".join(value.split())
        if typed[:1] in ("-", "−", "–"):
            raise forms.ValidationError("Không ghi số âm.")
        if not typed:
            return None
        whole, comma, part = typed.partition(",")
        first, *groups = whole.split(".")
        grouped = (
            typed.isascii() and first.isdecimal() and all(len(group) == 3 and group.isdecimal() for group in groups)
        )
        if not grouped or (groups and len(first) > 3) or (comma and not (part.isdecimal() and len(part) <= 2)):
            raise forms.ValidationError(FIGURE)
        return Decimal(f"{whole.replace('.', '')}.{part or 0}")

    def prepare_value(self, value):
        """Stored figures as they are typed; what was typed stays."""
        return figure_text(value) if isinstance(value, Decimal) else value
