"""The token of a form: taken once, given back by a refusal, kept with where it led; for each person apart."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from clusters.models import Division
from documents.models import Answer, Document, Job, OfficeText, Sending
from documents.steps import once
from documents.steps.accepting import accepted

from ..issued import issue_letter

TOKEN = "mot-lan-duy-nhat-0001"


@pytest.fixture
def letter(draft, officer, leader, clerk, other_unit):
    """A letter in the hands of ``other_unit``."""
    return issue_letter(draft, officer, leader, clerk, units=[other_unit])


def answering(letter):
    return reverse("answer", args=[letter.deliveries.get().pk]), {"words": "Đã nhận.", "once": TOKEN}


@pytest.mark.django_db
def test_a_form_sent_four_times_is_done_once_and_each_is_led_to_what_it_made(letter, unit_officer, client_of):
    client, (url, data) = client_of(unit_officer), answering(letter)
    answers = [client.post(url, data) for _ in range(4)]
    assert [answer.status_code for answer in answers] == [302] * 4
    assert {answer.url for answer in answers} == {answers[0].url}
    assert Answer.objects.count() == 1
    assert "lần gửi lặp lại không ghi thêm gì" in client.get(answers[0].url).content.decode()


@pytest.mark.django_db
def test_a_refused_form_is_sent_again_with_the_token_that_it_has(letter, unit_officer, client_of):
    client, (url, data) = client_of(unit_officer), answering(letter)
    assert client.post(url, data | {"words": ""}).status_code == 422
    assert not Sending.objects.exists()
    assert client.post(url, data).status_code == 302
    assert Answer.objects.count() == 1


@pytest.mark.django_db
def test_a_page_opened_again_has_another_token_and_makes_another(draft, officer, client_of):
    client, url = client_of(officer), reverse("copy", args=[draft.pk])
    tokens = set()
    for _ in range(2):
        page = client.get(draft.get_absolute_url()).content.decode()
        tokens |= {part.split('"')[0] for part in page.split('name="once" value="')[1:]}
        client.post(url, {"once": sorted(tokens)[0] if len(tokens) < 5 else tokens.pop()})
    assert len(tokens) > 4


@pytest.mark.django_db
def test_one_token_in_two_hands_is_two(letter, unit_officer, officer, client_of):
    for person in (officer, unit_officer):
        client_of(person).post(reverse("account"), {"once": TOKEN})
        client_of(person).post(reverse("copy", args=[letter.pk]), {"once": TOKEN})
    assert Document.objects.filter(state="draft").count() == 2


@pytest.mark.django_db
@pytest.mark.parametrize("token", ["", "ngắn", "x" * 65, "co\0nul-trong-chuoi-nay", "<script>alert(1)</script>"])
def test_what_is_no_token_is_as_good_as_none(draft, officer, client_of, token):
    client = client_of(officer)
    for _ in range(2):
        assert client.post(reverse("copy", args=[draft.pk]), {"once": token}).status_code == 302
    assert Document.objects.count() == 3
    assert not Sending.objects.exists()


@pytest.mark.django_db
def test_a_part_of_a_page_takes_no_token(draft, officer, client_of):
    url = reverse("preview") + "?loai=CV&co_quan=so-noi-vu"
    assert client_of(officer).post(url, {"once": TOKEN}, headers={"HX-Request": "true"}).status_code == 200
    assert not Sending.objects.exists()


@pytest.mark.django_db
def test_a_view_that_breaks_gives_the_token_back(draft, officer, client_of, monkeypatch):
    client, url = client_of(officer), reverse("copy", args=[draft.pk])
    client.raise_request_exception = False
    with monkeypatch.context() as broken:
        broken.setattr("documents.drafts.copies.copy", None)
        assert client.post(url, {"once": TOKEN}).status_code == 500
    assert client.post(url, {"once": TOKEN}).status_code == 302
    assert Document.objects.count() == 2


@pytest.mark.django_db
@pytest.mark.parametrize("age", [timedelta(0), timedelta(minutes=5)])
def test_a_first_sending_that_does_not_end_is_told_and_nothing_is_made(draft, officer, client_of, monkeypatch, age):
    monkeypatch.setattr(once, "PATIENCE", timedelta(0))
    Sending.objects.create(by=officer, token=TOKEN)
    Sending.objects.update(at=timezone.now() - age)
    answer = client_of(officer).post(reverse("copy", args=[draft.pk]), {"once": TOKEN})
    assert answer.status_code == 409
    assert "chưa xong" in answer.content.decode()
    assert Document.objects.count() == 1


@pytest.mark.django_db
def test_rows_that_no_open_page_can_send_are_cleared_by_sending(draft, officer, client_of, monkeypatch):
    monkeypatch.setattr(once, "CLEAR_EVERY", 1)
    old = [Sending.objects.create(by=officer, token=f"{TOKEN}-{number}", led_to="/") for number in range(3)]
    Sending.objects.filter(pk=old[0].pk).update(at=timezone.now() - once.KEPT - timedelta(hours=1))
    client_of(officer).post(reverse("copy", args=[draft.pk]), {"once": TOKEN})
    assert set(Sending.objects.values_list("token", flat=True)) == {f"{TOKEN}-1", f"{TOKEN}-2", TOKEN}


# --- At one moment


def at_once(people, url, data):
    """The answers to ``data``, sent by each of ``people`` at one moment."""
    ready = Barrier(len(people))

    def send(person):
        client = Client()
        client.force_login(person)
        ready.wait()
        try:
            return client.post(url, data)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(people)) as threads:
        return list(threads.map(send, people))


NEW_YEAR = {"year": "2027", "begins_on": "01/01/2027", "ends_on": "31/12/2027", "kinds": ["department"], "version": ""}


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("what", ["answer", "copy", "print_list", "keep_text", "begin_division"])
def test_of_four_sendings_at_one_moment_one_makes_it_and_all_are_led_there(
    what, letter, officer, unit_officer, settings, tmp_path
):
    address, data, person, made = {
        "answer": (*answering(letter), unit_officer, Answer),
        "copy": (reverse("copy", args=[letter.pk]), {}, officer, Document.objects.filter(state="draft")),
        "print_list": (reverse("print_list"), {}, officer, Job),
        "keep_text": (reverse("keep_text", args=[letter.pk]), {"name": "Mẫu", "body": "Lời"}, officer, OfficeText),
        "begin_division": (reverse("begin_division"), NEW_YEAR, officer, Division),
    }[what]
    answers = at_once([person] * 4, address, data | {"once": TOKEN})
    assert [answer.status_code for answer in answers] == [302] * 4
    assert len({answer.url for answer in answers}) == 1
    rows = made if hasattr(made, "count") else made.objects
    assert rows.count() == 1


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("what", ["begin_division", "keep_text"])
def test_of_two_people_who_make_the_same_at_one_moment_one_is_told(what, letter, officer, leader, monkeypatch):
    address, data, view, made = {
        "begin_division": (reverse("begin_division"), NEW_YEAR, "clusters.divisions.views", Division),
        "keep_text": (
            reverse("keep_text", args=[letter.pk]), {"name": "Mẫu", "body": "Lời"}, "documents.texts.views", OfficeText,
        ),
    }[what]  # fmt: skip
    judged = Barrier(2)

    def accepted_once_both_are_judged(form, act):
        judged.wait()
        return accepted(form, act)

    monkeypatch.setattr(f"{view}.accepted", accepted_once_both_are_judged)
    answers = at_once([officer, leader], address, data)
    assert sorted(answer.status_code for answer in answers) == [302, 422]
    assert made.objects.count() == 1
