"""The last steps of a campaign, and the way back from a step or an adjustment that was entered by mistake."""

from datetime import date

import pytest
from django.urls import reverse

from campaigns.adjustments.actions import Kind, Wish, adjust
from campaigns.adjustments.undoing import fault_of, take_back
from campaigns.campaign.actions import history
from campaigns.endings.actions import close, commend, fault_of_way_back, go_back
from campaigns.launches.actions import correct_paper, launch, remove, take_up
from campaigns.launches.duties import tie, untie
from campaigns.launches.papers import draft_launch
from campaigns.models import Adjustment, Campaign, Joining, Review
from documents.models import Assignment, Document, Duty
from documents.steps.refusing import Refused, Stale
from units.models import Succession, UnitChange

from ...conftest import make_unit
from ..conftest import KEEPERS, PEOPLE, TODAY, cited, make_campaign

State = Campaign.State
DAY = date(2026, 6, 1)


@pytest.fixture
def summed_up(campaign):
    """The campaign after its final review."""
    Campaign.objects.filter(pk=campaign.pk).update(state=State.FINAL)
    return Campaign.objects.get(pk=campaign.pk)


@pytest.fixture
def letter(db):
    """The letter that adjusts."""
    return cited("187/UBND-SNV", "CV", DAY)


def latest(campaign):
    return Campaign.objects.get(pk=campaign.pk)


def advance(campaign, state, **typed):
    """One of the two last steps."""
    return {State.COMMENDED: commend, State.CLOSED: close}[state](campaign, **typed)


def posted(client, url, campaign, **typed):
    """The answer to what is typed beside the version as it stands."""
    return client.post(url, {"version": latest(campaign).version} | typed)


# --- Forward and back


def test_commended_for_and_over_then_back_step_by_step(summed_up, officer, client_of):
    decision, client = cited("77/QĐ-UBND", "QĐ", DAY), client_of(officer)
    url = reverse("commend_campaign", args=[summed_up.pk])
    assert "Ghi đã khen thưởng" in client.get(summed_up.get_absolute_url()).content.decode()
    assert posted(client, url, summed_up, day="02/06/2026", paper="77/QĐ-UBND").status_code == 302
    found = latest(summed_up)
    assert (found.state, found.commended_on, found.commended_by) == (State.COMMENDED, date(2026, 6, 2), decision)
    page = client.get(found.get_absolute_url()).content.decode()
    assert "02/06/2026, theo" in page
    assert decision.get_absolute_url() in page
    posted(client, reverse("close_campaign", args=[found.pk]), found, day="10/06/2026")
    assert (latest(found).state, latest(found).closed_on) == (State.CLOSED, date(2026, 6, 10))
    back = reverse("step_campaign_back", args=[found.pk])
    assert posted(client, back, found, reason=" ").status_code == 422
    for state, reason in ((State.COMMENDED, "Ghi nhầm"), (State.FINAL, "Chưa có quyết định")):
        assert posted(client, back, found, reason=reason).status_code == 302
        assert latest(found).state == state
    found = latest(found)
    assert (found.commended_on, found.commended_by, found.closed_on) == (None, None, None)
    told = history(found).first()
    assert (told.act, told.reason) == ("Lùi bước «Đã khen thưởng»", "Chưa có quyết định")
    assert told.changes["Quyết định khen thưởng"] == ["Quyết định số 77/QĐ-UBND", ""]
    assert client.get(back).status_code == 302, "nothing is left to go back from"


def test_over_without_a_commendation_goes_back_to_summed_up(summed_up, officer):
    advance(summed_up, State.CLOSED, by=officer, day=TODAY)
    assert go_back(summed_up, by=officer, reason="Nhầm").state == State.FINAL


@pytest.mark.parametrize(
    ("state", "facts", "field"),
    [
        (State.COMMENDED, {"day": date(2026, 6, 16)}, "day"),
        (State.COMMENDED, {"day": date(2026, 1, 9)}, "day"),
        (State.COMMENDED, {"day": date(2026, 5, 31), "paper": "decision"}, "day"),
        (State.COMMENDED, {"day": date(2026, 1, 14)}, "day"),
        (State.COMMENDED, {"paper": "launch"}, "paper"),
        (State.COMMENDED, {"paper": "recalled"}, "paper"),
        (State.COMMENDED, {"paper": "letter"}, "paper"),
        (State.COMMENDED, {"paper": "old"}, "paper"),
    ],
)
def test_steps_that_are_refused(summed_up, officer, letter, state, facts, field):
    papers = {
        "letter": letter,
        "decision": cited("6/QĐ-UBND", "QĐ", DAY),
        "old": cited("7/QĐ-UBND", "QĐ", date(2026, 1, 9)),
        "launch": summed_up.document,
        "recalled": cited("5/QĐ-UBND", "QĐ", DAY, state=Document.State.RECALLED),
    }
    facts = {"day": TODAY} | facts
    with pytest.raises(Refused) as refused:
        advance(summed_up, state, by=officer, day=facts["day"], paper=papers.get(facts.get("paper")))
    assert refused.value.field == field
    assert latest(summed_up).state == State.FINAL


