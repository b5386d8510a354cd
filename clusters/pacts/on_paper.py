"""What parties that nobody acts for did on paper: recorded by who runs the year, with its scan and its day.

Nobody acts for a party without an account in it, or in a living unit that it went into (``units.acting``).
"""

from datetime import date

from django.db import transaction
from django.utils import timezone

from documents.steps.refusing import Refused
from units.acting import left_alone
from units.permissions import may_manage

from ..area import keep_scan
from .actions import settle, signature
from .models import PactFile, Party
from .parties import is_told, party_held, store_results, store_signature, void_signature
from .steps import PARTIES_FOR, Act, held, note

ACTS_ITSELF = (
    "{} có tài khoản (hoặc đơn vị kế thừa có) nên tự ghi. Chỉ ghi thay đơn vị không còn ai trong chương trình."
)


@transaction.atomic
def record(
    pact, *, by, party: Party, name: str, title: str, day: date, files, seen_version: int | None = None
) -> Party:
    """Record the signature that ``party`` gave on paper. Raises ``Refused``, ``Stale``, ``documents.uploads.UploadRefused``."""
    found = held(Act.RECORD, pact, by, seen_version=seen_version)
    row = found.parties.select_related("membership__unit").get(pk=party.pk)
    row.pact = found
    if row not in PARTIES_FOR[Act.RECORD](found, by):
        raise Refused(_why_not(row), "party")
    store_signature(found, row, by, name=name, title=title, day=day)
    paper = _keep(row, PactFile.About.SIGNATURE, files, day, by)
    note(found, f"Ghi chữ ký trên giấy của {row}", by, {}, {f"Chữ ký: {row}": f"{signature(row)}; {paper.upload.name}"})
    settle(found, by)
    return row


def _why_not(party) -> str:
    if party.signed_on:
        return f"{party} đã ký ngày {party.signed_on:%d/%m/%Y}. Mỗi bên chỉ ký một lần."
    if not party.is_waited_for:
        return f"{party} không còn là bên ký của giao ước này."
    return ACTS_ITSELF.format(party)


@transaction.atomic
def unrecord(pact, *, by, party: Party, reason: str, seen_version: int | None = None) -> Party:
    """Take back a signature that was recorded from paper by mistake; the pact waits for it. Raises ``Refused``, ``Stale``."""
    found = held(Act.UNRECORD, pact, by, reason, seen_version)
    row = next((row for row in PARTIES_FOR[Act.UNRECORD](found, by) if row.pk == party.pk), None)
    if row is None:
        raise Refused("Bên này không có chữ ký ghi từ bản giấy. Hãy tải lại trang.", "party")
    void_signature(found, row, by, f"Bỏ chữ ký trên giấy đã ghi của {row}", reason)
    return row


def may_report_for(party, user) -> bool:
    """Whether ``user`` records from paper what ``party`` reached."""
    return may_manage(user) and is_told(party) and bool(left_alone([party.membership.unit_id]))


@transaction.atomic
def report_for(party, results, *, by, files, day: date | None, seen_version: int | None = None) -> Party:
    """Store what ``party`` reached, as its paper of ``day`` says. Without ``files`` the paper that was kept before holds.

    Raises ``Refused``, ``Stale``, ``documents.uploads.UploadRefused``.
    """
    pact, row = party_held(party)
    if not may_report_for(row, by):
        raise Refused(ACTS_ITSELF.format(row))
    if not files and paper_of(row, PactFile.About.RESULTS) is None:
        raise Refused("Hãy gắn bản quét giấy báo kết quả của đơn vị.", "files")
    store_results(pact, row, results, by, seen_version)
    if files:
        _refuse_day(day, pact)
        paper = _keep(row, PactFile.About.RESULTS, files, day, by)
        note(pact, f"Ghi kết quả trên giấy của {row}", by, {}, {"Giấy": f"{paper.upload.name}, ngày {day:%d/%m/%Y}"})
    return row


def _refuse_day(day, pact):
    if day is None:
        raise Refused("Hãy ghi ngày trên giấy báo kết quả.", "day")
    if not pact.signed_on <= day <= timezone.localdate():
        raise Refused(
            f"Ngày trên giấy phải từ ngày các bên ký đủ ({pact.signed_on:%d/%m/%Y}) đến hôm nay. Hãy xem lại.", "day"
        )


def paper_of(party, about) -> PactFile | None:
    """The paper of ``party`` that holds."""
    return party.papers.filter(about=about, void=False).select_related("upload__by").last()


def _keep(party, about, files, day, by) -> PactFile:
    """Keep the scan; one of the same kind that was kept before is void."""
    (scan,) = files
    party.papers.filter(about=about).update(void=True)
    upload = keep_scan(scan, by=by)
    return PactFile.objects.create(pact=party.pact, party=party, about=about, day=day, upload=upload)
