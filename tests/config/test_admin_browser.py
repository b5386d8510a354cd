"""The back office in a browser, under the strict content security policy. ``page_errors`` fails a test on any breach."""

import re
from datetime import date

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests import databases
from tests.config.test_admin import READ_ONLY, page_of
from tests.config.test_admin_words import EDITABLE, rows_of
from tests.conftest import make_unit, overflowing
from units.models import Sector, Unit, User
from units.passwords import DEMO_PASSWORD

pytestmark = [
    pytest.mark.browser,
    pytest.mark.front_end(
        "looks, policy and scripts of pages whose words and searches test_admin*.py try on every database"
    ),
]


@pytest.fixture
def demonstration(transactional_db):
    with databases.leading_to(databases.own(databases.papers_of_the_sample)):
        yield


def addresses():
    """A page of every sort: lists, additions, changes, histories, deletions, popups, filters, passwords."""
    yield from (reverse("admin:index"), reverse("admin:app_list", args=["units"]), reverse("admin:password_change"))
    yield reverse("admin:auth_user_password_change", args=[User.objects.get(username="donvi").pk])
    yield page_of(Unit, "changelist", query="?ngay=31/02/2020")
    yield page_of(Unit, "changelist", query="?q=khongcogica")
    for model in [*EDITABLE, *READ_ONLY]:
        yield page_of(model, "changelist")
        if model in EDITABLE:
            yield page_of(model, "add")
            yield page_of(model, "add", query="?_popup=1")
        for row in filter(None, rows_of(model)[:1]):
            yield page_of(model, "change", row.pk)
            yield page_of(model, "history", row.pk)
            if model in EDITABLE and model is not Unit:
                yield page_of(model, "delete", row.pk)


def test_no_page_breaks_the_policy_or_is_wider_than_the_screen(demonstration, page, login):
    login(page, "quantri", DEMO_PASSWORD)
    for address in addresses():
        assert page.goto(address).status == 200, address
        assert overflowing(page) == [], address


def test_a_unit_is_chosen_by_typing_without_accents_and_in_vietnamese(administrator, page, login):
    make_unit("phuong-luong-van-tri", "UBND Phường Lương Văn Tri", founded=date(2025, 7, 1))
    login(page, administrator)
    page.goto(page_of(User, "add"))
    page.click(".field-unit .select2-selection")
    page.fill(".select2-search__field", "luong van tri")
    # What was found before these words stands there until the answer comes.
    row = page.locator(".select2-results__option")
    expect(row).to_have_text([re.compile("^UBND Phường Lương Văn Tri")])
    row.click()
    chosen = page.inner_text(".field-unit .select2-selection__rendered")
    assert chosen.endswith("UBND Phường Lương Văn Tri (từ 01/07/2025)")
    page.click(".field-unit .select2-selection")
    page.fill(".select2-search__field", "khongcogica")
    expect(row).to_have_text(["Không tìm thấy kết quả"])


def test_a_sector_added_in_a_popup_is_chosen_in_the_form_that_opened_it(administrator, page, login):
    login(page, administrator)
    page.goto(page_of(Unit, "add"))
    with page.expect_popup() as opened:
        page.click("#add_id_sector")
    popup = opened.value
    popup.fill("[name=code]", "linh-vuc-moi")
    popup.fill("[name=name]", "Lĩnh vực mới")
    popup.click("[name=_save]")
    page.locator("#id_sector option:checked", has_text="Lĩnh vực mới").wait_for(state="attached")
    assert Sector.objects.filter(code="linh-vuc-moi").exists()


def test_the_calendar_beside_a_date_speaks_vietnamese(administrator, page, login):
    login(page, administrator)
    page.goto(page_of(Unit, "add"))
    page.click("#calendarlink0")
    calendar = page.inner_text("#calendarbox0")
    assert "THÁNG" in calendar.upper()
    assert [
        word for word in calendar.split() if word in ("Today", "Yesterday", "Tomorrow", "Cancel", "Sun", "Mon")
    ] == []
    page.click("#calendarbox0 >> text=Hôm nay")
    assert page.input_value("#id_founded").count("/") == 2
