"""What the page sends is stored only where its editor showed the same."""

import pytest

from documents.writing.comparing import difference

from .documents import cell, document, head, note, paragraph, table, text

TITLE = {"type": "title", "attrs": {"level": 2}, "content": [text("1. Về tổng kết")]}
CITE = {"type": "cite", "attrs": {"key": "50/BC-UBND"}}
BROKEN = "Bản soạn gửi lên không đúng dạng"


@pytest.mark.parametrize(
    ("source", "blocks"),
    [
        ("Một đoạn.", [paragraph("Một đoạn.")]),
        ("Một đoạn.", [paragraph("  Một  đoạn. "), paragraph()]),
        ("Một **đậm** và *nghiêng*.", [paragraph("Một ", text("đậm", "bold"), " và ", text("nghiêng", "italic"), ".")]),
        ("Một **đậm** nữa", [paragraph("Một ", text("đậm ", "bold"), "nữa")]),
        ("## 1. Về tổng kết", [TITLE]),
        ("Theo {{cite:50/BC-UBND}}.", [paragraph("Theo ", CITE, ".")]),
        ("Báo cáo[^3].\n\n[^3]: Theo mẫu.", [paragraph("Báo cáo", note("Theo mẫu."), ".")]),
        ("Số \\[^1].", [paragraph("Số [^1].")]),
        ("Số \\[1] và [tên].", [paragraph("Số ", text("[", "literal"), "1] và [tên].")]),
        ("| A | B |\n|---|---|\n| 1 | 2 |", [table([head("A"), head("B")], [cell("1"), cell("2")])]),
        (
            "| A | < |\n|---|:-----:|\n| ^ | ^ |\n|---|---|\n| 1 | \\^ |",
            [
                table(
                    [head("A", wide=2, high=2, colwidth=[3, 5])],
                    [],
                    [cell("1", colwidth=[3]), cell("^", colwidth=[5], align="center")],
                )
            ],
        ),
    ],
)
def test_the_same_is_the_same(source, blocks):
    assert difference(source, document(*blocks)) == ""


@pytest.mark.parametrize(
    ("source", "blocks", "told"),
    [
        (
            "Năm triệu đồng.",
            [paragraph("Năm trăm đồng.")],
            "khối thứ 1 (đoạn văn): «Năm trăm đồng.» và «Năm triệu đồng.»",
        ),
        ("Một.\n\nHai.", [paragraph("Một.")], "khối thứ 2 (đoạn văn): «» và «Hai.»"),
        ("Một.", [paragraph("Một."), paragraph("Hai.")], "khối thứ 2 (đoạn văn): «Hai.» và «»"),
        ("Một **đậm**.", [paragraph("Một đậm.")], "khối thứ 1 (đoạn văn) (chữ đậm, nghiêng, ô gộp hoặc chú thích)"),
        ("Theo {{cite:51/BC-UBND}}.", [paragraph("Theo ", CITE, ".")], "khối thứ 1 (đoạn văn)"),
        (
            "Báo cáo[^1].\n\n[^1]: Khác.",
            [paragraph("Báo cáo", note("Theo mẫu."), ".")],
            "«Báo cáoTheo mẫu..» và «Báo cáoKhác..»",
        ),
        ("### 1. Về tổng kết", [TITLE], "khối thứ 1 (tiêu đề)"),
        (
            "| A | B |\n|---|---|\n| 1 | 3 |",
            [table([head("A"), head("B")], [cell("1"), cell("2")])],
            "khối thứ 1 (bảng)",
        ),
        (
            "| A | B |\n|---|---:|\n| 1 | 2 |",
            [table([head("A"), head("B")], [cell("1"), cell("2")])],
            "khối thứ 1 (bảng)",
        ),
        (
            "| A | B |\n|---|----|\n| 1 | 2 |",
            [table([head("A"), head("B")], [cell("1"), cell("2")])],
            "khối thứ 1 (bảng)",
        ),
        (
            "| A | < |\n|---|---|\n| 1 | 2 |",
            [table([head("A"), head("")], [cell("1"), cell("2")])],
            "khối thứ 1 (bảng)",
        ),
    ],
)
def test_what_was_changed_on_the_way_is_told_with_its_place(source, blocks, told):
    assert told in difference(source, document(*blocks))


@pytest.mark.parametrize(
    "sent",
    [
        "{",
        "[]",
        "null",
        '{"type": "doc"}',
        '{"type": "doc", "content": [{"type": "iframe", "content": []}]}',
        '{"type": "doc", "content": [{"type": "paragraph", "content": [{"type": "image"}]}]}',
        '{"type": "doc", "content": [{"type": "title", "attrs": {"level": "x"}}]}',
        '{"type": "doc", "content": [{"type": "table", "content": []}]}',
        '{"type": "doc", "content": 5}',
        *(
            document(table([cell("A", **{name: value})]))
            for name, value in (
                ("wide", 0),
                ("wide", -5),
                ("high", 0),
                ("wide", 1e400),
                ("colwidth", [1e400]),
                ("colwidth", "x"),
            )
        ),
        document({**paragraph("Chữ"), "content": [note("x", label=[1])]}),
        document(table(*[[cell("A", wide=1000, high=1000)] * 20] * 200)),
        document(
            {
                "type": "table",
                "attrs": {},
                "content": [{"type": "table_row", "content": [{**cell("A"), "content": []}]}],
            }
        ),
        "[" * 100_000,
        " " * 6_000_001,
    ],
)
def test_what_no_editor_makes_is_refused(sent):
    assert difference("Một đoạn.", sent).startswith(BROKEN)


def test_a_table_of_a_million_columns_takes_no_time():
    wide = table([head("A", wide=10**9, high=10**9)])
    assert difference("Một đoạn.", document(wide)) != ""


def test_notes_within_notes_without_end_are_refused():
    piece = note("x")
    for _ in range(50):
        piece = {**note("x"), "content": [piece]}
    assert difference("Một đoạn.", document(paragraph(piece))).startswith(BROKEN)


def test_a_source_with_faults_is_left_to_its_own_rules():
    assert difference("Chú thích[^9] thiếu lời.", document(paragraph("Chú thích thiếu lời."))) == ""
