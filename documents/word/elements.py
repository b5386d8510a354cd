"""Pieces of WordprocessingML as text: lengths, runs of words, paragraphs and tables (ISO/IEC 29500-1, 17.3 and 17.4).

Properties stand in the order that the schema gives; Word calls a file damaged where they do not.
"""

import re
from xml.sax.saxutils import escape

from ..form.letters import POINTS_A_MM
from ..typesetting.parts import BLANK

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMESPACES = f'xmlns:w="{W}" xmlns:r="{R}"'
BOLD, ITALIC = "<w:b/>", "<w:i/>"
# The thickness of every rule, in eighths of a point: 0.75 pt as on the sheet.
RULE = 6
SIDES = ("top", "left", "bottom", "right")
# Room to write by hand: so many spaces at which no line ends, 10 mm of the text's letters and 14 of the number's.
ROOM, ROOM_OF_NUMBER = "\u00a0" * 8, "\u00a0" * 12

# What XML cannot hold.
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# A hyphen at which no line may end is an element of its own. Beside the letters below it stays a plain one: as an element
# it would lose its kern, 1.1 pt in «BNV-TĐKT», and lines that are nearly full would end earlier than in the PDF.
_HYPHEN = re.compile(r"(?<![TVWYPFL])-(?![TVWYAJ])")


def twips(points: float) -> int:
    """``points`` in Word's unit, twentieths of a point."""
    return round(points * 20)


def mm(length: float) -> int:
    """Millimetres in Word's unit."""
    return twips(length * POINTS_A_MM)


def size(points: float) -> str:
    """The size of letters, which Word counts in half points."""
    return f'<w:sz w:val="{round(points * 2)}"/><w:szCs w:val="{round(points * 2)}"/>'


def text(words: str, *, room=ROOM) -> str:
    """Words within a run; ``room`` stands where a blank is."""
    words = _NO_XML.sub("", words.replace(BLANK, room))
    return f'<w:t xml:space="preserve">{escape(words)}</w:t>' if words else ""


def whole(words: str, *, room=ROOM) -> str:
    """Words within a run, in which no line ends."""
    parts = _HYPHEN.split(words.replace(" ", "\u00a0"))
    return "<w:noBreakHyphen/>".join(text(part, room=room) for part in parts)


def run(pieces, look="", *, room=ROOM) -> str:
    """``pieces`` (``blocks.Piece``), or plain words, as one run that looks as ``look``, properties in their order, says."""
    if isinstance(pieces, str):
        inner = text(pieces, room=room)
    else:
        inner = "".join((whole if piece.whole else text)(piece.words, room=room) for piece in pieces)
    return f"<w:r>{f'<w:rPr>{look}</w:rPr>' if look else ''}{inner}</w:r>" if inner else ""


def border(edges=SIDES, *, thick=RULE, color="000000", space=0) -> str:
    """Rules along ``edges``; ``space`` points between them and the words."""
    return "".join(f'<w:{edge} w:val="single" w:sz="{thick}" w:space="{space}" w:color="{color}"/>' for edge in edges)


def _attributes(name, values) -> str:
    told = "".join(f' w:{key}="{value}"' for key, value in values.items())
    return f"<w:{name}{told}/>" if told else ""


def paragraph(
    style, inner="", *, keep=False, frame="", edges="", spacing=None, indent=None, align="", section=""
) -> str:
    """One paragraph: what differs from its style, and the runs within.

    ``keep``: on one page with what follows. ``spacing``, ``indent``: attributes by their names, in twips. ``section``: the
    section that ends with it.
    """
    look = (
        f'<w:pStyle w:val="{style}"/>'
        + "<w:keepNext/>" * keep
        + frame
        + (f"<w:pBdr>{edges}</w:pBdr>" if edges else "")
        + _attributes("spacing", spacing or {})
        + _attributes("ind", indent or {})
        + (f'<w:jc w:val="{align}"/>' if align else "")
        + section
    )
    return f"<w:p><w:pPr>{look}</w:pPr>{inner}</w:p>"


