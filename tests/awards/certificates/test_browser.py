"""A layout placed with the mouse and by keys, and by millimetres alone where no script runs; a code looked up on a phone."""

from datetime import date

import pytest
from django.db import transaction
from django.urls import reverse

from awards.certificates import actions
from awards.certificates.layouts import look_of
from awards.certificates.models import Certificate, Layout, Run
from awards.certificates.rules import groups
from awards.models import Award, Decision, Due, Office
from tests.awards.conftest import make_recipient
from tests.conftest import OFFICE, is_too_wide, overflowing

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def today():
    """The true day: what the browser shows and the server judges by."""


def value(page, name):
    return float(page.input_value(f"[name=o-0-{name}]"))


def test_a_field_is_placed_by_the_mouse_by_keys_and_by_millimetres(small_layout, store_keeper, page, login):
    login(page, store_keeper)
    page.goto(reverse("layout", args=[small_layout.pk]))
    box = page.locator(".place-box").first
    before, at = (value(page, "left"), value(page, "top")), box.bounding_box()
    scale = page.locator("[data-place]").bounding_box()["width"] / small_layout.width
    page.mouse.move(at["x"] + 20, at["y"] + 10)
    page.mouse.down()
    page.mouse.move(at["x"] + 20 + 10 * scale, at["y"] + 10 + 5 * scale, steps=3)
    page.mouse.up()
    assert value(page, "left") - before[0] == pytest.approx(10, abs=0.5)
    assert value(page, "top") - before[1] == pytest.approx(5, abs=0.5)
    # Off the sheet it is not dragged.
    box.press("ArrowRight")
    page.mouse.move(at["x"] + 60, at["y"] + 30)
    page.mouse.down()
    page.mouse.move(at["x"] - 900, at["y"] - 900)
    page.mouse.up()
    assert (value(page, "left"), value(page, "top")) == (0, 0)
    box.press("ArrowRight")
    box.press("Shift+ArrowDown")
    assert (value(page, "left"), value(page, "top")) == (1, 0.1)
    corner = box.locator("i").bounding_box()
    page.mouse.move(corner["x"] + 5, corner["y"] + 5)
    page.mouse.down()
    page.mouse.move(corner["x"] + 5 - 50 * scale, corner["y"] + 5, steps=3)
    page.mouse.up()
    assert value(page, "width") == pytest.approx(150, abs=0.5)
    # By millimetres the picture follows, and says what is off.
    page.fill("[name=o-0-left]", "250")
    assert box.evaluate("box => box.classList.contains('is-off')")
    page.fill("[name=o-0-left]", "40.5")
    assert "trái 40.5, trên 0.1" in page.locator("[data-row] summary").first.inner_text()
    assert overflowing(page) == []
    page.get_by_role("button", name="Lưu", exact=True).click()
    page.get_by_text("Đã lưu mẫu in").wait_for()
    field = small_layout.fields.get(prints="name")
    assert (float(field.left), float(field.top)) == (40.5, 0.1)


def test_only_the_row_of_the_field_that_is_placed_is_open_and_a_picture_is_seen_before_it_is_sent(
    small_layout, store_keeper, page, login, picture
):
    login(page, store_keeper)
    page.goto(reverse("layout", args=[small_layout.pk]))
    assert page.locator("[data-row][open]").count() == 0
    page.locator(".place-box").nth(2).focus()
    page.locator(".place-box").nth(1).focus()
    assert page.locator("[data-row][open]").count() == 1
    assert page.locator("[name=o-1-left]").is_visible()
    assert page.locator("[data-place] > img").count() == 0
    page.locator("summary", has_text="Tên, in cho ai").click()
    sent = {"name": "phoi.png", "mimeType": "image/png", "buffer": picture().read()}
    page.set_input_files("[name=scan]", [sent])
    page.locator("[data-place] > img[src^='data:image/png']").wait_for(state="attached")
    assert page.locator("[data-place] > img").evaluate("one => one.decode().then(() => one.naturalWidth)") == 60


def test_a_layout_is_set_without_a_script(small_layout, store_keeper, open_page, login):
    page = open_page(*OFFICE, java_script_enabled=False)
    login(page, store_keeper)
    page.goto(reverse("layout", args=[small_layout.pk]))
    page.locator("[data-row] summary").first.click()
    page.fill("[name=o-0-left]", "33")
    page.get_by_role("button", name="Lưu", exact=True).click()
    page.get_by_text("Đã lưu mẫu in").wait_for()
    assert float(Layout.objects.get(pk=small_layout.pk).fields.get(prints="name").left) == 33


def test_progress_that_is_redrawn_does_not_swallow_a_click(decision, store_keeper, page, login):
    made = decision(2)
    run = actions.make(actions.begin(made, groups(made)[0].layout, by=store_keeper, day=date(2026, 11, 20)))
    Run.objects.filter(pk=run.pk).update(state=Run.State.MAKING)
    login(page, store_keeper)
    page.goto(run.get_absolute_url())
    page.evaluate("""() => document.addEventListener("click", (event) => {
        event.preventDefault();
        window.clicked = event.target.closest("a")?.pathname;
    })""")
    page.get_by_role("link", name="Tập 1").hover()
    page.mouse.down()
    with page.expect_response(f"**{run.get_absolute_url()}") as answer:
        pass
    answer.value.finished()
    page.wait_for_function("() => !document.querySelector('.htmx-request')")
    page.mouse.up()
    assert page.evaluate("window.clicked") == reverse("run_batch", args=[run.pk, 1])


def test_a_code_is_looked_up_on_a_phone_without_an_account(layouts, kinds, types, other_unit, store_keeper, phone_page):
    office, day = Office.objects.get(code="province"), date(2026, 11, 20)
    decision = Decision.objects.create(number="12/QĐ-UBND", day=day, subject="khen", office=office, by=store_keeper)
    person = make_recipient(name="Nông Thị Mẫu", unit=other_unit)
    award = Award(decision=decision, recipient=person, type=types["BKT"], name=person.name, position=7, unit=other_unit,
                  year=2025, decided_on=day)  # fmt: skip
    award.save()
    due = Due.objects.create(award=award, kind=kinds["bang-khen-tinh"], since=day)
    layout = layouts["bang-khen-tinh"]
    with transaction.atomic():
        printed = {"layout": layout, "look": look_of(layout), "by": store_keeper}
    run = Run.objects.create(decision=decision, most=1, day=day, **printed)
    sheet = Certificate.objects.create(due=due, run=run, number=7, **printed)
    phone_page.goto(reverse("ask_certificate"))
    phone_page.fill("[name=ma]", sheet.code.upper())
    phone_page.get_by_role("button", name="Tra").click()
    phone_page.get_by_text("đang có giá trị").wait_for()
    assert phone_page.get_by_text("N. T. M.").is_visible()
    assert not is_too_wide(phone_page)
