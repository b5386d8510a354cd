"""Campaigns drafted, taken up, launched by a paper made here or elsewhere; the duty that launching does; who may what."""

from datetime import date

import pytest
from django.urls import reverse

from campaigns import launching, papers
from campaigns.models import Campaign, LaunchDuty
from documents.models import Assignment, Change, Document, Duty
from documents.moves import MoveRefused
from documents.printing import set_pages
from documents.steps import Refused
from documents.typesetting import missing_packages
from tests.conftest import make_unit, make_user
from units.models import Role, Unit

from .conftest import PEOPLE, TODAY, cited, make_campaign

State = Campaign.State


@pytest.fixture
def draft(communes, bason):
    """A draft of UBND xã Ba Sơn that lacks nothing."""
    found = make_campaign(communes[0], bason, "Xã sạch", state=State.DRAFT, scope="unit", asked_kinds=[])
    return Campaign.objects.get(pk=found.pk)


def typed(**fields):
    facts = {
        "name": "Thi đua làm thủy lợi",
        "kind": "themed",
        "scope": "unit",
        "begins_on": "01/07/2026",
        "ends_on": "30/11/2026",
        "participants": "Cán bộ, Nhân dân",
        "contents": "Nạo vét kênh mương",
        "criteria": "Hoàn thành từ 5 km",
        "version": 1,
    }
    return facts | fields


# --- Drafted


def test_a_unit_drafts_its_own_campaign(bason, communes, client_of):
    answer = client_of(bason).post(reverse("new_campaign"), typed(unit=communes[0].pk))
    made = Campaign.objects.get()
    assert answer.status_code == 302
    assert (made.unit, made.level, made.state, made.author) == (communes[0], "unit", "draft", bason)
    assert Change.objects.filter(about="campaign", key=made.pk, by=bason).exists()


def test_nobody_drafts_for_another_unit(bason, communes, province, client_of):
    for unit in (communes[1], province):
        answer = client_of(bason).post(reverse("new_campaign"), typed(unit=unit.pk))
        assert answer.status_code == 422
        assert "unit" in answer.context["form"].errors
    with pytest.raises(Refused, match="Chỉ cán bộ của"):
        launching.save(Campaign(**facts_of(communes[1])), by=bason)
    assert not Campaign.objects.exists()


def facts_of(unit, **facts):
    return {"unit": unit, "name": "Khác", "begins_on": TODAY, "ends_on": TODAY, **facts}


def test_the_department_drafts_for_the_province_and_records_those_of_the_nation(officer, province, client_of):
    client = client_of(officer)
    fields = typed(unit=province.pk, asked_kinds=["commune"], scope="province")
    assert client.post(reverse("new_campaign"), fields).status_code == 302
    assert client.post(reverse("new_campaign"), fields | {"of_nation": "on", "name": "Cả nước"}).status_code == 302
    assert list(Campaign.objects.order_by("pk").values_list("level", flat=True)) == ["province", "nation"]
    assert Campaign.objects.last().asked_kinds == ["commune"]
    wrong = client.post(reverse("new_campaign"), fields | {"of_nation": "on", "unit": officer.unit_id})
    assert "UBND tỉnh" in wrong.context["form"].errors["of_nation"][0]


@pytest.mark.parametrize(
    ("fields", "field", "words"),
    [
        ({"ends_on": "01/06/2026"}, "ends_on", "Ngày kết thúc phải từ ngày bắt đầu"),
        ({"interim_on": "30/06/2026"}, "interim_on", "từ ngày bắt đầu (01/07/2026)"),
        ({"interim_on": "01/12/2026"}, "interim_on", "không được sau ngày kết thúc"),
        ({"final_on": "01/01/2026"}, "final_on", "từ ngày bắt đầu"),
        ({"nominations_until": "01/01/2026"}, "nominations_until", "từ ngày bắt đầu"),
        ({"name": ""}, "name", "Hãy điền"),
        ({"quota_people": "-1"}, "quota_people", "0"),
    ],
)
def test_dates_and_figures_that_cannot_be_come_back_filled(bason, communes, client_of, fields, field, words):
    answer = client_of(bason).post(reverse("new_campaign"), typed(unit=communes[0].pk) | fields)
    assert answer.status_code == 422
    found = answer.context["form"].errors
    assert words in str(found.get(field) or found)
    assert "Nạo vét kênh mương" in answer.content.decode()
    assert not Campaign.objects.exists()


