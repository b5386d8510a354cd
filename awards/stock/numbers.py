"""Numbers of pieces as they are typed: one after the other, or from one to another."""

import re

from units.text import clean

MOST = 10_000
LONGEST = 40
_RANGE = re.compile(r"(?P<head>.*?)(?P<first>[0-9]{1,18})-(?P=head)(?P<last>[0-9]{1,18})")


class NotNumbers(ValueError):
    """What was typed says no numbers; tells why."""


def numbers_of(text: str) -> list[str]:
    """``A07, A09-A11`` as ``[A07, A09, A10, A11]``, in the order in which they were typed. Raises ``NotNumbers``."""
    found = []
    for word in re.split(r"[\s,;]+", clean(text).replace("–", "-")):
        if word:
            found += _numbers(word)
        if len(found) > MOST:
            raise NotNumbers(f"Nhiều hơn {MOST} số hiệu. Hãy chia làm nhiều phiếu.")
    if wrong := next((one for one in found if len(one) > LONGEST), ""):
        raise NotNumbers(f"Số hiệu «{wrong[:LONGEST]}…» dài quá {LONGEST} ký tự.")
    return found


def _numbers(word) -> list[str]:
    # Of two numbers and what parts them, none longer than numbers are: what is longer is told as one.
    span = _RANGE.fullmatch(word) if len(word) <= 2 * LONGEST + 1 else None
    if not span:
        return [word]
    first, last = int(span["first"]), int(span["last"])
    if not 0 <= last - first < MOST:
        raise NotNumbers(f"«{word}» không phải một dải số hiệu. Hãy ghi số nhỏ trước, số lớn sau, ví dụ A01-A50.")
    return [f"{span['head']}{number:0{len(span['first'])}d}" for number in range(first, last + 1)]
