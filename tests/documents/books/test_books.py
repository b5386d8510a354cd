"""The two books: ten columns on the page, in Excel and on paper; whose rows; which period; long ones by a worker."""

import io
import re
from datetime import date, datetime

import pdfplumber
import pikepdf
import pydyf
import pytest
from django.http import QueryDict
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from lxml import html

from documents.books.papers import book_pdf
from documents.books.papers import shown as cell_words
from documents.jobs import jobs
from documents.jobs.actions import run_again
from documents.models import Arrival, Delivery, Document, DocumentType, Effect, Job, NumberSeries
from documents.register import actions as registering
from documents.typesetting.reports import LONGEST_AT_ONCE, table_pdf
from units.excel_out import HEAD

from ...exported import sheet_of
from ..conftest import words
from ..jobs.workers import done_by_worker

pytestmark = pytest.mark.django_db

TODAY = date(2026, 3, 10)
OUTGOING = [
    "Số, ký hiệu văn bản",
    "Ngày tháng văn bản",
    "Tên loại và trích yếu nội dung văn bản",
    "Người ký",
    "Nơi nhận văn bản",
    "Đơn vị, người nhận bản lưu",
    "Số lượng bản",
    "Ngày chuyển",
    "Ký nhận",
    "Ghi chú",
]
INCOMING = [
    "Ngày đến",
    "Số đến",
    "Tác giả",
    "Số, ký hiệu văn bản",
    "Ngày tháng văn bản",
    "Tên loại và trích yếu nội dung văn bản",
    "Đơn vị hoặc người nhận",
    "Ngày chuyển",
    "Ký nhận",
    "Ghi chú",
]
HEADINGS = {"out": OUTGOING, "in": INCOMING}


@pytest.fixture(autouse=True)
def today(monkeypatch):
    """The day of every test here; a moment keeps its own day."""
    monkeypatch.setattr(timezone, "localdate", lambda moment=None: moment.date() if moment else TODAY)


@pytest.fixture
def issued(officer, province):
    """A function that puts an issued paper of Sở Nội vụ into the register, as issuing leaves it."""
    own = NumberSeries.objects.create(issuer=officer.unit, name="Sổ chung")
    series = {province.pk: province.series.get(), officer.unit.pk: own}

    def make(number, day=date(2026, 2, 3), issuer=province, **changes):
        facts = words(issuer_unit=issuer, issuer_name=issuer.name, symbol="UBND-SNV", number=number)
        facts |= {"reference": f"{number:02d}/UBND-SNV", "year": day.year, "month": day.month, "day": day.day}
        facts |= {"state": "issued", "series": series[issuer.pk], "unit": officer.unit, "author": officer}
        facts |= {"issued_at": datetime(2026, 2, 4, 8, tzinfo=timezone.get_current_timezone()), "issued_by": officer}
        return Document.objects.create(**facts | changes)

    return make


def arrive(user, number, day=TODAY, **facts):
    """A paper of the ministry in the book of the unit of ``user``."""
    row = Document(
        type=DocumentType.objects.get(code="TB"),
        reference=f"{number}/TB-BNV",
        year=2026,
        month=1,
        day=5,
        issuer_name="Bộ Nội vụ",
        subject="kết quả thi đua",
    )
    return registering.receive(row, by=user, arrived_on=day, **facts)


def cells(response):
    """The rows of a page, each as the words of its cells."""
    rows = html.fromstring(response.content).xpath("//table/tbody/tr")
    return [[cell.text_content() for cell in row.iterfind("td")] for row in rows]


def tables(content):
    """[(width, height, rows)] of each page of a PDF; words of a cell on one line."""
    with pdfplumber.open(io.BytesIO(content)) as pdf:
        return [
            (
                page.width,
                page.height,
                [[" ".join((cell or "").split()) for cell in row] for row in page.extract_table()],
            )
            for page in pdf.pages
        ]


# --- What stands in the columns


def test_the_book_of_papers_that_went_out_has_the_ten_columns(issued, officer, unit_officer, client_of):
    first = issued(1, to="Các sở, ban, ngành", recipients="Như trên\nLãnh đạo Sở", note="Gửi cả bản giấy")
    Delivery.objects.create(document=first, unit=unit_officer.unit)
    new = issued(2, day=date(2026, 2, 20), type=DocumentType.objects.get(code="TB"), subject="kết quả")
    Effect.objects.create(paper=new, target=first, kind="replaces")
    page = client_of(officer).get(reverse("book_out"))
    assert [column.head for column in page.context["columns"]] == OUTGOING
    assert cells(page) == [
        [
            "01/UBND-SNV",
            "03/02/2026",
            "Công văn: báo cáo kết quả phong trào thi đua",
            "Nông Văn Minh",
            "Các sở, ban, ngành; Lãnh đạo Sở",
            "VT",
            "1",
            "04/02/2026",
            "",
            "Gửi cả bản giấy; Bị thay thế bằng Thông báo số 02/UBND-SNV ngày 20/02/2026",
        ],
        [
            "02/UBND-SNV",
            "20/02/2026",
            "Thông báo: kết quả",
            "Nông Văn Minh",
            "Các đơn vị trong cụm thi đua",
            "VT",
            "",
            "04/02/2026",
            "",
            "",
        ],
    ]


