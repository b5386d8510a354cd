"""A backup holds all that is kept, one flipped byte in it is found, and what was put back is the same row by row."""

import json
import os
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.db import connection

from config.backup import archive, databases
from config.backup.__main__ import main
from documents.models import Upload
from tests.conftest import make_unit

CONTENT = b"%PDF-1.7 b\xe1\xba\xa3n qu\xc3\xa9t"


def url_of(name):
    """``DATABASE_URL`` of a database beside the one of this test."""
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    told = connection.settings_dict
    return f"postgres://{told['USER']}@:{told['PORT']}/{told['HOST']}/{name}"


def run(command, *words, database, data):
    """``bin/backup`` or ``bin/restore`` as a person calls it; gives status and all that it said."""
    env = os.environ | {"DATABASE_URL": url_of(database), "DATA_DIR": str(data)}
    done = subprocess.run(
        [sys.executable, "-m", "config.backup", command, *map(str, words)],
        env=env, capture_output=True, text=True, cwd=Path(__file__).resolve().parents[2],
    )  # fmt: skip
    return done.returncode, done.stdout + done.stderr


@pytest.fixture
def empty(tmp_path, transactional_db):
    """The name of an empty database."""
    if connection.vendor == "sqlite":
        yield str(tmp_path / "moi" / "db.sqlite3")
        return
    name = f"{connection.settings_dict['NAME']}_moi"
    with connection.cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}"')
    yield name
    with connection.cursor() as cursor:
        cursor.execute(f'DROP DATABASE "{name}"')


def test_what_was_put_back_on_an_empty_machine_is_what_was_there(tmp_path, empty, officer, settings):
    data, new = tmp_path / "cu", tmp_path / "moi"
    settings.MEDIA_ROOT = data / "media"
    upload = Upload.objects.create(
        kind=Upload.Kind.PROOF, area="cum", name="bản quét.pdf", extension=".pdf", content_type="application/pdf",
        size=len(CONTENT), sha256="0" * 64, by=officer, file=ContentFile(CONTENT, name="ban-quet.pdf"),
    )  # fmt: skip
    make_unit("hoi-hoan", "UBND xã Hội Hoan")
    old, folder = connection.settings_dict["NAME"], tmp_path / "sao-luu"

    status, said = run("backup", folder, database=old, data=data)
    assert status == 0, said
    [path] = folder.glob("thi-dua-*.tar")
    assert {member.stat().st_mode & 0o077 for member in folder.iterdir()} == {0}, "others may read it"

    status, said = run("restore", path, database=empty, data=new)
    assert (status, "khớp từng dòng" in said) == (0, True), said
    assert (new / "media" / upload.file.name).read_bytes() == CONTENT

    # What is there is never written over.
    status, said = run("restore", path, database=empty, data=new)
    assert (status, "đã có bảng" in said) == (1, True)

    # A backup of what was put back says the same of every table and file.
    status, said = run("backup", tmp_path / "lan-hai", database=empty, data=new)
    assert status == 0, said
    [again] = (tmp_path / "lan-hai").glob("*.tar")
    first, second = archive.check(path), archive.check(again)
    assert first["tables"] == second["tables"]
    assert first["tables"]["units_unit"]["rows"] == 2
    media = [[row for row in told["files"] if row["name"].startswith("media/")] for told in (first, second)]
    assert media[0] == media[1] != []


# --- One byte


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """A backup of two files, without a database server."""
    folder = tmp_path_factory.mktemp("sao-luu")
    path = folder / "thi-dua-20260101-010000.tar"
    (folder / "database.sqlite3").write_bytes(b"bytes of a database" * 50)
    (folder / "a.pdf").write_bytes(CONTENT)
    with tarfile.open(path, "w", format=tarfile.PAX_FORMAT) as tar:
        files = [
            archive._add(tar, folder / "database.sqlite3", "database.sqlite3"),
            archive._add(tar, folder / "a.pdf", "media/2026/bản quét.pdf"),
        ]
        told = {"format": archive.FORMAT, "engine": "sqlite", "tables": {}, "files": files}
        (folder / "manifest").write_text(json.dumps(told), encoding="utf-8")
        archive._add(tar, folder / "manifest", archive.MANIFEST)
    Path(f"{path}.sha256").write_text(f"{archive.sha256_of(path)}  {path.name}\n")
    return path


