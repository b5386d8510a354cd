"""The desk of the council: pacts that wait for its word, what clusters voted, what it decided."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import render

from units.areas import each
from units.permissions import may_oversee, sits_on_council

from ..ballots.models import Ballot
from ..ballots.views import BallotList
from ..divisions.models import Division
from ..pacts.models import Pact

# Rows of each part; the lists of the year have all, with filters and export.
SHOWN = 15


def council(request):
    """What lies before the council and what it decided, the newest first."""
    user = request.user
    if not (sits_on_council(user) or may_oversee(user)):
        raise PermissionDenied("Trang này của ủy viên Hội đồng và Sở Nội vụ. Phần của đơn vị bạn ở các mục bên trái.")
    pacts = Pact.objects.visible_to(user).with_counts()
    pacts = pacts.select_related("division", "cluster", "submission__type", "confirmation__type")
    voted = Ballot.objects.visible_to(user).filter(state__in=Ballot.TOLD).with_results()
    context = {
        "waiting": pacts.filter(state=Pact.State.SUBMITTED).order_by("submitted_on", "pk"),
        "decided": pacts.filter(state=Pact.State.CONFIRMED).order_by("-confirmed_on", "-pk")[:SHOWN],
        "voted": voted.order_by("-held_on", "-pk")[:SHOWN],
        "of_ballots": BallotList.columns,
        "years": Division.objects.visible_to(user).exclude(state=Division.State.DRAFT),
        "parts": [part for find in each("council_parts") if (part := find(user))],
        "area": "council",
    }
    return render(request, "clusters/council/council.html", context)
