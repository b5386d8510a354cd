"""What the areas add to the page of a unit's duty (``Area.duty_parts``)."""

from units.areas import each


def parts_for(assignment, user) -> list[tuple[str, dict]]:
    """(name of a template, what it shows under ``part``) of each part that has something to say to ``user``."""
    return [found for part in each("duty_parts") if (found := part(assignment, user))]
