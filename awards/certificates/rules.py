"""What of a decision is to be printed, on which layout, and what keeps it from being printed: asked before every run."""

from collections import Counter
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef

from documents.typesetting.stamping.fitting import Fitting
from documents.typesetting.stamping.sheets import Sheet

from ..items.models import Due, ItemKind
from ..stock.ledger import Level, levels
from .layouts import Layouts, record_of, sheet_of
from .models import Certificate, Layout, LayoutField
from .words import EXPECTED, NEEDED, told_by, words_of

Prints = LayoutField.Prints
# As long as every code is.
_ANY_CODE = "0" * 26


def with_printed():
    """Whether an item has a certificate that counts."""
    return Exists(Certificate.objects.filter(due=OuterRef("pk"), state=Certificate.State.PRINTED))


def to_print(dues=None):
    """Items that are printed here, of which the store has none, and which have no certificate that counts."""
    rows = Due.objects.all() if dues is None else dues
    rows = rows.filter(kind__source=ItemKind.Source.PRINTED, state=Due.State.SHORT)
    return rows.filter(award__stands=True, award__cancelled_on=None).exclude(with_printed())


def in_order(dues):
    """In the order of the decision, with what their words need."""
    rows = dues.select_related("award__type", "award__recipient", "award__unit", "kind__blank")
    return rows.order_by("award__position", "pk")


@dataclass
class Ready:
    """One item with the words of its certificate, and what is wrong with them: ``faults`` keep it from being printed."""

    due: Due
    texts: dict[str, str]
    faults: list[str]
    lacks: list[str]


@dataclass
class Group:
    """Items of a decision on one layout, or without one. ``blanks``: [(kind, how many are needed, how many are there)]."""

    layout: Layout | None
    rows: list[Ready] = field(default_factory=list)
    blanks: list[tuple[ItemKind, int, int]] = field(default_factory=list)

    @property
    def ready(self) -> list[Ready]:
        """Those that can be printed, blanks left aside."""
        return [row for row in self.rows if self.layout and not row.faults]

    @property
    def faulty(self) -> list[Ready]:
        """Those that cannot."""
        return [row for row in self.rows if row.faults]

    @property
    def lacks(self) -> list[tuple[str, int]]:
        """[(what is missing, on how many)] of what should be looked at and keeps nothing from being printed."""
        return sorted(Counter(one for row in self.rows for one in row.lacks).items())

    @property
    def short(self) -> list[tuple[ItemKind, int, int]]:
        """Blanks of which there are too few."""
        return [one for one in self.blanks if one[1] > one[2]]

    @property
    def possible(self) -> int:
        """How many can be printed now."""
        if not self.short:
            return len(self.ready)
        return min(there for _, _, there in self.short) if len(self.blanks) == 1 else 0


class Checking:
    """Looks at the words of items: whether all are there and each fits its place. What decisions say is asked once."""

    def __init__(self):
        self.layouts = Layouts()
        self.fitting = Fitting()
        self.sheets, self._told = {}, {}

    def sheet(self, layout) -> Sheet:
        """The sheet of a layout."""
        if layout.pk not in self.sheets:
            self.sheets[layout.pk] = sheet_of(layout)
        return self.sheets[layout.pk]

    def ready(self, due, layout, decision) -> Ready:
        """The words of ``due`` on ``layout``, None for no layout; reads what ``in_order`` has fetched."""
        if decision.pk not in self._told:
            self._told[decision.pk] = told_by(decision)
        texts = words_of(due.award, self._told[decision.pk])
        if layout is None:
            return Ready(due, texts, ["chưa có mẫu in"], [])
        sheet = self.sheet(layout)
        printed = {spot.name for spot in sheet.spots}
        record = record_of(texts, _ANY_CODE)
        faults = [f"thiếu {words}" for name, words in NEEDED.items() if name in printed and not texts[name]]
        for spot in sheet.spots:
            words = record.get(spot.name, "")
            if words and not spot.is_code and (why := self.fitting.fault(spot, words)):
                faults.append(f"{Prints(spot.name).label.lower()} {why}")
        lacks = [words for name, words in EXPECTED.items() if name in printed and not texts[name]]
        kept = {name: words for name, words in texts.items() if name in printed}
        return Ready(due, kept, faults, lacks)


def groups(decision, checking=None) -> list[Group]:
    """What of ``decision`` is to be printed, by layout; as many queries for hundreds of awards as for one."""
    checking, found = checking or Checking(), {}
    for due in in_order(to_print(Due.objects.filter(award__decision=decision))):
        layout = checking.layouts.of(due.award)
        group = found.setdefault(layout and layout.pk, Group(layout))
        group.rows.append(checking.ready(due, layout, decision))
    _count_blanks(found.values())
    return sorted(found.values(), key=lambda one: (one.layout is None, one.layout and one.layout.position))


def _count_blanks(found):
    needed = [Counter(row.due.kind.blank for row in group.ready if row.due.kind.blank) for group in found]
    keys = {kind.pk for counter in needed for kind in counter}
    known = levels(keys) if keys else {}
    for group, counter in zip(found, needed, strict=True):
        group.blanks = [(kind, number, known.get(kind.pk, Level()).free) for kind, number in counter.items()]
