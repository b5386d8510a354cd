"""What may be told of a person in a good example: no more than the deed needs."""

import re
from datetime import date

from django.utils import timezone

# Where somebody could type what is nobody's business.
WORDS = ["name", "post", "title", "deed", "sources"]

_ADDRESS = re.compile(r"https?://\S+")
_NUMBER = re.compile(r"(?<!\d)\d{9,}(?!\d)")
# ``0912 345 678``, ``+84 912.345.678``: an amount of money never begins like this.
_GROUPED = re.compile(r"(?<![\d.,-])(?:\+?84[ .-]?\d{2,3}|0\d{2,3})(?:[ .-]\d{3,7}){1,3}(?!\d)")
_BIRTHDAY = re.compile(r"\bsinh\s*(?:ngày)?\s*:?\s*\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{4}", re.IGNORECASE)


# The laws on personal data, each from its first day, the newest first.
LAWS = (
    (date(2026, 1, 1), "Luật Bảo vệ dữ liệu cá nhân số 91/2025/QH15"),
    (date(2023, 7, 1), "Nghị định 13/2023/NĐ-CP"),
)


def fault_of_words(text: str) -> str:
    """Why ``text`` tells more of a person than a deed needs; nothing where it does not.

    Looks for numbers of nine digits and more (identity cards, telephones, accounts), together or in groups that begin with
    0 or 84, and for a full date of birth; not inside addresses of pages.
    """
    text = _ADDRESS.sub(" ", text)
    long = _NUMBER.search(text) or next((m for m in _GROUPED.finditer(text) if _digits(m[0]) >= 9), None)
    if long:
        return (
            f"Có dãy số «{long[0]}» giống số định danh, số điện thoại hoặc số tài khoản. Nội dung công bố, in ra không cần "
            f"dữ liệu cá nhân đó ({law_of_today()}). Hãy bỏ đi; nếu là số tiền, hãy ghi kiểu 1.250.000.000."
        )
    if _BIRTHDAY.search(text):
        return f"Nội dung công bố, in ra không cần ngày sinh ({law_of_today()}). Hãy bỏ ngày sinh đi."
    return ""


def law_of_today() -> str:
    """The law on personal data that holds today."""
    held = (law for since, law in LAWS if timezone.localdate() >= since)
    return next(held, LAWS[-1][1])


def _digits(text) -> int:
    return sum(sign.isdecimal() for sign in text)
