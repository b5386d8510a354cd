"""What phones send: any order of arrival, and any repetition, ends in the same state; one bad entry holds up nothing."""

import random
import uuid
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from conferences.cards import codes
from conferences.door import taking
from conferences.models import Delegate, Scan, TakenBack

from .conftest import Phone, ago, card, firsts, make_congress, make_door, make_people, undone

pytestmark = pytest.mark.django_db


def test_a_card_lets_in_once_and_the_second_is_told_of_the_first(people, phone, other_phone):
    first, second = card(people[0], 60), card(people[0], 20)
    assert phone.results(first) == ["in"]
    told = other_phone.send(second)
    assert told["results"] == {second["id"]: "again"}
    assert told["changes"] == [[people[0].pk, first["id"], pytest.approx(first["at"]), "Cửa 1"]]
    assert (told["seq"], phone.send()["changes"]) == (1, [])


def test_the_earlier_one_is_first_though_it_arrives_later(people, phone, other_phone):
    early, late = card(people[0], 300), card(people[0], 20)
    assert phone.results(late) == ["in"]
    assert other_phone.results(early) == ["in"]
    # The door that let in the later one hears it, and is told "again" when it asks anew.
    assert phone.send()["changes"] == [[people[0].pk, early["id"], pytest.approx(early["at"]), "Cửa 2"]]
    assert phone.results(late) == ["again"]
    assert firsts(people[0].event) == {people[0].pk: early["id"]}


def test_equal_moments_go_by_the_id(people, phone, other_phone):
    at = ago(60)
    ids = sorted(str(uuid.uuid4()) for _ in range(2))
    phone.send(card(people[0], at=at, id=ids[1]))
    other_phone.send(card(people[0], at=at, id=ids[0]))
    assert firsts(people[0].event) == {people[0].pk: ids[0]}


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("https://example.org/abc", "unreadable"),
        ("", "unreadable"),
        (codes.make("QQQ"), "elsewhere"),
        (codes.make("VT7"), "unknown"),
    ],
    ids=["an address", "nothing", "of another conference", "of nobody"],
)
def test_what_is_no_card_of_here_is_kept_and_told(people, phone, code, told):
    scan = card(people[0], code=code)
    assert phone.results(scan) == [told]
    kept = Scan.objects.get()
    assert (kept.fault, kept.delegate, kept.outcome) == (told, None, Scan.Outcome.FAULT)


def test_the_card_of_another_conference_lets_nobody_in(people, phone, commune, officer):
    other = make_congress(commune, officer, letters="QQ7", name="Hội nghị khác")
    stranger = make_people(other, 1, officer)[0]
    assert phone.results(card(stranger)) == ["elsewhere"]
    assert phone.results(card(stranger, code="", n=stranger.pk)) == ["unreadable"]
    assert firsts(other) == {}


def test_a_delegate_who_was_replaced_is_told_so_and_not_counted(people, phone):
    Delegate.objects.filter(pk=people[0].pk).update(state=Delegate.State.REPLACED)
    assert phone.results(card(people[0])) == ["withdrawn"]
    assert Scan.objects.select_related("delegate").get().outcome == Scan.Outcome.LEFT


def test_by_name_one_without_a_card_comes_in(people, phone):
    Delegate.objects.filter(pk=people[1].pk).update(code=None)
    assert phone.results(card(people[1], code="", n=people[1].pk, way="ten")) == ["in"]
    assert Scan.objects.get().way == Scan.Way.NAME


def test_sent_twice_is_sent_once(people, phone):
    scan = card(people[0])
    assert [phone.results(scan, scan), phone.results(scan)] == [["in", "in"], ["in"]]
    assert Scan.objects.count() == 1


# --- Taken back


def test_a_scan_is_taken_back_and_the_next_one_stands(people, phone, other_phone):
    mine, others = card(people[0], 60), card(people[0], 20)
    phone.send(mine)
    other_phone.send(others)
    back = undone(mine)
    assert phone.results(back) == ["undone"]
    assert firsts(people[0].event) == {people[0].pk: others["id"]}
    assert phone.results(mine) == ["undone"]


def test_nobody_is_there_when_the_only_scan_is_taken_back(people, phone):
    mine = card(people[0])
    phone.send(mine)
    told = phone.send(undone(mine))
    assert told["changes"] == [[people[0].pk, None, None, None]]
    assert firsts(people[0].event) == {}


def test_what_is_taken_back_before_it_arrives_lets_nobody_in(people, phone):
    mine = card(people[0])
    phone.send(undone(mine))
    assert phone.results(mine) == ["undone"]
    assert firsts(people[0].event) == {}


def test_a_door_takes_back_its_own_scans_alone(people, phone, other_phone):
    mine = card(people[0])
    other_phone.send(undone(mine))
    phone.send(mine)
    other_phone.send(undone(mine))
    assert firsts(people[0].event) == {people[0].pk: mine["id"]}


# --- Clocks


def test_a_clock_that_was_never_compared_is_set_right_when_it_is_sent(people, phone):
    ten_minutes = 600_000
    scan = card(people[0], at=ago(60) + ten_minutes, sure=False)
    phone.send(scan, now=timezone.now().timestamp() * 1000 + ten_minutes)
    kept = Scan.objects.get()
    assert abs(kept.at - (timezone.now() - timedelta(seconds=60))) < timedelta(seconds=5)
    assert kept.is_sure is False


