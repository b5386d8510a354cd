"""Names in a sentence: the first of them, and how many more there are."""

import pytest

from documents.steps.refusing import first_of


@pytest.mark.parametrize(
    ("told", "facts", "words"),
    [
        ([], {}, ""),
        (["A", "B"], {"most": 2}, "A; B"),
        (["A", "B", "C"], {"most": 2}, "A; B; và 1 dòng khác"),
        (["A", "B", "C"], {"most": 1, "between": ", "}, "A và 2 dòng khác"),
        (["A: đã mất.", "B: đã chuyển."], {"most": 1, "between": " "}, "A: đã mất. Và 1 dòng khác."),
        (iter(["A", "B"]), {"number": 30}, "A; B; và 28 dòng khác"),
        (iter("ABCDEF"), {"number": 30}, "A; B; C; D; E; và 25 dòng khác"),
    ],
)
def test_the_first_and_how_many_more(told, facts, words):
    assert first_of(told, "dòng", **facts) == words
