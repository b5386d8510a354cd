"""What the cells of a table say of its form."""

import pytest

from documents.source import markdown
from documents.source.grids import grid


def read(text):
    return grid(markdown.parse(text), text.split("\n"))


def spans(text):
    return {cell.token.content: (cell.row, cell.column, cell.wide, cell.high) for cell in read(text).cells()}


def test_unequal_dashes_are_widths():
    assert read("| A | B |\n|---|---------|\n| 1 | 2 |").shares == [3, 9]
    assert read("| A | B |\n| :-: | ---: |\n| 1 | 2 |").shares is None


def test_equal_dashes_say_nothing():
    assert read("| A | B |\n|:---|---:|\n| 1 | 2 |").shares is None
    assert read("| A | B |\n|:---|---:|\n| 1 | 2 |").aligns == ["left", "right"]


def test_cells_are_joined_to_the_left_and_upwards():
    text = "| TT | Tiền | < |\n|---|---|---|\n| ^ | Nay | Sau |\n|---|---|---|\n| 1 | 5 | 6 |\n| ^ | 7 | < |"
    assert spans(text) == {
        "TT": (0, 0, 1, 2), "Tiền": (0, 1, 2, 1), "Nay": (1, 1, 1, 1), "Sau": (1, 2, 1, 1),
        "1": (2, 0, 1, 2), "5": (2, 1, 1, 1), "6": (2, 2, 1, 1), "7": (3, 1, 2, 1),
    }  # fmt: skip
    assert read(text).head == 2


def test_signs_by_themselves_and_at_the_edge_are_words():
    text = "| ^ | \\< |\n|---|---|\n| < | \\^ |\n| ^ | x |"
    assert spans(text) == {
        "^": (0, 0, 1, 1),
        "\\<": (0, 1, 1, 1),
        "<": (1, 0, 1, 2),
        "\\^": (1, 1, 1, 1),
        "x": (2, 1, 1, 1),
    }
    words = [token.children[0].content for token in markdown.parse(text) if token.type == "inline"]
    assert words == ["^", "<", "<", "^", "^", "x"]


def test_a_row_of_single_dashes_is_a_row():
    assert read("| A | B |\n|---|---|\n| - | - |\n| 1 | 2 |").head == 1
    assert len(read("| A | B |\n|---|---|\n| - | - |\n| 1 | 2 |").rows) == 3


def test_only_the_first_rule_below_rows_ends_the_head():
    assert read("| A |\n|---|\n| B |\n|---|\n| C |\n|---|\n| D |").head == 2
    assert len(read("| A |\n|---|\n| B |\n|---|\n| C |\n|---|\n| D |").rows) == 5


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("| A | < |\n|---|---|\n| x | b |", None),
        ("| h | h |\n|---|---|\n| A | < |\n| ^ | b |", 1),
        ("| h | h |\n|---|---|\n| A | b |\n| ^ | < |", 1),
        ("| h | h |\n|---|---|\n| A | < |\n| ^ | < |", None),
        ("| h | h |\n|---|---|\n| A | < |\n| ^ | ^ |", None),
    ],
)
def test_joined_cells_that_form_no_rectangle_are_found(text, row):
    assert read(text).crooked() == row


def test_joined_cells_that_form_no_rectangle_are_a_fault_of_the_text():
    text = "Trước.\n\n| h | h |\n|---|---|\n| i | i |\n|---|---|\n| A | < |\n| ^ | b |"
    assert [line for line, _ in markdown.faults(text)] == [7]
    assert "không thành hình chữ nhật" in markdown.faults(text)[0][1]
