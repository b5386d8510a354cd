"""Units that serve against an epidemic: marked by a paper, seen, ended, taken out."""

from datetime import date

import pytest
from django.urls import reverse

from conferences.models import Serving
from conferences.plans import serving
from documents.models import Change
from documents.steps.refusing import Refused
from tests.conftest import make_unit
from tests.walking import turns_of, walk
from units.models import Unit


@pytest.fixture
def marked(commune, officer, paper):
    """The commune serves from the first of June on."""
    letter = paper("300/UBND-KGVX", code="CV")
    return serving.mark([commune], by=officer, since=date(2026, 6, 1), until=None, reason="Chống dịch", paper=letter)[0]


def test_who_may_do_what(marked, people, client_of):
    may = {who: {"end", "take_out"} if who in ("officer", "leader") else set() for who in people}
    walk(
        serving.STEPS, lambda: Serving.objects.get(pk=marked.pk), turns_of(people), client_of, may=may,
        typed={"end": {"until": "30/06/2026"}}, reasons={"take_out"},
        known=lambda row: Change.objects.filter(about="serving", key=row.pk).count(),
    )  # fmt: skip


def test_serves_from_its_first_day_to_its_last(marked, commune, officer):
    serving.end(marked, by=officer, until=date(2026, 6, 20))
    days = [date(2026, 5, 31), date(2026, 6, 1), date(2026, 6, 20), date(2026, 6, 21)]
    assert [serving.serving_on(commune, day) is not None for day in days] == [False, True, True, False]


@pytest.mark.parametrize("until", [date(2026, 5, 31)])
def test_it_does_not_end_before_it_began(marked, officer, until):
    with pytest.raises(Refused, match="sớm hơn ngày bắt đầu"):
        serving.end(marked, by=officer, until=until)


def test_several_units_are_marked_by_one_paper_all_or_none(marked, commune, officer, client_of):
    front = make_unit("mttq", "MTTQ tỉnh", kind=Unit.Kind.FRONT)
    dead = make_unit("xa-cu", "UBND xã Cũ", kind=Unit.Kind.COMMUNE, ended=date(2025, 6, 30))
    client, address = client_of(officer), reverse("mark_serving")
    typed = {"since": "05/06/2026", "until": "", "reason": "Chống dịch", "paper": "300/UBND-KGVX"}
    answer = client.post(address, typed | {"units": [front.pk, commune.pk]})
    assert "Trùng thời gian" in answer.content.decode()
    answer = client.post(address, typed | {"units": [dead.pk]})
    assert "Không hoạt động ngày 05/06/2026: UBND xã Cũ" in answer.content.decode()
    answer = client.post(address, typed | {"units": [front.pk], "paper": "9/UBND-X"})
    assert "Sổ chưa có văn bản số này" in answer.content.decode()
    assert Serving.objects.count() == 1
    assert client.post(address, typed | {"units": [front.pk]}).status_code == 302
    assert Serving.objects.get(unit=front).document.reference == "300/UBND-KGVX"


def test_others_see_their_own_and_mark_none(marked, own, client_of):
    other = Serving.objects.create(
        unit=make_unit("mttq", "MTTQ"), reason="Khác", since=date(2026, 6, 1), document=marked.document, by=marked.by
    )
    client = client_of(own)
    page = client.get(reverse("servings")).content.decode()
    assert "UBND xã Ba Sơn" in page
    assert "MTTQ" not in page
    assert client.get(other.get_absolute_url()).status_code == 404
    assert client.get(marked.get_absolute_url()).status_code == 200
    assert client.get(reverse("mark_serving")).status_code == 403
