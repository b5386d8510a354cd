"""Codes that anybody may look up without an account: who tries codes that there are not is slowed down, by address.

Kept where wrong passwords are (django-axes), so that all processes of the server know of it.
"""

from datetime import timedelta

from axes.models import AccessFailureLog
from django.utils import timezone

from .logins import address_of

WHO, MOST, SPAN = "tra-ma", 10, timedelta(minutes=10)


def is_slowed(request) -> bool:
    """Whether the address of ``request`` has named too many codes lately that there are not. One query."""
    since = timezone.now() - SPAN
    rows = AccessFailureLog.objects.filter(
        username=WHO, ip_address=address_of(request) or None, attempt_time__gte=since
    )
    return rows.count() >= MOST


def missed(request) -> None:
    """Note that ``request`` named a code that there is not; those of earlier days go."""
    AccessFailureLog.objects.filter(username=WHO, attempt_time__lt=timezone.now() - timedelta(days=1)).delete()
    AccessFailureLog.objects.create(username=WHO, ip_address=address_of(request) or None, path_info="", http_accept="")
