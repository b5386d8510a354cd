"""Nominations taken over from registrations and from last year's files."""

import pytest
from django.urls import reverse

from awards.models import Aim, Dossier, Nomination, Registration
from awards.nominations import gathering
from awards.nominations.lines import add_all
from documents.steps.refusing import Refused
from tests.awards.conftest import make_recipient

from .conftest import YEAR


@pytest.fixture
def registered(good, bad, types, unit_officer):
    row = Registration.objects.create(unit=unit_officer.unit, year=YEAR, by=unit_officer)
    return [Aim.objects.create(registration=row, recipient=one, type=types["LDTT"]) for one in (good, bad)]


def test_those_registered_are_offered_and_taken(dossier, registered, good, bad, unit_officer, client_of):
    client = client_of(unit_officer)
    found = gathering.candidates(dossier, gathering.REGISTERED, unit_officer.inherited_units)
    assert [one.recipient for one in found] == [bad, good]
    answer = client.post(reverse("gather", args=[dossier.pk]), {"chon": [found[1].key]})
    assert answer.url == dossier.get_absolute_url()
    row = dossier.nominations.get()
    assert (row.recipient, row.name, row.post) == (good, "Nông Thị Mẫu", f"Chuyên viên, {unit_officer.unit}")
    assert [
        one.recipient for one in gathering.candidates(dossier, gathering.REGISTERED, unit_officer.inherited_units)
    ] == [bad]


def test_those_proposed_a_year_before_but_of_who_left(dossier, good, bad, types, unit_officer, stranger):
    before = Dossier.objects.create(unit=unit_officer.unit, year=YEAR - 1, author=unit_officer)
    for number, one in enumerate([good, bad], start=1):
        Nomination.objects.create(dossier=before, recipient=one, type=types["LDTT"], name=one.name, position=number)
    bad.unit = stranger.unit
    bad.save()
    assert [
        one.recipient for one in gathering.candidates(dossier, gathering.LAST_YEAR, unit_officer.inherited_units)
    ] == [good]


def test_nobody_chosen_a_file_that_is_away_and_another_units(dossier, registered, unit_officer, client_of, stranger):
    with pytest.raises(Refused, match="Chưa chọn ai"):
        gathering.take_over(dossier, gathering.REGISTERED, ["0-0"], by=unit_officer)
    with pytest.raises(Refused, match="không thêm đề nghị"):
        gathering.take_over(dossier, gathering.REGISTERED, ["0-0"], by=stranger)
    assert client_of(stranger).get(reverse("gather", args=[dossier.pk])).status_code == 404
    assert client_of(unit_officer).get(reverse("gather", args=[dossier.pk]), {"tu": "khac"}).status_code == 404


def test_a_long_file_and_what_it_is_gathered_from_are_shown_page_by_page(
    dossier, unit_officer, types, client_of, monkeypatch
):
    for pages in ("views", "line_views"):
        monkeypatch.setattr(f"awards.nominations.{pages}.ON_A_PAGE", 2)
    people = [make_recipient(name=f"Lý Văn {letter}", unit=unit_officer.unit) for letter in "ABCDE"]
    earlier = Dossier.objects.create(unit=unit_officer.unit, year=dossier.year - 1, author=unit_officer)
    add_all(earlier, [Nomination(recipient=one, type=types["LDTT"]) for one in people], by=unit_officer)
    client, address = client_of(unit_officer), f"/khen-thuong/ho-so/{dossier.pk}/lay-tu/?tu=nam-truoc"
    assert len(client.get(address).context["page_obj"].object_list) == 2
    keys = [f"{one.pk}-{types['LDTT'].pk}" for one in people]
    # Those of other pages come in one field.
    client.post(address, {"chon": keys[:2], "chon-khac": ",".join(keys[2:])})
    assert dossier.nominations.count() == 5
    pages = [client.get(dossier.get_absolute_url(), {"page": page}).context["nominations"] for page in (1, 3)]
    assert [[row.name for row, _ in page] for page in pages] == [["Lý Văn A", "Lý Văn B"], ["Lý Văn E"]]
