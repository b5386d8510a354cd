"""The first page: what campaigns ask of a unit, what is to be reported, what waits for the department."""

from datetime import date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import make_aware

from campaigns.area import CAMPAIGNS
from campaigns.examples import actions as examples
from campaigns.launches import actions as launching
from campaigns.launches.progress import missing_units
from campaigns.models import Campaign, Example, Joining, Result, Review
from tests.conftest import make_unit
from tests.waits import waits_for, words_for
from units.models import Unit

from .conftest import PEOPLE, TODAY, cited, make_campaign

State = Campaign.State
JOIN, LATE, REPORT = (
    "Phong trào đề nghị đơn vị hưởng ứng",
    "Báo cáo kết quả phong trào quá hạn",
    "Báo cáo kết quả phong trào",
)
SENT, PUBLISH = "Kết quả phong trào đã gửi, chờ tổng hợp", "Gương điển hình chờ công bố"
REVIEW, DRAFTS = "Phong trào chờ sơ kết, tổng kết", "Phong trào đang lập, chưa phát động"


KINDS = {kind.title for kind in CAMPAIGNS.waits}


def told(user):
    """{title: words of its rows} of what the first page tells of campaigns."""
    return {title: words for title, words in words_for(user).items() if title in KINDS}


def join(campaign, unit, by):
    return Joining.objects.create(campaign=campaign, unit=unit, people=10, joined_on=date(2026, 2, 1), by=by)


def review_of(campaign, until=date(2026, 7, 1), **facts):
    facts = {"kind": Review.Kind.INTERIM, "planned_on": date(2026, 7, 15), "reports_until": until} | facts
    return Review.objects.create(campaign=campaign, **facts)


def send(joining, review, by, at=make_aware(datetime(2026, 6, 1))):  # noqa: B008
    return Result.objects.create(joining=joining, review=review, people=5, words="Tốt", sent_at=at, by=by)


# --- To join


def test_a_unit_is_told_what_asks_it(campaign, bason, client_of):
    assert told(bason) == {JOIN: [campaign.name]}
    page = client_of(bason).get(reverse("home")).content.decode()
    assert JOIN in page
    assert campaign.get_absolute_url() in page


def test_who_joined_is_not_asked_again(campaign, bason, congson):
    join(campaign, bason.unit, bason)
    assert JOIN not in told(bason)
    assert told(congson) == {JOIN: [campaign.name]}


def test_who_launched_its_own_is_not_asked_again(child, bason, congson, campaign):
    assert JOIN not in told(bason)
    assert told(congson) == {JOIN: [campaign.name]}
    Campaign.objects.filter(pk=child.pk).update(state=State.DRAFT, launched_on=None)
    assert told(bason)[JOIN] == [campaign.name]
    # As the list of who is missing does: what was stopped or replaced is none.
    for state in State:
        Campaign.objects.filter(pk=child.pk).update(state=state, launched_on=(state != State.DRAFT and TODAY) or None)
        assert (JOIN in told(bason)) == (bason.unit in missing_units(campaign)), state


@pytest.mark.parametrize("state", sorted(set(State) - {State.LAUNCHED, State.INTERIM}))
def test_what_does_not_go_on_asks_nobody(province, officer, bason, state):
    make_campaign(province, officer, state=state)
    assert told(bason) == {}


def test_what_ended_by_its_dates_asks_nobody(province, officer, bason):
    row = make_campaign(province, officer, ends_on=date(2026, 6, 15))
    assert told(bason) == {JOIN: [row.name]}
    Campaign.objects.update(ends_on=date(2026, 6, 14))
    assert told(bason) == {}


def test_other_kinds_of_units_are_not_asked(province, officer, bason):
    make_campaign(province, officer, asked_kinds=[Unit.Kind.DEPARTMENT])
    assert told(bason) == {}
    assert list(told(officer)) == [JOIN]


def test_a_unit_is_asked_as_it_is_today(campaign, bason):
    Unit.objects.filter(pk=bason.unit_id).update(founded=date(2026, 1, 11))
    assert told(bason) == {JOIN: [campaign.name]}
    Unit.objects.filter(pk=bason.unit_id).update(founded=None, ended=date(2026, 6, 14))
    assert told(bason) == {}


def test_a_unit_s_campaign_asks_those_under_it_only(communes, bason, congson, child):
    assert told(congson) == {JOIN: ["Chung sức xây dựng nông thôn mới"]}
    Unit.objects.filter(pk=congson.unit_id).update(superior=communes[0])
    assert sorted(told(congson)[JOIN]) == sorted(["Chung sức xây dựng nông thôn mới", child.name])


def test_five_are_shown_and_that_there_are_more(province, officer, bason, client_of):
    for number in range(7):
        make_campaign(province, officer, f"Phong trào {number}")
    page = client_of(bason).get(reverse("home")).content.decode()
    assert sum(f"Phong trào {number}<" in page for number in range(7)) == 5
    assert "Xem cả 7" in page


