"""What became of the items of awards: printed, handed over, presented, exchanged, recovered, each in a few words."""

from collections import defaultdict

from ..certificates.models import Certificate
from ..handover.models import HandoverLine
from ..items.models import Due
from ..presentation.told import told_of as presented
from ..returns.rules import told_of as exchanged


def told_of(awards) -> dict[int, list[str]]:
    """{key of an award: what is told of its items}, of ``awards`` (keys). Five queries, whatever their number."""
    awards, found = list(awards), defaultdict(list)
    for key, words in _items(awards).items():
        found[key] += words
    for key, words in presented(awards).items():
        found[key].append(words)
    for key, words in exchanged(awards).items():
        found[key] += words
    return found


def _items(awards) -> dict[int, list[str]]:
    """Of each award its items by how far they are, the certificate with its code of today, to whom and when they went."""
    by_state, sheets, found = defaultdict(lambda: defaultdict(list)), defaultdict(list), defaultdict(list)
    for due in Due.objects.filter(award__in=awards).select_related("kind").order_by("kind__position", "pk"):
        by_state[due.award_id][due.get_state_display()].append(due.kind.name)
    for sheet in Certificate.objects.filter(due__award__in=awards).select_related("due").order_by("pk"):
        sheets[sheet.due.award_id].append(sheet.get_state_display().lower())
    lines = HandoverLine.objects.filter(due__award__in=awards, returned=False).select_related("handover__unit", "due")
    went = {line.due.award_id: line.handover for line in lines.order_by("handover__day", "pk")}
    for key, states in by_state.items():
        found[key] += [f"{state}: {', '.join(names)}" for state, names in states.items()]
        if sheets[key]:
            found[key].append(f"Tờ bằng: {'; '.join(sheets[key])}")
        if key in went:
            found[key].append(f"Giao {went[key].unit} ngày {went[key].day:%d/%m/%Y}: {went[key].receiver}")
    return found
