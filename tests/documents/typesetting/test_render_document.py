"""``manage.py render_document``: where it writes, what it refuses and how it ends, and that it opens nothing else."""

import io
import os
import subprocess
import sys
import threading
import unicodedata
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pdfplumber
import pikepdf
import pytest
from django.conf import settings
from django.core.management import call_command

from documents import typesetting
from documents.models import DocumentType
from documents.typesetting import pdf as engine

from ..sources import text_of

SOURCES = Path(__file__).parents[1] / "sources"
SEED = Path(settings.BASE_DIR) / "documents" / "sample" / "seed_letter.md"

needs_pdf = pytest.mark.skipif(bool(typesetting.missing_packages()), reason="PDF needs Debian packages")


@pytest.fixture
def render(capfdbinary, monkeypatch):
    """A function that runs the command: (exit status, standard output, lines of standard error)."""

    def run(*arguments, stdin=b""):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        status = 0
        try:
            call_command("render_document", *map(str, arguments))
        except SystemExit as end:
            status = end.code
        out, error = capfdbinary.readouterr()
        return status, out, error.decode().splitlines()

    return run


def words(data):
    """The text of a PDF without spaces."""
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        return "".join("".join(page.extract_text(layout=False).split()) for page in pdf.pages)


@pytest.fixture
def letter(tmp_path):
    file = tmp_path / "thu.md"
    file.write_text(text_of(), encoding="utf-8")
    return file


# --- where it writes


@needs_pdf
@pytest.mark.django_db
def test_one_source_to_one_file(render, letter, tmp_path):
    out = tmp_path / "new" / "folder" / "ra.pdf"
    assert render(letter, "-o", out) == (0, b"", [])
    assert out.read_bytes().startswith(b"%PDF-1.7")
    assert "tổngkếtphongtràothiđua" in words(out.read_bytes())
    assert out.stat().st_mode & 0o777 == 0o666 & ~current_umask()
    assert [path.name for path in out.parent.iterdir()] == ["ra.pdf"]


def current_umask():
    mask = os.umask(0)
    os.umask(mask)
    return mask


@needs_pdf
@pytest.mark.django_db
def test_standard_input_to_standard_output(render, letter, tmp_path):
    render(letter, "-o", tmp_path / "ra.pdf")
    status, out, error = render("-", "-o", "-", stdin=letter.read_bytes())
    assert (status, error) == (0, [])
    assert out == (tmp_path / "ra.pdf").read_bytes()


@pytest.mark.django_db
def test_several_sources_to_a_folder_each_named_after_its_source(render, tmp_path):
    status, _, error = render(
        SOURCES / "giay-moi.md", SEED, "-", "-o", tmp_path / "ra", "--html", stdin=text_of().encode()
    )
    assert (status, error) == (0, [])
    assert sorted(path.name for path in (tmp_path / "ra").iterdir()) == [
        "giay-moi.html",
        "seed_letter.html",
        "stdin.html",
    ]


@pytest.mark.django_db
def test_one_source_to_a_folder_that_is_there(render, letter, tmp_path):
    (tmp_path / "ra").mkdir()
    assert render(letter, "-o", tmp_path / "ra", "--html")[0] == 0
    assert [path.name for path in (tmp_path / "ra").iterdir()] == ["thu.html"]


@pytest.mark.django_db
def test_html_is_the_sheet_and_escapes_what_was_typed(render, tmp_path, letter):
    letter.write_text(text_of(body="<b>đậm</b> <script>x</script> {{ten}} {% x %}"), encoding="utf-8")
    render(letter, "-o", tmp_path / "ra.html", "--html")
    html = (tmp_path / "ra.html").read_text(encoding="utf-8")
    assert "&lt;b&gt;đậm&lt;/b&gt; &lt;script&gt;" in html
    assert "{{ten}} {% x %}" in html
    assert "<script" not in html


@pytest.mark.django_db
def test_a_device_is_written_to_and_stays_a_device(render, letter):
    assert render(letter, "-o", "/dev/null", "--html")[0] == 0
    assert Path("/dev/null").is_char_device()


@pytest.mark.django_db
def test_a_second_run_replaces_the_file(render, letter, tmp_path):
    out = tmp_path / "ra.html"
    out.write_text("cũ")
    render(letter, "-o", out, "--html")
    assert out.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


# --- what it refuses


