"""The forms on awards: which holds when, what each counts, equal to a count by hand on the page, in Excel, on paper."""

import io
from itertools import product

import openpyxl
import pdfplumber
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from awards.catalogue.models import Route, Whom
from awards.figures.figures import figures
from awards.figures.layouts import About, form_of, layout_of
from awards.models import Award, Decision
from awards.recipients.models import BodyClass, PositionClass
from documents.figures.layouts import faults, filled

from ..conftest import give, make_recipient


def url(year=2024, about="state"):
    return reverse("award_figures", args=[year, about])


@pytest.mark.parametrize(
    ("year", "state", "province", "certain"),
    [
        (2018, "0702.N", "0703.N", False),
        (2022, "0702.N", "0703.N", False),
        (2023, "0602.N", "0603.N", True),
        (2024, "0602.N", "0603.N", True),
        (2025, "0602.N", "0603.N", False),
        (2026, "0602.N", "0603.N", False),
    ],
)
def test_the_form_is_that_of_the_day_of_report(year, state, province, certain):
    for about, number in ((About.STATE, state), (About.PROVINCE, province)):
        found = form_of(year, about)
        assert (found.number, found.is_certain) == (f"{number}/BNV-TĐKT", certain)


def test_no_form_is_known_of_years_before():
    assert form_of(2017, About.STATE) is None
    assert layout_of(2017, About.STATE).number == "0602.N/BNV-TĐKT"


def everything(types):
    """Every award that could be, as a form asks about it."""
    for award, whom, route in product(types.values(), Whom.values, Route.values):
        classes = {"person": PositionClass.values, "collective": BodyClass.values}.get(whom, [""])
        for each in classes if award.is_for(whom) else []:
            yield {
                "types": award.code, "forms": award.form, "levels": award.level, "whom": whom, "routes": route,
                "positions": each if whom == "person" else "", "bodies": each if whom == "collective" else "",
                "submitters": "province",
            }  # fmt: skip


def test_every_award_of_the_state_is_in_one_column_and_one_row_of_each_question(types):
    form, seen = layout_of(2024, About.STATE), 0
    for facts in filter(form.asks, everything(types)):
        assert len(form.places(facts)) == 2, facts  # its own, and that of all
        codes = {row.code for row in form.rows if row.code and row.counts(facts)}
        assert len(codes & {"02", "03"}) == len(codes & {"06", "08", "09"}) == 1
        assert len(codes & {str(number) for number in range(15, 22)}) == 1
        assert len(codes & {str(number) for number in range(10, 15)}) == (facts["whom"] == "person")
        seen += 1
    assert seen > 500


def test_of_the_province_only_certificates_flags_badges_and_its_title_have_a_column(types):
    form = layout_of(2024, About.PROVINCE)
    known = {facts["types"] for facts in filter(form.asks, everything(types)) if form.places(facts)}
    assert known == {"BKT", "CSTDT", "CTDT", "KNC"}
    for facts in filter(form.asks, everything(types)):
        assert len(form.places(facts)) == (2 if facts["types"] in known else 0)


@pytest.mark.parametrize("about", [About.TABLE_1, About.TABLE_3])
def test_rows_and_columns_of_the_yearly_tables_agree_whatever_is_given(types, about):
    form = layout_of(2024, about)
    routes = set(Route.values) - ({"service", "tenure"} if about == About.TABLE_3 else set())
    counted = [(facts, 1) for facts in everything(types) if form.asks(facts) and facts["routes"] in routes]
    lines = filled(form, counted)
    assert faults(form, lines) == []
    assert max(count or 0 for count in lines[-1].counts) == len(counted) or about == About.TABLE_1


