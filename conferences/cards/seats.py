"""Seats from an Excel list: by the number of a card; what cannot be taken is told with its place, and nothing is stored."""

from documents.excel.cells import CellFault
from documents.excel.reading import Bounds, read_book
from documents.steps.refusing import Refused

NUMBER, SEAT, NAME = "Số thẻ", "Chỗ ngồi", "Họ và tên"
_BOUNDS = Bounds(sheets=20, rows=6000, columns=40, unpacked=40 * 1024 * 1024)
_LONGEST = 30


def read(file, names: dict[int, str]) -> tuple[dict[int, str], list[str]]:
    """({number of card: seat}, what is wrong in words) of a file; ``names``: {number: whose card it is}.

    Raises ``Refused`` for what is no such list.
    """
    sheets = [sheet for sheet in read_book(file, what="danh sách chỗ ngồi", bounds=_BOUNDS) if not sheet.is_hidden]
    tables = [found for sheet in sheets if (found := sheet.table([NUMBER, SEAT, NAME], [NUMBER, SEAT]))]
    if not tables:
        raise Refused(
            f"Tệp không có hai cột «{NUMBER}», «{SEAT}». Hãy xuất Excel ở trang này, điền chỗ ngồi rồi gửi lại.", "file"
        )
    found, told = {}, [str(fault) for fault in tables[0].faults]
    for row in tables[0].rows() if not told else ():
        try:
            number, seat = _line(row, names)
            if number in found:
                raise row[NUMBER].fault(f"thẻ số {number} có hai dòng. Hãy bỏ một dòng.")
            found[number] = seat
        except CellFault as fault:
            told.append(str(fault))
    return found, told


def _line(row, names):
    said = row[NUMBER].code()
    if not said.isdecimal():
        raise row[NUMBER].fault(f"«{row[NUMBER].seen()}» không phải số thẻ. Hãy ghi số nguyên.")
    number = int(said)
    if number not in names:
        raise row[NUMBER].fault(f"không có thẻ số {number} trong danh sách.")
    name = row[NAME].text(200)
    if name and name != names[number]:
        raise row[NAME].fault(f"thẻ số {number} là của {names[number]}, không phải «{name}».")
    seat = row[SEAT].code() if row[SEAT].is_filled else ""
    if len(seat) > _LONGEST:
        raise row[SEAT].fault(f"chỗ ngồi dài {len(seat)} ký tự, nhiều nhất {_LONGEST}. Hãy viết gọn.")
    return number, seat
