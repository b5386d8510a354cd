"""The papers of a meeting: who is invited, the minutes with the count, what the council lays before the decider.

Source: Nghị định 30/2020/NĐ-CP, Phụ lục III (giấy mời, biên bản, tờ trình); Luật Thi đua, khen thưởng 2022, Điều 84 (minutes and
the result of the vote are a part of the file).
"""

from collections import defaultdict

from django.db import transaction
from django.utils import timezone

from documents.areas.papers import ISSUED, key_of, name_of
from documents.models import Addressee, Document
from documents.papers.tables import Lists
from documents.source.markdown import said, said_in_head
from documents.source.vietnamese import count_text, full_day
from documents.steps.refusing import Refused
from units.permissions import department, may_manage
from units.templatetags.parts import link

from ..catalogue.book import book_of, catalogue
from ..catalogue.models import asked_once
from .models import OF_MEETING, Meeting, Member, Paper, Seat
from .rules import Came, State, attendance, body_of, is_out, is_own, items_of, members_for, seats_of
from .signing import from_council, presiding, secretary_of, signed_for_council

TYPES = {Paper.INVITATION: "GM", Paper.MINUTES: "BB", Paper.SUBMISSION: "TTr"}
LABELS = {
    Paper.INVITATION: "Soạn giấy mời",
    Paper.MINUTES: "Soạn biên bản, kết quả kiểm phiếu",
    Paper.SUBMISSION: "Soạn tờ trình",
}
_KINDS = {"collective": "tập thể", "person": "cá nhân", "household": "hộ gia đình"}


def to_draft(meeting) -> list[tuple[str, str]]:
    """(name, words) of the papers that can be drafted now: their time has come and there is none that holds."""
    there = set(map(name_of, OF_MEETING.standing(meeting.pk)))
    wanted = {
        State.DRAFT: [Paper.INVITATION],
        State.OPEN: [Paper.INVITATION],
        State.COUNTED: [Paper.MINUTES, Paper.SUBMISSION],
    }
    if meeting.ties or not meeting.has_items:
        return []
    return [(paper, LABELS[paper]) for paper in wanted.get(meeting.state, ()) if paper not in there]


@transaction.atomic
def draft(meeting, paper, *, by) -> Document:
    """A draft of a paper of the council, by the department. Raises ``Refused``."""
    rows = Meeting.objects.select_for_update(of=("self",)).select_related("council__unit", "council__paper__type")
    meeting = rows.get(pk=meeting.pk)
    if not may_manage(by):
        raise Refused("Văn bản của Hội đồng do Sở Nội vụ soạn.")
    OF_MEETING.refuse_standing(meeting.pk, paper)
    lists = Lists()
    # Every row names its award.
    with asked_once():
        made = _MAKERS[paper](meeting, lists)
    made["facts"]["body"] = lists.told(made["facts"]["body"])
    issuer, made["facts"] = from_council(meeting.council, TYPES[paper], made["facts"], by)
    # A body sends nothing to itself.
    made["addressees"] = [row for row in made.get("addressees", ()) if row.key != f"don-vi:{issuer.code}"]
    return OF_MEETING.draft(
        meeting.pk, paper, by=by, type=TYPES[paper], issuer=issuer, appendices=lists.appendices, **made
    )


# --- The invitation


