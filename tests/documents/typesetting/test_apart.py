"""Pages are set in a process beside the server's: bounded in time, in number, one thing at a time for each person."""

import gc
import os
import signal
import time
from contextlib import ExitStack

import pytest
from django.urls import reverse

from documents import typesetting
from documents.typesetting import apart


@apart.uninterrupted
def quick():
    """Whether garbage is looked for meanwhile."""
    return gc.isenabled()


@pytest.fixture
def beside(settings, tmp_path, monkeypatch):
    """A process of the test's own, ended with it."""
    settings.TYPESETTING_APART, settings.DATA_DIR = True, tmp_path
    made = apart._Beside()
    monkeypatch.setattr(apart, "_beside", made)
    yield made
    made.end()


def test_work_is_done_beside_and_what_is_raised_there_is_raised_here(beside):
    pid = apart.call(os.getpid)
    assert pid == beside.process.pid != os.getpid()
    with pytest.raises(ValueError, match="invalid literal"):
        apart.call(int, "x")
    assert apart.call(os.getpid) == pid


def test_what_takes_too_long_is_ended_and_the_next_is_done(beside):
    first = apart.call(os.getpid)
    with pytest.raises(apart.NotSet, match=r"lâu quá 0.1 giây"):
        apart.call(time.sleep, 600, limit=0.1)
    assert beside.process is None
    assert apart.call(os.getpid) != first
    os.kill(beside.process.pid, signal.SIGKILL)
    beside.process.wait()
    assert apart.call(int, "5") == 5


def test_a_process_that_dies_at_its_work_is_told_and_replaced(beside):
    with pytest.raises(apart.NotSet, match="không dựng được"):
        apart.call(os._exit, 1)
    assert apart.call(int, "5") == 5


def test_a_process_is_replaced_before_it_grows_large(beside, monkeypatch):
    monkeypatch.setattr(apart, "MOST_CALLS", 2)
    first, second, third = (apart.call(os.getpid) for _ in range(3))
    assert first == second != third


def test_garbage_of_what_must_be_quick_is_looked_for_once_its_answer_has_left(beside):
    begun = apart.call(gc.get_freeze_count)
    assert apart.call(quick) is False
    settled = apart.call(gc.get_freeze_count)
    assert settled > begun
    apart.call(quick)
    assert apart.call(gc.get_freeze_count) == settled
    assert apart.call(gc.isenabled) is True


def test_without_a_server_work_is_done_where_it_is_asked_for():
    assert apart.call(os.getpid) == os.getpid()


@pytest.mark.skipif(bool(typesetting.missing_packages()), reason="PDF needs Debian packages")
def test_a_pdf_and_its_pictures_are_the_same_from_beside(beside, settings, pages_set_anew):
    from documents.typesetting import to_pdf
    from documents.typesetting.pictures import pictures

    html = '<html lang="vi"><title>a</title><body>Một trang.</body></html>'
    pdf = typesetting.to_pdf(html)
    pngs = pictures(pdf, dpi=50)
    settings.TYPESETTING_APART = False
    assert (pdf, pngs) == (to_pdf(html), pictures(pdf, dpi=50))


def test_few_wait_and_the_others_are_told_at_once():
    with ExitStack() as waiting:
        for person in range(1, apart.PLACES + 1):
            waiting.enter_context(apart._place(person))
        with pytest.raises(apart.NotSet) as told, apart._place(99):
            pass
        assert str(told.value) == apart.BUSY
    with apart._place(99):
        pass
    assert not apart._places


def test_one_person_takes_no_more_than_two_places():
    with apart._place(7), apart._place(7), apart._place(8):
        with pytest.raises(apart.NotSet) as told, apart._place(7):
            pass
        assert str(told.value) == apart.YOURS


def test_one_thing_is_done_for_a_person_at_a_time_whichever_process_is_asked(settings, tmp_path, monkeypatch):
    settings.DATA_DIR = tmp_path
    monkeypatch.setattr(apart, "WAIT", 0)
    with apart._alone(7), apart._alone(8):
        with pytest.raises(apart.NotSet) as told, apart._alone(7):
            pass
        assert str(told.value) == apart.YOURS
    with apart._alone(7):
        pass


def test_the_server_has_threads_left_when_all_places_are_taken():
    from config import gunicorn

    assert gunicorn.threads >= 2 * apart.PLACES
    assert gunicorn.raw_env == ["TYPESETTING_APART=1"]


@pytest.mark.django_db
def test_the_person_who_asks_is_known_where_pages_are_set(client_of, officer, draft, monkeypatch):
    asked = []

    def to_pdf(html, tell=None, limit=None):
        asked.append((apart.asked_by.get()(), limit))
        raise apart.NotSet(apart.BUSY)

    monkeypatch.setattr(typesetting, "to_pdf", to_pdf)
    page = client_of(officer).get(reverse("document_pdf", args=[draft.pk]), follow=True)
    assert apart.BUSY in page.content.decode()
    preview = client_of(officer).post(reverse("preview"), {"pk": draft.pk, "body": "Một."})
    assert preview.status_code == 200
    assert asked[0] == (officer.pk, apart.LIMIT)
    assert apart.asked_by.get()() is None