def test_not_over_before_it_was_commended_for(summed_up, officer):
    advance(summed_up, State.COMMENDED, by=officer, day=DAY)
    with pytest.raises(Refused, match="khen thưởng ngày 01/06/2026"):
        advance(summed_up, State.CLOSED, by=officer, day=date(2026, 5, 31))


def test_no_step_while_it_goes_on(campaign, officer, client_of):
    client = client_of(officer)
    Review.objects.create(campaign=campaign, kind="interim", planned_on=date(2026, 7, 15))
    for name in ("commend_campaign", "close_campaign", "step_campaign_back"):
        url = reverse(name, args=[campaign.pk])
        assert client.get(url).status_code == client.post(url, {"day": "15/06/2026", "reason": "x"}).status_code == 302
        assert url not in client.get(campaign.get_absolute_url()).content.decode()
    assert latest(campaign).state == State.LAUNCHED


def test_who_takes_the_last_steps_and_takes_them_back(summed_up, turn_of, client_of):
    for who in PEOPLE:
        with turn_of(who) as user:
            client, may = client_of(user), who in KEEPERS
            names = ("commend_campaign", "close_campaign", "step_campaign_back")
            urls = [reverse(name, args=[summed_up.pk]) for name in names]
            assert client.get(urls[0]).status_code == (200 if may else 403)
            assert [posted(client, url, summed_up, day="15/06/2026", reason="x").status_code for url in urls] == (
                [302 if may else 403] * 3
            )
            assert latest(summed_up).state == (State.COMMENDED if may else State.FINAL)
            if not may:
                with pytest.raises(Refused):
                    advance(summed_up, State.CLOSED, by=user, day=TODAY)
                with pytest.raises(Refused):
                    go_back(summed_up, by=user, reason="x")


# --- An adjustment taken back


def stop(campaign, letter, by, **facts) -> Adjustment:
    return adjust(
        campaign, Wish(**{"kind": Kind.STOP, "reason": "Dịch", "effective_on": DAY, "paper": letter} | facts), by=by
    )


def test_a_mistaken_stop_is_taken_back_with_its_reviews(campaign, letter, officer, client_of):
    review = Review.objects.create(campaign=campaign, kind="interim", planned_on=date(2026, 7, 15))
    before = Review.objects.create(
        campaign=campaign, kind="final", planned_on=date(2026, 5, 1), state="stopped", stopped_by=letter, stopped_on=DAY,
        stopped_for="Dịch",
    )  # fmt: skip
    row, client = stop(campaign, letter, officer), client_of(officer)
    url = reverse("take_back_adjustment", args=[row.pk])
    assert url in client.get(campaign.get_absolute_url()).content.decode()
    told = client.get(url).content.decode()
    assert "trở lại trạng thái <strong>«Đang triển khai»" in told
    assert "Nhận báo cáo trở lại: sơ kết dự kiến 15/07/2026" in told
    assert posted(client, url, campaign, reason="").status_code == 422
    assert posted(client, url, campaign, reason="Nhầm phong trào khác").status_code == 302
    row.refresh_from_db()
    assert (latest(campaign).state, row.undone_by, row.undone_for) == (State.LAUNCHED, officer, "Nhầm phong trào khác")
    review.refresh_from_db()
    before.refresh_from_db()
    assert (review.state, review.stopped_by, before.state) == ("open", None, "stopped")
    assert history(campaign).first().changes["Trạng thái"] == ["Dừng", "Đã phát động"]
    page = client.get(campaign.get_absolute_url()).content.decode()
    assert "Đã rút lại" in page
    assert "không tính vào" not in page
    assert url not in page
    assert posted(client, url, campaign, reason="x").status_code == 302, "once"
    assert history(campaign).count() == 2


