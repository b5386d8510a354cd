"""What keeps the program from answering though nothing is wrong with it: which it is, and who can mend it."""

import errno
from dataclasses import dataclass

from django.db import DatabaseError, InterfaceError

from documents.typesetting.apart import NotSet

_DISK = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_RIGHTS = {errno.EACCES, errno.EPERM, errno.EROFS}
# What the databases say, in parts of their words: SQLite, PostgreSQL.
_FULL = ("disk is full", "no space left", "could not extend file", "disk i/o error")
_WRITE = ("readonly database", "unable to open database file", "read-only transaction", "permission denied")
_BUSY = (
    "database is locked",
    "table is locked",
    "lock timeout",
    "deadlock detected",
    "too many clients",
    "connection slots",
)
_AWAY = ("could not connect", "connection refused", "connection failed", "server closed the connection", "starting up")
_AWAY += ("shutting down", "connection already closed", "terminating connection", "could not translate host name")


@dataclass(frozen=True)
class Trouble:
    """What the page says: in its head, what it is, and what to do. ``seconds``: when trying again may help."""

    head: str
    words: str
    seconds: int = 0


_MENDS = "Hãy báo người quản trị máy chủ, đưa cho họ xem dòng này"
FULL = Trouble(
    "Đĩa của máy chủ đã đầy", f"Không còn chỗ để ghi. {_MENDS}: cần dọn bớt hoặc thêm đĩa, rồi làm lại việc vừa rồi."
)
DATABASE_WRITE = Trouble(
    "Không ghi được cơ sở dữ liệu", f"{_MENDS}: tệp cơ sở dữ liệu hoặc thư mục của nó không cho chương trình ghi."
)
BUSY = Trouble(
    "Cơ sở dữ liệu đang bận",
    "Có người khác đang ghi và chưa xong. Hãy thử lại sau một phút; nếu vẫn vậy, báo người quản trị máy chủ.",
    60,
)
AWAY = Trouble(
    "Không nối được cơ sở dữ liệu",
    "Cơ sở dữ liệu đang dừng hoặc khởi động lại. Hãy thử lại sau vài phút; nếu vẫn vậy, báo người quản trị máy chủ.",
    60,
)


def trouble_of(error) -> Trouble | None:
    """What ``error`` comes from, where it is the machine and not the program."""
    while error:
        if found := _of_one(error):
            return found
        error = error.__cause__ or error.__context__
    return None


def _of_one(error):
    if isinstance(error, NotSet):
        words = str(error)
        return Trouble(
            "Chưa dựng được trang", f"{words[:1].upper()}{words[1:]}{'' if words.endswith('.') else '.'}", 10
        )
    if isinstance(error, DatabaseError | InterfaceError):
        return _of_database(str(error).lower())
    if isinstance(error, OSError):
        return _of_files(error)
    return None


def _of_database(words):
    kinds = [(_FULL, FULL), (_WRITE, DATABASE_WRITE), (_BUSY, BUSY), (_AWAY, AWAY)]
    return next((trouble for parts, trouble in kinds if any(part in words for part in parts)), None)


def _of_files(error):
    if error.errno in _DISK:
        return FULL
    if error.errno in _RIGHTS and error.filename:
        return Trouble(
            "Không ghi hoặc đọc được tệp trên máy chủ",
            f"{_MENDS}: chương trình chưa có quyền với «{error.filename}».",
        )
    return None
