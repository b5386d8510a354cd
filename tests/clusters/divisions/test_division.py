"""The division of a year: placing units, who leads, changes within the year, the next year made from it; who may."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from clusters.changes import actions as within_year
from clusters.divisions import actions as dividing
from clusters.models import About, Activity, Cluster, Division, Election, Leadership, Membership
from documents.models import Change
from documents.steps.refusing import Refused
from units.models import Unit

from ...conftest import make_unit
from ..conftest import EIGHT, NOTICE_DAY, UNITS, make_cluster
from .placed import commune

Role = Membership.Role


def test_units_are_placed_moved_and_taken_out(draft, officer):
    one, two = draft.clusters.all()
    unit = commune("Mot")
    assert dividing.place(draft, [unit], one, by=officer, seen={unit.pk: None}) == 1
    assert dividing.place(draft, [unit], two, by=officer, seen={unit.pk: one.pk}) == 1
    assert Membership.objects.get(unit=unit).cluster == two
    assert dividing.place(draft, [unit], None, by=officer) == 1
    assert unit in draft.unplaced()


def test_a_unit_that_somebody_moved_meanwhile_stays_where_it_is(draft, officer):
    one, two = draft.clusters.all()
    unit = commune("Mot")
    dividing.place(draft, [unit], one, by=officer)
    with pytest.raises(Refused, match="vừa được người khác chuyển sang Cụm 1"):
        dividing.place(draft, [unit], two, by=officer, seen={unit.pk: None})
    assert Membership.objects.get(unit=unit).cluster == one


def test_a_unit_that_ended_or_of_another_kind_is_not_placed(draft, officer):
    cluster = draft.clusters.first()
    with pytest.raises(Refused, match="không hoạt động vào ngày"):
        dividing.place(draft, [commune("Cu", ended=date(2025, 6, 30))], cluster, by=officer)
    with pytest.raises(Refused, match="không nằm trong các loại"):
        dividing.place(draft, [make_unit("dn", "Công ty", kind=Unit.Kind.ENTERPRISE)], cluster, by=officer)
    assert not Membership.objects.exists()


def test_the_database_holds_one_cluster_a_unit_and_one_leader_a_cluster(draft):
    one, two = draft.clusters.all()
    a, b = commune("A"), commune("B")
    Membership.objects.create(cluster=one, unit=a, role=Role.LEADER)
    for row in (Membership(cluster=two, unit=a), Membership(cluster=one, unit=b, role=Role.LEADER)):
        with pytest.raises(IntegrityError), transaction.atomic():
            row.save()


def test_a_new_leader_takes_the_place_of_the_old_one(draft, officer):
    cluster = draft.clusters.first()
    a, b = (Membership.objects.create(cluster=cluster, unit=commune(name)) for name in "AB")
    dividing.name(a, Role.LEADER, by=officer)
    dividing.name(b, Role.LEADER, by=officer)
    assert dict(cluster.memberships.values_list("unit", "role")) == {a.unit_id: "member", b.unit_id: "leader"}


def test_two_levels_and_no_third(draft, officer):
    bloc = dividing.save_cluster(Cluster(division=draft, name="Khối", kind="bloc"), by=officer)
    part = dividing.save_cluster(Cluster(division=draft, name="Cụm trong khối", parent=bloc), by=officer)
    with pytest.raises(Refused, match="hai cấp"):
        dividing.save_cluster(Cluster(division=draft, name="Cấp ba", parent=part), by=officer)
    with pytest.raises(Refused, match="cụm nhỏ hơn"):
        dividing.place(draft, [commune("A")], bloc, by=officer)


def test_a_leader_changes_within_the_year_and_history_stays(cluster, officer, notice):
    old = cluster.memberships.get(role=Role.LEADER)
    new = cluster.memberships.filter(role=Role.MEMBER).first()
    within_year.name(
        new, Role.LEADER, by=officer, since=date(2026, 6, 1), paper=notice, reason="Đơn vị trưởng cụm đề nghị thôi"
    )
    leading = Leadership.objects.filter(role="leader", membership__cluster=cluster)
    terms = {term.membership_id: (term.since, term.until) for term in leading}
    assert terms == {old.pk: (NOTICE_DAY, date(2026, 5, 31)), new.pk: (date(2026, 6, 1), None)}
    assert Membership.objects.get(cluster=cluster, role=Role.LEADER) == new


@pytest.mark.parametrize(
    ("since", "reason", "words"),
    [
        (date(2026, 2, 1), "x", "từ ngày thông báo"),
        (date(2027, 1, 5), "x", "từ ngày thông báo"),
        (date(2026, 6, 1), " ", "lý do"),
        (NOTICE_DAY, "x", "Hãy chọn ngày sau đó"),
    ],
)
def test_a_change_that_cannot_be_leaves_everything(cluster, officer, notice, since, reason, words):
    new = cluster.memberships.filter(role=Role.MEMBER).first()
    with pytest.raises(Refused, match=words):
        within_year.name(new, Role.LEADER, by=officer, since=since, paper=notice, reason=reason)
    assert Leadership.objects.filter(until=None, membership__cluster=cluster).count() == 2
    assert not Membership.objects.filter(pk=new.pk, role=Role.LEADER).exists()


def test_who_leaves_leads_no_more_and_stays_in_the_list(cluster, officer, notice):
    leader = cluster.memberships.get(role=Role.LEADER)
    within_year.leave(leader, by=officer, since=date(2026, 7, 1), paper=notice, reason="Giải thể")
    leader.refresh_from_db()
    assert (leader.role, leader.left_on) == (Role.MEMBER, date(2026, 7, 1))
    assert Leadership.objects.get(membership=leader).until == date(2026, 6, 30)
    with pytest.raises(Refused, match="đã thôi tham gia"):
        within_year.name(leader, Role.LEADER, by=officer, since=date(2026, 8, 1), paper=notice, reason="x")


def test_the_next_year_is_made_from_this_one(cluster, officer):
    """Members that ended stay behind; who was elected leads."""
    rows = {row.unit.name: row for row in cluster.memberships.select_related("unit")}
    meeting = Activity.objects.create(
        cluster=cluster,
        kind=Activity.Kind.YEAR_END,
        title="Tổng kết",
        held_on=date(2026, 12, 20),
        state=Activity.State.REPORTED,
        unit=rows["UBND xã Ba Sơn"].unit,
        author=officer,
    )
    Election.objects.create(activity=meeting, membership=rows["UBND xã Cao Lộc"], role=Role.LEADER)
    Unit.objects.filter(name="UBND xã Công Sơn").update(ended=date(2026, 12, 31))
    made = dividing.begin(
        Division(year=2027, begins_on=date(2027, 1, 1), ends_on=date(2027, 12, 31)), by=officer, like=cluster.division
    )
    roles = dict(Membership.objects.filter(division=made, cluster__name=cluster.name).values_list("unit__name", "role"))
    assert roles == {"UBND xã Ba Sơn": "member", "UBND xã Đồng Đăng": "member", "UBND xã Cao Lộc": "leader"}
    assert made.is_draft
    assert made.clusters.count() == 2


def test_every_change_tells_who_and_what_before_and_after(draft, officer):
    cluster, unit = draft.clusters.first(), commune("A")
    dividing.place(draft, [unit], cluster, by=officer)
    row = Change.objects.filter(about=About.DIVISION, key=draft.pk).first()
    assert (row.by, row.changes) == (officer, {"UBND xã A": ["chưa xếp", "Cụm 1"]})


def test_only_the_department_divides(turn_of, client_of, cluster):
    year = cluster.division.year
    for who in UNITS:
        with turn_of(who) as person:
            client = client_of(person)
            for name, args in (
                ("begin_division", []),
                ("arrange", [year]),
                ("announce", [year]),
                ("change_cluster", [cluster.pk]),
            ):
                assert client.get(reverse(name, args=args)).status_code == 403
            assert client.post(reverse("place", args=[year]), {"cluster": cluster.pk}).status_code == 403


def test_a_cluster_is_seen_by_its_members_and_the_department(turn_of, client_of, cluster):
    for who in EIGHT:
        with turn_of(who) as person:
            status = client_of(person).get(cluster.get_absolute_url()).status_code
            assert status == (404 if who in ("other_cluster", "nobody") else 200)


def test_a_draft_is_seen_by_the_department_alone(draft, stranger, officer, client_of):
    assert client_of(stranger).get(draft.get_absolute_url()).status_code == 404
    assert client_of(officer).get(draft.get_absolute_url()).status_code == 200


def test_who_leads_a_cluster(turn_of, cluster):
    for who in EIGHT:
        with turn_of(who) as person:
            assert cluster.is_led_by(person) is (who in ("leader_unit", "deputy_unit"))


def test_a_unit_that_ended_leads_no_more(eight, cluster):
    user = eight["leader_unit"]
    user.unit.ended = date(2026, 6, 30)
    user.unit.save()
    assert not cluster.is_led_by(user)


def test_the_page_of_a_division_costs_the_same_with_many_clusters(cluster, officer, client_of):
    client, url = client_of(officer), cluster.division.get_absolute_url()
    with CaptureQueriesContext(connection) as few:
        client.get(url)
    Division.objects.update(state="draft", in_force_on=None)
    for n in range(15):
        make_cluster(cluster.division, f"Cụm thêm {n}", *(commune(f"T{n} {m}") for m in range(4)))
    Division.objects.update(state="in_force", in_force_on=NOTICE_DAY)
    with CaptureQueriesContext(connection) as many:
        assert client.get(url).status_code == 200
    assert len(many) <= len(few)


def test_a_name_that_is_taken_is_told_beside_its_field(draft, officer, client_of):
    response = client_of(officer).post(reverse("new_cluster", args=[2026]), {"kind": "cluster", "name": "Cụm 1"})
    assert response.status_code == 422
    assert "đã có Cụm 1" in response.context["form"].errors["name"][0]


def test_of_two_year_end_meetings_the_last_reported_one_elected(cluster, officer):
    rows = list(cluster.memberships.with_units())
    for day, state, row in ((10, "reported", rows[1]), (20, "reported", rows[2]), (22, "returned", rows[3])):
        meeting = Activity.objects.create(
            cluster=cluster, kind="year_end", title="Tổng kết", held_on=date(2026, 12, day), state=state,
            unit=rows[0].unit, author=officer,
        )  # fmt: skip
        Election.objects.create(activity=meeting, membership=row, role=Role.LEADER)
    made = dividing.begin(
        Division(year=2027, begins_on=date(2027, 1, 1), ends_on=date(2027, 12, 31)), by=officer, like=cluster.division
    )
    new = Membership.objects.get(cluster__name=cluster.name, division=made, role=Role.LEADER)
    assert new.unit == rows[2].unit


def test_nobody_leaves_on_a_day_to_come_and_who_left_may_come_back(cluster, officer, notice):
    row = cluster.memberships.filter(role=Role.MEMBER).first()
    facts = {"by": officer, "paper": notice, "reason": "Sắp xếp"}
    with pytest.raises(Refused, match="chưa đến"):
        within_year.leave(row, since=timezone.localdate() + timedelta(days=1), **facts)
    within_year.leave(row, since=date(2026, 6, 1), **facts)
    within_year.admit(cluster.division, row.unit, cluster, since=date(2026, 7, 1), **facts)
    row.refresh_from_db()
    assert row.left_on is None


@pytest.mark.parametrize("what", ["join", "leave", "leader"])
def test_a_draft_is_not_changed_within_the_year(draft, officer, what, client_of, notice):
    cluster = draft.clusters.first()
    row = Membership.objects.create(cluster=cluster, unit=commune("A"))
    unit = commune("B") if what == "join" else row.unit
    typed = {"what": what, "unit": unit.pk, "since": "01/06/2026", "paper": "109/TB-UBND", "reason": "x"}
    response = client_of(officer).post(reverse("change_cluster", args=[cluster.pk]), typed)
    assert response.status_code == 422
    assert "chưa thông báo" in str(response.context["form"].errors)


def test_units_ticked_on_the_board_are_moved_together(draft, officer, client_of):
    cluster, units = draft.clusters.first(), [commune("A"), commune("B")]
    typed = {"unit": [f"{unit.pk}:" for unit in units], "cluster": cluster.pk}
    page = client_of(officer).post(reverse("place", args=[2026]), typed, follow=True)
    assert "Đã chuyển 2 đơn vị." in page.content.decode()
    assert {row.unit for row in cluster.memberships.all()} == set(units)


@pytest.mark.parametrize(
    "typed", [{"unit": "5:abc"}, {"unit": "9" * 30 + ":"}, {"unit": "1:", "cluster": "abc"}, {"cluster": "9" * 5000}]
)
def test_keys_that_cannot_be_move_nothing(draft, officer, client_of, typed):
    unit = commune("A")
    row = Membership.objects.create(cluster=draft.clusters.first(), unit=unit)
    assert client_of(officer).post(reverse("place", args=[2026]), typed).status_code in (302, 404)
    row.refresh_from_db()
    assert row.cluster == draft.clusters.first()


def test_the_year_keeps_what_was_logged_and_ends_in_january_at_the_latest(cluster, officer, client_of):
    Activity.objects.create(
        cluster=cluster, kind="meeting", title="Họp", held_on=date(2026, 3, 1), unit=officer.unit, author=officer
    )
    client, url = client_of(officer), reverse("division_facts", args=[2026])
    typed = {"begins_on": "01/01/2026", "ends_on": "31/12/2099", "kinds": ["commune"], "version": 1}
    assert "31/01/2027" in client.post(url, typed).context["form"].errors["ends_on"][0]
    typed |= {"begins_on": "01/06/2026", "ends_on": "31/12/2026"}
    assert "hoạt động" in client.post(url, typed).context["form"].errors["ends_on"][0]
    assert client.post(url, typed | {"begins_on": "01/01/2026"}).status_code == 302
