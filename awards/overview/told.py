"""What became of the items of awards: printed, handed over, presented, exchanged, recovered, each in a few words."""

from collections import defaultdict

from ..certificates.models import Certificate
from ..handover.models import HandoverLine
from ..items.models import Due
from ..presentation.told import told_of as presented
from ..returns.rules import told_of as exchanged


def told_of(awards, *, with_items=True) -> dict[int, list[str]]:
    """{key of an award: what is told of its items}, of ``awards`` (keys); how far each item is only ``with_items``. Five
    queries, whatever their number.
    """
    awards, found = list(awards), defaultdict(list)
    items = _items(awards) if with_items else {}
    for known in (items, _went(awards)):
        for key, words in known.items():
            found[key] += words
    for key, words in presented(awards).items():
        found[key].append(words)
    for key, words in exchanged(awards).items():
        found[key] += words
    return found


def _items(awards) -> dict[int, list[str]]:
    """Of each award its items by how far they are."""
    by_state = defaultdict(lambda: defaultdict(list))
    for due in Due.objects.filter(award__in=awards).select_related("kind").order_by("kind__position", "pk"):
        by_state[due.award_id][due.get_state_display()].append(due.kind.name)
    return {
        key: [f"{state}: {', '.join(names)}" for state, names in states.items()] for key, states in by_state.items()
    }


def _went(awards) -> dict[int, list[str]]:
    """The sheets of each award, those that are worth nothing any more too; to whom and when its items went last."""
    sheets, found = defaultdict(list), defaultdict(list)
    for sheet in Certificate.objects.filter(due__award__in=awards).select_related("due").order_by("pk"):
        sheets[sheet.due.award_id].append(sheet.get_state_display().lower())
    for key, states in sheets.items():
        found[key].append(f"Tờ bằng: {'; '.join(states)}")
    lines = HandoverLine.objects.filter(due__award__in=awards, returned=False).select_related("handover__unit", "due")
    went = {line.due.award_id: line.handover for line in lines.order_by("handover__day", "pk")}
    for key, one in went.items():
        found[key].append(f"Giao {one.unit} ngày {one.day:%d/%m/%Y}: {one.receiver}")
    return found
