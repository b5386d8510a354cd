"""An award cancelled or stripped by a later decision, restored by another one; of many at once by a decision that was made here.

Source: Luật Thi đua, khen thưởng 2022, Điều 93: cancelled by who gave it (khoản 2, 8), honours of the State stripped and restored
by the President (khoản 3–7). From the day of that decision the award counts nowhere; from that of the restoring it counts again.
"""

from django.db import transaction
from django.db.models import Count, F
from django.utils import timezone

from documents.models import Change
from documents.steps.log import noted
from documents.steps.refusing import Refused
from documents.steps.stepping import Steps

from ..catalogue.book import book_of
from ..eligibility.words import dotted
from ..log import About
from ..records.models import Award, Decision
from .actions import MANAGER, State
from .forms import LossForm, RestoreForm
from .models import Cancellation
from .rules import ground_of
from .turned import turned

Kind = Cancellation.Kind
_BATCH = 500
_ACTS = {Kind.CANCEL: "Hủy khen thưởng", Kind.STRIP: "Tước danh hiệu"}


def _award_words(award):
    return {
        "Không tính từ ngày": f"{award.cancelled_on:%d/%m/%Y}" if award.cancelled_on else "",
        "Theo": award.cancelled_by,
        "Phục hồi từ ngày": f"{award.back_on:%d/%m/%Y}" if award.back_on else "",
    }


AWARD_STEPS = Steps(
    Award, "khen thưởng", about=About.DECISION, words=_award_words, under="decision", address="award_step",
    related=["office"], gone="Khen thưởng này không còn. Hãy tải lại trang.",
)  # fmt: skip


def _told_of_one(award, by, reason):
    turned([award.pk], by=by)


# --- Lost


def _is_lost(award, user):
    return f"Khen thưởng này đã {award.lost_words.lower()} {award.cancelled_by}." if award.cancelled_on else ""


def issued_here(decision) -> bool:
    """Whether a paper of the register made it: then papers alone change what it gave."""
    return decision.origin == Decision.Origin.MADE and decision.paper_id is not None


def _not_cancelled_by_hand(award, user):
    """What was issued here is cancelled by a decision that is written and issued here, never by a note."""
    by_paper = (
        "Quyết định này ban hành trên phần mềm: hãy «Soạn quyết định hủy»; khi ban hành thì khen thưởng thôi được tính."
    )
    return _is_lost(award, user) or (by_paper if issued_here(award.decision) else "")


def is_honour(award) -> bool:
    """Whether it may be stripped (Điều 93 khoản 7); reads its type."""
    return book_of(timezone.localdate()).the("strips", award.type.code) is not None


def _not_stripped(award, user):
    return _is_lost(award, user) or (
        "" if is_honour(award) else "Chỉ danh hiệu vinh dự nhà nước bị tước; loại khác thì hủy."
    )


def _refuse_day(day, given, what):
    if day > timezone.localdate():
        raise Refused(f"Ngày {day:%d/%m/%Y} chưa đến. Hãy ghi ngày ký của quyết định {what}.", "day")
    if day < given:
        raise Refused(f"Quyết định {what} không thể sớm hơn quyết định tặng ({given:%d/%m/%Y}).", "day")


def _lost(award, kind, why, *, by, number, day, ground, reason, amount, items, paper=None) -> Cancellation:
    """What is kept of the loss, not stored; the award says since when and by which decision it does not count.

    ``why``: what ``ground_of`` says of it.
    """
    words, article = why
    award.cancelled_on, award.cancelled_by = day, f"theo Quyết định số {number} ngày {day:%d/%m/%Y}"
    award.is_stripped = kind == Kind.STRIP
    return Cancellation(
        award=award, kind=kind, number=number, day=day, ground=ground, words=words, article=article, reason=reason,
        amount=amount, items=items, paper=paper, by=by,
    )  # fmt: skip


def _told(made) -> dict[str, str]:
    money = f"{dotted(made.amount)} đồng" if made.amount else ""
    return {"Trường hợp": made.ground_told, "Tiền phải thu hồi": money, "Hiện vật phải thu hồi": made.items}


