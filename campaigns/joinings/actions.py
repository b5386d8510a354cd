"""Units join a campaign: with how many people and collectives, and with the targets that they set themselves."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count, QuerySet, Sum
from django.urls import reverse
from django.utils import timezone

from documents.models import Upload, history_of
from documents.steps.log import record, words_of
from documents.steps.refusing import Refused
from documents.steps.stepping import GONE, Steps, Who
from documents.uploads import drop_left
from units.figures import figure_text
from units.models import Unit
from units.permissions import may_oversee, may_write

from ..campaign.models import OPEN, Campaign
from ..log import About
from .models import Goal, Joining

_FACTS = ["people", "collectives", "words"]
# Steps with a result, which the log of its joining tells; what is only written is the unit's own until it is sent.
WRITE_RESULT, SEND_RESULT, RETURN_RESULT = OF_RESULT = ("write_result", "send_result", "return_result")
WITHDRAWN = "Bản đăng ký này đã được rút. Hãy tải lại trang."
_OF_GOAL = ("content", "measure", "planned")
_ASK = "Cần sửa, hãy đề nghị đơn vị chủ trì trả lại kết quả đó trước."


def not_joined(campaign) -> QuerySet[Unit]:
    """Those of ``campaign.asked_units()`` that did not join."""
    return campaign.asked_units().exclude(pk__in=campaign.joinings.order_by().values("unit"))


def sees_all(campaign, user) -> bool:
    """Whether ``user`` reads what every unit registered and reported: the department, and the unit that launched it."""
    return may_oversee(user) or campaign.unit_id in user.inherited_units


def takes_part(campaign) -> bool:
    """Whether units register and report: launched, not postponed, and not summed up yet."""
    return campaign.state in OPEN


def told_to(user, row):
    """The log of a joining as ``user`` may read it: what a unit writes before it sends is its own."""
    rows = history_of(About.JOINING, row.pk)
    return rows if row.unit_id in user.inherited_units else rows.exclude(what=WRITE_RESULT)


def fault_of_change(campaign) -> str:
    """Why what was registered for ``campaign`` stays as it is; nothing where it may change."""
    if campaign.state == Campaign.State.POSTPONED:
        return "Phong trào này đang hoãn nên bản đăng ký giữ nguyên. Khi phong trào tiếp tục thì sửa được."
    if not takes_part(campaign):
        told = campaign.get_state_display().lower().removeprefix("đã ")
        return f"Phong trào này đã {told} nên bản đăng ký giữ nguyên."
    return ""


def fault_of(campaign, unit) -> str:
    """Why ``unit`` cannot join ``campaign`` today, in words that say what to do; nothing where it can."""
    today = timezone.localdate()
    if campaign.is_draft:
        return "Phong trào này chưa phát động nên chưa đăng ký hưởng ứng được."
    if campaign.state == Campaign.State.POSTPONED:
        return "Phong trào này đang hoãn nên chưa nhận đăng ký. Khi phong trào tiếp tục thì đăng ký được."
    if not takes_part(campaign) or campaign.ends_on < today:
        told = f"hết hạn {campaign.ends_on:%d/%m/%Y}" if takes_part(campaign) else campaign.get_state_display().lower()
        return f"Phong trào này đã {told.removeprefix('đã ')} nên không nhận đăng ký nữa."
    if not unit.is_alive_on(today):
        return (
            f"{unit.name} không hoạt động vào ngày {today:%d/%m/%Y} ({unit.years}) nên không đăng ký được. "
            "Hãy đăng ký bằng tài khoản của đơn vị kế thừa."
        )
    if not _may_take_part(campaign, unit):
        return (
            f"Phong trào này không đề nghị {unit.name} tham gia. "
            f"Nếu cần tham gia, hãy đề nghị {campaign.unit} bổ sung loại đơn vị được đề nghị hưởng ứng."
        )
    return ""


def may_join(campaign, user) -> bool:
    """Whether ``user`` may register the own unit for ``campaign`` today."""
    if not may_write(user) or not user.unit_id or fault_of(campaign, user.unit):
        return False
    return not campaign.joinings.filter(unit__in=user.inherited_units).exists()


def _may_take_part(campaign, unit) -> bool:
    """Whether ``unit`` is one of those that are asked; a unit takes part in its own campaign as well."""
    if campaign.level == Campaign.Level.UNIT:
        return campaign.unit_id in (unit.pk, unit.superior_id)
    return unit.kind in campaign.asked_kinds and unit.pk != campaign.unit_id


def _refuse_reader(by):
    if not may_write(by):
        raise Refused("Tài khoản này chỉ được xem. Việc đăng ký do cán bộ của đơn vị làm.")


def _words(row) -> dict:
    """Everything that was registered, in words, for before and after."""
    words = words_of(row, _FACTS)
    for goal in row.goals.all():
        words[f"Chỉ tiêu: {goal.content}"] = f"{figure_text(goal.planned)} {goal.measure}"
    return words


def _steps(**facts) -> Steps:
    """A table of steps with a registration: its campaign says what time it is."""
    return Steps(
        Joining,
        "bản đăng ký",
        about=About.JOINING,
        related=["campaign__unit", "unit"],
        standing=lambda row: row.campaign,
        gone=WITHDRAWN,
        not_now=lambda step, campaign: fault_of_change(campaign),
        **facts,
    )


UNIT = Who(Joining.is_kept_by, lambda row: str(row.unit))
STEPS = _steps(words=_words)


@transaction.atomic
def join(row, goals, *, by) -> Joining:
    """Register the unit of ``by`` with ``row`` (a new ``Joining``) and ``goals`` (unsaved rows). Raises ``Refused``."""
    _refuse_reader(by)
    # Two of one unit who register at once stand in line here; the second is told.
    campaign = Campaign.objects.select_for_update(of=("self",)).select_related("unit").get(pk=row.campaign_id)
    if fault := fault_of(campaign, by.unit):
        raise Refused(fault)
    # What a unit registered that went into the own one is its own by now.
    if own := campaign.joinings.filter(unit__in=by.inherited_units).select_related("unit").first():
        raise Refused(f"{own.unit} đã đăng ký phong trào này. Hãy mở bản đăng ký đó để sửa.")
    row.campaign, row.unit, row.by = campaign, by.unit, by
    row.joined_on = row.joined_on or timezone.localdate()
    _refuse_nobody(row)
    row.save()
    _store_goals(row, goals)
    record(About.JOINING, row, "Đăng ký hưởng ứng", what="join", by=by, after=_words(row))
    return row


def _refuse_nobody(row):
    if not row.people and not row.collectives:
        raise Refused("Hãy ghi số cá nhân hoặc số tập thể tham gia.", "people")


@STEPS.step("change_joining", "Sửa đăng ký", OPEN, who=UNIT, form=None)
def change(row, *, by, typed, goals):
    """Who takes part as in ``typed``, a joining; ``goals`` with their keys, where they were there before.

    A target of which a result was sent stays as it is.
    """
    _refuse_nobody(typed)
    for name in _FACTS:
        setattr(row, name, getattr(typed, name))
    _store_goals(row, goals)


def _store_goals(row, goals):
    """Change, add and take out targets; their keys stay, because figures hang on them."""
    kept = {goal.pk: goal for goal in row.goals.all()}
    fixed = set(row.goals.filter(figures__result__sent_at__isnull=False).values_list("pk", flat=True))
    wanted = {goal.pk for goal in goals}
    for goal in kept.values():
        if goal.pk in fixed and goal.pk not in wanted:
            raise Refused(f"Chỉ tiêu «{goal}» đã có kết quả gửi đi nên không bỏ được. {_ASK}")
    row.goals.filter(pk__in=kept.keys() - wanted).delete()
    for position, goal in enumerate(goals, start=1):
        old = kept.get(goal.pk)
        # A key that is not of this joining is none.
        stored = old or Goal(joining=row)
        if old and old.pk in fixed and any(getattr(old, name) != getattr(goal, name) for name in _OF_GOAL):
            raise Refused(f"Chỉ tiêu «{old}» đã có kết quả gửi đi nên giữ nguyên. {_ASK}")
        for name in _OF_GOAL:
            setattr(stored, name, getattr(goal, name))
        stored.position = position
        stored.save()


def fault_of_withdrawal(row, _user=None) -> str:
    """Why the registration ``row`` cannot be taken back while others can; nothing where it can."""
    sent = row.results.filter(sent_at__isnull=False).select_related("review").first()
    if not sent:
        return ""
    return (
        f"{row.unit} đã gửi kết quả {sent.review.brief} nên không rút đăng ký được. "
        f"Cần rút, hãy đề nghị {row.campaign.unit} trả lại kết quả đó trước."
    )


@dataclass
class _Whole:
    """A registration with all that was written on it, which goes with it when it is taken back."""

    version: int


def _whole(row) -> _Whole:
    return _Whole(row.version + (row.results.aggregate(versions=Sum("version"))["versions"] or 0))


def _told_before_withdrawing(row) -> str:
    """What is lost, what is kept, and whether the unit may register again."""
    files = Upload.objects.filter(result_file__result__joining=row)
    counts = {"chỉ tiêu": row.goals, "bản kết quả chưa gửi": row.results, "tệp kèm theo kết quả": files}
    lost = [f"{rows.count()} {words}" for words, rows in counts.items() if rows.exists()]
    with_them = f", cùng {', '.join(lost)}" if lost else ""
    fault = fault_of(row.campaign, row.unit)
    again = f"Sau khi rút thì không đăng ký lại được: {fault}" if fault else "Sau khi rút, đơn vị đăng ký lại được."
    return (
        f"Bản đăng ký của {row.unit} được xóa{with_them}. Không khôi phục được.\n\n"
        f"Nhật ký của phong trào giữ nội dung đã đăng ký và lý do rút, để {row.campaign.unit} và Sở Nội vụ đọc.\n\n{again}"
    )


@_steps(
    words=lambda row: words_of(row, ["joined_on", "by"]) | _words(row),
    versioned=_whole,
    away=lambda row: reverse("campaign_joinings", args=[row.campaign_id]),
).step(
    "withdraw_joining", "Rút đăng ký hưởng ứng", OPEN, to=GONE, who=UNIT, needs_reason=True, fault=fault_of_withdrawal,
    address="withdraw_joining", log=lambda row, _: "Rút đăng ký", hint=_told_before_withdrawing, button="Rút đăng ký",
    look="danger", told="Đã rút đăng ký.", then=drop_left,
)  # fmt: skip
def withdraw(row, *, by, reason):
    """Take back what was registered by mistake, with its targets and the results that were not sent, files and all.

    The logs of the joining and of its campaign keep what was registered.
    """
    facts = {"before": words_of(row, ["joined_on", "by"]) | _words(row), "reason": reason, "of": row.pk}
    told = f"Rút đăng ký hưởng ứng: {row.unit}"
    record(About.CAMPAIGN, row.campaign, told, what="withdraw_joining", by=by, **facts)
    row.left = list(Upload.objects.filter(result_file__result__joining=row))


def usual_goals(campaign) -> list[str]:
    """Targets to offer while one types: lines of the campaign's contents and criteria, and what several units wrote."""
    lines = [line.strip(" -+•.;\t") for line in f"{campaign.contents}\n{campaign.criteria}".splitlines()]
    rows = Goal.objects.filter(joining__campaign=campaign).order_by().values("content").annotate(units=Count("joining"))
    several = rows.filter(units__gt=1).order_by("-units", "content").values_list("content", flat=True)[:30]
    return list(dict.fromkeys([*several, *(line for line in lines if 0 < len(line) <= 300)]))
