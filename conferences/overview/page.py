"""What the pages about the units of a plan share: which plan, for whom, under which tab."""

from ..plans.views import find
from .rules import windows_of


def frame(request, pk, view) -> dict:
    """The plan of a page, its windows, and where the page is; 404 for a plan that is not there."""
    plan = find(request, pk)
    return {"plan": plan, "levels": windows_of(plan), "area": "conferences", "tab": "overview", "view": view}
