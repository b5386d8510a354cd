"""What a cluster and a meeting of it fill in a text."""

from datetime import date, time

import pytest

from clusters.models import Activity, Attendance
from clusters.reports.gaps import OF_CLUSTER, OF_MEETING

pytestmark = pytest.mark.django_db


def test_a_cluster_answers_with_its_leader_and_how_many_they_are(cluster, officer):
    assert OF_CLUSTER.facts(OF_CLUSTER.find(cluster.pk, officer), officer) == {
        "đơn vị": "UBND xã Ba Sơn",
        "cụm": str(cluster),
        "số đơn vị": "04",
        "năm": str(cluster.division.year),
    }


def test_a_cluster_is_found_by_its_members_alone(cluster, eight):
    seen = {name for name, person in eight.items() if OF_CLUSTER.find(cluster.pk, person)}
    assert seen == {"officer", "leader", "administrator", "leader_unit", "deputy_unit", "member"}
    assert OF_CLUSTER.latest(eight["nobody"]) is None


def test_a_meeting_answers_with_when_where_and_how_many_came(cluster, eight, officer):
    meeting = Activity.objects.create(
        cluster=cluster, kind=Activity.Kind.values[0], title="Họp triển khai", held_on=date(2026, 3, 2), held_at=time(8, 30),
        place="Hội trường xã", unit=eight["leader_unit"].unit, author=eight["leader_unit"], state=Activity.State.REPORTED,
    )  # fmt: skip
    for row, came in zip(cluster.memberships.all(), ("present", "present", "absent"), strict=False):
        Attendance.objects.create(activity=meeting, membership=row, came=came)
    assert OF_MEETING.facts(OF_MEETING.find(meeting.pk, officer), officer) == {
        "đơn vị": "UBND xã Ba Sơn",
        "cụm": str(cluster),
        "hội nghị": "Họp triển khai",
        "số đơn vị": "02",
        "năm": str(cluster.division.year),
        "ngày": "ngày 02 tháng 3 năm 2026",
        "giờ": "08 giờ 30",
        "địa điểm": "Hội trường xã",
    }
    assert OF_MEETING.find(meeting.pk, eight["other_cluster"]) is None
