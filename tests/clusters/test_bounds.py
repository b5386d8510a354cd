"""Every rule of days about clusters, asked about the day before, the day itself and the day after."""

from datetime import date, time

import pytest

from clusters import home
from clusters.activities import actions as activities
from clusters.activities import papers as activity_papers
from clusters.changes import actions as within_year
from clusters.criteria import actions as criteria
from clusters.divisions import actions as dividing
from clusters.divisions.forms import DivisionForm
from clusters.models import Activity, CriteriaSet, Division, Leadership, Membership, Milestone, RankRule, VoteRule
from clusters.pacts import actions as pacts
from clusters.reports import papers as report_papers
from clusters.year import progress
from documents.models import Document, DocumentType
from tests.conftest import make_unit
from tests.days import ONE, around, holds, is_taken, stand_on
from units.models import Unit

from .conftest import NOTICE_DAY

TODAY = date(2026, 11, 20)
BEGINS, ENDS = date(2026, 1, 1), date(2026, 12, 31)


@pytest.fixture(autouse=True)
def today(monkeypatch):
    stand_on(monkeypatch, TODAY)


# --- The year


def test_a_day_of_the_year(division):
    holds(division.contains, first=BEGINS, last=ENDS)
    for day in around(BEGINS):
        assert division.nearest(day) == max(day, BEGINS)
    for day in around(ENDS):
        assert division.nearest(day) == min(day, ENDS)


def test_a_notice_is_of_the_year_or_the_one_before(division, notice):
    holds(
        lambda day: is_taken(dividing._refuse_notice, division, notice, day),
        first=date(2025, 1, 1),
        last=date(2026, 12, 31),
    )


def test_a_year_ends_by_the_end_of_the_next_january(db):
    def fits(day):
        typed = {"year": 2026, "begins_on": "01/01/2026", "ends_on": f"{day:%d/%m/%Y}"}
        form = DivisionForm(typed)
        form.is_valid()
        return "ends_on" not in form.errors

    holds(fits, last=date(2027, 1, 31))


@pytest.mark.parametrize("year", [1999, 2000, 2100, 2101])
def test_a_year_has_four_digits_that_can_be_meant(db, year):
    form = DivisionForm({"year": year, "begins_on": f"01/01/{year}", "ends_on": f"31/12/{year}"})
    form.is_valid()
    assert ("year" in form.errors) == (year not in range(2000, 2101))


def test_an_older_year_stays_on_the_first_page_until_its_last_day(cluster):
    newer = Division.objects.create(
        year=2027, begins_on=date(2027, 1, 1), ends_on=date(2027, 12, 31), kinds=[], in_force_on=date(2026, 12, 1),
        state=Division.State.IN_FORCE, notice=Document.objects.create(
            origin=Document.Origin.CITED, type=DocumentType.objects.get(code="TB"), reference="1/TB", issuer_name="UBND",
            subject="x", year=2026, month=12, day=1,
        ),
    )  # fmt: skip

    def shows(day):
        shown = {row["pk"] for row in home._current(day)}
        return {newer.pk, cluster.division_id} <= shown

    holds(shows, last=ENDS)


# --- Changes within the year


def changes(act, *args, officer, notice):
    return lambda day: is_taken(act, *args, by=officer, since=day, paper=notice, reason="Sắp xếp lại")


def test_a_unit_joins_from_the_notice_to_today(cluster, officer, notice, monkeypatch):
    unit = make_unit("xa-moi", "UBND xã Mới", kind=Unit.Kind.COMMUNE)
    joins = changes(within_year.admit, cluster.division, unit, cluster, officer=officer, notice=notice)
    holds(joins, first=NOTICE_DAY, last=TODAY)
    stand_on(monkeypatch, date(2027, 2, 1))
    holds(joins, last=ENDS)


def test_a_unit_leaves_from_the_notice_to_today_and_after_it_came(cluster, officer, notice, monkeypatch):
    row = list(cluster.memberships.with_units())[3]
    leaves = changes(within_year.leave, row, officer=officer, notice=notice)
    holds(leaves, first=NOTICE_DAY, last=TODAY)
    came = date(2026, 6, 1)
    Membership.objects.filter(pk=row.pk).update(joined_on=came)
    holds(leaves, first=came + ONE)
    stand_on(monkeypatch, date(2027, 2, 1))
    holds(leaves, last=ENDS)