@pytest.mark.django_db
def test_all_faults_of_all_sources_one_line_each_and_nothing_written(render, letter, tmp_path):
    bad = tmp_path / "xau.md"
    bad.write_text(text_of(body="\nMột[^1].\n\n[b](x)", without="symbol", extra="date: 2020-02-31\n"), encoding="utf-8")
    worse = tmp_path / "te.md"
    worse.write_bytes(b"---\nsubject: \xff\n---\n")
    status, out, error = render(letter, bad, worse, tmp_path / "khong.md", "-o", tmp_path / "ra")
    assert (status, out) == (2, b"")
    assert [line.split(": ")[0] for line in error] == [
        f"{bad}:1", f"{bad}:7", f"{bad}:10", f"{bad}:12", f"{worse}:2", f"{tmp_path / 'khong.md'}:1",
    ]  # fmt: skip
    assert "thiếu symbol" in error[0]
    assert "không có ngày 2020-02-31" in error[1]
    assert "chú thích [^1] chưa có lời" in error[2]
    assert "không dùng liên kết" in error[3]
    assert "UTF-8" in error[4]
    assert "không đọc được tệp" in error[5]
    assert not (tmp_path / "ra").exists()


@pytest.mark.django_db
@pytest.mark.parametrize("place", ["-", "thu.md"])
def test_several_sources_need_a_folder(render, letter, tmp_path, place):
    target = place if place == "-" else tmp_path / place
    status, out, error = render(letter, SEED, "-o", target)
    assert (status, out, error) == (2, b"", ["-o phải là một thư mục khi có nhiều tệp nguồn"])
    assert letter.read_text(encoding="utf-8") == text_of()


@pytest.mark.django_db
def test_two_sources_of_one_name_are_refused(render, letter, tmp_path):
    (tmp_path / "khac").mkdir()
    (tmp_path / "khac" / "thu.md").write_text(text_of(), encoding="utf-8")
    status, _, error = render(letter, tmp_path / "khac" / "thu.md", "-o", tmp_path / "ra")
    assert status == 2
    assert "cùng tên" in error[0]
    assert not (tmp_path / "ra").exists()


@pytest.mark.django_db
def test_an_output_that_cannot_be_written(render, letter, tmp_path):
    status, _, error = render(letter, "-o", letter / "ra.html", "--html")
    assert status == 2
    assert "không ghi được tệp" in error[0]
    assert len(error) == 1


@pytest.mark.django_db
def test_a_folder_or_a_device_without_end_as_source(render, tmp_path):
    assert "không đọc được tệp" in render(tmp_path, "-o", "-")[2][0]
    status, _, error = render("/dev/zero", "-o", "-")
    assert status == 2
    assert "MB" in error[0]


@pytest.mark.usefixtures("pages_set_anew")
@pytest.mark.django_db
def test_a_machine_without_the_packages_is_told_what_to_install(render, letter, tmp_path, monkeypatch):
    monkeypatch.setattr(engine, "PACKAGES", {"libnothing.so.0": "libnothing0"})
    engine._library.cache_clear()
    engine._style.cache_clear()
    try:
        status, _, error = render(letter, "-o", tmp_path / "ra.pdf")
    finally:
        engine._library.cache_clear()
        engine._style.cache_clear()
    assert status == 2
    assert "sudo apt-get install libnothing0" in error[-1]
    assert not (tmp_path / "ra.pdf").exists()


# --- the register


@pytest.mark.django_db
def test_types_added_by_the_administrator(render, tmp_path, letter):
    letter.write_text(text_of().replace("type: CV", "type: TM"), encoding="utf-8")
    assert render(letter, "-o", tmp_path / "ra.html", "--html")[0] == 2
    DocumentType.objects.create(code="TM", name="Thư mời họp mặt", form="named")
    assert render(letter, "-o", tmp_path / "ra.html", "--html") == (0, b"", [])
    assert "THƯ MỜI HỌP MẶT" in (tmp_path / "ra.html").read_text(encoding="utf-8")


