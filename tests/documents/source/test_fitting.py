"""What does not fit a sheet: figures that no line may cut, tables that turn their page, notes, heads, signs without a letter."""

import io
import re
from dataclasses import replace

import pdfplumber
import pytest

from documents import typesetting
from documents.form import rules
from documents.form.letters import POINTS_A_MM, width
from documents.form.tables import columns, is_figure, whole_figures
from documents.source import fitting, source
from documents.source.fitting import LONGEST_WORD, MOST_CELLS, MOST_NOTES
from documents.source.paper import Appendix
from documents.source.types import BUILT_IN
from documents.typesetting.reports import table_pdf

from ..sheets import html_of, paper
from ..sources import line_of, parse, refusal, text_of

needs_pdf = pytest.mark.skipif(bool(typesetting.missing_packages()), reason="PDF needs Debian packages")
SIZES = rules.DECREE_2020.table
UPRIGHT = rules.DECREE_2020.text_width * POINTS_A_MM
BILLION = "1.234.567.890"


def table(cells, rows=1, head="C"):
    """Every row the same."""
    lines = [[head] * len(cells), ["---"] * len(cells), *[cells] * rows]
    return "\n".join(f"|{'|'.join(line)}|" for line in lines)


def pages_of(written):
    """(lies on its side?, words) of each page."""
    with pdfplumber.open(io.BytesIO(typesetting.to_pdf(html_of(written)))) as pdf:
        return [(page.width > page.height, [word["text"] for word in page.extract_words()]) for page in pdf.pages]


# --- figures

FIGURES = [
    *("12", "1.234.567.890", "1.234.567.890đ", "-5,5", "99,5%", "05/3/2026", "01/01/2026-31/12/2026", "2020–2025"),
    *("98/2023/NĐ-CP", "22-CT/TW", "01-HD/BTĐKT", "1365/PĐ-UBND", "12/QyĐ-BNV", "86/2025/QĐ-UBND", "UBND-KGVX"),
]


@pytest.mark.parametrize("word", FIGURES)
def test_a_figure_is_one(word):
    assert is_figure(word)


@pytest.mark.parametrize("word", ["đẩy-mạnh", "bao-cao-2026.docx", "https://vi-du.example/2026", "NGHIÊMtúc", "9" * 61])
def test_other_words_are_none(word):
    assert not is_figure(word)


@needs_pdf
def test_thousands_that_spaces_set_apart_are_one_figure():
    html = whole_figures("tổng 1 234 567,50 của năm 2020 100 người, 12 000%")
    assert re.findall(r'<span class="whole">([^<]+)<', html) == ["1 234 567,50", "12 000%"]
    lead = " ".join(["lời dài để các cột khác đòi chỗ"] * 6)
    body = f"{table(['c'] * 6)}\n|1 234 567 890|{'|'.join([lead] * 5)}|"
    lines = [" ".join(page) for _, page in pages_of(replace(paper("BC"), body=body))]
    assert any("1 234 567 890" in line for line in lines)


def test_no_figure_is_cut_in_a_narrow_column():
    lead = " ".join(["lời dài để các cột khác đòi chỗ"] * 6)
    rows = "\n".join(f"|ngày {word} và {word}|{'|'.join([lead] * 5)}|" for word in FIGURES)
    pages = pages_of(replace(paper("BC"), body=f"{table(['c'] * 6)}\n{rows}"))
    words = [word for _, page in pages for word in page]
    assert {word: words.count(word) for word in FIGURES if words.count(word) < 2} == {}


def test_type_gets_smaller_before_anything_is_cut():
    room, cells = UPRIGHT, [[BILLION] * 6, [BILLION] * 6]
    found = columns(cells, room, SIZES)
    assert found.fits
    assert SIZES.low < found.size < SIZES.used
    assert all(share * room / 100 >= width(BILLION, found.size) for share in found.shares)
    assert columns([["a"], ["b"]], room, SIZES).size == SIZES.used
    cut = columns([[BILLION] * 8, [BILLION] * 8], room, SIZES)
    assert (cut.fits, cut.size) == (False, SIZES.low)


@needs_pdf
def test_a_table_that_is_too_wide_turns_its_page_alone():
    body = f"Đoạn trước.\n\n{table([BILLION] * 8)}\n\nĐoạn sau.\n\n{table(['1', 'Họp'])}"
    turned, words = zip(*pages_of(replace(paper("BC"), body=body)), strict=True)
    assert turned == (False, True, False)
    assert words[1] == ["2", *["C"] * 8, *[BILLION] * 8]
    assert words[2][:3] == ["3", "Đoạn", "sau."]
    assert "Nông" in words[2]


