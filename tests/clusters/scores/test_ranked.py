"""Totals of a sheet and places within a cluster."""

from datetime import date
from decimal import Decimal

import pytest

from clusters.changes import actions as within_year
from clusters.models import RankRule
from clusters.scores import actions as scoring
from documents.models import Change
from documents.steps.refusing import Refused

from .scored import FULL, pass_on, send, settle, settle_all, sheet_of, sheets


def test_the_totals_are_the_sums_of_the_scores(opened, eight, officer):
    user = eight["member"]
    send(user)
    pass_on(sheet_of(user), by=eight["leader_unit"], points=FULL)
    settle(sheet_of(user), by=officer, points=FULL | {"4": "2,25"}, note="Chậm hai lần")
    sheet = sheet_of(user)
    for column, total in (
        ("own", sheet.own_total),
        ("verified", sheet.verified_total),
        ("settled", sheet.settled_total),
    ):
        rows = sheet.scores.values_list("criterion__kind", column)
        assert total == sum(points * (-1 if kind == "deduction" else 1) for kind, points in rows)
    assert sheet.settled_total == Decimal("80.25")


def test_places_are_given_once_all_are_settled(opened, officer):
    settle_all(opened, officer, {"Ba Sơn": "40", "Công Sơn": "50", "Đồng Đăng": "40"})
    assert {row.rank for row in sheets(opened).values()} == {None}
    settle_all(opened, officer, {"Cao Lộc": "30"})
    ranks = {name: row.rank for name, row in sheets(opened).items()}
    assert ranks == {"Công Sơn": 1, "Ba Sơn": 2, "Đồng Đăng": 2, "Cao Lộc": 4}
    scoring.give_back(sheets(opened)["Cao Lộc"], by=officer, reason="Xem lại")
    assert {row.rank for row in sheets(opened).values()} == {None}


@pytest.mark.parametrize(
    ("rules", "places"),
    [
        ([], [1, 2, 2, 4]),
        ([("dense", date(2026, 1, 1))], [1, 2, 2, 3]),
        ([("dense", date(2020, 1, 1)), ("skip", date(2026, 12, 31))], [1, 2, 2, 4]),
        ([("dense", date(2027, 1, 1))], [1, 2, 2, 4]),
    ],
)
def test_equal_totals_share_a_place_as_the_rule_of_the_year_says(opened, officer, rules, places):
    for ties, since in rules:
        RankRule.objects.create(ties=ties, since=since)
    settle_all(opened, officer, {"Ba Sơn": "40", "Công Sơn": "50", "Đồng Đăng": "40", "Cao Lộc": "30"})
    assert sorted(row.rank for row in sheets(opened).values()) == places


def test_who_is_disqualified_has_no_place_until_that_is_withdrawn(opened, officer):
    settle_all(opened, officer, {"Ba Sơn": "40", "Công Sơn": "50", "Đồng Đăng": "30"})
    scoring.disqualify(sheets(opened)["Cao Lộc"], by=officer, reason="Không chấm điểm")
    scoring.disqualify(sheets(opened)["Công Sơn"], by=officer, reason="Có cán bộ bị kỷ luật")
    ranks = {name: row.rank for name, row in sheets(opened).items()}
    assert ranks == {"Công Sơn": None, "Ba Sơn": 1, "Đồng Đăng": 2, "Cao Lộc": None}
    with pytest.raises(Refused, match="đã được ghi"):
        scoring.disqualify(sheets(opened)["Công Sơn"], by=officer, reason="Lần nữa")
    scoring.qualify(sheets(opened)["Công Sơn"], by=officer, reason="Kết luận lại")
    ranks = {name: row.rank for name, row in sheets(opened).items()}
    assert ranks == {"Công Sơn": 1, "Ba Sơn": 2, "Đồng Đăng": 3, "Cao Lộc": None}
    row = Change.objects.filter(about="scores", key=sheets(opened)["Công Sơn"].pk).first()
    assert (row.changes, row.reason) == ({"Không xếp hạng vì": ["Có cán bộ bị kỷ luật", ""]}, "Kết luận lại")


def test_who_left_the_cluster_stands_in_nobodys_way(opened, officer, notice):
    settle_all(opened, officer, {"Ba Sơn": "40", "Công Sơn": "50", "Đồng Đăng": "30"})
    leaving = sheets(opened)["Cao Lộc"].membership
    within_year.leave(leaving, by=officer, since=date(2026, 7, 1), paper=notice, reason="Giải thể")
    ranks = {name: row.rank for name, row in sheets(opened).items()}
    assert ranks == {"Công Sơn": 1, "Ba Sơn": 2, "Đồng Đăng": 3, "Cao Lộc": None}
