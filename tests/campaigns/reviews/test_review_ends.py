"""How a review ends: by which paper on which day, with the final one, recalled again; the letter to those who are silent."""

from datetime import date

import pytest
from django.db import transaction
from django.urls import reverse

from campaigns.campaign.papers import named
from campaigns.examples import actions as examples
from campaigns.examples import erasing
from campaigns.examples.forms import Ground
from campaigns.examples.mentions import drafts_naming, untold_in
from campaigns.models import Campaign, Joining, Review
from campaigns.reviews import actions as reviewing
from campaigns.reviews import results
from campaigns.reviews.papers import REMINDER, draft_reminder, draft_report
from documents.life.actions import approve, discard, submit
from documents.life.issuing import issue
from documents.models import Appendix, Change, Document, Effect
from documents.papers.tables import MOST_WITHIN
from documents.printing.pages import faults_of
from documents.steps.refusing import Refused
from units.models import Unit, User

from ...conftest import make_unit
from ..conftest import PEOPLE, TODAY, cited
from ..examples.test_examples import written
from ..joinings.test_joining import joined
from .test_reviews import acting_on, issued, may, plan, tell

State, Kind = Review.State, Review.Kind


@pytest.fixture
def review(campaign, officer):
    return plan(campaign, officer)


@pytest.fixture
def final(campaign, officer):
    return plan(campaign, officer, kind=Kind.FINAL, planned_on=date(2026, 12, 20))


def fresh(review):
    return Review.objects.get(pk=review.pk)


def acts_of(campaign):
    return list(Change.objects.filter(about="campaign", key=campaign.pk).values_list("act", flat=True))


# --- By which paper, on which day


def stop(review, by, paper, day, substitute=None):
    return reviewing.stop(review, by=by, paper=paper, day=day, reason="Dịch bệnh", substitute=substitute)


def hold(review, by, paper, day):
    return reviewing.hold(review, by=by, paper=paper, day=day)


@pytest.mark.parametrize("act", [stop, hold])
@pytest.mark.parametrize("state", ["draft", "submitted", "approved", "recalled", "discarded"])
def test_a_paper_that_does_not_hold_ends_no_review(review, officer, act, state):
    paper = cited("8/UBND", "CV")
    paper.state = state
    with pytest.raises(Refused, match="không làm căn cứ được") as refused:
        act(review, officer, paper, TODAY)
    assert refused.value.field == "paper"
    assert fresh(review).state == State.OPEN


@pytest.mark.parametrize("act", [stop, hold])
def test_the_launch_ends_no_review(review, campaign, officer, act):
    with pytest.raises(Refused, match="Đây là văn bản phát động") as refused:
        act(review, officer, campaign.document, TODAY)
    assert refused.value.field == "paper"
    assert fresh(review).state == State.OPEN


def test_what_is_studied_instead_holds_as_well(review, campaign, officer):
    recalled = cited("9/BC-UBND", "BC", state="recalled")
    for paper in (recalled, campaign.document):
        with pytest.raises(Refused) as refused:
            stop(review, officer, cited(f"{paper.pk}/UBND", "CV"), TODAY, paper)
        assert refused.value.field == "substitute"


def test_a_paper_that_another_took_the_place_of_may_end_one(review, officer):
    stop(review, officer, cited("8/UBND", "CV", state="replaced"), TODAY)
    assert fresh(review).state == State.STOPPED


@pytest.mark.parametrize("name", ["stop_review", "hold_review"])
@pytest.mark.parametrize(
    ("paper_on", "day", "words"),
    [
        (date(2026, 2, 1), "16/06/2026", "Ngày 16/06/2026 chưa đến"),
        (date(2026, 2, 1), "31/12/9999", "chưa đến"),
        (date(2026, 2, 1), "02/01/2020", "Phong trào"),
    ],
)
def test_a_day_that_cannot_be_is_told_beside_its_field(review, officer, client_of, name, paper_on, day, words):
    cited("8/BC-UBND", "BC", paper_on)
    client, url = client_of(officer), reverse(name, args=[review.pk])
    version = client.get(url).context["form"]["version"].value()
    data = {"paper": "8/BC-UBND", "day": day, "reason": "Dịch bệnh", "version": version}
    answer = client.post(url, data)
    assert answer.status_code == 422
    assert words in str(answer.context["form"].errors["day"])
    assert fresh(review).state == State.OPEN


