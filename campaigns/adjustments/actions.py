"""What becomes of a campaign that was launched: postponed, resumed, given other days, stopped, replaced; each by a paper.

Everything that depends on it is told before (``campaigns.adjustments.consequences``). Of all that, an adjustment itself changes
the reviews of a campaign that is stopped or replaced, and nothing else.
"""

from dataclasses import dataclass, field
from datetime import date

from django.db import transaction
from django.utils import timezone

from documents.citations.rules import short_form
from documents.models import Document
from documents.steps.refusing import Refused, refuse_stale
from documents.steps.stepping import Steps, Who

from ..campaign.actions import held, refuse_others, whose
from ..campaign.models import Campaign
from ..campaign.rules import DATES, DAY_NAMES, DECIDING, LAST_DAY, OUTSIDE, faults_of_dates, refuse_basis, refuse_before
from ..log import About
from ..reviews.models import Review
from .models import Adjustment

Kind, State = Adjustment.Kind, Campaign.State
# What ends a campaign, and what may give it other days.
ENDING = (Kind.STOP, Kind.REPLACE)
DATED = (Kind.CHANGE, Kind.RESUME)
# Once summed up it was held: only its days, the last one for nominations above all, may still change.
_SUMMED_UP = (State.FINAL, State.COMMENDED)
STATES = {Kind.POSTPONE: State.POSTPONED, Kind.STOP: State.STOPPED, Kind.REPLACE: State.REPLACED}


KEEPER = Who(lambda row, user: row.campaign.is_kept_by(user), lambda row: whose(row.campaign))
STEPS = Steps(
    Adjustment,
    "điều chỉnh",
    about=About.CAMPAIGN,
    under="campaign",
    related=["unit", "document__type"],
    words=lambda row: words_of_campaign(row.campaign),
)


@dataclass(frozen=True)
class Wish:
    """What somebody wants to become of a campaign. ``dates``: {name of ``DATES``: day or None}, of those that may change."""

    kind: str
    reason: str = ""
    effective_on: date | None = None
    paper: Document | None = None
    dates: dict = field(default_factory=dict)
    successor: Campaign | None = None


def kinds_for(campaign) -> list[Kind]:
    """What may become of it as it stands."""
    if not campaign.may_be_adjusted:
        return []
    if campaign.state == State.POSTPONED:
        return [Kind.RESUME, Kind.STOP, Kind.REPLACE]
    if campaign.state in _SUMMED_UP:
        return [Kind.CHANGE]
    return [Kind.CHANGE, Kind.POSTPONE, Kind.STOP, Kind.REPLACE]


def successors_for(campaign, user):
    """The campaigns that may take the place of ``campaign``: launched, not over, not postponed, not resting on it."""
    rows = Campaign.objects.visible_to(user).going_on().exclude(pk__in=[campaign.pk, *_descendants(campaign)])
    if campaign.level != Campaign.Level.UNIT:
        # What one unit does takes the place of nothing that all were asked to do.
        rows = rows.exclude(level=Campaign.Level.UNIT)
    return rows.with_names()


def _descendants(campaign) -> set[int]:
    """Keys of everything that was made on the basis of ``campaign``, at any depth. One query a level."""
    found, level = set(), {campaign.pk}
    while level:
        rows = Campaign.objects.filter(parents__in=level).order_by().values_list("pk", flat=True)
        level = set(rows) - found
        found |= level
    return found


def days_of(campaign, dates=None) -> dict:
    """{name: day} of ``campaign`` as they would be with ``dates``."""
    return {name: getattr(campaign, name) for name in DATES} | (dates or {})


# --- What is refused


def faults_of_days(campaign, dates) -> dict[str, str]:
    """{name: what is wrong with the day in words} of days that cannot stand together."""
    days = days_of(campaign, dates)
    begins = days["begins_on"]
    if begins is None or days["ends_on"] is None:
        return {name: "Hãy ghi ngày này." for name in ("begins_on", "ends_on") if days[name] is None}
    found = faults_of_dates(days)
    if campaign.commended_on and campaign.commended_on < begins:
        found.setdefault(
            "begins_on", f"Đã khen thưởng ngày {campaign.commended_on:%d/%m/%Y}. Hãy chọn ngày đến ngày đó."
        )
    review = campaign.reviews.filter(state=Review.State.HELD, held_on__lt=begins).first()
    if review:
        words = f"Đã {review.get_kind_display().lower()} ngày {review.held_on:%d/%m/%Y}"
        found.setdefault("begins_on", f"{words}, nên phong trào không thể bắt đầu sau ngày đó.")
    return found


