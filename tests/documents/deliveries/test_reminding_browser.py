"""Ticks of a list that has more than one page."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from documents.deliveries.views import FollowList
from documents.models import Reminder

from ..issued import issue_letter

pytestmark = [
    pytest.mark.browser,
    pytest.mark.front_end("what a script keeps between pages; reminding itself is tried elsewhere"),
]


def test_ticks_live_through_paging_until_they_were_sent(
    page, login, monkeypatch, draft, officer, leader, clerk, other_unit, stranger
):
    monkeypatch.setattr(FollowList, "paginate_by", 1)
    units = [other_unit, stranger.unit, officer.unit]
    letter = issue_letter(draft, officer, leader, clerk, units=units)
    login(page, officer)
    address = reverse("follow", args=[letter.pk])
    for number in (1, 3):
        page.goto(f"{address}?page={number}")
        assert page.input_value("#remind [name=to]") == ("chua-doc" if number == 1 else "chon")
        page.check("td.tick input")
    assert page.inner_text(".chosen-told") == "Đã đánh dấu 2, 1 ở trang khác."
    page.goto(f"{address}?page=1#remind")
    assert page.is_checked("td.tick input")
    page.click("#remind button[type=submit]")
    page.wait_for_url("**#thong-bao")
    expect(page.locator("#thong-bao")).to_be_in_viewport()
    reminded = set(Reminder.objects.values_list("unit", flat=True))
    assert len(reminded) == 2
    page.goto(f"{address}?page=1")
    assert not page.is_checked("td.tick input")
    assert page.inner_text(".chosen-told") == ""
