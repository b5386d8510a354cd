"""The fund: prizes that awards are owed, paid many at once, waived; the ledger, whose lines are never changed; the budget.

Source: Luật Thi đua, khen thưởng 2022, Điều 11: whose fund pays, and for what.
"""

from collections import defaultdict

from django.db import transaction
from django.utils import timezone

from documents.models import Change
from documents.steps.log import noted, record, words_of
from documents.steps.refusing import Refused, first_of
from documents.steps.stepping import Steps, Who
from units.permissions import may_manage

from ..catalogue.models import Office
from ..decisions.models import Return
from ..decisions.returns import MOVES
from ..eligibility.words import dotted
from ..issuing.giving import FOLLOWS
from ..issuing.rules import province_above
from ..issuing.undoing import NOT_PAID
from ..log import About
from ..records.models import Award, Decision
from .heads import head_code
from .models import FIRST_YEAR, Budget, Head, LedgerEntry, Payment

State = Payment.State
MANAGER = Who(lambda row, user: may_manage(user), "Sở Nội vụ")
_BATCH = 500
NOT_YOURS = "Thu, chi của quỹ do Sở Nội vụ ghi."


# --- What awards are owed


def owe(decision, pairs) -> None:
    """A payment for each award that was given with money; what is not paid beside a higher title is waived from the start."""
    own = decision.office.fund == Office.Fund.OWN
    unit = decision.unit if own else province_above(decision.by.unit, decision.day)
    payer = Payment.Payer.OWN if own else Payment.Payer.PROPOSER
    Payment.objects.bulk_create(
        [
            Payment(
                award=award, payer=payer, payer_unit=unit, amount=paid.prize.amount if paid.is_paid else 0,
                steps="; ".join(paid.prize.steps)[:300], state=State.DUE if paid.is_paid else State.WAIVED,
                waived_for="" if paid.is_paid else paid.why[:300],
            )
            for award, paid in pairs
            if paid.prize.amount is not None
        ],
        batch_size=_BATCH,
    )  # fmt: skip


FOLLOWS.append(owe)


def not_paid(awards) -> set[int]:
    """Keys of those awards of which it is known that nobody was paid."""
    rows = Payment.objects.filter(award__in=awards).exclude(state=State.PAID)
    return set(rows.order_by().values_list("award", flat=True))


NOT_PAID.append(not_paid)


def _words(payment) -> dict:
    return words_of(payment, ["paid_on", "paid_to", "voucher", "waived_for"]) | {
        "Trạng thái": payment.get_state_display(),
        "Số tiền": f"{dotted(payment.amount)} đồng",
    }


PAYMENTS = Steps(
    Payment, "tiền thưởng", about=About.PAYMENT, words=_words, related=["award__type"], address="payment_step"
)


@transaction.atomic
def pay(keys, *, by, day, paid_to, voucher) -> list[LedgerEntry]:
    """Note that all of ``keys`` were paid: one line of the ledger for each head. Raises ``Refused``; then none is paid."""
    if not may_manage(by):
        raise Refused(NOT_YOURS)
    # Whoever cancels awards holds their decision.
    of = Award.objects.filter(payment__in=keys).order_by().values("decision")
    list(Decision.objects.select_for_update(of=("self",)).filter(pk__in=of).order_by("pk").values_list("pk"))
    rows = list(
        Payment.objects.select_for_update(of=("self",)).filter(pk__in=keys).select_related("award__type").order_by("pk")
    )
    _refuse_paying(rows, day)
    by_head = defaultdict(list)
    for row in rows:
        by_head[head_code(row.award)].append(row)
    heads = Head.objects.in_bulk(by_head, field_name="code")
    lines = [
        _spend(heads, code, own, by=by, day=day, paid_to=paid_to, voucher=voucher) for code, own in by_head.items()
    ]
    before = {row.pk: _words(row) for row in rows}
    for row in rows:
        row.state, row.paid_on, row.paid_to, row.voucher, row.version = (
            State.PAID,
            day,
            paid_to,
            voucher,
            row.version + 1,
        )
    Payment.objects.bulk_update(rows, ["state", "paid_on", "paid_to", "voucher", "version"], batch_size=_BATCH)
    told = [
        noted(
            About.PAYMENT, row, "Chi tiền thưởng", by=by, before=before[row.pk], after=_words(row), what="pay", day=day
        )
        for row in rows
    ]
    Change.objects.bulk_create(told, batch_size=_BATCH)
    return lines


