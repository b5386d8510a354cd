"""What is done with a case: asked, found in the archive, sent to the ministry, the old item back, a new one given, or refused.

Old items come back into the ledger and are written off at once; new ones are owed again and take the way of all items: printed or
kept in the store, handed over at the counter. Items are held before what changes of them is written, kinds first.
"""

from django import forms
from django.db import transaction
from django.utils import timezone

from documents.models import Change
from documents.steps.forms import StepForm
from documents.steps.log import noted, words_of
from documents.steps.refusing import Refused, unless_taken
from documents.steps.stepping import Steps, Who
from units.permissions import may_keep_store, may_manage, may_write

from ..certificates import actions as sheets
from ..certificates.models import Certificate
from ..handover.actions import HANDED
from ..handover.models import HandoverLine
from ..items.kinds import hold
from ..items.models import Due
from ..log import About
from ..records.models import Award
from ..stock.keeping import keep_for_waiting
from ..stock.ledger import write
from ..stock.models import Movement
from .models import OF_BATCH, CaseItem, ItemCase
from .rules import due_on, items_of

State, Why, Sort = ItemCase.State, ItemCase.Why, Movement.Sort
MANAGER = Who(lambda row, user: may_manage(user), "Sở Nội vụ")
KEEPER = Who(lambda row, user: may_keep_store(user), "thủ kho, chuyên viên Sở Nội vụ")
FACTS = ["why", "applicant", "letter", "applied_on", "told"]


def _words(case):
    words = words_of(case, [*FACTS, "due_on", "archive", "sent_by", "sent_on", "answer"])
    return words | {"Trạng thái": case.get_state_display()}


CASES = Steps(
    ItemCase, "hồ sơ", about=About.ITEM_CASE, words=_words, related=["award__type", "award__unit", "award__decision"],
    address="item_case_step",
)  # fmt: skip


# --- Asked


@transaction.atomic
def ask(case, kinds, *, by) -> ItemCase:
    """Store a new case about items of ``kinds`` (rows) of its award. Raises ``Refused``."""
    if not may_write(by) and not may_keep_store(by):
        raise Refused("Hồ sơ cấp đổi, cấp lại do đơn vị hoặc Sở Nội vụ ghi.")
    award = Award.objects.select_for_update(of=("self",)).select_related("type", "unit").get(pk=case.award_id)
    case.award, case.by = award, by
    _refuse_facts(case)
    known = {kind.pk for kind in items_of(award).kinds}
    if not kinds:
        raise Refused("Hãy chọn ít nhất một hiện vật.", "kinds")
    if strange := [kind.name for kind in kinds if kind.pk not in known]:
        raise Refused(f"Chưa giao nên chưa đổi, cấp lại được: {', '.join(strange)}.", "kinds")
    case.due_on = due_on(case.route, case.applied_on)
    case.save()
    with unless_taken("Hiện vật này đang có hồ sơ cấp đổi, cấp lại chưa xong. Hãy mở hồ sơ đó.", "kinds"):
        CaseItem.objects.bulk_create([CaseItem(case=case, due=_due(award, kind)) for kind in kinds])
    what = {"Hiện vật": "; ".join(kind.name for kind in kinds)}
    CASES.tell(case, "ask", "Nhận hồ sơ", by=by, after=_words(case) | what, day=case.applied_on)
    return case


def _due(award, kind) -> Due:
    """What ``award`` was given of a kind; one that was given before the store was kept here is noted as handed over."""
    facts = {"state": Due.State.HANDED, "since": award.decided_on}
    return Due.objects.get_or_create(award=award, kind=kind, defaults=facts)[0]


def _refuse_facts(case):
    award = case.award
    if award.cancelled_on or not award.stands:
        raise Refused("Khen thưởng này không còn hiệu lực nên không cấp đổi, cấp lại hiện vật.")
    if case.applied_on > timezone.localdate():
        raise Refused(f"Ngày {case.applied_on:%d/%m/%Y} chưa đến. Hãy ghi ngày đã nhận.", "applied_on")
    if case.applied_on < award.decided_on:
        raise Refused(f"Trước ngày quyết định ({award.decided_on:%d/%m/%Y}).", "applied_on")


# --- Found in the archive, sent


class ArchiveForm(StepForm):
    """What the archive says."""

    archive = forms.CharField(
        label="Hồ sơ lưu", max_length=300, help_text="Ví dụ: Quyết định số …, số thứ tự …, lưu tại hộp …"
    )


def _not_corrected(case) -> str:
    if case.why == Why.DECISION and not case.award.corrections.exclude(day=None).exists():
        return (
            "Quyết định ghi sai thì phải có văn bản đính chính trước. Hãy ghi hoặc soạn đính chính ở trang khen thưởng."
        )
    return ""