def _take(award, kind, typed):
    _refuse_day(typed["day"], award.decided_on, Kind(kind).label.lower())
    made = _lost(award, kind, ground_of(award, kind, typed["ground"], typed["day"]), **typed)
    made.save()
    return _told(made)


@AWARD_STEPS.step(
    "cancel", "Ghi quyết định hủy", [State.STANDING], who=MANAGER, form=LossForm, needs_reason=True,
    fault=_not_cancelled_by_hand, told="Đã ghi việc hủy. Từ ngày đó khen thưởng này không còn được tính.",
    hint="Khi đã có quyết định hủy của người đã quyết định tặng (khoản 2, khoản 8 Điều 93).",
    then=_told_of_one,
)  # fmt: skip
def cancel(award, *, by, reason, number, day, ground, amount, items):
    """It stops counting from the day of the decision that cancels it; money and items are noted (Luật 2022, Điều 93)."""
    typed = {"number": number, "day": day, "ground": ground, "amount": amount, "items": items}
    return _take(award, Kind.CANCEL, typed | {"by": by, "reason": reason})


@AWARD_STEPS.step(
    "strip", "Ghi quyết định tước", [State.STANDING], who=MANAGER, form=LossForm, needs_reason=True, fault=_not_stripped,
    told="Đã ghi việc tước. Từ ngày đó danh hiệu này không còn được tính.",
    hint="Khi đã có quyết định của Chủ tịch nước tước danh hiệu vinh dự nhà nước (khoản 3, 4, 5, 7 Điều 93).",
    then=_told_of_one,
)  # fmt: skip
def strip(award, *, by, reason, number, day, ground, amount, items):
    """The President takes an honour of the State away; from that day it does not count (Luật 2022, Điều 93 khoản 3–5, 7)."""
    typed = {"number": number, "day": day, "ground": ground, "amount": amount, "items": items}
    return _take(award, Kind.STRIP, typed | {"by": by, "reason": reason})


@transaction.atomic
def take_all(decision, keys, kind, *, by, backs, number, day, ground, reason, paper=None) -> int:
    """Cancel or strip many awards of one decision; all or none, in as many queries for 3,000 as for one. How many.

    ``backs(awards)``: {key of an award: (đồng, items) that are taken back}, asked when the decision is held, so that nobody is
    paid meanwhile. Raises ``Refused``.
    """
    whole, awards = _held(decision, keys)
    if told := next((fault for award in awards if (fault := _is_lost(award, by))), ""):
        raise Refused(f"{len(awards)} khen thưởng: {told} Hãy soạn lại quyết định không có dòng đó.")
    _refuse_day(day, whole.day, Kind(kind).label.lower())
    before = {award.pk: _award_words(award) for award in awards}
    facts = {"by": by, "number": number, "day": day, "ground": ground, "reason": reason, "paper": paper}
    why, rows = _grounds_of(awards, kind, ground, day), backs(awards)
    made = [
        _lost(award, kind, why[award.type_id, award.whom, award.route], amount=amount, items=items, **facts)
        for award in awards
        for amount, items in [rows[award.pk]]
    ]
    Cancellation.objects.bulk_create(made, batch_size=_BATCH)
    first = awards[0]
    _store(awards, cancelled_on=day, cancelled_by=first.cancelled_by, is_stripped=first.is_stripped)
    more = {one.award_id: _told(one) for one in made}
    _tell(whole, awards, before, more, what=kind, act=_ACTS[kind], by=by, reason=reason, day=day)
    turned(rows, by=by)
    return len(made)


def _grounds_of(awards, kind, ground, day) -> dict:
    """What the ground says, for each kind of award, recipient and route that there is."""
    found = {}
    for award in awards:
        key = award.type_id, award.whom, award.route
        if key not in found:
            found[key] = ground_of(award, kind, ground, day)
    return found


