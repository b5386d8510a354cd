"""Scoring of a year is opened: who gets a sheet, by which criteria, and who gets none."""

from datetime import date

import pytest
from django.urls import reverse

from clusters.changes import actions as within_year
from clusters.criteria import actions as criteria
from clusters.models import Cluster, Score, ScoreSheet
from clusters.scores import actions as scoring
from documents.steps.refusing import Refused
from units.models import Unit

from ...conftest import make_unit
from .scored import sheets


def test_every_staying_member_gets_a_sheet_of_the_newest_version(opened, other_cluster):
    assert list(ScoreSheet.objects.values_list("set__number", "state").distinct()) == [(1, "open")]
    assert ScoreSheet.objects.count() == 7
    assert Score.objects.count() == 7 * 4


def test_clusters_without_category_or_criteria_are_named(cluster, other_cluster, officer, client_of):
    Cluster.objects.filter(pk=cluster.pk).update(category=None)
    _, left_out = scoring.open_scoring(cluster.division, by=officer)
    assert {str(row): why for row, why in left_out.items()} == {
        "Cụm các xã phía Bắc": "chưa chọn loại cụm, khối",
        "Cụm các xã phía Nam": "loại «Cụm các xã» chưa có bộ tiêu chí đã duyệt áp dụng cho năm 2026",
    }
    page = client_of(officer).post(reverse("open_scoring", args=[2026]), follow=True).content.decode()
    assert "Chưa mở được cho: Cụm các xã phía Bắc (chưa chọn loại cụm, khối)" in page
    assert not ScoreSheet.objects.exists()


def test_a_cluster_that_began_keeps_its_version_for_who_joins_later(opened, category, officer, leader, notice):
    newer = criteria.copy(opened.memberships.first().sheet.set, by=officer)
    criteria.approve(newer, by=leader, day=date(2026, 4, 1))
    unit = make_unit("xa-moi", "UBND xã Mới", kind=Unit.Kind.COMMUNE)
    within_year.admit(opened.division, unit, opened, by=officer, since=date(2026, 6, 1), paper=notice, reason="Bổ sung")
    made, left_out = scoring.open_scoring(opened.division, by=officer)
    assert (made, left_out, sheets(opened)["Mới"].set.number) == (1, {}, 1)


def test_a_draft_division_is_not_scored(division, officer):
    with pytest.raises(Refused, match="chưa thông báo"):
        scoring.open_scoring(division, by=officer)
