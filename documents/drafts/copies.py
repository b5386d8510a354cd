"""New drafts made of papers that exist: a plain copy, the paper that takes the place of another, the letter that recalls it."""

from django.db import transaction
from django.utils import timezone

from ..citations.rules import long_form
from ..papers.actions import save_draft
from ..papers.models import TYPED, Addressee, Appendix, Document, DocumentType, Duty, Effect
from ..papers.rules import begin, issuers_for
from ..source.markdown import said, said_in_head
from ..source.types import OFFICIAL_LETTER
from ..steps.refusing import Refused

# What a copy takes over: the words and facts; not the number, the day, who wrote it or why an unlikely signer was chosen.
_COPIED = [*(name for name in TYPED if name != "signer_reason"), "issuer_name"]
# What belongs to the body that issues, and not to the words.
_HEAD = [
    "issuer_unit", "issuer_name", "issuer", "superior", "symbol", "place", "authority_line", "archive", "signer", "capacity",
    "signer_name", "second_capacity", "second_signer_name", "contact",
]  # fmt: skip
# Keys of lists that a unit keeps for itself.
OWN_LISTS = "danh-sach:"


def _copied(paper, by):
    """An unsaved draft with the words of ``paper``, and its parts."""
    draft = Document(author=by, unit=by.unit, **{name: getattr(paper, name) for name in _COPIED})
    appendices = [
        Appendix(title=row.title, type_id=row.type_id, orientation=row.orientation, body=row.body)
        for row in paper.appendices.all()
    ]
    addressees = [Addressee(key=row.key, label=row.label) for row in paper.addressees.all()]
    duties = [Duty(clause=row.clause, words=row.words, keys=row.keys, until=row.until) for row in paper.duties.all()]
    return draft, {"appendices": appendices, "addressees": addressees, "duties": duties}


@transaction.atomic
def copy(paper, *, by) -> Document:
    """A new draft with the words of ``paper``, one of ours in any state.

    Who may not write for its body gets the words under the own head, and none of the lists that others keep.
    """
    draft, parts = _copied(paper, by)
    if not issuers_for(by).filter(pk=paper.issuer_unit_id).exists():
        own = begin(by=by, type=paper.type, issuer=by.unit)
        for name in _HEAD:
            setattr(draft, name, getattr(own, name))
        parts["addressees"] = [row for row in parts["addressees"] if not row.key.startswith(OWN_LISTS)]
        for duty in parts["duties"]:
            duty.keys = [key for key in duty.keys if not key.startswith(OWN_LISTS)]
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
    draft.subject = said_in_head(f"thu hồi {paper.name[:1].lower()}{paper.name[1:]}")
    draft.to = paper.to or "\n".join(row.label for row in paper.addressees.all())
    draft.body = (
        f"{said(paper.issuer_name)} thu hồi {said(long_form(paper))}.\n\nLý do: {said(reason).rstrip('.')}.\n\n"
        "Đề nghị các cơ quan, đơn vị đã nhận văn bản nêu trên gửi trả lại bản giấy; đối với bản điện tử, hủy bỏ văn bản "
        "trên hệ thống và không sử dụng kể từ ngày nhận được công văn này."
    )
    draft = save_draft(draft, by=by, addressees=_receivers(paper))
    Effect.objects.create(paper=draft, target=paper, kind=Effect.Kind.RECALLS, reason=reason.strip())
    return draft


def _receivers(paper):
    """Every unit that has ``paper`` in its hands, or the units that came of it, one by one: groups may mean others today."""
    today, found = timezone.localdate(), {}
    waiting = [row.unit for row in paper.deliveries.select_related("unit")]
    while waiting:
        unit = waiting.pop(0)
        if unit.is_alive_on(today):
            found[unit.pk] = unit
        else:
            waiting += [row.successor for row in unit.successions.select_related("successor") if row.successor]
    return [Addressee(key=f"don-vi:{unit.code}", label=unit.name) for unit in found.values()]


def _refuse(paper, by, reason, what):
    """Raise ``Refused`` where ``paper`` cannot be replaced or recalled by ``by``."""
    if not paper.is_ours or paper.state != Document.State.ISSUED:
        raise Refused(f"Chỉ {what} được văn bản đã ban hành và đang còn hiệu lực.")
    if not paper.is_of(by):
        raise Refused(f"Chỉ đơn vị đã soạn mới {what} được văn bản này.")
    if not reason.strip():
        raise Refused(f"Hãy ghi lý do {what}.")
    pending = paper.affected_by.pending().first()
    if pending:
        raise Refused(
            f"Đang có dự thảo {pending.get_kind_display()} văn bản này, do {pending.paper.author} soạn. "
            "Hãy sửa tiếp dự thảo đó, hoặc bỏ nó rồi làm lại."
        )
