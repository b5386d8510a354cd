"""What a phone is given without an account: a page that holds nobody's name, and the list, which needs a secret."""

import re
from datetime import timedelta

import pytest
from django.contrib.staticfiles import finders
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from conferences.door import phone_views
from conferences.door.actions import close, renew
from conferences.models import Delegate, Door, Event
from documents.models import Document, DocumentType
from units import slowing

from .conftest import Phone, card, firsts, make_people

pytestmark = pytest.mark.django_db
PARTS = ["at_door", "door_worker", "door_reader", "door_manifest"]
ASKED = [("door_enter", "post"), ("door_people", "get"), ("door_send", "post"), ("door_leave", "post")]


@pytest.fixture(autouse=True)
def nobody_tried():
    cache.clear()


def moved(door, **times):
    """The door with other times."""
    Door.objects.filter(pk=door.pk).update(**times)


# --- The page


@pytest.mark.parametrize("name", PARTS)
def test_the_page_is_the_same_for_everybody_and_holds_no_name(name, people, phone, client):
    phone.send(card(people[0]))
    given, own = client.get(reverse(name)), phone.client.get(reverse(name), headers={"X-Cua": phone.secret})
    assert given.status_code == 200
    assert given.content == own.content
    assert given["Cache-Control"] == "no-cache"
    for secret in (phone.secret, people[0].event.name, "Cửa 1", people[0].code, *(one.name for one in people)):
        assert secret.encode() not in given.content


def test_only_the_reader_may_compile_the_decoder(client):
    policies = {name: client.get(reverse(name))["Content-Security-Policy"] for name in PARTS}
    assert {name for name, policy in policies.items() if "unsafe" in policy} == {"door_reader"}
    assert set(policies["door_reader"].split("; ")) == {
        "default-src 'none'", "script-src 'self' 'wasm-unsafe-eval'", "connect-src 'self'"
    }  # fmt: skip


def test_all_that_the_page_needs_is_kept_for_when_there_is_no_line(client):
    page, worker = (client.get(reverse(name)).content.decode() for name in ("at_door", "door_worker"))
    reader = client.get(reverse("door_reader")).content.decode()
    needed = set(re.findall(r'(?:src|href)="(/[^"]*\.(?:css|js|svg))"', page)) | set(
        re.findall(r'"(/static/[^"]*)"', reader)
    )
    kept = set(re.findall(r'"(/[^"]*)"', worker.splitlines()[1]))
    assert len(needed) > 7
    assert needed <= kept
    # One file that is not there, and nothing would be kept.
    assert all(finders.find(file) for file in phone_views.FILES)
    assert {reverse("at_door"), reverse("door_reader"), reverse("door_manifest")} <= kept


def test_a_phone_installs_the_page(client):
    manifest = client.get(reverse("door_manifest")).json()
    assert (manifest["start_url"], manifest["scope"], manifest["display"]) == ("/cua/", "/cua/", "standalone")
    assert {icon["sizes"] for icon in manifest["icons"]} == {"192x192", "512x512"}
    assert all(finders.find(icon["src"].removeprefix("/static/")) for icon in manifest["icons"])
    assert b'rel="apple-touch-icon"' in client.get(reverse("at_door")).content


def test_a_new_text_of_the_page_is_a_new_store(client, monkeypatch):
    before = client.get(reverse("door_worker")).content
    phone_views._drawn.cache_clear()
    drawn = phone_views.render_to_string
    monkeypatch.setattr(
        phone_views, "render_to_string", lambda name, context: drawn(name, context) + (" " * name.endswith("page.html"))
    )
    after = client.get(reverse("door_worker")).content
    phone_views._drawn.cache_clear()
    assert before != after


# --- The secret