@needs_pdf
def test_the_signature_stands_on_the_turned_page_of_a_last_table():
    turned, words = zip(*pages_of(replace(paper("BC"), body=table([BILLION] * 8))), strict=True)
    assert turned == (False, True)
    assert words[1].count(BILLION) == 8
    assert {"./.", "Bịa"} <= set(words[1])


@needs_pdf
def test_an_appendix_with_a_table_that_is_too_wide_lies_on_its_side():
    wide = Appendix("Biểu", f"Lời.\n\n{table([BILLION] * 8)}")
    written = replace(paper("BC"), appendices=(wide, Appendix("Hẹp", table(["1", "2"]))))
    turned, words = zip(*pages_of(written)[-2:], strict=True)
    assert turned == (True, False)
    assert words[0].count(BILLION) == 8
    assert words[0][:2] == ["Phụ", "lục"]


def test_what_fits_no_sheet_is_told_with_its_place():
    text = text_of(body=f"Một.\n\n{table([BILLION] * 14)}")
    ((line, message),) = refusal(text)
    assert line == line_of(text, "|C|")
    assert "bảng 14 cột" in message
    assert "chia thành hai bảng" in message
    parse(text_of(body=table(["chữ"] * 14)))


@needs_pdf
def test_lists_on_paper_do_not_cut_figures_either():
    rows = [["1365/PĐ-UBND-KGVX", "12.345.678", "lời " * 30]] * 3
    content = table_pdf(title="T", subtitle_lines=[], columns=[("Số", 1), ("B", 1), ("C", 20)], rows=rows)
    with pdfplumber.open(io.BytesIO(content)) as pdf:
        words = [word["text"] for word in pdf.pages[0].extract_words()]
    assert (words.count("1365/PĐ-UBND-KGVX"), words.count("12.345.678")) == (3, 3)


# --- notes and heads

SENTENCE = "Báo cáo này nêu rõ kết quả của từng đơn vị trong năm và những việc còn lại cần làm tiếp. "


def test_a_note_taller_than_a_page_is_told_with_its_place():
    text = text_of(body=f"Đoạn[^x].\n\n[^x]: {SENTENCE * 80}")
    ((line, message),) = refusal(text)
    assert line == line_of(text, "[^x]: ")
    assert "chú thích [^x] dài khoảng" in message


@needs_pdf
def test_the_longest_note_that_is_taken_is_printed_whole():
    def body(count):
        return f"Đoạn[^x].\n\n[^x]: {' '.join(f'({n}) {SENTENCE}' for n in range(count))}"

    taken = max(count for count in range(40, 90) if not fault_of(body(count)))
    words = [word for _, page in pages_of(replace(paper("BC"), body=body(taken))) for word in page]
    assert [f"({n})" for n in range(taken)] == [word for word in words if re.fullmatch(r"\(\d+\)", word)]


def fault_of(body):
    return source.check(replace(paper("BC"), body=body), BUILT_IN)


def test_the_head_of_a_table_taller_than_a_page_is_told_with_its_place():
    text = text_of(body=f"Một.\n\n|{SENTENCE * 12}|B|C|D|\n|---|---|---|---|\n|1|2|3|4|")
    assert refusal(text_of(body=f"|{SENTENCE * 60}|B|C|D|\n|---|---|---|---|\n|1|2|3|{'dài ' * 90}|"))
    long = text_of(body=f"Một.\n\n|{SENTENCE * 60}|{SENTENCE * 60}|\n|---|---|\n|1|2|")
    ((line, message),) = refusal(long)
    assert line == line_of(long, "|Báo")
    assert "đầu bảng cao hơn một trang" in message
    parse(text)


# --- signs


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("\uf0b7 Mục", "- Mục"),
        ("\uf0a7\tMục", "- Mục"),
        ("  \uf0d8  Mục", "  - Mục"),
        ("➢ Mục", "- Mục"),
        ("✓ Mục", "- Mục"),
        ("Một \uf0b7 hai", "Một • hai"),
        ("• Mục", "• Mục"),
        ("≥ 80 %", "≥ 80 %"),
    ],
)
def test_the_signs_of_a_list_become_dashes(typed, printed):
    assert parse(text_of(body=f"Một.\n\n{typed}")).body == f"Một.\n\n{printed}"


