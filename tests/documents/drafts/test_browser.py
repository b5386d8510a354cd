"""The first thing a user does, in a real browser: open the letter, change a sentence, see the page change, print it."""

import io
import re
import time

import pdfplumber
import pytest
from django.urls import reverse
from playwright.sync_api import expect

from ...conftest import is_too_wide, overflowing

pytestmark = [
    pytest.mark.browser,
    pytest.mark.front_end("the desk's scripts and looks; what it sends, test_desk.py sends on every database"),
]

DRAWN = "#sheets img"


def at_rest(page):
    """A request that a page leaves behind when it goes is told in the console as an error."""
    # Longer than typing is waited for, by the page's own clock, which a busy machine slows as it slows that waiting.
    page.evaluate("() => new Promise(done => setTimeout(done, 500))")
    page.wait_for_function("() => !document.querySelector('.htmx-request, .is-drawing')")


def write(page, text):
    """Put another text into the field, as parts of the page do; its editor follows."""
    page.evaluate(
        """(text) => {
          const field = document.querySelector("[name=body]");
          field.value = text;
          field.dispatchEvent(new Event("input", { bubbles: true }));
        }""",
        text,
    )
    page.locator(".desk-words").get_by_text(text.split("\n")[-1]).wait_for()


def drawing(page):
    return page.get_attribute(DRAWN, "src")


def test_an_officer_changes_a_sentence_sees_it_and_prints_it(page, login, officer, draft):
    login(page, officer)
    page.goto(reverse("document", args=[draft.pk]))
    page.wait_for_selector(DRAWN)
    before = drawing(page)
    page.get_by_role("textbox", name="Nội dung").click()
    page.keyboard.press("Control+Home")
    page.keyboard.type("Câu mới thêm. ")
    stopped = time.process_time()
    page.wait_for_function("before => document.querySelector('#sheets img').src !== before", arg=before)
    # Of this process's own time, whatever else the machine does; the server is a thread of it.
    assert time.process_time() - stopped < 5
    at_rest(page)
    page.get_by_role("button", name="Lưu dự thảo").click()
    page.get_by_text("Đã lưu dự thảo.").wait_for()
    with page.expect_download() as download:
        page.get_by_role("link", name="Tải PDF").click()
    with pdfplumber.open(io.BytesIO(download.value.path().read_bytes())) as pdf:
        assert "Câu mới thêm. Sở Nội vụ đề nghị" in " ".join(pdf.pages[0].extract_text().split())


def test_a_faulty_line_is_marked_and_the_words_are_kept(page, page_errors, login, officer, draft):
    login(page, officer)
    page.goto(reverse("document", args=[draft.pk]))
    page.wait_for_selector(DRAWN)
    page.get_by_role("button", name="Xem dạng mã nguồn").click()
    page.fill("textarea[data-source]", "Đoạn đầu.\n\nĐoạn có [liên kết](http://example.org).")
    page.wait_for_selector("#sheet-faults li")
    assert page.locator(".mirror-line.at-fault").get_attribute("data-line") == "3"
    page.get_by_role("button", name="Về ô soạn thảo").click()
    assert page.locator(".desk-words .at-fault").inner_text() == "Đoạn có [liên kết](http://example.org)."
    at_rest(page)
    page.get_by_role("button", name="Lưu dự thảo").click()
    page.get_by_text("Chưa lưu được.").wait_for()
    assert "Đoạn có [liên kết]" in page.input_value("textarea[data-source]")
    # Told by lines of the source; a script of the page names the paragraph.
    expect(page.locator(".errorlist li").first).to_have_text(re.compile("^Đoạn 2:"))
    at_rest(page)
    page_errors.foreseen.add("422")  # the answer to a refused form


def test_a_phone_shows_the_true_pages_too(phone_page, login, officer, draft):
    login(phone_page, officer)
    phone_page.goto(reverse("document", args=[draft.pk]))
    phone_page.wait_for_selector(DRAWN)
    box = phone_page.locator(DRAWN).first.bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    assert not is_too_wide(phone_page)


def test_a_signer_fills_the_lines_above_the_signature(page, login, officer, draft, signer):
    from units.models import Official, Term

    other = Official.objects.create(name="Lường Thị Vân", invented=True)
    Term.objects.create(
        official=other, unit=signer.unit, post="Chủ tịch", capacity="TM.", on_behalf_of="Ủy ban nhân dân"
    )
    login(page, officer)
    page.goto(reverse("document", args=[draft.pk]))
    page.locator("#nguoi-ky > summary").click()
    page.select_option("[name=signer]", label="Lường Thị Vân – TM. ỦY BAN NHÂN DÂN / CHỦ TỊCH")
    assert page.input_value("[name=capacity]") == "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH"
    assert page.input_value("[name=signer_name]") == "Lường Thị Vân"
    at_rest(page)


def test_every_page_of_the_desk_obeys_the_policy_and_fits_both_screens(page, login, officer, draft, other_unit):
    addresses = [
        reverse("home"),
        reverse("documents"),
        reverse("documents") + "?q=khong-co",
        reverse("choose_type"),
        reverse("new_document") + "?loai=BB&co_quan=so-noi-vu",
        reverse("document", args=[draft.pk]),
        reverse("document_history", args=[draft.pk]),
        reverse("units"),
        reverse("unit", args=["so-y-te"]),
        reverse("jobs"),
        reverse("account"),
    ]
    login(page, officer)
    for address in addresses:
        page.goto(address)
        page.wait_for_load_state("networkidle")
        assert overflowing(page) == [], address