@pytest.mark.parametrize(("name", "method"), ASKED)
def test_without_the_secret_there_is_nothing(name, method, people, phone, client):
    body = {"now": 1, "since": 0, "scans": []}
    wrong = Phone(None, "x" * 43)
    assert getattr(client, method)(reverse(name)).status_code == 403
    assert wrong.ask(name, body, method).status_code == 401
    assert Phone(None, "1").ask(name, body, method).status_code == 401, "no cookie yet"
    assert phone.ask(name, body, method, **{"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert phone.ask(name, body, method).status_code == 200


def test_the_secret_is_neither_stored_nor_in_an_address(door):
    kept = Door.objects.filter(pk=door.pk).values().get()
    assert door.secret not in map(str, kept.values())
    address, _, secret = door.address.partition("#")
    assert address.endswith("/cua/")
    assert secret == door.secret
    assert len(secret) == 43


def test_another_key_of_the_installation_opens_no_door(door, settings):
    before = door.secret
    settings.SECRET_KEY = "another"
    assert Door.objects.get().secret != before
    assert Door.objects.get().has_link is False


def test_an_installed_page_is_let_in_by_the_cookie(people, phone):
    answer = phone.ask("door_enter")
    cookie = answer.cookies["cua"]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/cua/")
    phone.secret = "1"
    assert phone.ask("door_people", method="get").status_code == 200
    assert phone.results(card(people[0])) == ["in"]
    # Who ends leaves nothing behind by which the list would come again.
    phone.ask("door_leave")
    assert phone.ask("door_people", method="get").status_code == 401


def test_a_new_link_takes_the_place_of_the_old(people, phone, door, officer):
    phone.send(card(people[0]))
    renew(door, by=officer)
    assert phone.ask("door_send", {"now": 1, "since": 0, "scans": []}).status_code == 401
    fresh = Phone(Door.objects.get())
    assert [row[0] for row in fresh.send()["changes"]] == [people[0].pk]


def test_a_closed_door_takes_nothing_more(people, phone, door, officer):
    close(door, by=officer)
    assert phone.ask("door_send", {"now": 1, "since": 0, "scans": [card(people[0])]}).status_code == 410
    assert phone.ask("door_people", method="get").status_code == 410


def test_a_conference_that_is_stopped_has_no_open_door(phone, congress):
    paper = Document.objects.create(
        type=DocumentType.objects.get(code="QĐ"), subject="dừng tổ chức", origin="ours", unit=congress.unit,
        author=congress.by, issuer_unit=congress.unit, issuer_name=congress.unit.name,
    )  # fmt: skip
    Event.objects.filter(pk=congress.pk).update(
        state=Event.State.STOPPED, stopped_on=congress.day, stopped_for="dịch", stopped_by=paper
    )
    assert phone.ask("door_people", method="get").status_code == 410


def test_the_list_is_there_within_the_times_of_the_door_alone(people, phone, door):
    hour = timedelta(hours=1)
    now = timezone.now()
    assert phone.ask("door_people", method="get").status_code == 200
    moved(door, since=now + hour, until=now + 2 * hour)
    assert phone.ask("door_people", method="get").json()["error"] == "early"
    moved(door, since=now - 3 * hour, until=now - hour)
    assert phone.ask("door_people", method="get").json()["error"] == "over"
    # What was scanned before the end still arrives, for three days.
    scan = card(people[0], 7200)
    assert phone.results(scan) == ["in"]
    moved(door, until=now - timedelta(days=3, minutes=1), since=now - timedelta(days=4))
    assert phone.ask("door_send", {"now": 1, "since": 0, "scans": [scan]}).status_code == 410


def test_nobody_is_there_before_the_door_is_open(people, phone, door):
    now = timezone.now()
    moved(door, since=now + timedelta(hours=1), until=now + timedelta(hours=2))
    sent = {"now": now.timestamp() * 1000, "since": 0, "scans": [card(people[0])]}
    answer = phone.ask("door_send", sent)
    assert (answer.status_code, answer.json()["error"]) == (403, "early")
    assert firsts(door.event) == {}
    # A mere question is answered: the clocks are compared by it.
    assert phone.ask("door_send", sent | {"scans": []}).status_code == 200


def test_the_list_says_no_more_than_is_needed_and_comes_again_when_it_changed(people, phone):
    answer = phone.ask("door_people", method="get")
    told = answer.json()
    assert told["letters"] == "VT7"
    first = people[0]
    assert told["people"][0] == [first.pk, first.code, first.name, "UBND xã Ba Sơn", "Đại biểu chính thức", "A1", False]
    tag = {"If-None-Match": answer["ETag"]}
    assert phone.ask("door_people", method="get", **tag).status_code == 304
    Delegate.objects.filter(pk=first.pk).update(state=Delegate.State.WITHDRAWN)
    again = phone.ask("door_people", method="get", **tag)
    assert again.json()["people"][0][-1] is True


def test_the_list_asks_as_much_for_many_as_for_few(people, phone, officer, django_assert_max_num_queries):
    Delegate.objects.all().delete()
    make_people(people[0].event, 200, officer, [one.delegation for one in people[:2]])
    with django_assert_max_num_queries(3):
        assert len(phone.ask("door_people", method="get").json()["people"]) == 200


def test_who_guesses_is_slowed_and_who_has_a_right_one_never(people, phone):
    wrong = Phone(None, "x" * 43)
    found = [wrong.ask("door_enter").status_code for _ in range(slowing.MOST + 1)]
    assert found == [401] * slowing.MOST + [429]
    assert phone.results(card(people[0])) == ["in"]


def test_a_question_takes_no_lock_and_four_queries(people, phone, django_assert_max_num_queries):
    phone.send(card(people[0]))
    with django_assert_max_num_queries(2):
        phone.send()


def test_the_door_is_noted_as_heard_of(phone, door):
    phone.send()
    found = Door.objects.get(pk=door.pk)
    assert found.heard_at is not None
    assert found.is_silent is False
    moved(door, heard_at=timezone.now() - timedelta(minutes=5))
    assert Door.objects.get(pk=door.pk).is_silent is True


def test_another_method_is_refused(phone):
    assert phone.ask("door_enter", method="get").status_code == 405
    assert phone.ask("door_people").status_code == 405
    assert Client().post(reverse("at_door")).status_code == 405
