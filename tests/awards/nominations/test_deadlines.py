"""Deadlines in working days over a year of which nobody entered the holidays: the office is told, on pages alone."""

from datetime import date

import pytest

from awards.models import Opinion
from awards.nominations import asking
from tests.days import TODAY
from units.models import DayOff

TOLD, THIS_YEAR = "Hạn chưa chắc:", TODAY.year


@pytest.fixture
def submitted(propose, good, bring_to):
    """A file that is to be received by a day of this year or the next one."""
    propose(good)
    return bring_to("submitted")


def shown(client, address):
    return client.get(address).content.decode()


def test_the_office_reads_which_year_and_where_holidays_are_entered(
    submitted, client_of, officer, administrator, unit_officer
):
    address = submitted.get_absolute_url()
    page = shown(client_of(officer), address)
    assert all(words in page for words in (TOLD, f"năm {submitted.due_on.year}", "Quản trị viên ghi ở"))
    assert "/dayoff/" in shown(client_of(administrator), address)
    assert TOLD in shown(client_of(officer), "/khen-thuong/ho-so/")
    assert TOLD not in shown(client_of(unit_officer), address)
    assert "hạn tính theo ngày làm việc có thể lệch" in page.split("Bổ sung chậm nhất ngày")[1]


def test_nothing_is_said_once_the_holidays_are_there(submitted, client_of, officer):
    for year in (THIS_YEAR, THIS_YEAR + 1):
        DayOff.objects.create(day=date(year, 1, 1))
    assert TOLD not in shown(client_of(officer), submitted.get_absolute_url())
    assert TOLD not in shown(client_of(officer), "/khen-thuong/ho-so/")


def test_of_a_question_until_it_is_answered(propose, good, bring_to, client_of, officer):
    row = propose(good)
    bring_to("appraised")
    found = asking.ask(Opinion(kind="committee"), [row], by=officer)
    assert TOLD in shown(client_of(officer), found.get_absolute_url())
    asking.answer(found, by=officer, outcome="agreed", day=TODAY, answer="")
    assert TOLD not in shown(client_of(officer), found.get_absolute_url())
