"""What the papers about pacts say: the words that a pact begins with, its printed sheet, the submission to the council."""

from datetime import date

from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone

from documents.areas.papers import ISSUED, RECALLED, REPLACED, Papers
from documents.citations.rules import long_form
from documents.form import rules
from documents.form.letters import POINTS_A_MM, balanced, short_rule, width
from documents.models import Addressee, Document, Effect
from documents.papers.tables import table
from documents.source.markdown import said, said_in_head
from documents.source.vietnamese import count_text, day_text, marked, month_text, table_day
from documents.steps.refusing import Refused
from documents.typesetting import to_pdf
from documents.typesetting.body import whole_references
from documents.typesetting.sheet import MOTTO
from units.models import Unit

from ..area import CLUSTERS
from . import actions as pacts
from .models import Pact, Reached
from .rules import STEPS, WRITTEN

OF_PACT = Papers(CLUSTERS, "giao-uoc")
State = Pact.State
NAME = "Giao ước thi đua"
PLACE = "Lạng Sơn"
COUNCIL = "Hội đồng Thi đua - Khen thưởng tỉnh"
# The council's unit in the catalogue; a register without it names the council in words alone.
COUNCIL_CODE = "hoi-dong-tdkt-tinh"
UNDER_WAY = Document.PENDING


# --- The words that a pact begins with


def blank(division, cluster=None) -> Pact:
    """An unsaved pact of ``cluster``, or of the leaders of all clusters, in the office's words."""
    year = division.year
    between = f"của {cluster}" if cluster else "giữa trưởng các khối, cụm thi đua"
    parties = f"các đơn vị thành viên {cluster}" if cluster else "trưởng các khối, cụm thi đua của tỉnh"
    bases = ["Căn cứ Luật Thi đua, khen thưởng và các văn bản hướng dẫn thi hành;"]
    if division.notice:
        bases.append(f"Căn cứ {long_form(division.notice)};")
    return Pact(
        division=division,
        cluster=cluster,
        title=f"{NAME} năm {year} {between}",
        preamble="\n".join(bases)
        + "\n"
        + (
            f"Để phấn đấu hoàn thành xuất sắc nhiệm vụ chính trị và đẩy mạnh phong trào thi đua yêu nước năm {year}, {parties} "
            f"thống nhất ký kết giao ước thi đua năm {year} với các nội dung sau:"
        ),
        commitment=(
            "1. Các bên tổ chức quán triệt và thực hiện giao ước này đến toàn thể cán bộ, công chức, viên chức, người lao động; "
            "phấn đấu hoàn thành và hoàn thành vượt mức các chỉ tiêu đã đăng ký.\n"
            "2. Chấp hành nghiêm chủ trương của Đảng, chính sách, pháp luật của Nhà nước; tham gia đầy đủ hoạt động của khối, "
            "cụm thi đua; thực hiện chế độ báo cáo đúng thời hạn.\n"
            "3. Kết quả thực hiện giao ước là căn cứ chấm điểm, bình xét, suy tôn danh hiệu thi đua, đề nghị khen thưởng "
            f"năm {year}."
        ),
    )


# --- The printed sheet


def pdf(pact, tell=None) -> bytes:
    """The pact as PDF/A in the looks of the office's papers; before it is laid out for signing marked as a draft.

    It is no administrative document of Nghị định 30/2020/NĐ-CP, Điều 7: it has no number and no issuing body, and is
    signed by all who are party. ``tell`` as in ``documents.typesetting.to_pdf``. Raises
    ``documents.typesetting.pdf.PackagesMissing``.
    """
    return to_pdf(html(pact), tell)


def html(pact) -> str:
    """The sheet before it is set."""
    day = pact.signed_on or min(timezone.localdate(), pact.division.ends_on)
    ruling = rules.in_force(day)
    issuer = _head(pact, ruling)
    subject = pact.title.removeprefix(NAME).strip() or f"năm {pact.division.year}"
    room = (ruling.text_width - 30) * POINTS_A_MM
    lines = balanced(subject[:1].upper() + subject[1:], ruling.subject.used, room, bold=True)
    parties = list(pact.parties.select_related("membership__unit").prefetch_related("aims"))
    for row in parties:
        row.signed_day = table_day(row.signed_on) if row.signed_on else ""
    bases, words = _preamble(pact.preamble)
    return render_to_string(
        "clusters/pacts/sheet.html",
        {
            "pact": pact,
            "rules": ruling,
            "issuer": {"lines": issuer, "rule": short_rule(issuer, ruling.issuer.used, ruling.short_rule)},
            "subject": {"lines": lines, "rule": short_rule(lines, ruling.subject.used, ruling.short_rule)},
            "motto": MOTTO,
            "motto_width": width(MOTTO, ruling.motto.used, bold=True),
            "signed": _place_date(pact.signed_on, pact),
            "confirmed": _place_date(pact.confirmed_on, pact),
            "is_draft": pact.state in WRITTEN,
            "bases": bases,
            "words": words,
            "commitment": list(map(whole_references, _lines(pact.commitment))),
            "targets": pact.targets.all(),
            "own_figures": _own_figures(pact),
            "aiming": [row for row in parties if row.aims.all()],
            "parties": [row for row in parties if not row.excuse],
            "recipients": marked([COUNCIL, "Sở Nội vụ", "Các bên ký giao ước", f"Lưu: {_keeper(pact)}"]),
        },
    )