# Total; 2 orders TT, CN; 3; 4; 5 TT, CN; 6; 7 TT, CN; 8; 9 TT, CN.
X = "x"
STATE = [
    ("Tổng số", "01", "", 7, 1, 2, 0, 0, 0, 0, 1, 1, 2, 0, 0, 0),
    ("Bộ, ban, ngành, đoàn thể Trung ương", "02", "Bộ, ngành", 1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0),
    ("Tỉnh, thành phố trực thuộc Trung ương", "03", "Tỉnh, TP", 6, 1, 2, 0, 0, 0, 0, 1, 1, 1, 0, 0, 0),
    ("Tập thể", "06", "Tập thể", 2, 1, X, X, X, 0, X, 1, 0, X, X, 0, X),
    ("Trong đó: Doanh nghiệp", "07", "Doanh nghiệp", 1, 0, X, X, X, 0, X, 1, 0, X, X, 0, X),
    ("Hộ gia đình", "08", "Hộ", 1, 0, X, X, X, 0, X, X, 1, X, X, 0, X),
    ("Cá nhân", "09", "Người", 4, X, 2, 0, 0, X, 0, X, X, 2, 0, X, 0),
    ("Lãnh đạo cấp bộ", "10", "Người", 1, X, 1, 0, 0, X, 0, X, X, 0, 0, X, 0),
    ("Lãnh đạo cấp vụ", "11", "Người", 1, X, 0, 0, 0, X, 0, X, X, 1, 0, X, 0),
    ("Doanh nhân", "12", "Người", 0, X, 0, 0, 0, X, 0, X, X, 0, 0, X, 0),
    ("Các cấp lãnh đạo khác", "13", "Người", 0, X, 0, 0, 0, X, 0, X, X, 0, 0, X, 0),
    ("Người trực tiếp", "14", "Người", 2, X, 1, 0, 0, X, 0, X, X, 1, 0, X, 0),
    ("Thường xuyên", "15", "", 3, 1, 0, 0, 0, 0, 0, 1, 0, 1, 0, 0, 0),
    ("Chuyên đề", "16", "", 1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0),
    ("Đột xuất", "17", "", 1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0),
    ("Đối ngoại", "18", "", 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0),
    ("Cống hiến", "19", "", 1, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0),
    ("Niên hạn", "20", "", 1, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0),
    ("Kháng chiến", "21", "", 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0),
]
PROVINCE = [
    ("Tổng số", "01", "", 8, 5, 1, 1, 1),
    ("Tập thể", "02", "Tập thể", 2, 1, X, 1, X),
    ("Trong đó: Doanh nghiệp", "03", "Doanh nghiệp", 1, 1, X, 0, X),
    ("Hộ gia đình", "04", "Hộ", 1, 1, X, X, X),
    ("Cá nhân", "05", "Người", 5, 3, 1, X, 1),
    ("Lãnh đạo cấp bộ", "06", "Người", 0, 0, 0, X, 0),
    ("Lãnh đạo cấp vụ", "07", "Người", 0, 0, 0, X, 0),
    ("Doanh nhân", "08", "Người", 1, 1, 0, X, 0),
    ("Các cấp lãnh đạo khác", "09", "Người", 2, 1, 1, X, 0),
    ("Người trực tiếp", "10", "Người", 2, 1, 0, X, 1),
    ("Thường xuyên", "11", "", 3, 1, 1, 1, 0),
    ("Chuyên đề", "12", "", 3, 3, 0, 0, 0),
    ("Đột xuất", "13", "", 0, 0, 0, 0, 0),
    ("Đối ngoại", "14", "", 1, 1, 0, 0, 0),
    ("Cống hiến", "15", "", 1, 0, 0, 0, 1),
    ("Niên hạn", "16", "", 0, 0, 0, 0, 0),
    ("Kháng chiến", "17", "", 0, 0, 0, 0, 0),
]
TABLE_3 = [
    # 3 all, 4 enterprises, 5 persons; 6 merit, 7 share, 8 leaders, 9 others; 10 special, 11 share, 12, 13; 14, 15; 16, 17.
    ("1", "Bằng khen", 5, 1, 3, 1, "20%", 1, 0, 3, "60%", 0, 1, 1, "20%", 0, "0%"),
    ("2", "Chiến sĩ thi đua cấp tỉnh", 1, X, 1, 1, "100%", 1, 0, 0, "0%", 0, 0, 0, "0%", 0, "0%"),
    ("3", "Cờ thi đua", 1, 0, X, 1, "100%", X, X, 0, "0%", X, X, 0, "0%", 0, "0%"),
    ("", "Tổng cộng", 7, 1, 4, 3, "42,9%", 2, 0, 3, "42,9%", 0, 1, 1, "14,3%", 0, "0%"),
]
TABLE_1 = [
    ("1", "Huân chương các loại", "", "", 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0),
    ("1.4", "Huân chương Lao động hạng Nhất", "", "", 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0),
    ("1.6", "Huân chương Lao động hạng Ba", "", "", 1, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0),
    ("2", "Huy chương", "", "", 0, 1, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0),
    ("5", "Cờ thi đua của Chính phủ", "", "", 1, X, 1, X, X, 0, X, X, 0, 0, X, 0, 0, 1, X),
    ("6", "Bằng khen của Thủ tướng", "", "", 1, 2, 0, 1, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0, 0),
    ("", "Tổng cộng", "", "", 3, 4, 2, 1, 0, 1, 0, 1, 1, 0, 0, 1, 0, 1, 0),
]  # fmt: skip
BY_HAND = {"state": STATE, "province": PROVINCE, "bieu-01": TABLE_1, "bieu-03": TABLE_3}


