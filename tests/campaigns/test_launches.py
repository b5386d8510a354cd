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
from documents.models import Document
from documents.steps import Refused
from tests.conftest import make_unit
from units.models import Unit

from .conftest import make_campaign


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
