"""The statistical form on the number of campaigns: level, scope and length down, manner across.

Source: Thông tư 02/2023/TT-BNV, biểu 0601.N/BNV-TĐKT «Số phong trào thi đua».
"""

from dataclasses import dataclass, field
from datetime import MAXYEAR, date

from django.db.models import Q, TextChoices

from units.permissions import may_oversee

from .models import Campaign

Kind, Level, Scope, State = Campaign.Kind, Campaign.Level, Campaign.Scope, Campaign.State


@dataclass(frozen=True)
class Form:
    """A form of the law: from which day to which day it holds, and whether its words were read."""

    number: str
    circular: str
    begins: date
    ends: date | None
    is_certain: bool
    note: str = ""


FORMS = (
    Form(
        "0701.N/BNV-TĐKT",
        "Thông tư 03/2018/TT-BNV",
        date(2018, 1, 1),
        date(2023, 3, 22),
        False,
        "Chưa đối chiếu được cách chia trong biểu của Thông tư 03/2018/TT-BNV; số liệu chia theo biểu 0601.N/BNV-TĐKT.",
    ),
    Form("0601.N/BNV-TĐKT", "Thông tư 02/2023/TT-BNV", date(2023, 3, 23), date(2025, 10, 7), True),
    Form(
        "0601.N/BNV-TĐKT",
        "Thông tư 02/2023/TT-BNV, đã có Thông tư 18/2025/TT-BNV",
        date(2025, 10, 8),
        None,
        False,
        "Thông tư 18/2025/TT-BNV ngày 08/10/2025 ban hành biểu mới, chưa đối chiếu được; "
        "số liệu chia theo biểu 0601.N/BNV-TĐKT của Thông tư 02/2023/TT-BNV.",
    ),
)


def form_of(year: int) -> Form | None:
    """The form that holds on the day by which the year is reported (15 December); None where none is known."""
    day = date(year, 12, 15)
    return next((row for row in FORMS if row.begins <= day and (row.ends is None or day <= row.ends)), None)


class Length(TextChoices):
    """How long a campaign goes on (biểu 0601: thời hạn)."""

    SHORTER = "shorter", "Dưới 1 năm"
    ONE = "one", "1 năm"
    TO_THREE = "to_three", "Từ 1 năm đến dưới 3 năm"
    TO_FIVE = "to_five", "Từ 3 năm đến dưới 5 năm"
    LONGER = "longer", "Từ 5 năm trở lên"


def length_of(begins_on: date, ends_on: date) -> Length:
    """How long it goes on from its first day to its last, both counted, as both stand now (an extension counts).

    The day after the last one is compared with the same day of the month n years after the first: before 1 year it is
    shorter than a year, on that day it is exactly one (01/01–31/12, 15/03–14/03 of the next year), after it and before 3
    years «từ 1 đến dưới 3», from 3 years and before 5 «từ 3 đến dưới 5», from 5 years on the last. So 01/01/2024–31/12/2026
    is exactly 3 years and stands in «từ 3 đến dưới 5». A year after 29 February is 1 March.
    """
    # As numbers of days: the day after 31/12/9999 is none.
    after = ends_on.toordinal() + 1
    one, three, five = (_years_after(begins_on, years) for years in (1, 3, 5))
    if after < one:
        return Length.SHORTER
    if after == one:
        return Length.ONE
    if after < three:
        return Length.TO_THREE
    return Length.TO_FIVE if after < five else Length.LONGER


def _years_after(day: date, years: int) -> int:
    if day.year + years > MAXYEAR:
        return date.max.toordinal() + 2
    return years_after(day, years).toordinal()


def years_after(day: date, years: int) -> date:
    """The same day so many years later; 1 March for a 29 February that is none."""
    year = day.year + years
    try:
        return day.replace(year=year)
    except ValueError:
        return date(year, 3, 1)


@dataclass
class Line:
    """One row of the form: how many in all, how many for a time and a theme, how many regular."""

    label: str
    themed: int = 0
    regular: int = 0

    @property
    def total(self) -> int:
        """Of both manners."""
        return self.themed + self.regular

    def count(self, kind) -> None:
        """Add one; chuyên đề are the themed and the special ones."""
        if kind == Kind.REGULAR:
            self.regular += 1
        else:
            self.themed += 1


@dataclass
class Part:
    """Rows that divide the same campaigns by one question."""

    heading: str
    lines: list[Line]


@dataclass
class Figures:
    """The form of a year as one person sees it, and what stands beside it."""

    year: int
    form: Form | None
    total: Line
    parts: list[Part]
    # Not counted, and counted with a note.
    over: list[Campaign] = field(default_factory=list)
    postponed: list[Campaign] = field(default_factory=list)


def scope_words(user) -> str:
    """Of whom the figures are, for the page and the paper."""
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
    total = Line("Tổng số phong trào thi đua")
    levels, scopes, lengths = ({choice: Line(choice.label) for choice in kind} for kind in (Level, Scope, Length))
    found = Figures(
        year,
        form_of(year),
        total,
        [
            Part("Chia theo cấp chủ trì phát động", list(levels.values())),
            Part("Chia theo phạm vi", list(scopes.values())),
            Part("Chia theo thời hạn", list(lengths.values())),
        ],
    )
    for row in rows:
        if not row.counts:
            found.over.append(row)
            continue
        if row.state == State.POSTPONED:
            found.postponed.append(row)
        for line in (
            total,
            levels[row.level],
            scopes[row.scope],
            lengths[length_of(row.begins_on, row.ends_on)],
        ):
            line.count(row.kind)
    return found
