"""Issuing: number, day and bytes are fixed in one transaction, and from then on nothing about the paper changes.

``ready`` and ``go_out`` are also for a paper whose number another body gave (``documents.life.recording``).

Source: Nghị định 30/2020/NĐ-CP, Điều 13–18 (who signs, who numbers, in what order) and Điều 18 (replacing, recalling).
"""

import hashlib
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from ..areas.papers import tell
from ..deliveries.models import Delivery
from ..duties.models import Assignment
from ..duties.receivers import Receivers, receivers_on
from ..papers.actions import locked
from ..papers.models import Document, Effect, IssuedCopy
from ..printing.pages import set_pages
from ..register.models import NumberSeries
from ..register.numbers import give, next_number, open_series, series_for
from ..signing.actions import numbered
from ..signing.files import look_at, look_at_issued
from ..steps.refusing import Refused
from ..typesetting.pictures import page_count
from ..uploads import keep
from ..uploads.models import Upload
from . import actions as moves
from .actions import STEPS, unready
from .rules import voice, whose_words

State = Document.State
# What becomes of another paper leaves a row in its log too: the slug, and the words.
_REPLACED, _RECALLED = ("replace", "Thay thế"), ("recall", "Thu hồi")
_TOLD_OF = {Effect.Kind.REPLACES: _REPLACED, Effect.Kind.RECALLS: _RECALLED}


# How often the pages are set anew because another paper was faster; then they are set while the number is held.
TRIES = 4


class _Overtaken(Exception):
    """Another paper took the number for which the pages were set."""


@dataclass(frozen=True)
class _Pages:
    """The pages of a paper with a number that was next when they were set, and of which version."""

    number: int
    version: int
    content: bytes


def issue(
    document, *, by, day: date, wanted: int | None = None, seen_version: int | None = None, signed=(), stamp=None
) -> Document:
    """Give an approved paper its number and ``day``, keep its bytes, deliver it; returns it as issued.

    ``wanted`` is a number typed by hand, ``signed`` are files with the signed copy, ``stamp(paper, pdf)``
    gives the pages signed for the body, where its clerk does that here. All or nothing: a failure at any point
    leaves no number and no bytes. The pages are set before anything is held, with the number that is next; where another
    paper was faster they are set anew. So a number is held for moments, and numbers have no gaps.
    Raises ``Refused`` for the step, for number or day, and for a file.
    """
    facts = {"by": by, "day": day, "wanted": wanted, "seen_version": seen_version, "signed": signed, "stamp": stamp}
    for _ in range(TRIES):
        try:
            return _issue(document, pages=_set_ahead(document, by, day, wanted, stamp), **facts)
        except _Overtaken:
            continue
    return _issue(document, pages=None, **facts)


def _set_ahead(document, by, day, wanted, stamp) -> _Pages | None:
    """The pages with the number that comes next, nothing being held; None where the step itself will be refused."""
    paper = Document.objects.with_names().get(pk=document.pk)
    if not moves.issue.may(paper, by) or paper.issuer_unit is None or unready(paper):
        return None
    series = open_series(paper.issuer_unit, NumberSeries.Direction.OUT, paper.type, day)
    number = wanted or (next_number(series, day.year, paper.symbol) if series else 1)
    _date(paper, day, number)
    return _Pages(number, paper.version, _pages_of(paper, by, stamp))


@transaction.atomic
def _issue(document, *, by, day, wanted, seen_version, signed, stamp, pages) -> Document:
    """As ``issue``, with ``pages`` that were set before, or None to set them here; raises ``_Overtaken`` where they are old."""
    paper = moves.issue.ready(document, by=by, seen_version=seen_version)
    receivers = ready(paper, day)
    number = _number(paper, by, day, wanted)
    refuse_day(paper, day)
    if pages and (pages.number, pages.version) != (number.number, paper.version):
        raise _Overtaken
    before = STEPS.words(paper)
    _date(paper, day, number.number)
    paper.series = number.counter.series
    content = pages.content if pages else _pages_of(paper, by, stamp)
    number.keep()
    reason = f"Số {paper.reference}, ngày {day:%d/%m/%Y}"
    go_out(paper, content, receivers, ("issue", "Phát hành"), before=before, by=by, reason=reason)
    look_at_issued(paper, content)
    for file in signed:
        look_at(keep(file, by=by, kind=Upload.Kind.SIGNED, document=paper))
    return paper


def _date(paper, day, number):
    """Put day and number on ``paper``, not yet stored."""
    paper.year, paper.month, paper.day = day.year, day.month, day.day
    paper.number, paper.reference = number, f"{number:02d}/{paper.symbol}"


def _pages_of(paper, by, stamp) -> bytes:
    """The pages with number and day: those that were signed, where they were. Raises ``Refused`` where they cannot be set, and
    where one of two has not signed yet.
    """
    if pages := moves.signed_pages(paper):
        if pages.missing:
            raise Refused(
                f"Văn bản mới có chữ ký số của {pages.signatures[0][0]}, còn thiếu của {' và '.join(pages.missing)}. Hãy đợi ký "
                "đủ, hoặc trả lại để ký trên giấy."
            )
        content = numbered(paper, pages)
        return stamp(paper, content) if stamp else content
    content, faults = set_pages(paper, user=by)
    if faults:
        raise Refused("Chưa phát hành được: " + "; ".join(fault.message for fault in faults) + ".")
    return content


