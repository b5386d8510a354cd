"""What the first page tells of delegates: lists that were not sent, those who are to be looked at again."""

from datetime import date

from conferences.home import _doubtful
from conferences.models import Event
from tests.conferences.test_home import waits

DOUBT, UNSENT = "Đại biểu cần xem lại", "Đại biểu đã chọn, chưa gửi danh sách"


def test_who_lost_what_qualified_waits_for_who_keeps_the_list(delegate, people, officer, own):
    row = delegate(recipient=people[1], award=people[1].awards.get(), reason="")
    assert DOUBT not in waits(officer)
    people[1].awards.update(cancelled_on=date(2026, 6, 1))
    assert [found.words for found in waits(officer)[DOUBT]] == [row.name]
    assert DOUBT not in waits(own)
    Event.objects.filter(pk=row.event_id).update(state="held", held_on=row.event.day)
    assert DOUBT not in waits(officer)


def test_a_unit_is_told_to_send_whom_it_chose_once_it_was_held(event, delegation, delegate, own, officer):
    delegate("Một", state="chosen")
    assert UNSENT not in waits(own)
    Event.objects.filter(pk=event.pk).update(state="held", held_on=event.day)
    assert len(waits(own)[UNSENT]) == 1
    assert UNSENT not in waits(officer)
    type(delegation).objects.update(state="sent", sent_on=event.day)
    assert UNSENT not in waits(own)


def test_those_to_look_at_are_sought_among_the_conferences_of_who_keeps_them(officer, own):
    for user in (officer, own):
        asked = str(_doubtful(user, date(2026, 6, 15)).query)
        assert '"conferences_delegate"."event_id" IN (SELECT' not in asked, "PostgreSQL would walk the delegates of all"
        assert '"conferences_event"."unit_id" IN (' in asked
