"""The statistical form as an Excel file."""

import io

import xlsxwriter

from .papers import facts_of


def workbook(found, user) -> bytes:
    """The same form as an Excel file: text stays text, figures are numbers."""
    memory = io.BytesIO()
    with xlsxwriter.Workbook(
        memory, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        _fill(book.add_worksheet(found.layout.number.partition(".")[0]), _formats(book), facts_of(found, user))
    return memory.getvalue()


def _formats(book) -> dict:
    usual = {"font_name": "Times New Roman", "font_size": 12, "text_wrap": True, "valign": "vcenter"}
    kinds = {
        "plain": {},
        "bold": {"bold": True},
        "middle": {"align": "center"},
        "title": {"bold": True, "align": "center", "font_size": 14},
        "head": {"bold": True, "align": "center", "border": 1},
        "numbers": {"italic": True, "align": "center", "border": 1},
        "label": {"border": 1},
        "heading": {"border": 1, "bold": True},
        "code": {"border": 1, "align": "center"},
        "figure": {"border": 1, "align": "right", "num_format": "#,##0"},
    }
    return {name: book.add_format(usual | facts) for name, facts in kinds.items()}


def _fill(sheet, formats, facts):
    """Head, table and foot, one below the other."""
    found = facts["figures"]
    columns, last = found.layout.columns, len(found.layout.columns) + 1
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_column(0, 0, 48)
    sheet.set_column(1, 1, 8)
    sheet.set_column(2, last, 18)
    left = [facts["number"], facts["circular"], f"Ngày nhận báo cáo: {facts['due']}"]
    right = [
        f"Đơn vị báo cáo: {facts['reporter']}",
        f"Đơn vị nhận báo cáo: {facts['receiver']}",
        "Đơn vị tính: phong trào",
    ]
    for line, (before, behind) in enumerate(zip(left, right, strict=True)):
        sheet.write_string(line, 0, before, formats["bold" if line == 0 else "plain"])
        sheet.merge_range(line, 2, line, last, behind, formats["plain"])
    sheet.merge_range(3, 0, 3, last, facts["title"], formats["title"])
    sheet.merge_range(4, 0, 4, last, f"Năm {found.year}", formats["middle"])
    heads = ["", "Mã số", *(column.head for column in columns)]
    for place, (head, number) in enumerate(zip(heads, ["A", "B", *(column.sum for column in columns)], strict=True)):
        sheet.write_string(6, place, head, formats["head"])
        sheet.write_string(7, place, number, formats["numbers"])
    for line, row in enumerate(found.lines, start=8):
        sheet.write_string(
            line, 0, row.row.heading or row.row.label, formats["heading" if row.row.heading else "label"]
        )
        sheet.write_string(line, 1, row.row.code, formats["code"])
        for place in range(len(columns)):
            if row.counts:
                sheet.write_number(line, place + 2, row.counts[place], formats["figure"])
            else:
                sheet.write_blank(line, place + 2, None, formats["figure"])
    _foot(sheet, formats, facts, len(found.lines) + 9, last)


def _foot(sheet, formats, facts, line, last):
    """Who made the form, and who answers for it."""
    sheet.merge_range(line, 2, line, last, facts["day"], formats["middle"])
    for offset, (left, right) in enumerate(
        [
            ("Người lập biểu", "Thủ trưởng đơn vị"),
            ("(Ký, họ tên)", "(Ký, họ tên, đóng dấu)"),
            ("", ""),
            ("", ""),
            (facts["preparer"], facts["head"]),
        ],
        start=1,
    ):
        sheet.write_string(line + offset, 0, left, formats["middle"])
        sheet.merge_range(line + offset, 2, line + offset, last, right, formats["middle"])
