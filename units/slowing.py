"""Pages without a login that are asked for something nobody may guess: who guesses is slowed down, by address.

Counted in the database, so that all processes of the server count together. What must not be guessed is long enough without
this; it keeps the server from working for who tries. Who asks for what there is costs one look into an index.
"""

from datetime import timedelta

from django.db.models import F
from django.utils import timezone

from .logins import address_of
from .models import WrongGuess

# So many wrong ones within so many seconds.
MOST, SECONDS = 20, 300


def _rows(request, what):
    return WrongGuess.objects.filter(what=what, address=address_of(request)[:64])


def _begun():
    """Since when wrong ones count."""
    return timezone.now() - timedelta(seconds=SECONDS)


def is_slowed(request, what: str) -> bool:
    """Whether the address of ``request`` asked for too many things of the kind ``what`` that there are not."""
    return _rows(request, what).filter(number__gte=MOST, began_at__gt=_begun()).exists()


def failed(request, what: str) -> None:
    """Count one that there is not. Whose time is over is forgotten when another address comes, or begins anew."""
    rows, begun = _rows(request, what), _begun()
    if rows.filter(began_at__gt=begun).update(number=F("number") + 1):
        return
    WrongGuess.objects.filter(began_at__lte=begun).delete()
    fresh = {"number": 1, "began_at": timezone.now()}
    row, is_new = WrongGuess.objects.get_or_create(what=what, address=address_of(request)[:64], defaults=fresh)
    if not is_new:  # another process was quicker
        rows.filter(pk=row.pk).update(number=F("number") + 1)
