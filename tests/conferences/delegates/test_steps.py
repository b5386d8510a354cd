"""Steps of a delegate and of a delegation, walked by everybody from every state; what each does."""

from datetime import date, timedelta

import pytest

from conferences.delegates import actions, sending
from conferences.delegates.actions import DELEGATES
from conferences.delegates.sending import DELEGATIONS
from conferences.models import Delegate, Delegation, Event, Quota
from documents.models import Change
from documents.steps.refusing import Refused
from tests.awards.conftest import make_recipient
from tests.conftest import make_unit, make_user
from tests.walking import turns_of, walk
from units.models import Role, Succession, UnitChange

# --- Who may what


@pytest.fixture
def turn_of(officer, own, department):
    stranger = make_user("xa-khac", "Lý Văn Khác", Role.UNIT_OFFICER, make_unit("xa-khac", "UBND xã Công Sơn"))
    keeper = make_user("thu-kho", "Lý Thị Kho", Role.STORE_KEEPER, department)
    return turns_of({"officer": officer, "own": own, "stranger": stranger, "keeper": keeper})


OF_DELEGATE = ("event__unit", "event__plan", "delegation__source__unit", "recipient")
OF_DELEGATION = ("event__unit", "event__plan", "event__level", "unit", "source__unit", "source__level")
ABOVE = {"withdraw_delegate", "replace_delegate", "edit_delegate", "drop_delegate", "recheck_delegate"}
BELOW = {"edit_delegate", "drop_delegate", "recheck_delegate"}


@pytest.mark.parametrize(
    ("state", "of", "above", "below"),
    [
        ("chosen", "choosing", ABOVE | {"accept_delegate"}, BELOW),
        ("chosen", "sent", ABOVE | {"accept_delegate"}, set()),
        ("accepted", "choosing", ABOVE | {"give_duty"}, BELOW),
        ("accepted", "settled", ABOVE | {"give_duty"}, set()),
        ("withdrawn", "settled", {"restore_delegate"}, set()),
        ("replaced", "settled", set(), set()),
    ],
)
def test_every_step_of_a_delegate_by_everybody(
    people, delegate, delegation, turn_of, client_of, state, of, above, below
):
    delegation.state = of
    delegation.save()
    reserve = delegate("Dự Khuyết", role="reserve")
    row = delegate("Hoàng Thị Bình", recipient=people[1], state=state)
    walk(
        DELEGATES,
        lambda: Delegate.objects.select_related(*OF_DELEGATE).get(pk=row.pk),
        turn_of, client_of,
        may={"officer": above, "own": below, "stranger": set(), "keeper": set()},
        typed={"replace_delegate": {"reserve": reserve.pk}},
        known=lambda row: (row.left_for, row.award_id, row.role, row.state),
        reasons={"withdraw_delegate", "restore_delegate", "replace_delegate"},
    )  # fmt: skip


SETTLING = {"settle_delegates", "set_quota", "set_head"}


@pytest.mark.parametrize(
    ("state", "above", "below"),
    [
        ("choosing", SETTLING, {"choose_delegates", "send_delegates", "set_head"}),
        ("sent", SETTLING | {"return_delegates"}, set()),
        ("settled", {"set_quota", "set_head", "return_delegates"}, set()),
    ],
)
def test_every_step_of_a_delegation_by_everybody(event, delegation, delegate, turn_of, client_of, state, above, below):
    Event.objects.filter(pk=event.pk).update(state="held", held_on=event.day)
    delegation.state = state
    delegation.save()
    one = delegate("Hoàng Thị Bình")
    walk(
        DELEGATIONS,
        lambda: Delegation.objects.select_related(*OF_DELEGATION).get(pk=delegation.pk),
        turn_of, client_of,
        may={"officer": above, "own": below, "stranger": set(), "keeper": set()},
        typed={"set_quota": {"quota": 7}, "set_head": {"head": one.pk}},
        known=lambda row: (row.quota, row.head_id, row.sent_on, row.state),
        reasons={"return_delegates"},
    )  # fmt: skip


def test_an_empty_delegation_can_go(delegation, officer):
    sending.drop(delegation, by=officer)
    assert not Delegation.objects.exists()


# --- One delegate


