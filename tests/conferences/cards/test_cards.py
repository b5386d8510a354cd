"""Cards: numbered once, with codes of their event, seats, sheets of ten, a worker that dies, what stands on a card."""

import io
import threading
import unicodedata

import openpyxl
import pypdfium2
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from conferences.cards import actions, codes, printing
from conferences.cards.actions import CARDS
from conferences.cards.sheet import CARD, COLOURS, Cards, words_of
from conferences.delegates.actions import DELEGATES
from conferences.delegates.actions import edit as edit_delegate
from conferences.models import Delegate, Event
from documents.jobs.jobs import run
from documents.jobs.models import Job, Worker
from documents.models import Change
from documents.steps.refusing import Refused
from documents.typesetting.stamping.codes import matrix
from tests.conftest import make_unit, make_user
from tests.documents.excel.workbooks import book_of, upload
from tests.walking import turns_of, walk
from units.models import Role


def of(congress):
    return list(Delegate.objects.filter(event=congress).order_by("number", "pk"))


# --- Numbered


def test_official_delegates_come_first_then_guests_by_name(congress, delegate, officer):
    for name, facts in [("Vũ Văn Ba", {}), ("Lê Thị An", {}), ("Hà Khách", {"role": "guest", "delegation": None}),
                        ("Chu Chủ Tọa", {"duty": "presidium"}), ("Đã Rút", {"state": "withdrawn"})]:  # fmt: skip
        delegate(name, **facts)
    actions.number_cards(congress, by=officer)
    rows = [row for row in of(congress) if row.number]
    assert [(row.number, row.name) for row in rows] == [
        (1, "Chu Chủ Tọa"), (2, "Lê Thị An"), (3, "Vũ Văn Ba"), (4, "Hà Khách"),
    ]  # fmt: skip
    congress.refresh_from_db()
    assert all(codes.read(row.code) and row.code.startswith(congress.letters) for row in rows)
    assert len({row.code for row in rows}) == 4


def test_numbers_that_were_given_stay_and_new_ones_follow(congress, delegate, officer):
    delegate("Một")
    actions.number_cards(congress, by=officer)
    first = Delegate.objects.get()
    delegate("An")
    actions.number_cards(congress, by=officer)
    assert [(row.name, row.number) for row in of(congress)] == [("Một", 1), ("An", 2)]
    assert Delegate.objects.get(pk=first.pk).code == first.code
    with pytest.raises(Refused, match="đã có thẻ"):
        actions.number_cards(congress, by=officer)
    notes = Change.objects.filter(what="number_cards").order_by("pk")
    assert [note.changes["Cấp thẻ"][1] for note in notes] == ["1 thẻ, số 1–1", "1 thẻ, số 2–2"]


def test_events_have_letters_of_their_own(congress, event, delegate, officer, own):
    delegate("Một")
    Delegate.objects.create(event=event, name="Hai", reason="x", by=own)
    actions.number_cards(congress, by=officer)
    actions.number_cards(event, by=own)
    letters = set(Event.objects.values_list("letters", flat=True))
    assert len(letters) == 2
    assert all(len(found) == 3 for found in letters)


def test_a_lost_card_gets_another_code_under_its_number(congress, delegate, officer, own):
    row = delegate("Một", state="accepted")
    actions.number_cards(congress, by=officer)
    row.refresh_from_db()
    old = row.code
    Delegate.objects.update(printed_on=congress.day)
    with pytest.raises(Refused, match="do Sở Nội vụ làm"):
        actions.renew_card(row, by=own, reason="Mất")
    found = actions.renew_card(row, by=officer, reason="Mất")
    assert found.code != old
    assert codes.read(found.code)
    assert (found.number, found.printed_on) == (1, None)


