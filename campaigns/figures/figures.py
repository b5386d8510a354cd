"""How many campaigns were launched in a year, in the rows and columns of the statistical form of that year."""

from dataclasses import dataclass, field

from django.db.models import Q

from units.permissions import may_oversee

from ..campaign.models import Campaign
from .layouts import Form, Row, form_of, layout_of

State = Campaign.State


@dataclass
class Line:
    """One row of the form with a figure for each column; a heading has none."""

    row: Row
    counts: list[int]

    @property
    def is_total(self) -> bool:
        """Whether it counts all: the row that the others divide."""
        return not (self.row.heading or self.row.scopes or self.row.lengths or self.row.kinds)


@dataclass
class Figures:
    """The form of a year as one person sees it, and what stands beside it."""

    year: int
    # What the law asks of that year, as far as it is known; the layout is there in any case.
    form: Form | None
    layout: Form
    lines: list[Line]
    # Not counted, counted with a note, launched by those whom the form does not ask for.
    over: list[Campaign] = field(default_factory=list)
    postponed: list[Campaign] = field(default_factory=list)
    left_out: list[Campaign] = field(default_factory=list)

    @property
    def total(self) -> int:
        """How many are counted in all."""
        return next(line.counts[0] for line in self.lines if line.is_total)


def scope_words(user) -> str:
    """Of whom the figures are, for the page."""
    if may_oversee(user):
        return "Toàn tỉnh"
    return f"{user.unit} và các đơn vị trực thuộc" if user.unit_id else "Tài khoản chưa gắn với đơn vị nào"


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
    layout = layout_of(year)
    lines = [Line(row, [] if row.heading else [0] * len(layout.columns)) for row in layout.rows]
    found = Figures(year, form_of(year), layout, lines)
    for row in rows:
        if not row.counts:
            found.over.append(row)
        elif row.level not in layout.columns[0].levels:
            found.left_out.append(row)
        else:
            _count(found, row)
    return found


def _count(found, campaign):
    """Add one in every row and column that it belongs into."""
    if campaign.state == State.POSTPONED:
        found.postponed.append(campaign)
    for line in found.lines:
        if line.row.counts(campaign):
            for place, column in enumerate(found.layout.columns):
                line.counts[place] += campaign.level in column.levels
