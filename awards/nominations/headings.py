"""What an Excel list of nominations tells, under the headings of the workbooks that offices fill in."""

from documents.excel.cells import Cell, label_of
from units.text import fold

from ..catalogue.models import Whom
from ..decisions.lines import CLASSES, GENDERS, HEADINGS, HOUSEHOLD_CLASS, KINDS
from ..records.headings import SHEETS, Sheet, Told, born_on, line_of
from .models import Nomination

_MOST_VOTES = 999


def _kind(cell: Cell) -> str:
    said = label_of(cell.text(60)).removeprefix("khen thuong ")
    if said and said not in KINDS:
        raise cell.fault(f"không rõ «{cell.seen()}» là cá nhân, tập thể hay hộ gia đình. Hãy ghi một trong ba.")
    return KINDS.get(said, "")


def _gender(cell: Cell) -> str:
    said = fold(cell.text(20))
    if said and said not in GENDERS:
        raise cell.fault(f"không rõ giới tính «{cell.seen()}». Hãy ghi Nam hoặc Nữ.")
    return GENDERS.get(said, "")


def _class(cell: Cell) -> str:
    """A class of posts or of collectives; ``Whom.HOUSEHOLD`` of a household. Columns of codes ship as #N/A."""
    said = "" if cell.trouble else cell.code()
    if said in HOUSEHOLD_CLASS or label_of(said) in HOUSEHOLD_CLASS:
        return Whom.HOUSEHOLD
    found = CLASSES.get(said, CLASSES.get(label_of(said), None if said else ""))
    if found is None:
        raise cell.fault(f"không rõ phân loại «{said}». Hãy ghi như trong danh mục phân loại, hoặc để trống.")
    return found


def _votes(cell: Cell) -> int | None:
    number = cell.number()
    if number is not None and (number != int(number) or not 0 <= number <= _MOST_VOTES):
        raise cell.fault(f"«{cell.seen()}» không phải số phiếu. Hãy ghi số nguyên, ví dụ 9.")
    return None if number is None else int(number)


def _code(cell: Cell) -> str:
    return "" if cell.trouble else cell.code()


def _of(name, take, **more) -> Told:
    return Told(HEADINGS[name], take, **more)


SHEETS[Nomination] = Sheet(
    {
        # Before the rest: «Ông/Bà/Chức danh» may say anything.
        "title": _of("title", lambda cell: GENDERS.get(fold(cell.text(60)), "")),
        "name": _of("name", line_of(200), needed=True),
        "gender": _of("gender", _gender),
        "born": _of("born", born_on),
        "post": _of("post", line_of(200)),
        "part": _of("part", line_of(200)),
        "unit": _of("unit", line_of(200)),
        "address": _of("address", line_of(200)),
        "whom": _of("whom", _kind),
        "class": _of("class", _class),
        "award": _of("award", Cell.code),
        "form_code": _of("form_code", _code),
        "title_code": _of("title_code", _code),
        "deed": Told(("Thành tích", "Tóm tắt thành tích", "Nội dung khen thưởng"), lambda cell: cell.text(2000)),
        "votes_for": Told(("Số phiếu đồng ý", "Số phiếu"), _votes),
        "votes_of": Told(("Tổng số thành viên Hội đồng", "Tổng số phiếu", "Trên tổng số"), _votes),
    },
    (), ("award", "whom"), tuple(Whom.values),
)  # fmt: skip
