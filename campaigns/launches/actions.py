"""How a campaign comes about: drafted, taken up from others, launched by its paper.

Source: Luật Thi đua, khen thưởng 2022, Điều 17 (what a launch says); the letter that this program began with, point 1.a. Every
action holds the row of its campaign, so that two people who change it at once take turns.
"""

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from documents.models import Document
from documents.steps.log import words_of
from documents.steps.refusing import Refused
from documents.steps.stepping import GONE
from units.models import Unit
from units.permissions import may_write

from ..campaign.actions import KEEPER, refuse_others, steps
from ..campaign.models import OVER, Campaign
from ..campaign.rules import (
    AFTER_LAUNCH,
    DATES,
    doubts_on,
    faults_of,
    faults_of_dates,
    is_launched_here,
    refuse_paper,
    state_words,
)
from .duties import do_duties, tell_correction
from .forms import CorrectForm, LaunchForm

State = Campaign.State
# Everything that a draft says, in the order of its form.
FACTS = [
    "unit",
    "name",
    "kind",
    "scope",
    "aims",
    "contents",
    "criteria",
    "participants",
    "begins_on",
    "ends_on",
    "interim_on",
    "final_on",
    "nominations_until",
    "quota_collectives",
    "quota_people",
    "follower",
    "overruled",
]
# What taking a campaign up carries over.
CARRIED = ["kind", "aims", "contents", "criteria", "participants", "begins_on", "ends_on", "interim_on", "final_on"]


def _words(campaign) -> dict:
    parents = "; ".join(str(row) for row in campaign.parents.order_by("pk")) if campaign.pk else ""
    kinds = "; ".join(str(_KINDS.get(kind, kind)) for kind in campaign.asked_kinds)
    return words_of(campaign, [*FACTS, "level"]) | {"Loại đơn vị được đề nghị hưởng ứng": kinds, "Trên cơ sở": parents}


_KINDS = dict(Unit.Kind.choices)


def _launch_words(campaign) -> dict:
    paper = campaign.document.name if campaign.document else ""
    return {"Văn bản phát động": paper, "Ngày phát động": f"{campaign.launched_on:%d/%m/%Y}"}


STEPS = steps(words=_launch_words, address="remove_campaign", away=lambda campaign: reverse("campaigns"))


# --- Drafted


@transaction.atomic
def save(campaign, *, by, parents=(), seen_version: int | None = None) -> Campaign:
    """Store a new campaign with what it rests on, or what was changed in one. Raises ``Refused``, ``Stale``.

    A doubt that nobody overruled is told beside ``overruled``.
    """
    if campaign.pk:
        return edit(campaign, by=by, seen_version=seen_version, typed=campaign, parents=parents)
    campaign.set_level()
    refuse_others(campaign, by)
    _refuse_facts(campaign, parents)
    campaign.author_id = campaign.author_id or by.pk
    campaign.save()
    campaign.parents.set(parents)
    STEPS.tell(campaign, "create_campaign", "Lập phong trào", by=by, after=_words(campaign))
    return campaign


@STEPS.step("edit_campaign", "Sửa", [one for one in State if one not in OVER], who=KEEPER, form=None, words=_words)
def edit(campaign, *, by, typed, parents=()):
    """What is ``typed`` takes the place of what stands there; of a launched one only ``AFTER_LAUNCH`` changes."""
    typed.set_level()
    refuse_others(typed, by)
    if campaign.is_draft:
        _refuse_facts(typed, parents)
    else:
        _refuse_changed(campaign, typed, parents)
    for name in (*FACTS, "level", "asked_kinds"):
        setattr(campaign, name, getattr(typed, name))
    campaign.parents.set(parents)


def _refuse_changed(stored, campaign, parents):
    """What a launched campaign says stands still."""
    fixed = [name for name in FACTS if name not in AFTER_LAUNCH and getattr(stored, name) != getattr(campaign, name)]
    if fixed or set(parents) != set(stored.parents.all()):
        raise Refused("Phong trào đã phát động: nội dung, thời gian chỉ thay đổi bằng «Điều chỉnh», theo văn bản.")
    if gone := [str(_KINDS.get(kind, kind)) for kind in stored.asked_kinds if kind not in campaign.asked_kinds]:
        words = (
            f"Văn bản phát động đã đề nghị {', '.join(gone)}: chỉ thêm được loại đơn vị, không bỏ được. Hãy chọn lại."
        )
        raise Refused(words, "asked_kinds")


