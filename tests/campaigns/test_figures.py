"""The form 0601: counted by hand beside the page, Excel and PDF; its length rule; whose figures; which form of which year."""

import io
from datetime import date

import pdfplumber
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from campaigns.figures import Length, figures, form_of, length_of
from campaigns.models import Campaign
from tests.conftest import make_unit, make_user
from tests.exported import table_of
from units.models import Role, Succession, Unit, UnitChange, User

from .conftest import make_campaign

Kind, Level, Scope, State = Campaign.Kind, Campaign.Level, Campaign.Scope, Campaign.State
HEADINGS = ("Chia theo cấp chủ trì phát động", "Chia theo phạm vi", "Chia theo thời hạn")


@pytest.mark.parametrize(
    ("begins", "ends", "length"),
    [
        ("2026-01-15", "2026-01-15", Length.SHORTER),
        ("2026-01-01", "2026-12-30", Length.SHORTER),
        ("2026-01-01", "2026-12-31", Length.ONE),
        ("2026-03-15", "2027-03-14", Length.ONE),
        ("2026-03-15", "2027-03-15", Length.TO_THREE),
        ("2024-01-01", "2026-12-30", Length.TO_THREE),
        ("2024-01-01", "2026-12-31", Length.TO_FIVE),
        ("2021-01-01", "2025-12-30", Length.TO_FIVE),
        ("2021-01-01", "2025-12-31", Length.LONGER),
        ("2021-01-01", "2045-12-31", Length.LONGER),
        ("2024-02-29", "2025-02-27", Length.SHORTER),
        ("2026-01-01", "9999-12-31", Length.LONGER),
        ("9998-01-01", "9999-12-31", Length.TO_THREE),
        ("9999-12-31", "9999-12-31", Length.SHORTER),
        ("2024-02-29", "2025-02-28", Length.ONE),
        ("2023-03-01", "2024-02-28", Length.SHORTER),
        ("2023-03-01", "2024-02-29", Length.ONE),
    ],
)
def test_the_length_is_counted_from_the_first_day_to_the_last(begins, ends, length):
    assert length_of(date.fromisoformat(begins), date.fromisoformat(ends)) == length


@pytest.mark.parametrize(
    ("year", "number", "certain"),
    [
        (2020, "0701.N/BNV-TĐKT", False),
        (2022, "0701.N/BNV-TĐKT", False),
        (2023, "0601.N/BNV-TĐKT", True),
        (2024, "0601.N/BNV-TĐKT", True),
        (2025, "0601.N/BNV-TĐKT", False),
        (2026, "0601.N/BNV-TĐKT", False),
    ],
)
def test_the_form_is_that_of_the_day_of_report(year, number, certain):
    found = form_of(year)
    assert (found.number, found.is_certain) == (number, certain)


def test_a_campaign_without_an_end_in_sight_is_counted(province, officer, client_of):
    days = {"begins_on": date(2026, 1, 1), "ends_on": date(9999, 12, 31), "interim_on": None, "final_on": None}
    make_campaign(province, officer, **days)
    for name in ({}, {"xuat": "xlsx"}):
        assert client_of(officer).get(url(), name).status_code == 200
    assert figures(officer, 2026).total.total == 1


def test_no_form_is_known_of_years_before():
    assert form_of(2017) is None


@pytest.fixture
def year(province, communes, officer, bason):
    """A year of campaigns, by kind, who launched it, scope and days; the sums below are counted by hand."""
    whole = {"begins_on": date(2026, 1, 1), "ends_on": date(2026, 12, 31)}
    five = {"begins_on": date(2026, 1, 1), "ends_on": date(2030, 12, 31)}
    short = {"begins_on": date(2026, 3, 1), "ends_on": date(2026, 6, 30)}
    three = {"begins_on": date(2026, 1, 1), "ends_on": date(2028, 12, 31)}
    two = {"begins_on": date(2026, 1, 1), "ends_on": date(2027, 12, 31)}

    def launched(unit, name, kind, scope, span, **facts):
        none = dict.fromkeys(["interim_on", "final_on", "nominations_until"])
        return make_campaign(unit, officer, name, kind=kind, scope=scope, **(none | span | facts))

    launched(province, "A1", Kind.REGULAR, Scope.PROVINCE, whole)
    launched(province, "A2", Kind.THEMED, Scope.PROVINCE, five)
    launched(province, "A3", Kind.SPECIAL, Scope.CLUSTER, short)
    launched(province, "A4", Kind.THEMED, Scope.NATION, three, level=Level.NATION)
    launched(province, "A5", Kind.THEMED, Scope.PROVINCE, two, state=State.POSTPONED)
    launched(province, "A6", Kind.THEMED, Scope.PROVINCE, two, state=State.STOPPED)
    launched(province, "A7", Kind.THEMED, Scope.PROVINCE, two, state=State.DRAFT)
    launched(province, "A8", Kind.THEMED, Scope.PROVINCE, whole, launched_on=date(2025, 12, 31))
    launched(communes[0], "B1", Kind.REGULAR, Scope.UNIT, whole, state=State.CLOSED)
    launched(communes[0], "B2", Kind.THEMED, Scope.UNIT, short, state=State.REPLACED)
    launched(communes[1], "C1", Kind.THEMED, Scope.UNIT, short, launched_on=date(2026, 12, 31))
    office = make_unit("phong", "Phòng Văn hóa Ba Sơn", kind=Unit.Kind.OFFICE, superior=communes[0])
    launched(office, "D1", Kind.THEMED, Scope.UNIT, short, state=State.FINAL)


