"""The words of a cell in lines that are as full as WeasyPrint makes them.

Lines end at spaces and where Pango says that a word may be broken. What WeasyPrint keeps on one line (``whole``) has no
such place; other words that no line holds are cut where the line is full.
"""

import re
from html import unescape

from .faces import Word

_TAG = re.compile(r"(<[^>]*>)")
_SPACE = re.compile(r"[ \n\t\r]+")
_EMPHASIS = {"strong": 0, "em": 1}
_WHOLE, _END = '<span class="whole">', "</span>"
# Words before and behind which a line may end, whatever stands beside them.
_PLAIN = re.compile(r"[^\W_](?:\S*(?:[^\W_]|[.,;:%)/\-]))?")
# A width may differ by what rounding leaves.
_NEAR = 1e-6


class Cells:
    """Sets cells. ``faces(style)`` gives a face; ``breaks(text)`` the places where a line may end within a text."""

    def __init__(self, faces, breaks):
        self.faces, self.breaks = faces, breaks

    def lines(self, html, room, style) -> list[tuple[list, float]]:
        """[([(face, operands of TJ)], width)] of a cell in HTML, which is ``room`` ems wide; ``style``: of its plain words."""
        words = self.words(html, style)
        return self.filled(words, room) if words else []

    def filled(self, words: list[Word], room: float) -> list[tuple[list, float]]:
        """``words`` in lines as ``lines`` gives them."""
        return _Filling(self, room).lines(words)

    # --- Words

    def words(self, html, style) -> list[Word]:
        """What stands between spaces at which a line may end."""
        html = _SPACE.sub(" ", html).strip(" ")
        if "<" not in html:
            face = self.faces(style)
            return [face.word(text) for text in self._split(unescape(html)) if text]
        if html.startswith(_WHOLE) and html.find("<", 1) == len(html) - len(_END):
            # One figure, as most dates and numbers of papers stand.
            return [self.joined([(self.faces(style), unescape(html[len(_WHOLE) : -len(_END)]), True)])]
        return _Marked(self, style).words(html)

    def _split(self, text) -> list[str]:
        """``text`` at its spaces, but for those behind which no line may end."""
        parts = text.split(" ")
        if all(_PLAIN.fullmatch(part) for part in parts if part):
            return parts
        ends = set(self.breaks(text))
        found, begin = [], 0
        for place, sign in enumerate(text):
            if sign == " " and (place + 1 in ends or place == len(text) - 1):
                found.append(text[begin:place])
                begin = place + 1
        return [*found, text[begin:]]

    def joined(self, pieces, space=None, tied=(False, False)) -> Word:
        """One word out of ``pieces``. ``space``: the face of the space before it; ``tied``: whether the spaces before and
        behind it are of the same text as its first and last piece, and kerned with them.
        """
        if len(pieces) == 1 and all(tied):
            return pieces[0][0].word(pieces[0][1])
        shown = [(face, face.text(text)) for face, text, _ in pieces]
        face = space or pieces[0][0]
        word = Word(
            "".join(text for _, text, _ in pieces),
            [(face, operand) for face, (operand, _) in shown],
            sum(wide for _, (_, wide) in shown),
            (face, face.space[0]),
            face.space[1],
            pieces=tuple(pieces),
        )
        if tied[0]:
            near = pieces[0][0].word(pieces[0][1])
            word.space, word.space_wide = near.space, near.space_wide
        if tied[1]:
            near = pieces[-1][0].word(pieces[-1][1])
            word.tail, word.tail_wide = near.tail, near.tail_wide
        return word

    # --- Words that are broken

    def broken(self, word, room) -> tuple[Word | None, Word | None]:
        """``word`` as far as it fits ``room``, ended where a line may end, and its rest."""
        if not word.pieces and word.text.isalnum():
            return None, word
        return self._cut(word, room, self._ends(word))

    def torn(self, word, room) -> tuple[Word, Word | None]:
        """``word`` as far as it fits ``room``, but at least one letter, and its rest; what is whole stays so."""
        ends, place = [], 0
        for _, text, whole in self._pieces(word):
            ends += [] if whole else range(place + 1, place + len(text))
            place += len(text)
            ends.append(place)
        head, rest = self._cut(word, room, ends[:-1])
        return (head, rest) if head else self._cut(word, float("inf"), ends[:1]) if len(ends) > 1 else (word, None)

    def _pieces(self, word):
        return word.pieces or ((word.shown[0][0], word.text, False),)

    def _ends(self, word) -> list[int]:
        """Where a line may end within ``word``."""
        ends, place, before = [], 0, ""
        for _, text, whole in self._pieces(word):
            if before and self.breaks(before[-1] + text[0]):
                ends.append(place)
            ends += [] if whole else [place + end for end in self.breaks(text)]
            place, before = place + len(text), text
        return ends

    def _cut(self, word, room, ends):
        """``word`` at the last of ``ends`` that fits ``room``."""
        for end in reversed(ends):
            head, rest = self._apart(word, end)
            if head.wide <= room + _NEAR:
                return head, rest
        return None, word

    def _apart(self, word, end):
        """The first ``end`` letters of ``word``, and the others."""
        head, rest, place = [], [], 0
        for face, text, whole in self._pieces(word):
            at = min(max(end - place, 0), len(text))
            head += [(face, text[:at].rstrip(" "), whole)] if text[:at] else []
            rest += [(face, text[at:], whole)] if text[at:] else []
            place += len(text)
        last = self.joined(rest)
        last.tail, last.tail_wide = word.tail, word.tail_wide
        return self.joined(head), last


