"""Does the register stay quick as it grows? The first page of searches at 1,000 papers and at 100,000, asked in turn.

    bin/with-postgresql .venv/bin/python bench/register.py [papers]

Two people look: an officer of Sở Nội vụ, who sees nearly every paper, and one of another unit, who sees few. Figures are
medians of whole requests, with the number of queries of each; the last column is what growing costs.
"""

import random
import sys
from datetime import date, timedelta

from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from sizes import Database, medians  # sets Django up, before any model is imported

from documents.models import Delivery, Document, DocumentType, NumberSeries
from units.models import Role, Unit, User
from units.text import searchable

FEW, MANY, ROUNDS = 1_000, int(sys.argv[1]) if len(sys.argv) > 1 else 100_000, 15
SEARCHES = {
    "no search": {},
    "a word in most": {"q": "thi dua"},
    "a word in some": {"q": "bac son"},
    "three words": {"q": "bao cao huu lung"},
    "a rare word": {"q": "zzhiem"},
    "a word in none": {"q": "khongcotunay"},
    "two letters": {"q": "zz"},
    "a number": {"q": "77/bc-snv"},
    "a type": {"type": None},
    "a state": {"state": "draft"},
    "days": {"tu": "01/06/2020", "den": "30/06/2020"},
    "an author": {"author": None},
    "by number": {"sap": "so"},
    "odd signs": {"q": "%_'\"\\"},
    "10,000 letters": {"q": "đua " * 2500},
}
PLACES = ["Bắc Sơn", "Hữu Lũng", "Chi Lăng", "Lộc Bình", "Cao Lộc", "Văn Quan", "Văn Lãng", "Tràng Định", "Bình Gia"]
DEEDS = ["tổng kết", "sơ kết", "báo cáo kết quả", "phát động", "hướng dẫn", "đôn đốc", "triển khai", "kiểm tra"]
THINGS = ["phong trào thi đua", "công tác thi đua, khen thưởng", "việc ký giao ước thi đua", "hội nghị", "hiện vật"]
BODY = "Đề nghị các cơ quan, đơn vị thực hiện nghiêm túc các nội dung sau. " * 20


def people():
    """Two departments with a person each, and 60 units."""
    home = Unit.objects.create(code="so-noi-vu", name="Sở Nội vụ", kind="department", symbol="SNV")
    others = [Unit.objects.create(code=f"dv-{n}", name=f"Đơn vị {n}", kind="department") for n in range(60)]
    officer = User.objects.create_user("officer", full_name="Hòa", unit=home, role=Role.OFFICER)
    User.objects.create_user("guest", full_name="Lan", unit=others[0], role=Role.UNIT_OFFICER)
    NumberSeries.objects.create(issuer=home, name="Sổ chung")
    return officer, others


def grow(until, officer, others):
    """Fill the register up to ``until`` papers, most of them issued, each delivered to two units."""
    types = list(DocumentType.objects.filter(code__in=["CV", "BC", "TB", "KH", "QĐ"]))
    series, now, start = NumberSeries.objects.get(), timezone.now(), Document.objects.count()
    dice = random.Random(start)  # noqa: S311
    for first in range(start, until, 5000):
        rows = [paper(number, dice, types, officer, series, now) for number in range(first, min(first + 5000, until))]
        stored = Document.objects.bulk_create(rows)
        # The guest's unit gets the first hundred, and then one in a thousand.
        pairs = [(row, unit) for row in stored for unit in dice.sample(others[1:], 2)]
        pairs += [(row, others[0]) for row in stored if row.number and (row.number < 100 or row.number % 1000 == 7)]
        Delivery.objects.bulk_create([Delivery(document=row, unit=unit) for row, unit in pairs])


def paper(number, dice, types, officer, series, now):
    """One paper; every tenth is a draft."""
    type_, day = dice.choice(types), date(2016, 1, 1) + timedelta(days=dice.randrange(3900))
    subject = f"{dice.choice(DEEDS)} {dice.choice(THINGS)} tại {dice.choice(PLACES)}"
    if number % 5000 == 4999 or number == 500:
        subject += " zzhiem"
    issued = number % 10 > 0
    symbol = f"{type_.code}-SNV"
    reference = f"{number:02d}/{symbol}" if issued else ""
    return Document(
        origin="ours", state="issued" if issued else "draft", type=type_, unit=officer.unit, author=officer,
        issuer_unit=officer.unit, issuer_name="Sở Nội vụ", symbol=symbol, reference=reference, subject=subject, body=BODY,
        year=day.year, month=day.month, day=day.day, dated=day, number=number if issued else None,
        series=series if issued else None, issued_at=now if issued else None, issued_by=officer if issued else None,
        search_text=searchable(type_.name, reference or symbol, "Sở Nội vụ", subject, "Hòa"),
    )  # fmt: skip


def register(name, papers):
    """A register of ``papers`` papers."""
    database = Database(name)
    with database.used():
        officer, others = people()
        grow(papers, officer, others)
    database.settle()
    return database


def main():
    """Both registers, then each search in both."""
    call_command("collectstatic", interactive=False, verbosity=0)
    small, large = register("small", FEW), register("large", MANY)
    with small.used():
        fixed = {"type": DocumentType.objects.get(code="KH").pk, "author": User.objects.get(username="officer").pk}
    print(f"First page of /van-ban/ on {connection.vendor}, medians of {ROUNDS}")
    print(f"{'':28}{FEW:>10,}{MANY:>12,}   ratio  queries")
    worst = 0
    for person in ("officer", "guest"):
        for name, query in SEARCHES.items():
            query = {key: fixed[key] if value is None else value for key, value in query.items()}
            asked = [database.queries(person, "/van-ban/", query) for database in (small, large)]
            old, new = medians([small, large], ROUNDS, person, "/van-ban/", query)
            worst = max(worst, new / old)
            figures = f"{1000 * old:8.1f} ms{1000 * new:9.1f} ms{new / old:8.2f}  {asked[0]} and {asked[1]}"
            print(f"{person:9}{name:19}{figures}")
    print(f"Worst ratio: {worst:.2f}")


if __name__ == "__main__":
    main()