def refuse_what(campaign, wish: Wish, by) -> None:
    """Raise ``Refused`` for what cannot become of ``campaign``, whatever paper says so."""
    refuse_others(campaign, by)
    _refuse_kind(campaign, wish.kind)
    if not wish.reason.strip():
        raise Refused("Hãy ghi lý do điều chỉnh.", "reason")
    if wish.kind in DATED:
        _refuse_days(campaign, wish)
    if wish.kind == Kind.REPLACE:
        _refuse_successor(campaign, wish.successor, by)


def _refuse_kind(campaign, kind):
    if campaign.is_draft:
        raise Refused("Phong trào chưa phát động nên không cần điều chỉnh. Hãy sửa dự thảo, hoặc xóa đi.")
    if not campaign.may_be_adjusted:
        raise Refused(f"Phong trào đã ở trạng thái «{campaign.get_state_display()}» nên không điều chỉnh được nữa.")
    if kind in kinds_for(campaign):
        return
    if campaign.state == State.POSTPONED:
        raise Refused("Phong trào đang hoãn. Hãy chọn tiếp tục, dừng hoặc thay thế.")
    if kind == Kind.RESUME:
        raise Refused("Phong trào không hoãn nên không có gì để tiếp tục.")
    raise Refused("Phong trào đã tổng kết nên không hoãn, dừng, thay thế được nữa; chỉ đổi được ngày.")


def _refuse_days(campaign, wish):
    for name, words in faults_of_days(campaign, wish.dates).items():
        raise Refused(words, name)
    if wish.kind == Kind.CHANGE and days_of(campaign) == days_of(campaign, wish.dates):
        raise Refused("Chưa đổi ngày nào. Hãy sửa ngày cần đổi.", "ends_on")


def _refuse_successor(campaign, successor, by):
    """No circle comes of it: what was replaced is over and so replaces nothing, nor does what rests on the campaign."""
    if successor is None:
        raise Refused("Hãy chọn phong trào thay thế.", "successor")
    if successor.pk == campaign.pk:
        raise Refused("Một phong trào không thay thế chính nó. Hãy chọn phong trào khác.", "successor")
    if not successors_for(campaign, by).filter(pk=successor.pk).exists():
        raise Refused(
            "Phong trào thay thế phải đã phát động, không hoãn, chưa kết thúc, và không phát động trên cơ sở phong trào này.",
            "successor",
        )


def _refuse_paper(campaign, paper, by):
    if paper is None:
        raise Refused("Hãy ghi số, ký hiệu văn bản điều chỉnh.", "paper")
    refuse_basis(campaign, paper, types=DECIDING, by=by)


def fault_of_effect(campaign, day, *, drafting: bool = False) -> str:
    """Why nothing takes effect on ``day``: before the launch or the last adjustment, or still to come; nothing where it can.

    ``drafting``: a letter that is still to be written may tell of a day to come.
    """
    if day > LAST_DAY:
        return OUTSIDE
    if day < campaign.launched_on:
        return f"Ngày có hiệu lực phải từ ngày phát động ({campaign.launched_on:%d/%m/%Y})."
    if day > timezone.localdate() and not drafting:
        return "Ngày có hiệu lực chưa đến. Hãy ghi điều chỉnh khi văn bản đã có hiệu lực."
    last = campaign.adjustments.holding().first()
    if last and day < last.effective_on:
        return f"Lần điều chỉnh trước ({last.get_kind_display()}) có hiệu lực từ {last.effective_on:%d/%m/%Y}, sau ngày này."
    return ""


def _refuse_effect(campaign, day, paper):
    if day is None:
        raise Refused("Hãy ghi ngày có hiệu lực.", "effective_on")
    if fault := fault_of_effect(campaign, day):
        raise Refused(fault, "effective_on")
    refuse_before(paper, day, "effective_on")


def check(campaign, wish: Wish, *, by, seen_version: int | None = None) -> None:
    """Raise ``Refused`` or ``Stale`` where ``adjust`` would."""
    refuse_stale(About.CAMPAIGN, campaign, seen_version)
    refuse_what(campaign, wish, by)
    _refuse_paper(campaign, wish.paper, by)
    _refuse_effect(campaign, wish.effective_on, wish.paper)


# --- Done


