"""What was given in a year, counted by the database and laid out in the rows and columns of the form of that year.

Counted are awards whose decision was signed in the year, each line of a decision once: without those whose list was undone and
those that were cancelled, whenever that was. Classes of posts and of collectives are those of the day of the decision.
"""

from collections import Counter
from dataclasses import dataclass, field

from django.db.models import BooleanField, Count, ExpressionWrapper, Q

from documents.figures.layouts import Fault, faults, filled
from documents.figures.papers import Filled

from ..catalogue.models import AwardType, Whom
from ..records.models import Award
from .layouts import form_of, layout_of

# {what a form asks: the column that has it}; of what kind and level an award is follows from its type.
COLUMNS = {
    "whom": "whom",
    "positions": "position_class",
    "bodies": "body_class",
    "routes": "route",
    "submitters": "decision__submitter",
}


@dataclass(frozen=True)
class Lack:
    """Something that awards of the year do not say though the form asks for it: what, how many do not."""

    name: str
    words: str
    number: int


# {what is asked: (of whom it is asked, what is said where it is missing)}
LACKS = {
    "positions": (Whom.PERSON, "cá nhân chưa ghi lớp chức vụ"),
    "bodies": (Whom.COLLECTIVE, "tập thể chưa ghi là cơ quan hay doanh nghiệp"),
    "submitters": (None, "khen thưởng chưa ghi cơ quan trình Thủ tướng"),
}


@dataclass
class Figures(Filled):
    """The form of a year as one person sees it, and what stands beside it.

    ``cancelled``: how many are not counted because they were cancelled; ``left_out``: [(type, how many)] of its level that it
    has no column or row for; ``lacks``: what is to be mended; ``faults``: sums that do not agree.
    """

    about: str = ""
    cancelled: int = 0
    left_out: list[tuple[AwardType, int]] = field(default_factory=list)
    lacks: list[Lack] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def awards_for(user):
    """What figures count: awards that stand and that ``user`` may see, cancelled ones among them."""
    return Award.objects.visible_to(user).standing().order_by()


def given_in(user, year: int, levels):
    """The awards of these levels that were decided in ``year``, as far as ``user`` sees them."""
    return awards_for(user).filter(decided_on__year=year, type__level__in=levels)


def figures(user, year: int, about: str) -> Figures:
    """The form ``about`` of ``year``, which must be one of ``layouts.About``. Two queries, beside what is known of ``user``."""
    layout = layout_of(year, about)
    found = Figures(year, form_of(year, about), layout, [], about)
    types = AwardType.objects.in_bulk()
    levels = [key for key, row in types.items() if row.level in layout.counts["levels"]]
    rows = awards_for(user).filter(decided_on__year=year, type__in=levels)
    asked = {name: column for name, column in COLUMNS.items() if name in layout.asks_for}
    # Nothing is joined that the form does not ask: rows of the other tables would be read for each award.
    off = ExpressionWrapper(Q(cancelled_on__isnull=False), BooleanField())
    groups = rows.annotate(off=off).values("type", "off", *asked.values()).annotate(number=Count("*"))
    counted, left_out, lacking = [], Counter(), Counter()
    for group in groups:
        facts = _facts(types[group["type"]], group, asked)
        if group["off"]:
            found.cancelled += group["number"]
        elif not (layout.asks(facts) and layout.places(facts)):
            left_out[types[group["type"]]] += group["number"]
        else:
            counted.append((facts, group["number"]))
            lacking.update(dict.fromkeys(lacks_of(facts), group["number"]))
    found.lines = filled(layout, counted)
    found.left_out = sorted(left_out.items(), key=lambda each: each[0].position)
    found.lacks = [Lack(name, LACKS[name][1], number) for name, number in lacking.items()]
    found.faults = faults(layout, found.lines)
    return found


def _facts(award, group, asked) -> dict[str, str]:
    """What rows and columns ask of a group of awards."""
    facts = {name: group[column] for name, column in asked.items()}
    return facts | {"types": award.code, "forms": award.form, "levels": award.level}


def lacks_of(facts) -> list[str]:
    """What is asked and not said."""
    return [
        name
        for name, (whom, _) in LACKS.items()
        if name in facts and not facts[name] and whom in (None, facts.get("whom"))
    ]
