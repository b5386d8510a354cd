"""Ballots: prepared, opened, voted in secret or counted on paper; thresholds, ties, second rounds; who may do what."""

import multiprocessing
import unicodedata
from datetime import date
from decimal import Decimal
from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import IntegrityError, connection, connections, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from clusters.ballots import actions as ballots
from clusters.ballots import papers as ballot_papers
from clusters.ballots.models import votes_needed
from clusters.models import (
    About,
    Activity,
    Ballot,
    BallotBox,
    BallotOver,
    BallotPaper,
    Candidate,
    CriteriaSet,
    Membership,
    ScoreSheet,
    Voter,
    VoteRule,
)
from documents.life.moves import move
from documents.models import Change, Document, DocumentType, Move
from documents.steps.refusing import Refused
from units.models import Role, Unit, User

from ...conftest import make_unit, make_user
from ...exported import table_of
from ..conftest import EIGHT, make_cluster

FLAG = "Cờ thi đua của UBND tỉnh"
TODAY = date(2026, 11, 20)
SECRET, COUNTED = Ballot.Method.SECRET, Ballot.Method.COUNTED
State = Ballot.State


@pytest.fixture(autouse=True)
def today(monkeypatch):
    """A day at the end of the year of emulation."""
    monkeypatch.setattr(
        "django.utils.timezone.localdate", lambda value=None, timezone=None: value.date() if value else TODAY
    )


@pytest.fixture(autouse=True)
def rule(db):
    """The share for the province's flag; none for anything else."""
    VoteRule.objects.all().delete()
    return VoteRule.objects.create(
        name=FLAG, percent=80, since=date(2025, 7, 1), citation="Khoản 7 Điều 30", uncertain=True
    )


@pytest.fixture
def four(eight, cluster):
    """The accounts of the four members, the leader's first."""
    last = make_user("dongdang", "Lương Thị Đồng", Role.UNIT_OFFICER, members(cluster)[3].unit)
    return [eight["leader_unit"], eight["deputy_unit"], eight["member"], last]


def members(cluster):
    return list(cluster.memberships.with_units())


def prepared(cluster, by, **facts):
    """A draft in which all stand and all vote."""
    rows = members(cluster)
    candidates, voters = facts.pop("candidates", rows), facts.pop("voters", rows)
    facts = {"award": FLAG, "held_on": TODAY, "method": SECRET, "seats": 1} | facts
    return ballots.save(
        Ballot(cluster=cluster, **facts),
        by=by,
        candidates=dict.fromkeys(candidates, "Dẫn đầu cụm"),
        voters=dict.fromkeys(voters, ""),
    )


def also_ruled(award):
    """Another award, with the share of the flag: a cluster votes on each once."""
    VoteRule.objects.create(name=award, percent=80, since=date(2025, 7, 1), citation="Khoản 7 Điều 30")
    return award


@pytest.fixture
def draft(cluster, four):
    return prepared(cluster, four[0])


@pytest.fixture
def opened(draft, four):
    return ballots.open_ballot(draft, by=four[0])


@pytest.fixture
def on_paper(cluster, four):
    """An open ballot of two seats on paper."""
    return ballots.open_ballot(prepared(cluster, four[0], method=COUNTED, seats=2), by=four[0])


def candidates(ballot):
    """The candidates in the order of the members."""
    rows = {row.membership_id: row for row in ballot.candidates.select_related("membership__unit")}
    return [rows[row.pk] for row in members(ballot.cluster) if row.pk in rows]


def box(ballot):
    return BallotBox.objects.get(ballot=ballot)


def voted(ballot):
    """{key: votes} of the candidates that the box holds votes for."""
    return {int(key): votes for key, votes in box(ballot).agreed.items() if votes}


def figures(ballot, *agreed, **numbers):
    numbers = {"issued": 4, "cast": 4, "valid": 4} | numbers
    return ballots.Figures(agreed=dict(zip(candidates(ballot), agreed, strict=True)), **numbers)


def counted(ballot, by, *agreed, **numbers):
    return ballots.count(ballot, by=by, figures=figures(ballot, *agreed, **numbers))


# --- Thresholds


@pytest.mark.parametrize(
    ("percent", "entitled", "needed"),
    [
        ("80", 5, 4),
        ("80", 4, 4),
        ("80", 9, 8),
        ("80", 10, 8),
        ("80", 10_000, 8000),
        ("79.99", 10_000, 7999),
        ("66.67", 3, 3),
        ("66.66", 3, 2),
        ("100", 7, 7),
        ("0.01", 7, 1),
    ],
)
def test_the_threshold_is_the_least_whole_number_of_votes(percent, entitled, needed):
    percent = Decimal(percent)
    assert votes_needed(percent, entitled) == needed
    assert 100 * needed >= percent * entitled > 100 * (needed - 1)


@pytest.mark.parametrize(
    ("votes", "entitled", "words"),
    [
        (4, 5, "80 %"),
        (7999, 10_000, "79,99 %"),
        (79_999, 100_000, "79,99 %"),
        (8, 9, "88,89 %"),
        (2, 3, "66,67 %"),
        (5, 6, "83,33 %"),
        (1, 3, "33,33 %"),
        (0, 3, "0 %"),
        (3, 3, "100 %"),
        (1, 10, "10 %"),
    ],
)
def test_a_share_is_rounded_but_never_up_to_the_threshold(votes, entitled, words):
    assert ballots.share(votes, entitled, Decimal(80)) == words


def test_four_of_five_is_enough_and_three_is_not_however_many_came(cluster, four):
    fifth = Membership.objects.create(cluster=cluster, unit=make_unit("xa-5", "UBND xã Năm", kind=Unit.Kind.COMMUNE))
    assert fifth in members(cluster)
    for votes, chosen in ((4, True), (3, False)):
        facts = {"method": COUNTED, "candidates": [fifth], "award": also_ruled(f"Bằng khen {votes}")}
        ballot = ballots.open_ballot(prepared(cluster, four[0], **facts), by=four[0])
        counted(ballot, four[0], votes, issued=4, cast=4)
        assert (ballot.needed, ballot.candidates.get().chosen) == (4, chosen)


@pytest.mark.parametrize(
    ("votes", "seats", "chosen"),
    [
        ([4, 3, 4], 2, {0, 2}),
        ([4, 3, 4], 1, set()),
        ([5, 4, 4], 2, {0}),
        ([5, 4, 3], 2, {0, 1}),
        ([5, 4, 4], 3, {0, 1, 2}),
        ([2, 2, 2], 3, set()),
        ([5, 4, 4, 4], 3, {0}),
        ([], 1, set()),
    ],
)
def test_equals_at_the_last_seat_are_not_chosen_by_the_program(votes, seats, chosen):
    assert ballots.chosen_of(dict(enumerate(votes)), seats, 3) == chosen


