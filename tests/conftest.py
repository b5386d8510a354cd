"""What every test may ask for: people, clients logged in as them, a browser; and what is not run, named."""

import gc
import os
import shutil
import sys
import threading
import time
from collections import Counter
from ctypes.util import find_library
from datetime import date
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection
from django.test import Client
from django.urls import reverse

from documents import typesetting
from documents.models import NumberSeries
from documents.typesetting import pdf
from tests import databases, shares
from tests.databases import django_db_setup, sample, sample_papers  # noqa: F401  fixtures
from tests.days import TODAY, stand_on
from units.models import Role, Unit, User

ON_POSTGRESQL_ONLY = "about two people at once: runs on PostgreSQL only"
NO_BROWSER = "Chromium or libatomic1, which drives it, is not installed"
PASSWORD = "mat-khau-cua-kiem-thu"
OFFICE, PHONE = (1366, 768), (390, 844)
# Milliseconds that a page may take for anything.
LONGEST_WAIT = 60_000


def pytest_configure(config):
    """Settings that tests need otherwise, before anything has read them."""
    # Collecting tests makes no garbage.
    gc.disable()
    # Hashing a password well takes 50 ms, and every test makes people.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    # Static files by their own names, straight from static/: nothing has to be collected first.
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
    set_equal_pages_once(pdf.to_pdf)


def set_equal_pages_once(to_pdf):
    """Have the program ask for pages by a function that keeps them for all processes of the run: hundreds of tests issue
    the very same letter.

    What is kept are true bytes, and equal HTML gives equal bytes, which the tests of footnotes hold in processes
    that keep nothing. A test about the setting itself asks for ``pages_set_anew``.
    """
    databases.PAGES.mkdir(parents=True, exist_ok=True)

    @lru_cache(maxsize=256)
    def kept(html):
        file = databases.PAGES / sha256(html.encode()).hexdigest()
        if not file.exists():
            own = file.with_suffix(f".{os.getpid()}")
            own.write_bytes(to_pdf(html))
            own.rename(file)
        return file.read_bytes()

    def to_pdf_once(html, tell=None, limit=None):
        return to_pdf(html, tell) if tell else kept(html)

    to_pdf_once.anew = to_pdf
    for module in list(sys.modules.values()):
        if getattr(module, "to_pdf", None) is to_pdf:
            module.to_pdf = to_pdf_once


@pytest.fixture
def pages_set_anew(monkeypatch):
    """The pages of documents are set each time, as in real use."""
    monkeypatch.setattr(typesetting, "to_pdf", typesetting.to_pdf.anew)


def is_for_this_run(item):
    """Whether a test is this run's to do: bin/test says by ``TEST_SHARE`` that another run has the other database."""
    if connection.vendor == "postgresql":
        return shares.is_for_postgresql(item)
    return "TEST_SHARE" not in os.environ or shares.is_for_sqlite(item)


def pytest_collection_modifyitems(config, items):
    """Leave to the other run what is not this one's; skip what cannot be done, with the reason; keep together what shares."""
    config.hook.pytest_deselected(items=[item for item in items if not is_for_this_run(item)])
    items[:] = [item for item in items if is_for_this_run(item)]
    has_browser = shutil.which("chromium") and find_library("atomic")
    for item in items:
        if item.get_closest_marker("postgresql") and connection.vendor != "postgresql":
            item.add_marker(pytest.mark.skip(reason=ON_POSTGRESQL_ONLY))
        if item.get_closest_marker("browser") and not has_browser:
            item.add_marker(pytest.mark.skip(reason=NO_BROWSER))
        shared = [name for name in ("sample", "browser") if name in item.fixturenames]
        if shared:
            item.add_marker(pytest.mark.xdist_group(shared[0]))


def pytest_collection_finish():
    """The program, the libraries and thousands of tests stay to the end: looking for garbage in them is a tenth of a run."""
    gc.freeze()
    gc.enable()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup():
    """A test that needs PDF is skipped, with what to install, where Debian's packages for it are not there."""
    try:
        return (yield)
    except pdf.PackagesMissing as missing:
        pytest.skip(str(missing))


pytest_runtest_call = pytest_runtest_setup


@pytest.hookimpl(trylast=True)
def pytest_unconfigure(config):
    """The databases and pages of the run go with the process that began it."""
    if not hasattr(config, "workerinput"):
        databases.drop_all()


