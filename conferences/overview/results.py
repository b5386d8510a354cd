"""Figures of a plan: units by window and by form, people and money planned first, planned now, come."""

from collections import Counter
from dataclasses import dataclass, field

from django.db.models import F, Sum

from ..events.models import Event, Headcount
from .rules import Standing, asked_units, standing_of

_BEGUN = set(Standing) - {Standing.NOT_BEGUN}
_HELD = {Standing.HELD, Standing.REPORTED}


@dataclass
class Line:
    """What is counted of the units of one window, or of all."""

    name: str
    span: str = ""
    key: int | None = None
    asked: int = 0
    standings: Counter = field(default_factory=Counter)
    forms: Counter = field(default_factory=Counter)
    late: int = 0
    reduced: int = 0
    postponed: int = 0
    flagged: int = 0
    people: Counter = field(default_factory=Counter)

    def of(self, *wanted) -> int:
        """How many are at one of the standings ``wanted``."""
        return sum(self.standings[one] for one in wanted)

    @property
    def begun(self) -> int:
        """Those that have a conference, whatever became of it."""
        return self.of(*_BEGUN)

    @property
    def held(self) -> int:
        """Those that held it; what was stopped never counts."""
        return self.of(*_HELD)

    @property
    def percent(self) -> str:
        """The part of those asked that held it."""
        return f"{100 * self.held / self.asked:.1f}".replace(".", ",") if self.asked else ""

    @property
    def cells(self) -> list[int]:
        """As ``HEADS``."""
        own = Standing
        return [
            self.asked, self.of(own.NOT_BEGUN), self.of(own.PLANNED, own.ASKED), self.of(own.READY), self.held,
            self.of(own.REPORTED), self.of(own.STOPPED), self.late, self.reduced, self.postponed,
        ]  # fmt: skip

    @property
    def form_cells(self) -> list[int]:
        """How many chose each form, and how many none yet."""
        chosen = [self.forms[form.value] for form in Event.Form]
        return [*chosen, self.asked - sum(chosen)]

    @property
    def people_cells(self) -> list[int]:
        """As ``PEOPLE``."""
        return [self.people[name] for name in ("first", "number", "came", "cost")]


HEADS = [
    "Đơn vị", "Chưa lập", "Đang chuẩn bị", "Sẵn sàng", "Đã tổ chức", "Đã báo cáo", "Dừng", "Quá hạn", "Rút gọn", "Hoãn",
]  # fmt: skip
# As ``Event.Form``, in as few words as a table has room for.
FORMS = [
    "Điển hình tiên tiến",
    "Người tốt, việc tốt",
    "Lao động giỏi, sáng tạo",
    "Đại hội Thi đua yêu nước",
    "Chưa chọn",
]
PEOPLE = ["Dự kiến ban đầu", "Dự kiến nay", "Có mặt", "Kinh phí dự kiến (đồng)"]


@dataclass
class Figures:
    """A line for each window, and their sum."""

    lines: list[Line]
    all: Line

    @property
    def tables(self) -> list[tuple]:
        """(title, heads, [(line, cells)]) of each table of the page and of the summary."""
        rows = [*self.lines, self.all]
        return [
            ("Tình hình tổ chức", HEADS, [(line, line.cells) for line in rows]),
            ("Hình thức các đơn vị chọn", FORMS, [(line, line.form_cells) for line in rows]),
            ("Số người dự, kinh phí", PEOPLE, [(line, line.people_cells) for line in rows]),
        ]


_FACTS = ("level_key", "event__pk", "event__state", "event__form", "is_late", "reduced_for", "postponed_for", "flagged")


def figures_of(plan, levels) -> Figures:
    """What is counted of all units that ``plan`` asks. Two queries, however many there are."""
    lines = {level.pk: Line(level.name, level.span, level.pk) for level in levels}
    of_all, windows = Line("Cộng"), {}
    for key, event, *facts in asked_units(plan, levels).order_by("pk").values_list(*_FACTS):
        windows[event] = key
        for line in filter(None, (lines.get(key), of_all)):
            _count(line, *facts)
    for event, *sums in _people(plan):
        for line in filter(None, (lines.get(windows.get(event)), of_all)):
            for name, number in zip(("first", "number", "came", "cost"), sums, strict=True):
                line.people[name] += number or 0
    return Figures(list(lines.values()), of_all)


def _count(line, state, form, is_late, reduced_for, postponed_for, flagged):
    line.asked += 1
    line.standings[standing_of(state)] += 1
    if form:
        line.forms[form] += 1
    line.late += is_late
    line.reduced += reduced_for is not None
    line.postponed += postponed_for is not None
    line.flagged += flagged is not None


def _people(plan):
    rows = Headcount.objects.filter(event__plan=plan).exclude(event__kind=Event.Kind.CONGRESS).order_by()
    sums = {"a": Sum("first"), "b": Sum("number"), "c": Sum("came"), "d": Sum(F("number") * F("cost"))}
    return rows.values("event").annotate(**sums).values_list("event", *sums)
