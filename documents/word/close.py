"""What stands below the words of a paper: Nơi nhận and the signature, on one page."""

from ..form.letters import POINTS_A_MM
from ..typesetting.blocks import pieces
from ..typesetting.parts import SIGNATURE, Parts
from . import elements
from .elements import Flow, paragraph, run, twips

ABOVE = 12  # points, as sheet.css has it


def write(flow: Flow, parts: Parts) -> None:
    """Nơi nhận beside the signature; below two signatures, where there are two."""
    is_turned = parts.body.side == "turned"
    wide = parts.rules.text_width_landscape if is_turned else parts.rules.text_width
    right = twips(wide * POINTS_A_MM * SIGNATURE)
    widths = [twips(wide * POINTS_A_MM) - right, right]
    signer = parts.paper.signature.name
    flow.room(ABOVE)
    if parts.paper.second_signature:
        names = _name(parts.paper.second_signature.name), _name(signer)
        rows = [(_posts(parts.second_posts), _posts(parts.posts)), names]
        flow.put(_table(rows, widths), bottom=ABOVE)
        for number, line in enumerate(_recipients(parts)):
            flow.add(line[0], line[1], top=ABOVE * (not number), **line[2])
    else:
        recipients = "".join(paragraph(style, inner, **look) for style, inner, look in _recipients(parts))
        rows = [(recipients, _posts(parts.posts) + _name(signer))]
        flow.put(_table(rows, widths, is_whole=not parts.is_tall))


def _table(rows, widths, *, is_whole=True) -> str:
    made = [elements.row(map(elements.cell, cells, widths), is_whole=is_whole) for cells in rows]
    return elements.table(made, widths)


def _posts(lines) -> str:
    return "".join(paragraph("ChucVu", run(line)) for line in lines)


def _name(name) -> str:
    return paragraph("HoTen", run(name))


def _recipients(parts) -> list[tuple]:
    """(style, runs, how it stands) of each line of Nơi nhận."""
    if not parts.recipients:
        return []
    dash = twips(0.6 * parts.rules.recipients.used)
    indent = {"indent": {"left": dash, "hanging": dash}}
    rows = [("NoiNhan", run([*pieces("- "), *pieces(line)]), indent) for line in parts.recipients]
    return [("NoiNhanDe", run("Nơi nhận:"), {}), *rows]