def _held(decision, keys):
    """The decision, held, and those of its awards, as they are now. Raises ``Refused``."""
    whole = Decision.objects.select_for_update(of=("self",)).select_related("office").get(pk=decision.pk)
    if whole.state != State.STANDING:
        raise Refused(f"{whole} không còn hiệu lực.")
    rows = Award.objects.filter(decision=whole, pk__in=keys).select_related("type", "recipient").order_by("position")
    awards = list(rows)
    if not awards:
        raise Refused("Hãy chọn ít nhất một khen thưởng.")
    for award in awards:
        award.decision = whole
    return whole, awards


def _store(awards, **values):
    """The same for all of them, in one query."""
    Award.objects.filter(pk__in=[award.pk for award in awards]).update(**values)


def _tell(whole, awards, before, more, *, what, act, by, reason, day):
    whole.version += 1
    whole.save(update_fields=["version"])
    told = [
        noted(
            About.DECISION, whole, act, by=by, before=before[award.pk], after=_award_words(award) | more.get(award.pk, {}),
            reason=reason, what=what, of=award.pk, day=day,
        )
        for award in awards
    ]  # fmt: skip
    Change.objects.bulk_create(told, batch_size=_BATCH)


def losses_of(decision, user) -> list[dict]:
    """By which decisions awards of this one were cancelled or stripped, how many of those that ``user`` may see. One query."""
    rows = Cancellation.objects.visible_to(user).told().filter(award__decision=decision).order_by("day", "number")
    counts = {"count": Count("pk"), "restored": Count("restored_on")}
    return [
        row | {"words": f"{Kind(row['kind']).label} theo Quyết định số {row['number']} ngày {row['day']:%d/%m/%Y}"}
        for row in rows.values("kind", "number", "day").annotate(**counts)
    ]


# --- Restored


def _standing_loss(award) -> Cancellation | None:
    return Cancellation.objects.filter(award=award, stands=True).first()


def _refuse_given_again(awards):
    """Raise ``Refused`` where somebody has the award of the year by another decision. One query."""
    lost = {(row.recipient_id, row.type_id, row.year, row.route): row for row in awards}
    others = Award.objects.standing().filter(recipient__in={row.recipient_id for row in awards}, cancelled_on=None)
    for key in others.exclude(pk__in=[row.pk for row in awards]).values_list("recipient", "type", "year", "route"):
        if key in lost:
            raise Refused(
                f"{lost[key].name} đã có danh hiệu, hình thức này của năm đó theo quyết định khác. Hãy kiểm tra lại."
            )


def _not_restorable(award, user):
    loss = _standing_loss(award) if award.cancelled_on else None
    if loss is None:
        return "Khen thưởng này không bị hủy, tước nên không có gì để phục hồi."
    return (
        "" if loss.kind == Kind.STRIP else "Chỉ danh hiệu vinh dự nhà nước bị tước mới được phục hồi (khoản 6 Điều 93)."
    )


@AWARD_STEPS.step(
    "reinstate", "Ghi quyết định phục hồi", [State.STANDING], who=MANAGER, form=RestoreForm, needs_reason=True,
    fault=_not_restorable, told="Đã ghi việc phục hồi. Từ ngày đó danh hiệu này lại được tính.",
    hint="Khi đã có quyết định của Chủ tịch nước phục hồi và trao lại danh hiệu (khoản 6, 7 Điều 93).",
    then=_told_of_one,
)  # fmt: skip
def reinstate(award, *, by, reason, number, day, ground):
    """It counts again from the day of the decision; what had come back is handed over again (Luật 2022, Điều 93 khoản 6)."""
    loss = _standing_loss(award)
    _refuse_restoring(day, loss.day)
    _refuse_given_again([award])
    words, article = ground_of(award, "restore", ground, day)
    _restored(award, loss, day, number, f"{words} ({article})" if article else words, reason)
    loss.save()
    return {"Theo": f"Quyết định số {number} ngày {day:%d/%m/%Y}", "Trường hợp": loss.restored_for}


def _refuse_restoring(day, lost_on):
    _refuse_day(day, lost_on, "phục hồi")


