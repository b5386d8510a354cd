"""The pages of an approved paper on their way: given out, signed here or elsewhere, numbered, stamped.

Source: Nghị định 30/2020/NĐ-CP, Điều 13 (who signs), 15 (number and day), 18 (the office signs, then the paper goes out).
"""

from functools import cache

from django.db import transaction
from django.utils import timezone

from ..form import rules
from ..papers.models import Document
from ..printing.pages import set_pages
from ..source.vietnamese import day_text, month_text, number_text
from ..steps.refusing import Refused
from . import looks, places, writing
from .comparing import begins_with, only_signed_since, words_covered
from .holders import is_of_person, of_unit
from .keys import name_in, refuse_unfit
from .looking import Trust, refuse_untrusted, signatures
from .models import PagesToSign, SignatureLook, TrustedCertificate
from .signers import look_of, signers_of
from .times import time_source

NO_PICTURE = "Chưa có hình chữ ký của {}. Người quản trị thêm ở Quản trị → Hình chữ ký, con dấu."
NOT_THESE = (
    "Tệp này không phải tệp trang để ký đã tải ở đây rồi ký thêm: phần đã duyệt không còn nguyên. Hãy tải lại trang để ký, ký số "
    "lên đúng tệp ấy (không in, không lưu lại bằng chương trình khác) rồi gửi."
)
CHANGED = (
    "Tệp này có thêm hoặc đổi thứ khác ngoài chữ ký (chữ, trang, hình): không còn là văn bản đã duyệt. Hãy tải lại trang để ký "
    "và ký số lên đúng tệp ấy."
)
COVERED = (
    "Hình chữ ký trong tệp che mất chữ: «{}». Hãy ký lại, đặt hình vào khoảng trống giữa chức vụ và họ tên người ký."
)
LOCKED = (
    "Chữ ký trong tệp khóa văn bản, không cho văn thư ghi số và ngày. Hãy ký lại, chọn kiểu ký thường (không chọn «chứng nhận», "
    "«khóa tệp sau khi ký»)."
)
NO_SIGNATURE = "Tệp này chưa có chữ ký số nào. Hãy ký số rồi gửi lại."


def trusted() -> list[Trust]:
    """The certificates that the office trusts."""
    return [Trust(row.der, row.since, row.until) for row in TrustedCertificate.objects.all()]


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


def sign_here(pages: PagesToSign, key, *, by) -> str:
    """Sign ``pages`` with ``key`` (``documents.signing.keys``) at the place of the signer whose key it is; gives whose.

    Raises ``Refused`` for a certificate that is no signer's, has ended, may not sign or is of nobody whom the office trusts,
    and where there is no picture.
    """
    document = pages.document
    found = signers_of(document)
    refuse_unfit(key.signing_cert, [one.name for one in found])
    refuse_untrusted(key, trusted())
    name = name_in(key.signing_cert)
    # Where both are of one name, whose signature is not there yet.
    mine = [one for one in found if is_of_person(name, one.name)]
    signer = next((one for one in mine if not one.has_signed(pages)), mine[0])
    if signer.look is None:
        raise Refused(NO_PICTURE.format(signer.name))
    content, base, wide = bytes(signer.look.content), _to_go_on_from(pages, signer, found), float(signer.look.wide)
    box = places.signature(base, _ruling(document), wide, looks.high_of(looks.size_of(content), wide), signer.mark)
    drawn = looks.picture(content, box.wide, box.high, f"Chữ ký của {signer.name}")
    signed = writing.sign(base, key, signer.field, box, drawn, time_source())
    _keep_signed(pages, signed, {signer: name}, by)
    return name


def _to_go_on_from(pages, signer, signers) -> bytes:
    """The bytes behind which ``signer`` signs: with the signature of the other, where that is there. Raises ``Refused``."""
    if not any(one.has_signed(pages) for one in signers if one != signer):
        return bytes(pages.given)
    if signer.has_signed(pages):
        raise Refused("Hai người đã ký số các trang này. Cần ký lại thì trả lại văn bản rồi duyệt, ký từ đầu.")
    return bytes(pages.signed)


def take_signed(pages: PagesToSign, content: bytes, *, by) -> list[str]:
    """Take back the pages that were signed in another program; gives whose certificates signed.

    Raises ``Refused`` where they are not those that were given out with nothing but signatures added, where a signature is not
    whole or not trusted, and where one that was there before is missing.
    """
    given = bytes(pages.given)
    if not begins_with(content, given):
        raise Refused(NOT_THESE, "file")
    found = signatures(content, trusted())
    if not found:
        raise Refused(NO_SIGNATURE, "file")
    if not only_signed_since(content, given):
        raise Refused(CHANGED, "file")
    if bad := next((one for one in found if one.trouble), None):
        raise Refused(f"Chữ ký của {bad.name}: {bad.trouble}. Hãy ký lại trên tệp tải ở đây.", "file")
    signed = _whose(pages, [one.name for one in found])
    if covered := words_covered(content, given, _words_beside(pages.document)):
        raise Refused(COVERED.format(covered), "file")
    _refuse_locked(content, given)
    _keep_signed(pages, content, signed, by)
    return list(signed.values())