def test_what_somebody_else_saved_is_not_overwritten_unseen(draft, bason, communes, client_of):
    theirs = Campaign.objects.get(pk=draft.pk)
    theirs.contents = "Nội dung khác"
    launching.save(theirs, by=bason, seen_version=1)
    url = reverse("edit_campaign", args=[draft.pk])
    answer = client_of(bason).post(url, typed(unit=communes[0].pk))
    assert answer.status_code == 422
    assert "Nội dung khác" in answer.content.decode()
    assert client_of(bason).post(url, typed(unit=communes[0].pk, version=2)).status_code == 302


def test_a_draft_without_papers_is_taken_out(draft, bason, client_of):
    assert client_of(bason).post(reverse("remove_campaign", args=[draft.pk])).status_code == 302
    assert not Campaign.objects.exists()
    assert Change.objects.filter(about="campaign", act="Xóa bản đang lập").exists()


def test_what_was_launched_is_not_taken_out(campaign, officer, client_of):
    client_of(officer).post(reverse("remove_campaign", args=[campaign.pk]))
    assert Campaign.objects.filter(pk=campaign.pk).exists()


# --- On the basis of others


def test_one_click_takes_a_campaign_up_with_its_aims_and_dates(campaign, congson, client_of):
    answer = client_of(congson).post(reverse("take_up_campaign", args=[campaign.pk]))
    made = Campaign.objects.get(unit=congson.unit)
    assert answer.url == reverse("edit_campaign", args=[made.pk])
    assert list(made.parents.all()) == [campaign]
    assert (made.aims, made.contents, made.criteria) == (campaign.aims, campaign.contents, campaign.criteria)
    # It begins today: nobody launches for days that are over.
    assert (made.begins_on, made.ends_on, made.state) == (TODAY, campaign.ends_on, State.DRAFT)
    again = client_of(congson).post(reverse("take_up_campaign", args=[campaign.pk]), follow=True)
    assert "Đơn vị đã lập" in again.content.decode()
    assert Campaign.objects.filter(unit=congson.unit).count() == 1


def test_a_campaign_may_rest_on_several(campaign, province, officer, bason, communes, client_of):
    other = make_campaign(province, officer, "Đợt thi đua đặc biệt")
    fields = typed(unit=communes[0].pk, parents=[campaign.pk, other.pk])
    assert client_of(bason).post(reverse("new_campaign"), fields).status_code == 302
    assert set(Campaign.objects.get(unit=communes[0]).parents.all()) == {campaign, other}


def test_a_child_that_is_longer_than_its_parent_needs_a_reason(campaign, bason, communes, client_of):
    fields = typed(unit=communes[0].pk, parents=[campaign.pk], ends_on="31/12/2026")
    answer = client_of(bason).post(reverse("new_campaign"), fields)
    assert "ra ngoài thời gian" in answer.context["form"].errors["overruled"][0]
    assert client_of(bason).post(reverse("new_campaign"), fields | {"overruled": "Vụ đông"}).status_code == 302
    assert Campaign.objects.get(unit=communes[0]).overruled == "Vụ đông"


@pytest.mark.parametrize("state", [State.STOPPED, State.CLOSED, State.REPLACED])
def test_nothing_rests_on_a_campaign_that_is_over_without_a_reason(campaign, congson, state):
    Campaign.objects.filter(pk=campaign.pk).update(state=state)
    campaign.refresh_from_db()
    with pytest.raises(Refused, match="không phát động trên cơ sở đó"):
        launching.take_up([campaign], by=congson)
    draft = Campaign(**facts_of(congson.unit, author=congson))
    with pytest.raises(Refused) as refused:
        launching.save(draft, by=congson, parents=[campaign])
    assert refused.value.field == "overruled"


