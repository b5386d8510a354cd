"""Two officers at the same moment, and a long list with a worker: on PostgreSQL, where they meet."""

from datetime import date

import openpyxl
import pytest

from awards.decisions import actions, cancelling, sources
from awards.decisions.checking import Report
from awards.models import Award, Decision, Recipient
from awards.recipients import actions as people
from awards.recipients import making
from documents.jobs.working import enlist, work_once
from documents.models import Job
from documents.steps.refusing import Refused
from tests.awards.decisions.lists import begun, entry_of, mixed, sent
from tests.clusters.scores.test_two_at_once import at_once
from tests.conftest import make_unit


def lines(number):
    """A list; each test has one of its own length, because what is alike is one file on the disk."""
    return mixed(*([n, None, f"Lý Văn {n}", None, "Sở Mẫu", "Cá nhân", "Bằng khen", None, None] for n in range(number)))


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_of_two_who_store_the_same_list_at_once_one_does(types, officer, leader):
    make_unit("so-mau", "Sở Mẫu")
    decision = begun(officer)
    sent(decision, lines(20), officer)
    found = at_once(
        lambda: actions.store(decision, by=officer),
        lambda: actions.store(decision, by=leader),
    )
    assert sorted(isinstance(one, Refused) for one in found) == [False, True]
    assert Award.objects.count() == 20
    assert Recipient.objects.count() == 20


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_of_two_lists_that_give_the_same_at_once_one_is_stored(types, officer, leader):
    unit = make_unit("so-mau", "Sở Mẫu")
    for number in range(22):
        Recipient.objects.create(kind="person", name=f"Lý Văn {number}", unit=unit)
    both = [begun(officer, number=f"{number}/QĐ-UBND") for number in (1, 2)]
    for decision in both:
        sent(decision, lines(22), officer)
    found = at_once(
        lambda: actions.store(both[0], by=officer),
        lambda: actions.store(both[1], by=leader),
    )
    assert sorted(isinstance(one, Refused) for one in found) == [False, True]
    assert Award.objects.count() == 22


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_of_two_who_begin_the_same_decision_at_once_one_does(types, officer, leader):
    found = at_once(lambda: begun(officer), lambda: begun(leader))
    assert sorted(isinstance(one, Refused) for one in found) == [False, True]
    assert Decision.objects.count() == 1


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_an_undo_and_a_cancellation_do_not_both_come_through(types, officer, leader):
    decision = begun(officer, award=types["BKT"])
    actions.type_rows(decision, [{"whom": "Cá nhân", "name": "Lý A"}], by=officer)
    award = actions.store(decision, by=officer).awards.get()
    typed = {"number": "9/QĐ-UBND", "day": date(2025, 3, 2), "ground": "false-merits", "amount": None, "items": ""}
    found = at_once(
        lambda: actions.undo(decision, by=officer, reason="Nhầm"),
        lambda: cancelling.cancel(award, by=leader, reason="Gian dối", **typed),
    )
    assert sorted(isinstance(one, Refused) for one in found) == [False, True]
    award.refresh_from_db()
    assert award.stands == (award.cancelled_on is not None)


@pytest.fixture
def short(monkeypatch):
    """Lists of more than ten rows are long."""
    monkeypatch.setattr("awards.decisions.list_views.SHORT", 10)
    monkeypatch.setattr(sources, "CHUNK", 10)


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_a_long_list_is_checked_and_stored_by_a_worker(types, officer, client_of, short):
    make_unit("so-mau", "Sở Mẫu")
    decision, client = begun(officer), client_of(officer)
    book = lines(25)
    book.active["G5"] = "Bằng khem"
    sent(decision, book, officer)
    check, mend, store = (f"/khen-thuong/quyet-dinh/{decision.pk}/{name}/" for name in ("kiem-tra", "chon", "luu"))
    assert "25 dòng nên được kiểm tra ở máy chạy nền" in client.get(check).content.decode()
    client.post(mend, {"act": "check"})
    with pytest.raises(Refused, match="Hãy chờ"):
        actions.type_rows(decision, [], by=officer)
    assert work_once(enlist())
    job = Job.objects.get()
    assert (job.state, job.done, job.total) == ("done", 25, 25)
    report = Report(**entry_of(decision).report)
    assert (report.rows, report.bad_rows, report.new) == (25, 1, 25)
    page = client.get(check).content.decode()
    assert "Bằng khem" in page
    sheet = openpyxl.load_workbook(job.result.open()).active
    assert [cell.value for row in sheet.iter_rows() for cell in row if cell.value == 5] == [5]
    book.active["G5"] = "Bằng khen"
    sent(decision, book, officer)
    client.post(mend, {"act": "check"})
    assert work_once(enlist())
    assert "Lưu vào sổ khen thưởng" in client.get(check).content.decode()
    client.post(store)
    assert work_once(enlist())
    decision.refresh_from_db()
    job = Job.objects.first()
    assert (decision.state, Award.objects.count(), job.state, job.done) == ("standing", 25, "done", 25)
    assert "25 khen thưởng" in job.message


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_of_two_lists_with_the_same_new_persons_at_once_the_second_gives_to_the_first_ones(types, officer, leader):
    make_unit("so-mau", "Sở Mẫu")
    first, second = (begun(officer, number=f"{number}/QĐ-UBND") for number in (1, 2))
    sent(first, lines(18), officer)
    other = lines(18)
    for row in range(2, 20):
        other.active.cell(row, 7, "CSTĐ tỉnh")
    sent(second, other, officer)
    at_once(
        lambda: actions.store(first, by=officer),
        lambda: actions.store(second, by=leader),
    )
    assert Award.objects.count() == 36
    assert Recipient.objects.count() == 18


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_who_waits_too_long_for_another_list_is_told(types, officer, leader, monkeypatch):
    make_unit("so-mau", "Sở Mẫu")
    decision = begun(officer)
    sent(decision, lines(3), officer)

    def tells(rows):
        (told,) = at_once(lambda: make_one(leader))
        assert isinstance(told, Refused)
        assert "Một danh sách khác đang được lưu" in str(told)

    monkeypatch.setattr(making, "PATIENCE", 1)
    actions.store(decision, by=officer, tell=tells)
    assert Recipient.objects.count() == 3


def make_one(by):
    return people.begin(Recipient(kind="person", name="Lê Mẫu"), by=by)
