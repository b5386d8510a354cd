"""Units join a campaign: who may, with what, once; the list of those who did and did not; goals that were reported on stay."""

import multiprocessing
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from campaigns.area import keep
from campaigns.joinings import actions as acts
from campaigns.models import Campaign, Figure, Goal, Joining, Result, ResultFile, Review
from campaigns.reviews import results
from campaigns.reviews.forms import Parts
from documents.models import Change, Upload
from documents.steps.refusing import Refused, Stale
from units.models import Role, Succession, Unit, UnitChange, User

from ...conftest import make_unit, make_user
from ...exported import table_of
from ..conftest import PEOPLE, TODAY, make_campaign
from ..examples.test_examples import picture

State = Campaign.State


def goal(content="Làm đường giao thông", measure="km", planned="5", **facts):
    return Goal(content=content, measure=measure, planned=Decimal(planned), **facts)


def joined(campaign, who, goals=None, **facts):
    """What the unit of ``who`` registered."""
    row = Joining(campaign=campaign, **({"people": 120, "collectives": 3, "words": "Mỗi thôn một việc"} | facts))
    return acts.join(row, [goal()] if goals is None else goals, by=who)


def changed(row, goals, **facts):
    """What ``row`` is with ``goals`` in place of what was registered."""
    return acts.change(row, typed=row, goals=goals, **facts)


def typed(*goals, keys=(), **changes):
    """What a form posts."""
    data = {"people": "1.250", "collectives": "4", "words": "Mỗi thôn một việc", "version": "1"} | changes
    data |= {"chi-tieu-TOTAL_FORMS": len(goals), "chi-tieu-INITIAL_FORMS": len(keys)}
    for number, (content, measure, planned) in enumerate(goals):
        name = f"chi-tieu-{number}-"
        data |= {f"{name}content": content, f"{name}measure": measure, f"{name}planned": planned}
        data |= {f"{name}ORDER": number + 1, f"{name}key": keys[number] if number < len(keys) else ""}
    return data


ROAD = ("Làm đường giao thông", "km", "12,5")


def sent(row, review=None, **figures):
    """A result that was sent, with figures for all goals."""
    review = review or Review.objects.create(campaign=row.campaign, kind="interim", planned_on=date(2026, 7, 15))
    result = Result.objects.create(
        joining=row, review=review, people=100, words="Tốt", by=row.by, sent_at=timezone.now()
    )
    for one in row.goals.all():
        Figure.objects.create(result=result, goal=one, reached=figures.get("reached", 4))
    return result


# --- Joining


def test_a_unit_joins_from_one_form(campaign, bason, client_of):
    client = client_of(bason)
    page = client.get(reverse("join_campaign", args=[campaign.pk])).content.decode()
    # Words of the campaign are offered, so that units write alike.
    assert '<option value="Thi đua làm đường giao thông">' in page
    response = client.post(reverse("join_campaign", args=[campaign.pk]), typed(ROAD, ("Trồng cây", "cây", "1.000")))
    row = Joining.objects.get()
    assert response.url == row.get_absolute_url()
    assert (row.unit, row.people, row.collectives, row.joined_on, row.by) == (bason.unit, 1250, 4, TODAY, bason)
    assert [(one.content, one.planned) for one in row.goals.all()] == [
        ("Làm đường giao thông", Decimal("12.5")),
        ("Trồng cây", 1000),
    ]
    page = client.get(response.url).content.decode()
    assert "1.250" in page
    assert "12,5" in page
    told = Change.objects.get(about="joining", key=row.pk)
    assert (told.act, told.by) == ("Đăng ký hưởng ứng", bason)
    assert told.changes["Chỉ tiêu: Làm đường giao thông"] == ["", "12,5 km"]


def test_joining_twice_is_refused(campaign, bason, client_of):
    row = joined(campaign, bason)
    with pytest.raises(Refused, match="đã đăng ký phong trào này"):
        joined(campaign, bason)
    client = client_of(bason)
    url = reverse("join_campaign", args=[campaign.pk])
    assert client.get(url).url == row.get_absolute_url()
    response = client.post(url, typed(ROAD))
    assert response.status_code == 422
    assert "đã đăng ký phong trào này" in response.content.decode()
    assert Joining.objects.count() == 1