def test_the_own_campaign_is_no_basis(child, bason):
    with pytest.raises(Refused, match="chính đơn vị"):
        launching.take_up([child], by=bason)


# --- Launched


def test_a_paper_made_elsewhere_launches(draft, bason, client_of):
    paper = cited("07/KH-UBND", "KH", date(2026, 2, 3))
    url = reverse("launch_campaign", args=[draft.pk])
    assert client_of(bason).post(url, {"paper": "07/KH-UBND"}).status_code == 302
    draft.refresh_from_db()
    assert (draft.state, draft.document, draft.launched_on) == (State.LAUNCHED, paper, date(2026, 2, 3))


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"criteria": ""}, "tiêu chí"),
        ({"contents": ""}, "nội dung thi đua"),
        ({"participants": " "}, "đối tượng"),
    ],
)
def test_without_criteria_nothing_is_launched(draft, bason, client_of, facts, words):
    Campaign.objects.filter(pk=draft.pk).update(**facts)
    cited("07/KH-UBND", "KH")
    answer = client_of(bason).post(reverse("launch_campaign", args=[draft.pk]), {"paper": "07/KH-UBND"})
    assert words in answer.context["form"].non_field_errors()[0]
    with pytest.raises(Refused, match=words):
        papers.draft_launch(draft, "KH", by=bason)


@pytest.mark.parametrize(
    ("paper", "words"),
    [
        ({"day": date(2026, 12, 31)}, "chưa đến ngày đó"),
        ({"state": Document.State.RECALLED}, "văn bản đang có hiệu lực"),
    ],
)
def test_a_paper_that_cannot_have_launched_it_is_refused(draft, bason, paper, words):
    found = cited("07/KH-UBND", "KH", **paper)
    with pytest.raises(Refused, match=words):
        launching.launch(draft, by=bason, paper=found, day=found.dated)


def test_a_unit_that_had_ended_launches_nothing(draft, bason):
    Unit.objects.filter(pk=bason.unit_id).update(founded=date(2026, 3, 1))
    draft.refresh_from_db()
    with pytest.raises(Refused, match="không hoạt động vào ngày 03/02/2026"):
        launching.launch(draft, by=bason, paper=cited("07/KH-UBND", "KH", date(2026, 2, 3)), day=date(2026, 2, 3))


def test_a_campaign_is_launched_once(campaign, officer):
    with pytest.raises(Refused, match="không phát động lần nữa"):
        launching.launch(campaign, by=officer, paper=cited("99/PĐ-UBND"), day=date(2026, 1, 10))


def test_what_was_launched_stands_still(campaign, officer, client_of):
    changed = Campaign.objects.get(pk=campaign.pk)
    changed.ends_on = date(2027, 1, 1)
    with pytest.raises(Refused, match="chỉ thay đổi bằng «Điều chỉnh»"):
        launching.save(changed, by=officer, parents=[])
    form = client_of(officer).get(reverse("edit_campaign", args=[campaign.pk])).context["form"]
    assert set(form.fields) == {"version", "follower", "quota_collectives", "quota_people", "nominations_until"}
    fields = {"follower": officer.pk, "quota_people": 3, "version": 1}
    assert client_of(officer).post(reverse("edit_campaign", args=[campaign.pk]), fields).status_code == 302
    campaign.refresh_from_db()
    assert (campaign.follower, campaign.quota_people, campaign.ends_on) == (officer, 3, date(2026, 12, 15))


@pytest.mark.parametrize("type", ["PĐ", "KH", "QĐ"])
def test_the_launch_is_made_here_and_launches_when_it_is_issued(campaign, congson, type):
    draft = launching.take_up([campaign], by=congson)
    document = papers.draft_launch(draft, type, by=congson)
    words = document.body + "".join(row.body for row in document.appendices.all())
    for part in ("Thi đua làm đường giao thông", "Đạt từ 3 tiêu chí trở lên", "từ ngày 15/06/2026", "15/12/2026"):
        assert part.lower() in words.lower()
    if type == "PĐ":
        assert "12/PĐ-UBND" in words
    with pytest.raises(Refused, match="Hãy mở văn bản đó"):
        papers.draft_launch(draft, type, by=congson)
    document.year, document.month, document.day, document.state = 2026, 6, 14, Document.State.ISSUED
    papers.hear_launch(document, Document.State.ISSUED)
    draft.refresh_from_db()
    assert (draft.state, draft.launched_on, draft.document) == (State.LAUNCHED, date(2026, 6, 14), document)


