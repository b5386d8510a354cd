"""The letter to the ministry with the list of items of the State that are to be exchanged or given again (Mẫu 4.4).

Sources: Nghị định 85/2014/NĐ-CP, Điều 42 and Mẫu 4.4 (to 30/6/2025; its columns are kept until there is another form); Nghị định
30/2020/NĐ-CP, Phụ lục III (công văn).
"""

from django.db import transaction

from documents.areas.papers import ISSUED, RECALLED, key_of
from documents.models import Document
from documents.papers.tables import Lists
from documents.source.markdown import said, said_in_head
from documents.source.vietnamese import count_text
from documents.steps.refusing import Refused
from units.permissions import may_manage
from units.text import key_or_none

from ..items.models import ItemKind
from .actions import State, in_a_letter, missing, send, unsend
from .models import OF_BATCH, Batch, ItemCase

MINISTRY = "Bộ Nội vụ"


@transaction.atomic
def write_list(keys, *, by) -> Document:
    """A draft of the letter with the list of the cases ``keys``. Raises ``Refused``."""
    if not may_manage(by):
        raise Refused("Danh sách gửi Bộ Nội vụ do Sở Nội vụ lập.")
    rows = ItemCase.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk")
    cases = list(rows.select_related("award__type", "award__decision", "award__unit"))
    if not cases:
        raise Refused("Hãy chọn ít nhất một hồ sơ.")
    for case in cases:
        _refuse(case)
    batch = Batch.objects.create(by=by)
    ItemCase.objects.filter(pk__in=[case.pk for case in cases]).update(batch=batch)
    lists = Lists()
    facts = {
        "subject": said_in_head("đề nghị cấp đổi, cấp lại hiện vật khen thưởng"), "to": MINISTRY, "recipients": "Như trên",
        "body": lists.told("\n\n".join(_body(cases, by, lists))),
    }  # fmt: skip
    return OF_BATCH.draft(batch.pk, by=by, type="CV", issuer=by.unit, facts=facts, appendices=lists.appendices)


def _refuse(case):
    if not case.is_of_state:
        raise Refused(f"{case}: hiện vật do tỉnh cấp, không gửi Bộ Nội vụ.")
    if case.state != State.CONFIRMED:
        raise Refused(f"{case}: «{case.get_state_display()}». Chỉ gửi hồ sơ đã đối chiếu, chưa gửi.")
    if in_a_letter(case):
        raise Refused(f"{case}: đã có trong công văn khác. Hãy dùng công văn đó, hoặc bỏ công văn đó trước.")
    if old := missing(case):
        raise Refused(f"{case}: cấp đổi phải gửi kèm hiện vật cũ, chưa nhận lại {', '.join(old)}.")


def _body(cases, by, lists) -> list[str]:
    unit = said(by.unit.name)
    exchanged = [case for case in cases if case.is_exchange]
    body = [
        f"{unit} đã đối chiếu hồ sơ lưu và xác nhận {count_text(len(cases))} trường hợp đề nghị cấp đổi, cấp lại hiện vật khen "
        "thưởng cấp Nhà nước như sau:",
    ]
    for title, rows in (("cấp đổi", exchanged), ("cấp lại", [case for case in cases if not case.is_exchange])):
        if rows:
            body += [
                f"Danh sách đề nghị {title} hiện vật khen thưởng:",
                lists.table(f"Danh sách đề nghị {title} hiện vật khen thưởng", _HEADS, [_row(case) for case in rows]),
            ]
    if exchanged:
        body.append("Hiện vật cũ gửi kèm theo.")
    return [*body, f"{unit} kính đề nghị {MINISTRY} xem xét, giải quyết."]


_HEADS = [
    "Họ và tên, tên tập thể", "Chức vụ, đơn vị, địa chỉ", "Danh hiệu, hình thức", "Số, ngày quyết định", "Hiện vật", "Lý do",
]  # fmt: skip


def _row(case):
    award = case.award
    kinds = [row.due.kind for row in case.items.select_related("due__kind")]
    # What is bought here (frames, boxes) is not asked of the ministry.
    asked = [kind for kind in kinds if kind.source == ItemKind.Source.STATE] or kinds
    items = "; ".join(kind.name for kind in asked)
    why = case.get_why_display().removeprefix("Đổi do ").removeprefix("Cấp lại do ")
    return award.name, award.post, award.title, f"{award.decision.number}, {award.decided_on:%d/%m/%Y}", items, why


@OF_BATCH.heard
def hear_list(document: Document, state: str) -> None:
    """Its cases lie before the ministry when the letter is issued, and no more where it is recalled. Raises ``Refused``."""
    cases = ItemCase.objects.filter(batch=key_or_none(key_of(document)) or 0).order_by("pk")
    if state == ISSUED:
        for case in cases.filter(state=State.CONFIRMED):
            send.heard(case, by=document.issued_by, number=document.reference, day=document.dated)
    elif state == RECALLED:
        for case in cases.filter(state=State.SENT):
            unsend.heard(case, by=document.issued_by)
