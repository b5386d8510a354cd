"""Words in pieces, some of which no line may end within: numbers of papers, figures, dates."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe


@dataclass(frozen=True)
class Piece:
    """Words; where they are ``whole``, no line ends within them."""

    words: str
    whole: bool = False


def html(pieces: Iterable[Piece]) -> SafeString:
    """Pieces in HTML."""
    parts = (f'<span class="whole">{escape(one.words)}</span>' if one.whole else escape(one.words) for one in pieces)
    return mark_safe("".join(parts))  # noqa: S308  escaped
