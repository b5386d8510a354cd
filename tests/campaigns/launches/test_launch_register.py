"""A launch goes through the whole register: drafted, approved, numbered, replaced, recalled; and two people at once."""

from datetime import date

import pytest
from django.urls import reverse

from campaigns.campaign.actions import history
from campaigns.launches import actions as launching
from campaigns.launches import duties as launch_duties
from campaigns.launches import papers
from campaigns.models import Campaign, LaunchDuty
from documents.life.actions import agree, approve, present, submit
from documents.life.issuing import issue
from documents.life.recording import record
from documents.models import Assignment, Document, DocumentType, Duty, Effect, IssuedCopy, Report
from documents.register.actions import record_sent
from documents.steps.refusing import Refused
from units.models import Role, Succession, UnitChange

from ...conftest import make_user
from ...documents.issued import scan
from ..conftest import TODAY, at_once, cited, make_campaign
from ..reviews.test_reviews import acting_on, issued

State = Campaign.State


@pytest.fixture
def draft(province, communes, officer):
    """A campaign of the province that waits for its launch."""
    return make_campaign(province, officer, "Cả tỉnh chung tay", state=State.DRAFT, begins_on=date(2026, 6, 20))


def latest(campaign):
    return Campaign.objects.get(pk=campaign.pk)


def tied(campaign, unit):
    """The share of ``unit`` in a duty to launch on the basis of ``campaign``."""
    duty = Duty.objects.create(document=cited("179/UBND-SNV", "CV"), clause="1.a", words="Phát động phong trào thi đua")
    LaunchDuty.objects.create(duty=duty).campaigns.add(campaign)
    return Assignment.objects.create(duty=duty, unit=unit)


def test_the_clerk_numbers_the_launch_and_the_campaign_is_launched(draft, officer, leader, clerk, communes, client_of):
    paper = papers.draft_launch(draft, "PĐ", by=officer)
    assert latest(draft).is_draft
    with pytest.raises(Refused, match="muốn soạn lại thì bỏ"):
        papers.draft_launch(draft, "KH", by=officer)
    paper = issued(paper, leader, clerk)
    found = latest(draft)
    assert (paper.reference, found.state, found.launched_on) == ("01/PĐ-UBND", State.LAUNCHED, TODAY)
    assert found.document == paper
    assert bytes(IssuedCopy.objects.get(document=paper).content).startswith(b"%PDF")
    assert {row.unit for row in paper.deliveries.all()} == set(communes)
    assert (history(found).first().act, history(found).first().by) == ("Phát động", clerk)
    page = client_of(officer).get(found.get_absolute_url()).content.decode()
    assert "01/PĐ-UBND" in page


def presented(draft, officer, leader, clerk):
    """The launch of the province, drafted by its department and presented to the province."""
    paper = papers.draft_launch(draft, "PĐ", by=officer)
    paper.signer_name, paper.capacity, paper.place = "Hồ Tiến Thiệu", "CHỦ TỊCH", "Lạng Sơn"
    paper.save()
    submit(paper, by=officer)
    agree(paper, by=leader)
    return present(paper, by=clerk, day=TODAY, to_whom="Chủ tịch UBND tỉnh")


def test_the_people_of_the_province_number_its_launch_and_the_campaign_is_launched(
    draft, officer, leader, clerk, province, communes
):
    paper = presented(draft, officer, leader, clerk)
    its_leader = make_user("khai", "Lương Văn Khải", Role.BODY_LEADER, province)
    its_clerk = make_user("mo", "Hoàng Thị Mơ", Role.BODY_CLERK, province)
    approve(paper, by=its_leader)
    with pytest.raises(Refused, match="do lãnh đạo và văn thư của UBND tỉnh"):
        issue(paper, by=clerk, day=TODAY)
    paper = issue(paper, by=its_clerk, day=TODAY)
    found = latest(draft)
    assert (paper.reference, found.state, found.document) == ("01/PĐ-UBND", State.LAUNCHED, paper)
    assert {row.unit for row in paper.deliveries.all()} == set(communes)
    assert history(found).first().by == its_clerk
    assert not found.is_kept_by(its_clerk)


