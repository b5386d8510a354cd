"""The division of a year: placing units, who leads, the notice, changes within the year, the next year made from it."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from clusters import dividing
from clusters.models import Activity, Change, Cluster, Division, Election, Leadership, Membership
from clusters.steps import Refused
from documents.issuing import issue
from documents.models import Document, Move
from documents.moves import MoveRefused, move
from tests.conftest import make_unit
from units.models import Unit

from .conftest import NOTICE_DAY, make_cluster

Role = Membership.Role


@pytest.fixture
def draft(division, officer):
    """A draft with two clusters and no members."""
    for name in ("Cụm 1", "Cụm 2"):
        dividing.save_cluster(Cluster(division=division, name=name), by=officer)
    return division


def commune(name, **fields):
    return make_unit(name.lower().replace(" ", "-"), f"UBND xã {name}", kind=Unit.Kind.COMMUNE, **fields)


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


def test_what_is_not_complete_is_not_announced(draft, officer, notice):
    with pytest.raises(Refused, match="Cụm 1 chưa có đơn vị nào"):
        dividing.put_in_force(draft, notice=notice, day=NOTICE_DAY, by=officer)
    draft.refresh_from_db()
    assert draft.is_draft


def test_the_notice_begins_the_terms_of_leaders(cluster, notice):
    terms = Leadership.objects.filter(membership__cluster=cluster).values_list("role", "since", "paper", "until")
    assert sorted(terms) == [("deputy", NOTICE_DAY, notice.pk, None), ("leader", NOTICE_DAY, notice.pk, None)]


def test_an_announced_division_is_changed_with_day_and_paper_only(cluster, officer):
    unit = commune("Moi")
    for change in (
        lambda: dividing.place(cluster.division, [unit], cluster, by=officer),
        lambda: dividing.name(cluster.memberships.last(), Role.LEADER, by=officer),
        lambda: dividing.save_cluster(cluster, by=officer),
        lambda: dividing.remove_cluster(cluster, by=officer),
    ):
        with pytest.raises(Refused, match="đã thông báo"):
            change()


def test_a_leader_changes_within_the_year_and_history_stays(cluster, officer, notice):
    old = cluster.memberships.get(role=Role.LEADER)
    new = cluster.memberships.filter(role=Role.MEMBER).first()
    dividing.name_within_the_year(
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
        dividing.name_within_the_year(new, Role.LEADER, by=officer, since=since, paper=notice, reason=reason)
    assert Leadership.objects.filter(until=None, membership__cluster=cluster).count() == 2
    assert not Membership.objects.filter(pk=new.pk, role=Role.LEADER).exists()


def test_who_leaves_leads_no_more_and_stays_in_the_list(cluster, officer, notice):
    leader = cluster.memberships.get(role=Role.LEADER)
    dividing.leave(leader, by=officer, since=date(2026, 7, 1), paper=notice, reason="Giải thể")
    leader.refresh_from_db()
    assert (leader.role, leader.left_on) == (Role.MEMBER, date(2026, 7, 1))
    assert Leadership.objects.get(membership=leader).until == date(2026, 6, 30)
    with pytest.raises(Refused, match="đã thôi tham gia"):
        dividing.name_within_the_year(leader, Role.LEADER, by=officer, since=date(2026, 8, 1), paper=notice, reason="x")


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
    row = Change.objects.filter(about=Change.About.DIVISION, key=draft.pk).first()
    assert (row.by, row.changes) == (officer, {"UBND xã A": ["chưa xếp", "Cụm 1"]})


# --- Who may


@pytest.mark.parametrize("who", ["leader_unit", "deputy_unit", "member", "other_cluster", "nobody"])
def test_only_the_department_divides(eight, who, client_of, cluster):
    client, year = client_of(eight[who]), cluster.division.year
    for name, args in (
        ("begin_division", []),
        ("arrange", [year]),
        ("announce", [year]),
        ("change_cluster", [cluster.pk]),
    ):
        assert client.get(reverse(name, args=args)).status_code == 403
    assert client.post(reverse("place", args=[year]), {"cluster": cluster.pk}).status_code == 403


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("officer", 200),
        ("leader", 200),
        ("administrator", 200),
        ("leader_unit", 200),
        ("deputy_unit", 200),
        ("member", 200),
        ("other_cluster", 404),
        ("nobody", 404),
    ],
)
def test_a_cluster_is_seen_by_its_members_and_the_department(eight, who, status, client_of, cluster):
    assert client_of(eight[who]).get(cluster.get_absolute_url()).status_code == status


def test_a_draft_is_seen_by_the_department_alone(draft, stranger, officer, client_of):
    assert client_of(stranger).get(draft.get_absolute_url()).status_code == 404
    assert client_of(officer).get(draft.get_absolute_url()).status_code == 200


@pytest.mark.parametrize(
    ("who", "leads"),
    [
        ("officer", False),
        ("leader", False),
        ("administrator", False),
        ("leader_unit", True),
        ("deputy_unit", True),
        ("member", False),
        ("other_cluster", False),
        ("nobody", False),
    ],
)
def test_who_leads_a_cluster(eight, who, leads, cluster):
    assert cluster.is_led_by(eight[who]) is leads


def test_a_unit_that_ended_leads_no_more(eight, cluster):
    user = eight["leader_unit"]
    user.unit.ended = date(2026, 6, 30)
    user.unit.save()
    assert not cluster.is_led_by(user)


# --- Pages


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


def test_the_notice_of_the_program_puts_the_division_in_force(draft, officer, leader, clerk, client_of):
    """Drafted from the board with its lists as appendix; from the day it is issued the division holds."""
    for n, cluster in enumerate(draft.clusters.all()):
        row = Membership.objects.create(cluster=cluster, unit=commune(f"X{n}"), role=Role.LEADER)
    client_of(officer).post(reverse("announce", args=[2026]), {"draft": 1})
    paper = Document.objects.get(area="phan-cum")
    assert row.unit.name in paper.appendices.get().body
    paper.signer_name, paper.capacity = "Nông Văn Minh", "KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH"
    paper.save()
    move(paper, Move.Act.SUBMIT, by=officer)
    move(paper, Move.Act.APPROVE, by=leader)
    # What keeps the division from being announced keeps its notice from being issued.
    Membership.objects.filter(pk=row.pk).update(role=Role.MEMBER)
    with pytest.raises(MoveRefused, match="Cụm 2 chưa có trưởng"):
        issue(paper, by=clerk, day=NOTICE_DAY)
    paper.refresh_from_db()
    assert paper.number is None
    Membership.objects.filter(pk=row.pk).update(role=Role.LEADER)
    issue(paper, by=clerk, day=NOTICE_DAY)
    draft.refresh_from_db()
    assert (draft.state, draft.notice, draft.in_force_on) == ("in_force", paper, NOTICE_DAY)
    assert paper.deliveries.count() == 2