@pytest.mark.skipif(bool(missing_packages()), reason="PDF needs Debian packages")
@pytest.mark.parametrize("type", ["PĐ", "KH", "QĐ"])
def test_the_launch_can_be_printed(campaign, congson, type):
    document = papers.draft_launch(launching.take_up([campaign], by=congson), type, by=congson)
    _, faults = set_pages(document, user=congson)
    # Nobody signs for the units of these tests.
    assert {fault.field for fault in faults} <= {"signature"}


def test_a_paper_is_not_issued_for_a_campaign_that_lost_its_criteria(campaign, congson):
    draft = launching.take_up([campaign], by=congson)
    document = papers.draft_launch(draft, "KH", by=congson)
    Campaign.objects.filter(pk=draft.pk).update(criteria="")
    document.year, document.month, document.day, document.state = 2026, 6, 14, Document.State.ISSUED
    with pytest.raises(MoveRefused, match="tiêu chí"):
        papers.hear_launch(document, Document.State.ISSUED)


# --- The duty to launch one's own


@pytest.fixture
def duty(campaign, communes, officer):
    """The letter's point 1.a, asked of two communes, tied to the campaign."""
    letter = cited("201/UBND-KGVX", "CV", date(2026, 1, 20))
    duty = Duty.objects.create(document=letter, clause="1.a", words="Phát động phong trào thi đua của đơn vị")
    for unit in communes[:2]:
        Assignment.objects.create(duty=duty, unit=unit)
    launching.tie(duty, [campaign], by=officer)
    return duty


def test_launching_does_the_duty(duty, campaign, bason, communes):
    draft = launching.take_up([campaign], by=bason)
    launching.launch(draft, by=bason, paper=cited("07/KH-UBND", "KH", date(2026, 6, 10)), day=date(2026, 6, 10))
    done = {row.unit: row for row in duty.assignments.all()}
    assert done[communes[0]].done_at is not None
    assert done[communes[1]].done_at is None
    assert "07/KH-UBND" in done[communes[0]].reports.get().words


def test_a_campaign_on_another_basis_does_no_duty(duty, draft, bason):
    launching.launch(draft, by=bason, paper=cited("07/KH-UBND", "KH", date(2026, 6, 10)), day=date(2026, 6, 10))
    assert not duty.assignments.exclude(done_at=None).exists()


def test_the_department_ties_a_duty_on_the_page(campaign, officer, bason, client_of):
    letter = cited("301/UBND-KGVX", "CV")
    duty = Duty.objects.create(document=letter, clause="2", words="Phát động")
    url = reverse("tie_launch_duty", args=[campaign.pk])
    assert client_of(bason).post(url, {"duty": duty.pk}).status_code == 403
    assert client_of(officer).post(url, {"duty": duty.pk}).status_code == 302
    assert list(LaunchDuty.objects.get(duty=duty).campaigns.all()) == [campaign]


# --- Steps after that


def test_a_campaign_goes_its_way_step_by_step(campaign, officer, client_of):
    url = reverse("campaign_step", args=[campaign.pk])
    client_of(officer).post(url, {"state": "closed"})
    campaign.refresh_from_db()
    assert campaign.state == State.LAUNCHED
    Campaign.objects.filter(pk=campaign.pk).update(state=State.FINAL)
    for state in ("commended", "closed"):
        client_of(officer).post(url, {"state": state})
        campaign.refresh_from_db()
        assert campaign.state == state
    assert Change.objects.filter(about="campaign", key=campaign.pk).count() == 2


def test_no_step_leads_where_none_may(campaign, officer):
    for state in ("draft", "launched", "stopped", "x"):
        with pytest.raises(Refused):
            launching.advance(campaign, state, by=officer)


