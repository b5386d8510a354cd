"""Every rule of days about campaigns, asked about the day before, the day itself and the day after."""

from datetime import date, timedelta

import pytest

from campaigns.adjustments import actions as adjusting
from campaigns.campaign import rules as checks
from campaigns.endings import actions as closing
from campaigns.joinings import actions as joining
from campaigns.launches import actions as launching
from campaigns.models import Adjustment, Campaign, Joining, Review
from campaigns.reviews import actions as reviewing
from campaigns.reviews import results
from documents.steps.refusing import Refused
from tests.days import ONE, around, holds, is_taken, stand_on

from .conftest import TODAY, cited, make_campaign

BEGINS, ENDS, LAUNCHED = date(2026, 1, 15), date(2026, 12, 15), date(2026, 1, 10)


@pytest.fixture
def review(campaign, officer):
    return reviewing.open_review(
        Review(campaign=campaign, kind=Review.Kind.INTERIM, planned_on=date(2026, 7, 15)), by=officer
    )


def stored(campaign):
    return Campaign.objects.get(pk=campaign.pk)


# --- What may be done today


def test_units_join_until_the_last_day(campaign, bason, monkeypatch):
    def may_join(day):
        stand_on(monkeypatch, day)
        return joining.fault_of(stored(campaign), bason.unit) == ""

    holds(may_join, last=ENDS)


def test_units_launch_their_own_until_the_last_day(campaign, bason, monkeypatch):
    def may_launch(day):
        stand_on(monkeypatch, day)
        taken = is_taken(launching.take_up, [stored(campaign)], by=bason)
        assert taken == stored(campaign).may_be_taken_up
        return taken

    holds(may_launch, last=ENDS)


def test_what_is_taken_up_on_the_last_day_begins_on_it(campaign, bason, monkeypatch):
    for day, begins in zip(around(BEGINS), (BEGINS, BEGINS, BEGINS + ONE), strict=True):
        stand_on(monkeypatch, day)
        child = launching.take_up([stored(campaign)], by=bason)
        assert child.begins_on == begins
        child.delete()


def test_units_report_from_the_first_day(review, campaign, monkeypatch):
    def may_report(day):
        stand_on(monkeypatch, day)
        return results.fault_of_time(review, stored(campaign)) == ""

    holds(may_report, first=BEGINS)


@pytest.mark.parametrize(
    ("state", "begins", "ends"),
    [
        ("launched", "Đang triển khai", "Hết thời gian, chờ tổng kết"),
        ("interim", None, "Hết thời gian, chờ tổng kết"),
    ],
)
def test_the_phase_follows_the_days(campaign, monkeypatch, state, begins, ends):
    campaign.state = state

    def phase(day):
        stand_on(monkeypatch, day)
        return campaign.phase

    if begins:
        holds(lambda day: phase(day) == begins, first=BEGINS)
    holds(lambda day: phase(day) != ends, last=ENDS)


def test_a_campaign_belongs_to_the_years_of_its_first_and_last_day(province, officer):
    one = make_campaign(province, officer, begins_on=date(2025, 12, 31), ends_on=date(2027, 1, 1))
    inner = make_campaign(province, officer, "Khác", begins_on=date(2026, 1, 1), ends_on=date(2026, 12, 31))
    years = {year: set(Campaign.objects.in_year(year)) for year in range(2024, 2029)}
    assert years == {2024: set(), 2025: {one}, 2026: {one, inner}, 2027: {one}, 2028: set()}


# --- Days of its papers


@pytest.fixture
def draft(province, officer):
    return make_campaign(province, officer, "Mới", state=Campaign.State.DRAFT)


def launches(draft, officer, begins=BEGINS, ends=ENDS):
    Campaign.objects.filter(pk=draft.pk).update(begins_on=begins, ends_on=ends)
    numbers = iter(range(1000))

    def launched_by(day):
        paper = cited(f"{next(numbers)}/PĐ-X", day=day)
        return is_taken(launching.launch, stored(draft), by=officer, paper=paper, day=day)

    return launched_by


