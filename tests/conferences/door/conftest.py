"""A congress today, its delegates with cards, its doors, and phones that send what they scanned."""

import json
import uuid
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from conferences.cards import codes
from conferences.door.actions import open_door
from conferences.models import Delegate, Delegation, Door, Event
from units.text import name_sort_key, searchable

NAMES = ["Nguyễn Văn An", "Đặng Thị Bình", "Lô Văn Chài", "Vi Thị Đào", "Nông Văn Êm", "Hoàng Thị Giang"]


@pytest.fixture(autouse=True)
def today():
    """The true day: doors are open now."""


def make_people(event, number, by, delegations=()):
    """Delegates with cards, their names over and over, of each delegation in turn."""
    taken, rows = set(), []
    for place in range(number):
        name = NAMES[place % len(NAMES)] + (f" {place // len(NAMES)}" if place >= len(NAMES) else "")
        code = codes.make(event.letters, taken)
        taken.add(code)
        rows.append(
            Delegate(
                event=event, name=name, code=code, number=place + 1, seat=f"A{place + 1}", by=by,
                delegation=delegations[place % len(delegations)] if delegations else None,
                state=Delegate.State.ACCEPTED, sort_text=name_sort_key(name), search_text=searchable(name),
            )
        )  # fmt: skip
    return Delegate.objects.bulk_create(rows)


def make_congress(province, officer, **facts):
    """The province's congress, today."""
    usual = {
        "kind": Event.Kind.CONGRESS, "form": Event.Form.CONGRESS, "state": Event.State.READY, "day": timezone.localdate(),
        "name": "Đại hội Thi đua yêu nước tỉnh", "letters": "VT7",
    }  # fmt: skip
    return Event.objects.create(unit=province, by=officer, **usual | facts)


def make_door(event, by, name="Cửa 1", **facts):
    """A door that is open for hours."""
    now = timezone.now()
    times = {"since": now - timedelta(hours=3), "until": now + timedelta(hours=5)}
    return open_door(Door(event=event, name=name, **times | facts), by=by)


@pytest.fixture
def congress(province, officer):
    return make_congress(province, officer)


@pytest.fixture
def delegations(congress, commune, hospital):
    return [Delegation.objects.create(event=congress, unit=unit) for unit in (commune, hospital)]


@pytest.fixture
def people(congress, officer, delegations):
    """Six, three of each delegation."""
    return make_people(congress, 6, officer, delegations)


@pytest.fixture
def door(congress, officer):
    return make_door(congress, officer)


@pytest.fixture
def other_door(congress, officer):
    return make_door(congress, officer, "Cửa 2")


def ago(seconds) -> float:
    """A moment as phones tell it."""
    return (timezone.now().timestamp() - seconds) * 1000


def card(person, seconds=60, **facts):
    """A scan of the card of ``person`` so many seconds ago."""
    return {"id": str(uuid.uuid4()), "code": person.code, "at": ago(seconds), "sure": True, "way": "qr"} | facts


def undone(scan, seconds=30):
    """That a scan is taken back."""
    return {"id": str(uuid.uuid4()), "undo": scan["id"], "at": ago(seconds), "sure": True}


class Phone:
    """A phone with the secret of a door."""

    def __init__(self, door, secret=""):
        self.client, self.secret, self.since = Client(), secret or door.secret, 0

    def ask(self, name, body=None, method="post", **headers):
        """The answer of the server."""
        facts = {"headers": {"X-Cua": self.secret, **headers}}
        if method == "post":
            facts |= {"data": json.dumps(body or {}), "content_type": "application/json"}
        return getattr(self.client, method)(reverse(name), **facts)

    def send(self, *scans, now=None, **facts):
        """What the server says of scans, and what it tells."""
        now = timezone.now().timestamp() * 1000 if now is None else now
        answer = self.ask("door_send", {"now": now, "since": self.since, "scans": list(scans)} | facts)
        assert answer.status_code == 200, answer.content
        told = answer.json()
        self.since = told["seq"]
        return told

    def results(self, *scans, **facts):
        """What became of each, in their order."""
        results = self.send(*scans, **facts)["results"]
        return [results[scan["id"]] for scan in scans]


@pytest.fixture
def phone(door):
    return Phone(door)


@pytest.fixture
def other_phone(other_door):
    return Phone(other_door)


def firsts(event) -> dict:
    """{key of a delegate: the first scan that stands}."""
    rows = Delegate.objects.filter(event=event, first_scan__isnull=False)
    return {key: str(uid) for key, uid in rows.values_list("pk", "first_scan__uid")}
