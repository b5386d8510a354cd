"""The store keeper's tasks with one hand on a phone: three clicks each at most, also for forty items to one unit."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from awards.handover.actions import hand_over
from awards.models import Award, Decision, Due, Handover, Notice, Office, Round
from awards.stock.actions import enter
from tests.awards.conftest import make_recipient
from tests.conftest import is_too_wide
from tests.days import TODAY

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def today(day_of_the_run):
    """The true day: what the browser shows and the server judges by."""


@pytest.fixture
def forty(kinds, types, other_unit, store_keeper):
    """Forty items in the store for Sở Y tế."""
    office = Office.objects.get(code="province")
    decision = Decision.objects.create(
        number="12/QĐ-UBND", day=TODAY, subject="khen thưởng", office=office, by=store_keeper
    )
    for n in range(20):
        person = make_recipient(name=f"Nông Thị {n:02d}", unit=other_unit, post="Chuyên viên")
        award = Award(decision=decision, recipient=person, type=types["BKT"], name=person.name, position=n + 1,
                      unit=other_unit, year=TODAY.year - 1, decided_on=TODAY)  # fmt: skip
        award.save()
        for code in ("bang-khen-tinh", "khung-bang"):
            Due.objects.create(award=award, kind=kinds[code], since=TODAY)
    enter("bought", {kinds["bang-khen-tinh"]: 20, kinds["khung-bang"]: 20}, by=store_keeper, day=TODAY, paper="HĐ 1")
    assert set(Due.objects.values_list("state", flat=True)) == {"reserved"}
    return list(Due.objects.all())


class Counted:
    """Clicks and keys of a person, counted; the page must never be wider than the phone."""

    def __init__(self, page):
        self.page, self.clicks = page, 0

    def click(self, what):
        self.clicks += 1
        what.click()
        self.page.wait_for_load_state()
        assert not is_too_wide(self.page), self.page.url


def test_forty_items_go_to_one_unit_with_three_clicks(forty, store_keeper, phone_page, login):
    page = login(phone_page, store_keeper)
    page.goto(reverse("handovers"))
    hand = Counted(page)
    hand.click(page.get_by_role("link", name="Giao hiện vật"))
    page.fill("#q", "so y te")
    hand.click(page.get_by_role("button", name="Tìm"))
    expect(page.locator("[name=chosen]:checked")).to_have_count(40)
    page.fill("[name=receiver]", "Nguyễn Thị Nhận")
    hand.click(page.get_by_role("button", name="Giao", exact=True))
    page.get_by_text("Đã giao 40 hiện vật").wait_for()
    assert hand.clicks == 3
    made = Handover.objects.get()
    assert (made.lines.count(), made.receiver) == (40, "Nguyễn Thị Nhận")

    # The sheet is one click from here; a part comes back in two.
    assert page.get_by_role("link", name="In biên bản").get_attribute("href") == reverse(
        "handover_sheet", args=[made.pk]
    )
    hand.clicks = 0
    hand.click(page.get_by_role("link", name="Nhận lại"))
    hand.click(page.locator("label.hand-line").first)
    page.fill("[name=reason]", "Tên in sai")
    hand.click(page.get_by_role("button", name="Nhận lại"))
    page.get_by_text("Đã nhận lại 1 hiện vật").wait_for()
    assert hand.clicks == 3


def test_a_part_goes_and_what_is_damaged_is_said(forty, store_keeper, phone_page, login):
    page = login(phone_page, store_keeper)
    page.goto(reverse("hand_over", args=["so-y-te"]))
    page.get_by_role("button", name="Bỏ chọn cả trang").click()
    page.locator("label.hand-line").nth(0).click()
    page.locator("label.hand-line").nth(1).click()
    page.get_by_text("Ghi hỏng, thiếu…").nth(1).click()
    page.locator("details[open] input").first.fill("khung nứt")
    page.fill("[name=receiver]", "Nguyễn Thị Nhận")
    page.get_by_role("button", name="Giao", exact=True).click()
    page.get_by_text("Đã giao 2 hiện vật").wait_for()
    assert list(Handover.objects.get().lines.values_list("remark", flat=True)) == ["", "khung nứt"]


def test_the_unit_shows_its_code_and_confirms_in_two_clicks(
    forty, store_keeper, unit_officer, officer, other_unit, phone_page, login
):
    found = hand_over(
        other_unit, {due.pk: "" for due in forty[:4]}, by=store_keeper, day=TODAY, receiver="Nguyễn Thị Nhận"
    )
    kept = Round.objects.create(subject="nhận hiện vật", place="Tầng 1", begins_on=TODAY, ends_on=TODAY, by=officer)
    notice = Notice.objects.create(round=kept, unit=other_unit, sent_on=TODAY)
    notice.dues.set(forty)
    page = login(phone_page, unit_officer)
    hand = Counted(page)
    hand.click(page.get_by_role("link", name="nhận hiện vật").first)
    page.get_by_role("img", name="Mã thông báo").wait_for()
    page.goto(reverse("home"))
    hand.clicks = 0
    hand.click(page.locator(f'a[href="{found.get_absolute_url()}"]').first)
    hand.click(page.get_by_role("button", name="Xác nhận đã nhận"))
    page.get_by_text("Đã xác nhận.").wait_for()
    assert (hand.clicks, Handover.objects.get().state) == (2, "confirmed")