def ready(paper, day) -> Receivers:
    """Whom ``paper`` goes to on ``day``. Raises ``Refused`` where something is missing, or a group means nobody."""
    _refuse_unready(paper)
    return _receivers(paper, day)


def go_out(paper, content: bytes, receivers: Receivers, told, *, before, by, reason, is_scan=False) -> None:
    """Fix ``paper``, which bears number and day, with the bytes that are kept of it; deliver it, let it take effect.

    ``told``: the slug and the words of the step. Inside a transaction only. Raises ``Refused`` where what it replaces cannot
    be replaced any more.
    """
    paper.state, paper.issued_at, paper.issued_by = State.ISSUED, timezone.now(), by
    paper.save()
    IssuedCopy.objects.create(
        document=paper,
        content=content,
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
        pages=page_count(content),
        is_scan=is_scan,
    )
    STEPS.tell(paper, *told, by=by, before=before, after=STEPS.words(paper), reason=reason)
    _deliver(paper, receivers)
    _take_effect(paper, by)
    tell(paper)


def _refuse_unready(paper):
    """Raise ``Refused`` where words are missing or left open, or nobody is named to get the paper."""
    faults = unready(paper)
    if paper.issuer_unit is None:
        faults.append("chưa chọn cơ quan ban hành nên không biết lấy số ở sổ nào")
    if faults:
        raise Refused("Chưa phát hành được: " + "; ".join(faults) + ". Hãy trả lại cho người soạn để bổ sung.")


def refuse_day(paper, day):
    """Raise ``Refused`` where the body had ended, or the signer held no post, on the day that was chosen."""
    if not paper.issuer_unit.is_alive_on(day):
        raise Refused(
            f"{paper.issuer_unit} không hoạt động vào ngày {day:%d/%m/%Y} ({paper.issuer_unit.years}). "
            "Hãy chọn ngày khác, hoặc trả lại để đổi cơ quan ban hành."
        )
    if paper.signer and not paper.signer_reason and not paper.signer.in_force(day):
        raise Refused(
            f"{paper.signer.official.name} không giữ chức vụ này vào ngày {day:%d/%m/%Y}. "
            "Hãy chọn ngày khác, hoặc trả lại để chọn người ký khác hay ghi lý do."
        )


def _receivers(paper, day):
    """Who gets the paper; raises ``Refused`` where one addressee means nobody, or a duty is nobody's or is over."""
    receivers = receivers_on(paper, day)
    if faults := receivers.faults():
        told = "; ".join(faults)
        raise Refused(
            f"{told[:1].upper()}{told[1:]}. Hãy chọn ngày khác, hoặc trả lại để chọn nơi nhận, đơn vị thực hiện khác."
        )
    for duty in {share.duty_id: share.duty for share in receivers.shares}.values():
        if duty.until and duty.until < day:
            raise Refused(
                f"Nhiệm vụ «{duty}» có hạn {duty.until:%d/%m/%Y}, trước ngày {day:%d/%m/%Y} của văn bản. "
                "Hãy chọn ngày khác, hoặc trả lại để sửa hạn."
            )
    return receivers


def _number(paper, by, day, wanted):
    """The number, under the lock of its series. A leader's leave to run backwards holds for its day and this approval."""
    series = series_for(paper.issuer_unit, NumberSeries.Direction.OUT, paper.type, day)
    if not voice(by).speaks_for(paper, day):
        raise Refused(_not_yet_kept(paper, series, by), "day")
    approved = paper.moves.filter(what=moves.approve.what).values_list("pk", flat=True).first() or 0
    allowed = paper.moves.filter(what=moves.allow_earlier.what, pk__gt=approved, day=day).exists()
    return give(series=series, day=day, symbol=paper.symbol, wanted=wanted, may_run_backwards=allowed)


def _not_yet_kept(paper, series, by):
    """Why the book of another body gives no number for the day that was chosen."""
    if not series.kept_since:
        return whose_words(paper)
    return (
        f"{by.unit} được giao duyệt, cấp số văn bản của {paper.issuer_unit} từ ngày {series.kept_since:%d/%m/%Y}. "
        "Hãy chọn từ ngày đó về sau."
    )


def _deliver(paper, receivers):
    """The paper for each unit that is addressed or has a duty by it, and each one's share of the duties."""
    Delivery.objects.bulk_create([Delivery(document=paper, unit=unit) for unit in receivers.units])
    Assignment.objects.bulk_create(receivers.shares)


def _take_effect(paper, by):
    """What the paper replaces or recalls is replaced or recalled from now on; raises ``Refused`` if it cannot be."""
    for effect in paper.effects.select_related("target"):
        target = locked(effect.target_id)
        if target.state != State.ISSUED:
            raise Refused(
                f"{target.name} đang ở trạng thái «{target.get_state_display()}», "
                f"không {effect.get_kind_display()} được nữa. "
                "Hãy trả lại, bỏ dự thảo này và soạn lại cho văn bản đang còn hiệu lực."
            )
        before, kind = STEPS.words(target), Effect.Kind(effect.kind)
        target.state = Effect.OUTCOME[kind]
        target.save()
        facts = {"before": before, "after": STEPS.words(target), "reason": f"bằng {paper.name}. {effect.reason}"}
        STEPS.tell(target, *_TOLD_OF[kind], by=by, **facts)
        tell(target)
