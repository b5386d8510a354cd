"""An advice is turned off for the whole office, and on again. Each time leaves a row of the log."""

from django.db import transaction

from units.permissions import may_manage

from ..steps.log import record
from ..steps.refusing import Refused
from .models import RuleChoice
from .rule import RULES, Level

# Under which word the log tells of rules.
RULE = "rule"


@transaction.atomic
def choose(code, *, is_off, reason, by):
    """Turn the advice ``code`` off or on. Raises ``Refused`` for an error, for who may not, and where no reason is given."""
    rule = RULES.get(code)
    if rule is None:
        raise Refused("Không có quy tắc này.")
    if not may_manage(by):
        raise Refused("Chỉ chuyên viên, lãnh đạo Sở Nội vụ được tắt, bật quy tắc.")
    if rule.level == Level.ERROR:
        raise Refused("Quy tắc này là lỗi, không tắt được: văn bản có lỗi thì không trình duyệt được.")
    if is_off and not reason.strip():
        raise Refused("Hãy ghi lý do tắt quy tắc này.", "reason")
    RuleChoice.objects.get_or_create(code=code)
    row = RuleChoice.objects.select_for_update().get(code=code)
    if row.is_off == is_off:
        raise Refused(f"Quy tắc này đang {_STATE[is_off]} rồi.")
    row.is_off = is_off
    row.save()
    changes = {"before": {rule.wrong: _STATE[not is_off]}, "after": {rule.wrong: _STATE[is_off]}}
    record(
        RULE,
        row,
        f"{_ACT[is_off]} quy tắc soát thể thức",
        by=by,
        reason=reason,
        what="turn_off" if is_off else "turn_on",
        **changes,
    )
    return row


_STATE = {True: "tắt", False: "bật"}
_ACT = {True: "Tắt", False: "Bật"}