def test_who_is_to_be_looked_at_again_is_not_accepted(delegate, people, officer):
    row = delegate(recipient=people[1], award=people[1].awards.get(), reason="")
    people[1].awards.update(cancelled_on=date(2026, 6, 1))
    with pytest.raises(Refused, match=r"Chưa chốt được: .* đã hủy từ 01/06/2026"):
        actions.accept(row, by=officer)


def test_another_recognition_is_found_where_one_was_cancelled(delegate, people, officer):
    row = delegate(recipient=people[0], award=people[0].awards.get(type__code="BKTTG"), reason="")
    with pytest.raises(Refused, match="còn hiệu lực"):
        actions.recheck(row, by=officer)
    people[0].awards.filter(type__code="BKTTG").update(cancelled_on=date(2026, 6, 1))
    assert actions.recheck(row, by=officer).award.type.code == "CSTDT"
    people[0].awards.update(cancelled_on=date(2026, 6, 1))
    with pytest.raises(Refused, match="Không có khen thưởng nào khác từ 10/09/2020"):
        actions.recheck(row, by=officer)


def test_a_reason_takes_the_place_of_a_recognition_that_was_cancelled(people, delegate, officer):
    row = delegate(recipient=people[3], award=people[3].awards.get())
    with pytest.raises(Refused, match="đã hủy từ 05/01/2023"):
        actions.accept(row, by=officer)
    actions.recheck(row, by=officer)
    actions.accept(Delegate.objects.get(pk=row.pk), by=officer)
    row.refresh_from_db()
    assert (row.award, row.reason, row.state) == (None, "Gương lao động", "accepted")


def test_a_delegate_follows_the_record_that_went_into_another(people, delegate, officer, commune):
    second = make_recipient(name="Nông Văn Ánh", unit=commune, merged_into=people[0])
    row = delegate(recipient=second)
    actions.recheck(row, by=officer)
    row.refresh_from_db()
    assert (row.recipient, row.award.type.code) == (people[0], "BKTTG")
    twice = delegate("Nông Văn Ánh B", recipient=make_recipient(name="Ánh", unit=commune, merged_into=people[0]))
    with pytest.raises(Refused, match="hai hồ sơ là một người"):
        actions.recheck(twice, by=officer)


def test_people_of_a_unit_that_went_into_that_of_the_conference_are_accepted(event, people, own, commune):
    old = make_unit("xa-cu", "UBND xã Cũ", ended=date(2026, 1, 1))
    change = UnitChange.objects.create(kind="merge", date=date(2026, 1, 1), citation="NQ")
    Succession.objects.create(change=change, predecessor=old, successor=commune)
    people[0].unit = old
    people[0].save()
    row = Delegate.objects.create(event=event, recipient=people[0], name="Ánh", award=people[0].awards.first(), by=own)
    actions.accept(row, by=own)
    row.refresh_from_db()
    assert row.state == "accepted"


def test_one_is_not_called_as_another_who_works_there(congress, people, delegate, officer):
    delegate(recipient=people[0], workplace="UBND xã Ba Sơn")
    guest = delegate("Lê Thị Khách", role="guest", workplace="Báo Lạng Sơn", delegation=None)
    for name, place, words in (("nông văn ánh", "UBND  xã Ba Sơn", "Nếu là người khác"), ("Lê Thị Khách", "x", "")):
        typed = Delegate.objects.get(pk=guest.pk)
        typed.name, typed.workplace = name, place
        if words:
            with pytest.raises(Refused, match=words) as told:
                actions.edit(guest, by=officer, typed=typed)
            assert told.value.field == "name"
        else:
            actions.edit(guest, by=officer, typed=typed)
    guest.refresh_from_db()
    assert guest.workplace == "x"


def test_a_reserve_moves_up(delegation, delegate, officer):
    row, reserve = delegate("Một", state="accepted"), delegate("Hai", role="reserve")
    delegation.head = row
    delegation.save()
    actions.replace(row, by=officer, reason="Ốm", reserve=reserve)
    reserve.refresh_from_db()
    row.refresh_from_db()
    assert (row.state, row.left_for) == ("replaced", "Ốm")
    assert (reserve.role, reserve.state, reserve.instead_of) == ("official", "accepted", row)
    assert Delegation.objects.get().head is None
    assert Change.objects.filter(what="move_up", of=reserve.pk).exists()
    assert Change.objects.get(what="replace_delegate").changes["Người thay"] == ["", "Hai"]


