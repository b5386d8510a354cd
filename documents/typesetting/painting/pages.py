"""Pages of a table: rows below the one that WeasyPrint has set, then on pages of their own, its head on each."""

from collections import Counter
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from itertools import pairwise

from .cutting import Table
from .file import File
from .flow import Flow, Letters
from .specimen import Specimen, specimens

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


@dataclass(frozen=True)
class Row:
    """Where a painted row, or its part on one page, stands. ``table``: its number; ``number``: of the row, 1 for the first below
    that of the specimen; ``page``: of the file, from 0; ``top``, ``end`` in points; ``letters``: of each of its cells, roughly.
    """

    table: int
    number: int
    page: int
    like: Specimen
    top: float
    end: float
    letters: tuple[int, ...]


@dataclass(frozen=True)
class Painting:
    """What was put where: of each page that WeasyPrint has made its number in the file, from 0; the rows, in order."""

    pages: list[int]
    rows: list[Row]


def paint(document, pdf, output, tables: list[Table], letters: Letters, numbering: Numbering, tell=None) -> Painting:
    """Write ``pdf``, which WeasyPrint has made of ``document``, to ``output``, with the rows of ``tables``; ``document`` and
    ``letters`` as ``flow.settled`` gives them. ``tell`` as in ``documents.typesetting.to_pdf``.
    """
    book = _Book(pdf, output, letters, numbering, tell)
    for key, specimen in specimens(document).items():
        _Painted(book, specimen, tables[key], key).paint()
    kids = book.finish()
    place = {number: place for place, number in enumerate(kids)}
    rows = [replace(row, page=place[row.page]) for row in book.rows]
    return Painting([place[number] for number in book.first_pages], rows)


@dataclass
class _Page:
    """A page that is filled. ``number``: of its object; ``index``: among those that WeasyPrint has made, if it has made this
    one; ``place``: in its appendix, from 1; ``marks``: contents marked so far.
    """

    number: int
    index: int | None
    place: int
    marks: int = 0
    shown: list[str] = field(default_factory=list)
    # The element of each marked content, and where rules stand from top to bottom.
    owners: list[int] = field(default_factory=list)
    rules: list[float] = field(default_factory=list)


class _Book:
    """What all tables of a file share: its structure, its fonts, its list of pages."""

    def __init__(self, pdf, output, letters, numbering, tell):
        self.pdf, self.letters, self.numbering, self.tell = pdf, letters, numbering, tell
        self.file = File(pdf, output)
        root = self.of(pdf.catalog["StructTreeRoot"])
        self.parents = self.of(root["ParentTree"])["Nums"]
        # Objects of pages, in order: WeasyPrint's, then with those that follow each.
        self.first_pages = pdf.pages["Kids"][::3]
        self.following = {number: [] for number in self.first_pages}
        # Their pages by the numbers of objects.
        self.rows: list[Row] = []
        # Pages that were put between WeasyPrint's, by the one on which their appendix begins.
        self.put_in = Counter()

    def of(self, reference):
        """The object of WeasyPrint's that ``reference`` names."""
        return self.pdf.objects[int(bytes(reference).split()[0])]

    def made(self, index, place, top) -> _Page:
        """A page of WeasyPrint's, on which rows stand from ``top`` on."""
        return _Page(self.first_pages[index], index, place, len(self.parents[2 * index + 1]), rules=[top])

    def overlay(self, page):
        """Put what ``page`` shows above what WeasyPrint has put there."""
        made = self.of(b"%d 0 R" % page.number)
        parts = [self.file.stream(b"q"), self.file.stream(b"Q\n" + self._content(page))]
        # Of two tables on one page the second finds what the first has put there.
        shown = made["Contents"]
        shown = shown.decode() if isinstance(shown, bytes) else shown[1:-1]
        made["Contents"] = f"[{parts[0]} 0 R {shown} {parts[1]} 0 R]"
        owners = self.parents[2 * page.index + 1]
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

    def finish(self) -> list[int]:
        """Number the pages, embed the fonts and write what is left; the numbers of all pages' objects, in order."""
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
        for face in self.letters.faces.values():
            if face.is_used:
                fonts[face.name] = f"{face.write(self.file)} 0 R"
        self.file.finish()
        return kids

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
        words, face, size = (
            self.numbering.words.format(place, total),
            self.letters.faces[False, False],
            self.numbering.size,
        )
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


