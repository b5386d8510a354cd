"""A paper that another body signed and numbered outside the program comes back: its number, its day, the signed scan.

The bytes that are kept are those of the scan: the program sets no page with a number that it did not give.
"""

import re
from datetime import date

from django.db import transaction
from django.utils import timezone

from ..papers.models import Document
from ..register.numbers import bearing, hold_body
from ..source.references import tidy_reference
from ..steps.refusing import Refused
from ..uploads import UploadRefused, inspect
from . import actions as moves
from .issuing import go_out, ready, refuse_day

# ``1203/UBND-VX``; bodies of the Party write ``45-CV/BTGTU``.
_REFERENCE = re.compile(r"(\d{1,5})([/-])(\S.{0,38})")


def read_reference(text: str) -> tuple[int, str, str]:
    """(number, symbol, both as they are written). Raises ``Refused`` for what is no number with a symbol."""
    found = _REFERENCE.fullmatch(tidy_reference(text))
    if not found or not int(found[1]):
        raise Refused("Hãy ghi đủ số và ký hiệu như trên bản đã ký, ví dụ 1203/UBND-VX.", "reference")
    number, symbol = int(found[1]), found[3]
    return number, symbol, f"{number:02d}{found[2]}{symbol}"


@transaction.atomic
def record(document, *, by, reference: str, day: date, scan, seen_version: int | None = None) -> Document:
    """Issue a presented paper with the number and day that its body gave, and ``scan`` (one PDF) as its bytes.

    From then on it is as any issued paper: delivered, its duties given, what it replaces replaced. Raises ``Refused``
    for the step, for number or day, and for the file.
    """
    content = _content(scan)
    paper = moves.record.ready(document, by=by, seen_version=seen_version)
    number, symbol, written = read_reference(reference)
    if day > timezone.localdate():
        raise Refused(f"Ngày {day:%d/%m/%Y} chưa đến. Hãy ghi ngày trên bản đã ký.", "day")
    receivers = ready(paper, day)
    refuse_day(paper, day)
    hold_body(paper.issuer_unit)
    _refuse_double(paper, day.year, written, by)
    before = moves.STEPS.words(paper)
    paper.year, paper.month, paper.day = day.year, day.month, day.day
    paper.number, paper.symbol, paper.reference = number, symbol, written
    reason = f"{paper.issuer_name} đã cấp số {written}, ngày {day:%d/%m/%Y}"
    told = ("record", "Ghi số đã cấp, phát hành")
    go_out(paper, content, receivers, told, before=before, by=by, reason=reason, is_scan=True)
    return paper


def _content(scan) -> bytes:
    """The bytes of the signed scan, looked into. Raises ``UploadRefused`` for what is no PDF."""
    facts = inspect(scan)
    if facts.extension != "pdf":
        raise UploadRefused(
            f"Tệp «{facts.name}» không phải PDF. Bản đã ký là văn bản được giữ và chuyển đi: hãy quét, hoặc in ảnh, thành một "
            "tệp PDF rồi gửi."
        )
    scan.seek(0)
    return scan.read()


def _refuse_double(paper, year, written, by):
    """Raise ``Refused`` where the body gave this number to another paper that the program knows of."""
    other = bearing(paper.issuer_unit, year, written)
    if other is None:
        return
    is_seen = Document.objects.visible_to(by).filter(pk=other.pk).exists()
    which = f": {other.name}, «{other.subject}»" if is_seen else ""
    raise Refused(
        f"Số {written} năm {year} của {paper.issuer_name} đã có trong chương trình{which}. Hãy xem lại số trên bản đã ký; "
        "nếu chính là văn bản này thì nó đã được ghi, hãy trả lại và bỏ dự thảo.",
        "reference",
    )
