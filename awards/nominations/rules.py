"""What the office asks of a file, by when each step is to be done, and who of the department follows it."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Count, Q

from clusters.models import Membership
from units.permissions import MANAGERS, may_manage
from units.workdays import after, doubt_about

from ..catalogue.book import book_of
from ..catalogue.models import Whom
from ..eligibility.case import Finding
from ..eligibility.quota import within_quota
from .checklist import checklist_of
from .models import Dossier, Followed, Nomination


def due(step: str, day: date) -> date | None:
    """By when ``step`` (``receive``, ``appraise``, ``complete``, ``tell``) is done that begins on ``day``.

    In working days of the office's own rule; None where it has none.
    """
    row = book_of(day).one("clock", f"office-{step}")
    return after(day, row.value) if row else None


def doubt_about_due(user, spans: Iterable[tuple[date, date | None]]) -> str:
    """Why deadlines, each with the day from which it counts, are not certain; told to the office alone. One query."""
    known = [(since, due_on) for since, due_on in spans if due_on] if may_manage(user) else []
    if not known:
        return ""
    return doubt_about(min(known)[0], max(due_on for _, due_on in known), user.known_years)


def faults_of(dossier: Dossier, checklist=None) -> list[str]:
    """What keeps a file from being submitted, in words; ``checklist``: its lines, where they are known already."""
    if not dossier.nominations.exists():
        return ["Chưa có đề nghị nào: hãy thêm cá nhân, tập thể được đề nghị."]
    missing = [line.words for line in checklist or checklist_of(dossier) if not line.is_answered]
    found = [f"Hồ sơ còn thiếu: {'; '.join(missing)}."] if missing else []
    over = [finding for finding in quota_of(dossier) if not finding.met]
    return found + [f"{finding.words}. Hãy rút bớt {finding.lack:02} đề nghị." for finding in over]


def quota_of(dossier: Dossier) -> list[Finding]:
    """Whether all that the unit proposes in the movement of a file keeps to its quota: this file and those that were sent."""
    campaign = dossier.campaign
    if campaign is None:
        return []
    sent = Q(dossier__campaign=campaign, dossier__unit=dossier.unit_id) & ~Q(
        dossier__state__in=[*Dossier.OWN, Dossier.State.WITHDRAWN]
    )
    rows = Nomination.objects.filter(Q(dossier=dossier) | sent).exclude(state=Nomination.State.WITHDRAWN).order_by()
    counts = rows.values("recipient__kind").annotate(number=Count("recipient", distinct=True))
    chosen = dict(counts.values_list("recipient__kind", "number"))
    quota = {Whom.COLLECTIVE: campaign.quota_collectives, Whom.PERSON: campaign.quota_people}
    return within_quota(f"Phong trào «{campaign.name}»", quota, chosen)


def officer_for(dossier: Dossier, day: date):
    """Who follows this file by the office's table: the row that says most, then the newest; None where there is none."""
    types = set(dossier.nominations.order_by().values_list("type", flat=True))
    rows = Followed.objects.in_force(day).filter(officer__is_active=True, officer__role__in=MANAGERS)
    clusters = None
    best = None
    for row in rows.select_related("officer").order_by("since", "pk"):
        if row.cluster_id and clusters is None:
            clusters = set(Membership.objects.on(day).filter(unit=dossier.unit_id).values_list("cluster", flat=True))
        if _is_about(row, dossier, types, clusters) and (best is None or _weight(row) >= _weight(best)):
            best = row
    return best and best.officer


def _is_about(row, dossier, types, clusters) -> bool:
    return (
        row.unit_id in (None, dossier.unit_id)
        and row.route in ("", dossier.route)
        and (row.award_id is None or row.award_id in types)
        and (row.cluster_id is None or row.cluster_id in clusters)
    )


def _weight(row) -> tuple:
    """How much a row says: a unit before a cluster, an award before a route."""
    return bool(row.unit_id), bool(row.cluster_id), bool(row.award_id), bool(row.route)
