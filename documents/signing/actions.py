"""The pages of an approved paper on their way: given out, signed here or elsewhere, numbered, stamped.

Source: Nghị định 30/2020/NĐ-CP, Điều 13 (who signs), 15 (number and day), 18 (the office signs, then the paper goes out).
"""

from django.db import transaction
from django.utils import timezone

from ..form import rules
from ..papers.models import Document
from ..printing.pages import set_pages
from ..source.vietnamese import day_text, month_text, number_text
from ..steps.refusing import Refused
from . import looks, places, writing
from .comparing import begins_with
from .keys import is_for, name_in, refuse_unfit
from .looking import signatures
from .models import PagesToSign, SignatureLook, TrustedCertificate

NO_PICTURE = "Chưa có hình chữ ký của {}. Người quản trị thêm ở Quản trị → Hình chữ ký, con dấu."
NOT_THESE = (
    "Tệp này không phải tệp trang để ký đã tải ở đây rồi ký thêm: phần đã duyệt không còn nguyên. Hãy tải lại trang để ký, ký số "
    "lên đúng tệp ấy (không in, không lưu lại bằng chương trình khác) rồi gửi."
)
NO_SIGNATURE = "Tệp này chưa có chữ ký số nào. Hãy ký số rồi gửi lại."


def trusted() -> list[bytes]:
    """The certificates that the office trusts."""
    return [row.der for row in TrustedCertificate.objects.all()]


def look_of(document) -> SignatureLook | None:
    """The picture of the signature of who signs ``document``; None where the office keeps none: then it is signed on paper."""
    if document.signer_id is None:
        return None
    return SignatureLook.objects.filter(official=document.signer.official_id).first()


def stamp_of(document) -> SignatureLook | None:
    """The stamp of the body that issues ``document``; None where the office keeps none."""
    return SignatureLook.objects.filter(unit=document.issuer_unit_id).first() if document.issuer_unit_id else None


def standing(document, approval: int | None) -> PagesToSign | None:
    """The pages that were given out for the words of ``document`` as they were approved by the step ``approval``; else None."""
    return PagesToSign.objects.filter(document=document, version=document.version, approval=approval or 0).first()


@transaction.atomic
def given(document, approval: int, *, user) -> PagesToSign:
    """The pages of an approved paper to be signed, set once: who fetches them twice gets the same bytes.

    Raises ``Refused`` where they cannot be set.
    """
    Document.objects.select_for_update(of=("self",)).get(pk=document.pk)
    if found := standing(document, approval):
        return found
    pdf, faults = set_pages(document, user=user, fillable=True)
    if faults:
        raise Refused("Chưa dựng được trang để ký: " + "; ".join(fault.message for fault in faults) + ".")
    content = writing.prepare(pdf, places.blanks(pdf, _ruling(document)))
    PagesToSign.objects.filter(document=document).delete()
    return PagesToSign.objects.create(document=document, approval=approval, version=document.version, given=content)


def _ruling(document):
    return rules.in_force(document.date.for_rules(timezone.localdate(document.created_at)))


def sign_here(pages: PagesToSign, key, *, by) -> None:
    """Sign ``pages`` with ``key`` (``documents.signing.keys``).

    Raises ``Refused`` for a certificate that is not the signer's, has ended or may not sign, and where there is no picture.
    """
    document = pages.document
    refuse_unfit(key.signing_cert, [document.signer_name])
    look = look_of(document)
    if look is None:
        raise Refused(NO_PICTURE.format(document.signer_name))
    content, base = bytes(look.content), bytes(pages.given)
    high = looks.high_of(looks.size_of(content), float(look.wide))
    box = places.signature(base, _ruling(document), float(look.wide), high)
    drawn = looks.picture(content, box.wide, box.high, f"Chữ ký của {document.signer_name}")
    signed = writing.sign(base, key, writing.PERSON, box, drawn, writing.time_source())
    _keep_signed(pages, signed, name_in(key.signing_cert), by)


