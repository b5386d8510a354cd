"""Registrations from an Excel list: matched, checked, stored whole or not at all; what a list is as a file."""

import io

import openpyxl
import pytest
from django.urls import reverse

from awards.models import Aim, Registration
from awards.registrations import actions
from documents.models import Change
from tests.awards.conftest import make_recipient
from tests.days import TODAY
from tests.documents.excel.workbooks import book_of, upload

pytestmark = pytest.mark.usefixtures("day_of_the_run")
YEAR = TODAY.year
HEADS = ["STT", "Tên cá nhân, tập thể", "Đơn vị công tác", "Danh hiệu đăng ký"]


@pytest.fixture
def person(types, unit_officer):
    return make_recipient(name="Nông Thị Mẫu", unit=unit_officer.unit)


@pytest.fixture
def registration(person, unit_officer):
    return actions.begin(YEAR, by=unit_officer)


@pytest.fixture
def client(client_of, unit_officer):
    return client_of(unit_officer)


@pytest.fixture
def at(registration):
    return lambda step="": reverse(f"import_aims{step and '_'}{step}", args=[registration.pk])


@pytest.fixture
def sent(client, at):
    def send(*rows, heads=HEADS, **shared):
        return client.post(at(), {"file": upload(book_of(heads, *rows))} | shared, follow=True)

    return send


def store(client, at):
    seen = client.get(at("check")).context["plan"].print
    return client.post(at("store"), {"seen": seen}, follow=True)


def test_a_list_is_checked_and_stored(registration, person, sent, client, at, types, unit_officer):
    team = make_recipient("collective", "Phòng Mẫu", unit=unit_officer.unit)
    actions.register(registration, by=unit_officer, recipients=[person], type=types["LDTT"])
    sent([1, "Nông Thị Mẫu", None, "Lao động tiên tiến"], [2, "Nông Thị Mẫu", None, "CSTĐCS"],
         [3, "Phòng Mẫu", None, "Tập thể lao động tiên tiến"])  # fmt: skip
    page = store(client, at)
    assert "Đã lưu 2 dòng đăng ký từ tệp Excel." in page.content.decode()
    assert set(registration.aims.values_list("recipient", "type__code")) == {
        (person.pk, "LDTT"),
        (person.pk, "CSTDCS"),
        (team.pk, "TTLDTT"),
    }
    assert Change.objects.filter(about="registration", what="register").count() == 3


def test_what_is_wrong_is_named_at_its_cell_and_nothing_is_stored(registration, person, sent, client, at, stranger):
    make_recipient(name="Vi Văn Xa", unit=stranger.unit)
    page = sent(
        [1, "Nông Thị Mẫu", None, "Bằng khen của Chủ tịch UBND tỉnh"], [2, "Nông Thị Mẫu", None, "Tập thể lao động xuất sắc"],
        [3, "Nông Thị Mẫu", None, "Lao động giỏi"], [4, None, None, "Lao động tiên tiến"],
        [5, "Nông Thị Mẫu", None, "Lao động tiên tiến"], [6, "Nông Thị Mẫu", None, "Lao động tiên tiến"],
        [7, "Vi Văn Xa", None, "Lao động tiên tiến"],
    )  # fmt: skip
    told = {where.rpartition("ô ")[2]: words for where, words in page.context["faults"]}
    beginnings = {
        "D2": "chỉ đăng ký danh hiệu thi đua", "D3": "Tập thể lao động xuất sắc", "D4": "Không có danh hiệu, hình thức «",
        "B5": "chưa ghi «", "B7": "trùng dòng 6: cùng người",
    }  # fmt: skip
    assert told.keys() == beginnings.keys()
    assert all(told[cell].strip("“").startswith(words) for cell, words in beginnings.items()), told
    assert [named.name for named, _ in page.context["open"]] == ["Vi Văn Xa"]
    assert "Người mới" not in page.content.decode()
    store(client, at)
    assert not Aim.objects.exists()


def test_who_left_since_is_refused_by_hand_too(registration, person, sent, client, types, unit_officer, officer):
    person.ended_on = TODAY
    person.save()
    page = sent([1, "Nông Thị Mẫu", None, "Lao động tiên tiến"])
    ((_, words),) = page.context["faults"]
    assert words == "không còn thuộc Sở Y tế. Hãy bỏ người này."


def test_once_it_was_sent_nothing_is_entered(
    registration, person, client, at, types, unit_officer, client_of, stranger
):
    actions.register(registration, by=unit_officer, recipients=[person], type=types["LDTT"])
    actions.send(registration, by=unit_officer)
    assert client.get(at()).status_code == 302
    assert client_of(stranger).get(at()).status_code == 404
    assert Registration.objects.get().aims.count() == 1


def test_it_goes_out_as_excel_with_what_was_reached(registration, person, client, types, unit_officer):
    actions.register(registration, by=unit_officer, recipients=[person], type=types["LDTT"])
    answer = client.get(registration.get_absolute_url(), {"xuat": "xlsx"})
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    cells = [[cell for cell in row if cell is not None] for row in sheet.iter_rows(values_only=True)]
    assert any("Nông Thị Mẫu" in row and "Chưa đạt" in row for row in cells)
    answer = client.get(reverse("registrations"), {"xuat": "xlsx"})
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    assert any("Sở Y tế" in row for row in sheet.iter_rows(values_only=True))
