"""An agenda too long for one request is voted on, and its papers are entered, part by part; all is stored at once."""

import re

import pytest
from django.urls import reverse

from awards.council import vote_forms
from awards.models import Box, Vote

from .made import called, fit, prepared, seats

NAMES = [f"Nông Thị {letter}" for letter in "ABCDE"]


@pytest.fixture(autouse=True)
def short_parts(monkeypatch):
    """Two items a page."""
    monkeypatch.setattr(vote_forms, "PART", 2)


@pytest.fixture
def five(council, officer, dossier):
    def meeting(is_secret):
        rows = [fit(dossier, name) for name in NAMES]
        return called(prepared(council, officer, rows, body="full", is_secret=is_secret), officer)

    return meeting


def carried(page):
    return re.search(r'name="carried" value="([^"]*)"', page)[1]


def keys_of(meeting):
    return list(meeting.items.order_by("position").values_list("pk", flat=True))


def test_a_member_goes_through_the_parts_and_loses_nothing(five, nine, client_of):
    meeting = five(False)
    client, address, keys = (
        client_of(nine["council_member"]),
        reverse("council_vote", args=[meeting.pk]),
        keys_of(meeting),
    )
    page = client.get(address).content.decode()
    assert [name in page for name in NAMES] == [True, True, False, False, False]
    assert "Tiếp tục" in page
    said = iter(["yes", "no", "yes", "yes", "no"])
    for part in (0, 1):
        typed = {f"item-{key}": next(said) for key in keys[part * 2 : part * 2 + 2]}
        answer = client.post(address, typed | {"carried": carried(page), "part": part, "to": part + 1})
        page = answer.content.decode()
        assert answer.status_code == 200
    assert "Xem lại phiếu" in page
    # The last part is left open: it is shown, and one goes on.
    unfinished = client.post(address, {"carried": carried(page), "part": 2})
    assert (unfinished.status_code, "Còn 1 đề nghị chưa chọn" in unfinished.content.decode()) == (422, True)
    looked_at = client.post(address, {"carried": carried(page), "part": 2, f"item-{keys[4]}": "no"}).content.decode()
    assert "Xem lại phiếu" in looked_at
    assert 'name="item-' not in looked_at
    client.post(address, {"carried": carried(looked_at), "step": "cast"})
    votes = Vote.objects.order_by("item__position").values_list("agrees", flat=True)
    assert list(votes) == [True, False, True, True, False]


def test_what_is_left_open_is_asked_for_at_the_end_alone(five, nine, client_of):
    meeting = five(False)
    client, address, keys = (
        client_of(nine["council_member"]),
        reverse("council_vote", args=[meeting.pk]),
        keys_of(meeting),
    )
    page = client.post(address, {"part": 0, f"item-{keys[1]}": "no", "to": 1}).content.decode()
    assert [name in page for name in NAMES] == [False, False, True, True, False]
    assert ("is-missing" in page, "Hãy chọn" in page, "còn 4 chưa chọn" in page) == (False, False, True)
    at_end = client.post(address, {"part": 2, "carried": carried(page), f"item-{keys[4]}": "yes"})
    page = at_end.content.decode()
    # The first part that has something open is shown, what was chosen there stays.
    assert (at_end.status_code, "Còn 3 đề nghị chưa chọn" in page, page.count("checked")) == (422, True, 1)
    assert [name in page for name in NAMES] == [True, True, False, False, False]


def test_all_are_agreed_with_at_once_from_any_part(five, nine, client_of):
    meeting = five(False)
    client, address = client_of(nine["council_member"]), reverse("council_vote", args=[meeting.pk])
    looked_at = client.post(address, {"all": "1"}).content.decode()
    client.post(address, {"carried": carried(looked_at), "step": "cast"})
    assert Vote.objects.filter(agrees=True).count() == 5


def test_sums_of_a_long_agenda_are_entered_part_by_part(five, nine, client_of):
    meeting = five(True)
    client, address, keys = (
        client_of(nine["officer"]),
        reverse("council_paper_votes", args=[meeting.pk]),
        keys_of(meeting),
    )
    assert ("Tiếp tục" in client.get(address).content.decode(), ">Lưu<" in client.get(address).content.decode()) == (
        True,
        False,
    )
    own = {"version": meeting.version, "seats": [seat.pk for seat in seats(meeting)[4:]]}
    bad = client.post(address, own | {"part": 0, f"against-{keys[0]}": "abc", "to": 1})
    assert (bad.status_code, NAMES[0] in bad.content.decode()) == (422, True)
    page = client.post(
        address, own | {"part": 0, f"against-{keys[0]}": "2", f"invalid-{keys[1]}": "1", "to": 2}
    ).content
    page = page.decode()
    assert [name in page for name in NAMES] == [False, False, False, False, True]
    # Who voted on paper stays chosen; more votes than papers in a part that is out of sight brings that part back.
    assert page.count("checked") == 3
    rest = own | {"part": 2, f"against-{keys[4]}": "3"}
    wrong = client.post(address, rest | {"carried": f"{carried(page)},{keys[2]}:3:1"})
    words = wrong.content.decode()
    assert (wrong.status_code, "Mục 3, Nông Thị C: 4 phiếu" in words, NAMES[3] in words) == (422, True, True)
    assert client.post(address, rest | {"carried": carried(page)}).status_code == 302
    box = Box.objects.get(meeting=meeting)
    assert [box.against[str(key)] for key in keys] == [2, 0, 0, 0, 3]
    assert [box.agreed[str(key)] for key in keys] == [1, 2, 3, 3, 0]
