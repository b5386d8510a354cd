"""Duties of papers that units do by launching a campaign of their own (the letter of 2020, point 1.a)."""

from django.db import transaction
from django.utils import timezone

from documents.models import Assignment, Document, Duty, Report
from documents.steps.refusing import Refused
from documents.steps.stepping import Who
from units.permissions import may_manage, may_write

from ..area import CAMPAIGNS
from ..campaign.actions import steps
from ..campaign.models import Campaign
from .models import LaunchDuty
from .progress import children_of


def _named(duty) -> str:
    return f"{duty.document.name}, {duty}"


def _words(campaign) -> dict:
    tied = campaign.launch_duties.select_related("duty__document__type").order_by("pk")
    return {"Nhiệm vụ": "; ".join(_named(row.duty) for row in tied)}


STEPS = steps(words=_words)


def do_duties(campaign, paper, day, by):
    """Report the duties done that ask the unit, or one that went into it, to launch on the basis of what this rests on."""
    parents = _held(campaign.parents.order_by().values("pk"))
    tied = LaunchDuty.objects.filter(campaigns__in=parents).values("duty")
    units = campaign.unit.with_predecessors()
    shares = Assignment.objects.filter(duty__in=tied, unit__in=units)
    _report(shares, dict.fromkeys(units, (campaign, paper, day)), by)


def _held(keys) -> list[Campaign]:
    """The campaigns of ``keys``, held: of a launch and of a duty that is tied at the same moment, one finds the other.

    Once in a transaction, all of them in the order of their keys, so that no two wait for each other.
    """
    return list(Campaign.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk"))


def _report(shares, launches, by):
    """Report those of ``shares`` done that are open; ``launches``: {unit: its campaign, the paper, the day}."""
    rows = shares.open().filter(duty__document__state=Document.State.ISSUED)
    for row in rows.select_for_update(of=("self",)).order_by("pk"):
        campaign, paper, day = launches[row.unit_id]
        # The launch itself is the proof, whoever typed it in: nobody is asked whether the unit may report.
        row.done_at, row.done_by = timezone.now(), by
        row.save()
        by_paper = f" theo {paper.name}" if paper else ""
        words = f"Đã phát động phong trào «{campaign}»{by_paper} ngày {day:%d/%m/%Y}."
        Report.objects.create(assignment=row, by=by, words=words)
        campaign.done_shares.add(row)


def done_by(campaign):
    """The shares that were reported done by the launch of ``campaign``."""
    return campaign.done_shares.exclude(done_at=None)


def tell_correction(campaign, by):
    """Another paper launched ``campaign`` than the reports of its duties say."""
    for share in done_by(campaign):
        words = f"Sửa văn bản phát động: {campaign.document.name}, ngày {campaign.launched_on:%d/%m/%Y}."
        Report.objects.create(assignment=share, by=by, words=words)


def fault_of(campaign) -> str:
    """Why no duty is tied to ``campaign``, in words; nothing where one may be.

    What is postponed goes on one day, and of what is over it may still be told who launched; a campaign that does not count
    as held is none that a unit could have launched on the basis of.
    """
    if campaign.is_draft:
        return f"«{campaign}» chưa phát động nên chưa gắn nhiệm vụ được."
    if not campaign.counts:
        return f"«{campaign}» đã {campaign.get_state_display().lower()} nên không gắn nhiệm vụ nữa."
    return ""


@transaction.atomic
def tie(duty: Duty, campaigns, *, by) -> LaunchDuty:
    """A unit does ``duty`` by launching on the basis of one of ``campaigns`` as well; who launched already has done it.

    What the duty was tied to before, it stays tied to. Raises ``Refused``.
    """
    if not may_manage(by):
        raise Refused("Chỉ Sở Nội vụ gắn nhiệm vụ với phong trào.")
    if duty.document.state != Document.State.ISSUED:
        raise Refused(
            f"{duty.document.name} {duty.document.get_state_display().lower()} nên không giao việc nữa.", "duty"
        )
    found = _held([campaign.pk for campaign in campaigns])
    for campaign in found:
        if fault := fault_of(campaign):
            raise Refused(fault, "duty")
    # Held: whoever unties it from another campaign at the same moment takes the row away.
    row, _ = LaunchDuty.objects.select_for_update().get_or_create(duty=duty)
    tied = set(row.campaigns.values_list("pk", flat=True))
    added = [campaign for campaign in found if campaign.pk not in tied]
    if not added:
        raise Refused("Nhiệm vụ này đã gắn với phong trào. Hãy tải lại trang.", "duty")
    row.campaigns.add(*added)
    for campaign in added:
        told = {"Nhiệm vụ": _named(duty)}
        STEPS.tell(campaign, "tie_duty", "Gắn nhiệm vụ phát động", by=by, after=told, of=duty.pk)
    _report_launched(duty, added, by)
    return row


def _report_launched(duty, campaigns, by):
    """Those who launched on the basis of ``campaigns`` have done ``duty``, each by the first that it launched."""
    children = Campaign.objects.held().filter(parents__in=campaigns).with_names()
    launches = {}
    for row in children.order_by("-launched_on", "-pk"):
        launches |= dict.fromkeys(row.unit.with_predecessors(), (row, row.document, row.launched_on))
    _report(Assignment.objects.filter(duty=duty, unit__in=launches), launches, by)


@STEPS.step(
    "untie_duty", "Gỡ nhiệm vụ phát động", Campaign.State,
    who=Who(lambda campaign, user: may_manage(user), "Sở Nội vụ"), needs_reason=True,
    part=lambda campaign, by, typed: typed["duty"], button="Gỡ nhiệm vụ",
    told="Đã gỡ nhiệm vụ. Đơn vị đã được báo xong giữ nguyên.",
)  # fmt: skip
def untie(campaign, *, by, duty):
    """Launching on the basis of ``campaign`` does ``duty`` no more; what was done by it stays done."""
    row = LaunchDuty.objects.select_for_update(of=("self",)).filter(duty=duty, campaigns=campaign).first()
    if row is None:
        raise Refused("Nhiệm vụ này không còn gắn với phong trào. Hãy tải lại trang.")
    row.campaigns.remove(campaign)
    if not row.campaigns.exists():
        row.delete()


# --- The page of a unit's duty


def part_for(assignment, user):
    """On the basis of what the unit launches to do its duty, as far as ``user`` may see, and what it launched; or None."""
    visible = Campaign.objects.visible_to(user)
    rows = list(visible.filter(launch_duties__duty=assignment.duty_id).with_names().order_by("launched_on", "pk"))
    if not rows:
        return None
    acts = may_write(user) and assignment.unit_id in user.inherited_units
    # Who acts for a unit that went into another launches as that other.
    unit = user.unit_id if acts else assignment.unit_id
    children = children_of([row.pk for row in rows], [unit], user)
    seen = set(visible.filter(pk__in=[row.pk for row in children.values()]).values_list("pk", flat=True))
    lines = []
    for row in rows:
        own = children.get((row.pk, unit))
        may_take_up = acts and not own and row.unit_id != unit and row.may_be_taken_up
        lines.append({"campaign": row, "own": own, "is_seen": own and own.pk in seen, "may_take_up": may_take_up})
    is_open = acts and assignment.done_at is None
    is_past = is_open and not any(line["own"] or line["may_take_up"] for line in lines)
    return "campaigns/launches/_duty_part.html", {"lines": lines, "is_open": is_open, "is_past": is_past}


CAMPAIGNS.duty_parts.append(part_for)