def pytest_terminal_summary(terminalreporter):
    """For bin/test: how many passed, failed and were skipped, and why those were skipped that no other run will do."""
    if "TEST_OUTCOME" not in os.environ:
        return
    reports = terminalreporter.stats
    skipped = reports.get("skipped", [])
    failed = len(reports.get("failed", [])) + len(reports.get("error", []))
    reasons = Counter(report.longrepr[2].removeprefix("Skipped: ") for report in skipped)
    del reasons[ON_POSTGRESQL_ONLY]
    lines = [f"{len(reports.get('passed', []))} passed, {failed} failed, {len(skipped)} skipped"]
    lines += [f"{count} tests. {reason}" for reason, count in sorted(reasons.items())]
    Path(os.environ["TEST_OUTCOME"]).write_text("\n".join(lines) + "\n", encoding="utf-8")


# --- Units and people

PROVINCE = "UBND TỈNH LẠNG SƠN"


def make_unit(code, name, **fields):
    """A unit that exists today."""
    return Unit.objects.create(code=code, name=name, **{"kind": Unit.Kind.DEPARTMENT, **fields})


def make_user(username, full_name, role, unit):
    """An account that opens with ``PASSWORD``."""
    return User.objects.create_user(username, password=PASSWORD, full_name=full_name, role=role, unit=unit)


def let_number_for(body, keeper, name="Sổ chung", **fields):
    """The book of ``body``, which ``keeper`` keeps: its people approve and number for that body too."""
    facts = {
        "kept_by": keeper,
        "kept_paper": "Quyết định số 02/QĐ-UBND ngày 02/01/2019",
        "kept_since": date(2019, 1, 2),
    }
    return NumberSeries.objects.create(issuer=body, name=name, **{**facts, **fields})


@pytest.fixture
def so_noi_vu(db):
    """The department that runs the program."""
    return make_unit("so-noi-vu", "Sở Nội vụ", symbol="SNV", letterhead="SỞ NỘI VỤ", letterhead_superior=PROVINCE)


@pytest.fixture
def other_unit(db):
    """A unit that is not Sở Nội vụ."""
    return make_unit("so-y-te", "Sở Y tế", symbol="SYT", letterhead="SỞ Y TẾ", letterhead_superior=PROVINCE)


@pytest.fixture
def officer(so_noi_vu):
    return make_user("hoa", "Nguyễn Thị Hòa", Role.OFFICER, so_noi_vu)


@pytest.fixture
def leader(so_noi_vu):
    return make_user("dang", "Trần Văn Đăng", Role.LEADER, so_noi_vu)


@pytest.fixture
def clerk(so_noi_vu):
    return make_user("thu", "Lê Thị Thư", Role.CLERK, so_noi_vu)


@pytest.fixture
def store_keeper(so_noi_vu):
    return make_user("khoa", "Hoàng Văn Khoa", Role.STORE_KEEPER, so_noi_vu)


@pytest.fixture
def unit_officer(other_unit):
    """An officer of ``other_unit``."""
    return make_user("lan", "Nông Thị Lan", Role.UNIT_OFFICER, other_unit)


@pytest.fixture
def stranger(db):
    """An officer of a third unit, who has no part in what the others do."""
    return make_user("xuan", "Vi Văn Xuân", Role.UNIT_OFFICER, make_unit("so-giao-thong", "Sở Giao thông vận tải"))


@pytest.fixture
def council_member(so_noi_vu):
    return make_user("phuc", "Đinh Quang Phúc", Role.COUNCIL_MEMBER, so_noi_vu)


@pytest.fixture
def administrator(so_noi_vu):
    return make_user("tri", "Bùi Minh Trí", Role.ADMINISTRATOR, so_noi_vu)


@pytest.fixture
def people(officer, leader, clerk, store_keeper, unit_officer, stranger, council_member, administrator):
    """One account of each kind, by what it is called here."""
    return {
        "officer": officer,
        "leader": leader,
        "clerk": clerk,
        "store_keeper": store_keeper,
        "unit_officer": unit_officer,
        "stranger": stranger,
        "council_member": council_member,
        "administrator": administrator,
    }


