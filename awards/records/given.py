"""What recipients were given, for whoever decides whether two of them are one."""

from ..recipients.merging import HISTORIES, Entry
from .models import Award


def given(keys):
    """The awards of ``keys``. The same award of one year can be right only once. One question."""
    rows = Award.objects.standing().filter(recipient__in=keys).select_related("type", "decision")
    for row in rows.order_by("-year", "pk"):
        cancelled = ", đã hủy" if row.cancelled_on else ""
        words = f"{row.title} – {row.decision} ngày {row.decided_on:%d/%m/%Y}{cancelled}"
        yield Entry(row.recipient_id, row.year, words, None if row.cancelled_on else (row.type_id, row.year))


HISTORIES.append(given)
