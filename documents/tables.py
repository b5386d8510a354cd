"""Tables in the words of a paper, as ``docs/document-source`` writes them."""

from collections.abc import Iterable, Sequence

from units.text import one_line

from .markdown import said


def table(heads: Sequence[str], rows: Iterable[Sequence], *, numbered: bool = True) -> str:
    """A table of ``rows`` under ``heads``; ``numbered``: behind a first column that counts them.

    Cells are words, printed as ``str`` writes them and never read as marks; ends of lines become spaces.
    """
    heads = ["STT", *heads] if numbered else heads
    lines = [_line(heads), _line(["---"] * len(heads))]
    for number, row in enumerate(rows, start=1):
        lines.append(_line([number, *row] if numbered else row))
    return "\n".join(lines)


def _line(cells) -> str:
    return f"| {' | '.join(_cell(cell) for cell in cells)} |"


def _cell(value) -> str:
    return said(one_line(str(value)))
