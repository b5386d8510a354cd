"""Do the pages of clusters stay quick as years pile up? One cluster, then 40 clusters with 330 units, then ten such years.

    bin/with-postgresql .venv/bin/python bench/clusters.py

An officer of Sở Nội vụ and one of a leader unit open every page of the first year. Figures are medians of whole requests; the
ratio says what ten years cost against one. The number of queries of each page is shown for one cluster, for one year and for ten.
"""

from datetime import date

from django.core.management import call_command
from django.db import connection
from django.urls import reverse
from sizes import Database, medians  # sets Django up, before any model is imported

from clusters.models import (
    Activity,
    Attendance,
    Ballot,
    Candidate,
    Category,
    Cluster,
    CriteriaSet,
    Criterion,
    Division,
    Membership,
    Milestone,
    Pact,
    Party,
    Reached,
    Score,
    ScoreSheet,
    Target,
    Voter,
)
from documents.models import Document, DocumentType
from units.models import Role, Unit, User

YEAR, CLUSTERS, UNITS, YEARS, ROUNDS = 2026, 40, 330, 10, 15
GROUPS, LEAVES = 4, 5
OF_YEAR = [
    "division", "progress", "division_calendar", "division_activities", "pacts", "scores", "comparison", "ballots",
]  # fmt: skip
OF_CLUSTER = [
    "cluster", "cluster_progress", "cluster_calendar", "cluster_activities", "cluster_pact", "cluster_scores",
    "cluster_charts", "cluster_ballots",
]  # fmt: skip


def people():
    """330 units, an officer of Sở Nội vụ and one of the unit that leads the first cluster."""
    home = Unit.objects.create(code="so-noi-vu", name="Sở Nội vụ", kind="department")
    Unit.objects.bulk_create(
        Unit(code=f"dv-{n}", name=f"Đơn vị {n}", kind="commune", search_text=f"don vi {n}", sort_text=f"{n:04}")
        for n in range(UNITS)
    )
    units = list(Unit.objects.filter(kind="commune").order_by("sort_text"))
    officer = User.objects.create_user("officer", full_name="Hòa", unit=home, role=Role.OFFICER)
    User.objects.create_user("leader", full_name="Lan", unit=units[0], role=Role.UNIT_OFFICER)
    return officer, units


def criteria():
    """An approved set of twenty criteria in four groups."""
    category = Category.objects.create(name="Cụm")
    found = CriteriaSet.objects.create(
        category=category, name="Bộ tiêu chí", number=1, total=100, applies_from=2000
    )  # fmt: skip
    for n in range(GROUPS):
        group = Criterion.objects.create(set=found, code=str(n + 1), text=f"Nhóm {n + 1}", maximum=25, position=10 * n)
        for m in range(LEAVES):
            Criterion.objects.create(
                set=found, parent=group, code=f"{n + 1}.{m + 1}", text="Tiêu chí", maximum=5, position=10 * n + m + 1
            )
    found.state, found.approved_on = "approved", date(2017, 1, 1)
    found.save()
    return found


def add_year(year, count, units, officer, criteria_set):
    """One year: ``count`` clusters with all ``units`` among them, and all that they did."""
    notice = Document.objects.create(
        origin="cited", type=DocumentType.objects.get(code="TB"), reference=f"{year}/TB-UBND", issuer_name="UBND tỉnh",
        subject="phân cụm", year=year, month=2, day=1,
    )  # fmt: skip
    division = Division.objects.create(
        year=year, begins_on=date(year, 1, 1), ends_on=date(year, 12, 31), kinds=["commune"], state="in_force",
        notice=notice, in_force_on=date(year, 2, 1),
    )  # fmt: skip
    Milestone.objects.bulk_create(
        Milestone(division=division, position=n, title=proof.label[:200], proof=proof, due_on=date(year, n + 2, 20))
        for n, proof in enumerate(Milestone.Proof)
    )
    for n in range(count):
        cluster = Cluster.objects.create(
            division=division, name=f"Cụm {n}", category=criteria_set.category, position=n + 1
        )
        _fill(cluster, units[n::count], year, officer, criteria_set)


