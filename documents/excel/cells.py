"""One cell of an Excel file, and what it may be taken for: words, a code, a figure, a day, a yes or no.

A cell that is filled and is not what its column asks is a ``CellFault`` with its address and what to do; nothing is guessed
and nothing falls back on a default.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django import forms
from openpyxl.utils import get_column_letter

from units.figures import FigureField, as_typed
from units.text import clean, fold

# Far above what anybody writes into one cell of a list.
LONGEST = 5000
_YES = {"x", "v", "co", "1", "yes", "y", "true", "dung", "can", "phai co", "bat buoc", "✓", "✔", "☑"}
_NO = {"", "0", "-", "–", "—", "khong", "khong co", "khong can", "khong phai", "khong bat buoc", "ko", "k", "no", "n"}
_NO |= {"false", "sai", "✗", "✘", "☐"}
# Formats that show a number with a fixed count of digits: ``0.00`` shows 1.1 as 1.10, ``00`` shows 5 as 05.
_FIXED = re.compile(r"(0+)(?:\.(0+))?")
# Excel keeps fifteen digits of a number.
_ROUNDED = 10**15
# The Icelandic letter looks the same in capitals.
_ETH = {0x00D0: "Đ", 0x00F0: "đ"}
_DAY = re.compile(r"(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4})")
# What is told of a day that may be read in two ways, in a column that has the month first elsewhere.
TWO_ORDERS = (
    "cột này có ô ghi tháng/ngày/năm, nên không rõ «{}» là ngày nào. Hãy ghi ô theo kiểu ngày (Date) của Excel."
)
# Excel keeps control signs of a text as _x000D_.
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


class CellFault(ValueError):
    """A cell that is filled and cannot be taken for what its column asks: ``where`` it is, in words what to do."""

    def __init__(self, where: str, words: str):
        self.where, self.words = where, words
        super().__init__(f"{where}: {words}")


def place_of(title: str, row: int, column: int) -> str:
    """``Trang tính «Danh sách», ô D7``, of places counted from one."""
    return f"Trang tính «{title}», ô {get_column_letter(column)}{row}"


def label_of(text: str) -> str:
    """A heading or a label as it is compared: without accents, capitals, line ends, and the marks at its ends.

    ``"Mã  đơn vị:"`` and the same in decomposed letters or with U+00D0 are ``"ma don vi"``.
    """
    found = fold(clean(text).translate(_ETH)).strip(" :;.,*-–")
    return found[1:-1].strip() if found.startswith("(") and found.endswith(")") else found


def names_of(heading: str) -> list[str]:
    """How a heading may be compared: as it is, and without what follows in brackets: ``Mã danh hiệu (nếu có)``."""
    return [name for name in dict.fromkeys((label_of(heading), label_of(heading.partition("(")[0]))) if name]


@dataclass(frozen=True, slots=True)
class Cell:
    """A value with its place. ``trouble``: why it cannot be read at all; ``covered``: it lies under a merged neighbour."""

    title: str
    row: int
    column: int
    value: object = None
    trouble: str = ""
    number_format: str = "General"
    covered: bool = False

    @property
    def where(self) -> str:
        """Where it is, for a person."""
        return place_of(self.title, self.row, self.column)

    @property
    def name(self) -> str:
        """``D7``."""
        return f"{get_column_letter(self.column)}{self.row}"

    @property
    def is_filled(self) -> bool:
        """Whether somebody wrote something here, understood or not."""
        written = self.words() if isinstance(self.value, str) else self.value is not None
        return not self.covered and bool(self.trouble or written)

    def fault(self, words: str) -> CellFault:
        """``words`` with the address."""
        return CellFault(self.where, words)

    def words(self) -> str:
        """A value of text as the program keeps it; empty for every other value."""
        if not isinstance(self.value, str):
            return ""
        plain = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), self.value).replace("\0", "")
        return clean(plain).strip()

    def label(self) -> str:
        """A heading or label as it is compared; empty where there is none."""
        return label_of(self.words())

    def text(self, most: int = LONGEST) -> str:
        """What a person reads in it. Raises ``CellFault`` for what is no text, number or day, and for more than ``most``."""
        self._refuse_trouble()
        if isinstance(self.value, bool) or not isinstance(self.value, str | int | float | date | None):
            raise self.fault(f"ô ghi {self.seen()}, không phải chữ. Hãy ghi lại bằng chữ.")
        found = self.words() or self.seen()
        if len(found) > most:
            raise self.fault(f"ô dài {len(found)} ký tự, chỉ nhận đến {most}. Hãy rút gọn.")
        return found

    def code(self) -> str:
        """A number of a row, a code: one line. Raises ``CellFault`` for a day, which Excel makes of ``1-2``."""
        self._refuse_trouble()
        self._refuse_day("Hãy định dạng ô là Văn bản (Text) rồi ghi lại mã, số mục.")
        if isinstance(self.value, bool):
            raise self.fault(f"ô ghi {self.seen()}, không phải mã, số mục. Hãy ghi lại.")
        if isinstance(self.value, int | float) and abs(self.value) >= _ROUNDED:
            raise self.fault(
                "mã dài hơn 15 chữ số nên Excel đã làm tròn. Hãy định dạng ô là Văn bản (Text) rồi ghi lại."
            )
        return self._shown(".") if isinstance(self.value, int | float) else " ".join(self.text().split())

    def typed(self) -> str:
        """A figure as a person would have typed it: ``8,5``; text stays, for the form to judge. Raises ``CellFault``."""
        self._refuse_trouble()
        self._refuse_day("Hãy định dạng ô là Số (Number) rồi ghi lại.")
        if isinstance(self.value, bool):
            raise self.fault(f"ô ghi {self.seen()}, không phải số. Hãy ghi số.")
        if self._is_percent:
            raise self.fault(f"ô ghi phần trăm ({self.seen()}). Hãy định dạng ô là Số (Number) rồi ghi lại.")
        return self.words() or as_typed(self.value)

    def number(self) -> Decimal | None:
        """A figure as this country writes it (``1.234,5``) or a number; None where empty. Raises ``CellFault``."""
        try:
            return FigureField(required=False).clean(self.typed())
        except forms.ValidationError as wrong:
            raise self.fault(f"«{self.seen()}»: {' '.join(wrong.messages)}") from None

    def day(self) -> date | None:
        """A day; text as the forms take it (12/05/2026). Raises ``CellFault``, for a bare number too."""
        self._refuse_trouble()
        if isinstance(self.value, date):
            return self.value.date() if isinstance(self.value, datetime) else self.value
        if not self.is_filled:
            return None
        try:
            return forms.DateField().to_python(self.words() or "?")
        except forms.ValidationError:
            words = f"«{self.seen()}» không phải ngày. Hãy ghi ngày/tháng/năm, ví dụ 12/05/2026."
            raise self.fault(words) from None

    def flag(self) -> bool | None:
        """Yes or no; None where empty. Raises ``CellFault`` for what means neither."""
        self._refuse_trouble()
        if self.value is None or isinstance(self.value, bool):
            return self.value
        said = fold(self.words() or self.seen()).rstrip(".")
        if said in _YES or said in _NO:
            return said in _YES if said else None
        raise self.fault(f"không rõ «{self.seen()}» là có hay không. Hãy ghi x nếu có, để trống nếu không.")

    def seen(self) -> str:
        """The value about as Excel shows it, whatever it is."""
        if isinstance(self.value, bool):
            return "TRUE" if self.value else "FALSE"
        if isinstance(self.value, date):
            return f"{self.value:%d/%m/%Y}"
        if isinstance(self.value, int | float):
            return self._shown(",")
        return self.words() or ("" if self.value is None else str(self.value))

    def _shown(self, mark):
        """A number with ``mark`` before its fraction."""
        if self._is_percent:
            return f"{as_typed(self.value * 100)} %"
        fixed = _FIXED.fullmatch(self.number_format)
        if not fixed:
            return as_typed(self.value).replace(",", mark)
        digits = len(fixed[2] or "")
        return f"{self.value:0{len(fixed[1]) + digits + bool(digits)}.{digits}f}".replace(".", mark)

    @property
    def _is_percent(self):
        return isinstance(self.value, int | float) and "%" in self.number_format

    def _refuse_trouble(self):
        if self.trouble:
            raise self.fault(self.trouble)

    def _refuse_day(self, advice):
        if self.value is not None and not isinstance(self.value, str | bool | int | float):
            raise self.fault(f"Excel đã đổi thành ngày, giờ ({self.seen()}). {advice}")


def is_ambiguous(said: str) -> bool:
    """Whether a day in words may be read in two ways: ``03/04/2020``."""
    found = _DAY.fullmatch(said.strip())
    return bool(found) and int(found[1]) <= 12 and int(found[2]) <= 12 and int(found[1]) != int(found[2])


def is_month_first(said: str) -> bool:
    """Whether a day in words can only say its month first: ``12/31/2020``."""
    found = _DAY.fullmatch(said.strip())
    return bool(found) and int(found[1]) <= 12 < int(found[2]) <= 31
