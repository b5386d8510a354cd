"""A paper that another body signed and numbered outside the program comes back: its number, its day, the signed scan.

The bytes that are kept are those of the scan: the program sets no page with a number that it did not give.
"""

import re
from datetime import date

from django.db import transaction
from django.utils import timezone

from ..papers.actions import locked
from ..papers.models.document import Document
from ..papers.models.parts import Move
from ..register.numbers import NumberRefused, bearing, hold_body
from ..source.references import tidy_reference
from ..uploads import UploadRefused, inspect
from .issuing import go_out, ready, refuse_day
from .moves import check, refuse_unseen

# ``1203/UBND-VX``; bodies of the Party write ``45-CV/BTGTU``.
_REFERENCE = re.compile(r"(\d{1,5})([/-])(\S.{0,38})")


def read_reference(text: str) -> tuple[int, str, str]:
    """(number, symbol, both as they are written). Raises ``NumberRefused`` for what is no number with a symbol."""
    found = _REFERENCE.fullmatch(tidy_reference(text))
    if not found or not int(found[1]):
        raise NumberRefused("Hãy ghi đủ số và ký hiệu như trên bản đã ký, ví dụ 1203/UBND-VX.")
    number, symbol = int(found[1]), found[3]
    return number, symbol, f"{number:02d}{found[2]}{symbol}"


@transaction.atomic
def record(document, *, by, reference: str, day: date, scan, seen_version: int | None = None) -> Document:
    """Issue a presented paper with the number and day that its body gave, and ``scan`` (one PDF) as its bytes.

    From then on it is as any issued paper: delivered, its duties given, what it replaces replaced. Raises ``Refused``
    for the step, ``NumberRefused`` for number or day, ``UploadRefused`` for the file.
    """
    content = _content(scan)
    paper = locked(document.pk)
    check(Move.Act.RECORD, paper, by)
    refuse_unseen(paper, seen_version)
    number, symbol, written = read_reference(reference)
    if day > timezone.localdate():
        raise NumberRefused(f"Ngày {day:%d/%m/%Y} chưa đến. Hãy ghi ngày trên bản đã ký.", is_day=True)
    receivers = ready(paper, day)
    refuse_day(paper, day)
    hold_body(paper.issuer_unit)
    _refuse_double(paper, day.year, written, by)
    before = paper.state
    paper.year, paper.month, paper.day = day.year, day.month, day.day
    paper.number, paper.symbol, paper.reference = number, symbol, written
    reason = f"{paper.issuer_name} đã cấp số {written}, ngày {day:%d/%m/%Y}"
    go_out(paper, content, receivers, act=Move.Act.RECORD, before=before, by=by, reason=reason, is_scan=True)
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
    """Raise ``NumberRefused`` where the body gave this number to another paper that the program knows of."""
    other = bearing(paper.issuer_unit, year, written)
    if other is None:
        return
    is_seen = Document.objects.visible_to(by).filter(pk=other.pk).exists()
    which = f": {other.name}, «{other.subject}»" if is_seen else ""
    raise NumberRefused(
        f"Số {written} năm {year} của {paper.issuer_name} đã có trong chương trình{which}. Hãy xem lại số trên bản đã ký; "
        "nếu chính là văn bản này thì nó đã được ghi, hãy trả lại và bỏ dự thảo."
    )
