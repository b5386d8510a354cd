"""What Excel files tell of each kind of record: under which headings, and what a cell may be taken for."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db import models

from documents.excel.cells import Cell, label_of
from units.text import one_line

from ..catalogue.models import Whom
from ..recipients.models import PositionClass
from .models import HeldPost, Initiative, Pause, Rating, Team

_YEAR = re.compile(r"(1[89]|20)\d\d")
_MOST_PEOPLE = 99_999


@dataclass(frozen=True)
class Told:
    """One thing that a row tells. ``headings``: under which offices write it, the first is that of files that go out.

    ``take``: cell → value, which raises ``CellFault``. ``needed``: a row has it, or all rows share it.
    """

    headings: tuple[str, ...]
    take: Callable[[Cell], object]
    needed: bool = False

    @property
    def head(self) -> str:
        """What a person calls it."""
        return self.headings[0]


@dataclass(frozen=True)
class Sheet:
    """What a file with records of one kind tells: ``fields`` {field of the model, or of who it is: what is told}.

    ``identity``: by which fields a record of a recipient is known again; ``shared``: what may be said once for the whole file;
    ``whom``: of what kinds the recipients are; ``several``: whether a cell may name several of them.
    """

    fields: dict[str, Told]
    identity: tuple[str, ...]
    shared: tuple[str, ...]
    whom: tuple[str, ...] = (Whom.PERSON, Whom.COLLECTIVE)
    several: bool = False

    @property
    def heads(self) -> dict[str, str]:
        """{field: what a person calls it}."""
        return {name: told.head for name, told in self.fields.items()}


# --- What a cell may be taken for


def line_of(most: int):
    return lambda cell: one_line(cell.text(most))


def _year(cell: Cell) -> int | None:
    said = cell.code()
    if said and not _YEAR.fullmatch(said):
        raise cell.fault(f"«{cell.seen()}» không phải một năm. Hãy ghi bốn chữ số, ví dụ 2025.")
    return int(said) if said else None


def _people(cell: Cell) -> int | None:
    number = cell.number()
    if number is not None and (number != int(number) or not 0 <= number <= _MOST_PEOPLE):
        raise cell.fault(f"«{cell.seen()}» không phải số người. Hãy ghi số nguyên, ví dụ 12.")
    return None if number is None else int(number)


def born_on(cell: Cell) -> date | int | None:
    """A day, or no more than a year."""
    said = cell.words() or (str(cell.value) if isinstance(cell.value, int) else "")
    return int(said) if _YEAR.fullmatch(said) else cell.day()


def _one_of(choices: type[models.TextChoices], others: dict[str, str] | None = None):
    """What takes the label of a choice, or another word for it."""
    known = {label_of(str(choice.label)): choice for choice in choices} | (others or {})
    example = "; ".join(str(choice.label) for choice in choices)

    def take(cell):
        said = label_of(cell.text(200))
        if said and said not in known:
            raise cell.fault(f"không rõ «{cell.seen()}». Hãy ghi một trong: {example}.")
        return known.get(said, "")

    return take


_LEVELS = {
    "xuat sac": Rating.Level.EXCELLENT, "htxsnv": Rating.Level.EXCELLENT, "hoan thanh xuat sac": Rating.Level.EXCELLENT,
    "tot": Rating.Level.GOOD, "httnv": Rating.Level.GOOD, "hoan thanh tot": Rating.Level.GOOD,
    "hoan thanh": Rating.Level.DONE, "htnv": Rating.Level.DONE, "khong hoan thanh": Rating.Level.FAILED,
    "khtnv": Rating.Level.FAILED, "thai san": Rating.Level.MATERNITY, "nghi thai san": Rating.Level.MATERNITY,
}  # fmt: skip
_SCOPES = {
    "co so": Initiative.Scope.UNIT, "cap don vi": Initiative.Scope.UNIT, "don vi": Initiative.Scope.UNIT,
    "tinh": Initiative.Scope.PROVINCE, "toan tinh": Initiative.Scope.PROVINCE, "toan quoc": Initiative.Scope.NATION,
    "cap quoc gia": Initiative.Scope.NATION,
}  # fmt: skip
_THINGS = dict.fromkeys(("sang kien", "giai phap", "sang kien, cai tien"), Initiative.Kind.INITIATIVE)
_THINGS |= dict.fromkeys(("de tai", "de an", "cong trinh khoa hoc", "de tai khoa hoc"), Initiative.Kind.TOPIC)
_PAUSES = {
    "ky luat": Pause.Kind.DISCIPLINE, "xem xet ky luat": Pause.Kind.HEARING, "thanh tra": Pause.Kind.INSPECTION,
    "kiem tra": Pause.Kind.INSPECTION, "dieu tra": Pause.Kind.INSPECTION, "khieu nai": Pause.Kind.COMPLAINT,
    "to cao": Pause.Kind.COMPLAINT, "khieu nai, to cao": Pause.Kind.COMPLAINT,
}  # fmt: skip
_CLASSES = {label_of(choice.short): choice for choice in PositionClass}
_Service = models.TextChoices(
    "_Service", {code: (code, words) for code, words in HeldPost._meta.get_field("service").choices}
)


# --- What each kind tells

_BORN = Told(("Ngày sinh", "Ngày, tháng, năm sinh", "Ngày tháng năm sinh", "Năm sinh"), born_on)
_UNIT = Told(
    ("Đơn vị công tác", "Đơn vị", "Tên đơn vị/tập thể công tác", "Tên cơ quan", "Cơ quan, đơn vị"), line_of(200)
)
_TEAM_NAMES = ("Tên tập thể", "Tên đơn vị/tập thể", "Tên đơn vị / tập thể", "Tên đơn vị")
_NAMES = ("Họ và tên", "Họ tên", "Tên cá nhân, tập thể", "Tên tập thể/cá nhân/hộ gia đình", "Tên tập thể/cá nhân/hộ",
          "Tên cá nhân")  # fmt: skip
_NAME = Told((*_NAMES, *_TEAM_NAMES), line_of(200), needed=True)
_PAPER = Told(("Theo văn bản", "Văn bản", "Số quyết định", "Quyết định"), line_of(200))
_THE_YEAR = Told(("Năm", "Năm xếp loại", "Năm đánh giá"), _year, needed=True)
_SINCE = Told(("Từ ngày", "Từ ngày, tháng, năm", "Ngày hiệu lực"), Cell.day, needed=True)
_UNTIL = Told(("Đến ngày", "Đến ngày, tháng, năm", "Ngày hết hiệu lực"), Cell.day)

SHEETS = {
    Initiative: Sheet(
        {
            "title": Told(
                ("Tên đề tài", "Tên sáng kiến", "Tên sáng kiến, đề tài", "Tên đề tài, sáng kiến", "Tên giải pháp"),
                line_of(2000), needed=True,
            ),
            "recognised_on": Told(("Ngày công nhận", "Ngày quyết định", "Ngày ký"), Cell.day),
            "issuer": Told(("Đơn vị công nhận", "Cơ quan công nhận"), line_of(200)),
            "summary": Told(("Tóm tắt thành tích", "Tóm tắt", "Nội dung", "Hiệu quả áp dụng"), lambda cell: cell.text(5000)),
            "name": Told(("Tên tác giả", "Tác giả", "Họ và tên tác giả", "Họ và tên"), lambda cell: cell.text(2000), needed=True),
            "born": _BORN,
            "part": Told(("Phòng ban làm việc", "Phòng, ban"), line_of(200)),
            "unit": Told(("Tên cơ quan", "Đơn vị công tác", "Đơn vị", "Tên cơ quan làm việc"), line_of(200)),
            "kind": Told(("Loại", "Sáng kiến hay đề tài"), _one_of(Initiative.Kind, _THINGS)),
            "scope": Told(
                ("Phạm vi ảnh hưởng", "Phạm vi", "Cấp công nhận", "Cấp"), _one_of(Initiative.Scope, _SCOPES), needed=True
            ),
            "year": Told(("Năm", "Năm công nhận"), _year, needed=True),
            "number": Told(("Số quyết định công nhận", "Số quyết định", "Quyết định công nhận"), line_of(60)),
        },
        ("title",), ("kind", "scope", "year", "recognised_on", "number", "issuer"), (Whom.PERSON,), several=True,
    ),
    Rating: Sheet(
        {
            "name": _NAME, "born": _BORN, "unit": _UNIT,
            "level": Told(
                ("Mức xếp loại", "Xếp loại", "Kết quả xếp loại", "Mức độ hoàn thành nhiệm vụ", "Mức độ hoàn thành"),
                _one_of(Rating.Level, _LEVELS), needed=True,
            ),
            "year": _THE_YEAR, "paper": _PAPER,
        },
        ("year",), ("year", "paper"),
    ),
    Team: Sheet(
        {
            "name": Told((*_TEAM_NAMES, *_NAMES), line_of(200), needed=True), "unit": _UNIT,
            "members": Told(("Số người", "Tổng số người", "Tổng số cán bộ, công chức"), _people, needed=True),
            "women": Told(("Nữ", "Số nữ", "Trong đó nữ"), _people),
            "completed": Told(("Hoàn thành nhiệm vụ", "Số người hoàn thành nhiệm vụ"), _people),
            "ldtt": Told(("Lao động tiên tiến", "Số người đạt Lao động tiên tiến", "LĐTT"), _people),
            "cstdcs": Told(("Chiến sĩ thi đua cơ sở", "Số người đạt Chiến sĩ thi đua cơ sở", "CSTĐCS", "CSTĐ cơ sở"), _people),
            "warned": Told(("Kỷ luật từ cảnh cáo", "Bị kỷ luật từ cảnh cáo", "Kỷ luật từ cảnh cáo trở lên"), _people),
            "year": _THE_YEAR,
        },
        ("year",), ("year",), (Whom.COLLECTIVE,),
    ),
    Pause: Sheet(
        {
            "name": _NAME, "born": _BORN, "unit": _UNIT,
            "kind": Told(("Loại", "Loại tạm dừng", "Lý do tạm dừng"), _one_of(Pause.Kind, _PAUSES), needed=True),
            "since": _SINCE, "until": _UNTIL,
            "paper": Told(("Theo văn bản", "Văn bản", "Số quyết định", "Quyết định"), line_of(200), needed=True),
            "note": Told(("Ghi chú", "Hình thức kỷ luật", "Mức kỷ luật", "Nội dung"), lambda cell: cell.text(2000)),
        },
        ("kind", "since"), ("kind", "paper"),
    ),
    HeldPost: Sheet(
        {
            "name": Told(_NAMES, line_of(200), needed=True), "born": _BORN, "unit": _UNIT,
            "post": Told(("Chức vụ", "Chức vụ, công việc", "Chức vụ đã giữ", "Công việc"), line_of(200), needed=True),
            "place": Told(("Nơi giữ chức vụ", "Cơ quan giữ chức vụ", "Cơ quan", "Nơi công tác"), line_of(200), needed=True),
            "since": _SINCE, "until": _UNTIL,
            "position_class": Told(("Lớp chức vụ", "Phân loại cán bộ"), _one_of(PositionClass, _CLASSES)),
            "service": Told(("Thời gian tính", "Thời gian công tác"), _one_of(_Service)),
            "is_hard": Told(("Địa bàn khó khăn", "Ở địa bàn khó khăn"), lambda cell: bool(cell.flag())),
            "paper": _PAPER,
        },
        ("since", "post"), (), (Whom.PERSON,),
    ),
}  # fmt: skip
