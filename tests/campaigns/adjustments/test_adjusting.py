"""A launched campaign is postponed, resumed, given other days, stopped, replaced; and what depends on it is told first."""

from datetime import date

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from campaigns.adjustments import actions as adjusting
from campaigns.adjustments import consequences as told_before
from campaigns.adjustments.actions import Wish, adjust, check, kinds_for
from campaigns.adjustments.papers import drafted_letter, letters_of
from campaigns.launches.papers import draft_reminder
from campaigns.models import About, Adjustment, Campaign, Joining, LaunchDuty, Result, Review
from campaigns.reviews.papers import draft_report
from documents.models import Assignment, Document, Duty, history_of
from documents.printing.pages import pdf_of
from documents.steps.refusing import Refused, Stale
from units.models import Official, Term, Unit

from ...conftest import make_unit, overflowing
from ..conftest import PEOPLE, TODAY, at_once, cited, make_campaign

Kind, State = Adjustment.Kind, Campaign.State
DAY = date(2026, 6, 1)
REASON = "Tập trung phòng, chống dịch"


@pytest.fixture
def paper(db):
    """The letter that adjusts."""
    return cited("187/UBND-SNV", "CV", date(2026, 6, 1), pk=9001)


@pytest.fixture
def signer(province):
    """Who signs for the province."""
    official = Official.objects.create(name="Dương Xuân Huyền")
    return Term.objects.create(official=official, unit=province, post="Chủ tịch", since=date(2021, 1, 1))


@pytest.fixture
def url(campaign):
    return reverse("adjust_campaign", args=[campaign.pk])


def wish(kind, paper, /, **facts):
    return Wish(**{"kind": kind, "reason": REASON, "effective_on": DAY, "paper": paper} | facts)


def days(campaign, **changed):
    return adjusting.days_of(campaign, changed)


def consequences(campaign, kind, dates=None):
    """What depends on it, as its author may know it."""
    return told_before.consequences(campaign, kind, dates, user=campaign.author)


def latest(campaign) -> Campaign:
    return Campaign.objects.get(pk=campaign.pk)


def review_of(campaign, kind=Review.Kind.INTERIM, day=date(2026, 7, 15), **facts):
    return Review.objects.create(campaign=campaign, kind=kind, planned_on=day, **facts)


def join(campaign, unit, by):
    return Joining.objects.create(campaign=campaign, unit=unit, people=5, joined_on=date(2026, 2, 1), by=by)


def typed(campaign, kind, paper, /, **facts):
    """What the form sends."""
    sent = {
        "version": campaign.version,
        "kind": str(kind),
        "effective_on": f"{DAY:%d/%m/%Y}",
        "paper": paper.reference,
        "reason": REASON,
    }
    if kind in adjusting.DATED:
        sent |= {name: f"{day:%d/%m/%Y}" if day else "" for name, day in days(campaign).items()}
    return sent | facts


# --- What becomes of it


def test_postponed_and_resumed_it_comes_back_to_where_it_was(campaign, paper, officer):
    Campaign.objects.filter(pk=campaign.pk).update(state=State.INTERIM)
    row = adjust(campaign, wish(Kind.POSTPONE, paper), by=officer)
    found = latest(campaign)
    assert (found.state, row.state_before, found.version) == (State.POSTPONED, State.INTERIM, 2)
    assert found.counts
    assert kinds_for(found) == [Kind.RESUME, Kind.STOP, Kind.REPLACE]
    later = cited("201/UBND-SNV", "CV", date(2026, 6, 10))
    adjust(found, wish(Kind.RESUME, later, effective_on=date(2026, 6, 10)), by=officer)
    assert latest(campaign).state == State.INTERIM


def test_resumed_with_other_days(campaign, paper, officer):
    adjust(campaign, wish(Kind.POSTPONE, paper), by=officer)
    ends = date(2027, 3, 31)
    adjust(campaign, wish(Kind.RESUME, paper, dates=days(campaign, ends_on=ends)), by=officer)
    assert (latest(campaign).ends_on, latest(campaign).state) == (ends, State.LAUNCHED)


def test_extended_with_its_days_before_and_after(campaign, paper, officer):
    new = days(campaign, ends_on=date(2027, 1, 31), interim_on=None)
    row = adjust(campaign, wish(Kind.CHANGE, paper, dates=new), by=officer, seen_version=1)
    found = latest(campaign)
    assert (found.ends_on, found.interim_on, found.final_on) == (date(2027, 1, 31), None, date(2026, 12, 20))
    assert (found.state, row.state_before) == (State.LAUNCHED, State.LAUNCHED)
    assert (row.before["ends_on"], row.after["ends_on"], row.after["interim_on"]) == ("2026-12-15", "2027-01-31", None)
    told = history_of(About.CAMPAIGN, campaign.pk).get()
    assert (told.act, told.reason, told.by) == (Kind.CHANGE.label, REASON, officer)
    assert told.changes["Ngày kết thúc"] == ["15/12/2026", "31/01/2027"]
    assert told.changes["Ngày sơ kết"] == ["15/07/2026", ""]
    assert "Trạng thái" not in told.changes
    assert "Ngày tổng kết" not in told.changes
    assert told.changes["Theo văn bản"] == ["", "Công văn số 187/UBND-SNV"]


def test_stopped_it_does_not_count_and_its_open_reviews_stop_with_it(campaign, child, paper, officer):
    coming = review_of(campaign)
    held = review_of(campaign, day=date(2026, 4, 1), state=Review.State.HELD, held_on=date(2026, 4, 1))
    assert campaign in Campaign.objects.held()
    adjust(campaign, wish(Kind.STOP, paper), by=officer)
    assert latest(campaign).state == State.STOPPED
    assert list(Campaign.objects.held()) == [child]
    coming.refresh_from_db()
    assert (coming.state, coming.stopped_by, coming.stopped_on, coming.stopped_for) == ("stopped", paper, DAY, REASON)
    held.refresh_from_db()
    assert held.state == Review.State.HELD
    told = history_of(About.CAMPAIGN, campaign.pk).get().changes
    assert told["Sơ kết dự kiến 15/07/2026"] == ["Đang nhận báo cáo", "Dừng tổ chức"]
    assert told["Trạng thái"] == ["Đã phát động", "Dừng"]
    assert latest(child).state == State.LAUNCHED, "what rests on it is told, not changed"