def test_a_backup_as_it_was_written_is_whole(kept):
    assert len(archive.check(kept)["files"]) == 2


def flipped(path, target, place):
    """A copy of ``path`` at ``target`` with one bit of the byte at ``place`` turned; its SHA-256 beside it as it was."""
    content = bytearray(path.read_bytes())
    content[place] ^= 1
    target.write_bytes(content)
    return target


@pytest.mark.parametrize("part", [0, 0.1, 0.2, 0.35, 0.5, 0.75, 0.999])
def test_one_flipped_byte_anywhere_is_found(kept, tmp_path, part):
    target = flipped(kept, tmp_path / kept.name, int(part * kept.stat().st_size))
    Path(f"{target}.sha256").write_text(Path(f"{kept}.sha256").read_text())
    with pytest.raises(databases.Failed, match="hỏng"):
        archive.check(target)


def test_the_file_that_is_damaged_is_named(kept, tmp_path):
    place = kept.read_bytes().index(CONTENT) + 3
    target = flipped(kept, tmp_path / kept.name, place)
    # Even where somebody wrote the figure of the whole anew.
    Path(f"{target}.sha256").write_text(f"{archive.sha256_of(target)}  {target.name}\n")
    with pytest.raises(databases.Failed, match=r"Sai ở: media/2026/bản quét\.pdf"):
        archive.check(target)


def test_a_flipped_byte_in_the_figure_itself_is_found(kept, tmp_path):
    target = tmp_path / kept.name
    target.write_bytes(kept.read_bytes())
    flipped(Path(f"{kept}.sha256"), Path(f"{target}.sha256"), 5)
    with pytest.raises(databases.Failed, match="đã bị thay đổi hoặc hỏng"):
        archive.check(target)


def test_half_a_backup_is_told(kept, tmp_path):
    with pytest.raises(databases.Failed, match="hai tệp"):
        archive.check(tmp_path / "khong-co.tar")
    target = tmp_path / kept.name
    target.write_bytes(kept.read_bytes())
    with pytest.raises(databases.Failed, match="sha256"):
        archive.check(target)


# --- Rows


def test_rows_are_the_same_in_any_order_and_no_other():
    rows = [(1, "Hội Hoan", None), (2, "Tân Thanh", b"\x00")]
    figure = databases.figure_of_rows(rows)
    assert figure["rows"] == 2
    assert databases.figure_of_rows(reversed(rows)) == figure
    for other in (
        [(1, "Hội Hoan", None), (2, "Tân Thanh", b"\x01")],
        [(1, "Hội Hoan", "None"), (2, "Tân Thanh", b"\x00")],
        [(1, "Hội Hoan", None)],
        [*rows, rows[0]],
        [("1", "Hội Hoan", None), rows[1]],
    ):
        assert databases.figure_of_rows(other) != figure


def test_the_newest_stay(tmp_path):
    names = [f"thi-dua-2026010{day}-010000.tar" for day in range(1, 6)]
    for name in [*names, "khac.tar"]:
        (tmp_path / name).write_bytes(b"")
        (tmp_path / f"{name}.sha256").write_bytes(b"")
    assert archive.forget_old(tmp_path, 2) == list(reversed(names[:3]))
    assert {path.name for path in tmp_path.glob("*.tar")} == {*names[3:], "khac.tar"}
    assert not (tmp_path / f"{names[0]}.sha256").exists()


def test_a_folder_that_cannot_be_written_is_told(tmp_path, capsys):
    (tmp_path / "tep").write_bytes(b"")
    assert main("backup", [str(tmp_path / "tep" / "con")]) == 1
    assert "Không ghi được" in capsys.readouterr().err
