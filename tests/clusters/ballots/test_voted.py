"""Votes are given in secret, once a unit; nothing stored tells who voted for whom."""

from datetime import date

import pytest
from django.db import transaction
from django.urls import reverse

from clusters.ballots import actions as ballots
from clusters.ballots.count import count
from clusters.models import (
    BallotBox,
    Membership,
)
from documents.models import Change
from documents.steps.refusing import Refused
from units.models import Role, Unit, User

from ...conftest import make_user
from ...exported import table_of
from .made import TODAY, also_ruled, box, candidates, everything, prepared

# --- Voted


def test_each_votes_once_and_who_voted_is_known(opened, four):
    ballots.vote(opened, candidates=candidates(opened)[:1], by=four[2])
    with pytest.raises(Refused, match="đã bỏ phiếu lúc"):
        ballots.vote(opened, candidates=candidates(opened)[1:2], by=four[2])
    assert opened.voters.get(membership__unit=four[2].unit).voted_at
    assert opened.voters.exclude(voted_at=None).count() == box(opened).cast == 1
    assert sum(BallotBox.objects.get().agreed.values()) == 1


def test_a_colleague_of_one_that_voted_does_not_vote_again(opened, four):
    ballots.vote(opened, candidates=[], by=four[2])
    colleague = make_user("caoloc2", "Hoàng Thị Hai", Role.UNIT_OFFICER, four[2].unit)
    with pytest.raises(Refused, match="Mỗi đơn vị một phiếu"):
        ballots.vote(opened, candidates=[], by=colleague)


def test_at_most_as_many_as_there_are_seats_and_nobody_is_a_vote_too(opened, four):
    with pytest.raises(Refused, match="nhiều nhất 1 đơn vị"):
        ballots.vote(opened, candidates=candidates(opened)[:2], by=four[2])
    ballots.vote(opened, candidates=[], by=four[2])
    assert box(opened).cast == 1


def test_somebody_who_does_not_stand_gets_no_vote(opened, four, cluster):
    other = prepared(cluster, four[0])
    with pytest.raises(Refused, match="không được giới thiệu"):
        ballots.vote(opened, candidates=other.candidates.all()[:1], by=four[2])


def test_who_is_not_entitled_does_not_vote(opened, turn_of):
    for who in ("officer", "leader", "administrator", "other_cluster", "nobody"):
        with turn_of(who) as person:
            with pytest.raises(Refused, match="do các đơn vị trong danh sách bỏ phiếu làm"):
                ballots.vote(opened, candidates=[], by=person)
            assert box(opened).cast == 0


def test_an_account_that_only_reads_does_not_vote_for_its_unit(opened, four):
    reader = make_user("doc", "Nguyễn Văn Đọc", Role.COUNCIL_MEMBER, four[2].unit)
    with pytest.raises(Refused, match="do các đơn vị trong danh sách bỏ phiếu làm"):
        ballots.vote(opened, candidates=[], by=reader)
    assert not ballots.waiting_for(reader)


def test_who_left_or_ended_after_the_opening_does_not_vote_but_counts_among_the_entitled(opened, four):
    Membership.objects.filter(unit=four[2].unit).update(left_on=TODAY)
    Unit.objects.filter(pk=four[3].unit_id).update(ended=date(2026, 10, 1))
    for user in four[2:]:
        with pytest.raises(Refused, match="không còn tham gia"):
            ballots.vote(opened, candidates=[], by=User.objects.get(pk=user.pk))
    assert opened.entitled == 4


