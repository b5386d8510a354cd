"""What a phone sends is taken in. Any order of arrival, and any repetition, ends in the same state.

Whoever writes holds the row of the event, so that the numbers of changes (``Delegate.changed_at``) appear in their order and
no phone misses one.
"""

import math
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from units.text import key_or_none

from ..cards.codes import EVENT, read
from ..delegates.models import Delegate
from ..events.models import Event, Role
from .models import Door, Scan, TakenBack

MOST = 200
LATEST = 4e12  # milliseconds, in 2096
_HEARD_EVERY = timedelta(seconds=30)
_ROLES = dict(Role.choices)


@dataclass
class Sent:
    """One entry of what a phone sent; with ``undo`` it takes that scan back."""

    uid: uuid.UUID
    at: float
    code: str = ""
    number: int | None = None
    is_sure: bool = False
    way: str = Scan.Way.CODE
    undo: uuid.UUID | None = None


def milliseconds(value) -> float:
    """A moment as phones tell it, within what a moment can be. Raises ``TypeError``, ``ValueError`` for what is none."""
    number = float(value)
    if not math.isfinite(number):
        raise ValueError(value)
    return min(max(number, 0.0), LATEST)


def _text(value, length) -> str:
    """Words that every database takes."""
    return str(value or "").encode("utf-8", "ignore").decode().replace("\0", "")[:length]


def sent_of(entry) -> Sent | None:
    """``entry`` as it is read; None where it is no scan at all.

    Whatever a phone sends, one bad entry must not fail the others: it would come again for ever and hold up all behind it.
    """
    try:
        way = _text(entry.get("way"), 4)
        return Sent(
            uid=uuid.UUID(str(entry["id"])),
            at=milliseconds(entry["at"]),
            code=_text(entry.get("code"), 40),
            number=key_or_none(entry.get("n")) if entry.get("n") is not None else None,
            is_sure=entry.get("sure") is True,
            way=way if way in Scan.Way else Scan.Way.CODE,
            undo=uuid.UUID(str(entry["undo"])) if entry.get("undo") else None,
        )
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError):
        return None


def take(door, *, now: float, since: int, scans: list) -> dict:
    """What became of each of ``scans``, and what changed after the number ``since``. A mere question takes no lock."""
    results = _keep(door, now, scans[:MOST]) if scans else {}
    _hear(door)
    # A phone that knows more than there is: the database was put back. It hears all anew.
    changed, number = changes(door.event_id, since if since <= door.event.sequence else 0)
    return {
        "now": timezone.now().timestamp() * 1000,
        "seq": number,
        "until": door.until.timestamp() * 1000,
        "door": door.name,
        "results": results,
        "changes": changed,
    }


def _hear(door):
    """Note that a phone of ``door`` is there: half a minute is near enough."""
    now = timezone.now()
    if door.heard_at is None or now - door.heard_at > _HEARD_EVERY:
        Door.objects.filter(pk=door.pk).update(heard_at=now)


@transaction.atomic
def _keep(door, now, scans) -> dict[str, str]:
    """Store what is new of ``scans``: {id: what became of it}."""
    event = Event.objects.select_for_update(of=("self",)).get(pk=door.event_id)
    results, entries = {}, []
    for entry in scans:
        if (sent := sent_of(entry)) is not None:
            entries.append(sent)
        elif isinstance(entry, dict):
            # Answered all the same, or it would stay at the head of the phone's queue for ever.
            results[_text(entry.get("id"), 40)] = "refused"
    known = {scan.uid: scan for scan in Scan.objects.filter(uid__in=[sent.uid for sent in entries])}
    touched = _take_back(door, [sent for sent in entries if sent.undo])
    touched |= _add(event, door, now, [sent for sent in entries if not sent.undo], known)
    settle(event, touched)
    people = Delegate.objects.in_bulk({scan.delegate_id for scan in known.values() if scan.delegate_id})
    for sent in entries:
        scan = known.get(sent.uid)
        if sent.undo:
            results[str(sent.uid)] = "undone"
        elif scan.event_id != event.pk:
            results[str(sent.uid)] = "refused"
        else:
            results[str(sent.uid)] = _result(scan, people.get(scan.delegate_id))
    return results


def _take_back(door, entries) -> set[int]:
    """Note which scans ``door`` takes back; the keys of those whom the scans that are here already let in."""
    rows = [TakenBack(door=door, uid=sent.undo, at=_moment(sent, timedelta(), door)) for sent in entries]
    TakenBack.objects.bulk_create(rows, ignore_conflicts=True)
    when = {row.uid: row.at for row in rows}
    scans = list(Scan.objects.filter(door=door, uid__in=when, undone_at=None).only("uid", "delegate", "undone_at"))
    for scan in scans:
        scan.undone_at = when[scan.uid]
    Scan.objects.bulk_update(scans, ["undone_at"])
    return {scan.delegate_id for scan in scans} - {None}


