"""Envelopes and receipts (phiếu gửi) of a paper: what is printed for each of its receivers.

Source: Nghị định 30/2020/NĐ-CP, Điều 18 (papers go out on their day, and it is followed that they arrive). It has no model of an
envelope or a receipt; these are the office's own.
"""

from dataclasses import dataclass

from django.db import models
from django.template.loader import render_to_string

from .. import typesetting
from ..form.letters import POINTS_A_MM, line_count
from ..typesetting.parts import COUNTRY, MOTTO
from .labels import Label, labels

# As many as a run makes within the time of a page.
MOST = 600
MARGIN = 10  # mm
_LARGEST, _SMALLEST, _MOST_LINES = 16.0, 10.0, 3


class What(models.TextChoices):
    """What is printed."""

    ENVELOPES = "bi", "Bì thư"
    LABELS = "nhan", "Nhãn dán bì (8 nhãn một tờ A4)"
    SLIPS = "phieu", "Phiếu gửi (2 phiếu một tờ A4)"


class Size(models.TextChoices):
    """Envelopes by the longer side first, mm (ISO 269)."""

    DL = "dl", "DL, 220 × 110 mm (thư gấp ba)"
    C5 = "c5", "C5, 229 × 162 mm (thư gấp đôi)"
    C4 = "c4", "C4, 324 × 229 mm (không gấp)"

    @property
    def millimetres(self) -> tuple[int, int]:
        """Width and height."""
        return {"dl": (220, 110), "c5": (229, 162), "c4": (324, 229)}[self.value]


@dataclass(frozen=True)
class Receiver:
    """Whom a paper goes to: the name, where letters reach it."""

    name: str
    address: str = ""


@dataclass(frozen=True)
class Sender:
    """Who sends a paper, and which: the lines of its head, where answers go, what the envelope says of it."""

    superior: tuple[str, ...]
    issuer: tuple[str, ...]
    address: str
    reference: str
    day: str
    name: str
    subject: str
    urgency: str
    pages: int


def envelopes(sender: Sender, receivers: list[Receiver], size: Size) -> bytes:
    """One envelope for each receiver, as PDF. Raises as ``typesetting.to_pdf`` does."""
    wide, high = size.millimetres
    room = (wide * 0.58 - MARGIN) * POINTS_A_MM
    rows = [{"to": row, "size": _size(row.name, room)} for row in receivers]
    context = {"sender": sender, "rows": rows, "wide": wide, "high": high, "margin": MARGIN}
    return typesetting.to_pdf(render_to_string("documents/envelopes/envelopes.html", context))


def _size(name, room) -> float:
    """As large as fits on a few lines."""
    size = _LARGEST
    while size > _SMALLEST and line_count(name, size, room, bold=True) > _MOST_LINES:
        size -= 0.5
    return size


def address_labels(sender: Sender, receivers: list[Receiver]) -> bytes:
    """A label for each receiver, to be stuck on an envelope."""
    told = f"Từ: {' '.join(sender.issuer)}", f"Số: {sender.reference}", sender.urgency
    return labels([Label(row.name, (row.address, *told)) for row in receivers], "Nhãn dán bì")


def slips(sender: Sender, receivers: list[Receiver]) -> bytes:
    """A receipt for each receiver, which is signed there and comes back."""
    context = {"sender": sender, "rows": receivers, "country": COUNTRY, "motto": MOTTO}
    return typesetting.to_pdf(render_to_string("documents/envelopes/slips.html", context))
