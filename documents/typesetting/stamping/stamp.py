"""The file of many sheets: what WeasyPrint has set once, and on each page the words of its record.

Every page shows the same two streams, the drawing and the words that all sheets share, and one of its own. What is drawn is
no content to who listens to a page; each spot is an element of the page's own section, in the order of the spots.
"""

from collections.abc import Callable, Iterable
from functools import lru_cache

from ...form.letters import POINTS_A_MM
from .. import apart
from ..painting.file import File
from . import codes
from .fitting import Fitting, tidied
from .sheets import LEADING, Sheet, Spot, html, lines_down
from .squares import operators

_KEPT = 20000
# How often who waits is told.
_TOLD = 500


def stamped(sheet: Sheet, records: Iterable[dict[str, str]]) -> bytes:
    """The PDF/A-3a of a sheet for each of ``records`` {name of a spot: words}, all of which fit.

    In the web server it is made in the process beside it; raises ``apart.NotSet``.
    """
    return apart.call(stamp, sheet, list(records))


def stamp(
    sheet: Sheet, records: Iterable[dict[str, str]], output=None, tell: Callable = lambda done: None
) -> bytes | None:
    """As ``stamped``, in this process. ``output``: the file that is written to as it goes on; ``tell(done)``: now and then.

    Raises ``ValueError`` for words that do not fit, and as ``to_pdf`` does.
    """
    from ..pdf import set_once

    def finish(document, pdf):
        pdf.write = lambda output, *_: _Stamper(sheet, pdf, output).write(records, tell)

    return set_once(html(sheet), (("sheet", "image/svg+xml", sheet.drawing.encode()), *sheet.pictures), finish, output)


