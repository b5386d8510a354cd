"""A paper as one HTML page: its parts in the templates of ``templates/documents/typesetting/``, its words by ``body``."""

import re
from collections import Counter

from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from ..form.pieces import html
from ..source.paper import Paper
from .body import html_of, whole_references
from .parts import BLANK, COUNTRY, MOTTO, Behind, parts_of

# What a blank is for, and how its mark begins: a signature leaves blanks to be filled (``documents.signing``).
NUMBER, DAY, MONTH = "so", "ngay", "thang"
_ROOM = re.compile(f"(ngày |tháng |){BLANK}")
_FOR = {"ngày ": DAY, "tháng ": MONTH, "": NUMBER}
# The marks of the room between post and name, of who signs and of who signs second.
SIGNER, SECOND = "noi-ky", "noi-ky-2"


def typeset(paper: Paper, types, cite=None, today=None, fillable=False) -> str:
    """The HTML of ``paper``; all as ``parts_of`` takes and raises it.

    ``fillable``: number and day are put into its blanks later, so these are as wide as figures.
    """
    context = _context(parts_of(paper, types, cite, today)) | {"fillable": fillable}
    return render_to_string("documents/typesetting/sheet.html", context)


def stylesheet(ruling) -> str:
    """The style sheet of a rule set, with its numbers."""
    return render_to_string("documents/typesetting/sheet.css", {"rules": ruling})


def _context(parts) -> dict:
    """What the templates print."""
    with_room = _Rooms()
    return vars(parts) | {
        "country": COUNTRY,
        "motto": MOTTO,
        "number": with_room(escape(parts.number)),
        "place_date": with_room(html(parts.place_date)),
        "about": whole_references(parts.about),
        "to": list(map(whole_references, parts.to)),
        "bases": list(map(whole_references, parts.bases)),
        "recipients": list(map(whole_references, parts.recipients)),
        # In the order of reading: what is cited in full the first time is short afterwards.
        "body": html_of(parts.body),
        "side": parts.body.side,
        "appendices": [_behind(*numbered, with_room) for numbered in enumerate(parts.appendices, start=1)],
    }


def _behind(number, part: Behind, with_room) -> dict:
    """An appendix for its template, with the name of its pages, which number themselves."""
    # Two names in turn: a run of pages of one name counts as one appendix.
    page = f"{part.side}-{'ab'[number % 2]}"
    attached = with_room(html(part.attached))
    return vars(part) | {"attached": attached, "page": page, "body": html_of(part.body)}


class _Rooms:
    """HTML with room where a blank is, each with a mark of its own, in the order of the pages."""

    def __init__(self):
        self.made = Counter()

    def __call__(self, written) -> SafeString:
        return mark_safe(_ROOM.sub(self.room, written))  # noqa: S308  escaped already

    def room(self, found) -> str:
        """One blank, behind the word that tells what it is for."""
        what = _FOR[found[1]]
        self.made[what] += 1
        return f'{found[1]}<span class="blank" id="{what}-{self.made[what]}"></span>'
