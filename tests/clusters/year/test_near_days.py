"""The days of clusters on the first page: whoever is told of one may open where it leads."""

from datetime import timedelta

import pytest
from django.urls import reverse

from clusters.models import Activity, Milestone
from documents.areas import agenda
from tests.days import TODAY
from units.models import User

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("day_of_the_run")]
WHO = ["officer", "leader", "leader_unit", "deputy_unit", "member", "other_cluster"]


def near(user):
    return agenda.near(User.objects.select_related("unit").get(pk=user.pk), TODAY)


@pytest.fixture
def days(cluster, other_cluster, officer):
    """A duty of the year, and on one day a meeting of one kind in both clusters."""
    Milestone.objects.create(
        division=cluster.division,
        title="Chấm chéo",
        proof=Milestone.Proof.SCORES,
        due_on=TODAY + timedelta(days=2),
    )
    for found in (cluster, other_cluster):
        Activity.objects.create(
            cluster=found,
            kind=Activity.Kind.MIDYEAR,
            title="Sơ kết",
            held_on=TODAY,
            author=officer,
            unit=officer.unit,
            state=Activity.State.REPORTED,
        )


@pytest.mark.parametrize("who", WHO)
def test_each_day_leads_to_a_page_that_its_reader_may_open(days, eight, client_of, who):
    found = near(eight[who])
    assert found[-1].words == "Hạn của các cụm: Chấm chéo"
    assert {client_of(eight[who]).get(row.url).status_code for row in found} == {200}


def test_meetings_of_one_kind_are_one_line_for_who_sees_all_clusters(days, cluster, eight):
    assert [row.words for row in near(eight["officer"])][:-1] == ["2 khối, cụm: Sơ kết 6 tháng"]
    # A member, who may not open the list of all clusters, has a line and a page for each of its own.
    for found in Activity.objects.filter(cluster=cluster):
        Activity.objects.filter(pk=found.pk).update(title="Buổi sáng")
        found.pk, found.title = None, "Buổi chiều"
        found.save(force_insert=True)
    own = Activity.objects.filter(cluster=cluster)
    assert {(row.words, row.url) for row in near(eight["member"])[:-1]} == {
        (f"{cluster}: {row.title}", reverse("activity", args=[row.pk])) for row in own
    }