@needs_pdf
def test_without_a_database_it_works_and_makes_none(tmp_path):
    (tmp_path / "data").mkdir()
    command = [sys.executable, settings.BASE_DIR / "manage.py", "render_document", SEED, "-o", tmp_path / "ra.pdf"]
    nowhere = {"DATA_DIR": str(tmp_path / "data"), "SECRET_KEY": "x", "DEMO": "True", "PATH": os.environ["PATH"]}
    done = subprocess.run(command, env=nowhere, capture_output=True, check=False, cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    assert (tmp_path / "ra.pdf").read_bytes().startswith(b"%PDF")
    assert list((tmp_path / "data").iterdir()) == []
    cited = text_of(body="Theo {{cite:50/BC-UBND}}.").encode()
    done = subprocess.run([*command[:3], "-", "-o", "-"], env=nowhere, input=cited, capture_output=True, check=False)
    assert done.returncode == 2
    assert "sổ văn bản không có «50/BC-UBND»" in done.stderr.decode()


# --- words


@needs_pdf
@pytest.mark.django_db
def test_decomposed_letters_and_what_word_leaves_come_out_clean(render, tmp_path, letter):
    pasted = "Các\u00a0đơn vị “thi\u00ad đua”, khen\u202fthưởng – ‘tốt’… đ\u01b0\u01a1\u0323c"
    text = unicodedata.normalize("NFD", text_of(body=pasted)).replace("\n", "\r\n")
    letter.write_bytes(b"\xef\xbb\xbf" + text.encode())
    assert render(letter, "-o", tmp_path / "ra.pdf")[0] == 0
    printed = words((tmp_path / "ra.pdf").read_bytes())
    assert "Cácđơnvị“thiđua”,khenthưởng–‘tốt’…đượ" in printed or "Cácđơnvị“thiđua”,khenthưởng–‘tốt’…đươ" in printed
    assert unicodedata.is_normalized("NFC", printed)


# --- nothing else is opened


@pytest.fixture
def listener():
    """A web server, and what it was asked for."""
    asked = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()

        do_HEAD = do_GET

        def log_message(self, *args):
            """Silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", asked
    server.shutdown()
    server.server_close()


@needs_pdf
@pytest.mark.django_db
def test_addresses_typed_as_words_are_printed_and_not_visited(render, tmp_path, letter, listener):
    address, asked = listener
    secret = tmp_path / "secret.txt"
    secret.write_text("BÍ MẬT", encoding="utf-8")
    said = f"Xem {address}/a.png, file://{secret}, <img src='{address}/b.png'>, <link rel=attachment href='file://{secret}'>."
    letter.write_text(
        text_of(body=f"{said} <style>@import '{address}/c';</style>", extra=f'contact: "<img src={address}/d>"\n'),
        encoding="utf-8",
    )
    assert render(letter, "-o", tmp_path / "ra.pdf")[0] == 0
    data = (tmp_path / "ra.pdf").read_bytes()
    assert asked == []
    assert "".join(said.split()) in words(data)
    assert "BÍMẬT" not in words(data)
    assert not attachments(data)


@needs_pdf
def test_html_that_names_files_and_addresses_gets_none_of_them(tmp_path, listener):
    address, asked = listener
    secret = tmp_path / "secret.txt"
    secret.write_text("BÍ MẬT", encoding="utf-8")
    picture = tmp_path / "p.svg"
    picture.write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg"><text>BÍ MẬT</text><image href="{address}/svg"/></svg>'
    )
    named = [
        address + "/x",
        secret.as_uri(),
        picture.as_uri(),
        "secret.txt",
        "data:text/css,*{color:red}",
        "//127.0.0.1/x",
    ]
    tags = "".join(
        f'<link rel=attachment href="{name}"><link rel=stylesheet href="{name}"><img src="{name}"><object data="{name}">'
        f'</object><embed src="{name}"><a rel=attachment href="{name}">x</a><iframe src="{name}"></iframe>'
        f'<p style="background: url({name}); list-style: url({name}) inside; display: list-item">x</p>'
        f'<style>@import "{name}"; @font-face {{ font-family: Z; src: url({name}) }} q {{ content: url({name}) }} '
        f"* {{ font-family: Z, Tinos; border-image: url({name}) }}</style><q>x</q>"
        for name in named
    )
    data = typesetting.to_pdf(f'<html><head><base href="{tmp_path.as_uri()}/"></head><body>{tags}</body></html>')
    assert asked == []
    assert b"B\xc3\x8d M" not in data
    assert "BÍMẬT" not in words(data)
    assert not attachments(data)


def attachments(data):
    """The files inside a PDF."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return list(pdf.attachments)
