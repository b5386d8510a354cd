"""An award that was cancelled or stripped counts nowhere from that day on, and again from the day on which it was restored."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from awards.decisions import cancelling
from awards.fund.models import Payment
from awards.models import Aim, Award, Office, Registration
from awards.records.facts import facts_of
from awards.unit_page import awards_for
from tests.awards.conftest import give, make_recipient

DAY = date(2025, 3, 2)
WHY = {"reason": "Kết luận", "number": "9/QĐ-CTN", "day": DAY}


@pytest.fixture
def person(types, other_unit):
    return make_recipient(name="Nông Thị Mất", unit=other_unit)


@pytest.fixture
def honour(person, officer):
    office = Office.objects.get(code="president")
    return give(person, "NGUT", 2024, officer, office=office, number="700/QĐ-CTN", position_class="direct")


@pytest.fixture
def aim(person, honour, unit_officer):
    row = Registration.objects.create(
        unit=person.unit, year=2024, state="sent", sent_on=date(2024, 2, 1), by=unit_officer
    )
    return Aim.objects.create(registration=row, recipient=person, type=honour.type)


def seen(client, address, **asked):
    return [row.pk for row in client.get(address, asked).context["page_obj"].object_list]


def counted(award, person, aim, client, settings):
    """{place: whether the award counts there}."""
    settings.AWARDS_ARE_PUBLIC = True
    held = facts_of([person])[person.pk].held[0]
    figures = client.get("/khen-thuong/thong-ke/2024/state/").context["figures"]
    structure = client.get("/khen-thuong/thong-ke/co-cau/", {"nam": "2024"}).context["found"]
    return {
        "facts": not held.lost_on(timezone.localdate()),
        "list": award.pk in seen(client, "/khen-thuong/"),
        "form": figures.cancelled == 0,
        "structure": structure.number == 1,
        "reached": Aim.objects.with_reached().get(pk=aim.pk).reached,
        "public": "Nông Thị Mất" in client.get("/cong-khai/khen-thuong/").content.decode(),
        "due": Payment.objects.due().filter(award=award).exists(),
    }


def test_it_counts_nowhere_and_then_again(honour, person, aim, officer, client_of, settings):
    Payment.objects.create(award=honour, amount=1000, payer_unit=officer.unit)
    client = client_of(officer)
    before = counted(honour, person, aim, client, settings)
    assert all(before.values()), before
    cancelling.strip(honour, by=officer, ground="prison", amount=None, items="Huy hiệu", **WHY)
    honour.refresh_from_db()
    assert not any(counted(honour, person, aim, client, settings).values())
    assert seen(client, "/khen-thuong/", huy="on") == [honour.pk] == seen(client, "/khen-thuong/", huy="ca")
    restored = WHY | {"number": "12/QĐ-CTN", "day": DAY + timedelta(days=30)}
    cancelling.reinstate(honour, by=officer, ground="restore", **restored)
    honour.refresh_from_db()
    assert counted(honour, person, aim, client, settings) == before


def test_the_page_of_a_unit_tells_of_it_no_more(types, officer, other_unit):
    unit = make_recipient("collective", other_unit.name, unit=other_unit, is_unit=True)
    award = give(unit, "BKT", 2024, officer)
    assert awards_for(other_unit, officer)
    cancelling.cancel(award, by=officer, ground="forged", amount=None, items="", **WHY)
    assert not awards_for(other_unit, officer)
    assert Award.objects.standing().filter(pk=award.pk).exists()
