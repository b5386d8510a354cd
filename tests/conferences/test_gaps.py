"""What a conference fills in a text."""

from datetime import date, time

import pytest

from conferences.overview.gaps import OF_CONFERENCE
from documents.areas.records import told_by
from documents.models import Document

pytestmark = pytest.mark.django_db


def test_a_conference_answers_with_whose_when_where_and_how_many(event, own, officer):
    event.begins_at = time(8, 0)
    event.save()
    told = {
        "đơn vị": event.unit.name,
        "hội nghị": event.name,
        "số người": "120",
        "năm": "2026",
        "ngày": "ngày 20 tháng 7 năm 2026",
        "giờ": "08 giờ 00",
        "địa điểm": "Hội trường xã",
    }
    assert OF_CONFERENCE.facts(OF_CONFERENCE.find(event.pk, own), own) == told
    # The department looks on; who comes is kept by the commune.
    assert OF_CONFERENCE.facts(OF_CONFERENCE.find(event.pk, officer), officer).keys() >= told.keys() - {"số người"}


def test_one_of_several_days_has_a_first_and_a_last_day_also_once_it_was_held(event, own):
    days = {"ngày": "ngày 20 tháng 7 năm 2026", "đến ngày": "ngày 22 tháng 7 năm 2026"}
    event.until = date(2026, 7, 22)
    assert OF_CONFERENCE.facts(event, own).items() >= days.items()
    event.state, event.held_on = event.State.HELD, date(2026, 7, 22)
    assert OF_CONFERENCE.facts(event, own).items() >= days.items()
    event.held_on = date(2026, 7, 20)
    assert "đến ngày" not in OF_CONFERENCE.facts(event, own)


def test_a_conference_of_others_is_not_found(event, own, stranger):
    assert OF_CONFERENCE.find(event.pk, stranger) is None
    assert OF_CONFERENCE.find("x", own) is None


def test_its_papers_are_about_it(event):
    assert told_by(Document(area="hoi-nghi", area_key=f"plan-{event.pk}")) == (OF_CONFERENCE, str(event.pk))
