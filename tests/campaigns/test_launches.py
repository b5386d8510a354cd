"""Who has launched and who has not: for one campaign, as a matrix of the year, in Excel, in the letter that reminds."""

import io
from datetime import date

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from campaigns import papers
from campaigns.models import Campaign
from campaigns.progress import missing_units
from documents import areas
from documents.models import Document
from documents.moves import MoveRefused
from documents.steps import Refused
from tests.conftest import make_unit, make_user
from units.models import Role, Unit

from .conftest import TODAY, make_campaign


def rows_of(answer):
    return {row.unit.name: row.cells[0] for row in answer.context["rows"]}


def test_the_list_tells_who_launched_since_when_and_who_did_not(campaign, child, officer, client_of):
    answer = client_of(officer).get(reverse("campaign_launches", args=[campaign.pk]))
    found = rows_of(answer)
    assert len(found) == 4
    assert (found["UBND xã Ba Sơn"].child, found["UBND xã Công Sơn"].child) == (child, None)
    assert [found[name].is_missing for name in sorted(found)].count(True) == 3
    assert [answer.context[name] for name in ("asked", "launched", "missing")] == [4, 1, 3]


@pytest.mark.parametrize(("muc", "names"), [("roi", ["Ba Sơn"]), ("chua", ["Cao Lộc", "Công Sơn", "Đồng Đăng"])])
def test_the_list_is_filtered_by_who_did(campaign, child, officer, client_of, muc, names):
    answer = client_of(officer).get(reverse("campaign_launches", args=[campaign.pk]), {"muc": muc})
    assert sorted(rows_of(answer)) == [f"UBND xã {name}" for name in names]


def test_a_draft_and_a_stopped_one_are_not_launched(campaign, child, officer):
    Campaign.objects.filter(pk=child.pk).update(state="stopped")
    assert missing_units(campaign).count() == 4
    Campaign.objects.filter(pk=child.pk).update(state="draft", launched_on=None)
    assert missing_units(campaign).count() == 4


def test_a_unit_sees_its_own_row_alone(campaign, child, bason, congson, council_member, client_of):
    url = reverse("campaign_launches", args=[campaign.pk])
    for user, names in ((bason, ["UBND xã Ba Sơn"]), (congson, ["UBND xã Công Sơn"]), (council_member, [])):
        assert list(rows_of(client_of(user).get(url))) == names
    exported = client_of(congson).get(url, {"xuat": "xlsx"})
    rows = list(openpyxl.load_workbook(io.BytesIO(exported.content)).active.iter_rows(values_only=True))
    assert [row[0] for row in rows] == ["Đơn vị", "UBND xã Công Sơn"]


def test_the_export_holds_what_is_filtered(campaign, child, officer, client_of):
    url = reverse("campaign_launches", args=[campaign.pk])
    exported = client_of(officer).get(url, {"xuat": "xlsx", "muc": "roi"})
    rows = list(openpyxl.load_workbook(io.BytesIO(exported.content)).active.iter_rows(values_only=True))
    assert rows[1][0] == "UBND xã Ba Sơn"
    assert rows[1][4].date() == date(2026, 1, 25)
    assert len(rows) == 2


def test_the_letter_goes_to_those_who_launched_nothing(campaign, child, officer, client_of):
    answer = client_of(officer).post(reverse("remind_launches", args=[campaign.pk]))
    document = Document.objects.get(area=papers.REMINDER)
    assert answer.url == document.get_absolute_url()
    assert sorted(document.addressees.values_list("key", flat=True)) == ["don-vi:xa-1", "don-vi:xa-2", "don-vi:xa-3"]
    assert "12/PĐ-UBND" in document.body
    with pytest.raises(Refused, match="đang soạn"):
        papers.draft_reminder(campaign, by=officer)


def test_nobody_is_reminded_where_all_launched(campaign, communes, officer):
    for unit in communes:
        make_campaign(unit, officer, f"Của {unit}").parents.add(campaign)
    with pytest.raises(Refused, match="đều đã phát động"):
        papers.draft_reminder(campaign, by=officer)


def test_the_matrix_sets_units_and_campaigns_beside_each_other(campaign, child, province, officer, bason, client_of):
    other = make_campaign(province, officer, "Đợt đặc biệt", asked_kinds=["department"], launched_on=date(2026, 3, 1))
    url = reverse("year_launches", args=[2026])
    answer = client_of(officer).get(url)
    rows = {row.unit.name: row.cells for row in answer.context["rows"]}
    assert answer.context["campaigns"] == [campaign, other]
    first, second = rows["UBND xã Ba Sơn"]
    assert (first.child, second.asked, second.child) == (child, False, None)
    assert [cell.is_missing for cell in rows["UBND xã Cao Lộc"]] == [True, False]
    assert rows["Sở Nội vụ"][1].is_missing
    assert client_of(bason).get(url).status_code == 403
    assert client_of(officer).get(url, {"muc": "chua", "kind": "commune"}).context["paginator"].count == 3
    exported = client_of(officer).get(url, {"xuat": "xlsx"})
    table = list(openpyxl.load_workbook(io.BytesIO(exported.content)).active.iter_rows(values_only=True))
    found = {row[0]: row[1:] for row in table}
    assert found["UBND xã Ba Sơn"] == ("25/01/2026", None)
    assert found["UBND xã Cao Lộc"] == ("chưa phát động", None)


def asked(client, url):
    client.get(url)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


