"""Duties of papers that units do by launching a campaign of their own (the letter of 2020, point 1.a)."""

from django.db import transaction
from django.utils import timezone

from documents.models import Assignment, Document, Duty, Report
from documents.steps import Refused
from units.permissions import may_manage

from .keeping import hold, note
from .models import Campaign, LaunchDuty


def do_duties(campaign, paper, day, by):
    """Report the duties done that ask the unit to launch on the basis of what this campaign rests on."""
    parents = _held(campaign.parents.order_by().values("pk"))
    tied = LaunchDuty.objects.filter(campaigns__in=parents).values("duty")
    rows = Assignment.objects.open().filter(
        duty__in=tied, unit=campaign.unit_id, duty__document__state=Document.State.ISSUED
    )
    by_paper = f" theo {paper.name}" if paper else ""
    for row in rows.select_for_update(of=("self",)):
        # The launch itself is the proof, whoever typed it in: nobody is asked whether the unit may report.
        row.done_at, row.done_by = timezone.now(), by
        row.save()
        words = f"Đã phát động phong trào «{campaign}»{by_paper} ngày {day:%d/%m/%Y}."
        Report.objects.create(assignment=row, by=by, words=words)


def _held(keys) -> list[int]:
    """``keys`` of campaigns, held: of a launch and of a duty that is tied at the same moment, one finds the other."""
    rows = Campaign.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk")
    return list(rows.values_list("pk", flat=True))


@transaction.atomic
def tie(duty: Duty, campaigns, *, by) -> LaunchDuty:
    """A unit does ``duty`` by launching on the basis of one of ``campaigns``; who launched already has done it.

    Raises ``Refused``.
    """
    if not may_manage(by):
        raise Refused("Chỉ Sở Nội vụ gắn nhiệm vụ với phong trào.")
    if duty.document.state != Document.State.ISSUED:
        raise Refused(
            f"{duty.document.name} {duty.document.get_state_display().lower()} nên không giao việc nữa.", "duty"
        )
    _held([campaign.pk for campaign in campaigns])
    # Held: whoever unties it from another campaign at the same moment takes the row away.
    row, _ = LaunchDuty.objects.select_for_update().get_or_create(duty=duty)
    row.campaigns.set(campaigns)
    for campaign in campaigns:
        note(campaign, "Gắn nhiệm vụ phát động", by, {}, _words(duty))
        for child in campaign.children.held().with_names().order_by("launched_on", "pk"):
            do_duties(child, child.document, child.launched_on, by)
    return row


@transaction.atomic
def untie(duty: Duty, campaign, *, by, reason: str) -> None:
    """Launching on the basis of ``campaign`` does ``duty`` no more; what was done by it stays done. Raises ``Refused``."""
    if not may_manage(by):
        raise Refused("Chỉ Sở Nội vụ gỡ nhiệm vụ khỏi phong trào.")
    if not reason.strip():
        raise Refused("Hãy ghi lý do gỡ nhiệm vụ.", "reason")
    found = hold(campaign)
    row = LaunchDuty.objects.select_for_update(of=("self",)).filter(duty=duty, campaigns=found).first()
    if row is None:
        raise Refused("Nhiệm vụ này không còn gắn với phong trào. Hãy tải lại trang.")
    row.campaigns.remove(found)
    if not row.campaigns.exists():
        row.delete()
    note(found, "Gỡ nhiệm vụ phát động", by, _words(duty), {}, reason)


def _words(duty) -> dict:
    return {"Nhiệm vụ": f"{duty.document.name}, {duty}"}
