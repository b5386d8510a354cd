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


def full_day(day) -> str:
    """``ngày 05 tháng 02 năm 2020``, as it stands in a sentence."""
    return f"ngày {day_text(day.day)} tháng {month_text(day.month)} năm {day.year}"


def table_day(day) -> str:
    """``05/02/2020``, ``10/7/2020``: the same day where there is little room."""
    return f"{day_text(day.day)}/{month_text(day.month)}/{day.year}"


def count_text(number: int) -> str:
    """A count: ``03``, ``40``, ``1.245``; with a zero before those below 10, as numbers and days have it."""
    return f"{number:02d}" if 0 < number < 10 else f"{number:,}".replace(",", ".")


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
