"""The pages of the store: what stands out, cards, vouchers, what is typed wrong, files, who sees them."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from awards.models import Due, ItemKind, Movement, Serial
from awards.stock.actions import enter
from tests.awards.issuing.conftest import DAY
from tests.awards.stock.conftest import level
from tests.exported import sheet_of

TODAY = f"{DAY:%d/%m/%Y}"


@pytest.fixture
def keeper(client_of, store_keeper):
    return client_of(store_keeper)


@pytest.fixture
def field(kinds):
    """A function: the field of a kind."""
    return lambda code: f"kind-{kinds[code].pk}"


def test_the_store_shows_what_is_in_use_and_what_is_short_or_at_its_least(keeper, kinds, receive, owed):
    ItemKind.objects.filter(code="hop-huy-hieu").update(least=5)
    owed(2)
    receive("khung-bang", 7)
    receive("hop-huy-hieu", 5)
    rows = {row.code: row for row in keeper.get(reverse("store")).context["page_obj"]}
    assert set(rows) == {"phoi-bang-khen", "bang-khen-tinh", "khung-bang", "hop-huy-hieu"}
    row = rows["khung-bang"]
    assert (row.on_hand, row.kept, row.free, row.short) == (7, 2, 5, 0)
    assert rows["phoi-bang-khen"].to_print == 2
    for chosen, codes in {
        "toi-thieu": {"hop-huy-hieu"}, "thieu": {"phoi-bang-khen"}, "co": {"khung-bang", "hop-huy-hieu"},
    }.items():  # fmt: skip
        found = keeper.get(reverse("store"), {"muc": chosen}).context["page_obj"]
        assert {row.code for row in found} == codes, chosen
    assert len(keeper.get(reverse("store"), {"muc": "tat-ca"}).context["page_obj"]) == len(kinds)
    assert [row.code for row in keeper.get(reverse("store"), {"q": "luu niem"}).context["page_obj"]] == ["qua-luu-niem"]


def test_the_store_asks_as_often_for_many_kinds_as_for_one(keeper, receive):
    receive("khung-bang", 1)
    keeper.get(reverse("store"))
    counted = []
    for code in ("hop-huy-hieu", "co-thi-dua-tinh"):
        with CaptureQueriesContext(connection) as asked:
            keeper.get(reverse("store"))
        counted.append(len(asked))
        receive(code, 2)
    assert counted[0] == counted[1] <= 12


@pytest.mark.parametrize("name", ["store", "movements", "stock_counts", "stock_orders", "receive_items", "new_order"])
def test_the_store_is_the_departments(name, client_of, unit_officer, clerk, council_member):
    assert client_of(unit_officer).get(reverse(name)).status_code == 403
    assert client_of(council_member).get(reverse(name)).status_code == 403
    writes = name in ("receive_items", "new_order")
    assert client_of(clerk).get(reverse(name)).status_code == (403 if writes else 200)


def test_a_receipt_is_written_in_one_form_and_printed(keeper, field, kinds):
    page = keeper.get(reverse("receive_items"))
    assert page.status_code == 200
    typed = {"sort": "bought", "day": TODAY, "paper": "Hóa đơn 7", "partner": "Công ty In", "note": ""}
    answer = keeper.post(
        reverse("receive_items"), typed | {field("khung-bang"): "1.200", field("hop-huy-hieu"): "3"}, follow=True
    )
    assert "Đã nhập kho: phiếu NK 1/2026" in answer.content.decode()
    assert level(kinds["khung-bang"]).on_hand == 1200
    pdf = keeper.get(Movement.objects.get().get_absolute_url(), {"xuat": "pdf"})
    assert pdf["Content-Type"] == "application/pdf"
    assert pdf.content.startswith(b"%PDF")


@pytest.mark.parametrize(
    ("wrong", "value", "words"),
    [
        ("khung-bang", "ba", "Hãy ghi một số nguyên"),
        ("khung-bang", "-1", "Không ghi số âm"),
        ("khung-bang", "2,5", "Hãy ghi một số nguyên"),
        ("huy-hieu-cstd-tinh", "2", "2 chiếc nhưng có 1 số hiệu"),
    ],
)
def test_what_is_typed_wrong_is_told_beside_its_box_and_all_stays(keeper, field, kinds, wrong, value, words):
    ItemKind.objects.filter(code="huy-hieu-cstd-tinh").update(has_serials=True)
    typed = {"sort": "bought", "day": TODAY, "paper": "Hóa đơn 7", field("hop-huy-hieu"): "3", field(wrong): value}
    typed[f"serials-{kinds['huy-hieu-cstd-tinh'].pk}"] = "A1"
    answer = keeper.post(reverse("receive_items"), typed)
    form = answer.context["form"]
    named = f"serials-{kinds[wrong].pk}" if wrong == "huy-hieu-cstd-tinh" else field(wrong)
    assert answer.status_code == 422
    assert words in str(form[named].errors)
    assert form[field("hop-huy-hieu")].value() == "3"
    assert not Movement.objects.exists()


def test_numbers_of_pieces_come_as_a_span(keeper, field, kinds):
    ItemKind.objects.filter(code="huy-hieu-cstd-tinh").update(has_serials=True)
    kind = kinds["huy-hieu-cstd-tinh"]
    typed = {"sort": "received", "day": TODAY, "paper": "Biên bản 1", field("huy-hieu-cstd-tinh"): "4"}
    keeper.post(reverse("receive_items"), typed | {f"serials-{kind.pk}": "HH08-HH10; HH99"})
    assert list(Serial.objects.values_list("number", flat=True)) == ["HH08", "HH09", "HH10", "HH99"]
    page = keeper.get(kind.get_absolute_url()).content.decode()
    assert "HH08, HH09, HH10, HH99" in page


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        (f"A1-A{'9' * 5000}", "dài quá 40 ký tự"),
        (f"{'0' * 5000}1-{'0' * 5000}2", "dài quá 40 ký tự"),
        ("A9-A1", "không phải một dải"),
        ("A1-A10001", "không phải một dải"),
        ("A1, A1", "có 2 số hiệu"),
    ],
)
def test_numbers_that_are_none_are_told_beside_their_box(keeper, field, kinds, typed, words):
    ItemKind.objects.filter(code="huy-hieu-cstd-tinh").update(has_serials=True)
    numbers = f"serials-{kinds['huy-hieu-cstd-tinh'].pk}"
    sent = {"sort": "received", "day": TODAY, "paper": "Biên bản 1", field("huy-hieu-cstd-tinh"): "1", numbers: typed}
    answer = keeper.post(reverse("receive_items"), sent)
    assert (answer.status_code, words in str(answer.context["form"][numbers].errors)) == (422, True)


def test_a_souvenir_is_given_out_to_somebody(keeper, field, receive, kinds):
    receive("qua-luu-niem", 5)
    typed = {"sort": "given_out", "day": TODAY, "paper": "Đề nghị 3", "note": "Đón đoàn", field("qua-luu-niem"): "2"}
    answer = keeper.post(reverse("write_off_items"), typed)
    assert (answer.status_code, "xuất cho ai" in answer.content.decode()) == (422, True)
    keeper.post(reverse("write_off_items"), typed | {"partner": "Đoàn công tác"})
    made = Movement.objects.first()
    assert (str(made), made.get_sort_display(), level(kinds["qua-luu-niem"]).on_hand) == (
        "XK 1/2026",
        "Xuất dùng, tặng",
        3,
    )


def test_more_than_there_is_is_not_written_off(keeper, field, receive, kinds, owed):
    owed(2)
    receive("khung-bang", 3)
    typed = {"sort": "written_off", "day": TODAY, "paper": "Biên bản 1", "note": "Vỡ", field("khung-bang"): "2"}
    answer = keeper.post(reverse("write_off_items"), typed)
    assert "2 đã giữ cho khen thưởng, chỉ còn 1" in str(answer.context["form"][field("khung-bang")].errors)
    assert keeper.post(reverse("write_off_items"), typed | {field("khung-bang"): "1"}).status_code == 302
    assert level(kinds["khung-bang"]).on_hand == 2


def test_a_voucher_is_taken_back_from_its_page(keeper, receive, kinds):
    wrong = receive("khung-bang", 30)
    page = reverse("movement", args=[wrong.pk])
    assert keeper.post(page, {"day": "01/01/2026", "reason": "Ghi nhầm"}).status_code == 422
    assert "Đã lập phiếu điều chỉnh XK 1/2026" in keeper.post(
        page, {"day": TODAY, "reason": "Ghi nhầm"}, follow=True
    ).content.decode()  # fmt: skip
    assert level(kinds["khung-bang"]).on_hand == 0


def test_the_card_counts_on_from_what_was_before_its_days(keeper, receive, kinds, store_keeper):
    kind = kinds["khung-bang"]
    receive("khung-bang", 10, day=DAY - timedelta(30))
    receive("khung-bang", 5, day=DAY - timedelta(10))
    enter("written_off", {kind: 3}, by=store_keeper, day=DAY, paper="Biên bản 2")
    page = kind.get_absolute_url()
    assert [row.balance for row in keeper.get(page).context["page_obj"]] == [12, 15, 10]
    since = {"tu": f"{DAY - timedelta(15):%d/%m/%Y}"}
    assert [row.balance for row in keeper.get(page, since).context["page_obj"]] == [12, 15]
    sheet = sheet_of(keeper.get(page, since | {"xuat": "xlsx"}))
    heads = [cell.value for cell in sheet[5]]
    found = [[row[heads.index(head)].value for head in ("Nhập", "Xuất", "Tồn")] for row in sheet.iter_rows(min_row=6)]
    assert found == [[5, None, 15], [None, 3, 12]]
    assert keeper.get(page, {"xuat": "pdf"}).content.startswith(b"%PDF")


def test_the_year_has_what_was_there_came_went_and_is_left_by_group(keeper, receive, kinds, store_keeper):
    receive("khung-bang", 10, day=date(2025, 5, 1))
    receive("khung-bang", 5)
    receive("qua-luu-niem", 2)
    enter("written_off", {kinds["khung-bang"]: 3}, by=store_keeper, day=DAY, paper="Biên bản 2")
    groups = keeper.get(reverse("stock_year", args=[2026])).context["groups"]
    told = [(group, [(row.opening, row.came, row.went, row.closing) for row in rows]) for group, rows in groups]
    assert told == [("Khung, hộp", [(10, 5, 3, 12)]), ("Tặng phẩm lưu niệm", [(0, 2, 0, 2)])]
    before = keeper.get(reverse("stock_year", args=[2025])).context["groups"]
    assert [(row.opening, row.closing) for _, rows in before for row in rows] == [(0, 10)]
    assert keeper.get(reverse("stock_year", args=[2026]), {"xuat": "pdf"}).content.startswith(b"%PDF")
    assert keeper.get(reverse("stock_year", args=[2027])).status_code == 404


def test_what_is_free_is_kept_for_those_who_wait_by_a_button(keeper, receive, kinds, owed, officer, client_of):
    first, second = (due for due in owed(2) if due.kind.code == "khung-bang")
    receive("khung-bang", 1)
    page = reverse("due_step", args=[first.pk])
    first.refresh_from_db()
    typed = {"act": "release", "version": first.version, "reason": "Nhường"}
    assert keeper.post(page, typed).status_code == 302
    second.refresh_from_db()
    assert keeper.post(
        reverse("due_step", args=[second.pk]), {"act": "keep", "version": second.version}
    ).status_code == 302  # fmt: skip
    assert [Due.objects.get(pk=due.pk).state for due in (first, second)] == ["short", "reserved"]
    first.refresh_from_db()
    answer = keeper.post(page, {"act": "keep", "version": first.version})
    assert answer.status_code == 422
    assert "không còn chiếc nào chưa giữ" in answer.content.decode()
    told = keeper.post(reverse("keep_all", args=[kinds["khung-bang"].pk]), follow=True).content.decode()
    assert "không còn hàng chưa giữ" in told


def test_least_and_place_are_the_keepers_and_told(keeper, kinds):
    kind = kinds["khung-bang"]
    page = reverse("set_least", args=[kind.pk])
    assert keeper.post(page, {"least": "10", "place": "Kệ 3", "version": kind.version}).status_code == 302
    assert "Kệ 3" in keeper.get(kind.get_absolute_url()).content.decode()
    answer = keeper.post(page, {"least": "20", "place": "Kệ 4", "version": kind.version})
    assert answer.status_code == 422
    assert ItemKind.objects.get(pk=kind.pk).least == 10


def test_a_decision_shows_what_it_needs(client_of, officer, unit_officer, owed, receive):
    due = owed(2)[0]
    receive("khung-bang", 1)
    page = reverse("decision", args=[due.award.decision_id])
    ((_, part),) = client_of(officer).get(page).context["parts"]
    assert [(row.kind.code, row.reserved, row.short, row.to_order) for row in part["rows"]] == [
        ("bang-khen-tinh", 0, 2, 0), ("khung-bang", 1, 1, 1),
    ]  # fmt: skip
    assert client_of(unit_officer).get(page).context["parts"] == []
