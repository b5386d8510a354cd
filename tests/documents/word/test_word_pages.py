"""A Word file that is sent in becomes a draft: looked at first, scoped, logged, forgotten afterwards."""

import io
import random
import zipfile
from datetime import timedelta
from threading import Event

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from documents.jobs import jobs
from documents.management.commands import work
from documents.models import Change, Document, DocumentType, Job, WordFile
from documents.steps.refusing import Refused
from documents.word import actions, forms, views
from documents.word.pages import docx_of
from tests.documents.jobs.workers import done_by_worker

from .incoming import HEAD, WITH_MACROS, bold, deleted, docx, inserted, letter, p, run

pytestmark = pytest.mark.django_db

UPLOAD = "word_upload"


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def sent(visitor, data=None, name="cong-van.docx"):
    """What the page answers to a file."""
    file = SimpleUploadedFile(name, letter() if data is None else data)
    return visitor.post(reverse(UPLOAD), {"file": file})


def kept_files(tmp_path):
    """What of sent files lies on the disk."""
    return [path for path in tmp_path.rglob("*") if path.is_file() and "word" in path.parts]


def test_the_page_of_types_leads_to_word_files(officer, client_of):
    assert reverse(UPLOAD) in client_of(officer).get(reverse("choose_type")).content.decode()


def test_a_letter_is_shown_field_by_field_and_becomes_a_draft(officer, so_noi_vu, client_of, tmp_path):
    visitor = client_of(officer)
    response = sent(visitor)
    row = WordFile.objects.get()
    assert response.url == row.get_absolute_url()
    page = visitor.get(response.url)
    assert page.status_code == 200
    for words in ("SNV-TĐKT", "Nguyễn Thị Bình", "tổng kết phong trào thi đua năm 2019", "Mọi chữ trong tệp"):
        assert words in page.content.decode()
    assert not Document.objects.exists()
    letter_type = DocumentType.objects.get(code="CV")
    made = visitor.post(response.url, {"type": letter_type.pk, "issuer": so_noi_vu.pk})
    draft = Document.objects.get()
    assert made.url == draft.get_absolute_url()
    assert (draft.type, draft.issuer_unit, draft.unit, draft.author) == (letter_type, so_noi_vu, officer.unit, officer)
    assert (draft.symbol, draft.place, draft.date_text) == ("SNV-TĐKT", "Lạng Sơn", "25/02/2020")
    assert (draft.signer_name, draft.capacity) == ("Nguyễn Thị Bình", "KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC")
    assert (draft.to, draft.recipients) == ("Các đơn vị trong cụm thi đua", "Như trên\nUBND tỉnh (b/c)")
    assert draft.body.startswith("Thực hiện **kế hoạch** đã ban hành")
    assert draft.number is None
    assert [change.act for change in Change.objects.all()] == ["Soạn dự thảo"]
    assert not WordFile.objects.exists()


def test_our_own_file_comes_back_as_the_same_draft(draft, officer, province, client_of):
    draft.archive, draft.day = "", None
    draft.body = "Theo kế hoạch, *họp*[^1].\n\n| TT | Tên | < |\n|---|---|-------|\n| 1 | a | b |\n\n[^1]: Lời."
    draft.save()
    data, faults = docx_of(draft, user=officer)
    assert faults == ()
    visitor = client_of(officer)
    address = sent(visitor, data).url
    assert "lấy lại nguyên vẹn" in visitor.get(address).content.decode()
    visitor.post(address, {"type": draft.type.pk, "issuer": province.pk})
    made = Document.objects.exclude(pk=draft.pk).get()
    assert made.as_paper() == draft.as_paper()
    assert made.signer == draft.signer


def test_bytes_are_forgotten_with_the_file(officer, client_of, tmp_path, django_capture_on_commit_callbacks):
    visitor = client_of(officer)
    sent(visitor)
    assert len(kept_files(tmp_path)) == 1
    with django_capture_on_commit_callbacks(execute=True):
        visitor.post(reverse("word_drop", args=[WordFile.objects.get().pk]))
    assert (kept_files(tmp_path), WordFile.objects.count()) == ([], 0)