def test_a_unit_comes_back_after_the_day_on_which_it_left(cluster, officer, notice):
    row, left = list(cluster.memberships.with_units())[3], date(2026, 6, 1)
    within_year.leave(row, by=officer, since=left, paper=notice, reason="Sắp xếp lại")
    back = changes(within_year.admit, cluster.division, row.unit, cluster, officer=officer, notice=notice)
    holds(back, first=left + ONE)
    back_on = date(2026, 8, 1)
    within_year.admit(
        cluster.division, row.unit, cluster, by=officer, since=back_on, paper=notice, reason="Sắp xếp lại"
    )

    def takes_part(day):
        return cluster.memberships.on(day).filter(pk=row.pk).exists()

    holds(takes_part, last=left - ONE)
    holds(takes_part, first=back_on)


def test_a_term_ends_after_the_day_on_which_it_began(cluster, officer, notice):
    row = cluster.memberships.get(role=Membership.Role.LEADER)
    since = Leadership.objects.get(membership=row, until=None).since
    leaves = changes(within_year.leave, row, officer=officer, notice=notice)
    assert since == NOTICE_DAY
    holds(leaves, first=since + ONE)


# --- Rules with dates


def test_a_rule_of_votes_holds_on_its_first_and_last_day(db):
    VoteRule.objects.all().delete()
    first, last = date(2026, 3, 1), date(2026, 9, 30)
    VoteRule.objects.create(name="Cờ", percent=80, since=first, until=last, citation="Đ1")
    holds(lambda day: VoteRule.for_award("Cờ", day) is not None, first=first, last=last)


def test_a_way_of_ranking_holds_from_its_first_day(db):
    RankRule.objects.all().delete()
    RankRule.objects.create(ties=RankRule.Ties.DENSE, since=date(2026, 3, 1))
    holds(lambda day: RankRule.on(day) == RankRule.Ties.DENSE, first=date(2026, 3, 1))


def test_criteria_are_approved_until_today(category, leader, monkeypatch):
    monkeypatch.setattr(criteria, "faults_of", lambda found: [])
    found = CriteriaSet.objects.create(category=category, applies_from=2026, total=100, number=1)
    holds(lambda day: is_taken(criteria.approve, found, by=leader, day=day, paper=None), last=TODAY)


# --- Duties and activities


def test_a_duty_is_late_after_its_last_day(cluster):
    due = date(2026, 3, 31)
    row = Milestone(pk=1, division=cluster.division, title="Kế hoạch", proof=Milestone.Proof.PLAN, due_on=due)

    def on_time(day):
        return progress._cell(row, {}, 0, cluster.pk, day).standing == progress.Standing.OPEN

    holds(on_time, last=due)
    for day in around(due):
        shown = {(row.proof, cluster.pk): [progress.Done(day)]}
        standing = progress._cell(row, shown, 0, cluster.pk, TODAY).standing
        assert standing == (progress.Standing.DONE_LATE if day > due else progress.Standing.DONE)


def test_what_was_done_by_a_day_counts_by_then():
    until = date(2026, 6, 30)
    holds(lambda day: report_papers._by(progress.Done(day), until), last=until)


@pytest.fixture
def meeting(cluster, eight):
    return Activity(
        cluster=cluster, kind=Activity.Kind.FIRST_MEETING, title="Họp", held_on=TODAY, held_at=time(8), place="Hội trường",
        chair="Bà Ba", decided="Thống nhất",
    )  # fmt: skip


def test_an_activity_is_reported_from_its_day_on(meeting):
    meeting.pk = 0

    def has_come(day):
        meeting.held_on = day
        return not any("chưa đến" in fault for fault in activities.faults_of(meeting))

    holds(has_come, last=TODAY)


def test_one_is_invited_until_the_day_itself(meeting, eight):
    def may_invite(day):
        meeting.held_on = day
        return is_taken(activity_papers._invitation, meeting, eight["leader_unit"])

    holds(may_invite, first=TODAY)


# --- Pacts


def test_the_day_of_a_step_lies_between_the_one_before_and_today(db):
    signed = date(2026, 3, 16)
    holds(lambda day: is_taken(pacts._refuse_day, day, signed, "Ngày trình", "ngày ký"), first=signed, last=TODAY)
