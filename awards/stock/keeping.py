"""What is in the store is kept for awards that wait for it: those of the earliest decision first, or for one by hand."""

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from documents.steps.log import record
from documents.steps.refusing import Refused
from documents.steps.stepping import Who
from units.permissions import may_keep_store

from ..items.actions import DUES, LISTED
from ..items.models import Due
from ..log import About
from .ledger import Level, hold, levels

State = Due.State
KEEPER = Who(lambda row, user: may_keep_store(user), "thủ kho, chuyên viên Sở Nội vụ")


def keep_for_waiting(kinds) -> int:
    """Keep what is free of ``kinds`` (keys) for awards that wait for it, within the caller's transaction; how many were kept.

    Held are the kinds, so that two who do it at once do not keep one piece twice.
    """
    held = hold(kinds)
    known, kept = levels(held), 0
    for key in held:
        free = known.get(key, Level()).free
        if free > 0:
            waiting = Due.objects.filter(kind=key, state=State.SHORT, award__stands=True, award__cancelled_on=None)
            order = waiting.order_by("award__decided_on", "award__decision", "award__position", "pk")
            rows = order.select_for_update(of=("self",)).only("pk")[:free]
            kept += _set([row.pk for row in rows], State.RESERVED)
    return kept


def give_up(missing: dict[int, int]) -> int:
    """Of ``missing``, {key of a kind: how many are not there any more}, give back what is kept beyond what is left, those of
    the latest decision first, so that the loss can be written; how many awards wait again.
    """
    order = ["-award__decided_on", "-award__decision", "-award__position", "-pk"]
    rows = Due.objects.filter(kind__in=missing, state=State.RESERVED).order_by(*order)
    known, keys = levels(hold(missing)), []
    kept = list(rows.select_for_update(of=("self",)).only("pk", "kind"))
    for kind, number in missing.items():
        too_many = number - known.get(kind, Level()).free
        keys += [due.pk for due in kept if due.kind_id == kind][: max(too_many, 0)]
    return _set(keys, State.SHORT)


def let_go(keys) -> int:
    """Let go of what is kept for each of ``keys`` (of items that awards are owed): they wait again; how many."""
    rows = Due.objects.select_for_update(of=("self",)).filter(pk__in=list(keys), state=State.RESERVED).order_by("pk")
    return _set([row.pk for row in rows.only("pk")], State.SHORT)


def keep_these(keys) -> int:
    """Keep a piece for each of ``keys``; the caller has held them and knows that there is one; how many."""
    return _set(list(keys), State.RESERVED)


def _set(keys, state) -> int:
    changed = 0
    # As many keys as a query of SQLite may name.
    for first in range(0, len(keys), 5000):
        rows = Due.objects.filter(pk__in=keys[first : first + 5000])
        changed += rows.update(state=state, since=timezone.localdate(), version=F("version") + 1)
    return changed


LISTED.append(keep_for_waiting)


@transaction.atomic
def keep_all(kind, *, by) -> int:
    """Keep what is free of ``kind`` for awards that wait for it; how many. Raises ``Refused``."""
    if not may_keep_store(by):
        raise Refused(f"Việc giữ hiện vật do {KEEPER.words} làm.")
    if not (number := keep_for_waiting([kind.pk])):
        raise Refused(f"{kind.name}: không còn hàng chưa giữ, hoặc không có khen thưởng nào chờ.")
    record(About.ITEM_KIND, kind, "Giữ cho khen thưởng đang chờ", by=by, after={"Số đã giữ": str(number)}, what="keep")
    return number


@DUES.step("keep", "Giữ cho khen thưởng này", [State.SHORT], to=State.RESERVED, who=KEEPER, look="primary",
           told="Đã giữ một chiếc cho khen thưởng này.")  # fmt: skip
def keep(due, *, by):
    """One of those that are free is kept for this award, whoever else waits."""
    if levels([due.kind_id]).get(due.kind_id, Level()).free < 1:
        raise Refused(
            f"{due.kind}: trong kho không còn chiếc nào chưa giữ. Hãy nhập kho, hoặc nhả hàng giữ cho nơi khác."
        )
    due.since = timezone.localdate()


@DUES.step("release", "Nhả hàng đã giữ", [State.RESERVED], to=State.SHORT, who=KEEPER, needs_reason=True,
           told="Đã nhả; hàng này giữ được cho khen thưởng khác.")  # fmt: skip
def release(due, *, by):
    """What is kept for this award is free for others."""
    due.since = timezone.localdate()
