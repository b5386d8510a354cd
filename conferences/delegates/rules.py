"""How many a unit may send, what is counted of delegates against the plan's shares, their list as the table of a paper.

Source: Kế hoạch 125/KH-UBND ngày 17/7/2019, Hướng dẫn 1149/HD-BTĐKT ngày 18/6/2019 (delegates are advanced models; women, ethnic
groups, those who work directly go first). The report on composition follows those of the national congresses X and XI: official
delegates and guests, sex, ethnic groups, direct workers, age, who holds which honours, each in figures and in percent.
"""

from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Count, Q

from awards.models import Award, AwardType, Recipient
from units.models import Unit
from units.shares import percentage, share, votes_needed

from ..events.models import Event, Role
from ..plans.models import Trait
from ..plans.rules import level_of
from .models import Delegate, Delegation

# Below so many years one is young; above so many one is among the oldest group.
YOUNG, OLD = 35, 50
# What is told of even where the plan asks for nothing and nobody has it.
_ALWAYS = (Trait.WOMAN, Trait.ETHNIC, Trait.WORKER, Trait.YOUNG, Trait.PARTY)
# What is told of those who were honoured: words, codes of ``AwardType``, or the form where there are no codes.
_HONOURS = (
    ("Bà mẹ Việt Nam anh hùng, Anh hùng", ("BMVNAH", "AHLLVT", "AHLD"), ""),
    ("Chiến sĩ thi đua toàn quốc", ("CSTDTQ",), ""),
    ("Chiến sĩ thi đua cấp tỉnh, cấp bộ", ("CSTDT", "CSTDB"), ""),
    ("Huân chương các loại", (), AwardType.Form.ORDER),
    ("Bằng khen của Thủ tướng Chính phủ", ("BKTTG",), ""),
    ("Bằng khen cấp tỉnh, cấp bộ", ("BKT", "BKB"), ""),
)


# --- Quotas


def quotas_of(delegations) -> dict[int, int | None]:
    """{key: how many official delegates it may have} of ``delegations`` of one event; None where nobody says. Two queries.

    What the event says comes first, then the plan's number for the unit, where the event is the congress, then what the level of
    the unit sends up. Reads ``unit``, ``event.level``, ``event.plan``, ``source.level``.
    """
    found, known = {}, None
    for row in delegations:
        found[row.pk] = row.quota
        if row.quota is None:
            known = known or _of_plan(row.event)
            found[row.pk] = _by_plan(row, *known)
    return found


def _of_plan(event) -> tuple[list, dict]:
    """The levels of the plan and its own numbers by unit, where ``event`` is the congress; else nothing."""
    if not (event.plan_id and event.level and event.level.is_congress):
        return [], {}
    return list(event.plan.levels.all()), dict(event.plan.quotas.order_by().values_list("unit", "number"))


def _by_plan(row, levels, numbers) -> int | None:
    """What the plan says of one; a unit whose conference is not held sends as many as the others of its level."""
    level = row.source.level if row.source_id else level_of(levels, row.unit)
    return numbers.get(row.unit_id, level.sent_up if level and not level.is_congress else None)


def quota_of(delegation: Delegation) -> int | None:
    """How many official delegates ``delegation`` may have; None where nobody says."""
    return quotas_of([delegation])[delegation.pk]


def upper_of(event) -> Event | None:
    """To which conference of its plan that of a unit sends delegates: that of the nearest body above it, else the congress.

    None where there is none yet, and of the congress itself. Two queries, one more a level of bodies above.
    """
    if event.plan_id is None or (event.level and event.level.is_congress):
        return None
    above = event.unit.superior_ids()
    rows = Event.objects.filter(plan=event.plan_id).exclude(pk=event.pk).exclude(state=Event.State.STOPPED)
    rows = rows.filter(Q(unit__in=above) | Q(level__is_congress=True)).select_related("unit", "level", "plan")
    places = {key: place for place, key in enumerate(above)}
    return min(rows, key=lambda row: places.get(row.unit_id, len(places)), default=None)


