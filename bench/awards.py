"""Do awards stay quick? 10,000 awards of 3,000 recipients, then a million of 300,000, asked in turn; and a search by name.

    bin/with-postgresql .venv/bin/python bench/awards.py [awards]

An officer of Sở Nội vụ and one of a unit open every list, a person's page, the answer whether one may be given a title, the
check of 500, the forms of a year. Figures are medians of whole requests with the number of queries of each; the last line sums
them up. Rows are made by the database itself, so that a million take a minute or two.
"""

import random
import statistics
import sys
import time
from datetime import date

from django.core.management import call_command
from django.db import connection
from django.urls import reverse
from sizes import Database, medians  # sets Django up, before any model is imported

from awards.models import Award, AwardType, Decision, Office, Recipient
from awards.recipients.models import nearest
from awards.recipients.names import given_of, name_key
from units.models import Role, Unit, User
from units.text import name_sort_key, searchable

ROUNDS = 9
SMALL, LARGE = 10_000, int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
AWARDS_EACH, UNITS, NAMES, A_DECISION = 3.34, 300, 4_000, 40
# Three strings read better than fifty quoted words.
_WORDS = (
    "Nông Hoàng Lương Triệu Vi Lý Hà Chu Bế Lộc Đàm Dương Hứa Mông Nguyễn Nguyễn Nguyễn Nguyễn Nguyễn Trần",
    "Văn Thị Đức Thu Quang Ngọc Minh Bích Xuân Kim",
    "An Bảo Chi Cường Dũng Đạt Giang Hà Hải Hiền Hòa Huệ Hùng Hương Khánh Lan Lâm Linh Mai Nga",
)
FAMILIES, MIDDLE, GIVEN = (words.split() for words in _WORDS)
RARE, COMMON = "Ỷ Zzhiem", "nguyễn văn"


