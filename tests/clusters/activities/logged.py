"""Activities brought as far as a test needs them, and what a form posts."""

import io
from datetime import date

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from clusters.activities import actions as activities
from clusters.activities.actions import Parts
from clusters.models import Activity, Attendance

Kind, State, Came = Activity.Kind, Activity.State, Attendance.Came
TODAY = date(2026, 11, 20)


def picture(name="anh.jpg", **fields):
    content = io.BytesIO()
    Image.new("RGB", (60, 40), "#336699").save(content, "JPEG")
    return SimpleUploadedFile(name, content.getvalue(), "image/jpeg", **fields)


def all_came(cluster):
    return dict.fromkeys(cluster.memberships.all(), (Came.PRESENT, ""))


def log(cluster, who, *, parts=None, **fields):
    """A draft that is complete."""
    facts = {
        "kind": Kind.MIDYEAR,
        "held_on": date(2026, 7, 9),
        "place": "Hội trường",
        "chair": "Nông Văn Ba, Chủ tịch UBND xã",
        "decided": "Thống nhất kế hoạch",
    }
    activity = Activity(cluster=cluster, **(facts | fields))
    return activities.save(activity, parts or Parts(came=all_came(cluster)), by=who)


def form_of(cluster, **changes):
    """What a complete form posts."""
    facts = {
        "kind": "midyear",
        "title": "Sơ kết",
        "held_on": "09/07/2026",
        "held_at": "08:30",
        "place": "Hội trường",
        "chair": "Nông Văn Ba",
        "decided": "Thống nhất",
    }
    came = {f"came_{row.pk}": "present" for row in cluster.memberships.all()}
    return {**facts, **came, **changes}


LEADING, MANAGING = {"leader_unit", "deputy_unit"}, {"officer", "leader", "administrator"}
