"""Awards of the played decisions presented: a unit holds one occasion, plans another; items exchanged, given again.

Everybody is invented.
"""

from django.utils import timezone

from units.models import User

from ..items.models import Due
from ..presentation import actions
from ..presentation.models import Occasion, Presented
from ..presentation.rules import candidates, collected
from ..records.models import Award
from ..returns import actions as cases
from ..returns.models import ItemCase
from .handed import KNOWN

Taken = Presented.Taken


def play(by):
    """Play it once, after ``handed``; ``by``: the officer of the department."""
    accounts = User.objects.filter(invented=True, username__in=KNOWN).order_by("username")
    unit_officer = next((one for one in accounts if collected(Award.objects.filter(unit=one.unit)).exists()), None)
    if unit_officer is None:
        return
    first = _plan(unit_officer, Occasion.Kind.REVIEW, "Hội nghị tổng kết năm (minh họa)")
    keys = list(candidates(first).order_by("pk").values_list("pk", flat=True))
    half = max(len(keys) // 2, 1)
    first = actions.choose(first, by=unit_officer, keys=keys[:half])
    rows = list(first.awards.all())
    taken = {row.pk: (Taken.SELF, "") for row in rows} | {rows[-1].pk: (Taken.LATER, "")}
    actions.hold(first, by=unit_officer, taken=taken)
    if keys[half:]:
        second = _plan(unit_officer, Occasion.Kind.TRADITION, "Kỷ niệm ngày truyền thống (minh họa)")
        actions.choose(second, by=unit_officer, keys=keys[half:])
    _cases(keys, by)


def _plan(by, kind, name) -> Occasion:
    return actions.plan(
        Occasion(
            kind=kind, name=name, day=timezone.localdate(), place=f"Hội trường {by.unit.name}", presenter="Hứa Văn Hải",
            presenter_post="Giám đốc", authority="Thông báo nhận hiện vật của Sở Nội vụ (minh họa)",
            reader="Nông Thị Đọc (minh họa)", guests=80, sample=True,
        ),
        by=by,
    )  # fmt: skip


def _cases(keys, by):
    """One is damaged, one is lost: both at their first steps."""
    for key, why in zip(keys, (ItemCase.Why.DAMAGED, ItemCase.Why.LOST), strict=False):
        award = Award.objects.get(pk=key)
        kinds = [due.kind for due in award.dues.filter(state=Due.State.HANDED).select_related("kind")[:1]]
        if kinds:
            case = cases.ask(
                ItemCase(
                    award=award, why=why, applicant=award.name, letter="ngày hôm nay (minh họa)", sample=True,
                    applied_on=timezone.localdate(), told="Bị ẩm mốc (minh họa)",
                ),
                kinds, by=by,
            )  # fmt: skip
            if why == ItemCase.Why.LOST:
                cases.confirm(case, by=by, archive="Hộp 3, Chi cục Văn thư - Lưu trữ (minh họa)")
