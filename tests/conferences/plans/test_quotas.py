"""How many delegates each unit sends: the list, one number, a file out and in."""

import io
from datetime import date

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from conferences.models import Quota
from conferences.plans import quotas
from documents.models import Change
from tests.conftest import make_unit
from tests.exported import sheet_of
from units.models import Unit


@pytest.fixture
def communes(commune):
    """Three that hold a conference, and one that ended before the window."""
    make_unit("xa-cu", "UBND xã Cũ", kind=Unit.Kind.COMMUNE, ended=date(2025, 6, 30))
    names = ["Công Sơn", "Đồng Đăng"]
    return [commune, *(make_unit(f"xa-{n}", f"UBND xã {name}", kind=Unit.Kind.COMMUNE) for n, name in enumerate(names))]


def _file(rows, heads=("Mã đơn vị", "Số đại biểu riêng")):
    book = openpyxl.Workbook()
    for row in [heads, *rows]:
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return SimpleUploadedFile("so.xlsx", stream.getvalue())


def _send(client, plan, rows, **more):
    return client.post(reverse("read_quotas", args=[plan.pk]), {"file": _file(rows, **more)})


def test_units_in_the_windows_with_what_their_level_sends(plan, communes, province, own, client_of):
    Quota.objects.create(plan=plan, unit=communes[1], number=5)
    assert quotas.quota_of(plan, communes[0]) == 2
    assert quotas.quota_of(plan, communes[1]) == 5
    assert quotas.quota_of(plan, province) == 0
    page = client_of(own).get(reverse("plan_quotas", args=[plan.pk])).content.decode()
    assert "UBND xã Đồng Đăng" in page
    assert "UBND xã Cũ" not in page
    assert "UBND tỉnh Lạng Sơn" not in page.partition("<main")[2], "it holds the congress"
    assert "Đọc từ Excel" not in page, "others only read"
    found = client_of(own).get(reverse("plan_quotas", args=[plan.pk]), {"rieng": "co"}).context["page_obj"].object_list
    assert [row.pk for row in found] == [communes[1].pk]


def test_number_of_one_unit(plan, communes, officer, own, client_of):
    address = reverse("edit_quota", args=[plan.pk, communes[0].pk])
    assert client_of(own).get(address).status_code == 403
    client = client_of(officer)
    assert client.post(address, {"version": plan.version, "number": "-1"}).status_code == 422
    assert client.post(address, {"version": plan.version, "number": "7"}).status_code == 302
    assert quotas.quota_of(plan, communes[0]) == 7
    assert client.post(address, {"version": plan.version, "number": "8"}).status_code == 422, "from an old page"
    assert client.post(address, {"version": plan.version + 1, "number": ""}).status_code == 302
    assert not Quota.objects.exists()
    told = Change.objects.filter(about="conference_plan", what="set_quotas").order_by("pk")
    assert [row.changes for row in told] == [{"UBND xã Ba Sơn": ["", words]} for words in ("7", "theo cấp")]


def test_file_goes_out_is_filled_in_and_comes_back(plan, communes, officer, client_of):
    client = client_of(officer)
    Quota.objects.create(plan=plan, unit=communes[2], number=9)
    sheet = sheet_of(client.get(reverse("plan_quotas", args=[plan.pk]), {"xuat": "xlsx"}))
    rows = list(sheet.iter_rows(values_only=True))
    head = next(row for row in rows if "Mã đơn vị" in row)
    assert quotas.NUMBER in head
    assert _send(client, plan, [("xa-ba-son", 4), ("xa-0", None), ("xa-1", "–")]).status_code == 302
    assert dict(plan.quotas.values_list("unit__code", "number")) == {"xa-ba-son": 4}


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([("xa-khac", 3)], "không phải đơn vị tổ chức hội nghị"),
        ([("xa-cu", 3)], "không phải đơn vị tổ chức hội nghị"),
        ([("xa-ba-son", 3), ("xa-ba-son", 4)], "có hai lần trong tệp"),
        ([("xa-ba-son", 2.5)], "không phải số đại biểu"),
        ([("xa-ba-son", -1)], "Không ghi số âm"),
        ([("xa-ba-son", "ba")], "ô B3"),
        ([("", 3)], "chưa ghi mã đơn vị"),
    ],
)
def test_what_is_wrong_in_a_file_is_told_by_its_cell_and_nothing_is_stored(
    plan, communes, officer, client_of, rows, words
):
    answer = _send(client_of(officer), plan, [("xa-0", 8), *rows])
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Quota.objects.exists()


def test_other_files_are_refused(plan, communes, officer, client_of):
    answer = _send(client_of(officer), plan, [(1, 2)], heads=("Một", "Hai"))
    assert answer.status_code == 422
    assert "Tệp không có cột" in answer.content.decode()


def test_list_asks_as_much_for_many_units(plan, communes, officer, client_of, django_assert_max_num_queries):
    client, address = client_of(officer), reverse("plan_quotas", args=[plan.pk])
    client.get(address)
    with django_assert_max_num_queries(30) as few:
        client.get(address)
    for number in range(20):
        make_unit(f"xa-nhieu-{number}", f"UBND xã {number}", kind=Unit.Kind.COMMUNE)
    with django_assert_max_num_queries(len(few.captured_queries)):
        client.get(address)
