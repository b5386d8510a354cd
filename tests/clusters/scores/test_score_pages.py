"""What the pages of scores cost, and their charts."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from clusters.criteria.tree import TreeRow
from clusters.models import Category, Cluster, Division, ScoreSheet
from clusters.scores import actions as scoring
from units.models import Unit

from ...conftest import make_unit
from ..conftest import make_cluster
from .scored import TREE, make_set, settle_all


def test_the_pages_cost_the_same_with_many_members_criteria_and_years(
    cluster, category, officer, leader, client_of, notice
):
    make_set(category, officer, rows=TREE[:3], approver=leader)
    scoring.open_scoring(cluster.division, by=officer)
    client = client_of(officer)

    def cost(url):
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        return len(queries)

    def pages(found):
        sheet = ScoreSheet.objects.filter(membership__cluster=found).first()
        names = ("cluster_scores", "cluster_charts")
        urls = [sheet.get_absolute_url(), *(reverse(name, args=[found.pk]) for name in names)]
        urls += [f"{reverse('cluster_scores', args=[found.pk])}?xuat=xlsx"]
        year = found.division.year
        return [*urls, *(reverse(name, args=[year]) for name in ("scores", "comparison"))]

    # Of a step in which nobody is looked for who acts for the unit.
    ScoreSheet.objects.update(state="settled", settled_total=1)
    few = [cost(url) for url in pages(cluster)]
    big = Category.objects.create(name="Cụm lớn")
    rows = [TreeRow(1, str(n), "Mục", TREE[0].kind, Decimal(1)) for n in range(50)]
    make_set(big, officer, rows=rows, total=Decimal(50), applies_from=2020, approver=leader)
    units = [make_unit(f"lon-{n}", f"UBND xã Lớn {n}", kind=Unit.Kind.COMMUNE) for n in range(30)]
    for year in range(2020, 2026):
        division = Division.objects.create(
            year=year, begins_on=date(year, 1, 1), ends_on=date(year, 12, 31), kinds=["commune"], state="draft"
        )
        clusters = [make_cluster(division, f"Cụm {n}", *units[n::5], category=big) for n in range(5)]
        Division.objects.filter(pk=division.pk).update(state="in_force", in_force_on=date(year, 2, 1), notice=notice)
        scoring.open_scoring(division, by=officer)
        ScoreSheet.objects.filter(membership__division=division).update(state="settled", settled_total=1, rank=1)
    found = Cluster.objects.select_related("division").get(pk=clusters[0].pk)
    assert [cost(url) for url in pages(found)] == few


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_charts_are_drawn_and_read_as_tables(opened, officer, leader, page, login):
    settle_all(opened, officer, {"Ba Sơn": "40", "Công Sơn": "50", "Đồng Đăng": "40", "Cao Lộc": "30"})
    login(page, officer)
    page.goto(reverse("cluster_charts", args=[opened.pk]))
    page.wait_for_selector("[data-chart=points-chart] svg")
    page.wait_for_selector("[data-chart=ranks-chart] svg")
    assert page.get_attribute("[data-chart=points-chart]", "aria-hidden") == "true"
    rows = page.locator("table").first.locator("tbody tr").all_inner_texts()
    assert rows[0].split("\t")[:2] == ["UBND xã Công Sơn", "50"]
    page.goto(reverse("comparison", args=[2026]))
    page.wait_for_selector("[data-chart=spread-chart] svg")
    assert "UBND xã Công Sơn" in page.inner_text("table")