def test_what_went_into_a_unit_joined_for_it(campaign, communes, bason, congson, client_of):
    joined(campaign, congson)
    change = UnitChange.objects.create(kind="merge", date=date(2026, 6, 1), citation="NQ 1")
    Succession.objects.create(change=change, predecessor=communes[1], successor=communes[0])
    Unit.objects.filter(pk=communes[1].pk).update(ended=date(2026, 5, 31))
    client, url = client_of(User.objects.get(pk=bason.pk)), reverse("join_campaign", args=[campaign.pk])
    assert client.get(url).url == Joining.objects.get().get_absolute_url()
    answer = client.post(url, typed(ROAD))
    assert (answer.status_code, Joining.objects.count()) == (422, 1)
    assert "UBND xã Công Sơn đã đăng ký" in answer.content.decode()


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("people", "-5", "Không ghi số âm"),
        ("people", "mười", "Hãy ghi số kiểu Việt Nam"),
        ("people", "1,250", "Hãy ghi số kiểu Việt Nam"),
        ("people", "12,5", "Hãy ghi số nguyên"),
        ("people", "1.000.000.000", "Số quá lớn"),
        ("people", "0", "Hãy ghi số cá nhân hoặc số tập thể"),
        ("collectives", "-1", "Không ghi số âm"),
    ],
)
def test_a_wrong_number_stands_beside_its_field(campaign, bason, client_of, field, value, words):
    data = typed(ROAD, **{"collectives": "0", field: value})
    response = client_of(bason).post(reverse("join_campaign", args=[campaign.pk]), data)
    assert response.status_code == 422
    assert words in str(response.context["form"].errors[field])
    assert f'value="{value}"' in response.content.decode()
    assert not Joining.objects.exists()


@pytest.mark.parametrize("planned", ["-1", "năm", "1,250.5", "12.5", ""])
def test_a_wrong_figure_of_a_target_stands_beside_it_and_all_that_was_typed_comes_back(
    campaign, bason, client_of, planned
):
    data = typed(("Làm đường", "km", planned), words="Chữ đã gõ")
    response = client_of(bason).post(reverse("join_campaign", args=[campaign.pk]), data)
    assert response.status_code == 422
    assert "planned" in response.context["lines"].errors[0]
    assert "Chữ đã gõ" in response.content.decode()
    assert not Joining.objects.exists()


def test_a_target_stands_once(campaign, bason, client_of):
    response = client_of(bason).post(reverse("join_campaign", args=[campaign.pk]), typed(ROAD, ROAD))
    assert response.status_code == 422
    assert "Dòng này đã ghi ở trên" in response.content.decode()


def test_collectives_alone_may_take_part(campaign, bason):
    row = joined(campaign, bason, people=0, collectives=2)
    assert (row.people, row.collectives) == (0, 2)
    with pytest.raises(Refused) as refused:
        joined(make_campaign(campaign.unit, bason, "Khác"), bason, people=0, collectives=0)
    assert refused.value.field == "people"


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"state": State.DRAFT}, "chưa phát động"),
        ({"state": State.STOPPED}, "đã dừng"),
        ({"state": State.REPLACED}, "đã được thay thế"),
        ({"state": State.CLOSED}, "đã kết thúc"),
        ({"state": State.FINAL}, "đã tổng kết nên không nhận đăng ký nữa"),
        ({"state": State.COMMENDED}, "đã khen thưởng nên không nhận đăng ký nữa"),
        ({"state": State.POSTPONED}, "đang hoãn nên chưa nhận đăng ký"),
        ({"ends_on": date(2026, 6, 14), "final_on": None, "nominations_until": None}, "đã hết hạn 14/06/2026"),
        ({"asked_kinds": ["department"]}, "không đề nghị UBND xã Ba Sơn tham gia"),
    ],
)
def test_only_what_goes_on_and_asks_the_unit_is_joined(province, officer, bason, facts, words):
    other = make_campaign(province, officer, **facts)
    with pytest.raises(Refused, match=words):
        joined(other, bason)
    assert not Joining.objects.exists()


@pytest.mark.parametrize("state", [State.LAUNCHED, State.INTERIM])
def test_what_goes_on_is_joined(province, officer, bason, state):
    assert joined(make_campaign(province, officer, state=state), bason).pk


