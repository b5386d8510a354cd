"""Papers of an occasion: the programme, the script for who reads, the minutes.

Sources: Nghị định 30/2020/NĐ-CP, Phụ lục III (chương trình, biên bản); Nghị định 145/2013/NĐ-CP, Điều 25, 28 (what is read before
what, who takes it).
"""

from itertools import groupby

from django.db import transaction

from documents.models import Document
from documents.papers.tables import Lists
from documents.source.markdown import said, said_in_head
from documents.source.names import continued
from documents.source.vietnamese import count_text, full_day
from documents.steps.refusing import Refused

from .actions import HOLDING, State, Taken
from .models import OF_OCCASION, Occasion, Paper
from .rules import period_on

TYPES = {Paper.PROGRAMME: "CTr", Paper.SCRIPT: "CTr", Paper.MINUTES: "BB"}
LABELS = {Paper.PROGRAMME: "Chương trình", Paper.SCRIPT: "Lời dẫn", Paper.MINUTES: "Biên bản"}


def to_draft(occasion) -> list[tuple[str, str]]:
    """(name, words) of the papers whose time has come."""
    wanted = {State.PLANNED: [Paper.PROGRAMME, Paper.SCRIPT], State.HELD: [Paper.MINUTES]}
    return [(paper.value, LABELS[paper]) for paper in wanted.get(occasion.state, ())]


@transaction.atomic
def draft(occasion, paper, *, by) -> Document:
    """A draft of a paper of an occasion, by the unit of ``by``. Raises ``Refused``."""
    occasion = Occasion.objects.select_for_update(of=("self",)).select_related("unit").get(pk=occasion.pk)
    if not HOLDING.may(occasion, by):
        raise Refused(f"Văn bản của lần trao này do {HOLDING.words(occasion)} soạn.")
    if paper not in dict(to_draft(occasion)):
        raise Refused(f"Chưa soạn được {LABELS[paper].lower()} khi lần trao «{occasion.get_state_display().lower()}».")
    rows = rows_of(occasion)
    if not rows:
        raise Refused("Chưa chọn khen thưởng nào. Hãy chọn khen thưởng trước khi soạn.")
    OF_OCCASION.refuse_standing(occasion.pk, paper)
    lists = Lists()
    facts = _MAKERS[paper](occasion, rows, lists)
    facts["body"] = lists.told("\n\n".join(filter(None, facts["body"])))
    return OF_OCCASION.draft(
        occasion.pk, paper, by=by, type=TYPES[paper], issuer=by.unit, facts=facts, appendices=lists.appendices
    )


def rows_of(occasion) -> list:
    """The awards in the order in which they are called, with what papers tell of them."""
    return list(occasion.awards.select_related("award__type", "award__decision", "award__recipient", "award__unit"))


def _announced(occasion):
    return [row.decision for row in occasion.announced.select_related("decision").order_by("decision__day", "decision")]


def _when(occasion) -> str:
    hour = f"{occasion.begins_at:%H giờ %M}, " if occasion.begins_at else ""
    return f"{hour}{full_day(occasion.day)}"


def _presenter(occasion) -> str:
    return ", ".join(filter(None, [occasion.presenter, occasion.presenter_post])) or "[người trao]"


def _cited(decision) -> str:
    return f"Quyết định số {decision.number} ngày {decision.day:%d/%m/%Y}"


def _title(row) -> str:
    """What is called: ``truy tặng`` where it is given after death."""
    return f"{row.award.title} (truy tặng)" if row.is_posthumous else row.award.title


def _list(rows, lists, title, *more) -> str:
    """The table of awards in the order of calling; ``more``: (head, row → words) of further columns."""
    heads = ["Họ và tên, tên tập thể", "Chức vụ, đơn vị", "Được tặng", *(head for head, _ in more)]
    cells = [(row.award.name, row.award.post, _title(row), *(words(row) for _, words in more)) for row in rows]
    return lists.table(title, heads, cells)


# --- The programme


def _programme(occasion, rows, lists):
    steps = [
        ("Ổn định tổ chức, đón tiếp đại biểu", occasion.unit.name),
        ("Tuyên bố lý do, giới thiệu đại biểu", occasion.unit.name),
        *((f"Công bố {_cited(decision)}", occasion.reader or "Người công bố") for decision in _announced(occasion)),
        (f"Trao {count_text(len(rows))} khen thưởng theo thứ tự kèm theo", _presenter(occasion)),
        ("Phát biểu của đại diện người được khen", "Đại diện tập thể, cá nhân"),
        ("Phát biểu của người chủ trì", _presenter(occasion)),
        ("Bế mạc", occasion.unit.name),
    ]
    body = [
        f"Thời gian: {_when(occasion)}.",
        f"Địa điểm: {said(occasion.place)}.",
        f"Dịp: {said(occasion.get_kind_display())} ({period_on(occasion.day)['citation']}).",
        f"Đại biểu: {said(occasion.invited)}." if occasion.invited else "",
        "Nội dung:",
        lists.table("Nội dung chương trình", ["Nội dung", "Thực hiện"], steps),
        "Thứ tự trao:",
        _list(rows, lists, "Thứ tự trao"),
        "Đề nghị các đại biểu, tập thể, cá nhân có mặt trước giờ trao 15 phút.",
    ]
    return {"subject": said_in_head(f"trao thưởng: {occasion.name}"), "body": body}


