"""Words typed with fonts from before Unicode (TCVN3, VNI), which many old files have, as Unicode."""

from units.encodings import converted, old_lines

from .pieces import Block, Line, lines_of

# Between the runs of a line: no word holds it, and lines are judged whole.
_BETWEEN = "\ue010"


def to_unicode(blocks: list[Block]) -> int:
    """Put the old lines of a file into Unicode, run by run; how many there were."""
    lines = _with_notes(lines_of(blocks))
    before = [_BETWEEN.join(run.text.replace("\n", " ") for run in line.runs) for line in lines]
    text = "\n".join(before)
    count = len(old_lines(text))
    if not count:
        return 0
    for line, old, new in zip(lines, before, converted(text).split("\n"), strict=True):
        if new != old:
            for run, words in zip(line.runs, new.split(_BETWEEN), strict=True):
                run.text = words
            line.__dict__.pop("text", None)
    return count


def _with_notes(lines) -> list[Line]:
    """Lines, and those of the notes that they cite."""
    found = list(lines)
    for line in lines:
        for note in line.notes:
            found += note
    return found