def test_a_unit_that_ended_joins_nothing(campaign, bason, client_of):
    Unit.objects.filter(pk=bason.unit_id).update(ended=date(2026, 6, 14))
    bason = User.objects.get(pk=bason.pk)
    with pytest.raises(Refused, match="không hoạt động vào ngày 15/06/2026"):
        joined(campaign, bason)
    response = client_of(bason).get(reverse("join_campaign", args=[campaign.pk]), follow=True)
    assert "kế thừa" in response.content.decode()


def test_the_campaign_of_a_unit_asks_those_below_it_and_itself(child, bason, congson):
    below = make_unit("van-phong", "Văn phòng UBND xã Ba Sơn", kind=Unit.Kind.OFFICE, superior=child.unit)
    person = make_user("vp", "Lộc Văn Phòng", Role.UNIT_OFFICER, below)
    assert joined(child, person).unit == below
    assert joined(child, bason).unit == bason.unit
    with pytest.raises(Refused, match="không đề nghị"):
        joined(child, congson)


def test_who_joins(turn_of, campaign, so_noi_vu):
    """Whoever writes for a unit that is asked; the department is none of them here."""
    done = []
    for who in PEOPLE:
        with turn_of(who) as person:
            try:
                joined(campaign, person)
                done.append(who)
            except Refused:
                pass
    assert done == ["bason", "congson"]
    Campaign.objects.filter(pk=campaign.pk).update(asked_kinds=["department", "commune"])
    done = []
    for who in PEOPLE:
        with turn_of(who) as person:
            try:
                joined(campaign, person)
                done.append(who)
            except Refused:
                pass
    assert done == ["officer", "leader", "administrator", "clerk", "bason", "congson"]


def test_who_opens_the_form(turn_of, campaign, client_of):
    url = reverse("join_campaign", args=[campaign.pk])
    codes = {}
    for who in PEOPLE:
        with turn_of(who) as person:
            codes[who] = client_of(person).get(url).status_code
    assert codes == {
        **dict.fromkeys(["bason", "congson"], 200),
        # Theirs is not asked: told on the page of the campaign.
        **dict.fromkeys(["officer", "leader", "administrator", "clerk"], 302),
        **dict.fromkeys(["council_member", "nobody"], 403),
    }


def test_a_draft_is_joined_by_nobody_and_found_by_nobody(province, officer, bason, client_of):
    draft = make_campaign(province, officer, state=State.DRAFT)
    assert client_of(bason).get(reverse("join_campaign", args=[draft.pk])).status_code == 404
    assert client_of(bason).get(reverse("campaign_joinings", args=[draft.pk])).status_code == 404


# --- Changing


def test_people_and_targets_are_changed_and_the_log_tells(campaign, bason, client_of):
    row = joined(campaign, bason, [goal(), goal("Trồng cây", "cây", "100")])
    first, second = row.goals.all()
    data = typed(("Làm đường giao thông", "km", "7"), ("Hiến đất", "m2", "200"), keys=[first.pk], people="130")
    response = client_of(bason).post(reverse("edit_joining", args=[row.pk]), data)
    assert response.status_code == 302
    row.refresh_from_db()
    assert (row.people, row.version) == (130, 2)
    assert [(one.pk == first.pk, one.content, one.planned) for one in row.goals.all()] == [
        (True, "Làm đường giao thông", 7),
        (False, "Hiến đất", 200),
    ]
    assert not Goal.objects.filter(pk=second.pk).exists()
    told = Change.objects.filter(about="joining", key=row.pk).first()
    assert told.changes["Số cá nhân tham gia"] == ["120", "130"]
    assert told.changes["Chỉ tiêu: Làm đường giao thông"] == ["5 km", "7 km"]
    assert told.changes["Chỉ tiêu: Trồng cây"] == ["100 cây", ""]


def test_a_change_that_changes_nothing_leaves_no_trace(campaign, bason):
    row = joined(campaign, bason)
    found = changed(row, list(row.goals.all()), by=bason, seen_version=1)
    assert found.version == 1
    assert Change.objects.filter(about="joining").count() == 1


