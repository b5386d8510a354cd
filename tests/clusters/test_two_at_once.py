"""Somebody else was faster: what the second person sees, in each form that two people may have open."""

from datetime import date

import pytest
from django.urls import reverse

from clusters.divisions import actions as dividing
from clusters.models import Category, Cluster, Division, Milestone
from clusters.year import actions as milestones
from documents.steps.refusing import Stale


@pytest.fixture
def draft(division):
    """Another year, not announced, with one cluster."""
    division.clusters.create(name="Cụm 1", position=1)
    return division


def test_a_cluster_that_somebody_else_changed_is_not_overwritten_unseen(draft, officer, leader, client_of):
    cluster = draft.clusters.get()
    url = reverse("edit_cluster", args=[2026, cluster.pk])
    typed = {"kind": "cluster", "name": "Cụm một", "position": 1, "version": 1}
    theirs = Cluster.objects.get(pk=cluster.pk)
    theirs.name = "Cụm của lãnh đạo"
    dividing.save_cluster(theirs, by=leader, seen_version=1)
    answer = client_of(officer).post(url, typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert f"{leader} đã lưu một bản mới hơn" in page
    assert "<del>Cụm 1</del> → <ins>Cụm của lãnh đạo</ins>" in page
    assert 'value="Cụm một"' in page
    cluster.refresh_from_db()
    assert cluster.name == "Cụm của lãnh đạo"
    # The second click is deliberate.
    again = typed | {"version": answer.context["form"]["version"].value()}
    assert client_of(officer).post(url, again).status_code == 302
    cluster.refresh_from_db()
    assert (cluster.name, cluster.version) == ("Cụm một", 3)


def test_the_facts_of_a_year_that_somebody_else_changed(division, officer, leader, client_of):
    theirs = Division.objects.get(pk=division.pk)
    theirs.note = "Theo ý kiến <b>lãnh đạo</b>"
    dividing.change_facts(theirs, by=leader, seen_version=1)
    url = reverse("division_facts", args=[2026])
    typed = {"begins_on": "01/01/2026", "ends_on": "31/12/2026", "kinds": ["commune"], "note": "Khác", "version": 1}
    answer = client_of(officer).post(url, typed)
    assert answer.status_code == 422
    # What the other typed is shown as words, never as a page.
    assert "<ins>Theo ý kiến &lt;b&gt;lãnh đạo&lt;/b&gt;</ins>" in answer.content.decode()
    assert client_of(officer).post(url, typed | {"version": 2}).status_code == 302
    division.refresh_from_db()
    assert (division.note, division.version) == ("Khác", 3)


def test_what_others_do_elsewhere_in_the_year_is_not_told_as_a_change_of_the_duty(division, officer, leader):
    row = milestones.save(
        Milestone(division=division, title="Sơ kết", proof="midyear", due_on=date(2026, 7, 1)), by=officer
    )
    row.title = "Sơ kết 6 tháng"
    milestones.save(row, by=leader, seen_version=1)
    dividing.save_cluster(Cluster(division=division, name="Cụm mới"), by=officer)
    row.title = "Khác"
    with pytest.raises(Stale) as stale:
        milestones.save(row, by=officer, seen_version=1)
    assert (stale.value.latest.by, stale.value.latest.act) == (leader, "Sửa việc của khối, cụm")


def test_a_form_without_a_version_overwrites_nothing(draft, officer, client_of):
    url = reverse("edit_cluster", args=[2026, draft.clusters.get().pk])
    typed = {"kind": "cluster", "name": "Khác", "position": 1}
    assert client_of(officer).post(url, typed).status_code == 422
    assert draft.clusters.get().name == "Cụm 1"


def test_units_that_move_do_not_stand_in_the_way_of_an_open_form(draft, officer, leader, client_of, category):
    """Dragging on the board changes members, not what the form of a cluster says."""
    cluster = draft.clusters.get()
    page = client_of(officer).get(reverse("edit_cluster", args=[2026, cluster.pk]))
    version = page.context["form"]["version"].value()
    dividing.save_cluster(Cluster(division=draft, name="Cụm 2"), by=leader)
    other = Category.objects.create(name="Loại khác")
    typed = {"kind": "cluster", "name": "Cụm 1", "position": 1, "category": other.pk, "version": version}
    assert client_of(officer).post(reverse("edit_cluster", args=[2026, cluster.pk]), typed).status_code == 302
