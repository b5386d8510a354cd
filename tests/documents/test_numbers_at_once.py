"""Six clerks at six machines: numbers without a gap, without a double, whatever the database."""

import multiprocessing
from collections import Counter
from datetime import date

import pytest
from django.db import connections

from documents import copies
from documents.actions import save_draft
from documents.issuing import issue
from documents.models import Document, DocumentType, IssuedCopy, Move, NumberSeries, SeriesYear
from documents.moves import move
from units.models import User

CLERKS, EACH = 6, 10
DAY = date(2020, 2, 28)


def approved_papers(draft, officer, leader, count):
    """Keys of ``count`` approved copies of ``draft``."""
    keys = []
    for _ in range(count):
        paper = copies.copy(draft, by=officer)
        move(paper, Move.Act.SUBMIT, by=officer)
        keys.append(move(paper, Move.Act.APPROVE, by=leader).pk)
    return keys


def issue_some(username, keys, failures):
    """What one clerk does, in a process of its own with connections of its own."""
    connections.close_all()
    clerk = User.objects.get(username=username)
    for key in keys:
        try:
            issue(Document.objects.get(pk=key), by=clerk, day=DAY)
        except Exception as failure:
            failures.put(repr(failure))
    connections.close_all()


def run_at_once(argument_lists):
    """``issue_some`` with each of the lists at the same time; gives what failed."""
    context = multiprocessing.get_context("fork")
    failures = context.Queue()
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
    shares = [(clerk.username, keys[start::CLERKS]) for start in range(CLERKS)]
    assert run_at_once(shares) == []
    numbers = Document.objects.filter(pk__in=keys).values_list("number", flat=True)
    assert sorted(numbers) == list(range(1, CLERKS * EACH + 1))
    assert IssuedCopy.objects.filter(document__in=keys).values("sha256").distinct().count() == CLERKS * EACH
    assert SeriesYear.objects.get().last_number == CLERKS * EACH


@pytest.mark.django_db(transaction=True)
def test_one_paper_issued_by_six_at_once_gets_one_number(draft, officer, leader, clerk):
    (key,) = approved_papers(draft, officer, leader, 1)
    failures = run_at_once([(clerk.username, [key])] * CLERKS)
    refused = Counter("bước «Đã ban hành»" in failure for failure in failures)
    assert refused == {True: CLERKS - 1}
    assert Document.objects.get(pk=key).number == 1
    assert Move.objects.filter(document=key, act=Move.Act.ISSUE).count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_series_of_a_body_never_give_papers_of_one_symbol_the_same_number(draft, officer, leader, clerk, province):
    notices = NumberSeries.objects.create(issuer=province, name="Sổ thông báo")
    notices.types.add(DocumentType.objects.get(code="TB"))
    letters = approved_papers(draft, officer, leader, 8)
    draft.type = DocumentType.objects.get(code="TB")
    save_draft(draft, by=officer)
    others = approved_papers(draft, officer, leader, 8)
    assert run_at_once([(clerk.username, letters), (clerk.username, others)]) == []
    numbers = Document.objects.filter(pk__in=[*letters, *others]).values_list("symbol", "number")
    assert len(set(numbers)) == 16