def _restored(award, loss, day, number, words, reason):
    award.off_from, award.back_on = award.cancelled_on, day
    award.cancelled_on, award.cancelled_by, award.is_stripped = None, "", False
    loss.stands, loss.restored_on, loss.restored_by = False, day, number
    loss.restored_for = f"{words}. {reason}" if reason else words


@transaction.atomic
def give_all(decision, keys, *, by, number, day, words, reason) -> int:
    """Let awards of one decision count again from ``day``; how many. Raises ``Refused``."""
    whole, awards = _held(decision, keys)
    losses = {row.award_id: row for row in Cancellation.objects.filter(award__in=awards, stands=True)}
    awards = [award for award in awards if award.pk in losses]
    _refuse_given_again(awards)
    before = {award.pk: _award_words(award) for award in awards}
    for award in awards:
        _restored(award, losses[award.pk], day, number, words, reason)
    lost = {"cancelled_on": None, "cancelled_by": "", "is_stripped": False}
    _store(awards, off_from=F("cancelled_on"), back_on=day, **lost)
    names = ["stands", "restored_on", "restored_by", "restored_for"]
    Cancellation.objects.bulk_update(losses.values(), names, batch_size=_BATCH)
    _tell(whole, awards, before, {}, what="reinstate", act="Phục hồi", by=by, reason=words, day=day)
    turned([award.pk for award in awards], by=by)
    return len(awards)


def _not_by_mistake(award, user):
    if not award.cancelled_on:
        return "Khen thưởng này không có việc hủy để gỡ."
    loss = _standing_loss(award)
    if loss and loss.paper_id:
        return f"Việc hủy này theo {loss.paper.name} ban hành trên phần mềm: chỉ gỡ được bằng cách thu hồi văn bản đó."
    came = loss and loss.returns.exists()
    return "Đã ghi thu hồi tiền thưởng, hiện vật của khen thưởng này. Hãy gỡ việc thu hồi trước." if came else ""


@AWARD_STEPS.step(
    "restore", "Gỡ việc hủy, tước ghi nhầm", [State.STANDING], who=MANAGER, needs_reason=True, fault=_not_by_mistake,
    told="Đã gỡ. Khen thưởng này lại được tính.",
    then=_told_of_one,
)  # fmt: skip
def restore(award, *, by):
    """A cancellation that was noted by mistake: the award counts as before."""
    _refuse_given_again([award])
    Cancellation.objects.filter(award=award, stands=True).update(stands=False)
    award.cancelled_on, award.cancelled_by, award.is_stripped = None, "", False


def _not_restored_by_mistake(award, user):
    if award.cancelled_on or not award.back_on:
        return "Khen thưởng này không có việc phục hồi để gỡ."
    last = _last_restored(award)
    if last is None or last.paper_id:
        return "Việc phục hồi này theo văn bản ban hành trên phần mềm."
    given = last.returns.filter(to_holder=True).exists()
    return "Đã ghi trao lại tiền thưởng, hiện vật. Hãy gỡ việc trao lại trước." if given else ""


def _last_restored(award):
    return Cancellation.objects.filter(award=award, restored_on__isnull=False).first()


@AWARD_STEPS.step(
    "undo_reinstate", "Gỡ việc phục hồi ghi nhầm", [State.STANDING], who=MANAGER, needs_reason=True,
    fault=_not_restored_by_mistake, told="Đã gỡ việc phục hồi. Danh hiệu này lại không được tính.",
    then=_told_of_one,
)  # fmt: skip
def undo_reinstate(award, *, by):
    """A restoring that was noted by mistake: the award is lost as before."""
    loss = _last_restored(award)
    award.cancelled_on, award.is_stripped = loss.day, loss.kind == Kind.STRIP
    award.cancelled_by = f"theo Quyết định số {loss.number} ngày {loss.day:%d/%m/%Y}"
    award.off_from = award.back_on = None
    Cancellation.objects.filter(pk=loss.pk).update(stands=True, restored_on=None, restored_by="", restored_for="")