def test_files_of_which_nobody_made_a_draft_are_forgotten_after_a_day(
    officer, client_of, django_capture_on_commit_callbacks
):
    visitor = client_of(officer)
    sent(visitor)
    WordFile.objects.update(created_at=timezone.now() - timedelta(days=1, minutes=1))
    with django_capture_on_commit_callbacks(execute=True):
        sent(visitor)
    assert WordFile.objects.count() == 1


def test_a_worker_forgets_them_where_nobody_sends_another(officer, client_of):
    sent(client_of(officer))
    jobs.sweep()
    assert WordFile.objects.count() == 1
    WordFile.objects.update(created_at=timezone.now() - timedelta(days=1, minutes=1))
    jobs.sweep()
    assert not WordFile.objects.exists()


def test_a_worker_sweeps_before_it_works_and_not_at_every_look(monkeypatch):
    looks, swept = [True, True, False], []
    monkeypatch.setattr(work, "close_old_connections", lambda: None)
    monkeypatch.setattr(work, "work_once", lambda worker: looks.pop(0))
    monkeypatch.setattr(work, "sweep", lambda: swept.append(len(looks)))
    command = work.Command()
    command.ended = Event()
    command.work(None, until_idle=True)
    assert swept == [3]


def test_what_cannot_be_swept_keeps_no_other_waiting(monkeypatch, caplog):
    def fails():
        raise OSError

    done = []
    monkeypatch.setattr(jobs, "SWEEPERS", [fails, lambda: done.append(1)])
    jobs.sweep()
    assert done == [1]
    assert "did not sweep" in caplog.text


def test_a_strangers_file_does_not_exist(officer, unit_officer, client_of):
    sent(client_of(officer))
    row, other = WordFile.objects.get(), client_of(unit_officer)
    assert other.get(row.get_absolute_url()).status_code == 404
    assert other.get(reverse("word_pages", args=[row.pk])).status_code == 404
    assert [other.post(reverse(name, args=[row.pk])).status_code for name in ("word_changes", "word_drop")] == [
        404,
        404,
    ]


def test_who_may_not_write_sends_nothing_in(council_member, client_of):
    assert sent(client_of(council_member)).status_code == 403


PICTURE = '<w:r><w:drawing><a:blip xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"/></w:drawing></w:r>'


