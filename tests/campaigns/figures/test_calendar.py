"""The calendar of campaigns: what begins, is due and ends in a month, who sees it, what is over, many on one day."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from campaigns.examples import actions as examples
from campaigns.figures.calendars import MOST, events
from campaigns.models import Campaign, Example, Review
from documents.duties.actions import Standing

from ...conftest import OFFICE, PHONE, is_too_wide
from ..conftest import PEOPLE, cited, make_campaign

State = Campaign.State


def of_year(user, year=2026):
    """Everything of a year as (day, words)."""
    return [(event.day, event.words) for month in range(1, 13) for event in events(user, year, month)]


def test_every_date_of_a_campaign_stands_on_its_day(campaign, officer):
    name = campaign.name
    assert of_year(officer) == [
        (date(2026, 1, 15), f"Bắt đầu: {name}"),
        (date(2026, 7, 15), f"Sơ kết: {name}"),
        (date(2026, 11, 30), f"Hạn gửi hồ sơ khen thưởng: {name}"),
        (date(2026, 12, 15), f"Kết thúc: {name}"),
        (date(2026, 12, 20), f"Tổng kết: {name}"),
    ]
    assert {event.url for event in events(officer, 2026, 12)} == {campaign.get_absolute_url()}


def test_the_first_and_the_last_day_of_a_month_belong_to_it(province, officer):
    make_campaign(province, officer, begins_on=date(2026, 2, 1), ends_on=date(2026, 2, 28), interim_on=None,
                  final_on=None, nominations_until=None)  # fmt: skip
    assert [event.day.day for event in events(officer, 2026, 2)] == [1, 28]
    assert events(officer, 2026, 1) == events(officer, 2026, 3) == []


@pytest.mark.parametrize("state", [State.DRAFT, State.STOPPED, State.REPLACED])
def test_drafts_and_what_did_not_take_place_are_not_told(province, officer, state):
    make_campaign(province, officer, state=state)
    assert of_year(officer) == []


@pytest.mark.parametrize(
    ("state", "interim", "final"),
    [
        (State.LAUNCHED, Standing.LATE, Standing.OPEN),
        (State.INTERIM, Standing.DONE, Standing.OPEN),
        (State.FINAL, Standing.DONE, Standing.DONE),
        (State.COMMENDED, Standing.DONE, Standing.DONE),
        (State.CLOSED, Standing.DONE, Standing.DONE),
        (State.POSTPONED, None, None),
    ],
)
def test_a_review_tells_whether_it_was_held_is_to_come_or_late(province, officer, state, interim, final):
    make_campaign(province, officer, state=state, interim_on=date(2026, 6, 14), final_on=date(2026, 6, 15))
    found = {event.words.split(":")[0]: event.standing for event in events(officer, 2026, 6)}
    assert found == {"Sơ kết": interim, "Tổng kết": final}


def test_what_is_closed_stays_in_the_months_that_it_was_in(campaign, officer, client_of):
    told = of_year(officer)
    Campaign.objects.update(state=State.CLOSED)
    assert of_year(officer) == told
    page = client_of(officer).get(reverse("campaign_calendar", args=[2026, 1])).content.decode()
    assert f"Bắt đầu: {campaign}" in page
    assert "đã xong" not in page


def test_a_postponed_campaign_says_so(province, officer):
    make_campaign(province, officer, "Xanh", state=State.POSTPONED)
    assert events(officer, 2026, 1)[0].words == "Bắt đầu: Xanh (đang hoãn)"


def review_of(campaign, kind=Review.Kind.INTERIM, until=date(2026, 7, 1), **facts):
    return Review.objects.create(
        campaign=campaign, kind=kind, planned_on=date(2026, 7, 15), reports_until=until, **facts
    )


def test_until_when_units_report_stands_there_while_the_review_is_open(campaign, officer, bason):
    review_of(campaign)
    review_of(campaign, until=date(2026, 6, 14))
    review_of(campaign, until=date(2026, 6, 20), state=Review.State.HELD, held_on=date(2026, 6, 10))
    stopped = {"state": Review.State.STOPPED, "stopped_by": cited("9/UBND", "CV"), "stopped_on": date(2026, 6, 1)}
    review_of(campaign, until=date(2026, 6, 21), stopped_for="dịch bệnh", **stopped)
    review_of(campaign, Review.Kind.FINAL, until=None)
    url = reverse("campaign_reviews", args=[campaign.pk])
    for user in (officer, bason):
        found = [(row.day, row.words, row.standing, row.url) for month in (6, 7) for row in events(user, 2026, month)]
        words = f"Hạn báo cáo sơ kết: {campaign}"
        assert found[0] == (date(2026, 6, 14), words, Standing.LATE, url)
        assert found[1] == (date(2026, 7, 1), words, Standing.OPEN, url)
        assert len(found) == 3  # and the interim review itself


@pytest.mark.parametrize("state", [State.FINAL, State.COMMENDED, State.CLOSED])
def test_nobody_reports_any_more_to_what_is_summed_up(campaign, officer, state):
    review_of(campaign)
    assert len(of_year(officer)) == 6
    Campaign.objects.update(state=state)
    assert len(of_year(officer)) == 5


def test_reviews_of_what_is_over_are_not_told(campaign, officer):
    review_of(campaign)
    Campaign.objects.update(state=State.STOPPED)
    assert of_year(officer) == []


def test_each_sees_the_dates_of_campaigns_that_it_sees(campaign, child, turn_of):
    review_of(child, until=date(2026, 2, 1))
    sees = {"officer": 2, "leader": 2, "administrator": 2, "clerk": 2, "bason": 2}
    for who in PEOPLE:
        with turn_of(who) as user:
            assert len(events(user, 2026, 1)) == 1, who
            assert len(events(user, 2026, 2)) == sees.get(who, 0), who


def test_many_of_one_kind_on_a_day_are_one_line_that_leads_to_the_day(province, officer, client_of):
    for number in range(MOST):
        make_campaign(province, officer, f"Phong trào {number}")
    assert len([row for row in events(officer, 2026, 1) if row.day.day == 15]) == MOST
    make_campaign(province, officer, "Phong trào cuối")
    (line,) = events(officer, 2026, 1)
    assert line.words == f"Bắt đầu: {MOST + 1} phong trào"
    answer = client_of(officer).get(line.url)
    assert [row.words for row in answer.context["events"]] == [
        *(f"Bắt đầu: Phong trào {number}" for number in range(MOST)),
        "Bắt đầu: Phong trào cuối",
    ]
    (late,) = [row for row in events(officer, 2026, 7) if row.day.day == 15]
    assert late.standing is None
    Campaign.objects.filter(name="Phong trào cuối").update(interim_on=date(2026, 6, 1))
    Campaign.objects.exclude(name="Phong trào cuối").update(interim_on=date(2026, 6, 1))
    (late,) = events(officer, 2026, 6)
    assert late.standing == Standing.LATE


def test_the_page_shows_this_month_and_leads_to_the_others(campaign, client_of, bason):
    client = client_of(bason)
    answer = client.get(reverse("campaign_calendar"))
    assert answer.context["shown"] == date(2026, 6, 1)
    page = answer.content.decode()
    assert reverse("campaign_calendar", args=[2026, 5]) in page
    assert reverse("campaign_calendar", args=[2026, 7]) in page
    assert "Tháng này không có phong trào nào" in page
    answer = client.get(reverse("campaign_calendar", args=[2026, 12]))
    page = answer.content.decode()
    assert f"Kết thúc: {campaign}" in page
    assert "không có phong trào nào" not in page
    assert reverse("campaign_calendar", args=[2027, 1]) in page


@pytest.mark.parametrize("place", [(2026, 0), (2026, 13), (1999, 12), (2101, 1), (123456789012345678901, 1)])
def test_a_month_that_is_none_is_not_found(client_of, officer, place):
    assert client_of(officer).get(reverse("campaign_calendar", args=place)).status_code == 404


@pytest.mark.parametrize("day", ["0", "31", "x", "99999999999999", "²"])
def test_a_day_that_is_none_shows_the_month(client_of, officer, day):
    answer = client_of(officer).get(reverse("campaign_calendar", args=[2026, 6]), {"ngay": day})
    assert (answer.status_code, answer.context["day"]) == (200, None)


def test_the_ends_of_the_calendar_lead_nowhere(client_of, officer):
    client = client_of(officer)
    assert client.get(reverse("campaign_calendar", args=[2000, 1])).context["before"] is None
    assert client.get(reverse("campaign_calendar", args=[2100, 12])).context["after"] is None


def test_as_many_queries_with_two_campaigns_as_with_twelve(province, communes, officer, bason, client_of):
    def count():
        with CaptureQueriesContext(connection) as found:
            events(officer, 2026, 1)
            events(officer, 2026, 1, date(2026, 1, 15))
        with CaptureQueriesContext(connection) as page:
            client_of(bason).get(reverse("campaign_calendar", args=[2026, 1]))
        return len(found), len(page)

    def add(number):
        row = make_campaign(province, officer, f"Số {number}", begins_on=date(2026, 1, 1 + number))
        review_of(row, until=date(2026, 1, 20))

    add(0), add(1)
    few = count()
    for number in range(2, 12):
        add(number)
    assert count() == few
    assert few[0] == 4


@pytest.mark.browser
@pytest.mark.front_end("whether pages fit; what they show is asked for on every database")
@pytest.mark.django_db(transaction=True)
def test_it_fits_both_screens(open_page, login, communes, province, officer, bason):
    make_campaign(province, officer, "Toàn dân chung sức xây dựng nông thôn mới và đô thị văn minh " * 2)
    facts = {"kind": "person", "name": "Hoàng Văn Bình", "title": "Hiến đất làm đường " * 8, "deed": "Vận động " * 200}
    row = Example(unit=bason.unit, met_on=date(2026, 6, 1), sources="https://" + "baolangson.vn/" * 20, **facts)
    row = examples.save(row, by=bason)
    for size in (OFFICE, PHONE):
        page = login(open_page(*size), bason)
        for url in (
            reverse("campaign_calendar", args=[2026, 1]),
            reverse("campaign_calendar", args=[2026, 1]) + "?ngay=15",
            reverse("campaign_figures", args=[2026]),
            reverse("examples"),
            reverse("new_example"),
            row.get_absolute_url(),
            reverse("edit_example", args=[row.pk]),
        ):
            page.goto(url)
            assert not is_too_wide(page), (url, size)
