"""Units join a campaign: with how many people and collectives, and with the targets that they set themselves."""

from django.db import transaction
from django.db.models import Count, QuerySet, Sum
from django.utils import timezone

from documents.models import Upload, history_of
from documents.steps.log import record, words_of
from documents.steps.refusing import Refused, Stale, refuse_stale
from documents.uploads import drop
from units.figures import figure_text
from units.models import Unit
from units.permissions import may_oversee, may_write

from ..campaign.holding import note
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


def locked(key) -> Joining:
    """The joining as it stands, held until the transaction ends. Raises ``Refused`` where it is gone."""
    rows = Joining.objects.select_for_update(of=("self",)).select_related("campaign__unit", "unit")
    found = rows.filter(pk=key).first()
    if found is None:
        raise Refused(WITHDRAWN)
    return found


def held(row, seen_version=None) -> Joining:
    """As ``locked``, in the version that the person had on screen. Raises ``Refused``, ``Stale``."""
    found = locked(row.pk)
    log = history_of(About.JOINING, found.pk).exclude(what__in=OF_RESULT)
    refuse_stale(About.JOINING, found, seen_version, log=log)
    return found


@transaction.atomic
def change(row, goals, *, by, seen_version: int | None = None) -> Joining:
    """Store ``row`` and ``goals`` (with their keys, where they were there before) in place of what was registered.

    A target of which a result was sent stays as it is. Raises ``Refused``, ``Stale``.
    """
    stored = held(row, seen_version)
    if not stored.is_kept_by(by):
        raise Refused(f"Bản đăng ký này do {stored.unit} sửa.")
    if fault := fault_of_change(stored.campaign):
        raise Refused(fault)
    _refuse_nobody(row)
    before = _words(stored)
    for name in _FACTS:
        setattr(stored, name, getattr(row, name))
    _store_goals(stored, goals)
    after = _words(stored)
    if before != after:
        stored.version += 1
        record(About.JOINING, stored, "Sửa đăng ký", what="change_joining", by=by, before=before, after=after)
    stored.save()
    return stored


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


def fault_of_withdrawal(row) -> str:
    """Why the registration ``row`` cannot be taken back; nothing where it can."""
    if fault := fault_of_change(row.campaign):
        return fault
    sent = row.results.filter(sent_at__isnull=False).select_related("review").first()
    if sent:
        return (
            f"{row.unit} đã gửi kết quả {sent.review.brief} nên không rút đăng ký được. "
            f"Cần rút, hãy đề nghị {row.campaign.unit} trả lại kết quả đó trước."
        )
    return ""


def whole_version(row) -> int:
    """The version of a registration with all that was written on it, which goes with it when it is taken back."""
    return row.version + (row.results.aggregate(versions=Sum("version"))["versions"] or 0)


@transaction.atomic
def withdraw(row, *, by, reason: str, seen_version: int | None = None) -> None:
    """Take back what was registered by mistake, with its targets and the results that were not sent, files and all.

    The logs of the joining and of its campaign keep what was registered. ``seen_version`` is a ``whole_version``.
    Raises ``Refused``, ``Stale``.
    """
    found = locked(row.pk)
    if not found.is_kept_by(by):
        raise Refused(f"Bản đăng ký này do {found.unit} rút.")
    if fault := fault_of_withdrawal(found):
        raise Refused(fault)
    if seen_version is not None and seen_version != (stands := whole_version(found)):
        raise Stale(history_of(About.JOINING, found.pk).first(), stands, "rút đăng ký")
    if not reason.strip():
        raise Refused("Hãy ghi lý do rút đăng ký.", "reason")
    before = words_of(found, ["joined_on", "by"]) | _words(found)
    record(About.JOINING, found, "Rút đăng ký", what="withdraw_joining", by=by, before=before, reason=reason)
    note(found.campaign, f"Rút đăng ký hưởng ứng: {found.unit}", by, before, reason=reason)
    files = list(Upload.objects.filter(result_file__result__joining=found))
    found.delete()
    # Last: bytes that are gone do not come back with a transaction that fails.
    for upload in files:
        drop(upload)


def usual_goals(campaign) -> list[str]:
    """Targets to offer while one types: lines of the campaign's contents and criteria, and what several units wrote."""
    lines = [line.strip(" -+•.;\t") for line in f"{campaign.contents}\n{campaign.criteria}".splitlines()]
    rows = Goal.objects.filter(joining__campaign=campaign).order_by().values("content").annotate(units=Count("joining"))
    several = rows.filter(units__gt=1).order_by("-units", "content").values_list("content", flat=True)[:30]
    return list(dict.fromkeys([*several, *(line for line in lines if 0 < len(line) <= 300)]))
