"""The list of the catalogue by day, its file, and rows that are confirmed: by managers, once, logged, two at once."""

import threading
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from awards.catalogue import book
from awards.catalogue.actions import STEPS
from awards.catalogue.models import Stamp
from awards.log import About
from awards.models import AwardType, Measure, Office
from documents.models import history_of
from tests.exported import exported_rows, sheet_of

TODAY = date(2026, 11, 28)


@pytest.fixture
def listed(types, unit_officer, client_of):
    """A function that gives {code: line} of the list, as it is asked for."""
    client = client_of(unit_officer)

    def lines(**asked):
        answer = client.get(reverse("catalogue"), asked)
        assert answer.status_code == 200
        return {line.type.code: line for line in answer.context["page_obj"]}

    return lines


@pytest.mark.parametrize(
    ("day", "there", "not_there"),
    [
        ("01/10/2017", {"CSTDCS", "GK"}, {"CDLSUT"}),
        ("31/12/2023", {"CSTDCS", "GK"}, {"XPTB", "KNC", "HCTNXP"}),
        ("01/01/2024", {"CSTDCS", "XPTB", "KNC", "HCTNXP"}, set()),
        ("24/10/2021", set(), {"CDLSUT"}),
        ("25/10/2021", {"CDLSUT"}, set()),
    ],
)
def test_the_list_is_that_of_the_day(listed, day, there, not_there):
    found = listed(ngay=day)
    assert there <= found.keys()
    assert not not_there & found.keys()


def test_each_line_says_what_held_on_the_day(listed):
    found = listed(ngay="30/06/2025")
    assert "Chủ tịch Ủy ban nhân dân huyện, thành phố thuộc tỉnh" in found["CSTDCS"].deciders
    assert (found["CSTDCS"].votes, found["CSTDCS"].coefficients, found["CSTDCS"].cap) == ("80 %", "1,0", "")
    assert found["BKT"].coefficients == "Cá nhân 1,5; Tập thể 3,0; Hộ gia đình 1,5 lần cá nhân"
    assert (found["KNC"].coefficients, found["KNC"].coefficient) == ("tối đa 0,6", "tối đa 0,6")
    assert found["XPTB"].name == "Xã, phường, thị trấn tiêu biểu"
    later = listed(ngay="01/07/2025")
    assert "Chủ tịch Ủy ban nhân dân cấp xã" in later["CSTDCS"].deciders
    assert later["XPTB"].name == "Xã, phường, đặc khu tiêu biểu"
    assert listed(ngay="31/12/2023")["CSTDCS"].cap == "15 % “Lao động tiên tiến”"


def test_titles_and_forms_are_chosen_and_marked(listed):
    assert {line.type.is_title for line in listed(loai="title").values()} == {True}
    forms = listed(loai="forms")
    assert {line.type.is_title for line in forms.values()} == {False}
    assert {line.type.form for line in listed(loai="order").values()} == {"order"}
    assert {line.kind for line in forms.values()} == {"Hình thức khen thưởng"}


@pytest.mark.parametrize(
    ("asked", "codes"),
    [
        ({"q": "chien si thi dua"}, {"CSTDCS", "CSTDT", "CSTDB", "CSTDTQ"}),
        ({"q": "CSTDCS"}, {"CSTDCS"}),
        ({"cho": "household"}, {"GDVH", "BKTTG", "BKT", "BKB", "BKQK", "BKDH", "GK"}),
        ({"cap": "province", "loai": "title", "cho": "person"}, {"CSTDT", "CDLSUT"}),
        ({"q": "khongcogi"}, set()),
    ],
)
def test_the_list_is_narrowed(listed, asked, codes):
    assert listed(ngay="28/11/2026", **asked).keys() == codes


def test_what_waits_is_filtered(listed):
    found = listed(ngay="28/11/2026", xac_nhan="cho")
    assert "CSTDCS" in found
    assert "CSTT" not in found
    assert all(line.waiting for line in found.values())


def test_a_day_before_all_is_refused_beside_its_field(types, unit_officer, client_of):
    answer = client_of(unit_officer).get(reverse("catalogue"), {"ngay": "30/09/2017"})
    assert answer.context["filter"].form.errors["ngay"] == [
        "Danh mục tra được từ ngày 01/10/2017. Hãy chọn ngày từ đó về sau."
    ]
    assert list(answer.context["page_obj"]) == []


def test_the_file_holds_what_the_list_shows_with_its_day(types, unit_officer, client_of):
    client = client_of(unit_officer)
    answer = client.get(reverse("catalogue"), {"ngay": "30/06/2025", "loai": "title", "xuat": "xlsx"})
    rows = {row[0]: row for row in exported_rows(answer)}
    assert rows["Cờ thi đua của Ủy ban nhân dân tỉnh"][1:9] == (
        "Danh hiệu thi đua", "Danh hiệu thi đua", "Cấp tỉnh", "Tập thể", "Chủ tịch Ủy ban nhân dân tỉnh", "80 %", 8, None,
    )  # fmt: skip
    assert "30/06/2025" in sheet_of(answer).cell(3, 1).value
    today = client.get(reverse("catalogue"), {"xuat": "xlsx"})
    assert f"Tại ngày: {timezone.localdate():%d/%m/%Y}" in sheet_of(today).cell(3, 1).value
    assert len(exported_rows(today)) == AwardType.objects.count()


