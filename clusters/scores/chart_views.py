"""Pictures of scores, each with the table that it draws: a cluster's year, its members' places over years, all clusters."""

from dataclasses import dataclass
from decimal import Decimal

from django.core.exceptions import PermissionDenied
from django.shortcuts import render

from units.excel_out import excel, heading_for
from units.permissions import may_manage, may_oversee

from ..criteria.actions import outline_of
from ..criteria.models import Criterion
from ..divisions.models import Cluster
from ..divisions.rights import cluster_or_404, division_or_404
from .models import Score, ScoreSheet
from .rules import OWN, SETTLE, VERIFY, sums_of

State = ScoreSheet.State
YEARS = 10


def stage_of(sheet):
    """The last column of a sheet that is complete."""
    if sheet.state == State.SETTLED:
        return SETTLE
    return VERIFY if sheet.state == State.VERIFIED and sheet.verified_total is not None else OWN


def total_of(sheet) -> Decimal:
    """What stands at the foot of that column."""
    return getattr(sheet, f"{stage_of(sheet).points}_total")


# --- One cluster


def cluster_charts(request, pk):
    """The points of each member by groups of criteria, and the members' places over the years."""
    cluster = cluster_or_404(request, pk)
    sheets = list(ScoreSheet.objects.filter(membership__cluster=cluster).with_names())
    groups, rows = _by_group(sheets)
    years, places = _places(request.user, cluster, sheets)
    context = {
        "cluster": cluster,
        "division": cluster.division,
        "groups": groups,
        "rows": rows,
        "points_chart": {
            "kind": "stacked",
            "names": [str(row["sheet"].membership) for row in rows],
            "totals": [float(row["total"]) for row in rows],
            "series": [
                {"name": f"{group.code}. {group.text}", "values": [_signed(group, row["points"][n]) for row in rows]}
                for n, group in enumerate(groups)
            ],
        },
        "years": years,
        "places": places,
        "ranks_chart": {
            "kind": "ranks",
            "names": [str(year) for year in years],
            "series": [{"name": name, "values": [place for _, place in row]} for name, row in places],
        },
        "may_manage": may_manage(request.user),
        "area": "clusters",
        "tab": "charts",
    }
    return render(request, "clusters/scores/charts.html", context)


def _signed(group, points):
    """What a group adds to the total; deductions take away."""
    return float(points or 0) * (-1 if group.kind == Criterion.Kind.DEDUCTION else 1)


def _by_group(sheets):
    """The groups of the first level, and for each sheet its points in each. Two queries."""
    outline = outline_of(sheets[0].set) if sheets else []
    groups = [row for row in outline if row.level == 1]
    scores = {}
    for score in Score.objects.filter(sheet__in=[sheet.pk for sheet in sheets]):
        scores.setdefault(score.sheet_id, {})[score.criterion_id] = score
    rows = []
    for sheet in sheets:
        sums = sums_of(outline, scores.get(sheet.pk, {}), stage_of(sheet))
        rows.append(
            {
                "sheet": sheet,
                "stage": stage_of(sheet),
                "total": total_of(sheet),
                "points": [sums.get(group.pk) for group in groups],
            }
        )
    return groups, sorted(rows, key=lambda row: (row["sheet"].rank or 999, -row["total"]))


def _places(user, cluster, sheets):
    """The last years in which a member had a place, and for each member its places; those that ``user`` may see. One query."""
    units = {sheet.membership.unit_id: str(sheet.membership) for sheet in sheets}
    ranked = ScoreSheet.objects.visible_to(user).filter(
        membership__unit__in=units, rank__isnull=False, membership__division__year__lte=cluster.division.year
    )
    found = {}
    for unit, year, place in ranked.values_list("membership__unit", "membership__division__year", "rank"):
        found.setdefault(unit, {})[year] = place
    years = sorted({year for row in found.values() for year in row})[-YEARS:]
    return years, [
        (name, [(year, found[unit].get(year)) for year in years]) for unit, name in units.items() if unit in found
    ]