def _head(pact, ruling) -> list[str]:
    """Who makes the pact, as it stands at its head."""
    name = str(pact.cluster) if pact.cluster_id else f"Trưởng các khối, cụm thi đua tỉnh {PLACE}"
    return balanced(name.upper(), ruling.issuer.used, (ruling.head_left - 3) * POINTS_A_MM, bold=True)


def _place_date(day, pact) -> str:
    """``Lạng Sơn, ngày 20 tháng 3 năm 2026``; blanks for what is not known."""
    known = (day_text(day.day), month_text(day.month), day.year) if day else ("…", "…", pact.division.year)
    return f"{PLACE}, ngày {known[0]} tháng {known[1]} năm {known[2]}"


def _preamble(text):
    """The legal bases, which the sheet prints as such, and the paragraphs behind them."""
    lines = _lines(text)
    bases = [line for line in lines if line.startswith("Căn cứ ")]
    words = [line for line in lines if not line.startswith("Căn cứ ")]
    return list(map(whole_references, marked(bases))), list(map(whole_references, words))


def _lines(text) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip()]


def _own_figures(pact):
    """Figures that parties promised of their own, with party and target."""
    rows = Reached.objects.filter(party__pact=pact, party__excuse="").exclude(planned=None)
    return rows.select_related("party__membership__unit", "target").order_by(
        "party__membership__unit__sort_text", "target__position"
    )


def _keeper(pact) -> str:
    return f"đơn vị trưởng {pact.cluster}" if pact.cluster_id else "Sở Nội vụ"


# --- The submission to the council


def is_being_submitted(pact) -> bool:
    """Whether a submission of it was drafted and is not issued yet."""
    return pact.state == State.SIGNED and pact.submission is not None and pact.submission.state in UNDER_WAY


@transaction.atomic
def draft_submission(chosen, *, by) -> Document:
    """A draft of the submission that lays ``chosen`` pacts of one year before the council. Raises ``Refused``."""
    found = [pacts.ready_to_submit(row, by) for row in sorted(chosen, key=lambda row: row.pk)]
    if not found:
        raise Refused("Hãy chọn ít nhất một giao ước mà các bên đã ký đủ.")
    for row in found:
        if is_being_submitted(row):
            raise Refused(f"{row} đã có {row.submission.name} đang soạn. Hãy mở tờ trình đó, hoặc bỏ nó trước.")
    year = found[0].division.year
    council = Unit.objects.filter(code=COUNCIL_CODE).first()
    document = OF_PACT.draft(
        year,
        by=by,
        type="TTr",
        issuer=by.unit,
        facts=_submission_words(found, year, council.name if council else COUNCIL),
        addressees=[Addressee(key=f"don-vi:{council.code}", label=council.name)] if council else (),
    )
    for row in found:
        row.submission = document
        row.save()
        STEPS.tell(row, "draft_submission", "Soạn tờ trình", by=by, after={"Tờ trình": document.name})
    return document


def _submission_words(found, year, council):
    """The submission in the office's words."""
    rows = [
        (row.title, count_text(row.parties.exclude(signed_on=None).count()), table_day(row.signed_on)) for row in found
    ]
    what = found[0].title[:1].lower() + found[0].title[1:] if len(found) == 1 else f"giao ước thi đua năm {year}"
    return {
        "subject": said_in_head(f"xác nhận {what}"),
        "to": council,
        "recipients": "Như trên",
        "body": (
            f"Thực hiện nhiệm vụ hướng dẫn các khối, cụm thi đua ký kết giao ước thi đua năm {year}, Sở Nội vụ đã hướng dẫn, "
            f"kiểm tra việc ký kết. Đến nay, {count_text(len(found))} bản giao ước sau đây đã được các bên ký đủ:\n\n"
            + table(["Giao ước", "Số bên ký", "Ngày ký đủ"], rows, right=["Số bên ký"])
            + f"\n\nCác bản giao ước có nội dung, chỉ tiêu phù hợp với nhiệm vụ năm {year}, đúng hướng dẫn.\n\n"
            + f"Sở Nội vụ kính trình {said(council)} xem xét, xác nhận (gửi kèm các bản giao ước đã ký)."
        ),
    }


@OF_PACT.heard
def hear(document: Document, state: str) -> None:
    """The issued submission lays its pacts before the council; one that replaces it stands in its place; recalled, they wait.

    Raises ``Refused`` where a pact was taken back meanwhile.
    """
    rows = Pact.objects.filter(submission=document)
    if state == ISSUED:
        day = date(document.year, document.month, document.day)
        try:
            for row in rows.exclude(state__in=[State.SUBMITTED, State.CONFIRMED]):
                pacts.submit.heard(row, by=document.author, paper=document, day=day)
        except Refused as refused:
            raise Refused(f"{refused} Hãy trả lại, bỏ tờ trình này và soạn lại cho các giao ước còn lại.") from None
    elif state == REPLACED:
        effect = document.affected_by.holding().filter(kind=Effect.Kind.REPLACES).last()
        rows.update(submission=effect.paper)
    elif state == RECALLED:
        for row in rows.filter(state=State.SUBMITTED):
            pacts.unsubmit.heard(row, by=document.author, reason=f"{document.name} bị thu hồi")
