"""The summary report of a plan with its figures, and the letter to the units that are late.

Sources: Nghị định 30/2020/NĐ-CP, Phụ lục III, Mẫu 1.4 (báo cáo), Mẫu 1.5 (công văn).
"""

from django.db import transaction
from django.utils import timezone

from campaigns.campaign.papers import letter_to
from documents.areas.papers import ISSUED, Papers
from documents.citations.rules import long_form
from documents.models import Document
from documents.papers.tables import Lists
from documents.source.markdown import said, said_in_head
from documents.source.vietnamese import count_text, full_day
from documents.steps.refusing import Refused
from units.figures import figure_text
from units.permissions import may_manage

from ..area import CONFERENCES
from ..events.models import Event
from ..plans.models import Plan
from .results import PEOPLE, figures_of
from .rules import Standing, asked_units, called, congress_of, event_of, late_words, standing_of, windows_of

SUMMARY = Papers(CONFERENCES, "tong-hop-hoi-nghi")
REMINDER = Papers(CONFERENCES, "don-doc-hoi-nghi")
# Stays open in the draft: whoever writes it says what the tables cannot.
BLANK = "…"


def _held(plan, by) -> Plan:
    """The plan, locked. Raises ``Refused`` for who does not write for the department, and for one that is a draft."""
    found = Plan.objects.select_for_update(of=("self",)).select_related("document__type").get(pk=plan.pk)
    if not may_manage(by):
        raise Refused("Báo cáo, đôn đốc theo kế hoạch do Sở Nội vụ làm.")
    if found.state == Plan.State.DRAFT:
        raise Refused("Kế hoạch này chưa ban hành. Hãy ban hành kế hoạch trước.")
    return found


# --- The summary


@transaction.atomic
def draft_summary(plan, *, by) -> Document:
    """A draft of the report on what became of a plan. Raises ``Refused``."""
    plan = _held(plan, by)
    SUMMARY.refuse_second(plan.pk)
    lists, levels = Lists(), windows_of(plan)
    body = lists.told("\n\n".join(_summary(plan, levels, by, lists)))
    facts = {"subject": said_in_head(f"kết quả thực hiện {_named(plan)}"), "body": body}
    facts["recipients"] = "Hội đồng Thi đua - Khen thưởng tỉnh\nCác đơn vị tổ chức hội nghị"
    return SUMMARY.draft(plan.pk, by=by, type="BC", issuer=by.unit, facts=facts, appendices=lists.appendices)


def _named(plan) -> str:
    """``kế hoạch tổ chức …``: its name goes on within a sentence."""
    return f"kế hoạch tổ chức {plan.name}"


def _basis(plan) -> str:
    return f"Thực hiện {said(long_form(plan.document))}" if plan.document else f"Thực hiện {said(_named(plan))}"


def _summary(plan, levels, by, lists):
    figures = figures_of(plan, levels)
    rows = list(asked_units(plan, levels).order_by("closes_on", "sort_text", "pk"))
    whole = figures.all
    yield (
        f"{_basis(plan)}, {said(by.unit.name)} báo cáo tình hình tổ chức đến {full_day(timezone.localdate())} như sau:"
    )
    yield "# I. TÌNH HÌNH TỔ CHỨC"
    yield (
        f"Kế hoạch đề nghị {count_text(whole.asked)} đơn vị tổ chức; đã tổ chức {count_text(whole.held)} đơn vị, đạt "
        f"{whole.percent or '0'}%; đã báo cáo kết quả {count_text(whole.of(Standing.REPORTED))} đơn vị; quá hạn "
        f"{count_text(whole.late)} đơn vị. Hội nghị dừng tổ chức không tính là đã tổ chức."
    )
    for title, heads, found in figures.tables[:2]:
        yield f"## {title}"
        yield _table(lists, title, heads, found)
    yield "## Số người dự, kinh phí so với kế hoạch"
    yield _table(lists, "Số người dự, kinh phí so với kế hoạch", PEOPLE, figures.tables[2][2])
    yield from _congress(plan, by)
    yield "# II. RÚT GỌN, HOÃN, DỪNG"
    yield from _changes(rows, lists)
    yield "# III. ĐƠN VỊ QUÁ HẠN"
    yield from _late(rows, lists)
    yield "# IV. KẾT QUẢ CỦA CÁC ĐƠN VỊ"
    yield _units(rows, levels, lists)
    yield from (
        "# V. ĐÁNH GIÁ",
        "## 1. Ưu điểm",
        BLANK,
        "## 2. Tồn tại, hạn chế và nguyên nhân",
        BLANK,
        "# VI. ĐỀ XUẤT",
        BLANK,
    )


