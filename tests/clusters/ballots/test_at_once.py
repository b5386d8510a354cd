"""Several people vote and count at the same moment."""

import multiprocessing

import pytest
from django.db import connections

from clusters.ballots import actions as ballots
from clusters.ballots.count import count
from clusters.models import (
    Ballot,
    Candidate,
)
from units.models import Role, User

from ...conftest import make_user
from .made import box, candidates, voted


def act_at_once(acts):
    """Each of ``acts``, (function, arguments), in a process of its own at the same time; gives what each refused."""
    context = multiprocessing.get_context("fork")
    told = context.Queue()
    start = context.Barrier(len(acts))

    def run(function, arguments):
        connections.close_all()
        start.wait()
        try:
            function(*arguments)
            told.put("")
        except Exception as failure:
            told.put(repr(failure))
        connections.close_all()

    connections.close_all()
    processes = [context.Process(target=run, args=act) for act in acts]
    for process in processes:
        process.start()
    answers = [told.get(timeout=60) for _ in processes]
    for process in processes:
        process.join()
    return answers


def cast(ballot, candidate, username):
    chosen = [Candidate.objects.get(pk=candidate)]
    ballots.vote(Ballot.objects.get(pk=ballot), candidates=chosen, by=User.objects.get(username=username))


def end(ballot, username):
    count(Ballot.objects.get(pk=ballot), by=User.objects.get(username=username))


@pytest.mark.django_db(transaction=True)
def test_all_voting_at_once_are_all_counted(opened, four):
    first, second = candidates(opened)[:2]
    choices = [first, first, second, first]
    acts = [(cast, (opened.pk, row.pk, user.username)) for row, user in zip(choices, four, strict=True)]
    assert act_at_once(acts) == [""] * 4
    count(opened, by=four[0])
    assert dict(opened.candidates.exclude(agreed=0).values_list("pk", "agreed")) == {first.pk: 3, second.pk: 1}


@pytest.mark.django_db(transaction=True)
def test_one_unit_voting_six_times_at_once_has_one_vote(opened, four):
    make_user("caoloc2", "Hoàng Thị Hai", Role.UNIT_OFFICER, four[2].unit)
    first = candidates(opened)[0]
    names = [four[2].username, "caoloc2"] * 3
    answers = act_at_once([(cast, (opened.pk, first.pk, name)) for name in names])
    assert sorted("Mỗi đơn vị một phiếu" in answer for answer in answers) == [False] + [True] * 5
    assert (box(opened).cast, voted(opened)) == (1, {first.pk: 1})


@pytest.mark.django_db(transaction=True)
def test_a_vote_at_the_moment_of_the_count_is_in_it_or_refused(opened, four):
    first = candidates(opened)[0]
    for user in four[:3]:
        ballots.vote(opened, candidates=[first], by=user)
    vote = (cast, (opened.pk, first.pk, four[3].username))
    answers = act_at_once([vote, (end, (opened.pk, four[0].username)), (end, (opened.pk, four[1].username))])
    opened.refresh_from_db()
    refused = sum("«Bỏ phiếu» khi cuộc bỏ phiếu đang ở bước «Đã kiểm phiếu»" in answer for answer in answers)
    assert opened.cast == 4 - refused == Candidate.objects.get(pk=first.pk).agreed
    assert opened.voters.exclude(voted_at=None).count() == opened.cast
    assert sum("«Kiểm phiếu» khi cuộc bỏ phiếu đang ở bước «Đã kiểm phiếu»" in answer for answer in answers) == 1
