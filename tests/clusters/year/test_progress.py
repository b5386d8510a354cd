"""How far clusters are: shown by what was logged, side by side, on the first page."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from clusters.models import About, Activity, Ballot, CriteriaSet, Division, Milestone, Pact, ScoreSheet
from clusters.scores.rules import VERIFY
from clusters.year.progress import progress
from documents.duties.actions import Standing
from documents.models import Change
from documents.steps.log import record
from units.models import Unit

from ...conftest import make_unit
from ...waits import words_for
from ..conftest import make_cluster
from .dutied import TODAY, duty, logged, standing

pytestmark = pytest.mark.usefixtures("_today")


@pytest.mark.parametrize(
    ("due", "held", "state", "expected"),
    [
        (date(2026, 3, 31), date(2026, 3, 31), "reported", Standing.DONE),
        (date(2026, 3, 31), date(2026, 4, 1), "acknowledged", Standing.DONE_LATE),
        (date(2026, 3, 31), date(2026, 3, 1), "draft", Standing.LATE),
        (date(2026, 3, 31), date(2026, 3, 1), "returned", Standing.LATE),
        (TODAY, date(2026, 3, 1), "draft", Standing.OPEN),
        (TODAY - timedelta(days=1), date(2026, 3, 1), "draft", Standing.LATE),
    ],
)
def test_an_activity_that_was_reported_shows_the_duty_done(cluster, eight, due, held, state, expected):
    duty(cluster.division, "first_meeting", due)
    logged(cluster, eight["leader_unit"], "first_meeting", held, state)
    assert standing(cluster) == expected


def test_the_second_check_is_shown_by_the_second_that_was_logged(cluster, eight):
    for due in (date(2026, 5, 31), date(2026, 10, 31)):
        duty(cluster.division, "cross_check", due)
    logged(cluster, eight["leader_unit"], "cross_check", date(2026, 5, 20))
    (row,) = progress(cluster.division, clusters=[cluster.pk])
    assert [cell.standing for cell in row.cells] == [Standing.DONE, Standing.LATE]


def test_a_pact_is_done_when_all_have_signed(cluster):
    duty(cluster.division, "pact", date(2026, 3, 31))
    Pact.objects.create(division=cluster.division, cluster=cluster, title="Giao ước", state="open")
    assert standing(cluster) == Standing.LATE
    Pact.objects.update(state="signed", signed_on=date(2026, 4, 2))
    assert standing(cluster) == Standing.DONE_LATE


def test_scores_are_done_when_every_member_is(cluster, category, officer):
    duty(cluster.division, "self_scores", date(2026, 11, 1))
    made = CriteriaSet.objects.create(category=category, name="Bộ", number=1, total=100, applies_from=2026)
    rows = list(cluster.memberships.all())
    sheets = [ScoreSheet.objects.create(membership=row, set=made, state="sent") for row in rows[:3]]
    assert standing(cluster) == Standing.LATE
    ScoreSheet.objects.create(membership=rows[3], set=made, disqualified="Vi phạm")
    assert standing(cluster) == Standing.DONE
    Milestone.objects.update(proof="scores")
    assert standing(cluster) == Standing.LATE
    ScoreSheet.objects.filter(disqualified="").update(state="verified")
    assert standing(cluster) == Standing.DONE
    record(About.SCORES, sheets[0], VERIFY.act, by=officer, what=VERIFY.ends)
    Change.objects.update(at="2026-11-02T03:00Z")
    assert standing(cluster) == Standing.DONE_LATE


def test_a_ballot_is_done_when_it_is_counted(cluster, officer):
    duty(cluster.division, "ballot", date(2026, 11, 1))
    ballot = Ballot.objects.create(cluster=cluster, award="Cờ thi đua", held_on=date(2026, 10, 30), percent=80)
    assert standing(cluster) == Standing.LATE
    figures = dict.fromkeys(["entitled", "issued", "cast", "valid"], 4)
    figures |= {"counted_at": "2026-10-30T03:00Z", "counted_by": officer}
    Ballot.objects.filter(pk=ballot.pk).update(state="counted", **figures)
    assert standing(cluster) == Standing.DONE


def test_the_clusters_side_by_side_cost_the_same_with_many(year, cluster, officer, eight, client_of):
    client, url = client_of(officer), reverse("progress", args=[2026])
    logged(cluster, eight["leader_unit"], "plan", date(2026, 3, 1))
    with CaptureQueriesContext(connection) as few:
        page = client.get(url)
    assert len(page.context["rows"]) == 2
    Division.objects.update(state="draft", in_force_on=None)
    for n in range(20):
        units = [make_unit(f"t-{n}-{m}", f"UBND xã T{n} {m}", kind=Unit.Kind.COMMUNE) for m in range(2)]
        made = make_cluster(year, f"Cụm thêm {n}", *units)
        for kind in ("plan", "midyear", "first_meeting"):
            logged(made, eight["leader_unit"], kind, date(2026, 3, 1))
    Division.objects.update(state="in_force", in_force_on=date(2026, 2, 25))
    with CaptureQueriesContext(connection) as many:
        page = client.get(url)
    assert len(page.context["rows"]) == 22
    assert len(many) <= len(few)


def test_the_page_filters_what_is_late_and_exports(year, cluster, other_cluster, officer, eight, client_of):
    Milestone.objects.exclude(proof="plan").delete()
    logged(cluster, eight["leader_unit"], "plan", date(2026, 3, 1))
    client, url = client_of(officer), reverse("progress", args=[2026])
    assert [row.cluster for row in client.get(url, {"muc": "late"}).context["rows"]] == [other_cluster]
    assert [row.cluster for row in client.get(url, {"muc": "on_time"}).context["rows"]] == [cluster]
    assert client.get(url, {"muc": "x"}).context["rows"] == []
    assert client.get(url, {"xuat": "xlsx"})["Content-Type"].endswith("sheet")


def test_late_duties_stand_on_the_page_of_the_cluster_and_the_first_page_of_its_leader(year, cluster, eight, client_of):
    assert "Việc quá hạn" not in client_of(eight["member"]).get(reverse("home")).content.decode()
    page = client_of(eight["member"]).get(cluster.get_absolute_url()).content.decode()
    assert "5 việc quá hạn" in page
    for name in ("leader_unit", "deputy_unit"):
        page = client_of(eight[name]).get(reverse("home")).content.decode()
        assert "việc quá hạn" in page
        assert cluster.name in page
    assert words_for(eight["member"]) == {}
    assert words_for(eight["nobody"]) == {}


def test_the_first_page_tells_the_department_what_waits(cluster, eight, officer, client_of):
    assert words_for(officer) == {}
    row = logged(cluster, eight["leader_unit"], "plan", date(2026, 3, 1))
    assert row.get_absolute_url() in client_of(officer).get(reverse("home")).content.decode()
    Activity.objects.update(state="returned")
    assert words_for(officer) == {}
    assert row.get_absolute_url() in client_of(eight["leader_unit"]).get(reverse("home")).content.decode()