@pytest.fixture
def client_of():
    """A function that gives a client logged in as a person.

    Only the session is stored. What else a login does (the day of the last one, wrong passwords forgotten) takes half as long
    as a page, and tests of logins go through the page.
    """

    def logged_in(user):
        session = SessionStore()
        session[SESSION_KEY], session[HASH_SESSION_KEY] = str(user.pk), user.get_session_auth_hash()
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
        session.save()
        client = Client()
        client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
        return client

    return logged_in


@pytest.fixture
def day_of_the_run(monkeypatch):
    """Today is ``TODAY``, which tests reckon with as they are read, also where midnight passed before they are run."""
    stand_on(monkeypatch, TODAY)


# --- A browser


def is_too_wide(page):
    """Whether a page is wider than its screen. A phone's own ``innerWidth`` would grow with the page."""
    return page.evaluate("document.documentElement.scrollWidth") > page.viewport_size["width"]


def overflowing(page):
    """The widths of an office machine's and a phone's screen that a page does not fit; its window is resized, not reloaded."""
    found = []
    for width, height in (PHONE, OFFICE):
        page.set_viewport_size({"width": width, "height": height})
        if is_too_wide(page):
            found.append(width)
    return found


@pytest.fixture(scope="session")
def browser():
    """Debian's Chromium without a window, once for each test process."""
    from playwright.sync_api import expect, sync_playwright

    # As long as everything else is waited for: five seconds are short on a busy machine.
    expect.set_options(timeout=LONGEST_WAIT)
    # It opens pages of this program only; without these it looks for updates and for Google's hosts.
    quiet = ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"]
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=[*quiet, "--disable-gpu", "--disable-quic"]
        )
        yield chromium
        chromium.close()


def wait_for_answers(seconds=10):
    """Until the server has answered all that closed windows had asked, their last words among it.

    What it still writes would meet the emptying of the tables, or stand in the next test's.
    """
    until = time.monotonic() + seconds
    for thread in threading.enumerate():
        # One for each connection of a browser, by the name that socketserver gives it; it ends when the browser hangs up.
        if "process_request_thread" in thread.name:
            thread.join(max(0, until - time.monotonic()))


class PageErrors(list):
    """What went wrong in the pages of a test, but for what it foresees: the console tells of that whenever it comes to it."""

    def __init__(self):
        # Words of errors that are none here. 409 is an answer that the page that asked goes on from by itself. What htmx gives up
        # because other words were typed meanwhile it tells as an error too; what fails has words of its own besides.
        self.foreseen = {"409 (Conflict)", "htmx:sendAbort", "htmx:afterRequest"}

    def unforeseen(self):
        """The errors that nobody foresaw."""
        return [error for error in self if not any(words in error for words in self.foreseen)]


@pytest.fixture
def page_errors():
    """A test that has a page answer with an error on purpose adds its words to ``page_errors.foreseen``."""
    return PageErrors()


@pytest.fixture
def open_page(browser, live_server, page_errors):
    """A function that opens a window of a size.

    Fails the test on anything in the browser's console that is an error, a breach of the content security policy among
    them, on an exception in a script, and on a request to any other address.
    """
    contexts = []

    def watch(request):
        if not request.url.startswith((live_server.url, "data:", "blob:", "about:")):
            page_errors.append(f"outside address: {request.url}")

    def opened(width, height, **options):
        context = browser.new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": height},
            locale="vi-VN",
            timezone_id=settings.TIME_ZONE,
            **options,
        )
        contexts.append(context)
        context.set_default_timeout(LONGEST_WAIT)
        context.on("request", watch)
        context.on("console", lambda message: message.type == "error" and page_errors.append(message.text))
        context.on("weberror", lambda error: page_errors.append(str(error.error)))
        return context.new_page()

    yield opened
    for context in contexts:
        context.close()
    wait_for_answers()
    assert page_errors.unforeseen() == []


@pytest.fixture
def page(open_page):
    """A window on an office machine."""
    return open_page(*OFFICE)


@pytest.fixture
def phone_page(open_page):
    """A window on a phone."""
    return open_page(*PHONE, device_scale_factor=3, is_mobile=True, has_touch=True)


@pytest.fixture
def login():
    """A function that logs a person in through the login page."""

    def logged_in(page, user, password=PASSWORD):
        page.goto(reverse("login"))
        page.fill("[name=username]", str(getattr(user, "username", user)))
        page.fill("[name=password]", password)
        page.press("[name=password]", "Enter")
        page.wait_for_url(lambda url: reverse("login") not in url)
        return page

    return logged_in
