"""The step of signing an approved paper: the pages are signed and the log tells of it, both or neither."""

from django.db import transaction

from ..signing.actions import given, sign_here, take_signed
from ..steps.refusing import Refused
from . import actions as moves


def sign_with(document, key, *, by) -> str:
    """Sign the pages of an approved paper with ``key``; gives whose certificate it is. Raises ``Refused``."""
    if told := moves.sign.stranger(document, by) or moves.sign.untimely(document, by):
        raise Refused(told)
    pages = _pages(document, by)
    with transaction.atomic():
        name = sign_here(pages, key, by=by)
        _tell(document, [name], by)
    return name


def take_back(document, content: bytes, *, by) -> list[str]:
    """Take the pages that were signed in another program; gives whose certificates signed. Raises ``Refused``."""
    pages = _pages(document, by)
    with transaction.atomic():
        names = take_signed(pages, content, by=by)
        _tell(document, names, by)
    return names


def _pages(document, by):
    approval, _ = moves.to_sign(document)
    return given(document, approval, user=by)


def _tell(document, names, by):
    moves.STEPS.tell(document, moves.sign.what, moves.sign.label, by=by, reason=f"Chứng thư của {' và '.join(names)}")