def test_the_book_of_papers_that_came_in_has_the_ten_columns(unit_officer, client_of):
    arrive(unit_officer, 7, handed_to="Phòng Tổng hợp", handed_on=TODAY, note="Bản giấy")
    page = client_of(unit_officer).get(reverse("book_in"))
    assert [column.head for column in page.context["columns"]] == INCOMING
    assert cells(page) == [
        [
            "10/03/2026",
            "01",
            "Bộ Nội vụ",
            "7/TB-BNV",
            "05/01/2026",
            "Thông báo: kết quả thi đua",
            "Phòng Tổng hợp",
            "10/03/2026",
            "",
            "Bản giấy",
        ]
    ]


def test_drafts_and_papers_of_others_stand_in_no_book_of_papers_that_went_out(issued, draft, officer, client_of):
    issued(1)
    registering.record(
        Document(**words(reference="9/TB-BNV", day=1, type=DocumentType.objects.get(code="TB"))), by=officer
    )
    assert [row[0] for row in cells(client_of(officer).get(reverse("book_out")))] == ["01/UBND-SNV"]


@pytest.mark.parametrize("who", ["unit_officer", "stranger", "administrator"])
def test_a_unit_sees_its_own_books_only(issued, officer, people, client_of, who):
    issued(1)
    arrive(people["stranger"], 1)
    client = client_of(people[who])
    found = [cells(client.get(reverse(name))) for name in ("book_out", "book_in")]
    counts = {"unit_officer": [0, 0], "stranger": [0, 1], "administrator": [1, 0]}
    assert [len(rows) for rows in found] == counts[who]


def test_an_account_without_a_unit_sees_empty_books(administrator, client_of):
    administrator.unit = None
    administrator.save()
    page = client_of(administrator).get(reverse("book_in"))
    assert (page.status_code, cells(page)) == (200, [])


# --- Body, series, period


def test_the_book_is_chosen_by_body_series_and_period(issued, officer, province, client_of):
    issued(1, day=date(2025, 12, 31))
    issued(2, day=date(2026, 1, 1))
    own = issued(3, issuer=officer.unit)
    client, address = client_of(officer), reverse("book_out")
    asked = [
        {},
        {"issuer": province.pk},
        {"series": own.series_id},
        {"tu": "31/12/2025", "den": "31/12/2025"},
        {"tu": "", "den": ""},
    ]
    assert [[row[0] for row in cells(client.get(address, query))] for query in asked] == [
        ["02/UBND-SNV", "03/UBND-SNV"],
        ["02/UBND-SNV"],
        ["03/UBND-SNV"],
        ["01/UBND-SNV"],
        ["01/UBND-SNV", "02/UBND-SNV", "03/UBND-SNV"],
    ]


def test_without_a_period_the_form_shows_this_year(officer, client_of):
    form = client_of(officer).get(reverse("book_in")).context["filter"].form
    assert (form["tu"].value(), form["den"].value()) == ("01/01/2026", "31/12/2026")


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("tu=31/12/2026&den=01/01/2026", ["Ngày cuối sớm hơn ngày đầu. Hãy sửa lại một trong hai ngày."]),
        (
            "tu=01/01/2026&den=31/02/2026",
            ["Ngày không có thật hoặc viết chưa đúng. Hãy viết ngày/tháng/năm, ví dụ 25/02/2020."],
        ),
    ],
)
def test_a_period_that_cannot_be_is_told_beside_the_field_and_nothing_is_printed(unit_officer, client_of, query, told):
    arrive(unit_officer, 1)
    client = client_of(unit_officer)
    page = client.get(f"{reverse('book_in')}?{query}")
    form = page.context["filter"].form
    assert (form.errors, cells(page)) == ({"den": told}, [])
    assert [f"tu={form['tu'].value()}", f"den={form['den'].value()}"] == query.split("&")
    assert client.post(f"{reverse('print_book_in')}?{query}").url.startswith(reverse("book_in"))


def test_a_book_asks_the_same_number_of_questions_for_one_row_and_for_many(
    issued, officer, client_of, django_assert_max_num_queries
):
    client, address = client_of(officer), reverse("book_out")
    for number in range(1, 3):
        issued(number)
    with django_assert_max_num_queries(15) as few:
        client.get(address)
    for number in range(3, 20):
        issued(number)
    with django_assert_max_num_queries(len(few)):
        client.get(address)


