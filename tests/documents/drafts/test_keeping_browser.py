"""What is typed at odd moments: while the draft is stored, while what was left is put back, right before the page is gone."""

import pytest
from django.urls import reverse

from documents.models import DocumentType

from .test_browser import DRAWN, at_rest, words_of

pytestmark = [
    pytest.mark.browser,
    pytest.mark.front_end(
        "the scripts that keep what is typed; what they send, test_keeping.py sends on every database"
    ),
]
SOURCE = "textarea[data-source]"


@pytest.fixture
def opened(page, login, officer, draft):
    """The page of the draft, its pages drawn, the caret before the first word."""
    login(page, officer)
    begin(page, draft)
    return page


def begin(page, draft):
    page.goto(reverse("document", args=[draft.pk]))
    page.wait_for_selector(DRAWN)
    words_of(page).click()
    page.keyboard.press("Control+Home")


def begins_with(page, words):
    page.wait_for_function(
        "words => document.querySelector('textarea[data-source]').value.startsWith(words)", arg=words
    )


def hold(page, address, method="POST"):
    """The requests to ``address`` that wait until the test lets them go."""
    held = []
    page.route(
        f"**{address}", lambda route: held.append(route) if route.request.method == method else route.continue_()
    )
    return held


def let_go(page, held, address):
    for route in held:
        route.continue_()
    page.unroute(f"**{address}")


def test_what_is_typed_while_the_draft_is_stored_goes_on_behind_it(opened, draft):
    address = draft.get_absolute_url()
    opened.keyboard.type("Một. ")
    held = hold(opened, address)
    with opened.expect_request(lambda asked: asked.method == "POST" and asked.url.endswith(address)):
        opened.evaluate("() => { setTimeout(() => document.querySelector('[data-save]').click()); }")
    # Past Playwright, which waits for that page with all it does.
    opened.context.new_cdp_session(opened).send("Input.insertText", {"text": "Hai. "})
    let_go(opened, held, address)
    opened.get_by_text("Đã lưu dự thảo.").wait_for()
    begins_with(opened, "Một. Hai. ")
    opened.get_by_text("Đã tự giữ chữ đang gõ").wait_for()
    draft.refresh_from_db()
    assert draft.body.startswith("Một. Sở Nội vụ")
    # Who typed goes on where the caret was.
    opened.keyboard.type("Ba. ")
    begins_with(opened, "Một. Hai. Ba. ")
    at_rest(opened)
    opened.get_by_role("button", name="Lưu dự thảo").click()
    opened.get_by_text("Đã lưu dự thảo.").wait_for()
    opened.get_by_text("Đã lưu lúc").wait_for()
    assert opened.get_by_role("button", name="Lấy lại").count() == 0
    draft.refresh_from_db()
    assert draft.body.startswith("Một. Hai. Ba. Sở Nội vụ")
    at_rest(opened)


def test_what_a_page_sent_when_it_was_closed_is_newer_than_what_waits_on_the_machine(opened, page_errors, draft):
    opened.keyboard.type("Một. ")
    opened.wait_for_function("() => Object.keys(localStorage).some(name => name.startsWith('giu:'))")
    # The machine keeps no more of it: what was typed last leaves with the page alone.
    opened.evaluate("() => { Storage.prototype.setItem = () => {}; }")
    opened.keyboard.type("Hai. ")
    context = opened.context
    # As a phone closes it, without a question.
    opened.close(run_before_unload=False)
    other = context.new_page()
    begin(other, draft)
    other.get_by_role("button", name="Lấy lại").click()
    begins_with(other, "Một. Hai. ")
    at_rest(other)


