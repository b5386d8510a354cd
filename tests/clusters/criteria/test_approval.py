"""Sets of criteria approved, copied, and which one a year is scored by."""

from datetime import date
from decimal import Decimal

import pytest

from clusters.criteria import actions as criteria
from clusters.criteria.models import SetIsApproved
from clusters.models import CriteriaSet, Criterion
from documents.steps.refusing import Refused

from ..scores.scored import TREE, make_set


@pytest.mark.parametrize(
    ("rows", "total", "words"),
    [
        ([], 100, "chưa có mục nào"),
        (TREE[:2], 100, "Mục I: tối đa 100 điểm, các mục trong đó cộng lại 60"),
        (TREE, 1000, "Điểm chính cộng lại 100, tổng điểm của bộ tiêu chí là 1.000"),
    ],
)
def test_a_set_whose_sums_disagree_is_not_approved(category, officer, leader, rows, total, words):
    made = make_set(category, officer, rows=rows, total=Decimal(total))
    with pytest.raises(Refused, match=words):
        criteria.approve(made, by=leader, day=date(2026, 3, 1))
    assert CriteriaSet.objects.get(pk=made.pk).is_draft


def test_an_officer_and_a_day_to_come_do_not_approve(draft, officer, leader):
    with pytest.raises(Refused, match="lãnh đạo Sở Nội vụ hoặc người quản trị"):
        criteria.approve(draft, by=officer, day=date(2026, 3, 1))
    with pytest.raises(Refused, match="chưa đến"):
        criteria.approve(draft, by=leader, day=date(2099, 1, 1))
    assert CriteriaSet.objects.get(pk=draft.pk).is_draft


def test_after_approval_nothing_changes_in_a_set(draft, officer, leader):
    criteria.approve(draft, by=leader, day=date(2026, 3, 1))
    approved = CriteriaSet.objects.get(pk=draft.pk)
    leaf = approved.criteria.get(code="1")
    for act in (
        lambda: criteria.save(approved, by=officer, typed=approved, rows=TREE[:3]),
        lambda: criteria.approve(approved, by=leader, day=date(2026, 3, 2)),
        lambda: criteria.discard(approved, by=officer),
    ):
        with pytest.raises(Refused, match="lập phiên bản mới"):
            act()
    for write in (
        leaf.save,
        leaf.delete,
        approved.save,
        approved.delete,
        Criterion(set=approved, code="9", text="Thêm", maximum=1).save,
    ):
        with pytest.raises(SetIsApproved, match="lập phiên bản mới"):
            write()
    assert criteria.tree_of(approved) == TREE


def test_a_copy_is_the_next_version_and_can_be_changed(category, officer, leader):
    old = make_set(category, officer, approver=leader)
    new = criteria.copy(old, by=officer)
    criteria.save(new, by=officer, typed=new, rows=TREE[:3])
    assert (new.number, new.state, len(criteria.tree_of(new))) == (2, "draft", 3)
    assert criteria.tree_of(old) == TREE


def test_the_newest_approved_version_of_the_year_is_scored_by(category, officer, leader):
    first = make_set(category, officer, approver=leader, applies_from=2025)
    make_set(category, officer, approver=leader, applies_from=2027)
    make_set(category, officer)
    assert [criteria.newest_for(category, year) for year in (2024, 2026)] == [None, first]