@pytest.mark.parametrize("kind", [Kind.POSTPONE, Kind.CHANGE])
def test_reviews_stay_open_where_it_goes_on(campaign, paper, officer, kind):
    review = review_of(campaign)
    adjust(campaign, wish(kind, paper, dates=days(campaign, ends_on=date(2027, 1, 1))), by=officer)
    review.refresh_from_db()
    assert review.state == Review.State.OPEN


def test_replaced_by_another(campaign, province, paper, officer):
    other = make_campaign(province, officer, "Xóa nhà tạm")
    review = review_of(campaign)
    row = adjust(campaign, wish(Kind.REPLACE, paper, successor=other), by=officer)
    assert (latest(campaign).state, row.successor) == (State.REPLACED, other)
    assert list(Campaign.objects.held()) == [other]
    review.refresh_from_db()
    assert review.state == Review.State.STOPPED
    assert history_of(About.CAMPAIGN, campaign.pk).get().changes["Thay bằng"] == ["", "Xóa nhà tạm"]


def test_days_and_successor_of_another_kind_change_nothing(campaign, province, paper, officer):
    other = make_campaign(province, officer, "Xóa nhà tạm")
    much = wish(Kind.STOP, paper, dates={"ends_on": date(2027, 1, 1)}, successor=other)
    row = adjust(campaign, much, by=officer)
    assert (latest(campaign).ends_on, row.successor, row.before) == (date(2026, 12, 15), None, row.after)


# --- What is refused


def refused(campaign, wish, by, **seen) -> Refused:
    """The refusal, the same of ``check`` and of ``adjust``; nothing was changed."""
    with pytest.raises(Refused) as first:
        check(campaign, wish, by=by, **seen)
    with pytest.raises(Refused) as second:
        adjust(campaign, wish, by=by, **seen)
    assert (str(first.value), first.value.field) == (str(second.value), second.value.field)
    assert not campaign.adjustments.filter(kind=wish.kind, reason=wish.reason).exists()
    return second.value


@pytest.mark.parametrize(
    ("field", "facts"),
    [
        ("reason", {"reason": " \n "}),
        ("paper", {"paper": None}),
        ("effective_on", {"effective_on": None}),
        ("effective_on", {"effective_on": date(2026, 1, 9)}),
        ("effective_on", {"effective_on": date(2026, 6, 16)}),
        ("effective_on", {"effective_on": date(2027, 1, 1)}),
    ],
)
def test_reason_paper_and_day_are_needed(campaign, paper, officer, field, facts):
    assert refused(campaign, wish(Kind.STOP, paper, **facts), officer).field == field


@pytest.mark.parametrize("day", [date(2026, 1, 10), TODAY])
def test_from_the_launch_to_today(campaign, officer, day):
    paper = cited("9/UBND-SNV", "CV", day)
    assert adjust(campaign, wish(Kind.STOP, paper, effective_on=day), by=officer).effective_on == day


def test_not_before_its_paper(campaign, officer):
    paper = cited("9/UBND-SNV", "CV", date(2026, 6, 2))
    told = refused(campaign, wish(Kind.STOP, paper), officer)
    assert (told.field, "ngày 02/06/2026" in str(told)) == ("effective_on", True)


def test_not_before_the_last_adjustment(campaign, paper, officer):
    adjust(campaign, wish(Kind.POSTPONE, paper), by=officer)
    told = refused(latest(campaign), wish(Kind.RESUME, paper, effective_on=date(2026, 5, 31)), officer)
    assert told.field == "effective_on"
    assert "01/06/2026" in str(told)


def test_a_paper_that_does_not_hold(campaign, officer, paper):
    recalled = cited("188/UBND-SNV", "CV", DAY, state=Document.State.RECALLED)
    assert refused(campaign, wish(Kind.STOP, recalled), officer).field == "paper"
    assert refused(campaign, wish(Kind.STOP, campaign.document), officer).field == "paper"
    draft = drafted_letter(campaign, Kind.STOP, by=officer, reason=REASON)
    assert refused(campaign, wish(Kind.STOP, draft), officer).field == "paper"


@pytest.mark.parametrize("state", [State.DRAFT, State.CLOSED, State.STOPPED, State.REPLACED])
@pytest.mark.parametrize("kind", Kind)
def test_only_what_was_launched_and_is_not_over(province, paper, officer, state, kind):
    found = make_campaign(province, officer, state=state)
    assert kinds_for(found) == []
    refused(found, wish(kind, paper, dates={"ends_on": date(2027, 1, 1)}), officer)


@pytest.mark.parametrize(
    ("state", "allowed"),
    [
        (State.LAUNCHED, {"change", "postpone", "stop", "replace"}),
        (State.INTERIM, {"change", "postpone", "stop", "replace"}),
        (State.FINAL, {"change"}),
        (State.COMMENDED, {"change"}),
        (State.POSTPONED, {"resume", "stop", "replace"}),
    ],
)
def test_what_may_become_of_each_state(province, paper, officer, state, allowed):
    found = make_campaign(province, officer, state=state)
    other = make_campaign(province, officer, "Xóa nhà tạm")
    assert set(kinds_for(found)) == allowed
    new = {"ends_on": date(2027, 1, 1)}
    for kind in Kind:
        asked = wish(kind, paper, dates=new, successor=other)
        if kind in allowed:
            check(found, asked, by=officer)
        else:
            assert refused(found, asked, officer).field is None


