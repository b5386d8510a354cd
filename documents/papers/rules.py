"""How a new paper begins: what the program can fill in before the officer types the first word; what is never kept here."""

import re

from django.db.models import Q
from django.utils import timezone

from units.models import Unit
from units.permissions import PROVINCE_WRITERS

from ..source import authority
from ..source.bases import bases_on
from .models import Document, Usual


def issuers_for(user):
    """The bodies whose papers ``user`` may draft: the own unit; for Sở Nội vụ also the one above and those of the province."""
    own = Q(pk=user.unit_id)
    # The bodies of the province have no officers of their own.
    if user.role in PROVINCE_WRITERS:
        own |= Q(subordinates=user.unit_id) | Q(kind=Unit.Kind.PROVINCE)
    return Unit.objects.filter(own).alive_on(timezone.localdate()).distinct()


def usual_of(user, issuer) -> Usual:
    """What ``user`` has papers of ``issuer`` begin with; a row not stored where nothing was set."""
    found = Usual.objects.filter(by=user, issuer=issuer).select_related("signer__official").first()
    return found or Usual(by=user, issuer=issuer)


def begin(*, by, type, issuer, day=None, usual=None) -> Document:
    """An unsaved draft of ``type`` for ``issuer`` with everything in it that follows from the two, from the day (today) and
    from what ``by`` set once (``usual``, where that was asked already).
    """
    day, usual = day or timezone.localdate(), usual or usual_of(by, issuer)
    signer = _signer(issuer, type, day, usual)
    draft = Document(
        type=type,
        unit=by.unit,
        author=by,
        issuer_unit=issuer,
        issuer_name=issuer.name,
        issuer="\n".join(issuer.issuer_lines),
        superior="\n".join(issuer.superior_lines),
        symbol=symbol_for(type, issuer, by.unit, usual.section),
        place=issuer.place,
        year=day.year,
        month=day.month,
        archive=usual.archive or archive_for(issuer, by.unit, usual.section),
        signer=signer,
        capacity="\n".join(signer.lines) if signer else "",
        signer_name=signer.official.name if signer else "",
        contact=usual.contact,
    )
    _begin_form(draft, type, day, usual)
    return draft


def signs_as_usual(type) -> bool:
    """Whether papers of ``type`` are signed by whom a person has sign: a decision by who decides, minutes by who was there."""
    return type.form not in ("decision", "minutes")


def _signer(issuer, type, day, usual):
    """Who signs a paper of ``type`` for ``issuer`` on ``day``; a decision is signed by the head where there is one."""
    if usual.signer and signs_as_usual(type) and usual.signer.in_force(day):
        return usual.signer
    terms = issuer.terms.in_force(day).select_related("official").order_by("capacity", "-since", "pk")
    return authority.decider(terms) if type.form == "decision" else terms.last()


# Who drafts where no section is known: the office of the body.
OFFICE = "VP"


def section_of(issuer, unit, own="") -> str:
    """The section that a letter of ``issuer`` names: the person's ``own``, else that of the body, else the unit that writes."""
    other = unit.symbol if unit.pk != issuer.pk else ""
    return own or issuer.letter_section or other


def symbol_for(type, issuer, unit, own="") -> str:
    """``SNV-TĐKT`` for an official letter, ``QĐ-UBND`` for a type with a name (NĐ 30/2020, Phụ lục I, mục II.3).

    ``own`` is the section of the person; without one that which ``issuer`` keeps, the unit that writes it, or its office.
    """
    body = issuer.symbol or "…"
    return f"{body}-{section_of(issuer, unit, own) or OFFICE}" if type.form == "letter" else f"{type.code}-{body}"


def archive_for(issuer, unit, own="") -> str:
    """Where a paper of ``issuer`` that ``unit`` writes is kept: ``VT, TĐKT`` (NĐ 30/2020, Phụ lục I, mục II.9.b)."""
    if issuer.archive and not own:
        return issuer.archive
    other = unit.letter_section or (OFFICE if unit.pk == issuer.pk else unit.symbol or unit.short_name or unit.name)
    return f"VT, {own or other}"


def bases_for(type, issuer, unit, day, proposer="") -> str:
    """The legal bases that a decision of ``day`` begins with, one a line: the laws in force, and on whose proposal."""
    if type.form != "decision":
        return ""
    proposal = [] if type.code == "NQ" else [proposal_for(issuer, unit, proposer)]
    return "\n".join([*bases_on(day, issuer), *proposal])


