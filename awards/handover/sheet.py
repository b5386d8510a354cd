"""What is printed at the counter: the handover sheet with two names, labels of parcels and shelves.

Source: Nghị định 30/2020/NĐ-CP, Phụ lục III, Mẫu 1.9 (biên bản).
"""

from collections import Counter

from django.conf import settings
from django.utils import timezone
from django.utils.html import format_html

from documents import typesetting
from documents.envelopes.labels import Label, labels
from documents.form.signs import spelled
from documents.models import DocumentType
from documents.papers.rules import begin
from documents.papers.tables import table
from documents.source.markdown import said
from documents.source.vietnamese import count_text, full_day
from documents.typesetting.qr import qr

from .models import Handover

# The code stands at the right of the last part of the sheet.
_BEFORE = '<div class="recipients">'
# By post the receiver writes the own name.
_BY_HAND = "." * 30
# The post office gives it after the sheet is in the parcel.
_TO_WRITE = "." * 20
_CLOSING = {
    False: "Hai bên đã kiểm đếm, đúng số lượng, tình trạng ghi ở trên. Biên bản lập thành hai bản, mỗi bên giữ một bản.",
    True: "Bên nhận kiểm đếm khi nhận, xác nhận trên chương trình hoặc ký, gửi lại một bản; mỗi bên giữ một bản.",
}
_HEADS = ["Tập thể, cá nhân được khen", "Hiện vật", "Số hiệu", "Số lượng", "Tình trạng"]


def lines_of(handover):
    """The lines of a handover with what is printed of each. One query."""
    return handover.lines.select_related("due__kind", "due__award__type", "due__award__decision")


def sheet_of(handover) -> bytes:
    """The handover sheet as PDF. Raises as ``typesetting.to_pdf`` does."""
    lines = list(lines_of(handover))
    paper = begin(by=handover.giver, type=DocumentType.objects.get(code="BB"), issuer=handover.giver.unit)
    paper.subject = "Giao nhận hiện vật khen thưởng"
    paper.signer = None
    paper.capacity, paper.signer_name = "NGƯỜI GIAO", handover.giver.full_name
    by_post = handover.way == Handover.Way.POST
    paper.second_capacity, paper.second_signer_name = "NGƯỜI NHẬN", _BY_HAND if by_post else spelled(handover.receiver)
    paper.recipients = f"{handover.giver.unit}\n{handover.unit}"
    # Names and remarks are others' words: a sign that no font has is told by its code.
    paper.body = spelled("\n\n".join(_body(handover, lines, by_post)))
    html = typesetting.typeset(paper.as_paper([]), DocumentType.objects.catalogue(), today=handover.day)
    return typesetting.to_pdf(html.replace(_BEFORE, f"{_code(handover)}{_BEFORE}", 1))


def _body(handover, lines, by_post):
    day, unit, giver = full_day(handover.day), said(handover.unit.name), handover.giver
    took = f"{said(handover.receiver)}, {said(handover.post)}" if handover.post else said(handover.receiver)
    yield f"Hôm nay, {day}, hai bên gồm:"
    yield f"Bên giao: {said(giver.unit.name)}; người giao: {said(giver.full_name)}."
    if by_post:
        parcel = said(handover.parcel) or _TO_WRITE
        yield f"Bên nhận: {unit}; gửi qua bưu chính, số hiệu bưu gửi {parcel}, nơi nhận: {took}."
    else:
        letter = f"; giấy giới thiệu, ủy quyền: {said(handover.letter)}" if handover.letter else ""
        yield f"Bên nhận: {unit}; người nhận: {took}{letter}."
    did = "gửi bên nhận" if by_post else "giao, bên nhận đã nhận"
    yield f"Theo phiếu xuất kho {handover.movement}, bên giao đã {did} {count_text(len(lines))} hiện vật khen thưởng:"
    has_serials, has_remarks = any(line.serial for line in lines), any(line.remark for line in lines)
    shown = [True, True, has_serials, True, has_remarks]
    rows = [
        (line.due.award.name, line.due.kind.name, line.serial, f"01 {line.due.kind.measure}", line.remark or "Tốt")
        for line in lines
    ]
    heads = [head for head, is_shown in zip(_HEADS, shown, strict=True) if is_shown]
    yield table(heads, [[cell for cell, is_shown in zip(row, shown, strict=True) if is_shown] for row in rows])
    yield f"Cộng: {said(totals(lines))}."
    if handover.note:
        yield f"Ghi chú: {said(handover.note)}."
    yield _CLOSING[by_post]
    if handover.confirmed_at:
        at = timezone.localtime(handover.confirmed_at)
        yield f"Bên nhận đã xác nhận trên chương trình: {said(handover.confirmed_by.full_name)}, {at:%H:%M %d/%m/%Y}."


def totals(lines) -> str:
    """``Bằng khen 12, Khung 12``: how many of each kind."""
    found = Counter(line.due.kind.name for line in lines)
    return ", ".join(f"{name} {number}" for name, number in found.items())


def _code(handover):
    drawn = qr(handover.public_address, "Mã tra cứu biên bản", size="22mm")
    block = (
        '<div style="float: right; width: 62mm; margin-top: 6pt; font-size: 9pt; line-height: 1.15">'
        '<div style="float: right; margin-left: 2mm">{}</div><p>{}: quét mã để kiểm tra biên bản này.</p></div>'
    )
    return format_html(block, drawn, handover.movement)


def parcel_labels(notices) -> bytes:
    """Labels of the parcels of ``notices``, eight an A4."""
    rows = [
        Label(
            notice.unit.name,
            (
                f"{notice.number} hiện vật",
                f"Nhận: {timezone.localtime(notice.slot):%H:%M %d/%m/%Y}" if notice.slot else "",
                notice.round.subject,
            ),
            qr(notice.public_address, "Mã thông báo", size="30mm"),
        )
        for notice in notices
    ]
    return labels(rows, "Nhãn gói hàng")


def post_label(handover) -> bytes:
    """The label of one parcel that goes by post."""
    lines = (
        handover.unit.address,
        f"Nơi nhận: {handover.receiver}",
        f"Bưu gửi: {handover.parcel or _TO_WRITE}" if handover.way == Handover.Way.POST else "",
        f"Từ: {handover.giver.unit}",
        str(handover.movement),
    )
    code = qr(handover.public_address, "Mã giao nhận", size="30mm")
    return labels([Label(handover.unit.name, lines, code)], "Nhãn bưu gửi")


def shelf_labels(kinds) -> bytes:
    """Labels of the places of ``kinds`` in the store; the code opens the card of the kind."""
    rows = [Label(kind.name, (kind.code, kind.place), qr(_card_of(kind), "Mã thẻ kho", size="30mm")) for kind in kinds]
    return labels(rows, "Nhãn giá, kệ")


def _card_of(kind) -> str:
    return f"{settings.PUBLIC_ADDRESS}{kind.get_absolute_url()}"
