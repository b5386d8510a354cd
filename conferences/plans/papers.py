"""The plan as a paper (KH): what it says, and what becomes of the plan when it is issued, replaced, recalled.

Source: Nghị định 30/2020/NĐ-CP, Phụ lục III (văn bản có tên loại); Hướng dẫn 1149/HD-BTĐKT ngày 18/6/2019 (what such a plan lays
down); công văn /UBND-KGVX tháng 02/2020, điểm 2 (the four forms).
"""

from django.db import transaction

from documents.areas.papers import ISSUED, REPLACED, key_of
from documents.models import Addressee, Document, Effect
from documents.papers.models import labels
from documents.papers.rules import issuers_for
from documents.papers.tables import Lists
from documents.source.markdown import said, said_in_head
from documents.source.vietnamese import count_text, full_day, roman, table_day
from documents.steps.refusing import Refused
from units.figures import figure_text
from units.models import Unit
from units.text import key_or_none

from . import actions
from .models import OF_PLAN, Form, Plan, Required

_NUMBERS = ["I", "II", "III", "IV", "V", "VI"]


@transaction.atomic
def draft(plan, *, by) -> Document:
    """A draft of the plan by the province. Raises ``Refused``."""
    plan = actions.STEPS.locked(plan)
    if not actions.KEEPER.may(plan, by):
        raise Refused("Kế hoạch hội nghị, đại hội do Sở Nội vụ soạn.")
    if plan.state != Plan.State.DRAFT:
        raise Refused("Kế hoạch này đã ban hành. Cần thay thì mở văn bản kế hoạch và bấm «Thay thế».")
    actions.refuse_faults(plan)
    OF_PLAN.refuse_standing(plan.pk)
    issuer = issuers_for(by).filter(kind=Unit.Kind.PROVINCE, subordinates=by.unit).first()
    if issuer is None:
        raise Refused("Kế hoạch do UBND tỉnh ban hành; tài khoản này không soạn được văn bản của UBND tỉnh.")
    lists = Lists()
    parts = _parts(plan, lists)
    body = lists.told(
        "\n\n".join([f"{said(issuer.name)} ban hành Kế hoạch tổ chức {said(plan.name)} như sau:", *parts])
    )
    addressees = _addressees(plan)
    facts = {
        "subject": said_in_head(f"tổ chức {plan.name}"),
        "body": body,
        "recipients": "\n".join([*(row.label for row in addressees), "Sở Nội vụ"]),
    }
    document = OF_PLAN.draft(
        plan.pk, by=by, type="KH", issuer=issuer, facts=facts, addressees=addressees, appendices=lists.appendices
    )
    actions.STEPS.tell(plan, "draft", "Soạn văn bản kế hoạch", by=by, after={"Văn bản": document.name})
    return document


def _addressees(plan) -> list[Addressee]:
    """The kinds of units that hold a conference; the province is who writes."""
    return addressees_of(kind for level in plan.levels.all() for kind in level.unit_kinds)


def addressees_of(kinds) -> list[Addressee]:
    """Whom a paper of the province is for, of ``kinds``: those that papers address as one; others hear from who is above them."""
    keys = [f"loai:{kind}" for kind in dict.fromkeys(kinds) if kind != Unit.Kind.PROVINCE]
    return [Addressee(key=key, label=called) for key, called in labels(keys).items() if called != key]


def _parts(plan, lists) -> list[str]:
    titles = [
        ("MỤC ĐÍCH, YÊU CẦU", [said(line) for line in plan.aims.splitlines() if line.strip()]),
        ("HÌNH THỨC, NỘI DUNG", _contents(plan)),
        ("THỜI GIAN, QUY MÔ", _levels(plan, lists)),
        ("ĐẠI BIỂU", _delegates(plan, lists)),
        ("TỔ CHỨC THỰC HIỆN", _duties(plan)),
    ]
    found = []
    there = [(title, lines) for title, lines in titles if lines]
    for number, (title, lines) in zip(_NUMBERS, there, strict=False):
        found += [f"# {number}. {title}", *lines]
    return found


def _contents(plan) -> list[str]:
    rows = list(plan.required.all())
    contents = [row for row in rows if row.kind == Required.Kind.CONTENT]
    parts = [row for row in rows if row.kind == Required.Kind.PROGRAMME]
    forms = "; ".join(f"“{form.label}”" for form in Form)
    lines = [f"1. Hình thức: cơ quan, đơn vị lựa chọn, quyết định một trong các hình thức {forms}."]
    if contents:
        lines.append(f"{len(lines) + 1}. Nội dung: {'; '.join(said(row.words) for row in contents)}.")
    if parts:
        lines.append(f"{len(lines) + 1}. Chương trình gồm: {'; '.join(_part(row) for row in parts)}.")
    years = f"{len(lines) + 1}. Hội nghị đánh giá phong trào thi đua, công tác khen thưởng giai đoạn {plan.serves_from}"
    return [*lines, f"{years} – {plan.serves_until}."]


