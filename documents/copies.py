"""New drafts made of papers that exist: a plain copy, the paper that takes the place of another, the letter that recalls it."""

from django.db import transaction

from .actions import save_draft
from .citations import long_form
from .drafts import begin
from .models import Addressee, Appendix, Document, DocumentType, Duty, Effect
from .moves import MoveRefused
from .types import OFFICIAL_LETTER

# What a copy takes over: the words and facts, not the number, the day or who wrote it.
_COPIED = [
    "type", "issuer_unit", "issuer_name", "issuer", "superior", "symbol", "place", "subject", "urgency", "circulation",
    "authority_line", "bases", "to", "recipients", "archive", "signer", "capacity", "signer_name", "second_capacity",
    "second_signer_name", "contact", "body",
]  # fmt: skip


def _copied(paper, by):
    """An unsaved draft with the words of ``paper``, and its parts."""
    draft = Document(author=by, unit=by.unit, **{name: getattr(paper, name) for name in _COPIED})
    appendices = [
        Appendix(title=row.title, orientation=row.orientation, body=row.body) for row in paper.appendices.all()
    ]
    addressees = [Addressee(key=row.key, label=row.label) for row in paper.addressees.all()]
    duties = [Duty(clause=row.clause, words=row.words, keys=row.keys, until=row.until) for row in paper.duties.all()]
    return draft, {"appendices": appendices, "addressees": addressees, "duties": duties}


@transaction.atomic
def copy(paper, *, by) -> Document:
    """A new draft with the words of ``paper``, one of ours in any state."""
    draft, parts = _copied(paper, by)
    return save_draft(draft, by=by, **parts)


@transaction.atomic
def replace(paper, *, by, reason: str) -> Document:
    """A draft of the same form that takes the place of ``paper`` when it is issued (NĐ 30/2020, Điều 18)."""
    _refuse(paper, by, reason, "thay thế")
    draft, parts = _copied(paper, by)
    draft.area, draft.area_key = paper.area, paper.area_key
    save_draft(draft, by=by, **parts)
    Effect.objects.create(paper=draft, target=paper, kind=Effect.Kind.REPLACES, reason=reason.strip())
    return draft


@transaction.atomic
def recall(paper, *, by, reason: str) -> Document:
    """The draft of a letter that recalls ``paper`` when it is issued, to everybody who got it (NĐ 30/2020, Điều 18)."""
    _refuse(paper, by, reason, "thu hồi")
    draft = begin(by=by, type=DocumentType.objects.get(code=OFFICIAL_LETTER), issuer=paper.issuer_unit)
    draft.subject = f"thu hồi {paper.name[:1].lower()}{paper.name[1:]}"
    draft.to = paper.to or "\n".join(row.label for row in paper.addressees.all())
    draft.body = (
        f"{paper.issuer_name} thu hồi {long_form(paper)}.\n\nLý do: {reason.strip().rstrip('.')}.\n\n"
        "Đề nghị các cơ quan, đơn vị đã nhận văn bản nêu trên gửi trả lại bản giấy; đối với bản điện tử, hủy bỏ văn bản "
        "trên hệ thống và không sử dụng kể từ ngày nhận được công văn này."
    )
    addressees = [Addressee(key=row.key, label=row.label) for row in paper.addressees.all()]
    draft = save_draft(draft, by=by, addressees=addressees)
    Effect.objects.create(paper=draft, target=paper, kind=Effect.Kind.RECALLS, reason=reason.strip())
    return draft


def _refuse(paper, by, reason, what):
    """Raise ``MoveRefused`` where ``paper`` cannot be replaced or recalled by ``by``."""
    if not paper.is_ours or paper.state != Document.State.ISSUED:
        raise MoveRefused(f"Chỉ {what} được văn bản đã ban hành và đang còn hiệu lực.")
    if paper.unit_id not in by.inherited_units and not by.is_administrator:
        raise MoveRefused(f"Chỉ đơn vị đã soạn mới {what} được văn bản này.")
    if not reason.strip():
        raise MoveRefused(f"Hãy ghi lý do {what}.")
