"""What units say of their names on the sheets to try, before anything is printed."""

from django.db import transaction

from documents.steps.log import record, words_of
from documents.steps.refusing import Refused
from units.permissions import may_write

from ..log import About
from .models import NameAnswer
from .rules import to_print


def own_dues(user, decision):
    """Items of ``decision`` that are still to be printed for the unit of ``user``."""
    return to_print().filter(award__decision=decision, award__unit__in=user.seen_units)


@transaction.atomic
def answer(decision, *, by, is_right, remark="") -> NameAnswer:
    """Note that the names of the own unit are right, or what is wrong; a later answer replaces it. Raises ``Refused``."""
    if not may_write(by) or by.unit is None:
        raise Refused("Ý kiến về tên do cán bộ của đơn vị ghi.")
    if not own_dues(by, decision).exists():
        raise Refused("Quyết định này không còn tờ nào của đơn vị phải in.")
    if not is_right and not remark.strip():
        raise Refused("Hãy ghi tên nào sai, sửa thành gì.", "remark")
    known = NameAnswer.objects.select_for_update().filter(decision=decision, unit=by.unit).first()
    before = words_of(known, ["is_right", "remark"]) if known else {}
    made = known or NameAnswer(decision=decision, unit=by.unit)
    made.is_right, made.remark, made.by = is_right, "" if is_right else remark[:500], by
    made.version += bool(known)
    made.save()
    told = {"Đơn vị": by.unit.name} | words_of(made, ["is_right", "remark"])
    record(
        About.DECISION, decision, "Ý kiến về tên trên bằng", by=by, before=before, after=told, what="names_on_sheets"
    )
    return made