def test_pages_cost_the_same_with_many_units_and_campaigns(campaign, child, province, officer, client_of):
    client = client_of(officer)
    urls = [
        reverse("campaigns"),
        campaign.get_absolute_url(),
        reverse("campaign_launches", args=[campaign.pk]),
        reverse("year_launches", args=[2026]),
    ]
    before = [asked(client, url) for url in urls]
    for n in range(20):
        unit = make_unit(f"them-{n}", f"UBND xã Thêm {n}", kind=Unit.Kind.COMMUNE)
        make_campaign(unit, officer, f"Thêm {n}").parents.add(campaign)
    for n in range(5):
        make_campaign(province, officer, f"Của tỉnh {n}")
    assert [asked(client, url) for url in urls[:3]] == before[:3]
    # A column's filter is not asked for; only its cells are.
    assert asked(client, urls[3]) == before[3]


def test_a_letter_to_many_units_has_their_names_behind_it(campaign, communes, officer):
    for n in range(papers.MOST_ADDRESSED):
        make_unit(f"nhieu-{n}", f"UBND xã Nhiều {n}", kind=Unit.Kind.COMMUNE)
    letter = papers.draft_reminder(campaign, by=officer)
    assert letter.to == "Các cơ quan, đơn vị trong danh sách kèm theo"
    listed = letter.appendices.get().body
    assert all(unit.name in listed for unit in missing_units(campaign))
    assert letter.addressees.count() == papers.MOST_ADDRESSED + 4


def test_drafts_that_one_may_not_see_count_as_nothing(campaign, client_of):
    top = make_unit("tren", "Sở Trên")
    below = make_unit("duoi", "Phòng Dưới", superior=top)
    keeper = make_user("tren", "Người Trên", Role.UNIT_OFFICER, top)
    author = make_user("duoi", "Người Dưới", Role.UNIT_OFFICER, below)
    own = make_campaign(top, keeper, "Của Sở Trên")
    hidden = make_campaign(below, author, "BẢN NHÁP KÍN", state="draft")
    hidden.parents.add(own)
    url = reverse("campaign_launches", args=[own.pk])
    answer = client_of(keeper).get(url)
    assert rows_of(answer)["Phòng Dưới"].child is None
    exported = client_of(keeper).get(url, {"xuat": "xlsx"})
    rows = list(openpyxl.load_workbook(io.BytesIO(exported.content)).active.iter_rows(values_only=True))
    assert rows[1][:4] == ("Phòng Dưới", below.get_kind_display(), None, "Chưa phát động")
    Campaign.objects.filter(pk=hidden.pk).update(state="launched", launched_on=date(2026, 2, 1))
    assert rows_of(client_of(keeper).get(url))["Phòng Dưới"].child == hidden


def test_the_matrix_finds_who_launched_all_that_asks_it(campaign, child, province, officer, communes, client_of):
    make_campaign(province, officer, "Của các sở", asked_kinds=["department"])
    url = reverse("year_launches", args=[2026])

    def found(muc):
        return sorted(row.unit.name for row in client_of(officer).get(url, {"muc": muc}).context["rows"])

    assert found("roi") == ["UBND xã Ba Sơn"]
    assert "UBND xã Ba Sơn" not in found("chua")
    make_campaign(province, officer, "Của các xã")
    assert found("roi") == []
    assert "UBND xã Ba Sơn" in found("chua")


def test_the_matrix_leads_to_the_years_beside_it(officer, client_of):
    def years(year):
        return client_of(officer).get(reverse("year_launches", args=[year])).context["years"]

    assert [years(2000), years(2026), years(2100)] == [[2001], [2025, 2027], [2099]]
    assert (
        reverse("year_launches", args=[2027])
        in client_of(officer).get(reverse("year_launches", args=[2026])).content.decode()
    )


@pytest.mark.parametrize("year", [0, 1999, 2101, 9999, 10**20])
def test_there_is_no_matrix_of_other_years(officer, client_of, year):
    for query in ({}, {"xuat": "xlsx"}):
        assert client_of(officer).get(reverse("year_launches", args=[year]), query).status_code == 404


def test_units_are_asked_as_they_are_today(campaign, communes):
    Unit.objects.filter(pk=communes[2].pk).update(ended=date(2026, 3, 1))
    born = make_unit("xa-moi", "UBND xã Mới", kind=Unit.Kind.COMMUNE, founded=date(2026, 3, 1))
    asked = campaign.asked_units()
    assert (communes[2] in asked, born in asked) == (False, True)
    assert set(missing_units(campaign)) == set(asked)
    before = campaign.asked_units(date(2026, 2, 1))
    assert (communes[2] in before, born in before) == (True, False)


@pytest.mark.parametrize(
    ("facts", "day"),
    [
        ({}, TODAY),
        ({"ends_on": date(2026, 5, 1), "interim_on": None}, date(2026, 5, 1)),
        ({"ends_on": date(2026, 5, 1), "interim_on": None, "state": "closed"}, date(2026, 5, 1)),
        ({"launched_on": date(2026, 7, 1)}, date(2026, 7, 1)),
        ({"state": "draft", "launched_on": None}, TODAY),
    ],
)
def test_as_of_which_day_units_are_asked(campaign, facts, day):
    for name, value in facts.items():
        setattr(campaign, name, value)
    assert campaign.asked_day == day


def test_the_unit_that_launched_is_not_asked_itself(communes, officer):
    found = make_campaign(communes[0], officer, level="nation")
    assert set(found.asked_units()) == set(communes[1:])


def test_nobody_is_reminded_of_what_does_not_go_on(campaign, officer):
    letter = papers.draft_reminder(campaign, by=officer)
    papers.hear_reminder(letter, areas.ISSUED)
    for state in ("postponed", "stopped", "closed"):
        Campaign.objects.filter(pk=campaign.pk).update(state=state)
        with pytest.raises(MoveRefused, match="không đôn đốc nữa"):
            papers.hear_reminder(letter, areas.ISSUED)
        papers.hear_reminder(letter, areas.RECALLED)
