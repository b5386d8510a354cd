"""A congress above the conference of the commune, people with awards, and those who were chosen."""

from datetime import date

import pytest

from conferences.models import Delegate, Delegation, Event
from tests.awards.conftest import give, make_recipient, plain_catalogue, types  # noqa: F401  fixtures

DAY = date(2026, 11, 20)


@pytest.fixture
def congress(plan, province, officer):
    """The congress of the province, planned by the department."""
    return Event.objects.create(
        unit=province, plan=plan, level=plan.levels.get(is_congress=True), kind=Event.Kind.CONGRESS,
        form=Event.Form.CONGRESS, by=officer, name="Đại hội Thi đua yêu nước tỉnh lần thứ VII", day=DAY, first_day=DAY,
    )  # fmt: skip


@pytest.fixture
def people(types, commune, officer):  # noqa: F811
    """Four of the commune: two with an award that counts, one with an old one, one whose award was cancelled."""
    names = ["Nông Văn Ánh", "Hoàng Thị Bình", "Lý Văn Cường", "Vi Thị Dung"]
    facts = [
        {"gender": "male"},
        {"gender": "female"},
        {},
        {"gender": "female", "ethnicity": "nung", "began_year": 1995},
    ]
    found = [make_recipient(name=name, unit=commune, **more) for name, more in zip(names, facts, strict=True)]
    give(found[0], "CSTDT", 2023, officer)
    give(found[0], "BKTTG", 2022, officer)
    give(found[1], "BKT", 2024, officer)
    give(found[2], "BKT", 2019, officer)
    give(found[3], "BKT", 2021, officer, cancelled_on=date(2023, 1, 5), cancelled_by="QĐ 5")
    return found


@pytest.fixture
def delegation(congress, event, commune):
    """That of the commune to the congress, nobody in it."""
    return Delegation.objects.create(event=congress, unit=commune, source=event)


@pytest.fixture
def delegate(delegation, officer):
    """Makes a delegate of the congress."""

    def make(name="Nông Văn Ánh", **facts):
        facts = {"event": delegation.event, "delegation": delegation, "reason": "Gương lao động", "by": officer} | facts
        return Delegate.objects.create(name=name, **facts)

    return make
