"""What becomes of a registration: begun empty or from last year's, changed, sent to the department, taken back to be changed."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from documents.steps.refusing import Refused, unless_taken
from documents.steps.stepping import Steps, Who
from units.permissions import may_manage

from ..catalogue.book import called
from ..log import About
from ..recipients.models import Recipient
from .models import Aim, Registration

State = Registration.State
KEEPER = Who(lambda row, user: row.is_kept_by(user), lambda row: row.unit.name)
DEPARTMENT = Who(lambda row, user: may_manage(user), "Sở Nội vụ")


def _words(row) -> dict:
    return {"Trạng thái": row.get_state_display(), "Số đăng ký": str(row.aims.count())}


STEPS = Steps(
    Registration, "bản đăng ký", about=About.REGISTRATION, words=_words, related=["unit"], address="registration_step"
)
_TWICE = "Đơn vị đã có bản đăng ký của năm này. Hãy mở bản đã có."


@transaction.atomic
def begin(year: int, *, by, copies: bool = False) -> Registration:
    """That of the unit of ``by`` for ``year``; ``copies``: with what it registered a year before. Raises ``Refused``."""
    row = Registration(unit=by.unit, year=year, by=by)
    if not (by.unit_id and row.is_kept_by(by)):
        raise Refused("Bản đăng ký do đơn vị lập. Tài khoản của bạn không lập được.")
    if not timezone.localdate().year - 1 <= year <= timezone.localdate().year + 1:
        raise Refused("Chỉ đăng ký cho năm trước, năm nay hoặc năm tới. Hãy kiểm tra lại năm.", "year")
    with unless_taken(_TWICE, "year"):
        row.save()
    if copies:
        _copy(row)
    STEPS.tell(row, "begin", "Lập bản đăng ký", by=by, after=_words(row))
    return row


def _copy(row) -> None:
    """What was registered a year before, of those who are still of the unit and whose title there still is."""
    before = Aim.objects.filter(registration__unit__in=row.unit.with_predecessors(), registration__year=row.year - 1)
    before = before.filter(recipient__merged_into=None, recipient__ended_on=None, recipient__unit=row.unit)
    pairs = dict.fromkeys(before.values_list("recipient", "type"))
    Aim.objects.bulk_create(Aim(registration=row, recipient_id=who, type_id=what) for who, what in pairs)


def fault_of(row: Registration, recipient: Recipient, type) -> dict[str, str]:
    """{field: what is wrong} where ``recipient`` cannot be registered for ``type``; nothing where it can."""
    if not type.is_title:
        return {"type": "chỉ đăng ký danh hiệu thi đua, hình thức khen thưởng không đăng ký trước. Hãy chọn danh hiệu."}
    if not type.is_for(recipient.kind):
        return {
            "type": f"{called(type)} không dành cho {recipient.get_kind_display().lower()}. Hãy chọn danh hiệu khác."
        }
    if recipient.unit_id != row.unit_id or recipient.ended_on:
        return {"recipients": f"không còn thuộc {row.unit.name}. Hãy bỏ người này."}
    return {}


@STEPS.step("register", "Thêm vào bản đăng ký", [State.DRAFT], who=KEEPER, form=None)
def register(row, *, by, recipients: Iterable[Recipient], type):
    """Each of ``recipients`` strives for ``type``; who is there already stays."""
    added = []
    for recipient in recipients:
        for name, words in fault_of(row, recipient, type).items():
            raise Refused(f"{recipient.name}: {words}", name)
        added.append(Aim(registration=row, recipient=recipient, type=type))
    known = set(row.aims.filter(type=type).values_list("recipient", flat=True))
    Aim.objects.bulk_create(aim for aim in added if aim.recipient_id not in known)
    return {called(type): ", ".join(recipient.name for recipient in recipients)}


@STEPS.step("strike", "Bỏ khỏi bản đăng ký", [State.DRAFT], who=KEEPER, form=None)
def strike(row, *, by, aims: Iterable[int]):
    """Take out the lines with the keys ``aims``."""
    gone = row.aims.filter(pk__in=aims).select_related("recipient", "type")
    told = "; ".join(f"{aim.recipient.name}: {called(aim.type)}" for aim in gone)
    gone.delete()
    return {"Bỏ": told}


@STEPS.step(
    "send", "Gửi Sở Nội vụ", [State.DRAFT], to=State.SENT, who=KEEPER, look="primary", icon="send",
    told="Đã gửi bản đăng ký cho Sở Nội vụ.",
)  # fmt: skip
def send(row, *, by):
    """The department has it from now on."""
    if not row.aims.exists():
        raise Refused("Bản đăng ký chưa có dòng nào. Hãy thêm người, tập thể đăng ký danh hiệu.")
    row.sent_on = timezone.localdate()


@STEPS.step(
    "reopen", "Cho sửa lại", [State.SENT], to=State.DRAFT, who=DEPARTMENT, needs_reason=True, told="Đã cho đơn vị sửa lại.",
    hint="Đơn vị sửa rồi gửi lại; ngày gửi là ngày gửi lần sau.",
)  # fmt: skip
def reopen(row, *, by):
    """The unit may change it once more."""
    row.sent_on = None
