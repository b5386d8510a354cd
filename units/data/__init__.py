"""Public facts of Lạng Sơn, read from the files in this folder: sectors, units with their years of life, changes.

What a file may leave out is filled in here (letterhead, place, superior), so that ``load_units`` stores plain rows.
"""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from units.text import fold

FOLDER = Path(__file__).parent
PROVINCE = "ubnd-tinh"
HEALTH = "y-te"

FOUNDED_2020 = date(2020, 1, 1)
LAST_DAY_2024 = date(2024, 11, 30)
LAST_DAY_2025 = date(2025, 6, 30)
FIRST_DAY_2025 = date(2025, 7, 1)
RESOLUTION_2025 = "Nghị quyết số 1672/NQ-UBTVQH15 ngày 16/6/2025 của Ủy ban Thường vụ Quốc hội, Điều 1"


@dataclass(frozen=True)
class ChangeFacts:
    """One act of law and the pairs of codes that it joins: ``(predecessor, successor or "", in_part)``."""

    kind: str
    date: date
    citation: str
    moves: tuple[tuple[str, str, bool], ...]
    note: str = ""


@cache
def _read(name: str) -> dict:
    """One file of this folder."""
    return tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))


def sectors() -> dict[str, str]:
    """Names of the sectors by code."""
    return _read("agencies.toml")["sectors"]


def units() -> list[dict]:
    """Every unit as the fields of ``Unit``, each after its superior; ``sector`` and ``superior`` are codes."""
    return [_agency(row) for row in _read("agencies.toml")["unit"]] + _districts_and_communes()


def changes() -> list[ChangeFacts]:
    """Every change of organisation."""
    return [_agency_change(row) for row in _read("agencies.toml")["change"]] + _commune_changes()


def days_off() -> list[dict]:
    """Every holiday, and day that is worked instead of one, as the fields of ``DayOff``."""
    return [
        {
            "day": date.fromisoformat(day),
            "is_worked": kind == "works",
            "source": year["source"],
            "doubt": year.get("doubt", ""),
        }
        for year in _read("days_off.toml").values()
        for kind in ("off", "works")
        for day in year.get(kind, ())
    ]


def _agency(row: dict) -> dict:
    """An agency of the province, with what its file leaves out."""
    superior = row.get("superior", PROVINCE)
    usual = {
        "letterhead": row["name"].upper(),
        "letterhead_superior": "UBND TỈNH LẠNG SƠN",
        "place": "Lạng Sơn",
        "superior": superior,
    }
    return usual | row


def _agency_change(row: dict) -> ChangeFacts:
    """A change among agencies, as its file writes it."""
    moves = tuple((old.removeprefix("~"), new, old.startswith("~")) for old, new in row["moves"])
    return ChangeFacts(row["kind"], row["date"], row["citation"], moves, row.get("note", ""))


# --- districts and communes


def slug(name: str) -> str:
    """``xã Hữu Lũng`` as part of a code: ``xa-huu-lung``."""
    return fold(name).replace(" ", "-")


def _former(name: str, district: str) -> tuple[str, str]:
    """Full name and code of a commune before 2025, from the short way that the file writes it."""
    name, _, elsewhere = name.removeprefix("~").partition("@")
    if not fold(name).startswith(("xa ", "phuong ", "thi tran ")):
        name = f"xã {name}"
    return name, f"ubnd-{slug(name)}-{elsewhere or district}"


def _council(name: str, code: str, kind: str, superior: str, **years) -> dict:
    """The People's Committee of a district or commune, which has no body above it at the head of its papers.

    Its place is the proper name alone; the kind belongs to it where it is written in capitals, after a person.
    """
    kind_words = 2 if fold(name).startswith(("thi tran ", "thanh pho ")) else 1
    proper = name if name[0].isupper() else name.split(maxsplit=kind_words)[kind_words]
    return {
        "code": code,
        "name": f"UBND {name}",
        "kind": kind,
        "sector": "tong-hop",
        "superior": superior,
        "symbol": "UBND",
        "letterhead": f"ỦY BAN NHÂN DÂN\n{name.upper()}",
        "place": proper,
        **years,
    }


