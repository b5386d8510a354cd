"""Invented persons of the sample, one for each unit and office: nobody signs, chairs or writes for two units."""

from itertools import product

from units import data
from units.models import Unit

from ..source.authority import head_of

# One string and a split read better than forty quoted words.
_SURNAMES = "Âu Bàng Dương Đàm Hà Hứa La Linh Lường Mông Ngô Phan Sầm Tô Trương Vũ"
_OF_MEN = "Đức Quang Minh Xuân", "Bằng Cảnh Đạt Hiếu Kiên Lâm Nghĩa Quân Tài Vượng"
_OF_WOMEN = "Thu Ngọc Bích Kim", "Cúc Dịu Hiền Huệ Loan Nhung Oanh Phượng Trà Vân"
_FAMILIES = _SURNAMES.split()
_MEN, _WOMEN = (list(product(*(words.split() for words in pair))) for pair in (_OF_MEN, _OF_WOMEN))
_GIVEN = [given for pair in zip(_MEN, _WOMEN, strict=True) for given in pair]
_NAMES = [" ".join([family, *given]) for given, family in product(_GIVEN, _FAMILIES)]
_PLACES = {row["code"]: place for place, row in enumerate(data.units())}
_OFFICES = ("head", "officer")
# No common divisor with the number of names: every step meets another one.
_STEP = 389


def _name(unit, office) -> str:
    place = _PLACES.get(unit.code, len(_PLACES) + unit.pk) * len(_OFFICES) + _OFFICES.index(office)
    return _NAMES[place * _STEP % len(_NAMES)]


def officer_name(unit) -> str:
    """Who works on emulation in ``unit``."""
    return _name(unit, "officer")


def head_on(unit: Unit, day) -> tuple[str, str]:
    """(name, post) of whoever heads ``unit`` on ``day``: the official who signs for it, else an invented person."""
    term = unit.terms.in_force(day).filter(capacity__in=["", "Q."]).select_related("official").first()
    return (term.official.name, term.post) if term else (_name(unit, "head"), head_of(unit))
