"""What of clusters a person may open, for views."""

from django.shortcuts import get_object_or_404

from .models import Cluster, Division


def division_or_404(request, year) -> Division:
    """The division of ``year`` if this person may see it."""
    return get_object_or_404(Division.objects.visible_to(request.user).select_related("notice__type"), year=year)


def cluster_or_404(request, pk) -> Cluster:
    """A cluster that this person may look into, with its division."""
    clusters = Cluster.objects.visible_to(request.user).select_related("division__notice", "parent", "category")
    return get_object_or_404(clusters, pk=pk)