@pytest.mark.parametrize(
    ("field", "changed"),
    [
        ("ends_on", {}),
        ("ends_on", {"ends_on": date(2026, 1, 14), "interim_on": None}),
        ("ends_on", {"ends_on": None}),
        ("begins_on", {"begins_on": None}),
        ("interim_on", {"interim_on": date(2026, 1, 14)}),
        ("interim_on", {"interim_on": date(2026, 12, 16)}),
        ("final_on", {"final_on": date(2026, 1, 14), "interim_on": None}),
        ("final_on", {"final_on": date(2026, 7, 14)}),
        ("nominations_until", {"nominations_until": date(2026, 1, 14)}),
    ],
)
def test_days_in_order(campaign, paper, officer, field, changed):
    assert refused(campaign, wish(Kind.CHANGE, paper, dates=days(campaign, **changed)), officer).field == field


def test_days_on_the_edge(campaign, paper, officer):
    edge = dict.fromkeys(adjusting.DATES, date(2026, 3, 1))
    adjust(campaign, wish(Kind.CHANGE, paper, dates=edge), by=officer)
    assert adjusting.days_of(latest(campaign)) == edge


def test_it_does_not_begin_after_a_review_that_was_held(campaign, paper, officer):
    review_of(campaign, day=date(2026, 4, 1), state=Review.State.HELD, held_on=date(2026, 4, 1))
    later = wish(Kind.CHANGE, paper, dates=days(campaign, begins_on=date(2026, 4, 2)))
    assert refused(campaign, later, officer).field == "begins_on"
    adjust(campaign, wish(Kind.CHANGE, paper, dates=days(campaign, begins_on=date(2026, 4, 1))), by=officer)


def test_what_takes_its_place(campaign, child, province, stranger, paper, officer):
    draft = make_campaign(province, officer, "Dự thảo", state=State.DRAFT)
    over = make_campaign(province, officer, "Đã dừng", state=State.STOPPED)
    grandchild = make_campaign(make_unit("thon-1", "Trạm y tế", superior=child.unit), officer, "Của trạm")
    grandchild.parents.add(child)
    for other in (None, campaign, draft, over, child, grandchild):
        assert refused(campaign, wish(Kind.REPLACE, paper, successor=other), officer).field == "successor"


def test_a_successor_that_one_does_not_see(child, bason, stranger, paper):
    hidden = make_campaign(stranger.unit, stranger, "Của sở khác")
    assert refused(child, wish(Kind.REPLACE, paper, successor=hidden), bason).field == "successor"


def test_two_do_not_replace_each_other(campaign, province, paper, officer):
    other = make_campaign(province, officer, "Xóa nhà tạm")
    adjust(campaign, wish(Kind.REPLACE, paper, successor=other), by=officer)
    assert refused(other, wish(Kind.REPLACE, paper, successor=latest(campaign)), officer).field == "successor"


def test_stale(campaign, paper, officer, leader):
    adjust(campaign, wish(Kind.CHANGE, paper, dates=days(campaign, ends_on=date(2027, 1, 1))), by=leader)
    with pytest.raises(Stale) as stale:
        adjust(campaign, wish(Kind.STOP, paper), by=officer, seen_version=1)
    assert (stale.value.version, stale.value.latest.by) == (2, leader)
    assert latest(campaign).state == State.LAUNCHED


# --- What depends on it


def test_children_beyond_the_new_days(campaign, child, province, paper, officer, communes):
    late = make_campaign(communes[1], officer, "Dài hơn", ends_on=date(2027, 2, 1))
    draft = make_campaign(communes[2], officer, "Dự thảo", state=State.DRAFT)
    gone = make_campaign(communes[3], officer, "Đã dừng", state=State.STOPPED)
    for row in (late, draft, gone):
        row.parents.add(campaign)

    def beyond(**changed):
        return consequences(campaign, Kind.CHANGE, days(campaign, **changed)).children

    assert beyond(ends_on=date(2027, 2, 1)) == []
    assert beyond(ends_on=date(2027, 1, 31)) == [late]
    assert beyond(ends_on=date(2026, 12, 14)) == [child, late]
    assert beyond(ends_on=date(2027, 2, 1), begins_on=date(2026, 2, 1)) == [late]
    assert beyond(ends_on=date(2027, 2, 1), begins_on=date(2026, 2, 2)) == [child, late]
    for kind in (Kind.POSTPONE, Kind.STOP, Kind.REPLACE):
        assert consequences(campaign, kind).children == [child, late]


def test_where_it_outgrows_what_it_rests_on(campaign, child):
    assert consequences(child, Kind.CHANGE, days(child, ends_on=date(2026, 12, 15))).doubts == []
    (doubt,) = consequences(child, Kind.CHANGE, days(child, ends_on=date(2026, 12, 16))).doubts
    assert campaign.name in doubt
    assert child.ends_on == date(2026, 12, 15), "the campaign itself is left alone"
    assert consequences(child, Kind.STOP).doubts == []


def test_joinings_and_results(campaign, communes, officer):
    rows = [join(campaign, unit, officer) for unit in communes[:3]]
    review = review_of(campaign)
    Result.objects.create(joining=rows[0], review=review, people=5, words="Xong", by=officer, sent_at=timezone.now())
    Result.objects.create(joining=rows[1], review=review, people=5, words="Đang viết", by=officer)
    told = consequences(campaign, Kind.STOP)
    assert told.joined == 3
    (share,) = told.reviews
    assert (share.review, share.sent, share.unsent) == (review, 1, 2)


@pytest.mark.parametrize(
    ("kind", "planned", "changed", "is_told"),
    [
        ("interim", date(2026, 7, 15), {"ends_on": date(2026, 12, 31)}, False),
        ("interim", date(2026, 7, 15), {"interim_on": date(2026, 8, 1)}, True),
        ("interim", date(2026, 7, 20), {"interim_on": date(2026, 8, 1)}, False),
        ("interim", date(2026, 7, 20), {"interim_on": None, "ends_on": date(2026, 7, 19)}, True),
        ("interim", date(2026, 7, 20), {"interim_on": None, "ends_on": date(2026, 7, 20)}, False),
        ("interim", date(2026, 7, 20), {"interim_on": None, "begins_on": date(2026, 7, 21)}, True),
        ("final", date(2026, 12, 20), {"ends_on": date(2026, 11, 30)}, False),
        ("final", date(2026, 12, 20), {"final_on": date(2027, 1, 20)}, True),
    ],
)
def test_open_reviews_beside_the_new_days(campaign, kind, planned, changed, is_told):
    review_of(campaign, kind, planned)
    told = consequences(campaign, Kind.CHANGE, days(campaign, **changed)).reviews
    assert len(told) == is_told


