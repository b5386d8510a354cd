"""The demonstration's year of drafts: words in ``year.toml``, papers in ``papers.toml``, lists made here."""

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice, product
from pathlib import Path
from string import Template

from units import data

from ..source.paper import Appendix, Paper, PartialDate, Signature
from ..source.vietnamese import full_day, table_day

FOLDER = Path(__file__).parent
# Said on the page of each paper, never in the paper itself.
MARK = "Văn bản minh họa, không có thật."

# Rooms that the symbol of an official letter and the archive line name.
ROOMS = {
    "so-noi-vu": "TĐKT",
    "so-noi-vu-2025": "TĐKT",
    "so-tu-phap": "VP",
    "so-giao-duc-va-dao-tao": "TCCB",
    "so-y-te": "TCCB",
    "ubnd-xa-huu-lung-2025": "VP",
}
MEN = product(["Nguyễn Văn", "Lý Văn", "Vi Văn", "Đặng Văn"], ["Bảo", "Dũng", "Đông", "Khánh", "Phúc", "Sơn", "Tuấn"])
WOMEN = product(
    ["Hoàng Thị", "Nông Thị", "Lương Thị", "Triệu Thị"],
    ["Ánh", "Châu", "Diệp", "Hạnh", "Liên", "Mai", "Quế", "Thảo", "Tuyết", "Yến"],
)
EVERYONE = [" ".join(names) for names in [*MEN, *WOMEN]]
POSTS = ["Chuyên viên", "Trưởng phòng", "Phó Trưởng phòng", "Nhân viên", "Kế toán", "Văn thư", "Cán sự"]
ROWS = data.units()
AGENCIES = [row["name"] for row in ROWS if row["kind"] in ("department", "district") and not row.get("founded")]
COMMUNES = [row["name"] for row in ROWS if row["kind"] == "commune" and row.get("founded") == data.FIRST_DAY_2025]


@dataclass(frozen=True)
class Draft:
    """One paper of the year and whose it is: codes of units, a user name, a key of ``people.OFFICIALS``."""

    paper: Paper
    unit: str
    issuer: str
    author: str
    signer: str
    capacity: str


def _read(name: str) -> dict:
    return tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))


def drafts(units, lines_of) -> list[Draft]:
    """Every paper of the year. ``units``: by code; ``lines_of(official, issuer, capacity)`` is a ``Signature``."""
    words = _read("year.toml")
    return [_draft(row, words, units, lines_of) for row in _read("papers.toml")["paper"]]


def _draft(row: dict, words: dict, units, lines_of) -> Draft:
    """One paper from its row."""
    issuer = row.get("issuer", row["unit"])
    signer, _, capacity = row["signer"].partition(" ")
    signature = lines_of(signer, issuer, capacity)
    if "capacity" in row:
        signature = Signature(tuple(row["capacity"]), signature.name)
    second = row.get("second")
    unit, room = units[issuer], ROOMS[row["unit"]]
    values = {"sender": unit.name, "table": markdown_table(row.get("table", []))} | row.get("values", {})
    days = _days(*row["window"]) if "window" in row else []
    if days:
        values["when"] = f"từ {full_day(days[0])} đến {full_day(days[-1])}{values.get('limit', '')}"
    paper = Paper(
        type=row["type"],
        issuer=tuple(unit.issuer_lines),
        superior=tuple(unit.superior_lines),
        symbol=f"{unit.symbol}-{room}" if row["type"] == "CV" else f"{row['type']}-{unit.symbol}",
        place=unit.place,
        date=PartialDate(*(int(part) for part in row["date"].split("-"))),
        subject=row["subject"],
        urgency=row.get("urgency", ""),
        circulation=row.get("circulation", ""),
        authority_line=row.get("authority_line", ""),
        bases=(*words["bases"][row["bases"]], row["proposal"]) if "bases" in row else (),
        to=tuple(row.get("to", ())),
        recipients=_recipients(row),
        archive=f"VT, {room}",
        signature=signature,
        second_signature=Signature(tuple(second["capacity"]), second["name"]) if second else None,
        body=Template(words["bodies"][row["body"]]).substitute(values).strip(),
        appendices=tuple(_appendix(each, offset, days) for offset, each in enumerate(row.get("appendices", ()))),
    )
    return Draft(paper, row["unit"], issuer, row.get("author", "chuyenvien"), signer, capacity)


