"""How pages tell what changed in the words of a paper."""

import difflib
import re

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()
# Comparing costs the product of the two lengths; beyond these, old and new are shown one behind the other.
MOST_WORDS = 600
MOST_LINES = 3000
# Shorter words, of one line, are compared at a glance.
SHORT = 80


@register.filter
def compared(change):
    """What changed: [(what it is called, [(``old`` | ``new`` | ``same``, text)])], by line and then by word."""
    return [(label, list(_by_line(*pair))) for label, pair in change.changes.items()]


@register.filter
def told_apart(pair):
    """Old and new words, where they are long, as ``compared`` gives them; else nothing."""
    is_short = all(len(words) <= SHORT and "\n" not in words for words in pair)
    return [] if is_short else list(_by_line(*pair))


_MARKS = {"old": "<del>{}</del>", "new": "<ins>{}</ins>", "same": "{}"}


@register.filter
def marked(parts):
    """The parts of a change as text in which what went and what came is marked."""
    return SafeString("".join(format_html(_MARKS[kind], text) for kind, text in parts))


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
