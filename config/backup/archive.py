"""The file of a backup: written, read from end to end, put back.

A tar of ``manifest.json``, the database (``database.sqlite3``, or ``database.dump`` of ``pg_dump``) and ``media/…``, with
``NAME.tar.sha256`` beside it, as ``sha256sum -c`` reads it. The manifest says of each file its size and SHA-256, of each
table how many rows it has and one figure of all rows, so that what was put back is compared row by row.
"""

import hashlib
import json
import os
import shutil
import tarfile
import tempfile
from pathlib import Path

from django.conf import settings as program

from . import databases
from .databases import Failed

MANIFEST, MEDIA = "manifest.json", "media"
FORMAT = 1


def sha256_of(path) -> str:
    """The SHA-256 of a file."""
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _media() -> Path:
    if not program.STORAGES["default"]["BACKEND"].endswith("FileSystemStorage"):
        raise Failed(
            "Tệp đính kèm không nằm trên máy này mà ở kho lưu trữ riêng. Hãy sao lưu kho đó bằng công cụ của kho."
        )
    return Path(program.MEDIA_ROOT)


class _Hashed:
    """A file that is read once, for the tar and for its SHA-256."""

    def __init__(self, file):
        self.file, self.sha256 = file, hashlib.sha256()

    def read(self, size=-1):
        content = self.file.read(size)
        self.sha256.update(content)
        return content


def _add(tar, path, name) -> dict:
    """Put a file into the tar; gives its line of the manifest."""
    with open(path, "rb") as file:
        hashed = _Hashed(file)
        told = tar.gettarinfo(arcname=name, fileobj=file)
        told.uid = told.gid = 0
        told.uname = told.gname = ""
        tar.addfile(told, hashed)
    return {"name": name, "size": told.size, "sha256": hashed.sha256.hexdigest()}


def back_up(folder: Path, name: str) -> Path:
    """Write ``name``.tar with all that is kept into ``folder``, and its SHA-256 beside it; gives the path of the tar.

    Neither is there under its name before it is whole. The database is taken first: a file that came later is one too many,
    and none that a row names is missing. Raises ``Failed``.
    """
    engine, settings = databases.found()
    media = _media()
    target, draft = folder / f"{name}.tar", folder / f".{name}.tar.part"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder, prefix=".database-") as work:
            dump = Path(work) / databases.DUMPS[engine]
            tables = databases.DUMP[engine](settings, dump)
            with tarfile.open(draft, "w", format=tarfile.PAX_FORMAT) as tar:
                files = [_add(tar, dump, dump.name), *_add_media(tar, media)]
                manifest = Path(work) / MANIFEST
                told = {"format": FORMAT, "engine": engine, "tables": tables, "files": files}
                manifest.write_text(json.dumps(told, ensure_ascii=False, indent=1), encoding="utf-8")
                _add(tar, manifest, MANIFEST)
        _sync(draft)
        side = folder / f"{name}.tar.sha256"
        side.write_text(f"{sha256_of(draft)}  {target.name}\n", encoding="utf-8")
        draft.rename(target)
    except OSError as error:
        raise Failed(
            f"Không ghi được bản sao lưu vào {folder}: {error.strerror}. Hãy kiểm tra chỗ trống và quyền ghi."
        ) from error
    finally:
        if draft.parent.is_dir():
            draft.unlink(missing_ok=True)
    return target


def _sync(path):
    with open(path, "rb") as file:
        os.fsync(file.fileno())


def _add_media(tar, media):
    for path in sorted(media.rglob("*")) if media.exists() else ():
        # What a person took out between the listing and now is gone.
        if path.is_file() and not path.is_symlink():
            yield _add(tar, path, f"{MEDIA}/{path.relative_to(media).as_posix()}")


