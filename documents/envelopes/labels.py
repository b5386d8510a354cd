"""Labels on an A4 sheet, eight of them: for parcels, for shelves, for whom a paper goes to. One pattern for all."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from .. import typesetting
from ..form.letters import POINTS_A_MM, line_count

A_SHEET = 8
# The room within the margins of a label, and what a square that is scanned takes of it; mm.
_WIDE, _HIGH, _SQUARE = 90, 58, 32
# Points of the head, and of the lines below: as large as fits, the last ones whatever they leave.
_SIZES = ((14, 11), (12, 10), (11, 9), (10, 8), (8, 7), (7, 6))
_LEADING, _BELOW_HEAD = 1.2, 3


@dataclass(frozen=True)
class Label:
    """Whom or what it is for, the lines below, of which empty ones are left out; ``code``: a square that is scanned; ``mark``:
    what stands out above all.
    """

    head: str
    lines: tuple[str, ...]
    code: SafeString | str = ""
    mark: str = ""

    @property
    def sizes(self) -> tuple[int, int]:
        """Points of the head and of the lines, by which everything stands on the label."""
        return next((sizes for sizes in _SIZES if self._height(*sizes) <= _HIGH * POINTS_A_MM), _SIZES[-1])

    def _height(self, head, lines) -> float:
        """Points that it takes with letters of these sizes."""
        room = (_WIDE - (_SQUARE if self.code else 0)) * POINTS_A_MM
        high = line_count(self.head, head, room, bold=True) * head * _LEADING + _BELOW_HEAD * POINTS_A_MM
        high += sum(line_count(line, lines, room) for line in self.lines if line) * lines * _LEADING
        return high + (2 * lines if self.mark else 0)


def labels(rows: Iterable[Label], title: str, skipped: int = 0) -> bytes:
    """The sheets of all labels as PDF, behind ``skipped`` free places; ``title`` is the file's. Raises as ``typesetting.to_pdf``
    does.
    """
    context = {"rows": list(rows), "title": title, "free": range(skipped)}
    return typesetting.to_pdf(render_to_string("documents/envelopes/labels.html", context))
