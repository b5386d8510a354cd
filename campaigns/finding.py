"""How campaigns and good examples are found by the one search."""

from units.finding import Found, Search

from .area import CAMPAIGNS
from .models import Campaign, Example


def find_campaigns(user, words: str, most: int) -> list[Found]:
    """Campaigns that ``user`` sees, the latest first. One question."""
    rows = (
        Campaign.objects.visible_to(user).matching(words).select_related("unit").defer("aims", "contents", "criteria")
    )
    return [
        Found(row.name, row.get_absolute_url(), f"{row.unit} · {row.span} · {row.phase}")
        for row in rows.order_by("-begins_on", "pk")[:most]
    ]


def find_examples(user, words: str, most: int) -> list[Found]:
    """Good examples that ``user`` may read, by name, deed or unit. One question."""
    rows = Example.objects.visible_to(user).matching(words).select_related("unit")
    return [Found(row.name, row.get_absolute_url(), f"{row.unit} · {row.title}") for row in rows[:most]]


CAMPAIGNS.searches.append(Search("Phong trào thi đua", find_campaigns, "campaigns"))
CAMPAIGNS.searches.append(Search("Gương điển hình", find_examples, "examples"))
