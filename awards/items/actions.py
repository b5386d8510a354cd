"""What a decision's awards are owed, from the moment at which they come into being; what is not given, for a reason.

``LISTED``: functions (keys of kinds) of what the store does where awards begin to wait for these (it keeps what it has for them);
called in the same transaction.
"""

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from documents.models import Change
from documents.steps.log import noted, record
from documents.steps.refusing import Refused
from documents.steps.stepping import Steps, Who
from units.permissions import may_manage

from ..catalogue.book import catalogue
from ..decisions.rules import KEPT_FOR
from ..decisions.turned import TURNED
from ..issuing.giving import FOLLOWS
from ..log import About
from ..records.models import Award, Decision
from .kinds import add_for, hold
from .models import Due
from .rules import Kinds

State = Due.State
MANAGER = Who(lambda row, user: may_manage(user), "Sở Nội vụ")
LISTED = []
_BATCH = 500


def _words(due):
    return {"Trạng thái": due.get_state_display(), "Không cấp vì": due.dropped_for}


class _Steps(Steps):
    """Of items of the store: the kind is held before the item, as whoever writes or keeps does."""

    def locked(self, row):
        """The item as it stands, held with its kind."""
        hold([row.kind_id])
        return super().locked(row)


DUES = _Steps(Due, "hiện vật", about=About.DUE, words=_words, related=["award", "kind"], address="due_step")


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
    _wait({row.kind_id for row in rows})
    return len(rows)


def _wait(kinds):
    for listed in LISTED:
        listed(kinds)


FOLLOWS.append(lambda decision, pairs: owe(decision, [award for award, _ in pairs], by=decision.by))


@transaction.atomic
def list_for(decision, *, by) -> int:
    """List what the awards of a decision that was entered are owed: those that hold and of which nothing is listed yet.

    Raises ``Refused``.
    """
    if not may_manage(by):
        raise Refused("Hiện vật khen thưởng do Sở Nội vụ lập danh sách.")
    if Decision.objects.select_for_update().get(pk=decision.pk).state != Decision.State.STANDING:
        raise Refused("Quyết định này chưa lưu hoặc đã gỡ nên chưa có hiện vật phải cấp.")
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


def _keep(due, by, reason):
    _wait([due.kind_id])


def _not_wanted(due, user):
    return "Khen thưởng này không còn hiệu lực." if due.is_lost else ""


@DUES.step("want", "Vẫn cấp", [State.DROPPED], to=State.SHORT, who=MANAGER, needs_reason=True, fault=_not_wanted,
           then=_keep, told="Đã ghi vẫn cấp.")  # fmt: skip
def want(due, *, by):
    """It is given after all, as soon as the store has one."""
    due.dropped_for, due.since = "", timezone.localdate()


# --- Awards that are lost, and those that come back


def follow(keys, *, by) -> None:
    """Drop what awards of ``keys`` that hold no more are still owed, and owe it again to those that hold again.

    What was handed over is not touched: it is to be recovered.
    """
    batches = [keys[first : first + _BATCH] for first in range(0, len(keys), _BATCH)]
    kinds = set()
    for batch in batches:
        kinds |= set(Due.objects.filter(award__in=batch).order_by().values_list("kind", flat=True).distinct())
    hold(kinds)
    back = []
    for batch in batches:
        rows = Due.objects.filter(award__in=batch).select_related("award__decision", "kind")
        lost = Q(award__stands=False) | Q(award__cancelled_on__isnull=False)
        _turn(rows.filter(lost, state__in=Due.OPEN), by, "Thôi cấp do khen thưởng mất hiệu lực", "lost", _lose)
        back += _turn(rows.filter(~lost, is_lost=True), by, "Lại phải cấp", "back", _give_back)
    _wait({due.kind_id for due in back})


def _lose(due):
    due.state, due.is_lost = State.DROPPED, True
    due.dropped_for = f"Khen thưởng đã {due.award.lost_words.lower()} {due.award.cancelled_by}"[:300]
    if not due.award.stands:
        due.dropped_for = f"Danh sách của {due.award.decision} đã gỡ"


def _give_back(due):
    due.state, due.is_lost, due.dropped_for = State.SHORT, False, ""


def _turn(rows, by, act, what, change) -> list[Due]:
    """Change each of ``rows`` and tell it; as many queries for all as for one of a batch."""
    rows, told = list(rows.select_for_update(of=("self",))), []
    for due in rows:
        before = _words(due)
        change(due)
        due.since, due.version = timezone.localdate(), due.version + 1
        told.append(noted(About.DUE, due, act, by=by, before=before, after=_words(due), what=what))
    Due.objects.bulk_update(rows, ["state", "is_lost", "dropped_for", "since", "version"], batch_size=_BATCH)
    Change.objects.bulk_create(told, batch_size=_BATCH)
    return rows


TURNED.append(follow)


def handed_of(decision) -> str:
    """Why the list of a decision stays: somebody has items of it, which would be given out twice where it is entered again."""
    out = Due.objects.filter(award__decision=decision, state=State.HANDED).select_related("award", "kind")
    if found := out.order_by("award__position", "kind__position").first():
        return f"{found.kind} của {found.award.name} đã giao. Hãy nhận lại trước, hoặc hủy khen thưởng bằng quyết định."
    return ""


KEPT_FOR.append(handed_of)
