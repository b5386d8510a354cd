"""What qualifies a delegate, found by itself: a recognition since the last congress; and what makes one a case to look at again.

Source: Hướng dẫn 1149/HD-BTĐKT ngày 18/6/2019 (delegates are advanced models); the plan says since which day, and which
awards count. A flag is worked out when it is read, so that it comes by itself when an award is cancelled or a person dies.
"""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import F, Q
from django.db.models.functions import Coalesce

from awards.models import Award, Recipient
from awards.presentation.rules import height

from ..events.models import Role
from .models import Delegate


@dataclass
class Recognised:
    """What one person was given since the last congress that counts for the plan: ``award``, the highest, if there is one.

    ``lost``: those that would count but were cancelled.
    """

    award: Award | None = None
    lost: list[Award] = field(default_factory=list)

    @property
    def told(self) -> str:
        """Why nothing qualifies, as far as something did once."""
        return "; ".join(
            f"{row.title} năm {row.year} đã {row.lost_words.lower()} từ {row.cancelled_on:%d/%m/%Y}"
            for row in self.lost
        )


def counting(event):
    """Awards that qualify a delegate of ``event``, those too that were cancelled; all of the book where the plan names none."""
    rows = Award.objects.standing().filter(decided_on__lte=event.day)
    if event.plan_id:
        rows = rows.filter(decided_on__gte=event.plan.recognised_from)
        if event.plan.qualifying:
            rows = rows.filter(type__code__in=event.plan.qualifying)
    return rows


def asks_recognition(event) -> bool:
    """Whether a delegate of ``event`` needs a recognition, or a reason in its place: that of a plan alone."""
    return event.plan_id is not None


def recognised(event, recipients) -> dict[int, Recognised]:
    """{key of a recipient: what qualifies} of ``recipients``; what was given under a second record counts. Two queries."""
    keys = {row.merged_into_id or row.pk for row in recipients}
    mains = {key: key for key in keys}
    mains |= dict(Recipient.objects.filter(merged_into__in=keys).order_by().values_list("pk", "merged_into"))
    found = defaultdict(list)
    for award in counting(event).filter(recipient__in=mains).select_related("type", "decision"):
        found[mains[award.recipient_id]].append(award)
    answers = {}
    for row in recipients:
        own = sorted(found[row.merged_into_id or row.pk], key=_best)
        holds = [award for award in own if not award.cancelled_on]
        answers[row.pk] = Recognised(next(iter(holds), None), [award for award in own if award.cancelled_on])
    return answers


def _best(award) -> tuple:
    """The highest first, of one height the latest."""
    return *height(award.type), -award.decided_on.toordinal(), award.pk


# --- Who is to be looked at again


def flags_of(row: Delegate, event, own=()) -> list[str]:
    """What speaks against a delegate of ``event`` today, in words; reads ``award``, ``recipient__unit``, ``delegation__unit``.

    ``own``: keys of the units that went into that of ``event``, where they are known.
    """
    who, unit = row.recipient, _unit_of(row, own)
    told = [
        who and who.ended_on and who.ended_on <= event.day and f"Đã mất ngày {who.ended_on:%d/%m/%Y}.",
        unit and unit.ended and unit.ended < event.day
        and f"{unit} đã kết thúc hoạt động ngày {unit.ended:%d/%m/%Y}.",
        _lost(row.award, event) if row.award_id else "",
        lacks_ground(row, event) and "Chưa có khen thưởng được tính, chưa ghi lý do cử.",
        who and who.merged_into_id and "Hồ sơ cá nhân đã gộp vào hồ sơ khác: hãy kiểm tra có trùng đại biểu không.",
    ]  # fmt: skip
    return [words for words in told if words]


def _unit_of(row, own):
    """The unit that answers for a delegate: that of the delegation, else where the person is recorded."""
    if row.delegation_id:
        return row.delegation.unit
    return None if not row.recipient_id or row.recipient.unit_id in own else row.recipient.unit


def lacks_ground(row, event) -> bool:
    """Whether an official delegate has neither a recognition nor a reason."""
    is_asked = asks_recognition(event) and row.role == Role.OFFICIAL
    return is_asked and not row.award_id and not row.reason.strip()


def _lost(award, event) -> str:
    if not award.stands:
        return f"{award.title} năm {award.year} đã gỡ khỏi sổ."
    if award.cancelled_on and award.cancelled_on <= event.last_day:
        return f"{award.title} năm {award.year} đã {award.lost_words.lower()} từ {award.cancelled_on:%d/%m/%Y}."
    if event.plan_id and award.decided_on < event.plan.recognised_from:
        return (
            f"{award.title} quyết định ngày {award.decided_on:%d/%m/%Y}, trước {event.plan.recognised_from:%d/%m/%Y}."
        )
    return ""


def flagged(rows, own=()):
    """Those of ``rows``, delegates, of whom ``flags_of`` tells something; those who left are not asked.

    ``own``: as in ``flags_of``.
    """
    day, since = F("event__day"), F("event__plan__recognised_from")
    without = Q(delegation=None, recipient__unit__ended__lt=day) & ~Q(recipient__unit__in=own)
    found = Q(recipient__ended_on__lte=day) | Q(delegation__unit__ended__lt=day) | without
    found |= Q(award__stands=False) | Q(award__cancelled_on__lte=Coalesce("event__until", day))
    found |= Q(recipient__merged_into__isnull=False)
    found |= Q(award__decided_on__lt=since)
    found |= Q(event__plan__isnull=False, role=Role.OFFICIAL, award=None, reason="")
    return rows.filter(found, state__in=Delegate.COUNTED)