def test_reviews_that_are_not_open_are_not_told(campaign):
    review_of(campaign, state=Review.State.HELD, held_on=date(2026, 6, 1))
    assert consequences(campaign, Kind.STOP).reviews == []


def test_nominations(campaign):
    until, later = date(2026, 11, 30), date(2027, 1, 15)
    told = consequences(campaign, Kind.CHANGE, days(campaign, nominations_until=later))
    assert (told.nominations, told.changes_nomination) == ((until, later), True)
    assert not consequences(campaign, Kind.CHANGE, days(campaign)).changes_nomination
    assert not consequences(campaign, Kind.POSTPONE).changes_nomination
    assert consequences(campaign, Kind.STOP).nominations == (until, None)


def test_drafts_of_units_and_papers_on_their_way(campaign, communes, officer, bason, child):
    make_campaign(communes[1], officer, "Đang lập", state=State.DRAFT).parents.add(campaign)
    reminder = draft_reminder(campaign, by=officer)
    report = draft_report(review_of(campaign), by=officer)
    for kind in (Kind.STOP, Kind.REPLACE, Kind.POSTPONE):
        told = consequences(campaign, kind)
        assert (told.drafts, told.papers) == (1, [reminder, report])
    assert consequences(campaign, Kind.CHANGE, days(campaign)).papers == []
    assert told_before.consequences(campaign, Kind.STOP, user=bason).papers == []


def tied_duty(campaign, units, **facts):
    """A duty to launch one's own on the basis of ``campaign``, asked of ``units``."""
    paper = cited(f"{Document.objects.count() + 200}/UBND-SNV", "CV", date(2026, 2, 1), **facts)
    duty = Duty.objects.create(document=paper, clause="1.a", words="Phát động phong trào thi đua")
    LaunchDuty.objects.create(duty=duty).campaigns.add(campaign)
    return duty, [Assignment.objects.create(duty=duty, unit=unit) for unit in units]


def test_open_launch_duties(campaign, communes, officer):
    duty, shares = tied_duty(campaign, communes[:3])
    tied_duty(campaign, communes[:2], state=Document.State.RECALLED)
    Assignment.objects.filter(pk=shares[0].pk).update(done_at=timezone.now(), done_by=officer)
    (told,) = consequences(campaign, Kind.STOP).duties
    assert (told, told.open) == (duty, 2)
    Assignment.objects.filter(duty=duty).update(done_at=timezone.now(), done_by=officer)
    assert consequences(campaign, Kind.STOP).duties == []


# --- On screen: two steps


def test_the_page_before_one_confirms_tells_everything(client_of, officer, campaign, child, paper, url, communes):
    join(campaign, communes[0], officer)
    review_of(campaign)
    tied_duty(campaign, communes[:2])
    page = client_of(officer).post(url, typed(campaign, Kind.STOP, paper, step="review"))
    words = page.content.decode()
    assert page.status_code == 200
    assert latest(campaign).state == State.LAUNCHED
    assert not Adjustment.objects.exists()
    for told in (
        "01/06/2026", "187/UBND-SNV", REASON, child.name, "UBND xã Ba Sơn", child.span, "Dừng tổ chức", "15/07/2026",
        "0 đã gửi, 1 chưa gửi", "1 đơn vị đã đăng ký hưởng ứng", "30/11/2026 không còn áp dụng", "1.a: Phát động",
        "2 đơn vị", "thôi được tính là đã tổ chức",
    ):  # fmt: skip
        assert told in words, told


@pytest.mark.parametrize(
    ("kind", "words"),
    [(Kind.POSTPONE, "Tạm dừng nhận báo cáo"), (Kind.STOP, "Chuyển sang «Dừng tổ chức»")],
)
def test_what_becomes_of_open_reviews_is_told(client_of, officer, campaign, paper, url, kind, words):
    review_of(campaign)
    page = client_of(officer).post(url, typed(campaign, kind, paper, step="review")).content.decode()
    assert words in page
    assert "Vẫn nhận báo cáo" not in page


def test_confirmed(client_of, officer, campaign, paper, url):
    sent = typed(campaign, Kind.STOP, paper, step="confirm")
    page = client_of(officer).post(url, sent)
    assert (page.status_code, page.url) == (302, campaign.get_absolute_url())
    row = Adjustment.objects.get()
    assert (row.kind, row.paper, row.effective_on, row.reason, row.by) == ("stop", paper, DAY, REASON, officer)
    again = client_of(officer).post(url, sent)
    assert again.status_code == 422
    assert Adjustment.objects.count() == 1


def test_what_is_confirmed_is_what_was_typed(client_of, officer, campaign, paper, url):
    """The page that asks once more carries every field."""
    sent = typed(campaign, Kind.CHANGE, paper, ends_on="31/01/2027", reason="Dòng một\r\nDòng hai “và” <b>")
    form = client_of(officer).post(url, sent | {"step": "review"}).context["form"]
    hidden = {bound.html_name: bound.value() for bound in form}
    assert all(f'name="{name}"' in "".join(map(str, form.as_hidden())) for name in sent)
    client_of(officer).post(url, hidden | {"step": "confirm"})
    assert latest(campaign).ends_on == date(2027, 1, 31)
    assert Adjustment.objects.get().reason == "Dòng một\nDòng hai “và” <b>"


