"""A paper as one HTML page: its parts in the templates of ``templates/documents/typesetting/``, its words by ``body``."""

from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from ..form.pieces import html
from ..source.paper import Paper
from .body import html_of, whole_references
from .parts import BLANK, COUNTRY, MOTTO, Behind, parts_of

_ROOM = '<span class="blank"></span>'


def typeset(paper: Paper, types, cite=None, today=None) -> str:
    """The HTML of ``paper``; all as ``parts_of`` takes and raises it."""
    return render_to_string("documents/typesetting/sheet.html", _context(parts_of(paper, types, cite, today)))


def stylesheet(ruling) -> str:
    """The style sheet of a rule set, with its numbers."""
    return render_to_string("documents/typesetting/sheet.css", {"rules": ruling})


def _context(parts) -> dict:
    """What the templates print."""
    return vars(parts) | {
        "country": COUNTRY,
        "motto": MOTTO,
        "number": _with_room(escape(parts.number)),
        "place_date": _with_room(html(parts.place_date)),
        "about": whole_references(parts.about),
        "to": list(map(whole_references, parts.to)),
        "bases": list(map(whole_references, parts.bases)),
        "recipients": list(map(whole_references, parts.recipients)),
        # In the order of reading: what is cited in full the first time is short afterwards.
        "body": html_of(parts.body),
        "side": parts.body.side,
        "appendices": [_behind(*numbered) for numbered in enumerate(parts.appendices, start=1)],
    }


def _behind(number, part: Behind) -> dict:
    """An appendix for its template, with the name of its pages, which number themselves."""
    # Two names in turn: a run of pages of one name counts as one appendix.
    page = f"{part.side}-{'ab'[number % 2]}"
    attached = _with_room(html(part.attached))
    return vars(part) | {"attached": attached, "page": page, "body": html_of(part.body)}


def _with_room(written) -> SafeString:
    """HTML with room where a blank is."""
    return mark_safe(written.replace(BLANK, _ROOM))  # noqa: S308  escaped already
