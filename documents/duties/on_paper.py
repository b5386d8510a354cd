"""What units that nobody acts for answered and reported on paper: recorded by the sender of the paper, with scan and day."""

from datetime import date, datetime, time

from django.db import transaction
from django.utils import timezone

from units.acting import left_alone
from units.text import clean

from ..deliveries.actions import keep_answer, may_follow_up
from ..deliveries.models import Answer, Delivery
from ..papers.models import Document
from ..steps.refusing import Refused
from .actions import STEPS, keep_report
from .models import Assignment


def may_record(user, document, unit_id: int) -> bool:
    """Whether ``user`` records what the unit ``unit_id`` said to ``document`` on paper."""
    return (
        may_follow_up(user, document) and document.state == Document.State.ISSUED and unit_id in left_alone([unit_id])
    )


@transaction.atomic
def record_answer(delivery, *, by, files, day: date, words: str = "") -> Answer:
    """Keep the answer that the unit gave on paper on ``day``; the first answer's day stays.

    Raises ``Refused``, ``documents.uploads.UploadRefused``.
    """
    rows = Delivery.objects.select_for_update(of=("self",)).select_related("document", "unit")
    found = rows.get(pk=delivery.pk)
    _refuse(by, found.document, found.unit, files, day)
    facts = {"words": clean(words).strip(), "files": files, "answered_at": _begin(day), "on_paper": day}
    return keep_answer(found, "answer_on_paper", "Ghi trả lời trên giấy", by=by, **facts)


@transaction.atomic
def record_report(assignment, *, by, files, day: date, words: str = "") -> Assignment:
    """Keep what the unit reported on paper on ``day``: the duty is done since then.

    Raises ``Refused``, ``documents.uploads.UploadRefused``.
    """
    found = STEPS.locked(assignment)
    _refuse(by, found.duty.document, found.unit, files, day)
    words = clean(words).strip()
    told = keep_report(found, by=by, words=words, files=files, done_at=_begin(day), on_paper=day)
    STEPS.store(found)
    STEPS.tell(found, "report_on_paper", "Ghi báo cáo trên giấy", by=by, after=told, day=day)
    return found


def _begin(day) -> datetime:
    """The paper tells no hour."""
    return timezone.make_aware(datetime.combine(day, time()))


def _refuse(by, document, unit, files, day):
    if not may_record(by, document, unit.pk):
        raise Refused(
            f"Chỉ đơn vị gửi văn bản ghi thay, và chỉ ghi thay đơn vị không còn ai trong chương trình. {unit} có tài khoản "
            "(hoặc đơn vị kế thừa có) thì tự trả lời, báo cáo; văn bản đã thu hồi, thay thế thì không ghi nữa."
        )
    if not files:
        raise Refused("Hãy gắn bản quét của giấy.", "files")
    if not document.dated <= day <= timezone.localdate():
        raise Refused(
            f"Ngày trên giấy phải từ ngày văn bản ({document.dated:%d/%m/%Y}) đến hôm nay. Hãy xem lại.", "day"
        )
