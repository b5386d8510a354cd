"""What the rows of a list are: awards, headings of a part («II. CÁ NHÂN», «A. Sở …»), or words beside it (a sum, a signature).

A heading says of the rows below it who they are, of which unit, or what they are given, until one of its kind or a larger one
comes. Nothing is dropped in silence: headings and words beside the list are told with the numbers of their rows.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from documents.excel.cells import Cell, label_of
from units.text import one_line

from ..catalogue.models import Whom
from .layouts import COUNT
from .lines import AWARD_FIELDS, HEADINGS, NOWHERE, Section

# Headings may follow each other; a longer run of rows like that is a list numbered in letters.
_MOST_HELD = 12
_MARKED = re.compile(r"(?P<mark>[IVX]+|[A-HK-Z])\s*[./)\-–:]\s*(?=\S)|(?P<words>Phần|Mục)\s+\w+\s*[./)\-–:]\s*")
_MARK = re.compile(r"[(]?([IVX]+|[A-HK-Z])[./)]*")
_NUMBER = re.compile(r"[(]?\d+(?:[.,]\d+)*[./)]*")
_BEFORE = re.compile(r"^(?:(?:danh sach|cac|khen thuong|doi voi|doi tuong|ve|khoi)\s+)+")
_KINDS = {"tap the": Whom.COLLECTIVE, "ca nhan": Whom.PERSON, "ho gia dinh": Whom.HOUSEHOLD}
# With accents: «Tống Công Minh» is somebody.
_SUM = re.compile(r"\W*(?:tổng cộng|tổng số|(?:tổng|cộng)(?=\s*(?:[:.(\d/]|$)))", re.IGNORECASE)
_END = re.compile(
    r"\W*(?:danh sách (?:này )?(?:có|gồm)|ấn định|ghi chú|lưu ý|người lập|thủ trưởng|chủ tịch|giám đốc|xác nhận|"
    r"(?:kt|tm|tl|tuq|q)\.|ký tên|\(?ký,)|.*\bngày\b.{0,6}\btháng\b",
    re.IGNORECASE,
)
_HEADS = {label_of(heading) for heading in HEADINGS["name"]}


@dataclass(slots=True)
class _Row:
    """One row as it is told apart. ``name``: what stands where names do, or alone; ``others``: how many more cells are filled;
    ``gives``: whether one of them names an award."""

    number: int
    cells: dict[str, Cell]
    mark: str
    name: str
    others: int
    gives: bool

    @property
    def is_numbered(self) -> bool:
        return bool(_NUMBER.fullmatch(self.mark))


class Sorter:
    """Tells the rows of one list apart. ``award_of``: the award that words name; nothing for none."""

    def __init__(self, award_of: Callable[[str], str]):
        self.award_of = award_of
        self.told, self.aside = [], []
        self.above: list[tuple[str, Section]] = []
        self.section, self.ended, self.first = NOWHERE, False, True

    def sorted(self, rows: Iterable[tuple[int, dict[str, Cell]]]) -> Iterator[tuple[int, dict[str, Cell], Section]]:
        """(number, cells, what the headings above say) of each row that is an award."""
        held = []
        for number, cells in rows:
            row = _seen(number, cells)
            if row is None or self._is_beside(row):
                continue
            if _may_head(row):
                if len(held) == _MOST_HELD:
                    yield from self._settled(held, False)
                    held = []
                held.append(row)
                continue
            yield from self._settled(held, True)
            held = []
            yield number, cells, self.section
        yield from self._settled(held, False)

    def _settled(self, held, is_followed):
        """Rows that may be headings are such where a row of another kind follows, or they say whom the rows are about."""
        for row in held:
            words, style = _words_of(row)
            if is_followed or _kind_of(words):
                self._open(row, words, style)
            elif row.mark == row.name:
                self.aside.append([row.number, one_line(row.name)[:120]])
            else:
                yield row.number, row.cells, self.section

    def _open(self, row, words, style):
        styles = [mark for mark, _ in self.above]
        if style in styles:
            del self.above[styles.index(style) :]
        award = "" if _kind_of(words, whole=True) else self.award_of(words)
        kind = "" if award else _kind_of(words)
        self.above.append((style, Section(kind, award, () if award or kind else (words,))))
        kinds = [one.kind for _, one in self.above if one.kind]
        awards = [one.award for _, one in self.above if one.award]
        names = tuple(word for _, one in reversed(self.above) for word in one.words)
        self.section = Section(*(found[-1] if found else "" for found in (kinds, awards)), names)
        self.told.append([row.number, one_line(f"{row.mark} {row.name}" if row.mark != row.name else row.name)[:120]])
        self.ended = False

    def _is_beside(self, row) -> bool:
        """Whether a row is no award: the headings again, the numbers of columns, a sum, what stands below a list."""
        first, self.first = self.first, False
        if _says_heads(row) or (first and _numbers_columns(row.cells)):
            return True
        if row.is_numbered or row.gives:
            self.ended = False
            return False
        told = row.name or next((cell.seen() for cell in row.cells.values() if cell.is_filled), "")
        ends = row.others < 2 and bool(_END.match(told))
        if not (ends or _SUM.match(told) or (self.ended and row.others < 2)):
            return False
        self.ended = self.ended or ends
        self.aside.append([row.number, one_line(told)[:120]])
        return True


def _seen(number, cells) -> _Row | None:
    """A row; None for one that holds no more than its number."""
    count, name = cells.get(COUNT), cells.get("name")
    mark = count.seen() if count is not None and count.is_filled and not count.trouble else ""
    filled = [key for key, cell in cells.items() if key not in (COUNT, "name") and cell.is_filled]
    named = name is not None and name.is_filled
    if not filled and not named:
        # What spans a whole row stands in its first cell.
        if not mark or _NUMBER.fullmatch(mark) or _MARK.fullmatch(mark):
            return None
        return _Row(number, cells, mark, mark, 0, False)
    gives = any(key in AWARD_FIELDS and not _is_sum(cells[key].value) for key in filled)
    return _Row(number, cells, mark, name.seen() if named else "", len(filled), gives)


def _is_sum(value) -> bool:
    """Whether a value is a small figure, and no code of ten digits."""
    return isinstance(value, int | float) and value < 10**6


def _may_head(row) -> bool:
    if not row.name or row.others or row.is_numbered:
        return False
    if row.mark == row.name:
        return True
    return bool(
        _MARK.fullmatch(row.mark) or (not row.mark and (_MARKED.match(row.name) or _kind_of(row.name, whole=True)))
    )


def _words_of(row) -> tuple[str, str]:
    """What a heading says without its mark, and what sort of mark that is."""
    found = _MARKED.match(row.name) if row.mark in ("", row.name) else None
    mark = (found["mark"] or found["words"]) if found else (row.mark if _MARK.fullmatch(row.mark) else "")
    mark = mark.strip("(./)")
    style = "roman" if mark and not set(mark) - set("IVX") else "letter" if len(mark) == 1 else mark
    words = row.name[found.end() :] if found else row.name
    return one_line(re.split(r"[:(]", words, maxsplit=1)[0]).strip(" .;,-–"), style


def _kind_of(words, *, whole=False) -> str:
    """Whom a heading is about: «TẬP THỂ», «Danh sách cá nhân được khen»; nothing where it names two, or none."""
    label = _BEFORE.sub("", label_of(re.split(r"[:(]", words, maxsplit=1)[0]))
    named = [kind for said, kind in _KINDS.items() if re.search(rf"\b{said}\b", label)]
    if len(named) != 1:
        return ""
    said = next(said for said, kind in _KINDS.items() if kind == named[0])
    return named[0] if label == said or (not whole and label.startswith(said)) else ""


def _says_heads(row) -> bool:
    return len(row.name) < 40 and not row.is_numbered and label_of(row.name) in _HEADS


def _numbers_columns(cells) -> bool:
    """Whether the row right below the headings numbers the columns: (1) (2) (3)."""
    marks = [cell.seen().strip("() ") for cell in cells.values() if cell.is_filled]
    return len(marks) >= 3 and all(len(mark) <= 2 and (mark.isdecimal() or mark in "ABC") for mark in marks)
