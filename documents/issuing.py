"""Issuing: number, day and bytes are fixed in one transaction, and from then on nothing about the paper changes.

Source: Nghị định 30/2020/NĐ-CP, Điều 13–18 (who signs, who numbers, in what order) and Điều 18 (replacing, recalling).
"""

import hashlib
from datetime import date

from django.db import transaction
from django.utils import timezone

from . import areas
from .models import Assignment, Delivery, Document, Effect, IssuedCopy, Move, NumberSeries
from .moves import MoveRefused, check, locked, log, unready
from .numbers import give, series_for
from .printing import set_pages
from .receivers import receivers_on
from .typesetting.pictures import page_count

State = Document.State
_ACT_OF = {Effect.Kind.REPLACES: Move.Act.REPLACE, Effect.Kind.RECALLS: Move.Act.RECALL}


@transaction.atomic
def issue(document, *, by, day: date, wanted: int | None = None, seen_version: int | None = None) -> Document:
    """Give an approved paper its number and ``day``, keep its bytes, deliver it; returns it as issued.

    ``wanted`` is a number typed by hand. All or nothing: a failure at any point leaves no number and no bytes. The counter
    of the series stays locked while the pages are set (a second for most papers), so that numbers have no gaps.
    Raises ``MoveRefused`` for the step, ``NumberRefused`` for number or day.
    """
    paper = locked(document.pk)
    check(Move.Act.ISSUE, paper, by)
    if seen_version is not None and paper.version != seen_version:
        raise MoveRefused("Văn bản đã được sửa sau khi bạn mở trang này. Hãy đọc lại bản mới rồi phát hành.")
    _refuse_unready(paper)
    receivers = _receivers(paper, day)
    number = _number(paper, day, wanted)
    _refuse_day(paper, day)
    before = paper.state
    paper.year, paper.month, paper.day = day.year, day.month, day.day
    paper.number, paper.series = number.number, number.counter.series
    paper.reference = f"{paper.number:02d}/{paper.symbol}"
    paper.state, paper.issued_at, paper.issued_by = State.ISSUED, timezone.now(), by
    _keep_bytes(paper, by)
    number.keep()
    log(Move.Act.ISSUE, paper, before=before, by=by, reason=f"Số {paper.reference}, ngày {day:%d/%m/%Y}")
    _deliver(paper, receivers)
    _take_effect(paper, by)
    areas.tell(paper)
    return paper


def _refuse_unready(paper):
    """Raise ``MoveRefused`` where words are missing or left open, or nobody is named to get the paper."""
    faults = unready(paper)
    if paper.issuer_unit is None:
        faults.append("chưa chọn cơ quan ban hành nên không biết lấy số ở sổ nào")
    if faults:
        raise MoveRefused("Chưa phát hành được: " + "; ".join(faults) + ". Hãy trả lại cho người soạn để bổ sung.")


def _refuse_day(paper, day):
    """Raise ``MoveRefused`` where the body had ended, or the signer held no post, on the day that was chosen."""
    if not paper.issuer_unit.is_alive_on(day):
        raise MoveRefused(
            f"{paper.issuer_unit} không hoạt động vào ngày {day:%d/%m/%Y} ({paper.issuer_unit.years}). "
            "Hãy chọn ngày khác, hoặc trả lại để đổi cơ quan ban hành."
        )
    if paper.signer and not paper.signer_reason and not paper.signer.includes(day):
        raise MoveRefused(
            f"{paper.signer.official.name} không giữ chức vụ này vào ngày {day:%d/%m/%Y}. "
            "Hãy chọn ngày khác, hoặc trả lại để chọn người ký khác hay ghi lý do."
        )


def _receivers(paper, day):
    """Who gets the paper; raises ``MoveRefused`` where one addressee means nobody, or a duty is nobody's or is over."""
    receivers = receivers_on(paper, day)
    if faults := receivers.faults():
        told = "; ".join(faults)
        raise MoveRefused(
            f"{told[:1].upper()}{told[1:]}. Hãy chọn ngày khác, hoặc trả lại để chọn nơi nhận, đơn vị thực hiện khác."
        )
    for duty in {share.duty_id: share.duty for share in receivers.shares}.values():
        if duty.until and duty.until < day:
            raise MoveRefused(
                f"Nhiệm vụ «{duty}» có hạn {duty.until:%d/%m/%Y}, trước ngày {day:%d/%m/%Y} của văn bản. "
                "Hãy chọn ngày khác, hoặc trả lại để sửa hạn."
            )
    return receivers


def _number(paper, day, wanted):
    """The number, under the lock of its series. A leader's leave to run backwards holds for its day and this approval."""
    series = series_for(paper.issuer_unit, NumberSeries.Direction.OUT, paper.type, day)
    approved = paper.moves.filter(act=Move.Act.APPROVE).order_by("-pk").values_list("pk", flat=True).first() or 0
    leave = paper.moves.filter(act=Move.Act.ALLOW_EARLIER, pk__gt=approved)
    allowed = leave.filter(reason__startswith=f"{day:%d/%m/%Y}").exists()
    return give(series=series, day=day, symbol=paper.symbol, wanted=wanted, may_run_backwards=allowed)


def _keep_bytes(paper, by):
    """Set the pages with number and day, and keep them as they are."""
    content, faults = set_pages(paper, user=by)
    if faults:
        raise MoveRefused("Chưa phát hành được: " + "; ".join(fault.message for fault in faults) + ".")
    paper.save()
    IssuedCopy.objects.create(
        document=paper,
        content=content,
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
        pages=page_count(content),
    )


def _deliver(paper, receivers):
    """The paper for each unit that is addressed or has a duty by it, and each one's share of the duties."""
    Delivery.objects.bulk_create([Delivery(document=paper, unit=unit) for unit in receivers.units])
    Assignment.objects.bulk_create(receivers.shares)


def _take_effect(paper, by):
    """What the paper replaces or recalls is replaced or recalled from now on; raises ``MoveRefused`` if it cannot be."""
    for effect in paper.effects.select_related("target"):
        target = locked(effect.target_id)
        if target.state != State.ISSUED:
            raise MoveRefused(
                f"{target.name} đang ở trạng thái «{target.get_state_display()}», "
                f"không {effect.get_kind_display()} được nữa. "
                "Hãy trả lại, bỏ dự thảo này và soạn lại cho văn bản đang còn hiệu lực."
            )
        before = target.state
        kind = Effect.Kind(effect.kind)
        target.state = Effect.OUTCOME[kind]
        target.save()
        log(_ACT_OF[kind], target, before=before, by=by, reason=f"bằng {paper.name}. {effect.reason}")
        areas.tell(target)


@transaction.atomic
def allow_earlier_day(document, *, by, day: date, reason: str) -> Move:
    """A leader's leave to date one approved paper earlier than the last number of its series. Raises ``MoveRefused``."""
    paper = locked(document.pk)
    check(Move.Act.ALLOW_EARLIER, paper, by, reason)
    return log(Move.Act.ALLOW_EARLIER, paper, before=paper.state, by=by, reason=f"{day:%d/%m/%Y}: {reason}")
