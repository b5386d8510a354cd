"""The doors of a congress that was held: who came when, a card at two doors, a scan taken back, who did not come and why."""

import random
import uuid
from datetime import datetime, time, timedelta

from django.utils import timezone

from ..door import actions, taking
from ..door.models import Door
from ..events.models import Event

_REASONS = ("ốm", "đi công tác", "việc gia đình")


def play(by):
    """Two doors of the first congress that was held and whose delegates have cards; nothing where there is none."""
    held = Event.objects.filter(kind=Event.Kind.CONGRESS, held_on__isnull=False, delegates__code__isnull=False)
    event = held.order_by("day").first()
    if event is None:
        return
    begins = timezone.make_aware(datetime.combine(event.day, event.begins_at or time(8)))
    doors = [_opened(event, name, begins, by) for name in ("Cửa chính", "Cửa phía đông")]
    rng = random.Random(2020)  # noqa: S311  the same sample every time
    people = list(event.delegates.filter(code__isnull=False).order_by("pk"))
    away = people[7::23]
    sent = {door.pk: [] for door in doors}
    for place, one in enumerate(person for person in people if person not in away):
        door, late = rng.choice(doors), rng.random() < 0.04
        at = begins + (timedelta(minutes=rng.uniform(2, 25)) if late else -timedelta(minutes=rng.uniform(3, 50)))
        sent[door.pk].append(_scan(rng, one, at))
        if place % 40 == 3:
            # The same card at the other door, a little later.
            other = doors[door == doors[0]]
            sent[other.pk].append(_scan(rng, one, at + timedelta(minutes=4)))
    for door in doors:
        scans = sorted(sent[door.pk], key=lambda scan: scan["at"])
        for start in range(0, len(scans), taking.MOST):
            some = scans[start : start + taking.MOST]
            taking.take(door, now=timezone.now().timestamp() * 1000, since=0, scans=some)
        Door.objects.filter(pk=door.pk).update(heard_at=begins + timedelta(minutes=40))
    for place, reason in enumerate(_REASONS):
        if keys := [one.pk for one in away[place :: len(_REASONS) + 1]]:
            actions.excuse(event, keys, by=by, reason=reason)


def _opened(event, name, begins, by):
    """A door of then: nobody opens one for a day that is past."""
    door = Door(event=event, name=name, by=by, since=begins - timedelta(hours=1), until=begins + timedelta(hours=4))
    door.give_link()
    door.save()
    return door


def _scan(rng, person, at):
    uid = str(uuid.UUID(int=rng.getrandbits(128), version=4))
    return {
        "id": uid,
        "code": person.code,
        "at": at.timestamp() * 1000,
        "sure": True,
        "way": rng.choice(("qr", "qr", "qr", "go")),
    }