def test_a_long_book_is_shown_by_pages(unit_officer, client_of):
    for number in range(1, 53):
        arrive(unit_officer, number)
    page = client_of(unit_officer).get(reverse("book_in"), {"page": 2})
    assert [row[1] for row in cells(page)] == ["51", "52"]


# --- Excel and paper


@pytest.mark.parametrize("way", ["out", "in"])
def test_excel_holds_the_rows_of_the_page_in_ten_columns(issued, officer, client_of, way):
    issued(1, to="=HYPERLINK(1)")
    issued(2, day=date(2025, 1, 1))
    arrive(officer, 1, day=date(2026, 1, 5))
    arrive(officer, 2, note="=1+1")
    client = client_of(officer)
    head, *rows = sheet_of(client.get(reverse(f"book_{way}"), {"xuat": "xlsx"})).iter_rows(min_row=HEAD + 1)
    assert [cell.value for cell in head] == HEADINGS[way]
    shown = cells(client.get(reverse(f"book_{way}")))
    assert [["" if cell.value is None else cell_words(cell.value) for cell in row] for row in rows] == shown
    assert {cell.data_type for row in rows for cell in row} == {"s", "n", "d"}


@pytest.mark.parametrize("way", ["out", "in"])
def test_the_book_on_paper_lies_across_and_repeats_its_head(issued, officer, client_of, way):
    for number in range(1, 31):
        issued(number)
        arrive(officer, number)
    response = client_of(officer).post(f"{reverse(f'print_book_{way}')}?tu=01/01/2026&den=30/06/2026")
    assert response["Content-Type"] == "application/pdf"
    pages = tables(response.content)
    assert len(pages) > 1
    assert {(round(wide), round(high)) for wide, high, _ in pages} == {(842, 595)}
    numbers = [f"({number})" for number in range(1, 11)]
    assert [rows[:2] for _, _, rows in pages] == [[HEADINGS[way], numbers]] * len(pages)
    shown = [[str(cell) for cell in row] for row in cells(client_of(officer).get(reverse(f"book_{way}")))]
    assert [row for _, _, rows in pages for row in rows[2:]] == shown
    with pdfplumber.open(io.BytesIO(response.content)) as pdf:
        texts = [page.extract_text() for page in pdf.pages]
        fonts = {char["fontname"].split("+")[-1].split("-")[0] for page in pdf.pages for char in page.chars}
    title = {"out": "SỔ ĐĂNG KÝ VĂN BẢN ĐI", "in": "SỔ ĐĂNG KÝ VĂN BẢN ĐẾN"}[way]
    assert texts[0].splitlines()[:3] == [title, "Sở Nội vụ", "Từ ngày 01/01/2026 đến ngày 30/06/2026"]
    assert [text.splitlines()[-1] for text in texts] == [f"Trang {n}/{len(pages)}" for n in range(1, len(pages) + 1)]
    assert fonts == {"Tinos"}
    with pikepdf.open(io.BytesIO(response.content)) as pdf:
        meta = pdf.open_metadata()
        assert (meta["pdfaid:part"], meta["pdfaid:conformance"]) == ("3", "A")


def test_the_book_on_paper_names_the_body_that_was_chosen(issued, officer, province):
    issued(1)
    content = book_pdf("out", officer, QueryDict(f"issuer={province.pk}"))
    with pdfplumber.open(io.BytesIO(content)) as pdf:
        assert pdf.pages[0].extract_text().splitlines()[1] == "UBND tỉnh Lạng Sơn"


def test_an_empty_book_on_paper_says_so(officer):
    (_, _, rows), *rest = tables(book_pdf("in", officer, QueryDict()))
    assert rest == []
    assert rows[2][0] == "Không có dòng nào."


def test_a_row_higher_than_a_page_goes_on_on_the_next():
    long = " ".join(f"chữ{number}" for number in range(1500))
    content = table_pdf(title="T", subtitle_lines=[], columns=[("Một", 1), ("Hai", 1)], rows=[["a", long], ["b", "c"]])
    with pdfplumber.open(io.BytesIO(content)) as pdf:
        pages = [[word["text"] for word in page.extract_words()] for page in pdf.pages]
    assert len(pages) > 1
    assert [word for page in pages for word in page if word.startswith("chữ")] == long.split()
    assert [page.count("Hai") for page in pages] == [1] * len(pages)


