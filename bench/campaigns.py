"""Do the pages of campaigns stay quick? A few campaigns of 30 units, then 200 campaigns of 300 units with 20,000 joinings.

    bin/with-postgresql .venv/bin/python bench/campaigns.py

An officer of Sở Nội vụ and one of a unit open every list, in both in turn. Figures are medians of whole requests, with the
number of queries of each.
"""

from datetime import date

from django.core.management import call_command
from django.db import connection
from django.urls import reverse
from sizes import Database, medians  # sets Django up, before any model is imported

from campaigns.models import Campaign, Figure, Goal, Joining, Result, Review
from documents.models import Document, DocumentType
from units.models import Role, Unit, User

ROUNDS = 15
SMALL, LARGE = (30, 4, 2), (300, 10, 19)  # units, campaigns of the province, campaigns of units for each of them


def fill(units_count, provinces, children):
    """Units, campaigns of the province that all join and report on, and what units launched on their basis."""
    home = Unit.objects.create(code="so-noi-vu", name="Sở Nội vụ", kind="department")
    top = Unit.objects.create(code="ubnd-tinh", name="UBND tỉnh", kind="province")
    Unit.objects.bulk_create(
        Unit(code=f"dv-{n}", name=f"Đơn vị {n}", kind="commune", search_text=f" don vi {n}", sort_text=f"{n:04}")
        for n in range(units_count)
    )
    units = list(Unit.objects.filter(kind="commune").order_by("sort_text"))
    officer = User.objects.create_user("officer", full_name="Hòa", unit=home, role=Role.OFFICER)
    User.objects.create_user("guest", full_name="Lan", unit=units[0], role=Role.UNIT_OFFICER)
    for number in range(provinces):
        _campaign(number, top, units, children, officer)


def _campaign(number, top, units, children, officer):
    """One campaign with everything below it; all units join it and the first of what units launched."""
    paper = Document.objects.create(
        origin="cited", type=DocumentType.objects.get(code="PĐ"), reference=f"{number}/PĐ-UBND", issuer_name="UBND tỉnh",
        subject="phát động", year=2026, month=1, day=10,
    )  # fmt: skip
    facts = {
        "begins_on": date(2026, 1, 10), "ends_on": date(2026, 12, 31), "state": "launched", "launched_on": date(2026, 1, 10),
        "author": officer, "contents": "Nội dung", "criteria": "Tiêu chí",
    }  # fmt: skip
    parent = Campaign.objects.create(
        unit=top, name=f"Phong trào {number}", asked_kinds=["commune"], document=paper, **facts
    )
    rows = [
        Campaign(unit=unit, name=f"Phong trào {number} của {unit}", level="unit", search_text=" phong trao", **facts)
        for unit in units[:children]
    ]
    made = Campaign.objects.bulk_create(rows)
    link = Campaign.parents.through
    link.objects.bulk_create(link(from_campaign=row, to_campaign=parent) for row in made)
    for campaign in [parent, *made[: len(units) // 50]]:
        _join(campaign, units, officer)


def _join(campaign, units, officer):
    """Every unit joins and reports at the review."""
    review = Review.objects.create(campaign=campaign, kind="interim", planned_on=date(2026, 6, 30))
    joinings = Joining.objects.bulk_create(
        Joining(campaign=campaign, unit=unit, people=20, joined_on=date(2026, 2, 1), by=officer) for unit in units
    )
    goals = Goal.objects.bulk_create(
        Goal(joining=row, content="Làm đường", measure="km", planned=5) for row in joinings
    )
    results = Result.objects.bulk_create(
        Result(joining=row, review=review, people=20, words="Kết quả", by=officer, sent_at=officer.date_joined)
        for row in joinings
    )
    Figure.objects.bulk_create(
        Figure(result=result, goal=goal, reached=4) for result, goal in zip(results, goals, strict=True)
    )


def register(name, size):
    """A database of one size."""
    database = Database(name)
    with database.used():
        fill(*size)
    database.settle()
    return database


def pages(person):
    """{name: address} of what ``person`` opens; keys are the same in both databases."""
    first = Campaign.objects.order_by("pk").first()
    review = Review.objects.order_by("pk").first()
    found = {
        "campaigns": reverse("campaigns"),
        "campaign": first.get_absolute_url(),
        "launches": reverse("campaign_launches", args=[first.pk]),
        "joinings": reverse("campaign_joinings", args=[first.pk]),
        "reviews": reverse("campaign_reviews", args=[first.pk]),
        "examples": reverse("examples"),
        "figures": reverse("campaign_figures", args=[2026]),
        "calendar": reverse("campaign_calendar", args=[2026, 6]),
        "home": "/",
    }
    if person == "officer":
        found |= {"matrix": reverse("year_launches", args=[2026]), "review": reverse("review", args=[review.pk])}
    return found


def main():
    """Both sizes, then each page in both."""
    call_command("collectstatic", interactive=False, verbosity=0)
    small, large = register("small", SMALL), register("large", LARGE)
    with large.used():
        told = f"{Unit.objects.count()} units, {Campaign.objects.count()} campaigns, {Joining.objects.count()} joinings"
    print(f"Pages of campaigns on {connection.vendor}, medians of {ROUNDS}; large: {told}")
    for person in ("officer", "guest"):
        with small.used():
            addresses = pages(person)
        for name, address in addresses.items():
            asked = [database.queries(person, address) for database in (small, large)]
            old, new = medians([small, large], ROUNDS, person, address)
            figures = f"{1000 * old:9.1f} ms{1000 * new:9.1f} ms{new / old:8.2f}  {asked[0]} and {asked[1]}"
            print(f"{person:9}{name:12}{figures}")


if __name__ == "__main__":
    main()