def test_every_step_of_cards_by_everybody(congress, delegate, officer, own, department, client_of):
    stranger = make_user("xa-khac", "Lý Văn Khác", Role.UNIT_OFFICER, make_unit("xa-khac", "UBND xã Công Sơn"))
    delegate("Một")
    everything = {"number_cards", "seat_in_order", "seat_from_list"}
    walk(
        CARDS, lambda: Event.objects.select_related("unit", "plan", "level").get(pk=congress.pk),
        turns_of({"officer": officer, "own": own, "stranger": stranger}), client_of,
        may={"officer": everything, "own": set(), "stranger": set()},
        typed={"number_cards": {"order": "name"}, "seat_in_order": {"seats": "A: 3", "order": "name"}},
        known=lambda event: list(event.delegates.values_list("number", "seat")),
        reasons=set(),
    )  # fmt: skip


def test_nothing_is_numbered_once_the_report_is_there(congress, delegate, officer):
    delegate("Một")
    Event.objects.filter(pk=congress.pk).update(state="reported", held_on=congress.day)
    with pytest.raises(Refused):
        actions.number_cards(congress, by=officer)


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_two_who_number_at_one_moment_give_each_number_once(congress, delegate, officer):
    for number in range(30):
        delegate(f"Đại biểu {number}")
    barrier, told = threading.Barrier(2), []

    def press():
        try:
            barrier.wait()
            actions.number_cards(congress, by=officer)
            told.append("cấp")
        except Refused as refused:
            told.append(str(refused))
        finally:
            connection.close()

    threads = [threading.Thread(target=press) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(told) == ["Mọi đại biểu trong danh sách đã có thẻ.", "cấp"]
    assert sorted(Delegate.objects.values_list("number", flat=True)) == list(range(1, 31))


# --- Seats


def test_seats_are_told_by_rows():
    assert actions.seats_in("a: 2\n\nb: 5-6") == ["A1", "A2", "B5", "B6"]
    wrong = {
        "hàng A": "Không rõ dòng «hàng A»", "A: 9-5": "số cuối nhỏ hơn", "A: 2\nA: 2-3": "Ghế A2 ghi hai lần", "": "từ 1 đến",
        "\n".join(f"{a}{b}: 999" for a in "ABC" for b in "ABC"): "từ 1 đến 5000",
    }  # fmt: skip
    for words, why in wrong.items():
        with pytest.raises(Refused, match=why):
            actions.seats_in(words)


def test_seats_in_order_leave_who_sits_already(congress, delegate, officer):
    delegate("An"), delegate("Bình", seat="A1"), delegate("Chi")
    with pytest.raises(Refused, match="1 ghế trống cho 2 đại biểu") as told:
        actions.seat_in_order(congress, by=officer, seats=["A1", "A2"])
    assert told.value.field == "seats"
    actions.seat_in_order(congress, by=officer, seats=["A1", "A2", "A3"])
    assert dict(Delegate.objects.values_list("name", "seat")) == {"An": "A2", "Bình": "A1", "Chi": "A3"}
    with pytest.raises(Refused, match="Mọi đại biểu đã có chỗ"):
        actions.seat_in_order(congress, by=officer, seats=["A1", "A2", "A3"])
    actions.seat_in_order(congress, by=officer, seats=["B1", "B2", "B3"], again=True)
    assert dict(Delegate.objects.values_list("name", "seat")) == {"An": "B1", "Bình": "B2", "Chi": "B3"}


@pytest.fixture
def numbered(congress, delegate, officer):
    rows = [delegate(name) for name in ("An", "Bình", "Chi")]
    actions.number_cards(congress, by=officer)
    for row in rows:
        row.refresh_from_db()
    return rows


def sent(client, congress, *rows):
    heads = ["Số thẻ", "Họ và tên", "Chỗ ngồi"]
    return client.post(
        reverse("import_seats", args=[congress.pk]), {"file": upload(book_of(heads, *rows))}, follow=True
    )


def test_seats_come_from_the_list_that_went_out(congress, numbered, officer, client_of):
    client = client_of(officer)
    book = openpyxl.load_workbook(
        io.BytesIO(client.get(reverse("cards", args=[congress.pk]), {"xuat": "xlsx"}).content)
    )
    page = book.active
    heads = [cell.value for cell in page[5]]
    for line, seat in enumerate(["C1", "C2", None], 6):
        page.cell(line, heads.index("Chỗ ngồi") + 1, seat)
    out = io.BytesIO()
    book.save(out)
    answer = client.post(reverse("import_seats", args=[congress.pk]), {"file": upload(out.getvalue())}, follow=True)
    assert "Đã xếp chỗ theo tệp Excel" in answer.content.decode()
    assert dict(Delegate.objects.values_list("name", "seat")) == {"An": "C1", "Bình": "C2", "Chi": ""}


def test_bad_cells_of_seats_are_named_and_nothing_is_stored(congress, numbered, officer, client_of):
    answer = sent(client_of(officer), congress, [1, "An", "D1"], [9, None, "D2"], ["x", None, "D3"], [2, "Chi", "D4"],
                  [1, "An", "D5"], [3, "Chi", "D" * 31])  # fmt: skip
    assert answer.status_code == 422
    page = answer.content.decode()
    for words in ("ô A3: không có thẻ số 9", "ô A4: «x» không phải số thẻ", "ô B5: thẻ số 2 là của Bình, không phải «Chi»",
                  "ô A6: thẻ số 1 có hai dòng", "ô C7: chỗ ngồi dài 31 ký tự"):  # fmt: skip
        assert words in page
    assert set(Delegate.objects.values_list("seat", flat=True)) == {""}


def test_one_seat_is_not_given_to_two(congress, numbered, officer, client_of):
    answer = sent(client_of(officer), congress, [1, "An", "E1"], [2, "Bình", "E1"])
    assert answer.status_code == 422
    assert "Chỗ E1 xếp cho hai người" in answer.content.decode()
    assert set(Delegate.objects.values_list("seat", flat=True)) == {""}
    actions.seat_from_list(congress, by=officer, seats={1: "E1"})
    typed = Delegate.objects.get(name="Bình")
    typed.seat = "E1"
    with pytest.raises(Refused, match="Chỗ E1 đã xếp cho An"):
        edit_delegate(numbered[1], by=officer, typed=typed)


def test_a_file_that_is_no_list_of_seats_says_so(congress, officer, client_of):
    file = upload(book_of(["Tên", "Tuổi"], ["An", 30]))
    answer = client_of(officer).post(reverse("import_seats", args=[congress.pk]), {"file": file})
    assert "Tệp không có hai cột «Số thẻ», «Chỗ ngồi»" in answer.content.decode()


# --- Printed


def pages_of(content):
    return pypdfium2.PdfDocument(content)


def text_of(content) -> str:
    return "\n".join(page.get_textpage().get_text_range() for page in pages_of(content))


def test_ten_cards_stand_on_a_sheet_with_their_words_and_codes(congress, delegate, officer):
    for number in range(12):
        delegate(f"Đại biểu thứ {number}", post="Giáo viên", workplace="Trường Tiểu học Ba Sơn", seat=f"A{number}")
    actions.number_cards(congress, by=officer)
    content, told = printing.at_once(congress, printing.to_print(congress), by=officer)
    assert told == ""
    assert len(pages_of(content)) == 2
    words = text_of(content)
    row = Delegate.objects.get(number=12)
    for said in (row.name, "Số 012", f"Chỗ {row.seat}", row.code_words, "ĐẠI BIỂU CHÍNH THỨC", "Đoàn UBND xã Ba Sơn"):
        assert said in words
    assert set(Delegate.objects.values_list("printed_on", flat=True)) == {Delegate.objects.first().printed_on}
    picture = pages_of(content)[0].render(scale=300 / 72).to_pil()
    first, second = Delegate.objects.get(number=1), Delegate.objects.get(number=2)
    assert_code(picture, first.code, 15, 13.5)
    assert_code(picture, second.code, 105, 13.5)
    colour = picture.getpixel((round(17 / 25.4 * 300), round(15 / 25.4 * 300)))
    assert "#{:02x}{:02x}{:02x}".format(*colour) == COLOURS["official"]


def assert_code(picture, code, left, top):
    spot = next(spot for spot in CARD if spot.name == "code")
    rows, module = matrix(code, "q"), spot.width / 29
    for row in range(21):
        for column in range(21):
            at = left + spot.left + (column + 4.5) * module, top + spot.top + (row + 4.5) * module
            seen = sum(picture.getpixel(tuple(round(mm / 25.4 * 300) for mm in at))) < 384
            assert seen == bool(rows[row][column]), (row, column)


@pytest.mark.parametrize("name", ["Ðặng Thị Ðào", unicodedata.normalize("NFD", "Đặng Thị Đào"), "Đặng  Thị Đào "])
def test_a_name_is_printed_as_it_is_read_whatever_wrote_it(congress, delegate, officer, name):
    row = delegate(name)
    assert row.name == "Đặng Thị Đào"
    actions.number_cards(congress, by=officer)
    content, _ = printing.at_once(congress, printing.to_print(congress), by=officer)
    assert "Đặng Thị Đào" in text_of(content)


def test_a_name_that_no_letter_is_there_for_is_told_and_the_others_are_printed(congress, delegate, officer):
    delegate("An"), delegate("王小明", role="guest", delegation=None)
    actions.number_cards(congress, by=officer)
    content, told = printing.at_once(congress, printing.to_print(congress), by=officer)
    assert "1 thẻ chưa in được: 王小明: có ký tự không in được" in told
    assert "An" in text_of(content)
    assert Delegate.objects.get(role="guest").printed_on is None


def test_long_words_are_made_to_fit(congress, delegate):
    row = delegate("Nguyễn Hoàng Thị Phương Thảo Nguyên " * 3, number=1, code=codes.make("VT6"), seat="Hàng ghế khán đài trên 12",
                   post="Phó Trưởng phòng Nghiệp vụ Thi đua - Khen thưởng " * 4)  # fmt: skip
    congress.name = "Đại hội Thi đua yêu nước tỉnh Lạng Sơn " * 7
    words = words_of(row, congress)
    assert Cards().fault(words) == ""
    assert words["post"].endswith("…")
    assert words["name"] == row.name


def test_only_what_changed_is_printed_again(congress, numbered, officer):
    printing.at_once(congress, printing.to_print(congress), by=officer)
    assert not printing.to_print(congress).exists()
    typed = Delegate.objects.get(name="An")
    typed.post, typed.birth_year = typed.post, 1980
    edit_delegate(typed, by=officer, typed=typed)
    assert not printing.to_print(congress).exists()
    typed.name = "An Na"
    edit_delegate(Delegate.objects.get(name="An"), by=officer, typed=typed)
    assert [row.name for row in printing.to_print(congress)] == ["An Na"]
    actions.seat_from_list(congress, by=officer, seats={2: "A1"})
    assert [row.name for row in printing.to_print(congress)] == ["An Na", "Bình"]
    assert printing.to_print(congress, "all").count() == 3


def test_the_card_of_who_was_withdrawn_is_not_printed(congress, numbered, officer):
    DELEGATES["withdraw_delegate"](numbered[0], by=officer, reason="Ốm")
    assert printing.to_print(congress, "all").count() == 2


def test_a_few_cards_come_at_once_many_by_a_worker(congress, numbered, officer, client_of, monkeypatch):
    client = client_of(officer)
    where = reverse("print_cards", args=[congress.pk])
    answer = client.post(where, {"which": "chosen", "the": [numbered[0].pk]})
    assert answer["Content-Type"] == "application/pdf"
    assert len(pages_of(answer.content)) == 1
    monkeypatch.setattr(printing, "AT_ONCE", 2)
    job = Job.objects.get(pk=client.post(where, {"which": "all"}).url.rstrip("/").rpartition("/")[2])
    assert job.total == 3
    assert client.post(where, {"which": "chosen"}, follow=True).context["messages"]


@pytest.fixture
def job(congress, numbered, officer):
    made = printing.apart(congress, [row.pk for row in numbered], by=officer)
    made.worker, made.state, made.tries = Worker.objects.create(name="máy"), Job.State.RUNNING, 1
    made.save()
    return made


def test_a_worker_makes_the_file_and_says_how_far_it_is(job, monkeypatch):
    told = []
    monkeypatch.setattr(printing, "_TOLD", 1)
    real = printing.report
    monkeypatch.setattr(printing, "report", lambda job, **facts: (told.append(facts["done"]), real(job, **facts)))
    run(job)
    job.refresh_from_db()
    assert (job.state, job.done) == ("done", 3)
    assert told == [1, 2, 3, 3]
    assert len(pages_of(job.result.read())) == 1


def test_one_who_goes_on_where_a_worker_died_makes_the_same_cards(job, congress, officer, delegate):
    rows = [row.pk for row in of(congress)]
    actions.mark_printed(congress, rows, by=officer)
    delegate("Mới")
    run(job)
    job.refresh_from_db()
    words = text_of(job.result.read())
    assert all(name in words for name in ("An", "Bình", "Chi"))
    assert "Mới" not in words


# --- Pages


def test_only_who_keeps_the_conference_sees_codes(congress, numbered, officer, own, client_of):
    page = client_of(officer).get(reverse("cards", args=[congress.pk])).content.decode()
    assert numbered[0].code_words in page
    Event.objects.filter(pk=congress.pk).update(state="ready")
    for name in ("cards", "import_seats"):
        assert client_of(own).get(reverse(name, args=[congress.pk])).status_code == 403
    assert client_of(own).post(reverse("print_cards", args=[congress.pk])).status_code == 403
    shown = client_of(own).get(reverse("conference_delegates", args=[congress.pk])).content.decode()
    assert numbered[0].code not in shown


@pytest.mark.parametrize(
    ("asked", "names"),
    [({"the": "chua"}, ["Mới"]), ({"the": "chua-in"}, ["Bình", "Chi"]), ({"the": "da-in"}, ["An"]), ({"cho": "co"}, ["Bình"]),
     ({"q": "chi"}, ["Chi"])],
)  # fmt: skip
def test_cards_are_narrowed(congress, numbered, delegate, officer, client_of, asked, names):
    delegate("Mới")
    actions.mark_printed(congress, [numbered[0].pk], by=officer)
    Delegate.objects.filter(name="Bình").update(seat="A1")
    page = client_of(officer).get(reverse("cards", args=[congress.pk]), asked)
    assert [row.name for row in page.context["page_obj"]] == names


def test_the_page_asks_the_same_for_few_and_many(congress, numbered, delegate, officer, client_of):
    client, where = client_of(officer), reverse("cards", args=[congress.pk])
    client.get(where)
    with CaptureQueriesContext(connection) as few:
        client.get(where)
    for number in range(20):
        delegate(f"Thêm {number}")
    with CaptureQueriesContext(connection) as many:
        client.get(where)
    assert len(many) == len(few)


def test_who_is_to_be_looked_at_again_is_told_of_before_cards_are_printed(congress, numbered, officer, client_of):
    client, where = client_of(officer), reverse("cards", args=[congress.pk])
    Delegate.objects.filter(event=congress).update(reason="Gương lao động")
    assert "Cần xem lại trước khi in" not in client.get(where).content.decode()
    Delegate.objects.filter(pk=numbered[0].pk).update(reason="")
    page = client.get(where).content.decode()
    assert "Cần xem lại trước khi in:</strong> 1 đại biểu" in " ".join(page.split())
    assert f'href="{reverse("conference_delegates", args=[congress.pk])}?can_cu=xem"' in page
