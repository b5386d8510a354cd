"""Mails: written by a reminder, read by a person, sent once and only when that person says so."""

import time
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from threading import Barrier, Event

import pytest
from django.apps import apps
from django.core import mail as post
from django.core.mail import EmailMessage
from django.db import connection
from django.urls import reverse

from documents.deliveries.actions import drop_mail, remind, send_mail
from documents.deliveries.mailing import UNCLEAR, post_mail
from documents.models import Change, Mail, Reminder
from documents.steps.refusing import Refused
from units.models import Unit

from ...exported import exported_rows
from ...waits import words_for
from ..issued import issue_letter, more_units
from ..jobs.workers import done_by_worker

pytestmark = pytest.mark.django_db

READERS = ["store_keeper", "council_member"]
State = Mail.State


def make_mail(user, **changes):
    fields = {
        "unit": user.unit,
        "by": user,
        "to": "syt@example.vn",
        "subject": "Nhắc việc",
        "words": "Đề nghị trả lời.",
    }
    return Mail.objects.create(**fields | changes)


@pytest.fixture
def letter(draft, people, other_unit):
    """A letter of Sở Nội vụ to Sở Y tế and two communes."""
    units = [other_unit, *more_units(2)]
    return issue_letter(draft, people["officer"], people["leader"], people["clerk"], units=units)


@pytest.fixture
def mail(officer):
    """A mail of Sở Nội vụ that waits."""
    return make_mail(officer)


def state_of(mail):
    mail.refresh_from_db()
    return mail.state


# --- Written by a reminder


def test_a_reminder_writes_mails_and_names_the_units_without_an_address(letter, officer, unit_officer):
    Unit.objects.filter(code="xa-1").update(email="xa1@example.vn")
    unit_officer.email = "lan@example.vn"
    unit_officer.save()
    units = Unit.objects.filter(deliveries__document=letter)
    done = remind(letter, units, by=officer, words="Đề nghị trả lời.", mail=True, link="https://vi-du.vn/van-ban/1/")
    assert [unit.name for unit in done.without_address] == ["UBND xã số 02"]
    assert Reminder.objects.count() == len(done.reminders) == 3
    paper = "Công văn số 01/UBND-KGVX ngày 02/03/2020"
    assert [(row.to, row.unit, row.by, row.state) for row in Mail.objects.order_by("pk")] == [
        ("lan@example.vn", officer.unit, officer, State.WAITING),
        ("xa1@example.vn", officer.unit, officer, State.WAITING),
    ]
    first = Mail.objects.order_by("pk").first()
    assert first.subject == f"Nhắc việc: {paper}"
    assert first.words == (
        "Kính gửi: Sở Y tế\n\nĐề nghị trả lời.\n\n"
        f"Văn bản: {paper} của UBND tỉnh Lạng Sơn về báo cáo kết quả phong trào thi đua.\n\n"
        "Xem và trả lời tại: https://vi-du.vn/van-ban/1/"
    )
    assert post.outbox == []


@pytest.mark.parametrize(
    ("unit_mail", "active", "mails"),
    [
        ("so@example.vn", True, ["so@example.vn"]),
        ("", True, ["lan@example.vn"]),
        ("", False, []),
    ],
)
def test_the_address_of_a_unit_comes_before_those_of_its_people(
    letter, officer, unit_officer, unit_mail, active, mails
):
    unit = unit_officer.unit
    Unit.objects.filter(pk=unit.pk).update(email=unit_mail)
    unit_officer.email, unit_officer.is_active = "lan@example.vn", active
    unit_officer.save()
    remind(letter, Unit.objects.filter(pk=unit.pk), by=officer, words="Nhắc.", mail=True)
    assert [row.to for row in Mail.objects.all()] == mails


def test_without_the_tick_no_mail_is_written_and_with_it_the_page_says_where_they_wait(
    letter, officer, other_unit, client_of
):
    Unit.objects.filter(pk=other_unit.pk).update(email="so@example.vn")
    client, address = client_of(officer), reverse("follow", args=[letter.pk])
    client.post(address, {"to": "chua-doc", "words": "Nhắc."})
    assert not Mail.objects.exists()
    page = client.post(address, {"to": "chua-doc", "words": "Nhắc lại.", "mail": "on"}, follow=True).content.decode()
    assert "1 thư đang chờ ở Hộp thư đi" in page
    assert "Chưa có địa chỉ thư điện tử, chỉ nhắc trong chương trình: UBND xã số 01, UBND xã số 02." in page
    assert "http://testserver" + letter.get_absolute_url() in Mail.objects.get().words


# --- The outbox


def test_the_outbox_shows_the_own_units_mails_those_that_wait_first(officer, stranger, unit_officer, client_of):
    waiting, sent = make_mail(officer), make_mail(officer, state=State.FAILED, error="Lỗi")
    make_mail(stranger)
    assert [row.pk for row in client_of(officer).get(reverse("outbox")).context["page_obj"]] == [waiting.pk, sent.pk]
    empty = client_of(unit_officer).get(reverse("outbox")).content.decode()
    assert "Hộp thư trống" in empty


