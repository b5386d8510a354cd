"""What stands above the words of a paper: whose it is, number and date, title, to whom."""

from ..form.letters import POINTS_A_MM, width
from ..typesetting.blocks import pieces
from ..typesetting.parts import COUNTRY, MOTTO, Parts
from . import elements
from .elements import ROOM_OF_NUMBER, Flow, mm, paragraph, run, short_rule, twips

# Margins in points and mm, as sheet.css has them.
BELOW_NAME, BELOW_MOTTO = 3, 2
ABOVE_TITLE = 18
ABOVE_TO, BELOW_TO = 18, 6
TO_WIDE = 140
# Eighths of a point.
FRAME_THICK = 10


def write(flow: Flow, parts: Parts) -> None:
    """Everything above the bases."""
    # LibreOffice begins a document that has notes and begins with a table with an empty line of its own.
    flow.put(paragraph("NetKe"))
    flow.put(_first_table(parts))
    if parts.subject:
        title(flow, parts, parts.type_name, parts.subject)
    if parts.form == "decision" and parts.paper.authority_line:
        for number, line in enumerate(parts.authority):
            flow.add("ThamQuyen", run(line), top=12 * (not number))
    if parts.to:
        _to(flow, parts)


def title(flow: Flow, parts: Parts, name: str, subject, between=()) -> None:
    """The name of a type above its subject, a rule below. ``between``: (style, runs) of lines above the rule."""
    flow.add("TenLoai", run(name), top=ABOVE_TITLE)
    for line in subject.lines:
        flow.add("TrichYeu", run(line))
    for style, inner in between:
        flow.add(style, inner, spacing={"after": 0})
    flow.wanted = flow.given = 0
    flow.put(short_rule(subject.rule, parts.rules.text_width * POINTS_A_MM, BELOW_NAME))


def country(parts: Parts) -> tuple[str, str]:
    """The two blocks at the top of page 1: the issuing body, the country."""
    left, right = parts.rules.head_left * POINTS_A_MM, parts.rules.head_right * POINTS_A_MM
    issued = [paragraph("ChuQuan", run(line)) for line in parts.superior]
    issued += [paragraph("CoQuan", run(line)) for line in parts.issuer.lines]
    issued.append(short_rule(parts.issuer.rule, left, BELOW_NAME))
    named = [
        paragraph("QuocHieu", run(COUNTRY)),
        paragraph("TieuNgu", run(MOTTO)),
        short_rule(parts.motto_width, right, BELOW_MOTTO),
    ]
    return "".join(issued), "".join(named)


def pair(parts: Parts, rows) -> str:
    """Blocks side by side in the columns of the head."""
    widths = [mm(parts.rules.head_left), mm(parts.rules.head_right)]
    made = [elements.row(map(elements.cell, blocks, widths)) for blocks in rows]
    return elements.table(made, widths)


def _first_table(parts) -> str:
    number = [paragraph("SoKyHieu", run(f"Số: {parts.number}/{parts.paper.symbol}", room=ROOM_OF_NUMBER))]
    if parts.about:
        side = mm(2)
        number.append(paragraph("TrichYeuCV", run(pieces(parts.about)), indent={"left": side, "right": side}))
    if parts.frame:
        number.append(_frame(parts))
    place = paragraph("NgayThang", run(parts.place_date)) if parts.place_date else ""
    return pair(parts, [country(parts), ("".join(number), place)])


def _frame(parts) -> str:
    """The frame of urgency, at the left margin (NĐ 30/2020, Phụ lục I, Phần II, Mục III, khoản 2)."""
    name, wide, high = parts.frame
    space = max(0, round((high * POINTS_A_MM - parts.rules.stamp.used * 1.15 - 2.5) / 2))
    edges = elements.border(thick=FRAME_THICK, color="FF0000", space=space)
    # Rules stand outside the words, and a cell shows nothing beyond its edge: by the room between both and their thickness.
    side = twips(space + FRAME_THICK / 8)
    return paragraph(
        "MucDoKhan",
        run(name, '<w:color w:val="FF0000"/>'),
        edges=edges,
        spacing={"before": twips(8 + space)},
        indent={"left": side, "right": mm(parts.rules.head_left - wide) + side},
    )


def _to(flow, parts):
    """Kính gửi: on one line, hanging behind its colon, or several below each other in one block."""
    points, room = parts.rules.to.used, parts.rules.text_width * POINTS_A_MM
    first, *others = parts.to
    if not others:
        look = {"align": "center"}
        if not parts.to_fits:
            hanging = twips(width("Kính gửi: ", points))
            look = {"indent": {"left": hanging, "hanging": hanging}}
        words = [*pieces("Kính gửi: "), *pieces(first)]
        flow.add("KinhGui", run(words), top=ABOVE_TO, spacing={"after": twips(BELOW_TO)}, **look)
    else:
        # As wide as its longest line, or as the block may be; in the middle of the sheet.
        wide = min(parts.colon + max(width(f"- {name}", points) for name in parts.to), TO_WIDE * POINTS_A_MM)
        side = (room - wide) / 2
        flow.add("KinhGui", run("Kính gửi:"), top=ABOVE_TO, indent={"left": twips(side)})
        dash = 0.6 * points
        indent = {
            "left": twips(side + parts.colon + dash),
            # Half a point more: what just fits must not break.
            "right": twips(max(0, room - side - wide - 0.5)),
            "hanging": twips(dash),
        }
        for name in parts.to:
            after = {"after": twips(BELOW_TO)} if name is parts.to[-1] else {}
            flow.add("KinhGui", run([*pieces("- "), *pieces(name)]), spacing=after, indent=indent)
    flow.wanted = flow.given = BELOW_TO
