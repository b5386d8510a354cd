"""A division is announced by its notice, and what holds from then on."""

from datetime import date

import pytest
from django.urls import reverse

from clusters.divisions import actions as dividing
from clusters.divisions import papers
from clusters.models import About, Category, Cluster, Division, Leadership, Membership
from documents.life.actions import approve, submit
from documents.life.issuing import issue
from documents.models import Change, Document, DocumentType
from documents.steps.refusing import Refused

from ..conftest import NOTICE_DAY
from .placed import commune

Role = Membership.Role


def test_what_is_not_complete_is_not_announced(draft, officer, notice):
    with pytest.raises(Refused, match="Cụm 1 chưa có đơn vị nào"):
        dividing.put_in_force(draft, notice=notice, day=NOTICE_DAY, by=officer)
    draft.refresh_from_db()
    assert draft.is_draft


def test_the_notice_begins_the_terms_of_leaders(cluster, notice):
    terms = Leadership.objects.filter(membership__cluster=cluster).values_list("role", "since", "paper", "until")
    assert sorted(terms) == [("deputy", NOTICE_DAY, notice.pk, None), ("leader", NOTICE_DAY, notice.pk, None)]


def test_an_announced_division_is_changed_with_day_and_paper_only(cluster, officer):
    unit = commune("Moi")
    renamed = Cluster.objects.get(pk=cluster.pk)
    renamed.name = "Tên khác"
    for change in (
        lambda: dividing.place(cluster.division, [unit], cluster, by=officer),
        lambda: dividing.name(cluster.memberships.last(), Role.LEADER, by=officer),
        lambda: dividing.save_cluster(renamed, by=officer),
        lambda: dividing.remove_cluster(cluster, by=officer),
    ):
        with pytest.raises(Refused, match="đã thông báo"):
            change()


def test_the_notice_of_the_program_puts_the_division_in_force(draft, officer, leader, clerk, client_of):
    """Drafted from the board with its lists as appendix; from the day it is issued the division holds."""
    for n, cluster in enumerate(draft.clusters.all()):
        row = Membership.objects.create(cluster=cluster, unit=commune(f"X{n}"), role=Role.LEADER)
    client_of(officer).post(reverse("announce", args=[2026]), {"draft": 1})
    paper = Document.objects.get(area="phan-cum")
    assert row.unit.name in paper.appendices.get().body
    paper.signer_name, paper.capacity = "Nông Văn Minh", "KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH"
    paper.save()
    submit(paper, by=officer)
    approve(paper, by=leader)
    # What keeps the division from being announced keeps its notice from being issued.
    Membership.objects.filter(pk=row.pk).update(role=Role.MEMBER)
    with pytest.raises(Refused, match="Cụm 2 chưa có trưởng"):
        issue(paper, by=clerk, day=NOTICE_DAY)
    paper.refresh_from_db()
    assert paper.number is None
    Membership.objects.filter(pk=row.pk).update(role=Role.LEADER)
    issue(paper, by=clerk, day=NOTICE_DAY)
    draft.refresh_from_db()
    assert (draft.state, draft.notice, draft.in_force_on) == ("in_force", paper, NOTICE_DAY)
    assert paper.deliveries.count() == 2


def test_the_category_can_still_be_set_after_the_notice(cluster, officer, client_of):
    other = Category.objects.create(name="Loại khác")
    url = reverse("edit_cluster", args=[2026, cluster.pk])
    assert client_of(officer).post(url, {"category": other.pk, "position": 7, "version": 1}).status_code == 302
    found = Cluster.objects.get(pk=cluster.pk)
    assert (found.category, found.position, found.name) == (other, 7, cluster.name)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"type": DocumentType(code="CV")}, "không phải thông báo"),
        ({"state": Document.State.RECALLED}, "đang có hiệu lực"),
        ({}, "là thông báo của năm 2026"),
    ],
)
def test_a_paper_that_cannot_be_the_notice_is_refused(cluster, officer, notice, change, words):
    second = Division.objects.create(
        year=2027, begins_on=date(2027, 1, 1), ends_on=date(2027, 12, 31), kinds=["commune"]
    )
    for name, value in change.items():
        setattr(notice, name, value)
    with pytest.raises(Refused, match=words):
        dividing.put_in_force(second, notice=notice, day=NOTICE_DAY, by=officer)


def test_a_board_that_changed_after_its_notice_was_written_is_not_announced_by_it(draft, officer):
    for n, cluster in enumerate(draft.clusters.all()):
        Membership.objects.create(cluster=cluster, unit=commune(f"X{n}"), role=Role.LEADER)
    paper = papers.draft_notice(draft, by=officer)
    dividing.place(draft, [commune("Sau")], draft.clusters.first(), by=officer)
    paper.year, paper.month, paper.day = 2026, 2, 25
    with pytest.raises(Refused, match="sau lần lưu cuối"):
        papers.hear(paper, Document.State.ISSUED)


def test_what_the_notice_does_not_list_may_change_after_it_was_written(draft, officer):
    for n, cluster in enumerate(draft.clusters.all()):
        Membership.objects.create(cluster=cluster, unit=commune(f"X{n}"), role=Role.LEADER)
    paper = papers.draft_notice(draft, by=officer)
    draft.note = "Theo ý kiến của lãnh đạo"
    dividing.change_facts(draft, by=officer)
    paper.year, paper.month, paper.day, paper.state = 2026, 2, 25, Document.State.ISSUED
    papers.hear(paper, Document.State.ISSUED)
    draft.refresh_from_db()
    assert (draft.state, draft.in_force_on) == ("in_force", NOTICE_DAY)
    row = Change.objects.get(about=About.DIVISION, key=draft.pk, what="announce")
    assert (row.act, row.day, row.by) == ("Có hiệu lực", NOTICE_DAY, officer)


def test_a_recalled_notice_is_replaced_by_another(cluster, officer, notice, client_of):
    url = reverse("announce", args=[2026])
    assert client_of(officer).get(url).status_code == 302
    notice.state = Document.State.RECALLED
    notice.save()
    other = Document.objects.get(pk=notice.pk)
    other.pk, other.reference, other.state = None, "110/TB-UBND", Document.State.ISSUED
    other.save()
    assert client_of(officer).get(url).status_code == 200
    assert client_of(officer).post(url, {"paper": "110/TB-UBND"}).status_code == 302
    assert Division.objects.get(year=2026).notice == other