@transaction.atomic
def adjust(campaign, wish: Wish, *, by, seen_version: int | None = None) -> Adjustment:
    """Let it become of the campaign. Raises ``Refused``, ``Stale``."""
    found = _held_with(campaign, wish.successor, by)
    check(found, wish, by=by, seen_version=seen_version)
    before, words = days_of(found), words_of_campaign(found)
    after = days_of(found, wish.dates) if wish.kind in DATED else before
    row = Adjustment.objects.create(
        campaign=found,
        kind=wish.kind,
        effective_on=wish.effective_on,
        paper=wish.paper,
        reason=wish.reason.strip(),
        successor=wish.successor if wish.kind == Kind.REPLACE else None,
        state_before=found.state,
        before=iso_days(before),
        after=iso_days(after),
        by=by,
    )
    reviews = _stop_reviews(found, row) if wish.kind in ENDING else {}
    for name, day in after.items():
        setattr(found, name, day)
    found.state = _state_after(found, wish.kind)
    found.version += 1
    found.save()
    told = {"Theo văn bản": short_form(wish.paper), "Có hiệu lực từ ngày": f"{wish.effective_on:%d/%m/%Y}"}
    if row.successor:
        told["Thay bằng"] = str(row.successor)
    before = words | dict.fromkeys(reviews, Review.State.OPEN.label)
    after = words_of_campaign(found) | told | reviews
    STEPS.tell(
        row,
        "adjust",
        row.get_kind_display(),
        by=by,
        before=before,
        after=after,
        reason=row.reason,
        of=row.pk,
        day=row.effective_on,
    )
    return row


def _held_with(campaign, successor, by) -> Campaign:
    """The campaign, held; its successor too, in one order for all, so that two do not replace each other at once."""
    keys = sorted({campaign.pk} | ({successor.pk} if successor else set()))
    list(Campaign.objects.select_for_update().filter(pk__in=keys).order_by("pk").values_list("pk"))
    return held(campaign, by)


def _state_after(campaign, kind) -> str:
    """Resuming comes back to where it was postponed from; other days leave the state alone."""
    if kind == Kind.RESUME:
        return campaign.adjustments.holding().filter(kind=Kind.POSTPONE).order_by("-pk")[0].state_before
    return STATES.get(kind, campaign.state)


def _stop_reviews(campaign, row) -> dict:
    """Stop the open reviews by the same paper for the same reason; {what each is called: its new state}, for the log."""
    told = {}
    for review in campaign.reviews.select_for_update().filter(state=Review.State.OPEN):
        review.state = Review.State.STOPPED
        review.stopped_by, review.stopped_on, review.stopped_for = row.paper, row.effective_on, row.reason
        review.save()
        row.reviews.append(review.pk)
        told[f"{review.get_kind_display()} dự kiến {review.planned_on:%d/%m/%Y}"] = review.get_state_display()
    row.save()
    return told


def words_of_campaign(campaign) -> dict:
    """State and days in words, for before and after."""
    days = {label: day_words(getattr(campaign, name)) for name, label in DAY_NAMES.items()}
    return {"Trạng thái": campaign.get_state_display()} | days


def day_words(day) -> str:
    """``15/12/2026``; nothing of no day."""
    return f"{day:%d/%m/%Y}" if day else ""


def iso_days(days) -> dict:
    """``days`` as ``Adjustment.before`` keeps them."""
    return {name: day.isoformat() if day else None for name, day in days.items()}


# --- Shown


def adjustments_of(campaign, user) -> list[Adjustment]:
    """The adjustments, the latest first, for ``campaigns/adjustments/_adjustments.html``.

    Each with ``changed``: (what, day before, day after) of the days that it changed, ``is_closed``: whether ``user``
    may not open its paper, and ``names_successor``: whether ``user`` may see what took the campaign's place.
    """
    rows = list(campaign.adjustments.select_related("paper__type", "successor__unit", "by__unit", "undone_by__unit"))
    papers = Document.objects.open_to(user).filter(pk__in=[row.paper_id for row in rows]) if rows else ()
    readable = {paper.pk for paper in papers}
    successors = {row.successor_id for row in rows if row.successor_id}
    if successors:
        successors = set(Campaign.objects.visible_to(user).filter(pk__in=successors).values_list("pk", flat=True))
    for row in rows:
        row.is_closed = row.paper_id not in readable
        row.names_successor = row.successor_id in successors
        row.changed = [
            (DAY_NAMES[name], _day(row.before.get(name)), _day(row.after.get(name)))
            for name in DATES
            if row.before.get(name) != row.after.get(name)
        ]
    return rows


def _day(iso) -> date | None:
    return date.fromisoformat(iso) if iso else None
