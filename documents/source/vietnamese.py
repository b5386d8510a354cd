"""Dates, numbers and marks as Vietnamese official papers write them (NĐ 30/2020/NĐ-CP, Phụ lục I and II)."""

_ROMAN = ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"]
_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_SCALES = ("", "nghìn", "triệu")


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


def number_in_words(number: int) -> str:
    """``1005`` → ``một nghìn không trăm linh năm``. Raises ``ValueError`` below 0 and for what is not whole."""
    if isinstance(number, bool) or not isinstance(number, int):
        raise ValueError(f"Không phải số nguyên: {number}.")
    if number < 0:
        raise ValueError(f"Số âm không đọc thành chữ: {number}.")
    return " ".join(_read(number, False)) or _DIGITS[0]


def _read(number: int, is_inside: bool) -> list[str]:
    """The words of a number, in steps of 10^9 (tỷ); inside a greater one a group keeps its hundreds."""
    above, below = divmod(number, 10**9)
    words = [*_read(above, is_inside), "tỷ"] if above else []
    is_inside = is_inside or bool(above)
    for power in (2, 1, 0):
        group = below // 1000**power % 1000
        if group:
            words += [*_group(group, is_inside), _SCALES[power]]
            is_inside = True
    return [word for word in words if word]


def _group(group: int, is_inside: bool) -> list[str]:
    """Three digits. linh before a lone unit, mười or mươi, mốt after mươi, lăm after any ten; bốn after mười, tư after mươi."""
    hundreds, tens, unit = group // 100, group // 10 % 10, group % 10
    words = [_DIGITS[hundreds], "trăm"] if hundreds or is_inside else []
    if tens == 1:
        words.append("mười")
    elif tens:
        words += [_DIGITS[tens], "mươi"]
    elif unit and words:
        words.append("linh")
    if unit:
        special = {(True, 1): "mốt", (True, 4): "tư", (True, 5): "lăm", (False, 5): "lăm"}
        words.append(special.get((tens > 1, unit), _DIGITS[unit]) if tens else _DIGITS[unit])
    return words


def amount_in_words(amount: int) -> str:
    """``710000`` → ``Bảy trăm mười nghìn đồng``"""
    words = number_in_words(amount)
    return f"{words[0].upper()}{words[1:]} đồng"
