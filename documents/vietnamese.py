"""Dates, numbers and marks as Vietnamese official papers write them (NĐ 30/2020/NĐ-CP, Phụ lục I, Mục II)."""


def number_text(number: int) -> str:
    """A document's number: with a zero before those below 10."""
    return f"{number:02d}"


def day_text(day: int) -> str:
    """A day of the month: with a zero before those below 10."""
    return f"{day:02d}"


def month_text(month: int) -> str:
    """A month: with a zero before 1 and 2 only (Mục II, khoản 4)."""
    return f"{month:02d}" if month < 3 else str(month)


def roman(number: int) -> str:
    """1–39 in Roman figures, for appendices."""
    return "X" * (number // 10) + ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"][number % 10]


def without_mark(text: str) -> str:
    """``text`` without the mark that a list will add to it."""
    return text.rstrip(" ;.,")


def marked(items) -> list[str]:
    """Items of a list with their marks: a semicolon after each, a full stop after the last."""
    items = [without_mark(item) for item in items]
    return [f"{item};" for item in items[:-1]] + [f"{item}." for item in items[-1:]]


def lower_first(text: str) -> str:
    """``text`` with a small first letter, unless the first word is an abbreviation or a name in capitals."""
    first = text.split(" ", 1)[0]
    return text if len(first) > 1 and first.isupper() else text[:1].lower() + text[1:]