def take_signed(pages: PagesToSign, content: bytes, *, by) -> None:
    """Take back the pages that were signed in another program. Raises ``Refused`` where they are not those that were given
    out with nothing but signatures added, or where the last signature is not the signer's or is not whole.
    """
    if not begins_with(content, bytes(pages.given)):
        raise Refused(NOT_THESE, "file")
    found = signatures(content, trusted())
    if not found:
        raise Refused(NO_SIGNATURE, "file")
    for one in found:
        if not (one.is_whole and one.is_allowed) or one.faults:
            why = one.faults or "nội dung đã ký không còn nguyên vẹn"
            raise Refused(f"Chữ ký của {one.name}: {why}. Hãy ký lại trên tệp tải ở đây.", "file")
    names = [one.name for one in found]
    if not any(is_for(name, pages.document.signer_name) for name in names):
        raise Refused(
            f"Tệp do {', '.join(names)} ký, không phải {pages.document.signer_name}. Hãy gửi tệp do đúng người ký.",
            "file",
        )
    _keep_signed(pages, content, names[0], by)


@transaction.atomic
def _keep_signed(pages, content, name, by):
    """Store signed pages, unless the words changed while somebody signed."""
    row = PagesToSign.objects.select_for_update().filter(pk=pages.pk).first()
    if row is None or bytes(row.given) != bytes(pages.given):
        raise Refused("Văn bản vừa được trả lại hoặc sửa. Hãy tải lại trang.")
    row.signed, row.name, row.by, row.at = content, name, by, timezone.now()
    row.save()


def numbered(document, pages: PagesToSign) -> bytes:
    """The signed pages with the number and day of ``document``, not yet stored, in the blanks that were left for them.

    Raises ``Refused`` where the pages bear another day, month or year.
    """
    given = bytes(pages.given)
    ruling = _refuse_other_day(pages.document, document)
    words = {
        places.NUMBER: number_text(document.number),
        places.DAY: day_text(document.day),
        places.MONTH: month_text(document.month),
    }
    shown = {blank: words[blank.what] for blank in places.blanks(given, ruling)}
    values = {blank.name: (text, _in_blank(text, blank, ruling)) for blank, text in shown.items()}
    return writing.filled(bytes(pages.signed), values)


def _refuse_other_day(approved, dated):
    """The rules by which the pages of ``approved`` were set. Raises ``Refused`` where they bear another date than ``dated``."""
    written = approved.date
    year = written.year or timezone.localdate(approved.created_at).year
    told = [("ngày", written.day, dated.day), ("tháng", written.month, dated.month), ("năm", year, dated.year)]
    for name, printed, chosen in told:
        if printed and printed != chosen:
            raise Refused(
                f"Trang đã ký số ghi {name} {printed}. Hãy chọn ngày đúng {name} ấy, hoặc trả lại để sửa và ký lại.",
                "day",
            )
    return _ruling(approved)


def _in_blank(text, blank, ruling) -> bytes:
    """``text`` as it stands in a blank: the number close to what follows it, in the letters of its line."""
    is_head = blank.name == f"{places.NUMBER}-1"
    size = ruling.number.used if is_head else ruling.body.used
    align = "right" if blank.what == places.NUMBER else "center"
    return looks.words([text], blank.box.wide, blank.box.high, size, italic=not is_head, align=align)


def stamped(pdf: bytes, document, key, look: SignatureLook) -> bytes:
    """``pdf`` signed for the body that issues it, its stamp over a third of the person's signature, at its left.

    Raises ``Refused`` for a certificate that is not the body's, has ended or may not sign.
    """
    refuse_unfit(key.signing_cert, [document.issuer_unit.name, document.issuer_name])
    content, wide = bytes(look.content), float(look.wide)
    own = look_of(document)
    signature_wide = float(own.wide) if own else places.WIDE
    high = looks.high_of(looks.size_of(bytes(own.content)), signature_wide) if own else places.HIGH
    signed = places.signature(pdf, _ruling(document), signature_wide, high)
    box = places.stamp(signed, wide, looks.high_of(looks.size_of(content), wide))
    drawn = looks.picture(content, box.wide, box.high, f"Con dấu của {document.issuer_unit}")
    return writing.sign(pdf, key, writing.OFFICE, box, drawn, writing.time_source())
