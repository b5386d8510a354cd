"""Dates, numbers and marks as Vietnamese official papers write them (NĐ 30/2020/NĐ-CP, Phụ lục I and II)."""

_ROMAN = ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"]


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
    text = text.rstrip()
    return text.rstrip(" ;.,\u00a0/" if text.endswith("/.") else " ;.,\u00a0")


def marked(items) -> list[str]:
    """Items of a list with their marks: a semicolon after each, a full stop after the last."""
    items = [without_mark(item) for item in items]
    return [f"{item};" for item in items[:-1]] + [f"{item}." for item in items[-1:]]
