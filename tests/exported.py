"""What stands in an Excel file that the program gave: the table below its heading."""

import io

import openpyxl

from units.excel_out import HEAD


def sheet_of(response):
    """The first sheet of an answer."""
    return openpyxl.load_workbook(io.BytesIO(response.content)).worksheets[0]


def table_of(response) -> list[tuple]:
    """The names of the columns and the rows of an answer, as values."""
    return list(sheet_of(response).iter_rows(min_row=HEAD + 1, values_only=True))


def exported_rows(response) -> list[tuple]:
    """The rows of an answer without the names of their columns."""
    return table_of(response)[1:]
