"""Units that join, leave and lead within the year: who is asked, counted, addressed, and what a new leader may read."""

from datetime import date

import pytest
from django.urls import reverse

from clusters.activities import actions as activities
from clusters.changes import actions as within_year
from clusters.divisions import actions as dividing
from clusters.divisions import groups
from clusters.models import Activity, Cluster, Membership, Pact, Party
from documents.steps.refusing import Refused
from units.models import Role, Unit

from ...conftest import make_unit, make_user


@pytest.fixture(autouse=True)
def today(monkeypatch):
    """Late in the year."""
    monkeypatch.setattr(
        "django.utils.timezone.localdate",
        lambda value=None, timezone=None: value.date() if value else date(2026, 11, 20),
    )


def change(act, *args, since, officer, notice):
    return act(*args, by=officer, since=since, paper=notice, reason="Sắp xếp lại")


@pytest.fixture
def joined(cluster, officer, notice):
    """A unit that joined on 1 July."""
    unit = make_unit("xa-moi", "UBND xã Mới", kind=Unit.Kind.COMMUNE)
    return change(
        within_year.admit, cluster.division, unit, cluster, since=date(2026, 7, 1), officer=officer, notice=notice
    )


def test_a_member_is_asked_from_the_day_on_which_it_joined(cluster, joined):
    asked = {day: joined in activities.expected(cluster, day) for day in (date(2026, 6, 30), date(2026, 7, 1))}
    assert asked == {date(2026, 6, 30): False, date(2026, 7, 1): True}


def test_a_meeting_before_a_unit_joined_is_reported_without_it(cluster, joined, eight):
    who = eight["leader_unit"]
    meeting = Activity(
        cluster=cluster, kind="meeting", title="Họp", held_on=date(2026, 3, 10), place="Hội trường", chair="Bà Ba",
        decided="Thống nhất",
    )  # fmt: skip
    came = dict.fromkeys(cluster.memberships.exclude(pk=joined.pk), ("present", ""))
    stored = activities.save(meeting, activities.Parts(came=came), by=who)
    assert activities.report(stored, by=who).state == Activity.State.REPORTED


def test_a_unit_that_comes_back_is_asked_before_and_after_but_not_while_it_was_away(cluster, officer, notice):
    row = list(cluster.memberships.with_units())[3]
    change(within_year.leave, row, since=date(2026, 5, 1), officer=officer, notice=notice)
    back = change(
        within_year.admit, cluster.division, row.unit, cluster, since=date(2026, 9, 1), officer=officer, notice=notice
    )
    assert (back.pk, back.joined_on, back.left_on) == (row.pk, None, None)
    asked = {month: row in activities.expected(cluster, date(2026, month, 10)) for month in (4, 6, 10)}
    assert asked == {4: True, 6: False, 10: True}


def test_days_of_coming_and_going_follow_each_other(cluster, joined, officer, notice):
    told = {"officer": officer, "notice": notice}
    with pytest.raises(Refused, match="tham gia từ ngày 01/07/2026"):
        change(within_year.leave, joined, since=date(2026, 4, 1), **told)
    change(within_year.leave, joined, since=date(2026, 8, 1), **told)
    back = (within_year.admit, cluster.division, joined.unit, cluster)
    with pytest.raises(Refused, match="thôi tham gia từ ngày 01/08/2026"):
        change(*back, since=date(2026, 7, 20), **told)
    change(*back, since=date(2026, 9, 1), **told)
    with pytest.raises(Refused, match="tham gia từ ngày 01/09/2026"):
        change(within_year.leave, joined, since=date(2026, 8, 15), **told)


def test_a_cluster_that_somebody_removed_is_told_so(division, officer):
    cluster = division.clusters.create(name="Cụm 1")
    stale = Cluster.objects.get(pk=cluster.pk)
    dividing.remove_cluster(cluster, by=officer, seen_version=cluster.version)
    stale.name = "Khác"
    with pytest.raises(Refused, match="vừa bị người khác xóa"):
        dividing.save_cluster(stale, by=officer, seen_version=1)


def test_a_paper_of_a_day_goes_to_the_members_of_that_day(cluster, joined):
    def members(name, day):
        return set(groups._members(name, day).values_list("code", flat=True))

    for name in (str(cluster.pk), "nam-2026"):
        assert "xa-moi" not in members(name, date(2026, 6, 30))
        assert "xa-moi" in members(name, date(2026, 7, 1))
    for name in ("nam-" + "9" * 40, "truong-٢٠٢٦", "nam-", "9" * 40, "x"):
        assert members(name, date(2026, 7, 1)) == set()


def test_who_left_is_shown_and_not_counted(cluster, officer, notice, client_of):
    row = list(cluster.memberships.with_units())[3]
    change(within_year.leave, row, since=date(2026, 5, 1), officer=officer, notice=notice)
    for url in (cluster.get_absolute_url(), cluster.division.get_absolute_url()):
        page = client_of(officer).get(url).content.decode()
        assert "3 đơn vị" in page
        assert "4 đơn vị" not in page
        assert "thôi từ 01/05/2026" in page


def test_a_new_leader_reads_the_pact_of_the_leaders_that_another_signed(cluster, officer, notice, client_of):
    first, _, third, fourth = cluster.memberships.with_units()
    pact = Pact.objects.create(division=cluster.division, title="Giao ước", state="signed", signed_on=date(2026, 3, 1))
    Party.objects.create(pact=pact, membership=first)
    people = [
        make_user(f"nguoi-{n}", f"Người {n}", Role.UNIT_OFFICER, row.unit)
        for n, row in enumerate((first, third, fourth))
    ]
    change_of = {"since": date(2026, 6, 1), "officer": officer, "notice": notice}
    change(within_year.name, third, Membership.Role.LEADER, **change_of)
    seen = [client_of(user).get(reverse("pact", args=[pact.pk])).status_code for user in people]
    assert seen == [200, 200, 404]
