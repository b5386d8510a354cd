"""What everybody can read and reach: axe-core finds nothing serious on any page of the sample, as each role sees it."""

import re
from contextlib import suppress
from html import unescape
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import Http404
from django.test import Client
from django.urls import resolve

from tests.conftest import LONGEST_WAIT, OFFICE, PHONE, is_too_wide
from units.models import User
from units.passwords import DEMO_USERNAMES

from .walk import opened

pytestmark = [
    pytest.mark.browser,
    pytest.mark.front_end("colours, names and places of what pages show; their words and rights are tried elsewhere"),
]
AXE = (Path(settings.BASE_DIR) / "tests/vendor/axe/axe.min.js").read_text(encoding="utf-8")
ASKED = """axe.run(document, {resultTypes: ['violations'],
                   runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})"""
SERIOUS = {"serious", "critical"}
# Drawn to scale, so they may be smaller: the same is done by the millimetres in the form (WCAG 2.2, 2.5.8, "equivalent").
TO_SCALE = 'class="place-box'
WIDTHS = (OFFICE, (1093, 768), (1024, 768), PHONE)
LINK = re.compile(r'href="(/[^"#]*)')
TAG = re.compile(r"<([a-z][a-z0-9]*)([^>]*)>")
# What makes a piece of a page look or sound otherwise: its classes, and whether it has a name or an address.
TOLD_BY = re.compile(r'(?:class|type|role)="[^"]*"|aria-[a-z]+|href|tabindex')
HOST = "http://testserver"


def pages_of(user):
    """(address, HTML) of the first page at each pattern that links lead ``user`` to, from the first page on."""
    client, seen, waiting = Client(), {"dang-xuat/"}, ["/"]
    client.force_login(user)
    while waiting:
        address = waiting.pop(0)
        pattern = None
        with suppress(Http404):
            pattern = resolve(urlsplit(address).path).route
        if pattern is None or pattern in seen or pattern.startswith("admin/") or "xuat=" in address:
            continue
        answer = opened(client, user, address)
        if answer.status_code == 302:
            waiting.append(answer.headers["Location"])
        if answer.status_code != 200 or not answer.headers.get("Content-Type", "").startswith("text/html"):
            continue
        seen.add(pattern)
        html = answer.content.decode()
        waiting += [unescape(link) for link in LINK.findall(html)]
        yield address, html


def pieces(html):
    """What a page is made of. A page of pieces that were all looked at is not looked at again."""
    return {(tag, *sorted(TOLD_BY.findall(rest))) for tag, rest in TAG.findall(html)}


def pages_to_look_at():
    """(who, address, HTML) of the pages that have something which none before them has, of every account."""
    known = set()
    for name in DEMO_USERNAMES:
        for address, html in pages_of(User.objects.get(username=name)):
            found = pieces(html)
            if not found <= known:
                known |= found
                yield name, address, html


def serve(route, pages):
    """Answer the browser: pages from ``pages``, static files from their folder, nothing else."""
    path = urlsplit(route.request.url).path
    if path in pages:
        route.fulfill(body=pages[path], content_type="text/html; charset=utf-8")
    elif path.startswith("/static/") and (file := finders.find(path.removeprefix("/static/"))):
        route.fulfill(path=file)
    else:
        route.fulfill(status=204)


def faults_of(window):
    """What axe-core finds serious in the page that is open, and the widths at which it scrolls sideways."""
    window.set_viewport_size(dict(zip(("width", "height"), OFFICE, strict=True)))
    window.evaluate(AXE)
    for fault in window.evaluate(ASKED)["violations"]:
        nodes = [node for node in fault["nodes"] if not (fault["id"] == "target-size" and TO_SCALE in node["html"])]
        if fault["impact"] in SERIOUS and nodes:
            yield f"{fault['id']} ({len(nodes)}): {nodes[0]['html'][:200]} {nodes[0]['failureSummary'][:200]}"
    for width, height in WIDTHS:
        window.set_viewport_size({"width": width, "height": height})
        if is_too_wide(window):
            yield f"wider than {width}"


@pytest.fixture
def window(browser):
    """A window that gets its pages from a dictionary: no server runs, so that the sample is loaded in one transaction."""
    context, pages = browser.new_context(reduced_motion="reduce", locale="vi-VN"), {}
    context.set_default_timeout(LONGEST_WAIT)
    context.route("**/*", lambda route: serve(route, pages))
    yield context.new_page(), pages
    context.close()


def test_nothing_on_any_page_is_hard_to_read_or_reach(sample, db, window):
    page, pages = window
    found, looked_at = {}, 0
    for name, address, html in pages_to_look_at():
        path = urlsplit(address).path
        pages[path] = html
        page.goto(HOST + path)
        looked_at += 1
        if faults := list(faults_of(page)):
            found[name, address] = faults
    assert found == {}
    assert looked_at > 60


@pytest.mark.parametrize(
    ("harm", "told"),
    [
        ("a => { a.style.color = '#aab4be' }", "color-contrast"),
        ("a => { a.innerHTML = '' }", "link-name"),
        ("a => { document.querySelector('h1').style.minWidth = '1400px' }", "wider than 1366"),
    ],
)
def test_the_look_notices(sample, db, window, harm, told):
    page, pages = window
    _, pages["/"] = next(pages_of(User.objects.get(username="chuyenvien")))
    page.goto(HOST + "/")
    assert list(faults_of(page)) == []
    page.evaluate(f"({harm})(document.querySelector('main .card a'))")
    assert any(told in fault for fault in faults_of(page))