def test_a_paper_stops_nothing_before_it_was_signed_but_tells_of_what_was_held_before(review, officer):
    paper, day = cited("8/BC-UBND", "BC", date(2026, 6, 10)), date(2026, 6, 9)
    with pytest.raises(Refused, match="ký ngày 10/06/2026"):
        stop(review, officer, paper, day)
    assert hold(review, officer, paper, day).held_on == day


def test_a_review_is_stopped_before_the_campaign_begins_and_held_only_from_then_on(review, officer):
    """Launched on 10 January, begun on the 15th."""
    paper = cited("8/UBND", "CV", date(2026, 1, 10))
    day = date(2026, 1, 12)
    with pytest.raises(Refused, match="bắt đầu ngày 15/01/2026"):
        hold(review, officer, paper, day)
    with pytest.raises(Refused, match="phát động ngày 10/01/2026"):
        stop(review, officer, paper, date(2026, 1, 9))
    with pytest.raises(Refused, match=r"trước khi phát động \(10/01/2026\)"):
        stop(review, officer, cited("7/UBND", "CV", date(2026, 1, 9)), day)
    stop(review, officer, paper, day)
    assert fresh(review).stopped_on == day


# --- The final one ends the others


def test_the_final_review_stops_the_interim_ones_that_are_open(review, final, campaign, officer, client_of):
    held = hold(plan(campaign, officer), officer, cited("1/BC-UBND", "BC"), TODAY)
    client = client_of(officer)
    page = client.get(reverse("review", args=[final.pk])).content.decode()
    url = reverse("hold_review", args=[final.pk])
    for before in (page, client.get(url).content.decode()):
        assert "Khi tổng kết, đợt sơ kết còn mở được ghi dừng" in before
        assert reverse("review", args=[review.pk]) in before
        assert f'{reverse("review", args=[held.pk])}"' not in before
    for other in (review, held):
        assert "Khi tổng kết" not in client.get(reverse("review", args=[other.pk])).content.decode()
    assert "Khi tổng kết" not in client.get(reverse("stop_review", args=[final.pk])).content.decode()
    paper = cited("2/BC-UBND", "BC", date(2026, 6, 12))
    version = client.get(url).context["form"]["version"].value()
    data = {"paper": "2/BC-UBND", "day": "13/06/2026", "version": version}
    assert client.post(url, data).status_code == 302
    review.refresh_from_db()
    assert (review.state, review.stopped_by, review.stopped_on) == (State.STOPPED, paper, date(2026, 6, 13))
    assert review.stopped_for == "Đã tổng kết phong trào"
    assert (fresh(held).state, fresh(final).state) == (State.HELD, State.HELD)
    told = Change.objects.filter(about="campaign", key=campaign.pk).first()
    assert (told.act, told.reason, told.by) == (
        "Dừng tổ chức sơ kết (15/07/2026)", "Đã tổng kết phong trào", officer,
    )  # fmt: skip
    assert "Đã tổng kết phong trào" in client.get(reverse("review", args=[review.pk])).content.decode()


def test_an_interim_review_leaves_the_others_open(review, final, campaign, officer):
    second = plan(campaign, officer)
    hold(review, officer, cited("1/BC-UBND", "BC"), TODAY)
    assert (fresh(second).state, fresh(final).state) == (State.OPEN, State.OPEN)


def test_a_final_report_made_here_stops_them_and_its_recall_opens_them_again(
    review, final, campaign, officer, leader, clerk, province
):
    paper = issued(draft_report(final, by=officer), leader, clerk)
    assert (fresh(review).state, fresh(review).stopped_by) == (State.STOPPED, paper)
    issued(acting_on(paper, Effect.Kind.RECALLS, officer, province), leader, clerk)
    assert (fresh(review).state, fresh(final).state) == (State.OPEN, State.OPEN)
    campaign.refresh_from_db()
    assert campaign.state == Campaign.State.LAUNCHED


