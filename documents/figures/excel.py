"""A statistical form as an Excel file."""

import io
from fractions import Fraction

import xlsxwriter

from .papers import facts_of

# Lines above the heads of the columns.
_ABOVE = 6
_WIDE = {"label": 48, "code": 8, "unit": 14}


def workbook(found, user) -> bytes:
    """The form as an Excel file: text stays text, figures are numbers, shares percentages."""
    memory = io.BytesIO()
    with xlsxwriter.Workbook(
        memory, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        _Sheet(book, facts_of(found, user)).fill()
    return memory.getvalue()


def _formats(book) -> dict:
    usual = {"font_name": "Times New Roman", "font_size": 12, "text_wrap": True, "valign": "vcenter"}
    kinds = {
        "plain": {},
        "bold": {"bold": True},
        "middle": {"align": "center"},
        "title": {"bold": True, "align": "center", "font_size": 14},
        "head": {"bold": True, "align": "center", "border": 1},
        "numbers": {"italic": True, "align": "center", "border": 1},
        "label": {"border": 1},
        "heading": {"border": 1, "bold": True},
        "code": {"border": 1, "align": "center"},
        "figure": {"border": 1, "align": "right", "num_format": "#,##0"},
        "part": {"border": 1, "align": "right", "num_format": "#,##0.00"},
        "share": {"border": 1, "align": "right", "num_format": "0.0%"},
    }
    return {name: book.add_format(usual | facts) for name, facts in kinds.items()}


class _Sheet:
    """Head, table and foot, one below the other."""

    def __init__(self, book, facts):
        self.facts, self.found = facts, facts["figures"]
        self.layout, self.formats = self.found.layout, _formats(book)
        self.sheet = book.add_worksheet(self.layout.number.partition(".")[0])
        self.before = len(self.layout.labels)
        self.last = self.before + len(self.layout.columns) - 1

    def fill(self):
        """Write everything."""
        self._page()
        self._above()
        first = self._heads()
        for line, (row, labels, _) in enumerate(self.found.rows, start=first):
            self._line(line, row, labels)
        self._foot(first + len(self.found.lines) + 1)

    def _text(self, line, place, words, look):
        self.sheet.write_string(line, place, words, self.formats[look])

    def _over(self, first, last, words, look):
        """One cell over several, each (line, place)."""
        if first == last:
            self._text(*first, words, look)
        else:
            self.sheet.merge_range(*first, *last, words, self.formats[look])

    def _page(self):
        self.sheet.set_landscape()
        self.sheet.set_paper(9)
        self.sheet.fit_to_pages(1, 0)
        for place, (name, *_) in enumerate(self.layout.labels):
            self.sheet.set_column(place, place, _WIDE[name])
        self.sheet.set_column(self.before, self.last, 18 if len(self.layout.columns) < 8 else 11)

    def _above(self):
        """Who reports to whom, by which form; the title."""
        facts = self.facts
        left = [facts["number"], facts["circular"], facts["due"]]
        for line, (before, behind) in enumerate(
            zip(left, [facts["reporter"], facts["receiver"], facts["unit"]], strict=True)
        ):
            self._text(line, 0, before, "bold" if line == 0 else "plain")
            self._over((line, self.before), (line, self.last), behind, "plain")
        self._over((3, 0), (3, self.last), facts["title"], "title")
        self._over((4, 0), (4, self.last), f"Năm {self.found.year}", "middle")

    def _heads(self) -> int:
        """The heads of the columns and their numbers; the first line below them."""
        low = _ABOVE + bool(self.layout.low_heads)
        for place, (_, head, number) in enumerate(self.layout.labels):
            self._over((_ABOVE, place), (low, place), head, "head")
            self._text(low + 1, place, number, "numbers")
        place, under = self.before, iter(self.layout.low_heads)
        for head, over, deep in self.layout.top_heads:
            is_group = bool(self.layout.low_heads) and deep == 1
            self._over((_ABOVE, place), (_ABOVE if is_group else low, place + over - 1), head, "head")
            for below in range(place, place + over if is_group else place):
                self._text(low, below, next(under), "head")
            place += over
        place = self.before
        for number, over in self.layout.numbers:
            self._over((low + 1, place), (low + 1, place + over - 1), number, "numbers")
            place += over
        return low + 2

    def _line(self, line, row, labels):
        for place, (name, words) in enumerate(labels):
            words = row.row.heading if name == "label" and row.row.heading else words
            look = "heading" if row.row.heading else "label"
            self._text(line, place, words, look if name == "label" else "code")
        for place, column in enumerate(self.layout.columns):
            count = row.counts[place] if row.counts else None
            self._cell(line, place + self.before, column, count, is_empty=bool(row.row.heading))

    def _cell(self, line, place, column, count, *, is_empty):
        if isinstance(count, Fraction):
            self.sheet.write_number(line, place, float(count), self.formats["share"])
        elif count is not None:
            self.sheet.write_number(line, place, count, self.formats["figure" if count == int(count) else "part"])
        elif is_empty or column.by_hand or column.share:
            self.sheet.write_blank(line, place, None, self.formats["figure"])
        else:
            self._text(line, place, "x", "code")

    def _foot(self, line):
        """Who made the form, and who answers for it."""
        facts = self.facts
        self._over((line, self.before), (line, self.last), facts["day"], "middle")
        for offset, (left, right) in enumerate(
            [
                ("Người lập biểu", facts["signed_by"]),
                ("(Ký, họ tên)", "(Ký, họ tên, đóng dấu)"),
                ("", ""),
                ("", ""),
                (facts["preparer"], facts["head"]),
            ],
            start=1,
        ):
            self._text(line + offset, 0, left, "middle")
            self._over((line + offset, self.before), (line + offset, self.last), right, "middle")
