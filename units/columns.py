"""Columns of a list. What one has of a row is said once; the page and the file show it, each in its way."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from django.core.exceptions import ObjectDoesNotExist
from django.utils.html import format_html
from django.utils.safestring import SafeString

from .text import key_or_none

# Looks of cells that their heading has too.
_OF_HEADINGS = {"points", "text-end", "tick"}


@dataclass(frozen=True)
class Column:
    """A column under its heading ``head``, on the page and in the file.

    ``value``: row → what it has, or where that is found: ``"unit.name"``, nothing where there is none on the way. A state
    (``units.tones.Toned``), a day and a moment are shown as such, a figure where the look is ``points``. ``shown`` is the
    same for the page where that says it in other words, ``file`` the heading in the file.

    ``main``: the words open the row, at ``to(row)`` or its own address; ``clip`` cuts them after two lines; ``note``: a second
    line, smaller. ``sort``: its name in ``sorts``. ``label``: what stands before it on a phone. ``look``: classes of its cells,
    ``mark``: row → one more.
    """

    head: str
    value: Callable | str
    file: str = ""
    shown: Callable | str = ""
    main: bool = False
    to: Callable | None = None
    clip: bool = False
    note: Callable | str = ""
    sort: str = ""
    label: str = ""
    look: str = ""
    mark: Callable | None = None
    on_page: bool = True
    in_file: bool = True

    def of(self, row):
        """What it has of ``row``."""
        return _found(row, self.value)

    def seen(self, row):
        """What the page shows of ``row``."""
        return _found(row, self.shown or self.value)

    def noted(self, row):
        """What stands below that."""
        return _found(row, self.note) if self.note else ""

    def address(self, row) -> str:
        """Where the row is opened; nothing where it cannot be."""
        return self.to(row) if self.to else row.get_absolute_url()

    @property
    def th(self) -> str:
        """The attributes of its heading."""
        return _classes(word for word in self.look.split() if word in _OF_HEADINGS)

    def td(self, row) -> str:
        """The attributes of its cell in ``row``."""
        named = format_html(' data-label="{}"', self.label) if self.label else SafeString("")
        return _classes([self.look, self.mark(row)] if self.mark else [self.look]) + named


InFile = partial(Column, on_page=False)
OnPage = partial(Column, in_file=False)


def ticks(name, form, every, of="pk", chosen=(), offered=lambda row: True, called=str) -> Column:
    """A column of boxes ``name`` which choose rows, by ``of``, for what the form of the id ``form`` does with them.

    ``every``: how the box above is read out; a row has one where it is ``offered``, ticked where it is ``chosen`` already.
    """
    box = '<input class="form-check-input" type="checkbox" form="{}" name="{}" value="{}" aria-label="Chọn {}"{}>'
    all_of_them = '<input class="form-check-input" type="checkbox" data-choose-all="{}" aria-label="{}">'

    def tick(row):
        key = getattr(row, of)
        return (
            format_html(box, form, name, key, called(row), " checked" if key in chosen else "") if offered(row) else ""
        )

    return OnPage(format_html(all_of_them, name, every), tick, look="tick")


def chosen_keys(data, name) -> set[int]:
    """The keys of the boxes ``name`` that were ticked, those of other pages of the list too.

    A form that says ``data-joined`` sends these in one field, so that thousands of them are no thousands of fields.
    """
    values = [*data.getlist(name), *data.get(f"{name}-khac", "").split(",")]
    return {key for key in map(key_or_none, values) if key}


def muted(words) -> str:
    """Words that stand for what is not there."""
    return format_html('<span class="muted">{}</span>', words)


def toned(tone, words) -> str:
    """Words in the tone of a state (``units.tones``) that is none of the row's own."""
    return format_html('<span class="standing standing-{}">{}</span>', tone, words)


def hinted(words, title) -> str:
    """Words with more of them where the pointer rests."""
    return format_html('<span title="{}">{}</span>', title, words) if words else ""


def state(row):
    """How a row stands: its ``standing``, or its ``state`` as a member of ``State``."""
    return getattr(row, "standing", None) or row.State(row.state)


def _found(row, value):
    if callable(value):
        return value(row)
    for name in value.split("."):
        try:
            row = getattr(row, name)
        except ObjectDoesNotExist:
            return None
        row = row() if callable(row) else row
        if row is None:
            return None
    return row


def _classes(words) -> str:
    words = " ".join(word for word in words if word)
    return format_html(' class="{}"', words) if words else SafeString("")