def _words_beside(document) -> str:
    """The words above and below where signatures stand: posts and names."""
    paper = document.as_paper()
    blocks = filter(None, (paper.signature, paper.second_signature))
    return " ".join(" ".join([*block.capacity, block.name]) for block in blocks)


def _whose(pages, names) -> dict:
    """{signer: the name on the certificate} of those of the paper's signers that ``names`` are for. Raises ``Refused``."""
    signers, left, found = signers_of(pages.document), list(names), {}
    for signer in signers:
        name = next((name for name in left if is_of_person(name, signer.name)), None)
        if name is not None:
            found[signer] = name
            left.remove(name)
    if not found:
        wanted = " hay ".join(one.name for one in signers)
        raise Refused(f"Tệp do {', '.join(names)} ký, không phải {wanted}. Hãy gửi tệp do đúng người ký.", "file")
    if len(signers) > 1 and (lost := [one.name for one in signers if one.has_signed(pages) and one not in found]):
        raise Refused(f"Tệp này thiếu chữ ký của {lost[0]} đã ký trước. Hãy tải lại trang để ký rồi ký tiếp.", "file")
    return found


def _refuse_locked(content, given):
    """Raise ``Refused`` where a signature forbids what follows: number and day in their blanks."""
    empty = looks.words(["0"], 10, 10)
    tried = {blank.name: ("0", empty) for blank in places.prepared(given)}
    if tried and not all(one.is_allowed for one in signatures(writing.filled(content, tried))):
        raise Refused(LOCKED, "file")


@transaction.atomic
def _keep_signed(pages, content, signed, by):
    """Store signed pages, unless the words changed, the paper was issued or somebody else signed meanwhile.

    ``signed``: {signer: the name on the certificate}.
    """
    document = Document.objects.select_for_update(of=("self",)).get(pk=pages.document_id)
    row = PagesToSign.objects.select_for_update().filter(pk=pages.pk).first()
    if row is None or bytes(row.given) != bytes(pages.given) or document.state != Document.State.APPROVED:
        raise Refused("Văn bản vừa được trả lại, sửa hoặc phát hành. Hãy tải lại trang.")
    if (row.at, row.second_at) != (pages.at, pages.second_at):
        raise Refused("Người khác vừa ký số văn bản này. Hãy tải lại trang rồi ký.")
    row.signed, now = content, timezone.now()
    for signer, name in signed.items():
        if signer.is_second:
            row.second_name, row.second_by, row.second_at = name[:200], by, now
        else:
            row.name, row.by, row.at = name[:200], by, now
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
    drawn, values = cache(looks.words_of_one_line), {}
    for blank in places.prepared(given):
        text = words[blank.what]
        values[blank.name] = (text, drawn(text, *_in_blank(blank, ruling)))
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


def _in_blank(blank, ruling) -> tuple:
    """(width, height, size, whether italic, to which side) of what stands in a blank: the number close to what follows it, in
    the letters of its line.
    """
    is_head = blank.name == f"{places.NUMBER}-1"
    size = ruling.number.used if is_head else ruling.body.used
    align = "right" if blank.what == places.NUMBER else "center"
    return round(blank.box.wide, 2), round(blank.box.high, 2), size, not is_head, align


def stamped(pdf: bytes, document, key, look: SignatureLook) -> bytes:
    """``pdf`` signed for the body that issues it, its stamp over a third of the person's signature, at its left.

    Raises ``Refused`` for a certificate that is not the body's, has ended or may not sign.
    """
    body = document.issuer_unit
    refuse_unfit(key.signing_cert, [body.name, document.issuer_name], is_of=of_unit(body))
    refuse_untrusted(key, trusted())
    content, wide = bytes(look.content), float(look.wide)
    own = look_of(document)
    signature_wide = float(own.wide) if own else places.WIDE
    high = looks.high_of(looks.size_of(bytes(own.content)), signature_wide) if own else places.HIGH
    signed = places.signature(pdf, _ruling(document), signature_wide, high)
    box = places.stamp(signed, wide, looks.high_of(looks.size_of(content), wide))
    drawn = looks.picture(content, box.wide, box.high, f"Con dấu của {document.issuer_unit}")
    return writing.sign(pdf, key, writing.OFFICE, box, drawn, time_source())
