"""The board of a division in a real browser: found by typing, dragged, ticked and moved on a phone."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from clusters.divisions import actions as dividing
from clusters.models import Cluster, Membership
from units.models import Unit

from ...conftest import is_too_wide, make_unit

pytestmark = [
    pytest.mark.browser,
    pytest.mark.front_end("dragging and ticking; test_division.py sends the same moves on every database"),
]


@pytest.fixture
def board(transactional_db, division, officer):
    """A draft with an empty cluster and three communes that are not placed."""
    for name in ("Đồng Đăng", "Cao Lộc", "Ba Sơn"):
        make_unit(f"xa-{len(name)}-{name[0].lower()}", f"UBND xã {name}", kind=Unit.Kind.COMMUNE)
    dividing.save_cluster(Cluster(division=division, name="Cụm 1"), by=officer)
    return reverse("arrange", args=[division.year])


def test_a_unit_is_found_without_accents_and_dragged_into_a_cluster(board, page, login, officer):
    login(page, officer).goto(board)
    page.fill("[data-board-find]", "dong dang")
    units = page.locator(".board-free .board-unit:visible")
    assert units.count() == 1
    with page.expect_response(lambda response: response.url.endswith("/chuyen/")):
        units.drag_to(page.locator(".cluster-grid .board-column"))
    page.locator(".cluster-grid .board-unit").wait_for()
    assert Membership.objects.get().unit.name == "UBND xã Đồng Đăng"
    # What was typed to find it still stands: the next one is often near.
    expect(page.locator("[data-board-find]")).to_have_value("dong dang")


def test_what_is_typed_while_a_move_is_on_its_way_stands_and_finds(board, page, login, officer):
    held = []
    login(page, officer).goto(board)
    page.route("**/chuyen/", lambda route: held.append(route))
    page.fill("[data-board-find]", "dong dang")
    with page.expect_request("**/chuyen/"):
        page.locator(".board-free .board-unit:visible").drag_to(page.locator(".cluster-grid .board-column"))
    page.fill("[data-board-find]", "cao loc")
    held[0].continue_()
    page.locator(".cluster-grid .board-unit").wait_for(state="attached")
    expect(page.locator(".board-unit:visible")).to_have_text(["UBND xã Cao Lộc"])
    assert page.input_value("[data-board-find]") == "cao loc"


def test_ticked_units_are_moved_together_on_a_phone(board, phone_page, login, officer):
    page = login(phone_page, officer)
    page.goto(board)
    page.fill("[data-board-find]", "xa")
    page.press("[data-board-find]", "Enter")
    for box in page.locator(".board-free .board-unit:visible input").all():
        box.check()
    page.select_option("#board-to", label="Cụm 1")
    page.click("#board button[type=submit]")
    page.get_by_text("Đã chuyển 3 đơn vị.").wait_for()
    assert Membership.objects.count() == 3
    assert not is_too_wide(page)
