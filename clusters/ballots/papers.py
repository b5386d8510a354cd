"""What the papers about a ballot say: the minutes of the count, and the submission of those who are proposed.

Source: Nghị định 98/2023/NĐ-CP, Điều 34: a dossier holds a submission and minutes with the result of the vote.
"""

from django.db import transaction

from documents.areas.papers import ISSUED, key_of, name_of
from documents.models import Addressee, Document
from documents.papers.tables import Lists
from documents.source.markdown import said, said_in_head
from documents.source.vietnamese import count_text, full_day
from documents.steps.refusing import Refused
from units.figures import figure_text
from units.permissions import department

from ..scores.models import ScoreSheet
from .count import outcome_of
from .models import OF_BALLOT, Ballot, Paper

TYPES = {Paper.MINUTES: "BB", Paper.SUBMISSION: "TTr"}


def missing_from(ballot) -> set[str]:
    """The papers that can still be drafted: there is none yet, or it was given up."""
    return set(Paper) - set(map(name_of, OF_BALLOT.standing(ballot.pk)))


@transaction.atomic
def draft(ballot, paper: Paper, *, by) -> Document:
    """A draft of the minutes or the submission by the unit of ``by``, which leads the cluster. Raises ``Refused``."""
    ballot = (
        Ballot.objects.select_for_update(of=("self",)).select_related("cluster__division", "activity").get(pk=ballot.pk)
    )
    _refuse(ballot, paper, by)
    lists = Lists()
    facts, addressees = (_minutes(ballot, lists), []) if paper == Paper.MINUTES else _submission(ballot, lists)
    facts["body"] = lists.told(facts["body"])
    return OF_BALLOT.draft(
        ballot.pk,
        paper,
        by=by,
        type=TYPES[paper],
        issuer=by.unit,
        facts=facts,
        addressees=addressees,
        appendices=lists.appendices,
    )


def _refuse(ballot, paper, by):
    if not ballot.cluster.is_led_by(by):
        raise Refused(f"Chỉ trưởng, phó trưởng của {ballot.cluster} soạn văn bản này.")
    if not ballot.is_counted:
        raise Refused("Chưa kiểm phiếu nên chưa có kết quả để soạn văn bản.")
    OF_BALLOT.refuse_standing(ballot.pk, paper)
    if paper == Paper.MINUTES:
        return
    if not any(outcome_of(row).chosen or outcome_of(row).tied for row in rounds_to(ballot)):
        raise Refused("Không có đơn vị nào đạt tỷ lệ nên không có gì để trình. Hãy bỏ phiếu vòng tiếp theo nếu cần.")
    later = ballot.next_rounds().first()
    if later:
        raise Refused(f"Đã có vòng {later.round}. Hãy soạn tờ trình từ vòng đó: tờ trình gồm kết quả của mọi vòng.")


def rounds_to(ballot) -> list[Ballot]:
    """The rounds up to ``ballot``, the first one first."""
    rounds = [ballot]
    while rounds[0].previous:
        rounds.insert(0, rounds[0].previous)
    return rounds


