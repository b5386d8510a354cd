"""Saving from the keyboard, the button always in sight, and the way from a fault to its field."""

import pytest
from django.urls import reverse

from documents.models import Document

pytestmark = [
    pytest.mark.browser,
    pytest.mark.front_end("scripts and styles of forms; what they store is tried elsewhere"),
]


# The list of what is wrong has the keyboard: the page has come, with all that its scripts do.
AT_FAULTS = "() => 'faults' in document.activeElement.dataset"


def test_a_form_is_saved_from_the_keyboard_and_each_fault_leads_to_its_field(page, page_errors, login, officer):
    login(page, officer)
    page.goto(reverse("new_received"))
    save = page.locator(".save-bar button[type=submit]")
    for place in ("0", "document.body.scrollHeight"):
        page.evaluate(f"scrollTo(0, {place})")
        box = save.bounding_box()
        assert 0 < box["y"] < 768 - box["height"]
    page.focus("[name=subject]")
    page.keyboard.press("Control+s")
    page.wait_for_function(AT_FAULTS)
    # A choice with a search box is led to as well as a line.
    for label, field in (("Trích yếu", "id_subject"), ("Loại văn bản", "id_type-ts-control")):
        page.click(f"[data-faults] a >> text={label}")
        page.wait_for_function("id => document.activeElement.id === id", arg=field)
    assert not Document.objects.filter(origin=Document.Origin.RECEIVED).exists()
    page_errors.foreseen.add("422")


def test_a_fault_in_something_folded_opens_it(page, page_errors, login, officer):
    login(page, officer)
    page.goto(f"{reverse('new_document')}?loai=CV&co_quan={officer.unit.code}")
    page.get_by_role("button", name="Thêm phụ lục").click()
    page.locator("#phu-luc-0 .ProseMirror").first.click()
    page.keyboard.type("Nội dung")
    page.get_by_role("tab").first.click()
    page.keyboard.press("Control+s")
    page.wait_for_function(AT_FAULTS)
    link = page.locator("[data-faults] a").last
    target = link.get_attribute("href")
    link.click()
    assert page.locator(target).evaluate("field => field.checkVisibility() || !!field.tomselect")
    page_errors.foreseen.add("422")
