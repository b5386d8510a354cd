"""Secret papers are not kept here: how their marks are known, and what is said.

Source: Luật Bảo vệ bí mật nhà nước 2018, which has them written, numbered and kept apart.
"""

import re

_MARK = re.compile(r"(?<!\w)(TUYỆT MẬT|TỐI MẬT|MẬT)(?!\w)")
NOT_HERE = (
    "Chương trình này không lưu văn bản mật, và chưa lưu gì của văn bản vừa nhập. Hãy đăng ký văn bản vào sổ văn bản mật "
    "của cơ quan và giao người quản lý bí mật nhà nước, theo Luật Bảo vệ bí mật nhà nước năm 2018; không chụp, không nhập "
    "nội dung vào máy tính nối mạng."
)
MARKED = (
    "Có dấu độ mật «{}». Chương trình này không lưu văn bản mật: hãy đăng ký vào sổ văn bản mật của cơ quan "
    "(Luật Bảo vệ bí mật nhà nước năm 2018). Nếu đây không phải độ mật, hãy viết chữ thường."
)


def secret_mark(text: str, *, whole_line=False) -> str:
    """The mark of secrecy that ``text`` bears, in capitals; nothing if none. ``whole_line``: only where it is all of a line."""
    texts = [line for line in text.split("\n") if _MARK.fullmatch(line.strip("*_# ."))] if whole_line else [text]
    found = next(filter(None, map(_MARK.search, texts)), None)
    return found[1] if found else ""
