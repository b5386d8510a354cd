"""Do the pages of conferences stay quick? As many of each as the sample has, then 330 conferences with 20,000 delegates.

    bin/with-postgresql .venv/bin/python bench/conferences.py

An officer of Sở Nội vụ and one of a commune open the pages, in both in turn. Figures are medians of whole requests, with the
number of queries of each. The congress of the large one has 1,000 delegates and 180 who are honoured, a commune 58. Conferences
are reduced often enough that the list of changes fills a page in both: rows on a page are not what is compared.
"""

import statistics
from datetime import date

from django.core.management import call_command
from django.db import connection
from django.urls import reverse
from sizes import Database  # sets Django up, before any model is imported

from conferences.models import (
    Change,
    Delegate,
    Delegation,
    Event,
    Headcount,
    Honour,
    Level,
    Part,
    Plan,
    Required,
    Share,
)
from conferences.overview.tiles import places
from units.models import Role, Unit, User
from units.text import name_sort_key, searchable

ROUNDS = 15
# Units, delegates of each, delegates of the congress, honoured there.
SMALL, LARGE = (46, 5, 204, 45), (330, 58, 1000, 180)
# So many changes fill a page of their list.
CHANGED = 25
_BEFORE = {
    "day": "2026-03-02",
    "until": None,
    "place": "Hội trường",
    "begins_at": None,
    "is_full": None,
    "people": {"official": 100},
    "state": "planned",
}
_STATES = ["planned", "asked", "ready", "held", "reported"]


def fill(number, each, above, honoured):
    """A plan, a conference of each unit with its delegates, the congress with delegations and honours."""
    top = Unit.objects.create(code="ubnd-tinh", name="UBND tỉnh", kind="province")
    home = Unit.objects.create(code="so-noi-vu", name="Sở Nội vụ", kind="department", superior=top)
    codes = [*places(), *(f"don-vi-{place}" for place in range(number))][:number]
    Unit.objects.bulk_create(
        Unit(
            code=code,
            name=f"UBND xã {place}",
            kind="commune",
            superior=top,
            search_text=f" xa {place} ",
            sort_text=f"{place:04}",
        )
        for place, code in enumerate(codes)
    )
    units = list(Unit.objects.filter(kind="commune").order_by("sort_text"))
    officer = User.objects.create_user("officer", full_name="Hòa", unit=home, role=Role.OFFICER)
    User.objects.create_user("guest", full_name="Lan", unit=units[0], role=Role.UNIT_OFFICER)
    plan = _plan(officer)
    events = _events(plan, units, officer)
    congress = _congress(plan, top, officer)
    for event in events:
        _delegates(event, each, officer)
    _above(congress, units, above, officer)
    _honours(congress, honoured, officer)


def _plan(officer):
    """With two windows, what is required, and shares."""
    plan = Plan.objects.create(
        name="Hội nghị các cấp, Đại hội VII", number=7, national=12, serves_from=2025, serves_until=2030, state="issued",
        recognised_from=date(2025, 9, 20), issued_on=date(2026, 1, 5), by=officer,
    )  # fmt: skip
    windows = [("Cấp xã", ["commune"], {}), ("Tỉnh", ["province"], {"is_congress": True})]
    for place, (name, kinds, facts) in enumerate(windows):
        Level.objects.create(
            plan=plan, name=name, unit_kinds=kinds, begins_on=date(2026, 3, 1), ends_on=date(2026, 12, 31), position=place,
            sent_up=3, **facts,
        )  # fmt: skip
    Required.objects.create(plan=plan, words="Báo cáo kết quả", minutes=30)
    Share.objects.create(plan=plan, trait="woman", percent=30)
    return plan


