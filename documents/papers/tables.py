"""Tables in the words of a paper, as ``docs/document-source`` writes them; long ones stand behind the paper."""

from collections.abc import Iterable, Sequence

from units.text import one_line

from ..source.markdown import said
from ..source.vietnamese import roman
from .models import Appendix

# Beyond this many rows a list would fill the pages of a paper that is about something else.
MOST_WITHIN = 12


def table(
    heads: Sequence[str], rows: Iterable[Sequence], *, numbered: bool = True, first: int = 1, right: Sequence[str] = ()
) -> str:
    """A table of ``rows`` under ``heads``; ``numbered``: behind a first column that counts them, from ``first``.

    Cells are words, printed as ``str`` writes them and never read as marks; ends of lines become spaces. The columns of
    ``right`` hold figures, which stand below each other at the right.
    """
    rules = ["---:" if head in right else "---" for head in heads]
    heads, rules = (["STT", *heads], [":---:", *rules]) if numbered else (heads, rules)
    lines = [_line(heads), _line(rules)]
    for number, row in enumerate(rows, start=first):
        lines.append(_line([number, *row] if numbered else row))
    return "\n".join(lines)


def _line(cells) -> str:
    return f"| {' | '.join(_cell(cell) for cell in cells)} |"


def _cell(value) -> str:
    return said(one_line(str(value)))


class Lists:
    """The tables of one paper: short ones stand where they are told, long ones in ``appendices`` behind it."""

    def __init__(self):
        self.appendices = []

    def table(self, title: str, heads: Sequence[str], rows: Iterable[Sequence], **how) -> str:
        """The table, or where it is to be found: behind the paper under ``title``. ``how`` as in ``table``."""
        rows = list(rows)
        words = table(heads, rows, **how)
        if len(rows) <= MOST_WITHIN:
            return words
        self.appendices.append(Appendix(title=title, body=words))
        return f"Danh sách tại {self._mark(len(self.appendices))}."

    def told(self, body: str) -> str:
        """``body`` with the label of each appendix, which is known when all are there."""
        several = len(self.appendices) > 1
        for number in range(1, len(self.appendices) + 1):
            body = body.replace(self._mark(number), f"Phụ lục {roman(number)}" if several else "Phụ lục")
        return body

    def _mark(self, number) -> str:
        # No sign that anybody types.
        return f"Phụ lục \ue000{number}\ue000"
