"""The number of a person's identity card: entered, looked at and asked for by the department alone; each look leaves a row.

Source: Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15: no more than the purpose needs, and it is known who looked.
"""

from documents.models import Change, history_of
from documents.steps.log import record
from documents.steps.refusing import Refused, unless_taken
from units.permissions import may_manage

from ..catalogue.models import Whom
from ..log import About
from .models import Identity, Recipient
from .rules import digits_of, fault_of_number

_TAKEN = "Số căn cước này vừa được ghi cho một người khác. Hãy tải lại trang và kiểm tra."
_NOT_YOURS = "Số căn cước chỉ do Sở Nội vụ ghi và xem."


def look(row: Recipient, *, by) -> str:
    """The number of ``row``; the log tells that ``by`` looked. Raises ``Refused`` for who may not, or where there is none."""
    if not may_manage(by):
        raise Refused(_NOT_YOURS)
    identity = Identity.objects.filter(recipient=row).first()
    if identity is None:
        raise Refused("Người này chưa ghi số căn cước.")
    record(About.IDENTITY, row, "Xem số căn cước", by=by, what="look")
    return identity.number


def find(number: str, *, by) -> Recipient | None:
    """Whose number that is, merged records included; the log tells that ``by`` asked, never the number.

    Raises ``Refused`` for who may not ask, and for what is no number.
    """
    if not may_manage(by):
        raise Refused(_NOT_YOURS)
    number = digits_of(number)
    if fault := fault_of_number(number):
        raise Refused(fault, "number")
    found = Recipient.objects.filter(identity__number=number).select_related("unit", "merged_into").first()
    act = "Tìm theo số căn cước" if found else "Tìm theo số căn cước: không có ai"
    record(About.IDENTITY, found or Recipient(pk=0), act, by=by, what="find")
    return found


def looks(row: Recipient):
    """Who looked at or asked for the number, the latest first."""
    return history_of(About.IDENTITY, row.pk)


def looks_without_a_row() -> list[Change]:
    """The latest searches that found nobody."""
    return list(history_of(About.IDENTITY, 0)[:20])


def refuse_number(row: Recipient, number: str):
    """Raise ``Refused`` where ``number`` cannot be that of ``row``: no twelve digits, or another person's."""
    if row.kind != Whom.PERSON:
        raise Refused("Chỉ cá nhân có số căn cước.", "number")
    if fault := fault_of_number(number):
        raise Refused(fault, "number")
    other = Recipient.objects.filter(identity__number=number).exclude(pk=row.pk).first()
    if other:
        raise Refused(
            f"Số căn cước này đã ghi cho «{other}» (mã {other.pk}). Nếu là một người, hãy mở bản ghi đó hoặc gộp hai bản ghi; "
            "nếu không, hãy xem lại số trên thẻ.",
            "number",
        )


def set_number(row: Recipient, number: str):
    """Store the number, or take it out where it is empty. Raises ``Refused`` where another one took it at this moment."""
    if not number:
        Identity.objects.filter(recipient=row).delete()
        return
    with unless_taken(_TAKEN, "number"):
        Identity.objects.update_or_create(recipient=row, defaults={"number": number})
