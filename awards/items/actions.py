"""What a decision's awards are owed, from the moment at which they come into being; what is not given, for a reason.

``LISTED``: what the store does with new ones (it keeps what it has for them); called in the same transaction.
"""

from django.db import transaction
from django.utils import timezone

from documents.steps.log import record
from documents.steps.refusing import Refused
from documents.steps.stepping import Steps, Who
from units.permissions import may_manage

from ..catalogue.book import catalogue
from ..issuing.giving import FOLLOWS
from ..log import About
from ..records.models import Award, Decision
from .kinds import add_for
from .models import Due
from .rules import Kinds

State = Due.State
MANAGER = Who(lambda row, user: may_manage(user), "Sở Nội vụ")
LISTED = []
_BATCH = 500


def _words(due):
    return {"Trạng thái": due.get_state_display(), "Không cấp vì": due.dropped_for}


DUES = Steps(Due, "hiện vật", about=About.DUE, words=_words, related=["award", "kind"], address="due_step")


def owe(decision, awards, *, by) -> int:
    """List what each of ``awards`` is owed by the catalogue of its day, and let the store keep what it has; how many.

    A name of the catalogue for which there is no kind gets one.
    """
    kinds, rows, today = Kinds(), [], timezone.localdate()
    for award in awards:
        found = kinds.carried(award.type, award.whom, award.decided_on)
        for word in found.unknown:
            called = catalogue().name_on(award.type.code, award.decided_on)
            found.kinds.append(add_for(award.type, called, word, by=by))
        found.unknown = []
        rows += [Due(award=award, kind=kind, since=today) for kind in dict.fromkeys(found.kinds)]
    Due.objects.bulk_create(rows, batch_size=_BATCH)
    for listed in LISTED:
        listed(decision, by=by)
    return len(rows)


FOLLOWS.append(lambda decision, pairs: owe(decision, [award for award, _ in pairs], by=decision.by))


@transaction.atomic
def list_for(decision, *, by) -> int:
    """List what the awards of a decision that was entered are owed: those that hold and of which nothing is listed yet.

    Raises ``Refused``.
    """
    if not may_manage(by):
        raise Refused("Hiện vật khen thưởng do Sở Nội vụ lập danh sách.")
    Decision.objects.select_for_update().get(pk=decision.pk)
    awards = Award.objects.standing().filter(decision=decision, cancelled_on=None, dues=None).select_related("type")
    number = owe(decision, list(awards.order_by("position")), by=by)
    if not number:
        raise Refused("Khen thưởng của quyết định này không kèm hiện vật, hoặc đã lập danh sách hiện vật.")
    record(About.DECISION, decision, "Lập danh sách hiện vật", by=by, after={"Số hiện vật": str(number)}, what="items")
    return number


@DUES.step("drop", "Không cấp", [State.SHORT, State.RESERVED], to=State.DROPPED, who=MANAGER, needs_reason=True,
           told="Đã ghi không cấp; hàng đã giữ trả về kho.")  # fmt: skip
def drop(due, *, by, reason):
    """It is not given: a household that asked for none, a title that carries none this time."""
    due.dropped_for, due.since = reason[:300], timezone.localdate()


@DUES.step("want", "Vẫn cấp", [State.DROPPED], to=State.SHORT, who=MANAGER, needs_reason=True, told="Đã ghi vẫn cấp.")
def want(due, *, by):
    """It is given after all, as soon as the store has one."""
    if due.award.cancelled_on:
        raise Refused("Khen thưởng này đã hủy.")
    due.dropped_for, due.since = "", timezone.localdate()