def _refuse_facts(campaign, parents):
    """What cannot be stored, even as a draft."""
    if not campaign.unit.is_alive_on(timezone.localdate()):
        raise Refused(f"{campaign.unit.label} không còn hoạt động. Hãy lập phong trào ở đơn vị kế thừa.", "unit")
    for name, words in faults_of_dates({name: getattr(campaign, name) for name in DATES}).items():
        raise Refused(words, name)
    if campaign.pk and any(parent.pk == campaign.pk for parent in parents):
        raise Refused("Một phong trào không thể lấy chính nó làm cơ sở.", "parents")
    doubts = doubts_on(campaign, parents)
    if doubts and not campaign.overruled.strip():
        raise Refused(f"{' '.join(doubts)} Nếu vẫn cần như vậy, hãy ghi lý do vào ô này.", "overruled")


def _fault_of_removal(campaign, _user) -> str:
    paper = campaign.document
    held = paper and paper.state not in Document.OVER
    return f"Phong trào này có {paper.name}. Hãy bỏ văn bản đó trước." if held else ""


@STEPS.step(
    "remove_campaign", "Xóa bản đang lập", [State.DRAFT], to=GONE, who=KEEPER, words=_words, fault=_fault_of_removal,
    told="Đã xóa bản đang lập.",
)  # fmt: skip
def remove(campaign, *, by):
    """Take out a draft that was begun by mistake."""


@transaction.atomic
def take_up(parents, *, by) -> Campaign:
    """A draft of the unit of ``by`` on the basis of ``parents``, with what it carries over. Raises ``Refused``."""
    if not may_write(by):
        raise Refused("Tài khoản này chỉ được xem. Cần phát động, hãy liên hệ người quản trị.")
    # Held, so that of two clicks at once the second finds what the first one made.
    rows = Campaign.objects.select_for_update().order_by("pk")
    rows = {row.pk: row for row in rows.filter(pk__in=[row.pk for row in parents])}
    parents = [rows[row.pk] for row in parents if row.pk in rows]
    _refuse_parents(parents, by)
    first = parents[0]
    other = Campaign.objects.standing().filter(parents=first, unit=by.unit_id).first()
    if other:
        raise Refused(f"Đơn vị đã lập «{other}» trên cơ sở phong trào này. Hãy mở phong trào đó.")
    facts = {name: getattr(first, name) for name in CARRIED}
    last = max(facts["begins_on"], min(timezone.localdate(), facts["ends_on"]))
    draft = Campaign(unit=by.unit, name=first.name, scope=Campaign.Scope.UNIT, **facts | {"begins_on": last})
    for name in ("interim_on", "final_on"):
        if getattr(draft, name) and getattr(draft, name) < draft.begins_on:
            setattr(draft, name, None)
    return save(draft, by=by, parents=parents)


def _refuse_parents(parents, by):
    """What nobody, or not the unit of ``by``, launches a campaign of its own on the basis of."""
    if not parents:
        raise Refused("Phong trào này đã bị xóa. Hãy tải lại trang.")
    for parent in parents:
        if parent.state == State.POSTPONED:
            raise Refused(
                f"«{parent}» đang hoãn nên chưa phát động trên cơ sở đó được. Hãy chờ văn bản tiếp tục thực hiện."
            )
        if not parent.is_going_on:
            raise Refused(f"«{parent}» {state_words(parent)} nên không phát động trên cơ sở đó được nữa.")
        if parent.ends_on < timezone.localdate():
            raise Refused(
                f"«{parent}» hết thời gian ({parent.ends_on:%d/%m/%Y}) nên không phát động trên cơ sở đó được nữa."
            )
        if parent.unit_id == by.unit_id:
            raise Refused(f"«{parent}» do chính đơn vị phát động.")