# --- To report


def test_what_is_to_be_reported_is_told_until_it_is_sent(campaign, bason, congson):
    row = join(campaign, bason.unit, bason)
    late, due = review_of(campaign, date(2026, 6, 14)), review_of(campaign, date(2026, 6, 15))
    assert told(bason) == {LATE: [str(late)], REPORT: [str(due)]}
    assert told(congson) == {JOIN: [campaign.name]}
    send(row, late, bason)
    assert told(bason) == {REPORT: [str(due)]}
    draft = send(row, due, bason, at=None)
    assert told(bason) == {REPORT: [str(due)]}
    Result.objects.filter(pk=draft.pk).update(sent_at=make_aware(datetime(2026, 6, 1)))
    assert told(bason) == {}


def test_a_review_without_a_last_day_is_told_as_well(campaign, bason):
    joining = join(campaign, bason.unit, bason)
    review_of(campaign, None)
    group = waits_for(bason)[REPORT]
    assert (group.rows[0].note, group.rows[0].url) == ("chưa có hạn", joining.get_absolute_url())


@pytest.mark.parametrize("state", sorted(set(State) - {State.DRAFT, State.LAUNCHED, State.INTERIM}))
def test_nothing_is_to_be_reported_of_what_does_not_go_on(campaign, bason, state):
    join(campaign, bason.unit, bason)
    review_of(campaign)
    assert REPORT in told(bason)
    Campaign.objects.update(state=state)
    assert told(bason) == {}


def test_a_held_review_asks_nothing(campaign, bason):
    join(campaign, bason.unit, bason)
    review_of(campaign, state=Review.State.HELD, held_on=date(2026, 6, 10))
    assert told(bason) == {}


# --- For who sums up


def test_who_keeps_a_campaign_is_told_how_many_have_sent(campaign, child, bason, congson, officer):
    for unit in (bason.unit, congson.unit):
        join(campaign, unit, bason)
    joinings = list(campaign.joinings.all())
    row = review_of(campaign)
    assert SENT not in told(officer)
    send(joinings[0], row, bason)
    group = waits_for(officer)[SENT]
    assert [(line.words, line.note) for line in group.rows] == [(str(row), "1/2 đơn vị đã gửi")]
    assert SENT not in told(bason)
    mine = review_of(child)
    send(join(child, congson.unit, congson), mine, congson)
    assert told(bason)[SENT] == [str(mine)]
    assert told(officer)[SENT] == [str(row)]
    Review.objects.update(state=Review.State.HELD, held_on=date(2026, 6, 10))
    assert SENT not in told(officer)


def test_the_first_page_counts_many_reviews_of_many_units_at_once(province, communes, officer, bason):
    for number in range(40):
        row = make_campaign(province, officer, f"Số {number}", asked_kinds=[])
        row.joinings.bulk_create(Joining(campaign=row, unit=unit, people=1, joined_on=date(2026, 2, 1), by=officer)
                                 for unit in communes)  # fmt: skip
        for place in range(2):
            one = review_of(row, planned_on=date(2026, 7, 1 + place))
            Result.objects.bulk_create(
                Result(joining=joining, review=one, people=1, words="x", by=officer, sent_at=at)
                for joining, at in zip(row.joinings.all(), [make_aware(datetime(2026, 6, 1))] * 3 + [None], strict=True)
            )
    with CaptureQueriesContext(connection) as queries:
        group = waits_for(officer)[SENT]
    assert {row.note for row in group.rows} == {"3/4 đơn vị đã gửi"}
    # Counting each by itself: what was sent is nowhere multiplied by what was registered.
    (counted,) = [row["sql"] for row in queries if 'AS "asked"' in row["sql"]]
    outside = counted.partition('FROM "campaigns_review"')[2].partition("WHERE")[0]
    assert "campaigns_joining" not in outside
    assert "campaigns_result" not in outside