def test_a_stale_change_is_refused_with_what_the_other_changed(campaign, bason, client_of):
    row = joined(campaign, bason)
    colleague = make_user("bason2", "Hoàng Thị Sơn", Role.UNIT_OFFICER, bason.unit)
    key = row.goals.get().pk
    url = reverse("edit_joining", args=[row.pk])
    theirs = typed(("Làm đường giao thông", "km", "5"), keys=[key], people="200")
    assert client_of(colleague).post(url, theirs).status_code == 302
    mine = typed(("Làm đường giao thông", "km", "5"), keys=[key], people="300")
    response = client_of(bason).post(url, mine)
    page = response.content.decode()
    assert response.status_code == 422
    assert "Hoàng Thị Sơn đã lưu một bản mới hơn" in page
    assert 'value="300"' in page
    row.refresh_from_db()
    assert row.people == 200
    again = mine | {"version": response.context["form"]["version"].value()}
    assert client_of(bason).post(url, again).status_code == 302
    row.refresh_from_db()
    assert row.people == 300
    without = {name: value for name, value in mine.items() if name != "version"}
    assert client_of(bason).post(url, without).status_code == 422


@pytest.mark.parametrize(
    ("kept", "words"),
    [
        ([], "không bỏ được"),
        ([("Làm đường giao thông", "km", "4")], "giữ nguyên"),
        ([("Làm đường bê tông", "km", "5")], "giữ nguyên"),
        ([("Làm đường giao thông", "m", "5")], "giữ nguyên"),
    ],
)
def test_a_target_with_a_result_that_was_sent_stays(campaign, bason, client_of, kept, words):
    row = joined(campaign, bason)
    sent(row)
    key = row.goals.get().pk
    response = client_of(bason).post(
        reverse("edit_joining", args=[row.pk]), typed(*kept, keys=[key][: len(kept)], people="120")
    )
    assert response.status_code == 422
    assert words in response.content.decode()
    stored = row.goals.get()
    assert (stored.content, stored.measure, stored.planned) == ("Làm đường giao thông", "km", 5)


def test_beside_it_targets_are_added_and_a_draft_result_binds_nothing(campaign, bason):
    row = joined(campaign, bason)
    result = sent(row)
    changed(row, [*row.goals.all(), goal("Trồng cây", "cây", "9")], by=bason)
    assert row.goals.count() == 2
    Result.objects.filter(pk=result.pk).update(sent_at=None)
    changed(row, [row.goals.last()], by=bason)
    assert row.goals.get().content == "Trồng cây"


def test_the_target_of_another_unit_is_not_taken_over(campaign, bason, congson):
    theirs = joined(campaign, congson).goals.get()
    row = joined(campaign, bason)
    changed(row, [goal("Của tôi", "km", "1", pk=theirs.pk)], by=bason)
    theirs.refresh_from_db()
    assert (theirs.content, theirs.joining.unit) == ("Làm đường giao thông", congson.unit)
    assert row.goals.get().content == "Của tôi"


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (State.FINAL, "đã tổng kết nên bản đăng ký giữ nguyên"),
        (State.COMMENDED, "đã khen thưởng nên bản đăng ký giữ nguyên"),
        (State.CLOSED, "đã kết thúc nên bản đăng ký giữ nguyên"),
        (State.STOPPED, "đã dừng nên bản đăng ký giữ nguyên"),
        (State.REPLACED, "đã được thay thế nên bản đăng ký giữ nguyên"),
        (State.POSTPONED, "đang hoãn nên bản đăng ký giữ nguyên"),
    ],
)
def test_nothing_changes_in_a_campaign_that_is_summed_up_over_or_postponed(campaign, bason, client_of, state, words):
    row = joined(campaign, bason)
    Campaign.objects.filter(pk=campaign.pk).update(state=state)
    with pytest.raises(Refused, match=words):
        changed(Joining.objects.get(), [], by=bason)
    client, url = client_of(bason), reverse("edit_joining", args=[row.pk])
    response = client.get(url, follow=True)
    page = response.content.decode()
    assert words in page
    assert response.request["PATH_INFO"] == row.get_absolute_url()
    assert f'href="{url}"' not in page
    response = client.post(url, typed(people="999"))
    assert response.status_code == 422
    assert words in response.content.decode()
    assert Joining.objects.get().people == 120