class _Stamper:
    """Writes the pages of one file."""

    def __init__(self, sheet, pdf, output):
        self.sheet, self.pdf, self.file = sheet, pdf, File(pdf, output)
        self.wide, self.high = sheet.width * POINTS_A_MM, sheet.height * POINTS_A_MM
        self.right, self.down = sheet.right * POINTS_A_MM, sheet.down * POINTS_A_MM
        self.fitting = Fitting()
        self.block = lru_cache(_KEPT)(self._block)
        root = self._of(pdf.catalog["StructTreeRoot"])
        self.parents, self.root = self._of(root["ParentTree"])["Nums"], self._of(root["K"][0])
        self.first = self._of(b"%d 0 R" % pdf.pages["Kids"][0])
        self.kids, self.sections = [], []

    def _of(self, reference):
        """The object of WeasyPrint's that ``reference`` names."""
        return self.pdf.objects[int(bytes(reference).split()[0])]

    def write(self, records, tell):
        """A page for each record, then what they share."""
        self._take_out()
        self.shared = self._shared()
        for done, record in enumerate(records, 1):
            self._page(record)
            if done % _TOLD == 0:
                tell(done)
        self._end()

    def _take_out(self):
        """WeasyPrint's own page goes, with its structure; its contents and what they need stay."""
        gone = [self._of(kid) for kid in self.root["K"]]
        while gone:
            element = gone.pop()
            element.free = "f"
            gone += [self._of(kid) for kid in element["K"] if isinstance(kid, bytes)]
        self.first.free = "f"
        del self.parents[:]

    def _shared(self) -> str:
        """The contents that all pages begin with."""
        fixed = (self.block(place, spot.words) for place, spot in enumerate(self.sheet.spots) if spot.words)
        parts = self.file.stream(b"q"), self.file.stream("\n".join(["Q", *fixed]).encode())
        return f"{parts[0]} 0 R {self.first['Contents'].decode()} {parts[1]} 0 R"

    # --- A page

    def _page(self, record):
        file, spots = self.file, self.sheet.spots
        page, section = file.reserve(), file.reserve()
        shown, owners, kids = [], [], []
        for place, spot in enumerate(spots):
            words = spot.words or record.get(spot.name, "")
            if not words.strip():
                owners.append("null")
                continue
            if not spot.words:
                shown.append(self.block(place, words))
            if spot.is_block:
                owners.append("null")
                continue
            kind = f"/Figure/Alt {_text(words)}" if spot.is_code else "/P"
            element = f"{file.add(f'<</S{kind}/P {section} 0 R/Pg {page} 0 R/K {place}>>')} 0 R"
            owners.append(element)
            kids.append(element)
        content, key = file.stream("\n".join(shown).encode()), len(self.kids)
        box = f"[0 0 {self.wide:.3f} {self.high:.3f}]"
        file.add(
            f"<</Type/Page/Parent {self.pdf.pages.reference.decode()}/MediaBox{box}/TrimBox{box}/BleedBox{box}"
            f"/Contents[{self.shared} {content} 0 R]/Resources {self.first['Resources'].decode()}/Tabs/S/StructParents {key}>>",
            page,
        )
        file.add(f"<</S/Sect/P {self.root.reference.decode()}/K[{' '.join(kids)}]>>", section)
        owned = file.add(f"[{' '.join(owners)}]")
        self.parents.extend([key, f"{owned} 0 R"])
        self.kids.append(page)
        self.sections.append(section)

    def _block(self, place, words) -> str:
        """What shows ``words`` in the spot of that place."""
        spot: Spot = self.sheet.spots[place]
        if spot.is_block:
            left, bottom = self._corner(spot)
            wide, high = spot.width * POINTS_A_MM, spot.height * POINTS_A_MM
            return f"/Artifact BMC {_colour(words)} rg {left:.3f} {bottom:.3f} {wide:.3f} {high:.3f} re f EMC"
        kind = "/Figure" if spot.is_code else "/P"
        shown = self._square(spot, words) if spot.is_code else self._letters(spot, tidied(words))
        return f"{kind}<</MCID {place}>>BDC {_colour(spot.colour)} rg {shown} EMC"

    def _corner(self, spot):
        """The lower left corner of a spot, in points."""
        bottom = self.high - self.down - (spot.top + spot.height) * POINTS_A_MM
        return spot.left * POINTS_A_MM + self.right, bottom

    def _square(self, spot, words):
        left, bottom = self._corner(spot)
        wide = spot.width * POINTS_A_MM
        if spot.level:
            return codes.operators(words, spot.level, left, bottom, wide)
        return operators(words.encode(), left, bottom, wide)

    def _letters(self, spot, words):
        fitted = self.fitting.fitted(spot, words)
        if fitted is None:
            raise ValueError(f"{words!r} does not fit {spot.name}.")
        size, face = fitted.size, self.fitting.faces[spot.style]
        leading = size * LEADING
        begins = lines_down(spot, size, len(fitted.lines)) + (leading - (face.ascent + face.descent) * size) / 2
        up = self.high - self.down - spot.top * POINTS_A_MM - begins - face.ascent * size
        parts, at = [], 0.0
        for number, (shown, wide) in enumerate(fitted.lines):
            left = spot.left * POINTS_A_MM + self.right + _indent(spot, wide)
            parts.append(f"{left - at:.3f} {-leading if number else up:.3f} Td{shown}")
            at = left
        return f"BT {' '.join(parts)} ET"

    # --- The end

    def _end(self):
        pages = self.pdf.pages
        pages["Kids"], pages["Count"] = f"[{' '.join(f'{one} 0 R' for one in self.kids)}]", len(self.kids)
        self.root["K"] = f"[{' '.join(f'{one} 0 R' for one in self.sections)}]"
        fonts = self._of(self._of(self.first["Resources"])["Font"])
        for face in self.fitting.faces.values():
            if face.is_used:
                fonts[face.name] = f"{face.write(self.file)} 0 R"
        self.file.finish()


def _colour(words) -> str:
    """``#b3261e`` as a PDF has it."""
    return " ".join(f"{int(words[at : at + 2], 16) / 255:.3g}" for at in (1, 3, 5))


def _indent(spot, wide) -> float:
    """How far from the left of its spot a line begins."""
    free = spot.width * POINTS_A_MM - wide
    return {"left": 0.0, "center": free / 2, "right": free}[spot.align]


def _text(words) -> str:
    """A string of a PDF."""
    return f"<feff{words.encode('utf-16-be').hex()}>"
