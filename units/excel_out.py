"""Excel files that go out: a heading, names of columns, rows, ready to be filtered and printed on A4.

Text stays text: a value that begins like a formula is never one. A day is a day, a figure a figure, so that Excel can sort and
add them. Rows are written as they come, in constant memory.
"""

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import chain, islice

import xlsxwriter
from django.conf import settings
from django.db.models import Choices
from django.http import HttpResponse
from django.utils import timezone

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HEAD = (
    4  # the row with the names of the columns, counted from zero: below the office, the title, what is in it, the day
)
_A4 = 9
# Letters of the columns together: more do not fit an upright sheet, and a title is centred over no more than a screen.
_UPRIGHT, _SCREEN = 85, 120
_NARROWEST, _WIDEST = 9, 48
_SAMPLED = 200
_LONGEST = 32_767
_CUT = " … (còn nữa, xem trong chương trình)"
_FONT = {"font_name": "Times New Roman", "font_size": 12}
_CELL = _FONT | {"border": 1, "valign": "top"}
SHAPES = {
    "text": _CELL | {"text_wrap": True},
    "day": _CELL | {"num_format": "dd/mm/yyyy", "align": "center"},
    "moment": _CELL | {"num_format": "hh:mm dd/mm/yyyy", "align": "center"},
    "number0": _CELL | {"num_format": "#,##0", "align": "right"},
    "number1": _CELL | {"num_format": "#,##0.0", "align": "right"},
    "number2": _CELL | {"num_format": "#,##0.00", "align": "right"},
    "head": _CELL | {"bold": True, "bg_color": "#E9F0F6", "text_wrap": True, "align": "center", "valign": "vcenter"},
    "plain": _FONT,
    "office": _FONT | {"bold": True},
    "title": _FONT | {"bold": True, "font_size": 14, "align": "center", "valign": "vcenter", "text_wrap": True},
    "line": _FONT | {"italic": True, "align": "center", "valign": "top", "text_wrap": True},
}


@dataclass(frozen=True)
class Heading:
    """What stands above a list: whose it is, what it is, of which period or what of it was chosen."""

    office: str
    title: str
    lines: tuple[str, ...] = ()


def heading_for(user, title: str, *lines: str) -> Heading:
    """The heading of a list that ``user`` takes out, for the own unit; ``lines`` name the period, or what was chosen."""
    return Heading(str(user.unit or settings.OFFICE_NAME), title, tuple(line for line in lines if line))


def excel(name: str, columns: Sequence[tuple], rows: Iterable, heading: Heading) -> HttpResponse:
    """``rows`` as an Excel file ``name``; ``columns``: (name, row → value)."""
    book = Book()
    page = book.page("Danh sách", heading)
    page.table([column for column, _ in columns], ([value_of(row) for _, value_of in columns] for row in rows))
    return book.response(name)


class Book:
    """A workbook being written, sheet after sheet and each from the top."""

    def __init__(self):
        self.memory = io.BytesIO()
        options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        self.book = xlsxwriter.Workbook(self.memory, options)
        self.formats = {}

    def page(self, name: str, heading: Heading | None = None) -> "Page":
        """A new sheet, with its heading where there is one."""
        page = Page(self, self.book.add_worksheet(name))
        page.heading = heading
        return page

    def format(self, shape: str, **more):
        """A format of ``SHAPES``, with what is different; each is made once."""
        key = (shape, *sorted(more.items()))
        if key not in self.formats:
            self.formats[key] = self.book.add_format(SHAPES[shape] | more)
        return self.formats[key]

    def response(self, name: str) -> HttpResponse:
        """The finished file."""
        self.book.close()
        response = HttpResponse(self.memory.getvalue(), content_type=EXCEL)
        response["Content-Disposition"] = f'attachment; filename="{name}-{timezone.localdate():%Y%m%d}.xlsx"'
        return response


