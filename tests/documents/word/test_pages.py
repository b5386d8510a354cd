"""The button «Tải Word», of a draft and of a paper that was issued, for whoever may have the PDF; what keeps it from working."""

import pytest
from django.core.management import call_command
from django.urls import reverse

from documents.word.pages import KIND, docx_of

from ..issued import issue_letter
from ..sources import text_of
from .opened import Word

pytestmark = pytest.mark.django_db


def test_a_draft_is_downloaded_as_a_word_document(draft, officer, client_of):
    client = client_of(officer)
    page = client.get(reverse("document", args=[draft.pk])).content.decode()
    address = reverse("document_word", args=[draft.pk])
    assert address in page
    assert "Tải Word" in page
    answer = client.get(address)
    assert answer["Content-Type"] == KIND
    assert answer["Content-Disposition"] == (
        f'attachment; filename="{draft.pk}-cv-bao-cao-ket-qua-phong-trao-thi-dua.docx"'
    )
    assert draft.signer_name in Word(answer.content).all_words
    assert client.get(address).content == answer.content


def test_a_paper_that_was_issued_has_it_with_number_and_day(draft, officer, leader, clerk, client_of):
    issue_letter(draft, officer, leader, clerk, units=[])
    client = client_of(officer)
    page = client.get(reverse("document", args=[draft.pk])).content.decode()
    assert reverse("document_word", args=[draft.pk]) in page
    told = Word(client.get(reverse("document_word", args=[draft.pk])).content)
    assert told.words("SoKyHieu")[0].startswith("Số: 01/")


def test_words_that_cannot_be_set_are_told(draft, officer, client_of):
    draft.body = "[tên](http://example.org)"
    draft.save()
    page = client_of(officer).get(reverse("document_word", args=[draft.pk]), follow=True)
    assert "không dùng liên kết" in page.content.decode()


def test_it_asks_the_register_no_more_the_more_it_cites(draft, officer, django_assert_max_num_queries):
    draft.body = "Một đoạn. " + " ".join(f"Đoạn {number}." for number in range(30))
    with django_assert_max_num_queries(5):
        content, faults = docx_of(draft, user=officer)
    assert content
    assert not faults


def test_the_command_writes_word_by_the_name_of_its_output(tmp_path):
    (tmp_path / "a.md").write_text(text_of(), "utf-8")
    (tmp_path / "b.md").write_text(text_of(), "utf-8")
    call_command("render_document", str(tmp_path / "a.md"), "-o", str(tmp_path / "a.DOCX"))
    assert "Dương Xuân Huyền" in Word((tmp_path / "a.DOCX").read_bytes()).all_words
    call_command("render_document", str(tmp_path / "a.md"), str(tmp_path / "b.md"), "-o", str(tmp_path), "--docx")
    assert (
        (tmp_path / "a.docx").read_bytes() == (tmp_path / "b.docx").read_bytes() == (tmp_path / "a.DOCX").read_bytes()
    )


def test_the_command_writes_nothing_of_a_source_that_is_refused(tmp_path, capsys):
    (tmp_path / "a.md").write_text(text_of(body=""), "utf-8")
    with pytest.raises(SystemExit) as end:
        call_command("render_document", str(tmp_path / "a.md"), "-o", str(tmp_path / "a.docx"))
    assert end.value.code == 2
    assert not (tmp_path / "a.docx").exists()
    assert "chưa có nội dung" in capsys.readouterr().err
