"""The year of the clusters as a calendar."""

from datetime import date

import pytest
from django.urls import reverse

from .dutied import logged

pytestmark = pytest.mark.usefixtures("_today")


def test_the_calendar_shows_duties_and_activities(year, cluster, other_cluster, officer, eight, client_of):
    who = eight["leader_unit"]
    logged(cluster, who, "plan", date(2026, 3, 5))
    logged(other_cluster, eight["other_cluster"], "plan", date(2026, 3, 5))
    draft = logged(cluster, who, "meeting", date(2026, 3, 9), "draft")
    own = client_of(who).get(reverse("cluster_calendar", args=[cluster.pk]), {"thang": "2026-03"}).content.decode()
    assert "Hạn: Ban hành kế hoạch" in own
    assert draft.get_absolute_url() in own
    member = client_of(eight["member"]).get(reverse("cluster_calendar", args=[cluster.pk]), {"thang": "2026-03"})
    assert draft.get_absolute_url() not in member.content.decode()
    whole = client_of(officer).get(reverse("division_calendar", args=[2026]), {"thang": "2026-03"}).content.decode()
    assert "(2/2 xong)" in whole
    assert "2 khối, cụm: Kế hoạch" in whole
    assert draft.get_absolute_url() not in whole


@pytest.mark.parametrize("month", ["nam", "", "2026-01", "2026-12", "2027-01", "x"])
def test_every_month_has_its_page(year, cluster, client_of, officer, month):
    response = client_of(officer).get(reverse("cluster_calendar", args=[cluster.pk]), {"thang": month})
    assert response.status_code == 200
    shown = response.context["shown"]
    assert shown == {"nam": None, "2026-01": date(2026, 1, 1), "2026-12": date(2026, 12, 1)}.get(
        month, date(2026, 11, 1)
    )