# --- Launched


def _state_words(campaign) -> dict:
    if campaign.is_draft:
        return {"Trạng thái": campaign.get_state_display()}
    return {"Trạng thái": f"Đã phát động theo {campaign.document.name}, {campaign.launched_on:%d/%m/%Y}"}


@STEPS.step(
    "launch", "Phát động", [State.DRAFT], to=State.LAUNCHED, who=KEEPER, form=LaunchForm, words=_state_words,
    address="launch_campaign", told="Đã phát động.",
    then=lambda campaign, by, _: do_duties(campaign, campaign.document, campaign.launched_on, by),
)  # fmt: skip
def launch(campaign, *, by, paper, day):
    """``paper`` of ``day`` launches the draft; the duty to launch one's own, where a paper set it, is done by it."""
    if faults := faults_of(campaign):
        raise Refused(f"Chưa phát động được. {' '.join(faults)} Hãy sửa rồi phát động.")
    refuse_paper(campaign, paper, day)
    if not campaign.unit.is_alive_on(day):
        raise Refused(
            f"{campaign.unit.label} không hoạt động vào ngày {day:%d/%m/%Y} nên không phát động được.", "paper"
        )
    doubts = doubts_on(campaign, campaign.parents.order_by("pk"))
    if doubts and not campaign.overruled.strip():
        raise Refused(
            f"{' '.join(doubts)} Nếu vẫn phát động, hãy sửa phong trào và ghi lý do khác với phong trào cấp trên."
        )
    campaign.document, campaign.launched_on = paper, day


# --- Put right


def fault_of_correction(campaign, _user=None) -> str:
    """Why the paper of the launch cannot be put right; nothing where it can."""
    if not campaign.may_be_adjusted:
        return f"Phong trào ở trạng thái «{campaign.get_state_display()}» nên không sửa văn bản phát động."
    if is_launched_here(campaign):
        return f"{campaign.document.name} phát hành trong phần mềm. Cần sửa thì thay thế hoặc thu hồi văn bản đó."
    return ""


def _told_before_correcting(campaign) -> str:
    paper = campaign.document
    now = f"Đang ghi: {paper.name}, ngày {campaign.launched_on:%d/%m/%Y}.\n\n" if paper else ""
    return f"{now}Ngày phát động đổi theo ngày của văn bản đúng. Đăng ký, sơ kết và phong trào của đơn vị giữ nguyên."


@STEPS.step(
    "correct_paper", "Sửa văn bản phát động", State, who=KEEPER, form=CorrectForm, needs_reason=True,
    fault=fault_of_correction, address="correct_launch_paper", hint=_told_before_correcting, button="Lưu",
    told="Đã sửa văn bản phát động.", then=lambda campaign, by, _: tell_correction(campaign, by),
)  # fmt: skip
def correct_paper(campaign, *, by, paper):
    """Another paper launched the campaign than the one that was typed; its day is the day of the launch."""
    if paper.pk == campaign.document_id:
        raise Refused("Văn bản này đang được ghi là văn bản phát động. Hãy ghi văn bản đúng.", "paper")
    refuse_paper(campaign, paper, paper.dated)
    _refuse_later_launch(campaign, paper.dated)
    campaign.document, campaign.launched_on = paper, paper.dated


def _refuse_later_launch(campaign, day):
    """What became of a campaign became of it after its launch."""
    days = [*campaign.adjustments.holding().values_list("effective_on", flat=True), campaign.commended_on]
    for pair in campaign.reviews.values_list("held_on", "stopped_on"):
        days += pair
    days += campaign.joinings.values_list("joined_on", flat=True)
    days += campaign.children.held().values_list("launched_on", flat=True)
    days = [row for row in days if row]
    if days and min(days) < day:
        words = f"đã có đăng ký, đợt sơ kết, điều chỉnh, khen thưởng hoặc phong trào của đơn vị từ ngày {min(days):%d/%m/%Y}"
        raise Refused(f"Văn bản này đề ngày {day:%d/%m/%Y}, nhưng {words}. Hãy kiểm tra lại số văn bản.", "paper")
