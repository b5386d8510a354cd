"""How pages tell what changed in a draft."""

import difflib
import re

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from documents.models import Appendix, Document

from ..deliveries import addressees

register = template.Library()
# Comparing costs the product of the two lengths; beyond these, old and new are shown one behind the other.
MOST_WORDS = 600
MOST_LINES = 3000


@register.filter
def compared(edit):
    """The changes of an edit: [(field's label, [(``old`` | ``new`` | ``same``, text)])], by line and then by word."""
    return [
        (_label(name), list(_by_line(_text(name, before), _text(name, after))))
        for name, (before, after) in edit.changes.items()
    ]


_MARKS = {"old": "<del>{}</del>", "new": "<ins>{}</ins>", "same": "{}"}


@register.filter
def marked(parts):
    """The parts of a change as text in which what went and what came is marked."""
    return SafeString("".join(format_html(_MARKS[kind], text) for kind, text in parts))


def _label(name):
    named = {
        "appendices": "Phụ lục",
        "date": "Ngày văn bản",
        "addressees": "Nơi nhận trong chương trình",
        "duties": "Nhiệm vụ giao",
        "handed_to": "Đơn vị hoặc người nhận",
        "handed_on": "Ngày chuyển",
        "arrival_note": "Ghi chú khi vào sổ",
    }
    return named.get(name) or Document._meta.get_field(name).verbose_name.capitalize()


def _text(name, value):
    """A stored value in words."""
    if name == "appendices":
        orientations = dict(Appendix.Orientation.choices)
        return "\n\n".join(f"{title} ({orientations[lies].lower()})\n{body}" for title, lies, body in value or [])
    if name == "addressees":
        return "\n".join(label for _, label in value or [])
    if name == "duties":
        return "\n".join(map(_duty_text, value or []))
    return "" if value is None else str(value)


def _duty_text(row):
    """A duty in one line: clause, words, whose, until when."""
    clause, words, keys, until = row
    whose = f" – {', '.join(map(addressees.label, keys))}" if keys else ""
    return f"{clause} {words}{whose}{f', hạn {until}' if until else ''}".strip()


def _by_line(before, after):
    """Lines that stayed, and within those that did not, words."""
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    for same, old_part, new_part in _parts(old, new, MOST_LINES):
        if same:
            yield "same", "".join(old_part)
        else:
            yield from _by_word("".join(old_part), "".join(new_part))


def _by_word(before, after):
    for same, old_part, new_part in _parts(
        re.findall(r"\S+\s*|\s+", before), re.findall(r"\S+\s*|\s+", after), MOST_WORDS
    ):
        for kind, part in [("same", old_part)] if same else [("old", old_part), ("new", new_part)]:
            if part:
                yield kind, "".join(part)


def _parts(old, new, most):
    """(whether equal, old part, new part) of two lists; one unequal whole where they are too long to compare."""
    if len(old) + len(new) > most:
        yield old == new, old, new
        return
    for kind, i1, i2, j1, j2 in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        yield kind == "equal", old[i1:i2], new[j1:j2]
