"""What holds for every address: nothing without a login, and the same content security policy on every answer."""

from urllib.parse import urlsplit

import pytest
from django.urls import resolve, reverse

from config import views

from .addresses import address, patterns

pytestmark = pytest.mark.django_db

# The page of a phone at a door, which holds nobody's name; its reader of codes alone has a policy of its own.
READER = "cua/doc-ma.js"
AT_DOOR = {"cua/", "cua/sw.js", READER, "cua/app.webmanifest"}
# What a stranger may see: the login page, the supervisor's probe, where a code is typed.
OPEN = {"healthz", "dang-nhap/", "xac-thuc/bang/"} | AT_DOOR
# What such a phone asks for with the secret of its link.
BY_SECRET = {"cua/vao", "cua/ra", "cua/danh-sach", "cua/gui"}
# What anybody may see who has its code; of another code there is nothing.
BY_CODE = {"xac-thuc/bang/<str:code>/", "tra-ma/giao-nhan/<slug:code>/"}
# The back office sends strangers to its own login, which sends them on to the desk's.
LOGINS = {"/dang-nhap/", "/admin/login/"}
EVERY_ADDRESS = sorted(set(patterns()))
POLICY = {
    "default-src 'self'",
    "img-src 'self' data:",
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
}


def policy(response):
    """The parts of the policy; django-csp gives them in any order."""
    return set(response.headers["Content-Security-Policy"].split("; "))


def test_the_walk_finds_the_addresses():
    assert {"", "dang-nhap/", "van-ban/<int:pk>/", "don-vi/<slug:code>/", "admin/login/"} <= set(EVERY_ADDRESS)


def test_an_address_filled_in_leads_to_its_own_pattern():
    assert {pattern: resolve(address(pattern)).route for pattern in EVERY_ADDRESS} == {
        row: row for row in EVERY_ADDRESS
    }


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_stranger_is_sent_to_log_in(client, method):
    """Every address in one test: making people for each would take minutes."""
    found = {}
    for pattern in set(EVERY_ADDRESS) - OPEN - BY_CODE - BY_SECRET:
        response = getattr(client, method)(address(pattern))
        if response.status_code != 302 or urlsplit(response.url).path not in LOGINS:
            found[pattern] = response.status_code
    assert found == {}


@pytest.mark.parametrize("pattern", sorted(OPEN))
def test_what_is_open_answers_a_stranger(client, pattern):
    assert client.get(address(pattern)).status_code == 200


@pytest.mark.parametrize("pattern", sorted(BY_CODE))
def test_of_a_code_that_there_is_not_a_stranger_learns_nothing(client, pattern):
    assert client.get(address(pattern)).status_code == 404


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("pattern", sorted(BY_SECRET))
def test_without_the_secret_of_a_door_there_is_nothing(client, pattern, method):
    assert getattr(client, method)(address(pattern)).status_code == 403


def test_every_answer_carries_the_policy(client_of, administrator):
    visitor = client_of(administrator)
    # In order: logging out is among them, and comes last.
    addresses = sorted(EVERY_ADDRESS, key=lambda pattern: ("logout" in pattern or "dang-xuat" in pattern, pattern))
    wrong = [pattern for pattern in addresses if policy(visitor.get(address(pattern))) != POLICY]
    assert wrong == [READER]
    reader = {"default-src 'none'", "script-src 'self' 'wasm-unsafe-eval'", "connect-src 'self'"}
    assert policy(visitor.get(address(READER))) == reader


def test_an_unknown_address_carries_the_policy(client, client_of, officer):
    for visitor in (client, client_of(officer)):
        response = visitor.get("/khong-co-trang-nay/")
        assert response.status_code == 404
        assert policy(response) == POLICY


def test_a_refusal_carries_the_policy(client_of, store_keeper):
    response = client_of(store_keeper).get(reverse("choose_type"))
    assert response.status_code == 403
    assert policy(response) == POLICY


def test_a_form_without_its_token_is_refused_with_the_policy(client_of, officer):
    visitor = client_of(officer)
    visitor.handler.enforce_csrf_checks = True
    response = visitor.post(reverse("account"))
    assert response.status_code == 403
    assert policy(response) == POLICY


def test_a_breakdown_carries_the_policy(client, monkeypatch):
    monkeypatch.delattr(views, "Worker")
    client.raise_request_exception = False
    response = client.get(reverse("healthz"))
    assert response.status_code == 500
    assert policy(response) == POLICY
