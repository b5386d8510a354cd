"""What of a body is a mark, and what is printed as it was typed."""

import pytest

from documents.papers.tables import table
from documents.source.blanks import blanks
from documents.source.markdown import said

from ..said import HOSTILE, marks, printed
from ..sheets import paper


@pytest.mark.parametrize(
    "typed",
    [
        "Sân 5*3 m và 4*2 m.",
        "2**3 = 8 và 4**2 = 16",
        "Số hộ (*) là 120, được khen (*) là 12.",
        "(*): ước tính; (**): chính thức; [***]",
        "Thu* và chi*, quỹ*: 5; vốn*: 6",
        "*A; **B",
        "* Mục một * Mục hai",
        "a *) b *) c",
        "x*y và u*v",
        "10%*2 và 20%*3; (a)*b và (c)*d; 1.*2 và 3.*4",
        "“*” và “*”, \"*\" và '*'",
        "C:\\thi-dua\\2020; 5 < 6; a_b_c; ~x~; `x`; x[1]; {y}; #2; #",
        "**Điều 1. **Tặng",
    ],
)
@pytest.mark.parametrize("around", ["{}", "# {}", "| {} |\n|---|\n| x |", "| x |\n|---|\n| {} |", "x[^1]\n\n[^1]: {}"])
def test_what_is_no_mark_is_printed_as_typed(typed, around):
    body = around.format(typed)
    assert typed in printed(body)
    assert not marks(body) - {"heading_open", "footnote_ref"}


@pytest.mark.parametrize(
    ("typed", "words", "found"),
    [
        ("*nghiêng* và **đậm**", "nghiêng và đậm", {"em_open", "strong_open"}),
        ("**Điều 1.**Tặng", "Điều 1.Tặng", {"strong_open"}),
        ("(*ghi chú*), “**chữ**” – *x*.", "(ghi chú), “chữ” – x.", {"em_open", "strong_open"}),
        ('*"Sao vàng"*; **50%**', '"Sao vàng"; 50%', {"em_open", "strong_open"}),
        ("***cả hai***", "cả hai", {"em_open", "strong_open"}),
        ("*Ghi chú: số (*) là 5*3.*", "Ghi chú: số (*) là 5*3.", {"em_open"}),
    ],
)
def test_marks_of_emphasis(typed, words, found):
    assert (printed(typed), marks(typed)) == (words, found)


@pytest.mark.parametrize(
    "typed", [HOSTILE, "## x", "[^1]: x", "[a](b)", "<a@b.c>", "\\", "\\*", "|---|---|", "| a |\n|---|", "**x**"]
)
def test_words_from_elsewhere_are_no_marks(typed):
    assert (printed(said(typed)), marks(said(typed))) == (typed, set())
    cells = table(["Đơn vị"], [(typed,), (5,)], numbered=False)
    assert (printed(cells), marks(cells)) == ("\n".join(["Đơn vị", " ".join(typed.split()), "5"]), set())
    assert not blanks(paper(body=said("[tên đơn vị]")))


def test_a_table_counts_its_rows_and_keeps_what_a_cell_holds():
    assert table(["A|B"], [("x\u00a0y  z",), (None,)]) == (
        "| STT | A\\|B |\n| :---: | --- |\n| 1 | x\u00a0y z |\n| 2 | None |"
    )
