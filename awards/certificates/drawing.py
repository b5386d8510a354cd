"""What is drawn on plain paper: the frame of the decree, whose pattern is unlike that of state certificates, no corners.

Source: Nghị định 98/2023/NĐ-CP, Điều 104: white ground, Quốc huy above in the middle, for Chiến sĩ thi đua cơ sở red flags at its
sides.
"""

from .models import Layout

Frame = Layout.Frame
# From the edge of the sheet to the frame, and how broad it is, in mm.
EDGE, BROAD = 9, 7
_RED, _GOLD = "#b3261e", "#c9971c"
# How long one piece of the pattern is.
_PIECE = 7


def drawing(layout, emblem=None, *, has_picture=False) -> str:
    """The SVG of the sheet of ``layout``, nothing on blanks; ``emblem``: its field of the Quốc huy, if there is one.

    ``has_picture``: the Quốc huy itself is drawn there; without it its place stays empty.
    """
    if layout.frame == Frame.NONE and not has_picture:
        return ""
    parts = [] if layout.frame == Frame.NONE else _frame(layout.width, layout.height, layout.frame != Frame.PLAIN)
    if layout.frame == Frame.FLAGS:
        parts += _flags(layout, emblem)
    if has_picture:
        at = f'x="{emblem.left}" y="{emblem.top}" width="{emblem.width}" height="{emblem.height}"'
        parts.append(f'<image href="picture:emblem" {at} preserveAspectRatio="xMidYMid meet"/>')
    size = f'width="{layout.width}mm" height="{layout.height}mm" viewBox="0 0 {layout.width} {layout.height}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{"".join(parts)}</svg>'


def _rectangle(edge, width, height, thick, colour):
    size = f'x="{edge:g}" y="{edge:g}" width="{width - 2 * edge:g}" height="{height - 2 * edge:g}"'
    return f'<rect {size} fill="none" stroke="{colour}" stroke-width="{thick}"/>'


def _frame(width, height, is_ornate):
    """Two lines around the sheet, and a band of lozenges between them."""
    found = [_rectangle(EDGE, width, height, 1.2, _RED), _rectangle(EDGE + BROAD, width, height, 0.4, _RED)]
    if not is_ornate:
        return found
    middle = EDGE + BROAD / 2
    across, along = [], []
    for length, places in (width, across), (height, along):
        number = int((length - 2 * EDGE - 2 * BROAD) // _PIECE)
        first = length / 2 - (number - 1) * _PIECE / 2
        places += [first + place * _PIECE for place in range(number)]
    lozenges = [(x, y) for x in across for y in (middle, height - middle)]
    lozenges += [(x, y) for y in along for x in (middle, width - middle)]
    found += [
        f'<path d="{" ".join(_lozenge(x, y, 2.6) for x, y in lozenges)}" fill="none" stroke="{_RED}" stroke-width=".35"/>'
    ]
    found += [f'<path d="{" ".join(_lozenge(x, y, 1.2) for x, y in lozenges)}" fill="{_GOLD}"/>']
    return found


def _lozenge(x, y, half):
    return f"M{x - half:.2f} {y:.2f}L{x:.2f} {y - half:.2f}L{x + half:.2f} {y:.2f}L{x:.2f} {y + half:.2f}Z"


def _flags(layout, emblem):
    """A bundle of red flags at each side of the Quốc huy, or of where it would be."""
    top, high = (float(emblem.top), float(emblem.height)) if emblem else (20.0, 22.0)
    half = float(emblem.width) / 2 if emblem else 11.0
    found = []
    for side in (-1, 1):
        x = layout.width / 2 + side * (half + 3)
        for lean in (0.25, 0.55, 0.85):
            tip, out = top + high * (0.1 + 0.25 * lean), x + side * lean * high
            found.append(
                f'<path d="M{x:.2f} {top + high:.2f}L{out:.2f} {tip:.2f}" stroke="{_GOLD}" stroke-width=".6"/>'
            )
            far = side * high * 0.55
            wave = (
                f"M{out:.2f} {tip:.2f}q{far / 2:.2f} {-high * 0.12:.2f} {far:.2f} {high * 0.04:.2f}l{-side * high * 0.12:.2f} "
                f"{high * 0.3:.2f}q{-far / 2:.2f} {-high * 0.14:.2f} {-far * 0.98:.2f} {high * 0.02:.2f}Z"
            )
            found.append(f'<path d="{wave}" fill="{_RED}"/>')
    return found
