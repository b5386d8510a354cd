"""A person who goes through the pages and sends the forms on them as they stand, as a browser without scripts would."""

from collections import Counter
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

from django.db import connection
from django.test import Client
from django.urls import Resolver404, resolve
from lxml import html

# How many pages of one kind are looked at: a list that somebody filled differs from one that nobody did.
PAGES_OF_A_KIND = 2


@dataclass
class Opened:
    """What came for an address; ``twice``: the questions that the database was asked more than once for it."""

    status_code: int
    headers: dict[str, str]
    content: bytes
    twice: list[str]


def visit(client, address) -> Opened:
    """What ``client`` gets at ``address``."""
    asked = Counter()

    def count(execute, sql, params, many, context):
        asked[sql, repr(params)] += 1
        return execute(sql, params, many, context)

    with connection.execute_wrapper(count):
        answer = client.get(address)
    twice = [f"{times} × {sql[:300]}" for (sql, _), times in asked.items() if times > 1]
    return Opened(answer.status_code, dict(answer.headers), answer.getvalue(), twice)


_opened: dict[tuple[str, str], Opened] = {}


def opened(client, user, address) -> Opened:
    """As ``visit``, for an account of the sample. Several tests go through all its pages: a process opens each once for all."""
    key = user.username, address
    if key not in _opened:
        _opened[key] = visit(client, address)
    return _opened[key]


@dataclass
class Form:
    """A form as a page shows it. ``button``: the name and value that the button pressed sends, if any."""

    page: str
    action: str
    kind: str
    values: list[tuple[str, str]]
    button: tuple[str, str] | None
    files: list[str] = field(default_factory=list)

    def data(self, **typed) -> dict[str, list]:
        """What is sent, with ``typed`` in the place of what the page had in those fields."""
        found: dict[str, list] = {}
        for name, value in [*self.values, *([self.button] if self.button else [])]:
            found.setdefault(name, []).append(value)
        return found | {name: value if isinstance(value, list) else [value] for name, value in typed.items()}


def kind_of(address) -> str | None:
    """The name of the page at ``address``."""
    try:
        found = resolve(urlsplit(address).path)
    except Resolver404:
        return None
    return found.url_name


def forms_on(page, address):
    """Each form that is posted, once for each of its buttons."""
    tree = html.fromstring(page.content)
    for form in tree.forms:
        if (form.method or "").lower() != "post":
            continue
        files = [box.name for box in form.iterfind(".//input[@type='file']")]
        values = [(name, value) for name, value in form.form_values() if name not in files]
        presses = form.xpath(".//button[not(@type='button')]")
        if form.get("id"):
            presses += tree.xpath("//button[@form=$key]", key=form.get("id"))
        pressed = {(press.get("formaction"), press.get("name"), press.get("value")) for press in presses}
        for other, name, value in sorted(pressed, key=str):
            action = urljoin(address, other or form.get("action") or address)
            yield Form(address, action, kind_of(action), values, (name, value or "") if name else None, files)


def pages(user, begin=(), only=None):
    """(client, address, page) of each kind of page that ``user`` reaches by links from the first page, and from those of
    ``begin``; ``only`` of these kinds.
    """
    client, waiting, seen, visits = Client(), [*begin, "/"], {*begin}, {}
    client.force_login(user)
    while waiting:
        address = waiting.pop(0)
        kind = kind_of(address)
        if (only and kind not in only) or kind in (None, "logout", "login") or visits.get(kind, 0) >= PAGES_OF_A_KIND:
            continue
        visits[kind] = visits.get(kind, 0) + 1
        page = opened(client, user, address)
        if page.status_code != 200 or not page.headers["Content-Type"].startswith("text/html") or not page.content:
            continue
        yield client, address, page
        for link in html.fromstring(page.content).xpath("//a/@href"):
            other = urljoin(address, link).split("#")[0]
            path = urlsplit(other).path
            if path not in seen and other.startswith("/") and not path.startswith("/admin/"):
                seen.add(path)
                waiting.append(other)
