"""Lists of papers: short ones within, long ones behind; counts and days in the words of a paper."""

from datetime import date

import pytest

from documents.papers.tables import MOST_WITHIN, Lists, table
from documents.source.vietnamese import count_text, full_day, table_day


def rows(count):
    return [(f"Đơn vị {number}", number) for number in range(1, count + 1)]


def test_a_list_stands_within_up_to_the_bound_and_behind_beyond_it():
    lists = Lists()
    assert lists.table("Danh sách", ["Đơn vị", "Số"], rows(MOST_WITHIN)).startswith("| STT | Đơn vị | Số |")
    assert lists.appendices == []
    told = lists.told(f"Xem: {lists.table('Danh sách', ['Đơn vị', 'Số'], rows(40))}")
    assert told == "Xem: Danh sách tại Phụ lục."
    (appendix,) = lists.appendices
    assert (appendix.title, appendix.body.count("\n")) == ("Danh sách", 41)


def test_several_lists_are_told_apart_by_number():
    lists = Lists()
    words = " ".join(lists.table(name, ["Đơn vị", "Số"], rows(13)) for name in ("Một", "Hai", "Ba"))
    assert lists.told(words) == ("Danh sách tại Phụ lục I. Danh sách tại Phụ lục II. Danh sách tại Phụ lục III.")


def test_figures_stand_at_the_right_and_running_numbers_in_the_middle():
    assert table(["Đơn vị", "Số"], rows(1), right=["Số"]).split("\n")[1] == "| :---: | --- | ---: |"


@pytest.mark.parametrize(
    ("number", "words"), [(0, "0"), (1, "01"), (3, "03"), (9, "09"), (10, "10"), (84, "84"), (1245, "1.245")]
)
def test_counts_below_ten_have_a_zero(number, words):
    assert count_text(number) == words


@pytest.mark.parametrize(
    ("day", "full", "short"),
    [
        (date(2020, 2, 5), "ngày 05 tháng 02 năm 2020", "05/02/2020"),
        (date(2020, 1, 10), "ngày 10 tháng 01 năm 2020", "10/01/2020"),
        (date(2020, 3, 1), "ngày 01 tháng 3 năm 2020", "01/3/2020"),
        (date(2020, 12, 31), "ngày 31 tháng 12 năm 2020", "31/12/2020"),
    ],
)
def test_days_are_written_as_the_decree_does(day, full, short):
    assert (full_day(day), table_day(day)) == (full, short)