@pytest.mark.parametrize(
    ("query", "found"), [({"state": "waiting"}, 1), ({"state": "sent"}, 0), ({"q": "NHAC viec"}, 1), ({"q": "x%"}, 0)]
)
def test_the_outbox_is_filtered_and_its_export_alike(mail, officer, client_of, query, found):
    client = client_of(officer)
    assert len(client.get(reverse("outbox"), query).context["page_obj"]) == found
    assert len(exported_rows(client.get(reverse("outbox"), {**query, "xuat": "xlsx"}))) == found


def test_a_mail_from_before_is_found_as_those_of_today(mail):
    Mail.objects.update(search_text="syt@example.vn nhac viec")
    import_module("documents.migrations.0010_mail_words").store_words(apps, None)
    assert Mail.objects.get().search_text == mail.search_text == " syt example vn nhac viec "


def test_a_mail_can_be_read_before_it_goes(mail, officer, client_of):
    for address in (reverse("outbox"), reverse("mail", args=[mail.pk])):
        page = client_of(officer).get(address).content.decode()
        assert "Đề nghị trả lời." in page
        assert reverse("send_mails") in page
    assert state_of(mail) == State.WAITING


def test_pressing_send_hands_the_ticked_mails_to_a_worker(mail, officer, client_of):
    other = make_mail(officer)
    client_of(officer).post(reverse("send_mails"), {"thu": [mail.pk]})
    assert (state_of(mail), state_of(other), post.outbox) == (State.QUEUED, State.WAITING, [])
    done_by_worker()
    assert (state_of(mail), state_of(other), len(post.outbox)) == (State.SENT, State.WAITING, 1)


def test_the_log_tells_who_sent_and_who_dropped_a_mail(mail, officer, leader, client_of):
    other, gone = make_mail(officer), make_mail(officer, state=State.DROPPED)
    client_of(leader).post(reverse("send_mails"), {"thu": [mail.pk, other.pk, gone.pk]})
    client_of(officer).post(reverse("drop_mails"), {"thu": [other.pk]})
    told = Change.objects.filter(about="mail").order_by("pk").values_list("key", "what", "by")
    assert list(told) == [(mail.pk, "send", leader.pk), (other.pk, "send", leader.pk), (other.pk, "drop", officer.pk)]


def test_a_dropped_mail_never_goes(mail, officer, client_of):
    client = client_of(officer)
    client.post(reverse("drop_mails"), {"thu": [mail.pk]})
    assert state_of(mail) == State.DROPPED
    page = client.post(reverse("send_mails"), {"thu": [mail.pk]}, follow=True).content.decode()
    assert "Chưa chọn thư nào còn gửi được" in page
    post_mail(mail.pk)
    assert (state_of(mail), post.outbox) == (State.DROPPED, [])


def test_pressing_send_without_a_tick_says_what_to_do(mail, officer, client_of):
    page = client_of(officer).post(reverse("send_mails"), follow=True).content.decode()
    assert "Hãy đánh dấu các thư trong bảng" in page
    assert state_of(mail) == State.WAITING


@pytest.mark.parametrize("name", ["send_mails", "drop_mails"])
@pytest.mark.parametrize("who", ["unit_officer", "stranger"])
def test_of_mails_of_others_nobody_learns(mail, people, client_of, who, name):
    client, own = client_of(people[who]), make_mail(people[who])
    assert client.get(reverse("mail", args=[mail.pk])).status_code == 404
    assert client.post(reverse(name), {"thu": [own.pk, mail.pk]}).status_code == 404
    assert (state_of(mail), state_of(own)) == (State.WAITING, State.WAITING)
    assert (send_mail([mail.pk], by=people[who]), drop_mail([mail.pk], by=people[who])) == (0, 0)


@pytest.mark.parametrize("who", READERS)
def test_those_who_only_read_send_and_drop_nothing(mail, people, client_of, who):
    client = client_of(people[who])
    assert client.get(reverse("mail", args=[mail.pk])).context["may_act"] is False
    for name, act in (("send_mails", send_mail), ("drop_mails", drop_mail)):
        assert client.post(reverse(name), {"thu": [mail.pk]}).status_code == 403
        with pytest.raises(Refused):
            act([mail.pk], by=people[who])
    assert state_of(mail) == State.WAITING


@pytest.mark.parametrize("name", ["send_mails", "drop_mails"])
def test_a_link_neither_sends_nor_drops(mail, officer, client_of, name):
    assert client_of(officer).get(reverse(name), {"thu": [mail.pk]}).status_code == 405
    assert state_of(mail) == State.WAITING


def test_mails_that_wait_are_counted_for_those_who_may_send(mail, people):
    told = {who: words_for(people[who]) for who in ("officer", "unit_officer", *READERS)}
    assert told == {who: {} for who in told} | {"officer": {"Thư chờ gửi": [mail.subject]}}


