"""Delegates from an Excel list: bad cells told with their places, stored whole or not at all; what goes out comes in."""

import io

import openpyxl
import pytest
from django.urls import reverse

from conferences.models import Delegate, Delegation, Event
from tests.awards.conftest import make_recipient
from tests.conftest import make_unit
from tests.documents.excel.workbooks import book_of, upload

HEADS = [
    "STT",
    "Họ và tên",
    "Năm sinh",
    "Chức vụ",
    "Đơn vị công tác",
    "Đoàn",
    "Là",
    "Nữ",
    "Đảng viên",
    "Lý do cử",
    "Chỗ ngồi",
]


@pytest.fixture
def client(client_of, officer):
    return client_of(officer)


@pytest.fixture
def at(congress):
    return lambda step="": reverse(f"import_delegates{step and '_'}{step}", args=[congress.pk])


@pytest.fixture
def sent(client, at):
    def send(*rows, heads=HEADS, **shared):
        return client.post(at(), {"file": upload(book_of(heads, *rows))} | shared, follow=True)

    return send


def store(client, at):
    seen = client.get(at("check")).context["plan"].print
    return client.post(at("store"), {"seen": seen}, follow=True)


def test_a_list_is_checked_and_stored(congress, people, delegation, sent, client, at):
    sent(
        [1, "Nông Văn Ánh", None, "Trưởng thôn", None, "UBND xã Ba Sơn", None, None, "x", "Bổ sung", "A1"],
        [2, "Lê Ngọc Khách", 1970, "Phóng viên", "Báo Lạng Sơn", None, "Khách mời", "Nữ", None, None, None],
    )
    page = store(client, at)
    assert "Đã lưu 2 đại biểu từ tệp Excel." in page.content.decode()
    first, guest = Delegate.objects.order_by("role", "pk").reverse()
    assert (first.recipient, first.delegation, first.award.type.code) == (people[0], delegation, "BKTTG")
    assert (first.post, first.seat, first.traits) == ("Trưởng thôn", "A1", ["party"])
    assert (guest.role, guest.recipient, guest.birth_year, guest.traits) == ("guest", None, 1970, ["woman"])


def test_bad_cells_are_told_with_their_places_and_nothing_is_stored(people, delegation, sent, client, at):
    page = sent(
        [1, "Nông Văn Ánh", 80, None, None, "Đoàn lạ", "Quan khách", None, "có lẽ", None, None],
        [2, None, None, "Không tên", None, None, None, None, None, None, None],
        [3, "Lý Văn Cường", None, None, None, None, None, None, None, None, None],
        [4, "Vi Thị Dung", None, None, None, "UBND xã Ba Sơn", None, None, None, None, None],
    )
    told = {where.rpartition("ô ")[2]: words for where, words in page.context["faults"]}
    beginnings = {
        "C2": "«80»", "F2": "không có đoàn «Đoàn lạ»", "G2": "không rõ «Quan khách»", "I2": "không rõ «có lẽ»",
        "B3": "chưa ghi «Họ và tên»", "J4": "chưa có khen thưởng", "J5": "chưa có khen thưởng được tính từ 10/09/2020 (Bằng khen",
    }  # fmt: skip
    assert told.keys() == beginnings.keys()
    assert all(told[cell].startswith(words) for cell, words in beginnings.items()), told
    store(client, at)
    assert not Delegate.objects.exists()


def test_more_than_the_quota_are_told(people, delegation, sent, client, at):
    rows = [[number, name, None, None, None, "UBND xã Ba Sơn", None, None, None, "Gương", None]
            for number, name in enumerate(["Nông Văn Ánh", "Hoàng Thị Bình", "Lý Văn Cường"], 1)]  # fmt: skip
    page = sent(*rows)
    assert ["được cử 2 đại biểu chính thức" in words for _, words in page.context["faults"]] == [True]
    store(client, at)
    assert not Delegate.objects.exists()


