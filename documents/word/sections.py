"""Sheets and their margins: a section of Word for each run of sheets that lie alike and number alike."""

from dataclasses import dataclass

from ..form.letters import POINTS_A_MM, width
from ..typesetting.parts import Parts
from . import elements
from .elements import Flow, mm, paragraph, run, twips
from .styles import SINGLE

# Millimetres from the edge of the sheet to the page number.
EDGE = 8
# Points above the address at the foot of page 1, as sheet.css has them.
ABOVE_ADDRESS = 10
# The stamp of circulation: its height and the room at its sides in mm, its rules in eighths of a point.
STAMP_HIGH, STAMP_SIDE, STAMP_THICK = 8, 3, 8
# Notes are numbered from 1 in what stands behind a paper. Word does so in this section alone; LibreOffice, once told, below every
# title of the first level: such are the name of a paper and «Phụ lục» (``styles``), and no title within a text.
_NOTES_ANEW = '<w:footnotePr><w:numRestart w:val="eachSect"/></w:footnotePr>'
# LibreOffice leaves notes that it reads after being told so without a number, until something of endnotes changes: told last,
# of endnotes that no paper of ours has.
_ALL_NOTES_AGAIN = '<w:endnotePr><w:numStart w:val="2"/></w:endnotePr>'
_FIELD = "".join(
    f"<w:r>{inner}</w:r>"
    for inner in (
        '<w:fldChar w:fldCharType="begin"/>',
        '<w:instrText xml:space="preserve"> PAGE </w:instrText>',
        '<w:fldChar w:fldCharType="separate"/>',
        "<w:t>2</w:t>",
        '<w:fldChar w:fldCharType="end"/>',
    )
)


@dataclass
class Section:
    """Sheets that lie alike. ``begins``: on which page numbers begin anew, as those of the paper and of each appendix do."""

    flow: Flow
    is_turned: bool = False
    begins: bool = True


def margins(parts: Parts) -> dict[str, tuple[str, str]]:
    """{name: (``hdr`` or ``ftr``, XML)} of what stands in the margins."""
    place, _, align = parts.rules.page_number_place.partition("-")
    nothing = paragraph("SoTrang")
    rows = {
        "number": ("hdr" if place == "top" else "ftr", paragraph("SoTrang", _FIELD, align=align)),
        "no header": ("hdr", nothing),
        "no footer": ("ftr", nothing),
    }
    if parts.contact:
        rows["address"] = ("ftr", _address(parts))
    if parts.paper.circulation:
        rows["stamp"] = ("hdr", _stamp(parts))
    return rows


def _stamp(parts) -> str:
    """Whom a paper is for, in a frame above the country's name. LibreOffice loses a frame that stands before a table."""
    stamp, room = parts.rules.stamp.used, parts.rules.text_width * POINTS_A_MM
    wide = width(parts.paper.circulation, stamp, bold=True) + 2 * STAMP_SIDE * POINTS_A_MM
    space = round((STAMP_HIGH * POINTS_A_MM - stamp * SINGLE) / 2)
    edges = elements.border(thick=STAMP_THICK, space=space)
    side = space + STAMP_THICK / 8
    indent = {"left": twips(room - wide + side), "right": twips(side)}
    return paragraph(
        "LuuHanh", run(parts.paper.circulation), edges=edges, indent=indent, spacing={"before": twips(space)}
    )


def _address(parts) -> str:
    """The address at the foot of page 1 under a rule; below it the sheet's margin stays free."""
    below = mm(parts.rules.margin_bottom.used - EDGE)
    room = parts.rules.text_width * POINTS_A_MM
    lines = "".join(
        paragraph("DiaChi", run(line), spacing={"after": below} if line is parts.contact[-1] else {})
        for line in parts.contact
    )
    return elements.short_rule(room, room, ABOVE_ADDRESS - 1) + lines


def _references(parts, ids, *, first) -> str:
    """Which part stands in which margin of a section that begins numbers anew; ``first``: the paper's own."""
    place = {"top": "header", "bottom": "footer"}[parts.rules.page_number_place.partition("-")[0]]
    head = "stamp" if first and "stamp" in ids else "no header"
    foot = "address" if first and "address" in ids else "no footer"
    rows = [(place, "default", "number"), ("header", "first", head), ("footer", "first", foot)]
    return "".join(f'<w:{where}Reference w:type="{kind}" r:id="{ids[what]}"/>' for where, kind, what in rows)


def _properties(parts: Parts, section: Section, ids: dict[str, str], number: int, notes: str) -> str:
    """``w:sectPr`` of the section at place ``number``: the page, its margins, its numbers from the second page on; ``notes``:
    how they are numbered."""
    r = parts.rules
    wide, high = (r.paper[1], r.paper[0]) if section.is_turned else r.paper
    lies = ' w:orient="landscape"' if section.is_turned else ""
    sides = "".join(
        f' w:{side}="{mm(length.used)}"'
        for side, length in (
            ("top", r.margin_top),
            ("right", r.margin_right),
            ("bottom", r.margin_bottom),
            ("left", r.margin_left),
        )
    )
    begins = _references(parts, ids, first=not number) if section.begins else ""
    anew = '<w:pgNumType w:start="1"/>' if section.begins and number else ""
    return (
        f'<w:sectPr>{begins}{notes}<w:type w:val="nextPage"/><w:pgSz w:w="{mm(wide)}" w:h="{mm(high)}"{lies}/>'
        f'<w:pgMar{sides} w:header="{mm(EDGE)}" w:footer="{mm(EDGE)}" w:gutter="0"/>{anew}'
        f"{'<w:titlePg/>' * section.begins}</w:sectPr>"
    )


def joined(parts: Parts, found: list[Section], ids: dict[str, str], *, has_notes: bool) -> str:
    """All sections as the body of a document. Its last properties stand alone; the others ride on a section's last
    paragraph, which has no height where the section ends with a table."""
    out = []
    for number, section in enumerate(found):
        is_last = number == len(found) - 1
        notes = _NOTES_ANEW + _ALL_NOTES_AGAIN * is_last if has_notes and section.begins and number else ""
        made = _properties(parts, section, ids, number, notes)
        rows = section.flow.parts
        if is_last:
            rows = [*rows, paragraph("NetKe")] if rows[-1].endswith("</w:tbl>") else rows
            out += [*rows, made]
        elif rows[-1].endswith("</w:tbl>"):
            out += [*rows, paragraph("NetKe", section=made)]
        else:
            head, _, tail = rows[-1].partition("</w:pPr>")
            out += [*rows[:-1], f"{head}{made}</w:pPr>{tail}"]
    return "".join(out)
