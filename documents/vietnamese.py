"""Dates, numbers, marks and names as Vietnamese official papers write them (NĐ 30/2020/NĐ-CP, Phụ lục I and II)."""

import re

_ROMAN = ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"]
# Administrative units are written small before their name, which is written large (Phụ lục II, mục III).
_UNIT = re.compile(
    r"\b(tỉnh(?! ủy\b| đoàn\b)|thành phố|huyện(?! ủy\b| đoàn\b)|thị xã|xã(?! hội\b)|phường|thị trấn|đặc khu) (.+)$"
)
_KINDS = "sở|ban|bộ|cục|chi cục|phòng|văn phòng|trung tâm|hội đồng|liên đoàn|thanh tra|kho bạc|trường"
_BODY = re.compile(rf"({_KINDS}) (?!nhân dân\b)(.+)")
_ABBREVIATIONS = re.compile(r"\b(ubnd|hđnd|mttq|tđkt)\b", re.I)


def number_text(number: int) -> str:
    """A document's number: with a zero before those below 10 (Phụ lục I, mục II, khoản 3)."""
    return f"{number:02d}"


def day_text(day: int) -> str:
    """A day of the month: with a zero before those below 10 (mục II, khoản 4)."""
    return f"{day:02d}"


def month_text(month: int) -> str:
    """A month: with a zero before 1 and 2 only (mục II, khoản 4)."""
    return f"{month:02d}" if month < 3 else str(month)


def roman(number: int) -> str:
    """1–89 in Roman figures, for appendices."""
    tens, ones = divmod(number, 10)
    fifty = "L" if tens >= 5 else ""
    return ("XL" if tens == 4 else fifty + "X" * (tens % 5)) + _ROMAN[ones]


def without_mark(text: str) -> str:
    """``text`` without the mark that a list will add to it."""
    return text.rstrip(" ;.,")


def marked(items) -> list[str]:
    """Items of a list with their marks: a semicolon after each, a full stop after the last."""
    items = [without_mark(item) for item in items]
    return [f"{item};" for item in items[:-1]] + [f"{item}." for item in items[-1:]]


def body_name(capitals: str) -> str:
    """The name of a body out of capitals: ``SỞ NỘI VỤ`` → ``Sở Nội vụ`` (Phụ lục II, mục IV); mixed case stays."""
    if capitals != capitals.upper():
        return capitals
    text = capitals.lower()
    unit = _UNIT.search(text)
    head, tail = (text[: unit.start()].strip(), f"{unit[1]} {unit[2].title()}") if unit else (text, "")
    body = _BODY.fullmatch(head)
    head = f"{_large(body[1])} {_functions(body[2])}" if body else _large(head)
    named = _ABBREVIATIONS.sub(lambda found: found[0].upper(), f"{head} {tail}".strip())
    return _large(named)


def _functions(words: str) -> str:
    """Each field of work begins large: ``Văn hóa, Thể thao và Du lịch``."""
    return "".join(
        part if part in (" và ", ", ", " - ") else _large(part) for part in re.split(r"( và |, | - )", words)
    )


def _large(text: str) -> str:
    return text[:1].upper() + text[1:]


def continued(text: str) -> str:
    """``text`` as it goes on behind other words: its first letter small, unless an abbreviation or a name begins it."""
    first, second = [*text.split(), "", ""][:2]
    is_name = (len(first) > 1 and first == first.upper()) or second[:1].isupper()
    return text if is_name else text[:1].lower() + text[1:]