def test_a_launch_that_comes_back_signed_launches_the_campaign_with_the_number_that_was_given(
    draft, officer, leader, clerk, communes
):
    paper = presented(draft, officer, leader, clerk)
    scanned = scan(words="212/PĐ-UBND")
    paper = record(paper, by=clerk, reference="212/PĐ-UBND", day=TODAY, scan=scanned)
    found = latest(draft)
    assert (found.state, found.document, found.launched_on) == (State.LAUNCHED, paper, TODAY)
    assert (paper.reference, history(found).first().by) == ("212/PĐ-UBND", clerk)
    assert {row.unit for row in paper.deliveries.all()} == set(communes)


def test_a_launch_without_criteria_is_not_recorded(draft, officer, leader, clerk):
    paper = presented(draft, officer, leader, clerk)
    Campaign.objects.filter(pk=draft.pk).update(criteria="")
    with pytest.raises(Refused, match="tiêu chí"):
        record(paper, by=clerk, reference="212/PĐ-UBND", day=TODAY, scan=scan())
    paper.refresh_from_db()
    assert (paper.state, paper.number) == (Document.State.PRESENTED, None)
    assert latest(draft).is_draft


def test_a_launch_without_criteria_gets_no_number(draft, officer, leader, clerk):
    paper = papers.draft_launch(draft, "PĐ", by=officer)
    Campaign.objects.filter(pk=draft.pk).update(criteria="")
    with pytest.raises(Refused, match="tiêu chí"):
        issued(paper, leader, clerk)
    paper.refresh_from_db()
    assert (paper.state, paper.number) == (Document.State.APPROVED, None)
    assert not IssuedCopy.objects.filter(document=paper).exists()
    Campaign.objects.filter(pk=draft.pk).update(criteria="Đạt 3 tiêu chí")
    other = issued(papers.draft_launch(make_like(draft, officer), "PĐ", by=officer), leader, clerk)
    assert other.reference == "01/PĐ-UBND", "the number that was refused is not lost"


def make_like(draft, officer):
    return make_campaign(draft.unit, officer, "Một phong trào khác", state=State.DRAFT)


def test_replaced_and_recalled_by_papers_of_the_register(draft, officer, leader, clerk, province):
    first = issued(papers.draft_launch(draft, "PĐ", by=officer), leader, clerk)
    # As the page that replaces a paper drafts it: for the same area.
    same = {"area": first.area, "area_key": first.area_key}
    second = issued(acting_on(first, Effect.Kind.REPLACES, officer, province, **same), leader, clerk)
    assert latest(draft).document == second
    first.refresh_from_db()
    assert first.state == Document.State.REPLACED
    recall = issued(acting_on(second, Effect.Kind.RECALLS, officer, province), leader, clerk)
    assert latest(draft).state == State.LAUNCHED
    assert [row.act for row in history(draft)[:2]] == [
        "Văn bản phát động bị thu hồi",
        "Văn bản phát động được thay thế",
    ]
    assert recall.reference != second.reference


def test_the_launch_of_a_unit_does_its_duty(campaign, communes, congson, leader, clerk):
    share = tied(campaign, communes[1])
    own = launching.take_up([campaign], by=congson)
    paper = cited("05/KH-UBND", "KH", date(2026, 6, 10))
    launching.launch(own, by=congson, paper=paper, day=paper.dated)
    share.refresh_from_db()
    assert (share.done_by, Report.objects.get().assignment) == (congson, share)


def test_the_launch_of_a_successor_does_the_duty_of_who_went_into_it(campaign, communes, congson, officer):
    gone = communes[2]
    share = tied(campaign, gone)
    change = UnitChange.objects.create(kind="merge", date=date(2026, 6, 1), citation="NQ 1")
    Succession.objects.create(change=change, predecessor=gone, successor=communes[1])
    own = launching.take_up([campaign], by=congson)
    paper = cited("05/KH-UBND", "KH", date(2026, 6, 10))
    launching.launch(own, by=congson, paper=paper, day=paper.dated)
    share.refresh_from_db()
    assert share.done_by == congson
    # Tied after the launch it is found done as well.
    later = Assignment.objects.create(
        duty=Duty.objects.create(document=share.duty.document, clause="1.b", words="Phát động"), unit=gone
    )
    launch_duties.tie(later.duty, [campaign], by=officer)
    later.refresh_from_db()
    assert later.done_at