def lines_of(found, expected):
    """The rows of a form as the hand count writes them; those that it does not write are all nothing."""
    rows = []
    for line, labels, cells in found.rows:
        if line.row.heading:
            continue
        if line.row.code not in {code for row in expected for code in row[:2]} and not line.is_total:
            assert set(cells) <= {"0", "x", ""}, line
            continue
        rows.append((*(words for _, words in labels), *cells))
    return rows


def same(rows, expected):
    """Whether they are equal, labels as far as they are written out."""
    assert len(rows) == len(expected)
    for row, wanted in zip(rows, expected, strict=True):
        for have, want in zip(row, wanted, strict=True):
            assert str(have).startswith(want) if isinstance(want, str) and len(want) > 6 else str(have) == str(want), (
                row
            )


def written(cell) -> str:
    """A cell of a workbook as a person reads it."""
    if cell.number_format == "0.0%" and cell.value is not None:
        return f"{round(cell.value * 100, 1):g}%".replace(".", ",")
    return "" if cell.value is None else str(cell.value)


def those_of(rows, expected, about):
    """The rows of a table that the hand count writes; below its heads, above its foot."""
    label, code = (1, 0) if about.startswith("bieu") else (0, 1)
    wanted = {row[code] for row in expected}
    return [row for row in rows if len(row[label]) > 5 and row[code] in wanted and row[-1]]


@pytest.mark.usefixtures("year")
@pytest.mark.parametrize("about", About.values)
class TestEqualToTheHandCount:
    def test_on_the_page(self, client_of, officer, about):
        answer = client_of(officer).get(url(about=about))
        found = answer.context["figures"]
        same(lines_of(found, BY_HAND[about]), BY_HAND[about])
        assert found.faults == found.lacks == []
        assert "Khớp" in answer.content.decode()

    def test_in_excel(self, client_of, officer, about):
        content = client_of(officer).get(url(about=about), {"xuat": "xlsx"}).content
        sheet = openpyxl.load_workbook(io.BytesIO(content)).active
        rows = [tuple(map(written, row)) for row in sheet.iter_rows(min_row=8)]
        same(those_of(rows, BY_HAND[about], about), BY_HAND[about])

    def test_on_paper(self, client_of, officer, about):
        answer = client_of(officer).get(url(about=about), {"xuat": "pdf"})
        with pdfplumber.open(io.BytesIO(answer.content)) as pdf:
            (page,) = pdf.pages
            (table,) = page.extract_tables()
            text = page.extract_text()
        rows = [tuple(" ".join((cell or "").split()) for cell in row) for row in table]
        same(those_of(rows, BY_HAND[about], about), BY_HAND[about])
        for words in ("Người lập biểu", "Ký, họ tên, đóng dấu", officer.full_name, "Năm 2024"):
            assert words in text
        for doubt in ("kiểm tra", "chưa đối chiếu", "Toàn tỉnh"):
            assert doubt not in text