def test_what_was_stopped_for_another_reason_stays_so(review, final, officer, leader, clerk, province):
    stop(review, officer, cited("8/UBND", "CV"), TODAY)
    paper = issued(draft_report(final, by=officer), leader, clerk)
    issued(acting_on(paper, Effect.Kind.RECALLS, officer, province), leader, clerk)
    assert (fresh(review).state, fresh(final).state) == (State.STOPPED, State.OPEN)


def test_where_the_final_one_cannot_be_held_the_others_stay_open(review, final, officer):
    with pytest.raises(Refused), transaction.atomic():
        hold(final, officer, cited("1/BC-UBND", "BC"), date(2026, 1, 14))
    assert fresh(review).state == State.OPEN


# --- What is heard of papers


def test_a_report_is_heard_whatever_became_of_its_author(review, campaign, officer, leader, clerk, province):
    paper = issued(draft_report(review, by=officer), leader, clerk)
    recall = acting_on(paper, Effect.Kind.RECALLS, officer, province)
    recall.signer_name, recall.capacity, recall.place = "Hồ Tiến Thiệu", "CHỦ TỊCH", "Lạng Sơn"
    recall.save()
    submit(recall, by=officer)
    approve(recall, by=leader)
    User.objects.filter(pk=officer.pk).update(is_active=False, unit=None)
    issue(recall, by=clerk, day=TODAY)
    assert fresh(review).state == State.OPEN
    told = Change.objects.filter(about="campaign", key=campaign.pk).first()
    assert (told.act, told.by) == ("Mở lại đợt sơ kết (15/07/2026)", clerk)
    assert paper.reference in told.reason


def test_a_recall_that_changes_nothing_is_told_all_the_same(review, campaign, officer, leader, clerk, province):
    paper = issued(draft_report(review, by=officer), leader, clerk)
    Campaign.objects.filter(pk=campaign.pk).update(state="final")
    issued(acting_on(paper, Effect.Kind.RECALLS, officer, province), leader, clerk)
    told = Change.objects.filter(about="campaign", key=campaign.pk).first()
    assert (told.act, told.by) == ("Thu hồi báo cáo sơ kết (15/07/2026)", clerk)
    assert paper.reference in told.reason
    assert fresh(review).state == State.HELD


@pytest.mark.parametrize("make", [draft_report, draft_reminder])
def test_a_paper_of_a_review_that_is_gone_is_not_issued(review, campaign, bason, officer, leader, clerk, make):
    joined(campaign, bason)
    paper = make(review, by=officer)
    review.delete()
    with pytest.raises(Refused, match="không còn nữa"):
        issued(paper, leader, clerk)


# --- Open again by hand


def test_what_was_noted_by_mistake_is_opened_again(review, final, campaign, officer, client_of):
    client, url = client_of(officer), reverse("reopen_review", args=[final.pk])
    hold(final, officer, cited("60/BC-UBND", "BC"), TODAY)
    assert {fresh(review).state, fresh(final).state} == {State.STOPPED, State.HELD}

    def refused(one, words):
        page = client.get(reverse("reopen_review", args=[one.pk]), follow=True).content.decode()
        assert words in page
        with pytest.raises(Refused, match=words):
            reviewing.reopen(one, by=officer, reason="Nhầm")

    refused(review, "Hãy mở lại đợt tổng kết trước")
    for state, words in [("commended", "Lùi một bước"), ("closed", "Lùi một bước"), ("postponed", "tiếp tục trước")]:
        Campaign.objects.filter(pk=campaign.pk).update(state=state)
        refused(final, words)
    for state in ("stopped", "replaced"):
        Campaign.objects.filter(pk=campaign.pk).update(state=state)
        refused(final, "rút lại điều chỉnh")
    Campaign.objects.filter(pk=campaign.pk).update(state="final")
    assert f'href="{url}"' in client.get(reverse("review", args=[final.pk])).content.decode()
    page = client.get(url)
    seen = page.context["form"]["version"].value()
    assert "60/BC-UBND" in page.content.decode()
    answer = client.post(url, {"reason": "", "version": seen})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["reason"])
    answer = client.post(url, {"reason": "Nhầm", "version": seen - 1})
    assert (answer.status_code, "nếu vẫn muốn mở lại" in answer.content.decode()) == (422, True)
    assert client.post(url, {"reason": "Ghi nhầm đợt", "version": seen}).url == reverse("review", args=[final.pk])
    for row in (fresh(review), fresh(final)):
        assert (row.state, row.held_on, row.document, row.stopped_by) == (State.OPEN, None, None, None)
    campaign.refresh_from_db()
    assert campaign.state == "launched"
    assert acts_of(campaign)[:2] == ["Mở lại đợt sơ kết (15/07/2026)", "Mở lại đợt tổng kết (20/12/2026)"]
    refused(final, "đang nhận báo cáo")
    # One that was stopped makes way for another final one, and comes back only without it.
    stop(final, officer, cited("77/UBND", "CV"), TODAY, cited("61/BC-UBND", "BC"))
    hold(review, officer, cited("62/BC-UBND", "BC"), TODAY)
    other = plan(campaign, officer, kind=Kind.FINAL)
    refused(final, "đợt tổng kết khác")
    stop(other, officer, cited("78/UBND", "CV"), TODAY)
    reviewing.reopen(final, by=officer, reason="Nhầm")
    campaign.refresh_from_db()
    assert (fresh(final).state, fresh(final).document, campaign.state) == (State.OPEN, None, "interim")