def test_the_outbox_asks_as_much_for_three_mails_as_for_one(mail, officer, client_of, django_assert_num_queries):
    client = client_of(officer)
    # Session, account, its unit, units that went into it, count, rows.
    with django_assert_num_queries(6):
        client.get(reverse("outbox"))
    make_mail(officer)
    make_mail(officer)
    with django_assert_num_queries(6):
        client.get(reverse("outbox"))


# --- Sending


def test_a_mail_goes_as_it_was_read(mail, officer, settings):
    settings.DEFAULT_FROM_EMAIL = "thidua@example.vn"
    send_mail([mail.pk], by=officer)
    post_mail(mail.pk)
    sent = [(row.from_email, row.to, row.subject, row.body) for row in post.outbox]
    assert sent == [("thidua@example.vn", ["syt@example.vn"], "Nhắc việc", "Đề nghị trả lời.")]
    assert (state_of(mail), mail.sent_at is not None, mail.error) == (State.SENT, True, "")


@pytest.mark.parametrize("state", [State.WAITING, State.FAILED, State.DROPPED])
def test_what_nobody_sent_does_not_go(officer, state):
    mail = make_mail(officer, state=state)
    post_mail(mail.pk)
    assert (state_of(mail), post.outbox) == (state, [])


def test_a_mail_goes_once_however_often_it_is_handed_over(mail, officer):
    send_mail([mail.pk], by=officer)
    send_mail([mail.pk], by=officer)
    for _ in range(3):
        post_mail(mail.pk)
    assert send_mail([mail.pk], by=officer) == 0
    assert (len(post.outbox), state_of(mail)) == (1, State.SENT)


def test_a_server_that_refuses_is_told_and_the_mail_can_be_sent_again(mail, officer, monkeypatch):
    def refuse(message):
        raise OSError("hộp thư đầy")

    with monkeypatch.context() as broken:
        broken.setattr(EmailMessage, "send", refuse)
        send_mail([mail.pk], by=officer)
        post_mail(mail.pk)
    assert (state_of(mail), mail.error) == (State.FAILED, "Máy chủ thư không nhận: hộp thư đầy")
    send_mail([mail.pk], by=officer)
    post_mail(mail.pk)
    assert (state_of(mail), mail.error, len(post.outbox)) == (State.SENT, "", 1)


@pytest.mark.parametrize("sent_first", [True, False])
def test_a_worker_that_ends_in_the_middle_sends_nothing_twice_and_the_mail_says_so(
    mail, officer, monkeypatch, sent_first
):
    def end(message):
        if sent_first:
            post.outbox.append(message)
        raise SystemExit

    send_mail([mail.pk], by=officer)
    with monkeypatch.context() as broken:
        broken.setattr(EmailMessage, "send", end)
        with pytest.raises(SystemExit):
            post_mail(mail.pk)
    assert (state_of(mail), mail.error) == (State.FAILED, UNCLEAR)
    post_mail(mail.pk)
    assert len(post.outbox) == sent_first


def test_mails_of_a_demonstration_stay_on_the_machine(settings):
    from config import settings as written

    assert settings.DEMO
    assert written.EMAIL_BACKEND == "django.core.mail.backends.filebased.EmailBackend"
    assert written.EMAIL_FILE_PATH == settings.DATA_DIR / "mail"


# --- Two at once


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_of_two_workers_with_the_same_mail_one_sends_it(mail, officer, monkeypatch):
    ready, sending = Barrier(2), EmailMessage.send

    def slow(message):
        time.sleep(0.3)
        return sending(message)

    def work(_):
        ready.wait()
        try:
            post_mail(mail.pk)
        finally:
            connection.close()

    Mail.objects.update(state=State.QUEUED)
    monkeypatch.setattr(EmailMessage, "send", slow)
    with ThreadPoolExecutor(2) as threads:
        list(threads.map(work, range(2)))
    assert (len(post.outbox), state_of(mail)) == (1, State.SENT)


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("act", [send_mail, drop_mail])
def test_who_presses_a_button_while_a_mail_goes_waits_and_finds_it_gone(mail, officer, monkeypatch, act):
    going, go_on, sending = Event(), Event(), EmailMessage.send

    def held(message):
        going.set()
        go_on.wait(60)
        return sending(message)

    def in_thread(call):
        try:
            return call()
        finally:
            connection.close()

    Mail.objects.update(state=State.QUEUED)
    monkeypatch.setattr(EmailMessage, "send", held)
    with ThreadPoolExecutor(2) as threads:
        threads.submit(in_thread, lambda: post_mail(mail.pk))
        assert going.wait(60)
        pressed = threads.submit(in_thread, lambda: act([mail.pk], by=officer))
        time.sleep(0.3)
        assert not pressed.done()
        go_on.set()
        assert pressed.result(60) == 0
    assert (len(post.outbox), state_of(mail)) == (1, State.SENT)