def _fill(cluster, units, year, officer, criteria_set):
    """Members, activities, pact, scores and a ballot of one cluster."""
    roles = ["leader", "deputy"] + ["member"] * len(units)
    rows = Membership.objects.bulk_create(
        Membership(division=cluster.division, cluster=cluster, unit=unit, role=role)
        for unit, role in zip(units, roles, strict=False)
    )
    kinds = ["plan", "first_meeting", "signing", "midyear", "cross_check", "year_end"]
    activities = Activity.objects.bulk_create(
        Activity(
            cluster=cluster, kind=kind, title=f"Hoạt động {kind}", held_on=date(year, 2 * n + 1, 10),
            state="acknowledged", unit=units[0], author=officer,
        )
        for n, kind in enumerate(kinds)
    )  # fmt: skip
    Attendance.objects.bulk_create(
        Attendance(activity=activity, membership=row, came="present") for activity in activities for row in rows
    )
    pact = Pact.objects.create(
        division=cluster.division, cluster=cluster, title="Giao ước", state="signed", signed_on=date(year, 3, 1)
    )
    parties = Party.objects.bulk_create(
        Party(
            pact=pact,
            membership=row,
            signer_name="A",
            signer_title="Chủ tịch",
            signed_on=date(year, 3, 1),
            signed_by=officer,
        )
        for row in rows
    )
    targets = Target.objects.bulk_create(
        Target(pact=pact, position=n, content="Chỉ tiêu", measure="tỷ đồng", planned=10) for n in range(5)
    )
    Reached.objects.bulk_create(Reached(target=t, party=p, reached=9) for t in targets for p in parties)
    _score(rows, criteria_set)
    ballot = Ballot.objects.create(
        cluster=cluster, award="Cờ thi đua", held_on=date(year, 12, 10), state="open", percent=80, citation="x",
        entitled=len(rows),
    )  # fmt: skip
    Candidate.objects.bulk_create(Candidate(ballot=ballot, membership=row) for row in rows[:3])
    Voter.objects.bulk_create(Voter(ballot=ballot, membership=row) for row in rows)


def _score(rows, criteria_set):
    """Settled sheets with a rank each."""
    leaves = [leaf for leaf in criteria_set.criteria.all() if leaf.parent_id]
    sheets = ScoreSheet.objects.bulk_create(
        ScoreSheet(
            membership=row,
            set=criteria_set,
            state="settled",
            own_total=80,
            verified_total=80,
            settled_total=80 - n,
            rank=n + 1,
        )
        for n, row in enumerate(rows)
    )
    Score.objects.bulk_create(
        Score(sheet=sheet, criterion=leaf, own=4, verified=4, settled=4) for sheet in sheets for leaf in leaves
    )


def pages_of(database, person):
    """The pages that ``person`` opens: {name: address}."""
    with database.used():
        return _pages(person)


def _pages(person):
    first = Cluster.objects.filter(division__year=YEAR).order_by("position").first()
    found = {name: reverse(name, args=[first.pk]) for name in OF_CLUSTER}
    sheet = ScoreSheet.objects.filter(membership__cluster=first).order_by("pk").first()
    found |= {"sheet": reverse("sheet", args=[sheet.pk]), "home": "/"}
    if person == "officer":
        found |= {name: reverse(name, args=[YEAR]) for name in OF_YEAR}
    return found


def province(name, clusters, members, years):
    """``years`` years of ``clusters`` clusters with ``members`` units among them."""
    database = Database(name)
    with database.used():
        officer, units = people()
        criteria_set = criteria()
        for n in range(years):
            add_year(YEAR - n, clusters, units[:members], officer, criteria_set)
    database.settle()
    return database


def main():
    """One cluster, one year, ten years; then each page in all three."""
    call_command("collectstatic", interactive=False, verbosity=0)
    one, year, ten = (
        province("one", 1, 8, 1),
        province("year", CLUSTERS, UNITS, 1),
        province("ten", CLUSTERS, UNITS, YEARS),
    )
    print(f"Pages of {YEAR} on {connection.vendor}: {CLUSTERS} clusters, {UNITS} units; medians of {ROUNDS}")
    print(f"{'':29}{'1 year':>11}{'10 years':>12}   ratio  queries: 1 cluster, 1 year, 10 years")
    for person in ("officer", "leader"):
        addresses = [pages_of(database, person) for database in (one, year, ten)]
        for name in addresses[0]:
            asked = [
                database.queries(person, found[name])
                for database, found in zip((one, year, ten), addresses, strict=True)
            ]
            old, new = medians([year, ten], ROUNDS, person, addresses[1][name])
            figures = f"{1000 * old:9.1f} ms{1000 * new:9.1f} ms{new / old:8.2f}  {', '.join(map(str, asked))}"
            print(f"{person:8}{name:20}{figures}")


if __name__ == "__main__":
    main()