def test_the_rule_of_the_day_counts_and_the_general_one_where_there_is_none(rule):
    VoteRule.objects.create(name=FLAG, percent=85, since=date(2026, 7, 1), citation="Mới")
    assert VoteRule.for_award(FLAG, TODAY).percent == 85, "nobody ended the older one"
    rule.until = date(2026, 6, 30)
    rule.save()
    assert VoteRule.for_award("cờ thi đua của ubnd  tỉnh", date(2026, 6, 30)).percent == 80
    assert VoteRule.for_award(FLAG, date(2026, 7, 1)).percent == 85
    assert VoteRule.for_award("Giấy khen", TODAY) is None
    VoteRule.objects.create(name="", percent=60, since=date(2020, 1, 1), citation="Mức của cơ quan")
    assert VoteRule.for_award("Giấy khen", TODAY).percent == 60


@pytest.mark.parametrize(
    ("award", "day", "uncertain"),
    [
        (FLAG, date(2020, 12, 1), True),
        (FLAG, date(2024, 1, 1), False),
        (FLAG, date(2025, 6, 30), False),
        ("Cờ thi đua của Chính phủ", date(2026, 12, 1), True),
        ("Bằng khen của Chủ tịch UBND tỉnh", date(2026, 12, 1), True),
        ("Giấy khen", date(2026, 12, 1), True),
    ],
)
def test_the_rules_that_the_program_comes_with(award, day, uncertain):
    VoteRule.objects.all().delete()
    import_module("clusters.migrations.0002_vote_rules").add_rules(apps, None)
    found = VoteRule.for_award(award, day)
    assert (found.percent, found.uncertain) == (80, uncertain)
    assert not VoteRule.objects.in_force(date(2017, 9, 30)).exists()


# --- Prepared


def test_what_a_draft_was_and_became_is_logged(draft, four, cluster):
    first = members(cluster)[0]
    draft.seats = 2
    ballots.save(draft, by=four[1], candidates={first: ""}, voters={first: "Ông A"}, seen_version=1)
    row = Change.objects.filter(about=About.BALLOT, key=draft.pk).first()
    assert row.by == four[1]
    assert row.changes["Số lượng được đề nghị tối đa"] == ["1", "2"]
    assert row.changes["Người bỏ phiếu"][1] == "UBND xã Ba Sơn (Ông A)"
    assert draft.voters.count() == draft.candidates.count() == 1


def test_a_day_outside_the_year_is_refused(draft, four):
    for day in (date(2025, 12, 31), date(2027, 1, 1)):
        draft.held_on = day
        with pytest.raises(Refused, match="từ 01/01/2026 đến 31/12/2026") as refused:
            ballots.save(draft, by=four[0], candidates={}, voters={})
        assert refused.value.field == "held_on"


def test_another_cluster_s_meeting_or_member_is_refused(draft, four, other_cluster):
    stranger = members(other_cluster)[0]
    for lists in ({"candidates": {stranger: ""}, "voters": {}}, {"candidates": {}, "voters": {stranger: ""}}):
        with pytest.raises(Refused, match="không phải thành viên của"):
            ballots.save(draft, by=four[0], **lists)
    draft.activity = Activity.objects.create(
        cluster=other_cluster, kind="year_end", title="Tổng kết", held_on=TODAY, unit=stranger.unit, author=four[0]
    )
    with pytest.raises(Refused, match="không phải của"):
        ballots.save(draft, by=four[0], candidates={}, voters={})


def test_a_member_that_left_neither_stands_nor_votes(draft, four, cluster):
    row = members(cluster)[3]
    row.left_on = date(2026, 7, 1)
    row.save()
    for lists in ({"candidates": {row: ""}, "voters": {}}, {"candidates": {}, "voters": {row: ""}}):
        with pytest.raises(Refused, match="đã thôi tham gia"):
            ballots.save(draft, by=four[0], **lists)
    with pytest.raises(Refused, match="đã thôi tham gia"):
        ballots.open_ballot(draft, by=four[0])


def rule_out(membership, officer):
    criteria = CriteriaSet.objects.create(
        category=membership.cluster.category, number=1, name="Bộ tiêu chí", total=100, applies_from=2026
    )
    return ScoreSheet.objects.create(membership=membership, set=criteria, disqualified="Có án kỷ luật")


def test_a_member_ruled_out_by_its_scores_is_not_proposed(draft, four, cluster, officer):
    row = members(cluster)[3]
    rule_out(row, officer)
    with pytest.raises(Refused, match=r"không được xếp hạng năm nay \(Có án kỷ luật\)"):
        ballots.save(draft, by=four[0], candidates={row: ""}, voters={})
    with pytest.raises(Refused, match="không được xếp hạng"):
        ballots.open_ballot(draft, by=four[0])
    ballots.save(draft, by=four[0], candidates={}, voters={row: ""})


def test_the_form_does_not_offer_who_is_ruled_out(cluster, four, officer, client_of):
    row = members(cluster)[3]
    rule_out(row, officer)
    page = client_of(four[0]).get(reverse("new_ballot", args=[cluster.pk]))
    assert page.context["form"].fields[f"stands-{row.pk}"].disabled
    assert "Có án kỷ luật" in page.content.decode()


def test_a_second_save_of_the_same_version_is_refused(draft, four):
    ballots.save(draft, by=four[0], candidates={}, voters={}, seen_version=1)
    with pytest.raises(Refused, match="đã lưu một bản mới hơn"):
        ballots.save(draft, by=four[1], candidates={}, voters={}, seen_version=1)


def test_a_draft_goes_and_its_log_stays(draft, four):
    key = draft.pk
    ballots.remove(draft, by=four[0])
    assert not Ballot.objects.exists()
    assert Change.objects.filter(about=About.BALLOT, key=key, act__startswith="Xóa").exists()


def test_an_open_ballot_is_neither_changed_nor_removed(opened, four):
    for act in (
        lambda: ballots.save(opened, by=four[0], candidates={}, voters={}),
        lambda: ballots.remove(opened, by=four[0]),
        lambda: ballots.open_ballot(opened, by=four[0]),
    ):
        with pytest.raises(Refused, match="đang mở để bỏ phiếu"):
            act()


# --- Opened


def test_opening_fixes_the_threshold_whatever_becomes_of_the_rule(opened, rule):
    rule.percent, rule.citation, rule.uncertain = 50, "Khác", False
    rule.save()
    opened.refresh_from_db()
    assert (opened.percent, opened.citation, opened.uncertain) == (80, "Khoản 7 Điều 30", True)
    assert (opened.entitled, opened.needed) == (4, 4)


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"candidates": []}, "Chưa giới thiệu đơn vị nào"),
        ({"voters": []}, "Chưa có ai được bỏ phiếu"),
        ({"held_on": date(2026, 12, 1)}, "Chưa đến ngày bỏ phiếu"),
        ({"award": "Giấy khen"}, "Chưa có tỷ lệ phiếu tối thiểu cho «Giấy khen»"),
    ],
)
def test_what_is_not_ready_is_not_opened(cluster, four, facts, words):
    ballot = prepared(cluster, four[0], **facts)
    with pytest.raises(Refused, match=words):
        ballots.open_ballot(ballot, by=four[0])
    ballot.refresh_from_db()
    assert ballot.is_draft


