"""What is left to do of items: not announced, announced and not collected, collected and not presented; units reminded of it."""

from collections import defaultdict

from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from documents.deliveries.actions import remind
from documents.deliveries.models import Delivery
from documents.models import Document
from documents.steps.refusing import Refused
from units.models import Unit
from units.permissions import may_manage

from ..items.models import Due
from .models import OF_NOTICE, OF_ROUND
from .rules import Stage, heirs, outstanding

WORDS = (
    "Đề nghị đơn vị đến nhận hiện vật khen thưởng còn trong kho theo thông báo này, xác nhận khi đã nhận, trao và ghi dịp "
    "trao."
)
_FIELDS = {Stage.ANNOUNCE: "to_announce", Stage.COLLECT: "to_collect", Stage.PRESENT: "to_present"}


def dues_left(user):
    """What waits, of what ``user`` may see, with what lists show of it."""
    rows = outstanding(Due.objects.visible_to(user))
    return rows.select_related("award__type", "award__decision", "award__unit", "award__recipient", "kind")


def units_left(user):
    """Units with how much waits at each stage and since when the oldest does. One query."""
    rows = outstanding(Due.objects.visible_to(user)).filter(award__unit=OuterRef("pk")).order_by()

    def number(stage):
        counted = rows.filter(stage=stage).values("award__unit").annotate(number=Count("pk", distinct=True))
        return Coalesce(Subquery(counted.values("number")), 0)

    counted = {field: number(stage) for stage, field in _FIELDS.items()}
    oldest = Subquery(rows.exclude(stage=Stage.ANNOUNCE).order_by("waits_since").values("waits_since")[:1])
    units = Unit.objects.annotate(**counted, oldest=oldest)
    return units.filter(Q(to_announce__gt=0) | Q(to_collect__gt=0) | Q(to_present__gt=0))


def remind_units(keys, *, by, day, link=None) -> tuple[int, list[str]]:
    """Remind each of the units ``keys``, or who took its place, of the last notice that it got; how many were reminded, and
    the names of those who got none. ``link(paper)``: its address, for mails. Raises ``Refused``.
    """
    if not may_manage(by):
        raise Refused("Nhắc đơn vị nhận hiện vật do chuyên viên Sở Nội vụ làm.")
    takers = {unit.pk: unit for unit in heirs(set(keys), day).values() if unit}
    if not takers:
        raise Refused("Hãy chọn ít nhất một đơn vị để nhắc.")
    papers, found = defaultdict(list), set()
    kinds = [OF_NOTICE.kind, OF_ROUND.kind]
    rows = Delivery.objects.filter(
        unit__in=takers, document__area__in=kinds, document__state=Document.State.ISSUED
    ).select_related("document__type", "unit")
    for row in rows.order_by("-document__dated", "-document"):
        if row.unit_id not in found:
            found.add(row.unit_id)
            papers[row.document].append(row.unit)
    number, refused = _remind_all(papers, by, link)
    if refused and not number:
        raise Refused(refused[0])
    return number, [unit.name for key, unit in takers.items() if key not in found]


def _remind_all(papers, by, link):
    number, refused = 0, []
    for paper, units in papers.items():
        try:
            made = remind(paper, units, by=by, words=WORDS, mail=True, link=link(paper) if link else "")
        except Refused as why:
            refused.append(str(why))
        else:
            number += len(made.reminders)
    return number, refused