def test_days_on_the_page_before_one_confirms(client_of, officer, campaign, child, paper, url):
    sent = typed(campaign, Kind.CHANGE, paper, ends_on="30/11/2026", nominations_until="15/11/2026", step="review")
    words = client_of(officer).post(url, sent).content.decode()
    assert "30/11/2026 → <strong>15/11/2026</strong>" in words
    assert "1 phong trào của đơn vị ra ngoài thời gian mới" in words
    assert child.span in words
    assert "giữ nguyên" in words


def test_a_longer_one_than_its_parent_is_told(client_of, bason, campaign, child, paper):
    sent = typed(child, Kind.CHANGE, paper, ends_on="31/01/2027", step="review")
    words = client_of(bason).post(reverse("adjust_campaign", args=[child.pk]), sent).content.decode()
    assert "Khác với phong trào cấp trên" in words
    assert campaign.name in words


def test_back_keeps_everything_typed(client_of, officer, campaign, paper, url):
    sent = typed(campaign, Kind.CHANGE, paper, ends_on="31/01/2027", step="switch")
    page = client_of(officer).post(url, sent)
    assert page.status_code == 200
    assert not page.context["form"].is_bound
    words = page.content.decode()
    for told in ("31/01/2027", "187/UBND-SNV", REASON, "01/06/2026"):
        assert told in words, told


def test_another_kind_keeps_what_both_ask_for(client_of, officer, campaign, paper, url):
    page = client_of(officer).post(url, typed(campaign, Kind.STOP, paper, to="replace"))
    form = page.context["form"]
    assert (page.status_code, form.chosen) == (200, Kind.REPLACE)
    assert REASON in page.content.decode()
    assert "successor" in form.fields
    assert not form.errors


@pytest.mark.parametrize("step", ["review", "confirm"])
@pytest.mark.parametrize(
    ("field", "facts"),
    [
        ("ends_on", {}),
        ("ends_on", {"ends_on": "01/01/2026"}),
        ("interim_on", {"interim_on": "31/12/2026"}),
        ("interim_on", {"interim_on": "khoảng tháng 7"}),
        ("final_on", {"final_on": "01/01/2026"}),
        ("nominations_until", {"nominations_until": "01/01/2026"}),
        ("paper", {"paper": "999/UBND-SNV"}),
        ("paper", {"paper": ""}),
        ("reason", {"reason": "  "}),
        ("effective_on", {"effective_on": "16/06/2026"}),
        ("effective_on", {"effective_on": ""}),
    ],
)
def test_a_refused_form_comes_back_filled(client_of, officer, campaign, paper, url, step, field, facts):
    page = client_of(officer).post(url, typed(campaign, Kind.CHANGE, paper, **facts, step=step))
    assert page.status_code == 422
    assert field in page.context["form"].errors
    assert "187/UBND-SNV" in page.content.decode() or field == "paper"
    assert not Adjustment.objects.exists()


def test_faults_of_days_are_told_together(client_of, officer, campaign, paper, url):
    sent = typed(campaign, Kind.CHANGE, paper, interim_on="01/01/2026", nominations_until="01/01/2026", step="review")
    assert set(client_of(officer).post(url, sent).context["form"].errors) == {"interim_on", "nominations_until"}


@pytest.mark.parametrize("step", ["review", "confirm"])
def test_who_was_overtaken_is_told_and_may_go_on(client_of, officer, leader, campaign, paper, url, step):
    sent = typed(campaign, Kind.STOP, paper, step=step)
    adjust(campaign, wish(Kind.CHANGE, paper, dates=days(campaign, ends_on=date(2027, 1, 1))), by=leader)
    page = client_of(officer).post(url, sent)
    assert page.status_code == 422
    assert "Trần Văn Đăng" in page.content.decode()
    assert REASON in page.content.decode()
    assert latest(campaign).state == State.LAUNCHED
    client_of(officer).post(url, sent | {"version": page.context["form"]["version"].value(), "step": "confirm"})
    assert latest(campaign).state == State.STOPPED


def test_a_form_without_a_version_is_stale(client_of, officer, campaign, paper, url):
    sent = typed(campaign, Kind.STOP, paper, step="confirm", version="")
    assert client_of(officer).post(url, sent).status_code == 422
    assert latest(campaign).state == State.LAUNCHED


def test_stopped_by_another_while_the_form_was_open(client_of, officer, leader, campaign, paper, url):
    sent = typed(campaign, Kind.CHANGE, paper, ends_on="31/01/2027", step="confirm")
    adjust(campaign, wish(Kind.STOP, paper), by=leader)
    page = client_of(officer).post(url, sent)
    assert page.status_code == 422
    assert "31/01/2027" in page.content.decode()


def test_the_form_asks_only_what_its_kind_needs(client_of, officer, campaign, url):
    client = client_of(officer)
    common = {"version", "kind", "effective_on", "paper", "reason"}
    for kind, more in (
        ("stop", set()),
        ("postpone", set()),
        ("replace", {"successor"}),
        ("change", set(adjusting.DATES)),
    ):
        form = client.get(url, {"loai": kind}).context["form"]
        assert set(form.fields) == common | more
    assert client.get(url).context["form"].chosen == Kind.CHANGE
    filled = client.get(url, {"loai": "stop", "van-ban": "187/UBND-SNV 01/06/2026"}).content.decode()
    assert 'value="187/UBND-SNV 01/06/2026"' in filled


def test_successors_on_offer(client_of, officer, campaign, child, province, url):
    other = make_campaign(province, officer, "Xóa nhà tạm")
    make_campaign(province, officer, "Đã kết thúc", state=State.CLOSED)
    form = client_of(officer).get(url, {"loai": "replace"}).context["form"]
    assert list(form.fields["successor"].queryset) == [other]


@pytest.mark.parametrize(("state", "kind"), [(State.POSTPONED, "change"), (State.LAUNCHED, "resume")])
def test_an_address_that_asks_for_what_cannot_be(client_of, officer, province, state, kind):
    found = make_campaign(province, officer, state=state)
    url = reverse("adjust_campaign", args=[found.pk])
    assert client_of(officer).get(url, {"loai": kind}).url == url


