"""``manage.py read_document``: a Word file to a source file, from the command line."""

import io

import pytest
from django.core.management import call_command

from documents.source import source
from documents.source.types import BUILT_IN
from documents.word.writing import to_docx

from .incoming import deleted, inserted, letter, p, run


def read(path, *options):
    """(what was written, what was told)."""
    target, told = path.with_suffix(".md"), io.StringIO()
    call_command("read_document", str(path), "-o", str(target), *options, stderr=told)
    return target.read_text("utf-8"), told.getvalue()


@pytest.fixture(autouse=True)
def _types(monkeypatch):
    monkeypatch.setattr("documents.management.commands.read_document.known", lambda: (BUILT_IN, None))


def test_a_letter_becomes_a_source_that_is_read_as_one(tmp_path):
    path = tmp_path / "cong-van.docx"
    path.write_bytes(letter())
    written, told = read(path)
    assert source.parse(written, BUILT_IN).symbol == "SNV-TĐKT"
    assert told == ""


def test_changes_are_told_and_may_be_undone(tmp_path):
    path = tmp_path / "sua.docx"
    path.write_bytes(letter(p(run("Nộp ngày ") + deleted("10/3") + inserted("20/3"))))
    assert "Nộp ngày 20/3" in read(path)[0]
    written, told = read(path, "--reject")
    assert "Nộp ngày 10/3" in written
    assert "chỗ sửa (bỏ): 20/3" in told


def test_our_own_file_comes_back_as_its_own_source(tmp_path):
    path = tmp_path / "cua-minh.docx"
    paper = source.parse(read_source("quyet-dinh"), BUILT_IN)
    path.write_bytes(to_docx(paper, BUILT_IN))
    written, told = read(path)
    assert source.parse(written, BUILT_IN) == paper
    assert "lấy lại nguyên văn bản" in told


def read_source(name):
    """A source of the tests."""
    with open(f"tests/documents/sources/{name}.md", "rb") as file:
        return file.read()


def test_what_is_no_word_file_ends_with_status_2_and_writes_nothing(tmp_path):
    path = tmp_path / "x.docx"
    path.write_bytes(b"Kinh gui")
    with pytest.raises(SystemExit) as ended:
        read(path)
    assert ended.value.code == 2
    assert not path.with_suffix(".md").exists()