@CASES.step("confirm", "Xác nhận theo hồ sơ lưu", [State.ASKED], to=State.CONFIRMED, who=MANAGER, form=ArchiveForm,
            look="primary", told="Đã ghi kết quả đối chiếu.")  # fmt: skip
def confirm(case, *, by, archive):
    """The archive knows the award, and the decision is right, or was set right."""
    if told := _not_corrected(case):
        raise Refused(told)
    case.archive = archive


class SentForm(StepForm):
    """By which letter it went to the ministry."""

    number = forms.CharField(label="Số, ký hiệu công văn", max_length=100)
    day = forms.DateField(label="Ngày gửi")


def missing(case) -> list[str]:
    """Old items of an exchange that have not come back."""
    return [row.due.kind.name for row in case.items.all() if row.back_on is None] if case.is_exchange else []


def _not_to_ministry(case, user) -> str:
    if not case.is_of_state:
        return "Hiện vật này do tỉnh cấp, không gửi Bộ Nội vụ."
    old = missing(case)
    return f"Cấp đổi phải gửi kèm hiện vật cũ: chưa nhận lại {', '.join(old)}." if old else ""


@CASES.step("send", "Ghi đã gửi Bộ Nội vụ", [State.CONFIRMED], to=State.SENT, who=MANAGER, form=SentForm,
            fault=_not_to_ministry, told="Đã ghi.",
            hint="Khi công văn làm ngoài phần mềm; soạn ở danh sách thì tự ghi khi ban hành.")  # fmt: skip
def send(case, *, by, number, day):
    """It lies before the ministry, which gives items of the State."""
    if day > timezone.localdate():
        raise Refused(f"Ngày {day:%d/%m/%Y} chưa đến. Hãy ghi ngày đã gửi.", "day")
    if day < case.applied_on:
        raise Refused(f"Trước ngày nhận hồ sơ ({case.applied_on:%d/%m/%Y}).", "day")
    case.sent_by, case.sent_on = number, day


def _not_unsent(case, user) -> str:
    return "" if case.batch_id else "Chỉ hồ sơ gửi theo danh sách mới tự lùi khi thu hồi công văn."


@CASES.step("unsend", "Thôi gửi", [State.SENT], to=State.CONFIRMED, who=MANAGER, form=None, fault=_not_unsent)
def unsend(case, *, by):
    """The letter was recalled."""
    case.sent_by, case.sent_on, case.batch = "", None, None


# --- The old item


class BackForm(StepForm):
    """When the old items came back, from whom, how they are."""

    day = forms.DateField(label="Ngày nhận lại")
    giver = forms.CharField(label="Người nộp", max_length=200)
    remark = forms.CharField(label="Tình trạng", max_length=200, required=False)


def _not_back(case, user) -> str:
    if not case.is_exchange:
        return "Cấp lại do mất nên không có hiện vật cũ."
    return "" if missing(case) else "Đã nhận lại đủ hiện vật cũ."


@CASES.step("take_old", "Nhận lại hiện vật cũ", [State.ASKED, State.CONFIRMED], who=KEEPER, form=BackForm, fault=_not_back,
            told="Đã nhận lại và ghi sổ kho.")  # fmt: skip
def take_old(case, *, by, day, giver, remark=""):
    """Old items come into the ledger and leave it at once: nobody is given them again."""
    if day < case.award.decided_on:
        raise Refused(f"Trước ngày quyết định ({case.award.decided_on:%d/%m/%Y}).", "day")
    rows = list(case.items.filter(back_on=None).select_related("due__kind"))
    dues = held([row.due for row in rows])
    _refuse_gone(dues, Due.State.HANDED)
    facts = {
        "by": by,
        "day": day,
        "partner": giver,
        "paper": f"{case.letter_kind} {case.letter}"[:200],
        "sample": case.sample,
    }
    write(Sort.BACK, [(due.kind, 1, due) for due in dues], note=str(case)[:300], **facts)
    write(Sort.WRITTEN_OFF, [(due.kind, -1, due) for due in dues], note=remark[:300] or str(case)[:300], **facts)
    case.items.filter(pk__in=[row.pk for row in rows]).update(back_on=day, giver=giver, remark=remark)
    free_lines(dues, "")
    turn(dues, Due.State.BACK, "Nhận lại để đổi", "exchange", by=by)
    return {"Nhận lại": "; ".join(due.kind.name for due in dues), "Người nộp": giver}


