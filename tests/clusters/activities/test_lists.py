"""The lists of activities: whose they are, what they filter, what they cost."""

from datetime import date, timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from clusters.activities import actions as activities
from clusters.activities.actions import Parts
from clusters.models import ActivityFile
from documents.models import Upload

from .logged import MANAGING, all_came, log, picture


def test_the_list_of_the_year_is_the_departments(eight, clerk, cluster, client_of):
    url = reverse("division_activities", args=[2026])
    for name, user in [*eight.items(), ("clerk", clerk)]:
        assert client_of(user).get(url).status_code == (200 if name in MANAGING | {"clerk"} else 403)


def test_the_lists_filter_and_cost_the_same_with_many(cluster, other_cluster, eight, officer, who, client_of):
    activities.report(log(cluster, who, title="Họp giao ban"), by=who)
    client, url = client_of(officer), reverse("division_activities", args=[2026])
    with CaptureQueriesContext(connection) as few:
        assert client.get(url).status_code == 200
    for n in range(12):
        activities.report(log(cluster, who, held_on=date(2026, 5, 1) + timedelta(days=n)), by=who)
    south = log(other_cluster, eight["other_cluster"], parts=Parts(came=all_came(other_cluster)))
    activities.report(south, by=eight["other_cluster"])
    with CaptureQueriesContext(connection) as many:
        assert client.get(url).context["page_obj"].paginator.count == 14
    assert len(many) <= len(few)

    def found(**query):
        return client.get(url, query).context["page_obj"].paginator.count

    assert found(q="hop giao") == 1
    assert found(cum=other_cluster.pk) == 1
    assert found(tu="01/07/2026", den="31/07/2026") == 2
    assert found(kind="year_end") == 0
    assert client.get(url, {"xuat": "xlsx"}).status_code == 200


def test_a_page_costs_the_same_with_many_files(cluster, who, client_of):
    activity = log(cluster, who, parts=Parts(came=all_came(cluster), files=[picture()]))
    client = client_of(who)
    for url in (activity.get_absolute_url(), reverse("edit_activity", args=[activity.pk])):
        with CaptureQueriesContext(connection) as few:
            client.get(url)
        upload = Upload.objects.first()
        for _ in range(5):
            upload.pk = None
            upload.save()
            ActivityFile.objects.create(activity=activity, upload=upload)
        with CaptureQueriesContext(connection) as many:
            client.get(url)
        assert len(many) <= len(few)
