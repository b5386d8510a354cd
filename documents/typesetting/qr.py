"""Codes that a camera reads, as SVG that stands in a page or a sheet."""

import segno
from django.utils.safestring import SafeString


def qr(words: str, label: str, *, module: int = 3, size: str = "") -> SafeString:
    """The code of ``words``, read out as ``label``; a module is ``module`` px wide, or the whole ``size``: ``28mm``."""
    code = segno.make_qr(words, error="m", boost_error=False)
    side = code.symbol_size(scale=1, border=2)[0]
    drawn = code.svg_inline(scale=1, border=2, omitsize=True, svgclass=None, lineclass=None)
    width = size or f"{side * module}px"
    return SafeString(
        drawn.replace("<svg", f'<svg width="{width}" height="{width}" role="img" aria-label="{label}"', 1)
    )
