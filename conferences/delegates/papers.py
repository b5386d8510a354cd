"""The list of delegates and the report on their composition, beside the other papers of a conference.

Source: Nghị định 30/2020/NĐ-CP, Phụ lục III, Mẫu 1.4 (thông báo, báo cáo); credentials reports of the nation's congresses.
"""

from django.db.models import Count

from documents.models import Appendix
from documents.papers.tables import table
from documents.source.markdown import said
from documents.source.vietnamese import count_text
from documents.steps.refusing import Refused
from units.permissions import may_oversee

from ..events.held_papers import REPORTED
from ..events.models import Event, Paper, Role
from ..events.page import MORE
from ..events.papers import named, when, writes
from ..events.rules import counted
from . import rules
from .models import Delegate

_STATES = (*Event.COMING, *Event.DONE)
_GROUPS = {Role.OFFICIAL: "Đại biểu chính thức", Role.GUEST: "Khách mời", Role.RESERVE: "Đại biểu dự khuyết"}


def list_behind(event) -> list[Appendix]:
    """The list of those who are counted, as appendices: each role its own, by delegation."""
    found = []
    for role, title in _GROUPS.items():
        groups = rules.rows_for_paper(event, role)
        several = any(delegation for delegation, _ in groups)
        heads = [*(["Đoàn"] if several else []), *rules.HEADS]
        rows = [(*([delegation] if several else []), *row) for delegation, own in groups for row in own]
        if rows:
            title = f"Danh sách {title.lower()} dự {named(event)}"
            found.append(Appendix(title=title, body=table(heads, rows), orientation=Appendix.Orientation.LANDSCAPE))
    return found


@writes(Paper.DELEGATES, "TB", "Danh sách đại biểu", _STATES)
def _delegates(event, by, lists):
    behind = list_behind(event)
    if not behind:
        raise Refused("Chưa có đại biểu nào. Hãy lập danh sách đại biểu trước khi soạn.")
    found = rules.composition(event)
    number = [f"{count_text(found.official)} đại biểu chính thức"]
    number += [f"{count_text(found.guests)} khách mời"] if found.guests else []
    number += [f"{count_text(found.reserves)} đại biểu dự khuyết"] if found.reserves else []
    body = [
        f"{said(event.unit.name)} thông báo danh sách đại biểu dự {said(named(event))}, {when(event)}, tại "
        f"{said(event.place or '[địa điểm]')}: {', '.join(number)} (danh sách kèm theo).",
        "Đại biểu vắng mặt, thay đổi, đề nghị báo Ban Tổ chức trước ngày hội nghị.",
    ]
    facts = {"subject": f"danh sách đại biểu dự {named(event)}", "body": body}
    return facts | {"recipients": "Đại biểu có tên trong danh sách", "appendices": behind}


@writes(Paper.COMPOSITION, "BC", "Báo cáo cơ cấu, thành phần đại biểu", _STATES)
def _composition(event, by, lists):
    found = rules.composition(event)
    if not found.official:
        raise Refused("Chưa có đại biểu chính thức nào. Hãy lập danh sách đại biểu trước khi soạn.")
    total = found.official + found.guests
    body = [
        f"Kính thưa Hội nghị! Ban Tổ chức báo cáo số lượng, cơ cấu, thành phần đại biểu dự {said(named(event))} như sau:",
        "# I. SỐ LƯỢNG",
        f"Tổng số đại biểu: {count_text(total)}; đại biểu chính thức {count_text(found.official)}"
        + (f", thuộc {count_text(found.delegations)} đoàn" if found.delegations else "")
        + (f"; khách mời {count_text(found.guests)}." if found.guests else "."),
        "# II. CƠ CẤU, THÀNH PHẦN ĐẠI BIỂU CHÍNH THỨC",
        table(_heads(found), _rows(found), right=["Số đại biểu", "Tỷ lệ"]),
        _ages(found),
        *_short(found),
    ]
    return {
        "subject": f"số lượng, cơ cấu, thành phần đại biểu dự {named(event)}",
        "body": body,
        "recipients": "Hội nghị",
    }


def _asks(found) -> bool:
    return any(line.wanted is not None for line in found.traits)


def _heads(found):
    return list(found.HEADS if _asks(found) else found.HEADS[:3])


def _rows(found):
    return [row if _asks(found) else row[:3] for row in found.table()]


def _ages(found) -> str:
    if found.oldest is None:
        return ""
    return f"Đại biểu cao tuổi nhất {found.oldest} tuổi, trẻ nhất {found.youngest} tuổi."


def _short(found):
    if not _asks(found):
        return []
    if not found.short:
        return ["Cơ cấu đại biểu bảo đảm theo kế hoạch."]
    # A figure and its sign stay on one line.
    told = "; ".join(f"{line.words} {line.percent} (kế hoạch {line.asked})" for line in found.short).replace(
        " %", "\u00a0%"
    )
    return [f"Chưa đạt cơ cấu theo kế hoạch: {told}."]


# --- In the report of the conference, and when it is noted who came


def _sent_up(event, lists):
    """Whom it chose for the conferences above."""
    rows = (
        Delegate.objects.filter(delegation__source=event).counted().select_related("delegation__event", "award__type")
    )
    rows = list(rows.order_by("delegation", "sort_text", "pk"))
    if not rows:
        return
    target = rows[0].delegation.event
    yield f"Hội nghị chọn cử {count_text(len(rows))} đại biểu dự {said(named(target))}:"
    cells = [
        (
            row.name,
            ", ".join(filter(None, [row.post, row.workplace])),
            f"{row.award.title} năm {row.award.year}" if row.award_id else row.reason,
        )
        for row in rows
    ]
    yield lists.table(f"Đại biểu được cử dự {named(target)}", ["Họ và tên", "Chức vụ, đơn vị", "Khen thưởng"], cells)


def _came(event) -> dict[str, int]:
    """{role: how many were let in at the door}."""
    rows = Delegate.objects.filter(event=event, first_scan__isnull=False).order_by()
    return dict(rows.values_list("role").annotate(number=Count("pk")))


def _on_page(event, user):
    """How many were chosen for the conference above, for who may see them there."""
    rows = Delegate.objects.filter(delegation__source=event).counted().order_by().select_related("delegation")
    if (may_oversee(user) or event.is_kept_by(user)) and (number := rows.count()):
        yield "Cử lên cấp trên", f"{number} đại biểu", rows[0].delegation.get_absolute_url()


REPORTED.append(_sent_up)
MORE.append(_on_page)
counted.append(_came)
