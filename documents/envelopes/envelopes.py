"""Envelopes and receipts (phiếu gửi) of a paper: what is printed for each of its receivers.

Source: Nghị định 30/2020/NĐ-CP, Điều 18 (papers go out on their day, and it is followed that they arrive), Điều 21 khoản 1 điểm a
(who gets one holds the number and symbol on the envelope against those of the paper in it). It has no model of an envelope or a
receipt; these are the office's own.
"""

from dataclasses import dataclass

from django.template.loader import render_to_string

from .. import typesetting
from ..form.letters import POINTS_A_MM, line_count
from ..typesetting.parts import COUNTRY, MOTTO
from .labels import Label, labels
from .models import Size

# As many as are made while a page waits (the slowest, receipts, take 30 ms each); and as a worker makes in one file.
MOST_AT_ONCE, MOST = 300, 5000
MARGIN = 10  # mm
_LARGEST, _SMALLEST, _MOST_LINES = 16.0, 10.0, 3


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
