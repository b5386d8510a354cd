"""The structure of a year's awards, counted by hand; what is missing for the forms, filled in."""

from functools import partial

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from awards.figures.actions import TAKEN, fill_in
from awards.models import Award, Decision, Recipient
from clusters.models import Category, Cluster, Division, Membership
from documents.models import Change
from documents.steps.refusing import Refused
from tests.campaigns.conftest import at_once
from tests.exported import sheet_of
from units.models import Sector

from ..conftest import give, make_recipient

pytestmark = pytest.mark.usefixtures("year")


@pytest.fixture
def of_2024(year, department, commune):
    """Two women and a man of the department's field of work, which is in a cluster; the commune is in none."""
    department.sector = Sector.objects.create(code="noi-chinh", name="Nội chính")
    department.save()
    Recipient.objects.filter(kind="person", unit=department).update(gender="female", ethnicity="Tày")
    Recipient.objects.filter(kind="person", unit=commune).update(gender="male", ethnicity="nung")
    Recipient.objects.filter(pk=Recipient.objects.filter(gender="female").first().pk).update(ethnicity="tay")


def parts(client, **asked):
    found = client.get(reverse("award_structure"), {"nam": 2024, **asked}).context["found"]
    return found, {part.title: [(row.words, row.number, row.whole) for row in part.shares] for part in found.parts}


@pytest.mark.usefixtures("of_2024")
class TestStructure:
    def test_of_the_province(self, client_of, officer):
        found, shown = parts(client_of(officer), cap="province")
        assert found.number == 9
        assert shown["Cá nhân, tập thể, hộ gia đình"] == [
            ("Cá nhân", 5, 9), ("Tập thể", 3, 9), ("Hộ gia đình", 1, 9), ("Trong tập thể: doanh nghiệp", 1, 3)
        ]  # fmt: skip
        assert {words: number for words, number, _ in shown["Lãnh đạo và không lãnh đạo"]} == {
            "Lãnh đạo, quản lý": 2,
            "Người trực tiếp công tác, lao động, học tập, chiến đấu và phục vụ chiến đấu": 2,
            "Doanh nhân": 1,
        }
        # The foreigner and the person of the office say neither gender nor ethnic group.
        assert shown["Nam, nữ"] == [("Nữ", 2, 5), ("Nam", 1, 5), ("Chưa ghi", 2, 5)]
        # A slug, and a name as a list wrote it, are one group.
        assert shown["Dân tộc"] == [("Tày", 2, 5), ("Nùng", 1, 5), ("Chưa ghi", 2, 5)]
        assert shown["Lĩnh vực"] == [("Nội chính", 4, 9), ("Chưa ghi", 5, 9)]
        assert shown["Đơn vị"][0] == ("Sở Nội vụ", 4, 9)
        assert "Cụm, khối thi đua" not in shown

    def test_by_the_clusters_of_that_year(self, client_of, officer, department):
        division = Division.objects.create(
            year=2024, begins_on="2024-01-01", ends_on="2024-12-31", kinds=["department"]
        )
        category = Category.objects.create(name="Sở, ban, ngành")
        cluster = Cluster.objects.create(division=division, name="Khối 1", kind=Cluster.Kind.BLOC, category=category)
        Membership.objects.create(division=division, cluster=cluster, unit=department)
        _, shown = parts(client_of(officer), cap="province")
        assert shown["Cụm, khối thi đua"] == [("Khối 1", 4, 9), ("Ngoài cụm, khối", 4, 9), ("Chưa ghi", 1, 9)]

    def test_filters_the_years_and_what_is_cancelled(self, client_of, officer):
        found, _ = parts(client_of(officer), danh_hieu="BKT")
        assert [(row.year, row.number, row.persons) for row in found.years] == [(2023, 1, 1), (2024, 5, 3)]
        latest = found.years[-1]
        assert (latest.leaders.number, latest.leaders.whole, latest.leaders.percent) == (1, 3, 33.3)
        assert (latest.women.number, latest.women.whole, latest.women.percent) == (1, 2, 50.0)
        assert parts(client_of(officer), loai="theme", cap="province")[0].number == 1
        assert "Không có khen thưởng nào" in client_of(officer).get(reverse("award_structure")).content.decode()

    def test_a_unit_sees_its_own(self, client_of, of_commune):
        assert parts(client_of(of_commune), cap="province")[0].number == 4

    def test_as_a_list_in_excel(self, client_of, officer):
        sheet = sheet_of(
            client_of(officer).get(reverse("award_structure"), {"nam": 2024, "cap": "province", "xuat": "xlsx"})
        )
        rows = [tuple(cell.value for cell in row) for row in sheet.iter_rows(min_row=5)]
        assert rows[0] == ("Phân theo", "Nhóm", "Số lượng", "Trong tổng số", "Tỷ lệ (%)")
        assert ("Nam, nữ", "Nữ", 2, 5, 40) in rows
        assert ("Năm 2024", "Lãnh đạo, quản lý", 2, 5, 40) in rows

    def test_more_awards_ask_no_more_questions(self, client_of, officer, department):
        client = client_of(officer)
        url = reverse("award_structure")
        client.get(url, {"nam": 2024})
        with CaptureQueriesContext(connection) as few:
            client.get(url, {"nam": 2024})
        for number in range(20):
            give(make_recipient(name=f"Người {number}", unit=department), "BKT", 2024, officer)
        with CaptureQueriesContext(connection) as many:
            client.get(url, {"nam": 2024})
        assert len(many) == len(few)


