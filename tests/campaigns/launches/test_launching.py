"""Campaigns drafted, taken up, launched by a paper made here or elsewhere; the duty that launching does; who may what."""

from datetime import date
from itertools import pairwise

import pytest
from django.urls import reverse

from campaigns.campaign.actions import history
from campaigns.campaign.rules import LAUNCHING
from campaigns.launches import actions as launching
from campaigns.launches import duties as launch_duties
from campaigns.launches import papers
from campaigns.models import Campaign, LaunchDuty
from documents.areas import papers as areas
from documents.life.actions import discard
from documents.models import Assignment, Change, Document, Duty, Effect
from documents.printing.pages import set_pages
from documents.source.markdown import faults, parse
from documents.steps.refusing import Refused
from documents.typesetting import missing_packages
from units.models import Role, Unit

from ...conftest import make_unit, make_user
from ...exported import table_of
from ..conftest import PEOPLE, TODAY, cited, make_campaign

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
        ({"begins_on": "01/01/1850"}, "begins_on", "01/01/2000"),
        ({"ends_on": "31/12/9999"}, "ends_on", "31/12/2100"),
        ({"final_on": "01/01/2101"}, "final_on", "31/12/2100"),
        ({"nominations_until": "31/12/1999"}, "nominations_until", "01/01/2000"),
        ({"parents": ["9" * 20]}, "parents", "9" * 20),
        ({"parents": ["x"]}, "parents", "x"),
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


@pytest.mark.parametrize(("text", "number"), [("1.000", 1000), ("25", 25), ("", None)])
def test_thousands_of_the_quota_as_this_country_writes_them(bason, communes, client_of, text, number):
    client_of(bason).post(reverse("new_campaign"), typed(unit=communes[0].pk, quota_people=text))
    assert Campaign.objects.get().quota_people == number


@pytest.mark.parametrize("text", ["1.00", "1,000", "1.5", "0.125", "1234.567", "99999", "-1"])
def test_a_quota_that_could_be_read_in_two_ways_is_refused(bason, communes, client_of, text):
    answer = client_of(bason).post(reverse("new_campaign"), typed(unit=communes[0].pk, quota_people=text))
    assert "quota_people" in answer.context["form"].errors


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
    assert (
        client_of(bason).post(reverse("remove_campaign", args=[draft.pk]), {"version": draft.version}).status_code
        == 302
    )
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
    assert client_of(bason).post(url, {"paper": "07/KH-UBND", "version": draft.version}).status_code == 302
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
    answer = client_of(bason).post(
        reverse("launch_campaign", args=[draft.pk]), {"paper": "07/KH-UBND", "version": draft.version}
    )
    assert words in answer.context["form"].non_field_errors()[0]
    with pytest.raises(Refused, match=words):
        papers.draft_launch(draft, "KH", by=bason)


