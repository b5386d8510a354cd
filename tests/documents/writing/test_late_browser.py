"""Answers that come late, on a slow line: what is typed, chosen or pasted meanwhile is neither lost nor put in another order."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from .conftest import TOLD
from .test_paste_browser import PASTE, PDF

pytestmark = [
    pytest.mark.browser,
    pytest.mark.front_end("the editor on its page; what the server answers is asked for on every database elsewhere"),
]

# What is asked for at an address waits until it is let go.
HOLD = """(address) => {
  const real = window.fetch, held = new Promise((go) => { window.letGo = go; });
  window.fetch = async (asked, facts) => {
    if (String(asked).includes(address)) await held;
    return real(asked, facts);
  };
}"""
# A line is chosen and a button pressed before the browser has told of it.
CHOOSE_AND_PRESS = """() => {
  getSelection().modify("extend", "forward", "lineboundary");
  const button = document.querySelector("[data-do=bold]");
  button.dispatchEvent(new MouseEvent("mousedown", { bubbles: true, cancelable: true }));
  button.click();
}"""


@pytest.fixture
def opened(page, login, officer, draft):
    """The page of a draft of one line, the caret before it."""
    draft.body = "Sở Nội vụ."
    draft.save()
    login(page, officer)
    page.goto(reverse("document", args=[draft.pk]))
    page.locator(".desk-words").first.click()
    page.keyboard.press("Control+Home")
    page.evaluate(TOLD)
    return page


def let_go(page):
    page.evaluate("letGo()")


def holds(page, words):
    """Wait until these are the words of the paper."""
    expect(page.locator("[name=body]")).to_have_value(words)


def test_what_follows_a_paste_stands_behind_it_however_late_that_comes(opened):
    opened.evaluate(HOLD, reverse("convert_words"))
    for words in ("Yêu cầu", "; tiếp tục", "; liên hệ"):
        opened.evaluate(PASTE, ["", words])
    opened.keyboard.type(" gửi ")
    let_go(opened)
    holds(opened, "Yêu cầu; tiếp tục; liên hệ gửi Sở Nội vụ.")
    opened.keyboard.type("cho ")
    holds(opened, "Yêu cầu; tiếp tục; liên hệ gửi cho Sở Nội vụ.")


def test_a_paste_that_comes_late_takes_nobody_out_of_another_field(opened):
    opened.evaluate(HOLD, reverse("convert_words"))
    opened.evaluate(PASTE, ["", "Yêu cầu: "])
    subject = opened.locator("[name=subject]")
    subject.focus()
    let_go(opened)
    holds(opened, "Yêu cầu:Sở Nội vụ.")
    expect(subject).to_be_focused()


def test_words_are_pasted_though_the_session_ended(opened):
    opened.route(
        f"**{reverse('convert_words')}", lambda route: route.fulfill(content_type="text/html", body="Đăng nhập")
    )
    opened.evaluate(PASTE, ["", PDF])
    opened.get_by_role("button", name="Dán nguyên như vậy").click()
    expect(opened.locator("[name=body]")).to_have_value(re.compile("của Ban Thi đua\n"))


def test_what_was_chosen_a_moment_ago_is_what_a_button_is_for(opened):
    opened.evaluate(CHOOSE_AND_PRESS)
    holds(opened, "**Sở Nội vụ.**")
