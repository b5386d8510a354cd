"""A small set of criteria, and sheets brought as far as a test needs them."""

from datetime import date
from decimal import Decimal

from clusters.criteria import actions as criteria
from clusters.criteria.points import read_points
from clusters.criteria.tree import TreeRow
from clusters.models import CriteriaSet, Criterion, ScoreSheet
from clusters.scores import actions as scoring
from clusters.scores.actions import Given

Kind = Criterion.Kind
# I: 1 (60), 2 (40, proof needed); II: bonus 3 (5); III: deduction 4 (10).
TREE = [
    TreeRow(1, "I", "Nhiệm vụ chính trị", Kind.MAIN, Decimal(100)),
    TreeRow(2, "1", "Hoàn thành chỉ tiêu", Kind.MAIN, Decimal(60)),
    TreeRow(2, "2", "Cải cách hành chính", Kind.MAIN, Decimal(40), needs_evidence=True),
    TreeRow(1, "II", "Điểm thưởng", Kind.BONUS, Decimal(5)),
    TreeRow(2, "3", "Mô hình mới", Kind.BONUS, Decimal(5)),
    TreeRow(1, "III", "Điểm trừ", Kind.DEDUCTION, Decimal(10)),
    TreeRow(2, "4", "Báo cáo chậm", Kind.DEDUCTION, Decimal(10)),
]
State = ScoreSheet.State
DEPARTMENT = {"officer", "leader", "administrator"}
CLUSTER = {"leader_unit", "deputy_unit"}
FULL = {"1": "50", "2": "30,5", "3": "2", "4": "1"}


def make_set(category, officer, *, rows=TREE, approver=None, **fields) -> CriteriaSet:
    """A set with ``rows``; with ``approver`` it is approved."""
    facts = {"name": "Tiêu chí cụm xã", "total": Decimal(100), "applies_from": 2026} | fields
    made = criteria.begin(CriteriaSet(category=category, **facts), by=officer)
    criteria.save(made, by=officer, typed=made, rows=rows)
    if approver:
        criteria.approve(made, by=approver, day=date(2026, 3, 1))
    return CriteriaSet.objects.get(pk=made.pk)


def with_verifier(unit):
    """``TREE`` where ``unit`` verifies criterion 2."""
    return [TreeRow(**{**row.__dict__, "verifier": unit}) if row.code == "2" else row for row in TREE]


def sheet_of(user) -> ScoreSheet:
    """The sheet of the unit of ``user``."""
    return ScoreSheet.objects.with_names().get(membership__unit=user.unit)


def give(sheet, points, *, by, note="", seen_version=None):
    """Give ``points`` {code: as typed} in the column whose turn it is, each with ``note``."""
    leaves = {leaf.code: leaf.pk for leaf in criteria.leaves_of(sheet.set)}
    given = {leaves[code]: Given(read_points(text), note) for code, text in points.items()}
    return scoring.save(sheet, given, by=by, seen_version=seen_version)


def send(user, points=FULL, note="Theo báo cáo năm"):
    """The own sheet of ``user``, filled in and sent."""
    give(sheet_of(user), points, by=user, note=note)
    return scoring.end_step(sheet_of(user), by=user)


def pass_on(sheet, *, by, points=FULL):
    """Verify a sheet as its unit gave it, and pass it on."""
    give(sheet, points, by=by)
    return scoring.end_step(sheet, by=by)


def settle(sheet, *, by, points=FULL, note=""):
    """Settle a verified sheet."""
    give(sheet, points, by=by, note=note)
    return scoring.end_step(sheet, by=by)


def fresh(user):
    """The same person as the next request knows it."""
    return type(user).objects.get(pk=user.pk)


def sheets(cluster):
    """{unit: sheet} of a cluster."""
    rows = ScoreSheet.objects.filter(membership__cluster=cluster).with_names()
    return {str(row.membership).removeprefix("UBND xã "): row for row in rows}


def settle_all(cluster, officer, totals):
    """Settle the sheets of ``cluster`` with ``totals`` {unit: points of criterion 1}; the rest stays open."""
    for name, points in totals.items():
        sheet = sheets(cluster)[name]
        ScoreSheet.objects.filter(pk=sheet.pk).update(state=State.VERIFIED)
        settle(sheet, by=officer, points={"1": points, "2": "0", "3": "0", "4": "0"}, note="Hồ sơ cụm")


def page_of(sheet, points=FULL, **more):
    """What the page of a sheet posts: {criterion: points as typed}."""
    leaves = {leaf.code: leaf.pk for leaf in criteria.leaves_of(sheet.set)}
    data = {"version": str(ScoreSheet.objects.get(pk=sheet.pk).version)}
    data |= {f"m{leaves[code]}-points": text for code, text in points.items()}
    for name, value in more.items():
        code, _, field = name.removeprefix("m").partition("_")
        data[f"m{leaves[code]}-{field}" if name.startswith("m") else name] = value
    return data
