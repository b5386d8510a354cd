"""Ballots are counted; equals and second rounds; a result that is annulled."""

import unicodedata

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from clusters.ballots import actions as ballots
from clusters.ballots import papers as ballot_papers
from clusters.ballots.count import count, outcome_of
from clusters.ballots.models import Paper
from clusters.ballots.rules import Figures
from clusters.models import (
    Ballot,
    BallotBox,
    BallotOver,
    Candidate,
    CriteriaSet,
    Membership,
    ScoreSheet,
    Voter,
)
from documents.models import Change, Document, DocumentType
from documents.steps.refusing import Refused
from units.models import Unit

from ...conftest import make_unit
from ..conftest import EIGHT
from .made import COUNTED, FLAG, TODAY, State, also_ruled, candidates, counted, followed, members, prepared, rule_out

# --- Counted


def test_four_of_five_is_enough_and_three_is_not_however_many_came(cluster, four):
    fifth = Membership.objects.create(cluster=cluster, unit=make_unit("xa-5", "UBND xã Năm", kind=Unit.Kind.COMMUNE))
    assert fifth in members(cluster)
    for votes, chosen in ((4, True), (3, False)):
        facts = {"method": COUNTED, "candidates": [fifth], "award": also_ruled(f"Bằng khen {votes}")}
        ballot = ballots.open_ballot(prepared(cluster, four[0], **facts), by=four[0])
        counted(ballot, four[0], votes, issued=4, cast=4)
        assert (ballot.needed, ballot.candidates.get().chosen) == (4, chosen)


def test_the_secret_votes_are_counted(opened, four):
    first, second = candidates(opened)[:2]
    for user in four[:3]:
        ballots.vote(opened, candidates=[first], by=user)
    ballots.vote(opened, candidates=[second], by=four[3])
    ballot = count(opened, by=four[1])
    assert (ballot.issued, ballot.cast, ballot.valid, ballot.counted_by) == (4, 4, 4, four[1])
    assert dict(ballot.candidates.values_list("pk", "agreed")) == {
        row.pk: votes for row, votes in zip(candidates(opened), (3, 1, 0, 0), strict=True)
    }
    assert not ballot.candidates.filter(chosen=True).exists(), "three of four is 75 %"


def test_what_the_board_found_is_stored_with_its_result(on_paper, four):
    ballot = counted(on_paper, four[0], 4, 3, 1, 0, board="Ông A, trưởng ban\nBà B")
    result = outcome_of(ballot)
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
        count(on_paper, by=four[0], figures=Figures(4, 4, 4, {}))


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
        lambda: ballots.edit(ballot, by=by, candidates={}, voters={}),
        lambda: ballots.open_ballot(ballot, by=by),
        lambda: counted(ballot, by, 4, 4, 0, 0),
        lambda: ballots.cancel(ballot, by=by, reason="x"),
        lambda: ballots.remove(ballot, by=by),
    ):
        with pytest.raises(Refused, match="khi cuộc bỏ phiếu đang ở bước «Đã"):
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
    ballots.vote(opened, candidates=[], by=four[2])
    with pytest.raises(Refused, match="Hãy ghi lý do khi «Hủy cuộc bỏ phiếu»"):
        ballots.cancel(opened, by=four[0], reason=" ")
    ballot = ballots.cancel(opened, by=four[0], reason="Thiếu đơn vị")
    assert (ballot.state, ballot.cancelled_for) == (State.CANCELLED, "Thiếu đơn vị")
    assert not BallotBox.objects.exists()
    assert Change.objects.first().reason == "Thiếu đơn vị"


# --- Ties, second rounds


def test_a_tie_over_the_last_seat_is_left_open_and_told(tied, four, client_of):
    result = outcome_of(tied)
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
    first, second, *_ = outcome_of(ballot).candidates
    assert (first.agreed, first.chosen) == (4, False)
    assert first.outcome == "Không được xếp hạng năm nay: Có án kỷ luật"
    assert (second.chosen, second.outcome) == (True, "Được đề nghị")
    later = followed(ballot, by=four[0])
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
    assert outcome_of(ballot).candidates[2].outcome == "Đạt tỷ lệ nhưng quá số lượng"