def test_one_of_whom_nothing_is_known_is_asked_for_then_typed(congress, people, sent, client, at):
    page = sent([1, "Chu Văn Lạ", None, "Thợ xây", "Thôn Nà Lầu", None, None, None, None, "Thợ giỏi", None])
    assert [named.name for named, _ in page.context["open"]] == ["Chu Văn Lạ"]
    assert "Không có trong danh sách cá nhân, ghi theo tệp" in page.content.decode()
    client.post(at("mend"), {"who-2-0": "new"})
    store(client, at)
    row = Delegate.objects.get()
    assert (row.recipient, row.workplace, row.reason) == (None, "Thôn Nà Lầu", "Thợ giỏi")


def test_of_two_of_one_name_a_person_says_who(congress, people, commune, sent, client, at):
    twin = make_recipient(name="Nông Văn Ánh", unit=commune, began_year=1990)
    page = sent([1, "Nông Văn Ánh", None, None, None, None, None, None, None, "Gương", None])
    assert len(page.context["open"]) == 1
    client.post(at("mend"), {"who-2-0": str(twin.pk)})
    store(client, at)
    assert Delegate.objects.get().recipient == twin


def test_a_guest_is_nobody_of_the_register_by_name_alone(congress, people, sent, client, at):
    sent([1, "Nông Văn Ánh", None, "Vụ trưởng", "Bộ Nội vụ", None, "Khách mời", None, None, None, None])
    store(client, at)
    assert Delegate.objects.get().recipient is None


def test_who_is_there_already_is_left_alone(congress, people, delegate, sent, client, at):
    delegate(recipient=people[0], award=people[0].awards.first())
    delegate("Lê Ngọc Khách", role="guest", workplace="Báo Lạng Sơn", delegation=None, reason="")
    page = sent(
        [1, "Nông Văn Ánh", None, None, None, None, None, None, None, None, None],
        [2, "Lê Ngọc Khách", None, None, "Báo Lạng Sơn", None, "Khách mời", None, None, None, None],
        [3, "Hoàng Thị Bình", None, None, None, None, None, None, None, None, None],
    )
    assert page.context["faults"] == []
    store(client, at)
    assert Delegate.objects.count() == 3


def test_the_file_that_goes_out_comes_in_at_another_conference(
    congress, people, delegate, plan, client, client_of, officer
):
    delegate(
        recipient=people[0], award=people[0].awards.first(), seat="B2", traits=["party", "worker"], birth_year=1970
    )
    delegate("Lê Ngọc Khách", role="guest", workplace="Báo Lạng Sơn", delegation=None, reason="")
    content = client.get(reverse("conference_delegates", args=[congress.pk]), {"xuat": "xlsx"}).content
    assert [cell.value for cell in openpyxl.load_workbook(io.BytesIO(content)).active[5]][:4] == [
        "Họ và tên", "Xưng hô", "Chức vụ", "Đơn vị công tác",
    ]  # fmt: skip
    other = Event.objects.create(
        unit=congress.unit, by=officer, name="Hội nghị tổng kết", kind="review", day=congress.day
    )
    Delegation.objects.create(event=other, unit=people[0].unit)
    step = lambda name="": reverse(f"import_delegates{name and '_'}{name}", args=[other.pk])  # noqa: E731
    page = client.post(step(), {"file": upload(content)}, follow=True)
    assert page.context["faults"] == []
    store(client, step)
    kept = other.delegates.get(recipient=people[0])
    assert (kept.seat, kept.traits, kept.birth_year) == ("B2", ["worker", "party"], 1970)
    assert other.delegates.filter(role="guest", recipient=None).exists()


def test_only_who_keeps_the_conference_enters_a_list(congress, own, client_of, event):
    assert client_of(own).get(reverse("import_delegates", args=[congress.pk])).status_code == 404
    assert client_of(own).get(reverse("import_delegates", args=[event.pk])).status_code == 200
    stranger = make_unit("xa-khac", "UBND xã Công Sơn")
    Event.objects.filter(pk=event.pk).update(unit=stranger)
    assert client_of(own).get(reverse("import_delegates", args=[event.pk])).status_code == 404
