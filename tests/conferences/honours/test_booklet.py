"""Biographies and portraits: whose are printed and shown, the consent, the booklet."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from campaigns.models import Example
from conferences.honours import actions, booklet
from conferences.models import Honour
from documents.jobs.models import Job
from documents.models import Upload
from documents.steps.refusing import Refused
from tests.conftest import make_unit, make_user
from units.models import Role

from .conftest import at, picture

AGREED = {"on": date(2026, 6, 1), "words": "bản đồng ý có chữ ký"}


def printed(event, by):
    """{name: (words, whether there is a portrait)} of what the booklet has."""
    pictures = []
    entries = [booklet._entry(row, event, pictures) for row in booklet._rows(event, by)]
    return {entry.honour.name: (entry.words, bool(entry.picture)) for entry in entries}


def test_of_a_person_nothing_is_printed_without_consent_of_a_collective_all_is(event, own, named):
    person = named("Lý Thị Mẫu", picture(), biography="Làm đường.")
    named("Thôn Một", picture(colour="red"), kind="collective", biography="Cả thôn.")
    household = named("Hộ ông Vi", picture(colour="blue"), kind="household", biography="Cả nhà.")
    assert printed(event, own) == {
        "Thôn Một": (["Cả thôn."], True),
        "Hộ ông Vi": ([], False),
        "Lý Thị Mẫu": ([], False),
    }
    assert {row.pk for row in booklet.left_out(event)} == {person.pk, household.pk}
    actions.give_consent(person, by=own, **AGREED)
    assert printed(event, own)["Lý Thị Mẫu"] == (["Làm đường."], True)
    actions.withdraw_consent(Honour.objects.get(pk=person.pk), by=own)
    assert printed(event, own)["Lý Thị Mẫu"] == ([], False)
    assert [row.name for row in Honour.objects.printable()] == ["Thôn Một"]
    with pytest.raises(Refused, match="Hãy ghi ngày đồng ý lại"):
        actions.give_consent(Honour.objects.get(pk=person.pk), by=own, **AGREED)


def test_the_consent_of_an_example_counts_until_it_ends_there(event, own, commune):
    found = Example.objects.create(
        unit=commune, by=own, kind="person", name="Hoàng Văn Gương", title="Hiến đất", deed="Hiến 200 m².", sources="Báo",
        met_on=date(2026, 1, 5), consented_on=date(2026, 1, 6), consent_words="bản ký",
    )  # fmt: skip
    actions.choose_examples(event, by=own, keys=[found.pk])
    assert printed(event, own) == {"Hoàng Văn Gương": (["Hiến 200 m²."], False)}
    assert Honour.objects.printable().count() == 1
    Example.objects.filter(pk=found.pk).update(consent_ended_on=date(2026, 6, 1))
    assert printed(event, own) == {"Hoàng Văn Gương": ([], False)}
    assert Honour.objects.printable().count() == 0


@pytest.mark.parametrize(
    ("typed", "field"),
    [({"on": date(2026, 6, 16)}, "on"), ({"on": date(1900, 1, 1)}, "on"), ({"words": "Số 001090012345"}, "words")],
)
def test_a_consent_is_of_a_day_that_has_come(typed, field, named, own):
    with pytest.raises(Refused) as refused:
        actions.give_consent(named(), by=own, **AGREED | typed)
    assert refused.value.field == field


def test_a_collective_needs_no_consent(named, own):
    with pytest.raises(Refused, match="không cần"):
        actions.give_consent(named(kind="collective"), by=own, **AGREED)


def test_what_is_edited_keeps_who_it_is_and_drops_the_old_portrait(event, own, named):
    row = named(portrait=picture())
    old = row.portrait_id
    typed = Honour.objects.get(pk=row.pk)
    typed.biography = "Mới."
    actions.edit(row, by=own, typed=typed, portrait=picture(colour="red"))
    row.refresh_from_db()
    assert row.biography == "Mới."
    assert not Upload.objects.filter(pk=old).exists()
    actions.give_consent(row, by=own, **AGREED)
    typed.name = "Người Khác"
    with pytest.raises(Refused, match="Sự đồng ý đã ghi là của «Lý Thị Mẫu»"):
        actions.edit(Honour.objects.get(pk=row.pk), by=own, typed=typed)


def test_portraits_without_consent_are_fetched_by_who_keeps_the_conference_alone(
    plan, province, officer, own, client_of
):
    congress = actions.Event.objects.create(
        unit=province, plan=plan, level=plan.levels.get(is_congress=True), kind="congress", form="congress", by=officer,
        name="Đại hội", day=date(2026, 12, 1), state="ready",
    )  # fmt: skip
    at(congress, "planned")
    honour = Honour(kind="person", name="Lý Thị Mẫu", reason="Hiến đất", unit=province, biography="Bí mật đời tư.")
    actions.name_one(congress, by=officer, honour=honour, portrait=picture())
    at(congress, "ready")
    row = congress.honours.get()
    page = reverse("honour", args=[row.pk])
    assert client_of(officer).get(row.portrait.get_absolute_url()).status_code == 200
    assert client_of(own).get(row.portrait.get_absolute_url()).status_code == 404
    assert "Bí mật" not in client_of(own).get(page).content.decode()
    assert "Bí mật" in client_of(officer).get(page).content.decode()
    actions.give_consent(row, by=officer, **AGREED)
    assert client_of(own).get(row.portrait.get_absolute_url()).status_code == 200
    assert "Bí mật" in client_of(own).get(page).content.decode()
    assert client_of(own).post(reverse("print_booklet", args=[congress.pk]), {"kho": "a5"}).status_code == 302


def test_the_booklet_is_made_at_once_where_it_is_short(event, own, named, client_of):
    named("Thôn Một", picture(), kind="collective", biography="Cả thôn.")
    answer = client_of(own).post(reverse("print_booklet", args=[event.pk]), {"kho": "a5"})
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")
    assert client_of(own).post(reverse("print_booklet", args=[event.pk]), {"kho": "a0"}).status_code == 404


def test_a_long_booklet_is_a_workers_and_holds_what_may_be_printed_then(event, own, named, client_of, monkeypatch):
    monkeypatch.setattr(booklet, "MOST_AT_ONCE", 1)
    rows = [named(f"Thôn {n}", kind="collective", biography="Cả thôn.") for n in range(2)]
    answer = client_of(own).post(reverse("print_booklet", args=[event.pk]), {"kho": "a4"})
    job = Job.objects.get()
    assert answer.headers["Location"] == job.get_absolute_url()
    assert (job.total, job.arguments) == (2, {"honour_booklet": event.pk, "size": "a4"})
    told = []
    monkeypatch.setattr(booklet, "report", lambda job, done: told.append(done))
    assert booklet._make(job).startswith(b"%PDF-")
    assert told == [1, 2]
    assert rows


def test_no_booklet_of_nobody_or_for_a_stranger(event, own):
    with pytest.raises(Refused, match="chưa có ai"):
        booklet.begin(event, "a5", by=own)
    stranger = make_user("xa-khac", "Lý Văn Khác", Role.UNIT_OFFICER, make_unit("xa-khac", "UBND xã Công Sơn"))
    with pytest.raises(Refused, match="Chỉ cán bộ giữ hội nghị"):
        booklet.begin(event, "a5", by=stranger)


def test_the_list_asks_as_much_for_many_as_for_few(event, own, named, client_of):
    named("Một")
    client, address = client_of(own), reverse("honours", args=[event.pk])
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    for number in range(8):
        named(f"Người {number}", picture(), biography="Làm.")
    with CaptureQueriesContext(connection) as many:
        client.get(address)
    assert len(many) == len(few)


def test_one_page_gives_and_takes_back_the_consent(event, own, named, client_of):
    row = named()
    client, page = client_of(own), reverse("honour", args=[row.pk])
    step = reverse("honour_step", args=[row.pk])
    typed = {"act": "honour_consent", "version": row.version, "on": "16/06/2026", "words": "bản ký"}
    answer = client.post(step, typed)
    assert answer.status_code == 422
    client.post(step, typed | {"on": "01/06/2026"})
    assert "Đồng ý in" in client.get(page).content.decode()
    row.refresh_from_db()
    client.post(step, {"act": "honour_withdraw", "version": row.version})
    assert "rút lại" in client.get(page).content.decode()