def _invitation(meeting, lists):
    if meeting.way != Meeting.Way.MEETING:
        raise Refused("Lấy phiếu bằng văn bản nên không có giấy mời họp.")
    if meeting.state not in (State.DRAFT, State.OPEN) or meeting.held_on < timezone.localdate():
        raise Refused("Cuộc họp đã qua nên không soạn giấy mời nữa. Hãy soạn biên bản.")
    if not (meeting.held_at and meeting.place.strip()):
        raise Refused("Hãy ghi giờ và địa điểm của cuộc họp trước khi soạn giấy mời.")
    items = [item for item in items_of(meeting) if not is_out(item)]
    if not items:
        raise Refused("Chương trình chưa có đề nghị nào. Hãy chọn đề nghị trước khi soạn giấy mời.")
    body = body_of(meeting, [item.nomination.type.code for item in items])
    members = members_for(meeting, body)
    if not members:
        raise Refused("Hội đồng chưa có thành viên nào vào ngày họp. Hãy ghi thành viên trước.")
    council, chair = said(meeting.council.name), _chair(members)
    lines = [
        f"{council} trân trọng kính mời: Các thành viên {_body_words(body, council)} (danh sách kèm theo).",
        f"Tới dự: {said(meeting.title)}.",
        f"Chủ trì: {said(chair)}." if chair else "",
        f"Thời gian: {meeting.held_at:%H giờ %M}, {full_day(meeting.held_on)}.",
        f"Địa điểm: {said(meeting.place)}.",
        f"Nội dung: xét, bỏ phiếu {count_text(len(items))} đề nghị khen thưởng, gồm:",
        lists.table(
            "Số đề nghị", ["Danh hiệu, hình thức", "Số đề nghị"], _numbers(meeting, items), right=["Số đề nghị"]
        ),
        "Thành phần mời:",
        lists.table("Thành viên được mời", ["Họ và tên", "Chức vụ", "Trong Hội đồng"], _people(members)),
        "Thành viên vắng mặt gửi phiếu bằng văn bản, hoặc ủy quyền bằng văn bản cho người dự thay.",
    ]
    facts = {"subject": said_in_head(meeting.title), "body": "\n\n".join(filter(None, lines))}
    facts |= signed_for_council(members)
    label = f"Các thành viên {meeting.council.name}"
    unit = meeting.council.unit
    return {"facts": facts | {"recipients": label}, "addressees": [Addressee(key=f"don-vi:{unit.code}", label=label)]}


def _body_words(body, council) -> str:
    return council if body == Meeting.Body.FULL else f"Thường trực {council}"


def _chair(members) -> str:
    return next((str(row) for row in members if row.role == Member.Role.CHAIR), "")


def _people(members):
    return [(row.name, row.post, row.get_role_display()) for row in members]


def _called(meeting, award) -> str:
    return catalogue().name_on(award.code, meeting.held_on)


def _numbers(meeting, items):
    """(award, how many) in the order of the agenda."""
    found = defaultdict(int)
    for item in items:
        found[_called(meeting, item.nomination.type)] += 1
    return [(name, count_text(number)) for name, number in found.items()]


# --- The minutes


def _refuse_uncounted(meeting):
    if meeting.state != State.COUNTED:
        raise Refused("Chưa kiểm phiếu nên chưa có kết quả để soạn văn bản.")
    if meeting.ties:
        raise Refused("Còn đề nghị ngang phiếu chờ Chủ tịch Hội đồng chọn. Hãy ghi việc chọn rồi soạn văn bản.")


def _minutes(meeting, lists):
    items = list(items_of(meeting))
    _refuse_uncounted(meeting)
    seats, came = seats_of(meeting), attendance(meeting)
    council = said(meeting.council.name)
    leader, secretary = presiding(meeting, seats), secretary_of(meeting)
    is_meeting = meeting.way == Meeting.Way.MEETING
    body = [
        f"{'Thời gian:' if is_meeting else 'Lấy phiếu bằng văn bản đến hết'} {_hour(meeting)}{full_day(meeting.held_on)}.",
        f"Địa điểm: {said(meeting.place)}." if meeting.place else "",
        f"{_body_words(meeting.body, council)} {'họp' if is_meeting else 'cho ý kiến bằng văn bản'} về: {said(meeting.title)}.",
        "# I. THÀNH PHẦN",
        _came_words(meeting, came, seats),
        lists.table("Thành viên Hội đồng", ["Họ và tên", "Chức vụ", "Trong Hội đồng", "Tham dự"], _seats(seats)),
        f"Chủ trì: {said(str(leader))}, {leader.get_role_display()}." if leader else "",
        f"Thư ký: {said(str(secretary))}.",
        "# II. NỘI DUNG",
        f"Xét, bỏ phiếu {'kín' if meeting.is_secret else 'công khai'} {count_text(len(items))} đề nghị khen thưởng. "
        f"Số phiếu tính trên tổng số {count_text(meeting.entitled)} thành viên; số phiếu thu về: {count_text(came.voted)}.",
        *_rules(meeting, items),
        "# III. KẾT QUẢ KIỂM PHIẾU",
        *_results(meeting, items, lists),
        *_ties(items),
        *_own(items, seats),
        f"Kết luận: {said(meeting.conclusion)}" if meeting.conclusion else _conclusion(items),
    ]  # fmt: skip
    facts = {
        "subject": said_in_head(f"{meeting.title} của {meeting.council.name}"),
        "signer": None,
        "capacity": "CHỦ TRÌ",
        "signer_name": leader.name if leader else "",
        "second_signer_name": secretary.name,
        "body": "\n\n".join(filter(None, body)),
    }
    return {"facts": facts}