def check(path: Path) -> dict:
    """Read a backup from end to end; gives its manifest. Raises ``Failed`` where one byte is not as it was written."""
    side = Path(f"{path}.sha256")
    if not path.exists() or not side.exists():
        raise Failed(
            f"Không thấy {path if not path.exists() else side}. Mỗi bản sao lưu gồm hai tệp: .tar và .tar.sha256."
        )
    whole = side.read_text(encoding="utf-8", errors="replace").split(" ")[0] == sha256_of(path)
    try:
        manifest, found = _read(path)
    except (tarfile.TarError, ValueError, KeyError, OSError) as error:
        raise Failed(f"Bản sao lưu {path} hỏng, không đọc được. Hãy dùng bản khác.") from error
    wanted = {row["name"]: row["sha256"] for row in manifest["files"]}
    wrong = sorted(name for name in wanted.keys() | found.keys() if wanted.get(name) != found.get(name))
    if wrong or not whole:
        told = f" Sai ở: {'; '.join(wrong[:10])}." if wrong else ""
        raise Failed(f"Bản sao lưu {path} đã bị thay đổi hoặc hỏng.{told} Hãy dùng bản khác.")
    return manifest


def _read(path) -> tuple[dict, dict]:
    """The manifest, and {name: SHA-256} of all other files of the tar."""
    manifest, found = None, {}
    with tarfile.open(path) as tar:
        for member in tar:
            content = tar.extractfile(member)
            if content is None:
                raise ValueError(f"{member.name} is no file")
            if member.name == MANIFEST:
                manifest = json.load(content)
            else:
                found[member.name] = hashlib.file_digest(content, "sha256").hexdigest()
    if manifest is None or manifest["format"] != FORMAT:
        raise ValueError("no manifest")
    return manifest, found


def restore(path: Path) -> dict:
    """Put a backup back on a machine that holds nothing yet, and compare each table with what it was; gives the manifest.

    Raises ``Failed``: for a backup that is damaged or of another kind of database, and where database or folder are not
    empty. Nothing that is there is ever written over.
    """
    manifest = check(path)
    engine, settings = databases.found()
    media = _media()
    if manifest["engine"] != engine:
        raise Failed(
            f"Bản sao lưu là của {manifest['engine']}, DATABASE_URL trên máy này là {engine}. Hãy đặt lại DATABASE_URL."
        )
    if not databases.IS_EMPTY[engine](settings):
        raise Failed("Cơ sở dữ liệu trên máy này đã có bảng. Hãy phục hồi vào một cơ sở dữ liệu trống.")
    if media.exists() and any(media.iterdir()):
        raise Failed(f"Thư mục {media} không trống. Hãy phục hồi vào một thư mục trống.")
    with tempfile.TemporaryDirectory(prefix="phuc-hoi-") as work, tarfile.open(path) as tar:
        tar.extractall(work, filter="data")
        shown = databases.LOAD[engine](settings, Path(work) / databases.DUMPS[engine])
        if (Path(work) / MEDIA).exists():
            shutil.copytree(Path(work) / MEDIA, media, dirs_exist_ok=True)
    _compare(manifest, shown, media)
    return manifest


def _compare(manifest, tables, media):
    """Raise ``Failed`` where what stands on this machine is not what the manifest says."""
    wrong = sorted(
        name for name in manifest["tables"].keys() | tables.keys() if manifest["tables"].get(name) != tables.get(name)
    )
    files = [row for row in manifest["files"] if row["name"].startswith(f"{MEDIA}/")]
    wrong += [
        row["name"]
        for row in files
        if sha256_of(media.parent.joinpath(media.name, row["name"][len(MEDIA) + 1 :])) != row["sha256"]
    ]
    if wrong:
        raise Failed(
            f"Đã phục hồi nhưng không khớp ở: {'; '.join(wrong[:10])}. Đừng dùng, hãy làm lại từ bản sao lưu khác."
        )


def forget_old(folder: Path, keep: int) -> list[str]:
    """Take away all but the ``keep`` newest backups of ``folder``; gives the names of those that went."""
    old = sorted(folder.glob("thi-dua-*.tar"), reverse=True)[keep:]
    for path in old:
        path.unlink()
        Path(f"{path}.sha256").unlink(missing_ok=True)
    return [path.name for path in old]
