"""``manage.py read_document LETTER.docx -o OUT.md``: a Word file to a source file, with all that was not taken over."""

import sys
from pathlib import Path

from django.core.management.base import BaseCommand

from documents.checks.refusing import UploadRefused

from ...source import source
from ...word.reading.changes import ACCEPT, REJECT, Answer
from ...word.reading.reading import read
from ...word.sent import of_word
from .render_document import known

FAULTY = 2


class Command(BaseCommand):
    """Reads one Word file. What was not recognised or cannot be held goes to the error stream, a line each."""

    help = "Đọc tệp Word (.docx) thành tệp nguồn văn bản; những gì không đọc được hoặc không giữ được in ra màn hình."
    requires_system_checks = []

    def add_arguments(self, parser):
        """The file, where to write, and what becomes of tracked changes."""
        parser.add_argument("document", metavar="TEP", help="tệp .docx")
        parser.add_argument("-o", "--output", required=True, metavar="RA", help="tệp nguồn ra; - là đầu ra chuẩn")
        parser.add_argument("--reject", action="store_true", help="bỏ các chỗ sửa được đánh dấu thay vì chấp nhận")

    def handle(self, *args, document, output, reject, **options):
        """Read, write, tell. Ends with status 2 and writes nothing where the file is refused."""
        try:
            reading = read(Path(document).read_bytes(), known()[0], Answer(REJECT if reject else ACCEPT))
        except UploadRefused as refused:
            self.refuse(f"{document}: {of_word(str(refused))}")
        except OSError as error:
            self.refuse(f"{document}: không đọc được tệp ({error.strerror})")
        written = source.dump(reading.paper)
        if output == "-":
            sys.stdout.write(written)
        else:
            Path(output).write_text(written, "utf-8")
        for line in _told(reading):
            self.stderr.write(line)

    def refuse(self, words):
        """Say why, and end."""
        self.stderr.write(words)
        sys.exit(FAULTY)


def _told(reading):
    """A line for each thing to look at."""
    if reading.own == "whole":
        yield "Tệp của chương trình, chưa ai sửa: lấy lại nguyên văn bản."
    yield from reading.notes
    for row in reading.told:
        yield f"{row.what}: {row.count}{''.join(f' «{words}»' for words in row.words)}"
    for change in reading.changes:
        yield f"chỗ sửa ({'chấp nhận' if change.is_accepted else 'bỏ'}): {change.words}"
    for line in reading.left:
        yield f"chưa đưa vào: {line}"
