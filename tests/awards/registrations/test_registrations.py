"""What units register at the beginning of a year, and what they reached of it."""

from datetime import date

import pytest
from django.urls import reverse

from awards.models import Aim, Registration
from awards.registrations import actions
from documents.models import Change
from documents.steps.refusing import Refused
from tests.awards.conftest import give, make_recipient
from tests.days import TODAY
from tests.walking import turns_of, walk

pytestmark = pytest.mark.usefixtures("day_of_the_run")
YEAR = TODAY.year
UNIT, OFFICE = {"unit_officer"}, {"officer", "leader", "administrator"}
MAY = {"draft": {"register": UNIT, "strike": UNIT, "send": UNIT}, "sent": {"reopen": OFFICE}}


@pytest.fixture
def person(types, unit_officer):
    return make_recipient(name="Nông Thị Mẫu", unit=unit_officer.unit)


@pytest.fixture
def registration(person, types, unit_officer):
    """The unit's for this year, with one who strives for «Lao động tiên tiến»."""
    row = actions.begin(YEAR, by=unit_officer)
    return actions.register(row, by=unit_officer, recipients=[person], type=types["LDTT"])


@pytest.mark.parametrize("state", MAY)
def test_every_step_by_every_person(state, registration, unit_officer, people, client_of):
    if state == "sent":
        actions.send(registration, by=unit_officer)
    may = {one: {what for what, found in MAY[state].items() if one in found} for one in people}
    walk(
        actions.STEPS, lambda: Registration.objects.get(pk=registration.pk), turns_of(people), client_of, may=may, typed={},
        known=lambda row: list(Change.objects.filter(about="registration", key=row.pk).values_list("what", flat=True)),
        reasons={"reopen"},
    )  # fmt: skip


def test_what_was_reached_stands_beside_it(registration, person, types, officer, client_of, unit_officer):
    actions.register(registration, by=unit_officer, recipients=[person], type=types["CSTDCS"])
    give(person, "LDTT", YEAR, officer, day=date(YEAR, 1, 5))
    give(person, "CSTDCS", YEAR - 1, officer)
    assert {(aim.type.code, aim.reached) for aim in registration.aims.with_reached()} == {
        ("LDTT", True),
        ("CSTDCS", False),
    }
    row = client_of(unit_officer).get(reverse("registrations")).context["page_obj"].object_list[0]
    assert (row.number, row.reached) == (2, 1)
    assert client_of(unit_officer).get(registration.get_absolute_url()).context["counts"] == {"all": 2, "done": 1}


def test_last_years_lines_are_taken_over_but_of_who_left(registration, person, types, unit_officer):
    gone = make_recipient(name="Vi Văn Đi", unit=None)
    Aim.objects.create(registration=registration, recipient=gone, type=types["LDTT"])
    copied = actions.begin(YEAR + 1, by=unit_officer, copies=True)
    assert [(aim.recipient, aim.type.code) for aim in copied.aims.all()] == [(person, "LDTT")]


def test_a_year_is_registered_once(registration, unit_officer):
    with pytest.raises(Refused, match="đã có bản đăng ký"):
        actions.begin(YEAR, by=unit_officer)


@pytest.mark.parametrize("code", ["TTLDTT", "BKT"])
def test_what_a_person_cannot_strive_for(registration, person, types, unit_officer, code):
    with pytest.raises(Refused) as refused:
        actions.register(registration, by=unit_officer, recipients=[person], type=types[code])
    assert refused.value.field == "type"


def test_an_empty_one_is_not_sent(types, unit_officer):
    with pytest.raises(Refused, match="chưa có dòng nào"):
        actions.send(actions.begin(YEAR, by=unit_officer), by=unit_officer)


def test_written_by_the_page_and_hidden_from_others(types, person, unit_officer, client_of, stranger, officer):
    client = client_of(unit_officer)
    answer = client.post(reverse("new_registration"), {"year": YEAR})
    row = Registration.objects.get()
    assert answer.url == row.get_absolute_url()
    client.post(reverse("register", args=[row.pk]), {"type": types["LDTT"].pk, "recipients": [person.pk]})
    aim = row.aims.get()
    assert "Nông Thị Mẫu" in client.get(row.get_absolute_url()).content.decode()
    for name in ("registration", "register"):
        assert client_of(stranger).get(reverse(name, args=[row.pk])).status_code == 404
    assert client_of(officer).get(row.get_absolute_url()).status_code == 404
    client.post(reverse("strike_aims", args=[row.pk]), {"dong": [aim.pk]})
    assert not row.aims.exists()


@pytest.mark.parametrize("key", ["²", "9" * 25, "x"])
def test_lines_that_are_none_are_not_struck(key, registration, unit_officer, client_of):
    answer = client_of(unit_officer).post(reverse("strike_aims", args=[registration.pk]), {"dong": [key]})
    assert answer.status_code == 302
    assert registration.aims.count() == 1