# --- Who may

KEEPERS = {"officer", "leader", "administrator"}


def test_who_changes_a_campaign_of_the_province(campaign, turn_of, client_of):
    for who in PEOPLE:
        with turn_of(who) as user:
            client = client_of(user)
            expected = 200 if who in KEEPERS else 403
            assert client.get(reverse("edit_campaign", args=[campaign.pk])).status_code == expected
            expected = 302 if who in KEEPERS else 403
            for name in ("campaign_step", "remove_campaign", "remind_launches"):
                assert client.post(reverse(name, args=[campaign.pk])).status_code == expected, name
            with pytest.raises(Refused):
                launching.advance(campaign, State.CLOSED, by=user)


def test_who_sees_and_changes_a_campaign_of_a_unit(child, draft, turn_of, client_of):
    for who in PEOPLE:
        with turn_of(who) as user:
            client = client_of(user)
            sees = who in KEEPERS | {"clerk", "bason"}
            for found in (child, draft):
                assert client.get(found.get_absolute_url()).status_code == (200 if sees else 404)
                edits = 200 if who == "bason" else 403 if sees else 404
                assert client.get(reverse("edit_campaign", args=[found.pk])).status_code == edits
            if who != "bason":
                with pytest.raises(Refused, match="Chỉ cán bộ của"):
                    launching.launch(draft, by=user, paper=cited(f"{who}/KH-UBND", "KH"), day=date(2026, 1, 10))


def test_who_may_draft_at_all(turn_of, client_of, province):
    writes = KEEPERS | {"clerk", "bason", "congson"}
    for who in PEOPLE:
        with turn_of(who) as user:
            assert client_of(user).get(reverse("new_campaign")).status_code == (200 if who in writes else 403)


def test_those_above_and_below_see_what_a_unit_launched(child, communes, client_of):
    district = make_unit("huyen", "UBND huyện Cũ", kind=Unit.Kind.DISTRICT)
    Unit.objects.filter(pk=communes[0].pk).update(superior=district)
    office = make_unit("phong", "Phòng Văn hóa", kind=Unit.Kind.OFFICE, superior=communes[0])
    for n, unit in enumerate((district, office)):
        user = make_user(f"nguoi-{n}", f"Người {n}", Role.UNIT_OFFICER, unit)
        assert client_of(user).get(child.get_absolute_url()).status_code == 200
    Campaign.objects.filter(pk=child.pk).update(state=State.DRAFT, launched_on=None)
    assert client_of(user).get(child.get_absolute_url()).status_code == 404


def test_drafts_of_the_province_are_hidden_from_units(province, officer, bason, client_of):
    draft = make_campaign(province, officer, state=State.DRAFT)
    assert client_of(bason).get(draft.get_absolute_url()).status_code == 404
    assert client_of(officer).get(draft.get_absolute_url()).status_code == 200


@pytest.mark.parametrize(
    ("facts", "phase", "state"),
    [
        ({}, "Đang triển khai", "running"),
        ({"begins_on": date(2026, 7, 1)}, "Đã phát động", "launched"),
        ({"ends_on": date(2026, 6, 1), "interim_on": None}, "Hết thời gian, chờ tổng kết", "waiting"),
        ({"state": State.INTERIM}, "Đã sơ kết", "running"),
        ({"state": State.STOPPED}, "Dừng", "stopped"),
    ],
)
def test_the_page_tells_how_far_a_campaign_is_today(campaign, officer, client_of, facts, phase, state):
    Campaign.objects.filter(pk=campaign.pk).update(**facts)
    campaign.refresh_from_db()
    assert campaign.phase == phase
    client = client_of(officer)
    assert phase in client.get(campaign.get_absolute_url()).content.decode()
    assert campaign in client.get(reverse("campaigns"), {"state": state}).context["page_obj"]
    others = {"running", "waiting", "stopped"} - {state}
    for other in others:
        assert campaign not in client.get(reverse("campaigns"), {"state": other}).context["page_obj"]