def below(event) -> list[Event]:
    """The conferences of the same plan that send delegates to ``event``, as ``upper_of`` says. Two queries."""
    if event.plan_id is None:
        return []
    rows = list(
        Event.objects.filter(plan=event.plan_id).select_related("unit", "level").order_by("unit__sort_text", "pk")
    )
    superiors = dict(Unit.objects.filter(superior__isnull=False).order_by().values_list("pk", "superior"))
    own = {row.unit_id: row for row in rows if row.state != Event.State.STOPPED}
    congress = next((row for row in own.values() if row.level and row.level.is_congress), None)
    return [row for row in rows if _upper_in(row, own, superiors, congress) == event]


def _upper_in(row, own, superiors, congress):
    if row == congress:
        return None
    key, seen = superiors.get(row.unit_id), set()
    while key and key not in seen:
        if key in own:
            return own[key]
        seen.add(key)
        key = superiors.get(key)
    return congress


# --- Traits

# Under which headings lists tell of them; the first is that of files that go out. Who is young follows from the year of birth.
TRAIT_HEADINGS = {
    Trait.WOMAN: ("Nữ", "Giới tính nữ", "Giới tính"),
    Trait.ETHNIC: ("Dân tộc thiểu số", "DTTS"),
    Trait.WORKER: ("Trực tiếp lao động", "Trực tiếp lao động, sản xuất, công tác", "Trực tiếp"),
    Trait.YOUNG: ("Trẻ", "Trẻ (dưới 35 tuổi)"),
    Trait.PARTY: ("Đảng viên",),
    Trait.RELIGIOUS: ("Có đạo", "Tôn giáo"),
    Trait.FOREIGN: ("Ở nước ngoài", "Ở nước ngoài, người nước ngoài"),
}


def is_young(birth_year: int, day) -> bool:
    """Whether one born in ``birth_year`` is young on ``day``."""
    return day.year - birth_year < YOUNG


def traits_of(traits, birth_year, day) -> list[str]:
    """``traits`` as they are kept: in one order, young by the year of birth where that is known."""
    found = set(traits)
    if birth_year:
        found = found | {Trait.YOUNG} if is_young(birth_year, day) else found - {Trait.YOUNG}
    return [trait for trait in Trait.values if trait in found]


# --- Composition


@dataclass(frozen=True)
class Line:
    """One line of the composition: how many of ``of`` have it, and the least percentage that the plan asks for, if any."""

    words: str
    number: int
    of: int
    wanted: Decimal | None = None
    key: str = ""

    @property
    def percent(self) -> str:
        """The share of all official delegates."""
        return share(self.number, self.of, self.wanted) if self.of else ""

    @property
    def asked(self) -> str:
        """What the plan asks for."""
        return "" if self.wanted is None else f"từ {percentage(self.wanted)}"

    @property
    def is_short(self) -> bool:
        """Whether the plan asks for more."""
        return self.wanted is not None and self.number * 100 < self.wanted * self.of

    @property
    def lacks(self) -> int:
        """How many more would be needed, if so many others went."""
        return votes_needed(self.wanted, self.of) - self.number if self.is_short else 0


@dataclass
class Composition:
    """What the delegates of an event are, those who were withdrawn or replaced not counted."""

    official: int
    guests: int
    reserves: int
    delegations: int
    traits: list[Line] = field(default_factory=list)
    ages: list[Line] = field(default_factory=list)
    honours: list[Line] = field(default_factory=list)
    without: int = 0
    oldest: int | None = None
    youngest: int | None = None

    HEADS = ("Cơ cấu", "Số đại biểu", "Tỷ lệ", "Kế hoạch")

    @property
    def groups(self) -> list[tuple[str, list[Line]]]:
        """The lines, each group under its words."""
        return [("Cơ cấu", self.traits), ("Độ tuổi", self.ages), ("Thành tích", self.honours)]

    @property
    def short(self) -> list[Line]:
        """Where the plan asks for more."""
        return [line for line in self.traits if line.is_short]

    def table(self) -> list[tuple]:
        """Rows under ``HEADS`` for the report on the composition of delegates."""
        return [
            (line.words, line.number, line.percent, line.asked)
            for _, lines in self.groups
            for line in lines
            if line.number or line.wanted is not None
        ]


