"""Who reads, logs, edits, reports, decides, and has papers written."""

from datetime import date

import pytest
from django.urls import reverse

from clusters.activities import actions as activities
from clusters.activities.actions import Parts
from clusters.activities.papers import Paper, Period, draft_for
from clusters.models import Activity, Membership
from clusters.reports.papers import draft_report
from documents.models import Document
from documents.steps.refusing import Refused
from units.models import Role, Unit

from ...conftest import make_unit, make_user
from ..conftest import EIGHT
from .logged import LEADING, MANAGING, State, all_came, form_of, log, picture


def seen_by(name, *, draft):
    """Whether a person may read an activity of the cluster."""
    return name in LEADING | (set() if draft else MANAGING | {"member"})


def expected_of(name):
    """What answers who writes: a member and the department may only look."""
    return 302 if name in LEADING else 404 if name in ("other_cluster", "nobody") else 403


def test_who_reads_a_draft(turn_of, activity, client_of):
    for name in EIGHT:
        with turn_of(name) as user:
            status = client_of(user).get(activity.get_absolute_url()).status_code
            assert status == (200 if seen_by(name, draft=True) else 404)


def test_who_reads_what_was_reported_and_its_files(turn_of, cluster, who, client_of):
    parts = Parts(came=all_came(cluster), files=[picture()])
    activity = activities.report(log(cluster, who, parts=parts), by=who)
    listed = reverse("cluster_activities", args=[cluster.pk])
    for name in EIGHT:
        with turn_of(name) as user:
            client, expected = client_of(user), 200 if seen_by(name, draft=False) else 404
            assert client.get(activity.get_absolute_url()).status_code == expected
            assert client.get(activity.files.get().upload.get_absolute_url(), {"xem": 1}).status_code == expected
            assert client.get(listed).status_code == expected
            assert client.get(listed, {"xuat": "xlsx"}).status_code == expected


def test_who_logs(turn_of, cluster, client_of):
    for name in EIGHT:
        with turn_of(name) as user:
            response = client_of(user).post(reverse("new_activity", args=[cluster.pk]), form_of(cluster))
            assert response.status_code == expected_of(name)
            assert Activity.objects.exists() == (name in LEADING)


def test_who_edits_and_reports(turn_of, activity, cluster, officer, who, client_of):
    activities.give_back(activities.report(activity, by=who), by=officer, reason="Sửa")
    for name in EIGHT:
        with turn_of(name) as user:
            client, expected = client_of(user), expected_of(name)
            edit = client.post(reverse("edit_activity", args=[activity.pk]), form_of(cluster, version=3, place="Mới"))
            report = client.post(reverse("activity_step", args=[activity.pk]), {"act": "report", "version": 4})
            assert (edit.status_code, report.status_code) == (expected, expected)
            found = Activity.objects.get(pk=activity.pk)
            assert (found.place, found.state) == (
                ("Mới", State.REPORTED) if name in LEADING else ("Hội trường", State.RETURNED)
            )


@pytest.mark.parametrize("data", [{"act": "acknowledge"}, {"act": "return", "reason": "Thiếu"}])
def test_who_decides(turn_of, data, reported, client_of):
    url = reverse("activity_step", args=[reported.pk])
    for name in EIGHT:
        with turn_of(name) as user:
            response = client_of(user).post(url, {**data, "version": 2})
            expected = 302 if name in MANAGING else 403 if seen_by(name, draft=False) else 404
            assert response.status_code == expected
            found = Activity.objects.get(pk=reported.pk)
            assert (found.state != State.REPORTED) == (name in MANAGING)


def test_who_takes_out_a_draft(turn_of, activity, client_of):
    for name in EIGHT:
        with turn_of(name) as user:
            typed = {"act": "discard", "version": 1}
            response = client_of(user).post(reverse("activity_step", args=[activity.pk]), typed)
            assert response.status_code == (302 if name in LEADING else 404)
            assert Activity.objects.exists() == (name not in LEADING)


def test_who_has_papers_written(turn_of, reported, cluster, client_of):
    for name in EIGHT:
        with turn_of(name) as user:
            client, expected = client_of(user), expected_of(name)
            minutes = client.post(reverse("write_activity_paper", args=[reported.pk, "bien-ban"]))
            report = client.post(reverse("write_cluster_report", args=[cluster.pk]), {"period": "year"})
            assert (minutes.status_code, report.status_code) == (expected, expected)
            assert Document.objects.filter(origin="ours").count() == (2 if name in LEADING else 0)


def test_the_actions_themselves_refuse_strangers(turn_of, cluster, reported):
    """Not only the views: whoever calls them."""
    Activity.objects.filter(pk=reported.pk).update(held_on=date(2026, 6, 20))
    for name in EIGHT:
        with turn_of(name) as user:
            found = Activity.objects.get(pk=reported.pk)
            for allowed, act in (
                (LEADING, lambda by: log(cluster, by)),
                (LEADING, lambda by, row=found: draft_for(row, Paper.MINUTES, by=by)),
                (LEADING, lambda by: draft_report(cluster, Period.HALF, by=by)),
                (MANAGING, lambda by, row=found: activities.acknowledge(row, by=by)),
            ):
                if name in allowed:
                    act(user)
                else:
                    with pytest.raises(Refused, match=r"^Chỉ|do Sở Nội vụ làm"):
                        act(user)


def test_the_leader_of_another_year_writes_nothing(cluster, client_of, division):
    """Its unit leads a cluster, but not this one."""
    user = make_user("cu", "Người Cũ", Role.UNIT_OFFICER, make_unit("xa-cu", "UBND xã Cũ", kind=Unit.Kind.COMMUNE))
    other = type(division).objects.create(
        year=2025, begins_on=date(2025, 1, 1), ends_on=date(2025, 12, 31), kinds=["commune"]
    )
    old = type(cluster).objects.create(division=other, name="Cụm cũ")
    Membership.objects.create(cluster=old, unit=user.unit, role="leader")
    assert client_of(user).post(reverse("new_activity", args=[cluster.pk]), form_of(cluster)).status_code == 404
    with pytest.raises(Refused, match="Chỉ trưởng, phó trưởng"):
        log(cluster, user)


def test_a_unit_that_ended_writes_nothing(cluster, who, client_of):
    Unit.objects.filter(pk=who.unit_id).update(ended=date(2026, 6, 30))
    who.refresh_from_db()
    assert client_of(who).post(reverse("new_activity", args=[cluster.pk]), form_of(cluster)).status_code == 403
    assert not Activity.objects.exists()