@pytest.mark.parametrize("state", [State.DRAFT, State.STOPPED])
def test_nothing_to_adjust_leads_back(client_of, officer, province, paper, state):
    found = make_campaign(province, officer, state=state)
    url = reverse("adjust_campaign", args=[found.pk])
    assert client_of(officer).get(url).url == found.get_absolute_url()
    for step in ("review", "confirm", "draft"):
        assert client_of(officer).post(url, typed(found, Kind.STOP, paper, step=step)).status_code == 422


# --- Who may


@pytest.mark.parametrize("who", PEOPLE)
def test_who_adjusts_a_campaign_of_the_province(client_of, campaign, paper, url, turn_of, who):
    may = who in ("officer", "leader", "administrator")
    with turn_of(who) as by:
        client = client_of(by)
        assert client.get(url).status_code == (200 if may else 403)
        for step in ("review", "switch", "draft"):
            sent = typed(campaign, Kind.STOP, paper, step=step)
            assert client.post(url, sent).status_code == ((302 if step == "draft" else 200) if may else 403), step
        assert Document.objects.filter(area="dieu-chinh-phong-trao").exists() == may
        assert client.post(url, typed(campaign, Kind.STOP, paper, step="confirm")).status_code == (302 if may else 403)
        assert (latest(campaign).state == State.STOPPED) == may
    with turn_of(who) as by:
        if not may:
            refused(campaign, wish(Kind.STOP, paper), by)
            with pytest.raises(Refused):
                drafted_letter(campaign, Kind.STOP, by=by, reason=REASON)


@pytest.mark.parametrize("who", PEOPLE)
def test_who_adjusts_a_campaign_of_a_unit(client_of, child, paper, turn_of, who):
    url = reverse("adjust_campaign", args=[child.pk])
    status = {"bason": 302, "officer": 403, "leader": 403, "administrator": 403, "clerk": 403}.get(who, 404)
    with turn_of(who) as by:
        client = client_of(by)
        assert client.get(url).status_code == (200 if status == 302 else status)
        assert client.post(url, typed(child, Kind.STOP, paper, step="confirm")).status_code == status
        assert (latest(child).state == State.STOPPED) == (who == "bason")


def test_a_draft_of_others_is_not_there(client_of, province, officer, bason):
    draft = make_campaign(province, officer, state=State.DRAFT)
    assert client_of(bason).get(reverse("adjust_campaign", args=[draft.pk])).status_code == 404


# --- The letter


def body_of(document):
    return " ".join(document.body.split())


def faults(document, user):
    """What keeps the letter from being set; None where pages were made."""
    content, found = pdf_of(document, user=user)
    return None if content else found


@pytest.mark.parametrize("kind", Kind)
def test_the_letter_of_each_kind_is_set(campaign, province, signer, officer, kind):
    other = make_campaign(province, officer, "Xóa nhà tạm", document=cited("99/PĐ-UBND"))
    if kind == Kind.RESUME:
        Campaign.objects.filter(pk=campaign.pk).update(state=State.POSTPONED)
    letter = drafted_letter(
        campaign,
        kind,
        by=officer,
        reason=REASON,
        dates=days(campaign, ends_on=date(2027, 1, 31), interim_on=None) if kind in adjusting.DATED else None,
        effective_on=date(2026, 7, 1),
        successor=other if kind == Kind.REPLACE else None,
    )
    assert (letter.type.code, letter.issuer_unit, letter.author) == ("CV", province, officer)
    assert (letter.state, letter.area, letter.symbol) == ("draft", "dieu-chinh-phong-trao", "UBND-SNV")
    assert [row.key for row in letter.addressees.all()] == ["loai:commune"]
    assert letter.to == "Ủy ban nhân dân các xã, phường"
    words = body_of(letter)
    span = "từ ngày 15 tháng 01 năm 2026 đến ngày 15 tháng 12 năm 2026"
    for told in ("12/PĐ-UBND", REASON, "ngày 01 tháng 7 năm 2026", span):
        assert told in words, told
    assert ("| Ngày kết thúc | 15/12/2026 | 31/01/2027 |" in words) == (kind in adjusting.DATED)
    assert ("| Ngày sơ kết | 15/7/2026 | Không còn |" in words) == (kind in adjusting.DATED)
    assert ("“Xóa nhà tạm”" in words and "99/PĐ-UBND" in words) == (kind == Kind.REPLACE)
    assert faults(letter, officer) is None
    assert not Adjustment.objects.exists()
    assert latest(campaign).version == 1


def test_a_launch_that_names_the_campaign_is_not_named_twice(campaign, province, officer):
    other = make_campaign(province, officer, "Xóa nhà tạm")
    for row in (campaign, other):
        row.document = cited(f"{row.pk}/PĐ-UBND")
        row.document.subject = f"phát động phong trào thi đua “{row.name}”"
        row.document.save()
        row.save()
    letter = drafted_letter(campaign, Kind.REPLACE, by=officer, reason=REASON, successor=other)
    assert letter.body.startswith(f"Theo Phát động số {campaign.pk}/PĐ-UBND ngày 10 tháng 01 năm 2026 của UBND tỉnh")
    assert f"bằng phong trào theo Phát động số {other.pk}/PĐ-UBND" in letter.body
    assert [letter.body.count(row.name) for row in (campaign, other)] == [1, 1]


def test_the_letter_of_a_unit_goes_to_what_is_below_it(child, bason):
    below = [make_unit(f"truong-{n}", f"Trường {n}", superior=child.unit) for n in (1, 2)]
    make_unit("truong-cu", "Trường cũ", superior=child.unit, ended=date(2026, 5, 31))
    letter = drafted_letter(child, Kind.STOP, by=bason, reason=REASON)
    assert [row.key for row in letter.addressees.all()] == [f"don-vi:{unit.code}" for unit in below]
    assert letter.issuer_unit == child.unit
    assert "kể từ ngày ký công văn này" in letter.body


