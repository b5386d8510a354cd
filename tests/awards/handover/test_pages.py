"""The counter, handovers and their sheets, what is left to do: who finds what, what bad typing gets, what nobody else sees."""

import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook
from pdfminer.high_level import extract_text

from awards.handover import actions, finding, left, papers, rounds, views
from awards.models import Award, Due, Handover, Movement, Occasion, Presented, Serial
from awards.stock.actions import enter
from documents.deliveries.models import Reminder
from documents.life import many
from documents.models import Change
from documents.steps.refusing import Refused
from tests.awards.issuing.conftest import DAY
from tests.conftest import make_unit
from tests.documents.jobs.workers import done_by_worker
from tests.walking import walk
from units.finding import find
from units.models import Succession, UnitChange
from units.slowing import MOST, SECONDS

TYPED = {"receiver": "Nguyễn Thị Nhận", "post": "Văn thư", "way": "counter", "day": "20/11/2026"}


def hand(client, dues, unit="so-y-te", **typed):
    chosen = {"chosen": [due.pk for due in dues]}
    return client.post(reverse("hand_over", args=[unit]), TYPED | chosen | typed)


@pytest.fixture
def counter(store_keeper, client_of):
    return client_of(store_keeper)


@pytest.fixture
def given(ready, store_keeper, other_unit):
    """A handover of two items to Sở Y tế."""
    remarks = {due.pk: "" for due in ready(1)}
    return actions.hand_over(
        other_unit, remarks, by=store_keeper, day=DAY, receiver="Nguyễn Thị Nhận", post="Văn thư", letter="GGT 12"
    )


# --- The counter


def test_a_unit_is_found_by_name_number_and_code(for_units, told, counter):
    _, units = for_units(2)
    notice = told().notices.get(unit=units[1])
    paper = rounds.OF_NOTICE.of(notice.pk).get()
    there = reverse("hand_over", args=["don-vi-1"])
    for words in ("don vi 1", notice.code, f"https://x.vn/tra-ma/thong-bao/{notice.code}/", paper.reference):
        assert counter.get(reverse("counter"), {"q": words}).url == there, words
    page = counter.get(reverse("counter"), {"q": "khong co"}).content.decode()
    assert "Không thấy đơn vị" in page


def test_by_the_number_of_one_notice_for_all_those_come_that_have_something_left(
    for_units, made_round, officer, leader, clerk, counter, store_keeper
):
    decision, units = for_units(3)
    found = made_round(for_all=True)
    papers.draft_for_all(found, by=officer)
    for what, by in (("submit", officer), ("approve", leader), ("issue", clerk)):
        many.ask(what, rounds.papers_of(found), by=by, day=DAY)
        done_by_worker()
    first = Due.objects.filter(award__decision=decision, award__unit=units[1])
    actions.hand_over(units[1], {due.pk: "" for due in first}, by=store_keeper, day=DAY, receiver="A")
    page = counter.get(reverse("counter"), {"q": rounds.OF_ROUND.of(found.pk).get().reference}).content.decode()
    there = [reverse("hand_over", args=[unit.code]) in page for unit in units]
    assert there == [True, False, True]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("so y te", ["Thông báo nhận hiện vật", "Giao nhận hiện vật"]),
        ("nguyen thi nhan", ["Giao nhận hiện vật"]),
        ("XK 1/2026", ["Giao nhận hiện vật"]),
        ("eb 12 vn", []),
        ("EB12VN", ["Giao nhận hiện vật"]),
    ],
)
def test_notices_and_handovers_are_found_by_the_one_search(
    for_units, told, store_keeper, unit_officer, stranger, other_unit, words, found
):
    decision, _ = for_units(1)
    told()
    dues = Due.objects.filter(award__decision=decision)
    facts = {"receiver": "Nguyễn Thị Nhận", "way": "post", "parcel": "EB12VN"}
    made = actions.hand_over(other_unit, {due.pk: "" for due in dues}, by=store_keeper, day=DAY, **facts)
    titles = {"Thông báo nhận hiện vật", "Giao nhận hiện vật"}

    def sections(user):
        return {row.title: row.rows for row in find(user, words, 5) if row.title in titles}

    assert list(sections(store_keeper)) == list(sections(unit_officer)) == found
    assert not sections(stranger)
    if "Giao nhận hiện vật" in found:
        assert sections(unit_officer)["Giao nhận hiện vật"][0].url == made.get_absolute_url()


