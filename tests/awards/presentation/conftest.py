"""Awards that a unit has collected, and an occasion of the unit."""

from datetime import timedelta

import pytest

from awards.handover.actions import hand_over
from awards.models import Award, Due, Occasion
from awards.presentation import actions
from awards.stock.actions import enter
from tests.awards.handover.conftest import (  # noqa: F401
    approved,
    composed,
    dossier,
    issued,
    kinds,
    owed,
    passed,
    province,
    ready,
    today,
)
from tests.awards.issuing.conftest import DAY

FACTS = {
    "kind": "review", "name": "Hội nghị tổng kết năm 2026", "day": DAY, "place": "Hội trường Sở Y tế",
    "presenter": "Hứa Văn Hải", "presenter_post": "Giám đốc Sở Y tế", "authority": "Thông báo số 12/TB-SNV",
    "reader": "Lý Thị Đọc, Chánh Văn phòng",
}  # fmt: skip


@pytest.fixture
def collected(ready, store_keeper, other_unit):  # noqa: F811
    """A function: so many awards of Sở Y tế whose items it has collected, in the order of the decision."""

    def make(number=2):
        dues = ready(number)
        hand_over(
            other_unit, {due.pk: "" for due in dues}, by=store_keeper, day=DAY, receiver="Nguyễn Thị Nhận", letter="GGT 1"
        )  # fmt: skip
        return list(Award.objects.filter(dues__in=dues).distinct().order_by("position"))

    return make


@pytest.fixture
def planned(unit_officer):
    """A function: an occasion of Sở Y tế."""

    def make(by=None, **facts):
        return actions.plan(Occasion(**FACTS | facts), by=by or unit_officer)

    return make


@pytest.fixture
def chosen(collected, planned, unit_officer):
    """An occasion that has two awards."""
    occasion = planned()
    return actions.choose(occasion, by=unit_officer, keys=[award.pk for award in collected(2)])


def everybody(occasion, taken="self", whom=""):
    """What is typed where all took theirs."""
    return {row.pk: (taken, whom) for row in occasion.awards.all()}


def stock_of(code, kinds, by, number=5, day=DAY - timedelta(days=1)):  # noqa: F811
    """Some of a kind come in."""
    return enter("bought", {kinds[code]: number}, by=by, day=day, paper="Hóa đơn 9")


def states(awards):
    """How far what these awards are owed has come."""
    return set(Due.objects.filter(award__in=awards).values_list("state", flat=True))
