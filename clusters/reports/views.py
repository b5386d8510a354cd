"""A report of a cluster is drafted."""

from django.http import Http404
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from documents.steps.accepting import attempted

from ..activities.papers import Period
from ..activities.views import leaders_only
from ..divisions.rights import cluster_or_404
from .papers import draft_report


@require_POST
def write_report(request, pk):
    """Have the half-year or the year report of a cluster drafted."""
    cluster = cluster_or_404(request, pk)
    period = request.POST.get("period", "")
    if period not in Period.values:
        raise Http404
    leaders_only(request, cluster)
    draft = attempted(request, lambda: draft_report(cluster, Period(period), by=request.user))
    return redirect(draft) if draft else redirect("cluster_activities", pk)
