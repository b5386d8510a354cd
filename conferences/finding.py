"""How conferences and their plans are found by the one search."""

from units.finding import Found, Search
from units.text import searchable, searched

from .area import CONFERENCES
from .models import Event, Plan


def find_conferences(user, words: str, most: int) -> list[Found]:
    """Conferences that ``user`` sees, by name, place or unit, the latest first. One question."""
    rows = Event.objects.visible_to(user).matching(words).select_related("unit").order_by("-day", "-pk")
    return [
        Found(row.name, row.get_absolute_url(), f"{row.unit} · {row.span} · {row.get_state_display()}")
        for row in rows[:most]
    ]


def find_plans(user, words: str, most: int) -> list[Found]:
    """Plans that ``user`` sees, by every word of their names, accents aside. One question; there is one in five years."""
    wanted = searched(words)
    rows = Plan.objects.visible_to(user).select_related("document__type") if wanted else ()
    found = [row for row in rows if all(word in searchable(row.name) for word in wanted)]
    return [
        Found(row.name, row.get_absolute_url(), row.document.name if row.document_id else "") for row in found[:most]
    ]


CONFERENCES.searches.append(Search("Hội nghị, đại hội", find_conferences, "conferences"))
CONFERENCES.searches.append(Search("Kế hoạch hội nghị, đại hội", find_plans))
