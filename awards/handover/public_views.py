"""What the code on a handover sheet opens, without an account: whether there was such a handover, and nothing of others."""

from collections import Counter

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.urls import path
from django.views.decorators.cache import never_cache

from units.slowing import SECONDS, failed, is_slowed

from ..certificates.words import initials
from .models import Handover, new_code

_KIND = "handover"


@login_not_required
@never_cache
def check_handover(request, code):
    """Day, units, how many of each kind, whether the unit has confirmed; the receiver by initials.

    Codes that there are not all get the same answer, and who asks for many of them waits (429).
    """
    if is_slowed(request, _KIND):
        return _answer(request, 429)
    rows = Handover.objects.select_related("unit", "giver__unit", "movement")
    found = rows.filter(code=code).first() if len(code) == len(new_code()) else None
    if found is None:
        failed(request, _KIND)
        return _answer(request, 404)
    kinds = found.lines.order_by().values_list("due__kind__name", "returned")
    given, back = Counter(name for name, _ in kinds), sum(returned for _, returned in kinds)
    told = {"handover": found, "given": sorted(given.items()), "back": back, "initials": _initials(found)}
    return _answer(request, 200, **told)


def _initials(handover) -> str:
    """Those of who took it; nothing of an address."""
    return "" if handover.way == Handover.Way.POST else initials(handover.receiver)


def _answer(request, status, **told):
    response = render(request, "awards/handover/check.html", told | {"status": status}, status=status)
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "no-referrer"
    if status == 429:
        response["Retry-After"] = str(SECONDS)
    return response


urlpatterns = [path("tra-ma/giao-nhan/<slug:code>/", check_handover, name="check_handover")]
