"""In a real browser: what is typed is judged beside the pages, and mended by a button."""

import pytest
from django.urls import reverse

from ..held import hold, let_go

pytestmark = [
    pytest.mark.browser,
    pytest.mark.front_end("the script of the list; what it asks, test_known.py asks on every database"),
]

BODY = "document.getElementById('draft').elements.body"


def test_what_is_typed_is_judged_and_mended(page, login, officer, draft):
    login(page, officer)
    page.goto(reverse("document", args=[draft.pk]))
    page.wait_for_selector("#proofing > *")
    words = "Đề nghị các các đơn vị họp ngày 5 tháng 03 năm 2020.\\n\\nHọp ngày 31/6/2020."
    # As any editor of the page does it: the field is what counts.
    page.evaluate(f"{BODY}.value = '{words}'; {BODY}.dispatchEvent(new Event('input', {{ bubbles: true }}))")
    page.get_by_text("lịch không có ngày này").wait_for()
    page.locator("#proofing li", has_text="thừa một chữ").get_by_role("button", name="Sửa").click()
    page.wait_for_function(f"() => {BODY}.value.startsWith('Đề nghị các đơn vị')")
    page.wait_for_function("() => !document.querySelector('#proofing').innerText.includes('thừa một chữ')")
    # Two faults of one line, one after the other.
    page.locator("[data-mend-all]").click()
    page.wait_for_function(f"() => {BODY}.value.includes('ngày 05 tháng 3 năm 2020')")
    assert "31/6/2020" in page.evaluate(f"{BODY}.value")


def typed(page, words):
    """Put ``words`` into the body as the editor of the page would, and wait for what is found in them."""
    page.evaluate(f"{BODY}.value = '{words}'; {BODY}.dispatchEvent(new Event('input', {{ bubbles: true }}))")
    page.locator("#proofing .proof-list").wait_for()


def test_a_list_that_is_redrawn_under_the_mouse_does_not_swallow_the_click(page, login, officer, draft):
    login(page, officer)
    page.goto(reverse("document", args=[draft.pk]))
    page.wait_for_selector("#proofing > *")
    typed(page, "Đề nghị các các đơn vị báo cáo.")
    page.locator("#proofing li", has_text="thừa một chữ").get_by_role("button", name="Sửa").hover()
    page.mouse.down()
    with page.expect_response("**/van-ban/soat/**") as answer:
        page.evaluate("document.getElementById('draft').dispatchEvent(new Event('input'))")
    answer.value.finished()
    page.evaluate("() => new Promise((done) => setTimeout(done))")
    page.mouse.up()
    page.wait_for_function(f"() => {BODY}.value.startsWith('Đề nghị các đơn vị')")


def test_a_release_that_the_page_never_hears_holds_nothing_up(page, login, officer, draft):
    login(page, officer)
    page.goto(reverse("document", args=[draft.pk]))
    page.wait_for_selector("#proofing > *")
    page.get_by_role("heading", name="Công văn").hover()
    page.mouse.down()
    page.evaluate("window.dispatchEvent(new PointerEvent('pointermove', { buttons: 0 }))")
    typed(page, "Đề nghị các các đơn vị báo cáo.")
    page.get_by_text("thừa một chữ").wait_for()


def test_a_place_leads_to_where_the_editor_shows_it(page, login, officer, draft):
    login(page, officer)
    page.goto(reverse("document", args=[draft.pk]))
    page.wait_for_selector("#proofing > *")
    page.evaluate("document.getElementById('draft').elements.recipients.value = 'Như trên\\nsở Y tế'")
    typed(
        page, "# Lời mở đầu\\n\\nHọp bàn\\nvề thi đua.\\n\\n| a |\\n|---|\\n| b |\\n\\nĐề nghị các các đơn vị báo cáo."
    )
    page.get_by_role("button", name="Nội dung, đoạn 3").click()
    caret = "() => document.getSelection().anchorNode?.textContent.startsWith('Đề nghị các các')"
    page.wait_for_function(caret)
    page.get_by_role("button", name="Nơi nhận, dòng 2").click()
    page.wait_for_function("() => document.activeElement.name === 'recipients'")
    assert page.evaluate("document.activeElement.selectionStart") == len("Như trên\n")
    assert page.locator("[name=recipients]").is_visible()


def test_an_answer_about_words_that_were_taken_back_meanwhile_is_not_shown(page, login, officer, draft):
    login(page, officer)
    page.goto(reverse("document", args=[draft.pk]))
    page.wait_for_selector("#proofing > *")
    hold(page, reverse("proof"))
    words = "Đề nghị các các đơn vị họp ngày 5 tháng 03 năm 2020."
    page.evaluate(f"{BODY}.value = '{words}'; {BODY}.dispatchEvent(new Event('input', {{ bubbles: true }}))")
    let_go(page, 0)
    page.locator("[data-mend-all]").click()
    let_go(page, 1)
    page.wait_for_function(f"() => {BODY}.value.includes('các các đơn vị họp ngày 05 tháng 3 năm')")
    page.wait_for_function("() => held.length === 3")
    page.locator("[data-undo]").click()
    page.evaluate(
        """() => {
          window.lists = 0;
          new MutationObserver(() => { lists += 1; }).observe(document.getElementById("proofing"), { childList: true });
        }"""
    )
    let_go(page, 2, 3)
    page.locator("#proofing li", has_text="thừa một chữ").get_by_role("button", name="Sửa").click()
    page.wait_for_function(f"() => {BODY}.value.startsWith('Đề nghị các đơn vị')")
    assert page.evaluate("lists") == 1


def test_what_was_mended_is_taken_back_by_a_button_and_by_keys(page, login, officer, draft):
    login(page, officer)
    page.goto(reverse("document", args=[draft.pk]))
    page.wait_for_selector("#proofing > *")
    words = "Đề nghị các các đơn vị họp ngày 5 tháng 03 năm 2020."
    typed(page, words)
    page.locator("[data-mend-all]").click()
    page.wait_for_function(f"() => {BODY}.value.startsWith('Đề nghị các đơn vị họp ngày 05 tháng 3')")
    undo = page.locator("[data-undo]")
    undo.wait_for()
    undo.click()
    page.wait_for_function(f"() => {BODY}.value === '{words}'")
    # The editor follows by way of the server.
    page.locator(".ProseMirror", has_text="các các đơn vị họp ngày 5").first.wait_for()
    page.locator("#proofing li", has_text="thừa một chữ").get_by_role("button", name="Sửa").click()
    page.wait_for_function(f"() => {BODY}.value.startsWith('Đề nghị các đơn vị')")
    page.locator(".ProseMirror", has_text="Đề nghị các đơn vị họp").first.click()
    page.keyboard.press("Control+z")
    page.wait_for_function(f"() => {BODY}.value === '{words}'")
    # Typed over since, nothing is left to take back.
    undo.wait_for(state="hidden")
