"""Papers of the store: an order (official letter to the ministry, submission to the head), the minutes of a count.

Source: Nghị định 30/2020/NĐ-CP, Phụ lục III (công văn, tờ trình, biên bản); Luật Thi đua, khen thưởng 2022, Điều 11 (the fund
pays for items), Điều 12 (items of the State are given out by the ministry).
"""

from django.db import transaction

from documents.areas.papers import ISSUED, RECALLED, key_of
from documents.models import Document
from documents.papers.tables import Lists
from documents.source.markdown import said, said_in_head
from documents.source.vietnamese import count_text, full_day
from documents.steps.log import record
from documents.steps.refusing import Refused
from units.permissions import may_keep_store
from units.text import key_or_none

from ..items.models import Due
from ..log import About
from ..records.models import Decision
from .actions import NOT_YOURS
from .counting import differing
from .ledger import with_levels
from .models import OF_COUNT, OF_ORDER, Order, StockCount
from .ordering import State, send, unsend

_QUANTITY = "Số lượng"


@transaction.atomic
def draft_order(order, *, by) -> Document:
    """A draft of the paper of an order, by the unit of ``by``. Raises ``Refused``."""
    order = Order.objects.select_for_update().get(pk=order.pk)
    if not may_keep_store(by):
        raise Refused(NOT_YOURS)
    if order.state not in (State.OPEN, State.SENT):
        raise Refused("Đề nghị này đã xong hoặc đã bỏ nên không soạn văn bản nữa.")
    OF_ORDER.refuse_standing(order.pk)
    lists = Lists()
    type_, body = ("CV", _letter) if order.source == Order.Source.STATE else ("TTr", _submission)
    facts = {
        "subject": said_in_head(order.subject), "to": order.to, "recipients": "Như trên",
        "body": lists.told("\n\n".join(body(order, by, lists))),
    }  # fmt: skip
    if type_ == "TTr":
        # It goes to the head of the own unit, who does not sign what is laid before him.
        facts |= {"signer": None, "capacity": "NGƯỜI TRÌNH", "signer_name": by.full_name}
    document = OF_ORDER.draft(order.pk, by=by, type=type_, issuer=by.unit, facts=facts, appendices=lists.appendices)
    record(About.ORDER, order, f"Soạn {document.type.name.lower()}", by=by, what="write")
    return document


def _lines(order):
    return list(order.lines.select_related("kind"))


def _letter(order, by, lists) -> list[str]:
    """What is asked of the ministry, and by which decisions."""
    unit, lines = said(by.unit.name), _lines(order)
    kinds = [line.kind_id for line in lines]
    short = Due.objects.filter(kind__in=kinds, state=Due.State.SHORT).order_by().values("award__decision")
    decisions = Decision.objects.filter(pk__in=short).order_by("day", "pk")
    body = [
        f"Để có hiện vật trao tặng kèm theo khen thưởng cấp Nhà nước, {unit} kính đề nghị {said(order.to)} cấp các hiện vật sau:",
        lists.table(
            "Hiện vật đề nghị cấp", ["Hiện vật", "Đơn vị tính", _QUANTITY],
            [(line.kind.name, line.kind.measure, line.quantity) for line in lines], right=[_QUANTITY],
        ),
    ]  # fmt: skip
    if named := [(row.number, f"{row.day:%d/%m/%Y}", row.subject) for row in decisions]:
        body += [
            "Hiện vật kèm theo các quyết định khen thưởng sau:",
            lists.table("Quyết định khen thưởng", ["Số, ký hiệu", "Ngày", "Trích yếu"], named),
        ]
    return [*body, f"{unit} kính đề nghị {said(order.to)} xem xét, cấp hiện vật."]


def _submission(order, by, lists) -> list[str]:
    """What is to be bought, and what there is of it now."""
    unit, lines = said(by.unit.name), _lines(order)
    kinds = with_levels(type(lines[0].kind).objects.filter(pk__in=[line.kind_id for line in lines]))
    known = {kind.pk: kind for kind in kinds}
    heads = ["Hiện vật", "Đơn vị tính", "Tồn kho", "Đã giữ", "Chờ cấp", "Đề nghị mua"]
    rows = [(line, known[line.kind_id]) for line in lines]
    cells = [
        (kind.name, kind.measure, kind.on_hand, kind.kept, kind.short + kind.to_print, line.quantity)
        for line, kind in rows
    ]
    return [
        "Căn cứ tồn kho hiện vật và số hiện vật phải cấp theo các quyết định khen thưởng đã ban hành, bộ phận kho hiện vật "
        f"khen thưởng của {unit} đề nghị mua, đặt làm các hiện vật sau:",
        lists.table("Hiện vật đề nghị mua, đặt làm", heads, cells, right=heads[2:]),
        "Kinh phí: quỹ thi đua, khen thưởng (Điều 11 Luật Thi đua, khen thưởng).",
        f"Kính trình {said(order.to)} xem xét, quyết định.",
    ]


