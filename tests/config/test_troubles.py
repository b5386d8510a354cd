"""A machine in trouble: the page says what it is and who can mend it; a fault of the program stays one."""

import errno

import pytest
from django.db import DataError, OperationalError
from django.urls import reverse

from config.troubles import AWAY, BUSY, DATABASE_WRITE, FULL, trouble_of
from documents.typesetting import apart


@pytest.mark.parametrize(
    ("error", "trouble"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), FULL),
        (OSError(errno.EDQUOT, "Disk quota exceeded"), FULL),
        (OperationalError("database or disk is full"), FULL),
        (OperationalError('could not extend file "base/1": No space left on device'), FULL),
        (OperationalError("attempt to write a readonly database"), DATABASE_WRITE),
        (OperationalError("unable to open database file"), DATABASE_WRITE),
        (OperationalError("database is locked"), BUSY),
        (OperationalError("canceling statement due to lock timeout"), BUSY),
        (OperationalError("FATAL: sorry, too many clients already"), BUSY),
        (OperationalError('connection to server at "127.0.0.1", port 5432 failed: Connection refused'), AWAY),
        (OperationalError("FATAL:  the database system is shutting down"), AWAY),
        (OSError(errno.ECONNRESET, "Connection reset by peer"), None),
        (DataError("value too long"), None),
        (FileNotFoundError(errno.ENOENT, "No such file", "a"), None),
        (ZeroDivisionError(), None),
        (None, None),
    ],
)
def test_what_the_machine_says_is_known(error, trouble):
    assert trouble_of(error) == trouble


def test_the_first_of_a_chain_of_errors_counts():
    error = ValueError()
    error.__cause__ = OperationalError("database is locked")
    assert trouble_of(error) == BUSY


def test_the_file_that_may_not_be_written_is_named():
    assert "«/du-lieu/media/a.pdf»" in trouble_of(PermissionError(errno.EACCES, "x", "/du-lieu/media/a.pdf")).words


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("error", "status", "told", "seconds"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), 503, "Đĩa của máy chủ đã đầy", None),
        (PermissionError(errno.EROFS, "x", "/du-lieu/media"), 503, "chưa có quyền với «/du-lieu/media»", None),
        (OperationalError("database is locked"), 503, "Cơ sở dữ liệu đang bận", "60"),
        (apart.NotSet(apart.BUSY), 503, apart.BUSY, "10"),
        (apart.NotSet(apart.SLOW.format(40)), 503, "Dựng trang lâu quá 40 giây", "10"),
        (ZeroDivisionError(), 500, "Chương trình gặp lỗi", None),
    ],
)
def test_the_page_says_what_it_is_and_who_can_mend_it(error, status, told, seconds, client_of, officer, monkeypatch):
    def fails(*args, **kwargs):
        raise error

    monkeypatch.setattr("documents.papers.models.document.DocumentQuerySet.visible_to", fails)
    client = client_of(officer)
    client.raise_request_exception = False
    answer = client.get(reverse("documents"))
    assert (answer.status_code, answer.headers.get("Retry-After")) == (status, seconds)
    page = answer.content.decode()
    assert told in page
    assert "chữ đã gõ vẫn còn" in page
    assert "báo người quản trị" in page or seconds == "10"