# --- The script


def _script(occasion, rows, lists):
    body = [
        f"Kính thưa quý vị đại biểu! Hôm nay, {full_day(occasion.day)}, tại {said(occasion.place)}, {said(occasion.unit.name)} "
        f"tổ chức công bố, trao thưởng, kết hợp {said(occasion.name)}.",
    ]
    if announced := _announced(occasion):
        who = f"Xin mời {said(occasion.reader)} công bố" if occasion.reader else "Sau đây xin công bố"
        body += [f"{who} {_cited(decision)} về việc {said(continued(decision.subject))}." for decision in announced]
    for rank, called in groupby(rows, key=lambda row: (row.award.title, row.award.whom)):
        body += _called(occasion, rank, list(called))
    body.append("Xin chúc mừng các tập thể, cá nhân, hộ gia đình được khen thưởng. Xin cảm ơn quý vị đại biểu!")
    return {"subject": said_in_head(f"lời dẫn trao thưởng: {occasion.name}"), "body": body}


_FORMS_OF_ADDRESS = ("ông ", "bà ", "đồng chí ", "các ", "[")
_KINDS = {"collective": "tập thể", "person": "cá nhân", "household": "hộ gia đình"}


def _called(occasion, rank, rows) -> list[str]:
    """Who comes up for one award: those of one kind together."""
    title, whom = rank
    alive, dead = [row for row in rows if not row.is_posthumous], [row for row in rows if row.is_posthumous]
    told = []
    if alive:
        told.append(f"Trân trọng kính mời {count_text(len(alive))} {_KINDS[whom]} sau lên nhận **{said(title)}**:")
        told += [f"{number}. {said(_called_as(row))}" for number, row in enumerate(alive, 1)]
    if dead:
        told.append(
            f"Trân trọng kính mời đại diện gia đình của các cá nhân sau lên nhận **{said(title)}** (truy tặng):"
        )
        told += [f"{number}. {said(_called_as(row))}" for number, row in enumerate(dead, 1)]
    return [*told, f"Kính mời {said(_spoken(_presenter(occasion)))}, lên trao."]


def _spoken(presenter) -> str:
    """How a reader calls the presenter: ``đồng chí``, unless it is typed otherwise."""
    return presenter if presenter.lower().startswith(_FORMS_OF_ADDRESS) else f"đồng chí {presenter}"


def _called_as(row) -> str:
    return ", ".join(filter(None, [row.award.name, row.award.post]))


# --- The minutes


def _minutes(occasion, rows, lists):
    came = [row for row in rows if row.taken != Taken.LATER]
    absent = [row for row in rows if row.taken == Taken.LATER]
    announced = _announced(occasion)
    body = [
        f"Thời gian: {_when(occasion)}.",
        f"Địa điểm: {said(occasion.place)}.",
        f"Dịp: {said(occasion.name)}.",
        f"Người trao: {said(_presenter(occasion))}{f', theo {said(occasion.authority)}' if occasion.authority else ''}.",
        f"Đại biểu: {said(occasion.invited)}." if occasion.invited else "",
        f"Số người dự: {count_text(occasion.guests)}." if occasion.guests else "",
        f"Đã công bố: {'; '.join(said(_cited(decision)) for decision in announced)}." if announced else "",
        f"Đã trao {count_text(len(came))} khen thưởng:",
        _list(came, lists, "Danh sách đã trao", ("Người nhận", _taker)),
    ]
    if absent:
        body += [
            f"Vắng mặt {count_text(len(absent))}, trao sau:",
            _list(absent, lists, "Danh sách vắng mặt", ("Nhận sau", _later)),
        ]
    body.append("Biên bản đã đọc lại cho mọi người cùng nghe, thống nhất ký tên.")
    return {
        "subject": said_in_head(f"trao thưởng: {occasion.name}"),
        "signer": None,
        "capacity": "NGƯỜI TRAO",
        "signer_name": occasion.presenter[:100],
        "second_capacity": "NGƯỜI GHI BIÊN BẢN",
        "second_signer_name": occasion.by.full_name,
        "body": body,
    }


def _taker(row) -> str:
    return (
        row.by_whom and f"{row.by_whom} ({'gia đình' if row.taken == Taken.FAMILY else 'nhận thay'})"
    ) or "Trực tiếp nhận"


def _later(row) -> str:
    return f"{row.later_on:%d/%m/%Y}, {row.by_whom}" if row.later_on else "Chưa nhận"


_MAKERS = {Paper.PROGRAMME: _programme, Paper.SCRIPT: _script, Paper.MINUTES: _minutes}