def short_rule(points: float, room: float, before: float) -> str:
    """A rule of this length in the middle of a column ``room`` points wide: the upper border of a line of no height."""
    side = twips(max(0, (room - points) / 2))
    return paragraph(
        "NetKe", edges=border(["top"]), spacing={"before": twips(before)}, indent={"left": side, "right": side}
    )


def cell(inner, wide, *, look="") -> str:
    """A cell ``wide`` twips wide; ``look``: further properties. Word asks for a paragraph in each."""
    return f'<w:tc><w:tcPr><w:tcW w:w="{wide}" w:type="dxa"/>{look}</w:tcPr>{inner or paragraph("NetKe")}</w:tc>'


def row(cells, *, is_whole=False, is_head=False) -> str:
    """A row; a whole one does not go on on the next page, a head is repeated there."""
    look = "<w:cantSplit/>" * is_whole + "<w:tblHeader/>" * is_head
    return f"<w:tr>{f'<w:trPr>{look}</w:trPr>' if look else ''}{''.join(cells)}</w:tr>"


def table(rows, widths, *, ruled=False, padding=(0, 0)) -> str:
    """Rows of cells in columns of these widths, in twips; ``padding`` (above and below, at the sides) in points.

    Said in every table: LibreOffice does not take it from the table's style.
    """
    high, wide = map(twips, padding)
    margins = "".join(f'<w:{edge} w:w="{wide if edge in ("left", "right") else high}" w:type="dxa"/>' for edge in SIDES)
    edges = f"<w:tblBorders>{border((*SIDES, 'insideH', 'insideV'))}</w:tblBorders>" if ruled else ""
    look = (
        f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblInd w:w="0" w:type="dxa"/>{edges}<w:tblLayout w:type="fixed"/>'
        f"<w:tblCellMar>{margins}</w:tblCellMar>"
    )
    columns = "".join(f'<w:gridCol w:w="{one}"/>' for one in widths)
    return f"<w:tbl><w:tblPr>{look}</w:tblPr><w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}</w:tbl>"


class Flow:
    """What follows each other down the sheets of one section.

    Margins between two blocks are one, the larger, as on the sheet. Word takes the larger or the sum, by the age of the file: so
    where the larger is that above a block, the one before has none below.
    """

    def __init__(self, after):
        # {style: points below a paragraph of it}
        self.after = after
        self.parts: list[str] = []
        # Points that the last block wants below it, and those that are there already.
        self.wanted = self.given = 0.0
        # The last paragraph, where it was added here.
        self.last: tuple | None = None

    def add(self, style, inner="", *, top: float = 0, spacing=None, **look) -> None:
        """One paragraph with ``top`` points above it."""
        above, spacing = max(top, self.wanted), spacing or {}
        if above > self.given:
            self._close_up()
            spacing = {"before": twips(above)} | spacing
        self.parts.append(paragraph(style, inner, spacing=spacing, **look))
        self.wanted = self.given = self.after[style]
        self.last = style, inner, spacing, look

    def _close_up(self):
        """Leave nothing below the last paragraph."""
        if self.given and self.last:
            style, inner, spacing, look = self.last
            self.parts[-1] = paragraph(style, inner, spacing=spacing | {"after": 0}, **look)

    def put(self, part, *, bottom: float = 0) -> None:
        """A table, or a paragraph made elsewhere, which wants ``bottom`` points below it."""
        self.parts.append(part)
        self.wanted, self.given, self.last = bottom, 0.0, None

    def room(self, points) -> None:
        """An empty line so that ``points`` stand above what comes next, a table: two tables would become one."""
        high = max(1.0, max(points, self.wanted) - self.given)
        line = {"before": 0, "after": 0, "line": twips(high), "lineRule": "exact"}
        self.put(paragraph("NetKe", keep=True, spacing=line))