# --- All clusters of a year


@dataclass
class Compared:
    """One cluster in the comparison of a year."""

    cluster: Cluster
    sheets: list[ScoreSheet]

    def __post_init__(self):
        counted = [sheet for sheet in self.sheets if sheet.state in ScoreSheet.SENT_STATES and not sheet.disqualified]
        counted.sort(key=total_of, reverse=True)
        self.total = self.sheets[0].set.total
        self.sent = sum(sheet.state in ScoreSheet.SENT_STATES for sheet in self.sheets)
        self.settled = sum(sheet.state == State.SETTLED for sheet in self.sheets)
        self.left_out = sum(bool(sheet.disqualified) for sheet in self.sheets)
        self.is_final = self.settled + sum(
            s.state != State.SETTLED and bool(s.disqualified) for s in self.sheets
        ) == len(self.sheets)
        self.best, self.lowest = (counted[0], counted[-1]) if counted else (None, None)
        self.best_total, self.lowest_total = (total_of(self.best), total_of(self.lowest)) if counted else (None, None)
        self.average = sum(map(total_of, counted), Decimal(0)) / len(counted) if counted else None
        self.first = [sheet.membership.unit for sheet in self.sheets if sheet.rank == 1]

    def share(self, points) -> float | None:
        """Points as a share of the set's total, so that sets of 100 and of 1,000 can stand beside each other."""
        return None if points is None else round(float(points / self.total * 100), 2)


COLUMNS = [
    ("Cụm, khối", lambda row: row.cluster.name),
    ("Tổng điểm của bộ tiêu chí", lambda row: row.total),
    ("Số đơn vị", lambda row: len(row.sheets)),
    ("Đã nộp", lambda row: row.sent),
    ("Đã chốt", lambda row: row.settled),
    ("Không xếp hạng", lambda row: row.left_out),
    ("Cao nhất", lambda row: row.best_total),
    ("Đơn vị cao nhất", lambda row: str(row.best.membership) if row.best else ""),
    ("Trung bình", lambda row: row.average),
    ("Thấp nhất", lambda row: row.lowest_total),
    ("Đơn vị thấp nhất", lambda row: str(row.lowest.membership) if row.lowest else ""),
    ("Hạng nhất", lambda row: "; ".join(map(str, row.first))),
    ("Số liệu", lambda row: "đã chốt" if row.is_final else "tạm tính"),
]


def comparison(request, year):
    """All clusters of a year beside each other, for the department; with ``?xuat=xlsx`` as a list."""
    division = division_or_404(request, year)
    if not may_oversee(request.user):
        raise PermissionDenied("Trang so sánh các cụm, khối dành cho Sở Nội vụ.")
    found = {}
    for sheet in ScoreSheet.objects.filter(membership__division=division, membership__left_on=None).with_names():
        found.setdefault(sheet.membership.cluster, []).append(sheet)
    rows = [Compared(cluster, sheets) for cluster, sheets in found.items()]
    if request.GET.get("xuat") == "xlsx":
        heading = heading_for(request.user, f"So sánh điểm các cụm, khối thi đua năm {year}")
        return excel(f"so-sanh-{year}", COLUMNS, rows, heading)
    series = {"Cao nhất": "best_total", "Trung bình": "average", "Thấp nhất": "lowest_total"}
    chart = {
        "kind": "spread",
        "names": [str(row.cluster) for row in rows],
        "series": [
            {"name": name, "values": [row.share(getattr(row, value)) for row in rows]} for name, value in series.items()
        ],
    }
    context = {
        "division": division,
        "rows": rows,
        "chart": chart,
        "may_manage": may_manage(request.user),
        "area": "clusters",
        "tab": "comparison",
    }
    return render(request, "clusters/scores/comparison.html", context)