def test_a_word_without_end_stays_in_its_column():
    content = table_pdf(title="T", subtitle_lines=[], columns=[("Một", 1), ("Hai", 9)], rows=[["x" * 300, "b"]])
    with pdfplumber.open(io.BytesIO(content)) as pdf:
        page = pdf.pages[0]
        edge = page.find_tables()[0].rows[2].cells[0][2]
        assert max(char["x1"] for char in page.chars if char["text"] == "x") <= edge


def test_what_looks_like_markup_is_printed_as_it_is():
    content = table_pdf(title="<b>", subtitle_lines=["<i>"], columns=[("<u>", 1)], rows=[["<script>&amp;"]])
    (_, _, rows), *_ = tables(content)
    assert rows == [["<u>"], ["(1)"], ["<script>&amp;"]]


# --- Long ones by a worker


AT_ONCE = 30


@pytest.fixture
def long_book(unit_officer, monkeypatch):
    """More arrivals than are printed at once."""
    assert LONGEST_AT_ONCE == 300
    monkeypatch.setattr("documents.books.views.LONGEST_AT_ONCE", AT_ONCE)
    row = arrive(unit_officer, 0)
    Arrival.objects.bulk_create(
        [
            Arrival(unit=row.unit, document=copy, year=2026, number=number, arrived_on=TODAY, by=unit_officer)
            for number, copy in enumerate(_copies(row.document, AT_ONCE), start=2)
        ]
    )
    return row.unit


def _copies(document, count):
    for number in range(1, count + 1):
        document.pk, document.reference = None, f"{number}/TB-BNV"
        document.save(force_insert=True)
        yield Document.objects.get(pk=document.pk)


def test_a_long_book_is_printed_by_a_worker_for_the_one_who_asked(long_book, unit_officer, stranger, client_of):
    client = client_of(unit_officer)
    response = client.post(f"{reverse('print_book_in')}?tu=01/03/2026&den=31/03/2026")
    job = Job.objects.get()
    assert (response.url, job.state, job.total) == (job.get_absolute_url(), "waiting", AT_ONCE + 1)
    assert job.title == "In sổ đăng ký văn bản đến, 31 dòng"
    done_by_worker()
    job.refresh_from_db()
    assert (job.state, job.done, job.percent) == ("done", 31, 100)
    address = reverse("job_result", args=[job.pk])
    assert client_of(stranger).get(address).status_code == 404
    content = b"".join(client.get(address).streaming_content)
    assert [row[1] for _, _, rows in tables(content) for row in rows[2:]] == [f"{n:02d}" for n in range(1, 32)]


def test_while_a_long_book_is_made_its_page_tells_what_is_being_done(long_book, unit_officer, client_of, monkeypatch):
    client, seen = client_of(unit_officer), []
    arguments = {"book": "in", "query": "tu=01/03/2026&den=31/03/2026"}
    job = Job.objects.create(title="In sổ", by=unit_officer, arguments=arguments, total=31)

    def look(found, **changes):
        stored(found, **changes)
        page = client.get(job.get_absolute_url()).content.decode()
        seen.append(re.findall(r"31 dòng(?:: ([^.<]+))?\.", page) + re.findall(r"<progress[^>]*>", page))

    job.state = "running"
    assert "31 dòng: đang lấy từ sổ." in render_to_string("documents/jobs/_job.html", {"job": job})
    stored = jobs.report
    monkeypatch.setattr(jobs, "report", look)
    done_by_worker()
    told = ["đang xếp nội dung", "đang dàn trang 1", "đang dàn trang 2", "đang ghi các trang ra PDF"]
    assert [words for words, _ in seen] == [*told, told[-1], ""]
    assert [bar for _, bar in seen[:4]] == ['<progress class="w-100">'] * 4
    assert seen[-1][1] == '<progress class="w-100" max="100" value="100">'
    assert Job.objects.get().message == ""


def test_the_pages_of_a_book_are_listed_once_and_not_for_every_cell():
    table_pdf(title="T", subtitle_lines=[], columns=[("Một", 1)], rows=[["a"]])
    pdf = pydyf.PDF()
    for count in (1, 2):
        pdf.add_page(pydyf.Dictionary({"Type": "/Page"}))
        assert pdf.page_references is pdf.page_references
        assert len(pdf.page_references) == count


def test_a_book_that_failed_is_run_again_as_a_book(unit_officer):
    arguments = {"book": "in", "query": ""}
    job = Job.objects.create(
        title="In sổ", by=unit_officer, arguments=arguments, state="failed", finished_at=timezone.now()
    )
    run_again(job)
    done_by_worker()
    assert Job.objects.get().result.name.endswith(".pdf")


def test_a_link_to_the_printed_book_leads_to_the_book(unit_officer, client_of):
    response = client_of(unit_officer).get(f"{reverse('print_book_in')}?tu=01/01/2026")
    assert response.url == f"{reverse('book_in')}?tu=01%2F01%2F2026"