def test_somebody_else_takes_the_place_within_the_quota(delegation, delegate, people, officer):
    delegate("Một")
    row = delegate("Hai")
    actions.replace(row, by=officer, reason="Chuyển công tác", person=people[2])
    made = Delegate.objects.get(instead_of=row)
    assert (made.recipient, made.delegation, made.reason) == (people[2], delegation, "Chuyển công tác")
    with pytest.raises(Refused, match="Lý Văn Cường đã có trong danh sách"):
        actions.replace(Delegate.objects.get(name="Một"), by=officer, reason="x", person=people[2])
    assert Delegate.objects.get(name="Một").state == "chosen"


def test_a_reserve_of_another_delegation_takes_no_place(delegate, congress, officer):
    row, foreign = delegate("Một"), delegate("Hai", role="reserve", delegation=None)
    with pytest.raises(Refused, match="không còn là đại biểu dự khuyết của đoàn"):
        actions.replace(row, by=officer, reason="x", reserve=foreign)


def test_the_withdrawn_come_back_unless_somebody_stands_there_again(delegate, people, officer):
    row = delegate(recipient=people[0], state="withdrawn", left_for="Ốm")
    other = delegate(recipient=people[0])
    with pytest.raises(Refused, match="đã có trong danh sách"):
        actions.restore(row, by=officer, reason="Khỏi")
    actions.withdraw(other, by=officer, reason="Nhầm")
    assert actions.restore(row, by=officer, reason="Khỏi").left_for == ""


def test_nobody_comes_back_over_the_quota(delegate, officer):
    row = delegate("Ba", state="withdrawn")
    delegate("Một"), delegate("Hai")
    with pytest.raises(Refused, match="được cử 2"):
        actions.restore(row, by=officer, reason="Khỏi")


def test_who_has_a_card_is_withdrawn_not_dropped(delegate, officer):
    row = delegate(number=1)
    with pytest.raises(Refused, match="hãy rút khỏi danh sách"):
        actions.drop(row, by=officer)


def test_an_edit_keeps_the_ground_and_the_quota(delegate, delegation, people, officer):
    row = delegate("Ba", role="reserve", reason="")
    delegate("Một"), delegate("Hai")
    typed = Delegate.objects.get(pk=row.pk)
    typed.role = "official"
    with pytest.raises(Refused, match="hãy ghi lý do cử") as told:
        actions.edit(row, by=officer, typed=typed)
    assert told.value.field == "reason"
    typed.reason = "Thợ giỏi"
    with pytest.raises(Refused, match="được cử 2 đại biểu"):
        actions.edit(row, by=officer, typed=typed)
    typed.role, typed.name = "reserve", "Bế Văn  Ba"
    assert actions.edit(row, by=officer, typed=typed).name == "Bế Văn Ba"


def test_only_official_delegates_have_a_duty(delegate, officer):
    rows = [delegate("Một", state="accepted"), delegate("Hai", state="accepted", role="guest")]
    outcome = actions.take_with(actions.give_duty, Delegate.objects.all(), by=officer, duty="presidium")
    assert [str(row) for row in outcome.done] == ["Một"]
    assert "không phải đại biểu chính thức" in outcome.refused[0][1]
    assert [Delegate.objects.get(pk=row.pk).duty for row in rows] == ["presidium", ""]


# --- From below


def test_a_conference_chooses_sends_and_the_congress_settles(event, congress, people, own, officer):
    found = sending.begin(congress, event.unit, by=own, source=event)
    sending.choose(found, by=own, people=people[:2])
    with pytest.raises(Refused, match="chưa tổ chức"):
        sending.send(found, by=own)
    Event.objects.filter(pk=event.pk).update(state="held", held_on=event.day)
    sending.send(found, by=own)
    assert {row.state for row in Delegate.objects.all()} == {"chosen"}
    with pytest.raises(Refused):
        sending.choose(found, by=own, people=people[2:3], reason="x")
    sending.settle(found, by=officer)
    assert {row.state for row in Delegate.objects.all()} == {"accepted"}
    found.refresh_from_db()
    assert (found.state, found.sent_on, found.accepted_on) == ("settled", date(2026, 6, 15), date(2026, 6, 15))