def _minutes(ballot, lists):
    """The minutes of the count in the office's words (Nghị định 30/2020/NĐ-CP, Phụ lục III, Mẫu 1.9)."""
    cluster, result = ballot.cluster, outcome_of(ballot)
    award = f"{ballot.award}{f' (vòng {ballot.round})' if ballot.round > 1 else ''}"
    votes = [("Số phiếu phát ra", ballot.issued), ("thu về", ballot.cast), ("hợp lệ", ballot.valid)]
    votes.append(("không hợp lệ", ballot.cast - ballot.valid))
    body = [
        *_where(ballot),
        f"{_at(ballot)}{said(cluster)} tiến hành bỏ phiếu suy tôn, đề nghị tặng {said(award)} năm {cluster.division.year}.",
        "# I. THÀNH PHẦN",
        f"1. Người có quyền bỏ phiếu: {count_text(ballot.entitled)} người, đại diện các đơn vị sau:",
        _voters(ballot, lists),
        *_board(ballot),
        "# II. NỘI DUNG",
        f"1. Cách bỏ phiếu: {_how(ballot)}. Mỗi phiếu chọn nhiều nhất {count_text(ballot.seats)} đơn vị.",
        f"2. Tỷ lệ: đơn vị được đề nghị phải có từ {ballot.percent_words} số phiếu đồng ý trở lên, tính trên tổng số người có "
        f"quyền bỏ phiếu, tức là từ {count_text(ballot.needed)}/{count_text(ballot.entitled)} phiếu{_source(ballot)}.",
        "# III. KẾT QUẢ KIỂM PHIẾU",
        f"1. {'; '.join(f'{words}: {count_text(number)}' for words, number in votes)}.",
        "2. Số phiếu đồng ý:",
        lists.table(
            "Kết quả kiểm phiếu",
            ["Đơn vị được giới thiệu", "Số phiếu đồng ý", "Tỷ lệ", "Kết quả"],
            [(row, _of_all(row.agreed, ballot.entitled), row.share, row.outcome) for row in result.candidates],
            right=["Số phiếu đồng ý", "Tỷ lệ"],
        ),
        _conclusion(ballot, result),
        f"Việc kiểm phiếu kết thúc vào {_hour(ballot.ended_at)}, {full_day(ballot.held_on)}.",
    ]
    return {
        "subject": said_in_head(f"kiểm phiếu suy tôn {award} năm {cluster.division.year} của {cluster}"),
        "recipients": "\n".join(["Sở Nội vụ", f"Các đơn vị thuộc {cluster}"]),
        "body": "\n\n".join(body),
    } | _signers(ballot)


def _where(ballot):
    """When and where it began; the hour and place of the meeting where the count has none of its own."""
    activity = ballot.activity
    began = ballot.began_at or (activity.held_at if activity else None)
    place = ballot.place or (activity.place if activity else "")
    yield f"Thời gian bắt đầu: {_hour(began)}, {full_day(ballot.held_on)}."
    # A blank is seen as one where no full stop follows.
    yield f"Địa điểm: {f'{said(place)}.' if place else '…'}"


def _at(ballot) -> str:
    return f"Tại {said(ballot.activity.title)}, " if ballot.activity else ""


def _hour(hour) -> str:
    return f"{hour:%H giờ %M}" if hour else "… giờ …"


def _of_all(votes, entitled) -> str:
    return f"{count_text(votes)}/{count_text(entitled)}"


def _voters(ballot, lists):
    """Whose votes count; the column of names only where some are known."""
    rows = list(ballot.voters.select_related("membership__unit"))
    named = any(row.name for row in rows)
    heads = ["Đơn vị", *(["Người bỏ phiếu"] if named else [])]
    return lists.table("Người có quyền bỏ phiếu", heads, [(row, *([row.name] if named else [])) for row in rows])


def _source(ballot) -> str:
    """The rule that the share rests on; one that was not checked stands in no paper."""
    return f" ({said(ballot.citation)})" if ballot.citation and not ballot.uncertain else ""


def _signers(ballot) -> dict:
    """The counting board signs its minutes; where none was named, whoever chairs."""
    names = [line.partition(",")[0].strip() for line in ballot.board.splitlines() if line.strip()]
    if not names:
        return {}
    return {
        "signer": None,
        "capacity": "TRƯỞNG BAN KIỂM PHIẾU",
        "signer_name": names[0],
        "second_signer_name": names[1] if len(names) > 1 else "",
    }


def _how(ballot):
    if ballot.is_secret:
        return (
            "phiếu kín trong chương trình thi đua, khen thưởng; chương trình cộng phiếu, không lưu phiếu của từng người"
        )
    return "phiếu giấy, ban kiểm phiếu kiểm tại hội nghị"


def _board(ballot):
    people = [said(line).rstrip(".;") for line in ballot.board.splitlines() if line.strip()]
    return ["2. Ban kiểm phiếu:", *(f"- {line};" for line in people[:-1]), f"- {people[-1]}."] if people else []


def _conclusion(ballot, result):
    """Who is proposed, and what remains to be decided."""
    chosen = "; ".join(said(row) for row in result.chosen) or "không có đơn vị nào"
    words = f"3. Căn cứ kết quả trên, đơn vị được đề nghị tặng {said(ballot.award)}: {chosen}."
    if result.tied:
        words += (
            f" {', '.join(said(row) for row in result.tied)} có số phiếu bằng nhau ở vị trí cuối nên chưa được chọn; việc này "
            "do bỏ phiếu vòng tiếp theo hoặc do cấp có thẩm quyền quyết định."
        )
    return words