def test_who_reads_and_who_changes(turn_of, campaign, bason, client_of):
    row = joined(campaign, bason)
    read, edit, done = {}, {}, []
    for who in PEOPLE:
        with turn_of(who) as person:
            client = client_of(person)
            read[who] = client.get(row.get_absolute_url()).status_code
            edit[who] = client.get(reverse("edit_joining", args=[row.pk])).status_code
            try:
                changed(Joining.objects.get(), list(row.goals.all()), by=person)
                done.append(who)
            except Refused:
                pass
    overseers = ["officer", "leader", "administrator", "clerk"]
    strangers = ["congson", "council_member", "nobody"]
    assert read == {**dict.fromkeys([*overseers, "bason"], 200), **dict.fromkeys(strangers, 404)}
    assert edit == {**dict.fromkeys(overseers, 403), "bason": 200, **dict.fromkeys(strangers, 404)}
    assert done == ["bason"]


def test_a_unit_reads_who_joined_its_own_campaign(child, bason, congson, client_of):
    below = make_unit("van-phong", "Văn phòng UBND xã Ba Sơn", kind=Unit.Kind.OFFICE, superior=child.unit)
    row = joined(child, make_user("vp", "Lộc Văn Phòng", Role.UNIT_OFFICER, below))
    assert client_of(bason).get(row.get_absolute_url()).status_code == 200
    assert client_of(congson).get(row.get_absolute_url()).status_code == 404


# --- Taking it back


def drafted(row, by):
    """A result that was not sent, with a figure and a photograph."""
    result = sent(row)
    Result.objects.filter(pk=result.pk).update(sent_at=None)
    ResultFile.objects.create(result=result, upload=keep(picture(), by=by))


def test_a_registration_by_mistake_is_taken_back_with_all_that_hangs_on_it(campaign, bason, officer, client_of):
    row = joined(campaign, bason)
    drafted(row, bason)
    upload = Upload.objects.get()
    storage, place = upload.file.storage, upload.file.name
    client, url = client_of(bason), reverse("withdraw_joining", args=[row.pk])
    assert f'href="{url}"' in client.get(row.get_absolute_url()).content.decode()
    page = client.get(url).content.decode()
    for words in (
        "cùng 1 chỉ tiêu, 1 bản kết quả chưa gửi, 1 tệp kèm theo kết quả.",
        "Không khôi phục được",
        "đơn vị đăng ký lại được",
    ):
        assert words in page
    seen = client.get(url).context["form"]["version"].value()
    answer = client.post(url, {"reason": "", "version": seen})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["reason"])
    # What a colleague wrote while this page was open is lost with it: that is told first, and no word of keeping anything.
    told = Parts(figures={row.goals.get().pk: Decimal(3)})
    results.save(
        Result(joining=row, review=Review.objects.get(), people=99, words="Mới"), told, by=bason, seen_version=1
    )
    answer = client.post(url, {"reason": "Đăng ký nhầm phong trào", "version": seen})
    page = answer.content.decode()
    assert (answer.status_code, Joining.objects.exists()) == (422, True)
    assert "Ghi kết quả sơ kết" in page
    assert "bấm lại nếu vẫn muốn rút đăng ký" in page
    assert "thay bản của người kia" not in page
    seen = answer.context["form"]["version"].value()
    answer = client.post(url, {"reason": "Đăng ký nhầm phong trào", "version": seen})
    assert answer.url == reverse("campaign_joinings", args=[campaign.pk])
    for model in (Joining, Goal, Result, Figure, ResultFile, Upload):
        assert not model.objects.exists(), model
    assert not storage.exists(place)
    own = Change.objects.filter(about="joining", key=row.pk).first()
    kept = Change.objects.get(about="campaign", key=campaign.pk)
    assert (own.act, kept.act) == ("Rút đăng ký", "Rút đăng ký hưởng ứng: UBND xã Ba Sơn")
    for told in (own, kept):
        assert (told.by, told.reason) == (bason, "Đăng ký nhầm phong trào")
        assert told.changes == {
            "Ngày đăng ký": ["15/06/2026", ""],
            "Người đăng ký": [str(bason), ""],
            "Số cá nhân tham gia": ["120", ""],
            "Số tập thể tham gia": ["3", ""],
            "Cách làm, việc đăng ký": ["Mỗi thôn một việc", ""],
            "Chỉ tiêu: Làm đường giao thông": ["5 km", ""],
        }
    assert (
        "Rút đăng ký hưởng ứng: UBND xã Ba Sơn" in client_of(officer).get(campaign.get_absolute_url()).content.decode()
    )
    with pytest.raises(Refused, match="đã được rút"):
        acts.withdraw(Joining(pk=row.pk), by=bason, reason="Lần nữa")
    assert joined(campaign, bason).pk != row.pk