def _refuse_paying(rows, day):
    if not rows:
        raise Refused("Hãy đánh dấu ít nhất một khoản chưa chi, hoặc lấy tất cả theo bộ lọc.", "all")
    if day > timezone.localdate():
        raise Refused(f"Ngày {day:%d/%m/%Y} chưa đến. Hãy ghi ngày đã chi.", "day")
    wrong = [f"{row.award.name} ({row.get_state_display().lower()})" for row in rows if row.state != State.DUE]
    wrong += [f"{row.award.name} (đã hủy khen thưởng)" for row in rows if row.award.cancelled_on]
    if wrong:
        told = first_of(wrong, "khoản", between=", ")
        raise Refused(f"Không chi được: {told}. Chưa khoản nào được ghi; hãy tải lại trang.")
    early = [row for row in rows if day < row.award.decided_on]
    if early:
        raise Refused(
            f"{early[0].award.name}: quyết định ngày {early[0].award.decided_on:%d/%m/%Y}, sau ngày chi.", "day"
        )


def _spend(heads, code, rows, *, by, day, paid_to, voucher) -> LedgerEntry:
    if code not in heads:
        raise Refused("Chưa có nội dung chi cho tiền thưởng. Hãy nhờ người quản trị chạy load_catalogue.")
    total = sum(row.amount for row in rows)
    words = f"{heads[code].name}: {len(rows)} khoản, {paid_to}"
    made = _write(day=day, head=heads[code], amount=total, words=words[:300], voucher=voucher, by=by)
    made.payments.set(rows)
    return made


def _write(*, by, **facts) -> LedgerEntry:
    made = LedgerEntry.objects.create(by=by, **facts)
    after = words_of(made, ["day", "head", "words", "voucher"]) | {"Số tiền": f"{dotted(made.amount)} đồng"}
    record(About.FUND, made, "Ghi sổ", by=by, after=after, what="enter", day=made.day)
    return made


@PAYMENTS.step("waive", "Không chi, kèm lý do", [State.DUE], to=State.WAIVED, who=MANAGER, needs_reason=True,
               told="Đã ghi không chi.")  # fmt: skip
def waive(payment, *, by, reason):
    """It is not paid, for a reason: refused, given away, paid elsewhere."""
    payment.waived_for = reason[:300]


@PAYMENTS.step("unwaive", "Vẫn phải chi", [State.WAIVED], to=State.DUE, who=MANAGER, needs_reason=True,
               fault=lambda row, user: "" if row.amount else "Khoản này không có tiền.", told="Đã ghi vẫn phải chi.")  # fmt: skip
def unwaive(payment, *, by):
    """It is owed after all."""
    payment.waived_for = ""


def _came_back(payment, user) -> str:
    noted = Return.objects.filter(cancellation__award=payment.award_id, amount__gt=0).exists()
    return "Đã ghi thu hồi tiền thưởng này vào quỹ. Hãy gỡ việc thu hồi ở trang khen thưởng trước." if noted else ""


@PAYMENTS.step("unpay", "Ghi nhầm, chưa chi", [State.PAID], to=State.DUE, who=MANAGER, needs_reason=True, fault=_came_back,
               told="Đã ghi; sổ có thêm một dòng điều chỉnh.")  # fmt: skip
def unpay(payment, *, by, reason):
    """It was noted by mistake: a line of the ledger takes the amount back, that of the first time stays."""
    line = payment.entries.filter(amount__gt=0).order_by("-pk").first()
    words = f"Điều chỉnh: chưa chi tiền thưởng của {payment.award.name}. {reason}"
    made = _write(
        day=timezone.localdate(), head=line.head, amount=-payment.amount, words=words[:300], voucher=line.voucher, by=by
    )
    made.payments.add(payment)
    payment.paid_on, payment.paid_to, payment.voucher = None, "", ""