def _submission(ballot, lists):
    """The submission to the province and its department, with ranks and result of all rounds."""
    cluster, year = ballot.cluster, ballot.cluster.division.year
    rounds = rounds_to(ballot)
    results = [(row, outcome_of(row)) for row in rounds]
    chosen = [candidate for _, result in results for candidate in result.chosen]
    receivers = _receivers(ballot)
    body = [
        f"Thực hiện công tác thi đua, khen thưởng năm {year}, {said(cluster)} đã chấm điểm, bình xét và bỏ phiếu suy tôn "
        f"các đơn vị đề nghị tặng {said(ballot.award)}. Kết quả như sau:",
        "1. Kết quả chấm điểm, xếp hạng và bỏ phiếu:",
        _ranking(results, lists),
        f"2. Điều kiện: có từ {ballot.percent_words} số phiếu đồng ý trở lên, tính trên tổng số người có quyền bỏ "
        f"phiếu{_source(ballot)}.",
        _proposal(ballot, chosen, results[-1][1].tied),
        f"Kèm theo: biên bản kiểm phiếu {', '.join(full_day(row.held_on) for row in rounds)}.",
    ]
    facts = {
        "subject": said_in_head(f"đề nghị tặng {ballot.award} năm {year} cho đơn vị thuộc {cluster}"),
        "to": "\n".join(unit.name for unit in receivers),
        "recipients": "\n".join(["Như trên", f"Các đơn vị thuộc {cluster}"]),
        "body": "\n\n".join(body),
    }
    return facts, [Addressee(key=f"don-vi:{unit.code}", label=unit.name) for unit in receivers]


def _receivers(ballot):
    """The department that runs the year, behind the body above it."""
    unit = department(ballot.held_on)
    return [one for one in (unit and unit.superior, unit) if one]


def _ranking(results, lists):
    """Every candidate once, as its last round left it: those chosen first, then by votes; score and rank once settled."""
    last = {row.membership_id: (row, ballot.entitled) for ballot, result in results for row in result.candidates}
    sheets = {sheet.membership_id: sheet for sheet in ScoreSheet.objects.filter(membership__in=last)}
    settled = [sheet for sheet in sheets.values() if sheet.settled_total is not None]
    ranked = any(sheet.rank for sheet in settled)
    heads = ["Đơn vị", *(["Điểm"] if settled else []), *(["Xếp hạng"] if ranked else [])]
    figures = [*heads[1:], "Phiếu đồng ý", "Tỷ lệ"]
    rows = []
    for key, (row, entitled) in sorted(last.items(), key=lambda pair: (not pair[1][0].chosen, -pair[1][0].agreed)):
        points = _settled(sheets.get(key))[: len(heads) - 1]
        rows.append((row, *points, _of_all(row.agreed, entitled), row.share, row.outcome))
    return lists.table("Kết quả chấm điểm, xếp hạng và bỏ phiếu", ["Đơn vị", *figures, "Kết quả"], rows, right=figures)


def _settled(sheet) -> tuple[str, str]:
    """Score and rank as far as the department settled them."""
    if not sheet or sheet.settled_total is None:
        return "", ""
    return figure_text(sheet.settled_total), str(sheet.rank or "")


def _proposal(ballot, chosen, tied):
    """What is asked for."""
    words = []
    if chosen:
        words.append(
            f"{said(ballot.cluster)} kính đề nghị xét, tặng {said(ballot.award)} cho: "
            f"{'; '.join(said(row) for row in chosen)}."
        )
    if tied:
        words.append(
            f"{', '.join(said(row) for row in tied)} có số phiếu bằng nhau ở vị trí cuối; kính đề nghị cấp có thẩm quyền "
            "xem xét, quyết định."
        )
    return "3. " + " ".join(words)


@OF_BALLOT.heard
def hear(document: Document, state: str) -> None:
    """The count stands whatever becomes of its papers. Raises ``Refused`` for a paper about a result that was annulled."""
    # Held, so that nobody annuls the result meanwhile.
    if state == ISSUED and not Ballot.objects.select_for_update().get(pk=key_of(document)).is_counted:
        raise Refused("Kết quả kiểm phiếu này đã bị hủy nên không phát hành được văn bản. Hãy bỏ dự thảo.")
