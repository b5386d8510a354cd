"""Wrong passwords: slowed down, then locked, for an account and the address that it is tried from, by django-axes.

The pair, so that nobody locks out somebody else: who tries a colleague's name on another machine locks it there alone.
"""

from datetime import timedelta

from axes.helpers import get_client_ip_address, get_client_username
from axes.models import AccessFailureLog
from django.conf import settings
from django.utils import timezone

# How long a pair waits once it is locked, by how many wrong passwords it gave within a day. ``AXES_FAILURE_LIMIT`` of them
# lock it; after the wait it has as many again.
WAITS = ((20, timedelta(hours=12)), (10, timedelta(minutes=15)), (0, timedelta(minutes=1)))
LOOKED_BACK = timedelta(days=1)


def address_of(request) -> str:
    """The address that a request comes from: as the last of our own proxies saw it (``TRUSTED_PROXIES`` of them)."""
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if settings.TRUSTED_PROXIES else [""]
    seen = forwarded[-min(settings.TRUSTED_PROXIES or 1, len(forwarded))].strip()
    return seen or request.META.get("REMOTE_ADDR", "")


def wait_of(request) -> timedelta:
    """How long the account and the address of ``request`` wait after the last wrong password. One query."""
    pair = {"username": get_client_username(request), "ip_address": get_client_ip_address(request)}
    failures = AccessFailureLog.objects.filter(**pair, attempt_time__gte=timezone.now() - LOOKED_BACK).count()
    return next(wait for least, wait in WAITS if failures >= least)


def wait_words(wait: timedelta) -> str:
    """``15 phút``, ``12 giờ``."""
    hours, minutes = divmod(int(wait.total_seconds()) // 60, 60)
    return f"{hours} giờ" if hours else f"{minutes} phút"


def answer_locked(request, response, credentials):
    """What a locked pair gets: the login page, which tells (``LoginForm``), as 429 with when to try again."""
    response.status_code = 429
    response["Retry-After"] = str(int(wait_of(request).total_seconds()))
    return response