@OF_ORDER.heard
def hear_order(document: Document, state: str) -> None:
    """The order is sent when its paper is issued, and open again where that is recalled. Raises ``Refused``."""
    order = Order.objects.filter(pk=key_or_none(key_of(document)) or 0).first()
    if order and state == ISSUED and order.state == State.OPEN:
        send.heard(order, by=document.issued_by)
    elif order and state == RECALLED and order.state == State.SENT:
        unsend.heard(order, by=document.issued_by)


# --- The minutes of a count


@transaction.atomic
def draft_minutes(count, *, by) -> Document:
    """A draft of the minutes of a count that was closed. Raises ``Refused``."""
    count = StockCount.objects.select_for_update().get(pk=count.pk)
    if not may_keep_store(by):
        raise Refused(NOT_YOURS)
    if count.state != StockCount.State.CLOSED:
        raise Refused("Chưa chốt kiểm kê nên chưa soạn được biên bản.")
    OF_COUNT.refuse_standing(count.pk)
    lists = Lists()
    rows = list(count.rows.select_related("kind"))
    people = [line.strip() for line in count.team.replace(";", "\n").splitlines() if line.strip()]
    head, *others = people or [by.full_name]
    body = [
        f"Thời gian kiểm kê: {full_day(count.day)}.",
        f"Địa điểm: kho hiện vật khen thưởng, {said(by.unit.name)}.",
        "Tổ kiểm kê:",
        *(said(one) for one in people or [by.full_name]),
        f"Đã kiểm kê {count_text(len(rows))} loại hiện vật, kết quả như sau:",
        _found(lists, rows),
        *_differences(lists, differing(rows)),
        *([f"Ghi chú: {said(count.note)}."] if count.note else []),
        "Biên bản đã đọc lại cho mọi người cùng nghe, thống nhất ký tên.",
    ]
    facts = {
        "subject": said_in_head(f"Kiểm kê kho hiện vật khen thưởng ngày {count.day:%d/%m/%Y}"),
        "signer": None, "capacity": "TỔ TRƯỞNG", "signer_name": _name(head),
        "second_capacity": "THỦ KHO", "second_signer_name": _name(others[0]) if others else count.by.full_name,
        "body": lists.told("\n\n".join(body)),
    }  # fmt: skip
    document = OF_COUNT.draft(count.pk, by=by, type="BB", issuer=by.unit, facts=facts, appendices=lists.appendices)
    record(About.STOCK_COUNT, count, "Soạn biên bản kiểm kê", by=by, what="write")
    return document


def _name(person) -> str:
    """``Nông Văn A, Phó Giám đốc``: the name."""
    return person.split(",")[0].strip()[:100]


def _found(lists, rows) -> str:
    heads = ["Hiện vật", "Đơn vị tính", "Theo sổ", "Thực có", "Thừa", "Thiếu"]
    cells = [
        (
            row.kind.name, row.kind.measure, row.expected, row.found, max(row.difference, 0) or "–",
            max(-row.difference, 0) or "–",
        )
        for row in rows
    ]  # fmt: skip
    return lists.table("Kết quả kiểm kê", heads, cells, right=heads[2:])


def _differences(lists, rows) -> list[str]:
    if not rows:
        return ["Số thực có của mọi loại khớp với sổ."]
    cells = [(row.kind.name, row.difference_text, row.serials, row.reason) for row in rows]
    has_serials = any(row.serials for row in rows)
    heads = ["Hiện vật", "Chênh lệch", *(["Số hiệu"] if has_serials else []), "Lý do"]
    told = cells if has_serials else [(name, number, reason) for name, number, _, reason in cells]
    return [
        "Chênh lệch và lý do:",
        lists.table("Chênh lệch và lý do", heads, told, right=["Chênh lệch"]),
        "Phần thừa đã ghi phiếu nhập, phần thiếu đã ghi phiếu xuất của sổ kho.",
    ]
