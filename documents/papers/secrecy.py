"""Secret papers are not kept here: how their marks are known, and what is said.

Source: Luật Bảo vệ bí mật nhà nước 2018, which has them written, numbered and kept apart.
"""

import re

_MARK = re.compile(r"(?<!\w)(TUYỆT MẬT|TỐI MẬT|MẬT)(?!\w)")
# Words that make another word of it: "bí mật", "mật ong".
_OTHER_BEFORE = re.compile(
    r"(?<!\w)(?:BÍ|BẢO|CƠ|THÂN|CHẶT|MÃ|HỘI|ĐƯỜNG|RỈ|PHẤN|TUẦN TRĂNG|DỊCH|TÚI|ỐNG)\s+$", re.IGNORECASE
)
_OTHER_BEHIND = re.compile(
    r"\s+(?:ONG|MÃ|ĐỘ|KHẨU|THÁM|THIẾT|HIỆU|THƯ|ƯỚC|LỆNH|DANH|NGHỊ|HOA|MÍA|VỤ)(?!\w)", re.IGNORECASE
)
_WORD_BEFORE = re.compile(r"(\w+),?[ \t\u00a0]+$")
_WORD_BEHIND = re.compile(r",?[ \t\u00a0]+(\w+)")
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
    marks = (found for text in texts for found in _MARK.finditer(text) if _stands_out(text, found))
    return next((found[1] for found in marks), "")


def _stands_out(text, found) -> bool:
    """Whether capitals make it a mark: not in a title all in capitals, unless it begins the text or stands between marks."""
    before, behind = text[: found.start()], text[found.end() :]
    if _OTHER_BEFORE.search(before) or _OTHER_BEHIND.match(behind):
        return False
    if not before.strip():
        return True
    words = [word[1] for word in (_WORD_BEFORE.search(before), _WORD_BEHIND.match(behind)) if word]
    return not words or any(word != word.upper() for word in words)