# All, themed and special, regular: A1–A5, B1, C1, D1.
BY_HAND = [
    ("1", "Tổng số phong trào thi đua", 8, 6, 2),
    ("2", "Chia theo cấp chủ trì phát động", None, None, None),
    ("2.1", "Trung ương", 1, 1, 0),
    ("2.2", "Bộ, ngành, tỉnh", 4, 3, 1),
    ("2.3", "Cơ quan, đơn vị", 3, 2, 1),
    ("3", "Chia theo phạm vi", None, None, None),
    ("3.1", "Toàn quốc", 1, 1, 0),
    ("3.2", "Bộ, ngành, địa phương", 3, 2, 1),
    ("3.3", "Cụm, khối thi đua", 1, 1, 0),
    ("3.4", "Cơ quan, đơn vị", 3, 2, 1),
    ("4", "Chia theo thời hạn", None, None, None),
    ("4.1", "Dưới 1 năm", 3, 3, 0),
    ("4.2", "1 năm", 2, 0, 2),
    ("4.3", "Từ 1 năm đến dưới 3 năm", 1, 1, 0),
    ("4.4", "Từ 3 năm đến dưới 5 năm", 1, 1, 0),
    ("4.5", "Từ 5 năm trở lên", 1, 1, 0),
]


def url(year=2026):
    return reverse("campaign_figures", args=[year])


def lines_of(found):
    """The rows with figures, as the hand count writes them."""
    lines = [found.total, *(line for part in found.parts for line in part.lines)]
    return [(line.label, line.total, line.themed, line.regular) for line in lines]


COUNTED = [row[1:] for row in BY_HAND if row[2] is not None]


@pytest.mark.usefixtures("year")
class TestEqualToTheHandCount:
    def test_on_the_page(self, client_of, officer):
        answer = client_of(officer).get(url())
        assert lines_of(answer.context["figures"]) == COUNTED
        page = answer.content.decode().replace("<strong>", "").replace("</strong>", "")
        for label, *numbers in COUNTED:
            heads = ["Tổng số", "Chuyên đề", "Thường xuyên"]
            cells = [
                f'<td class="points" data-label="{head}">{number}</td>'
                for head, number in zip(heads, numbers, strict=True)
            ]
            assert f"{label}</td>{''.join(cells)}" in page

    def test_in_excel(self, client_of, officer):
        answer = client_of(officer).get(url(), {"xuat": "xlsx"})
        rows = table_of(answer)
        assert rows[0] == ("Mã số", "Phong trào thi đua", "Tổng số", "Chuyên đề", "Thường xuyên")
        assert rows[1:] == BY_HAND

    def test_on_paper(self, client_of, officer):
        answer = client_of(officer).get(url(), {"xuat": "pdf"})
        assert answer["Content-Type"] == "application/pdf"
        with pdfplumber.open(io.BytesIO(answer.content)) as pdf:
            (table,) = pdf.pages[0].extract_tables()
            words = " ".join(pdf.pages[0].extract_text().split())
        found = [tuple(" ".join((cell or "").split()) for cell in row) for row in table]
        by_hand = [tuple("" if cell is None else str(cell) for cell in row) for row in BY_HAND]
        assert [row for row in found if row in by_hand] == by_hand
        assert len(found) == len(by_hand) + 2  # the heads, and the numbers of the columns
        assert "Không tính 2 phong trào đã dừng hoặc được thay thế" in words
        assert "Trong đó có 1 phong trào đang hoãn" in words
        assert "cần kiểm tra lại" in words
        assert "Toàn tỉnh" in words


