"""The forms 0601 and 0701: counted by hand beside the page, Excel and PDF; their length rule; whose figures; which form when."""

import io
from datetime import date

import openpyxl
import pdfplumber
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from campaigns.figures.figures import figures
from campaigns.figures.layouts import Length, facts_of, form_of, forms, length_of
from campaigns.models import Campaign
from units.models import Official, Role, Succession, Unit, UnitChange, User

from ...conftest import make_unit, make_user
from ..conftest import make_campaign

Kind, Level, Scope, State = Campaign.Kind, Campaign.Level, Campaign.Scope, Campaign.State


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
    ("begins", "ends", "length"),
    [
        ("2026-01-12", "2026-12-31", Length.ONE),
        ("2026-11-20", "2026-12-31", Length.ONE),
        ("2026-01-01", "2026-12-31", Length.ONE),
        ("2026-01-01", "2027-12-31", Length.TO_THREE),
        ("2026-01-01", "2030-12-31", Length.LONGER),
    ],
)
def test_a_yearly_campaign_is_one_of_a_year_whenever_it_was_launched(begins, ends, length):
    assert length_of(date.fromisoformat(begins), date.fromisoformat(ends), yearly=True) == length


@pytest.mark.parametrize(
    ("year", "number", "certain"),
    [
        (2018, "0701.N/BNV-TĐKT", False),
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
    assert figures(officer, 2026).total == 1


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


# All, by the nation, by the province, by units: A1–A5, B1, C1, D1.
BY_HAND = [
    ("Tổng số", "01", 8, 1, 4, 3),
    ("1. Phân theo phạm vi tổ chức", ""),
    ("Toàn quốc", "02", 1, 1, 0, 0),
    ("Bộ, ban, ngành, đoàn thể, địa phương", "03", 3, 0, 3, 0),
    ("Cụm, khối thi đua do Hội đồng Thi đua - Khen thưởng các cấp tổ chức", "04", 1, 0, 1, 0),
    ("Cơ quan, tổ chức, đơn vị", "05", 3, 0, 0, 3),
    ("2. Phân theo thời hạn tổ chức", ""),
    ("Dưới 1 năm", "06", 3, 0, 1, 2),
    ("1 năm", "07", 2, 0, 1, 1),
    ("Từ 1 năm đến dưới 3 năm", "08", 1, 0, 1, 0),
    ("Từ 3 năm đến dưới 5 năm", "09", 1, 1, 0, 0),
    ("Từ 5 năm trở lên", "10", 1, 0, 1, 0),
    ("3. Phân theo phương thức tổ chức", ""),
    ("Phong trào thi đua theo chuyên đề", "11", 6, 1, 3, 2),
    ("Phong trào thi đua thường xuyên hằng năm", "12", 2, 0, 1, 1),
]
HEADS = [
    "Tổng số",
    "Cấp Trung ương (Hội đồng Thi đua - Khen thưởng Trung ương)",
    "Cấp bộ, ban, ngành, đoàn thể Trung ương, tỉnh, thành phố trực thuộc Trung ương",
    "Cơ quan, tổ chức, đơn vị",
]


def url(year=2026):
    return reverse("campaign_figures", args=[year])


def lines_of(found):
    """The rows as the hand count writes them."""
    return [(line.row.label or line.row.heading, line.row.code, *line.counts) for line in found.lines]


def sheet_of(client, year=2026):
    """The cells of the Excel file, row by row."""
    content = client.get(url(year), {"xuat": "xlsx"}).content
    return list(openpyxl.load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True))


def paper_of(client, year=2026):
    """The table and the words of the PDF, which is one page."""
    answer = client.get(url(year), {"xuat": "pdf"})
    assert answer["Content-Type"] == "application/pdf"
    with pdfplumber.open(io.BytesIO(answer.content)) as pdf:
        (page,) = pdf.pages
        (table,) = page.extract_tables()
        return [tuple(" ".join((cell or "").split()) for cell in row) for row in table], page.extract_words(), page


@pytest.mark.usefixtures("year")
class TestEqualToTheHandCount:
    def test_on_the_page(self, client_of, officer):
        answer = client_of(officer).get(url())
        assert lines_of(answer.context["figures"]) == BY_HAND
        page = answer.content.decode()
        for head in HEADS:
            assert f'<th class="points">{head}</th>' in page

    def test_in_excel(self, client_of, officer):
        rows = sheet_of(client_of(officer))
        assert rows[6][1:] == ("Mã số", *HEADS)
        assert rows[7] == ("A", "B", "1=2+3+4", "2", "3", "4")
        found = [tuple(cell for cell in row if cell is not None) for row in rows[8 : 8 + len(BY_HAND)]]
        assert found == BY_HAND

    def test_on_paper(self, client_of, officer):
        table, words, _ = paper_of(client_of(officer))
        assert table[2:] == [tuple(map(str, row)) + ("",) * (6 - len(row)) for row in BY_HAND]
        text = " ".join(word["text"] for word in words)
        for doubt in ("kiểm tra", "Toàn tỉnh", "hoãn", "chưa đối chiếu"):
            assert doubt not in text


@pytest.mark.usefixtures("year")
class TestCanBeSent:
    def test_who_reports_to_whom_by_which_form(self, client_of, officer):
        Official.objects.create(name="Hà Văn Vinh").terms.create(unit=officer.unit, post="Giám đốc")
        told = [
            "Biểu số: 0601.N/BNV-TĐKT",
            "Ban hành theo Thông tư số 02/2023/TT-BNV ngày 23 tháng 3 năm 2023 của Bộ Nội vụ",
            "Ngày nhận báo cáo: Ngày 15 tháng 12 năm báo cáo",
            "Đơn vị báo cáo: Sở Nội vụ",
            "Đơn vị nhận báo cáo: Bộ Nội vụ",
            "Đơn vị tính: phong trào",
            "SỐ PHONG TRÀO THI ĐUA",
            "Năm 2026",
            "Lạng Sơn, ngày 15 tháng 6 năm 2026",
            "Người lập biểu",
            "Thủ trưởng đơn vị",
            officer.full_name,
            "Hà Văn Vinh",
        ]
        cells = [str(cell) for row in sheet_of(client_of(officer)) for cell in row if cell]
        for words in told:
            assert any(cell.startswith(words) for cell in cells), words
        _, words, _ = paper_of(client_of(officer))
        text = {word["text"] for word in words}
        # The number of a circular may go on on the next line.
        assert {word for line in told for word in line.split() if "/TT-" not in word} <= text

    def test_a_unit_reports_to_the_department(self, client_of, bason):
        cells = [str(cell) for row in sheet_of(client_of(bason)) for cell in row if cell]
        assert "Đơn vị báo cáo: UBND xã Ba Sơn" in cells
        assert "Đơn vị nhận báo cáo: Sở Nội vụ" in cells

    def test_figures_stand_at_the_right_of_their_cells(self, client_of, officer):
        _, _, page = paper_of(client_of(officer))
        (table,) = page.find_tables()
        for cell in filter(None, (cell for row in table.rows[3:] for cell in row.cells[2:])):
            for word in page.crop(cell).extract_words():
                assert cell[2] - word["x1"] < word["x0"] - cell[0]


@pytest.mark.usefixtures("year")
def test_the_form_of_2020_has_no_column_for_units(client_of, officer):
    Campaign.objects.filter(launched_on__year=2026).update(launched_on=date(2020, 3, 1))
    client = client_of(officer)
    found = client.get(url(2020)).context["figures"]
    assert lines_of(found) == [
        ("Tổng số", "01", 5, 1, 4),
        ("1. Phân theo phạm vi tổ chức", ""),
        ("Toàn quốc", "02", 1, 1, 0),
        ("Bộ, ban, ngành, đoàn thể Trung ương, tỉnh, thành phố", "03", 4, 0, 4),
        ("2. Phân theo thời hạn tổ chức", ""),
        ("Dưới 1 năm", "06", 1, 0, 1),
        ("1 năm", "07", 1, 0, 1),
        ("Từ 1 năm đến dưới 3 năm", "08", 1, 0, 1),
        ("Từ 3 năm trở lên", "09", 2, 1, 1),
        ("3. Phân theo phương thức tổ chức", ""),
        ("Phong trào thi đua theo chuyên đề", "10", 4, 1, 3),
        ("Phong trào thi đua thường xuyên hằng năm", "11", 1, 0, 1),
    ]
    assert sorted(row.name for row in found.left_out) == ["B1", "C1", "D1"]
    assert "0701.N/BNV-TĐKT" in str(sheet_of(client, 2020)[0])
    assert "3 phong trào do cơ quan, đơn vị phát động" in client.get(url(2020)).content.decode()


@pytest.mark.parametrize("form", forms(), ids=lambda form: f"{form.number} {form.begins:%Y}")
def test_the_rows_of_each_question_divide_every_campaign_once(form):
    parts = "".join("|" if row.heading else "x" for row in form.rows).split("|")
    rows = iter([row for row in form.rows if not row.heading])
    for count in map(len, parts):
        part = [next(rows) for _ in range(count)]
        for scope in Scope:
            for kind in Kind:
                for years in (1, 2, 3, 4, 6):
                    days = {"begins_on": date(2020, 1, 2), "ends_on": date(2019 + years, 12, 31)}
                    found = Campaign(scope=scope, kind=kind, level=Level.PROVINCE, **days)
                    assert sum(row.counts(facts_of(found)) for row in part) == 1
                    assert [form.columns[place].is_sum for place in sorted(form.places(facts_of(found)))] == [
                        True,
                        False,
                    ]


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
    assert found.lines[0].counts == [2, 0, 0, 2]  # B1 and D1
    assert [row.name for row in found.over] == ["B2"]
    assert figures(congson, 2026).total == 1
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
    assert figures(everybody[who], 2026).total == total


@pytest.mark.usefixtures("year")
def test_the_year_is_that_of_the_launch(officer):
    assert figures(officer, 2025).total == 1
    assert figures(officer, 2027).total == 0


def test_the_page_says_which_form_and_what_is_to_be_checked(client_of, officer):
    page = client_of(officer).get(url(2026)).content.decode()
    assert "Cần kiểm tra lại" in page
    assert "Thông tư 18/2025/TT-BNV ngày 08/10/2025" in page
    page = client_of(officer).get(url(2024)).content.decode()
    assert "Biểu 0601.N/BNV-TĐKT" in page
    assert "Cần kiểm tra lại" not in page
    assert "Cần kiểm tra lại" in client_of(officer).get(url(2020)).content.decode()
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
    assert figures(heir, 2026).total == 1
