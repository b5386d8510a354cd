"""Phrases in the editor of a draft, gaps in the editor of a text: by mouse and by keys."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from documents.models import Phrase
from documents.texts.actions import keep

from ...conftest import is_too_wide
from ..held import hold, let_go

pytestmark = [
    pytest.mark.browser,
    pytest.mark.front_end(
        "what the editor does with a phrase; what the server gives test_phrases.py asks on every database"
    ),
]


@pytest.fixture
def kept(officer):
    """Two phrases: of one paragraph, of several with a table."""
    keep(Phrase(name="kính trình", body="{Cơ quan} **kính trình** {đơn vị}[^1].\n\n[^1]: Theo quy chế."), by=None)
    keep(Phrase(name="nhiều đoạn", body="Đoạn một.\n\n| A | B |\n|---|---|\n| 1 | 2 |\n\nĐoạn ba."), by=None)


@pytest.fixture
def opened(page, login, officer, draft, kept):
    """The page of a draft, its editor there, the caret at the beginning of its words."""
    draft.body = "Sở Nội vụ đề nghị.\n\nĐoạn hai."
    draft.save()
    login(page, officer)
    page.goto(reverse("document", args=[draft.pk]))
    page.wait_for_selector(".desk-words")
    page.locator(".desk-words").first.click()
    page.keyboard.press("Control+Home")
    return page


def body(page):
    return page.input_value("[name=body]")


def holds(page, words):
    """Wait until the words of the paper have ``words``."""
    expect(page.locator("[name=body]")).to_have_value(re.compile(re.escape(words)))


def test_a_phrase_is_put_in_by_keys_alone_and_taken_back_by_ctrl_z(opened):
    opened.keyboard.press("Control+Alt+c")
    opened.keyboard.type("kinh")
    opened.locator(".phrase-box .list-group-item", has_text="kính trình").wait_for()
    expect(opened.locator(".phrase-box:visible .list-group-item")).to_have_count(1)
    opened.keyboard.press("Enter")
    holds(opened, "kính trình")
    assert body(opened).startswith("UBND tỉnh Lạng Sơn **kính trình** [đơn vị][^1].Sở Nội vụ đề nghị.")
    assert "[^1]: Theo quy chế." in body(opened)
    # At once: of letters typed slowly, as on a busy machine, each is a step to take back.
    opened.keyboard.insert_text(" Xong")
    assert ".Sở" not in body(opened)
    assert "[^1]. XongSở Nội vụ" in body(opened)
    # However fast it was typed: so much as was typed within half a second is taken back at once.
    for _ in range(8):
        opened.keyboard.press("Control+z")
    assert body(opened) == "Sở Nội vụ đề nghị.\n\nĐoạn hai."


def test_enter_takes_what_the_typed_words_find_however_late_their_list_comes(opened):
    opened.keyboard.press("Control+Alt+c")
    expect(opened.locator(".phrase-box:visible .list-group-item")).to_have_count(2)
    first = opened.locator(".phrase-box .list-group-item").first.inner_text()
    wanted = "nhiều đoạn" if "kính trình" in first else "kính trình"
    opened.keyboard.type(wanted)
    opened.keyboard.press("Enter")
    holds(opened, {"kính trình": "kính trình", "nhiều đoạn": "Đoạn một"}[wanted])


def test_the_list_is_walked_by_arrows_and_left_by_escape(opened):
    opened.get_by_role("button", name="Cụm từ").first.click()
    opened.locator(".phrase-box .list-group-item").nth(1).wait_for()
    opened.keyboard.press("ArrowDown")
    opened.keyboard.press("ArrowDown")
    opened.keyboard.press("Enter")
    holds(opened, "Đoạn một")
    assert body(opened).startswith("Đoạn một.\n\n| A | B |\n|---|---|\n| 1 | 2 |\n\nĐoạn ba.Sở Nội vụ đề nghị.")
    before = body(opened)
    opened.keyboard.press("Control+Alt+c")
    opened.keyboard.type("xyz")
    opened.get_by_text("Chưa có cụm từ nào như vậy.").wait_for()
    opened.keyboard.press("Enter")
    opened.keyboard.press("Escape")
    assert opened.locator(".phrase-box").first.is_hidden()
    opened.keyboard.type("Tiếp ")
    assert body(opened).replace("Tiếp ", "") == before


def test_what_is_selected_is_kept_under_a_name(opened, officer):
    opened.keyboard.press("Shift+End")
    opened.keyboard.press("Control+b")
    holds(opened, "**Sở Nội vụ đề nghị.**")
    opened.keyboard.press("Control+Alt+c")
    opened.get_by_role("button", name="Lưu đoạn đang chọn thành cụm từ").click()
    assert opened.locator("[data-phrase-selected]").first.inner_text() == "Sở Nội vụ đề nghị."
    opened.keyboard.press("Enter")
    opened.get_by_text("Tên gọi ngắn: ").wait_for()
    opened.keyboard.type("đề nghị")
    opened.keyboard.press("Enter")
    opened.get_by_text("Đã lưu cụm từ «đề nghị».").wait_for()
    row = Phrase.objects.get(name="đề nghị")
    assert (row.owner, row.body) == (officer, "**Sở Nội vụ đề nghị.**")
    assert body(opened).startswith("**Sở Nội vụ đề nghị.**")


def test_of_phrases_that_are_chosen_while_the_server_answers_the_last_comes_once(opened):
    hold(opened, "/chen/")
    opened.keyboard.press("Control+Alt+c")
    for name in ("nhiều đoạn", "kính trình"):
        row = opened.locator(".phrase-box .list-group-item", has_text=name)
        row.click()
        row.click()
    let_go(opened, 0, 1)
    holds(opened, "kính trình")
    assert body(opened).startswith("UBND tỉnh Lạng Sơn **kính trình** [đơn vị][^1].Sở Nội vụ đề nghị.")


def test_who_went_on_elsewhere_while_the_server_answers_is_left_there(opened):
    hold(opened, "/chen/")
    opened.keyboard.press("Control+Alt+c")
    opened.locator(".phrase-box .list-group-item", has_text="kính trình").click()
    opened.locator("[name=subject]").click()
    let_go(opened, 0)
    holds(opened, "kính trình")
    expect(opened.locator("[name=subject]")).to_be_focused()


def test_with_nothing_selected_nothing_can_be_kept(opened):
    opened.keyboard.press("Control+Alt+c")
    assert opened.get_by_role("button", name="Lưu đoạn đang chọn thành cụm từ").is_disabled()


def test_a_phrase_goes_into_a_cell_and_the_field_s_other_keys_stay_its_own(opened):
    opened.get_by_role("button", name="Bảng", exact=True).click()
    opened.keyboard.press("Control+Alt+c")
    opened.keyboard.type("kinh")
    expect(opened.locator(".phrase-box:visible .list-group-item")).to_have_count(1)
    opened.keyboard.press("Enter")
    holds(opened, "kính trình")
    assert "| UBND tỉnh Lạng Sơn **kính trình** [đơn vị][^1]. |" in body(opened)


def test_the_page_of_a_text_puts_gaps_in_and_shows_them_filled(page, login, officer, kept):
    login(page, officer)
    page.goto(reverse("new_text"))
    page.fill("[name=subject]", "báo cáo năm ")
    page.locator("[name=subject]").click()
    page.keyboard.press("End")
    page.get_by_role("button", name="{năm}").click()
    assert page.input_value("[name=subject]") == "báo cáo năm {năm}"
    page.locator(".desk-words").first.click()
    page.get_by_role("button", name="{cơ quan}", exact=True).click()
    page.keyboard.type(" mời {đơn vị}.")
    assert body(page) == "{cơ quan} mời {đơn vị}."
    page.locator(".desk-words .blank", has_text="{cơ quan}").wait_for()
    page.locator(".is-tried", has_text="Sở Nội vụ mời [đơn vị].").wait_for()
    # A phrase that is put into a text keeps its gaps.
    page.keyboard.press("Control+Alt+c")
    page.keyboard.type("kinh")
    expect(page.locator(".phrase-box:visible .list-group-item")).to_have_count(1)
    page.keyboard.press("Enter")
    holds(page, "{Cơ quan} **kính trình** {đơn vị}")


def test_at_390_px_nothing_is_wider_than_the_page(phone_page, login, officer, draft, kept):
    login(phone_page, officer)
    for address in (reverse("new_text"), reverse("phrases"), reverse("document", args=[draft.pk])):
        phone_page.goto(address)
        assert not is_too_wide(phone_page)
    phone_page.wait_for_selector(".desk-words")
    phone_page.get_by_role("button", name="Cụm từ").first.click()
    phone_page.locator(".phrase-box .list-group-item").first.wait_for()
    assert not is_too_wide(phone_page)


def test_what_was_opened_stays_in_sight_below_the_bar_however_long_the_words_are(page, login, officer, draft, kept):
    draft.body = "\n\n".join(f"Đoạn {number} của một văn bản dài." for number in range(80))
    draft.save()
    login(page, officer)
    page.goto(reverse("document", args=[draft.pk]))
    page.wait_for_selector(".desk-words")
    page.locator(".desk-words p").last.click()
    page.keyboard.press("Control+End")
    page.keyboard.press("Shift+Home")
    page.keyboard.press("Control+Alt+c")
    page.get_by_role("button", name="Lưu đoạn đang chọn thành cụm từ").click()
    shown = page.locator("[data-phrase-selected]").first
    assert shown.inner_text() == "Đoạn 79 của một văn bản dài."
    assert shown.evaluate(
        """(words) => {
          const { left, top, height } = words.getBoundingClientRect();
          return words.contains(document.elementFromPoint(left + 20, top + height / 2));
        }"""
    )
