"""Units told what they collect: a notice and a turn each, papers drafted, approved, issued together, each with its own log."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, time
from threading import Barrier

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from awards.handover import papers, rounds
from awards.handover.rules import turns
from awards.models import Award, Due, Notice, Round
from documents.life import many
from documents.models import Change, Delivery, Document, Job
from documents.steps.refusing import Refused
from tests.awards.issuing.conftest import DAY
from tests.conftest import make_unit
from tests.documents.jobs.workers import Killed, done_by_worker, fall_silent
from tests.walking import walk
from units.models import DayOff, Succession, UnitChange

from .conftest import facts

MONDAY, WEDNESDAY = date(2026, 11, 23), date(2026, 11, 25)


def test_units_come_one_after_another_on_working_days(db):
    DayOff.objects.create(day=date(2026, 11, 24))
    found = list(turns(MONDAY, WEDNESDAY, time(8), time(9, 15), 30))
    local = [timezone.localtime(moment).strftime("%d %H:%M") for moment in found]
    assert local == ["23 08:00", "23 08:30", "25 08:00", "25 08:30"]


def test_each_unit_has_a_notice_and_a_turn_of_what_lies_in_the_store(for_units, made_round):
    decision, units = for_units(3)
    found = made_round()
    notices = list(found.notices.all())
    assert {notice.unit for notice in notices} == set(units)
    assert [notice.dues.count() for notice in notices] == [2, 2, 2]
    assert len({notice.slot for notice in notices}) == len({notice.code for notice in notices}) == 3
    assert list(found.decisions.all()) == [decision]
    with pytest.raises(Refused, match="chưa thông báo"):
        made_round()


def test_of_what_is_short_or_lost_nobody_is_told(for_units, made_round):
    for_units(3)
    first, second, _ = Award.objects.order_by("position")
    Due.objects.filter(award=first).update(state="short")
    Award.objects.filter(pk=second.pk).update(cancelled_on=DAY)
    assert made_round().notices.count() == 1


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"ends_on": date(2026, 11, 20)}, "ends_on"),
        ({"ends_on": date(2027, 11, 20)}, "ends_on"),
        ({"last_at": time(7)}, "last_at"),
        ({"ends_on": MONDAY, "each": 90}, "each"),
        ({"begins_on": date(2026, 11, 19)}, "begins_on"),
        ({"begins_on": date(1, 1, 1), "ends_on": date(1, 1, 2)}, "begins_on"),
        ({"begins_on": date(9999, 12, 31), "ends_on": date(9999, 12, 31)}, "begins_on"),
    ],
)
def test_days_and_hours_that_cannot_be(for_units, made_round, changes, field):
    for_units(3)
    with pytest.raises(Refused) as refused:
        made_round(**changes)
    assert (refused.value.field, Round.objects.count()) == (field, 0)


def test_the_department_sends_itself_no_paper_and_knows_with_the_others(for_units, told, so_noi_vu):
    _, (_, other, _) = for_units(3)
    Award.objects.filter(unit=other).update(unit=so_noi_vu)
    found = told()
    issued = Document.objects.filter(area="thong-bao-nhan-hien-vat-don-vi")
    assert (issued.count(), found.state) == (2, "sent")
    assert set(found.notices.values_list("sent_on", flat=True)) == {DAY}
    assert not papers.without_paper(found).exists()
    for paper in issued:
        papers.hear_notice(_recalled(paper), "recalled")
    found.refresh_from_db()
    assert (found.state, set(found.notices.values_list("sent_on", flat=True))) == ("draft", {None})


def test_a_round_begins_on_the_next_day_on_which_offices_work(for_units, client_of, officer):
    for_units(1)
    DayOff.objects.create(day=MONDAY)
    form = client_of(officer).get(reverse("new_collection_round")).context["form"]
    assert (form["begins_on"].value(), form["ends_on"].value()) == (date(2026, 11, 24), date(2026, 12, 8))


def test_for_the_department_alone_there_is_no_round(for_units, made_round, so_noi_vu):
    for_units(1)
    Award.objects.update(unit=so_noi_vu)
    with pytest.raises(Refused, match="Hãy giao ở quầy"):
        made_round()


def test_the_successor_is_told_and_who_has_none_is_named(for_units, officer, other_unit):
    _, (_, lost, _) = for_units(3)
    heir = make_unit("so-moi", "Sở Mới")
    for unit in (other_unit, lost):
        unit.ended = date(2026, 10, 31)
        unit.save()
    change = UnitChange.objects.create(kind="merge", date=date(2026, 11, 1), citation="Nghị quyết 1")
    Succession.objects.create(change=change, predecessor=other_unit, successor=heir)
    found, left = rounds.make(Round(**facts()), by=officer)
    assert ({notice.unit.name for notice in found.notices.all()}, left) == ({"Sở Mới", "Đơn vị 2"}, ["Đơn vị 1"])


def test_all_papers_in_one_go_each_with_its_log(for_units, told):
    _, units = for_units(3)
    found = told()
    issued = Document.objects.filter(area="thong-bao-nhan-hien-vat-don-vi")
    assert found.state == "sent"
    assert sorted(issued.values_list("number", "state")) == [(1, "issued"), (2, "issued"), (3, "issued")]
    assert set(Delivery.objects.filter(document__in=issued).values_list("unit", flat=True)) == {
        unit.pk for unit in units
    }
    log = Change.objects.filter(about="paper", key__in=issued.values("pk"))
    assert [log.filter(what=what).count() for what in ("submit", "approve", "issue")] == [3, 3, 3]
    assert set(Notice.objects.values_list("sent_on", flat=True)) == {DAY}
    jobs = Job.objects.order_by("pk")
    assert {(job.state, job.done, job.total, job.message) for job in jobs} == {("done", 3, 3, "")}
    body = issued.get(area_key=Notice.objects.get(unit=units[0]).pk).body
    assert "Thực hiện Quyết định số" in body
    for words in ("Lý Văn 0", "Kho hiện vật, tầng 1", "Giấy giới thiệu", "Trao vào dịp", "giờ", "25 tháng 11 năm 2026"):
        assert words in body
    assert "Lý Văn 1" not in body


def test_what_cannot_go_is_named_and_the_others_go(for_units, made_round, officer, leader):
    for_units(3)
    found = made_round()
    papers.draft_each(found, by=officer)
    done_by_worker()
    many.ask("submit", rounds.papers_of(found), by=officer)
    done_by_worker()
    many.ask("approve", rounds.papers_of(found), by=leader)
    bad = rounds.papers_of(found).first()
    bad.body = "[chưa viết]"
    bad.save()
    done_by_worker()
    job = Job.objects.latest("pk")
    assert sorted(rounds.papers_of(found).values_list("state", flat=True)) == ["approved", "approved", "submitted"]
    assert job.message.startswith("1 văn bản chưa làm được")
    assert job.result.read().decode().count(": xong") == 2


def test_a_worker_that_died_goes_on_with_what_is_missing(for_units, made_round, officer, monkeypatch):
    for_units(3)
    found = made_round()
    job = papers.draft_each(found, by=officer)
    true, calls = papers._paper_for, []

    def second_dies(*args, **named):
        calls.append(1)
        if len(calls) == 2:
            raise Killed
        return true(*args, **named)

    monkeypatch.setattr(papers, "_paper_for", second_dies)
    with pytest.raises(Killed):
        done_by_worker()
    assert papers.without_paper(found).count() == 2
    fall_silent()
    done_by_worker()
    job.refresh_from_db()
    assert (papers.without_paper(found).count(), len(calls)) == (0, 4)
    assert (job.state, job.done, job.message, job.result.read().decode().count(": xong")) == ("done", 3, "", 3)
    with pytest.raises(Refused, match="đã có thông báo"):
        papers.draft_each(found, by=officer)


def test_one_paper_for_all_with_an_appendix_by_unit(for_units, made_round, officer, leader, clerk):
    for_units(3)
    found = made_round(for_all=True)
    paper = papers.draft_for_all(found, by=officer)
    times, items = paper.appendices.all()
    assert ("Đơn vị 2" in times.body, "Lý Văn 2" in items.body, paper.addressees.count()) == (True, True, 3)
    for what, by in (("submit", officer), ("approve", leader), ("issue", clerk)):
        many.ask(what, rounds.papers_of(found), by=by, day=DAY)
        done_by_worker()
    assert Notice.objects.sent().count() == 3


def test_recalled_a_round_is_none(for_units, told, clerk):
    for_units(2)
    found = told()
    for paper in rounds.papers_of(found):
        papers.hear_notice(_recalled(paper), "recalled")
    found.refresh_from_db()
    assert (found.state, Notice.objects.sent().count()) == ("draft", 0)


def _recalled(paper):
    paper.state = "recalled"
    return paper


def test_issuing_on_a_day_that_has_not_come_is_refused_before_anything_runs(for_units, made_round, clerk):
    for_units(2)
    with pytest.raises(Refused) as refused:
        many.ask("issue", rounds.papers_of(made_round()), by=clerk, day=date(2026, 12, 1))
    assert refused.value.field == "day"


MAY = {"officer", "leader", "administrator", "store_keeper"}


@pytest.mark.parametrize("state", ["draft", "sent", "dropped"])
def test_every_step_of_a_round_by_every_person(for_units, made_round, people, turn_of, client_of, state):
    for_units(1)
    row = made_round()
    Round.objects.filter(pk=row.pk).update(state=state)

    def again():
        return Round.objects.get(pk=row.pk)

    def known(row):
        return list(Change.objects.filter(about="collection").values_list("what", flat=True))

    may = {who: {"edit", "drop"} if state == "draft" and who in MAY else set() for who in people}
    walk(rounds.ROUNDS, again, turn_of, client_of, may=may, typed={}, known=known, reasons={"drop"})


def test_a_round_is_made_and_changed_on_its_pages(for_units, officer, client_of):
    decision, _ = for_units(2)
    client = client_of(officer)
    assert client.get(reverse("new_collection_round")).status_code == 200
    typed = facts() | {"begins_on": "23/11/2026", "ends_on": "25/11/2026", "first_at": "08:00", "last_at": "11:00"}
    del typed["for_all"]
    answer = client.post(reverse("new_collection_round"), typed | {"ends_on": "20/11/2026"})
    assert answer.status_code == 422
    assert "Ngày cuối sớm hơn ngày đầu" in answer.content.decode()
    answer = client.post(reverse("new_collection_round"), typed | {"decisions": [decision.pk]})
    found = Round.objects.get()
    assert answer.url == found.get_absolute_url()
    page = client.get(answer.url).content.decode()
    assert ("Soạn thông báo" in page, "Đơn vị 1" in page) == (True, True)
    client.post(
        reverse("edit_collection_round", args=[found.pk]), typed | {"place": "Tầng 2", "version": found.version}
    )
    found.refresh_from_db()
    assert found.place == "Tầng 2"
    assert client.post(reverse("write_collection_papers", args=[found.pk])).url == Job.objects.get().get_absolute_url()
    done_by_worker()
    page = client.get(found.get_absolute_url()).content.decode()
    assert "Trình duyệt 2 thông báo" in page
    answer = client.post(reverse("many_collection_papers", args=[found.pk, "submit"]))
    assert answer.url == Job.objects.latest("pk").get_absolute_url()


def test_a_unit_sees_its_own_notice_once_it_was_sent(for_units, told, unit_officer, stranger, store_keeper, client_of):
    for_units(2)
    found = told()
    own, other = found.notices.order_by("-unit__code")
    assert own.unit == unit_officer.unit
    client = client_of(unit_officer)
    page = client.get(own.get_absolute_url()).content.decode()
    assert ("<svg" in page, "Lý Văn 0" in page, "Lý Văn 1" in page) == (True, True, False)
    assert own.get_absolute_url() in client.get("/").content.decode()
    for address in (
        other.get_absolute_url(),
        found.get_absolute_url(),
        reverse("notice_code", args=[other.code]),
    ):
        assert client.get(address).status_code == 404
    assert client_of(stranger).get(own.get_absolute_url()).status_code == 404
    assert client.get(reverse("notice_code", args=[own.code])).url == own.get_absolute_url()
    at_counter = client_of(store_keeper).get(reverse("notice_code", args=[own.code]), follow=True)
    assert at_counter.request["PATH_INFO"] == reverse("hand_over", args=["so-y-te"])
    own.round.notices.update(sent_on=None)
    assert client.get(own.get_absolute_url()).status_code == 404


def test_a_round_asks_as_much_for_many_units_as_for_few(for_units, made_round, officer, client_of):
    _, units = for_units(3)
    found, client = made_round(), client_of(officer)
    many_units = _queries(client, found)
    found.notices.exclude(unit=units[0]).delete()
    assert _queries(client, found) == many_units


def _queries(client, found):
    with CaptureQueriesContext(connection) as asked:
        assert client.get(found.get_absolute_url()).status_code == 200
    return len(asked)


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_of_two_who_make_a_round_of_the_same_items_one_does(for_units, officer, leader):
    for_units(2)
    start = Barrier(2)

    def make(by):
        start.wait()
        try:
            return rounds.make(Round(**facts()), by=by)[0].pk
        except Refused as refused:
            return str(refused)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as threads:
        found = list(threads.map(make, (officer, leader)))
    assert sorted(type(one).__name__ for one in found) == ["int", "str"]
    assert Notice.objects.count() == 2
