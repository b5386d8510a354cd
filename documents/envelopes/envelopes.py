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

# As many as are made while a page waits (the slowest, receipts, take 30 ms each), and as a worker makes in one file; a worker
# makes them in parts, which fill sheets of labels.
MOST_AT_ONCE, MOST, A_PART = 300, 5000, 296
MARGIN = 10  # mm
_LARGEST, _SMALLEST, _MOST_LINES = 16.0, 10.0, 3
# Of whom it is from: points, the smallest of them, and what share of the height it may take; its letters grow with the envelope.
_FROM, _FROM_SMALLEST, _FROM_HIGH = 11.0, 7.0, 0.36
_GROWS = {Size.DL: 1.0, Size.C5: 1.1, Size.C4: 1.35}


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
    kind: str
    subject: str
    urgency: str
    pages: int


def envelopes(sender: Sender, receivers: list[Receiver], size: Size) -> bytes:
    """One envelope for each receiver, as PDF. Raises as ``typesetting.to_pdf`` does."""
    wide, high = size.millimetres
    grown = _GROWS[size]
    room = (wide * 0.58 - MARGIN) * POINTS_A_MM
    rows = [{"to": row, "size": _size(row.name, room, grown)} for row in receivers]
    context = {"sender": sender, "rows": rows, "wide": wide, "high": high, "margin": MARGIN, "base": 11 * grown}
    context["from_size"] = _from_size(sender, wide, high, grown)
    return typesetting.to_pdf(render_to_string("documents/envelopes/envelopes.html", context))


def _size(name, room, grown) -> float:
    """As large as fits on a few lines."""
    size = _LARGEST * grown
    while size > _SMALLEST and line_count(name, size, room, bold=True) > _MOST_LINES:
        size -= 0.5
    return size


def _from_size(sender, wide, high, grown) -> float:
    """As large as lets all of it stand above whom the envelope is for."""
    room = (wide * 0.5 - MARGIN) * POINTS_A_MM
    lines = [*sender.superior, *sender.issuer, sender.address, f"Số: {sender.reference}"]
    size = _FROM * grown
    while size > _FROM_SMALLEST and (
        sum(line_count(line, size, room, bold=True) for line in lines if line) * size * 1.2
        > (high * _FROM_HIGH - MARGIN / 2) * POINTS_A_MM
    ):
        size -= 0.5
    return size


def address_labels(sender: Sender, receivers: list[Receiver], skipped: int = 0) -> bytes:
    """A label for each receiver, to be stuck on an envelope; ``skipped`` as ``labels`` takes it."""
    told = f"Số: {sender.reference}", f"Từ: {' '.join(sender.issuer)}"
    rows = [Label(row.name, (row.address, *told), mark=sender.urgency) for row in receivers]
    return labels(rows, "Nhãn dán bì", skipped)


def slips(sender: Sender, receivers: list[Receiver]) -> bytes:
    """A receipt for each receiver, which is signed there and comes back."""
    context = {"sender": sender, "rows": receivers, "country": COUNTRY, "motto": MOTTO}
    return typesetting.to_pdf(render_to_string("documents/envelopes/slips.html", context))
