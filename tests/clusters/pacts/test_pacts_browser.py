"""The targets of a pact in a real browser: lines added, moved, crossed out; a signature recorded on a phone."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from clusters.models import Target
from clusters.pacts import actions as pacts
from clusters.pacts import papers as pact_papers

from ...conftest import is_too_wide

pytestmark = [
    pytest.mark.browser,
    pytest.mark.front_end("lines that scripts move, a form on a phone; test_pacts.py sends the same on every database"),
]


@pytest.fixture
def pact(transactional_db, cluster, eight):
    """A draft with two targets."""
    who = eight["leader_unit"]
    made = pacts.begin(pact_papers.blank(cluster.division, cluster), by=who)
    rows = [Target(content=name, measure="%", planned=Decimal(98)) for name in ("Một", "Hai")]
    return pacts.write(made, targets=rows, by=who)


def test_lines_are_added_moved_and_crossed_out(pact, page, login, eight):
    login(page, eight["leader_unit"]).goto(reverse("edit_pact", args=[pact.pk]))
    page.click("[data-add-row]")
    rows = page.locator("[data-row]")
    added = rows.last
    added.locator("textarea").fill("Ba")
    added.locator("[name$=-measure]").fill("người")
    added.locator("[name$=-planned]").fill("1.250,5")
    # The empty line that the page came with stands before it.
    for _ in range(3):
        page.locator("[data-row]:has([name='chi-tieu-3-content']) [data-move=up]").click()
    page.locator("[name='chi-tieu-0-DELETE']").check()
    page.locator("[name='chi-tieu-1-ORDER']").fill("1")
    page.locator("[name='chi-tieu-1-ORDER']").press("Tab")
    page.click("button[form=form]")
    page.wait_for_url(f"**{reverse('pact', args=[pact.pk])}")
    assert list(pact.targets.values_list("content", "planned")) == [("Hai", 98), ("Ba", Decimal("1250.50"))]


def test_a_signature_is_recorded_on_a_phone(pact, phone_page, login, eight):
    pacts.open_for_signing(pact, by=eight["leader_unit"])
    page = login(phone_page, eight["member"])
    page.goto(reverse("pact", args=[pact.pk]))
    assert not is_too_wide(page)
    page.fill("#sign_name", "Vi Văn Ký")
    page.fill("#sign_title", "Chủ tịch")
    page.fill("#sign_day", "16/03/2026")
    page.click("button:has-text('Ghi chữ ký')")
    page.locator(".alert-success").wait_for()
    party = pact.parties.get(membership__unit=eight["member"].unit)
    assert (party.signer_name, party.signed_on) == ("Vi Văn Ký", date(2026, 3, 16))