@pytest.mark.usefixtures("year")
def test_what_is_not_counted_and_what_is_postponed_stands_beside(client_of, officer):
    answer = client_of(officer).get(url())
    found = answer.context["figures"]
    assert [row.name for row in found.over] == ["A6", "B2"]
    assert [row.name for row in found.postponed] == ["A5"]
    page = answer.content.decode()
    assert "Đang hoãn, vẫn tính" in page
    for row in [*found.over, *found.postponed]:
        assert row.get_absolute_url() in page


@pytest.mark.usefixtures("year")
def test_a_unit_counts_its_own_and_those_of_units_under_it(client_of, bason, congson):
    answer = client_of(bason).get(url())
    assert "UBND xã Ba Sơn và các đơn vị trực thuộc" in answer.content.decode()
    found = answer.context["figures"]
    assert (found.total.total, found.total.themed, found.total.regular) == (2, 1, 1)  # B1 and D1
    assert [row.name for row in found.over] == ["B2"]
    assert figures(congson, 2026).total.total == 1
    assert (figures(congson, 2026).over, figures(congson, 2026).postponed) == ([], [])


@pytest.mark.usefixtures("year")
@pytest.mark.parametrize(
    ("who", "total"),
    [
        ("officer", 8),
        ("leader", 8),
        ("administrator", 8),
        ("clerk", 8),
        ("bason", 2),
        ("congson", 1),
        ("council_member", 0),
        ("nobody", 0),
    ],
)
def test_who_counts_what(client_of, everybody, who, total):
    for name in (None, "xlsx", "pdf"):
        answer = client_of(everybody[who]).get(url(), {"xuat": name} if name else {})
        assert answer.status_code == 200, (who, name)
    assert figures(everybody[who], 2026).total.total == total


@pytest.mark.usefixtures("year")
def test_the_year_is_that_of_the_launch(officer):
    assert figures(officer, 2025).total.total == 1
    assert figures(officer, 2027).total.total == 0


def test_the_page_says_which_form_and_what_is_to_be_checked(client_of, officer):
    page = client_of(officer).get(url(2026)).content.decode()
    assert "Cần kiểm tra lại" in page
    assert "Thông tư 18/2025/TT-BNV ngày 08/10/2025" in page
    page = client_of(officer).get(url(2024)).content.decode()
    assert "Biểu 0601.N/BNV-TĐKT" in page
    assert "Cần kiểm tra lại" not in page
    assert "Chưa biết biểu thống kê" in client_of(officer).get(url(2010)).content.decode()


def test_this_year_is_shown_first_and_years_out_of_reach_are_not_found(client_of, officer):
    client = client_of(officer)
    assert client.get(reverse("campaign_figures")).context["year"] == 2026
    assert client.get(url(2027)).status_code == 200
    assert [client.get(url(wrong)).status_code for wrong in (1999, 2028, 99999)] == [404] * 3


def test_a_stranger_is_sent_to_the_login(client, db):
    assert client.get(url()).status_code == 302


def test_as_many_queries_with_two_campaigns_as_with_twelve(province, communes, officer, bason, client_of):
    def count(person):
        with CaptureQueriesContext(connection) as found:
            figures(User.objects.get(pk=person.pk), 2026)
        with CaptureQueriesContext(connection) as page:
            client_of(person).get(url())
        return len(found), len(page)

    make_campaign(province, officer, state=State.STOPPED)
    make_campaign(communes[0], bason)
    few = count(officer), count(bason)
    for number in range(10):
        unit = make_unit(f"phong-{number}", f"Phòng {number}", kind=Unit.Kind.OFFICE, superior=communes[0])
        make_campaign(unit, bason, state=State.STOPPED if number % 2 else State.LAUNCHED)
        make_campaign(province, officer, state=State.POSTPONED)
    assert (count(officer), count(bason)) == few
    # The person itself is one of them; of a unit two more say what it is and what went into it.
    assert few[0][0] == 2
    assert few[1][0] <= 4


def test_a_person_of_a_merged_unit_counts_what_the_old_one_launched(communes, officer):
    old = make_unit("xa-cu", "UBND xã Cũ", kind=Unit.Kind.COMMUNE, ended=date(2026, 5, 31))
    new = communes[0]
    change = UnitChange.objects.create(kind="merge", date=date(2026, 6, 1), citation="NQ 1")
    Succession.objects.create(change=change, predecessor=old, successor=new)
    make_campaign(old, officer)
    heir = make_user("moi", "Lý Văn Mới", Role.UNIT_OFFICER, new)
    assert figures(heir, 2026).total.total == 1
