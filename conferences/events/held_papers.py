"""The papers that follow a conference: minutes, report with the figures beside those of the plan.

Source: Nghị định 30/2020/NĐ-CP, Phụ lục III: Mẫu 1.4 (báo cáo), 1.9 (biên bản).
"""

from collections.abc import Callable

from documents.source.markdown import said
from documents.source.vietnamese import count_text, full_day
from documents.steps.refusing import Refused
from units.figures import figure_text

from . import rules
from .models import Event, Organiser, Paper
from .papers import chaired, issuer_of, named, on_basis, people, said_facts, to_department, when, writes

# Stays open in the draft: whoever writes it says what the record cannot.
BLANK = "…"
# What rooms above tell in the report of a conference: (event, lists) → paragraphs behind its results.
REPORTED: list[Callable] = []


# --- Minutes


def _ends(event) -> str:
    rows = rules.timetable(event, event.parts.all())
    last = rows[-1].ends if rows else None
    return f"{last:%H giờ %M}, {full_day(last)}" if last else f"… giờ …, {full_day(event.held_on)}"


def _came(event) -> str:
    return ", ".join(
        f"{row.get_role_display().lower()} {count_text(row.came or 0)}/{count_text(row.number)}"
        for row in people(event)
    )


@writes(Paper.MINUTES, "BB", "Biên bản", Event.DONE)
def _minutes(event, by, lists):
    secretary = _secretary(event, by)
    done = [said(_told(row.part)) for row in rules.timetable(event, event.parts.all())]
    body = [
        f"Thời gian bắt đầu: {when(event)}.",
        f"Địa điểm: {said(event.place)}.",
        f"Thành phần tham dự (có mặt/dự kiến): {_came(event)}.",
        f"Chủ trì: {said(chaired(event))}.",
        f"Thư ký: {said(', '.join(filter(None, [secretary.name, secretary.post])))}.",
        "Nội dung:",
        *(f"- {words}{';' if place < len(done) else '.'}" for place, words in enumerate(done, 1)),
        "Kết quả:" if event.results else "",
        *_lines(event.results),
        "Nghị quyết, kết luận:",
        *(_lines(event.resolution) or [BLANK]),
        f"Hội nghị kết thúc vào {_ends(event)}. Biên bản đã được thông qua tại hội nghị.",
    ]
    return {
        "subject": named(event),
        "signer": None,
        "capacity": "CHỦ TỌA",
        "signer_name": event.chair[:100],
        "second_signer_name": secretary.name[:100],
        "body": body,
    }


def _secretary(event, by) -> Organiser:
    """Who writes the minutes: of the organising board who is called so, else who drafts them."""
    found = (row for row in event.organisers.all() if "thư ký" in row.role.lower())
    return next(found, Organiser(name=by.full_name, post="[chức vụ]"))


def _told(part) -> str:
    return ", ".join(filter(None, [part.words, part.speaker]))


def _lines(text) -> list[str]:
    return [said(line) for line in text.splitlines() if line.strip()]


# --- Report


@writes(Paper.REPORT, "BC", "Báo cáo kết quả", Event.DONE)
def _report(event, by, lists):
    if not event.results.strip():
        raise Refused("Chưa ghi kết quả. Hãy bấm «Báo cáo kết quả» để ghi trước khi soạn.")
    above = to_department(issuer_of(event, by))
    body = [
        f"{on_basis(event)}{said(event.unit.name)} báo cáo kết quả tổ chức {said(named(event))} như sau:",
        "# I. CÔNG TÁC TỔ CHỨC",
        *said_facts(event),
        *_against_plan(event, lists),
        "# II. KẾT QUẢ",
        *_lines(event.results),
        *(line for tell in REPORTED for line in tell(event, lists)),
        "# III. TỒN TẠI, NGUYÊN NHÂN",
        *(_lines(event.shortcomings) or ["Không có."]),
        "# IV. NGHỊ QUYẾT, KẾT LUẬN CỦA HỘI NGHỊ",
        *(_lines(event.resolution) or [BLANK]),
    ]
    told = {"to": above[0].label, "recipients": "Như trên", "addressees": above} if above else {}
    return {"subject": f"kết quả tổ chức {named(event)}", "body": body, **told}


def _against_plan(event, lists):
    """What was planned first, planned last and what came, with the cost."""
    if event.first_day and event.first_day != event.held_on:
        yield f"Dự kiến ban đầu {full_day(event.first_day)}, tổ chức {full_day(event.held_on)}."
    rows = people(event)
    cells = [(row.get_role_display(), *_figures([row])) for row in rows]
    cells.append(("Cộng", *_figures(rows)))
    yield "Số người dự, kinh phí so với kế hoạch:"
    yield lists.table("Số người dự, kinh phí", ["Thành phần", *_FIGURES], cells, right=_FIGURES, numbered=False)


_FIGURES = ["Dự kiến ban đầu", "Dự kiến", "Có mặt", "Chi dự kiến (đồng)", "Chi theo số có mặt (đồng)"]


def _figures(rows) -> tuple:
    """How many were planned first and last and came, and what both cost, of ``rows``."""
    first, last = sum(row.first or row.number for row in rows), sum(row.number for row in rows)
    costs = (figure_text(rules.cost_of(rows, number)) for number in ("number", "came"))
    return first, last, sum(row.came or 0 for row in rows), *costs
