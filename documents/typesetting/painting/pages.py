"""Pages of a table: rows below the one that WeasyPrint has set, then on pages of their own, its head on each."""

from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import pairwise

from .cutting import rows_of
from .faces import STYLES, Face
from .file import File
from .lines import Cells
from .specimen import Specimen, breaks, specimens

# Lines of a cell that stay together where a page ends, as WeasyPrint has it.
_TOGETHER = 2
_NEAR = 1e-6
_KEPT = 5000


@dataclass(frozen=True)
class Numbering:
    """How pages are numbered: a margin box of the page, points, what stands there of a number and of how many there are.

    ``everywhere``: on the pages that WeasyPrint has made, too.
    """

    place: str
    size: float
    words: str = "{}"
    everywhere: bool = False


def paint(document, pdf, output, tables: list[str], numbering: Numbering, tell=None) -> None:
    """Write ``pdf``, which WeasyPrint has made of ``document``, to ``output``, with ``tables``: the rows of its long tables,
    in HTML. ``tell`` as in ``documents.typesetting.to_pdf``.
    """
    book = _Book(pdf, output, numbering, tell)
    for specimen, rows in zip(specimens(document), tables, strict=True):
        _Table(book, specimen).paint(rows)
    book.finish()


@dataclass
class _Page:
    """A page that is filled. ``number``: of its object; ``place``: in its appendix, from 1; ``marks``: contents marked so far."""

    number: int
    place: int
    y: float
    marks: int = 0
    # Whether no row stands on it.
    is_new: bool = False
    shown: list[str] = field(default_factory=list)
    # The element of each marked content, and where rules stand from top to bottom.
    owners: list[int] = field(default_factory=list)
    rules: list[float] = field(default_factory=list)


class _Book:
    """What all tables of a file share: its structure, its fonts, its list of pages."""

    def __init__(self, pdf, output, numbering, tell):
        self.pdf, self.numbering, self.tell = pdf, numbering, tell
        self.file = File(pdf, output)
        self.faces = {style: Face(style) for style in STYLES}
        self.cells = Cells(self.faces.__getitem__, breaks)
        root = self.of(pdf.catalog["StructTreeRoot"])
        self.parents = self.of(root["ParentTree"])["Nums"]
        # Objects of pages, in order: WeasyPrint's, then with those that follow each.
        self.first_pages = pdf.pages["Kids"][::3]
        self.following = {number: [] for number in self.first_pages}

    def of(self, reference):
        """The object of WeasyPrint's that ``reference`` names."""
        return self.pdf.objects[int(bytes(reference).split()[0])]

    def overlay(self, page, specimen):
        """Put what ``page`` shows above what WeasyPrint has put there."""
        made = self.of(b"%d 0 R" % page.number)
        parts = [self.file.stream(b"q"), self.file.stream(b"Q\n" + self._content(page))]
        made["Contents"] = f"[{parts[0]} 0 R {made['Contents'].decode()} {parts[1]} 0 R]"
        owners = self.parents[2 * specimen.page + 1]
        owners.extend(f"{one} 0 R" for one in page.owners)

    def new(self, page, specimen):
        """A page of its own."""
        following = self.following[self.first_pages[specimen.page]]
        following.append((page, specimen, self.file.stream(self._content(page))))
        key = max(self.parents[::2]) + 1
        owners = self.file.add(f"[{' '.join(f'{one} 0 R' for one in page.owners)}]")
        self.parents.extend([key, f"{owners} 0 R"])
        page.marks, page.shown, page.owners = key, [], []
        if self.tell:
            self.tell(f"đang dàn trang {len(following) + 1}")

    def _content(self, page):
        return "\n".join(page.shown).encode()

    def finish(self):
        """Number the pages, embed the fonts and write what is left."""
        resources = self.of(b"%d 0 R" % self.first_pages[0])["Resources"]
        fonts = self.of(self.of(resources)["Font"])
        total = len(self.first_pages) + sum(map(len, self.following.values()))
        kids = []
        for number in self.first_pages:
            kids.append(number)
            for page, specimen, content in self.following[number]:
                self._write(page, specimen, [content, self._number(page.place, total, specimen)], resources)
                kids.append(page.number)
        if self.numbering.everywhere:
            self._number_first(total)
        pages = self.pdf.pages
        pages["Kids"], pages["Count"] = f"[{' '.join(f'{one} 0 R' for one in kids)}]", len(kids)
        for face in self.faces.values():
            if face.is_used:
                fonts[face.name] = f"{face.write(self.file)} 0 R"
        self.file.finish()

    def _write(self, page, specimen, contents, resources):
        """The object of a page of its own."""
        box = f"[0 0 {specimen.width:.3f} {specimen.height:.3f}]"
        self.file.add(
            f"<</Type/Page/Parent {self.pdf.pages.reference.decode()}/MediaBox{box}/TrimBox{box}/BleedBox{box}"
            f"/Contents[{' '.join(f'{one} 0 R' for one in contents)}]/Resources {resources.decode()}/Tabs/S"
            f"/StructParents {page.marks}>>",
            page.number,
        )

    def _number_first(self, total):
        """Numbers on the pages that WeasyPrint has made, which are laid out as the painted ones."""
        specimen = next(one[1] for following in self.following.values() for one in following)
        for place, number in enumerate(self.first_pages, start=1):
            made, content = self.of(b"%d 0 R" % number), self._number(place, total, specimen)
            made["Contents"] = f"{made['Contents'][:-1]} {content} 0 R]"

    def _number(self, place, total, specimen) -> int:
        """The content that shows the number of a page."""
        words, face, size = self.numbering.words.format(place, total), self.faces[False, False], self.numbering.size
        operand, wide = face.text(words)
        if self.numbering.place == "top-center":
            left, middle = (specimen.left + specimen.right - wide * size) / 2, specimen.top / 2
        else:
            left, middle = specimen.right - wide * size, (specimen.bottom + specimen.height) / 2
        up = specimen.height - middle - (face.ascent - face.descent) / 2 * size
        shown = (
            f"/Artifact<</Type/Pagination>>BDC BT/{face.name} {size:g} Tf {left:.3f} {up:.3f} Td[{operand}]TJ ET EMC"
        )
        return self.file.stream(shown.encode())


