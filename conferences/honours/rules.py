"""Who may be honoured at a conference, in which order they are called, what keeps a script from being written.

Sources: Nghị định 145/2013/NĐ-CP, Điều 25, 28 (from the highest rank down, within a rank collectives first; of the dead the
family takes it), and what followed it; Nghị định 13/2023/NĐ-CP, Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15 (consent).
"""

from django.db.models import Q

from awards.handover.rules import takes_for
from awards.models import Award, Occasion
from awards.presentation.rules import height
from awards.presentation.told import SUBJECTS
from campaigns.models import Example
from units.models import Unit
from units.templatetags.parts import link
from units.text import name_sort_key

from ..events.models import Event
from .models import Honour

Kind, State = Honour.Kind, Event.State
_KINDS = {Kind.COLLECTIVE: 0, Kind.HOUSEHOLD: 1, Kind.PERSON: 2}
# As long as a conference is to come, its list is written; biographies and consents also after it.
OPEN = Event.COMING
TOLD = [*Event.COMING, *Event.DONE]


def ranked(row) -> tuple:
    """Where one stands in the order of calling: awards from the highest down, then those named for what they did; within a
    rank collectives, households, persons; the living before the dead, for whom their families come up. Reads ``award__type``.
    """
    if row.award_id is None:
        return 1, (0, 0), _KINDS[row.kind], row.is_posthumous, name_sort_key(row.name)
    award = row.award
    decided = award.decided_on, award.decision_id, award.position
    return 0, height(award.type), _KINDS[row.kind], row.is_posthumous, decided


def placed(row, event) -> str:
    """The post of one who is honoured, and the unit where it is not that of ``event`` or a person has no post. Reads ``unit``."""
    unit = str(row.unit or "")
    is_told = unit in row.post or unit in row.name
    is_own = row.unit_id == event.unit_id and (bool(row.post) or row.kind != Kind.PERSON)
    return ", ".join(filter(None, [row.post, "" if is_told or is_own else unit]))


def units_of(event, user) -> set[int] | None:
    """Keys of the units whose people a conference honours: its own and those under it; None for the province: all.

    ``user``: who asks, and knows already what is so of the own unit.
    """
    if event.unit.kind == Unit.Kind.PROVINCE:
        return None
    return user.seen_units if event.unit_id == user.unit_id else takes_for(event.unit, user.whole_pairs)


def award_candidates(event, user):
    """Awards that count, of the people of the conference, up to its day; since the last congress where it follows a plan."""
    rows = Award.objects.visible_to(user).standing().filter(cancelled_on=None, decided_on__lte=event.last_day)
    if event.plan_id:
        rows = rows.filter(decided_on__gte=event.plan.recognised_from)
    units = units_of(event, user)
    rows = rows if units is None else rows.filter(unit__in=units)
    return rows.exclude(pk__in=event.honours.filter(award__isnull=False).order_by().values("award"))


def example_candidates(event, user):
    """Good examples of the people of the conference that this person may read."""
    units = units_of(event, user)
    rows = Example.objects.visible_to(user)
    rows = rows if units is None else rows.filter(unit__in=units)
    return rows.exclude(pk__in=event.honours.filter(example__isnull=False).order_by().values("example"))


def occasion_of(event) -> Occasion | None:
    """The occasion by which awards are presented there, where there is one. One query."""
    return Occasion.objects.select_related("unit").filter(conference__event=event).first()


def _conference_of(occasion, user):
    """The conference at which awards are presented by ``occasion``, where ``user`` may see it."""
    found = Event.objects.visible_to(user).filter(presentation__occasion=occasion).first()
    return [link(found, found.name)] if found else []


SUBJECTS.append(_conference_of)


def cancelled(event):
    """Those honoured for an award that counts no more, in their order."""
    lost = Q(award__stands=False) | Q(award__cancelled_on__isnull=False)
    return event.honours.filter(lost, award__isnull=False)


def beyond(event, occasion):
    """Awards that are presented there and of which nobody is in the list: chosen on the page of the occasion."""
    listed = event.honours.filter(award__isnull=False).order_by().values("award")
    return Award.objects.filter(presented__occasion=occasion).exclude(pk__in=listed).order_by("presented__position")


def differs(event, occasion) -> bool:
    """Whether the occasion says another day, hour or place than the conference whose part it is."""
    return (occasion.day, occasion.begins_at, occasion.place) != facts_of(event)


def facts_of(event) -> tuple:
    """Day, hour and place, as an occasion has them."""
    return event.held_on or event.day, event.begins_at, event.place or event.unit.name