def packed(name, words):
    """A package with one part."""
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w") as package:
        package.writestr(name, words)
    return memory.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("cu.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500), "kiểu cũ"),
        ("cu.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500), "kiểu cũ (.doc)"),
        ("khoa.docx", b"\xd0\xcf\x11\xe0" + bytes(80) + "EncryptedPackage".encode("utf-16-le"), "bỏ mật khẩu"),
        ("a.rtf", b"{\\rtf1 x}", "là tệp RTF"),
        ("a.docx", b"{\\rtf1 x}", "là tệp RTF"),
        ("a.docx", b"%PDF-1.7", "chỉ đọc được tệp Word"),
        ("a.docx", b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><x/>', "Word dạng XML"),
        ("a.docm", docx(p("x"), main=WITH_MACROS), "có macro (.docm)"),
        ("a.odt", packed("mimetype", "application/vnd.oasis.opendocument.text"), "LibreOffice (.odt)"),
        ("a.docx", packed("Index/Document.iwa", "x"), "Pages"),
        ("a.docx", b"<!DOCTYPE html><HTML><body>x</body></HTML>", "là trang web"),
        ("trong.docx", docx(p(" ")), "không có chữ nào"),
        ("quet.docx", docx(p(PICTURE)), "chỉ có hình"),
        ("chu.docx", b"Kinh gui", "không nhận ra được. Hãy chọn tệp .docx."),
        ("anh.docx", b"\xff\xd8\xff" + bytes(80), "ảnh JPEG. Hãy chọn tệp .docx."),
        ("khong-duoi", docx(p("x")), "không phải văn bản Word. Hãy chọn tệp .docx."),
        ("hong.docx", docx(p("x"))[:-40], "Hãy mở tệp bằng Word, lưu lại rồi gửi."),
        ("rong.docx", b"", "rỗng"),
        ("bom.docx", docx(p("x"), more={"word/media/a.bin": bytes(60_000_000)}), "phình quá lớn"),
    ],
)
def test_what_is_no_word_file_is_told_beside_the_field(officer, client_of, name, data, told):
    response = sent(client_of(officer), data, name)
    assert response.status_code == 422
    assert told in str(response.context["form"].errors["file"])
    assert not WordFile.objects.exists()


def test_a_picture_is_no_word_file(officer, client_of):
    memory = io.BytesIO()
    Image.new("L", (4, 4)).save(memory, "PNG")
    response = sent(client_of(officer), memory.getvalue(), "a.png")
    assert "không phải văn bản Word" in str(response.context["form"].errors["file"])


@pytest.mark.parametrize("place", ["subject", "body"])
def test_a_mark_of_secrecy_is_refused_and_nothing_is_kept(officer, client_of, tmp_path, place):
    head = HEAD.replace("thi đua năm 2019", "MẬT") if place == "subject" else HEAD
    body = [p("MẬT", align="center"), p("Nội dung.")] if place == "body" else [p("Nội dung.")]
    response = sent(client_of(officer), letter(*body, head=head))
    assert "văn bản mật" in str(response.context["form"].errors["file"])
    assert (WordFile.objects.count(), kept_files(tmp_path)) == (0, [])


def test_tracked_changes_are_asked_and_read_again(officer, client_of):
    visitor = client_of(officer)
    body = [p(run("Nộp ngày ") + deleted("10/3") + inserted("20/3") + run("."))]
    address = sent(visitor, letter(*body)).url
    assert "Từng chỗ sửa" in visitor.get(address).content.decode()
    again = reverse("word_changes", args=[WordFile.objects.get().pk])

    def read_with(**data):
        visitor.post(again, data)
        return WordFile.objects.get().found["paper"]["body"]

    assert read_with(way="reject") == "Nộp ngày 10/3."
    assert read_with(way="ask", accepted=["0"]) == "Nộp ngày ."
    assert read_with(way="accept") == "Nộp ngày 20/3."
    assert read_with(way="ask", accepted=["7"]) == "Nộp ngày 20/3."  # no such change: nothing is read again


def test_of_very_many_changes_the_first_are_asked_and_the_others_accepted(officer, client_of, monkeypatch):
    for module in (forms, views):
        monkeypatch.setattr(module, "MOST_ASKED", 2)
    visitor = client_of(officer)
    words = [p(inserted(f"đoạn {number}", by=f"Người {number}")) for number in range(4)]
    sent(visitor, letter(*words))
    row = WordFile.objects.get()
    page = visitor.get(row.get_absolute_url()).content.decode()
    assert "Chỉ hỏi được 2 chỗ đầu;" in page
    assert page.count('name="accepted"') == 2
    visitor.post(reverse("word_changes", args=[row.pk]), {"way": "ask", "accepted": ["1"]})
    row.refresh_from_db()
    assert row.accepted == [1, 2, 3]


def test_a_long_file_is_read_by_a_worker(officer, so_noi_vu, client_of, monkeypatch):
    monkeypatch.setattr(actions, "LONG", 1)
    visitor = client_of(officer)
    address = sent(visitor).url
    assert "chế độ nền" in visitor.get(address).content.decode()
    refused = visitor.post(address, {"type": DocumentType.objects.get(code="CV").pk, "issuer": so_noi_vu.pk})
    assert (refused.status_code, Document.objects.count()) == (200, 0)
    done_by_worker()
    assert Job.objects.get().state == Job.State.DONE
    assert "Nguyễn Thị Bình" in visitor.get(address).content.decode()


def test_changes_of_a_long_file_are_read_again_by_a_worker(officer, client_of, monkeypatch):
    monkeypatch.setattr(actions, "LONG", 1)
    visitor = client_of(officer)
    sent(visitor, letter(p(run("Nộp ngày ") + deleted("10/3") + inserted("20/3") + run("."))))
    done_by_worker()
    row = WordFile.objects.get()
    visitor.post(reverse("word_changes", args=[row.pk]), {"way": "reject"})
    row.refresh_from_db()
    assert row.found is None
    done_by_worker()
    row.refresh_from_db()
    assert row.found["paper"]["body"] == "Nộp ngày 10/3."


def test_a_file_becomes_one_draft(officer, so_noi_vu, client_of):
    sent(client_of(officer))
    row, kind = WordFile.objects.get(), DocumentType.objects.get(code="CV")
    actions.make_draft(row, by=officer, type=kind, issuer=so_noi_vu)
    with pytest.raises(Refused, match="vừa được lập"):
        actions.make_draft(row, by=officer, type=kind, issuer=so_noi_vu)
    assert Document.objects.count() == 1


def test_a_long_file_with_a_mark_of_secrecy_is_told_and_forgotten(officer, client_of, monkeypatch, tmp_path):
    monkeypatch.setattr(actions, "LONG", 1)
    visitor = client_of(officer)
    address = sent(visitor, letter(p("TỐI MẬT"), p("Nội dung."))).url
    done_by_worker()
    assert "văn bản mật" in visitor.get(address).content.decode()
    assert kept_files(tmp_path) == []


def test_a_body_longer_than_a_paper_holds_is_refused_with_what_to_do(officer, so_noi_vu, client_of):
    visitor = client_of(officer)
    rng = random.Random(7)  # noqa: S311 - words that do not pack well
    body = [p(" ".join(f"từ{rng.randrange(99_999)}" for _ in range(200))) for _ in range(600)]
    address = sent(visitor, letter(*body)).url
    response = visitor.post(address, {"type": DocumentType.objects.get(code="CV").pk, "issuer": so_noi_vu.pk})
    assert (response.status_code, Document.objects.count()) == (422, 0)
    assert "tối đa 1 MB" in response.content.decode()


def test_a_body_of_others_is_told_and_the_own_head_kept(officer, so_noi_vu, client_of):
    visitor = client_of(officer)
    address = sent(visitor, letter(head=HEAD.replace("SỞ NỘI VỤ", "SỞ TÀI CHÍNH"))).url
    data = {"type": DocumentType.objects.get(code="CV").pk, "issuer": so_noi_vu.pk}
    page = visitor.post(address, data, follow=True)
    assert Document.objects.get().issuer == "\n".join(so_noi_vu.issuer_lines)
    assert "SỞ TÀI CHÍNH" in page.content.decode()


def test_what_is_longer_than_a_field_is_cut_and_told(officer, so_noi_vu, client_of):
    visitor = client_of(officer)
    long = "A" * 45
    address = sent(visitor, letter(head=HEAD.replace("17/SNV-TĐKT", f"17/SNV{long}"))).url
    page = visitor.post(address, {"type": DocumentType.objects.get(code="CV").pk, "issuer": so_noi_vu.pk}, follow=True)
    assert Document.objects.get().symbol == f"SNV{'A' * 37}"
    assert "dài hơn 40 chữ" in page.content.decode()


def test_what_was_not_recognised_stands_beside(officer, client_of):
    visitor = client_of(officer)
    page = visitor.get(sent(visitor, docx(bold("GIẢI TRÌNH"), p("Không có đầu văn bản."))).url).content.decode()
    assert "Không thấy trong tệp" in page
    assert "Không thấy phần đầu văn bản" in page
    assert "Không thấy: Cơ quan ban hành, Ký hiệu" in page
    # What asks for a look stands above what was read.
    assert page.index("cần xem lại</") < page.index("Trích yếu</th>")


def test_a_body_that_nobody_here_writes_for_is_said_before_the_draft(officer, client_of):
    visitor = client_of(officer)
    own, other = (sent(visitor, letter(head=HEAD.replace("SỞ NỘI VỤ", name))).url for name in ("SỞ NỘI VỤ", "SỞ KHÁC"))
    told = "dự thảo lấy tên của cơ quan được chọn"
    assert [told in visitor.get(url).content.decode() for url in (own, other)] == [False, True]


def test_the_true_pages_are_shown_before_there_is_a_draft(officer, client_of):
    visitor = client_of(officer)
    sent(visitor)
    pages = visitor.get(reverse("word_pages", args=[WordFile.objects.get().pk])).content.decode()
    assert "data:image/png" in pages
    assert not Document.objects.exists()