# --- Confirmed


@pytest.fixture
def waiting(db):
    """The share of votes for a CSTĐCS, which waits, with what it needs to be read."""
    award = AwardType.objects.create(code="CSTDCS", form="title", level="unit", for_person=True)
    Office.objects.create(code="province", name="Chủ tịch Ủy ban nhân dân tỉnh")
    return Measure.objects.create(
        kind="votes", value="80%", of="tổng số thành viên Hội đồng", award=award, since=date(2025, 7, 1),
        place="điều về bỏ phiếu", doubt="Chưa đọc điều về bỏ phiếu.",
    )  # fmt: skip


def confirm(client, *rows, back=""):
    return client.post(
        reverse("confirm_provisions"), {"dong": [row.name_in_forms for row in rows], "ve": back}, follow=True
    )


def said(answer):
    return [str(message) for message in answer.context["messages"]]


def test_a_manager_confirms_a_row_and_the_log_tells_so(waiting, officer, client_of):
    assert book.catalogue().unsure()
    answer = confirm(client_of(officer), waiting, back=reverse("award_type", args=["CSTDCS"]))
    assert said(answer) == ["Đã xác nhận 1 dòng."]
    assert answer.redirect_chain[0][0] == "/khen-thuong/danh-muc/CSTDCS/"
    waiting.refresh_from_db()
    assert (waiting.confirmed_on, waiting.confirmed_by, waiting.version) == (timezone.localdate(), officer, 2)
    assert book.catalogue().unsure() == []
    entry = history_of(About.MEASURE, waiting.pk).get()
    assert (entry.what, entry.by) == ("confirm", officer)
    assert entry.changes["Xác nhận ngày"] == ["", f"{timezone.localdate():%d/%m/%Y}"]
    assert entry.changes["Dòng"][1] == "Tỷ lệ phiếu CSTDCS 80% · điều về bỏ phiếu · từ 01/07/2025"


def test_the_second_to_confirm_is_told_who_was_first(waiting, officer, leader, client_of):
    confirm(client_of(officer), waiting)
    told = said(confirm(client_of(leader), waiting))
    assert told == [f"Tỷ lệ phiếu CSTDCS 80%: {officer} đã xác nhận dòng này ngày {timezone.localdate():%d/%m/%Y}."]
    assert history_of(About.MEASURE, waiting.pk).count() == 1


def test_what_was_changed_meanwhile_is_not_confirmed_unseen(waiting, officer, client_of):
    Measure.objects.filter(pk=waiting.pk).update(value="90%", version=2)
    told = said(confirm(client_of(officer), waiting))
    assert told == ["Tỷ lệ phiếu CSTDCS 90%: Bản bạn đang xem không phải bản mới nhất."]
    waiting.refresh_from_db()
    assert waiting.waits


@pytest.mark.parametrize("who", ["clerk", "store_keeper", "unit_officer", "stranger", "council_member"])
def test_nobody_else_confirms(waiting, people, client_of, who):
    assert confirm(client_of(people[who]), waiting).status_code == 403
    assert not STEPS["measure"]["confirm"].may(waiting, people[who])
    waiting.refresh_from_db()
    assert waiting.waits


@pytest.mark.parametrize("name", ["", "measure", "measure:0:1", "measure:abc:1", "user:1:1", "measure:999999:1"])
def test_a_row_that_there_is_not_is_not_found(waiting, officer, client_of, name):
    assert client_of(officer).post(reverse("confirm_provisions"), {"dong": [name]}).status_code == 404


def test_nothing_chosen_is_told_and_nobody_is_led_away(waiting, officer, client_of):
    answer = client_of(officer).post(reverse("confirm_provisions"), {"ve": "https://example.org/"}, follow=True)
    assert said(answer) == ["Chưa chọn dòng nào. Hãy đánh dấu các dòng đã đối chiếu rồi bấm lại."]
    assert answer.redirect_chain[0][0] == reverse("waiting_provisions")


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_of_two_who_confirm_at_once_one_is_logged(waiting, officer, leader):
    start, answers = threading.Barrier(2), []

    def press(person):
        client = Client()
        client.force_login(person)
        start.wait()
        answers.append(client.post(reverse("confirm_provisions"), {"dong": [waiting.name_in_forms]}).status_code)
        connection.close()

    threads = [threading.Thread(target=press, args=[person]) for person in (officer, leader)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [302, 302]
    assert history_of(About.MEASURE, waiting.pk).count() == 1
    waiting.refresh_from_db()
    assert waiting.version == 2
    assert Stamp.objects.count() == 1
