"""What of a campaign does not hold together: its days, what it rests on, what is missing, the paper that launches it."""

from datetime import MAXYEAR, date

from django.utils import timezone

from documents.models import Document
from documents.steps.refusing import Refused
from units.models import Unit

from ..area import LAUNCH
from .models import Campaign

State = Campaign.State
# What may still be put right after the launch; dates change by an adjustment, with a paper. Kinds are added, not taken away.
AFTER_LAUNCH = ["follower", "quota_collectives", "quota_people", "asked_kinds"]
# The days of a campaign, by the names of its fields.
DATES = ("begins_on", "ends_on", "interim_on", "final_on", "nominations_until")
# What each is called where it stands by itself.
DAY_NAMES = {
    "begins_on": "Ngày bắt đầu",
    "ends_on": "Ngày kết thúc",
    "interim_on": "Ngày sơ kết",
    "final_on": "Ngày tổng kết",
    "nominations_until": "Hạn gửi hồ sơ khen thưởng",
}
FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2100, 12, 31)


# --- Days


def faults_of_dates(days: dict) -> dict[str, str]:
    """{name: what is wrong with it} of ``DATES``, as far as they are known."""
    found = {name: OUTSIDE for name in DATES if days.get(name) and not FIRST_DAY <= days[name] <= LAST_DAY}
    begins, ends = days.get("begins_on"), days.get("ends_on")
    return found or (_faults_of_order(days, begins, ends) if begins and ends else {})


OUTSIDE = f"Ngày phải trong khoảng {FIRST_DAY:%d/%m/%Y} – {LAST_DAY:%d/%m/%Y}."


def _faults_of_order(days, begins, ends):
    found = {}
    if ends < begins:
        found["ends_on"] = f"Ngày kết thúc phải từ ngày bắt đầu ({begins:%d/%m/%Y}) trở đi."
    for name, words in (
        ("interim_on", "Ngày sơ kết"),
        ("final_on", "Ngày tổng kết"),
        ("nominations_until", "Hạn gửi hồ sơ"),
    ):
        if days.get(name) and days[name] < begins:
            found[name] = f"{words} phải từ ngày bắt đầu ({begins:%d/%m/%Y}) trở đi."
    if days.get("interim_on") and days["interim_on"] > ends:
        found.setdefault("interim_on", f"Ngày sơ kết không được sau ngày kết thúc ({ends:%d/%m/%Y}).")
    if days.get("interim_on") and days.get("final_on") and days["final_on"] < days["interim_on"]:
        found.setdefault("final_on", f"Ngày tổng kết không được trước ngày sơ kết ({days['interim_on']:%d/%m/%Y}).")
    return found


def doubts_on(campaign, parents) -> list[str]:
    """Where a campaign does not fit what it rests on, in words; each may be overruled with a reason."""
    found = []
    for parent in parents:
        if not parent.is_going_on:
            found.append(f"«{parent}» {state_words(parent)}.")
        if campaign.begins_on < parent.begins_on or campaign.ends_on > parent.ends_on:
            found.append(f"Thời gian ra ngoài thời gian của «{parent}» ({parent.span}).")
    return found


def state_words(campaign) -> str:
    """Its state as it stands in a sentence: «X» đang hoãn, dừng."""
    return "đang hoãn" if campaign.state == State.POSTPONED else campaign.get_state_display().lower()


def fault_of_year(day: date) -> str:
    """Why nothing is reviewed or met on ``day``; nothing where its year can be meant."""
    if FIRST_DAY <= day <= LAST_DAY:
        return ""
    return f"Hãy ghi ngày trong khoảng từ năm {FIRST_DAY.year} đến năm {LAST_DAY.year}."


# --- Launching


def faults_of(campaign) -> list[str]:
    """What keeps a draft from being launched, in words."""
    needed = [
        ("contents", "nội dung thi đua"),
        ("criteria", "tiêu chí, tiêu chuẩn"),
        ("participants", "đối tượng tham gia"),
    ]
    missing = [words for name, words in needed if not getattr(campaign, name).strip()]
    if campaign.level != Campaign.Level.UNIT and not campaign.asked_kinds:
        missing.append("loại đơn vị được đề nghị hưởng ứng")
    return [f"Chưa ghi {', '.join(missing)}."] if missing else []


# --- After the launch


def _years_after(day: date, years: int) -> int:
    if day.year + years > MAXYEAR:
        return date.max.toordinal() + 2
    return years_after(day, years).toordinal()


def years_after(day: date, years: int) -> date:
    """The same day so many years later; 1 March for a 29 February that is none."""
    year = day.year + years
    try:
        return day.replace(year=year)
    except ValueError:
        return date(year, 3, 1)


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
    near = campaign.unit.with_predecessors(by.whole_pairs) | by.inherited_units
    return unit.pk in near or unit.pk in (campaign.unit.superior_id, by.unit and by.unit.superior_id)


def is_launched_here(campaign) -> bool:
    """Whether its launch is a paper made here for it, which is replaced or recalled, not corrected."""
    paper = campaign.document
    return bool(paper and LAUNCH.is_of(paper, campaign.pk) and paper.state == Document.State.ISSUED)