def money_moved(row, *, by, undone):
    """Money of an award that was lost came back into the fund, or was handed over again: a line of the ledger."""
    if not Payment.objects.filter(award=row.cancellation.award_id, state=State.PAID).exists():
        return
    head = Head.objects.filter(code="returned").first()
    if head is None:
        raise Refused("Chưa có nguồn thu «Tiền thưởng thu hồi». Hãy nhờ người quản trị chạy load_catalogue.")
    name = row.cancellation.award.name
    words = f"Trao lại tiền thưởng cho {name}" if row.to_holder else f"Thu hồi tiền thưởng của {name}"
    _write(
        day=timezone.localdate() if undone else row.day, head=head, voucher=row.paper[:100], by=by,
        amount=row.amount if row.to_holder == undone else -row.amount,
        words=f"{'Điều chỉnh: ghi nhầm. ' if undone else ''}{words}"[:300],
    )  # fmt: skip


MOVES.append(money_moved)


# --- The ledger


@transaction.atomic
def enter(entry: LedgerEntry, *, by) -> LedgerEntry:
    """Write a line. Raises ``Refused``."""
    if not may_manage(by):
        raise Refused(NOT_YOURS)
    if entry.day > timezone.localdate():
        raise Refused(f"Ngày {entry.day:%d/%m/%Y} chưa đến. Hãy ghi ngày đã thu, đã chi.", "day")
    if entry.day.year < FIRST_YEAR:
        raise Refused(f"Năm {entry.day.year} sớm quá: sổ có từ năm {FIRST_YEAR}.", "day")
    if entry.amount <= 0:
        raise Refused("Số tiền phải lớn hơn 0. Ghi sai dòng trước thì mở dòng đó, ghi điều chỉnh.", "amount")
    if entry.head.column == Head.Column.REGULAR:
        raise Refused("Mục này chỉ để tính tỷ lệ: hãy ghi ở trang dự toán.", "head")
    facts = {name: getattr(entry, name) for name in ("day", "head", "amount", "words", "voucher", "paper")}
    return _write(by=by, **facts)


@transaction.atomic
def mend(entry: LedgerEntry, *, by, amount: int, reason: str) -> LedgerEntry:
    """A line that makes another one right: the difference, under the same head. Raises ``Refused``."""
    if not may_manage(by):
        raise Refused(NOT_YOURS)
    found = LedgerEntry.objects.select_for_update(of=("self",)).select_related("head").get(pk=entry.pk)
    if told := why_not_mended(found):
        raise Refused(told)
    if not reason.strip():
        raise Refused("Hãy ghi vì sao điều chỉnh.", "reason")
    if amount == found.amount:
        raise Refused("Số tiền đúng bằng số đã ghi, không có gì để điều chỉnh.", "amount")
    words = f"Điều chỉnh dòng ngày {found.day:%d/%m/%Y}: {reason}"
    return _write(
        day=timezone.localdate(), head=found.head, amount=amount - found.amount, words=words[:300], voucher=found.voucher,
        mends=found, by=by,
    )  # fmt: skip


def why_not_mended(entry) -> str:
    """Why a line is not mended here; nothing where it may be."""
    if entry.payments.exists():
        return "Dòng này từ các khoản tiền thưởng: hãy mở khoản ghi nhầm, chọn «Ghi nhầm, chưa chi»."
    if entry.mends_id:
        return "Đây là dòng điều chỉnh. Hãy ghi một dòng thu, chi mới nếu còn sai."
    return "Dòng này đã điều chỉnh." if LedgerEntry.objects.filter(mends=entry).exists() else ""


# --- The budget


@transaction.atomic
def budget(year: int, amounts: dict[int, int | None], *, by) -> int:
    """Store the budget of a year: {key of a head: amount, None for none}; how many lines changed. Raises ``Refused``."""
    if not may_manage(by):
        raise Refused("Dự toán của quỹ do Sở Nội vụ ghi.")
    list(Head.objects.select_for_update().filter(pk__in=amounts))
    there = {row.head_id: row for row in Budget.objects.filter(year=year)}
    changed = 0
    for head in Head.objects.filter(pk__in=amounts):
        old, amount = there.get(head.pk), amounts[head.pk]
        if (old and old.amount) == amount:
            continue
        changed += 1
        if amount is None:
            old.delete()
        else:
            Budget.objects.update_or_create(year=year, head=head, defaults={"amount": amount})
        before, after = (f"{dotted(one)} đồng" if one is not None else "" for one in (old and old.amount, amount))
        record(
            About.BUDGET,
            head,
            f"Dự toán năm {year}",
            by=by,
            before={head.name: before},
            after={head.name: after},
            what="budget",
        )
    return changed
