"""The rows of the log get the slug of their step, and the key of the part that it was about, from their words: for the last time."""

import re
from datetime import datetime

from django.db import migrations

# {about: {words: slug}}, of those that are the same for every row.
STEPS = {
    "activity": {
        "Ghi hoạt động": "begin",
        "Sửa": "edit",
        "Báo cáo Sở Nội vụ": "report",
        "Ghi nhận": "acknowledge",
        "Trả lại": "return",
        "Xóa bản đang ghi": "discard",
    },
    "criteria": {"Lập mới": "begin", "Sửa": "edit", "Duyệt": "approve"},
    "scores": {
        "Tự chấm": "own",
        "Thẩm định": "verified",
        "Chốt": "settled",
        "Gửi bảng tự chấm": "send",
        "Thẩm định xong": "verify",
        "Chốt điểm": "settle",
        "Sở Nội vụ chuyển sang bước chốt": "take_over",
        "Trả lại": "return",
        "Không xếp hạng": "disqualify",
        "Xếp hạng lại": "qualify",
        "Gắn bảng tự chấm trên giấy": "paper",
    },
    "division": {
        "Lập bảng mới": "begin",
        "Sửa thông tin chung": "facts",
        "Chuyển đơn vị": "place",
        "Có hiệu lực": "announce",
        "Thông báo được thay thế": "replace",
        "Thêm việc của khối, cụm": "add_duty",
        "Sửa việc của khối, cụm": "edit_duty",
        "Bỏ việc của khối, cụm": "remove_duty",
        "Thêm theo hướng dẫn mẫu": "fill_duties",
        "Ghi văn bản hướng dẫn": "guidance",
    },
}
# (about, pattern, slug) of those whose words name something; ``cluster`` is the cluster that they name.
DAY = r"từ ngày (?P<day>\d\d/\d\d/\d{4})"
PATTERNS = [
    ("criteria", r"Lập từ phiên bản \d+", "begin"),
    ("criteria", r"Xóa bản đang soạn: .*", "discard"),
    ("division", r"Lập từ bảng năm \d{4}", "begin"),
    ("division", r"Mở chấm điểm: \d+ bảng điểm", "open_scoring"),
    ("division", r"Thêm (?P<cluster>.+)", "add_cluster"),
    ("division", r"Sửa (?P<cluster>.+)", "edit_cluster"),
    ("division", r"Xóa (?P<cluster>.+)", "remove_cluster"),
    ("division", r"(?P<cluster>.+): trưởng, phó trưởng", "name"),
    ("division", rf"(?P<cluster>.+?): thay đổi {DAY} theo .+", "appoint"),
    ("division", rf"(?P<cluster>.+?): thêm .+ {DAY} theo .+", "join"),
    ("division", rf"(?P<cluster>.+?): .+ thôi tham gia {DAY}.*", "leave"),
]
# How the log called a duty.
DUTY = re.compile(r"Việc số (\d+)")
ONE_DUTY = {"add_duty", "edit_duty", "remove_duty", "fill_duties"}


def step_of(about, act, changes, clusters):
    """(slug, key of the part or None, day or None) of a row; ``clusters``: {name: key} of its division."""
    what, found = STEPS[about].get(act, ""), {}
    if not what:
        for where, pattern, slug in PATTERNS:
            match = re.fullmatch(pattern, act) if where == about else None
            if match:
                what, found = slug, match.groupdict()
                break
    if what in ONE_DUTY:
        return what, next((int(match[1]) for name in changes if (match := DUTY.fullmatch(name))), None), None
    if what == "place":
        # Where the unit stands since then, or the cluster that it left.
        ways = [name for pair in changes.values() for name in reversed(pair)]
        return what, next((clusters[name] for name in ways if name in clusters), None), None
    day = datetime.strptime(found["day"], "%d/%m/%Y").date() if "day" in found else None
    return what, clusters.get(found.get("cluster")), day


def fill(apps, schema_editor):
    Change = apps.get_model("documents", "Change")
    clusters = {}
    for key, division, name in apps.get_model("clusters", "Cluster").objects.values_list("pk", "division", "name"):
        clusters.setdefault(division, {})[name] = key
    rows = Change.objects.filter(about__in=STEPS, what="")
    for about in ("activity", "criteria", "scores"):
        for act, what in STEPS[about].items():
            rows.filter(about=about, act=act).update(what=what)
    told = []
    for row in rows.order_by("pk").iterator(chunk_size=500):
        row.what, row.of, row.day = step_of(row.about, row.act, row.changes, clusters.get(row.key, {}))
        told.append(row)
        if len(told) == 500:
            Change.objects.bulk_update(told, ["what", "of", "day"])
            told = []
    Change.objects.bulk_update(told, ["what", "of", "day"])


class Migration(migrations.Migration):

    dependencies = [
        ("clusters", "0009_papers_of_sheets"),
        ("documents", "0022_steps_of_the_log"),
    ]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
