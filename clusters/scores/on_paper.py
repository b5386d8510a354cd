"""The paper on which a unit that nobody acts for scored itself, kept with the sheet that is filled in from it."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from documents.steps.log import record
from documents.steps.refusing import Refused, refuse_stale

from ..area import keep_scan
from ..criteria.actions import leaves_of
from ..log import About
from .actions import held_sheet
from .models import SheetPaper
from .turns import turn_of


def gives_from_paper(user, sheet) -> bool:
    """Whether ``user`` fills in ``sheet`` from the paper of its unit now."""
    turn = turn_of(user, sheet, leaves_of(sheet.set))
    return turn is not None and turn.on_paper


@transaction.atomic
def attach(sheet, *, by, files, day: date, seen: int | None = None) -> SheetPaper:
    """Keep the scan of the paper of ``day``; points are typed into the sheet as ever, which is not sent without it.

    Raises ``Refused``, ``Stale``, ``documents.uploads.UploadRefused``.
    """
    found = held_sheet(sheet)
    if not gives_from_paper(by, found):
        raise Refused(
            f"{found} không phải của đơn vị không còn ai trong chương trình, hoặc đã gửi. Đơn vị có tài khoản thì tự chấm."
        )
    refuse_stale(About.SCORES, found, seen)
    if not found.membership.division.begins_on <= day <= timezone.localdate():
        raise Refused(
            f"Ngày trên giấy phải từ đầu năm thi đua ({found.membership.division.begins_on:%d/%m/%Y}) đến hôm nay.",
            "day",
        )
    (scan,) = files
    row = SheetPaper.objects.create(sheet=found, upload=keep_scan(scan, by=by), day=day)
    record(About.SCORES, found, "Gắn bảng tự chấm trên giấy", by=by, before={}, after={"Giấy": str(row)})
    return row
