"""The papers with which a conference is prepared; ``held_papers`` and rooms above add theirs (``writes``).

Source: Nghị định 30/2020/NĐ-CP, Phụ lục III: Mẫu 1.2 (quyết định), 1.4 (kế hoạch, chương trình, thông báo).
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from documents.areas.papers import name_of
from documents.citations.rules import long_form
from documents.models import Addressee, Document
from documents.papers.rules import issuers_for, proposal_for
from documents.papers.tables import Lists, table
from documents.source.bases import bases_on
from documents.source.markdown import said, said_in_head
from documents.source.vietnamese import amount_in_words, count_text, full_day
from documents.steps.refusing import Refused
from units.figures import figure_text
from units.permissions import department

from ..plans.models import Required
from . import rules
from .actions import EVENTS, KEEPING
from .models import OF_EVENT, Event, Paper

State = Event.State


@dataclass(frozen=True)
class Writer:
    """How one paper is written: its type by abbreviation, what it is called, from which states on.

    ``make(event, by, lists)`` gives facts by the names of ``Document``, of which ``body`` is a list of paragraphs; among them may
    be ``addressees``, ``appendices`` and ``then(document)``, what follows. It raises ``Refused`` where the record does not hold
    what the paper tells.
    """

    type: str
    label: str
    states: tuple
    make: Callable


WRITERS: dict[str, Writer] = {}
# Papers that pages of rooms above write, many at once: event → (what they are, how many there are, the address of their page).
ELSEWHERE: list[Callable] = []
# {paper: what follows where it is issued, replaced or recalled, as ``Papers.heard``}; rooms above add theirs.
HEARS: dict[str, Callable] = {}


def writes(paper: Paper, type: str, label: str, states=Event.COMING):
    """Have the decorated function write ``paper``."""

    def declared(make):
        WRITERS[paper] = Writer(type, label, tuple(states), make)
        return make

    return declared


def in_order() -> list[tuple[Paper, Writer]]:
    """Each paper that somebody writes, in the order in which a conference needs them."""
    return [(paper, WRITERS[paper]) for paper in Paper if paper in WRITERS]


def to_draft(event) -> list[tuple[str, str]]:
    """(name, words) of the papers whose time has come."""
    return [(paper.value, writer.label) for paper, writer in in_order() if event.state in writer.states]


@transaction.atomic
def draft(event, paper: str, *, by) -> Document:
    """A draft of ``paper`` of a conference. Raises ``Refused``."""
    event = EVENTS.locked(event)
    if not KEEPING.may(event, by):
        raise Refused(f"Văn bản của hội nghị này do {KEEPING.words(event)} soạn.")
    writer = WRITERS[paper]
    if event.state not in writer.states:
        raise Refused(f"Chưa soạn được «{writer.label}» khi hội nghị {event.get_state_display().lower()}.")
    OF_EVENT.refuse_standing(event.pk, paper)
    lists = Lists()
    facts = writer.make(event, by, lists)
    facts["body"] = lists.told("\n\n".join(filter(None, facts["body"])))
    then = facts.pop("then", lambda document: None)
    document = OF_EVENT.draft(
        event.pk, paper, by=by, type=writer.type, issuer=issuer_of(event, by), addressees=facts.pop("addressees", ()),
        facts=facts, appendices=[*facts.pop("appendices", ()), *lists.appendices],
    )  # fmt: skip
    then(document)
    EVENTS.tell(event, f"draft_{paper}", f"Soạn {writer.label.lower()}", by=by, after={"Văn bản": document.name})
    return document


@OF_EVENT.heard
def hear(document: Document, state: str) -> None:
    """What a room that is told of one of these papers does then."""
    HEARS.get(name_of(document), lambda document, state: None)(document, state)


def issuer_of(event, by):
    """In whose name: the unit's that holds the conference, where ``by`` may write for it."""
    return event.unit if issuers_for(by).filter(pk=event.unit_id).exists() else by.unit


def papers_of(event, user) -> dict[str, Document]:
    """{name: the latest paper} of a conference that ``user`` may open."""
    found = {}
    for paper in OF_EVENT.of(event.pk).open_to(user):
        found.setdefault(name_of(paper), paper)
    return found


# --- How papers tell of it


def named(event) -> str:
    """The conference within a subject or a sentence: its name, as the province's letters write it, with its capital."""
    return said_in_head(event.name)


def when(event) -> str:
    """``08 giờ 00, ngày 15 tháng 5 năm 2020``, with the last day where there are several."""
    hour = f"{event.begins_at:%H giờ %M}, " if event.begins_at else ""
    last = f" đến {full_day(event.until)}" if event.until and event.until != event.day else ""
    return f"{hour}{'từ ' if last else ''}{full_day(event.day)}{last}"


def chaired(event) -> str:
    """Who chairs, with the post."""
    return ", ".join(filter(None, [event.chair, event.chair_post])) or "[người chủ trì]"


def people(event) -> list:
    """Those planned, a row for each role."""
    return [row for row in event.headcounts.all() if row.number or row.came]