def _table(lists, title, heads, found) -> str:
    rows = [(line.name, *map(figure_text, cells)) for line, cells in found]
    return lists.table(title, ["Cấp", *heads], rows, right=heads, numbered=False)


def _congress(plan, by):
    event = congress_of(plan, by)
    if event is None:
        return
    when = {
        Event.State.STOPPED: f"dừng tổ chức từ ngày {event.stopped_on:%d/%m/%Y}"
        if event.stopped_on
        else "dừng tổ chức",
    }.get(event.state, f"đã tổ chức ngày {event.held_on:%d/%m/%Y}" if event.held_on else f"dự kiến ngày {event.span}")
    yield f"{said(event.name)}: {when}{f', tại {said(event.place)}' if event.place else ''}."


def _changes(rows, lists):
    told = []
    for row in rows:
        event = event_of(row)
        stopped = event.stopped_for if event else ""
        for what, why in (("Rút gọn", row.reduced_for), ("Hoãn", row.postponed_for), ("Dừng", stopped or None)):
            if why is not None:
                told.append((called(row), what, why))
    if not told:
        yield "Không có đơn vị nào rút gọn, hoãn, dừng."
        return
    yield lists.table("Đơn vị rút gọn, hoãn, dừng", ["Đơn vị", "Thay đổi", "Lý do"], told)


def _late(rows, lists):
    late = [(called(row), late_words(row)) for row in rows if row.is_late]
    if not late:
        yield "Không có đơn vị nào quá hạn."
        return
    yield lists.table("Đơn vị quá hạn", ["Đơn vị", "Việc quá hạn"], late)


def _units(rows, levels, lists) -> str:
    names = {level.pk: level.name for level in levels}
    heads = ["Đơn vị", "Cấp", "Hình thức", "Ngày", "Tình hình"]
    found = [(called(row), names.get(row.level_key, ""), *_told(event_of(row))) for row in rows]
    return lists.table("Kết quả của các đơn vị", heads, found)


def _told(event):
    """Form, day and how far it is of a conference that there may be."""
    if event is None:
        return "", "", Standing.NOT_BEGUN.label
    return event.get_form_display(), f"{event.held_on or event.day:%d/%m/%Y}", standing_of(event.state).label


# --- The letter to those that are late


@transaction.atomic
def draft_reminder(plan, *, by) -> Document:
    """A draft of a letter to the units that are late, with what each is late with. Raises ``Refused``."""
    plan = _held(plan, by)
    today = timezone.localdate()
    # No letter reaches a unit that has ended.
    units = [row for row in late_units(plan) if row.is_alive_on(today)]
    if not units:
        raise Refused("Không có đơn vị nào còn hoạt động bị quá hạn. Không phải đôn đốc đơn vị nào.")
    REMINDER.refuse_second(plan.pk)
    lists = Lists()
    rows = [(called(row), late_words(row)) for row in units]
    listed = lists.table("Đơn vị quá hạn", ["Đơn vị", "Việc quá hạn"], rows)
    letter = letter_to(
        units,
        subject=f"đôn đốc tổ chức, báo cáo {said_in_head(plan.name)}",
        title="Đơn vị quá hạn",
        body=lambda meant: lists.told(_reminding(plan, meant, listed)),
    )
    letter["appendices"] = lists.appendices
    return REMINDER.draft(plan.pk, by=by, type="CV", issuer=by.unit, **letter)


def late_units(plan) -> list:
    """The units that are late, those whose window closed first before others. One query beside that for the windows."""
    rows = asked_units(plan, windows_of(plan)).filter(is_late=True)
    return list(rows.order_by("closes_on", "sort_text", "pk"))


def _reminding(plan, meant, listed) -> str:
    return "\n\n".join(
        [
            f"{_basis(plan)}, các đơn vị tổ chức hội nghị và báo cáo kết quả trong thời gian quy định. "
            f"Đến nay còn {meant} quá hạn:",
            listed,
            "Hình thức tổ chức do đơn vị lựa chọn, quyết định. Đề nghị các đơn vị khẩn trương tổ chức, ghi và gửi báo cáo trên "
            "phần mềm; trường hợp phải hoãn, rút gọn hoặc dừng thì đề nghị trên phần mềm, nêu rõ lý do kèm văn bản.",
        ]
    )


@REMINDER.heard
def _hear_reminder(document, state):
    """A letter is sent while any of its plan's units is late."""
    plan = Plan.objects.filter(pk=document.area_key).first() if state == ISSUED else None
    if state == ISSUED and (plan is None or not late_units(plan)):
        raise Refused("Không còn đơn vị nào quá hạn. Hãy trả lại và bỏ dự thảo đôn đốc này.")