def test_days_go_back_and_what_was_postponed_is_postponed_again(campaign, letter, officer):
    later = {"ends_on": date(2027, 1, 31)}
    changed = stop(campaign, letter, officer, kind=Kind.CHANGE, dates=later)
    postponed = stop(campaign, letter, officer, kind=Kind.POSTPONE)
    resumed = stop(campaign, letter, officer, kind=Kind.RESUME, dates={"ends_on": date(2027, 3, 31)})
    for row in (changed, postponed):
        row.campaign = latest(campaign)
        assert "điều chỉnh khác" in fault_of(row)
        with pytest.raises(Refused):
            take_back(row, by=officer, reason="x")
    take_back(resumed, by=officer, reason="Nhầm")
    assert (latest(campaign).state, latest(campaign).ends_on) == (State.POSTPONED, date(2027, 1, 31))
    take_back(postponed, by=officer, reason="Nhầm")
    assert latest(campaign).state == State.LAUNCHED
    take_back(changed, by=officer, reason="Nhầm")
    assert latest(campaign).ends_on == date(2026, 12, 15)
    again = stop(campaign, cited("1/UBND-SNV", "CV", date(2026, 5, 1)), officer, effective_on=date(2026, 5, 1))
    assert again.kind == Kind.STOP, "what was taken back does not stand in the way of an earlier day"


def test_what_has_gone_on_since_is_not_taken_back(campaign, letter, officer):
    stop(campaign, letter, officer, kind=Kind.POSTPONE)
    row = stop(campaign, letter, officer, kind=Kind.RESUME, dates={"ends_on": date(2027, 3, 31)})
    Campaign.objects.filter(pk=campaign.pk).update(state=State.INTERIM)
    with pytest.raises(Refused, match="đã thay đổi"):
        take_back(row, by=officer, reason="x")
    Campaign.objects.filter(pk=campaign.pk).update(state=State.LAUNCHED, begins_on=date(2026, 1, 14))
    with pytest.raises(Refused, match="đã thay đổi"):
        take_back(row, by=officer, reason="x")


def test_days_do_not_go_back_behind_a_review_that_was_held(campaign, letter, officer):
    row = stop(campaign, letter, officer, kind=Kind.CHANGE, dates={"begins_on": date(2026, 1, 10)})
    Review.objects.create(
        campaign=campaign, kind="interim", planned_on=DAY, state="held", held_on=date(2026, 1, 12), document=letter
    )
    with pytest.raises(Refused, match="sau ngày đó"):
        take_back(row, by=officer, reason="x")


def test_days_do_not_go_back_once_it_was_reviewed(campaign, letter, officer):
    row = stop(campaign, letter, officer, kind=Kind.CHANGE, dates={"ends_on": date(2026, 6, 10), "interim_on": None})
    Campaign.objects.filter(pk=campaign.pk).update(state=State.FINAL)
    with pytest.raises(Refused, match="đã thay đổi"):
        take_back(row, by=officer, reason="x")


def test_what_depends_on_it_is_told_before_days_go_back(campaign, child, letter, officer, client_of):
    later = {"ends_on": date(2027, 6, 30), "nominations_until": date(2027, 5, 31), "final_on": date(2027, 6, 30)}
    row = stop(campaign, letter, officer, kind=Kind.CHANGE, dates=later)
    Campaign.objects.filter(pk=child.pk).update(ends_on=date(2027, 6, 1))
    Review.objects.create(campaign=campaign, kind="final", planned_on=date(2027, 6, 30))
    told = client_of(officer).get(reverse("take_back_adjustment", args=[row.pk])).content.decode()
    for words in (
        "30/06/2027",
        "<strong>15/12/2026</strong>",
        child.name,
        "1 đợt sơ kết",
        "31/05/2027 → <strong>30/11/2026",
    ):
        assert words in told, words


def test_nothing_is_taken_back_twice_from_one_page(campaign, summed_up, officer, leader, client_of):
    """The same form sent by two people, or twice by one, takes one step back."""
    advance(summed_up, State.COMMENDED, by=officer, day=DAY)
    advance(summed_up, State.CLOSED, by=officer, day=DAY)
    url, seen = reverse("step_campaign_back", args=[summed_up.pk]), latest(summed_up).version
    sent = {"version": seen, "reason": "Nhầm"}
    assert [client_of(user).post(url, sent).status_code for user in (officer, leader)] == [302, 422]
    assert latest(summed_up).state == State.COMMENDED
    with pytest.raises(Stale):
        advance(summed_up, State.CLOSED, by=officer, day=DAY, seen_version=seen)


# --- A launch noted by mistake


