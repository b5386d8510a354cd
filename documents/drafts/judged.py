"""The form of a draft is judged anew only where more than its long texts changed since a moment ago.

While somebody types, two previews differ in one text; the thirty other fields, the groups and units that they offer and the
rules that they go through are the same. What was judged is remembered for a minute, in this process alone, by who typed it and
by all that was typed but for the texts.
"""

import hashlib
import threading
import time
from copy import copy
from dataclasses import dataclass, replace

from units.encodings import old_lines
from units.text import clean_words

from ..papers.models import Appendix, Document
from ..papers.rules import secret_mark
from . import keeping
from .sheet import Sheet

MOST, SECONDS = 64, 60
TEXT = "body"
_guard = threading.Lock()
_known: dict[tuple, tuple[float, "Judged"]] = {}


@dataclass(frozen=True)
class Judged:
    """A draft as typed: its row, not stored; what stands behind it; the names of the fields of their texts, the paper's first."""

    document: Document
    parts: tuple[Appendix, ...]
    names: tuple[str, ...]

    @classmethod
    def of(cls, sheet):
        """What ``sheet``, whose forms were judged, holds."""
        kept = sheet.appendices.kept()
        names = (TEXT, *(f"{form.prefix}-{TEXT}" for form in kept))
        return cls(sheet.form.draft(), tuple(form.part() for form in kept), names)

    @property
    def texts(self) -> list[tuple[str, str]]:
        """(name of the field, text) of the paper and of what stands behind it."""
        return list(zip(self.names, [row.body for row in (self.document, *self.parts)], strict=True))

    def holding(self, texts):
        """The same with ``texts``, {name of the field: text as typed}."""
        document, *parts = map(copy, (self.document, *self.parts))
        for name, row in zip(self.names, (document, *parts), strict=True):
            row.body = clean_words(texts.get(name, ""))
        return replace(self, document=document, parts=tuple(parts))


def judge(user, data, *, whose, found) -> tuple[Judged | None, Sheet | None]:
    """What ``user`` typed, and no sheet; or None and the sheet whose own faults keep it from being set.

    ``whose`` tells the stored draft, or from what a new one was begun; ``found()`` gives it.
    """
    texts = {name: value for name, value in data.items() if name.rpartition("-")[2] == TEXT}
    key = (user.pk, user.date_joined, *whose, _rest(data, texts))
    with _guard:
        at, known = _known.get(key, (0, None))
    if known and time.monotonic() - at < SECONDS and all(map(_is_plain, texts.values())):
        return known.holding(texts), None
    sheet = Sheet(user, found(), data)
    is_valid = all([sheet.form.is_valid(), *(part.is_valid() for part in sheet.sets)])
    if not is_valid and sheet.own_faults():
        return None, sheet
    judged = Judged.of(sheet)
    if is_valid:
        _remember(key, judged)
    return judged, None


def _rest(data, texts) -> bytes:
    """All that was typed but for the texts, of which only counts whether there is one."""
    typed = [
        (name, bool(texts[name].strip()) if name in texts else data.getlist(name))
        for name in sorted(data)
        if not name.startswith(keeping.CONTROL) and name not in keeping.NOT_KEPT
    ]
    return hashlib.sha256(repr(typed).encode("utf-8", "backslashreplace")).digest()


def _is_plain(text) -> bool:
    """Whether the form has nothing to say of ``text``."""
    return "\0" not in text and not old_lines(text.replace("\r\n", "\n")) and not secret_mark(text, whole_line=True)


def _remember(key, judged):
    """Texts are not remembered: they come with each preview."""
    with _guard:
        _known.pop(key, None)
        _known[key] = time.monotonic(), judged.holding({})
        while len(_known) > MOST:
            del _known[next(iter(_known))]
