"""Awards cancelled, stripped, restored by a decision that is written here, or asked of those who decide by a submission; what
rests on an award that is cancelled.

Source: Luật Thi đua, khen thưởng 2022, Điều 93 khoản 2 (grounds, what is taken back), khoản 3–7 (honours of the State), khoản 8
(who decided cancels). ``NOT_PAID``: functions of the rooms above, each gives of awards the keys of those whose prize nobody was
paid.
"""

from collections import defaultdict
from functools import partial

from django.db import transaction
from django.utils import timezone

from documents.areas.papers import ISSUED, RECALLED, key_of
from documents.models import Document, Effect
from documents.steps.refusing import Refused
from units.models import Unit
from units.permissions import may_manage
from units.text import key_or_none, one_line

from ..catalogue.book import book_of
from ..catalogue.models import Office
from ..decisions import cancelling
from ..decisions.cancelling import is_honour, issued_here
from ..decisions.rules import asked_for, grounds, not_handed, to_take_back
from ..eligibility.authority import stripper
from ..records.models import Authorship, Award, Decision
from . import undoing_papers as papers
from .models import OF_UNDOING, Undoing
from .rules import ABOVE, province_above

Kind = Undoing.Kind
NOT_PAID = []


def rests_on(awards) -> dict[int, list[str]]:
    """{key: what rests on it, in words}: initiatives used for it, later awards of the recipient that ask for it. Two queries."""
    found, people = defaultdict(list), defaultdict(list)
    for award in awards:
        people[award.recipient_id].append(award)
    for row in Authorship.objects.filter(used_in__in=awards).select_related("initiative"):
        found[row.used_in_id].append(f"Sáng kiến «{row.initiative}» đã dùng để xét.")
    later = (
        Award.objects.standing()
        .filter(recipient__in=people, cancelled_on=None)
        .exclude(pk__in=[one.pk for one in awards])
    )
    asked = {}
    for row in later.select_related("type", "decision").order_by("decided_on", "pk"):
        key = row.type.code, row.decided_on
        if key not in asked:
            asked[key] = asked_for(*key)
        for award in people[row.recipient_id]:
            if award.type.code in asked[key] and row.decided_on >= award.decided_on and row.year >= award.year:
                found[award.pk].append(f"{row.title} năm {row.year} ({row.decision}) xét trên khen thưởng này.")
    return found


def _with_all(rows):
    return rows.select_related("type", "decision__office", "decision__unit", "recipient", "unit").order_by("position")


def cancellable(decision):
    """The awards of a decision that still count, in its order."""
    return _with_all(Award.objects.standing().filter(decision=decision, cancelled_on=None))


def restorable(decision):
    """Those that were stripped."""
    return _with_all(Award.objects.standing().filter(decision=decision, cancelled_on__isnull=False, is_stripped=True))


def to_recover(awards) -> dict[int, tuple[int | None, str]]:
    """{key: (đồng, items) that are taken back with an award}; no money that nobody was paid, no items that nobody
    was given. One query for each day.
    """
    unpaid, here, books, found = unpaid_of(awards), not_handed(awards), {}, {}
    for award in awards:
        if award.decided_on not in books:
            books[award.decided_on] = book_of(award.decided_on)
        amount, items = to_take_back(award, books[award.decided_on])
        found[award.pk] = None if award.pk in unpaid else amount, "" if award.pk in here else items
    return found


def unpaid_of(awards) -> set[int]:
    """Keys of those whose prize nobody was paid."""
    return {key for asks in NOT_PAID for key in asks(awards)}


def office_of(decision, kind, award) -> Office:
    """Who decides on it: to cancel, who gave it; to strip and restore, whom the law of today names."""
    if kind == Kind.CANCEL:
        return decision.office
    found = stripper(book_of(timezone.localdate()), award.type.code)
    if found is None:
        raise Refused("Chỉ danh hiệu vinh dự nhà nước bị tước, được phục hồi; loại khác thì hủy.", "ground")
    return Office.objects.get(code=found.code)


def issuer_of(decision, by, office=None) -> Unit | None:
    """The body whose decision that is, made for it here by ``by``: who gave it, where that was done here, or whose papers the
    department writes; None where another authority decides.
    """
    office, today = office or decision.office, timezone.localdate()
    is_its_own = office == decision.office
    was_here = is_its_own and decision.origin == Decision.Origin.MADE
    if office.code in ABOVE or not (was_here or office.code in ("province", "department")):
        return None
    if is_its_own and decision.unit and decision.unit.is_alive_on(today):
        return decision.unit
    return province_above(by.unit, today) if office.code == "province" else by.unit


@transaction.atomic
def write_undoing(decision, kind, keys, *, by, ground, reason) -> Document:
    """A draft of the decision that cancels, strips or restores the awards of ``keys``; of the submission that asks for it, where
    another authority decides. Raises ``Refused``.
    """
    if not may_manage(by):
        raise Refused("Quyết định hủy, tước, phục hồi khen thưởng do Sở Nội vụ soạn.")
    awards = _chosen(decision, kind, keys)
    row = _ground(awards, kind, ground)
    office = office_of(decision, kind, awards[0])
    undoing = Undoing.objects.create(decision=decision, kind=kind, ground=ground, reason=reason, by=by)
    undoing.awards.set(awards)
    issuer, backs = issuer_of(decision, by, office), _backs(undoing, awards)
    if issuer:
        return papers.decision(undoing, awards, backs, issuer, row)
    return papers.submission(undoing, awards, backs, office, row)


