"""Where a line stands: counted as the editor counts its blocks."""

import pytest

from documents.source.places import place_of
from documents.writing.reading import document_of

TEXT = """# I. MỤC ĐÍCH
Lời đầu
viết tiếp.

Lời hai[^1].

| Tên | Số |
|---|---|
| Sở Y tế | 1 |
| Sở Nội vụ | 2 |

[^1]: Chú thích
viết tiếp.

Lời ba.

| a |
|---|
| b |
"""


@pytest.mark.parametrize(
    ("line", "place"),
    [
        (1, "đoạn 1"),
        (2, "đoạn 2"),
        (3, "đoạn 2"),
        (5, "đoạn 3"),
        (7, "bảng 1, hàng 1"),
        (9, "bảng 1, hàng 2"),
        (10, "bảng 1, hàng 3"),
        (12, "chú thích"),
        (13, "chú thích"),
        (15, "đoạn 4"),
        (17, "bảng 2, hàng 1"),
        (19, "bảng 2, hàng 2"),
    ],
)
def test_a_line_is_told_by_its_paragraph_its_row_or_its_note(line, place):
    assert place_of(TEXT, line) == place


def test_the_last_paragraph_has_the_number_that_the_editor_gives_it():
    shown = document_of(TEXT)["content"]
    paragraphs = [block for block in shown if block["type"] != "table" and block.get("content")]
    assert len(paragraphs) == 4
    assert sum(block["type"] == "table" for block in shown) == 2