def test_a_launch_on_which_nothing_rests_becomes_a_draft_again(campaign, officer, client_of):
    client = client_of(officer)
    url = reverse("step_campaign_back", args=[campaign.pk])
    assert url in client.get(campaign.get_absolute_url()).content.decode()
    assert posted(client, url, campaign, reason="Nhầm phong trào").status_code == 302
    found = latest(campaign)
    assert (found.state, found.launched_on, found.document) == (State.DRAFT, None, None)
    assert history(found).first().changes["Văn bản phát động"] == ["Phát động số 12/PĐ-UBND", ""]


def test_no_step_goes_back_without_a_reason(campaign, officer):
    with pytest.raises(Refused, match="lý do khi «Lùi một bước»") as refused:
        go_back(campaign, by=officer, reason="  ")
    assert (refused.value.field, latest(campaign).state) == ("reason", State.LAUNCHED)


def test_a_launch_on_which_something_rests_stays(campaign, child, officer, communes):
    assert "phong trào của đơn vị" in fault_of_way_back(campaign)
    child.delete()
    assert not fault_of_way_back(campaign)
    Joining.objects.create(campaign=campaign, unit=communes[0], people=1, joined_on=DAY, by=officer)
    Review.objects.create(campaign=campaign, kind="interim", planned_on=date(2026, 7, 15))
    assert "đơn vị đăng ký, đợt sơ kết" in fault_of_way_back(campaign)
    with pytest.raises(Refused, match="không lùi về dự thảo"):
        go_back(campaign, by=officer, reason="x")


def test_what_was_launched_by_mistake_goes_back_and_away(campaign, province, officer, letter):
    """While it stands for another it stays; then it is a draft and may be taken out."""
    other = make_campaign(province, officer, "Xóa nhà tạm", document=cited("14/PĐ-UBND"))
    row = stop(campaign, letter, officer, kind=Kind.REPLACE, successor=other)
    assert "phong trào mà nó thay thế" in fault_of_way_back(other)
    take_back(row, by=officer, reason="Nhầm")
    duty = Duty.objects.create(document=letter, clause="1", words="Phát động")
    tie(duty, [other], by=officer)
    assert "nhiệm vụ giao" in fault_of_way_back(other)
    untie(other, duty=duty, by=officer, reason="Nhầm")
    go_back(other, by=officer, reason="Nhầm")
    # An adjustment that was taken back still names it.
    with pytest.raises(Refused, match="đang được dùng ở: điều chỉnh"):
        remove(latest(other), by=officer)
    adrift = make_campaign(province, officer, "Chung tay vì người nghèo", document=cited("15/PĐ-UBND"))
    go_back(adrift, by=officer, reason="Nhầm")
    remove(latest(adrift), by=officer)
    assert not Campaign.objects.filter(pk=adrift.pk).exists()


def test_a_launch_that_was_being_written_counts_again(province, communes, officer):
    draft = make_campaign(province, officer, "Cả tỉnh chung tay", state=State.DRAFT)
    written = draft_launch(draft, "PĐ", by=officer)
    paper = cited("16/PĐ-UBND")
    launch(draft, by=officer, paper=paper, day=paper.dated)
    assert latest(go_back(latest(draft), by=officer, reason="Nhầm")).document == written


def test_the_duty_done_by_a_launch_follows_it(campaign, communes, congson, officer):
    share = Assignment.objects.create(
        duty=Duty.objects.create(document=cited("9/UBND", "CV"), clause="1.a", words="Phát động"), unit=communes[1]
    )
    tie(share.duty, [campaign], by=officer)
    own, paper = take_up([campaign], by=congson), cited("5/KH-UBND", "KH", DAY)
    launch(own, by=congson, paper=paper, day=DAY)
    assert "nhiệm vụ được báo xong" in fault_of_way_back(latest(own))
    correct_paper(latest(own), by=congson, paper=cited("15/KH-UBND", "KH", date(2026, 6, 2)), reason="Gõ nhầm")
    first, second = share.reports.order_by("pk")
    assert ("5/KH-UBND" in first.words, "15/KH-UBND" in second.words) == (True, True)