def test_two_cannot_vote_in_secret(cluster, four):
    ballot = prepared(cluster, four[0], voters=members(cluster)[:2])
    with pytest.raises(Refused, match="ít nhất 3 người bỏ phiếu"):
        ballots.open_ballot(ballot, by=four[0])


def test_a_year_that_is_over_opens_no_secret_ballot_but_counts_paper(cluster, four, monkeypatch):
    secret, paper = prepared(cluster, four[0]), prepared(cluster, four[0], method=COUNTED)
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args: date(2027, 1, 5))
    with pytest.raises(Refused, match="không mở phiếu kín nữa"):
        ballots.open_ballot(secret, by=four[0])
    assert ballots.open_ballot(paper, by=four[0]).is_open


def test_a_title_without_a_rule_of_its_own_is_told(cluster, four, client_of):
    ballot = prepared(cluster, four[0], award="Giấy khen")
    client = client_of(four[0])
    assert "Chưa mở được" in client.get(ballot.get_absolute_url()).content.decode()
    VoteRule.objects.create(name="", percent=Decimal("66.67"), since=date(2020, 1, 1), citation="Mức của cơ quan")
    page = client.get(ballot.get_absolute_url()).content.decode()
    assert "Chưa có quy định riêng" in page
    assert "66,67 %" in page


def test_a_doubtful_rule_is_told(opened, four, client_of):
    assert "chưa đối chiếu với bản gốc" in client_of(four[2]).get(opened.get_absolute_url()).content.decode()


# --- Voted


def test_each_votes_once_and_who_voted_is_known(opened, four):
    ballots.vote(opened, candidates(opened)[:1], by=four[2])
    with pytest.raises(Refused, match="đã bỏ phiếu lúc"):
        ballots.vote(opened, candidates(opened)[1:2], by=four[2])
    assert opened.voters.get(membership__unit=four[2].unit).voted_at
    assert opened.voters.exclude(voted_at=None).count() == box(opened).cast == 1
    assert sum(BallotBox.objects.get().agreed.values()) == 1


def test_a_colleague_of_one_that_voted_does_not_vote_again(opened, four):
    ballots.vote(opened, [], by=four[2])
    colleague = make_user("caoloc2", "Hoàng Thị Hai", Role.UNIT_OFFICER, four[2].unit)
    with pytest.raises(Refused, match="Mỗi đơn vị một phiếu"):
        ballots.vote(opened, [], by=colleague)


def test_at_most_as_many_as_there_are_seats_and_nobody_is_a_vote_too(opened, four):
    with pytest.raises(Refused, match="nhiều nhất 1 đơn vị"):
        ballots.vote(opened, candidates(opened)[:2], by=four[2])
    ballots.vote(opened, [], by=four[2])
    assert box(opened).cast == 1


def test_somebody_who_does_not_stand_gets_no_vote(opened, four, cluster):
    other = prepared(cluster, four[0])
    with pytest.raises(Refused, match="không được giới thiệu"):
        ballots.vote(opened, other.candidates.all()[:1], by=four[2])


def test_who_is_not_entitled_does_not_vote(opened, turn_of):
    for who in ("officer", "leader", "administrator", "other_cluster", "nobody"):
        with turn_of(who) as person:
            with pytest.raises(Refused, match="không có quyền bỏ phiếu"):
                ballots.vote(opened, [], by=person)
            assert box(opened).cast == 0


def test_an_account_that_only_reads_does_not_vote_for_its_unit(opened, four):
    reader = make_user("doc", "Nguyễn Văn Đọc", Role.COUNCIL_MEMBER, four[2].unit)
    with pytest.raises(Refused, match="không có quyền bỏ phiếu"):
        ballots.vote(opened, [], by=reader)
    assert not ballots.waiting_for(reader)


def test_who_left_or_ended_after_the_opening_does_not_vote_but_counts_among_the_entitled(opened, four):
    Membership.objects.filter(unit=four[2].unit).update(left_on=TODAY)
    Unit.objects.filter(pk=four[3].unit_id).update(ended=date(2026, 10, 1))
    for user in four[2:]:
        with pytest.raises(Refused, match="không còn tham gia"):
            ballots.vote(opened, [], by=User.objects.get(pk=user.pk))
    assert opened.entitled == 4


def test_no_vote_before_the_opening_on_paper_after_the_count_or_when_cancelled(draft, on_paper, cluster, four):
    with pytest.raises(Refused, match="chưa mở bỏ phiếu"):
        ballots.vote(draft, [], by=four[2])
    with pytest.raises(Refused, match="bỏ phiếu giấy"):
        ballots.vote(on_paper, [], by=four[2])
    done = ballots.open_ballot(prepared(cluster, four[0], award=also_ruled("Bằng khen")), by=four[0])
    for user in (four[0], four[1], four[3]):
        ballots.vote(done, [], by=user)
    ballots.count(done, by=four[0])
    with pytest.raises(Refused, match="đã kiểm phiếu nên không bỏ phiếu được"):
        ballots.vote(done, [], by=four[2])
    ballots.cancel(on_paper, by=four[0], reason="Đổi cách bỏ phiếu")
    ballots.cancel(ballots.open_ballot(draft, by=four[0]), by=four[0], reason="Sai danh sách")
    with pytest.raises(Refused, match="đã hủy nên không bỏ phiếu được"):
        ballots.vote(draft, [], by=four[2])


# --- Secrecy


def everything():
    """All that the database holds about votes, without the times and keys that differ between any two runs."""
    skipped = {"id", "pk", "at", "voted_at", "counted_at", "ballot_id", "key", "expire_date", "session_key"}
    rows = {}
    for model in [*apps.get_app_config("clusters").get_models(), Session]:
        rows[model.__name__] = [
            {name: value for name, value in row.items() if name not in skipped}
            for row in model.objects.order_by("pk").values()
        ]
    return rows


@pytest.mark.parametrize("after_the_count", [False, True])
def test_two_that_swap_their_votes_leave_the_same_rows(cluster, four, after_the_count):
    """Whatever is stored, in whatever order, it is the same whoever of two gave which vote: so it cannot tell."""
    found = []
    for order in ([0, 1, 2], [1, 0, 2]):
        with transaction.atomic():
            ballot = ballots.open_ballot(prepared(cluster, four[0]), by=four[0])
            standing = candidates(ballot)
            for user, place in zip(four, order, strict=False):
                ballots.vote(ballot, [standing[place]], by=user)
            if after_the_count:
                ballots.count(ballot, by=four[0])
            found.append(everything())
            if not after_the_count:
                keys = {str(row.pk): place for place, row in enumerate(standing)}
                (box,) = found[-1]["BallotBox"]
                box["agreed"] = [(keys[key], votes) for key, votes in box["agreed"].items()]
                assert sorted(box["agreed"]) == [(0, 1), (1, 1), (2, 1), (3, 0)]
            transaction.set_rollback(True)
    assert found[0] == found[1]


