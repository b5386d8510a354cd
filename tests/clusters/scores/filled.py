"""Workbooks of scores as they are downloaded, filled in and sent."""

import io

import openpyxl
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

NAMES = ["Ba Sơn", "Cao Lộc", "Công Sơn", "Đồng Đăng"]


def exported(client, cluster):
    """The workbook of a cluster as it is downloaded."""
    answer = client.get(f"{reverse('cluster_scores', args=[cluster.pk])}?xuat=xlsx")
    return openpyxl.load_workbook(io.BytesIO(answer.content))


def page_of(book, user):
    """The sheet of the unit of ``user``."""
    return next(page for page in book if page["B2"].value == user.unit.code)


def cell(page, code, heading):
    """The cell of a criterion in the column of ``heading``."""
    column = next(cell.column for cell in page[5] if cell.value == heading)
    row = next(row for row in range(6, page.max_row + 1) if page.cell(row, 1).value == code)
    return page.cell(row, column)


def as_upload(book, name="cham-diem.xlsx"):
    memory = io.BytesIO()
    book.save(memory)
    return SimpleUploadedFile(name, memory.getvalue())


def filled(client, cluster, user, heading, values):
    """The exported workbook with ``values`` {criterion: value} typed into the column ``heading`` of a unit's sheet."""
    book = exported(client, cluster)
    for code, value in values.items():
        cell(page_of(book, user), code, heading).value = value
    return book


def upload(client, cluster, book):
    return client.post(reverse("import_scores", args=[cluster.pk]), {"file": as_upload(book)})


def faults_in(answer):
    """{address: words} of what is wrong in a file that was sent."""
    return dict(answer.context["preview"].faults)


def own(opened, eight, client_of, change):
    """What is told of the exported workbook after ``change(page, book)`` was made to the sheet of the member."""
    client = client_of(eight["member"])
    book = exported(client, opened)
    change(page_of(book, eight["member"]), book)
    return upload(client, opened, book)


def changes_in(answer):
    return [(row.leaf.code, row.before, row.after) for row in answer.context["preview"].changes]


def at(place, value):
    """A change of one cell of the sheet: criterion 1 stands in row 7, its points in D, its reason in E."""

    def change(page, book):
        page[place] = value

    return change
