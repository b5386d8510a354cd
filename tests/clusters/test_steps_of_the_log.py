"""Rows of the log that are older than the slugs of steps: every wording that there was gets its slug, part and day."""

from datetime import date
from importlib import import_module

import pytest
from django.apps import apps

from documents.models import Change
from documents.steps.log import record

old = import_module("clusters.migrations.0010_steps_of_the_log")
CLUSTERS = {"Cụm 1": 11, "Cụm: Bắc": 12}
DUTY = {"Việc số 7": ["", "Sơ kết: đến 31/07/2026"]}
CASES = [(about, act, {}, (what, None, None)) for about, steps in old.STEPS.items() for act, what in steps.items()]
CASES += [
    ("criteria", "Lập từ phiên bản 3", {}, ("begin", None, None)),
    ("criteria", "Xóa bản đang soạn: Tiêu chí cụm xã (phiên bản 2)", {}, ("discard", None, None)),
    ("division", "Lập từ bảng năm 2025", {}, ("begin", None, None)),
    ("division", "Mở chấm điểm: 12 bảng điểm", {}, ("open_scoring", None, None)),
    ("division", "Thêm Cụm 1", {}, ("add_cluster", 11, None)),
    ("division", "Sửa Cụm: Bắc", {}, ("edit_cluster", 12, None)),
    ("division", "Xóa Cụm đã xóa", {}, ("remove_cluster", None, None)),
    ("division", "Cụm: Bắc: trưởng, phó trưởng", {"Xã A": ["Thành viên", "Trưởng"]}, ("name", 12, None)),
    ("division", "Chuyển đơn vị", {"Xã A": ["chưa xếp", "Cụm 1"]}, ("place", 11, None)),
    ("division", "Chuyển đơn vị", {"Xã A": ["Cụm 1", "Cụm: Bắc"]}, ("place", 12, None)),
    ("division", "Chuyển đơn vị", {"Xã A": ["Cụm 1", "chưa xếp"]}, ("place", 11, None)),
    ("division", "Cụm 1: thay đổi từ ngày 01/06/2026 theo 9/QĐ", {}, ("appoint", 11, date(2026, 6, 1))),
    ("division", "Cụm 1: thêm Xã A từ ngày 02/06/2026 theo 9/QĐ", {}, ("join", 11, date(2026, 6, 2))),
    ("division", "Cụm 1: Xã A thôi tham gia từ ngày 03/06/2026 theo 9/QĐ", {}, ("leave", 11, date(2026, 6, 3))),
    ("division", "Cụm 1: Xã A thôi tham gia từ ngày 03/06/2026", {}, ("leave", 11, date(2026, 6, 3))),
    ("division", "Cụm: Bắc: thêm Xã A từ ngày 02/06/2026 theo 9/QĐ", {}, ("join", 12, date(2026, 6, 2))),
    *(("division", act, DUTY, (what, 7, None)) for act, what in old.STEPS["division"].items() if what in old.ONE_DUTY),
]


@pytest.mark.parametrize(("about", "act", "changes", "step"), CASES)
def test_each_wording_has_its_step(about, act, changes, step):
    assert old.step_of(about, act, changes, CLUSTERS) == step


def test_rows_are_filled_and_nothing_else_changes(cluster, officer):
    division = cluster.division
    for about, act, changes, _ in CASES:
        row = record(about, division, act, by=officer)
        Change.objects.filter(pk=row.pk).update(changes=changes)
    kept = record("pact", division, "Trả lại", by=officer)
    known = dict(Change.objects.values_list("pk", "at"))
    named = record("division", division, f"Sửa {cluster}", by=officer)
    old.fill(apps, None)
    assert not Change.objects.filter(about__in=old.STEPS, what="").exists()
    assert Change.objects.get(pk=kept.pk).what == ""
    assert Change.objects.get(pk=named.pk).of == cluster.pk
    assert dict(Change.objects.exclude(pk=named.pk).values_list("pk", "at")) == known
