"""Who sets duties, guides, asks, and reads how far clusters are."""

import pytest
from django.urls import reverse

from clusters.models import Division, Milestone
from clusters.year import actions as milestones
from clusters.year import papers
from documents.models import Document
from documents.steps.refusing import Refused

from ..conftest import EIGHT
from .dutied import MANAGING

pytestmark = pytest.mark.usefixtures("_today")


def test_who_sets_duties_guides_and_asks(turn_of, year, client_of):
    row = Milestone.objects.filter(proof="plan").get()
    data = {"title": "Việc", "proof": "plan", "due_on": "31/03/2026", "version": 1}
    for name in EIGHT:
        with turn_of(name) as user:
            client, expected = client_of(user), 302 if name in MANAGING else 403
            for address, args, posted in [
                ("new_milestone", [2026], data),
                ("edit_milestone", [2026, row.pk], data),
                ("fill_milestones", [2026], {}),
                ("guide_clusters", [2026], {"draft": 1}),
                ("guide_clusters", [2026], {"paper": "109/TB-UBND"}),
                ("remind_late", [2026], {}),
                ("remove_milestone", [2026, row.pk], {"version": 2}),
            ]:
                assert client.post(reverse(address, args=args), posted).status_code == expected, address
            assert Milestone.objects.filter(pk=row.pk).exists() == (name not in MANAGING)
            assert Document.objects.filter(origin="ours").exists() == (name in MANAGING)


def test_the_actions_themselves_refuse_strangers(turn_of, year, notice):
    for name in EIGHT:
        with turn_of(name) as by:
            row, division = Milestone.objects.first(), Division.objects.get(pk=year.pk)
            for act, args in (
                (milestones.save, [row]),
                (milestones.rest_on, [division, notice]),
                (papers.draft_guidance, [division]),
                (papers.draft_reminder, [division]),
                (milestones.remove, [row]),
                (milestones.fill, [division]),
            ):
                if name in MANAGING:
                    act(*args, by=by)
                else:
                    with pytest.raises(Refused, match="Chỉ chuyên viên"):
                        act(*args, by=by)


def test_who_sees_the_year_and_the_cluster(turn_of, year, cluster, client_of):
    for name in EIGHT:
        with turn_of(name) as user:
            client = client_of(user)
            for address in ("progress", "division_calendar"):
                assert client.get(reverse(address, args=[2026])).status_code == (200 if name in MANAGING else 403)
            assert client.get(reverse("milestones", args=[2026])).status_code == 200
            mine = name in MANAGING | {"leader_unit", "deputy_unit", "member"}
            for address in ("cluster_progress", "cluster_calendar"):
                assert client.get(reverse(address, args=[cluster.pk])).status_code == (200 if mine else 404)


def test_the_duties_of_a_draft_are_the_departments(division, officer, stranger, client_of):
    url = reverse("milestones", args=[2026])
    assert client_of(stranger).get(url).status_code == 404
    assert client_of(officer).get(url).status_code == 200
