"""Duties of papers that units do by launching a campaign of their own (the letter of 2020, point 1.a)."""

from django.db import transaction
from django.utils import timezone

from documents.models import Assignment, Document, Duty, Report
from documents.steps import Refused
from units.permissions import may_manage

from .keeping import note
from .models import LaunchDuty


def do_duties(campaign, paper, day, by):
    """Report the duties done that ask the unit to launch on the basis of what this campaign rests on."""
    tied = LaunchDuty.objects.filter(campaigns__in=campaign.parents.all()).values("duty")
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
    row, _ = LaunchDuty.objects.get_or_create(duty=duty)
    row.campaigns.set(campaigns)
    for campaign in campaigns:
        note(campaign, "Gắn nhiệm vụ phát động", by, {}, {"Nhiệm vụ": f"{duty.document.name}, {duty}"})
        for child in campaign.children.held().with_names().order_by("launched_on", "pk"):
            do_duties(child, child.document, child.launched_on, by)
    return row
