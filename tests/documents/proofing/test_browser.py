"""In a real browser: what is typed is judged beside the pages, and mended by a button."""

import pytest
from django.urls import reverse

pytestmark = [
    pytest.mark.browser,
    pytest.mark.front_end("the script of the list; what it asks, test_known.py asks on every database"),
]

BODY = "document.getElementById('draft').elements.body"


def test_what_is_typed_is_judged_and_mended(page, page_errors, login, officer, draft):
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
    assert page_errors == []