@pytest.mark.parametrize(
    ("paper", "words"),
    [
        ({"day": date(2026, 12, 31)}, "chưa đến ngày đó"),
        ({"state": Document.State.RECALLED}, "văn bản đang có hiệu lực"),
        ({"day": date(2025, 1, 1)}, "trên một năm"),
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
    with pytest.raises(Refused, match="nên chưa làm được việc này"):
        launching.launch(campaign, by=officer, paper=cited("99/PĐ-UBND"), day=date(2026, 1, 10))


def test_what_was_launched_stands_still(campaign, officer, client_of):
    changed = Campaign.objects.get(pk=campaign.pk)
    changed.ends_on = date(2027, 1, 1)
    with pytest.raises(Refused, match="chỉ thay đổi bằng «Điều chỉnh»"):
        launching.save(changed, by=officer, parents=[])
    form = client_of(officer).get(reverse("edit_campaign", args=[campaign.pk])).context["form"]
    assert set(form.fields) == {"version", "follower", "quota_collectives", "quota_people", "asked_kinds"}
    fields = {"follower": officer.pk, "quota_people": 3, "version": 1, "asked_kinds": ["commune"]}
    assert client_of(officer).post(reverse("edit_campaign", args=[campaign.pk]), fields).status_code == 302
    campaign.refresh_from_db()
    assert (campaign.follower, campaign.quota_people, campaign.ends_on) == (officer, 3, date(2026, 12, 15))


@pytest.mark.parametrize("type", ["PĐ", "KH", "QĐ"])
def test_the_launch_is_made_here_and_launches_when_it_is_issued(campaign, congson, type):
    draft = launching.take_up([campaign], by=congson)
    document = papers.draft_launch(draft, type, by=congson)
    words = document.body + "".join(row.body for row in document.appendices.all())
    for part in (
        "Thi đua làm đường giao thông",
        "Đạt từ 3 tiêu chí trở lên",
        "từ ngày 15 tháng 6 năm 2026",
        "15 tháng 12 năm 2026",
    ):
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
    with pytest.raises(Refused, match="tiêu chí"):
        papers.hear_launch(document, Document.State.ISSUED)


# --- The duty to launch one's own


@pytest.fixture
def duty(campaign, communes, officer):
    """The letter's point 1.a, asked of two communes, tied to the campaign."""
    letter = cited("201/UBND-KGVX", "CV", date(2026, 1, 20))
    duty = Duty.objects.create(document=letter, clause="1.a", words="Phát động phong trào thi đua của đơn vị")
    for unit in communes[:2]:
        Assignment.objects.create(duty=duty, unit=unit)
    launch_duties.tie(duty, [campaign], by=officer)
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


# --- Who may

KEEPERS = {"officer", "leader", "administrator"}


def test_who_changes_a_campaign_of_the_province(campaign, turn_of, client_of):
    for who in PEOPLE:
        with turn_of(who) as user:
            client = client_of(user)
            expected = 200 if who in KEEPERS else 403
            assert client.get(reverse("edit_campaign", args=[campaign.pk])).status_code == expected
            for name, expected in (("remove_campaign", 422), ("remind_launches", 302)):
                expected = expected if who in KEEPERS else 403
                assert client.post(reverse(name, args=[campaign.pk])).status_code == expected, name


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
                with pytest.raises(Refused, match="do cán bộ của"):
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
        ({"state": State.INTERIM}, "Đã sơ kết", "interim"),
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


# --- Postponed


def test_a_postponed_campaign_does_not_go_on_but_may_be_adjusted(campaign):
    for state in State:
        campaign.state = state
        Campaign.objects.filter(pk=campaign.pk).update(state=state, launched_on=None if state == "draft" else TODAY)
        goes_on = state in (State.LAUNCHED, State.INTERIM, State.FINAL, State.COMMENDED)
        assert (campaign.is_going_on, Campaign.objects.going_on().exists()) == (goes_on, goes_on)
        adjustable = goes_on or state == State.POSTPONED
        assert (campaign.may_be_adjusted, Campaign.objects.may_be_adjusted().exists()) == (adjustable, adjustable)


def test_nobody_takes_up_a_postponed_campaign(campaign, congson, client_of):
    Campaign.objects.filter(pk=campaign.pk).update(state=State.POSTPONED)
    campaign.refresh_from_db()
    assert "Phát động trên cơ sở này" not in client_of(congson).get(campaign.get_absolute_url()).content.decode()
    with pytest.raises(Refused, match="đang hoãn nên chưa phát động"):
        launching.take_up([campaign], by=congson)
    with pytest.raises(Refused, match="đang hoãn"):
        launching.save(Campaign(**facts_of(congson.unit, author=congson)), by=congson, parents=[campaign])
    with pytest.raises(Refused, match="đang hoãn nên không đôn đốc"):
        papers.draft_reminder(campaign, by=campaign.author)


# --- Taken up


def test_nobody_takes_up_what_is_past(campaign, congson, client_of):
    Campaign.objects.filter(pk=campaign.pk).update(ends_on=date(2026, 6, 14), interim_on=None)
    assert "Phát động trên cơ sở này" not in client_of(congson).get(campaign.get_absolute_url()).content.decode()
    with pytest.raises(Refused, match="hết thời gian"):
        launching.take_up([campaign], by=congson)


def test_reviews_that_are_past_are_not_taken_over(campaign, congson):
    Campaign.objects.filter(pk=campaign.pk).update(interim_on=date(2026, 5, 1), final_on=date(2026, 6, 1))
    made = launching.take_up([campaign], by=congson)
    assert (made.interim_on, made.final_on) == (None, None)


def test_the_first_of_several_lends_its_words(campaign, province, officer, congson):
    other = make_campaign(province, officer, "Đợt đặc biệt")
    assert launching.take_up([other, campaign], by=congson).name == "Đợt đặc biệt"


def test_a_campaign_is_taken_up_as_it_stands_now(campaign, congson):
    """The campaign is read as it stands: what was stopped while the page stood open is refused."""
    seen = Campaign.objects.get(pk=campaign.pk)
    Campaign.objects.filter(pk=campaign.pk).update(state=State.STOPPED)
    with pytest.raises(Refused, match="không phát động trên cơ sở đó"):
        launching.take_up([seen], by=congson)


# --- Which papers launch


@pytest.mark.parametrize("code", LAUNCHING)
def test_types_that_launch(draft, bason, code):
    launching.launch(draft, by=bason, paper=cited(f"7/{code}-UBND", code), day=date(2026, 2, 3))


@pytest.mark.parametrize("code", ["BC", "TB", "BB", "GM"])
def test_types_that_launch_nothing(draft, bason, client_of, code):
    cited(f"7/{code}-UBND", code)
    answer = client_of(bason).post(
        reverse("launch_campaign", args=[draft.pk]), {"paper": f"7/{code}-UBND", "version": draft.version}
    )
    assert "không phải loại văn bản để phát động" in answer.context["form"].errors["paper"][0]


def test_the_paper_of_another_campaign_launches_nothing(campaign, draft, bason, officer, province):
    draft.parents.add(campaign)
    with pytest.raises(Refused, match="đã phát động «Chung sức"):
        launching.launch(draft, by=bason, paper=campaign.document, day=date(2026, 1, 20))
    own = cited("7/KH-UBND", "KH")
    launching.launch(draft, by=bason, paper=own, day=date(2026, 2, 3))
    second = make_campaign(draft.unit, bason, "Đợt hai", state=State.DRAFT)
    with pytest.raises(Refused, match="đã phát động «Xã sạch»"):
        launching.launch(second, by=bason, paper=own, day=date(2026, 2, 3))


def test_the_paper_of_another_body_launches_nothing(draft, bason, province, communes):
    others = cited("7/KH-UBND", "KH", issuer_unit=communes[1])
    with pytest.raises(Refused, match="UBND xã Công Sơn ban hành"):
        launching.launch(draft, by=bason, paper=others, day=date(2026, 2, 3))
    launching.launch(draft, by=bason, paper=cited("8/KH-UBND", "KH", issuer_unit=communes[0]), day=date(2026, 2, 3))


def test_what_the_nation_launched_rests_on_the_nations_paper(province, officer):
    found = make_campaign(province, officer, level="nation", state=State.DRAFT)
    ministry = make_unit("bo", "Bộ Nội vụ")
    paper = cited("7/QĐ-BNV", "QĐ", issuer_unit=ministry)
    assert launching.launch(found, by=officer, paper=paper, day=date(2026, 2, 3)).document == paper


def test_what_rests_on_a_campaign_stopped_meanwhile_is_launched_with_a_reason_alone(campaign, congson):
    draft = launching.take_up([campaign], by=congson)
    Campaign.objects.filter(pk=campaign.pk).update(state=State.STOPPED)
    paper = cited("7/KH-UBND", "KH", date(2026, 6, 10))
    with pytest.raises(Refused, match="Nếu vẫn phát động"):
        launching.launch(draft, by=congson, paper=paper, day=date(2026, 6, 10))
    Campaign.objects.filter(pk=draft.pk).update(overruled="Xã vẫn cần")
    assert launching.launch(draft, by=congson, paper=paper, day=date(2026, 6, 10)).state == State.LAUNCHED


# --- Issued here


def issued(document, by=None):
    """The paper as the clerk's click leaves it, told to its campaign."""
    document.year, document.month, document.day, document.state = 2026, 6, 14, Document.State.ISSUED
    document.issued_by = by
    papers.hear_launch(document, areas.ISSUED)


@pytest.fixture
def launch_paper(campaign, congson):
    """The launch of UBND xã Công Sơn, drafted here."""
    return papers.draft_launch(launching.take_up([campaign], by=congson), "KH", by=congson)


def made(document) -> Campaign:
    return Campaign.objects.get(pk=int(document.area_key))


def told(campaign):
    return history(campaign).first()


def test_issuing_launches_whoever_typed_the_paper(launch_paper, congson, bason, duty):
    congson.is_active = False
    congson.save()
    congson.refresh_from_db()
    issued(Document.objects.get(pk=launch_paper.pk), by=bason)
    assert made(launch_paper).state == State.LAUNCHED
    assert (told(made(launch_paper)).act, told(made(launch_paper)).by) == ("Phát động", bason)
    share = duty.assignments.get(unit=congson.unit)
    assert (share.done_by, share.reports.get().by) == (bason, bason)


def test_without_an_issuer_the_typist_is_named(launch_paper, congson):
    issued(launch_paper)
    assert told(made(launch_paper)).by == congson


def test_a_duty_of_the_province_is_done_by_who_launches_for_it(province, officer):
    nation = make_campaign(province, officer, "Cả nước", level="nation")
    duty = Duty.objects.create(document=cited("1/QĐ-TTg", "QĐ"), clause="1", words="Phát động")
    share = Assignment.objects.create(duty=duty, unit=province)
    launch_duties.tie(duty, [nation], by=officer)
    own = make_campaign(province, officer, "Tỉnh hưởng ứng", state=State.DRAFT)
    own.parents.add(nation)
    launching.launch(own, by=officer, paper=cited("9/PĐ-UBND"), day=date(2026, 2, 1))
    share.refresh_from_db()
    assert (share.done_by, share.reports.count()) == (officer, 1)


def test_the_paper_of_a_deleted_campaign_is_not_issued(launch_paper):
    made(launch_paper).delete()
    with pytest.raises(Refused, match="đã bị xóa"):
        issued(launch_paper)
    for state in (areas.RECALLED, areas.REPLACED):
        papers.hear_launch(launch_paper, state)


def test_the_paper_of_another_body_is_not_issued_for_it(launch_paper, communes):
    launch_paper.issuer_unit = communes[0]
    with pytest.raises(Refused, match="UBND xã Công Sơn phát động, văn bản này của cơ quan khác"):
        issued(launch_paper)
    assert made(launch_paper).is_draft


@pytest.mark.parametrize("state", [State.CLOSED, State.STOPPED, State.REPLACED])
def test_nothing_is_issued_for_a_campaign_that_is_over(launch_paper, state):
    Campaign.objects.filter(pk=made(launch_paper).pk).update(state=state, launched_on=TODAY)
    with pytest.raises(Refused, match=f"«{state.label}» nên không ban hành"):
        issued(launch_paper)


def test_a_second_launch_paper_is_issued_only_in_place_of_the_first(launch_paper):
    first = cited("9/KH-UBND", "KH")
    Campaign.objects.filter(pk=made(launch_paper).pk).update(state="launched", launched_on=TODAY, document=first)
    with pytest.raises(Refused, match="đã phát động theo văn bản khác"):
        issued(launch_paper)
    assert made(launch_paper).document == first
    Effect.objects.create(paper=launch_paper, target=first, kind=Effect.Kind.RECALLS)
    with pytest.raises(Refused, match="đã phát động theo văn bản khác"):
        issued(launch_paper)
    Effect.objects.update(kind=Effect.Kind.REPLACES)
    issued(launch_paper)
    assert (made(launch_paper).document, told(made(launch_paper)).act) == (
        launch_paper,
        "Văn bản phát động được thay thế",
    )
    # The paper that is replaced tells of it as well: nothing happens twice.
    issued(launch_paper)
    assert history(made(launch_paper)).filter(act="Văn bản phát động được thay thế").count() == 1


def test_a_paper_written_by_hand_takes_the_place_of_the_launch(launch_paper, congson):
    issued(launch_paper)
    other = cited("20/KH-UBND", "KH", author=congson)
    Effect.objects.create(paper=other, target=launch_paper, kind=Effect.Kind.REPLACES)
    papers.hear_launch(launch_paper, areas.REPLACED)
    assert (made(launch_paper).document, told(made(launch_paper)).by) == (other, congson)


def test_a_recalled_launch_stands_in_the_log_and_on_the_page(launch_paper, congson, client_of):
    issued(launch_paper)
    found = made(launch_paper)
    recalling = cited("30/QĐ-UBND", "QĐ", author=congson)
    Effect.objects.create(paper=recalling, target=launch_paper, kind=Effect.Kind.RECALLS)
    papers.hear_launch(launch_paper, areas.RECALLED)
    assert (told(found).act, told(found).by) == ("Văn bản phát động bị thu hồi", congson)
    assert made(launch_paper).state == State.LAUNCHED
    # A paper that launches nothing leaves no trace.
    Campaign.objects.filter(pk=found.pk).update(document=recalling)
    papers.hear_launch(launch_paper, areas.RECALLED)
    assert history(found).filter(act="Văn bản phát động bị thu hồi").count() == 1


@pytest.mark.parametrize("state", ["recalled", "replaced"])
def test_the_page_tells_what_became_of_the_launch_paper(campaign, officer, client_of, state):
    client = client_of(officer)
    words = Document.State(state).label
    assert words not in client.get(campaign.get_absolute_url()).content.decode()
    Campaign.objects.filter(pk=campaign.pk).update(document=cited("99/PĐ-UBND", state=state))
    assert words in client.get(campaign.get_absolute_url()).content.decode()


def test_a_launch_that_was_given_up_is_drafted_again_or_the_draft_removed(launch_paper, congson, client_of):
    found, client = made(launch_paper), client_of(congson)
    url = reverse("launch_campaign", args=[found.pk])
    remove = "Xóa bản đang lập"
    assert 'value="KH"' not in client.get(url).content.decode()
    assert remove not in client.get(found.get_absolute_url()).content.decode()
    discard(launch_paper, by=congson)
    assert 'value="KH"' in client.get(url).content.decode()
    assert remove in client.get(found.get_absolute_url()).content.decode()
    assert client.post(url, {"type": "KH"}).status_code == 302
    assert made(launch_paper).document != launch_paper


def test_typed_words_are_words_in_the_paper(campaign, congson):
    draft = launching.take_up([campaign], by=congson)
    Campaign.objects.filter(pk=draft.pk).update(
        name="Xã [mẫu] *sạch*", contents="# Mục lạ\n## Mục hai\n{{cite:1}} [^1]", aims=""
    )
    body = papers.draft_launch(draft, "KH", by=congson).body
    titles = [token.content for before, token in pairwise(parse(body)) if before.type == "heading_open"]
    assert [title.split(".")[0] for title in titles] == ["I", "II", "III", "IV", "V", "VI"][: len(titles)]
    assert "Mục lạ" not in "".join(titles)
    assert titles[1] == "II. NỘI DUNG THI ĐUA"
    assert r"\# Mục lạ" in body
    assert "(mẫu)" in body
    assert not faults(body)


# --- Whom a campaign asks


def test_a_campaign_of_the_province_that_asks_nobody_is_not_launched(province, officer):
    draft = make_campaign(province, officer, state=State.DRAFT, asked_kinds=[])
    with pytest.raises(Refused, match="loại đơn vị được đề nghị hưởng ứng"):
        launching.launch(draft, by=officer, paper=cited("7/PĐ-UBND"), day=date(2026, 1, 20))
    with pytest.raises(Refused, match="loại đơn vị được đề nghị hưởng ứng"):
        papers.draft_launch(draft, "PĐ", by=officer)


def test_whom_it_asks_and_who_launched_it_stand_in_the_log(province, officer, client_of):
    fields = typed(unit=province.pk, asked_kinds=["commune"], scope="province")
    client = client_of(officer)
    client.post(reverse("new_campaign"), fields)
    found = Campaign.objects.get()
    client.post(reverse("edit_campaign", args=[found.pk]), fields | {"asked_kinds": ["department"], "of_nation": "on"})
    found.refresh_from_db()
    changes = told(found).changes
    assert found.version == 2
    assert changes["Loại đơn vị được đề nghị hưởng ứng"] == [
        str(Unit.Kind.COMMUNE.label),
        str(Unit.Kind.DEPARTMENT.label),
    ]
    assert changes["Cấp phát động"] == ["Bộ, ngành, tỉnh", "Trung ương"]


def test_after_the_launch_kinds_are_added_and_not_taken_away(campaign, officer, client_of):
    url, client = reverse("edit_campaign", args=[campaign.pk]), client_of(officer)
    answer = client.post(url, {"version": 1, "asked_kinds": ["department"]})
    assert "không bỏ được" in answer.context["form"].errors["asked_kinds"][0]
    assert client.post(url, {"version": 1, "asked_kinds": ["commune", "department"]}).status_code == 302
    campaign.refresh_from_db()
    assert (campaign.asked_kinds, campaign.version) == (["commune", "department"], 2)
    assert "Loại đơn vị được đề nghị hưởng ứng" in told(campaign).changes


def test_a_kind_that_is_not_offered_any_more_is_kept(campaign, officer, client_of):
    Campaign.objects.filter(pk=campaign.pk).update(asked_kinds=["office"])
    form = client_of(officer).get(reverse("edit_campaign", args=[campaign.pk])).context["form"]
    assert "office" in dict(form.fields["asked_kinds"].choices)


def test_the_campaign_of_a_unit_has_no_kinds_to_choose(child, bason, client_of):
    form = client_of(bason).get(reverse("edit_campaign", args=[child.pk])).context["form"]
    assert "asked_kinds" not in form.fields


def test_the_last_day_for_nominations_changes_by_a_paper_alone(campaign, officer, client_of):
    fields = {"version": 1, "asked_kinds": ["commune"], "nominations_until": "01/12/2026"}
    client_of(officer).post(reverse("edit_campaign", args=[campaign.pk]), fields)
    campaign.refresh_from_db()
    assert campaign.nominations_until == date(2026, 11, 30)


# --- Tied duties


def test_who_launched_before_has_done_the_duty(campaign, child, communes, officer):
    duty = Duty.objects.create(document=cited("1/CV", "CV"), clause="1", words="Phát động")
    shares = [Assignment.objects.create(duty=duty, unit=unit) for unit in communes[:2]]
    launch_duties.tie(duty, [campaign], by=officer)
    for share in shares:
        share.refresh_from_db()
    assert [share.done_at is not None for share in shares] == [True, False]
    assert "25/01/2026" in shares[0].reports.get().words


def test_the_page_tells_why_a_duty_was_not_tied(campaign, officer, client_of, monkeypatch):
    url = reverse("tie_launch_duty", args=[campaign.pk])
    told = client_of(officer).post(url, {"duty": "999999"}, follow=True).content.decode()
    assert "Chưa gắn được" in told
    duty = Duty.objects.create(document=cited("1/CV", "CV"), clause="1", words="Phát động")

    def refuse(*args, **kwargs):
        raise Refused("Văn bản đã thu hồi nên không giao việc nữa.", "duty")

    monkeypatch.setattr(launch_duties, "tie", refuse)
    told = client_of(officer).post(url, {"duty": duty.pk}, follow=True).content.decode()
    assert "Chưa gắn được: Văn bản đã thu hồi nên không giao việc nữa." in told


# --- Names that one may not see


def test_names_that_one_may_not_see_are_not_told(campaign, client_of):
    top = make_unit("tren", "Sở Trên")
    middle = make_unit("giua", "Phòng Giữa", superior=top)
    low = make_unit("duoi", "Tổ Dưới", superior=middle)
    people = [
        make_user(f"nguoi-{n}", f"Người {n}", Role.UNIT_OFFICER, unit) for n, unit in enumerate((top, middle, low))
    ]
    first = make_campaign(top, people[0], "TÊN KÍN")
    second = make_campaign(middle, people[1], "Phong trào giữa")
    second.parents.add(first)
    for user, sees in zip(people, (True, True, False), strict=True):
        told = client_of(user).get(reverse("campaigns")).content.decode()
        assert "Phong trào giữa" in told
        assert ("TÊN KÍN" in told) == sees
        exported = client_of(user).get(reverse("campaigns"), {"xuat": "xlsx"})
        assert any("TÊN KÍN" in str(row) for row in table_of(exported)) == sees


@pytest.mark.parametrize("year", ["99999999999999999999", "1e9", "NaN", "1999", "2101", "2026.5", "x"])
def test_a_year_that_is_none_is_harmless(campaign, officer, client_of, year):
    assert client_of(officer).get(reverse("campaigns"), {"nam": year}).status_code == 200


def test_whoever_follows_a_campaign_stays_in_its_form_after_leaving(campaign, officer, leader, client_of):
    Campaign.objects.filter(pk=campaign.pk).update(follower=leader)
    leader.is_active = False
    leader.save()
    url = reverse("edit_campaign", args=[campaign.pk])
    form = client_of(officer).get(url).context["form"]
    assert leader in form.fields["follower"].queryset
