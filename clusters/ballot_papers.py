"""What the papers about a ballot say: the minutes of the count, and the submission of those who are proposed.

Source: Nghị định 98/2023/NĐ-CP, Điều 34: a dossier holds a submission and minutes with the result of the vote.
"""

from django.db import transaction

from documents import areas
from documents.markdown import said, said_in_head
from documents.models import Addressee, Document
from documents.steps import Refused
from documents.tables import table
from units.figures import figure_text
from units.permissions import department

from .ballots import outcome_of
from .models import Ballot, BallotPaper, ScoreSheet

AREA = "bo-phieu"
Kind = BallotPaper.Kind
TYPES = {Kind.MINUTES: "BB", Kind.SUBMISSION: "TTr"}


def papers_of(ballot, user):
    """The papers made of ``ballot`` that ``user`` may open, the latest first."""
    rows = ballot.documents.filter(document__in=Document.objects.open_to(user).order_by().values("pk"))
    return rows.select_related("document__type").order_by("-pk")


def missing_from(ballot) -> set[str]:
    """The kinds of papers that can still be drafted: there is none yet, or it was given up."""
    return set(Kind.values) - set(_standing_papers(ballot).values_list("kind", flat=True))


def _standing_papers(ballot):
    return ballot.documents.exclude(document__state__in=Document.OVER)


@transaction.atomic
def draft(ballot, kind: BallotPaper.Kind, *, by) -> Document:
    """A draft of the minutes or the submission by the unit of ``by``, which leads the cluster. Raises ``Refused``."""
    ballot = (
        Ballot.objects.select_for_update(of=("self",)).select_related("cluster__division", "activity").get(pk=ballot.pk)
    )
    _refuse(ballot, kind, by)
    facts, addressees = (_minutes(ballot), []) if kind == Kind.MINUTES else _submission(ballot)
    document = areas.draft(
        area=AREA,
        key=ballot.pk,
        by=by,
        type=TYPES[kind],
        issuer=by.unit,
        facts=facts,
        addressees=addressees,
    )
    BallotPaper.objects.create(ballot=ballot, kind=kind, document=document)
    return document


def _refuse(ballot, kind, by):
    if not ballot.cluster.is_led_by(by):
        raise Refused(f"Chỉ trưởng, phó trưởng của {ballot.cluster} soạn văn bản này.")
    if not ballot.is_counted:
        raise Refused("Chưa kiểm phiếu nên chưa có kết quả để soạn văn bản.")
    if paper := _standing_papers(ballot).filter(kind=kind).select_related("document__type").first():
        document = paper.document
        raise Refused(
            f"Đã có {document.name} ({document.get_state_display().lower()}). Hãy mở văn bản đó; muốn soạn lại thì bỏ nó trước."
        )
    if kind == Kind.MINUTES:
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


def _minutes(ballot):
    """The minutes of the count in the office's words."""
    cluster, result = ballot.cluster, outcome_of(ballot)
    where = f", tại {said(ballot.activity.title)}" if ballot.activity else ""
    place = f" ({said(ballot.activity.place)})" if ballot.activity and ballot.activity.place else ""
    award = f"{ballot.award}{f' (vòng {ballot.round})' if ballot.round > 1 else ''}"
    body = [
        f"Ngày {ballot.held_on:%d/%m/%Y}{where}{place}, {said(cluster)} tiến hành bỏ phiếu suy tôn, đề nghị tặng {said(award)} "
        f"năm {cluster.division.year}.",
        "# I. THÀNH PHẦN",
        f"1. Người có quyền bỏ phiếu: {ballot.entitled} người, đại diện các đơn vị sau:",
        table(
            ["Đơn vị", "Người bỏ phiếu"],
            [(row, row.name) for row in ballot.voters.select_related("membership__unit")],
        ),
        *_board(ballot),
        "# II. NỘI DUNG",
        f"1. Cách bỏ phiếu: {_how(ballot)}. Mỗi phiếu chọn nhiều nhất {ballot.seats} đơn vị.",
        f"2. Tỷ lệ: đơn vị được đề nghị phải có từ {ballot.percent_words} số phiếu đồng ý trở lên, tính trên tổng số người có "
        f"quyền bỏ phiếu, tức là từ {ballot.needed}/{ballot.entitled} phiếu ({said(ballot.citation)}).",
        "# III. KẾT QUẢ KIỂM PHIẾU",
        f"1. Số phiếu phát ra: {ballot.issued}; thu về: {ballot.cast}; hợp lệ: {ballot.valid}; "
        f"không hợp lệ: {ballot.cast - ballot.valid}.",
        "2. Số phiếu đồng ý:",
        table(
            ["Đơn vị được giới thiệu", "Số phiếu đồng ý", "Tỷ lệ", "Kết quả"],
            [(row, f"{row.agreed}/{ballot.entitled}", row.share, row.outcome) for row in result.candidates],
        ),
        _conclusion(ballot, result),
    ]
    return {
        "subject": said_in_head(f"kiểm phiếu suy tôn {award} năm {cluster.division.year} của {cluster}"),
        "recipients": "\n".join(["Sở Nội vụ", f"Các đơn vị thuộc {cluster}"]),
        "body": "\n\n".join(body),
    } | _signers(ballot)


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


def _submission(ballot):
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
        _ranking(results),
        f"2. Điều kiện: có từ {ballot.percent_words} số phiếu đồng ý trở lên, tính trên tổng số người có quyền bỏ phiếu "
        f"({said(ballot.citation)}).",
        _proposal(ballot, chosen, results[-1][1].tied),
        f"Kèm theo: biên bản kiểm phiếu ngày {', '.join(f'{row.held_on:%d/%m/%Y}' for row in rounds)}.",
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


def _ranking(results):
    """Every candidate once, as its last round left it: those chosen first, then by votes; with score and rank."""
    last = {row.membership_id: (row, ballot.entitled) for ballot, result in results for row in result.candidates}
    sheets = {sheet.membership_id: sheet for sheet in ScoreSheet.objects.filter(membership__in=last)}
    rows = [
        (row, *_settled(sheets.get(key)), f"{row.agreed}/{entitled}", row.share, row.outcome)
        for key, (row, entitled) in sorted(last.items(), key=lambda pair: (not pair[1][0].chosen, -pair[1][0].agreed))
    ]
    return table(["Đơn vị", "Điểm", "Xếp hạng", "Phiếu đồng ý", "Tỷ lệ", "Kết quả"], rows)


def _settled(sheet) -> tuple[str, str]:
    """Score and rank as far as the department settled them."""
    if not sheet or sheet.settled_total is None:
        return "chưa chốt", ""
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


def hear(document: Document, state: str) -> None:
    """The count stands whatever becomes of its papers; one that took the place of another is a paper of it as well.

    Raises ``Refused`` for a paper about a result that was annulled.
    """
    if state == areas.ISSUED:
        # Held, so that nobody annuls the result meanwhile.
        if not Ballot.objects.select_for_update().get(pk=document.area_key).is_counted:
            raise Refused("Kết quả kiểm phiếu này đã bị hủy nên không phát hành được văn bản. Hãy bỏ dự thảo.")
        kind = Kind.MINUTES if document.type.code == TYPES[Kind.MINUTES] else Kind.SUBMISSION
        BallotPaper.objects.get_or_create(
            document=document, defaults={"ballot_id": int(document.area_key), "kind": kind}
        )


areas.register(AREA, hear)
