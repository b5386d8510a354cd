"""Appendices are tabs beside the text: added, named, moved, crossed out after a question, taken back; their faults open them."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from documents.models import Appendix

from ...conftest import is_too_wide

pytestmark = [
    pytest.mark.browser,
    pytest.mark.front_end("tabs of the page; what they send, test_saving.py sends on every database"),
]


@pytest.fixture
def two(draft):
    """A draft with two appendices."""
    for number, title in enumerate(["Danh sách", "Mẫu báo cáo"]):
        Appendix.objects.create(document=draft, position=number, title=title, body=f"Lời của {title}.")
    return draft


@pytest.fixture
def opened(page, login, officer, two):
    """Its page."""
    login(page, officer)
    page.goto(reverse("document", args=[two.pk]))
    page.wait_for_selector(".desk-words")
    return page


def tabs(page):
    """The tabs of texts that are shown, by their words."""
    shown = page.locator("[role=tablist] li:not([hidden]) button").all_inner_texts()
    return [" ".join(words.split()) for words in shown]


def saved(page, draft):
    """[(title, body)] as stored after Ctrl+S."""
    page.keyboard.press("Control+s")
    page.get_by_text("Đã lưu dự thảo.").wait_for()
    return [(row.title, row.body) for row in draft.appendices.all()]


def test_each_is_a_tab_that_is_added_named_and_moved(opened, two):
    assert tabs(opened) == ["Nội dung *", "Phụ lục I Danh sách", "Phụ lục II Mẫu báo cáo"]
    opened.get_by_role("button", name="Thêm phụ lục").click()
    opened.keyboard.type("Kế hoạch")
    opened.locator("#phu-luc-2 .desk-words").click()
    opened.keyboard.type("Lời mới.")
    opened.get_by_role("tab", name="Phụ lục III").press("Alt+Shift+ArrowLeft")
    assert tabs(opened)[1:] == ["Phụ lục I", "Phụ lục II", "Phụ lục III"]
    assert (
        opened.get_by_role("tab", name="Phụ lục II", exact=True)
        .get_attribute("title")
        .startswith("Phụ lục II: Kế hoạch")
    )
    first = opened.get_by_role("tab", name="Phụ lục I", exact=True)
    opened.get_by_role("tab", name="Phụ lục III").drag_to(first)
    expect(first).to_have_attribute("title", re.compile("Mẫu báo cáo"))
    first.dblclick()
    opened.keyboard.type("Biểu mẫu")
    assert saved(opened, two) == [
        ("Biểu mẫu", "Lời của Mẫu báo cáo."), ("Danh sách", "Lời của Danh sách."), ("Kế hoạch", "Lời mới.")
    ]  # fmt: skip


def test_one_is_crossed_out_after_a_question_and_taken_back(opened, two):
    opened.get_by_role("tab", name="Phụ lục I", exact=False).first.click()
    pane = opened.locator("#phu-luc-0")
    pane.get_by_role("button", name="Xóa phụ lục").click()
    question = pane.get_by_role("alertdialog")
    assert "Xóa Phụ lục I «Danh sách»?" in question.inner_text()
    opened.keyboard.press("Escape")
    assert question.is_hidden()
    pane.get_by_role("button", name="Xóa phụ lục").click()
    question.get_by_role("button", name="Xóa", exact=True).click()
    assert tabs(opened) == ["Nội dung *", "Phụ lục Mẫu báo cáo"]
    opened.get_by_role("button", name="Lấy lại").click()
    assert tabs(opened) == ["Nội dung *", "Phụ lục I Danh sách", "Phụ lục II Mẫu báo cáo"]
    pane.get_by_role("button", name="Xóa phụ lục").click()
    question.get_by_role("button", name="Xóa", exact=True).click()
    assert saved(opened, two) == [("Mẫu báo cáo", "Lời của Mẫu báo cáo.")]


def test_a_fault_of_an_appendix_opens_its_tab_and_leads_to_its_place(opened, page_errors):
    opened.evaluate(
        """() => {
          const field = document.querySelector("[name=phu-luc-1-body]");
          field.value = "Đúng.\\n\\nChú thích[^9] thiếu lời.";
          field.dispatchEvent(new Event("input", { bubbles: true }));
        }"""
    )
    opened.get_by_role("tab", name="Phụ lục I", exact=False).first.click()
    opened.keyboard.press("Alt+Shift+ArrowRight")
    opened.keyboard.press("Control+s")
    opened.locator("#phu-luc-1.active .errorlist").wait_for()
    assert tabs(opened)[1:] == ["Phụ lục I Mẫu báo cáo ●", "Phụ lục II Danh sách"]
    page_errors.foreseen.add("422")  # the answer to a refused form


def test_what_was_typed_comes_back_in_its_tabs(opened, two):
    opened.get_by_role("button", name="Thêm phụ lục").click()
    opened.keyboard.type("Kế hoạch")
    keeping = reverse("keep_typed")
    with opened.expect_response(lambda one: keeping in one.url and "phu-luc-2-ORDER=2" in one.request.post_data):
        opened.get_by_role("tab", name="Phụ lục III").press("Alt+Shift+ArrowLeft")
    opened.locator("#kept-line").get_by_text("Đã tự giữ chữ đang gõ").wait_for()
    opened.reload()
    opened.get_by_role("button", name="Lấy lại").first.click()
    opened.get_by_role("tab", name="Phụ lục III").wait_for()
    names = opened.locator("[role=tablist] li:not([hidden]) .tab-name").all_text_contents()
    assert names == ["Danh sách", "Kế hoạch", "Mẫu báo cáo"]
    assert opened.locator("[role=tab].active").inner_text().startswith("Nội dung")


def test_on_a_phone(phone_page, login, officer, two):
    login(phone_page, officer)
    phone_page.goto(reverse("document", args=[two.pk]))
    phone_page.get_by_role("tab", name="Phụ lục II").tap()
    phone_page.locator("#phu-luc-1 .desk-words p").tap()
    phone_page.wait_for_selector("#phu-luc-1 .desk-words:focus")
    phone_page.keyboard.press("End")
    phone_page.keyboard.type(" Thêm.")
    assert phone_page.input_value("[name=phu-luc-1-body]") == "Lời của Mẫu báo cáo. Thêm."
    assert not is_too_wide(phone_page)
