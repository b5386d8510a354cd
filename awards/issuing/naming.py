"""How a decision speaks of what it gives: «Tặng danh hiệu “Tập thể lao động xuất sắc”», «Tặng Bằng khen của …»."""

from collections import Counter

from documents.source.vietnamese import count_text

from ..catalogue.models import AwardType, Whom

_COUNTED = {Whom.COLLECTIVE: "tập thể", Whom.PERSON: "cá nhân", Whom.HOUSEHOLD: "hộ gia đình"}
_KINDS = {"title": "danh hiệu thi đua", "flag": "cờ thi đua"}


def kind_of(award: AwardType) -> str:
    """What goes into one decision together: flags, other titles, each form of commendation."""
    return "flag" if award.is_flag else award.form


def given(book, award: AwardType) -> str:
    """What is given, as it stands behind ``tặng``: ``danh hiệu “Tập thể lao động xuất sắc”``; of a form its name alone."""
    name = book.name(award.code)
    return f"danh hiệu {name}" if award.is_title and not award.is_flag else name


def subject_of(book, types) -> str:
    """Of what a decision is: ``tặng Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh``."""
    several = list(dict.fromkeys(types))
    if len(several) == 1:
        return f"tặng {given(book, several[0])}"
    kind = kind_of(several[0])
    return f"tặng {_KINDS.get(kind) or AwardType.Form(kind).label.lower()}"


def counted(kinds) -> str:
    """``05 tập thể, 12 cá nhân`` of the kinds of recipients, collectives first."""
    numbers = Counter(kinds)
    return ", ".join(f"{count_text(numbers[kind])} {words}" for kind, words in _COUNTED.items() if numbers[kind])
