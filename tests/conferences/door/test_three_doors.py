"""Three browsers at three doors, broken lines, killed pages, a killed server: nobody is lost and nobody counted twice."""

import pytest

from conferences.models import Scan

from .conftest import make_door, make_people
from .three_doors import Play, Server

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
# bench/door.py plays it with 1,000.
PEOPLE = 45


@pytest.fixture
def server():
    found = Server()
    found.start()
    found.wait()
    yield found
    found.kill()


def test_three_doors_lose_nobody_and_count_nobody_twice(
    browser, server, congress, delegations, officer, settings, tmp_path
):
    settings.PUBLIC_ADDRESS = server.address
    people = make_people(congress, PEOPLE, officer, delegations)
    doors = [make_door(congress, officer, f"Cửa {place}") for place in (1, 2, 3)]
    play = Play(browser.browser_type, server, doors, people, tmp_path, seed=7)
    try:
        play.run()
        assert {what: number for what, number in play.judged().items() if number} == {}
    finally:
        play.close()
    assert play.tally["servers killed"] == play.tally["browsers killed"] == 1
    assert play.tally["reloads"] + play.tally["broken lines"] > 1
    # A card was held twice to one door, or to two or three.
    assert Scan.objects.filter(delegate__isnull=False).count() > PEOPLE + 8