def _events(plan, units, officer):
    """One of each unit, in one state after the other; one in ten, but a page of them at least, reduced, half of these wait."""
    level, rows, every = plan.levels.get(name="Cấp xã"), [], max(1, min(10, len(units) // CHANGED))
    for place, unit in enumerate(units):
        state, day = _STATES[place % len(_STATES)], date(2026, 3, 2 + place % 25)
        held = {"held_on": day} if state in ("held", "reported") else {}
        rows.append(
            Event(unit=unit, plan=plan, level=level, form="models", name=f"Hội nghị xã {place}", day=day, state=state, by=officer,
                  place="Hội trường", search_text=f" hoi nghi xa {place} ", **held)
        )  # fmt: skip
    found = Event.objects.bulk_create(rows)
    Headcount.objects.bulk_create(
        Headcount(event=row, role="official", first=120, number=100, cost=90_000) for row in found
    )
    Part.objects.bulk_create(Part(event=row, words=f"Phần {n}", position=n) for row in found for n in range(6))
    Change.objects.bulk_create(
        Change(
            event=row,
            kind="reduce",
            day=row.day,
            reason="Dịch",
            by=officer,
            state="flagged" if place % (2 * every) else "done",
            before=_BEFORE,
            after=_BEFORE,
        )
        for place, row in enumerate(found)
        if place % every == 0
    )
    return found


def _congress(plan, top, officer):
    return Event.objects.create(
        unit=top, plan=plan, level=plan.levels.get(is_congress=True), kind="congress", form="congress", by=officer,
        name="Đại hội Thi đua yêu nước tỉnh", day=date(2026, 12, 10), state="planned", place="Trung tâm",
    )  # fmt: skip


def _person(event, number, officer, **facts):
    name = f"Lý Thị Mẫu {number}"
    return Delegate(
        event=event, name=name, workplace="Xã", by=officer, state="accepted", traits=["woman"] if number % 3 else ["party"],
        sort_text=name_sort_key(name), search_text=searchable(name), reason="Điển hình", **facts,
    )  # fmt: skip


def _delegates(event, number, officer):
    Delegate.objects.bulk_create(_person(event, place, officer) for place in range(number))


def _above(congress, units, number, officer):
    """The congress's list grows from below: a delegation of each unit."""
    sent = Delegation.objects.bulk_create(
        Delegation(event=congress, unit=unit, quota=3, state="sent", sent_on=date(2026, 9, 1)) for unit in units
    )
    Delegate.objects.bulk_create(
        _person(congress, place, officer, delegation=sent[place % len(sent)]) for place in range(number)
    )


def _honours(congress, number, officer):
    rows = [
        Honour(event=congress, kind="person", name=f"Vi Văn {place}", reason="Hiến đất", position=place + 1, by=officer,
               biography="Làm đường.")
        for place in range(number)
    ]  # fmt: skip
    for row in rows:
        row.tidy()
    Honour.objects.bulk_create(rows)


def register(name, size):
    """A database of one size."""
    database = Database(name)
    with database.used():
        fill(*size)
    database.settle()
    return database


def pages(person):
    """{name: address} of what ``person`` opens; keys are the same in both databases."""
    plan, first = Plan.objects.get(), Event.objects.filter(kind="models").order_by("pk").first()
    found = {
        "home": "/",
        "conferences": reverse("conferences"),
        "search": f"{reverse('find')}?q=hoi nghi",
        "plan": plan.get_absolute_url(),
    }
    own = first
    if person == "officer":
        own = Event.objects.get(kind="congress")
        for name in ("plan_progress", "plan_map", "plan_figures", "plan_quotas"):
            found[name] = reverse(name, args=[plan.pk])
        found["late"] = f"{reverse('plan_progress', args=[plan.pk])}?viec=qua-han"
        found["changes"] = reverse("changes_of_conferences")
        found["delegations"] = reverse("delegations", args=[own.pk])
    found |= {"conference": own.get_absolute_url()}
    for name in ("conference_delegates", "composition", "honours", "presence", "conference_changes"):
        found[name] = reverse(name, args=[own.pk])
    return found


def main():
    """Both sizes, then each page in both."""
    call_command("collectstatic", interactive=False, verbosity=0)
    small, large = register("small", SMALL), register("large", LARGE)
    with large.used():
        told = f"{Event.objects.count()} conferences, {Delegate.objects.count()} delegates, {Honour.objects.count()} honoured"
    print(f"Pages of conferences on {connection.vendor}, medians of {ROUNDS}; large: {told}")
    for person in ("officer", "guest"):
        with small.used():
            addresses = pages(person)
        with large.used():
            others = pages(person)
        for name, address in addresses.items():
            asked = [small.queries(person, address), large.queries(person, others[name])]
            old, new = _medians(small, large, person, address, others[name])
            figures = f"{1000 * old:9.1f} ms{1000 * new:9.1f} ms{new / old:8.2f}  {asked[0]} and {asked[1]}"
            print(f"{person:9}{name:22}{figures}", flush=True)


def _medians(small, large, person, address, other):
    """Medians of a page of each, asked in turn; their keys differ where a row is not among the first."""
    pairs = (small, address), (large, other)
    times = [[database.get(person, one) for database, one in pairs] for _ in range(ROUNDS)]
    return [statistics.median(column) for column in zip(*times, strict=True)]


if __name__ == "__main__":
    main()