def _chosen(decision, kind, keys):
    rows = restorable(decision) if kind == Kind.RESTORE else cancellable(decision)
    awards = list(rows.filter(pk__in=keys))
    if not awards:
        standing = "bị tước" if kind == Kind.RESTORE else "còn hiệu lực"
        raise Refused(f"Hãy chọn ít nhất một khen thưởng {standing}.")
    return awards


def _ground(awards, kind, code):
    """The row of the ground, which must hold for each of the awards. Raises ``Refused``."""
    day, known = timezone.localdate(), {}
    for award in awards:
        key = award.type_id, award.whom, award.route
        if key not in known:
            known[key] = grounds(award, kind, day).get(code)
        if known[key] is None:
            raise Refused(
                f"Trường hợp này không có cho khen thưởng của {award.name}. Hãy chọn trường hợp khác.", "ground"
            )
    return known[key]


def _backs(undoing, awards):
    """(đồng, items) that are taken back with each of ``awards``, in their order."""
    if undoing.kind == Kind.RESTORE:
        return [(None, "")] * len(awards)
    return list(_recovered(undoing.kind, awards).values())


def record_undoing(decision, kind, keys, *, by, number, day, ground, reason) -> int:
    """Note that another authority, or we before the program, cancelled or stripped the awards of ``keys``. Raises ``Refused``."""
    if not may_manage(by):
        raise Refused("Việc hủy, tước khen thưởng do Sở Nội vụ ghi.")
    if kind == Kind.CANCEL and issued_here(decision):
        raise Refused("Quyết định này ban hành trên phần mềm: hãy soạn quyết định hủy.", "ground")
    awards = _chosen(decision, kind, keys)
    _ground(awards, kind, ground)
    if kind == Kind.STRIP and not all(map(is_honour, awards)):
        raise Refused("Chỉ danh hiệu vinh dự nhà nước bị tước; loại khác thì hủy.", "ground")
    facts = {"number": one_line(number), "day": day, "ground": ground, "reason": reason}
    return cancelling.take_all(
        decision, [award.pk for award in awards], kind, by=by, backs=partial(_recovered, kind), **facts
    )


def _recovered(kind, awards) -> dict[int, tuple]:
    """As ``to_recover``; of an honour that is stripped the law takes back no money by itself."""
    found = to_recover(awards)
    return found if kind == Kind.CANCEL else {key: (None, items) for key, (_, items) in found.items()}


# --- What becomes of them


@OF_UNDOING.heard
def hear_undoing(document: Document, state: str) -> None:
    """The issued decision takes its awards away: from its day on they count nowhere; where it is recalled, they count again.

    A submission does nothing: the decision of who was asked is recorded when it comes. Raises ``Refused``.
    """
    undoing = Undoing.objects.filter(pk=key_or_none(key_of(document)) or 0).select_related("decision").first()
    if undoing is None or document.type.code != "QĐ":
        return
    if state == ISSUED:
        _take_effect(undoing, document)
    elif state == RECALLED:
        _recalled(undoing, document)
    else:
        raise Refused("Quyết định hủy khen thưởng không thay thế được: hãy thu hồi, rồi soạn quyết định khác.")


def _take_effect(undoing, document):
    by, facts = document.issued_by, {"number": document.reference, "day": document.dated}
    awards = list(_with_all(undoing.awards.all()))
    if undoing.kind == Kind.RESTORE:
        words, article = cancelling.ground_of(awards[0], Kind.RESTORE, undoing.ground, document.dated)
        told = {"words": f"{words} ({article})", "reason": undoing.reason}
        cancelling.give_all(undoing.decision, [award.pk for award in awards], by=by, **facts, **told)
        return
    told = {
        "ground": undoing.ground,
        "reason": undoing.reason,
        "paper": document,
        "backs": partial(_recovered, undoing.kind),
    }
    cancelling.take_all(undoing.decision, [award.pk for award in awards], undoing.kind, by=by, **facts, **told)


def _recalled(undoing, document):
    """The decision that cancelled is no more: its awards count again from the day of what recalled it."""
    paper = Effect.objects.filter(target=document, kind=Effect.Kind.RECALLS).select_related("paper").last().paper
    keys = undoing.awards.filter(cancellations__paper=document, cancellations__stands=True).values_list("pk", flat=True)
    if undoing.kind == Kind.RESTORE or not keys:
        raise Refused("Quyết định phục hồi không thu hồi được: danh hiệu bị tước lại thì ghi quyết định tước khác.")
    words = f"{document.name} bị thu hồi"
    facts = {"number": paper.reference, "day": paper.dated, "words": words, "reason": ""}
    cancelling.give_all(undoing.decision, list(keys), by=paper.issued_by, **facts)
