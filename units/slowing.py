"""Pages without a login that are asked for something nobody may guess: who guesses is slowed down, by address.

Counted by each process of the server for itself, in its own memory: so many times as there are processes get through before the
first is refused. What must not be guessed is long enough without this; it keeps the server from working for who tries.
"""

from django.core.cache import cache

from .logins import address_of

# So many wrong ones within so many seconds.
MOST, SECONDS = 20, 300


def _key(request, what):
    return f"slowed:{what}:{address_of(request)}"


def is_slowed(request, what: str) -> bool:
    """Whether the address of ``request`` asked for too many things of the kind ``what`` that there are not."""
    return cache.get(_key(request, what), 0) >= MOST


def failed(request, what: str) -> None:
    """Count one that there is not."""
    key = _key(request, what)
    cache.add(key, 0, SECONDS)
    try:
        cache.incr(key)
    except ValueError:
        cache.set(key, 1, SECONDS)  # it ran out between the two