def _add(event, door, now, entries, known) -> set[int]:
    """Store the scans that are not ``known``, which they are then; the keys of those who were scanned."""
    offset = timezone.now() - datetime.fromtimestamp(now / 1000, UTC)
    codes = {sent.uid: read(sent.code) for sent in entries}
    numbers = {sent.number for sent in entries if sent.number}
    asked = Q(code__in=[code for code in codes.values() if code]) | Q(pk__in=numbers)
    people = list(Delegate.objects.filter(asked, event=event).only("pk", "code", "event_id"))
    by_code, by_number = {row.code: row for row in people}, {row.pk: row for row in people}
    gone = dict(TakenBack.objects.filter(door=door, uid__in=codes).values_list("uid", "at"))
    fresh = {}
    for sent in entries:
        if sent.uid in known:
            continue
        code = codes[sent.uid]
        person = by_code.get(code) if code else by_number.get(sent.number) if not sent.code else None
        known[sent.uid] = fresh[sent.uid] = Scan(
            event=event, door=door, uid=sent.uid, code=code or sent.code, delegate=person, is_sure=sent.is_sure,
            at=_moment(sent, offset, door), way=sent.way, fault="" if person else _fault(event, code),
            undone_at=gone.get(sent.uid),
        )  # fmt: skip
    Scan.objects.bulk_create(fresh.values())
    return {scan.delegate_id for scan in fresh.values()} - {None}


def _moment(sent, offset, door) -> datetime:
    """When a card was held to the phone, by this server's clock: never in the future, never while the door was shut."""
    at = datetime.fromtimestamp(sent.at / 1000, UTC)
    if not sent.is_sure:
        at += offset
    return min(max(at, door.since), door.until, timezone.now())


def _fault(event, code) -> str:
    """Why nobody is found by ``code``, None for what is no code."""
    if code is None:
        return Scan.Fault.UNREADABLE
    return Scan.Fault.UNKNOWN if code[:EVENT] == event.letters else Scan.Fault.ELSEWHERE


def _result(scan, person) -> str:
    """What a phone is told of a scan."""
    if person is None:
        return scan.fault or Scan.Fault.UNKNOWN
    if scan.undone_at:
        return "undone"
    if person.state not in Delegate.COUNTED:
        return "withdrawn"
    return "in" if person.first_scan_id == scan.pk else "again"


def settle(event, touched) -> None:
    """Have the first of each delegate be the earliest scan that nobody took back; equal moments go by ``uid``.

    ``event`` is held; ``touched``: keys of delegates whose scans changed.
    """
    if not touched:
        return
    first = {}
    for scan in Scan.objects.filter(delegate__in=touched, undone_at=None).order_by("at", "uid").only("pk", "delegate"):
        first.setdefault(scan.delegate_id, scan.pk)
    changed = []
    for person in Delegate.objects.filter(pk__in=touched).only("pk", "first_scan", "changed_at"):
        if person.first_scan_id != first.get(person.pk):
            event.sequence += 1
            person.first_scan_id, person.changed_at = first.get(person.pk), event.sequence
            changed.append(person)
    if changed:
        Delegate.objects.bulk_update(changed, ["first_scan", "changed_at"])
        Event.objects.filter(pk=event.pk).update(sequence=event.sequence)


def changes(event: int, since: int) -> tuple[list, int]:
    """([[delegate, scan, when, door] …] after the number ``since``, the last number): who is there, or (nulls) no longer.

    The number comes out of the rows themselves: one that is read apart could already count a row that was not read.
    """
    rows = Delegate.objects.filter(event=event, changed_at__gt=since).order_by("changed_at")
    rows = list(rows.values_list("changed_at", "pk", "first_scan__uid", "first_scan__at", "first_scan__door__name"))
    changed = [
        [key, uid and str(uid), at and at.timestamp() * 1000, name] for _, key, uid, at, name in rows
    ]  # fmt: skip
    return changed, rows[-1][0] if rows else since


def people_of(event) -> list[list]:
    """What a phone knows of each delegate: number, code, name, delegation, what the person is, seat, whether gone."""
    rows = Delegate.objects.filter(event=event).order_by("pk")
    told = rows.values_list("pk", "code", "name", "delegation__unit__name", "workplace", "role", "seat", "state")
    return [
        [key, code or "", name, unit or place, _ROLES[role], seat, state not in Delegate.COUNTED]
        for key, code, name, unit, place, role, seat, state in told
    ]
