"""Two who make the same person at the same moment: the second waits, and then finds what the first made."""

from django.db import OperationalError, connection

from documents.steps.refusing import Refused

# Any number that nothing else of this program locks by.
_LOCK = 723_001
# What an officer waits for whoever stores a long list; a worker waits as long as it takes.
PATIENCE = 8
_BUSY = "Một danh sách khác đang được lưu. Chưa lưu gì của bạn. Hãy chờ một phút rồi bấm lại."


def hold_making(*, waits: bool = False):
    """Until the transaction ends nobody else makes recipients: what is looked up from here on is all that there is.

    Waits ``PATIENCE`` seconds, or with ``waits`` for ever. Raises ``Refused`` where another one still holds it. SQLite has one
    writer anyway.
    """
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('lock_timeout', %s, true)", ["0" if waits else f"{PATIENCE}s"])
        try:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        except OperationalError:
            raise Refused(_BUSY) from None
        cursor.execute("SELECT set_config('lock_timeout', '0', true)")
