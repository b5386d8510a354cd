"""Opinions on nominations: who asks, what waits for them, what is listed for everybody."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from awards.models import Dossier, Nomination, Opinion
from awards.nominations import asking, checking
from documents.models import Change
from documents.steps.refusing import Refused
from tests.days import TODAY
from tests.walking import turns_of, walk

OFFICE = {"officer", "leader", "administrator"}


@pytest.fixture
def fit(propose, good, bring_to):
    """A nomination that was found fit."""
    row = propose(good)
    bring_to("appraised")
    row.refresh_from_db()
    return row


@pytest.fixture
def opinion(fit, officer):
    """The standing committee is asked about it."""
    return asking.ask(Opinion(kind="committee"), [fit], by=officer)


@pytest.mark.parametrize("state", ["open", "agreed"])
def test_every_step_by_every_person(state, opinion, officer, people, client_of):
    if state == "agreed":
        asking.answer(opinion, by=officer, outcome="agreed", day=TODAY, answer="")
    may = {one: {"answer"} if one in OFFICE and state == "open" else set() for one in people}
    walk(
        asking.STEPS, lambda: Opinion.objects.get(pk=opinion.pk), turns_of(people), client_of, may=may,
        typed={"answer": {"outcome": "agreed", "day": f"{TODAY:%d/%m/%Y}"}}, reasons=set(),
        known=lambda row: list(Change.objects.filter(about="opinion", key=row.pk).values_list("what", flat=True)),
    )  # fmt: skip


def test_a_nomination_waits_until_all_have_answered(fit, opinion, officer):
    other = asking.ask(Opinion(kind="body", body="Công an tỉnh"), [fit], by=officer)
    asking.answer(opinion, by=officer, outcome="agreed", day=TODAY, answer="")
    fit.refresh_from_db()
    assert fit.state == "asked"
    asking.answer(other, by=officer, outcome="objected", day=TODAY, answer="Đang xác minh đơn")
    fit.refresh_from_db()
    assert fit.state == "fit"


def test_each_nomination_tells_that_it_was_asked_about_and_what_was_said(fit, opinion, officer):
    asking.answer(opinion, by=officer, outcome="agreed", day=TODAY, answer="")
    told = Change.objects.filter(about="dossier", of=fit.pk).order_by("pk")
    assert list(told.values_list("what", "act"))[-2:] == [
        ("asked", "Lấy ý kiến: Ban Thường vụ Tỉnh ủy"),
        ("answered", "Có ý kiến: Ban Thường vụ Tỉnh ủy"),
    ]
    assert told.last().changes["Ý kiến"] == ["", "Đồng ý, không có ý kiến khác"]
    assert Nomination.objects.get(pk=fit.pk).version == fit.version + 2


def test_what_cannot_be_asked(fit, opinion, officer, unit_officer):
    with pytest.raises(Refused, match="do Sở Nội vụ làm"):
        asking.ask(Opinion(kind="public"), [fit], by=unit_officer)
    with pytest.raises(Refused, match="ít nhất một"):
        asking.ask(Opinion(kind="public"), [], by=officer)
    with pytest.raises(Refused) as refused:
        asking.ask(Opinion(kind="body"), [fit], by=officer)
    assert refused.value.field == "unit"
    Nomination.objects.update(state="withdrawn")
    with pytest.raises(Refused, match="không còn ở bước chờ xét"):
        asking.ask(Opinion(kind="public"), [fit], by=officer)


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"day": TODAY + timedelta(days=1)}, "day"),
        ({"day": TODAY - timedelta(days=1)}, "day"),
        ({"outcome": "silent"}, "outcome"),
        ({"outcome": "objected"}, "answer"),
    ],
)
def test_answers_that_cannot_be(opinion, officer, typed, field):
    with pytest.raises(Refused) as refused:
        asking.answer(opinion, by=officer, **{"outcome": "agreed", "day": TODAY, "answer": ""} | typed)
    assert refused.value.field == field


def test_everybody_sees_what_is_listed_and_nothing_else(fit, officer, client_of, stranger, good):
    asking.ask(Opinion(kind="public"), [fit], by=officer)
    shown = client_of(stranger).get(reverse("listing")).content.decode()
    assert fit.name in shown
    assert "02/03/1985" not in shown
    assert reverse("nomination", args=[fit.pk]) not in shown
    Opinion.objects.update(due_on=TODAY - timedelta(days=1), asked_on=TODAY - timedelta(days=9))
    assert fit.name not in client_of(stranger).get(reverse("listing")).content.decode()


def test_a_listing_stands_as_long_as_the_law_asks_and_is_not_ended_before(fit, officer, types):
    Nomination.objects.update(type=types["HCLD3"])
    fit.refresh_from_db()
    with pytest.raises(Refused, match="Công khai ít nhất 10 ngày làm việc") as refused:
        asking.ask(Opinion(kind="public", due_on=TODAY + timedelta(days=3)), [fit], by=officer)
    assert refused.value.field == "due_on"
    listed = asking.ask(Opinion(kind="public"), [fit], by=officer)
    with pytest.raises(Refused, match="Còn công khai đến hết ngày") as refused:
        asking.answer(listed, by=officer, outcome="agreed", day=TODAY, answer="")
    assert refused.value.field == "outcome"
    asking.answer(listed, by=officer, outcome="objected", day=TODAY, answer="Có đơn thư")
    assert Opinion.objects.get().state == "objected"


def test_an_objection_and_who_was_not_asked_are_to_be_looked_at(fit, dossier, officer, types):
    assert not checking.doubts_about(dossier, [fit]).get(fit.pk)
    Nomination.objects.update(type=types["HCDL3"])
    fit.refresh_from_db()
    listing, committee = checking.doubts_about(dossier, [fit])[fit.pk]
    assert listing.startswith("Chưa công khai lấy ý kiến (khoản 5 Điều 84 Luật Thi đua, khen thưởng")
    assert committee == "Chưa có ý kiến của Ban Thường vụ Tỉnh ủy (Quy chế của tỉnh)."
    asking.ask(Opinion(kind="public"), [fit], by=officer)
    one = asking.ask(Opinion(kind="committee"), [fit], by=officer)
    asking.answer(one, by=officer, outcome="objected", day=TODAY, answer="Đang xác minh đơn.")
    told = f"Ban Thường vụ Tỉnh ủy có ý kiến khác ngày {TODAY:%d/%m/%Y}: Đang xác minh đơn."
    assert checking.doubts_about(dossier, [fit])[fit.pk] == [told]


def test_many_listings_ask_as_much_as_one(fit, officer, stranger, client_of):
    client = client_of(stranger)

    def asked():
        asking.ask(Opinion(kind="public"), [fit], by=officer)
        with CaptureQueriesContext(connection) as found:
            assert client.get(reverse("listing")).status_code == 200
        return len(found)

    first = asked()
    asked()
    assert asked() == first


def test_asked_by_the_page_with_a_letter(fit, officer, client_of, other_unit, stranger):
    client = client_of(officer)
    answer = client.post(
        reverse("ask_opinion", args=[fit.dossier_id]), {"kind": "body", "unit": other_unit.pk, "nominations": [fit.pk]}
    )
    row = Opinion.objects.get()
    assert answer.url == row.get_absolute_url()
    assert row.due_on > TODAY
    letter = asking.draft_letter(row, by=officer)
    assert fit.name in letter.body
    assert client_of(stranger).get(row.get_absolute_url()).status_code == 404
    assert client.get(row.get_absolute_url()).status_code == 200
    assert Dossier.objects.get().state == "appraised"