class _Table:
    """Fills pages with the rows of one table."""

    def __init__(self, book, specimen: Specimen):
        self.book, self.file, self.like = book, book.file, specimen
        cell = specimen.mark
        self.body = book.of(book.of(cell["P"])["P"])
        plain = book.faces[specimen.columns[0].style]
        # From the top of a line to where its letters stand.
        self.base = (
            specimen.leading - (plain.ascent + plain.descent) * specimen.size
        ) / 2 + plain.ascent * specimen.size
        # What stands in many rows is made once.
        self.cell, self.below = lru_cache(_KEPT)(self._set), lru_cache(_KEPT)(self._below)
        self.numbers, self.is_going_on = [], False

    def paint(self, rows):
        """All of ``rows``, HTML."""
        like, book = self.like, self.book
        for mark in like.head_marks:
            mark["A"]["Scope"] = "/Column"
        owned = len(book.parents[2 * like.page + 1])
        page = _Page(book.first_pages[like.page], like.page - like.first + 1, like.begun, owned)
        self.page, self.put = page, book.overlay
        page.rules.append(like.begun)
        for is_tall, cells in rows_of(rows):
            self._row(cells, is_tall)
        self._end()
        self.body["K"].extend(f"{number} 0 R" for number in self.numbers)

    # --- Pages

    def _end(self):
        """The page is full: draw its rules."""
        page, like = self.page, self.like
        if len(page.rules) > 1:
            ends = like.rules[0] - like.thick / 2, like.rules[-1] + like.thick / 2
            lines = [(ends[0], y, ends[1], y) for y in page.rules]
            lines += [(x, page.rules[0], x, page.y) for x in like.rules]
            page.shown.append(f"/Artifact BMC {like.thick:g} w")
            page.shown += [f"{a:.3f} {like.height - b:.3f} m {c:.3f} {like.height - d:.3f} l" for a, b, c, d in lines]
            page.shown.append("S EMC")
        self.put(page, like)

    def _turn(self):
        """A new page with the head of the table."""
        self._end()
        like = self.like
        self.page = page = _Page(self.file.reserve(), self.page.place + 1, like.top, is_new=True)
        self.put = self.book.new
        page.rules += [like.top + down for down in like.head_rules]
        page.y = page.rules[-1]
        page.shown.append(self.head)

    @cached_property
    def head(self) -> str:
        """The head of the table at the top of a page."""
        like, parts = self.like, ["/Artifact<</Type/Pagination/Subtype/Header>>BDC BT"]
        for text in like.head:
            face = self.book.faces[text.style]
            operand, up = face.text(text.words)[0], like.height - like.top - text.down
            parts.append(f"/{face.name} {text.size:g} Tf 1 0 0 1 {text.left:.3f} {up:.3f} Tm[{operand}]TJ")
        return "\n".join([*parts, "ET EMC"])

    # --- Rows

    def _row(self, cells, is_tall):
        """One row, on the next page if it does not fit this one; a tall one may go on there."""
        set_cells = [self.cell(place, html) for place, html in enumerate(cells)]
        number, elements, self.is_going_on = self.file.reserve(), [None] * len(cells), False
        if not is_tall and not self._fits(set_cells):
            self._turn()
        while not self._fits(set_cells):
            set_cells = self._begin(set_cells, elements)
            self._turn()
        self._put(set_cells, list(map(len, set_cells)), elements)
        self.page.y += self.like.below
        self.page.rules.append(self.page.y)
        self._tell_structure(number, elements)

    def _begin(self, cells, elements):
        """Put what has place of a row that goes on on the next page, if anything has; the lines that are left."""
        high = self.like.bottom - self.page.y - self.above + _NEAR
        room, whole = (int(max(part, 0) / self.like.leading) for part in (high, high - self.like.below))
        counts = [len(lines) if len(lines) <= whole else _lines_taken(len(lines), room) for lines in cells]
        if self.page.is_new and not any(counts):
            # Under a head as tall as a page, some line has to be the first.
            counts = [min(len(lines), max(room, 1)) for lines in cells]
        if any(counts):
            self._put(cells, counts, elements)
            self.is_going_on = True
        return [lines[count:] for lines, count in zip(cells, counts, strict=True)]

    @property
    def above(self):
        """From the height of the page to the next line."""
        return self.like.above - self.like.padding * self.is_going_on

    def _fits(self, cells):
        high = self.above + max(map(len, cells)) * self.like.leading + self.like.below
        return self.page.y + high <= self.like.bottom + _NEAR

    def _put(self, cells, counts, elements):
        """Some lines of each cell at the page's height."""
        page = self.page
        for place, (lines, count) in enumerate(zip(cells, counts, strict=True)):
            if not count:
                continue
            page.shown.append(f"/TD<</MCID {page.marks}>>BDC BT {self._letters(lines[:count])} ET EMC")
            elements[place] = elements[place] or [self.file.reserve()]
            elements[place].append((page.number, page.marks))
            page.owners.append(elements[place][0])
            page.marks += 1
        page.y += self.above + max(counts) * self.like.leading
        page.is_new = False

    def _set(self, place, html) -> tuple[tuple[str, float], ...]:
        """(operators, left edge) of each line of a cell of the column ``place``."""
        column, size = self.like.columns[place], self.like.size
        return tuple(
            (
                "".join(f"/{face.name} {size:g} Tf[{operand}]TJ" for face, operand in runs),
                column.left + _indent(column, wide * size),
            )
            for runs, wide in self.book.cells.lines(html, column.width / size, column.style)
        )

    def _letters(self, lines) -> str:
        """The operators of ``lines``, below each other from the page's height on."""
        up = self.like.height - self.page.y - self.above - self.base
        return f"{lines[0][1]:.3f} {up:.3f} Td{self.below(lines)}"

    def _below(self, lines):
        """The operators of ``lines``, wherever they stand."""
        down = f"{-self.like.leading:.3f} Td"
        others = (f"{left - before:.3f} {down}{shown}" for (_, before), (shown, left) in pairwise(lines))
        return "\n".join([lines[0][0], *others])

    def _tell_structure(self, number, elements):
        """The elements of a row and its cells."""
        kids = []
        for element in elements:
            if not element:
                kids.append(self.file.add(f"<</S/TD/P {number} 0 R/K[]>>"))
                continue
            cell, (page, mark), *others = element
            rest = "".join(f"<</Type/MCR/Pg {other} 0 R/MCID {one}>>" for other, one in others)
            self.file.add(f"<</S/TD/P {number} 0 R/Pg {page} 0 R/K[{mark}{rest}]>>", cell)
            kids.append(cell)
        body = self.body.reference.decode()
        self.file.add(f"<</S/TR/P {body}/K[{' '.join(f'{kid} 0 R' for kid in kids)}]>>", number)
        self.numbers.append(number)


def _indent(column, wide) -> float:
    """How far from the left a line of a column begins."""
    return {"center": (column.width - wide) / 2, "right": column.width - wide}.get(column.align, 0.0)


def _lines_taken(lines, room) -> int:
    """How many of so many lines, of which not all have place, stand where ``room`` have: no single one is left alone."""
    taken = min(room, lines - _TOGETHER)
    return taken if taken >= _TOGETHER else 0
