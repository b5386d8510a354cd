"""The usual letter, from the first click to handing it in: three fields, without the mouse; an odd one by one click more."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from documents.models import Document, DocumentType, OfficeText, Usual
from units.models import Official, Term

from ...conftest import is_too_wide
from .test_browser import at_rest

pytestmark = [
    pytest.mark.browser,
    pytest.mark.front_end(
        "the desk's page of a draft; what it sends, test_folds.py and test_usual.py send on every database"
    ),
]
# The names of the fields that are on screen, the text's editor as one.
SHOWN = """() => [...document.querySelectorAll('#draft input, #draft select, #draft textarea, #draft .desk-words')]
    .filter(field => field.type !== 'hidden' && !field.closest('.ts-wrapper, .writing-bar'))
    .filter(field => (field.tomselect?.control || field).checkVisibility()).map(field => field.name || 'body')"""
# Enter and a letter at once; what stands in the box a moment later.
ENTER_AND_ON = """box => {
    box.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', keyCode: 13, bubbles: true, cancelable: true }));
    box.value += 'o';
    box.dispatchEvent(new Event('input', { bubbles: true }));
    return new Promise(done => setTimeout(() => done(box.value)));
}"""


@pytest.fixture
def body(so_noi_vu, other_unit):
    """Sở Nội vụ with a symbol, a section and a deputy who signs."""
    so_noi_vu.symbol, so_noi_vu.letter_section = "SNV", "TĐKT"
    so_noi_vu.save()
    official = Official.objects.create(name="Triệu Thị Thu", invented=True)
    Term.objects.create(official=official, unit=so_noi_vu, post="Phó Giám đốc", capacity="KT.", on_behalf_of="Giám đốc")
    return so_noi_vu


def begun(page):
    """The page of a new letter is ready for keys: the caret is in the subject, the addressees have their box."""
    page.wait_for_selector("#id_addressees-ts-control")
    page.wait_for_function("() => document.activeElement.name === 'subject'")
    page.wait_for_selector(".desk-words")


def tab_to(page, selector, most=20):
    """Press Tab until ``selector`` has the keyboard; how often that was."""
    for count in range(most):
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return count
        page.keyboard.press("Tab")
    raise AssertionError(f"{selector} is not reached by {most} tabs")


def test_a_usual_letter_is_written_and_handed_in_without_the_mouse(page, login, officer, body):
    login(page, officer)
    page.goto(reverse("choose_type"))
    page.keyboard.type("cong van")
    page.keyboard.press("Enter")
    begun(page)
    assert page.evaluate(SHOWN) == ["subject", "addressees", "body"]
    page.keyboard.type("báo cáo kết quả phong trào thi đua")
    page.keyboard.press("Tab")
    # Whoever types fast presses Enter at once.
    for name in ("so y te", "so noi vu"):
        page.keyboard.type(name)
        page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    # Past the line of what is printed, the texts' tab, what adds an appendix, the bar of the editor: one stop each.
    assert tab_to(page, ".desk-words") == 5
    page.keyboard.type("Đề nghị Sở Y tế báo cáo trước ngày 20 tháng 12 năm 2026.")
    page.wait_for_selector("#sheets img")
    tab_to(page, "[name=submit]")
    page.keyboard.press("Enter")
    page.get_by_text("Đã lưu và trình duyệt.").wait_for()
    found = Document.objects.get()
    assert (found.state, found.symbol, found.to, found.recipients, found.archive, found.signer_name) == (
        "submitted", "SNV-TĐKT", "Sở Y tế\nSở Nội vụ", "Như trên", "VT, TĐKT", "Triệu Thị Thu",
    )  # fmt: skip


def test_each_fold_opens_by_the_keyboard_and_its_line_follows(page, login, officer, body):
    login(page, officer)
    page.goto(f"{reverse('new_document')}?loai=CV&co_quan={body.code}")
    begun(page)
    page.focus("#noi-nhan > summary")
    page.keyboard.press("Enter")
    page.fill("[name=archive]", "VT, NVY")
    assert page.locator("[data-remember]").is_visible()
    page.focus("#noi-nhan > summary")
    page.keyboard.press("Enter")
    assert page.locator("#noi-nhan .fold-said").inner_text() == "Như trên · Lưu: VT, NVY"
    page.check("[name=remember]")
    page.click("#nguoi-ky > summary")
    page.select_option("[name=signer]", label="Triệu Thị Thu – KT. GIÁM ĐỐC / PHÓ GIÁM ĐỐC")
    page.fill("[name=subject]", "việc")
    page.locator(".desk-words").click()
    page.keyboard.type("Nội dung.")
    at_rest(page)
    page.keyboard.press("Control+s")
    page.get_by_text("Đã lưu dự thảo.").wait_for()
    assert Usual.objects.get().archive == "VT, NVY"


def test_arrows_walk_through_the_bar_of_the_editor(page, login, officer, body):
    login(page, officer)
    page.goto(f"{reverse('new_document')}?loai=CV&co_quan={body.code}")
    begun(page)
    page.focus("[data-kind]")
    page.keyboard.press("ArrowRight")
    assert page.evaluate("() => document.activeElement.dataset.do") == "bold"
    page.keyboard.press("End")
    page.keyboard.press("ArrowRight")
    assert page.evaluate("() => document.activeElement.matches('[data-kind]')")
    assert page.locator(".writing-bar [tabindex='0']").count() == 1
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.matches('.desk-words')")
    # What all of the text begins with is told, not a table that it has not.
    page.keyboard.type("Nội dung.")
    page.keyboard.press("Control+a")
    page.wait_for_function("() => getSelection().toString() === 'Nội dung.'")
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    expect(page.locator("[data-kind]")).to_have_value("paragraph")


def test_a_name_that_is_no_unit_is_printed_where_names_stand(page, login, officer, body):
    login(page, officer)
    letter = DocumentType.objects.get(code="CV")
    text = OfficeText.objects.create(type=letter, name="Mẫu", to="[Tên các đơn vị nhận]", body="Đề nghị.")
    page.goto(f"{reverse('new_document')}?mau={text.pk}&co_quan={body.code}")
    begun(page)
    for name in ("Ban Tổ chức Tỉnh ủy", "Ông Nông Văn Minh"):
        page.fill("#id_addressees-ts-control", name)
        page.locator(".ts-dropdown .create").wait_for()
        assert page.locator("#id_addressees-ts-control").evaluate(ENTER_AND_ON) == "o"
    assert page.input_value("[name=to]") == "Ban Tổ chức Tỉnh ủy\nÔng Nông Văn Minh"
    assert page.locator("#kinh-gui .fold-said").inner_text() == "Ban Tổ chức Tỉnh ủy; Ông Nông Văn Minh"


def test_a_place_of_the_page_leads_into_a_fold(page, login, officer, body):
    login(page, officer)
    page.goto(f"{reverse('new_document')}?loai=CV&co_quan={body.code}")
    begun(page)
    page.evaluate(
        """() => document.getElementById('draft').dispatchEvent(new CustomEvent('go-to-line',
             { cancelable: true, detail: { field: 'signer_name', line: 0 } }))"""
    )
    page.wait_for_function("() => document.activeElement.name === 'signer_name'")
    assert page.locator("#nguoi-ky").evaluate("fold => fold.open")


def test_a_few_letters_find_a_type_or_a_text_and_arrows_walk_through_them(page, login, officer, body):
    reports = DocumentType.objects.get(code="BC")
    text = OfficeText.objects.create(type=reports, name="Báo cáo tổng kết năm", body="Nội dung.")
    login(page, officer)
    page.goto(reverse("choose_type"))
    page.keyboard.type("tong ket")
    assert [" ".join(link.inner_text().split()) for link in page.locator("#begin-list a:visible").all()] == [
        "BC Báo cáo",
        "Báo cáo tổng kết năm",
    ]
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("() => document.activeElement.textContent.trim()") == "Báo cáo tổng kết năm"
    page.focus("#begin-find")
    page.fill("#begin-find", "khong co dau")
    assert page.get_by_text("Không có loại hay mẫu nào như vậy").is_visible()
    page.keyboard.press("Escape")
    assert page.locator("#begin-list a:visible").count() > 30
    page.keyboard.type("tong ket nam")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/soan/?mau={text.pk}&**")


def test_both_pages_fit_a_phone(phone_page, login, officer, body):
    login(phone_page, officer)
    for address in (reverse("choose_type"), f"{reverse('new_document')}?loai=QĐ&co_quan={body.code}"):
        phone_page.goto(address)
        phone_page.wait_for_load_state("networkidle")
        phone_page.evaluate("() => document.querySelectorAll('details').forEach(fold => { fold.open = true; })")
        assert not is_too_wide(phone_page), address
