"""Excel files that go out: each value in the kind of cell that fits it, a heading that fits, constant memory."""

import io
import tracemalloc
from datetime import UTC, date, datetime
from decimal import Decimal

import openpyxl
import pytest

from units.excel_out import HEAD, Heading, excel

HEADING = Heading("Sở Nội vụ", "Danh sách thử")


def sheet_of(columns, rows, heading=HEADING):
    answer = excel("thu", columns, rows, heading)
    assert answer["Content-Disposition"].startswith('attachment; filename="thu-')
    return openpyxl.load_workbook(io.BytesIO(answer.content)).active


def cell_of(value):
    return sheet_of([("Giá trị", lambda row: row)], [value]).cell(HEAD + 2, 1)


@pytest.mark.parametrize(
    ("value", "stored", "kind", "shown", "side"),
    [
        ("=1+1", "=1+1", "s", "General", None),
        ("http://x", "http://x", "s", "General", None),
        ("0123", "0123", "s", "General", None),
        ("Dòng một\nDòng hai", "Dòng một\nDòng hai", "s", "General", None),
        ("", None, "n", "General", None),
        (None, None, "n", "General", None),
        (True, "True", "s", "General", None),
        (0, 0, "n", "#,##0", "right"),
        (1234567, 1234567, "n", "#,##0", "right"),
        (8.5, 8.5, "n", "#,##0.0", "right"),
        (Decimal("8.50"), 8.5, "n", "#,##0.0", "right"),
        (Decimal("88.888888"), 88.888888, "n", "#,##0.00", "right"),
        (Decimal("100.00"), 100, "n", "#,##0", "right"),
        (date(2026, 5, 12), datetime(2026, 5, 12), "d", "dd/mm/yyyy", "center"),
        # By the clock of the office, seven hours ahead.
        (datetime(2026, 5, 12, 20, 30, tzinfo=UTC), datetime(2026, 5, 13, 3, 30), "d", "hh:mm dd/mm/yyyy", "center"),
        # Excel begins in 1900.
        (date(1890, 2, 3), "03/02/1890", "s", "General", None),
    ],
)
def test_each_value_stands_in_the_kind_of_cell_that_fits_it(value, stored, kind, shown, side):
    cell = cell_of(value)
    assert (cell.value, cell.data_type, cell.number_format, cell.alignment.horizontal) == (stored, kind, shown, side)


def test_text_that_no_cell_holds_is_cut_and_says_so():
    text = cell_of("x" * 40_000).value
    assert len(text) == 32_767
    assert text.endswith("… (còn nữa, xem trong chương trình)")


@pytest.mark.parametrize("title", ["8. Sở Y tế", "Thi đua & khen thưởng", "Danh sách " * 40])
def test_the_foot_of_a_page_says_the_title_as_it_is(title):
    foot = sheet_of([("A", str), ("B", str)], ["x"], Heading("Sở", title)).oddFooter
    assert foot.left.size == 9
    assert foot.left.text.strip().replace("&&", "&") == title[:100].strip()
    assert foot.right.text.strip() == "Trang &P/&N"


@pytest.mark.parametrize(("count", "rows"), [(1, 0), (1, 3), (2, 0), (9, 1), (60, 4)])
def test_lists_of_any_size_can_be_filtered_and_printed(count, rows):
    columns = [(f"Cột số {number}", lambda row: "nội dung của ô") for number in range(count)]
    sheet = sheet_of(columns, range(rows))
    last = openpyxl.utils.get_column_letter(count)
    assert sheet.auto_filter.ref == f"A{HEAD + 1}:{last}{HEAD + 1 + max(rows, 1)}"
    assert [sheet.cell(row, 1).value for row in (1, 2)] == ["SỞ NỘI VỤ", "Danh sách thử"]
    assert (sheet.page_setup.orientation == "landscape") == (count > 8)
    assert (sheet.freeze_panes == f"B{HEAD + 2}") == (count > 8)
    # Titles are centred over what fits a screen, not over sixty columns.
    assert all(range_.max_col <= 9 for range_ in sheet.merged_cells.ranges)


def test_figures_and_days_are_never_too_wide_for_their_columns():
    columns = [("Số", lambda row: 1234567890), ("Ngày", lambda row: date(2026, 1, 1)), ("Chữ", lambda row: "x" * 500)]
    sheet = sheet_of(columns, [1])
    widths = [sheet.column_dimensions[name].width for name in "ABC"]
    assert widths[0] >= len("1,234,567,890")
    assert widths[1] >= len("01/01/2026")
    assert widths[2] < 50


def test_memory_does_not_grow_with_the_rows():
    columns = [(f"Cột {number}", lambda row: f"nội dung của dòng {row}") for number in range(6)]

    def peak(count):
        tracemalloc.start()
        size = len(excel("thu", columns, iter(range(count)), HEADING).content)
        used = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return used - 3 * size

    assert peak(4000) < peak(1000) + 300_000
