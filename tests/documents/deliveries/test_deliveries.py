"""Papers in the hands of units: who reads, answers, follows and reminds; what each is shown."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from documents.deliveries.actions import SAME_REMINDER, answer, confirm_reminder, mark_read, remind
from documents.duties.page import context_for
from documents.models import Answer, Change, Delivery, Mail, Reminder
from documents.register.actions import enter
from documents.steps.refusing import Refused
from units.models import Role, Succession, Unit, UnitChange, User

from ...exported import exported_rows
from ...waits import waits_for
from ..issued import issue_letter, more_units, picture, recall

pytestmark = pytest.mark.django_db

READERS = ["store_keeper", "council_member"]


@pytest.fixture
def letter(draft, people, other_unit):
    """A letter of Sở Nội vụ to Sở Y tế and to Sở Nội vụ itself."""
    return issue_letter(
        draft, people["officer"], people["leader"], people["clerk"], units=[other_unit, people["officer"].unit]
    )


@pytest.fixture
def delivery(letter, other_unit):
    """The letter in the hands of Sở Y tế."""
    return letter.deliveries.get(unit=other_unit)


def posts(delivery, reminder=None):
    """Every address that a receiver may post to, with what is sent there."""
    found = [
        (reverse("confirm_read", args=[delivery.pk]), {}),
        (reverse("answer", args=[delivery.pk]), {"words": "Rõ."}),
    ]
    return found + ([(reverse("reminder_seen", args=[reminder.pk]), {})] if reminder else [])


def reminded(letter, officer, units, *, mail=False):
    return remind(letter, units, by=officer, words="Đề nghị trả lời.", mail=mail)


# --- Reading and answering


def test_the_first_reading_stays(delivery, unit_officer):
    first = mark_read(delivery, by=unit_officer)
    colleague = User.objects.create_user("moi", full_name="Lý Mới", role=Role.UNIT_OFFICER, unit=unit_officer.unit)
    second = mark_read(delivery, by=colleague)
    assert (second.read_at, second.read_by) == (first.read_at, unit_officer)


def test_opening_a_paper_marks_nothing_and_the_button_does(delivery, unit_officer, client_of):
    client = client_of(unit_officer)
    assert client.get(delivery.get_absolute_url()).status_code == 200
    delivery.refresh_from_db()
    assert (delivery.read_at, delivery.read_by) == (None, None)
    assert client.get(reverse("confirm_read", args=[delivery.pk])).status_code == 405
    response = client.post(reverse("confirm_read", args=[delivery.pk]))
    delivery.refresh_from_db()
    assert (response.url, delivery.read_by) == (delivery.get_absolute_url(), unit_officer)


def test_an_answer_is_words_files_or_both_and_the_first_time_stays(delivery, unit_officer):
    answer(delivery, by=unit_officer, words="  Đã rõ. ")
    delivery.refresh_from_db()
    first = delivery.answered_at
    assert (delivery.read_by, delivery.read_at, first is not None) == (unit_officer, first, True)
    answer(delivery, by=unit_officer, files=[picture()])
    delivery.refresh_from_db()
    assert delivery.answered_at == first
    said = [(row.words, [file.name for file in row.uploads.all()]) for row in delivery.answers.all()]
    assert said == [("Đã rõ.", []), ("", ["bang-chung.png"])]


def test_the_log_tells_who_read_answered_and_saw(delivery, officer, unit_officer):
    colleague = User.objects.create_user("moi", full_name="Lý Mới", role=Role.UNIT_OFFICER, unit=unit_officer.unit)
    reminder = reminded(delivery.document, officer, [delivery.unit]).reminders[0]
    confirm_reminder(reminder, by=colleague)
    mark_read(delivery, by=unit_officer)
    mark_read(delivery, by=colleague)
    given = answer(delivery, by=colleague, words="Đã rõ.")
    told = Change.objects.order_by("pk").filter(about__in=["delivery", "reminder"])
    assert list(told.values_list("about", "key", "what", "of", "by")) == [
        ("reminder", reminder.pk, "see", None, colleague.pk),
        ("delivery", delivery.pk, "read", None, unit_officer.pk),
        ("delivery", delivery.pk, "answer", given.pk, colleague.pk),
    ]


def test_an_answer_keeps_the_reading_before_it(delivery, unit_officer):
    read = mark_read(delivery, by=unit_officer).read_at
    answer(delivery, by=unit_officer, words="Đã rõ.")
    delivery.refresh_from_db()
    assert delivery.read_at == read
    assert delivery.answered_at > read


def test_an_empty_answer_is_told_beside_the_field(delivery, unit_officer, client_of):
    response = client_of(unit_officer).post(reverse("answer", args=[delivery.pk]), {"words": "  "})
    assert response.status_code == 422
    assert response.context["form"].errors == {"words": ["Hãy viết nội dung trả lời hoặc kèm ít nhất một tệp."]}
    assert not Answer.objects.exists()


def test_a_file_that_is_not_taken_is_told_beside_the_field_and_the_words_are_kept(delivery, unit_officer, client_of):
    bad = picture("phim.exe")
    response = client_of(unit_officer).post(
        reverse("answer", args=[delivery.pk]), {"words": "Chữ đã gõ.", "files": [picture(), bad]}
    )
    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["files"]
    assert "phim.exe" in response.context["form"].errors["files"][0]
    assert "Chữ đã gõ." in response.content.decode()
    assert not Answer.objects.exists()


def test_several_files_come_with_one_answer(delivery, unit_officer, client_of):
    sent = {"words": "Gửi kèm.", "files": [picture("mot.png"), picture("hai.png")]}
    client_of(unit_officer).post(reverse("answer", args=[delivery.pk]), sent)
    assert [file.name for file in Answer.objects.get().uploads.all()] == ["mot.png", "hai.png"]


@pytest.mark.parametrize("who", ["stranger", "officer", "administrator"])
def test_of_a_delivery_to_others_nobody_learns(delivery, people, client_of, who):
    reminder = reminded(delivery.document, people["officer"], [delivery.unit]).reminders[0]
    for address, sent in posts(delivery, reminder):
        assert client_of(people[who]).post(address, sent).status_code == 404
    assert client_of(people[who]).get(reverse("answer", args=[delivery.pk])).status_code == 404
    delivery.refresh_from_db()
    assert (delivery.read_at, delivery.answered_at) == (None, None)
    for act in (mark_read, answer):
        with pytest.raises(Refused):
            act(delivery, by=people[who])
    with pytest.raises(Refused):
        confirm_reminder(reminder, by=people[who])


@pytest.mark.parametrize("who", READERS)
def test_those_who_only_read_confirm_and_answer_nothing(letter, people, client_of, who):
    own = letter.deliveries.get(unit=people[who].unit)
    for address, sent in posts(own):
        assert client_of(people[who]).post(address, sent).status_code == 403
    with pytest.raises(Refused):
        mark_read(own, by=people[who])
    assert [part["may_act"] for part in context_for(letter, people[who])["received"]] == [False]


@pytest.mark.parametrize("who", ["officer", "leader", "clerk", "administrator"])
def test_everybody_who_writes_for_a_unit_may_confirm_for_it(letter, people, client_of, who):
    own = letter.deliveries.get(unit=people[who].unit)
    client_of(people[who]).post(reverse("confirm_read", args=[own.pk]))
    own.refresh_from_db()
    assert own.read_by == people[who]


def test_a_unit_answers_what_came_to_the_unit_that_went_into_it(delivery, client_of):
    heir = Unit.objects.create(code="so-y-te-2025", name="Sở Y tế mới", kind=Unit.Kind.DEPARTMENT)
    change = UnitChange.objects.create(kind="merge", date="2025-03-01", citation="04/NQ-HĐND")
    Succession.objects.create(change=change, predecessor=delivery.unit, successor=heir)
    colleague = User.objects.create_user("moi", full_name="Lý Mới", role=Role.UNIT_OFFICER, unit=heir)
    client_of(colleague).post(reverse("answer", args=[delivery.pk]), {"words": "Đã tiếp nhận."})
    assert [(row.by, row.words) for row in delivery.answers.all()] == [(colleague, "Đã tiếp nhận.")]


# --- The list of papers received


def test_the_list_holds_what_came_to_the_own_unit_and_marks_what_is_unread(
    letter, delivery, unit_officer, stranger, client_of
):
    page = client_of(unit_officer).get(reverse("received"))
    assert [row.pk for row in page.context["page_obj"]] == [delivery.pk]
    assert '<tr class="unread">' in page.content.decode()
    mark_read(delivery, by=unit_officer)
    assert '<tr class="unread">' not in client_of(unit_officer).get(reverse("received")).content.decode()
    empty = client_of(stranger).get(reverse("received"))
    assert (len(empty.context["page_obj"]), "Chưa nhận được văn bản nào" in empty.content.decode()) == (0, True)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"q": "phong trao thi dua"}, 1),
        ({"q": "khong co chu nay"}, 0),
        ({"con": "chua-doc"}, 0),
        ({"con": "chua-tra-loi"}, 1),
        ({"tu": "today"}, 1),
        ({"tu": "tomorrow"}, 0),
        ({"den": "today"}, 1),
        ({"den": "yesterday"}, 0),
        ({"den": "31/02/2020"}, 0),
    ],
)
def test_the_list_is_filtered_by_words_by_what_is_left_and_by_days(delivery, unit_officer, client_of, query, found):
    mark_read(delivery, by=unit_officer)
    today = timezone.localdate()
    days = {"yesterday": today - timedelta(1), "today": today, "tomorrow": today + timedelta(1)}
    query = {name: f"{days[value]:%d/%m/%Y}" if value in days else value for name, value in query.items()}
    assert len(client_of(unit_officer).get(reverse("received"), query).context["page_obj"]) == found


def test_the_export_holds_what_the_list_holds(delivery, unit_officer, stranger, client_of):
    def numbers(person):
        return [row[0] for row in exported_rows(client_of(person).get(reverse("received"), {"xuat": "xlsx"}))]

    assert (numbers(unit_officer), numbers(stranger)) == ([delivery.document.reference], [])


# --- What the page of a paper shows


def test_the_page_of_a_paper_shows_each_its_part(letter, delivery, people):
    answer(delivery, by=people["unit_officer"], words="Đã rõ.")
    receiver, sender = context_for(letter, people["unit_officer"]), context_for(letter, people["officer"])
    assert [part["delivery"].pk for part in receiver["received"]] == [delivery.pk]
    assert receiver["sent"] is None
    assert [part["delivery"].unit for part in sender["received"]] == [people["officer"].unit]
    assert sender["sent"] == {"total": 2, "read": 1, "answered": 1, "duties": 0}
    assert context_for(letter, people["stranger"]) == {"received": [], "sent": None}


def test_what_the_own_book_tells_of_a_delivered_paper_is_corrected_and_its_history_shown_to_the_unit_alone(
    letter, unit_officer, officer, client_of
):
    row = enter(letter, by=unit_officer)
    client, address = client_of(unit_officer), reverse("correct_entry", args=[letter.pk])
    assert f'href="{address}"' in client.get(letter.get_absolute_url()).content.decode()
    client.post(address, {"den-version": 1, "den-handed_to": "Phòng Tổng hợp"})
    assert [(edit.by, edit.changes) for edit in row.edits] == [
        (unit_officer, {"Đơn vị hoặc người nhận": ["", "Phòng Tổng hợp"]})
    ]
    pages = [client_of(person).get(letter.get_absolute_url()).content.decode() for person in (unit_officer, officer)]
    assert ["<ins>Phòng Tổng hợp</ins>" in page for page in pages] == [True, False]


def test_a_draft_has_nobody_who_got_it(draft, officer):
    assert context_for(draft, officer) == {"received": [], "sent": None}


def test_a_reminder_stands_above_the_paper_until_it_is_confirmed(delivery, officer, unit_officer, client_of):
    reminder = reminded(delivery.document, officer, [delivery.unit]).reminders[0]
    assert [part["reminders"] for part in context_for(delivery.document, unit_officer)["received"]] == [[reminder]]
    client_of(unit_officer).post(reverse("reminder_seen", args=[reminder.pk]))
    assert [part["reminders"] for part in context_for(delivery.document, unit_officer)["received"]] == [[]]


@pytest.mark.parametrize("act", [mark_read, lambda delivery, by: answer(delivery, by=by, words="Rõ.")])
def test_who_confirms_or_answers_has_seen_the_reminders(delivery, officer, unit_officer, act):
    reminded(delivery.document, officer, [delivery.unit, officer.unit])
    act(delivery, by=unit_officer)
    seen = {row.unit: row.seen_at is not None for row in Reminder.objects.all()}
    assert seen == {delivery.unit: True, officer.unit: False}


# --- Following and reminding


@pytest.mark.parametrize("who", ["unit_officer", "stranger"])
def test_only_the_sender_follows(letter, people, client_of, who):
    client, address = client_of(people[who]), reverse("follow", args=[letter.pk])
    assert client.get(address).status_code == 404
    assert client.get(address, {"xuat": "xlsx"}).status_code == 404
    assert client.post(address, {"to": "chua-doc", "words": "Nhắc."}).status_code == 404
    with pytest.raises(Refused):
        remind(letter, [people[who].unit], by=people[who], words="Nhắc.", mail=False)
    assert not Reminder.objects.exists()


def test_a_draft_is_not_followed(draft, officer, client_of):
    assert client_of(officer).get(reverse("follow", args=[draft.pk])).status_code == 404


@pytest.mark.parametrize("who", READERS)
def test_those_who_only_read_follow_and_do_not_remind(letter, people, client_of, who):
    client, address = client_of(people[who]), reverse("follow", args=[letter.pk])
    assert 'id="remind"' not in client.get(address).content.decode()
    assert client.post(address, {"to": "chua-doc", "words": "Nhắc."}).status_code == 403
    assert not Reminder.objects.exists()


def test_the_follow_page_shows_who_read_and_what_was_answered_with_its_files(
    letter, delivery, officer, unit_officer, client_of
):
    answer(delivery, by=unit_officer, words="Đã triển khai.", files=[picture()])
    page = client_of(officer).get(reverse("follow", args=[letter.pk]))
    assert page.context["counts"] == {"total": 2, "read": 1, "answered": 1}
    text = page.content.decode()
    assert "Đã triển khai." in text
    assert Answer.objects.get().uploads.get().get_absolute_url() in text


@pytest.mark.parametrize(
    ("query", "units"),
    [
        ({}, ["Sở Nội vụ", "Sở Y tế"]),
        ({"con": "chua-doc"}, ["Sở Nội vụ"]),
        ({"con": "chua-tra-loi"}, ["Sở Nội vụ", "Sở Y tế"]),
        ({"q": "y te"}, ["Sở Y tế"]),
        ({"loai": "commune"}, []),
    ],
)
def test_the_follow_page_is_filtered_and_its_export_alike(
    letter, delivery, officer, unit_officer, client_of, query, units
):
    mark_read(delivery, by=unit_officer)
    client, address = client_of(officer), reverse("follow", args=[letter.pk])
    assert [row.unit.name for row in client.get(address, query).context["page_obj"]] == units
    assert [row[0] for row in exported_rows(client.get(address, {**query, "xuat": "xlsx"}))] == units


def test_the_form_begins_with_words_that_name_the_paper(letter, officer, client_of):
    form = client_of(officer).get(reverse("follow", args=[letter.pk])).context["form"]
    assert form["words"].value() == (
        "Đề nghị quý đơn vị đọc và trả lời Công văn số 01/UBND-KGVX ngày 02/03/2020 "
        "về báo cáo kết quả phong trào thi đua."
    )


@pytest.mark.parametrize(
    ("sent", "units"),
    [
        ({"to": "chua-doc"}, ["Sở Nội vụ"]),
        ({"to": "chua-tra-loi"}, ["Sở Nội vụ", "Sở Y tế"]),
        ({"to": "tat-ca"}, ["Sở Nội vụ", "Sở Y tế"]),
        ({"to": "chon", "don_vi": ["so-y-te"]}, ["Sở Y tế"]),
    ],
)
def test_the_sender_reminds_those_ticked_all_unread_or_all_unanswered(
    letter, delivery, officer, unit_officer, client_of, sent, units
):
    mark_read(delivery, by=unit_officer)
    sent = {**sent, "don_vi": [Unit.objects.get(code=code).pk for code in sent.get("don_vi", [])]}
    client_of(officer).post(reverse("follow", args=[letter.pk]), {**sent, "words": "Đề nghị trả lời."})
    found = Reminder.objects.order_by("unit__sort_text")
    assert [(row.unit.name, row.words, row.by, row.seen_at) for row in found] == [
        (name, "Đề nghị trả lời.", officer, None) for name in units
    ]
    assert not Mail.objects.exists()


@pytest.mark.parametrize(
    ("sent", "field", "told"),
    [
        ({"to": "chon", "words": "Nhắc."}, "to", "Hãy chọn ít nhất một đơn vị để nhắc."),
        ({"to": "chon", "words": "Nhắc.", "don_vi": ["x", "9" * 30]}, "to", "Hãy chọn ít nhất một đơn vị để nhắc."),
        ({"to": "chua-doc", "words": " "}, "words", "Hãy điền mục này."),
    ],
)
def test_a_reminder_that_is_refused_is_told_beside_its_field(letter, officer, client_of, sent, field, told):
    response = client_of(officer).post(reverse("follow", args=[letter.pk]), sent)
    assert response.status_code == 422
    assert response.context["form"].errors == {field: [told]}
    assert not Reminder.objects.exists()


@pytest.mark.parametrize(
    ("read", "answered", "offered"),
    [
        (False, False, ["chua-doc", "chua-tra-loi", "tat-ca", "chon"]),
        (True, False, ["chua-tra-loi", "tat-ca", "chon"]),
        (True, True, ["tat-ca", "chon"]),
    ],
)
def test_what_the_form_begins_with_can_always_be_sent(letter, officer, client_of, read, answered, offered):
    now = timezone.now()
    if read:
        letter.deliveries.update(read_at=now, read_by=officer, answered_at=now if answered else None)
    client, address = client_of(officer), reverse("follow", args=[letter.pk])
    form = client.get(address).context["form"]
    assert [key for key, _ in form.fields["to"].widget.choices] == offered
    answer_ = client.post(address, {"to": offered[0], "words": form["words"].value()})
    assert answer_.url == f"{address}#thong-bao"
    assert Reminder.objects.count() == 2


def test_a_group_that_became_empty_is_answered_in_words(letter, officer, client_of):
    letter.deliveries.update(read_at=timezone.now(), read_by=officer)
    response = client_of(officer).post(reverse("follow", args=[letter.pk]), {"to": "chua-doc", "words": "Nhắc."})
    assert response.context["form"].errors == {"to": ["Hãy chọn ít nhất một đơn vị để nhắc."]}


def test_a_refused_reminder_keeps_the_ticks(letter, delivery, officer, client_of):
    sent = {"to": "chon", "words": "", "don_vi": [delivery.unit_id]}
    page = client_of(officer).post(reverse("follow", args=[letter.pk]), sent).content.decode()
    assert f'value="{delivery.unit_id}" aria-label="Chọn Sở Y tế" checked' in page


def test_a_unit_that_did_not_get_the_paper_is_not_reminded(letter, delivery, officer, stranger, client_of):
    sent = {"to": "chon", "words": "Nhắc.", "don_vi": [delivery.unit_id, stranger.unit_id]}
    response = client_of(officer).post(reverse("follow", args=[letter.pk]), sent)
    assert response.context["form"].errors == {"to": ["Văn bản này không gửi cho: Sở Giao thông vận tải."]}
    assert not Reminder.objects.exists()


def test_who_was_reminded_in_the_same_words_a_moment_ago_is_skipped(letter, delivery, officer, leader, client_of):
    Unit.objects.update(email="so@example.vn")
    client, address = client_of(leader), reverse("follow", args=[letter.pk])
    sent = {"to": "chua-doc", "words": " Đề nghị trả lời. ", "mail": "on"}
    reminded(letter, officer, [delivery.unit], mail=True)
    page = client.post(address, sent, follow=True).content.decode()
    assert "Đã nhắc 1 đơn vị. Bỏ qua 1 đơn vị vừa được nhắc bằng đúng lời này." in page
    assert (Reminder.objects.count(), Mail.objects.count()) == (2, 2)
    moment = timezone.localtime(Reminder.objects.get(by=leader).at)
    assert client.post(address, sent).context["form"].errors == {
        "to": [
            f"Trần Văn Đăng vừa nhắc bằng đúng lời này lúc {moment:%H:%M %d/%m/%Y}. "
            "Cần nhắc thêm, hãy viết lời nhắc khác."
        ]
    }
    assert (Reminder.objects.count(), Mail.objects.count()) == (2, 2)


def test_in_other_words_or_later_a_unit_is_reminded_again(letter, delivery, officer):
    reminded(letter, officer, [delivery.unit])
    remind(letter, [delivery.unit], by=officer, words="Nhắc lần hai.", mail=False)
    Reminder.objects.update(at=timezone.now() - SAME_REMINDER)
    assert reminded(letter, officer, [delivery.unit]).skipped == []
    assert Reminder.objects.count() == 3


def test_of_a_recalled_paper_nobody_is_reminded(letter, people, client_of):
    recall(letter, people["officer"], people["leader"], people["clerk"])
    client, address = client_of(people["officer"]), reverse("follow", args=[letter.pk])
    assert 'id="remind"' not in client.get(address).content.decode()
    response = client.post(address, {"to": "chua-doc", "words": "Nhắc."})
    assert response.context["form"].errors == {"to": ["Văn bản đã thu hồi nên không còn gì để nhắc."]}


# --- What waits


def test_what_waits_is_told_to_those_who_can_act(letter, delivery, people):
    reminded(letter, people["officer"], [delivery.unit])
    waiting = waits_for(people["unit_officer"])
    assert {title: [row.words for row in group.rows] for title, group in waiting.items()} == {
        "Lời nhắc": ["Đề nghị trả lời."],
        "Văn bản chưa đọc": [letter.subject],
    }
    assert waiting["Văn bản chưa đọc"].rows[0].url == letter.get_absolute_url()
    mark_read(delivery, by=people["unit_officer"])
    assert waits_for(people["unit_officer"]) == {}
    for who in [*READERS, "stranger"]:
        assert waits_for(people[who]) == {}


@pytest.mark.parametrize(
    ("state", "who", "found"),
    [
        ("submitted", "leader", 1),
        ("submitted", "clerk", 0),
        ("approved", "clerk", 1),
        ("approved", "leader", 0),
        ("approved", "officer", 0),
        ("approved", "unit_officer", 0),
        ("draft", "leader", 0),
    ],
)
def test_papers_wait_for_whoever_decides_next(draft, people, state, who, found):
    draft.state = state
    draft.save()
    group = waits_for(people[who]).get("Chờ duyệt, chờ số")
    assert [row.url for row in group.rows] == [draft.get_absolute_url()] if found else group is None


def test_more_than_five_are_counted_and_five_shown(letter, unit_officer, other_unit):
    others = more_units(6)
    Delivery.objects.bulk_create(Delivery(document=letter, unit=unit) for unit in others)
    change = UnitChange.objects.create(kind="merge", date=date(2020, 4, 1), citation="04/NQ-HĐND")
    for unit in others:
        Succession.objects.create(change=change, predecessor=unit, successor=other_unit)
    waiting = waits_for(unit_officer)["Văn bản chưa đọc"]
    assert (waiting.count, len(waiting.rows)) == (7, 5)


# --- The same number of questions for one row and for many


def fresh(user):
    """The account as another request finds it: what it inherits is asked anew."""
    return User.objects.select_related("unit").get(pk=user.pk)


def more_deliveries(letter, user):
    """Two more deliveries, to units that went into that of ``user``, each with an answer, a file and a reminder."""
    change = UnitChange.objects.create(kind="merge", date=date(2020, 4, 1), citation="04/NQ-HĐND")
    for unit in more_units(2):
        Succession.objects.create(change=change, predecessor=unit, successor=user.unit)
        row = Delivery.objects.create(document=letter, unit=unit)
        answer(row, by=fresh(user), words="Rõ.", files=[picture()])
        Reminder.objects.create(document=letter, unit=unit, words="Nhắc.", by=letter.author)


@pytest.fixture
def answered(delivery, unit_officer):
    """The delivery with an answer, a file and a reminder."""
    answer(delivery, by=unit_officer, words="Rõ.", files=[picture()])
    Reminder.objects.create(document=delivery.document, unit=delivery.unit, words="Nhắc.", by=delivery.document.author)
    return delivery


def test_the_list_asks_as_much_for_three_rows_as_for_one(answered, unit_officer, client_of, django_assert_num_queries):
    client = client_of(unit_officer)
    # Session, account, its unit, units that went into it, count, rows.
    with django_assert_num_queries(6):
        client.get(reverse("received"))
    more_deliveries(answered.document, unit_officer)
    with django_assert_num_queries(6):
        client.get(reverse("received"))


def test_the_page_of_a_paper_asks_as_much_for_three_deliveries_as_for_one(
    answered, unit_officer, django_assert_num_queries
):
    people = [fresh(unit_officer), fresh(unit_officer)]
    # Units that went into the own one, deliveries, answers, files, duties, reminders.
    with django_assert_num_queries(7):
        context_for(answered.document, people[0])
    more_deliveries(answered.document, unit_officer)
    with django_assert_num_queries(7):
        parts = context_for(answered.document, people[1])["received"]
    assert len(parts) == 3


def test_what_waits_asks_as_much_for_three_rows_as_for_one(answered, unit_officer, django_assert_num_queries):
    # The account, units that went into its own one, how much of each kind, the first unread papers and reminders.
    with django_assert_num_queries(5):
        waits_for(unit_officer)
    more_deliveries(answered.document, unit_officer)
    with django_assert_num_queries(5):
        assert waits_for(unit_officer)["Lời nhắc"].count == 3


def test_the_follow_page_asks_as_much_for_three_rows_as_for_one(
    draft, people, other_unit, client_of, django_assert_num_queries
):
    letter = issue_letter(draft, people["officer"], people["leader"], people["clerk"], units=[other_unit])
    answer(letter.deliveries.get(), by=people["unit_officer"], words="Rõ.", files=[picture()])
    client, address = client_of(people["officer"]), reverse("follow", args=[letter.pk])
    # Session, account, its unit, units that went into it, the paper, its counts, count, rows, answers, files, for whom nobody
    # acts (two), what the axis told.
    with django_assert_num_queries(13):
        client.get(address)
    more_deliveries(letter, people["unit_officer"])
    with django_assert_num_queries(13):
        client.get(address)
