"""Of which days the catalogue can be asked, and on which of them something changed."""

from datetime import date

from .law import Catalogue

# What an officer of a day must be able to look up: from the latest day on which one of these begins.
_NEEDED = ("award", "decides", "coefficient", "salary")


def first_day(catalogue: Catalogue) -> date:
    """The first day of which the catalogue can be asked."""
    begins = {kind: [row.since for row in catalogue.rows if row.kind == kind] for kind in _NEEDED}
    return max((min(days) for days in begins.values() if days), default=date.min)


def eras(catalogue: Catalogue) -> list[date]:
    """The days on which others began to decide or a law was amended, oldest first: those that people ask for."""
    first = first_day(catalogue)
    days = {row.since for row in catalogue.rows if row.kind == "decides"}
    days |= {text.since for text in catalogue.texts if text.amends}
    return sorted({first, *(day for day in days if day > first)})
