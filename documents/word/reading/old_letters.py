"""Words typed with fonts from before Unicode (TCVN3, VNI), which many old files have, as Unicode."""

import re

from units.encodings import all_converted, converted, old_lines

from .pieces import Block, Line, lines_of

# Between the runs of a line: no word holds it, and lines are judged whole.
_BETWEEN = "\ue010"
# Letters that old fonts use, and those that only Unicode has for Vietnamese: a line that has one of these is no old one.
_OLD, _NEW = re.compile("[\u00a1-\u00ff]"), re.compile("[ĂăĐđĨĩŨũƠơƯư\u1ea0-\u1ef9]")

# Of the lines that may be old ones: where as many are, the rest are too.
MOSTLY = 0.8


def to_unicode(blocks: list[Block]) -> int:
    """Put the old lines of a file into Unicode, run by run; how many there were."""
    lines = _with_notes(lines_of(blocks))
    told = [(line, _BETWEEN.join(run.text.replace("\n", " ") for run in line.runs)) for line in lines]
    told = [(line, text) for line, text in told if _OLD.search(text) and not _NEW.search(text)]
    before = [text for _, text in told]
    count = len(old_lines("\n".join(before))) if told else 0
    if not count:
        _draw_large(lines)
        return 0
    # «Chi bé Thanh tra» is Vietnamese as it stands, and was typed as its neighbours were.
    is_mostly_old = count > MOSTLY * len(told)
    after = all_converted(before) if is_mostly_old else converted("\n".join(before)).split("\n")
    for (line, old), new in zip(told, after, strict=True):
        if new != old:
            for run, words in zip(line.runs, new.split(_BETWEEN), strict=True):
                run.text = words
            line.__dict__.pop("text", None)
    _draw_large(lines)
    return count


def _draw_large(lines):
    """Write what a font draws as capitals as capitals, where it is Unicode now."""
    for line in lines:
        for run in line.runs:
            if run.is_drawn_large and (_NEW.search(run.text) or not _OLD.search(run.text)):
                run.text = run.text.upper()
                line.__dict__.pop("text", None)


def _with_notes(lines) -> list[Line]:
    """Lines, and those of the notes that they cite."""
    found = list(lines)
    for line in lines:
        for note in line.notes:
            found += note
    return found
