"""The lines of a list as they are read, typed or from Excel: each value taken from its cell, each fault with its address."""

import re
from dataclasses import dataclass, field, replace
from datetime import date

from documents.excel.cells import TWO_ORDERS, Cell, CellFault, is_ambiguous, label_of
from units.encodings import converted, old_lines
from units.text import clean, fold, one_line

from ..catalogue.models import Whom
from ..recipients.models import BodyClass, Gender, PositionClass
from .naming import Namer

# What a list may tell of a row, and the headings under which offices write it; the first is that of files that go out.
HEADINGS = {
    "name": (
        "Tên tập thể/cá nhân/hộ gia đình", "Tên tập thể/cá nhân/hộ", "Họ và tên", "Họ tên", "Tên đơn vị/tập thể",
        "Tên đơn vị / tập thể", "Tên tập thể", "Tên cá nhân, tập thể", "Tên cá nhân", "Tên hộ gia đình", "Người nhận",
    ),
    "title": ("Tên gọi", "Ông/Bà"),
    "whom": ("Phân loại khen thưởng", "Đối tượng khen thưởng"),
    "born": ("Ngày sinh", "Ngày, tháng, năm sinh", "Ngày tháng năm sinh", "Năm sinh"),
    "gender": ("Giới tính",),
    "ethnicity": ("Dân tộc",),
    "post": ("Chức vụ", "Chức vụ, chức danh"),
    "part": ("Tên phòng ban/khối, tổ công tác", "Tên phòng ban/ khối, tổ công tác", "Phòng ban làm việc", "Phòng, ban"),
    "unit": ("Đơn vị công tác", "Tên đơn vị/tập thể công tác", "Đơn vị", "Tên cơ quan làm việc", "Tên cơ quan"),
    "address": ("Địa chỉ/Nơi ở", "Địa chỉ / Nơi ở", "Địa chỉ", "Nơi ở"),
    "staff_code": ("Mã cán bộ", "Số hiệu cán bộ"),
    "class": (
        "Phân loại đối tượng", "Mã phân loại cán bộ", "Mã phân loại tập thể", "Phân loại cán bộ", "Phân loại tập thể",
    ),
    "award": (
        "Danh hiệu thi đua/Hình thức khen thưởng", "Danh hiệu/Hình thức", "Danh hiệu, hình thức", "Hình thức khen thưởng",
        "Danh hiệu thi đua", "Danh hiệu",
    ),
    "form_code": ("Mã hình thức khen thưởng", "Mã hình thức"),
    "title_code": ("Mã danh hiệu thi đua", "Mã danh hiệu"),
    "year": ("Năm thành tích", "Năm", "Năm khen thưởng"),
    "first_year": ("Từ năm",),
    "deed": ("Thành tích", "Nội dung khen thưởng", "Nội dung"),
    "amount": (
        "Tiền thưởng", "Mức thưởng", "Mức tiền thưởng", "Số tiền", "Số tiền thưởng", "Tiền thưởng kèm theo",
    ),
}  # fmt: skip
AWARD_FIELDS = ("award", "form_code", "title_code")
HEADS = {name: headings[0] for name, headings in HEADINGS.items()}
# Rows that were corrected say by this column which they are; the other one tells what was wrong.
ROW, WRONG = "Dòng gốc", "Cần sửa"