@pytest.mark.usefixtures("year")
def test_who_signs_and_who_reports(client_of, officer, of_commune):
    def text(user, about):
        content = client_of(user).get(url(about=about), {"xuat": "pdf"}).content
        with pdfplumber.open(io.BytesIO(content)) as pdf:
            return " ".join(pdf.pages[0].extract_text().split())

    assert "Đơn vị nhận báo cáo: Bộ Nội vụ" in text(officer, "state")
    assert "Thủ trưởng đơn vị" in text(officer, "state")
    whole = text(officer, "bieu-03")
    assert "Đơn vị báo cáo: UBND tỉnh Lạng Sơn" in whole
    assert "Chủ tịch" in whole
    assert "Thủ trưởng" not in whole
    assert "Đơn vị báo cáo: UBND xã Ba Sơn" in text(of_commune, "bieu-03")


@pytest.mark.usefixtures("year")
def test_a_unit_counts_its_own_and_those_of_units_under_it(client_of, of_commune):
    # One person, one house, one enterprise of the commune, and the person of its office.
    assert client_of(of_commune).get(url(about="province")).context["figures"].total == 4
    assert figures(of_commune, 2024, "state").total == 3


@pytest.mark.usefixtures("year")
def test_what_the_form_has_no_column_for_and_what_was_cancelled_stands_beside(client_of, officer):
    answer = client_of(officer).get(url(about="province"))
    assert [(name, number) for name, number in answer.context["left_out"]] == [("“Tập thể lao động xuất sắc”", 1)]
    assert answer.context["figures"].cancelled == 1
    assert "Đã hủy" in answer.content.decode()


@pytest.mark.usefixtures("year")
def test_what_was_not_written_down_is_named_and_the_sums_say_so(client_of, officer):
    Award.objects.filter(type__code="BKT", position_class="other").update(position_class="")
    Award.objects.filter(type__code="CTDT").update(body_class="")
    Decision.objects.filter(submitter="ministry").update(submitter="")
    found = figures(officer, 2024, "province")
    assert {(lack.name, lack.number) for lack in found.lacks} == {("positions", 1), ("bodies", 1)}
    assert [(fault.whole, fault.parts) for fault in found.faults] == [(5, 4)]
    page = client_of(officer).get(url()).content.decode()
    assert "1 khen thưởng chưa ghi cơ quan trình Thủ tướng" in page
    assert "Dòng 01 và dòng 02, 03: 7 so với 6" in page


@pytest.mark.usefixtures("year")
@pytest.mark.parametrize("about", About.values)
def test_more_awards_ask_no_more_questions(client_of, officer, department, about):
    client = client_of(officer)
    client.get(url(about=about))
    with CaptureQueriesContext(connection) as few:
        client.get(url(about=about))
    for number in range(30):
        row = make_recipient(name=f"Người {number}", unit=department)
        give(row, "BKT" if number % 2 else "BKTTG", 2024, officer, position_class="direct")
    with CaptureQueriesContext(connection) as many:
        client.get(url(about=about))
    assert len(many) == len(few)


def test_years_and_forms_out_of_reach_are_not_found(client_of, officer, types):
    client = client_of(officer)
    assert client.get(reverse("this_year_award_figures")).url == url(2026)
    assert client.get(url(2027)).status_code == 200
    assert [client.get(url(*wrong)).status_code for wrong in ((1999,), (2028,), (2024, "khac"))] == [404] * 3


def test_the_page_says_which_form_and_what_is_to_be_checked(client_of, officer, types):
    client = client_of(officer)
    assert "Thông tư 18/2025/TT-BNV ngày 08/10/2025" in client.get(url(2026)).content.decode()
    assert "Cần kiểm tra lại" not in client.get(url(2024)).content.decode()
    assert "Biểu 0702.N/BNV-TĐKT" in client.get(url(2020)).content.decode()
    assert "Chưa biết biểu thống kê" in client.get(url(2010)).content.decode()