def test_what_was_reported_on_or_stands_still_is_not_taken_back(campaign, bason, client_of):
    row = joined(campaign, bason)
    result = sent(row)
    client, url = client_of(bason), reverse("withdraw_joining", args=[row.pk])

    def refused(words):
        with pytest.raises(Refused, match=words):
            acts.withdraw(Joining.objects.get(), by=bason, reason="Nhầm")
        page = client.get(url, follow=True).content.decode()
        assert words in page
        assert f'href="{url}"' not in page
        assert words in client.post(url, {"reason": "Nhầm", "version": 1}, follow=True).content.decode()

    refused("đã gửi kết quả sơ kết")
    Result.objects.filter(pk=result.pk).update(sent_at=None)
    for state, words in [(State.POSTPONED, "đang hoãn"), (State.FINAL, "đã tổng kết"), (State.STOPPED, "đã dừng")]:
        Campaign.objects.filter(pk=campaign.pk).update(state=state)
        refused(words)
    facts = {"state": State.INTERIM, "ends_on": date(2026, 6, 14), "final_on": None, "nominations_until": None}
    Campaign.objects.filter(pk=campaign.pk).update(interim_on=None, **facts)
    assert "không đăng ký lại được: Phong trào này đã hết hạn 14/06/2026" in client.get(url).content.decode()
    with pytest.raises(Refused) as empty:
        acts.withdraw(row, by=bason, reason=" ")
    assert empty.value.field == "reason"
    seen = client.get(url).context["form"]["version"].value()
    changed(row, [*row.goals.all(), goal("Trồng cây", "cây", "9")], by=bason)
    answer = client.post(url, {"reason": "Nhầm", "version": seen})
    assert (answer.status_code, "đã lưu một bản mới hơn" in answer.content.decode()) == (422, True)
    assert Joining.objects.exists()


def test_who_takes_a_registration_back(turn_of, campaign, bason, client_of):
    row = joined(campaign, bason)
    codes, done = {}, []
    for who in PEOPLE:
        with turn_of(who) as person:
            codes[who] = client_of(person).get(reverse("withdraw_joining", args=[row.pk])).status_code
            try:
                acts.withdraw(row, by=person, reason="Nhầm")
                done.append(who)
            except Refused:
                pass
    keepers, strangers = ["officer", "leader", "administrator", "clerk"], ["congson", "council_member", "nobody"]
    assert codes == {**dict.fromkeys(keepers, 403), "bason": 200, **dict.fromkeys(strangers, 404)}
    assert done == ["bason"]


# --- The list


def listed(response):
    return [str(row) for row in response.context["page_obj"]]


def test_the_list_shows_who_joined_and_who_did_not(campaign, bason, congson, officer, client_of):
    joined(campaign, bason)
    client = client_of(officer)
    url = reverse("campaign_joinings", args=[campaign.pk])
    response = client.get(url)
    assert listed(response) == ["UBND xã Ba Sơn", "UBND xã Cao Lộc", "UBND xã Công Sơn", "UBND xã Đồng Đăng"]
    assert (response.context["joined"], response.context["missing"]) == (1, 3)
    assert listed(client.get(url, {"muc": "roi"})) == ["UBND xã Ba Sơn"]
    assert len(listed(client.get(url, {"muc": "chua"}))) == 3
    assert listed(client.get(url, {"q": "cong son"})) == ["UBND xã Công Sơn"]
    assert listed(client.get(url, {"kind": "department"})) == []
    assert listed(client.get(url, {"sap": "-nguoi", "muc": "roi"})) == ["UBND xã Ba Sơn"]


def test_the_excel_file_holds_what_is_filtered(campaign, bason, officer, client_of):
    joined(campaign, bason)
    url = reverse("campaign_joinings", args=[campaign.pk])
    response = client_of(officer).get(url, {"muc": "roi", "xuat": "xlsx"})
    rows = table_of(response)
    assert len(rows) == 2
    assert rows[1][0] == "UBND xã Ba Sơn"
    assert rows[1][3:6] == (120, 3, 1)
    response = client_of(officer).get(url, {"muc": "chua", "xuat": "xlsx"})
    rows = table_of(response)
    assert len(rows) == 4
    assert rows[1][2:6] == (None, None, None, None)


