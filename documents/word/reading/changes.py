"""Tracked changes: which there are, and whether each is taken over or undone."""

from dataclasses import dataclass, field

from .package import W

ACCEPT, REJECT, ASK = "accept", "reject", "ask"
LONGEST = 300  # signs of a change that are shown
_MARKS = {"ins": "added", "moveTo": "added", "del": "deleted", "moveFrom": "deleted"}
CHANGES = tuple(f"{W}{name}" for name in _MARKS)


@dataclass
class Change:
    """One change: words that are ``added``, ``deleted`` or ``moved``, by whom, on which day as the file says it."""

    kind: str
    words: str
    by: str = ""
    day: str = ""
    is_accepted: bool = True


@dataclass(frozen=True)
class Answer:
    """What is to become of tracked changes: all accepted, all undone, or each as ``accepted`` (their numbers from 0) says."""

    how: str = ACCEPT
    accepted: frozenset[int] = frozenset()

    def takes(self, number) -> bool:
        """Whether a change is taken over."""
        return number in self.accepted if self.how == ASK else self.how == ACCEPT


@dataclass
class Changes:
    """The changes of a file in the order of reading; neighbours of one kind by one person are one, and so is a move."""

    answer: Answer = Answer()
    found: list[Change] = field(default_factory=list)
    moves: dict[str, int] = field(default_factory=dict)
    _last: tuple = ()
    _move: str = ""

    def keeps(self, node, words: str) -> bool:
        """Whether the words within a change (``w:ins``, ``w:del``, ``w:moveFrom``, ``w:moveTo``) stand in the paper."""
        name = node.tag[len(W) :]
        change = self.found[self._number(node, _MARKS[name], words, name.startswith("move"))]
        return change.is_accepted == (_MARKS[name] == "added")

    def ends(self):
        """What comes next is no neighbour of what was changed last."""
        self._last = ()

    def names(self, node):
        """A range of a move begins: its two ends are one change."""
        self._move = node.get(f"{W}name", "")

    def _number(self, node, kind, words, is_move) -> int:
        by, day = node.get(f"{W}author", ""), node.get(f"{W}date", "")[:10]
        key = (kind, by, is_move and self._move)
        if is_move and self._move in self.moves:
            return self.moves[self._move]
        if self._last == key and self.found:
            number = len(self.found) - 1
            self.found[number].words = (self.found[number].words + words)[:LONGEST]
            return number
        number = len(self.found)
        self.found.append(Change("moved" if is_move else kind, words[:LONGEST], by, day, self.answer.takes(number)))
        self._last = key
        if is_move and self._move:
            self.moves[self._move] = number
        return number


def words_within(node) -> str:
    """The words of a change, those deleted too."""
    return "".join(each.text or "" for each in node.iter(f"{W}t", f"{W}delText"))