def _part(row) -> str:
    return f"{said(row.words)} ({row.minutes} phút)" if row.minutes else said(row.words)


def _levels(plan, lists) -> list[str]:
    rows = [
        (
            row.name,
            "; ".join(kinds_of(row)),
            f"Từ {table_day(row.begins_on)} đến {table_day(row.ends_on)}",
            meeting_of(row),
        )
        for row in plan.levels.all()
    ]
    asked = [row.name for row in plan.levels.all() if row.needs_approval]
    lines = [lists.table("Thời gian tổ chức ở các cấp", ["Cấp", "Đơn vị", "Thời gian", "Quy mô"], rows)]
    if asked:
        lines.append(f"Đơn vị ở cấp {said('; '.join(asked))} trình Sở Nội vụ duyệt trước khi tổ chức hội nghị.")
    return lines


def kinds_of(level) -> list[str]:
    """The kinds of units of a level in words."""
    if level.is_congress:
        return ["UBND tỉnh"]
    return [Unit.Kind(kind).label for kind in level.unit_kinds]


def meeting_of(level) -> str:
    """Which meeting a level asks for, in words."""
    if level.full_below is None:
        return "Đại hội đại biểu" if level.is_congress else "Đơn vị quyết định"
    return f"Dưới {level.full_below} người: hội nghị toàn thể; từ {level.full_below} người: hội nghị đại biểu"


def _delegates(plan, lists) -> list[str]:
    qualifying = "; ".join(actions.qualifying_of(plan)) or "khen thưởng từ giấy khen trở lên"
    since = f"từ {full_day(plan.recognised_from)}"
    lines = [f"1. Đại biểu là điển hình được khen thưởng {since}: {said(qualifying)}."]
    sent = [f"{said(row.name)}: {count_text(row.sent_up)} đại biểu" for row in plan.levels.all() if row.sent_up]
    if sent:
        lines.append(f"2. Số đại biểu mỗi đơn vị cử lên cấp trên: {'; '.join(sent)}.")
    shares = [f"{said(row.get_trait_display())} từ {figure_text(row.percent)}% trở lên" for row in plan.shares.all()]
    if shares:
        lines.append(f"{len(lines) + 1}. Cơ cấu: {'; '.join(shares)}.")
    if quotas := [(row.unit.name, row.number) for row in plan.quotas.select_related("unit")]:
        title = "Số đại biểu của các đơn vị"
        lines += [
            f"{len(lines) + 1}. Các đơn vị có số đại biểu riêng:",
            lists.table(title, ["Đơn vị", "Số đại biểu"], quotas, right=["Số đại biểu"]),
        ]
    return lines


def _duties(plan) -> list[str]:
    return [
        f"1. Cơ quan, đơn vị, địa phương chọn hình thức, tổ chức hội nghị trang trọng, thiết thực, tiết kiệm; báo cáo kết quả "
        f"trong {count_text(plan.report_days)} ngày kể từ ngày tổ chức; cử đại biểu dự cấp trên.",
        "2. Sở Nội vụ hướng dẫn, đôn đốc, theo dõi; tổng hợp, chuẩn bị Đại hội Thi đua yêu nước tỉnh "
        f"lần thứ {roman(plan.number)}; lập đoàn dự Đại hội Thi đua yêu nước toàn quốc lần thứ {roman(plan.national)}.",
        "3. Ủy ban Mặt trận Tổ quốc và các đoàn thể tỉnh, cơ quan báo chí tuyên truyền về hội nghị, đại hội và các điển hình.",
    ]


# --- What becomes of it


@OF_PLAN.heard
def hear(document: Document, state: str) -> None:
    """The issued paper issues its plan; what takes its place is its paper from then on. Raises ``Refused``."""
    plan = Plan.objects.select_for_update().filter(pk=key_or_none(key_of(document)) or 0).first()
    by = document.issued_by or document.author
    if state == ISSUED:
        if plan is None:
            raise Refused("Kế hoạch của văn bản này đã bị xóa. Hãy trả lại và bỏ văn bản này.")
        if plan.state == Plan.State.DRAFT:
            actions.issue.heard(plan, by=by, paper=document)
        return
    if plan is None or plan.document_id != document.pk:
        return
    if state == REPLACED:
        effect = document.affected_by.holding().filter(kind=Effect.Kind.REPLACES).select_related("paper").last()
        actions.replace_paper.heard(plan, by=by, paper=effect.paper)
    else:
        actions.STEPS.tell(plan, "recalled", "Văn bản kế hoạch bị thu hồi", by=by, after={"Văn bản": document.name})
