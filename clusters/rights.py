"""Who may open and do what among clusters, and whose the year is."""

from functools import wraps

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from units.models import Role, Unit

from .models import Cluster, Division, may_manage, may_oversee


def managers_only(view):
    """A view for those of the department who run the year; others are told so."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        if not may_manage(request.user):
            raise PermissionDenied("Việc này do Sở Nội vụ làm. Cần thay đổi, hãy liên hệ Sở Nội vụ.")
        return view(request, *args, **kwargs)

    return guarded


def overseers_only(view):
    """A view for those of the department who see every cluster; others are told where theirs is."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        if not may_oversee(request.user):
            raise PermissionDenied("Trang này của Sở Nội vụ. Cụm, khối của đơn vị bạn ở mục «Cụm, khối thi đua».")
        return view(request, *args, **kwargs)

    return guarded


def division_or_404(request, year) -> Division:
    """The division of ``year`` if this person may see it."""
    return get_object_or_404(Division.objects.visible_to(request.user).select_related("notice__type"), year=year)


def cluster_or_404(request, pk) -> Cluster:
    """A cluster that this person may look into, with its division."""
    clusters = Cluster.objects.visible_to(request.user).select_related("division__notice", "parent", "category")
    return get_object_or_404(clusters, pk=pk)


def department(day) -> Unit | None:
    """The unit whose people run the year on ``day``, with the one above it; None where it has none yet.

    An administrator may belong to another unit, which keeps the program and runs no year.
    """
    people = {"users__role__in": [Role.OFFICER, Role.LEADER], "users__is_active": True}
    return Unit.objects.alive_on(day).filter(**people).select_related("superior").distinct().first()


def key_or_none(text) -> int | None:
    """The key that was posted, or None for what cannot be one: not digits, or longer than nine of them."""
    text = str(text)
    return int(text) if len(text) <= 9 and text.isascii() and text.isdecimal() else None