CLASSES = {
    "1660638808": PositionClass.PROVINCE, "1660638843": PositionClass.DEPARTMENT, "1660638864": PositionClass.BUSINESS,
    "1660638930": PositionClass.OTHER, "1686211958": PositionClass.OTHER, "1660638976": PositionClass.DIRECT,
    "1660638226": BodyClass.OFFICE, "1668477383": BodyClass.OFFICE, "1668477403": BodyClass.OFFICE,
    "1668477425": BodyClass.ENTERPRISE, "1668477439": BodyClass.ENTERPRISE,
    "cac cap lanh dao tu pho phong tro len": PositionClass.OTHER, "cac cap lanh dao khac": PositionClass.OTHER,
    "co quan hanh chinh": BodyClass.OFFICE, "don vi su nghiep": BodyClass.OFFICE, "hop tac xa": BodyClass.ENTERPRISE,
    "co quan dang va cac to chuc chinh tri, xa hoi": BodyClass.OFFICE,
    "co quan trung uong dong tren dia ban": BodyClass.OFFICE,
    "doi tuong khac": "", "1668477463": "", "ho gia dinh": "", "1660638538": "",
} | {label_of(choice.label): choice for choice in (*PositionClass, *BodyClass)}  # fmt: skip
# Under "Mã phân loại tập thể" of the office's workbook; a list of classes of another workbook has this code for other bodies.
CLASSES["1660638247"] = BodyClass.ENTERPRISE
HOUSEHOLD_CLASS = ("1660638538", "ho gia dinh")
KINDS = {"ca nhan": Whom.PERSON, "tap the": Whom.COLLECTIVE, "ho gia dinh": Whom.HOUSEHOLD, "ho": Whom.HOUSEHOLD}
KINDS |= {"canhan": Whom.PERSON, "tapthe": Whom.COLLECTIVE, "hogiadinh": Whom.HOUSEHOLD}
GENDERS = {"nam": Gender.MALE, "ong": Gender.MALE, "nu": Gender.FEMALE, "ba": Gender.FEMALE}
_YEAR = re.compile(r"(1[89]|20)\d\d")
# What is the same in many rows is taken once.
_REPEATED, _MOST_KEPT = frozenset({"title", "post", "part", "unit", "whom", "gender", "deed", "ethnicity"}), 20_000
_DONG = re.compile(r"\s*(?:đồng|đ|vnđ|vnd)\.?$", re.IGNORECASE)
# Above any prize; what is more is a slip.
MOST_MONEY = 10**12
_OLD = re.compile("[\u00a1-\u00ff]")


@dataclass(slots=True)
class Line:
    """Who is given what. ``row`` and ``nth``: where it stands, a row may name two awards. ``faults``: [(field, words)]."""

    row: int
    nth: int = 0
    kind: str = ""
    name: str = ""
    key: str = ""
    born: date | None = None
    born_year: int | None = None
    gender: str = ""
    ethnicity: str = ""
    post: str = ""
    part: str = ""
    unit_words: str = ""
    address: str = ""
    staff_code: str = ""
    position_class: str = ""
    body_class: str = ""
    award: str = ""
    award_at: str = "award"
    year: int = 0
    first_year: int | None = None
    deed: str = ""
    amount: int | None = None
    # What the headings of parts above it may name a unit with, the nearest first.
    within: tuple = ()
    faults: list = field(default_factory=list)
    # What checking adds: the unit, who it is, and who it may be.
    unit: int | None = None
    who: object = None
    standing: str = ""
    candidates: tuple = ()

    @property
    def place(self) -> str:
        """Post, part and unit, as a decision writes them beside the name."""
        return ", ".join(filter(None, (self.post, self.part, self.unit_words or self.address)))[:400]


@dataclass(frozen=True)
class Shared:
    """What all rows share that say nothing else: of an entry."""

    year: int
    first_year: int | None
    award: str
    deed: str
    whom: str = ""
    converts: bool = False
    mixed_days: bool = False
    factor: int = 1


@dataclass(frozen=True)
class Section:
    """What the headings above a row say of it: who it is about, what is given, ``words`` that a unit may be called."""

    kind: str = ""
    award: str = ""
    words: tuple[str, ...] = ()


NOWHERE = Section()