def test_a_launch_is_of_no_day_to_come(draft, officer):
    holds(launches(draft, officer), last=TODAY)


def test_a_launch_is_at_most_a_year_older_than_the_first_day(draft, officer):
    holds(launches(draft, officer), first=BEGINS - timedelta(days=checks.EARLIEST))


def test_a_launch_may_be_of_the_last_day(draft, officer):
    last = date(2026, 3, 1)
    holds(launches(draft, officer, ends=last), last=last)


def test_a_later_paper_is_corrected_to_the_day_of_the_first_who_joined_at_most(campaign, communes, bason, officer):
    joined = date(2026, 2, 1)
    Joining.objects.create(campaign=campaign, unit=communes[0], by=bason, people=1, joined_on=joined)
    numbers = iter(range(100))

    def corrected(day):
        paper = cited(f"{next(numbers)}/PĐ-Y", day=day)
        return is_taken(launching.correct_paper, stored(campaign), by=officer, paper=paper, reason="Nhầm")

    holds(corrected, last=joined)


def test_what_rests_on_a_campaign_is_not_older_than_its_launch(campaign):
    numbers = iter(range(100))

    def rests(day):
        return is_taken(checks.refuse_basis, campaign, cited(f"{next(numbers)}/BC-X", "BC", day=day))

    holds(rests, first=LAUNCHED)


def test_nothing_takes_effect_before_its_paper(campaign):
    paper = cited("9/QĐ-X", "QĐ", day=date(2026, 3, 3))
    holds(lambda day: is_taken(checks.refuse_before, paper, day), first=date(2026, 3, 3))


# --- Days beside each other


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("ends_on", BEGINS, None),
        ("interim_on", BEGINS, ENDS),
        ("final_on", BEGINS, None),
        ("nominations_until", BEGINS, None),
    ],
)
def test_the_days_of_a_campaign_stand_in_order(name, first, last):
    def stands(day):
        return name not in checks.faults_of_dates({"begins_on": BEGINS, "ends_on": ENDS} | {name: day})

    holds(stands, first=first, last=last)


def test_the_final_review_is_not_before_the_interim_one():
    interim = date(2026, 7, 15)
    days = {"begins_on": BEGINS, "ends_on": ENDS, "interim_on": interim}
    holds(lambda day: "final_on" not in checks.faults_of_dates(days | {"final_on": day}), first=interim)


def test_days_are_of_this_century():
    found = {"begins_on": date(2000, 1, 1), "ends_on": date(2100, 12, 31)}
    assert checks.faults_of_dates(found) == {}
    assert set(checks.faults_of_dates({"begins_on": date(1999, 12, 31), "ends_on": date(2101, 1, 1)})) == set(found)
    holds(lambda day: checks.fault_of_year(day) == "", first=date(2000, 1, 1), last=date(2100, 12, 31))


def test_what_rests_on_another_stays_within_its_days(campaign, province, officer):
    def fits(**days):
        return not checks.doubts_on(make_campaign(province, officer, f"X{days}", **days), [campaign])

    holds(lambda day: fits(begins_on=day, ends_on=ENDS), first=BEGINS)
    holds(lambda day: fits(begins_on=BEGINS, ends_on=day), last=ENDS)


# --- Adjusted


def test_an_adjustment_takes_effect_from_the_launch_to_today(campaign):
    holds(lambda day: adjusting.fault_of_effect(campaign, day) == "", first=LAUNCHED, last=TODAY)
    holds(lambda day: adjusting.fault_of_effect(campaign, day, drafting=True) == "", last=checks.LAST_DAY)


def test_an_adjustment_is_not_before_the_last_one(campaign, officer):
    earlier = date(2026, 4, 1)
    Adjustment.objects.create(
        campaign=campaign, kind=Adjustment.Kind.POSTPONE, paper=cited("8/TB-X", "TB"), effective_on=earlier,
        reason="Dịch bệnh", by=officer, before={}, after={},
    )  # fmt: skip
    holds(lambda day: adjusting.fault_of_effect(campaign, day) == "", first=earlier)


