"""What a criterion asks for, in sentences that can be read aloud: a row of the catalogue in, points out, nobody judged.

The wording is that of the findings: a condition is asked about somebody of whom nothing is known. Where its words name the year
that is looked at, they are said here without it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from ..catalogue.law import Book, Row
from ..catalogue.values import REGULAR
from .authority import office
from .case import Case, codes_of, times
from .facts import GROUP_WORDS, LEVELS, Facts
from .money import decimal
from .rules import ANSWERS
from .votes import BODIES
from .words import dotted


@dataclass(frozen=True)
class Point:
    """One thing that is asked for; ``parts``: of which one is enough."""

    words: str
    parts: tuple["Point", ...] = field(default=())


def points(book: Book, row: Row) -> list[Point]:
    """What the criterion ``row`` asks for: each need, then those of which one is enough."""
    case = Case(book, Facts("collective"), row.award, book.day.year, row.more.get("route", REGULAR))
    needs = row.more["needs"]
    found = [Point(_said(case, need)) for need in needs if "alt" not in need]
    letters = dict.fromkeys(need["alt"] for need in needs if "alt" in need)
    ways = [[_said(case, need) for need in needs if need.get("alt") == letter] for letter in letters]
    parts = tuple(Point("; và ".join([first, *(_small(words) for words in rest)])) for first, *rest in ways)
    if len(parts) == 1:
        return [*found, *parts]
    return [*found, Point("Một trong các điều sau", parts)] if parts else found


def for_whom(row: Row) -> str:
    """``công nhân, nông dân``: whom alone a criterion, an award is for; nothing where it is for all."""
    groups = row.more.get("group", "").split(",")
    return ", ".join(GROUP_WORDS.get(group.strip(), group.strip()) for group in groups if group.strip())


def _said(case, need) -> str:
    """One need, with the group that it is for alone."""
    words = _SAID.get(need["is"], _as_found)(case, need)
    only = need.get("only")
    return f"{words} (với {GROUP_WORDS.get(only, only)})" if only else words


def _as_found(case, need: Mapping) -> str:
    finding = ANSWERS[need["is"]](case, need)
    return finding.words if finding else ""


def _run(case, need) -> str:
    codes, least, is_title = codes_of(need["of"]), need["least"], codes_of(need["of"])[0] not in LEVELS
    name = " hoặc ".join(case.named(code) for code in codes)
    if least == 1:
        return f"{'Đạt danh hiệu' if is_title else 'Được xếp loại'} {name} trong năm xét"
    unit = times(least, "lần" if is_title else "năm")
    return f"Có {unit} liên tục {'đạt' if is_title else 'được công nhận'} {name}, tính đến năm xét"


def _in_succession(case, need) -> str:
    return f"{_as_found(case, need)}, mỗi lần cách nhau không quá {times(need['span'], 'năm')}"


def _initiative(case, need) -> str:
    within = {"year": " trong năm xét", "run": " trong thời gian đó"}.get(need.get("within"), "")
    return _as_found(case, need).replace(" được công nhận", f" được công nhận{within}")


def _without_year(case, need) -> str:
    return _as_found(case, need).replace(f" năm {case.year}", " trong năm xét")


def _one_state_form(case, need) -> str:
    return "Chưa được tặng hình thức khen thưởng cấp nhà nước nào trong năm (với hình thức khen thưởng cấp nhà nước)"


def _one_flag(case, need) -> str:
    return "Chưa được tặng cờ thi đua khác của năm đó (với cờ thi đua)"


_SAID = {
    "run": _run,
    "in_succession": _in_succession,
    "initiative": _initiative,
    "meets": _without_year,
    "leads": _without_year,
    "one_state_form": _one_state_form,
    "one_flag": _one_flag,
}


def _small(words: str) -> str:
    return words[:1].lower() + words[1:]


def row_words(book: Book, row: Row) -> str:
    """What any row of the catalogue says, in short."""
    told = _ROWS.get(row.kind)
    return told(book, row) if told else str(row.value)


def _by(book, row) -> str:
    return f" (do {office(book, row.by).more['name']} quyết định)" if row.by else ""


def _share(book, row) -> str:
    of = row.more.get("of", "")
    return f"{row.value.replace('%', ' %')} {book.name(of)}{', bỏ phiếu kín' if row.more.get('secret') else ''}".strip()


def _needs(book, row) -> str:
    found = [f"{point.words}: {' / '.join(part.words for part in point.parts)}" if point.parts else point.words
             for point in points(book, row)]  # fmt: skip
    after = row.more.get("after")
    return "; ".join([f"Đã được tặng {book.name(after)}", *found] if after else found)


def _parts(book, row) -> str:
    return "; ".join(row.value) or "Không nêu"


_ROWS = {
    "decides": lambda book, row: office(book, row.value).more["name"],
    "coefficient": lambda book, row: (
        f"{'tối đa ' if row.more.get('most') else ''}{decimal(row.value)} lần lương cơ sở{_by(book, row)}"
    ),
    "salary": lambda book, row: f"{dotted(row.value)} đồng",
    "rounding": lambda book, row: f"{dotted(row.value)} đồng",
    "public_days": lambda book, row: f"{row.value} ngày làm việc",
    "clock": lambda book, row: f"{row.more['of']}: {row.value} ngày làm việc",
    "quota": lambda book, row: f"{row.value} {row.more['of']}",
    "factor": lambda book, row: f"{decimal(row.value)} lần",
    "rated_from": lambda book, row: f"tháng {row.value}",
    "tie": _share,
    "terms": _share,
    "strips": lambda book, row: office(book, row.value).more["name"],
    "household": lambda book, row: f"{decimal(row.value)} lần mức của cá nhân",
    "paper": lambda book, row: f"{row.value} mm",
    "votes": _share,
    "quorum": _share,
    "majority": lambda book, row: f"quá {_share(book, row)}",
    "body": lambda book, row: BODIES[row.value],
    "cap": _share,
    "items": _parts,
    "dossier": _parts,
    "criterion": _needs,
    "principle": lambda book, row: row.more["words"],
    "pays": lambda book, row: "Quỹ của cấp quyết định, hoặc của cơ quan đề nghị",
    "cancels": lambda book, row: "Người đã quyết định tặng",
}