def words_of(page):
    """Where the words are written, whatever shows them."""
    return page.get_by_role("textbox", name="Nội dung").first


def test_a_click_on_a_page_leads_to_the_words_and_the_words_to_the_page(page, login, officer, draft):
    login(page, officer)
    page.goto(reverse("document", args=[draft.pk]))
    page.wait_for_selector(DRAWN)
    write(page, "\n\n".join(f"Đoạn thứ {number}, vài chữ." for number in range(90)))
    page.wait_for_function("() => document.querySelectorAll('#sheets img').length > 2")
    at_rest(page)
    page.locator(".desk-words").click()
    at_rest(page)
    # Whoever writes at the end sees the end.
    page.keyboard.press("Control+End")
    page.wait_for_function("() => document.getElementById('sheets').scrollTop > 500")
    page.keyboard.press("Control+Home")
    page.wait_for_function("() => document.getElementById('sheets').scrollTop < 500")
    page.evaluate(
        "() => document.getElementById('draft').addEventListener('go-to-line', event => { window.led = event.detail; })"
    )
    sheet = page.locator(DRAWN).first.bounding_box()
    page.mouse.click(sheet["x"] + sheet["width"] * 0.4, sheet["y"] + sheet["height"] * 0.6)
    led = page.wait_for_function("() => window.led").json_value()
    assert led["field"] == "body"
    assert 20 < led["line"] < 80
    page.wait_for_function("() => document.activeElement.closest('.writing')")
    assert 10 < int(page.evaluate("() => /Đoạn thứ (\\d+)/.exec(getSelection().anchorNode.textContent)[1]")) < 40
    assert page.evaluate("() => document.activeElement.className.includes('desk-words')")


def test_who_writes_in_a_note_sees_the_foot_of_its_page(page, login, officer, draft):
    login(page, officer)
    page.goto(reverse("document", args=[draft.pk]))
    page.wait_for_selector(DRAWN)
    write(page, "Đoạn[^1] đầu.\n\n[^1]: Lời chú thích.\n\nĐoạn cuối.")
    at_rest(page)
    page.locator(".desk-words .note").click()
    place = "() => { const { offsetTop } = document.querySelector('.sheet-place'); return offsetTop; }"
    foot = "() => document.querySelector('#sheets img').offsetHeight * 0.8"
    page.wait_for_function(f"() => ({place})() > ({foot})()")
    page.keyboard.type("Thêm. ")
    at_rest(page)
    assert page.evaluate(place) > page.evaluate(foot)
    page.keyboard.press("Escape")
    page.wait_for_function(f"() => ({place})() < ({foot})()")


def test_a_click_on_a_cell_leads_into_it(page, login, officer, draft):
    login(page, officer)
    page.goto(reverse("document", args=[draft.pk]))
    page.wait_for_selector(DRAWN)
    rows = "\n".join(f"| {number} | Huyện số {number} |  | ghi {number} |" for number in range(1, 71))
    write(page, f"Như sau:\n\n| STT | Nơi | Trống | Ghi chú |\n|---|---|---|---|\n{rows}\n\nSau bảng.")
    page.wait_for_function("() => document.querySelectorAll('#sheets img').length > 1")
    at_rest(page)
    # A list so long is painted: its rows are no words that the library has set.
    second = page.locator(DRAWN).nth(1)
    for across, column in ((0.9, 3), (0.3, 1)):
        box = second.bounding_box()
        second.click(position={"x": box["width"] * across, "y": box["height"] * 0.2})
        page.wait_for_function("() => document.activeElement.closest('.desk-words')")
        words = page.evaluate(
            "() => [...getSelection().anchorNode.parentElement.closest('tr').cells].map(c => c.textContent)"
        )
        at = page.evaluate("() => getSelection().anchorNode.parentElement.closest('td').cellIndex")
        assert at == column
        assert int(words[0]) > 20
        assert words[1] == f"Huyện số {words[0]}"


def test_a_page_that_tells_of_something_else_has_nothing_typed_on_it(page, login, officer, draft):
    login(page, officer)
    # No body presents a draft: the way there leads back here, and the page says why.
    with page.expect_request(lambda asked: reverse("keep_typed") in asked.url) as sent:
        page.goto(reverse("present", args=[draft.pk]))
    assert page.locator(".alert-danger").count()
    assert page.url.endswith(reverse("document", args=[draft.pk]))
    assert "giu-viec=co-mat" in sent.value.post_data
    at_rest(page)


def test_a_machine_without_room_says_that_the_words_are_on_the_page_alone(page, page_errors, login, officer, draft):
    login(page, officer)
    page.goto(reverse("document", args=[draft.pk]))
    page.wait_for_selector(DRAWN)
    page.evaluate(
        "() => { Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }; }"
    )
    page.context.set_offline(True)
    words_of(page).click()
    page.keyboard.type("Câu chưa ai giữ. ")
    page.get_by_text("Máy này hết chỗ giữ chữ: đừng đóng trang").wait_for()
    assert page.get_by_text("Chữ đã gõ giữ trên máy này").count() == 0
    page.context.set_offline(False)
    page.get_by_text("Đã tự giữ chữ đang gõ").wait_for()
    at_rest(page)
    page_errors.foreseen.add("ERR_INTERNET_DISCONNECTED")
