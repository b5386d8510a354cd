"""Pages of phones in Chromium: what they forbid and what goes wrong in them is noted; a film before their camera."""

from pathlib import Path

from django.conf import settings
from PIL import Image, ImageFilter

from documents.typesetting.stamping.squares import QUIET, square
from tests.conftest import PHONE

VIOLATIONS = """addEventListener('securitypolicyviolation',
    (event) => (globalThis.violations ??= []).push(event.violatedDirective + ' ' + event.blockedURI));"""
LOOK = {
    "viewport": dict(zip(("width", "height"), PHONE, strict=True)), "is_mobile": True, "has_touch": True,
    "locale": "vi-VN", "timezone_id": settings.TIME_ZONE,
}  # fmt: skip


def open_door_page(page, address, number):
    """Open the link of a door, and wait until its list is there, cards are taken and the page would begin without a line."""
    page.goto(address)
    page.evaluate("() => cua.ready")
    page.wait_for_function(
        """(number) => cua.people.size === number && cua.state.meta.until !== undefined
            && cua.state.meta.offset !== undefined && navigator.serviceWorker.controller""",
        arg=number,
    )


def said(page) -> list[str]:
    """What the page says of the last card."""
    return [page.text_content(f"#{part}") for part in ("word", "who", "where", "more")]


def all_sent(page):
    """Wait until the server has all."""
    page.evaluate("() => cua.flush()")
    page.wait_for_function("() => cua.state.unsent === 0")


def film(folder: Path, codes, width=640, height=480, shown=10, empty=4) -> Path:
    """A film for Chromium's camera: each card for ``shown`` pictures, a little turned and blurred, then nothing."""
    file = folder / "cards.y4m"
    grey = bytes([128]) * (width * height // 2)
    with file.open("wb") as kept:
        kept.write(f"YUV4MPEG2 W{width} H{height} F15:1 Ip A1:1 C420jpeg\n".encode())
        for place, code in enumerate(codes):
            for picture, times in (
                (_held(code, width, height, place), shown),
                (Image.new("L", (width, height), 90), empty),
            ):
                kept.write((b"FRAME\n" + picture.tobytes() + grey) * times)
    return file


def _held(code, width, height, place):
    """The card of ``code`` before the camera."""
    side, rows = square(code.encode())
    stride, whole = len(rows) // side, side + 2 * QUIET
    card = Image.new("L", (whole, whole), 235)
    for y in range(side):
        bits = f"{int.from_bytes(rows[y * stride : (y + 1) * stride]):0{stride * 8}b}"
        for x, bit in enumerate(bits[:side]):
            if bit == "1":
                card.putpixel((x + QUIET, y + QUIET), 40)
    card = card.resize((260, 260), Image.NEAREST).rotate(7 + 4 * place, Image.BICUBIC, expand=True, fillcolor=120)
    picture = Image.new("L", (width, height), 120)
    picture.paste(card, (150 + 10 * place, 60))
    return picture.filter(ImageFilter.GaussianBlur(1.2))