class _Marked:
    """Reads the words of a cell that has emphasis, or figures that are whole."""

    def __init__(self, cells, style):
        self.cells, self.style = cells, list(style)
        self.found, self.pieces = [], []
        self.whole = False
        # The face of the space before the word that is read, and whether no tag stood in between.
        self.space, self.tied = None, False

    def words(self, html) -> list[Word]:
        """All of them."""
        for part in _TAG.split(html):
            if part.startswith("<"):
                self._tag(part)
            elif part:
                self._text(unescape(part))
        self._end(False)
        return self.found

    def _tag(self, tag):
        name = tag.strip("</>").split(" ")[0]
        if name in _EMPHASIS:
            self.style[_EMPHASIS[name]] = not tag.startswith("</")
        else:
            self.whole = tag == _WHOLE
        self.tied = False

    def _text(self, text):
        face = self.cells.faces(tuple(self.style))
        if self.whole:
            self.pieces.append((face, text, True))
            return
        first, *others = self.cells._split(text)
        if first:
            self.pieces.append((face, first, False))
        for part in others:
            self._end(bool(first))
            self.space, self.tied = face, True
            if part:
                self.pieces.append((face, part, False))
            first = part

    def _end(self, tied):
        """A space, or the end: the word is whole."""
        if self.pieces:
            self.found.append(self.cells.joined(self.pieces, self.space, (self.tied, tied)))
        self.pieces = []


class _Filling:
    """Fills lines one after the other."""

    def __init__(self, cells, room):
        self.cells, self.room = cells, room
        self.found, self.shown, self.used, self.tail = [], [], 0.0, ("", 0.0)

    def lines(self, words):
        """[([(face, operands)], width)]."""
        for word in words:
            self._add(word)
        self._end()
        return self.found

    def _add(self, word):
        """Put ``word`` behind what stands on the line, or on the next."""
        rest = word
        while rest:
            room = self.room - self.used - (self.tail[1] + rest.space_wide if self.shown else 0)
            if rest.wide <= room + _NEAR:
                head, rest = rest, None
            else:
                head, rest = self.cells.broken(rest, room)
                if not head and not self.shown:
                    head, rest = self.cells.torn(rest, room)
            if head:
                self._put(head)
            if rest:
                self._end()

    def _put(self, word):
        if self.shown:
            face, last = self.shown[-1]
            self.shown[-1] = face, last + self.tail[0]
            self.shown.append(word.space)
            self.used += self.tail[1] + word.space_wide
        self.shown += word.shown
        self.used += word.wide
        self.tail = word.tail, word.tail_wide

    def _end(self):
        """The line is full."""
        runs = []
        for face, operand in self.shown:
            if runs and runs[-1][0] is face:
                runs[-1][1].append(operand)
            else:
                runs.append((face, [operand]))
        self.found.append(([(face, "".join(parts)) for face, parts in runs], self.used))
        self.shown, self.used, self.tail = [], 0.0, ("", 0.0)
