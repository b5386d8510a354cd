"""The paper on which a unit that nobody acts for scored itself, kept with the sheet that is filled in from it."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from documents.steps.refusing import Refused, refuse_stale

from ..area import keep_scan
from ..log import About
from .actions import STEPS
from .models import SheetPaper
from .rules import turn_of


@transaction.atomic
def attach(sheet, *, by, files, day: date, seen_version: int | None = None) -> SheetPaper:
    """Keep the scan of the paper of ``day``; points are typed into the sheet as ever, which is not sent without it.

    Raises ``Refused``, ``Stale``, ``documents.uploads.UploadRefused``.
    """
    found = STEPS.locked_alone(sheet)
    turn = turn_of(by, found, [])
    if not (turn and turn.on_paper):
        raise Refused(
            f"{found} không phải của đơn vị không còn ai trong chương trình, hoặc đã gửi. Đơn vị có tài khoản thì tự chấm."
        )
    refuse_stale(About.SCORES, found, seen_version)
    if not found.membership.division.begins_on <= day <= timezone.localdate():
        raise Refused(
            f"Ngày trên giấy phải từ đầu năm thi đua ({found.membership.division.begins_on:%d/%m/%Y}) đến hôm nay.",
            "day",
        )
    (scan,) = files
    row = SheetPaper.objects.create(sheet=found, upload=keep_scan(scan, by=by), day=day)
    STEPS.tell(found, "paper", "Gắn bảng tự chấm trên giấy", by=by, after={"Giấy": str(row)}, of=row.pk, day=day)
    return row