def composition(event) -> Composition:
    """What the delegates of ``event`` are, in figures and percent of the official ones. Those who are alike in what is counted
    are counted by the database. Five queries, one more with a plan.
    """
    rows = Delegate.objects.filter(event=event, state__in=Delegate.COUNTED).order_by()
    lacks = Count("pk", filter=Q(award=None))
    alike = list(rows.values_list("role", "traits", "birth_year").annotate(Count("pk"), lacks=lacks))
    official = [row for row in alike if row[0] == Role.OFFICIAL]
    roles, counts, ages = Counter(), Counter(), Counter()
    for role, *_, people, _ in alike:
        roles[role] += people
    for _, traits, born, people, _ in official:
        counts.update(dict.fromkeys(traits_of(traits, born, event.day), people))
        ages[event.day.year - born if born else None] += people
    rows, number = rows.filter(role=Role.OFFICIAL), roles[Role.OFFICIAL]
    delegations = rows.aggregate(found=Count("delegation", distinct=True))["found"]
    found = Composition(
        number, roles[Role.GUEST], roles[Role.RESERVE], delegations, without=sum(row[-1] for row in official)
    )
    wanted = dict(event.plan.shares.values_list("trait", "percent")) if event.plan_id else {}
    found.traits = [
        Line(trait.label, counts[trait], number, wanted.get(trait), trait.value)
        for trait in Trait
        if counts[trait] or trait in wanted or trait in _ALWAYS
    ]
    _tell_ages(found, ages, number)
    known = rows.exclude(recipient=None).values_list("recipient", flat=True).distinct()
    found.honours = _honours(set(known), number)
    return found


def _tell_ages(found, ages, number):
    """``ages``: how many are of each age; None where the year of birth is not known."""
    unknown = ages.pop(None, 0)
    found.oldest, found.youngest = max(ages, default=None), min(ages, default=None)
    lines = [
        (f"Dưới {YOUNG} tuổi", sum(people for age, people in ages.items() if age < YOUNG)),
        (f"Từ {YOUNG} đến {OLD} tuổi", sum(people for age, people in ages.items() if YOUNG <= age <= OLD)),
        (f"Trên {OLD} tuổi", sum(people for age, people in ages.items() if age > OLD)),
        ("Chưa ghi năm sinh", unknown),
    ]
    found.ages = [Line(words, count, number) for words, count in lines if count]


def _honours(recipients, number) -> list[Line]:
    """How many of ``recipients`` hold what is told of, whenever it was given; what was given under a second record counts."""
    mains = {key: key for key in recipients}
    mains |= dict(Recipient.objects.filter(merged_into__in=recipients).order_by().values_list("pk", "merged_into"))
    holds = Award.objects.standing().filter(recipient__in=mains, cancelled_on=None).order_by()
    who = [set() for _ in _HONOURS]
    for recipient, code, form in holds.values_list("recipient", "type__code", "type__form").distinct():
        for found, (_, codes, of_form) in zip(who, _HONOURS, strict=True):
            if code in codes or (of_form and form == of_form):
                found.add(mains[recipient])
    return [Line(words, len(found), number) for found, (words, *_) in zip(who, _HONOURS, strict=True)]


# --- The list on paper

HEADS = ("Họ và tên", "Năm sinh", "Chức vụ, đơn vị công tác", "Khen thưởng")


def rows_for_paper(event, role=Role.OFFICIAL) -> list[tuple[str, list[tuple]]]:
    """[(delegation, rows under ``HEADS``)] of the counted delegates of one role, those without a delegation first. One query.

    The head of a delegation stands first in it.
    """
    rows = Delegate.objects.filter(event=event, role=role, state__in=Delegate.COUNTED)
    rows = rows.select_related("award__type", "delegation__unit", "recipient")
    groups = {}
    for row in rows.order_by("delegation__unit__sort_text", "sort_text", "pk"):
        groups.setdefault(row.delegation, []).append(row)
    found = []
    for delegation in sorted(groups, key=lambda one: one is not None):
        head = delegation.head_id if delegation else None
        own = sorted(groups[delegation], key=lambda row: row.pk != head)
        found.append((str(delegation) if delegation else "", [_on_paper(row, row.pk == head) for row in own]))
    return found


def _on_paper(row, is_head) -> tuple:
    place = ", ".join(filter(None, (row.post, row.workplace)))
    award = f"{row.award.title} năm {row.award.year}" if row.award_id else ""
    return row.name, row.birth_year or "", f"{place} (Trưởng đoàn)".strip() if is_head else place, award