def test_a_notice_is_found_by_its_number_by_whom_it_is_for(for_units, told, store_keeper, unit_officer, stranger):
    _, units = for_units(2)
    notice = told().notices.get(unit=units[0])
    number = rounds.OF_NOTICE.of(notice.pk).get().reference
    for user, urls in (
        (store_keeper, [notice.get_absolute_url()]),
        (unit_officer, [notice.get_absolute_url()]),
        (stranger, []),
    ):
        assert [row.url for row in finding.find_notices(user, number, 5)] == urls


def test_all_is_ticked_and_what_is_unticked_stays(ready, counter):
    dues = ready(2)
    page = counter.get(reverse("hand_over", args=["so-y-te"])).content.decode()
    assert page.count(" checked>") >= 4
    answer = hand(counter, dues[:3], **{f"remark-{dues[0].pk}": "xước"})
    made = Handover.objects.get()
    assert answer.url == made.get_absolute_url()
    assert sorted(Due.objects.values_list("state", flat=True)) == ["handed", "handed", "handed", "reserved"]
    assert made.lines.get(due=dues[0]).remark == "xước"
    assert "Nguyễn Thị Nhận" in counter.get(reverse("hand_over", args=["so-y-te"])).content.decode()


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"receiver": " "}, "Hãy ghi người nhận."),
        ({"way": "post", "receiver": ""}, "Hãy ghi nơi nhận."),
        ({"day": "21/11/2026"}, "chưa đến"),
        ({"chosen": []}, "Hãy chọn ít nhất một hiện vật."),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(ready, counter, typed, words):
    dues = ready(1)
    answer = hand(counter, dues, **{f"remark-{dues[0].pk}": "xước"} | typed)
    page = answer.content.decode()
    assert (answer.status_code, words in page, Handover.objects.count()) == (422, True, 0)
    assert 'value="Văn thư"' in page
    assert typed.get("chosen") == [] or 'value="xước"' in page


def test_who_took_it_a_moment_ago_is_said(ready, counter, store_keeper, other_unit):
    dues = ready(1)
    actions.hand_over(other_unit, {dues[0].pk: ""}, by=store_keeper, day=DAY, receiver="A")
    answer = hand(counter, dues)
    assert "đã giao đơn vị" in answer.content.decode()
    assert Handover.objects.count() == 1


def test_what_is_no_item_makes_no_voucher(ready, counter):
    dues = ready(1)
    answer = counter.post(reverse("hand_over", args=["so-y-te"]), TYPED | {"chosen": [dues[0].pk, 987654]})
    assert "không còn trong sổ" in answer.content.decode()
    assert (Handover.objects.count(), Movement.objects.filter(sort="handed").count()) == (0, 0)


def test_a_long_list_is_given_in_parts(ready, counter, monkeypatch):
    monkeypatch.setattr(views, "MOST", 3)
    ready(2)
    page = counter.get(reverse("hand_over", args=["so-y-te"])).content.decode()
    assert (page.count('name="chosen"'), "Còn 1 hiện vật nữa" in page) == (3, True)


def test_a_unit_that_ended_leads_to_its_successor_in_one_click(ready, counter, other_unit):
    dues, heir = ready(1), make_unit("so-moi", "Sở Mới")
    other_unit.ended = "2026-10-31"
    other_unit.save()
    change = UnitChange.objects.create(kind="merge", date="2026-11-01", citation="Nghị quyết 1")
    Succession.objects.create(change=change, predecessor=other_unit, successor=heir)
    page = counter.get(reverse("hand_over", args=["so-y-te"])).content.decode()
    there = reverse("hand_over", args=["so-moi"])
    assert (f'href="{there}"' in page, ">Giao</button>" in page) == (True, False)
    assert hand(counter, dues, unit="so-moi").status_code == 302