def test_a_second_round_is_about_those_who_stood_equal(tied, four):
    names = {row.membership for row in outcome_of(tied).tied}
    second = followed(tied, by=four[1])
    assert {row.membership for row in second.candidates.all()} == names
    assert (second.round, second.seats, second.method, second.voters.count()) == (2, 1, COUNTED, 4)
    assert second.is_draft
    assert str(second) == f"Suy tôn {FLAG}, vòng 2"
    with pytest.raises(Refused, match="Đã có vòng 2"):
        followed(tied, by=four[0])


def test_without_a_tie_it_is_about_those_below_the_threshold(on_paper, four):
    counted(on_paper, four[0], 4, 3, 1, 0)
    assert followed(on_paper, by=four[0]).candidates.count() == 3


def test_no_second_round_for_full_seats_or_before_the_count(on_paper, four):
    with pytest.raises(Refused, match="khi cuộc bỏ phiếu đang ở bước «Đang bỏ phiếu»"):
        followed(on_paper, by=four[0])
    counted(on_paper, four[0], 4, 4, 0, 0)
    with pytest.raises(Refused, match="đủ số lượng"):
        followed(on_paper, by=four[0])


def test_a_cancelled_round_makes_room_for_another(tied, four):
    second = ballots.open_ballot(followed(tied, by=four[0]), by=four[0])
    ballots.cancel(second, by=four[0], reason="Nhầm")
    assert followed(tied, by=four[0]).round == 2


# --- A result that is annulled


def test_the_department_annuls_a_count_and_the_award_is_voted_on_anew(wrong, four, cluster, officer, client_of):
    url = reverse("annul_ballot", args=[wrong.pk])
    assert client_of(officer).post(url, {"version": wrong.version, "reason": " "}).status_code == 422
    assert client_of(officer).post(url, {"version": wrong.version, "reason": "Ghi nhầm số phiếu"}).status_code == 302
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
    with pytest.raises(Refused, match="đang ở bước «Đã hủy kết quả»"):
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
            sent = {"version": wrong.version, "reason": "Ghi nhầm"}
            answer = client_of(user).post(reverse("annul_ballot", args=[wrong.pk]), sent)
            assert answer.status_code == (302 if who in ("officer", "leader", "administrator") else 403)
            assert Ballot.objects.get(pk=wrong.pk).is_counted is (answer.status_code != 302)
            if answer.status_code != 302:
                with pytest.raises(Refused, match="do Sở Nội vụ làm"):
                    ballots.annul(wrong, by=user, reason="Ghi nhầm")


def test_what_rests_on_a_result_goes_first(on_paper, four, officer):
    result = counted(on_paper, four[0], 4, 2, 2, 0)
    later = followed(result, by=four[0])
    with pytest.raises(Refused, match="Vòng 2 dựa vào kết quả này"):
        ballots.annul(result, by=officer, reason="Ghi nhầm")
    ballots.remove(later, by=four[0])
    paper = ballot_papers.draft(result, Paper.MINUTES, by=four[0])
    ballots.annul(result, by=officer, reason="Ghi nhầm")
    paper.state = Document.State.ISSUED
    with pytest.raises(Refused, match="đã bị hủy nên không phát hành"):
        ballot_papers.hear(paper, Document.State.ISSUED)


def test_a_paper_that_was_issued_keeps_its_result(wrong, officer):
    Document.objects.create(
        origin="cited", type=DocumentType.objects.get(code="BB"), reference="12/BB-UBND", issuer_name="UBND xã",
        subject="kiểm phiếu", year=2026, month=11, day=20, area="bo-phieu", area_key=f"minutes-{wrong.pk}",
    )  # fmt: skip
    with pytest.raises(Refused, match="12/BB-UBND đã phát hành theo kết quả này"):
        ballots.annul(wrong, by=officer, reason="Ghi nhầm")


def test_why_somebody_was_ruled_out_stays_as_it_was_at_the_count(opened, four, cluster, officer):
    """A disqualification that is taken back later does not rewrite the count."""
    for user in four:
        ballots.vote(opened, candidates=[candidates(opened)[0]], by=user)
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
    result = count(opened, by=four[0])
    sheet.disqualified = ""
    sheet.save()
    sheet_of_another = ScoreSheet.objects.create(membership=rows[1], set=found, disqualified="Khiếu nại")
    told = {row.membership_id: row.outcome for row in outcome_of(result).candidates}
    assert told[rows[0].pk] == "Không được xếp hạng năm nay: Vi phạm"
    assert told[sheet_of_another.membership_id] == "Không đạt tỷ lệ"