_HEADS = ["Người được đề nghị", "Chức vụ, đơn vị", "Đồng ý", "Không đồng ý", "Phải đạt", "Kết quả"]


def _hour(meeting) -> str:
    return f"{meeting.held_at:%H giờ %M}, " if meeting.held_at else ""


def _came_words(meeting, came, seats) -> str:
    """``Tổng số 17 thành viên; có mặt 14, ủy quyền bằng văn bản 01, …``."""
    labels = [Came.PRESENT, Came.DELEGATED, Came.WRITTEN, Came.ABSENT]
    counts = [(how.label.lower(), sum(seat.came == how for seat in seats)) for how in labels]
    parts = [f"{words} {count_text(number)}" for words, number in counts if number]
    return f"Tổng số {count_text(meeting.entitled)} thành viên: {', '.join(parts)}."


def _seats(seats):
    return [
        (row.member.name, row.member.post, row.member.get_role_display(), _came(row)) for row in seats
    ]  # fmt: skip


def _came(seat: Seat) -> str:
    return f"{seat.get_came_display()}: {seat.note}" if seat.note else seat.get_came_display()


def _rules(meeting, items):
    """What each award needs; a rule that the office has yet to confirm is told without its place."""
    found = {}
    for item in items:
        where = f" ({said(item.rule)})" if item.rule and item.is_sure else ""
        words = f"{said(item.percent)}, tức là từ {count_text(item.needed)}/{count_text(meeting.entitled)} phiếu{where}"
        found.setdefault(words, {})[_called(meeting, item.nomination.type)] = True
    for words, names in found.items():
        yield f"{'; '.join(said(name) for name in names)}: {words}."


def _by_award(meeting, items):
    """{name of an award: its items} in the order of the agenda."""
    groups = defaultdict(list)
    for item in items:
        groups[_called(meeting, item.nomination.type)].append(item)
    return groups


def _results(meeting, items, lists):
    """A table of votes for each award."""
    for number, (name, rows) in enumerate(_by_award(meeting, items).items(), 1):
        yield f"{number}. {said(name)}: {_kinds(rows)}."
        cells = [(row.nomination.name, row.nomination.post, *_figures(row, meeting), _outcome(row)) for row in rows]
        yield lists.table(f"Kết quả kiểm phiếu: {name}", _HEADS, cells, right=_HEADS[2:5])


def _figures(item, meeting):
    if item.agreed is None:
        return "", "", ""
    return f"{item.agreed}/{meeting.entitled}", str(item.against), str(item.needed)


def _outcome(item) -> str:
    if item.agreed is None:
        return "Không xét (đã rút)"
    if item.chosen:
        return "Thông qua"
    return "Không đủ phiếu" if item.agreed < item.needed else "Quá số lượng được chọn"


def _ties(items):
    """What the chair decided of those that stood equal."""
    chosen = [item for item in items if item.by_chair]
    if chosen:
        names = "; ".join(said(item.nomination.name) for item in chosen)
        yield f"Các đề nghị bằng phiếu ở chỗ cuối: Chủ tịch Hội đồng quyết định chọn {names}."


def _own(items, seats):
    """That nobody voted on themselves."""
    found = [seat.member.name for seat in seats for item in items if is_own(item, seat.member)]
    if found:
        yield f"{'; '.join(said(name) for name in dict.fromkeys(found))} không bỏ phiếu về đề nghị của chính mình."


def _conclusion(items) -> str:
    passed = sum(item.chosen is True for item in items)
    return f"Hội đồng thông qua {count_text(passed)}/{count_text(len(items))} đề nghị để trình cấp có thẩm quyền."