class Taker:
    """Makes lines of the cells of rows."""

    def __init__(self, namer: Namer, shared: Shared):
        self.namer, self.shared = namer, shared
        self.known, self.texts = {}, {}

    def lines(self, row: int, cells: dict[str, Cell], section: Section = NOWHERE) -> list[Line]:
        """The lines of one row, ``{field: cell}``: one for each award that it names."""
        line, self.faults = Line(row, within=section.words), []
        self.cells, self.section = cells, section
        line.name = one_line(self._text("name", 200))
        title = self._text("title", 60)
        line.post, line.part = one_line(self._text("post", 200)), one_line(self._text("part", 200))
        line.unit_words, line.address = one_line(self._text("unit", 200)), one_line(self._text("address", 200))
        line.deed = self._text("deed", 2000) or self.shared.deed
        line.ethnicity, line.staff_code = self._text("ethnicity", 20), self._taken("staff_code", Cell.code, "")
        line.gender = GENDERS.get(fold(self._text("gender", 20)), "") or GENDERS.get(fold(title), "")
        self._born(line)
        self._years(line)
        self._classes(line)
        awards = self._awards()
        line.amount = self._amount(len(awards))
        line.kind = self._kind(line, title)
        if not line.name and not self.faults_at("name"):
            self._fault("name", "chưa ghi tên. Hãy ghi tên người nhận.")
        line.faults = self.faults
        return self._each(line, awards)

    def _each(self, line, awards):
        lines = []
        for nth, (code, name) in enumerate((awards or {"": "award"}).items()):
            # One row with two awards is two lines that share what is wrong with them.
            one = line if nth == 0 else Line(**{name: getattr(line, name) for name in Line.__slots__})
            one.nth, one.award, one.award_at, one.faults = nth, code, name, list(line.faults)
            lines.append(one)
        return lines

    def _fault(self, name, words):
        self.faults.append((name, words))

    def _taken(self, name, read, default=None):
        """What ``read`` takes a cell for; ``default``, and a fault, where it is none."""
        cell = self.cells.get(name)
        if cell is None:
            return default
        try:
            return read(cell)
        except CellFault as fault:
            self._fault(name, fault.words)
            return default

    def _text(self, name, most) -> str:
        cell = self.cells.get(name)
        if cell is None:
            return ""
        value = cell.value
        if isinstance(value, str) and name in _REPEATED and (kept := self.texts.get((name, value))) is not None:
            return kept
        before = len(self.faults)
        found = self._read(name, cell, value, most)
        if isinstance(value, str) and name in _REPEATED and len(self.faults) == before and len(self.texts) < _MOST_KEPT:
            self.texts[name, value] = found
        return found

    def _read(self, name, cell, value, most) -> str:
        if isinstance(value, str) and _OLD.search(value) and (old := old_lines(value)):
            if not self.shared.converts:
                self._fault(name, f"{old[0]}. Hãy bấm «Chuyển sang Unicode» ở trang này, hoặc gõ lại.")
                return clean(value).strip()[:most]
            return clean(converted(value)).strip()[:most]
        if isinstance(value, date):
            words = "Hãy định dạng ô là Văn bản (Text) rồi ghi lại."
            self._fault(name, f"Excel đã đổi thành ngày ({cell.seen()}). {words}")
            return ""
        return self._taken(name, lambda cell: cell.text(most), "")

    def _amount(self, awards: int) -> int | None:
        """What was given with it in đồng; None where nothing is said. One sum is not parted between two awards."""
        cell = self.cells.get("amount")
        if cell is None or not cell.is_filled:
            return None
        try:
            said = _DONG.sub("", cell.words())
            found = (replace(cell, value=said) if said else cell).number() * self.shared.factor
        except CellFault as fault:
            found = -1 if not cell.trouble else self._fault("amount", fault.words)
        if found is None:
            return None
        if found < 0 or found != int(found) or found > MOST_MONEY:
            self._fault("amount", f"«{cell.seen()}» không phải số tiền. Hãy ghi số, ví dụ 1.500.000.")
            return None
        if awards > 1:
            words = "dòng có hai danh hiệu, hình thức nhưng một số tiền. Hãy tách thành hai dòng, mỗi dòng một số tiền."
            self._fault("amount", words)
        return int(found)

    def _born(self, line):
        cell = self.cells.get("born")
        if cell is None or not cell.is_filled:
            return
        said = cell.words() or (str(cell.value) if isinstance(cell.value, int) else "")
        if _YEAR.fullmatch(said):
            line.born_year = int(said)
            return
        if self.shared.mixed_days and is_ambiguous(said):
            self._fault("born", TWO_ORDERS.format(said))
            return
        line.born = self._taken("born", Cell.day)
        line.born_year = line.born.year if line.born else None

    def _years(self, line):
        line.year = self._year("year") or self.shared.year
        line.first_year = self._year("first_year") or (self.shared.first_year if not self._has("year") else None)
        if line.first_year and line.first_year > line.year:
            self._fault("first_year", f"từ năm {line.first_year} sau năm {line.year}. Hãy sửa lại một trong hai năm.")

    def _year(self, name) -> int | None:
        said = self._taken(name, Cell.code, "") or ""
        if said and not _YEAR.fullmatch(said):
            self._fault(name, f"«{said}» không phải một năm. Hãy ghi bốn chữ số, ví dụ 2024.")
            return None
        return int(said) if said else None

    def _has(self, name):
        return name in self.cells and self.cells[name].is_filled

    def _classes(self, line):
        said = self._taken("class", Cell.code, "") or ""
        self.is_household = said in HOUSEHOLD_CLASS or label_of(said) in HOUSEHOLD_CLASS
        if not said:
            return
        found = CLASSES.get(said, CLASSES.get(label_of(said)))
        if found is None:
            self._fault("class", f"không rõ phân loại «{said}». Hãy ghi như trong danh mục phân loại, hoặc để trống.")
        elif isinstance(found, PositionClass):
            line.position_class = found
        else:
            line.body_class = found

    def _awards(self) -> dict[str, str]:
        """{award: the field that names it} of the row; that of the whole list where it names none."""
        said, troubled = [], []
        for name in AWARD_FIELDS:
            cell = self.cells.get(name)
            if cell is not None and cell.trouble and name != "award":
                troubled.append((name, cell.trouble))  # columns of codes ship as #N/A where the name stands beside
            elif cell is not None and (words := self._taken(name, Cell.code, "")):
                said.append((name, words))
        if said:
            found = [(self._award(name, words), name) for name, words in said]
            return dict(pair for pair in found if pair[0])
        shared = self.section.award or self.shared.award
        if troubled or any(map(self.faults_at, AWARD_FIELDS)):
            self.faults += troubled[:1]
        elif not shared:
            self._fault("award", "chưa ghi danh hiệu, hình thức. Hãy ghi, hoặc chọn chung cho cả danh sách.")
        return {shared: "award"} if shared else {}

    def faults_at(self, name) -> bool:
        """Whether something is wrong with a field of the row in hand."""
        return any(at == name for at, _ in self.faults)

    def _award(self, name, words) -> str:
        if words not in self.known:
            try:
                self.known[words] = (self.namer.code_of(words), "")
            except ValueError as wrong:
                self.known[words] = ("", str(wrong))
        code, fault = self.known[words]
        if fault:
            self._fault(name, fault)
        return code

    def _kind(self, line, title) -> str:
        said = label_of(self._text("whom", 60)).removeprefix("khen thuong ")
        if said:
            if said not in KINDS:
                self._fault("whom", f"không rõ «{said}» là cá nhân, tập thể hay hộ gia đình. Hãy ghi lại.")
            return KINDS.get(said, "")
        if self.is_household or fold(line.name).startswith(("ho ong ", "ho ba ", "ho gia dinh ")):
            return Whom.HOUSEHOLD
        if line.body_class:
            return Whom.COLLECTIVE
        if title or line.gender or line.born_year or line.position_class:
            return Whom.PERSON
        return self.section.kind or self.shared.whom


def factor_of(heading: str) -> int:
    """How many đồng one stands for under a heading of money: «Tiền thưởng (1.000 đồng)»."""
    label = label_of(heading.partition("(")[2] or heading)
    return 1_000_000 if "trieu" in label else 1_000 if re.search(r"nghin|ngan|1[.,]?000", label) else 1
