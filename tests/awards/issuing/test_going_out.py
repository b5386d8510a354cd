"""What leaves the program of a decision: the bundle in one file, the list that anybody reads where the office wants it."""

import io
import zipfile

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from awards.issuing import bundle, papers
from awards.issuing.models import Paper
from documents.jobs.working import enlist, work_once
from documents.models import Job
from tests.awards.conftest import give, make_recipient

from .conftest import DAY, YEAR


def opened(content):
    return zipfile.ZipFile(io.BytesIO(content))


@pytest.fixture
def decision(passed, composed, issued, officer):
    draft = composed(passed("Lý Văn A"), passed("Lý Văn B"))
    papers.draft(draft, Paper.SUBMISSION, by=officer)
    return issued(draft)


def test_the_bundle_has_papers_and_list(decision, officer, unit_officer, client_of):
    answer = client_of(officer).post(f"/khen-thuong/quyet-dinh/{decision.pk}/tai-bo/")
    found = opened(answer.content)
    names = sorted(found.namelist())
    # Nobody signs the submission yet: that it cannot be set is told, and the rest is there.
    assert len([name for name in names if name.endswith(".pdf")]) == 1
    assert "Tờ trình (chưa có số): thiếu" in found.read("KHONG-IN-DUOC.txt").decode()
    issued_pdf = next(name for name in names if f"{decision.paper.pk}-qd" in name)
    assert found.read(issued_pdf) == bytes(decision.paper.copy.content)
    sheet = openpyxl.load_workbook(io.BytesIO(found.read("danh-sach.xlsx"))).active
    cells = [cell.value for row in sheet.iter_rows() for cell in row]
    assert "Lý Văn A" in cells
    assert 3_800_000 in cells
    assert client_of(unit_officer).post(f"/khen-thuong/quyet-dinh/{decision.pk}/tai-bo/").status_code == 403


def test_a_long_one_is_made_by_a_worker(decision, officer, client_of, monkeypatch):
    monkeypatch.setattr(bundle, "SHORT", 1)
    answer = client_of(officer).post(f"/khen-thuong/quyet-dinh/{decision.pk}/tai-bo/")
    job = Job.objects.get()
    assert answer.url == job.get_absolute_url()
    assert work_once(enlist())
    job.refresh_from_db()
    assert (job.state, job.done) == ("done", job.total)
    assert "danh-sach.xlsx" in opened(job.result.open().read()).namelist()


def test_nobody_reads_the_list_until_the_office_wants_it(types, officer, settings):
    give(make_recipient(name="Lý Văn A"), "BKT", YEAR, officer)
    assert Client().get("/cong-khai/khen-thuong/").url.startswith("/dang-nhap/")
    settings.AWARDS_ARE_PUBLIC = True
    assert "Lý Văn A" in Client().get("/cong-khai/khen-thuong/").content.decode()


def test_the_public_list_finds_by_name_alone(types, officer, settings, other_unit):
    settings.AWARDS_ARE_PUBLIC = True
    give(make_recipient(name="Lý Văn A", unit=other_unit, staff_code="MS01"), "BKT", YEAR, officer)
    shown = {
        words: Client().get("/cong-khai/khen-thuong/", {"q": words}).content.decode()
        for words in ("ly van", "ms01", "so y te")
    }
    assert {words: "Lý Văn A" in page for words, page in shown.items()} == {
        "ly van": True,
        "ms01": False,
        "so y te": False,
    }


def test_the_public_list_says_name_unit_award_decision_alone(types, officer, settings, other_unit):
    settings.AWARDS_ARE_PUBLIC = True
    person = make_recipient(name="Lý Văn A", unit=other_unit, post="Bí mật", address="Số nhà 5", staff_code="MS01")
    give(person, "BKT", YEAR, officer, amount=3_800_000, deed="Thành tích riêng", post="Trưởng phòng")
    give(make_recipient(name="Lý Văn Hủy"), "BKT", YEAR, officer, cancelled_on=DAY, cancelled_by="theo QĐ 1")
    give(make_recipient(name="Lý Văn Gỡ"), "BKT", YEAR, officer, stands=False)
    page = Client().get("/cong-khai/khen-thuong/").content.decode()
    assert all(words in page for words in ("Lý Văn A", "Sở Y tế", "Bằng khen của Chủ tịch", "/QĐ-UBND"))
    hidden = [
        "Bí mật",
        "Số nhà 5",
        "MS01",
        "3.800.000",
        "3800000",
        "Thành tích riêng",
        "Trưởng phòng",
        "Lý Văn Hủy",
        "Lý Văn Gỡ",
        "Hòa",
    ]
    assert [words for words in hidden if words in page] == []
    assert "Lý Văn A" not in Client().get("/cong-khai/khen-thuong/?q=khong+co").content.decode()
    counts = []
    for number in (3, 30):
        for n in range(number):
            give(make_recipient(name=f"Nông {number} {n}"), "BKT", YEAR, officer)
        with CaptureQueriesContext(connection) as queries:
            Client().get("/cong-khai/khen-thuong/")
        counts.append(len(queries))
    assert counts[0] == counts[1]