# --- The submission


def _submission(meeting, lists):
    items = list(items_of(meeting))
    _refuse_uncounted(meeting)
    passed = [item for item in items if item.chosen]
    if not passed:
        raise Refused("Không có đề nghị nào được thông qua nên không có gì để trình.")
    council, receiver = meeting.council.name, _receiver(meeting)
    body = [
        f"Ngày {full_day(meeting.held_on).removeprefix('ngày ')}, {said(council)} đã "
        f"{'họp' if meeting.way == Meeting.Way.MEETING else 'cho ý kiến bằng văn bản'}, bỏ phiếu xét khen thưởng: "
        f"{said(meeting.title)}. Kết quả: {count_text(len(passed))}/{count_text(len(items))} đề nghị đủ số phiếu theo quy định.",
        f"{said(council)} kính trình {said(receiver)} xem xét, quyết định hoặc đề nghị cấp có thẩm quyền khen thưởng:",
    ]
    for number, (name, rows) in enumerate(_by_award(meeting, passed).items(), 1):
        counts = _kinds(rows)
        body.append(f"{number}. {said(name)}: {counts}.")
        body.append(
            lists.table(
                name,
                ["Người được đề nghị", "Chức vụ, đơn vị", "Số phiếu đồng ý"],
                [(row.nomination.name, row.nomination.post, f"{row.agreed}/{meeting.entitled}") for row in rows],
                right=["Số phiếu đồng ý"],
            )
        )
    body.append("Kèm theo: biên bản họp, kết quả kiểm phiếu.")
    facts = {
        "subject": said_in_head(f"đề nghị khen thưởng ({meeting.title})"),
        "to": receiver,
        "recipients": "\n".join(["Như trên", f"Các thành viên {council}"]),
        "body": "\n\n".join(body),
    } | signed_for_council([seat.member for seat in seats_of(meeting)], receiver)
    unit = _decider(meeting)
    return {"facts": facts, "addressees": [Addressee(key=f"don-vi:{unit.code}", label=receiver)] if unit else []}


def _kinds(rows) -> str:
    """``02 tập thể, 05 cá nhân``."""
    counts = [(words, sum(row.nomination.recipient.kind == kind for row in rows)) for kind, words in _KINDS.items()]
    return ", ".join(f"{count_text(number)} {words}" for words, number in counts if number)


def _decider(meeting):
    """The body to which the department answers, whose head decides."""
    unit = department(timezone.localdate())
    return unit and unit.superior


def _receiver(meeting) -> str:
    """The head of the province, as the catalogue of the day calls the office."""
    book = book_of(meeting.held_on)
    rows = [row for row in book.all("office") if row.more["code"] == "province"]
    return rows[0].more["name"] if rows else "cấp có thẩm quyền"


_MAKERS = {Paper.INVITATION: _invitation, Paper.MINUTES: _minutes, Paper.SUBMISSION: _submission}


@OF_MEETING.heard
def hear(document: Document, state: str) -> None:
    """The count stands whatever becomes of its papers. Raises ``Refused`` for one about a meeting that was given up."""
    # Held, so that nobody cancels it meanwhile.
    meeting = Meeting.objects.select_for_update().get(pk=key_of(document))
    if state == ISSUED and meeting.state in Meeting.VOID:
        raise Refused("Cuộc họp này đã hủy nên không phát hành được văn bản. Hãy bỏ dự thảo.")


@OF_MEETING.shown
def about(document: Document, user):
    """Of which meeting it is, who came, what passed."""
    meeting = Meeting.objects.select_related("council").filter(pk=key_of(document)).first()
    if meeting is None:
        return
    seen = Meeting.objects.visible_to(user).filter(pk=meeting.pk).exists()
    yield "Cuộc họp", link(meeting, meeting.title) if seen else meeting.title
    yield "Ngày", f"{meeting.held_on:%d/%m/%Y}, {meeting.get_way_display().lower()}"
    yield "Đề nghị", str(meeting.items.count())
    if meeting.counted_at:
        came = attendance(meeting)
        yield "Đã bỏ phiếu", f"{came.voted}/{came.whole} thành viên"
        yield "Được thông qua", str(sum(meeting.passed_by_type.values()))
