"""Workbooks of lists that go out: rows that are wrong, to be corrected and sent again."""

import io

from units.excel_out import Book, Heading

from .checking import Report, report_on
from .layouts import MALE
from .lines import HEADS, ROW, WRONG, Line
from .models import Entry
from .sources import Source

# Columns that a correction always has, also where the file had none.
_ALWAYS = ("name", "whom", "award", "year")


class WrongRows:
    """A workbook that grows by each wrong line; every row once, with all that is wrong with it."""

    def __init__(self, entry: Entry):
        self.source = Source(entry)
        layout = self.source.layout
        told = set(layout.fields) if layout else {name for row in entry.rows for name in row}
        told |= {"born", "gender"} if MALE in told else set()
        self.names = [name for name in HEADS if name in told or name in _ALWAYS]
        self.wrong: dict[int, dict[str, None]] = {}

    def add(self, line: Line):
        """Note what is wrong with a line."""
        words = (f"{HEADS[name]}: {words}" for name, words in line.faults)
        self.wrong.setdefault(line.row, {}).update(dict.fromkeys(words))

    def content(self, heading: Heading) -> bytes:
        """The finished workbook; its rows are read once more, as they were written."""
        book = Book()
        page = book.page("Dòng cần sửa", heading)
        page.table([ROW, *(HEADS[name] for name in self.names), WRONG], self._rows())
        return _finished(book)

    def _rows(self):
        for row, cells, _ in self.source.rows() if self.wrong else ():
            if row in self.wrong:
                seen = [cells[name].seen() if name in cells else "" for name in self.names]
                yield [row, *seen, "\n".join(self.wrong[row])]


def wrong_rows(entry: Entry, heading: Heading, *, tell=lambda rows: None) -> tuple[Report, bytes]:
    """What checking found, and the rows that are wrong as a file."""
    wrong = WrongRows(entry)
    report = report_on(entry, tell=tell, bad=wrong.add)
    return report, wrong.content(heading)


def receipt(heading: Heading, told: dict[str, str]) -> bytes:
    """A workbook of a few lines: what was done."""
    book = Book()
    book.page("Kết quả", heading).table(["Nội dung", "Kết quả"], told.items())
    return _finished(book)


def _finished(book: Book) -> bytes:
    book.book.close()
    memory: io.BytesIO = book.memory
    return memory.getvalue()
