"""Tables with joined cells, heads of several rows and columns of a wished width: as HTML, on pages, painted."""

import re

import pytest

from documents import typesetting
from documents.form.rules import DECREE_2020
from documents.source import source
from documents.source.markdown import parse
from documents.source.tables import tables_of
from documents.source.types import BUILT_IN

from ..sheets import TODAY, html_of, paper
from .test_painting import assert_alike, by_weasyprint

HEAD = """\
| STT | Đơn vị | Số tiền (nghìn đồng) | < | Ghi chú |
|-----|----------------|----------|----------|--------|
| ^ | ^ | Năm nay | Năm sau | ^ |
|---|---|---|---|---|
"""
ROWS = """\
| 1 | Sở Y tế | 5.000 | 6.000 | Cả năm, hai đợt |
| 2 | Sở Nội vụ | 7.000 | 8.000 | ^ |
| Cộng | < | 12.000 | 14.000 | \\< |
"""
SIZES = DECREE_2020.table

needs_pdf = pytest.mark.skipif(bool(typesetting.missing_packages()), reason="PDF needs Debian packages")


def cells(html):
    """(element, columns, rows, words) of each cell."""
    found = re.findall(r"<(t[hd])((?: [^>]*)?)>(.*?)</t[hd]>", html)
    return [
        (
            tag,
            *(int((re.search(rf'{span}="(\d+)"', look) or ["", 1])[1]) for span in ("colspan", "rowspan")),
            _bare(words),
        )
        for tag, look, words in found
    ]


def _bare(html):
    return re.sub(r"<[^>]+>", "", html)


def test_joined_cells_are_one_and_all_rows_above_the_second_rule_are_head():
    html = html_of(paper("BC", body=HEAD + ROWS))
    head, body = html.split("<tbody>")
    assert cells(head) == [
        ("th", 1, 2, "STT"),
        ("th", 1, 2, "Đơn vị"),
        ("th", 2, 1, "Số tiền (nghìn đồng)"),
        ("th", 1, 2, "Ghi chú"),
        ("th", 1, 1, "Năm nay"),
        ("th", 1, 1, "Năm sau"),
    ]
    assert cells(body)[4] == ("td", 1, 2, "Cả năm, hai đợt")
    assert cells(body)[9:] == [
        ("td", 2, 1, "Cộng"),
        ("td", 1, 1, "12.000"),
        ("td", 1, 1, "14.000"),
        ("td", 1, 1, "&lt;"),
    ]


def shares(rule, rows="| a | b | c |", head="| A | B | C |"):
    """The widths of columns under this rule line."""
    text = f"{head}\n{rule}\n{rows}"
    (table,) = tables_of(parse(text), text)
    return [round(share) for share in table.columns(400, SIZES).shares]


@pytest.mark.parametrize(
    ("rule", "wide"),
    [
        ("|----|--------|--------|", [20, 40, 40]),
        ("|:---:|-----:|:-----------|", [16, 26, 58]),
        # What people type around colons says nothing of widths.
        ("|---|---|---|", [34, 32, 34]),
        ("|:-:|---|--:|", [34, 32, 34]),
    ],
)
def test_dashes_are_the_widths_of_columns(rule, wide):
    assert shares(rule) == wide


def test_no_figure_is_cut_for_a_wish():
    figure = "1.234.567.890.123"
    wide = shares("|---|--------------------------------|--------|", f"| {figure} | b | c |")
    assert wide[0] >= 25


def test_a_word_over_two_columns_makes_both_wide_enough():
    alone = shares(
        "|---|---|---|", "| x | y | một đoạn dài hơn hẳn hai cột kia cho nó chiếm gần hết bề ngang tờ giấy này |"
    )
    head = "| Tổngkinhphíkhenthưởng | < | C |"
    rows = "| x | y | một đoạn dài hơn hẳn hai cột kia cho nó chiếm gần hết bề ngang tờ giấy này |"
    assert sum(shares("|---|---|---|", rows, head)[:2]) > sum(alone[:2]) + 5


def test_tables_under_one_head_of_several_rows_have_columns_of_one_width():
    other = ROWS.replace("Sở Y tế", "Ban Quản lý khu kinh tế cửa khẩu Đồng Đăng - Lạng Sơn")
    html = html_of(paper("BC", body=f"{HEAD}{ROWS}\nSau.\n\n{HEAD}{other}".replace("----", "-").replace("--", "---")))
    first, second = re.findall(r"<colgroup>.*?</colgroup>", html)
    assert first == second


@needs_pdf
@pytest.mark.parametrize("end", ["", "\n\nHết bảng."])
def test_under_a_joined_head_a_long_table_is_painted_as_weasyprint_sets_it(end):
    rows = "\n".join(
        f"| {number} | Sở Y tế {number} | {number}.000 | 6.000 | Cả năm, hai đợt |" for number in range(1, 90)
    )
    html = html_of(paper("BC", body=f"Như sau:\n\n{HEAD}{rows}{end}"))
    assert 'class="long"' in html
    painted, stock = typesetting.to_pdf(html), by_weasyprint(html)
    assert_alike(painted, stock)
    # The head's own rules, no line through a joined cell: as dark a page within them.
    for page, other in zip(_dark(painted), _dark(stock), strict=True):
        assert abs(page - other) < 0.01 * other


def _dark(pdf):
    """How much of each page is black."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    for page in document:
        picture = page.render(scale=2).to_pil().convert("L")
        yield sum((255 - level) * count for level, count in enumerate(picture.histogram()))


def test_a_long_table_with_joined_rows_is_left_to_weasyprint():
    rows = "\n".join(f"| {number} | {'^' if number % 2 else 'Sở'} | 1 | 2 | 3 |" for number in range(2, 90))
    assert 'class="long"' not in html_of(paper("BC", body=f"{HEAD}{rows}"))


def test_a_joined_table_is_judged_by_the_cells_that_it_has():
    assert source.check(paper("BC", body=HEAD + ROWS), BUILT_IN, None) == []
    assert typesetting.typeset(paper("BC", body=HEAD + ROWS), BUILT_IN, today=TODAY)


def test_joined_cells_that_form_no_rectangle_are_refused_where_they_stand():
    faults = source.check(paper("BC", body=f"{HEAD}| 1 | < | 2 | 3 | 4 |\n| ^ | 5 | 6 | 7 | 8 |"), BUILT_IN)
    assert len(faults) == 1
    assert "hình chữ nhật" in faults[0].message
    assert faults[0].line == 5
