"""Lines of a file that stand nowhere in the paper: named, so that nothing is dropped without a word."""

import re

from ...source.paper import Paper, all_text
from . import marks
from .facts import Facts
from .pieces import Block, lines_of

_WORD = re.compile(r"\w+")
# What the program prints by itself before words that are kept.
_PRINTED = (marks.RECIPIENTS, marks.TO, marks.ABOUT, marks.KEPT, marks.DASH)


def left_over(blocks: list[Block], facts: Facts, paper: Paper) -> list[str]:
    """The words of each line that is neither used nor found in the paper, in order; and of each note of a line that is: only
    those of a body have a place.
    """
    lines = lines_of(blocks)
    rest = [line for line in lines if id(line) not in facts.used and line.text]
    rest += [line for cited in lines for note in cited.notes for line in note]
    if not rest:
        return []
    held = f" {_words(all_text(paper))} {_words(_filled(paper))} "
    return [marks.flat(part) for line in rest for part in marks.columns(line) if not _is_held(part, held)]


def _is_held(part, held) -> bool:
    text = marks.flat(part)
    if not text or marks.RULE.match(text) or marks.is_fixed(text):
        return True
    for printed in _PRINTED:
        text = printed.sub("", text) if printed.match(text) else text
    words = _words(marks.END_MARK.sub("", text))
    return not words or f" {words} " in held


def _filled(paper) -> str:
    return " ".join(map(str, filter(None, (paper.number, paper.symbol, paper.place))))


def _words(text) -> str:
    """Words alone, in small letters."""
    return " ".join(_WORD.findall(text.lower()))
