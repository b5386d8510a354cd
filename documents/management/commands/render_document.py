"""``manage.py render_document SOURCE.md -o OUT.pdf``: source files to PDF, Word (``OUT.docx``) or HTML."""

import os
import sys
import tempfile
from pathlib import Path

from django.core.management.base import BaseCommand
from django.db import DatabaseError, connection

from documents.typesetting.footnotes import WrongVersion
from documents.typesetting.pdf import PackagesMissing

from ... import typesetting
from ...source import source, types
from ...source.paper import PaperRefused
from ...word.writing import to_docx

FAULTY = 2


class Command(BaseCommand):
    """Sets one or several sources. All are judged before the first file is written."""

    help = "Dựng tệp nguồn văn bản (phần đầu YAML, nội dung Markdown) thành PDF, hoặc thành Word nếu tệp ra là .docx."
    requires_system_checks = []

    def add_arguments(self, parser):
        """The sources, where to write, and what is wanted in place of PDF."""
        parser.add_argument("sources", nargs="+", metavar="NGUON", help="tệp nguồn; - là đầu vào chuẩn")
        parser.add_argument(
            "-o", "--output", required=True, metavar="RA", help="tệp ra, thư mục nếu nhiều nguồn, - là đầu ra chuẩn"
        )
        kinds = parser.add_mutually_exclusive_group()
        kinds.add_argument("--html", action="store_true", help="ghi HTML thay cho PDF")
        kinds.add_argument(
            "--docx", action="store_true", help="ghi Word thay cho PDF, cả khi tệp ra không có đuôi .docx"
        )

    def handle(self, *args, sources, output, html, docx, **options):
        """Judge all, make all, then write all. Ends with status 2 and writes nothing where a source is refused."""
        is_word = docx or (not html and output.lower().endswith(".docx") and not Path(output).is_dir())
        suffix = ".html" if html else ".docx" if is_word else ".pdf"
        targets = self.targets(sources, output, suffix)
        made = self.judge(sources, to_docx if is_word else _html)
        made = made if html or is_word else self.print(made)
        for content, target in zip(made, targets, strict=True):
            try:
                _write(content, target)
            except OSError as error:
                self.refuse(f"{target}: không ghi được tệp ({error.strerror}); hãy chọn nơi khác")

    def targets(self, sources, output, suffix):
        """Where each source goes: the file ``output``, or a file named after it in the folder ``output``."""
        if len(sources) == 1 and not Path(output).is_dir():
            return [output]
        if output == "-" or (Path(output).exists() and not Path(output).is_dir()):
            self.refuse("-o phải là một thư mục khi có nhiều tệp nguồn")
        names = ["stdin" if name == "-" else Path(name).stem for name in sources]
        if len(set(names)) < len(names):
            self.refuse("hai tệp nguồn cùng tên sẽ ghi đè lên nhau; hãy đổi tên một tệp")
        return [str(Path(output) / f"{name}{suffix}") for name in names]

    def print(self, pages):
        """The PDF of each page of HTML, or the end where this machine cannot make one."""
        for package in typesetting.missing_packages():
            self.stderr.write(f"Thiếu gói {package}; hãy cài: sudo apt-get install {package}")
        try:
            return [typesetting.to_pdf(page.decode()) for page in pages]
        except (PackagesMissing, WrongVersion) as error:
            return self.refuse(str(error))

    def judge(self, sources, make):
        """What ``make`` has of every source, or the end."""
        catalogue, cite = known()
        made, refused = [], []
        for name in sources:
            try:
                paper = source.parse(_read(name), catalogue, name, cite)
                made.append(make(paper, catalogue, cite=cite))
            except PaperRefused as faults:
                refused += [f"{name}:{fault.line or 1}: {fault.message}" for fault in faults.faults]
            except OSError as error:
                refused.append(f"{name}:1: không đọc được tệp ({error.strerror})")
        if refused:
            self.refuse(*refused)
        return made

    def refuse(self, *lines):
        """Tell everything that is wrong, and end."""
        for line in lines:
            self.stderr.write(line)
        sys.exit(FAULTY)


def _html(paper, catalogue, cite) -> bytes:
    return typesetting.typeset(paper, catalogue, cite=cite).encode()


def _read(name) -> bytes:
    """The bytes of a source; one that is far too long is not read to its end."""
    limit = source.MAX_FILE + 1
    if name == "-":
        return sys.stdin.buffer.read(limit)
    with open(name, "rb") as file:
        return file.read(limit)


def _write(content, target):
    """Whole or not at all: a file half written is never seen. Devices such as /dev/null are written to as they are."""
    if target == "-":
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
        return
    target = Path(target).resolve()
    if target.exists() and not target.is_file():
        target.write_bytes(content)
        return
    folder = target.parent
    folder.mkdir(parents=True, exist_ok=True)
    handle, partial = tempfile.mkstemp(dir=folder, prefix=".", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        mask = os.umask(0)
        os.umask(mask)
        os.chmod(partial, 0o666 & ~mask)
        os.replace(partial, target)
    except BaseException:
        os.unlink(partial)
        raise


def known():
    """Types and citations of the office's register; without a database the decree's types and no citation."""
    from documents.models import DocumentType

    from ...citations.rules import resolver

    nothing = types.BUILT_IN, lambda reference, first: None
    if connection.vendor == "sqlite" and not Path(connection.settings_dict["NAME"]).exists():
        # Asking would make an empty file.
        return nothing
    try:
        catalogue = DocumentType.objects.catalogue()
    except DatabaseError:
        return nothing
    return (catalogue, resolver()) if catalogue else nothing
