"""Of whom, where and when awards were given: shares of leaders, women, ethnic groups, units, fields of work, clusters; years."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db.models import Count
from django.db.models.functions import ExtractYear

from clusters.models import Division, Membership
from units.figures import figure_text
from units.models import Unit

from ..catalogue.models import Whom
from ..recipients.ethnic_groups import group_of
from ..recipients.models import BodyClass, Gender, PositionClass

# Years of the line of years, the one that is looked at the last; rows of a part that the page shows.
YEARS, SHOWN = 10, 12
PERSON = Whom.PERSON.value


@dataclass(frozen=True)
class Share:
    """How many of a whole."""

    words: str
    number: int
    whole: int

    @property
    def percent(self) -> float:
        """The share in percent, to one digit; 0 of nothing."""
        return round(self.number * 100 / self.whole, 1) if self.whole else 0.0


@dataclass(frozen=True)
class Part:
    """One question with its answers; ``shown`` are those that the page has room for, the rest together."""

    title: str
    of: str
    shares: list[Share]

    @property
    def note(self) -> str:
        """Of how many what."""
        return f"{figure_text(self.shares[0].whole)} {self.of}" if self.shares else ""

    @property
    def shown(self) -> list[Share]:
        """The first ``SHOWN`` and one for all others."""
        rest = self.shares[SHOWN:]
        if len(rest) < 2:
            return self.shares
        return [*self.shares[:SHOWN], Share(f"{len(rest)} dòng khác", sum(each.number for each in rest), rest[0].whole)]


@dataclass(frozen=True)
class Year:
    """A year of the line of years."""

    year: int
    number: int
    persons: int
    leaders: Share
    women: Share


@dataclass(frozen=True)
class Structure:
    """What a year's awards are made of, and the years up to it."""

    number: int
    parts: list[Part]
    years: list[Year]


def structure(user, rows, year: int) -> Structure:
    """Of ``rows`` (``figures.awards_for``), those decided in ``year``, and in the years before; six queries.

    Clusters are told of a year that was divided into them.
    """
    rows = rows.filter(cancelled_on=None)
    over_years = _over_years(rows, year)
    here = over_years.get(year, Counter())
    this_year = rows.filter(decided_on__year=year)
    by_unit = dict(_count(this_year, "unit"))
    groups = _count(this_year.filter(whom=PERSON), "recipient__ethnicity")
    parts = [
        _kinds(this_year),
        _positions(here),
        _part("Nam, nữ", "cá nhân", _sums(here, lambda key: _gender(key[2]) if key[0] == PERSON else None)),
        _part("Dân tộc", "cá nhân", _sums(Counter(dict(groups)), _ethnic_group)),
        *_by_unit(user, by_unit, year),
    ]
    return Structure(sum(here.values()), parts, [_year(each, over_years[each]) for each in sorted(over_years)])


def _count(rows, *names):
    """[(value, how many)]; of several names the values together."""
    for row in rows.values_list(*names).annotate(number=Count("*")):
        yield (row[0] if len(names) == 1 else row[:-1]), row[-1]


def _over_years(rows, year) -> dict[int, Counter]:
    """{year: {(whom, class of post, gender): how many}} of ``year`` and those before."""
    span = rows.filter(decided_on__range=(date(year - YEARS + 1, 1, 1), date(year, 12, 31)))
    span = span.annotate(decided_in=ExtractYear("decided_on"))
    found = {}
    for (when, *key), number in _count(span, "decided_in", "whom", "position_class", "recipient__gender"):
        found.setdefault(when, Counter())[tuple(key)] += number
    return found


def _sums(counter, group_of) -> Counter:
    """The figures of ``counter`` by what ``group_of`` makes of its keys; None is left out."""
    found = Counter()
    for key, number in counter.items():
        group = group_of(key)
        if group is not None:
            found[group] += number
    return found


def _part(title, of, counts, words_of=str) -> Part:
    """The answers, the most frequent first; what nobody wrote down last."""
    whole = sum(counts.values())
    order = sorted(counts.items(), key=lambda each: (not each[0], -each[1], str(each[0])))
    return Part(title, of, [Share(words_of(key) if key else "Chưa ghi", number, whole) for key, number in order])


def _kinds(rows):
    counts = dict(_count(rows, "whom", "body_class"))
    whole = sum(counts.values())
    kinds = Counter()
    for (whom, _), number in counts.items():
        kinds[whom] += number
    shares = [Share(label, kinds[whom], whole) for whom, label in Whom.choices if kinds[whom]]
    enterprises = counts.get((Whom.COLLECTIVE, BodyClass.ENTERPRISE), 0)
    if enterprises:
        shares.append(Share("Trong tập thể: doanh nghiệp", enterprises, kinds[Whom.COLLECTIVE]))
    return Part("Cá nhân, tập thể, hộ gia đình", "khen thưởng", shares)


def _positions(here):
    """Leaders and managers together, then the other classes."""
    return _part(
        "Lãnh đạo và không lãnh đạo", "cá nhân", _sums(here, lambda key: _class(key[1]) if key[0] == PERSON else None)
    )


def _class(position) -> str:
    if not position:
        return ""
    found = PositionClass(position)
    return "Lãnh đạo, quản lý" if found.is_leader else found.label


def _gender(gender) -> str:
    return Gender(gender).label if gender else ""


def _ethnic_group(words) -> str:
    """A group by its name, however it was written; what is none stays as it was written."""
    found = group_of(words) if words else None
    return found.name if found else words


def _by_unit(user, by_unit, year):
    """By field of work, by cluster of that year, by unit."""
    units = Unit.objects.select_related("sector").in_bulk([key for key in by_unit if key])
    seen = Division.objects.visible_to(user).filter(year=year)
    clusters = dict(Membership.objects.filter(division__in=seen).values_list("unit", "cluster__name"))
    sectors, groups = Counter(), Counter()
    for key, number in by_unit.items():
        unit = units.get(key)
        sectors[str(unit.sector) if unit and unit.sector else ""] += number
        groups[clusters.get(key, "Ngoài cụm, khối") if key else ""] += number
    yield _part("Lĩnh vực", "khen thưởng", sectors)
    if clusters:
        yield _part("Cụm, khối thi đua", "khen thưởng", groups)
    yield _part("Đơn vị", "khen thưởng", by_unit, lambda key: units[key].name)


def _year(year, counts) -> Year:
    persons = _sums(counts, lambda key: (_class(key[1]), key[2]) if key[0] == PERSON else None)
    known = sum(number for (position, _), number in persons.items() if position)
    leaders = sum(number for (position, _), number in persons.items() if position == "Lãnh đạo, quản lý")
    of_gender = _sums(persons, lambda key: key[1] or None)
    women = Share("Nữ", of_gender[Gender.FEMALE], sum(of_gender.values()))
    return Year(year, sum(counts.values()), sum(persons.values()), Share("Lãnh đạo, quản lý", leaders, known), women)
