"""How pages tell what changed in a draft."""

import difflib
import re

from django import template

from documents.models import Document

register = template.Library()


def _label(name):
    if name == "appendices":
        return "Phụ lục"
    return Document._meta.get_field(name).verbose_name.capitalize()


def _text(name, value):
    """A stored value in words."""
    if value in (None, "", []):
        return ""
    if name == "appendices":
        return "\n\n".join(f"{title}\n{body}" for title, _, body in value)
    return str(value)


@register.filter
def compared(edit):
    """The changes of an edit: [(field's label, [(``old`` | ``new`` | ``same``, text)])], word by word."""
    return [
        (_label(name), list(_word_by_word(_text(name, before), _text(name, after))))
        for name, (before, after) in edit.changes.items()
    ]


def _word_by_word(before, after):
    old, new = re.findall(r"\s+|\S+", before), re.findall(r"\s+|\S+", after)
    for kind, i1, i2, j1, j2 in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            yield "same", "".join(old[i1:i2])
            continue
        if i1 < i2:
            yield "old", "".join(old[i1:i2])
        if j1 < j2:
            yield "new", "".join(new[j1:j2])
