"""Small pictures: small, upright, seen by those who may see the picture, gone with it."""

import io
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from documents.models import Document, Upload
from documents.scans.actions import erase, withdraw
from documents.uploads import keep
from documents.uploads.thumbnails import LONGEST, flat

TURNED = 0x0112  # EXIF: how the telephone was held


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def photograph(format_="JPEG", size=(4000, 3000), colour="#336699", **save):
    memory = io.BytesIO()
    Image.new("RGBA" if format_ == "PNG" else "RGB", size, colour).save(memory, format_, **save)
    suffix = "png" if format_ == "PNG" else "jpg"
    return SimpleUploadedFile(f"anh.{suffix}", memory.getvalue())


def small(client, upload):
    answer = client.get(upload.get_absolute_url(), {"nho": 1})
    assert answer.status_code == 200
    assert answer["Content-Type"] == "image/jpeg"
    return Image.open(io.BytesIO(answer.getvalue()))


def test_a_photograph_is_shown_small_and_kept_whole(draft, officer, client_of):
    file = photograph()
    upload = keep(file, by=officer, kind=Upload.Kind.SCAN, document=draft)
    client = client_of(officer)
    assert small(client, upload).size == (LONGEST, LONGEST * 3 // 4)
    # Asked for again it is the same, made once.
    assert small(client, upload).size == (LONGEST, LONGEST * 3 // 4)
    assert len(list(Path(upload.file.path).parent.iterdir())) == 2
    assert client.get(upload.get_absolute_url()).getvalue() == file.file.getvalue()


def test_a_picture_that_was_held_sideways_stands_upright(draft, officer, client_of):
    exif = Image.Exif()
    exif[TURNED] = 6
    upload = keep(photograph(size=(800, 600), exif=exif), by=officer, kind=Upload.Kind.SCAN, document=draft)
    assert small(client_of(officer), upload).size == (480, 640)


def test_what_shines_through_a_png_is_white(draft, officer, client_of):
    upload = keep(photograph("PNG", (50, 40), (0, 0, 0, 0)), by=officer, kind=Upload.Kind.SCAN, document=draft)
    picture = small(client_of(officer), upload)
    assert (picture.size, picture.getpixel((5, 5))) == ((50, 40), (255, 255, 255))


def test_who_may_not_see_the_picture_gets_no_small_one(draft, officer, stranger, client_of):
    upload = keep(photograph(size=(80, 60)), by=officer, kind=Upload.Kind.SCAN, document=draft)
    assert client_of(stranger).get(upload.get_absolute_url(), {"nho": 1}).status_code == 404


def test_the_small_picture_goes_with_the_content(draft, officer, administrator, client_of):
    upload = keep(photograph(size=(80, 60)), by=officer, kind=Upload.Kind.SCAN, document=draft)
    folder = Path(upload.file.path).parent
    small(client_of(officer), upload)
    withdraw(upload, by=officer, reason="Nhầm")
    erase(upload, by=administrator, reason="Nhầm")
    assert list(folder.iterdir()) == []
    assert client_of(administrator).get(reverse("upload", args=[upload.pk]), {"nho": 1}).status_code == 404


def test_a_picture_that_is_not_on_the_disk_is_not_there(draft, officer, client_of):
    upload = keep(photograph(size=(80, 60)), by=officer, kind=Upload.Kind.SCAN, document=draft)
    Path(upload.file.path).unlink()
    assert client_of(officer).get(upload.get_absolute_url(), {"nho": 1}).status_code == 404
    assert Document.objects.filter(pk=draft.pk).exists()


def test_greys_of_16_bits_are_the_same_greys():
    memory = io.BytesIO()
    steps = [0, 9207, 32896, 49152, 65535]
    Image.frombytes("I;16", (5, 1), b"".join(step.to_bytes(2, "little") for step in steps)).save(memory, "PNG")
    shown = flat(memory, LONGEST)
    assert [shown.getpixel((at, 0)) for at in range(5)] == [(grey,) * 3 for grey in (0, 35, 128, 191, 255)]