@pytest.mark.parametrize(
    ("sign", "told"),
    [
        ("𡨸", "chữ «𡨸» (U+21A38)"),
        ("😀", "dấu «😀» (U+1F600)"),
        ("☑", "dấu «☑» (U+2611)"),
        ("\uf0b3", "dấu U+F0B3 của Word"),
        ("漢", "chữ «漢» (U+6F22)"),
    ],
)
def test_a_sign_that_the_font_lacks_is_told_with_its_place(sign, told):
    text = text_of(body=f"Một.\n\nHai {sign} ba.\nBốn.")
    ((line, message),) = refusal(text)
    assert line == line_of(text, "Hai")
    assert told in message
    head = refusal(text_of().replace("tổng kết", f"tổng {sign} kết"))
    assert [(line, told in message) for line, message in head] == [(6, True)]
    assert any(told in message for _, message in refusal(text_of(extra=f"recipients: [Như trên, 'Sở {sign}']\n")))
    text = text_of(extra=f"appendices:\n  - title: A\n    body: |\n      Một.\n      Hai {sign}.\n")
    assert refusal(text)[0][0] == line_of(text, "Hai")


@needs_pdf
def test_lists_of_what_others_wrote_print_the_code_of_a_sign():
    content = table_pdf(title="T 😀", subtitle_lines=[], columns=[("A", 1)], rows=[["chữ 𡨸"]])
    with pdfplumber.open(io.BytesIO(content)) as pdf:
        text = pdf.pages[0].extract_text()
    assert "chữ [U+21A38]" in text
    assert "T [U+1F600]" in text


# --- bounds


def test_a_word_without_end_is_told_before_anything_is_drawn():
    parse(text_of(body=f"Một {'x' * LONGEST_WORD} hai."))
    parse(text_of(body=table(["12.345"] * 10 + ["x" * 150])))
    text = text_of(body=f"Một.\n\nHai {'x' * 40_000} ba.")
    ((line, message),) = refusal(text)
    assert line == line_of(text, "Hai")
    assert "có 40000 chữ viết liền" in message
    assert "viết liền" in refusal(text_of().replace("tổng kết", "x" * (LONGEST_WORD + 1)))[0][1]


def test_more_cells_than_a_paper_can_hold_are_told():
    # A note in a table has all of it set by WeasyPrint.
    noted = ["1[^1]", *["1"] * 9]
    note = "\n\n[^1]: Lời."
    parse(text_of(body=table(noted, MOST_CELLS // 10 - 1) + note))
    ((_, message),) = refusal(text_of(body=table(noted, MOST_CELLS // 10) + note))
    assert "có 6.010 ô" in message
    # Many short ones are one too many as well.
    short = table(["1"] * 10, 49)
    assert "ô" in refusal(text_of(body="\n\nvà\n\n".join([short] * 13)))[0][1]


def test_more_notes_than_a_paper_can_hold_are_told():
    notes = range(MOST_NOTES + 1)
    body = "\n\n".join([*(f"Một[^{n}]." for n in notes), *(f"[^{n}]: Lời." for n in notes)])
    ((_, message),) = refusal(text_of(body=body))
    assert f"có {MOST_NOTES + 1} chú thích" in message


@pytest.mark.parametrize(
    ("rows", "behind", "kind", "words"),
    [
        (60, True, "", ""),
        (40, True, "", "các bảng ngắn hoặc có chú thích có 123 ô, một văn bản nhiều nhất 100 ô"),
        (60, False, "", ""),
        (60, True, "KH", ""),
        (150, True, "", "các bảng dài có 453 ô, một văn bản nhiều nhất 400 ô"),
        (150, False, "", "các bảng dài có 453 ô"),
    ],
)
def test_a_long_list_may_have_more_cells(monkeypatch, rows, behind, kind, words):
    monkeypatch.setattr(fitting, "MOST_CELLS", 100)
    monkeypatch.setattr(fitting, "MOST_PAINTED", 400)
    listed = table(["1", "2", "3"], rows)
    appendices = (Appendix("Danh sách", listed, type=kind),) if behind else ()
    written = replace(paper("QĐ"), body="Một đoạn." if behind else listed, appendices=appendices)
    told = "; ".join(fault.message for fault in source.check(written, BUILT_IN))
    assert told.startswith(words)
    assert bool(told) == bool(words)