def test_the_paper_of_a_launch_is_put_right(campaign, child, officer, client_of):
    right = cited("13/PĐ-UBND", "PĐ", date(2026, 1, 12))
    url, client = reverse("correct_launch_paper", args=[campaign.pk]), client_of(officer)
    assert url in client.get(campaign.get_absolute_url()).content.decode()
    assert posted(client, url, campaign, paper="12/PĐ-UBND", reason="x").status_code == 422
    assert posted(client, url, campaign, paper="13/PĐ-UBND", reason="Gõ nhầm số").status_code == 302
    found = latest(campaign)
    assert (found.document, found.launched_on, found.state) == (right, date(2026, 1, 12), State.LAUNCHED)
    told = history(found).first()
    assert (told.act, told.changes["Ngày phát động"]) == ("Sửa văn bản phát động", ["10/01/2026", "12/01/2026"])
    late = cited("14/PĐ-UBND", "PĐ", date(2026, 6, 10))
    with pytest.raises(Refused, match="từ ngày 25/01/2026"):
        correct_paper(latest(found), by=officer, paper=late, reason="x")
    child.delete()
    stop(found, cited("20/UBND-VX", "CV", DAY), officer, kind=Kind.POSTPONE)
    with pytest.raises(Refused, match="từ ngày 01/06/2026"):
        correct_paper(latest(found), by=officer, paper=late, reason="x")
    made_here = cited("16/PĐ-UBND", "PĐ", date(2026, 1, 12), area="phat-dong", area_key=str(found.pk))
    Campaign.objects.filter(pk=found.pk).update(document=made_here)
    assert url not in client.get(campaign.get_absolute_url()).content.decode()
    with pytest.raises(Refused, match="phát hành trong phần mềm"):
        correct_paper(latest(found), by=officer, paper=late, reason="x")


def test_who_puts_a_launch_right(campaign, turn_of, client_of):
    cited("13/PĐ-UBND", "PĐ", date(2026, 1, 12))
    for who in PEOPLE:
        with turn_of(who) as user:
            url, may = reverse("correct_launch_paper", args=[campaign.pk]), who in KEEPERS
            answer = posted(client_of(user), url, campaign, paper="13/PĐ-UBND", reason="x")
            assert answer.status_code == (302 if may else 403)
            if not may:
                with pytest.raises(Refused):
                    correct_paper(campaign, by=user, paper=cited("15/PĐ-UBND"), reason="x")


def test_papers_that_decide_nothing(campaign, officer, bason):
    """An invitation, a report, a paper older than the launch, a paper of a unit that has no say."""
    invitation, report = cited("1/GM", "GM", DAY), cited("2/BC-UBND", "BC", DAY)
    old, foreign = cited("3/QĐ-UBND", "QĐ", date(2026, 1, 9)), cited("4/UBND", "CV", DAY, issuer_unit=bason.unit)
    for paper, words in (
        (invitation, "không phải loại văn bản"),
        (report, "không phải loại văn bản"),
        (old, "trước khi phát động"),
        (foreign, "không quyết định được"),
    ):
        with pytest.raises(Refused, match=words) as refused:
            stop(campaign, paper, officer)
        assert refused.value.field == "paper"
    party = make_unit("tinh-uy", "Tỉnh ủy", kind="party")
    for number, unit in enumerate((officer.unit, party, campaign.unit)):
        row = stop(campaign, cited(f"{number}/TB", "TB", DAY, issuer_unit=unit), officer)
        take_back(row, by=officer, reason="Nhầm")


def test_a_paper_of_who_went_into_the_unit_decides_on_its_campaign(child, communes, bason):
    change = UnitChange.objects.create(kind="merge", date=DAY, citation="NQ 1")
    Succession.objects.create(change=change, predecessor=communes[3], successor=communes[0])
    paper, foreign = (cited(f"{n}/UBND", "CV", DAY, issuer_unit=communes[n]) for n in (3, 2))
    with pytest.raises(Refused, match="không quyết định được"):
        stop(child, foreign, bason)
    assert stop(child, paper, bason).paper == paper


def test_a_replaced_one_comes_back(campaign, province, letter, officer):
    other = make_campaign(province, officer, "Xóa nhà tạm")
    row = stop(campaign, letter, officer, kind=Kind.REPLACE, successor=other)
    take_back(row, by=officer, reason="Nhầm")
    assert set(Campaign.objects.held()) == {campaign, other}


def test_who_takes_an_adjustment_back(campaign, letter, officer, turn_of, client_of):
    row = stop(campaign, letter, officer)
    url = reverse("take_back_adjustment", args=[row.pk])
    for who in PEOPLE:
        with turn_of(who) as user:
            may = who in KEEPERS
            assert client_of(user).get(url).status_code == (200 if may else 403)
            if may:
                assert posted(client_of(user), url, campaign, reason="Nhầm").status_code == 302
            else:
                with pytest.raises(Refused):
                    take_back(row, by=user, reason="Nhầm")
            assert latest(campaign).state == (State.LAUNCHED if may else State.STOPPED)


def test_nobody_else_knows_of_an_adjustment_of_a_unit(child, letter, bason, congson, client_of):
    row = stop(child, letter, bason)
    assert client_of(congson).get(reverse("take_back_adjustment", args=[row.pk])).status_code == 404
