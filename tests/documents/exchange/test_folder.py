"""The shared folder: what lies there is taken once, whoever takes; what cannot be read or written is told, never lost."""

import errno
import os
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest
from django.db import connection
from django.urls import reverse

from documents.exchange import folder
from documents.exchange.edxml import written
from documents.exchange.packing import pack
from documents.exchange.taking import collect
from documents.models import AxisPackage
from documents.steps.refusing import Refused

from .test_edxml import PACKAGE
from .test_states import told

pytestmark = pytest.mark.django_db
OLD = time.time() - 3600


@pytest.fixture
def incoming(settings, tmp_path):
    """The folder from which packages are taken."""
    settings.EXCHANGE_DIR = str(tmp_path)
    (tmp_path / "nhan").mkdir()
    return tmp_path / "nhan"


def lay(place: Path, content: bytes):
    """A file that was written a while ago."""
    place.write_bytes(content)
    os.utime(place, (OLD, OLD))


def names(place):
    return sorted(row.name for row in place.iterdir()) if place.exists() else []


def test_what_was_taken_and_what_was_refused_lie_aside_each_with_its_name(incoming, clerk):
    lay(incoming / "a.edxml", written(PACKAGE))
    lay(incoming / "B.XML", b"<html/>")
    lay(incoming / "ghi-chu.txt", b"x")
    found = collect(by=clerk)
    assert (found.packages, found.left, len(found.refused)) == (1, 0, 1)
    assert names(incoming / "da-nhan") == ["a.edxml"]
    assert names(incoming / "loi") == ["B.XML", "B.XML.txt"]
    assert "edXML" in (incoming / "loi" / "B.XML.txt").read_text("utf-8")
    assert (incoming / "ghi-chu.txt").exists()
    assert collect(by=clerk) == folder.Collected()


def test_the_same_name_and_the_same_package_again_lose_nothing(incoming, clerk):
    for number in range(3):
        lay(incoming / "goi.edxml", written(replace(PACKAGE, number=f"{number + 1:02d}")))
        collect(by=clerk)
    lay(incoming / "goi.edxml", written(replace(PACKAGE, number="01")))
    found = collect(by=clerk)
    assert (found.packages, found.doubles, found.refused) == (0, 1, [])
    assert names(incoming / "da-nhan") == ["goi-1.edxml", "goi-2.edxml", "goi-3.edxml", "goi.edxml"]
    assert AxisPackage.objects.count() == 3


