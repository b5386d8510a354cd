"""Decisions that are entered, and workbooks with their lists as offices fill them in."""

from datetime import date

from awards.decisions import actions
from awards.models import Decision, Office
from tests.documents.excel.workbooks import book_of, upload

# The headings of the office's workbooks, as they stand there.
MIXED = [
    "STT", "Tên gọi\n(Ông/Bà/Chức danh)", "Tên tập thể/cá nhân/hộ gia đình", "Chức vụ", "Đơn vị công tác",
    "Phân loại khen thưởng", "Danh hiệu thi đua/Hình thức khen thưởng", "Phân loại đối tượng", "Lĩnh vực hoạt động",
]  # fmt: skip
PERSONS = [
    "STT", "Họ và tên", "Giới tính", "Ngày sinh", "Chức vụ", "Tên phòng ban/ khối, tổ \ncông tác",
    "Tên đơn vị/tập thể\ncông tác", "Địa chỉ / Nơi ở", "Mã phân loại cán bộ", "Mã hình thức khen thưởng",
    "Mã danh hiệu thi đua\n(nếu có)",
]  # fmt: skip
BODIES = [
    "STT", "Tên đơn vị / tập thể", "Mã phân loại tập thể", "Mã hình thức khen thưởng", "Mã danh hiệu thi đua\n(nếu có)",
]  # fmt: skip
DAY = date(2024, 12, 25)


def begun(by, *, number="88/QĐ-UBND", day=DAY, office="province", year=None, award=None, **shared):
    """A decision whose list is still to come."""
    decision = Decision(number=number, day=day, office=Office.objects.get(code=office), subject="Tặng thưởng")
    shared = {"year": year or day.year, "first_year": None, "route": "merit", "award": award, "deed": ""} | shared
    return actions.begin(decision, by=by, shared=shared)


def entry_of(decision):
    """Its list as it is kept now."""
    found = type(decision.entry).objects.select_related("decision__office", "award", "file").get(decision=decision)
    return found


def sent(decision, book, by, name="danh-sach.xlsx"):
    """Send a workbook as the list of a decision; its entry after that."""
    actions.send_file(decision, upload(book, name), by=by)
    return entry_of(decision)


def mixed(*rows, above=(), title="file nhận"):
    """A workbook of persons, collectives and households in one list."""
    return book_of(*above, MIXED, *rows, title=title)