def test_the_log_names_who_voted_and_nothing_of_the_vote(opened, four):
    ballots.vote(opened, candidates(opened)[3:], by=four[2])
    row = Change.objects.first()
    assert (row.act, row.by, row.changes, row.reason) == ("UBND xã Cao Lộc đã bỏ phiếu", four[2], {}, "")


def test_the_count_empties_the_box(opened, four):
    for user in four[:3]:
        ballots.vote(opened, candidates(opened)[:1], by=user)
    ballots.count(opened, by=four[0])
    assert not BallotBox.objects.exists()


def test_a_box_of_two_votes_is_not_counted(opened, four):
    for user in four[:2]:
        ballots.vote(opened, [], by=user)
    with pytest.raises(Refused, match="Mới có 2 phiếu"):
        ballots.count(opened, by=four[0])


def test_no_page_nor_export_tells_a_result_before_the_count(opened, four, turn_of, client_of):
    """All who voted chose the same; no page says so, and the rows that pages are made of do not know."""
    for user in four[:3]:
        ballots.vote(opened, candidates(opened)[:1], by=user)
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


# --- Counted


def test_the_secret_votes_are_counted(opened, four):
    first, second = candidates(opened)[:2]
    for user in four[:3]:
        ballots.vote(opened, [first], by=user)
    ballots.vote(opened, [second], by=four[3])
    ballot = ballots.count(opened, by=four[1])
    assert (ballot.issued, ballot.cast, ballot.valid, ballot.counted_by) == (4, 4, 4, four[1])
    assert dict(ballot.candidates.values_list("pk", "agreed")) == {
        row.pk: votes for row, votes in zip(candidates(opened), (3, 1, 0, 0), strict=True)
    }
    assert not ballot.candidates.filter(chosen=True).exists(), "three of four is 75 %"


def test_what_the_board_found_is_stored_with_its_result(on_paper, four):
    ballot = counted(on_paper, four[0], 4, 3, 1, 0, board="Ông A, trưởng ban\nBà B")
    result = ballots.outcome_of(ballot)
    assert [(row.agreed, row.share, row.outcome) for row in result.candidates] == [
        (4, "100 %", "Được đề nghị"),
        (3, "75 %", "Không đạt tỷ lệ"),
        (1, "25 %", "Không đạt tỷ lệ"),
        (0, "0 %", "Không đạt tỷ lệ"),
    ]
    assert (ballot.board, result.seats_left, result.tied) == ("Ông A, trưởng ban\nBà B", 1, [])
    told = Change.objects.first().changes
    assert told["UBND xã Ba Sơn"] == ["", "4/4, 100 %; Được đề nghị"]
    assert told["Số phiếu thu về"] == ["", "4"]


@pytest.mark.parametrize(
    ("agreed", "numbers", "field", "words"),
    [
        ((0, 0, 0, 0), {"issued": 5}, "issued", "phát ra không thể nhiều hơn số người có quyền bỏ phiếu"),
        ((0, 0, 0, 0), {"issued": 3}, "cast", "thu về không thể nhiều hơn số phiếu phát ra"),
        ((0, 0, 0, 0), {"cast": 3}, "valid", "hợp lệ không thể nhiều hơn số phiếu thu về"),
        ((4, 0, 0, 0), {"valid": 3}, "agreed", "không thể nhiều hơn số phiếu hợp lệ"),
        ((4, 4, 1, 0), {}, None, "Cộng số phiếu đồng ý được 9, nhiều hơn 8"),
        ((-1, 0, 0, 0), {}, "agreed", "không thể nhiều hơn"),
        ((0, 0, 0, 0), {"issued": 0, "cast": 0, "valid": 0}, "cast", "Hãy hủy cuộc bỏ phiếu"),
    ],
)
def test_figures_that_cannot_be_are_refused(on_paper, four, agreed, numbers, field, words):
    with pytest.raises(Refused, match=words) as refused:
        counted(on_paper, four[0], *agreed, **numbers)
    assert (refused.value.field or "").partition("-")[0] == (field or "")
    on_paper.refresh_from_db()
    assert on_paper.is_open


def test_the_figures_of_every_candidate_are_asked_for(on_paper, four):
    with pytest.raises(Refused, match="từng đơn vị"):
        ballots.count(on_paper, by=four[0], figures=ballots.Figures(4, 4, 4, {}))