def on_basis(event) -> str:
    """``Thực hiện Kế hoạch số …, ``: how a paper begins that follows from a plan."""
    document = event.plan.document if event.plan_id else None
    return f"Thực hiện {said(long_form(document))}, " if document else ""


def programme_table(event, lists) -> str:
    """The programme with when each part begins."""
    rows = rules.timetable(event, event.parts.all())
    if not rows:
        raise Refused("Chưa lập chương trình. Hãy lập chương trình trước khi soạn.")
    has_papers = any(row.part.paper for row in rows)
    heads = ["Thời gian", "Nội dung", "Thực hiện", *(["Tài liệu"] if has_papers else [])]
    cells = [
        (_hours(row), _part_words(row.part), row.part.speaker, *([row.part.paper] if has_papers else []))
        for row in rows
    ]
    return table(heads, cells) if len(rows) <= MOST_PARTS else lists.table("Chương trình chi tiết", heads, cells)


# A programme is what its paper is about: it stands within, up to so many parts.
MOST_PARTS = 40


def _hours(row) -> str:
    if row.begins is None:
        return f"{row.part.minutes} phút"
    day = f"{row.begins:%d/%m} " if row.opens_day else ""
    return f"{day}{row.begins:%H:%M}\u00a0–\u00a0{row.ends:%H:%M}"


def _part_words(part) -> str:
    return f"{part.session}: {part.words}" if part.session else part.words


def to_department(unit) -> list[Addressee]:
    """The department that runs the year, where it is not ``unit`` itself or under the same roof."""
    found = department(timezone.localdate())
    if found is None or found == unit or found.superior_id == unit.pk:
        return []
    return [Addressee(key=f"don-vi:{found.code}", label=found.name)]


# --- The plan


@writes(Paper.PLAN, "KH", "Kế hoạch tổ chức")
def _plan(event, by, lists):
    years = f" giai đoạn {event.plan.serves_from} – {event.plan.serves_until}" if event.plan_id else ""
    parts = [
        ("MỤC ĐÍCH, YÊU CẦU", _aims(event, years)),
        ("HÌNH THỨC, THỜI GIAN, ĐỊA ĐIỂM", said_facts(event)),
        ("NỘI DUNG, CHƯƠNG TRÌNH", [*_contents(event), programme_table(event, lists)]),
        ("ĐẠI BIỂU, KINH PHÍ", _people_and_cost(event, lists)),
        ("TỔ CHỨC THỰC HIỆN", _duties(event)),
    ]
    body = [f"{on_basis(event)}{said(event.unit.name)} xây dựng kế hoạch tổ chức {said(named(event))} như sau:"]
    for number, (title, lines) in zip(("I", "II", "III", "IV", "V"), parts, strict=True):
        body += [f"# {number}. {title}", *lines]
    above = to_department(event.unit)
    names = "\n".join([*(row.label for row in above), "Các phòng, đơn vị trực thuộc"])
    return {"subject": f"tổ chức {named(event)}", "body": body, "recipients": names, "addressees": above}


def _aims(event, years):
    yield (
        f"1. Đánh giá kết quả phong trào thi đua yêu nước, công tác khen thưởng{years}; biểu dương, tôn vinh các điển hình "
        "tiên tiến."
    )
    yield (
        "2. Hội nghị tổ chức trang trọng, thiết thực, tiết kiệm, tránh phô trương, hình thức; bảo đảm nội dung, chương trình và "
        "thời gian theo quy định."
    )


def said_facts(event) -> list[str]:
    """Form, day, place, chair, theme, a numbered paragraph each."""
    form = event.get_form_display() or event.get_kind_display()
    meeting = {True: ", họp toàn thể", False: ", họp đại biểu", None: ""}[event.is_full]
    size = f" (đơn vị có {figure_text(event.size)} người)" if event.size else ""
    lines = [
        f"Hình thức: {said(form)}{meeting}{size}.",
        f"Thời gian: {when(event)}.",
        f"Địa điểm: {said(event.place or '[địa điểm]')}.",
        f"Chủ trì: {said(chaired(event))}.",
        f"Chủ đề: {said(event.theme)}." if event.theme else "",
    ]
    return [f"{number}. {line}" for number, line in enumerate(filter(None, lines), 1)]


def _contents(event):
    if not event.plan_id:
        return []
    rows = event.plan.required.filter(kind=Required.Kind.CONTENT)
    return [f"{number}. {said(row.words)}." for number, row in enumerate(rows, 1)]


def _people_and_cost(event, lists):
    rows = people(event)
    if not rows:
        raise Refused("Chưa ghi số người dự. Hãy ghi số người dự trước khi soạn.")
    total = rules.cost_of(rows)
    yield f"1. Tổng số người dự: {count_text(sum(row.number for row in rows))}."
    heads = ["Thành phần", "Số người", "Mức chi (đồng)", "Cộng (đồng)"]
    cells = [(row.get_role_display(), row.number, figure_text(row.cost), figure_text(row.total)) for row in rows]
    yield lists.table("Đại biểu, kinh phí", heads, cells, right=heads[1:])
    if total:
        yield f"2. Kinh phí dự kiến: {figure_text(total)} đồng ({amount_in_words(total)})."


