"""Two members vote at once, a vote meets the count, two meetings take one nomination, one is withdrawn at the count."""

import pytest

from awards.council import actions, agenda, counting
from awards.models import Box, Item, Meeting, Nomination
from awards.nominations import lines
from units.models import User

from ...clusters.ballots.test_at_once import act_at_once
from .made import again, all_votes, prepared, seats

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


def cast(meeting, username, agrees):
    found = Meeting.objects.get(pk=meeting)
    actions.vote(found, by=User.objects.get(username=username), votes=all_votes(found, agrees))


def end(meeting):
    counting.count(Meeting.objects.get(pk=meeting), by=User.objects.get(username="hoa"))


def put_on(meeting, keys):
    agenda.add(Meeting.objects.get(pk=meeting), by=User.objects.get(username="hoa"), keys=keys)


def withdraw(nomination):
    row = Nomination.objects.get(pk=nomination)
    lines.withdraw_line(row, by=User.objects.get(username="lan"), reason="Thôi")


def test_members_who_vote_at_once_are_all_in_the_box(secret, nine):
    names = [nine[who].username for who in ("chair", "leader", "secretary", "council_member")]
    assert act_at_once([(cast, (secret.pk, name, name != names[0])) for name in names]) == [""] * 4
    box = Box.objects.get(meeting=secret)
    assert (box.cast, set(box.agreed.values()), set(box.against.values())) == (4, {3}, {1})


def test_one_member_who_votes_four_times_at_once_has_one_vote(secret, nine):
    answers = act_at_once([(cast, (secret.pk, nine["chair"].username, True))] * 4)
    assert sorted("Mỗi người một phiếu" in answer for answer in answers) == [False, True, True, True]
    assert Box.objects.get(meeting=secret).cast == 1


def test_a_vote_at_the_moment_of_the_count_is_in_it_or_refused(secret, nine, officer):
    actions.enter_sums(again(secret), by=officer, seats=seats(secret)[1:])
    answers = act_at_once([(cast, (secret.pk, nine["chair"].username, True)), (end, (secret.pk,)), (end, (secret.pk,))])
    voted = seats(secret)[0].voted_at is not None
    assert {item.agreed for item in Item.objects.all()} == {7 if voted else 6}
    assert sum("«Kiểm phiếu» khi cuộc họp đang ở bước «Đã kiểm phiếu»" in answer for answer in answers) == 1
    assert sum("«Bỏ phiếu» khi cuộc họp đang ở bước «Đã kiểm phiếu»" in answer for answer in answers) == (not voted)


def test_two_meetings_that_take_one_nomination(council, officer, three):
    first, second = prepared(council, officer), prepared(council, officer)
    keys = [row.pk for row in three]
    answers = act_at_once([(put_on, (first.pk, keys)), (put_on, (second.pk, keys[::-1]))])
    assert sum("đang ở một cuộc họp khác của Hội đồng" in answer for answer in answers) == 1
    assert sorted([first.items.count(), second.items.count()]) == [0, 3]


def test_one_that_is_withdrawn_at_the_moment_of_the_count(secret, officer, three):
    actions.enter_sums(again(secret), by=officer, seats=seats(secret))
    answers = act_at_once([(withdraw, (three[0].pk,)), (end, (secret.pk,))])
    nomination, item = Nomination.objects.get(pk=three[0].pk), Item.objects.get(nomination=three[0])
    if nomination.state == "withdrawn":
        assert (answers, item.chosen, item.stands) == (["", ""], None, False)
    else:
        assert (nomination.state, item.chosen) == ("passed", True)
        assert sum("«Rút đề nghị này»" in answer for answer in answers) == 1