def test_the_numbers_of_pieces_go_and_come_back_with_them(owed, kinds, counter, store_keeper, other_unit):
    kind = kinds["khung-bang"]
    kind.has_serials = True
    kind.save()
    dues = owed(2)
    enter("bought", {kind: 3}, by=store_keeper, day=DAY, paper="HĐ", serials={kind.pk: ["A1", "A2", "A3"]})
    frames = [due for due in dues if due.kind_id == kind.pk]
    assert 'value="A1"' in counter.get(reverse("hand_over", args=["so-y-te"])).content.decode()
    numbers = [f"serial-{due.pk}" for due in frames]
    for given, words in (
        (("A1", ""), "hãy chọn số hiệu"),
        (("A1", "A1"), "chọn hai lần"),
        (("A1", "B9"), "không có trong kho"),
    ):
        assert words in hand(counter, frames, **dict(zip(numbers, given, strict=True))).content.decode()
    hand(counter, frames, **dict(zip(numbers, ("A3", "A1"), strict=True)))
    made = Handover.objects.get()
    assert list(Serial.objects.filter(went=None).values_list("number", flat=True)) == ["A2"]
    assert sorted(made.lines.values_list("serial", flat=True)) == ["A1", "A3"]
    actions.take_back(made, [frames[0].pk], by=store_keeper, day=DAY, reason="Nhầm")
    assert set(Serial.objects.filter(went=None).values_list("number", flat=True)) == {"A2", "A3"}


def test_remarks_are_kept_as_other_words_are(ready, counter):
    dues = ready(1)
    assert hand(counter, dues, **{f"remark-{dues[0].pk}": "Ra\u0301ch\0  me\u0301p"}).status_code == 302
    assert Handover.objects.get().lines.get(due=dues[0]).remark == "Rách mép"


def test_the_counter_is_the_stores(ready, unit_officer, client_of):
    dues, client = ready(1), client_of(unit_officer)
    for name in ("counter", "shelf_labels"):
        assert client.get(reverse(name)).status_code == 403
    assert (hand(client, dues).status_code, Handover.objects.count()) == (403, 0)


# --- Handovers


def test_the_sheet_names_both_sides_and_every_item(given, unit_officer, client_of):
    client = client_of(unit_officer)
    answer = client.get(reverse("handover_sheet", args=[given.pk]))
    words = " ".join(extract_text(io.BytesIO(answer.content)).split())
    for told in (
        "BIÊN BẢN", "Giao nhận hiện vật khen thưởng", "Hoàng Văn Khoa", "Nguyễn Thị Nhận, Văn thư", "GGT 12", "Lý Văn 0",
        "Khung bằng", "XK 1/2026", "NGƯỜI NHẬN", "NGƯỜI GIAO",
    ):  # fmt: skip
        assert told in words
    actions.confirm(given, by=unit_officer)
    answer = client.get(reverse("handover_sheet", args=[given.pk]))
    assert "Nông Thị Lan" in " ".join(extract_text(io.BytesIO(answer.content)).split())


@pytest.mark.parametrize("typed", ["Hỏng 😀", "x" * 100])
def test_the_sheet_is_printed_whatever_was_typed(ready, counter, typed):
    dues = ready(1)
    hand(counter, dues, receiver=typed, note=typed, letter=typed, **{f"remark-{due.pk}": typed for due in dues})
    answer = counter.get(reverse("handover_sheet", args=[Handover.objects.get().pk]))
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    told = extract_text(io.BytesIO(answer.content))
    assert "[U+1F600]" in told or "xxxx" in told