@pytest.mark.parametrize(
    ("at", "limit"),
    [(ago(-9_999_999), "now"), (0, "since"), (1e300, "now"), (ago(4 * 3600), "since")],
    ids=["to come", "long ago", "beyond all days", "before the door"],
)
def test_no_scan_is_in_the_future_or_before_the_door(people, phone, door, at, limit):
    phone.send(card(people[0], at=at))
    expected = timezone.now() if limit == "now" else door.since
    assert abs(Scan.objects.get().at - expected) < timedelta(seconds=5)


# --- What no phone of ours sends


RUBBISH = [
    7, None, [], "x", {}, {"id": "x"}, {"id": 5, "at": 5}, {"id": str(uuid.uuid4())},
    {"id": str(uuid.uuid4()), "at": "x"}, {"id": str(uuid.uuid4()), "at": None}, {"id": str(uuid.uuid4()), "at": [1]},
    {"id": str(uuid.uuid4()), "at": float("nan")}, {"id": str(uuid.uuid4()), "at": float("inf")},
    {"id": str(uuid.uuid4()), "at": 1e308, "code": {"a": 1}}, {"id": str(uuid.uuid4()), "at": -5, "code": "\0\0"},
    {"id": str(uuid.uuid4()), "at": 5, "code": "\ud800"}, {"id": str(uuid.uuid4()), "at": 5, "code": "x" * 9999},
    {"id": str(uuid.uuid4()), "at": 5, "n": 10**30}, {"id": str(uuid.uuid4()), "at": 5, "n": "x", "way": "?" * 99},
    {"id": str(uuid.uuid4()), "at": 5, "undo": "x"}, {"id": str(uuid.uuid4()), "at": 5, "undo": str(uuid.uuid4())},
]  # fmt: skip


def test_one_bad_entry_holds_up_no_other(people, phone):
    good = card(people[0])
    told = phone.send(*RUBBISH, good)
    assert told["results"][good["id"]] == "in"
    # Whatever has an id is answered, or it would come again for ever.
    assert {entry["id"] for entry in RUBBISH if isinstance(entry, dict) and isinstance(entry.get("id"), str)} <= set(
        told["results"]
    )


@pytest.mark.parametrize(
    "body",
    [
        b"", b"x", b"[]", b"5", b"null", b'{"now": 5}', b'{"now": "x", "scans": []}', b'{"now": NaN, "scans": []}',
        b'{"now": 1, "scans": 5}', b'{"now": 1, "scans": [], "since": "x"}', b"\xff\xfe", b"[" * 100_000,
    ],
)  # fmt: skip
def test_a_body_that_is_none_is_refused(phone, body):
    answer = phone.client.post("/cua/gui", body, content_type="application/json", headers={"X-Cua": phone.secret})
    assert answer.status_code == 400


def test_the_scan_of_one_conference_is_not_taken_for_another(people, phone, commune, own):
    other = make_congress(commune, own, letters="QQ7", name="Hội nghị khác")
    elsewhere = Phone(make_door(other, own))
    scan = card(people[0])
    phone.send(scan)
    assert elsewhere.results(scan) == ["refused"]
    answer = elsewhere.ask("door_send", {"now": 1, "since": 0, "scans": [], "event": people[0].event_id})
    assert answer.status_code == 409


def test_a_phone_that_knows_more_than_there_is_hears_all_anew(people, phone):
    phone.send(card(people[0]))
    phone.since = 999
    assert [row[0] for row in phone.send()["changes"]] == [people[0].pk]


# --- Any order, one state


def _story(people, rng):
    """(what two doors sent, whom each lets in first): scans, repetitions, some taken back; moments may be equal."""
    sent, stands = [], {}
    for _ in range(24):
        who, where = rng.choice(people), rng.randrange(2)
        scan = card(who, seconds=rng.randrange(20, 90))
        sent.append((where, scan))
        if rng.random() < 0.3:
            sent.append((where, undone(scan)))
        else:
            key = scan["at"], scan["id"]
            stands[who.pk] = min(stands.get(who.pk, key), key)
    return sent + rng.sample(sent, 8), {key: uid for key, (_, uid) in stands.items()}


def test_any_order_and_any_repetition_ends_in_one_state(people, door, other_door):
    rng = random.Random(17)  # noqa: S311  the same every time
    event = people[0].event
    for _ in range(4):
        sent, expected = _story(people, rng)
        for _ in range(6):
            rng.shuffle(sent)
            with transaction.atomic():
                batch, start = rng.randrange(1, 9), 0
                while start < len(sent):
                    for place, one in enumerate((door, other_door)):
                        scans = [scan for where, scan in sent[start : start + batch] if where == place]
                        taking.take(one, now=timezone.now().timestamp() * 1000, since=0, scans=scans)
                    start += batch
                assert firsts(event) == expected
                assert Scan.objects.count() == len({scan["id"] for _, scan in sent if "undo" not in scan})
                # Whoever listens from the beginning knows the same.
                told, _ = taking.changes(event.pk, 0)
                assert {key: uid for key, uid, _, _ in told if uid} == expected
                transaction.set_rollback(True)
    assert not TakenBack.objects.exists()


def test_taking_in_asks_as_much_for_many_as_for_one(people, door, django_assert_max_num_queries):
    for number in (1, 60):
        scans = [card(people[place % 6]) for place in range(number)]
        with django_assert_max_num_queries(16):
            taking.take(door, now=timezone.now().timestamp() * 1000, since=0, scans=scans)