def _duties(event):
    board = [f"{row.role}: {row.name}{f', {row.post}' if row.post else ''}" for row in event.organisers.all()]
    yield f"1. Ban Tổ chức: {said('; '.join(board))}." if board else "1. Ban Tổ chức: […]."
    yield "2. Ban Tổ chức phân công chuẩn bị nội dung, tài liệu, danh sách đại biểu, địa điểm, khen thưởng, tuyên truyền."
    yield "3. Các phòng, đơn vị trực thuộc lựa chọn, giới thiệu điển hình tiên tiến, cử đại biểu đúng thành phần, số lượng."
    if event.plan_id:
        yield f"4. Báo cáo kết quả chậm nhất {count_text(event.plan.report_days)} ngày sau hội nghị."


# --- The organising board


@writes(Paper.BOARD, "QĐ", "Quyết định thành lập Ban Tổ chức")
def _board(event, by, lists):
    members = list(event.organisers.all())
    if not members:
        raise Refused("Chưa ghi ban tổ chức. Hãy ghi ban tổ chức trước khi soạn.")
    heads = ["Họ và tên", "Chức vụ, đơn vị", "Trong Ban Tổ chức"]
    listed = lists.table("Thành viên Ban Tổ chức", heads, [(row.name, row.post, row.role) for row in members])
    within = listed.startswith("|")
    document = event.plan.document if event.plan_id else None
    issuer = issuer_of(event, by)
    bases = [
        *bases_on(timezone.localdate(), issuer),
        *([f"Căn cứ {said_in_head(long_form(document))}"] if document else []),
        proposal_for(issuer, by.unit),
    ]
    body = [
        f"**Điều 1.** Thành lập Ban Tổ chức {said(named(event))}, gồm các ông, bà có tên sau:"
        if within
        else f"**Điều 1.** Thành lập Ban Tổ chức {said(named(event))}, gồm {count_text(len(members))} ông, bà. {listed}",
        listed if within else "",
        "**Điều 2.** Ban Tổ chức có nhiệm vụ chuẩn bị nội dung, chương trình, tài liệu, đại biểu, khen thưởng và các điều kiện "
        f"tổ chức hội nghị vào {full_day(event.day)}; tự giải thể sau khi hoàn thành nhiệm vụ.",
        "**Điều 3.** Quyết định này có hiệu lực thi hành kể từ ngày ký. Các đơn vị liên quan và các ông, bà có tên tại Điều 1 "
        "chịu trách nhiệm thi hành Quyết định này.",
    ]
    subject = f"thành lập Ban Tổ chức {named(event)}"
    return {"subject": subject, "bases": "\n".join(bases), "recipients": "Như Điều 3", "body": body}


# --- Programme, rules


@writes(Paper.PROGRAMME, "CTr", "Chương trình")
def _programme(event, by, lists):
    body = [
        f"Thời gian: {when(event)}.",
        f"Địa điểm: {said(event.place or '[địa điểm]')}.",
        f"Chủ trì: {said(chaired(event))}.",
        programme_table(event, lists),
        "Đề nghị đại biểu có mặt trước giờ khai mạc 15 phút.",
    ]
    return {"subject": named(event), "body": body, "recipients": "Đại biểu dự hội nghị"}


_RULES = [
    "Đại biểu có mặt trước giờ khai mạc 15 phút, dự đủ thời gian; vắng mặt phải báo cáo trưởng đoàn và được Ban Tổ chức đồng ý.",
    "Đeo thẻ đại biểu, ngồi đúng vị trí theo sơ đồ; không cho người khác mượn thẻ.",
    "Trang phục lịch sự; lực lượng vũ trang mặc lễ phục; khuyến khích mặc trang phục dân tộc, đeo huân chương, huy chương.",
    "Giữ trật tự; điện thoại để ở chế độ im lặng; không ghi âm, quay phim, đi lại khi không được phân công.",
    "Đại biểu phát biểu theo sự điều hành của Đoàn Chủ tịch, đúng nội dung và thời gian.",
    "Người được mời lên nhận khen thưởng thực hiện theo hướng dẫn của Ban Tổ chức.",
    "Giữ gìn tài liệu, tài sản; giữ vệ sinh; thực hiện quy định về an ninh, an toàn, phòng, chống dịch bệnh tại nơi tổ chức.",
]


@writes(Paper.RULES, "TB", "Nội quy")
def _rules(event, by, lists):
    opening = f"Ban Tổ chức {said(named(event))} thông báo nội quy để các đại biểu thực hiện như sau:"
    lines = [f"{number}. {line}" for number, line in enumerate(_RULES, 1)]
    return {"subject": f"nội quy {named(event)}", "body": [opening, *lines], "recipients": "Đại biểu dự hội nghị"}