def test_labels_of_parcels_and_shelves(given, counter):
    for address in (reverse("shelf_labels"), reverse("handover_label", args=[given.pk])):
        answer = counter.get(address)
        assert (answer["Content-Type"], answer.content[:4]) == ("application/pdf", b"%PDF")


def test_foreign_handovers_are_nowhere(given, stranger, unit_officer, client_of):
    client = client_of(stranger)
    for name in ("handover", "handover_sheet"):
        assert client.get(reverse(name, args=[given.pk])).status_code == 404
    assert client.post(reverse("handover_step", args=[given.pk]), {"act": "confirm", "version": 1}).status_code == 404
    assert "Sở Y tế" not in client.get(reverse("handovers")).content.decode()
    book = load_workbook(io.BytesIO(client.get(reverse("handovers"), {"xuat": "xlsx"}).content))
    assert "Sở Y tế" not in str(list(book.active.values))
    own = client_of(unit_officer)
    assert given.get_absolute_url() in own.get("/").content.decode()
    assert "Sở Y tế" in own.get(reverse("handovers")).content.decode()


def test_the_unit_confirms_on_its_page(given, unit_officer, client_of):
    client = client_of(unit_officer)
    typed = {"act": "confirm", "version": given.version, "remark": "Khung nứt"}
    assert client.post(reverse("handover_step", args=[given.pk]), typed).status_code == 302
    given.refresh_from_db()
    assert (given.state, given.confirmed_by, given.remark) == ("confirmed", unit_officer, "Khung nứt")


def test_taken_back_on_its_page_and_only_with_a_reason(given, counter):
    address, line = reverse("take_back_items", args=[given.pk]), given.lines.first()
    answer = counter.post(address, {"chosen": [line.pk], "day": "20/11/2026", "reason": " "})
    assert (answer.status_code, "Hãy ghi vì sao trả lại." in answer.content.decode()) == (422, True)
    answer = counter.post(address, {"chosen": [line.pk], "day": "20/11/2026", "reason": "Tên sai"})
    assert answer.url == given.get_absolute_url()
    assert Due.objects.get(pk=line.due_id).state == "reserved"


@pytest.mark.parametrize("state", ["given", "confirmed", "returned"])
def test_every_step_of_a_handover_by_every_person(given, people, turn_of, client_of, state):
    confirmed = {"confirmed_by": people["unit_officer"]} if state == "confirmed" else {}
    Handover.objects.filter(pk=given.pk).update(state=state, way="post", **confirmed)

    def again():
        return Handover.objects.get(pk=given.pk)

    def known(row):
        return list(Change.objects.filter(about="handover").values_list("what", flat=True))

    keepers = {"officer", "leader", "administrator", "store_keeper"}
    steps = {who: {"parcel"} if who in keepers else {"confirm"} if who == "unit_officer" else set() for who in people}
    may = {who: steps[who] if state == "given" else set() for who in people}
    typed = {"parcel": {"parcel": "EB1VN"}}
    walk(actions.HANDOVERS, again, turn_of, client_of, may=may, typed=typed, known=known, reasons=set())


def test_pages_ask_as_much_for_many_as_for_few(ready, store_keeper, other_unit, counter):
    dues, counts = ready(4), []
    names = ("handovers", "items_left", "items_left_by_unit")
    pages = [*(reverse(name) for name in names), reverse("hand_over", args=["so-y-te"])]
    for part in (dues[:1], dues[1:2], dues[2:6]):
        made = actions.hand_over(
            other_unit, {due.pk: "" for due in part}, by=store_keeper, day=DAY, receiver="A", post="Văn thư"
        )
        counts.append([_queries(counter, page) for page in (*pages, made.get_absolute_url())])
    assert counts[1] == counts[2]


def _queries(client, address):
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


# --- The code on the sheet


