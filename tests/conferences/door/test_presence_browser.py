"""The live page of who is there: what comes by itself does not take away what somebody is at."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.front_end("the script of a page whose figures test_doors.py asks for")]
# As when one comes back to the page: it asks at once.
ASK = "() => document.dispatchEvent(new Event('visibilitychange'))"


def test_what_comes_while_a_row_is_pressed_leaves_it_there(door, people, officer, page, login):
    login(page, officer)
    address, held = reverse("presence_now", args=[door.event_id]), []
    page.goto(reverse("presence", args=[door.event_id]))
    page.route(f"**{address}", lambda route: held.append(route))
    link = page.locator("[data-now] a").first
    link.hover()
    with page.expect_request(f"**{address}"):
        page.evaluate(ASK)
    page.mouse.down()
    expect(link).to_be_focused()
    with page.expect_response(f"**{address}"):
        held.pop(0).fulfill(status=200, headers={"ETag": '"moi"'}, body="<p>Số mới</p>")
    page.mouse.up()
    page.wait_for_url(f"**{reverse('presence_people', args=[door.event_id])}*")


def test_figures_that_changed_come_by_themselves(door, people, officer, page, login):
    login(page, officer)
    address = reverse("presence_now", args=[door.event_id])
    page.goto(reverse("presence", args=[door.event_id]))
    page.route(f"**{address}", lambda route: route.fulfill(status=200, headers={"ETag": '"moi"'}, body="<p>Số mới</p>"))
    page.evaluate(ASK)
    page.get_by_text("Số mới").wait_for()
