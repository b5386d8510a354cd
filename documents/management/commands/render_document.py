"""``manage.py render_document SOURCE.md -o OUT.pdf``: source files to PDF or HTML."""

import os
import sys
import tempfile
from pathlib import Path

from django.core.management.base import BaseCommand
from django.db import DatabaseError, connection

from documents import source, types, typesetting
from documents.paper import PaperRefused

FAULTY = 2


class Command(BaseCommand):
    """Sets one or several sources. All are judged before the first file is written."""

    help = "Dựng tệp nguồn văn bản (phần đầu YAML, nội dung Markdown) thành PDF."
    requires_system_checks = []

    def add_arguments(self, parser):
        """The sources, where to write, and whether HTML is wanted."""
        parser.add_argument("sources", nargs="+", metavar="NGUON", help="tệp nguồn; - là đầu vào chuẩn")
        parser.add_argument(
            "-o", "--output", required=True, metavar="RA", help="tệp ra, thư mục nếu nhiều nguồn, - là đầu ra chuẩn"
        )
        parser.add_argument("--html", action="store_true", help="ghi HTML thay cho PDF")

    def handle(self, *args, sources, output, html, **options):
        """Judge all, then write all. Ends with status 2 and writes nothing where a source is refused."""
        several = len(sources) > 1
        if several and (output == "-" or (Path(output).exists() and not Path(output).is_dir())):
            self.refuse("-o phải là một thư mục khi có nhiều tệp nguồn")
        targets = _targets(sources, output, ".html" if html else ".pdf") if several else [output]
        if len(set(targets)) < len(targets):
            self.refuse("hai tệp nguồn cùng tên sẽ ghi đè lên nhau; hãy đổi tên một tệp")
        pages = self.judge(sources)
        for package in [] if html else typesetting.missing_packages():
            self.stderr.write(f"Thiếu gói {package}; hãy cài: sudo apt-get install {package}")
        for page, target in zip(pages, targets, strict=True):
            _write(page.encode() if html else typesetting.to_pdf(page), target)

    def judge(self, sources):
        """The HTML of every source, or the end."""
        catalogue, cite = _catalogue()
        pages, refused = [], []
        for name in sources:
            try:
                paper = source.parse(_read(name), catalogue, name, cite)
                pages.append(typesetting.typeset(paper, catalogue, cite=cite))
            except PaperRefused as faults:
                refused += [f"{name}:{fault.line or 1}: {fault.message}" for fault in faults.faults]
            except OSError as error:
                refused.append(f"{name}:1: không đọc được tệp ({error.strerror})")
        if refused:
            self.refuse(*refused)
        return pages

    def refuse(self, *lines):
        """Tell everything that is wrong, and end."""
        for line in lines:
            self.stderr.write(line)
        sys.exit(FAULTY)


def _targets(sources, folder, suffix):
    return [str(Path(folder) / f"{Path(name).stem if name != '-' else 'stdin'}{suffix}") for name in sources]


def _read(name) -> bytes:
    """The bytes of a source; one that is far too long is not read to its end."""
    limit = source.MAX_FILE + 1
    if name == "-":
        return sys.stdin.buffer.read(limit)
    with open(name, "rb") as file:
        return file.read(limit)


def _write(content, target):
    """Whole or not at all: a file half written is never seen."""
    if target == "-":
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
        return
    folder = Path(target).parent
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


def _catalogue():
    """Types and citations of the office's register; without a database the decree's types and no citation."""
    from documents.citations import resolver
    from documents.models import DocumentType

    nothing = types.BUILT_IN, lambda reference, first: None
    if connection.vendor == "sqlite" and not Path(connection.settings_dict["NAME"]).exists():
        # Asking would make an empty file.
        return nothing
    try:
        catalogue = DocumentType.objects.catalogue()
    except DatabaseError:
        return nothing
    return (catalogue, resolver()) if catalogue else nothing
