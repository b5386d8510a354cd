"""The browser that other tests trust to notice: it works, and it tells what goes wrong in a page."""

import pytest
from django.urls import reverse

from tests.conftest import is_too_wide, overflowing

pytestmark = [
    pytest.mark.browser,
    pytest.mark.front_end("the browser and what watches it; the only row is the account that logs in"),
]


def test_a_person_logs_in_and_sees_the_first_page(page, login, officer):
    login(page, officer)
    assert page.url.endswith(reverse("home"))
    assert page.locator("h1, h2").first.is_visible()


def test_the_login_page_fits_a_phone(phone_page):
    phone_page.goto(reverse("login"))
    assert not is_too_wide(phone_page)


def test_a_page_that_is_too_wide_is_noticed_on_a_phone_and_in_a_window(page, phone_page):
    for window in (page, phone_page):
        window.goto(reverse("login"))
        window.evaluate(
            "document.body.append(Object.assign(document.createElement('table'), {width: 700, innerHTML: '<tr><td>-'}))"
        )
        assert is_too_wide(window) is (window is phone_page)
    assert overflowing(page) == [390]


@pytest.mark.parametrize(
    ("script", "noticed"),
    [
        ("console.error('wrong')", "wrong"),
        ("setTimeout(() => { throw new Error('thrown') }, 0)", "thrown"),
        (
            "document.body.append(Object.assign(document.createElement('script'), {text: '1'}))",
            "Content Security Policy",
        ),
        ("location = 'http://127.0.0.1:9/'", "outside address"),
    ],
)
def test_the_browser_tells_what_goes_wrong_in_a_page(page, page_errors, script, noticed):
    page.goto(reverse("login"))
    page.evaluate(script)
    # A busy machine takes its time to tell.
    for _ in range(600):
        if noticed in " ".join(page_errors):
            break
        page.wait_for_timeout(100)
    assert noticed in " ".join(page_errors)
    page_errors.foreseen.add("")  # all of it
