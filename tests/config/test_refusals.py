"""Whatever refuses a request, Django, the files' server or gunicorn below them, says so in Vietnamese and what to do."""

import base64
import hashlib
import re
import runpy
import socket
import sys
from types import SimpleNamespace
from unittest import mock

import pytest
from django.conf import settings as ours
from django.urls import reverse
from gunicorn import util
from gunicorn.http import errors
from gunicorn.workers.base import Worker

from config.refusals import WORDS

from .vietnamese_pages import foreign_words

# Lists with a box for words; those of clusters and campaigns have the same one.
SEARCHED = [
    "documents",
    "received",
    "outbox",
    "texts",
    "phrases",
    "changes",
    "duties",
    "units",
    "campaigns",
    "examples",
]
SEARCHED += ["recipients", "doubles"]


def words(response):
    """The page, once it is seen to be a page in Vietnamese."""
    text = response.content.decode()
    assert response.headers["Content-Type"] == "text/html; charset=utf-8"
    assert foreign_words(text) == []
    return text


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/van-ban/1/buoc/", "/van-ban/nhan/1/doc/", "/dang-xuat/"])
def test_the_address_of_a_button_says_that_it_is_no_page(client_of, officer, address):
    response = client_of(officer).get(address)
    assert response.status_code == 405
    assert WORDS[405][0] in words(response)
    assert response.headers["Allow"]
    assert "default-src 'self'" in response.headers["Content-Security-Policy"]


@pytest.mark.django_db
def test_a_part_of_a_page_stays_without_words(client_of, officer):
    assert client_of(officer).get("/van-ban/1/buoc/", headers={"HX-Request": "true"}).content == b""


@pytest.mark.django_db
def test_a_file_that_is_not_there_is_told_as_a_page_is(client):
    response = client.get("/static/css/khong-co.css")
    assert response.status_code == 404
    assert "Không tìm thấy trang" in words(response)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changes", "data", "status"),
    [
        ({"DATA_UPLOAD_MAX_MEMORY_SIZE": 1000}, {"body": "x" * 5000}, 413),
        ({"DATA_UPLOAD_MAX_NUMBER_FIELDS": 3}, {f"o{number}": "1" for number in range(9)}, 413),
        ({"ALLOWED_HOSTS": ["noi-khac.vn"]}, {}, 400),
    ],
)
def test_what_is_too_large_or_not_sent_by_our_pages_is_told(client_of, officer, settings, changes, data, status):
    for name, value in changes.items():
        setattr(settings, name, value)
    response = client_of(officer).post(reverse("new_received"), data)
    assert response.status_code == status
    assert WORDS[status][0] in words(response)


@pytest.mark.django_db
def test_a_form_broken_on_its_way_is_told(client_of, officer):
    broken = client_of(officer).post(
        reverse("new_received"), b"--x\r\nhong", content_type="multipart/form-data; boundary="
    )
    assert broken.status_code == 400
    assert WORDS[400][0] in words(broken)


@pytest.mark.django_db
@pytest.mark.parametrize("name", SEARCHED)
def test_a_search_of_ten_thousand_letters_is_refused_beside_its_box(client_of, officer, name):
    client = client_of(officer)
    response = client.get(reverse(name), {"q": "ă" * 10_000})
    text = " ".join(words(response).split())
    assert "Chỉ tìm được bằng tối đa 200 ký tự, câu này có 10000." in text
    assert 'maxlength="200"' in client.get(reverse(name)).content.decode()


# --- Below Django


@pytest.fixture
def gunicorn():
    """Gunicorn as our file sets it up; a function that gives what a browser gets for a fault."""
    with mock.patch.object(util, "write_error", util.write_error), mock.patch.object(sys, "path", [*sys.path]):
        runpy.run_path(str(ours.BASE_DIR / "config" / "gunicorn.py"))
        worker = SimpleNamespace(log=mock.Mock())

        def told(fault):
            here, there = socket.socketpair()
            with here, there:
                Worker.handle_error(worker, None, here, ("127.0.0.1", 1), fault)
                here.shutdown(socket.SHUT_WR)
                return b"".join(iter(lambda: there.recv(4096), b"")).decode()

        yield told


@pytest.mark.parametrize(
    ("fault", "status"),
    [
        (errors.LimitRequestLine(9000, 8190), 414),
        (errors.LimitRequestHeaders("too many"), 431),
        (errors.InvalidRequestLine("<script>GET</script>"), 400),
        (errors.InvalidHeader("x"), 400),
        (errors.InvalidHTTPVersion((3, 0)), 400),
        (errors.ExpectationFailed("x"), 417),
        (errors.UnsupportedTransferCoding("x"), 501),
        (RuntimeError("a fault of the program"), 500),
    ],
)
def test_gunicorn_says_it_in_our_words_and_repeats_nothing_of_the_request(gunicorn, fault, status):
    head, _, page = gunicorn(fault).partition("\r\n\r\n")
    assert head.startswith(f"HTTP/1.1 {status} ")
    assert f"Content-Length: {len(page.encode())}" in head
    assert WORDS[status][0] in page
    assert "script" not in page
    assert foreign_words(page) == []
    style = re.search("<style>(.*)</style>", page)[1]
    assert base64.b64encode(hashlib.sha256(style.encode()).digest()).decode() in head


def test_what_is_pasted_and_too_long_is_told_and_not_cut_by_the_browser(officer, so_noi_vu, client_of):
    address, client = f"{reverse('new_document')}?loai=CV&co_quan={so_noi_vu.code}", client_of(officer)
    form = client.get(address).context["form"]
    assert not [name for name, field in form.fields.items() if "maxlength" in field.widget.attrs]
    answer = client.post(address, {"subject": "a " * 300})
    assert answer.context["form"].errors["subject"] == ["Chỉ được tối đa 500 ký tự (đang có 599)."]
    assert answer.context["form"]["subject"].value() == "a " * 300