def _refuse_gone(dues, state):
    """Raise ``Refused`` where something came back another way since the case was noted."""
    if other := [due for due in dues if due.state != state]:
        raise Refused(
            f"{other[0].kind}: nay «{other[0].get_state_display().lower()}», không còn như khi nhận hồ sơ. Hãy ghi «Không cấp» "
            "rồi lập hồ sơ khác nếu cần."
        )


# --- The new one


class GrantForm(StepForm):
    """What the ministry answered; nothing where the province itself gives."""

    answer = forms.CharField(label="Văn bản của Bộ Nội vụ", max_length=200)

    def prepare(self):
        """Asked of items of the State alone."""
        if not self.row.is_of_state:
            del self.fields["answer"]


def _not_granted(case, user) -> str:
    if case.is_of_state and case.state == State.CONFIRMED:
        return "Hiện vật cấp Nhà nước: gửi Bộ Nội vụ trước."
    if case.award.cancelled_on or not case.award.stands:
        return "Khen thưởng này không còn hiệu lực."
    old = missing(case)
    return f"Cấp đổi phải thu hiện vật cũ trước: chưa nhận lại {', '.join(old)}." if old else _not_corrected(case)


@CASES.step("grant", "Cấp hiện vật mới", [State.CONFIRMED, State.SENT], to=State.GRANTED, who=MANAGER, form=GrantForm,
            fault=_not_granted, look="primary", told="Đã cấp: bằng in lại, thứ khác giữ trong kho hoặc chờ nhập.")  # fmt: skip
def grant(case, *, by, answer=""):
    """It is owed again: printed anew where it was printed here, else kept in the store as soon as there is one."""
    case.answer, case.granted_on = answer, timezone.localdate()
    dues = held([row.due for row in case.items.select_related("due")])
    _refuse_gone(dues, Due.State.BACK if case.is_exchange else Due.State.HANDED)
    if not case.is_exchange:
        free_lines(dues, f"Báo mất, cấp lại theo {case.letter_kind.lower()} {case.letter}")
    turn(dues, Due.State.SHORT, "Cấp đổi, cấp lại", "exchange", by=by)
    printed = Certificate.objects.filter(due__in=dues, state=Certificate.State.PRINTED).select_related("due")
    for sheet in printed.order_by("pk"):
        sheets.exchange(sheet, by=by, reason=str(case))
    keep_for_waiting([due.kind_id for due in dues])


@CASES.step("refuse", "Không cấp", [State.ASKED, State.CONFIRMED, State.SENT], to=State.REFUSED, who=MANAGER, needs_reason=True,
            told="Đã ghi không cấp.")  # fmt: skip
def refuse(case, *, by):
    """It is not given; what came back stays written off."""
    case.items.update(is_open=False)


def closed(rows, day, by):
    """What follows from handing over ``rows`` (items): cases all of whose items went are done."""
    asked = ItemCase.objects.filter(state=State.GRANTED, items__due__in=rows).order_by("pk").distinct()
    for case in asked:
        if not case.items.exclude(due__state=Due.State.HANDED).exists():
            close.heard(case, by=by, day=day)


@CASES.step("close", "Đã giao", [State.GRANTED], to=State.DONE, who=KEEPER, form=None)
def close(case, *, by, day):
    """The new items were handed over."""
    case.done_on = day
    case.items.update(is_open=False)


HANDED.append(closed)


# --- Items


def held(dues) -> list[Due]:
    """``dues`` as they stand, with their kinds, held until the transaction ends: kinds first."""
    keys = [due.pk for due in dues]
    hold(Due.objects.filter(pk__in=keys).order_by().values_list("kind", flat=True).distinct())
    rows = Due.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk")
    return list(rows.select_related("kind", "award"))


def turn(dues, state, act, what, *, by, **more) -> None:
    """Set the state of ``dues`` and tell it; ``more``: other fields. Three queries."""
    told = []
    for due in dues:
        before = {"Trạng thái": due.get_state_display()}
        due.state, due.since, due.version = state, timezone.localdate(), due.version + 1
        due.__dict__ |= more
        told.append(
            noted(About.DUE, due, act, by=by, before=before, after={"Trạng thái": due.get_state_display()}, what=what)
        )
    Due.objects.bulk_update(dues, ["state", "since", "version", *more], batch_size=500)
    Change.objects.bulk_create(told, batch_size=500)


def free_lines(dues, remark) -> None:
    """The items of ``dues`` may be handed over again; ``remark``: why the unit has no more what it was given."""
    lines = HandoverLine.objects.filter(due__in=dues, returned=False)
    lines.update(**{"returned": True} | ({"remark": remark[:200]} if remark else {}))


def in_a_letter(case) -> bool:
    """Whether a letter to the ministry that holds or may come to has it on its list."""
    return bool(case.batch_id) and OF_BATCH.standing(case.batch_id).exists()