def test_anybody_may_check_a_sheet_and_learns_nothing_of_others(given, client):
    answer = client.get(reverse("check_handover", args=[given.code]))
    page = answer.content.decode()
    assert (answer.status_code, answer["X-Robots-Tag"]) == (200, "noindex, nofollow")
    for words in ("Sở Y tế", "20/11/2026", "N. T. N.", "XK 1/2026", "Chờ đơn vị xác nhận"):
        assert words in page
    for words in ("Lý Văn 0", "Nguyễn Thị Nhận", "Hoàng Văn Khoa", 'href="/khen-thuong'):
        assert words not in page


def test_who_guesses_codes_is_slowed(given, client):
    for number in range(MOST):
        answer = client.get(reverse("check_handover", args=[f"{number:022d}"]))
        assert answer.status_code == 404
    answer = client.get(reverse("check_handover", args=[given.code]))
    assert (answer.status_code, answer["Retry-After"]) == (429, str(SECONDS))
    elsewhere = client.get(reverse("check_handover", args=[given.code]), REMOTE_ADDR="10.1.1.1")
    assert elsewhere.status_code == 200


# --- What is left


def stages(user):
    return sorted(left.dues_left(user).values_list("award__name", "stage"))


def test_what_is_left_goes_from_stage_to_stage(for_units, told, store_keeper, officer, other_unit):
    for_units(2)
    frames = Due.objects.filter(kind__code="khung-bang")
    Due.objects.exclude(pk__in=frames).update(state="dropped", dropped_for="thử")
    assert stages(officer) == [("Lý Văn 0", "chua-bao"), ("Lý Văn 1", "chua-bao")]
    told()
    assert stages(officer) == [("Lý Văn 0", "chua-nhan"), ("Lý Văn 1", "chua-nhan")]
    due = frames.get(award__name="Lý Văn 0")
    made = actions.hand_over(other_unit, {due.pk: ""}, by=store_keeper, day=DAY, receiver="A")
    assert made.notice.unit == other_unit
    assert stages(officer)[0] == ("Lý Văn 0", "chua-trao")
    occasion = Occasion.objects.create(
        unit=other_unit, kind="review", name="Hội nghị", day=DAY, place="Hội trường", by=officer
    )
    Presented.objects.create(occasion=occasion, award=due.award, position=1, taken="self")
    assert stages(officer)[0] == ("Lý Văn 0", "chua-trao"), "planned only"
    Occasion.objects.update(state="held")
    assert stages(officer) == [("Lý Văn 1", "chua-nhan")]
    Award.objects.filter(name="Lý Văn 1").update(cancelled_on=DAY)
    assert stages(officer) == []


def test_a_unit_sees_its_own_of_what_is_left(for_units, unit_officer, client_of):
    for_units(2)
    client = client_of(unit_officer)
    for name in ("items_left", "items_left_by_unit"):
        page = client.get(reverse(name)).content.decode()
        book = load_workbook(io.BytesIO(client.get(reverse(name), {"xuat": "xlsx"}).content))
        assert "Sở Y tế" in page
        assert "Lý Văn 1" not in page
        assert not {"Lý Văn 1", "Đơn vị 1"} & {str(cell) for row in book.active.values for cell in row}


def test_units_are_reminded_in_one_click(for_units, told, officer, unit_officer, client_of):
    for_units(2)
    with pytest.raises(Refused, match="ít nhất một đơn vị"):
        left.remind_units([], by=officer, day=DAY)
    number, without = left.remind_units([unit_officer.unit_id], by=officer, day=DAY)
    assert (number, without) == (0, ["Sở Y tế"])
    told()
    client = client_of(officer)
    answer = client.post(f"{reverse('remind_left')}?buoc=chua-nhan", follow=True)
    assert "Đã nhắc 2 đơn vị" in answer.content.decode()
    assert Reminder.objects.count() == 2
    answer = client.post(reverse("remind_left"), follow=True)
    assert "vừa nhắc bằng đúng lời này" in answer.content.decode()
    assert client_of(unit_officer).post(reverse("remind_left")).status_code == 403