class _Painted(Flow):
    """Fills pages with the rows of one table."""

    def __init__(self, book, specimen: Specimen, table: Table, key: int):
        super().__init__(book.letters, specimen)
        self.book, self.file, self.table, self.key = book, book.file, table, key
        # How many rows were begun, and the letters in the cells of the last.
        self.begun, self.words = 0, ()
        self.body = self._body_of(specimen.mark)
        plain = book.letters.faces[specimen.columns[0].style]
        # From the top of a line to where its letters stand.
        self.base = (
            specimen.leading - (plain.ascent + plain.descent) * specimen.size
        ) / 2 + plain.ascent * specimen.size
        self.below = lru_cache(_KEPT)(self._below)
        self.numbers, self.elements, self.before = [], [], len(self.body["K"])

    def paint(self):
        """All rows."""
        like, book = self.like, self.book
        for mark in [*like.head_marks, *(like.gap.head_marks if like.gap else ())]:
            mark["A"]["Scope"] = "/Column"
        place = like.page - like.first + 1 + book.put_in[like.first]
        self.page = book.made(like.page, place, like.begun)
        if like.gap and not self.table.turns:
            self._take_gap()
        self.fill(self.table.rows)
        self._end()
        self._own()
        book.put_in[like.first] += max(self.turns - 1, 0)

    # --- Pages

    def _end(self):
        """The page is full: draw its rules."""
        page, like = self.page, self.like
        if self.y > page.rules[0]:
            ends = like.rules[0] - like.thick / 2, like.rules[-1] + like.thick / 2
            lines = [(ends[0], y, ends[1], y) for y in page.rules]
            lines += [(x, page.rules[0], x, self.y) for x in like.rules]
            page.shown.append(f"/Artifact BMC {like.thick:g} w")
            page.shown += [f"{a:.3f} {like.height - b:.3f} m {c:.3f} {like.height - d:.3f} l" for a, b, c, d in lines]
            page.shown.append("S EMC")
        if page.index is None:
            self.book.new(page, like)
        else:
            self.book.overlay(page)

    def turn(self):
        """A new page with the head of the table; the last may be WeasyPrint's, with its head."""
        self._end()
        super().turn()
        like, place = self.like, self.page.place + 1
        if like.gap and self.turns == self.table.turns:
            self.page = self.book.made(like.gap.page, place, like.gap.top)
            self._take_gap()
            return
        self.page = _Page(self.file.reserve(), None, place)
        # Rules across a head with joined cells are its own.
        across = like.head_rules[-1:] if like.head_edges else like.head_rules
        self.page.rules += [like.top + down for down in across]
        self.page.shown.append(self.head)

    @cached_property
    def head(self) -> str:
        """The head of the table at the top of a page."""
        like, parts = self.like, ["/Artifact<</Type/Pagination/Subtype/Header>>BDC BT"]
        for text in like.head:
            face = self.book.letters.faces[text.style]
            operand, up = face.text(text.words)[0], like.height - like.top - text.down
            parts.append(f"/{face.name} {text.size:g} Tf 1 0 0 1 {text.left:.3f} {up:.3f} Tm[{operand}]TJ")
        return "\n".join([*parts, "ET EMC", *self._edges()])

    def _edges(self):
        """The rules of a head with joined cells."""
        like, half = self.like, self.like.thick / 2
        if like.head_edges:
            yield f"/Artifact BMC {like.thick:g} w"
            for left, above, right, below in like.head_edges:
                # Rules meet in their corners.
                aside, down = (half, 0) if above == below else (0, half)
                top, end = like.height - like.top - above + down, like.height - like.top - below - down
                yield f"{left - aside:.3f} {top:.3f} m {right + aside:.3f} {end:.3f} l"
            yield "S EMC"

    # --- Rows

    def row(self, cells, is_tall):
        """One row with its element and its rule."""
        number, self.elements = self.file.reserve(), [None] * len(cells)
        self.begun, self.words = self.begun + 1, tuple(map(len, cells))
        super().row(cells, is_tall)
        self.page.rules.append(self.y)
        self._tell_structure(number)

    def put(self, cells, counts):
        """Show some lines of each cell."""
        page, like = self.page, self.like
        end = self.y + self.above + max(counts) * like.leading + like.below
        self.book.rows.append(Row(self.key, self.begun, page.number, like, self.y, end, self.words))
        for place, (lines, count) in enumerate(zip(cells, counts, strict=True)):
            if not count:
                continue
            page.shown.append(f"/TD<</MCID {page.marks}>>BDC BT {self._letters(lines[:count])} ET EMC")
            self.elements[place] = self.elements[place] or [self.file.reserve()]
            self.elements[place].append((page.number, page.marks))
            page.owners.append(self.elements[place][0])
            page.marks += 1

    def _letters(self, lines) -> str:
        """The operators of ``lines``, below each other from the page's height on."""
        up = self.like.height - self.y - self.above - self.base
        return f"{lines[0][1]:.3f} {up:.3f} Td{self.below(lines)}"

    def _below(self, lines):
        """The operators of ``lines``, wherever they stand."""
        down = f"{-self.like.leading:.3f} Td"
        others = (f"{left - before:.3f} {down}{shown}" for (_, before), (shown, left) in pairwise(lines))
        return "\n".join([lines[0][0], *others])

    # --- Structure

    def _body_of(self, cell):
        """The element of the rows, of which ``cell`` is in one."""
        return self.book.of(self.book.of(cell["P"])["P"])

    def _take_gap(self):
        """The rows that follow belong to the part of the table in which the gap is, in its place."""
        gap = self.like.gap.mark
        self._own()
        self.body = self._body_of(gap)
        self.before = self.body["K"].index(gap["P"])
        for element in (gap, self.book.of(gap["P"])):
            element.free = "f"
        self.body["K"].pop(self.before)

    def _own(self):
        """The rows that were painted belong to the body."""
        self.body["K"][self.before : self.before] = [b"%d 0 R" % number for number in self.numbers]
        self.numbers = []

    def _tell_structure(self, number):
        """The elements of a row and its cells."""
        kids = []
        for element in self.elements:
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