def test_the_database_holds_a_count_together(on_paper):
    for facts in (
        {"state": State.COUNTED},
        {"cast": 3},
        {"state": State.CANCELLED},
        {"cancelled_for": "x"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Ballot.objects.filter(pk=on_paper.pk).update(**facts)


@pytest.mark.parametrize("end", ["count", "cancel"])
def test_after_the_end_nothing_changes(on_paper, four, end):
    ballot, by = on_paper, four[0]
    if end == "count":
        counted(ballot, by, 4, 3, 1, 0)
    else:
        ballot = ballots.cancel(ballot, by=by, reason="Sai danh sách")
    for act in (
        lambda: ballots.save(ballot, by=by, candidates={}, voters={}),
        lambda: ballots.open_ballot(ballot, by=by),
        lambda: counted(ballot, by, 4, 4, 0, 0),
        lambda: ballots.cancel(ballot, by=by, reason="x"),
        lambda: ballots.remove(ballot, by=by),
    ):
        with pytest.raises(Refused, match="nên không làm việc này được nữa"):
            act()
    ballot.refresh_from_db()
    candidate, voter = ballot.candidates.first(), ballot.voters.first()
    for act in (
        ballot.save,
        ballot.delete,
        candidate.save,
        candidate.delete,
        voter.save,
        voter.delete,
        Candidate(ballot=ballot, membership=candidate.membership).save,
        lambda: Ballot.objects.update(seats=9),
        lambda: Ballot.objects.all().delete(),
        lambda: Candidate.objects.update(agreed=4),
        lambda: ballot.candidates.all().delete(),
        lambda: Voter.objects.update(name="x"),
    ):
        with pytest.raises(BallotOver):
            act()


def test_a_ballot_is_cancelled_with_a_reason(opened, four):
    ballots.vote(opened, [], by=four[2])
    with pytest.raises(Refused, match="lý do hủy"):
        ballots.cancel(opened, by=four[0], reason=" ")
    ballot = ballots.cancel(opened, by=four[0], reason="Thiếu đơn vị")
    assert (ballot.state, ballot.cancelled_for) == (State.CANCELLED, "Thiếu đơn vị")
    assert not BallotBox.objects.exists()
    assert Change.objects.first().reason == "Thiếu đơn vị"


# --- Ties, second rounds


@pytest.fixture
def tied(cluster, four, rule):
    """Two seats, half of the votes needed: one chosen, two equal behind it, one below the threshold."""
    rule.percent = 50
    rule.save()
    ballot = ballots.open_ballot(prepared(cluster, four[0], method=COUNTED, seats=2), by=four[0])
    return counted(ballot, four[0], 3, 2, 2, 1)


def test_a_tie_over_the_last_seat_is_left_open_and_told(tied, four, client_of):
    result = ballots.outcome_of(tied)
    assert [row.outcome for row in result.candidates] == [
        "Được đề nghị",
        "Ngang phiếu, chưa quyết định",
        "Ngang phiếu, chưa quyết định",
        "Không đạt tỷ lệ",
    ]
    page = client_of(four[2]).get(tied.get_absolute_url()).content.decode()
    assert "Chương trình không tự chọn" in page


def test_who_was_disqualified_while_votes_were_given_is_not_chosen(cluster, four, rule, officer):
    rule.percent = 50
    rule.save()
    ballot = ballots.open_ballot(prepared(cluster, four[0], method=COUNTED, seats=2), by=four[0])
    rule_out(members(cluster)[0], officer)
    counted(ballot, four[0], 4, 3, 1, 0)
    first, second, *_ = ballots.outcome_of(ballot).candidates
    assert (first.agreed, first.chosen) == (4, False)
    assert first.outcome == "Không được xếp hạng năm nay: Có án kỷ luật"
    assert (second.chosen, second.outcome) == (True, "Được đề nghị")
    later = ballots.next_round(ballot, by=four[0])
    assert [row.membership for row in candidates(later)] == members(cluster)[2:]


def test_an_award_is_voted_on_once_a_cluster_unless_that_was_cancelled(on_paper, cluster, four):
    again = prepared(cluster, four[0])
    words = f"đã bỏ phiếu suy tôn «{FLAG}» ngày 20/11/2026"
    for award in (FLAG, FLAG.upper(), FLAG.lower(), unicodedata.normalize("NFD", FLAG), FLAG.replace(" ", "  ")):
        with pytest.raises(Refused, match=words):
            ballots.open_ballot(prepared(cluster, four[0], award=award), by=four[0])
    ballots.cancel(on_paper, by=four[0], reason="Nhầm")
    other = ballots.open_ballot(prepared(cluster, four[0], method=COUNTED), by=four[0])
    counted(other, four[0], 4, 0, 0, 0)
    with pytest.raises(Refused, match=words):
        ballots.open_ballot(again, by=four[0])


def test_who_reached_the_threshold_behind_full_seats_is_told(cluster, four, rule):
    rule.percent = 50
    rule.save()
    ballot = ballots.open_ballot(prepared(cluster, four[0], method=COUNTED, seats=2), by=four[0])
    counted(ballot, four[0], 3, 3, 2, 0)
    assert ballots.outcome_of(ballot).candidates[2].outcome == "Đạt tỷ lệ nhưng quá số lượng"


def test_a_second_round_is_about_those_who_stood_equal(tied, four):
    names = {row.membership for row in ballots.outcome_of(tied).tied}
    second = ballots.next_round(tied, by=four[1])
    assert {row.membership for row in second.candidates.all()} == names
    assert (second.round, second.seats, second.method, second.voters.count()) == (2, 1, COUNTED, 4)
    assert second.is_draft
    assert str(second) == f"Suy tôn {FLAG}, vòng 2"
    with pytest.raises(Refused, match="Đã có vòng 2"):
        ballots.next_round(tied, by=four[0])


def test_without_a_tie_it_is_about_those_below_the_threshold(on_paper, four):
    counted(on_paper, four[0], 4, 3, 1, 0)
    assert ballots.next_round(on_paper, by=four[0]).candidates.count() == 3


def test_no_second_round_for_full_seats_or_before_the_count(on_paper, four):
    with pytest.raises(Refused, match="đang mở để bỏ phiếu"):
        ballots.next_round(on_paper, by=four[0])
    counted(on_paper, four[0], 4, 4, 0, 0)
    with pytest.raises(Refused, match="đủ số lượng"):
        ballots.next_round(on_paper, by=four[0])


def test_a_cancelled_round_makes_room_for_another(tied, four):
    second = ballots.open_ballot(ballots.next_round(tied, by=four[0]), by=four[0])
    ballots.cancel(second, by=four[0], reason="Nhầm")
    assert ballots.next_round(tied, by=four[0]).round == 2


# --- Papers


def table_rows(body):
    return [line for line in body.splitlines() if line.startswith("| ") and "---" not in line]


def test_the_minutes_tell_the_count(on_paper, four):
    counted(on_paper, four[0], 4, 3, 1, 0, valid=4, board="Ông A, trưởng ban\nBà B, thư ký")
    paper = ballot_papers.draft(on_paper, BallotPaper.Kind.MINUTES, by=four[0])
    assert (paper.type.code, paper.unit, paper.state) == ("BB", four[0].unit, Document.State.DRAFT)
    assert "| 1 | UBND xã Ba Sơn | 04/04 | 100 % | Được đề nghị |" in paper.body
    assert "phát ra: 04; thu về: 04; hợp lệ: 04; không hợp lệ: 0" in paper.body
    assert "từ 80 % số phiếu đồng ý trở lên" in paper.body
    # The rule was not checked with the original: that stands on the screen, not in the paper.
    assert "từ 04/04 phiếu." in paper.body
    assert "Khoản 7" not in paper.body
    assert (paper.signer_name, paper.second_signer_name) == ("Ông A", "Bà B")


def test_the_submission_tells_rank_and_result_of_all_rounds(tied, four, cluster, officer):
    row = members(cluster)[0]
    sheet = rule_out(row, officer)
    sheet.disqualified, sheet.state, sheet.settled_total, sheet.rank = "", "settled", Decimal("95.50"), 1
    sheet.save()
    second = ballots.next_round(tied, by=four[0])
    with pytest.raises(Refused, match="Đã có vòng 2"):
        ballot_papers.draft(tied, BallotPaper.Kind.SUBMISSION, by=four[0])
    ballots.open_ballot(second, by=four[0])
    second.refresh_from_db()
    counted(second, four[0], 3, 1)
    paper = ballot_papers.draft(second, BallotPaper.Kind.SUBMISSION, by=four[0])
    assert paper.type.code == "TTr"
    assert "UBND xã Ba Sơn | 95,5 | 1 | 03/04 | 75 % | Được đề nghị |" in paper.body
    assert "cho: UBND xã Ba Sơn; UBND xã Công Sơn." in paper.body
    assert len(table_rows(paper.body)) == 5
    assert [row.key for row in paper.addressees.all()] == ["don-vi:so-noi-vu"]
    assert paper.to == "Sở Nội vụ"


def test_a_tie_goes_into_the_submission_for_others_to_decide(tied, four):
    body = ballot_papers.draft(tied, BallotPaper.Kind.SUBMISSION, by=four[0]).body
    assert "có số phiếu bằng nhau ở vị trí cuối; kính đề nghị cấp có thẩm quyền" in body


def test_no_paper_before_the_count_twice_or_about_nobody(on_paper, four):
    kinds = BallotPaper.Kind
    with pytest.raises(Refused, match="Chưa kiểm phiếu"):
        ballot_papers.draft(on_paper, kinds.MINUTES, by=four[0])
    counted(on_paper, four[0], 1, 1, 1, 1)
    with pytest.raises(Refused, match="Không có đơn vị nào đạt tỷ lệ"):
        ballot_papers.draft(on_paper, kinds.SUBMISSION, by=four[0])
    first = ballot_papers.draft(on_paper, kinds.MINUTES, by=four[0])
    with pytest.raises(Refused, match="Đã có Biên bản"):
        ballot_papers.draft(on_paper, kinds.MINUTES, by=four[1])
    move(first, Move.Act.DISCARD, by=four[0])
    ballot_papers.draft(on_paper, kinds.MINUTES, by=four[1])


def test_a_paper_is_shown_to_those_who_may_open_it(on_paper, four, client_of):
    counted(on_paper, four[0], 4, 4, 0, 0)
    paper = ballot_papers.draft(on_paper, BallotPaper.Kind.SUBMISSION, by=four[0])
    for user, shown in ((four[0], True), (four[2], False)):
        page = client_of(user).get(on_paper.get_absolute_url()).content.decode()
        assert (paper.get_absolute_url() in page) is shown


def test_a_paper_that_takes_the_place_of_another_is_the_ballot_s_too(on_paper, four):
    counted(on_paper, four[0], 4, 4, 0, 0)
    paper = ballot_papers.draft(on_paper, BallotPaper.Kind.SUBMISSION, by=four[0])
    paper.ballot_paper.delete()
    ballot_papers.hear(paper, Document.State.ISSUED)
    assert on_paper.documents.get().kind == BallotPaper.Kind.SUBMISSION


# --- Who may

LEADING = {"leader_unit", "deputy_unit"}
UNSEEN = {"other_cluster", "nobody"}


def without_sessions():
    """All rows of votes; who logs in to try has a session."""
    rows = everything()
    del rows["Session"]
    return rows


def refusal(who, state):
    """What somebody who does not lead gets: a draft is not there for a member, nor anything for a stranger."""
    return 404 if who in UNSEEN or (who == "member" and state == State.DRAFT) else 403


@pytest.mark.parametrize(
    ("name", "state", "data"),
    [
        ("edit_ballot", State.DRAFT, {"award": "Khác", "held_on": "20/11/2026", "seats": 1, "method": "secret"}),
        ("remove_ballot", State.DRAFT, {}),
        ("open_ballot", State.DRAFT, {}),
        ("cancel_ballot", State.OPEN, {"reason": "x"}),
        ("count_ballot", State.OPEN, {"issued": 4, "cast": 4, "valid": 4, "agreed": 1}),
        ("next_round", State.COUNTED, {}),
        ("draft_ballot_paper", State.COUNTED, {}),
    ],
)
def test_only_who_leads_the_cluster_runs_its_ballots(cluster, four, turn_of, name, state, data, client_of):
    ballot = prepared(cluster, four[0], method=COUNTED)
    if state != State.DRAFT:
        ballots.open_ballot(ballot, by=four[0])
    if state == State.COUNTED:
        counted(ballot, four[0], 0, 0, 0, 0)
    if "agreed" in data:
        data = data | {f"agreed-{row.pk}": 1 for row in candidates(ballot)}
    ballot.refresh_from_db()
    before, changes = without_sessions(), Change.objects.count()
    args = [ballot.pk, "minutes"] if name == "draft_ballot_paper" else [ballot.pk]
    for who in EIGHT:
        with turn_of(who) as person:
            answer = client_of(person).post(reverse(name, args=args), data)
            if who in LEADING:
                assert answer.status_code == 302
                assert Change.objects.count() > changes or BallotPaper.objects.exists()
            else:
                assert answer.status_code == refusal(who, state)
                assert without_sessions() == before


def test_only_who_leads_the_cluster_prepares_a_ballot(cluster, turn_of, client_of):
    data = {"award": FLAG, "held_on": "20/11/2026", "seats": 1, "method": "secret"}
    url = reverse("new_ballot", args=[cluster.pk])
    for who in EIGHT:
        with turn_of(who) as person:
            client = client_of(person)
            expected = (200, 302) if who in LEADING else (refusal(who, ""),) * 2
            assert (client.get(url).status_code, client.post(url, data).status_code) == expected
            assert Ballot.objects.exists() is (who in LEADING)


def test_the_actions_themselves_refuse_everybody_else(draft, turn_of):
    for who in EIGHT:
        with turn_of(who) as by:
            ballot = Ballot.objects.get(pk=draft.pk)
            if who in LEADING:
                assert ballots.open_ballot(ballot, by=by).is_open
                continue
            for act, facts in (
                (ballots.save, {"candidates": {}, "voters": {}}),
                (ballots.open_ballot, {}),
                (ballots.remove, {}),
                (ballots.cancel, {"reason": "x"}),
                (ballots.count, {}),
                (ballots.next_round, {}),
                (ballot_papers.draft, {"kind": BallotPaper.Kind.MINUTES}),
            ):
                with pytest.raises(Refused, match="Chỉ trưởng, phó trưởng"):
                    act(ballot, by=by, **facts)
            with pytest.raises(Refused, match="Chỉ trưởng, phó trưởng"):
                ballots.save(Ballot(cluster=draft.cluster, held_on=TODAY), by=by, candidates={}, voters={})


def test_only_members_vote(opened, turn_of, client_of):
    for who in EIGHT:
        with turn_of(who) as person:
            sent = {"candidates": candidates(opened)[0].pk, "step": "cast"}
            answer = client_of(person).post(reverse("vote", args=[opened.pk]), sent)
            assert answer.status_code == (404 if who in UNSEEN else 302)
            votes = {"leader_unit": 1, "deputy_unit": 1, "member": 1}.get(who, 0)
            assert box(opened).cast == opened.voters.exclude(voted_at=None).count() == votes


def test_who_sees_a_ballot_before_and_after_it_was_opened(draft, four, turn_of, client_of):
    page, vote = draft.get_absolute_url(), reverse("vote", args=[draft.pk])
    for who in EIGHT:
        with turn_of(who) as person:
            client, seen = client_of(person), who not in UNSEEN | {"member"}
            assert client.get(page).status_code == (200 if seen else 404)
            assert client.get(vote).status_code == (302 if seen else 404)
            ballots.open_ballot(Ballot.objects.get(pk=draft.pk), by=four[0])
            assert client.get(page).status_code == (404 if who in UNSEEN else 200)


def test_a_leader_of_another_year_or_that_ended_runs_nothing(draft, four):
    Unit.objects.filter(pk=four[0].unit_id).update(ended=date(2026, 6, 30))
    with pytest.raises(Refused, match="Chỉ trưởng, phó trưởng"):
        ballots.open_ballot(draft, by=User.objects.get(pk=four[0].pk))


# --- Pages


def test_a_ballot_is_prepared_from_its_form(cluster, four, client_of):
    first, second = members(cluster)[:2]
    data = {"award": FLAG, "held_on": "20/11/2026", "seats": 1, "method": "secret"}
    data |= {
        f"stands-{first.pk}": "on",
        f"reason-{first.pk}": "Dẫn đầu",
        f"votes-{second.pk}": "on",
        f"name-{second.pk}": "Bà B",
    }
    client_of(four[0]).post(reverse("new_ballot", args=[cluster.pk]), data)
    ballot = Ballot.objects.get()
    assert list(ballot.candidates.values_list("membership", "reason")) == [(first.pk, "Dẫn đầu")]
    assert list(ballot.voters.values_list("membership", "name")) == [(second.pk, "Bà B")]


def test_a_refused_form_comes_back_filled_with_the_reason_beside_the_field(draft, four, client_of):
    row = draft.candidates.first()
    data = {"award": "Giấy khen", "held_on": "01/02/2027", "seats": 3, "method": "counted", "version": 1}
    answer = client_of(four[0]).post(
        reverse("edit_ballot", args=[draft.pk]), data | {f"reason-{row.membership_id}": "Chữ đã gõ"}
    )
    assert answer.status_code == 422
    assert "Ngày bỏ phiếu phải trong năm thi đua" in answer.context["form"].errors["held_on"][0]
    page = answer.content.decode()
    assert "Giấy khen" in page
    assert "Chữ đã gõ" in page


def test_who_saves_a_stale_form_again_replaces_the_other_version(draft, four, client_of):
    client, url = client_of(four[0]), reverse("edit_ballot", args=[draft.pk])
    ballots.save(draft, by=four[1], candidates={}, voters={})
    data = {"award": "Giấy khen", "held_on": "20/11/2026", "seats": 3, "method": "counted", "version": 1}
    answer = client.post(url, data)
    assert f"{four[1]} đã lưu một bản mới hơn" in answer.content.decode()
    assert "Giấy khen" in answer.content.decode()
    assert client.post(url, data | {"version": answer.context["form"]["version"].value()}).status_code == 302
    draft.refresh_from_db()
    assert draft.award == "Giấy khen"


def test_a_vote_is_looked_at_before_it_goes_into_the_box(opened, four, client_of):
    client, url = client_of(four[2]), reverse("vote", args=[opened.pk])
    first = candidates(opened)[0]
    page = client.post(url, {"candidates": first.pk})
    assert "Xem lại phiếu" in page.content.decode()
    assert box(opened).cast == 0
    assert "no-store" in page["Cache-Control"]
    back = client.post(url, {"candidates": first.pk, "step": "back"}).content.decode()
    assert "checked" in back
    assert client.post(url, {"candidates": first.pk, "step": "cast"}).url == opened.get_absolute_url()
    assert voted(opened) == {first.pk: 1}
    again = client.post(url, {"candidates": first.pk, "step": "cast"}, follow=True)
    assert "Mỗi đơn vị một phiếu" in again.content.decode()
    assert BallotBox.objects.get().cast == 1


def test_too_many_ticks_come_back_ticked(opened, four, client_of):
    keys = [row.pk for row in candidates(opened)[:2]]
    for step in ("", "back", "cast"):
        answer = client_of(four[2]).post(reverse("vote", args=[opened.pk]), {"candidates": keys, "step": step})
        assert answer.status_code == 422
        assert answer.content.decode().count("checked") == 2
    assert box(opened).cast == 0


def test_refused_figures_come_back_beside_their_field(on_paper, four, client_of):
    data = {"issued": 4, "cast": 4, "valid": 3, "board": "Ông A"} | {
        f"agreed-{row.pk}": votes for row, votes in zip(candidates(on_paper), (4, 0, 0, 0), strict=True)
    }
    answer = client_of(four[0]).post(reverse("count_ballot", args=[on_paper.pk]), data)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [f"agreed-{candidates(on_paper)[0].pk}"]
    assert "Ông A" in answer.content.decode()


def test_a_box_with_too_few_votes_says_so_before_it_is_counted(opened, four, client_of):
    assert "Chưa kiểm được" in client_of(four[0]).get(reverse("count_ballot", args=[opened.pk])).content.decode()


def test_what_waits_for_a_vote(opened, cluster, four, eight, officer):
    ballots.open_ballot(prepared(cluster, four[0], method=COUNTED, award=also_ruled("Bằng khen")), by=four[0])
    assert [
        list(ballots.waiting_for(user)) for user in (four[2], officer, eight["other_cluster"], eight["nobody"])
    ] == [
        [opened],
        [],
        [],
        [],
    ]
    ballots.vote(opened, [], by=four[2])
    assert not ballots.waiting_for(four[2])


def test_the_list_of_the_year_is_filtered_and_exported_as_filtered(tied, four, officer, client_of):
    opened = ballots.open_ballot(ballots.next_round(tied, by=four[0]), by=four[0])
    client, url = client_of(officer), reverse("ballots", args=[2026])
    assert client.get(url).content.decode().count("Suy tôn") == 0
    make_cluster(tied.cluster.division, "Cụm không bỏ phiếu")
    assert list(client.get(url).context["filter"].form.fields["cluster"].queryset) == [tied.cluster]
    for query, found in (
        ({"state": "counted"}, [tied]),
        ({"q": "cao loc"}, [tied, opened]),
        ({"q": "khong co"}, []),
        ({"award": FLAG, "cluster": tied.cluster_id}, [tied, opened]),
        ({"cluster": 999}, []),
    ):
        assert set(client.get(url, query).context["page_obj"]) == set(found)
    heads, values = table_of(client.get(url, {"state": "counted", "xuat": "xlsx"}))
    told = dict(zip(heads, values, strict=True))
    assert told["Được đề nghị"] == "UBND xã Ba Sơn (3/4)"
    assert told["Tỷ lệ tối thiểu (%)"] == 50


def test_others_find_only_their_own_in_the_list(opened, eight, client_of):
    for who, found in (("member", [opened]), ("other_cluster", []), ("nobody", [])):
        assert list(client_of(eight[who]).get(reverse("ballots", args=[2026])).context["page_obj"]) == found


def cost(client, url):
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


@pytest.mark.parametrize("who", ["officer", "leader_unit"])
def test_pages_cost_the_same_with_many_ballots_and_members(tied, four, eight, who, client_of):
    client = client_of(eight[who])
    lists = [reverse("ballots", args=[2026]), reverse("cluster_ballots", args=[tied.cluster_id])]
    few = [cost(client, url) for url in [*lists, tied.get_absolute_url()]]
    for n in range(12):
        unit = make_unit(f"xa-them-{n}", f"UBND xã Thêm {n}", kind=Unit.Kind.COMMUNE)
        Membership.objects.create(cluster=tied.cluster, unit=unit)
    for n in range(12):
        facts = {"method": COUNTED, "award": also_ruled(f"Bằng khen {n}")}
        many = ballots.open_ballot(prepared(tied.cluster, four[0], **facts), by=four[0])
    ballots.count(many, by=four[0], figures=ballots.Figures(16, 16, 16, dict.fromkeys(many.candidates.all(), 1)))
    assert [cost(client, url) for url in [*lists, many.get_absolute_url()]] == few


# --- Two at once


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
    ballots.vote(
        Ballot.objects.get(pk=ballot), [Candidate.objects.get(pk=candidate)], by=User.objects.get(username=username)
    )


def end(ballot, username):
    ballots.count(Ballot.objects.get(pk=ballot), by=User.objects.get(username=username))


@pytest.mark.django_db(transaction=True)
def test_all_voting_at_once_are_all_counted(opened, four):
    first, second = candidates(opened)[:2]
    choices = [first, first, second, first]
    acts = [(cast, (opened.pk, row.pk, user.username)) for row, user in zip(choices, four, strict=True)]
    assert act_at_once(acts) == [""] * 4
    ballots.count(opened, by=four[0])
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
        ballots.vote(opened, [first], by=user)
    vote = (cast, (opened.pk, first.pk, four[3].username))
    answers = act_at_once([vote, (end, (opened.pk, four[0].username)), (end, (opened.pk, four[1].username))])
    opened.refresh_from_db()
    refused = sum("đã kiểm phiếu nên không bỏ phiếu được" in answer for answer in answers)
    assert opened.cast == 4 - refused == Candidate.objects.get(pk=first.pk).agreed
    assert opened.voters.exclude(voted_at=None).count() == opened.cast
    assert sum("nên không làm việc này được nữa" in answer for answer in answers) == 1


# --- A result that is annulled


@pytest.fixture
def wrong(on_paper, four):
    """A count in which the figures of two candidates were exchanged."""
    return counted(on_paper, four[0], 4, 4, 0, 0)


def test_the_department_annuls_a_count_and_the_award_is_voted_on_anew(wrong, four, cluster, officer, client_of):
    url = reverse("annul_ballot", args=[wrong.pk])
    assert client_of(officer).post(url, {"reason": " "}).status_code == 422
    assert client_of(officer).post(url, {"reason": "Ghi nhầm số phiếu"}).status_code == 302
    wrong.refresh_from_db()
    assert (wrong.state, wrong.cast, wrong.cancelled_for) == (State.ANNULLED, 4, "Ghi nhầm số phiếu")
    page = client_of(four[0]).get(wrong.get_absolute_url()).content.decode()
    assert "Ghi nhầm số phiếu" in page
    assert "không còn giá trị" in page
    assert "4/4" in page
    assert reverse("draft_ballot_paper", args=[wrong.pk, "minutes"]) not in page
    assert Change.objects.filter(about="ballot", key=wrong.pk, reason="Ghi nhầm số phiếu").exists()
    again = ballots.open_ballot(prepared(cluster, four[0], method=COUNTED, seats=2), by=four[0])
    assert counted(again, four[0], 4, 0, 4, 0).is_counted


def test_an_annulled_count_stays_as_it_was(wrong, officer):
    ballots.annul(wrong, by=officer, reason="Ghi nhầm")
    with pytest.raises(Refused, match="không có kết quả nào để hủy"):
        ballots.annul(wrong, by=officer, reason="Lần nữa")
    wrong.refresh_from_db()
    wrong.cast = 1
    with pytest.raises(BallotOver):
        wrong.save()
    with pytest.raises(BallotOver):
        wrong.candidates.update(agreed=0)


def test_only_the_department_annuls(wrong, turn_of, client_of):
    for who in EIGHT:
        with turn_of(who) as user:
            answer = client_of(user).post(reverse("annul_ballot", args=[wrong.pk]), {"reason": "Ghi nhầm"})
            assert answer.status_code == (302 if who in ("officer", "leader", "administrator") else 403)
            assert Ballot.objects.get(pk=wrong.pk).is_counted is (answer.status_code != 302)
            if answer.status_code != 302:
                with pytest.raises(Refused, match="Chỉ Sở Nội vụ"):
                    ballots.annul(wrong, by=user, reason="Ghi nhầm")


def test_what_rests_on_a_result_goes_first(on_paper, four, officer):
    result = counted(on_paper, four[0], 4, 2, 2, 0)
    later = ballots.next_round(result, by=four[0])
    with pytest.raises(Refused, match="Vòng 2 dựa vào kết quả này"):
        ballots.annul(result, by=officer, reason="Ghi nhầm")
    ballots.remove(later, by=four[0])
    paper = ballot_papers.draft(result, BallotPaper.Kind.MINUTES, by=four[0])
    ballots.annul(result, by=officer, reason="Ghi nhầm")
    paper.state = Document.State.ISSUED
    with pytest.raises(Refused, match="đã bị hủy nên không phát hành"):
        ballot_papers.hear(paper, Document.State.ISSUED)


def test_a_paper_that_was_issued_keeps_its_result(wrong, officer):
    paper = Document.objects.create(
        origin="cited", type=DocumentType.objects.get(code="BB"), reference="12/BB-UBND", issuer_name="UBND xã",
        subject="kiểm phiếu", year=2026, month=11, day=20,
    )  # fmt: skip
    BallotPaper.objects.create(ballot=wrong, kind=BallotPaper.Kind.MINUTES, document=paper)
    with pytest.raises(Refused, match="12/BB-UBND đã phát hành theo kết quả này"):
        ballots.annul(wrong, by=officer, reason="Ghi nhầm")


def test_why_somebody_was_ruled_out_stays_as_it_was_at_the_count(opened, four, cluster, officer):
    """A disqualification that is taken back later does not rewrite the count."""
    for user in four:
        ballots.vote(opened, [candidates(opened)[0]], by=user)
    rows = members(cluster)
    found = CriteriaSet.objects.create(
        category=cluster.category,
        name="Bộ",
        number=9,
        total=100,
        applies_from=2026,
        state="approved",
        approved_on=TODAY,
    )
    sheet = ScoreSheet.objects.create(membership=rows[0], set=found, disqualified="Vi phạm")
    result = ballots.count(opened, by=four[0])
    sheet.disqualified = ""
    sheet.save()
    sheet_of_another = ScoreSheet.objects.create(membership=rows[1], set=found, disqualified="Khiếu nại")
    told = {row.membership_id: row.outcome for row in ballots.outcome_of(result).candidates}
    assert told[rows[0].pk] == "Không được xếp hạng năm nay: Vi phạm"
    assert told[sheet_of_another.membership_id] == "Không đạt tỷ lệ"