# --- Two at once


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_of_two_of_one_unit_who_take_a_campaign_up_at_once_one_is_told(campaign, congson):
    other = make_user("congson2", "Vi Văn Hai", Role.UNIT_OFFICER, congson.unit)
    for _ in range(5):
        Campaign.objects.filter(unit=congson.unit).delete()
        told = at_once(*(lambda by=by: launching.take_up([campaign], by=by) for by in (congson, other)))
        assert sorted(isinstance(row, Refused) for row in told) == [False, True]
        assert Campaign.objects.filter(unit=congson.unit).count() == 1


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_a_duty_that_is_tied_while_the_unit_launches_is_done_once(campaign, congson, officer):
    """Whoever comes second finds what the first did: the share is done, and reported on once."""
    for number in range(5):
        Report.objects.all().delete()
        Campaign.objects.filter(unit=congson.unit).delete()
        duty = Duty.objects.create(document=cited(f"{number}/SNV", "CV"), clause="1.a", words="Phát động")
        share = Assignment.objects.create(duty=duty, unit=congson.unit)
        own, paper = launching.take_up([campaign], by=congson), cited(f"{number}/KH-UBND", "KH", date(2026, 6, 10))
        at_once(
            lambda: launching.launch(own, by=congson, paper=paper, day=paper.dated),  # noqa: B023
            lambda: launch_duties.tie(duty, [campaign], by=officer),  # noqa: B023
        )
        share.refresh_from_db()
        assert share.done_at
        assert Report.objects.filter(assignment=share).count() == 1


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_two_duties_are_tied_at_once_to_campaigns_that_share_a_child(campaign, child, province, officer, leader):
    """Neither waits for what the other holds: both are tied, and each share is reported on once."""
    other = make_campaign(province, officer, "Phong trào khác")
    child.parents.add(other)
    for number in range(5):
        duties = [
            Duty.objects.create(document=cited(f"{number}/{name}", "CV"), clause="1.a", words="Phát động")
            for name in ("SNV", "SYT")
        ]
        shares = [Assignment.objects.create(duty=duty, unit=child.unit) for duty in duties]
        told = at_once(
            lambda: launch_duties.tie(duties[0], [campaign], by=officer),  # noqa: B023
            lambda: launch_duties.tie(duties[1], [other], by=leader),  # noqa: B023
        )
        assert [row.duty for row in told] == duties
        assert [Report.objects.filter(assignment=share).count() for share in shares] == [1, 1]


# --- A unit's own paper, issued outside the program


def test_a_unit_registers_its_paper_and_launches_its_campaign_by_it(communes, bason, officer, congson, client_of):
    draft = make_campaign(communes[0], bason, state=State.DRAFT, scope=Campaign.Scope.UNIT)
    client = client_of(bason)
    assert reverse("new_sent") in client.get(reverse("launch_campaign", args=[draft.pk])).content.decode()
    sent = {
        "type": DocumentType.objects.get(code="KH").pk,
        "reference": "7/KH-UBND",
        "date": "12/01/2026",
        "issuer_unit": communes[0].pk,
        "subject": "phát động thi đua",
        "files": scan(),
    }
    assert client.post(reverse("new_sent"), sent).status_code == 302
    launch = reverse("launch_campaign", args=[draft.pk])
    assert client.post(launch, {"paper": "7/KH-UBND", "version": draft.version}).status_code == 302
    draft.refresh_from_db()
    assert (draft.state, draft.launched_on) == (State.LAUNCHED, date(2026, 1, 12))
    # Who oversees campaigns sees that there is such a paper, and does not open it; others see neither.
    page = client_of(officer).get(draft.get_absolute_url()).content.decode()
    assert "7/KH-UBND" in page
    assert draft.document.get_absolute_url() not in page
    assert client_of(officer).get(draft.document.get_absolute_url()).status_code == 404
    assert client_of(congson).get(draft.get_absolute_url()).status_code == 404


def test_a_paper_of_another_unit_launches_nothing(communes, bason, congson, client_of):
    draft = make_campaign(communes[0], bason, state=State.DRAFT, scope=Campaign.Scope.UNIT)
    other = Document(type=DocumentType.objects.get(code="KH"), reference="8/KH-UBND", issuer_unit=communes[1])
    other.issuer_name, other.subject = communes[1].name, "phát động"
    other.year, other.month, other.day = 2026, 1, 12
    record_sent(other, by=congson)
    answer = client_of(bason).post(
        reverse("launch_campaign", args=[draft.pk]), {"paper": "8/KH-UBND", "version": draft.version}
    )
    assert (answer.status_code, "Sổ chưa có văn bản số này" in answer.content.decode()) == (422, True)