def test_a_report_made_here_is_recalled_instead_and_who_opens_again(
    review, campaign, officer, leader, clerk, client_of, turn_of
):
    with transaction.atomic():
        issued(draft_report(review, by=officer), leader, clerk)
        url = reverse("reopen_review", args=[review.pk])
        assert "Hãy thu hồi báo cáo đó" in client_of(officer).get(url, follow=True).content.decode()
        with pytest.raises(Refused, match="thu hồi"):
            reviewing.reopen(review, by=officer, reason="Nhầm")
        transaction.set_rollback(True)
    hold(review, officer, cited("60/BC-UBND", "BC"), TODAY)
    for who in PEOPLE:
        with turn_of(who) as person:
            keeps = who in ("officer", "leader", "administrator")
            assert client_of(person).get(url).status_code == (200 if keeps else 403), who
            assert may(lambda person=person: reviewing.reopen(review, by=person, reason="x")) == keeps, who


# --- Names in the report


def test_no_name_is_issued_once_the_consent_ended(
    review, communes, bason, officer, leader, clerk, client_of, django_assert_num_queries
):
    def told(name, unit):
        found = written(unit, officer, name=name, campaign=review.campaign)
        found = examples.give_consent(found, by=officer, on=TODAY, words="Bản ký")
        return examples.publish(found, by=officer)

    def attempt():
        """Issue the report as it stands, and take that back."""
        with transaction.atomic():
            try:
                issued(Document.objects.get(pk=paper.pk), leader, clerk)
                return ""
            except Refused as refused:
                return str(refused)
            finally:
                transaction.set_rollback(True)

    # Marks are escaped in a paper; one shares the name, and one has a name that is a word.
    binh, other = told("Hoàng *Văn* Bình", communes[0]), told("hoàng văn bình", communes[1])
    lan = told("Lan", communes[0])
    paper = draft_report(review, by=officer)
    assert (attempt(), drafts_naming(binh), drafts_naming(lan)) == ("", [paper], [paper])
    binh = examples.withdraw_consent(binh, by=bason)
    assert "nêu họ tên Hoàng *Văn* Bình (UBND xã Ba Sơn): gương này không công bố" in attempt()
    lan = examples.take_off(lan, by=officer, reason="Chờ xác minh")
    assert "(UBND xã Ba Sơn); Lan (UBND xã Ba Sơn)" in attempt()
    with django_assert_num_queries(2):
        assert [row.pk for row in untold_in(paper, review.campaign_id)] == [binh.pk, lan.pk]
    page = client_of(officer).get(binh.get_absolute_url()).content.decode()
    assert "Dự thảo báo cáo còn nêu họ tên" in page
    assert f'href="{paper.get_absolute_url()}"' in page
    page = client_of(bason).get(binh.get_absolute_url()).content.decode()
    assert "Dự thảo của Sở Nội vụ: hãy báo đơn vị đó" in page
    assert paper.get_absolute_url() not in page
    # Afterwards nothing could tell the clerk: first the draft, then the erasure.
    with pytest.raises(Refused, match="Hãy bỏ họ tên khỏi dự thảo trước"):
        erasing.erase(binh, by=bason, reason=Ground.LAW.label)
    rows = [row for row in paper.body.splitlines() if "UBND xã Ba Sơn" not in row]
    paper.body = "\n".join(rows).replace("# III", "Phong trào lan rộng.\n\n# III")
    paper.save()
    assert (attempt(), drafts_naming(binh), drafts_naming(other)) == ("", [], [paper])
    erasing.erase(binh, by=bason, reason=Ground.LAW.label)
    Appendix.objects.create(document=paper, title="Gương", body="| Lan | UBND xã Ba Sơn |")
    assert "Lan" in attempt()