def test_nothing_is_typed_over_what_is_being_put_back(opened, draft):
    opened.keyboard.type("Một. ")
    opened.get_by_text("Đã tự giữ chữ đang gõ").wait_for()
    begin(opened, draft)
    address = reverse("open_source")
    held = hold(opened, address)
    with opened.expect_request(f"**{address}"):
        opened.get_by_role("button", name="Lấy lại").click()
    words_of(opened).click()
    opened.keyboard.type("Hai. ")
    begins_with(opened, "Một. Sở")
    let_go(opened, held, address)
    opened.locator(".desk-words").get_by_text("Một. Sở").wait_for()
    opened.keyboard.press("Control+Home")
    opened.keyboard.type("Ba. ")
    begins_with(opened, "Ba. Một. Sở")
    at_rest(opened)


def test_what_is_put_back_without_a_line_is_shown_as_its_source(opened, page_errors, draft):
    opened.keyboard.type("Một. ")
    opened.get_by_text("Đã tự giữ chữ đang gõ").wait_for()
    begin(opened, draft)
    opened.context.set_offline(True)
    opened.get_by_role("button", name="Lấy lại").click()
    opened.get_by_text("Chưa mở được ô soạn vì chưa nối được với máy chủ.").wait_for()
    assert opened.locator(SOURCE).first.is_visible()
    assert opened.input_value(SOURCE).startswith("Một. Sở")
    opened.context.set_offline(False)
    opened.get_by_role("button", name="Về ô soạn thảo").click()
    opened.locator(".desk-words").get_by_text("Một. Sở").wait_for()
    at_rest(opened)
    page_errors.clear()  # what was asked for without a line


def test_pages_that_could_not_be_drawn_are_marked_and_come_by_themselves(opened, page_errors):
    before = opened.get_attribute(DRAWN, "data-key")
    opened.context.set_offline(True)
    opened.keyboard.type("Một. ")
    opened.get_by_text("Mất kết nối. Trang dưới đây là lần vẽ trước").wait_for()
    assert opened.locator("#sheets.stale").count()
    opened.context.set_offline(False)
    opened.wait_for_function("before => document.querySelector('#sheets img').dataset.key !== before", arg=before)
    opened.wait_for_selector("#sheets:not(.stale)")
    assert opened.inner_text("#sheet-told") == ""
    at_rest(opened)
    page_errors.clear()  # what was asked for without a line


def test_of_a_long_paper_the_pages_are_drawn_on_which_one_writes(opened):
    text = "\n\n".join(f"# {number}." + "\n\nMột dòng." * 40 for number in range(45))
    opened.evaluate(
        "text => { const field = document.querySelector('[name=body]'); field.value = text; "
        "field.dispatchEvent(new Event('input', { bubbles: true })); }",
        text,
    )
    opened.get_by_text("Vẽ trang 1 đến 30 trong").wait_for()
    opened.locator(".desk-words").get_by_text("44.", exact=True).wait_for()
    words_of(opened).click()
    opened.keyboard.press("Control+End")
    opened.wait_for_function("() => /^Vẽ trang [2-9]/.test(document.querySelector('#sheets p')?.textContent)")
    opened.wait_for_selector(".sheet-place:not([hidden])")
    assert opened.locator(DRAWN).first.get_attribute("alt").startswith("Trang ")
    at_rest(opened)


@pytest.mark.parametrize("code", ["CV", "BC"])
def test_a_click_on_the_number_leads_to_the_symbol(page, login, officer, draft, code):
    draft.type = DocumentType.objects.get(code=code)
    draft.save()
    login(page, officer)
    begin(page, draft)
    page.evaluate(
        "() => document.getElementById('draft').addEventListener('go-to-line', event => { window.led = event.detail; })"
    )
    sheet = page.locator(DRAWN).first
    led = sheet.evaluate(
        """sheet => {
          const { left, top, width, height } = sheet.getBoundingClientRect(), found = new Set();
          for (let down = 0.05; down < 0.16; down += 0.004) {
            const at = { bubbles: true, clientX: left + width * 0.3, clientY: top + height * down };
            sheet.dispatchEvent(new MouseEvent("click", at));
            found.add(window.led.field);
          }
          return [...found];
        }"""
    )
    assert "symbol" in led
    at_rest(page)