def test_letter_is_refused(campaign, paper, officer):
    for facts, field in (
        ({"reason": " "}, "reason"),
        ({"effective_on": date(2026, 1, 9)}, "effective_on"),
        ({"kind": Kind.RESUME}, None),
        ({"kind": Kind.CHANGE, "dates": days(campaign)}, "ends_on"),
        ({"kind": Kind.REPLACE, "successor": campaign}, "successor"),
    ):
        with pytest.raises(Refused) as told:
            drafted_letter(campaign, **{"kind": Kind.STOP, "by": officer, "reason": REASON} | facts)
        assert told.value.field == field
    assert not Document.objects.filter(area="dieu-chinh-phong-trao").exists()


def test_one_letter_of_a_kind_at_a_time(campaign, officer):
    first = drafted_letter(campaign, Kind.STOP, by=officer, reason=REASON)
    with pytest.raises(Refused, match="Đã có Công văn"):
        drafted_letter(campaign, Kind.STOP, by=officer, reason=REASON)
    drafted_letter(campaign, Kind.POSTPONE, by=officer, reason=REASON)
    first.state = Document.State.DISCARDED
    first.save()
    drafted_letter(campaign, Kind.STOP, by=officer, reason=REASON)


def test_a_campaign_of_the_nation_is_adjusted_by_those_who_launched_it(officer):
    centre = make_unit("trung-uong", "Hội đồng Thi đua - Khen thưởng Trung ương", kind=Unit.Kind.CENTRAL)
    found = make_campaign(centre, officer, "Cả nước thi đua", level=Campaign.Level.NATION)
    with pytest.raises(Refused, match="Hội đồng Thi đua"):
        drafted_letter(found, Kind.STOP, by=officer, reason=REASON)


def test_drafted_from_the_form_without_number_and_day(client_of, officer, campaign, paper, url):
    sent = typed(campaign, Kind.CHANGE, paper, ends_on="31/01/2027", paper="", effective_on="", step="draft")
    page = client_of(officer).post(url, sent)
    letter = Document.objects.get(area="dieu-chinh-phong-trao")
    assert page.url == letter.get_absolute_url()
    assert letter.author == officer
    assert "31/01/2027" in letter.body
    back = client_of(officer).get(url)
    assert list(back.context["letters"]) == [letter]
    again = client_of(officer).post(url, sent)
    assert again.status_code == 422
    assert "Đã có Công văn" in again.content.decode()
    assert client_of(officer).post(url, sent | {"reason": ""}).context["form"].errors.keys() == {"reason"}


def test_a_letter_that_an_adjustment_rests_on_is_done_with(campaign, officer, child, bason):
    letter = cited("190/UBND-SNV", "CV", DAY, area="dieu-chinh-phong-trao", area_key=f"stop-{campaign.pk}")
    cited("191/UBND-SNV", "CV", DAY, area="dieu-chinh-phong-trao", area_key=f"stop-{child.pk}")
    assert list(letters_of(campaign, officer)) == [letter]
    adjust(campaign, wish(Kind.STOP, letter), by=officer)
    assert list(letters_of(campaign, officer)) == []


def test_an_issued_letter_leads_to_the_form(client_of, officer, campaign, url):
    cited("190/UBND-SNV", "CV", DAY, area="dieu-chinh-phong-trao", area_key=f"stop-{campaign.pk}")
    words = client_of(officer).get(url).content.decode()
    assert "?loai=stop&amp;van-ban=190/UBND-SNV%2001/06/2026" in words


# --- The card on the page of the campaign


def card(campaign, user):
    return render_to_string(
        "campaigns/adjustments/_adjustments.html", {"adjustments": adjusting.adjustments_of(campaign, user)}
    )


def test_the_card_tells_all(campaign, province, paper, officer):
    assert card(campaign, officer).strip() == ""
    other = make_campaign(province, officer, "Xóa nhà tạm")
    adjust(
        campaign,
        wish(Kind.CHANGE, paper, dates=days(campaign, final_on=None, ends_on=TODAY, interim_on=None)),
        by=officer,
    )
    adjust(campaign, wish(Kind.REPLACE, paper, successor=other, reason="Gộp phong trào"), by=officer)
    words = card(campaign, officer)
    for told in (
        "<del>15/12/2026</del> → <ins>15/06/2026</ins>", "<del>20/12/2026</del> → <ins>để trống</ins>", "từ 01/06/2026",
        REASON, "Gộp phong trào", "Nguyễn Thị Hòa", f'href="{paper.get_absolute_url()}"', other.get_absolute_url(),
    ):  # fmt: skip
        assert told in words, told
    assert words.index("Gộp phong trào") < words.index(REASON), "the latest first"
    assert "Hạn gửi" not in words


def test_a_paper_that_one_may_not_open_is_named_without_a_link(campaign, officer, bason, so_noi_vu):
    received = cited("77/SNV", "CV", DAY)
    received.origin = Document.Origin.RECEIVED
    received.unit = so_noi_vu
    received.save()
    adjust(campaign, wish(Kind.STOP, received), by=officer)
    assert received.get_absolute_url() in card(campaign, officer)
    words = card(campaign, bason)
    assert "77/SNV" in words
    assert received.get_absolute_url() not in words


# --- Many


def test_constant_queries(client_of, officer, campaign, paper, url, bason):
    def grow(count, start):
        for n in range(start, start + count):
            unit = make_unit(f"xa-them-{n}", f"UBND xã Thêm {n}", kind=Unit.Kind.COMMUNE)
            row = make_campaign(unit, bason, f"Của xã {n}")
            row.parents.add(campaign)
            join(campaign, unit, officer)
            tied_duty(campaign, [unit])
            review_of(campaign)
            Adjustment.objects.create(
                campaign=campaign,
                kind="change",
                effective_on=DAY,
                paper=paper,
                reason="x",
                state_before="launched",
                by=officer,
            )
            cited(f"{n}/UBND-SNV", "CV", DAY, area="dieu-chinh-phong-trao", area_key=f"stop-{campaign.pk}")

    def count():
        client = client_of(officer)
        with CaptureQueriesContext(
            connection,
        ) as form:
            assert client.get(url).status_code == 200
        with CaptureQueriesContext(connection) as confirm:
            assert client.post(url, typed(campaign, Kind.STOP, paper, step="review")).status_code == 200
        return len(form), len(confirm)

    grow(2, 0)
    few = count()
    grow(10, 2)
    assert count() == few


