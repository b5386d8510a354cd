"""Items of the decisions that are played: units told what to collect; some came, one for a part, one gets its parcel by post."""

from collections import Counter
from datetime import timedelta

from django.utils import timezone

from documents.life import actions as life
from documents.life.issuing import issue
from documents.sample.year import MARK
from units.models import User

from ..certificates import actions as printing
from ..handover import papers, rounds
from ..handover.actions import confirm, hand_over
from ..handover.models import Handover, Round
from ..handover.rules import live
from ..items.models import Due
from ..records.models import Decision
from ..stock.actions import enter

# Units that came for all of theirs.
_CAME = 6
# Accounts that whoever tries the program logs in as: one of their units came twice, and has confirmed once.
KNOWN = ("donvi", "truongcum", "phocum")


def play(by):
    """Play it once; ``by``: the officer of the department."""
    keeper = User.objects.filter(invented=True, username="thukho").first() or by
    _printed(keeper)
    _stock(keeper)
    made = _told(by)
    notices = {notice.unit_id: notice for notice in made.notices.select_related("unit").order_by("slot")}
    accounts = User.objects.filter(invented=True, unit__in=notices, username__in=KNOWN).order_by("username")
    known = accounts.first()
    own = notices.pop(known.unit_id) if known else None
    for place, notice in enumerate(list(notices.values())[: _CAME + 2]):
        dues = list(notice.dues.all())
        taken = dues[: len(dues) // 2] if place == _CAME else dues
        _hand(notice.unit, taken, keeper, by_post=place == _CAME + 1)
    if own:
        dues = list(own.dues.all())
        made = _hand(own.unit, dues[: len(dues) // 2], keeper)
        confirm(made, by=known, remark="Đủ số lượng (minh họa)")
        _hand(own.unit, dues[len(dues) // 2 :][:2], keeper, remark="khung xước nhẹ")


def _printed(keeper):
    """Certificates of the played decisions, as many as there are blanks for."""
    for decision in Decision.objects.filter(origin=Decision.Origin.MADE, state=Decision.State.STANDING, sample=True):
        for group in printing.groups(decision):
            if group.layout and group.possible:
                facts = {"by": keeper, "day": timezone.localdate(), "most": group.possible, "sample": True}
                printing.make(printing.begin(decision, group.layout, **facts))


def _stock(keeper):
    """What is short of things without numbers is bought; nothing where the store has it all."""
    short = live(Due.objects.filter(state=Due.State.SHORT, kind__has_serials=False)).select_related("kind")
    quantities = Counter(row.kind for row in short)
    if quantities:
        enter(
            "bought", quantities, by=keeper, day=timezone.localdate(), partner="Nhà cung cấp (minh họa)",
            paper="Hóa đơn số 120 (minh họa)", sample=True,
        )  # fmt: skip


def _told(by) -> Round:
    """One notice for all units, approved and issued today."""
    today = timezone.localdate()
    made, _ = rounds.make(
        Round(
            subject="nhận hiện vật khen thưởng tổng kết phong trào", for_all=True, sample=True, how=rounds.HOW,
            place="Kho hiện vật, Sở Nội vụ", begins_on=today + timedelta(days=1), ends_on=today + timedelta(days=21),
        ),
        by=by,
    )  # fmt: skip
    paper = papers.draft_for_all(made, by=by)
    paper.sample, paper.note = True, MARK
    paper.save()
    people = {name: User.objects.get(invented=True, username=name) for name in ("lanhdao", "vanthu")}
    life.submit(paper, by=by)
    life.approve(paper, by=people["lanhdao"])
    issue(paper, by=people["vanthu"], day=today)
    return made


def _hand(unit, dues, keeper, *, by_post=False, remark=""):
    facts = {"way": Handover.Way.POST, "parcel": "EB123456789VN (minh họa)"} if by_post else {"post": "Văn thư"}
    return hand_over(
        unit, {due.pk: remark for due in dues}, by=keeper, day=timezone.localdate(), sample=True,
        receiver=unit.name if by_post else "Hoàng Thị Nhận (minh họa)", letter="" if by_post else "GGT số 15 (minh họa)",
        **facts,
    )  # fmt: skip
