"""Passwords: the demonstration's published one, and what is too easy to guess."""

import re

from django.conf import settings
from django.core.exceptions import ValidationError
from zxcvbn import zxcvbn

from .text import fold

DEMO_PASSWORD = "thi-dua-2020"  # noqa: S105  published on purpose: it opens demonstrations only
DEMO_USERNAMES = (
    "quantri",
    "chuyenvien",
    "lanhdao",
    "vanthu",
    "lanhdaotinh",
    "vanthutinh",
    "thukho",
    "truongcum",
    "phocum",
    "donvi",
    "donvikhac",
    "uyvien",
)
# Guesses that somebody who knows person and office would need. At ten guesses an hour, which the login page allows, a
# hundredth of them would do; this one holds against a stolen database hashed as ours is.
LEAST_GUESSES = 10**9
# Longer ones are judged by their beginning: what is judged takes time that grows with the square of the length.
JUDGED = 72
# What people of this office try first; English words, names, keyboards, days and sequences zxcvbn knows itself.
OFFICE_WORDS = (
    DEMO_PASSWORD,
    *("matkhau", "khautuong", "thidua", "khenthuong", "thiduakhenthuong", "sonoivu", "ubnd", "langson", "tinhlangson"),
    *("vietnam", "hanoi", "saigon", "chinhphu", "nhanuoc", "nhandan", "congchuc", "canbo", "bacho", "hochiminh"),
    *("xinchao", "anhyeuem", "emyeuanh"),
    *DEMO_USERNAMES,
)


class NotTheDemoPassword:
    """A password validator that refuses the demonstration's password in real use."""

    def validate(self, password, user=None):
        """Raise ``ValidationError`` if ``password`` is the published one and this is not a demonstration."""
        if settings.REAL_USE and password.strip().lower() == DEMO_PASSWORD:
            raise ValidationError("Mật khẩu này đã công bố cho bản trình diễn. Hãy chọn mật khẩu khác.")

    def get_help_text(self):
        return "Không dùng mật khẩu của bản trình diễn."


class HardToGuess:
    """A password validator that refuses what is guessed soon: words in use, names, repeats, keyboards, days."""

    def validate(self, password, user=None):
        """Raise ``ValidationError`` where fewer than ``LEAST_GUESSES`` would find ``password``."""
        # As typed, and without accents and spaces: «mật khẩu» is in no list of words, «matkhau» is in ours.
        forms = {password[:JUDGED], re.sub(r"\W+", "", fold(password))[:JUDGED]} - {""}
        known = [*OFFICE_WORDS, *_names_of(user)]
        if any(zxcvbn(form, user_inputs=known)["guesses"] < LEAST_GUESSES for form in forms):
            raise ValidationError(
                "Mật khẩu này dễ đoán (từ hay dùng, tên người, chữ lặp lại, dãy phím, ngày tháng). "
                "Hãy ghép bốn từ không liên quan, ví dụ bốn đồ vật quanh bạn, hoặc thêm vài từ nữa."
            )

    def get_help_text(self):
        return "Không dùng từ dễ đoán, tên mình, chữ lặp lại, dãy phím hay ngày tháng. Bốn từ không liên quan là tốt."


def _names_of(user) -> list[str]:
    """What others know of a person: each name, all of them as one word, the user name, those of the unit."""
    if user is None:
        return []
    told = [user.username, getattr(user, "full_name", ""), str(getattr(user, "unit", None) or "")]
    parts = [re.findall(r"\w+", fold(words)) for words in told]
    return list(
        dict.fromkeys([*(word for words in parts for word in words), *("".join(words) for words in parts if words)])
    )
