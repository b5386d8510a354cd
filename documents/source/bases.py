"""What a decision on emulation and commendation rests on, by its day: the laws in force, as legal bases.

Source: Luật Tổ chức chính quyền địa phương 2015 (sửa đổi 2019) and 2025, Luật Thi đua, khen thưởng 2003 (sửa đổi 2005, 2013) and
2022, Nghị định 91/2017, 98/2023 and 152/2025; each from its first day in force to its last.
"""

from dataclasses import dataclass
from datetime import date

from units.models import Unit


@dataclass(frozen=True)
class Basis:
    """One line, from a day to a day; ``of_councils``: for People's Committees alone."""

    begins: date
    ends: date | None
    words: str
    of_councils: bool = False


_LAW = "Luật Thi đua, khen thưởng"
_DETAILS = f"quy định chi tiết thi hành một số điều của {_LAW}"
BASES = [
    Basis(
        date(2016, 1, 1),
        date(2025, 2, 28),
        "Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015",
        of_councils=True,
    ),
    Basis(
        date(2025, 3, 1),
        date(2025, 6, 15),
        "Luật Tổ chức chính quyền địa phương ngày 19 tháng 02 năm 2025",
        of_councils=True,
    ),
    Basis(date(2025, 6, 16), None, "Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025", of_councils=True),
    Basis(
        date(2014, 6, 1),
        date(2023, 12, 31),
        f"{_LAW} ngày 26 tháng 11 năm 2003; Luật sửa đổi, bổ sung một số điều của {_LAW} ngày 14 tháng 6 năm 2005 và ngày 16 "
        "tháng 11 năm 2013",
    ),
    Basis(date(2024, 1, 1), date(2026, 9, 30), f"{_LAW} ngày 15 tháng 6 năm 2022"),
    Basis(
        date(2026, 10, 1),
        None,
        f"{_LAW} ngày 15 tháng 6 năm 2022; Luật sửa đổi, bổ sung một số điều của {_LAW} ngày 23 tháng 4 năm 2026",
    ),
    Basis(
        date(2017, 10, 1),
        date(2023, 12, 31),
        f"Nghị định số 91/2017/NĐ-CP ngày 31 tháng 7 năm 2017 của Chính phủ {_DETAILS}",
    ),
    Basis(
        date(2024, 1, 1),
        date(2025, 6, 30),
        f"Nghị định số 98/2023/NĐ-CP ngày 31 tháng 12 năm 2023 của Chính phủ {_DETAILS}",
    ),
    Basis(
        date(2025, 7, 1),
        date(2027, 2, 28),
        "Nghị định số 152/2025/NĐ-CP ngày 14 tháng 6 năm 2025 của Chính phủ quy định về phân cấp, phân quyền trong lĩnh vực thi "
        f"đua, khen thưởng; quy định chi tiết và hướng dẫn thi hành một số điều của {_LAW}",
    ),
]
_COUNCILS = (Unit.Kind.PROVINCE, Unit.Kind.DISTRICT, Unit.Kind.COMMUNE)


def bases_on(day: date, issuer) -> list[str]:
    """The legal bases of a decision that ``issuer`` makes on ``day``, one line each without its mark."""
    return [
        f"Căn cứ {row.words}"
        for row in BASES
        if row.begins <= day
        and (row.ends is None or day <= row.ends)
        and (not row.of_councils or issuer.kind in _COUNCILS)
    ]
