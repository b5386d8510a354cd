"""Columns of lists: what they have of a row, on the page and in the file."""

from datetime import date
from types import SimpleNamespace

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.utils.html import conditional_escape

from tests.exported import table_of
from units.columns import Column, InFile, OnPage, ticks
from units.excel_out import Heading, excel
from units.lists import OfficeList
from units.templatetags.parts import cell, rows_in
from units.tones import Toned


class Light(Toned):
    RED = "red", "late", "Đèn <đỏ>"


class Row:
    name, day, many, light, nobody = "<b>", date(2020, 2, 25), 12_345, Light.RED, None
    unit = SimpleNamespace(name="Sở", superior=None)

    def get_absolute_url(self):
        return "/hang/1/"

    def words(self):
        return "lời"

    @property
    def notice(self):
        raise ObjectDoesNotExist


@pytest.mark.parametrize(
    ("column", "page"),
    [
        (Column("", "name"), "&lt;b&gt;"),
        (Column("", "words"), "lời"),
        (Column("", "unit.name"), "Sở"),
        (Column("", "unit.superior.name"), ""),
        (Column("", "notice.document"), ""),
        (Column("", "nobody"), ""),
        (Column("", lambda row: row.many, look="points"), "12.345"),
        (Column("", lambda row: 2020), "2020"),
        (Column("", "day"), "25/02/2020"),
        (Column("", "light"), '<span class="standing standing-late">Đèn &lt;đỏ&gt;</span>'),
        (Column("", "many", shown="words"), "lời"),
        (Column("", "words", note="name"), 'lời<div class="muted small">&lt;b&gt;</div>'),
        (Column("", "words", note="nobody"), "lời"),
        (Column("", "name", main=True), '<a class="list-main" href="/hang/1/">&lt;b&gt;</a>'),
        (
            Column("", "words", main=True, clip=True, to=lambda row: "/x/"),
            '<a class="list-main clip" href="/x/">lời</a>',
        ),
        (Column("", "words", main=True, to=lambda row: ""), '<span class="list-main">lời</span>'),
    ],
)
def test_a_cell_of_the_page(column, page):
    assert conditional_escape(cell(column, Row())) == page


def test_a_name_that_is_none_of_the_row_is_a_fault():
    with pytest.raises(AttributeError):
        cell(Column("", "unit.nmae"), Row())


def test_attributes_of_cells_and_of_what_stands_above_them():
    column = Column("Điểm", "many", look="points muted", label="Điểm", mark=lambda row: row.many > 9 and "differs")
    assert column.td(Row()) == ' class="points muted differs" data-label="Điểm"'
    assert column.th == ' class="points"'
    assert (Column("", "name").td(Row()), Column("", "name", look="nowrap").th) == ("", "")


def test_boxes_that_choose_rows():
    column = ticks("so", "gui", "Chọn mọi hàng", of="many", chosen={12_345}, called=Row.words)
    box = '<input class="form-check-input" type="checkbox" form="gui" name="so" value="12345" aria-label="Chọn lời" checked>'
    assert cell(column, Row()) == box
    assert cell(ticks("so", "gui", "", of="many", offered=lambda row: False), Row()) == ""
    assert (
        column.head
        == '<input class="form-check-input" type="checkbox" data-choose-all="so" aria-label="Chọn mọi hàng">'
    )


def test_a_table_in_the_columns_of_a_list():
    drawn = rows_in([Column("Tên", "name", sort="ten"), Column("Số", "many", look="points")], [Row()])
    assert '<thead><tr><th>Tên</th><th class="points">Số</th></tr></thead>' in drawn
    assert '<tbody><tr><td>&lt;b&gt;</td><td class="points">12.345</td></tr></tbody>' in drawn


def test_the_file_has_the_same_of_a_row():
    class Rows(OfficeList):
        columns = [
            Column("Tên", "name", file="Họ tên"),
            OnPage("Nút", "words"),
            InFile("Đèn", "light"),
            Column("Số", "many"),
        ]

    shown = Rows()
    assert [column.head for column in shown.page_columns()] == ["Tên", "Nút", "Số"]
    names, row = table_of(excel("x", shown.file_columns(), [Row()], Heading("Sở", "Hàng")))
    assert (names, row) == (("Họ tên", "Đèn", "Số"), ("<b>", "Đèn <đỏ>", 12_345))