def test_a_campaign_is_moved_so_that_what_was_held_stays_within(campaign, officer):
    held = date(2026, 5, 5)
    review = Review(campaign=campaign, kind=Review.Kind.INTERIM, planned_on=held)
    review = reviewing.open_review(review, by=officer)
    reviewing.hold(review, by=officer, paper=cited("7/BC-X", "BC", day=held), day=held)
    campaign = stored(campaign)
    moved = {"ends_on": ENDS, "interim_on": None, "final_on": None, "nominations_until": None}
    holds(lambda day: adjusting.faults_of_days(campaign, moved | {"begins_on": day}) == {}, last=held)
    campaign.reviews.all().delete()
    campaign.commended_on = held
    holds(lambda day: adjusting.faults_of_days(campaign, moved | {"begins_on": day}) == {}, last=held)


# --- Reviewed, commended, over


@pytest.mark.parametrize(("name", "first", "last"), [
    ("planned_on", BEGINS, date(2027, 12, 15)),
    ("reports_until", BEGINS, date(2026, 7, 15)),
])  # fmt: skip
def test_the_days_of_a_review(campaign, officer, name, first, last):
    def may_be(day):
        days = {"planned_on": date(2026, 7, 15)} | {name: day}
        plan = Review(campaign=campaign, kind=Review.Kind.INTERIM, **days)
        return is_taken(reviewing.open_review, plan, by=officer)

    holds(may_be, first=first, last=last)


def test_a_review_is_held_from_the_first_day_to_today(review, officer):
    paper = cited("6/BC-X", "BC", day=LAUNCHED)
    holds(lambda day: is_taken(reviewing.hold, review, by=officer, paper=paper, day=day), first=BEGINS, last=TODAY)


def test_a_review_is_stopped_from_the_launch_to_today(review, officer):
    paper = cited("5/CV-X", "CV", day=LAUNCHED)

    def stopped(day):
        return is_taken(reviewing.stop, review, by=officer, paper=paper, day=day, reason="Dịch bệnh")

    holds(stopped, first=LAUNCHED, last=TODAY)


def test_a_final_review_that_is_reopened_leaves_the_interim_one_held(campaign, review, officer):
    final = reviewing.open_review(
        Review(campaign=campaign, kind=Review.Kind.FINAL, planned_on=date(2026, 12, 20)), by=officer
    )
    paper = cited("4/BC-X", "BC", day=date(2026, 5, 5))
    reviewing.hold(review, by=officer, paper=paper, day=date(2026, 5, 5))
    reviewing.hold(final, by=officer, paper=cited("3/BC-X", "BC", day=date(2026, 6, 6)), day=date(2026, 6, 6))
    assert stored(campaign).state == Campaign.State.FINAL
    reviewing.reopen(final, by=officer, reason="Nhầm")
    assert stored(campaign).state == Campaign.State.INTERIM
    reviewing.reopen(review, by=officer, reason="Nhầm")
    assert stored(campaign).state == Campaign.State.LAUNCHED


def test_commended_and_over_from_the_review_to_today(campaign, officer):
    summed_up = date(2026, 5, 5)
    final = Review(campaign=campaign, kind=Review.Kind.FINAL, planned_on=date(2026, 12, 20))
    final = reviewing.open_review(final, by=officer)
    reviewing.hold(final, by=officer, paper=cited("2/BC-X", "BC", day=summed_up), day=summed_up)

    def over(day):
        return is_taken(closing.close, stored(campaign), by=officer, day=day)

    decision = cited("1/QĐ-X", "QĐ", day=LAUNCHED)

    def commended(day):
        return is_taken(closing.commend, stored(campaign), by=officer, day=day, paper=decision)

    holds(over, first=summed_up, last=TODAY)
    holds(commended, first=BEGINS, last=TODAY)


def test_is_taken_undoes_what_it_did_and_tells_refusals(campaign):
    def change():
        Campaign.objects.update(name="Khác")

    def refuse():
        raise Refused("x")

    assert is_taken(change)
    assert not is_taken(refuse)
    assert stored(campaign).name != "Khác"
    with pytest.raises(AssertionError, match="2026-01-14"):
        holds(lambda day: True, first=BEGINS)