def test_a_unit_that_was_founded_later_is_asked_and_one_that_ended_is_not(campaign, communes):
    Unit.objects.filter(pk=communes[3].pk).update(ended=date(2026, 5, 31))
    make_unit("xa-moi", "UBND xã Mới", kind=Unit.Kind.COMMUNE, founded=date(2026, 6, 1))
    names = {unit.name for unit in acts.not_joined(campaign)}
    assert names == {"UBND xã Ba Sơn", "UBND xã Công Sơn", "UBND xã Đồng Đăng", "UBND xã Mới"}


def test_who_sees_whom_in_the_list(turn_of, campaign, bason, congson, client_of):
    joined(campaign, bason)
    joined(campaign, congson)
    url = reverse("campaign_joinings", args=[campaign.pk])
    seen = {}
    for who in PEOPLE:
        with turn_of(who) as person:
            seen[who] = len(listed(client_of(person).get(url)))
            # A filter opens nothing more.
            assert len(listed(client_of(person).get(url, {"muc": "chua"}))) == (2 if seen[who] == 4 else 0)
    overseers = ["officer", "leader", "administrator", "clerk"]
    assert seen == {**dict.fromkeys(overseers, 4), "bason": 1, "congson": 1, "council_member": 0, "nobody": 0}


def test_the_list_asks_as_many_questions_for_many(campaign, officer, client_of):
    client = client_of(officer)
    url = reverse("campaign_joinings", args=[campaign.pk])
    counts = []
    for first, last in ((0, 2), (2, 12)):
        for number in range(first, last):
            unit = make_unit(f"x-{number}", f"UBND xã {number:02}", kind=Unit.Kind.COMMUNE)
            joined(campaign, make_user(f"p{number}", f"Người {number}", Role.UNIT_OFFICER, unit))
        with CaptureQueriesContext(
            connection,
        ) as queries:
            response = client.get(url, {"muc": "roi"})
        assert len(listed(response)) == last
        counts.append(len(queries))
    assert counts[0] == counts[1]


# --- Two at once


def join_in_a_process(username, key, results):
    """What one of two people does, in a process of its own with connections of its own."""
    connections.close_all()
    try:
        joined(Campaign.objects.get(pk=key), User.objects.get(username=username))
        results.put("joined")
    except Refused:
        results.put("refused")
    except Exception as failure:
        results.put(repr(failure))
    connections.close_all()


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_of_two_who_join_at_once_for_a_unit_one_is_told(campaign, bason):
    make_user("bason2", "Hoàng Thị Sơn", Role.UNIT_OFFICER, bason.unit)
    context = multiprocessing.get_context("fork")
    results = context.Queue()
    connections.close_all()
    people = ["bason", "bason2"]
    processes = [context.Process(target=join_in_a_process, args=(who, campaign.pk, results)) for who in people]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert sorted(results.get() for _ in people) == ["joined", "refused"]
    assert Joining.objects.count() == 1
    assert Goal.objects.count() == 1


def test_the_action_refuses_what_is_stale(campaign, bason):
    row = joined(campaign, bason)
    changed(Joining(pk=row.pk, people=9, collectives=0), list(row.goals.all()), by=bason, seen_version=1)
    with pytest.raises(Stale) as stale:
        changed(Joining(pk=row.pk, people=8, collectives=0), [], by=bason, seen_version=1)
    assert stale.value.latest.act == "Sửa đăng ký"
    assert stale.value.version == 2


def test_who_is_asked_to_join_finds_that_as_the_main_button(campaign, bason, officer, client_of):
    address = reverse("join_campaign", args=[campaign.pk])
    page = client_of(bason).get(campaign.get_absolute_url()).content.decode()
    assert f'<a class="btn btn-primary" href="{address}">' in page
    assert 'class="btn btn-primary" type="submit"' not in page
    joined(campaign, bason)
    for user in (bason, officer):
        assert address not in client_of(user).get(campaign.get_absolute_url()).content.decode()