def test_no_vote_before_the_opening_on_paper_after_the_count_or_when_cancelled(draft, on_paper, cluster, four):
    with pytest.raises(Refused, match="đang ở bước «Đang chuẩn bị»"):
        ballots.vote(draft, candidates=[], by=four[2])
    with pytest.raises(Refused, match="bỏ phiếu giấy"):
        ballots.vote(on_paper, candidates=[], by=four[2])
    done = ballots.open_ballot(prepared(cluster, four[0], award=also_ruled("Bằng khen")), by=four[0])
    for user in (four[0], four[1], four[3]):
        ballots.vote(done, candidates=[], by=user)
    count(done, by=four[0])
    with pytest.raises(Refused, match="đang ở bước «Đã kiểm phiếu»"):
        ballots.vote(done, candidates=[], by=four[2])
    ballots.cancel(on_paper, by=four[0], reason="Đổi cách bỏ phiếu")
    ballots.cancel(ballots.open_ballot(draft, by=four[0]), by=four[0], reason="Sai danh sách")
    with pytest.raises(Refused, match="đang ở bước «Đã hủy»"):
        ballots.vote(draft, candidates=[], by=four[2])


# --- Secrecy


@pytest.mark.parametrize("after_the_count", [False, True])
def test_two_that_swap_their_votes_leave_the_same_rows(cluster, four, after_the_count):
    """Whatever is stored, in whatever order, it is the same whoever of two gave which vote: so it cannot tell."""
    found = []
    for order in ([0, 1, 2], [1, 0, 2]):
        with transaction.atomic():
            ballot = ballots.open_ballot(prepared(cluster, four[0]), by=four[0])
            standing = candidates(ballot)
            for user, place in zip(four, order, strict=False):
                ballots.vote(ballot, candidates=[standing[place]], by=user)
            if after_the_count:
                count(ballot, by=four[0])
            found.append(everything())
            if not after_the_count:
                keys = {str(row.pk): place for place, row in enumerate(standing)}
                (box,) = found[-1]["BallotBox"]
                box["agreed"] = [(keys[key], votes) for key, votes in box["agreed"].items()]
                assert sorted(box["agreed"]) == [(0, 1), (1, 1), (2, 1), (3, 0)]
            transaction.set_rollback(True)
    assert found[0] == found[1]


def test_the_log_names_who_voted_and_nothing_of_the_vote(opened, four):
    ballots.vote(opened, candidates=candidates(opened)[3:], by=four[2])
    row = Change.objects.first()
    assert (row.act, row.by, row.changes, row.reason) == ("UBND xã Cao Lộc đã bỏ phiếu", four[2], {}, "")


def test_the_count_empties_the_box(opened, four):
    for user in four[:3]:
        ballots.vote(opened, candidates=candidates(opened)[:1], by=user)
    count(opened, by=four[0])
    assert not BallotBox.objects.exists()


def test_a_box_of_two_votes_is_not_counted(opened, four):
    for user in four[:2]:
        ballots.vote(opened, candidates=[], by=user)
    with pytest.raises(Refused, match="Mới có 2 phiếu"):
        count(opened, by=four[0])


def test_no_page_nor_export_tells_a_result_before_the_count(opened, four, turn_of, client_of):
    """All who voted chose the same; no page says so, and the rows that pages are made of do not know."""
    for user in four[:3]:
        ballots.vote(opened, candidates=candidates(opened)[:1], by=user)
    assert set(opened.candidates.values_list("agreed", "chosen")) == {(None, False)}
    listed = reverse("ballots", args=[opened.cluster.division.year])
    for who in ("officer", "administrator", "leader_unit", "member"):
        with turn_of(who) as person:
            client = client_of(person)
            page = client.get(opened.get_absolute_url())
            assert "result" not in page.context
            assert page.content.decode().count("đã bỏ phiếu</span>") == 3
            heads, values = table_of(client.get(listed, {"xuat": "xlsx"}))
            told = dict(zip(heads, values, strict=True))
            assert (told["Thu về"], told["Được đề nghị"]) == (None, None)


def test_no_back_office_page_shows_votes(administrator, client_of, opened):
    for name in ("ballot", "ballotbox", "candidate", "voter"):
        assert client_of(administrator).get(f"/admin/clusters/{name}/").status_code == 404
