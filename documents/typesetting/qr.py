"""Codes that a camera reads (QR), as SVG that stands in a page or a sheet; those of ``stamping.squares``."""

from django.utils.html import format_html
from django.utils.safestring import SafeString

from .stamping.squares import QUIET, square

_MODULE = 5  # px


def qr(words: str, label: str, size: str = "") -> SafeString:
    """The code of ``words``, read out as ``label``; ``size`` of a side: ``28mm``, or as wide as a phone shows it well."""
    side, rows = square(words.encode())
    stride = len(rows) // side
    bits = [f"{int.from_bytes(rows[y * stride : (y + 1) * stride]):0{stride * 8}b}" for y in range(side)]
    drawn = "".join(
        f"M{x + QUIET} {y + QUIET}h1v1h-1z"
        for y, line in enumerate(bits)
        for x, bit in enumerate(line[:side])
        if bit == "1"
    )
    whole = side + 2 * QUIET
    width = size or f"{whole * _MODULE}px"
    return format_html(
        '<svg class="qr" width="{0}" height="{0}" viewBox="0 0 {1} {1}" role="img" aria-label="{2}"><path d="{3}"/></svg>',
        width, whole, label, drawn,
    )  # fmt: skip
