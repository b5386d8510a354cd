"""Six clerks at six machines: numbers without a gap, without a double, whatever the database."""

import multiprocessing
from collections import Counter
from datetime import date
from threading import BrokenBarrierError

import pytest
from django.db import connection, connections

from documents import typesetting
from documents.drafts import copies
from documents.life import issuing
from documents.life.actions import approve, submit
from documents.life.issuing import issue
from documents.models import Change, Document, DocumentType, IssuedCopy, SeriesYear
from documents.papers.actions import save_draft
from documents.printing.pages import set_pages
from documents.register import numbers
from units.models import User

from ...conftest import let_number_for

CLERKS, EACH = 6, 10
DAY = date(2020, 2, 28)


def approved_papers(draft, officer, leader, count):
    """Keys of ``count`` approved copies of ``draft``, cut down to one sentence: what is looked at are numbers."""
    draft.body = "Đề nghị các đơn vị thực hiện."
    save_draft(draft, by=officer)
    keys = []
    for _ in range(count):
        paper = copies.copy(draft, by=officer)
        submit(paper, by=officer)
        keys.append(approve(paper, by=leader).pk)
    return keys


def issue_some(username, keys, done, failures):
    """What one clerk does, in a process of its own with connections of its own; ``done`` is told of each paper."""
    connections.close_all()
    clerk = User.objects.get(username=username)
    for key in keys:
        try:
            issue(Document.objects.get(pk=key), by=clerk, day=DAY)
        except Exception as failure:
            failures.put(repr(failure))
        if done:
            done.set()
    connections.close_all()


def run_at_once(argument_lists):
    """``issue_some`` with each of the lists (user name, keys, what is told) at the same time; gives what failed."""
    context = multiprocessing.get_context("fork")
    failures = context.Queue()
    # The library that sets pages and its fonts are loaded here, not by each process.
    typesetting.to_pdf("<html></html>")
    connections.close_all()
    processes = [context.Process(target=issue_some, args=(*arguments, failures)) for arguments in argument_lists]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    found = []
    while not failures.empty():
        found.append(failures.get())
    return found + [f"status {process.exitcode}" for process in processes if process.exitcode]


@pytest.mark.django_db(transaction=True)
def test_six_clerks_issue_ten_papers_each_and_every_number_is_given_once(draft, officer, leader, clerk):
    keys = approved_papers(draft, officer, leader, CLERKS * EACH)
    shares = [(clerk.username, keys[start::CLERKS], None) for start in range(CLERKS)]
    assert run_at_once(shares) == []
    numbers = Document.objects.filter(pk__in=keys).values_list("number", flat=True)
    assert sorted(numbers) == list(range(1, CLERKS * EACH + 1))
    assert IssuedCopy.objects.filter(document__in=keys).values("sha256").distinct().count() == CLERKS * EACH
    assert SeriesYear.objects.get().last_number == CLERKS * EACH


@pytest.mark.django_db(transaction=True)
def test_one_paper_issued_by_six_at_once_gets_one_number(draft, officer, leader, clerk):
    (key,) = approved_papers(draft, officer, leader, 1)
    failures = run_at_once([(clerk.username, [key], None)] * CLERKS)
    refused = Counter("bước «Đã ban hành»" in failure for failure in failures)
    assert refused == {True: CLERKS - 1}
    assert Document.objects.get(pk=key).number == 1
    assert Change.objects.filter(about="paper", key=key, what="issue").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_series_of_a_body_never_give_papers_of_one_symbol_the_same_number(draft, officer, leader, clerk, province):
    notices = let_number_for(province, officer.unit, "Sổ thông báo")
    notices.types.add(DocumentType.objects.get(code="TB"))
    letters = approved_papers(draft, officer, leader, 8)
    draft.type = DocumentType.objects.get(code="TB")
    save_draft(draft, by=officer)
    others = approved_papers(draft, officer, leader, 8)
    assert run_at_once([(clerk.username, letters, None), (clerk.username, others, None)]) == []
    numbers = Document.objects.filter(pk__in=[*letters, *others]).values_list("symbol", "number")
    assert len(set(numbers)) == 16


def look_together(monkeypatch, clerks):
    """Have six clerks find no book at the same moment; all but the first then wait until the first is done with its paper."""
    look = numbers.open_series
    context = multiprocessing.get_context("fork")
    together, first_is_done = context.Barrier(clerks), context.Event()

    def looked(*arguments, **named):
        found = look(*arguments, **named)
        if found is None:
            try:
                place = together.wait(timeout=2)
            except BrokenBarrierError:
                return None  # they do not look at the same moment: whoever looks holds the body
            if place:
                first_is_done.wait(timeout=20)
        return found

    monkeypatch.setattr(numbers, "open_series", looked)
    return first_is_done


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_six_clerks_who_all_find_no_book_open_one_and_none_is_refused(draft, officer, leader, clerk, monkeypatch):
    draft.issuer_unit, draft.signer = officer.unit, None
    save_draft(draft, by=officer)
    keys = approved_papers(draft, officer, leader, CLERKS)
    done = look_together(monkeypatch, CLERKS)
    assert run_at_once([(clerk.username, [key], done) for key in keys]) == []
    assert sorted(Document.objects.filter(pk__in=keys).values_list("number", flat=True)) == list(range(1, CLERKS + 1))
    assert officer.unit.series.count() == 1


@pytest.mark.django_db(transaction=True)
def test_no_page_is_set_while_a_number_is_held(draft, officer, leader, clerk, monkeypatch, pages_set_anew):
    (key,) = approved_papers(draft, officer, leader, 1)
    inside = []
    to_pdf = typesetting.to_pdf

    def watched(html, **bounds):
        inside.append(connection.in_atomic_block)
        return to_pdf(html, **bounds)

    monkeypatch.setattr(typesetting, "to_pdf", watched)
    assert issue(Document.objects.get(pk=key), by=clerk, day=DAY).number == 1
    assert inside == [False]


@pytest.mark.django_db(transaction=True)
def test_a_clerk_who_is_always_overtaken_gets_a_number_all_the_same(
    draft, officer, leader, clerk, monkeypatch, pages_set_anew
):
    (key,) = approved_papers(draft, officer, leader, 1)
    inside = []
    to_pdf = typesetting.to_pdf

    def watched(html, **bounds):
        inside.append(connection.in_atomic_block)
        return to_pdf(html, **bounds)

    monkeypatch.setattr(typesetting, "to_pdf", watched)
    monkeypatch.setattr(issuing, "next_number", lambda *series: 99)
    assert issue(Document.objects.get(pk=key), by=clerk, day=DAY).number == 1
    assert inside == [False] * issuing.TRIES + [True]


@pytest.mark.django_db(transaction=True)
def test_the_pages_that_are_kept_bear_the_number_that_was_given(draft, officer, leader, clerk, monkeypatch):
    """The first look finds a number that another clerk takes before the pages are there."""
    first, second = approved_papers(draft, officer, leader, 2)
    looks = []

    def looked(*arguments):
        found = numbers.next_number(*arguments)
        if not looks.append(found) and len(looks) == 1:
            issue(Document.objects.get(pk=second), by=clerk, day=DAY)
        return found

    monkeypatch.setattr(issuing, "next_number", looked)
    done = issue(Document.objects.get(pk=first), by=clerk, day=DAY)
    assert (looks[0], done.number) == (1, 2)
    assert bytes(done.copy.content) == set_pages(done, user=clerk)[0]