def test_who_keeps_a_campaign_is_told_that_its_day_has_come(province, communes, officer, leader, bason, client_of):
    past = {"begins_on": date(2025, 1, 1), "interim_on": None, "final_on": None}
    ended = make_campaign(province, officer, "Hết thời gian", follower=leader, **past | {"ends_on": date(2026, 6, 14)})
    final = make_campaign(province, officer, "Đến ngày tổng kết", state=State.INTERIM,
                          **past | {"final_on": TODAY})  # fmt: skip
    interim = make_campaign(communes[0], bason, "Đến ngày sơ kết", **past | {"interim_on": TODAY})
    last_day = make_campaign(province, officer, "Còn một ngày", **past | {"ends_on": TODAY})
    for state in (State.FINAL, State.COMMENDED, State.CLOSED, State.POSTPONED, State.STOPPED, State.REPLACED):
        make_campaign(province, officer, f"Không chờ {state}", state=state, **past | {"ends_on": date(2026, 6, 14)})
    make_campaign(province, officer, "Đã sơ kết", state=State.INTERIM, **past | {"interim_on": date(2026, 6, 1)})
    assert told(officer)[REVIEW] == [final.name, ended.name]
    assert told(leader)[REVIEW] == [ended.name, final.name], "what one follows first"
    assert told(bason)[REVIEW] == [interim.name]
    group = waits_for(officer)[REVIEW]
    assert [row.note.partition(" · ")[2] for row in group.rows] == [
        "tổng kết ngày 15/06/2026",
        "hết thời gian 14/06/2026, chờ tổng kết",
    ]
    assert reverse("campaign_reviews", args=[ended.pk]) in client_of(leader).get(reverse("home")).content.decode()
    review = review_of(interim, planned_on=TODAY)
    assert told(bason)[REVIEW] == [interim.name]
    paper = cited("9/CV-UBND", "CV")
    Review.objects.filter(pk=review.pk).update(
        state=Review.State.STOPPED, stopped_by=paper, stopped_on=TODAY, stopped_for="Dịch bệnh"
    )
    assert REVIEW not in told(bason)
    Campaign.objects.filter(pk=last_day.pk).update(final_on=TODAY)
    assert last_day.name in told(officer)[REVIEW]
    for number in range(7):
        make_campaign(communes[0], bason, f"Nhiều {number}", **past | {"ends_on": date(2026, 6, 14)})
    assert waits_for(bason)[REVIEW].count == 7


def test_who_may_launch_a_draft_is_told_of_it(province, campaign, officer, bason, congson, client_of):
    mine = launching.take_up([campaign], by=bason)
    of_province = make_campaign(province, officer, "Của tỉnh", state=State.DRAFT)
    assert told(bason)[DRAFTS] == [mine.name]
    assert told(officer)[DRAFTS] == [of_province.name]
    assert DRAFTS not in told(congson)
    assert mine.get_absolute_url() in client_of(bason).get(reverse("home")).content.decode()
    launching.launch(mine, by=bason, paper=cited("07/KH-UBND", "KH", date(2026, 6, 10)), day=date(2026, 6, 10))
    assert DRAFTS not in told(bason)


# --- Examples


def example_of(unit, by, **facts):
    facts = {"kind": "collective", "name": "Tổ tự quản Nà Lình", "title": "Làm đường", "deed": "Hiến đất"} | facts
    return examples.save(Example(unit=unit, met_on=date(2026, 6, 1), sources="Báo cáo xã", **facts), by=by)


def test_the_department_is_told_which_examples_wait(bason, officer, clerk, client_of):
    row = example_of(bason.unit, bason)
    person = example_of(bason.unit, bason, kind="person", name="Hoàng Văn Bình")
    assert told(officer) == {PUBLISH: [row.name]}
    assert told(bason) == told(clerk) == {}
    examples.give_consent(person, by=bason, on=date(2026, 6, 2), words="bản ký")
    assert told(officer) == {PUBLISH: [row.name, person.name]}
    assert person.get_absolute_url() in client_of(officer).get(reverse("home")).content.decode()
    examples.publish(row, by=officer)
    examples.publish(person, by=officer)
    assert told(officer) == {}


def test_what_the_department_took_off_waits_no_more_until_its_unit_changes_it(bason, officer):
    row = example_of(bason.unit, bason)
    examples.publish(row, by=officer)
    row = examples.take_off(row, by=officer, reason="Chưa đúng")
    assert told(officer) == {}
    row.deed = "Hiến 200 m² đất"
    examples.save(row, by=bason)
    assert told(officer) == {PUBLISH: [row.name]}


# --- Everybody


def test_who_is_told_what(campaign, bason, turn_of):
    example_of(bason.unit, bason)
    expected = {
        "officer": {PUBLISH}, "leader": {PUBLISH}, "administrator": {PUBLISH}, "bason": {JOIN}, "congson": {JOIN},
    }  # fmt: skip
    for who in PEOPLE:
        with turn_of(who) as user:
            assert set(told(user)) == expected.get(who, set()), who


def test_as_many_queries_with_two_as_with_twelve(province, communes, officer, bason):
    def count(user):
        with CaptureQueriesContext(connection) as found:
            waits_for(user)
        return len(found)

    def add(number):
        make_campaign(province, officer, f"Đề nghị {number}")
        make_campaign(province, officer, f"Hết hạn {number}", ends_on=date(2026, 6, 1), interim_on=None)
        make_campaign(communes[0], bason, f"Đang lập {number}", state=State.DRAFT)
        row = make_campaign(province, officer, f"Đã hưởng ứng {number}")
        first, second = join(row, bason.unit, bason), join(row, communes[1], bason)
        review_of(row)
        send(second, review_of(row, date(2026, 6, 1)), bason)
        example_of(make_unit(f"don-vi-{number}", f"Đơn vị {number}"), officer)
        assert first.pk

    add(0), add(1)
    few = count(officer), count(bason)
    for number in range(2, 12):
        add(number)
    assert (count(officer), count(bason)) == few
    assert max(few) <= 11