def fill(awards):
    """Units, recipients, decisions and ``awards`` awards; the rows by the database from a table of names."""
    call_command("load_catalogue", verbosity=0)
    home = Unit.objects.create(code="so-noi-vu", name="Sở Nội vụ", kind="department")
    units = Unit.objects.bulk_create(
        Unit(code=f"dv-{n}", name=f"Đơn vị {n}", kind="commune", search_text=f" don vi {n} ", sort_text=f"{n:04}")
        for n in range(UNITS)
    )
    officer = User.objects.create_user("officer", full_name="Hòa", unit=home, role=Role.OFFICER)
    User.objects.create_user("guest", full_name="Lan", unit=units[0], role=Role.UNIT_OFFICER)
    _names()
    with connection.cursor() as cursor:
        people, office = int(awards / AWARDS_EACH), Office.objects.get(code="province").pk
        cursor.execute(_RECIPIENTS, {"first": units[0].pk, "units": UNITS, "names": NAMES, "count": people})
        cursor.execute(_DECISIONS, {"by": officer.pk, "office": office, "count": awards // A_DECISION})
        # As rare in the large one as in the small.
        for row in Recipient.objects.order_by("pk")[100:105]:
            row.name = RARE
            row.save()
        types = [AwardType.objects.get(code=code).pk for code in ("LDTT", "CSTDCS", "BKT", "CSTDT", "GK")]
        first, decision = (model.objects.order_by("pk").first().pk for model in (Recipient, Decision))
        facts = {"types": types, "first": first, "recipients": people, "decision": decision}
        cursor.execute(_AWARDS, facts | {"each": A_DECISION, "count": awards})


def _names():
    """A table of names as ``Recipient.tidy`` stores them."""
    dice = random.Random(7)  # noqa: S311
    names = [f"{dice.choice(FAMILIES)} {dice.choice(MIDDLE)} {dice.choice(GIVEN)}" for _ in range(NAMES - 1)] + [RARE]
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMP TABLE names (n int PRIMARY KEY, name text, search_text text, sort_text text, name_key text)"
        )
        rows = [
            (n, name, searchable(given_of(name), name), name_sort_key(name), name_key(name, "person"))
            for n, name in enumerate(names)
        ]
        cursor.executemany("INSERT INTO names VALUES (%s, %s, %s, %s, %s)", rows)


def _insert(model, values, source) -> str:
    """INSERT of {column: SQL} from ``source``; the columns that are not named get what the model says."""
    row = model()
    columns = {}
    for field in model._meta.concrete_fields:
        if field.primary_key:
            continue
        default = getattr(row, field.attname)
        columns[field.column] = values.get(field.column, _literal(default, field))
    names = ", ".join(f'"{name}"' for name in columns)
    return f"INSERT INTO {model._meta.db_table} ({names}) SELECT {', '.join(columns.values())} FROM {source}"  # noqa: S608


def _literal(value, field) -> str:
    if value is None:
        return "now()" if getattr(field, "auto_now_add", False) else "NULL"
    return str(value).lower() if isinstance(value, bool | int) else f"'{value}'"


_RECIPIENTS = _insert(
    Recipient,
    {
        "kind": "CASE WHEN (g / 300) %% 10 = 9 THEN 'collective' ELSE 'person' END",
        "name": "names.name", "search_text": "names.search_text", "sort_text": "names.sort_text",
        "name_key": "names.name_key", "given_key": "split_part(trim(names.search_text), ' ', 1)",
        "unit_id": "%(first)s + g %% %(units)s", "began_on": "date '1966-01-01' + g %% 10000",
        "gender": "CASE WHEN g %% 2 = 0 THEN 'male' ELSE 'female' END", "position_class": "'direct'",
    },
    "generate_series(0, %(count)s - 1) g JOIN names ON names.n = (g * 31) %% %(names)s",
)  # fmt: skip
_DECISIONS = _insert(
    Decision,
    {
        "number": "g || '/QĐ-UBND'", "day": "date '2015-01-01' + (g * 37) %% 4300", "office_id": "%(office)s",
        "identity": "'bench ' || g", "subject": "'Khen thưởng'", "search_text": "' ' || g || ' qd ubnd '", "by_id": "%(by)s",
    },
    "generate_series(1, %(count)s) g",
)  # fmt: skip
_AWARDS = _insert(
    Award,
    {
        "decision_id": "%(decision)s + g / %(each)s", "recipient_id": "r.id",
        "type_id": "(%(types)s::bigint[])[1 + (g %% 11) %% 5]", "position": "1 + g %% %(each)s", "name": "r.name",
        "unit_id": "r.unit_id", "year": "2014 + g / %(recipients)s", "route": "'deed'", "position_class": "'direct'",
        "decided_on": "d.day",
        "whom": "r.kind", "amount": "1000000",
    },
    "generate_series(0, %(count)s - 1) g JOIN awards_recipient r ON r.id = %(first)s + g %% %(recipients)s "
    "JOIN awards_decision d ON d.id = %(decision)s + g / %(each)s",
)  # fmt: skip


def register(name, awards):
    """A database with ``awards`` awards."""
    database, started = Database(name), time.perf_counter()
    with database.used():
        fill(awards)
    database.settle()
    print(f"{name}: {awards:,} awards made in {time.perf_counter() - started:.0f} s")
    return database


def pages(person):
    """{name: (address, query)} of what ``person`` opens; the same rows in both databases."""
    row = Recipient.objects.filter(kind="person", unit__code="dv-0").order_by("pk").first()
    unit = Unit.objects.get(code="dv-0")
    kind = AwardType.objects.get(code="CSTDCS").code
    found = {
        "awards": (reverse("awards"), {}),
        "of a type": (reverse("awards"), {"danh_hieu": kind}),
        "of a unit": (reverse("awards"), {"don_vi": unit.pk}),
        "of a year": (reverse("awards"), {"tu": "01/01/2020", "den": "31/12/2020"}),
        "by name": (reverse("awards"), {"q": "zzhiem"}),
        "page 15": (reverse("awards"), {"page": 15}),
        "recipient": (row.get_absolute_url(), {}),
        "eligibility": (reverse("judgement", args=[row.pk]), {"danh_hieu": "CSTDT", "nam": 2025}),
        # The same number in both: what a check costs hangs on how many are checked.
        "check": (reverse("check_awards"), {"danh_hieu": "CSTDT", "nam": 2025, "q": "zzhiem"}),
    }
    figures = {"0602": "state", "0603": "province", "Biểu 01": "bieu-01", "Biểu 03": "bieu-03"}
    found |= {name: (reverse("award_figures", args=[2020, about]), {}) for name, about in figures.items()}
    return found | {
        "Cơ cấu": (reverse("award_structure"), {"nam": 2020, "cap": "province"}),
        "recipients": (reverse("recipients"), {}),
        "decisions": (reverse("decisions"), {}),
        "rare name": (reverse("recipients"), {"q": "zzhiem"}),
        # In a unit of ten people nobody is called so, and no rows are asked for.
        **({"common name": (reverse("recipients"), {"q": COMMON})} if person == "officer" else {}),
        "given name": (reverse("recipients"), {"q": "hòa"}),
    }


def search_gain(database, words) -> float:
    """How many times as fast a name is found by its stored words as by ``icontains`` over the same rows, in their order."""
    with database.used():
        found, like = Recipient.objects.matching(words), Recipient.objects.filter(name__icontains=words)
        by_words = [_taken(lambda: Recipient.objects.in_bulk(nearest(found, words, 25))) for _ in range(5)]
        by_like = [_taken(lambda: list(like.order_by("sort_text", "pk")[:25])) for _ in range(5)]
    return statistics.median(by_like) / statistics.median(by_words)


def _taken(act) -> float:
    started = time.perf_counter()
    act()
    return time.perf_counter() - started


def main():
    """Both sizes, then each page in both."""
    call_command("collectstatic", interactive=False, verbosity=0)
    small, large = register("small", SMALL), register("large", LARGE)
    with large.used():
        told = f"{Award.objects.count():,} awards, {Recipient.objects.count():,} recipients"
    print(f"Pages of awards on {connection.vendor}, medians of {ROUNDS}; large: {told}, {date.today():%Y}")
    worst, alike = 0, True
    for person in ("officer", "guest"):
        with small.used():
            first = pages(person)
        with large.used():
            second = pages(person)
        for name in first:
            asked = [database.queries(person, *where[name]) for database, where in ((small, first), (large, second))]
            old, new = _medians(small, large, person, first[name], second[name])
            worst, alike = max(worst, new / old), alike and asked[0] == asked[1]
            figures = f"{1000 * old:9.1f} ms{1000 * new:9.1f} ms{new / old:8.2f}  {asked[0]} and {asked[1]}"
            print(f"{person:9}{name:14}{figures}")
    gains = f"name_search_gain={search_gain(large, 'zzhiem'):.0f} common_name_gain={search_gain(large, COMMON):.0f}"
    gains += f" given_name_gain={search_gain(large, 'hòa'):.0f}"
    print(f"worst_ratio={worst:.2f} same_queries={alike} {gains}")


def _medians(small, large, person, first, second):
    """Median seconds of a page in both, asked in turn; its address may differ by a key."""
    if first == second:
        return medians([small, large], ROUNDS, person, *first)
    times = [(small.get(person, *first), large.get(person, *second)) for _ in range(ROUNDS)]
    return [statistics.median(column) for column in zip(*times, strict=True)]


if __name__ == "__main__":
    main()