@pytest.fixture
def open_ones(year):
    """(an award of a person that says no class, a decision that says nothing of who laid it before the Premier)."""
    award = Award.objects.filter(type__code="CSTDT").first()
    Award.objects.filter(pk=award.pk).update(position_class="")
    decision = Award.objects.filter(type__code="CTDCP").first().decision
    Decision.objects.filter(pk=decision.pk).update(submitter="")
    return award, decision


def lacks(about="province"):
    return reverse("award_lacks", args=[2024, about])


class TestFillingIn:
    def test_on_the_page_and_in_the_log(self, client_of, officer, open_ones):
        award, decision = open_ones
        client = client_of(officer)
        assert lacks() in client.get(reverse("award_figures", args=[2024, "province"])).content.decode()
        page = client.get(lacks()).content.decode()
        assert award.name in page
        assert f"positions-{award.pk}" in page
        client.post(lacks(), {f"positions-{award.pk}": "other"})
        client.post(lacks("state"), {f"submitters-{decision.pk}": "province"})
        award.refresh_from_db()
        decision.refresh_from_db()
        assert (award.position_class, decision.submitter) == ("other", "province")
        told = Change.objects.filter(what="fill_in").order_by("pk")
        assert [row.key for row in told] == [award.decision_id, decision.pk]
        assert list(told[0].changes.values()) == [["", "Các cấp lãnh đạo khác từ phó phòng trở lên"]]
        assert "Không còn thông tin nào thiếu" in client.get(lacks()).content.decode()

    def test_what_is_left_open_stays_open_and_wrong_choices_are_refused(self, client_of, officer, open_ones):
        award, _ = open_ones
        client = client_of(officer)
        client.post(lacks(), {f"positions-{award.pk}": ""})
        assert client.post(lacks(), {f"positions-{award.pk}": "king"}).status_code == 200
        award.refresh_from_db()
        assert award.position_class == ""

    def test_somebody_else_was_faster(self, client_of, officer, open_ones):
        award, decision = open_ones
        Award.objects.filter(pk=award.pk).update(position_class="direct")
        page = client_of(officer).post(lacks(), {f"positions-{award.pk}": "other"}).content.decode()
        assert TAKEN in page
        with pytest.raises(Refused, match="người khác"):
            fill_in(awards={("positions", award): "other"}, decisions={decision: "province"}, by=officer)
        award.refresh_from_db()
        decision.refresh_from_db()
        assert (award.position_class, decision.submitter) == ("direct", "")

    def test_units_do_not(self, client_of, of_commune, open_ones):
        award, _ = open_ones
        client = client_of(of_commune)
        assert client.get(lacks()).status_code == client.post(lacks(), {}).status_code == 403
        assert lacks() not in client.get(reverse("award_figures", args=[2024, "province"])).content.decode()
        with pytest.raises(Refused, match="Sở Nội vụ"):
            fill_in(awards={("positions", award): "other"}, decisions={}, by=of_commune)


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_two_officers_at_once_fill_in_one_award_once(officer, open_ones):
    award, _ = open_ones
    acts = [
        partial(fill_in, awards={("positions", award): each}, decisions={}, by=officer) for each in ("other", "direct")
    ]
    found = at_once(*acts)
    assert sorted(map(str, found)) == ["1", TAKEN]
    assert Change.objects.filter(what="fill_in").count() == 1
