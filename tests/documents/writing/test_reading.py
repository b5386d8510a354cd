"""A source as the editor's document: what it holds, and that no character is lost on the way."""

from pathlib import Path

import pytest

from documents.source import source
from documents.source.types import BUILT_IN
from documents.writing.reading import NotShown, document_of, shown

from .made import sources

ROOT = Path(__file__).parents[3]
FILES = [*sorted((ROOT / "tests/documents/sources").glob("*.md")), ROOT / "documents/sample/seed_letter.md"]


def bodies(files):
    """[(text, document)] of every body and appendix of source files."""
    papers = [source.parse(file.read_bytes(), BUILT_IN) for file in files]
    texts = [text for paper in papers for text in (paper.body, *(row.body for row in paper.appendices))]
    return [(text, document_of(text)) for text in texts]


def rejoined(document):
    """The characters of an untouched document, one piece behind the other."""
    attrs = document["attrs"]
    pieces = [*attrs["places"]]
    for block in document["content"]:
        pieces += [block["attrs"], *block["attrs"]["places"]]
    return "".join(piece["gap"] + piece["raw"] for piece in pieces) + attrs["tail"]


def test_no_character_of_the_sources_is_lost():
    for text, document in bodies(FILES):
        assert rejoined(document) == text


def test_no_character_is_lost_by_chance():
    for text, document in sources(7, 300):
        assert rejoined(document) == text


def test_what_a_body_may_hold():
    document = document_of("# I. Mục\n\nMột **đậm** \\[in][^a] {{cite:5/QĐ}}.\n\n[^a]: Lời.\n\n    Đoạn hai.")
    title, paragraph = document["content"]
    assert (title["type"], title["attrs"]["level"]) == ("title", 1)
    kinds = [
        (piece["type"], piece.get("text"), [mark["type"] for mark in piece.get("marks", [])])
        for piece in paragraph["content"]
    ]
    assert kinds == [
        ("text", "Một ", []),
        ("text", "đậm", ["bold"]),
        ("text", " ", []),
        ("text", "[", ["literal"]),
        ("text", "in]", []),
        ("note", None, []),
        ("text", " ", []),
        ("cite", None, []),
        ("text", ".", []),
    ]
    assert [piece["type"] for piece in paragraph["content"][5]["content"]] == ["text", "note_break", "text"]
    assert [place["label"] for place in paragraph["attrs"]["places"]] == ["a"]


def test_joined_cells_widths_and_a_head_of_two_rows():
    table = document_of("| A | < |\n|---|-----:|\n| ^ | ^ |\n|---|---|\n| 1 | 2 |")["content"][0]
    cells = [[(cell["type"], cell["attrs"]) for cell in row.get("content", ())] for row in table["content"]]
    joined = {"align": None, "colspan": 2, "rowspan": 2, "colwidth": [3, 5]}
    one = {"colspan": 1, "rowspan": 1}
    assert cells == [
        [("table_header", joined)],
        [],
        [
            ("table_cell", {"align": None, "colwidth": [3], **one}),
            ("table_cell", {"align": "right", "colwidth": [5], **one}),
        ],
    ]


def test_a_note_that_is_cited_twice_is_one_note():
    first, second = document_of("Một[^1] hai[^1].\n\n[^1]: Lời.")["content"][0]["content"][1:4:2]
    assert (first["type"], second["type"], second["attrs"]) == ("note", "note_again", {"label": "1"})


@pytest.mark.parametrize(
    "text",
    [
        "Chú thích[^1] không lời.",
        "Chú thích[^1].\n\n[^1]: Trong chú thích[^2].\n\n[^2]: Lời.",
        "Chú thích [^ 1].",
        "Trích dẫn {{cite:",
        "| h | h |\n|---|---|\n| A | < |\n| ^ | b |",
        "Chữ \ufdd0.",
    ],
)
def test_what_the_editor_cannot_hold(text):
    with pytest.raises(NotShown):
        document_of(text)
    assert shown(text) is None


def test_an_empty_text_has_an_empty_paragraph():
    assert [block["type"] for block in document_of("")["content"]] == ["paragraph"]
