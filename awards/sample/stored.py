"""The store of items: what came in a year, what a count found; before the played decision takes of it, and as it stands after.

Everything is invented: bills, makers, numbers.
"""

from datetime import timedelta

from django.utils import timezone

from units.models import User

from ..items.actions import list_for
from ..items.models import ItemKind
from ..records.models import Award
from ..stock import actions, counting, ordering
from ..stock.ledger import levels
from ..stock.models import Movement, Order, StockCount

Sort = Movement.Sort
# {code: (from how few on it is ordered, where it stands)}
_PLACES = {
    "phoi-bang-khen": (100, "Kệ A1"),
    "phoi-bang-chung-nhan": (50, "Kệ A2"),
    "huy-hieu-cstd-tinh": (10, "Tủ C1"),
    "co-thi-dua-tinh": (5, "Tủ C2"),
    "khung-bang": (40, "Kệ B1–B4"),
    "khung-a4": (30, "Kệ B5"),
    "hop-huy-hieu": (20, "Tủ C1"),
    "qua-luu-niem": (0, "Kệ D1"),
}
# (days ago, from whom, by which paper, {code: how many})
_CAME = [
    (320, "Công ty In và Bao bì (minh họa)", "Hóa đơn 000118 (minh họa)", {"phoi-bang-khen": 400, "phoi-bang-chung-nhan": 200}),
    (300, "Cơ sở khung tranh (minh họa)", "Hóa đơn 000045 (minh họa)", {"khung-bang": 160, "khung-a4": 90}),
    (
        210, "Xưởng mỹ nghệ (minh họa)", "Hóa đơn 000227 (minh họa)",
        {"huy-hieu-cstd-tinh": 30, "hop-huy-hieu": 19, "co-thi-dua-tinh": 12},
    ),
    (40, "Cơ sở khung tranh (minh họa)", "Hóa đơn 000092 (minh họa)", {"khung-bang": 150, "qua-luu-niem": 60}),
]  # fmt: skip


def keeper(by) -> User:
    """The store keeper of the sample; the officer where there is none."""
    return User.objects.filter(username="thukho", invented=True).first() or by


def fill(by) -> None:
    """A year of the store, with one count that was closed."""
    who, kinds = keeper(by), {kind.code: kind for kind in ItemKind.objects.all()}
    for code, (least, place) in _PLACES.items():
        kind = kinds[code]
        actions.set_least(kind, by=who, least=least, place=place, seen_version=kind.version)
    for ago, partner, paper, quantities in _CAME:
        if ago < 100:
            _counted(who, kinds, 120)
        typed = {"by": who, "day": _day(ago), "partner": partner, "paper": paper, "sample": True}
        actions.enter(Sort.BOUGHT, {kinds[code]: number for code, number in quantities.items()}, **typed)


def _day(ago):
    return timezone.localdate() - timedelta(days=ago)


def _counted(who, kinds, ago):
    """Half a year's count: two frames were broken, one box more than in the ledger; flags were worn out before."""
    actions.enter(
        Sort.WRITTEN_OFF, {kinds["co-thi-dua-tinh"]: 8}, by=who, day=_day(ago + 1), paper="Biên bản thanh lý (minh họa)",
        note="Cờ mẫu cũ, bạc màu (minh họa)", sample=True,
    )  # fmt: skip
    count = counting.begin(
        StockCount(
            day=_day(ago), team="Hà Văn Vinh, Giám đốc Sở Nội vụ\nVi Văn Giang, thủ kho",
            note="Kiểm kê giữa năm (minh họa)", sample=True,
        ),
        by=who,
    )  # fmt: skip
    found = {"khung-bang": (-2, "Vỡ kính khi chuyển kệ (minh họa)"), "hop-huy-hieu": (1, "Ghi sót khi nhập (minh họa)")}
    counting.close(_noted(count, found, who), by=who)


def _noted(count, found, who, only=None):
    """Note what the ledger has, but for ``found``; of the kinds ``only``, or of all."""
    rows = [row for row in count.rows.select_related("kind") if only is None or row.kind.code in only]
    known, typed = levels([row.kind_id for row in rows]), {}
    for row in rows:
        more, reason = found.get(row.kind.code, (0, ""))
        typed[row.kind_id] = {"found": known[row.kind_id].on_hand + more, "reason": reason}
    return counting.note(count, by=who, typed=typed)


def leave_open(by) -> None:
    """As it stands today: a decision that waits for frames, an order of them on its way, a count of which half is done."""
    titles = Award.objects.standing().filter(type__code="CSTDT", recipient__sample=True, dues=None)
    list_for(titles.latest("decided_on", "pk").decision, by=by)
    who, kinds = keeper(by), {kind.code: kind for kind in ItemKind.objects.all()}
    order = ordering.save(
        Order(source=Order.Source.BOUGHT, subject="mua khung bằng, hộp đựng (minh họa)", to="Giám đốc Sở Nội vụ", sample=True),
        {kinds["khung-bang"]: 60, kinds["hop-huy-hieu"]: 30}, by=who,
    )  # fmt: skip
    ordering.send(order, by=who)
    count = counting.begin(
        StockCount(day=timezone.localdate(), note="Kiểm kê cuối năm (minh họa)", sample=True), by=who
    )
    _noted(count, {}, who, only={"phoi-bang-khen", "khung-a4", "co-thi-dua-tinh"})