def test_a_unit_sends_no_more_than_it_may(event, delegation, people, own):
    Event.objects.filter(pk=event.pk).update(state="held", held_on=event.day)
    with pytest.raises(Refused, match="chưa chọn đại biểu chính thức nào"):
        sending.send(delegation, by=own)
    sending.choose(delegation, by=own, people=people[:2])
    with pytest.raises(Refused, match="được cử 2"):
        sending.choose(delegation, by=own, people=people[2:3], reason="Gương")
    Quota.objects.create(plan=event.plan, unit=event.unit, number=1)
    with pytest.raises(Refused, match="đã chọn 2 đại biểu chính thức, được cử 1"):
        sending.send(delegation, by=own)


def test_a_quota_is_never_less_than_there_are(delegation, delegate, officer):
    delegate("Một"), delegate("Hai")
    with pytest.raises(Refused, match="đã có 2") as told:
        sending.set_quota(delegation, by=officer, quota=1)
    assert told.value.field == "quota"
    sending.set_quota(delegation, by=officer, quota=3)


def test_a_delegation_with_a_doubtful_one_is_not_settled(delegation, delegate, people, officer):
    delegate("Một")
    delegate(recipient=people[3], award=people[3].awards.get(), reason="")
    with pytest.raises(Refused, match=r"Chưa chốt được đoàn. Nông Văn Ánh: .*đã hủy"):
        sending.settle(delegation, by=officer)
    assert {row.state for row in Delegate.objects.all()} == {"chosen"}


def test_only_one_of_its_own_leads_a_delegation(delegation, delegate, congress, officer):
    foreign = delegate("Khác", delegation=None)
    with pytest.raises(Refused, match="không còn là đại biểu chính thức của đoàn"):
        sending.set_head(delegation, by=officer, head=foreign)


def test_all_conferences_below_get_a_delegation_once(event, congress, officer):
    assert sending.begin_all(congress, by=officer) == 1
    assert sending.begin_all(congress, by=officer) == 0
    assert Delegation.objects.get().source == event


def test_a_unit_that_ended_gets_none(event, congress, officer, commune):
    commune.ended = congress.day - timedelta(days=1)
    commune.save()
    assert sending.begin_all(congress, by=officer) == 0
    with pytest.raises(Refused, match="đã kết thúc ngày 19/11/2026"):
        sending.begin(congress, commune, by=officer)


def test_the_nearest_body_above_gets_them(event, congress, commune, plan, officer):
    from conferences.delegates.rules import below, upper_of

    assert upper_of(event) == congress
    district = make_unit("huyen", "UBND huyện Lộc Bình", kind="district", superior=congress.unit)
    middle = Event.objects.create(
        unit=district,
        plan=plan,
        level=plan.levels.get(name="Sở, ban, ngành"),
        by=officer,
        name="Huyện",
        day=date(2026, 8, 1),
    )
    commune.superior = district
    commune.save()
    event.refresh_from_db()
    assert upper_of(event) == middle
    assert below(middle) == [event]
    assert below(congress) == [middle]
    assert upper_of(congress) is None


def test_what_the_unit_chose_is_in_the_log_of_the_congress(delegation, people, own):
    sending.choose(delegation, by=own, people=people[:1])
    row = Delegate.objects.get()
    notes = Change.objects.filter(key=delegation.event_id, about__in=["delegate", "delegation"])
    assert {(note.about, note.what, note.of) for note in notes} == {
        ("delegate", "add_delegate", row.pk), ("delegation", "choose_delegates", delegation.pk),
    }  # fmt: skip


def test_a_delegate_chosen_below_is_changed_below_until_sent(delegation, delegate, own, people):
    row = delegate(recipient=people[0])
    typed = Delegate.objects.get(pk=row.pk)
    typed.post, typed.delegation = "Trưởng thôn", None
    changed = actions.edit(row, by=own, typed=typed)
    assert (changed.post, changed.delegation) == ("Trưởng thôn", delegation)
