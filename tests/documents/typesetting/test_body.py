"""What a body may not hold: links and images in any form, notes, tables and citations that do not fit, tricks."""

import textwrap
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from documents.source import source

from ..sources import line_of, refusal, text_of

LINKS = [
    "[tên](http://example.org)",
    "[tên](file:///etc/passwd)",
    "[tên](data:text/html,x)",
    "[tên](javascript:alert)",
    "[tên](<a b> 'tiêu đề')",
    "[tên]()",
    "[**đậm** và *nghiêng*](x)",
    "[a [b] c](x)",
    "[a\nb](x)",
    "![](http://example.org/a.png)",
    "![hình](data:image/png;base64,AAAA)",
    "[![hình](a.png)](b)",
    "[a][b]\n\n[b]: http://example.org",
    "![a][b]\n\n[b]: file:///etc/passwd",
    "[b][]\n\n[b]: x",
    "[b]\n\n[b]: <x> \"tiêu đề\"",
    "[không dùng]: http://example.org",
    "<http://example.org>",
    "<mailto:a@example.org>",
    "<a@example.org>",
    "<file:///etc/passwd>",
    "*[tên](x)*",
    "# [tên](x)",
    "### Điều 1. [tên](x)",
    "- [tên](x)",
    "1. ![a](x)",
    "> [tên](x)",
    "| A | B |\n|---|---|\n| 1 | [tên](x) |",
    "| [A](x) | B |\n|---|---|\n| 1 | 2 |",
    "Chú thích[^1].\n\n[^1]: Xem [tên](x).",
    "Chú thích[^1].\n\n[^1]: Xem <http://example.org>.",
]  # fmt: skip


@pytest.mark.parametrize("link", LINKS)
def test_links_and_images_are_refused_where_they_stand(link):
    text = text_of(body=f"Đoạn đầu.\n\n{link}")
    faults = refusal(text)
    assert any("không dùng liên kết" in message for _, message in faults), faults
    at = next(line for line, message in faults if "không dùng liên kết" in message)
    first = line_of(text, link)
    assert first <= at <= first + link.count("\n")
    # The same words in an appendix are refused too, on their own line of the file.
    block = textwrap.indent(f"Đoạn đầu.\n\n{link}\n", "      ")
    text = text_of(extra=f"appendices:\n  - title: A\n    body: |\n{block}")
    faults = refusal(text)
    at = next(line for line, message in faults if "không dùng liên kết" in message)
    first = line_of(text, link.split("\n")[0])
    assert first <= at <= first + link.count("\n")


@pytest.mark.parametrize(
    ("body", "words", "told"),
    [
        ("Một.\n\nHai[^2] ba.", "Hai", "chú thích [^2] chưa có lời"),
        ("| A |\n|---|\n| b[^x] |", "b[^x]", "chú thích [^x] chưa có lời"),
        ("# Tên[^x]\n\nMột.", "# Tên", "chú thích [^x] chưa có lời"),
        ("Một.\n\n[^9]: Thừa.", "[^9]", "chưa được đặt"),
        ("Một[^1].\n\n[^1]: A.\n\n[^1]: B.", "[^1]: B", "viết hai lần"),
        ("Một[^1].\n\n[^1]: A[^2].\n\n[^2]: B.", "[^1]: A", "bên trong một chú thích"),
        ("Một[^1].\n\n[^1]:", "[^1]:", "chưa có lời"),
        ("Một[^ 1].", "Một", "chú thích viết chưa đúng"),
        ("| A | B |\n|---|---|\n| 1 | 2 | 3 |", "| 1 |", "hàng này có 3 ô"),
        ("| A | B |\n|---|\n| 1 | 2 |", "|---|", "không khớp số cột"),
        ("Theo {{cite:99/XX}}.", "Theo", "sổ văn bản không có «99/XX»"),
        ("Theo {{cite:}}.", "Theo", "trích dẫn viết chưa đúng"),
    ],
)
def test_notes_tables_and_citations(body, words, told):
    text = text_of(body=f"\n\nĐoạn đầu.\n\n{body}")
    faults = refusal(text, cite=lambda reference, first: None)
    at = [line for line, message in faults if told in message]
    assert at == [line_of(text, words)], faults


@pytest.mark.parametrize(
    "hostile",
    ["[" * 200_000, "[^" * 100_000, "*" * 200_000, "![" * 100_000, "<a" * 100_000, "](" * 100_000, "{{cite:" * 50_000,
     "|" * 200_000, "[a](" * 50_000, "\\" * 200_000, "[a]: " * 50_000, "<x:" * 60_000, "a@" * 80_000],
    ids=lambda text: text[:4],
)  # fmt: skip
def test_hostile_text_is_judged_in_a_moment(hostile):
    started = time.process_time()
    source.text_faults(hostile, "body")
    assert time.process_time() - started < 3


@pytest.mark.parametrize(
    "body", ["", "   \n\n  ", "***", "---", "[^1]: Chỉ có chú thích.", "| |\n|---|\n| |", "…", "# "]
)
def test_a_body_without_words(body):
    assert any("chưa có nội dung" in message for _, message in refusal(text_of(body=body)))


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="ab12 \n[]()<>!^*#|-:\\{}./~_`", max_size=200))
def test_no_body_brings_anything_but_a_list_of_faults(text):
    lines = text.count("\n") + 1
    assert all(1 <= fault.line <= lines for fault in source.text_faults(text, "body"))
