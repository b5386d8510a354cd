"""The folder that is shared with the system beside (``EXCHANGE_DIR``): packages are laid there for it, and taken from there.

Nothing here sends anything. Whoever looks into the folder sees whole files alone; two who take at once take each file once.
"""

import errno
import fcntl
import os
import re
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings

from ..checks.inspecting import own_name
from ..steps.refusing import Refused
from .elements import MOST_BYTES

OUT, IN, TAKEN, FAULTY = "gui", "nhan", "da-nhan", "loi"
SUFFIX = ".edxml"
SUFFIXES = (SUFFIX, ".xml")
# As many files, and seconds, as one click takes; and a file that was changed so lately may still be written.
MOST_AT_ONCE, LONGEST, WRITTEN_FOR = 200, 20, 15
# Bytes of a name.
_LONGEST = 150
_WHY = {
    errno.ENOENT: "không có thư mục",
    errno.EACCES: "không có quyền",
    errno.EPERM: "không có quyền",
    errno.ENOSPC: "đĩa đầy",
    errno.EBUSY: "tệp đang bị giữ",
}


def has_folder() -> bool:
    """Whether the office shares a folder with a system that speaks to the axis."""
    return bool(settings.EXCHANGE_DIR)


def file_name(package) -> str:
    """How the file of a package is called."""
    return f"{package.pk:06d}-{re.sub(r'[^0-9A-Za-z]+', '-', package.key)[:80].strip('-')}{SUFFIX}"


def drop(package) -> Path | None:
    """Lay a package into the folder from which the system beside takes it; None where there is none, or it cannot be written."""
    return lay(file_name(package), bytes(package.content))


def lay(name, content) -> Path | None:
    """As ``drop``, for the file ``name``."""
    if not has_folder():
        return None
    place = Path(settings.EXCHANGE_DIR) / OUT / name
    return place if _written(place, content) else None


def _written(place, content) -> bool:
    """Whether ``content`` lies at ``place``: under its name only when it is whole, and nothing of it where the disk is full."""
    half = place.with_suffix(".part")
    try:
        place.parent.mkdir(exist_ok=True)  # a share that is not there is not made here, where nobody fetches anything
        half.write_bytes(content)
        os.replace(half, place)
    except OSError:
        with suppress(OSError):
            half.unlink(missing_ok=True)
        return False
    return True


def lies_there(package) -> bool:
    """Whether the file of ``package`` lies in the folder and waits for the system beside."""
    try:
        return has_folder() and (Path(settings.EXCHANGE_DIR) / OUT / file_name(package)).is_file()
    except OSError:
        return False


@dataclass
class Collected:
    """What one click took: ``taken`` by kind, a line for each file that was not, and how many are left."""

    packages: int = 0
    states: int = 0
    doubles: int = 0
    refused: list[str] = field(default_factory=list)
    left: int = 0


def waiting_files() -> list[Path]:
    """The files that lie in the folder and wait to be taken, by name. Raises ``Refused`` where the folder cannot be read."""
    if not has_folder():
        return []
    try:
        with os.scandir(Path(settings.EXCHANGE_DIR) / IN) as rows:
            return sorted(Path(row.path) for row in rows if _is_one(row))
    except OSError as error:
        raise _unusable(error) from None


def _unusable(error) -> Refused:
    return Refused(
        f"Không dùng được thư mục nhận gói ({_why(error)}). Báo người quản trị xem lại EXCHANGE_DIR và quyền của thư mục."
    )


def _is_one(row) -> bool:
    return row.name.lower().endswith(SUFFIXES) and row.is_file(follow_symlinks=False)


def collect(take) -> Collected:
    """Hand the bytes of each file that waits in the folder to ``take``, which tells what it was, or raises ``Refused``.

    What was taken is laid aside; what was not too, beside a text that says why. One that may still be written, or cannot be
    read or moved, stays. Raises ``Refused`` where somebody else is taking, or the folder cannot be used.
    """
    found = Collected()
    with _alone():
        files, until = waiting_files(), time.monotonic() + LONGEST
        for number, place in enumerate(files):
            if number >= MOST_AT_ONCE or time.monotonic() > until:
                found.left += len(files) - number
                break
            try:
                _collect_one(place, take, found)
            except FileNotFoundError:
                continue  # the system beside took it back
            except OSError as error:
                found.refused.append(f"{own_name(place.name)}: không đọc hoặc không chuyển được tệp ({_why(error)}).")
    return found


def _why(error) -> str:
    return _WHY.get(error.errno, error.strerror or "lỗi đọc ghi")


@contextmanager
def _alone():
    """Hold the folder while its files are taken."""
    try:
        lock = os.open(Path(settings.EXCHANGE_DIR) / IN / ".khoa", os.O_RDWR | os.O_CREAT, 0o660)
    except OSError as error:
        raise _unusable(error) from None
    try:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise Refused("Có người đang lấy gói từ thư mục. Hãy đợi một lát rồi tải lại trang.") from None
        yield
    finally:
        os.close(lock)


def _collect_one(place, take, found):
    """Take one file. Raises ``OSError`` where it cannot be read or moved."""
    # A clock beside that goes ahead by much makes no file fresh for ever.
    is_fresh = abs(time.time() - place.stat().st_mtime) < WRITTEN_FOR
    try:
        if place.stat().st_size > MOST_BYTES:
            raise Refused(f"Gói lớn quá {MOST_BYTES // 1024 // 1024} MB.")
        kind = take(place.read_bytes())
    except Refused as why:
        if is_fresh:
            found.left += 1
            return
        found.refused.append(f"{own_name(place.name)}: {why}")
        _lay_aside(place, FAULTY, str(why))
    else:
        setattr(found, kind, getattr(found, kind) + 1)
        _lay_aside(place, TAKEN)


def _lay_aside(place, folder, why=""):
    """Move a file away under a name that nothing there has."""
    target = place.parent / folder
    target.mkdir(exist_ok=True)
    stem = place.stem.encode("utf-8", "replace")[:_LONGEST].decode(errors="ignore")
    names = (f"{stem}{f'-{number}' if number else ''}{place.suffix}" for number in range(10_000))
    free = next(target / name for name in names if not (target / name).exists())
    os.replace(place, free)
    if why:
        free.with_name(f"{free.name}.txt").write_text(why, "utf-8")
