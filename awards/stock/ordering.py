"""Orders: what the store is short of, or has no more of than the least, wanted of the ministry or bought; received against."""

from collections import Counter
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count, Sum

from documents.steps.refusing import Refused
from documents.steps.stepping import Steps
from units.permissions import may_keep_store

from ..items.models import Due, ItemKind
from ..log import About
from . import actions
from .keeping import KEEPER
from .ledger import with_levels
from .models import Movement, Order, OrderLine, StockLine

State, Source = Order.State, Order.Source


@dataclass(frozen=True)
class Wanted:
    """A kind that may be ordered: as it stands in the store, how many are on their way, how many to order."""

    kind: ItemKind
    coming: int

    @property
    def lacking(self) -> int:
        """What awards wait for, on paper that is there to print on or not."""
        return max(self.kind.short + self.kind.to_print - max(self.kind.free, 0), 0)

    @property
    def suggested(self) -> int:
        """What is short, and twice the least where that is reached, without what comes."""
        left = max(self.kind.free - self.kind.short - self.kind.to_print, 0)
        stock = 2 * self.kind.least - left if left <= self.kind.least else 0
        return max(self.lacking + stock - self.coming, 0)


def _words(order) -> dict:
    lines = {line.kind.name: str(line.quantity) for line in order.lines.select_related("kind")}
    return {"Về việc": order.subject, "Gửi": order.to, "Trạng thái": order.get_state_display()} | lines


ORDERS = Steps(Order, "đề nghị", about=About.ORDER, words=_words, address="stock_order_step")


def outstanding(orders) -> dict[int, Counter]:
    """{key of an order: {key of a kind: how many have not come}}, of ``orders`` (keys). Two queries."""
    found = {key: Counter() for key in orders}
    for order, kind, number in OrderLine.objects.filter(order__in=found).values_list("order", "kind", "quantity"):
        found[order][kind] += number
    came = StockLine.objects.filter(movement__order__in=found).order_by().values_list("movement__order", "kind")
    for order, kind, number in came.annotate(Sum("quantity")):
        found[order][kind] = max(found[order][kind] - number, 0)
    return found


def coming() -> Counter:
    """{key of a kind: how many are on their way}."""
    return sum(outstanding(Order.objects.filter(state=State.SENT).values_list("pk", flat=True)).values(), Counter())


def wanted(source, today) -> list[Wanted]:
    """Every kind that comes from ``source`` and is in use, as it stands."""
    of = ItemKind.Source.STATE if source == Source.STATE else ItemKind.Source.BOUGHT
    on_way, kinds = coming(), with_levels(ItemKind.objects.there_on(today).filter(source=of))
    return [Wanted(kind, on_way[kind.pk]) for kind in kinds]


@dataclass
class Need:
    """Of one kind, how many the awards of a decision carry, by how far they are; ``coming``: on their way, for whomever."""

    kind: ItemKind
    reserved: int = 0
    short: int = 0
    handed: int = 0
    coming: int = 0

    @property
    def to_order(self) -> int:
        """What is short and not on its way; what is printed here is not ordered."""
        return max(self.short - self.coming, 0) if self.kind.source != ItemKind.Source.PRINTED else 0


def needs(decision) -> list[Need]:
    """What the awards of ``decision`` need. Five queries."""
    kinds, on_way = {}, coming()
    counted = Due.objects.filter(award__decision=decision).order_by().values_list("kind", "state")
    for key, state, number in counted.annotate(Count("pk")):
        kinds.setdefault(key, Counter())[state] += number
    return [
        Need(kind, coming=on_way[kind.pk], **{name: kinds[kind.pk][name] for name in ("reserved", "short", "handed")})
        for kind in ItemKind.objects.filter(pk__in=kinds)
    ]


@transaction.atomic
def save(order: Order, quantities: dict, *, by, seen_version=None) -> Order:
    """Store an order with ``quantities`` {kind: how many}, a new one or one that is not sent yet. Raises ``Refused``."""
    if not may_keep_store(by):
        raise Refused(f"Đề nghị mua, cấp hiện vật do {KEEPER.words} lập.")
    quantities = {kind: number for kind, number in quantities.items() if number}
    if not quantities:
        raise Refused("Hãy ghi số lượng của ít nhất một loại hiện vật.")
    if order.pk:
        typed = {"subject": order.subject, "to": order.to, "quantities": quantities}
        return edit(order, by=by, seen_version=seen_version, **typed)
    order.by = by
    order.save()
    _set_lines(order, quantities)
    ORDERS.tell(order, "begin", "Lập đề nghị", by=by, after=_words(order))
    return order


def _set_lines(order, quantities):
    order.lines.all().delete()
    OrderLine.objects.bulk_create(
        OrderLine(order=order, kind=kind, quantity=number) for kind, number in quantities.items()
    )


@ORDERS.step("edit", "Sửa", [State.OPEN], who=KEEPER, form=None)
def edit(order, *, by, subject, to, quantities):
    """Other words, other quantities."""
    order.subject, order.to = subject, to
    _set_lines(order, quantities)


@ORDERS.step(
    "send", "Ghi đã gửi", [State.OPEN], to=State.SENT, who=KEEPER, told="Đã ghi gửi. Hàng về thì mở đề nghị này, bấm «Nhập kho».",
    hint="Văn bản soạn từ đề nghị này, khi phát hành, tự ghi đã gửi.",
)  # fmt: skip
def send(order, *, by):
    """It was handed in, or its paper was issued."""


@ORDERS.step("unsend", "Văn bản bị thu hồi", [State.SENT], to=State.OPEN, who=KEEPER, form=None)
def unsend(order, *, by):
    """Its paper was recalled."""
    if order.receipts.exists():
        raise Refused(f"Đề nghị «{order}» đã có hàng nhập kho nên văn bản không thu hồi được.")


@ORDERS.step("done", "Kết thúc, không nhận thêm", [State.SENT], to=State.DONE, who=KEEPER, needs_reason=True)
def done(order, *, by):
    """No more of it will come."""


@ORDERS.step("reopen", "Mở lại để nhận thêm", [State.DONE], to=State.SENT, who=KEEPER, needs_reason=True)
def reopen(order, *, by):
    """More of it comes after all."""


@ORDERS.step("drop", "Bỏ đề nghị", [State.OPEN, State.SENT], to=State.DROPPED, who=KEEPER, needs_reason=True)
def drop(order, *, by):
    """It is not wanted any more; what has come stays."""


@transaction.atomic
def receive(order, sort, quantities, *, by, **facts) -> Movement:
    """Write what came of an order, more or less than was wanted; with the last of it, it is done. Raises ``Refused``."""
    found = Order.objects.select_for_update().get(pk=order.pk)
    if found.state != State.SENT:
        raise Refused(
            f"Đề nghị «{found}» đang ở bước «{found.get_state_display()}» nên chưa nhập kho theo đề nghị này được."
        )
    made = actions.enter(sort, quantities, by=by, order=found, **facts)
    if not any(outstanding([found.pk])[found.pk].values()):
        done.heard(found, by=by)
    return made
