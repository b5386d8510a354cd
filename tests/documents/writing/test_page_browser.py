"""The page of a draft: its words in the editor, appendices with one each, faults at their block, saving by Ctrl+S."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from documents.models import Document, Phrase
from documents.texts.actions import keep

from ...conftest import is_too_wide
from ..desk.test_desk import cited
from ..held import hold, let_go

pytestmark = [
    pytest.mark.browser,
    pytest.mark.front_end("the editor on its page; what it sends, test_saving.py sends on every database"),
]


@pytest.fixture
def opened(page, login, officer, draft):
    """The page of a draft, its editor there."""
    login(page, officer)
    page.goto(reverse("document", args=[draft.pk]))
    page.wait_for_selector(".desk-words")
    return page


def body(page):
    return page.input_value("[name=body]")


def test_words_are_written_cited_and_saved_by_ctrl_s(opened, draft):
    cited("50/BC-UBND")
    opened.locator(".desk-words").first.click()
    opened.keyboard.press("Control+Home")
    opened.keyboard.type("Theo ")
    opened.get_by_role("button", name="Trích dẫn").first.click()
    opened.keyboard.type("50")
    opened.locator(".cite-found button").first.click()
    opened.keyboard.type(", ")
    assert body(opened).startswith("Theo {{cite:50/BC-UBND}}, Sở Nội vụ đề nghị")
    opened.keyboard.press("Control+s")
    opened.get_by_text("Đã lưu dự thảo.").wait_for()
    draft.refresh_from_db()
    assert draft.body.startswith("Theo {{cite:50/BC-UBND}}, Sở Nội vụ đề nghị các đơn vị báo cáo[^1]")
    opened.locator(".chip").get_by_text("Công văn số 50/BC-UBND").wait_for()
    assert opened.locator(".chip").get_attribute("title").startswith("Công văn số 50/BC-UBND ngày 17 tháng 02 năm 2020")


def test_what_is_picked_while_a_note_is_open_stands_among_its_words(opened, draft):
    cited("50/BC-UBND")
    keep(Phrase(name="kính trình", body="Kính trình **xem xét**, quyết định trước ngày 30/11."), by=None)
    opened.locator(".note").first.click()
    opened.wait_for_selector(".note-words:focus")
    opened.keyboard.press("Control+Home")
    opened.get_by_role("button", name="Trích dẫn").first.click()
    opened.locator(".cite-found button").first.click()
    opened.keyboard.type(": ")
    opened.get_by_role("button", name="Đậm").first.click()
    opened.keyboard.type("rõ")
    opened.get_by_role("button", name="Cụm từ").first.click()
    opened.locator("[data-writing-phrases] .list-group-item-action").first.click()
    opened.locator(".note-words").get_by_text("quyết định trước ngày").wait_for()
    assert "[^1]: {{cite:50/BC-UBND}}: **rõKính** trình **xem xét**, quyết định" in body(opened)
    assert body(opened).startswith("Sở Nội vụ đề nghị các đơn vị báo cáo[^1] kết quả")


def test_another_part_of_the_page_writes_into_the_field_and_the_editor_follows(opened):
    opened.evaluate(
        """() => {
          const field = document.querySelector("[name=body]");
          field.value = "Chữ **mới**.";
          field.dispatchEvent(new Event("input", { bubbles: true }));
        }"""
    )
    opened.locator(".desk-words strong").get_by_text("mới").wait_for()
    opened.locator(".desk-words").first.click()
    opened.keyboard.press("Control+z")
    assert body(opened).startswith("Sở Nội vụ đề nghị")


PUT = """(...texts) => texts.forEach((text) => {
  const field = document.querySelector("[name=body]");
  field.value = text;
  field.dispatchEvent(new Event("input", { bubbles: true }));
})"""


def test_what_is_written_back_while_it_is_read_leaves_an_editor_to_write_in(opened):
    was = body(opened)
    hold(opened, reverse("open_source"))
    opened.evaluate(PUT, "Chữ **mới**.")
    opened.evaluate(PUT, was)
    let_go(opened, 0, 1)
    expect(opened.locator(".desk-words").first).to_have_attribute("contenteditable", "true")
    opened.locator(".desk-words").first.click()
    opened.keyboard.press("Control+Home")
    opened.keyboard.type("Một. ")
    assert body(opened) == f"Một. {was}"


def test_buttons_and_open_notes_write_nothing_over_what_is_being_read(opened):
    now = "Chữ **mới**[^1].\n\n[^1]: Lời."
    opened.locator(".note").first.click()
    opened.wait_for_selector(".note-words:focus")
    hold(opened, reverse("open_source"))
    opened.evaluate(PUT, now)
    opened.keyboard.type("x")
    opened.get_by_role("button", name="Bảng").first.click()
    opened.get_by_text("Chưa làm được: ô soạn").wait_for()
    assert body(opened) == now
    let_go(opened, 0)
    opened.locator(".desk-words strong").get_by_text("mới").wait_for()
    assert body(opened) == now


NO_LINE = """() => {
  const real = window.fetch;
  window.fetch = (address, more) => (`${address}`.includes("/tra-cuu/") ? Promise.reject(new TypeError()) : real(address, more));
  window.lineBack = () => { window.fetch = real; };
}"""


def test_enter_without_an_answer_cites_nothing_and_asks_again(opened):
    cited("50/BC-UBND")
    cited("60/BC-UBND", subject="về việc mới")
    opened.locator(".desk-words").first.click()
    opened.keyboard.press("Control+Home")
    opened.get_by_role("button", name="Trích dẫn").first.click()
    found = opened.locator(".cite-found button")
    expect(found).to_have_count(2)
    other = "50" if "60/BC" in found.first.inner_text() else "60"
    opened.evaluate(NO_LINE)
    opened.keyboard.type(other)
    opened.keyboard.press("Enter")
    opened.evaluate("() => lineBack()")
    opened.keyboard.press("Enter")
    expect(opened.locator("[name=body]")).to_have_value(re.compile(rf"^{{{{cite:{other}/BC-UBND}}}}Sở Nội vụ"))


def test_chips_tell_of_the_day_that_was_typed_last_whichever_answer_comes_first(opened):
    cited("60/BC-UBND")
    opened.evaluate(PUT, "Theo {{cite:60/BC-UBND}}.")
    chip, day = opened.locator(".desk-words .chip"), opened.locator("[name=date]")
    chip.get_by_text("Công văn số 60/BC-UBND").wait_for()
    opened.locator("details:has([name=date]) > summary").click()
    hold(opened, reverse("cite_names"))
    for number, typed in enumerate(("01/02/2020", "25/02/2020")):
        day.fill(typed)
        day.press("Tab")
        opened.wait_for_function("(number) => held.length > number", arg=number)
    let_go(opened, 1, 0)
    # What is asked for now is told behind both.
    opened.evaluate(PUT, "Theo {{cite:60/BC-UBND}}, {{cite:70/BC-UBND}}.")
    let_go(opened, 2)
    opened.locator(".chip.is-unknown").wait_for()
    expect(chip.first).not_to_have_class(re.compile("is-doubtful"))


def test_an_appendix_has_an_editor_too(opened, draft):
    opened.get_by_role("button", name="Thêm phụ lục").click()
    opened.keyboard.type("Danh sách")
    opened.locator("#phu-luc-0 .desk-words").click()
    opened.locator("#phu-luc-0").get_by_role("button", name="Bảng").click()
    opened.keyboard.type("TT")
    opened.keyboard.press("Tab")
    opened.keyboard.type("Đơn vị")
    opened.keyboard.press("Control+s")
    opened.get_by_text("Đã lưu dự thảo.").wait_for()
    (appendix,) = draft.appendices.all()
    assert appendix.body == "| TT | Đơn vị |  |\n|---|---|---|\n|  |  |  |\n|  |  |  |"


def test_a_fault_is_marked_at_its_note_and_leads_there(opened, page_errors):
    opened.locator(".desk-words").first.click()
    opened.keyboard.press("Control+End")
    opened.keyboard.press("Control+Alt+f")
    opened.keyboard.press("Escape")
    opened.locator("#sheet-faults").get_by_role("link", name="Chú thích").wait_for()
    assert opened.locator(".note.at-fault").count() == 1
    opened.locator("#sheet-faults").get_by_role("link", name="Chú thích").click()
    opened.wait_for_selector(".note.is-open .note-words:focus")
    opened.keyboard.type("Lời.")
    assert body(opened).endswith("[^2]: Lời.")


def test_words_that_were_tampered_with_on_the_way_come_back(opened, page_errors, draft):
    opened.evaluate(
        """() => document.addEventListener("submit", () => {
          document.querySelector("[name=body]").value = "Chữ khác hẳn.";
        })"""
    )
    opened.keyboard.press("Control+s")
    opened.get_by_text("Chữ hiện trong ô soạn và chữ gửi lên để lưu khác nhau").first.wait_for()
    assert opened.locator(".desk-words").first.inner_text() == "Chữ khác hẳn."
    assert Document.objects.get().body == draft.body
    page_errors.foreseen.add("422")  # the answer to a refused form


def test_a_word_is_corrected_on_a_phone(phone_page, login, officer, draft):
    login(phone_page, officer)
    phone_page.goto(reverse("document", args=[draft.pk]))
    phone_page.locator(".desk-words p").first.tap()
    phone_page.wait_for_selector(".desk-words:focus")
    phone_page.keyboard.press("Control+End")
    phone_page.keyboard.type(" Thêm.")
    assert "Thêm." in body(phone_page)
    assert not is_too_wide(phone_page)
