"""A few recipients that show what a thousand others do not: the same one twice, an award that was cancelled."""

from datetime import date

from ..recipients.models import Recipient
from ..records.models import Award, Pause


def make(people):
    """Change some of ``people``, who were stored with their stories."""
    _entered_twice(people[:6])
    _cancelled()
    Pause.objects.create(
        recipient=people[40], kind=Pause.Kind.INSPECTION, since=date(2026, 10, 5),
        paper="Quyết định thanh tra (minh họa)", sample=True,
    )  # fmt: skip
    for row in people[100:120]:
        row.known_from = 2020
    Recipient.objects.bulk_update(people[100:120], ["known_from"])


def _entered_twice(people):
    """Second records of some, written a little differently, as lists of units have them."""
    for number, row in enumerate(people):
        twin = Recipient(
            kind=row.kind, name=_other_spelling(row.name, number), unit=row.unit, gender=row.gender,
            began_on=row.began_on if number % 2 else None, began_year=row.began_on.year, post=row.post,
            position_class=row.position_class, sample=True, note=row.note,
        )  # fmt: skip
        twin.save()


def _other_spelling(name, number):
    return name.upper() if number % 2 else name.replace("òa", "oà").replace("Đ", "Ð")


def _cancelled():
    """Some titles that were cancelled after a false report came out (Luật 2022, Điều 93 khoản 2)."""
    rows = Award.objects.filter(type__code="CSTDCS", year=2023, recipient__sample=True).order_by("pk")[:3]
    for row in rows:
        row.cancelled_on, row.cancelled_by = date(2024, 9, 12), "Quyết định số 77/QĐ-SNV (minh họa)"
        row.save()