def _district_code(district: dict) -> str:
    return f"ubnd-{slug(district['name'])}"


def _districts_and_communes() -> list[dict]:
    """Districts, the communes under each, then the communes of today."""
    districts = _read("communes.toml")["district"]
    rows = [
        _council(
            each["name"], _district_code(each), "district", PROVINCE, ended=LAST_DAY_2025, note=each.get("note", "")
        )
        for each in districts
    ]
    for district in districts:
        rows += _communes_before(district, districts)
    for district in districts:
        for name in district["communes"]:
            rows.append(_council(name, f"ubnd-{slug(name)}-2025", "commune", PROVINCE, founded=FIRST_DAY_2025))
    return rows


def _communes_before(district: dict, districts: list[dict]) -> list[dict]:
    """The communes of one district before 01/7/2025, wherever their land went; each once."""
    here = district["code"]
    rows = {}
    for name, code in _lying_in(here, districts):
        rows[code] = _council(name, code, "commune", _district_code(district), ended=LAST_DAY_2025)
    for former in district.get("merged_2024", {}):
        name, code = _former(former, here)
        rows[code] = _council(name, code, "commune", _district_code(district), ended=LAST_DAY_2024)
    for former in district.get("founded_2020", ()):
        _, code = _former(former, here)
        rows[code] |= {"founded": FOUNDED_2020, "note": "Thành lập theo Nghị quyết số 818/NQ-UBTVQH14 ngày 21/11/2019."}
    return list(rows.values())


def _lying_in(here: str, districts: list[dict]):
    """Full name and code of every former commune of the district ``here``, in the order of the file."""
    for district in districts:
        for formers in district["communes"].values():
            for former in formers:
                if (former.partition("@")[2] or district["code"]) == here:
                    yield _former(former, district["code"])


def _commune_changes() -> list[ChangeFacts]:
    """The mergers of communes, one change for each new commune, and the end of the districts."""
    districts = _read("communes.toml")["district"]
    return [
        ChangeFacts(
            "merge",
            date(2024, 12, 1),
            "Nghị quyết của Ủy ban Thường vụ Quốc hội về việc sắp xếp đơn vị hành chính cấp xã của tỉnh Lạng Sơn "
            "giai đoạn 2023 - 2025",
            tuple(move for district in districts for move in _moves_2024(district)),
            "Số và ngày của nghị quyết cần bổ sung.",
        ),
        *(change for district in districts for change in _changes_2025(district)),
        ChangeFacts(
            "dissolve",
            FIRST_DAY_2025,
            "Nghị quyết số 203/2025/QH15 ngày 16/6/2025 của Quốc hội, Điều 2",
            tuple((_district_code(district), "", False) for district in districts),
            "Kết thúc hoạt động của đơn vị hành chính cấp huyện.",
        ),
    ]


def _moves_2024(district: dict):
    for former, receivers in district.get("merged_2024", {}).items():
        for receiver in receivers:
            old, new = _former(former, district["code"])[1], _former(receiver, district["code"])[1]
            yield old, new, receiver.startswith("~")


def _changes_2025(district: dict):
    for name, formers in district["communes"].items():
        new = f"ubnd-{slug(name)}-2025"
        moves = tuple((_former(former, district["code"])[1], new, former.startswith("~")) for former in formers)
        yield ChangeFacts("merge", FIRST_DAY_2025, RESOLUTION_2025, moves, f"Thành lập {name}.")


@cache
def places() -> tuple[str, ...]:
    """The proper names of all districts and communes, each once: ``Hội Hoan``, ``Nông trường Thái Bình``."""
    return tuple(dict.fromkeys(row["place"] for row in _districts_and_communes()))