def test_a_longer_name_and_another_example_of_a_person_are_no_other_person(review, communes, officer):
    """Lan is not named where Lan Anh is; and who may be told of with one deed is told of."""
    for name in ("Hoàng Thị Lan Anh", "Lộc Văn Khải"):
        row = written(communes[0], officer, name=name, campaign=review.campaign)
        examples.publish(examples.give_consent(row, by=officer, on=TODAY, words="Bản ký"), by=officer)
    paper = draft_report(review, by=officer)
    shorter = written(communes[0], officer, name="Hoàng Thị Lan", campaign=review.campaign)
    again = written(communes[0], officer, name="Lộc Văn Khải", campaign=review.campaign, title="Việc khác")
    elsewhere = written(communes[1], officer, name="Lộc Văn Khải", campaign=review.campaign)
    assert untold_in(paper, review.campaign_id) == []
    assert drafts_naming(shorter) == drafts_naming(again) == drafts_naming(elsewhere) == []
    paper.body += "\n\nHoàng Thị Lan Anh và Hoàng Thị Lan; Lộc Văn Khải, UBND xã Công Sơn."
    paper.save()
    assert untold_in(paper, review.campaign_id) == [shorter, elsewhere]
    assert drafts_naming(shorter) == [paper]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("“Chung sức”", "phong trào thi đua “Chung sức”"),
        ("«Chung sức»", "phong trào thi đua “Chung sức”"),
        ('"Thi đua yêu nước"', "thi đua yêu nước"),
        ("“Chung tay” và “Góp sức”", "phong trào thi đua ““Chung tay” và “Góp sức””"),
    ],
)
def test_quotes_around_a_name_are_not_set_twice(name, words):
    assert named(Campaign(name=name)) == words


# --- The letter to those who did not report


@pytest.fixture
def silent(campaign, review, bason, congson):
    """Ba Sơn reported, Công Sơn joined and wrote something that it did not send, the others did not join."""
    tell(joined(campaign, bason), review, bason, 4)
    tell(joined(campaign, congson), review, congson, 4, is_sent=False)
    return review


def test_a_letter_reminds_those_who_joined_and_did_not_report(silent, campaign, officer, leader, clerk, client_of):
    client = client_of(officer)
    page = reverse("review", args=[silent.pk])
    url = reverse("remind_reports", args=[silent.pk])
    assert url in client.get(page).content.decode()
    answer = client.post(url)
    paper = Document.objects.get(area=REMINDER.kind)
    assert answer.url == paper.get_absolute_url()
    assert (paper.type.code, paper.area_key, paper.to) == ("CV", str(silent.pk), "UBND xã Công Sơn")
    assert [row.label for row in paper.addressees.all()] == ["UBND xã Công Sơn"]
    assert paper.subject == "đôn đốc báo cáo sơ kết phong trào thi đua “Chung sức xây dựng nông thôn mới”"
    for words in (
        "Thực hiện Phát động số 12/PĐ-UBND",
        "hạn báo cáo ngày 30 tháng 6 năm 2026",
        "còn 01 đơn vị nêu trên chưa",
    ):
        assert words in paper.body
    assert not paper.appendices.exists()
    assert paper.get_absolute_url() in client.get(page).content.decode()
    paper = issued(paper, leader, clerk)
    assert [row.unit.name for row in paper.deliveries.all()] == ["UBND xã Công Sơn"]
    assert fresh(silent).state == State.OPEN


