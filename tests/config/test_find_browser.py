"""The search box with the keyboard alone, in a browser."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.conftest import make_unit, overflowing

pytestmark = [pytest.mark.browser, pytest.mark.front_end("a box of the front end"), pytest.mark.django_db]


def test_the_keyboard_alone_suffices(page, login, officer):
    for number in range(3):
        make_unit(f"so-lao-dong-{number}", f"Sở Lao động {number}")
    login(page, officer)
    page.goto(reverse("units"))
    box, rows = page.locator("#find"), page.locator("#found a")
    page.keyboard.press("/")
    expect(box).to_be_focused()
    page.keyboard.type("so lao dong")
    expect(rows).to_have_count(4)
    page.keyboard.press("ArrowDown")
    expect(rows.nth(0)).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(box).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(rows.nth(3)).to_be_focused()
    page.keyboard.press("Escape")
    expect(box).to_be_focused()
    expect(page.locator("#found")).to_be_hidden()
    page.keyboard.type(" 1")
    expect(rows).to_have_count(2)
    page.keyboard.press("Tab")
    expect(rows.nth(0)).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/don-vi/so-lao-dong-1/")
    page.keyboard.press("/")
    page.keyboard.type("so lao/dong")
    assert box.input_value() == "so lao/dong"
    page.keyboard.press("Enter")
    page.wait_for_url("**/tim/?q=so+lao%2Fdong")
    assert overflowing(page) == []


def test_what_comes_late_does_not_take_the_row_one_is_on(page, login, officer):
    for number in range(3):
        make_unit(f"so-lao-dong-{number}", f"Sở Lao động {number}")
    login(page, officer)
    page.goto(reverse("units"))
    box, rows = page.locator("#find"), page.locator("#found a")
    # Never answered, and given up for what is typed next.
    page.route(lambda url: url.endswith("q=so"), lambda route: None)
    with page.expect_request(lambda asked: asked.url.endswith("q=so")):
        box.fill("so")
    box.fill("so lao")
    expect(rows).to_have_count(4)
    with page.expect_request("**/tim/?q=*") as request:
        # At once: what is asked for between two keys is given up with the next one.
        box.fill("so lao dong 1")
        page.keyboard.press("ArrowDown")
    request.value.response().finished()
    expect(rows.nth(0)).to_be_focused()
    expect(rows).to_have_count(4)
    page.keyboard.press("ArrowUp")
    expect(rows).to_have_count(2)