class Page:
    """One sheet being written."""

    heading: Heading | None = None

    def __init__(self, book: Book, sheet):
        self.book, self.sheet = book, sheet

    def table(self, names: Sequence[str], rows: Iterable[Sequence]):
        """The heading, the names of the columns, and a row a line, filtered, frozen and set up for printing."""
        rows = iter(rows)
        first = list(islice(rows, _SAMPLED))
        widths = [_width(column) for column in zip(names, *first, strict=True)]
        self.above(widths)
        self.row(HEAD, names, "head")
        last = HEAD
        for last, row in enumerate(chain(first, rows), start=HEAD + 1):
            self.row(last, row)
        self.sheet.autofilter(HEAD, 0, max(last, HEAD + 1), max(len(names) - 1, 0))
        self.finish(widths, HEAD, frozen=1 if sum(widths) > _SCREEN else 0)

    def row(self, line: int, values: Sequence, shape: str = "", **more):
        """Values side by side, each in the kind of cell that fits it; ``shape`` and ``more`` as in ``Book.format``."""
        for column, value in enumerate(values):
            self.cell(line, column, value, shape, **more)

    def cell(self, line: int, column: int, value, shape: str = "", **more):
        """One value in the kind of cell that fits it."""
        value = _plain(value)
        form = self.book.format(shape or _shape_of(value), **more)
        if value is None or value == "":
            self.sheet.write_blank(line, column, None, form)
        elif isinstance(value, date):
            self.sheet.write_datetime(line, column, value, form)
        elif isinstance(value, int | float):
            self.sheet.write_number(line, column, value, form)
        else:
            self.sheet.write_string(line, column, value, form)

    def finish(self, widths: Sequence[float], head: int, frozen: int = 0):
        """Widths of the columns; what stands still when one scrolls; A4, upright or across, as wide as the sheet."""
        for column, width in enumerate(widths):
            self.sheet.set_column(column, column, width)
        self.sheet.freeze_panes(head + 1, frozen)
        self.sheet.set_paper(_A4)
        if sum(widths) > _UPRIGHT:
            self.sheet.set_landscape()
        self.sheet.fit_to_pages(1, 0)
        self.sheet.repeat_rows(head)
        self.sheet.set_margins(left=0.6, right=0.4, top=0.6, bottom=0.7)
        title = self.heading.title if self.heading else self.sheet.get_name()
        # A footer holds 255 signs; & begins a mark of its own.
        self.sheet.set_footer(f"&L&9 {title[:100].replace('&', '&&')}&R&9 Trang &P/&N")

    def above(self, widths):
        """The four rows of the heading: office, title, what of the list this is, and the day."""
        across, room = 0, 0
        while across < len(widths) and (across < 2 or room + widths[across] <= _SCREEN):
            room += widths[across]
            across += 1
        today = f"Tính đến ngày {timezone.localdate():%d/%m/%Y}"
        chosen = "; ".join(self.heading.lines) or "Toàn bộ danh sách"
        above = (
            (self.heading.office.upper(), "office", 18, 1.3),
            (self.heading.title, "title", 22, 1.5),
            (chosen, "line", 17, 1.1),
            (today, "line", 17, 1.1),
        )
        for line, (words, shape, height, broad) in enumerate(above):
            self.sheet.set_row(line, height * max(1, -(-len(words) * broad // room)) if shape != "office" else height)
            form = self.book.format(shape)
            if across > 1 and shape != "office":
                self.sheet.merge_range(line, 0, line, across - 1, "", form)
            self.sheet.write_string(line, 0, words, form)


def _plain(value):
    """A value as Excel can hold it: a moment by the office's clock, a day before 1900 as text, a choice in its words, text no
    longer than fits.
    """
    if isinstance(value, Choices):
        return value.label
    if isinstance(value, datetime):
        value = timezone.make_naive(value) if timezone.is_aware(value) else value
    if isinstance(value, date):
        return value if value.year > 1900 else f"{value:%d/%m/%Y}"
    if isinstance(value, Decimal):
        return float(value)
    if value is None or (isinstance(value, int | float) and not isinstance(value, bool)):
        return value
    text = str(value)
    return text if len(text) <= _LONGEST else text[: _LONGEST - len(_CUT)] + _CUT


def _shape_of(value) -> str:
    if isinstance(value, datetime):
        return "moment"
    if isinstance(value, date):
        return "day"
    if isinstance(value, int | float):
        return f"number{min(2, len(f'{value:.2f}'.rstrip('0').partition('.')[2]))}"
    return "text"


def _width(values) -> float:
    """A column's width by its name and first rows: figures and days whole, text up to a bound beyond which it wraps."""
    name, *others = values
    longest = max((max(map(len, _seen(value).split("\n"))) for value in others), default=0)
    # Names wrap between words; the button of the filter takes room.
    word = max(map(len, name.split()), default=0) + 4
    return min(max(_NARROWEST, word, min(len(name) / 2 + 3, 20), longest * 1.1 + 1), _WIDEST)


def _seen(value) -> str:
    """A value about as Excel shows it, for its width."""
    value = _plain(value)
    if isinstance(value, date):
        return "00:00 00/00/0000" if isinstance(value, datetime) else "00/00/0000"
    if isinstance(value, int | float):
        return f"{value:,.2f}" if isinstance(value, float) else f"{value:,}"
    return value or ""
