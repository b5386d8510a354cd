"""What is typed at odd moments: while the draft is stored, while what was left is put back, right before the page is gone."""

import pytest
from django.urls import reverse

from documents.models import DocumentType, Writing

from .test_browser import DRAWN, at_rest, words_of

pytestmark = [
    pytest.mark.browser,
    pytest.mark.front_end(
        "the scripts that keep what is typed; what they send, test_keeping.py sends on every database"
    ),
]
SOURCE = "textarea[data-source]"
# All that was typed is on the server, or waits on this machine: who closes the page is asked nothing.
CLOSES_UNASKED = "() => dispatchEvent(new Event('beforeunload', { cancelable: true }))"
NOTHING_WAITS = "() => Object.keys(localStorage).every(name => !name.startsWith('giu:'))"


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


def until_kept(page):
    """Until the server has all that was typed: nothing of it waits on the machine any more."""
    page.get_by_text("Đã tự giữ chữ đang gõ").wait_for()
    page.wait_for_function(CLOSES_UNASKED)
    page.wait_for_function(NOTHING_WAITS)


def hold(page, address, words="", method="POST"):
    """What is sent to ``address`` with ``words`` waits until the test lets it go."""
    held = []

    def wait(route):
        if route.request.method == method and words in (route.request.post_data or ""):
            held.append(route)
        else:
            route.continue_()

    page.route(f"**{address}", wait)
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
    # Who typed goes on where the caret was, once the editor shows what was typed.
    opened.wait_for_function("() => document.activeElement.matches('.desk-words')")
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


def test_what_is_typed_outlives_the_tab_and_the_line(page, page_errors, login, officer, draft):
    login(page, officer)
    page.goto(reverse("document", args=[draft.pk]))
    page.wait_for_selector(DRAWN)
    words_of(page).click()
    page.keyboard.press("Control+Home")
    page.keyboard.type("Câu thứ nhất. ")
    until_kept(page)
    page.context.set_offline(True)
    page.keyboard.type("Câu thứ hai. ")
    page.get_by_text("Chữ đã gõ giữ trên máy này").wait_for()
    page.wait_for_function(CLOSES_UNASKED)
    kept = page.evaluate("() => JSON.stringify({ ...localStorage })")
    assert "giu:" in kept
    assert "Câu" not in kept  # locked: the next person at the machine reads nothing
    # Nor do its last words leave: they would come when the next page was read already, and another row would stay.
    page.evaluate("() => { window.fetch = () => Promise.reject(new TypeError('no line')); }")
    page.goto("about:blank")
    page.context.set_offline(False)
    page.goto(reverse("document", args=[draft.pk]))
    page.get_by_role("button", name="Lấy lại").click()
    assert page.input_value(SOURCE).startswith("Câu thứ nhất. Câu thứ hai. ")
    page.wait_for_function(NOTHING_WAITS)
    page.get_by_role("button", name="Lưu dự thảo").click()
    page.get_by_text("Đã lưu dự thảo.").wait_for()
    assert page.get_by_role("button", name="Lấy lại").count() == 0
    page_errors.foreseen.add("ERR_INTERNET_DISCONNECTED")


def test_what_a_page_sent_when_it_was_closed_is_newer_than_what_waits_on_the_machine(opened, draft):
    opened.keyboard.type("Một. ")
    opened.wait_for_function("() => Object.keys(localStorage).some(name => name.startsWith('giu:'))")
    # The machine keeps no more of it: what was typed last leaves with the page alone.
    opened.evaluate("() => { Storage.prototype.setItem = () => {}; }")
    opened.keyboard.type("Hai. ")
    context = opened.context
    # What a browser tells a page that it closes, as a phone does, without a question; a slow page it may end before that.
    address = reverse("keep_typed")
    with opened.expect_response(lambda got: address in got.url and "giu-roi=1" in got.request.post_data) as answer:
        opened.evaluate("() => dispatchEvent(new PageTransitionEvent('pagehide'))")
    assert answer.value.ok
    opened.close(run_before_unload=False)
    other = context.new_page()
    begin(other, draft)
    other.get_by_role("button", name="Lấy lại").click()
    begins_with(other, "Một. Hai. ")
    at_rest(other)


def test_nothing_is_typed_over_what_is_being_put_back(opened, draft):
    opened.keyboard.type("Một. ")
    until_kept(opened)
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


def test_an_answer_from_before_words_were_put_back_is_not_taken_for_theirs(opened, draft):
    for words in ("Một. ", "Hai. "):
        opened.keyboard.type(words)
        until_kept(opened)
    key = Writing.objects.get().key
    begin(opened, draft)
    address = reverse("keep_typed")
    held = hold(opened, f"{address}*", "body=")
    with opened.expect_request(lambda asked: address in asked.url and "body=" in asked.post_data):
        opened.keyboard.type("Ba. ")
    opened.get_by_role("button", name="Lấy lại").click()
    with opened.expect_response(
        lambda got: address in got.url and f"giu-khoa={key}&" in got.request.post_data
    ) as answer:
        let_go(opened, held, f"{address}*")
    # Not refused as another page's, which takes a key of its own and leaves what was put back to be offered again.
    assert answer.value.status == 200
    begins_with(opened, "Một. Hai. Sở")
    at_rest(opened)


def test_what_is_typed_before_the_scripts_have_come_is_kept(page, login, officer, draft):
    login(page, officer)
    held = hold(page, "/draft-keep.js", method="GET")
    page.goto(draft.get_absolute_url(), wait_until="commit")
    page.fill("[name=subject]", "việc khẩn")
    let_go(page, held, "/draft-keep.js")
    until_kept(page)
    assert Writing.objects.get().fields["subject"] == ["việc khẩn"]
    at_rest(page)


def test_what_another_window_drops_hides_nothing_else_that_waits(opened):
    found = opened.evaluate(
        """async () => {
          const keep = key => draftLocal.keep(key, { version: 1, sendings: 1, fields: { body: [key] } });
          await keep("trang-mot");
          await keep("trang-hai");
          const found = draftLocal.all();
          localStorage.clear();
          return (await found).map(one => one.key).sort();
        }"""
    )
    assert found == ["trang-hai", "trang-mot"]
    at_rest(opened)


def test_what_is_put_back_without_a_line_is_shown_as_its_source(opened, page_errors, draft):
    opened.keyboard.type("Một. ")
    until_kept(opened)
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
    page_errors.foreseen.add("ERR_INTERNET_DISCONNECTED")


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
    page_errors.foreseen.add("ERR_INTERNET_DISCONNECTED")


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