PROPOSED = "Theo đề nghị của "


def proposal_for(issuer, unit, own="") -> str:
    """The last of the legal bases of a decision: on whose proposal it is made; ``own`` is whom the person names."""
    head = authority.with_body(authority.head_of(unit), unit.name) if unit.pk != issuer.pk else ""
    return f"{PROPOSED}{own or issuer.proposer or head or 'bộ phận phụ trách thi đua, khen thưởng'}"


# What Nơi nhận begins with where whom the paper goes to stands above (mục II.9.b).
AS_ABOVE = "Như trên"
# Whose last article says who carries a decision out (Mẫu 1.1, 1.2).
_ARTICLES = "**Điều 1.** …\n\n**Điều 2.** …\n\n**Điều 3.** Quyết định này có hiệu lực thi hành kể từ ngày ký."


def _begin_form(draft, type, day, usual):
    """What a model form has that the others have not."""
    if type.names_receivers_above:
        draft.recipients = AS_ABOVE
    elif type.form == "decision":
        draft.authority_line = authority.line_for(draft.issuer_unit, draft.signer)
        draft.bases = bases_for(type, draft.issuer_unit, draft.unit, day, usual.proposer)
        draft.recipients = "Như Điều 3"
        draft.body = _ARTICLES
    elif type.form == "minutes":
        draft.place = ""
        draft.second_capacity, draft.capacity = "THƯ KÝ", "CHỦ TỌA"
        draft.second_signer_name = draft.author.full_name


_MARK = re.compile(r"(?<!\w)(TUYỆT MẬT|TỐI MẬT|MẬT)(?!\w)")


# Words that make another word of it: "bí mật", "mật ong".
_OTHER_BEFORE = re.compile(
    r"(?<!\w)(?:BÍ|BẢO|CƠ|THÂN|CHẶT|MÃ|HỘI|ĐƯỜNG|RỈ|PHẤN|TUẦN TRĂNG|DỊCH|TÚI|ỐNG)\s+$", re.IGNORECASE
)


_OTHER_BEHIND = re.compile(
    r"\s+(?:ONG|MÃ|ĐỘ|KHẨU|THÁM|THIẾT|HIỆU|THƯ|ƯỚC|LỆNH|DANH|NGHỊ|HOA|MÍA|VỤ)(?!\w)", re.IGNORECASE
)


_WORD_BEFORE = re.compile(r"(\w+),?[ \t\u00a0]+$")


_WORD_BEHIND = re.compile(r",?[ \t\u00a0]+(\w+)")


NOT_HERE = (
    "Chương trình này không lưu văn bản mật, và chưa lưu gì của văn bản vừa nhập. Hãy đăng ký văn bản vào sổ văn bản mật "
    "của cơ quan và giao người quản lý bí mật nhà nước, theo Luật Bảo vệ bí mật nhà nước năm 2018; không chụp, không nhập "
    "nội dung vào máy tính nối mạng."
)


MARKED = (
    "Có dấu độ mật «{}». Chương trình này không lưu văn bản mật: hãy đăng ký vào sổ văn bản mật của cơ quan "
    "(Luật Bảo vệ bí mật nhà nước năm 2018). Nếu đây không phải độ mật, hãy viết chữ thường."
)


def secret_mark(text: str, *, whole_line=False) -> str:
    """The mark of secrecy that ``text`` bears, in capitals; nothing if none. ``whole_line``: only where it is all of a line."""
    texts = [line for line in text.split("\n") if _MARK.fullmatch(line.strip("*_# ."))] if whole_line else [text]
    marks = (found for text in texts for found in _MARK.finditer(text) if _stands_out(text, found))
    return next((found[1] for found in marks), "")


def _stands_out(text, found) -> bool:
    """Whether capitals make it a mark: not in a title all in capitals, unless it begins the text or stands between marks."""
    before, behind = text[: found.start()], text[found.end() :]
    if _OTHER_BEFORE.search(before) or _OTHER_BEHIND.match(behind):
        return False
    if not before.strip():
        return True
    words = [word[1] for word in (_WORD_BEFORE.search(before), _WORD_BEHIND.match(behind)) if word]
    return not words or any(word != word.upper() for word in words)