# --- Two at once


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_of_two_who_adjust_at_once_one_is_told(campaign, paper, officer, leader):
    longer = wish(Kind.CHANGE, paper, dates=days(campaign, ends_on=date(2027, 1, 1)))
    told = at_once(
        lambda: adjust(campaign, wish(Kind.STOP, paper), by=officer, seen_version=1),
        lambda: adjust(campaign, longer, by=leader, seen_version=1),
    )
    assert sorted(type(row) is Stale for row in told) == [False, True]
    assert Adjustment.objects.count() == 1


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_two_that_would_replace_each_other_at_once(campaign, province, paper, officer):
    for _ in range(5):
        Adjustment.objects.all().delete()
        pair = [make_campaign(province, officer, f"Đợt {n}") for n in range(2)]
        told = at_once(
            lambda: adjust(pair[0], wish(Kind.REPLACE, paper, successor=pair[1]), by=officer),  # noqa: B023
            lambda: adjust(pair[1], wish(Kind.REPLACE, paper, successor=pair[0]), by=officer),  # noqa: B023
        )
        assert sum(isinstance(row, Refused) for row in told) == 1
        assert sorted(latest(row).state for row in pair) == ["launched", "replaced"]


# --- In a browser


@pytest.mark.browser
def test_from_the_form_to_the_page_that_tells_everything_and_back(
    page, login, officer, campaign, child, paper, url, communes
):
    join(campaign, communes[0], officer)
    review_of(campaign)
    tied_duty(campaign, communes[:2])
    adjust(campaign, wish(Kind.CHANGE, paper, dates=days(campaign, ends_on=date(2026, 12, 31))), by=officer)
    cited("190/UBND-SNV", "CV", DAY, area="dieu-chinh-phong-trao", area_key=f"stop-{campaign.pk}")
    login(page, officer)
    page.goto(url)
    assert overflowing(page) == []
    page.fill("[name=reason]", REASON)
    page.click("[name=to][value=stop]")
    assert page.input_value("[name=reason]") == REASON
    page.fill("[name=effective_on]", "01/06/2026")
    page.fill("[name=paper]", paper.reference)
    # Enter goes on to the next step, not to another kind.
    page.press("[name=paper]", "Enter")
    page.wait_for_selector("h1:has-text('Xem lại điều chỉnh: dừng')")
    assert overflowing(page) == []
    page.click("button:has-text('Sửa lại')")
    assert page.input_value("[name=reason]") == REASON
    assert page.input_value("[name=effective_on]") == "01/06/2026"
    assert page.input_value("[name=paper]") == paper.reference
    assert not latest(campaign).adjustments.filter(kind="stop").exists()


def test_the_button_is_there_for_a_postponed_campaign_and_not_for_one_that_is_over(campaign, officer, client_of, url):
    for state in (State.LAUNCHED, State.POSTPONED, State.STOPPED, State.CLOSED):
        Campaign.objects.filter(pk=campaign.pk).update(state=state)
        page = client_of(officer).get(campaign.get_absolute_url()).content.decode()
        assert (f'href="{url}"' in page) == (state in (State.LAUNCHED, State.POSTPONED)), state


def test_a_postponed_campaign_takes_nobodys_place(campaign, province, paper, officer):
    other = make_campaign(province, officer, "Phong trào khác", state=State.POSTPONED)
    assert other not in adjusting.successors_for(campaign, officer)
    with pytest.raises(Refused, match="không hoãn, chưa kết thúc"):
        adjust(campaign, wish(Kind.REPLACE, paper, successor=other), by=officer)


@pytest.mark.parametrize(("name", "day"), [("ends_on", "31/12/9999"), ("begins_on", "01/01/1850")])
def test_days_of_no_century_are_told_beside_their_field(campaign, paper, officer, client_of, url, name, day):
    answer = client_of(officer).post(url, typed(campaign, Kind.CHANGE, paper, step="review", **{name: day}))
    assert answer.status_code == 422
    assert "01/01/2000 – 31/12/2100" in answer.context["form"].errors[name][0]


def test_a_letter_tells_of_no_day_of_another_century(campaign, officer, client_of, url, paper):
    sent = typed(campaign, Kind.POSTPONE, paper, step="draft", effective_on="31/12/9999")
    answer = client_of(officer).post(url, sent)
    assert "31/12/2100" in answer.context["form"].errors["effective_on"][0]


def test_the_name_of_a_successor_is_told_to_those_who_may_see_it(
    campaign, communes, officer, bason, congson, paper, client_of
):
    other = make_campaign(communes[0], bason, "Phong trào của Ba Sơn")
    # As an adjustment of earlier days may stand, or one whose successor was handed to another unit.
    facts = {"effective_on": TODAY, "paper": paper, "reason": "Sáp nhập", "state_before": "launched", "by": officer}
    Adjustment.objects.create(campaign=campaign, kind=Kind.REPLACE, successor=other, **facts)
    for user, sees in ((officer, True), (bason, True), (congson, False)):
        page = client_of(user).get(campaign.get_absolute_url()).content.decode()
        assert (other.name in page, f'href="{other.get_absolute_url()}"' in page) == (sees, sees)
        assert ("Thay bằng phong trào của UBND xã Ba Sơn" in page) == (not sees)


def test_what_one_unit_does_takes_the_place_of_nothing_that_all_were_asked_to_do(campaign, province, communes, officer):
    own = make_campaign(communes[0], officer, "Của một xã")
    other = make_campaign(province, officer, "Của tỉnh")
    found = set(adjusting.successors_for(campaign, officer))
    assert other in found
    assert own not in found
    assert set(adjusting.successors_for(own, officer)) >= {campaign, other}
