"""Excel files made for tests, good and bad, and parts of a finished one changed by hand."""

import io
import zipfile

import openpyxl
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile


def upload(content, name="thu.xlsx"):
    """Bytes, or a workbook of openpyxl, as a form receives it."""
    if not isinstance(content, bytes):
        memory = io.BytesIO()
        content.save(memory)
        content = memory.getvalue()
    return SimpleUploadedFile(name, content)


def book_of(*rows, title="Danh sách"):
    """A workbook of one sheet."""
    book = openpyxl.Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    return book


def written(fill, **options) -> bytes:
    """What ``fill(workbook)`` writes with the other library, which stores the results of formulas."""
    memory = io.BytesIO()
    with xlsxwriter.Workbook(memory, options) as book:
        fill(book)
    return memory.getvalue()


def changed(content, part, old, new) -> bytes:
    """A package whose ``part`` says ``new`` where it said ``old``."""
    memory = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            said = before.read(name)
            if name == part:
                assert old in said
                said = said.replace(old, new)
            after.writestr(name, said)
    return memory.getvalue()