def test_many_stand_on_a_list_behind_it(campaign, review, officer):
    for number in range(MOST_WITHIN + 1):
        unit = make_unit(f"x-{number}", f"UBND xã [{number:02}]", kind=Unit.Kind.COMMUNE)
        Joining.objects.create(campaign=campaign, unit=unit, people=1, joined_on=TODAY, by=officer)
        if number == MOST_WITHIN - 1:
            with transaction.atomic():
                few = draft_reminder(review, by=officer)
                assert not few.appendices.exists()
                assert few.to.count("\n") == MOST_WITHIN - 1
                transaction.set_rollback(True)
    paper = draft_reminder(review, by=officer)
    assert paper.to == "Các cơ quan, đơn vị trong danh sách kèm theo"
    assert "còn 13 đơn vị có tên trong danh sách kèm theo" in paper.body
    assert "| 13 | UBND xã \\[12\\] |" in paper.appendices.get().body
    assert paper.addressees.count() == 13
    paper.signer_name, paper.capacity, paper.place = "Hồ Tiến Thiệu", "CHỦ TỊCH", "Lạng Sơn"
    paper.save()
    assert faults_of(paper, []) == []


def test_nobody_is_reminded_where_all_reported(campaign, review, bason, officer, client_of):
    url = reverse("remind_reports", args=[review.pk])
    page = reverse("review", args=[review.pk])
    for _ in range(2):
        assert url not in client_of(officer).get(page).content.decode()
        with pytest.raises(Refused, match="đều đã báo cáo"):
            draft_reminder(review, by=officer)
        if not campaign.joinings.exists():
            tell(joined(campaign, bason), review, bason, 4)
    answer = client_of(officer).post(url, follow=True)
    assert "đều đã báo cáo" in answer.content.decode()
    assert not Document.objects.filter(area=REMINDER.kind).exists()


def test_a_unit_that_ended_gets_no_letter(silent, congson, officer):
    Unit.objects.filter(pk=congson.unit_id).update(ended=date(2026, 6, 14))
    with pytest.raises(Refused, match="đều đã báo cáo"):
        draft_reminder(silent, by=officer)


def test_one_letter_at_a_time(silent, officer, leader, clerk):
    first = draft_reminder(silent, by=officer)
    with pytest.raises(Refused, match="muốn soạn lại thì bỏ"):
        draft_reminder(silent, by=leader)
    discard(first, by=officer)
    second = issued(draft_reminder(silent, by=officer), leader, clerk)
    assert draft_reminder(silent, by=officer).pk not in (first.pk, second.pk)


@pytest.mark.parametrize("state", ["postponed", "stopped", "final"])
def test_nobody_is_reminded_when_nobody_can_report(silent, campaign, officer, client_of, state):
    Campaign.objects.filter(pk=campaign.pk).update(state=state)
    with pytest.raises(Refused, match=results.fault_of_time(silent, Campaign.objects.get(pk=campaign.pk))):
        draft_reminder(silent, by=officer)
    page = client_of(officer).get(reverse("review", args=[silent.pk])).content.decode()
    assert "Soạn công văn đôn đốc" not in page


def test_the_letter_is_not_issued_once_the_review_is_over(silent, officer, leader, clerk):
    paper = draft_reminder(silent, by=officer)
    hold(silent, officer, cited("1/BC-UBND", "BC"), TODAY)
    with pytest.raises(Refused, match="đã thực hiện"):
        draft_reminder(silent, by=officer)
    with pytest.raises(Refused, match="Không phát hành công văn đôn đốc nữa"):
        issued(paper, leader, clerk)
    paper.refresh_from_db()
    assert paper.number is None


def test_who_reminds(turn_of, silent, client_of):
    url = reverse("remind_reports", args=[silent.pk])
    done, codes = [], {}
    for who in PEOPLE:
        with turn_of(who) as person:
            codes[who] = client_of(person).post(url).status_code
        with turn_of(who) as person:
            if may(lambda person=person: draft_reminder(silent, by=person)):
                done.append(who)
    keepers = ["officer", "leader", "administrator"]
    assert codes == {who: 302 if who in keepers else 403 for who in PEOPLE}
    assert done == keepers


def test_an_address_alone_reminds_nobody(silent, officer, client_of):
    assert client_of(officer).get(reverse("remind_reports", args=[silent.pk])).status_code == 405