def test_a_file_that_is_still_written_stays_until_it_is_whole(incoming, clerk):
    place, content = incoming / "a.edxml", written(PACKAGE)
    place.write_bytes(content[: len(content) // 2])
    found = collect(by=clerk)
    assert (found.packages, found.left, found.refused) == (0, 1, [])
    place.write_bytes(content)
    assert collect(by=clerk).packages == 1


def test_states_are_counted_apart(incoming, issued, organs, clerk, client_of):
    row = pack(issued, organs, by=clerk)[0]
    lay(incoming / "tt.xml", told(row.key, organs[0].code, "01"))
    client = client_of(clerk)
    answer = client.post(reverse("collect_packages"), follow=True).content.decode()
    assert "Đã lấy 0 gói và 1 trạng thái từ thư mục." in answer


@pytest.mark.parametrize("name", ["đ" * 120 + ".edxml", "a\nb.edxml", "nhan\u0301.edxml", "x" * 240 + ".edxml"])
def test_any_name_that_the_disk_takes_is_taken(incoming, clerk, name):
    try:
        lay(incoming / name, b"<html/>")
    except OSError:
        pytest.skip("the disk has shorter names")
    found = collect(by=clerk)
    assert len(found.refused) == 1
    assert len(names(incoming / "loi")) == 2


def test_a_name_in_no_encoding_is_told_without_what_cannot_be_shown(incoming, clerk, client_of):
    lay(Path(os.fsdecode(os.fsencode(incoming) + b"/\xff\xfe.edxml")), b"<html/>")
    assert client_of(clerk).get(reverse("packages")).status_code == 200
    assert client_of(clerk).post(reverse("collect_packages"), follow=True).status_code == 200


def test_links_folders_and_pipes_are_no_packages(incoming, clerk, tmp_path):
    (tmp_path / "bi-mat.xml").write_bytes(written(PACKAGE))
    (incoming / "lien-ket.xml").symlink_to(tmp_path / "bi-mat.xml")
    (incoming / "thu-muc.xml").mkdir()
    os.mkfifo(incoming / "ong.xml")
    assert collect(by=clerk) == folder.Collected()


def test_more_than_one_click_takes_is_left_for_the_next(incoming, clerk, monkeypatch):
    monkeypatch.setattr(folder, "MOST_AT_ONCE", 2)
    for number in range(3):
        lay(incoming / f"{number}.edxml", written(replace(PACKAGE, number=f"{number + 1:02d}")))
    assert [(row.packages, row.left) for row in (collect(by=clerk), collect(by=clerk))] == [(2, 1), (1, 0)]


def test_a_file_that_cannot_be_read_stays_and_is_told(incoming, clerk, monkeypatch):
    lay(incoming / "a.edxml", written(PACKAGE))
    lay(incoming / "b.edxml", written(replace(PACKAGE, number="06")))
    read = Path.read_bytes

    def locked(place):
        if place.name == "a.edxml":
            raise PermissionError(errno.EACCES, "Permission denied")
        return read(place)

    monkeypatch.setattr(Path, "read_bytes", locked)
    found = collect(by=clerk)
    assert (found.packages, found.refused) == (1, ["a.edxml: không đọc hoặc không chuyển được tệp (không có quyền)."])
    assert (incoming / "a.edxml").exists()


def test_a_folder_that_is_not_there_or_that_another_holds_is_told(incoming, clerk, client_of, settings):
    with folder._alone(), pytest.raises(Refused, match="Có người đang lấy gói"):
        collect(by=clerk)
    settings.EXCHANGE_DIR = str(incoming / "khong-co")
    answer = client_of(clerk).post(reverse("collect_packages"), follow=True)
    assert "Không dùng được thư mục nhận gói (không có thư mục)" in answer.content.decode()
    # Before anybody takes anything, too: no file waits there because nobody can look.
    assert "Không dùng được thư mục nhận gói" in client_of(clerk).get(reverse("packages")).content.decode()


def test_a_share_that_is_not_there_is_not_made_on_this_machine(issued, organs, clerk, settings, tmp_path):
    settings.EXCHANGE_DIR = str(tmp_path / "chua-noi")
    assert folder.drop(pack(issued, organs, by=clerk)[0]) is None
    assert not (tmp_path / "chua-noi").exists()


def test_a_broken_file_from_a_clock_that_goes_ahead_is_refused_once(incoming, clerk):
    (incoming / "a.xml").write_bytes(b"<html/>")
    os.utime(incoming / "a.xml", (time.time() + 86400,) * 2)
    found = collect(by=clerk)
    assert (found.left, len(found.refused)) == (0, 1)


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EACCES])
def test_a_package_that_cannot_be_laid_there_is_made_all_the_same(
    issued, organs, clerk, client_of, settings, tmp_path, monkeypatch, number, django_capture_on_commit_callbacks
):
    settings.EXCHANGE_DIR = str(tmp_path)

    def full(place, content):
        with place.open("wb") as file:
            file.write(content[:10])
        raise OSError(number, "no")

    client = client_of(clerk)
    with monkeypatch.context() as patched, django_capture_on_commit_callbacks(execute=True):
        patched.setattr(Path, "write_bytes", full)
        pack(issued, organs, by=clerk)
    assert names(tmp_path / "gui") == []
    row = AxisPackage.objects.get()
    page = client.get(reverse("axis", args=[issued.pk])).content.decode()
    assert reverse("drop_package", args=[row.pk]) in page
    assert client.post(reverse("drop_package", args=[row.pk])).status_code == 302
    assert (tmp_path / "gui" / folder.file_name(row)).read_bytes() == bytes(row.content)
    assert reverse("drop_package", args=[row.pk]) not in client.get(reverse("axis", args=[issued.pk])).content.decode()


@pytest.mark.django_db(transaction=True)
def test_two_who_take_at_once_take_each_file_once(incoming, clerk):
    for number in range(4):
        lay(incoming / f"{number}.edxml", written(replace(PACKAGE, number=f"{number + 1:02d}")))
    done = []

    def click():
        try:
            done.append(collect(by=clerk))
        except Refused as refused:
            done.append(str(refused))
        finally:
            connection.close()

    clicks = [threading.Thread(target=click) for _ in range(2)]
    for thread in clicks:
        thread.start()
    for thread in clicks:
        thread.join()
    counted = [one for one in done if not isinstance(one, str)]
    assert sum(one.packages for one in counted) == 4
    assert not any(one.refused for one in counted)
    assert len(names(incoming / "da-nhan")) == 4
    assert AxisPackage.objects.count() == 4
