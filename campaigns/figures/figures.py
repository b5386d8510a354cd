"""How many campaigns were launched in a year, in the rows and columns of the statistical form of that year."""

from dataclasses import dataclass, field

from django.db.models import Q

from documents.figures.layouts import filled
from documents.figures.papers import Filled
from units.permissions import may_oversee

from ..campaign.models import Campaign
from .layouts import facts_of, form_of, layout_of

State = Campaign.State


@dataclass
class Figures(Filled):
    """The form of a year as one person sees it, and what stands beside it."""

    # Not counted, counted with a note, launched by those whom the form does not ask for.
    over: list[Campaign] = field(default_factory=list)
    postponed: list[Campaign] = field(default_factory=list)
    left_out: list[Campaign] = field(default_factory=list)


def _launched(user, year: int):
    """What was launched in ``year``, drafts aside: for the department all; else of the own unit and those under it."""
    rows = Campaign.objects.exclude(state=State.DRAFT).filter(launched_on__year=year)
    if may_oversee(user):
        return rows
    own = user.inherited_units
    return rows.filter(Q(unit__in=own) | Q(unit__superior__in=own))


def figures(user, year: int) -> Figures:
    """The form of ``year``. One query, beside what is known of ``user``.

    Counts what ``Campaign.objects.held()`` gives: stopped and replaced ones stand beside the form, postponed ones are counted.
    """
    rows = _launched(user, year).select_related("unit").order_by("launched_on", "pk")
    rows = rows.defer("aims", "contents", "criteria", "participants", "asked_kinds", "search_text")
    layout, counted = layout_of(year), []
    found = Figures(year, form_of(year), layout, [])
    for row in rows:
        facts = facts_of(row)
        if not row.counts:
            found.over.append(row)
        elif not layout.places(facts):
            found.left_out.append(row)
        else:
            counted.append((facts, 1))
            if row.state == State.POSTPONED:
                found.postponed.append(row)
    found.lines = filled(layout, counted)
    return found