def _days(first: date, last: date) -> list[date]:
    """The working days from ``first`` to ``last``."""
    days = (first + timedelta(days=number) for number in range((last - first).days + 1))
    return [day for day in days if day.weekday() < 5]


def _recipients(row: dict) -> tuple[str, ...]:
    """Who gets a copy, by the type of paper."""
    if row["type"] == "QĐ":
        return ("Như Điều 4", "Lãnh đạo cơ quan")
    if row["type"] == "BB":
        return ()
    if row.get("to") or row["type"] in ("GM", "GGT"):
        return ("Như trên", "Lãnh đạo cơ quan")
    return ("Các cơ quan, đơn vị liên quan", "Lãnh đạo cơ quan")


def markdown_table(rows: list[list[str]]) -> str:
    """``rows`` as a Markdown table, the first being its head; nothing for no rows."""
    if not rows:
        return ""
    head, *body = rows
    return "\n".join(f"| {' | '.join(cells)} |" for cells in [head, ["---"] * len(head), *body])


def names(count: int, start: int = 0) -> list[str]:
    """``count`` invented names, each combination once; ``start`` makes another list."""
    return [EVERYONE[(start * 17 + step * 5) % len(EVERYONE)] for step in range(count)]


def _persons(count: int, start: int):
    yield ["STT", "Họ và tên", "Chức vụ", "Cơ quan, đơn vị"]
    for number, name in enumerate(names(count, start), start=1):
        yield [str(number), name, POSTS[(number + start) % len(POSTS)], AGENCIES[(number * 3 + start) % len(AGENCIES)]]


def _members(count: int, start: int):
    yield ["STT", "Họ và tên", "Chức danh trong Hội đồng"]
    posts = ["Chủ tịch", "Phó Chủ tịch thường trực", *["Ủy viên"] * (count - 3), "Ủy viên, Thư ký"]
    for number, (name, post) in enumerate(zip(names(count, start + 3), posts, strict=True), start=1):
        yield [str(number), name, post]


def _groups(count: int, start: int):
    yield ["STT", "Tập thể", "Cơ quan quản lý"]
    for number in range(1, count + 1):
        room = ["Văn phòng", "Phòng Tổng hợp", "Phòng Nghiệp vụ", "Thanh tra"][number % 4]
        yield [str(number), room, AGENCIES[(number + start) % len(AGENCIES)]]


def _collected(count: int, start: int, days: list[date]):
    """Who comes on which of ``days``, as many on each."""
    yield ["STT", "Đơn vị", "Bằng khen", "Cờ", "Ngày nhận"]
    for number in range(1, count + 1):
        agency, day = AGENCIES[(number + start) % len(AGENCIES)], days[(number - 1) * len(days) // count]
        yield [str(number), agency, str(2 + number * 7 % 9), str(number % 2), table_day(day)]


def _communes(count: int, start: int):
    yield ["STT", "Xã, phường", "Số tập thể", "Số cá nhân"]
    for number in range(1, count + 1):
        yield [str(number), COMMUNES[(number + start) % len(COMMUNES)], str(1 + number % 3), str(2 + number * 5 % 7)]


LISTS = {
    "persons": _persons,
    "members": _members,
    "groups": _groups,
    "collected": _collected,
    "communes": _communes,
}


def _appendix(facts: dict, start: int, days: list[date]) -> Appendix:
    """A list behind a paper, as a table; ``days``: those that the paper names."""
    more = [days] if facts["kind"] == "collected" else []
    rows = list(islice(LISTS[facts["kind"]](facts["rows"], start, *more), facts["rows"] + 1))
    return Appendix(facts["title"], markdown_table(rows), facts.get("orientation", "portrait"))
