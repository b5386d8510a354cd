"""What papers a campaign may rest on: the one that launches it, those that tell what becomes of it."""

from django.utils import timezone

from documents.models import Document
from documents.steps.refusing import Refused
from units.models import Unit

from ..area import LAUNCH
from .models import Campaign

State = Campaign.State

# Types of papers that ask others to do something. A report, minutes, a notice or an invitation tells what was or will be,
# and launches nothing.
LAUNCHING = ("PĐ", "KH", "QĐ", "CV", "HD", "CT")


# What postpones, changes, stops or replaces: the same, a notice, a telegram, a conclusion, a resolution, a word of a leader.
DECIDING = (*LAUNCHING, "TB", "CĐ", "KL", "NQ", "YK")


COMMENDING = ("QĐ",)


# Kinds of units whose papers decide on nothing but their own campaigns and those below them.
_LOWLY = (Unit.Kind.COMMUNE, Unit.Kind.OFFICE, Unit.Kind.ENTERPRISE)


# So many days before a campaign begins its launch may be signed; an older paper is another one of that number.
EARLIEST = 366


def refuse_paper(campaign, paper, day):
    """Raise ``Refused`` for a paper of ``day`` that cannot have launched the campaign."""
    if paper.state != Document.State.ISSUED:
        raise Refused(f"{paper.name} {paper.get_state_display().lower()}. Hãy chọn văn bản đang có hiệu lực.", "paper")
    if day > timezone.localdate():
        raise Refused(f"{paper.name} đề ngày {day:%d/%m/%Y}, chưa đến ngày đó.", "paper")
    if (campaign.begins_on - day).days > EARLIEST:
        raise Refused(
            f"{paper.name} đề ngày {day:%d/%m/%Y}, sớm hơn ngày bắt đầu phong trào ({campaign.begins_on:%d/%m/%Y}) trên một "
            "năm. Có thể là văn bản khác cùng số: hãy ghi thêm ngày sau số, ví dụ 43/PĐ-UBND 16/01/2020.",
            "paper",
        )
    if day > campaign.ends_on:
        raise Refused(f"{paper.name} đề ngày {day:%d/%m/%Y}, sau khi phong trào kết thúc.", "paper")
    if paper.type.code not in LAUNCHING:
        raise Refused(
            f"{paper.name} không phải loại văn bản để phát động. Hãy chọn phát động, kế hoạch, quyết định.", "paper"
        )
    # What the nation launched is recorded here by a paper of the nation's.
    is_of_nation = campaign.level == Campaign.Level.NATION
    if not is_of_nation and paper.issuer_unit_id and paper.issuer_unit_id != campaign.unit_id:
        raise Refused(f"{paper.name} do {paper.issuer_unit} ban hành, không phải {campaign.unit}.", "paper")
    if other := Campaign.objects.filter(document=paper).exclude(state=State.DRAFT).exclude(pk=campaign.pk).first():
        words = f"{paper.name} đã phát động «{other}» của {other.unit}. Hãy chọn văn bản phát động của chính phong trào này."
        raise Refused(words, "paper")


def refuse_basis(campaign, paper, *, types=None, by=None, field="paper") -> None:
    """Raise ``Refused`` for a paper that tells nothing of what became of a launched campaign.

    It holds, or held until another took its place; it is not the launch nor older; of ``types``, where they are named; and
    where ``by`` is, not of a commune, an office or a firm that has no say in the campaign.
    """
    if not paper.is_frozen or paper.state == Document.State.RECALLED:
        raise Refused(f"{paper.name} {paper.get_state_display().lower()} nên không làm căn cứ được.", field)
    if paper.pk == campaign.document_id:
        raise Refused("Đây là văn bản phát động phong trào. Hãy ghi văn bản khác.", field)
    if types and paper.type.code not in types:
        raise Refused(f"{paper.name} không phải loại văn bản quyết định việc này. Hãy kiểm tra lại số, ký hiệu.", field)
    if paper.day and paper.dated < campaign.launched_on:
        words = f"{paper.name} đề ngày {paper.date_text}, trước khi phát động ({campaign.launched_on:%d/%m/%Y})."
        raise Refused(f"{words} Hãy kiểm tra lại số, ký hiệu; có thể ghi thêm ngày sau số.", field)
    if by and paper.issuer_unit and not _may_decide(paper.issuer_unit, campaign, by):
        raise Refused(f"{paper.name} do {paper.issuer_unit} ban hành, không quyết định được phong trào này.", field)


def refuse_before(paper, day, field="day") -> None:
    """Raise ``Refused`` for a ``day`` before the one on which ``paper`` was signed."""
    if paper.day and day < paper.dated:
        raise Refused(f"{paper.name} ký ngày {paper.date_text}. Hãy chọn ngày từ đó trở đi.", field)


def _may_decide(unit, campaign, by) -> bool:
    """Whether a paper of ``unit`` may decide on a campaign: no lowly unit, its own, one that went into it, or one above."""
    if unit.kind not in _LOWLY:
        return True
    near = campaign.unit.with_predecessors() | (by.unit.with_predecessors() if by.unit else set())
    return unit.pk in near or unit.pk in (campaign.unit.superior_id, by.unit and by.unit.superior_id)


def is_launched_here(campaign) -> bool:
    """Whether its launch is a paper made here for it, which is replaced or recalled, not corrected."""
    paper = campaign.document
    return bool(paper and LAUNCH.is_of(paper, campaign.pk) and paper.state == Document.State.ISSUED)
