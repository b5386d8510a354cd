"""What clusters and movements know already is taken over: places, ballots, how many may be proposed, who launched what."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from awards.eligibility import rules
from awards.models import Dossier, Nomination
from awards.nominations import checking, competing
from campaigns.models import Joining, Result, Review
from clusters.models import Ballot, Candidate, Category, Cluster, CriteriaSet, Division, Membership, ScoreSheet
from tests.awards.conftest import make_recipient
from tests.campaigns.conftest import make_campaign
from tests.conftest import make_unit
from tests.days import TODAY
from units.models import Unit

from .conftest import YEAR

FLAG = "CTDT"
DAY = date(YEAR, 11, 20)


@pytest.fixture
def cluster(types, unit_officer):
    """A cluster of the year of the file: Sở Y tế, which leads, Sở B and Sở C."""
    division = Division.objects.create(
        year=YEAR, begins_on=date(YEAR, 1, 1), ends_on=date(YEAR, 12, 31), kinds=["department"]
    )
    found = Cluster.objects.create(division=division, name="Cụm số 1")
    for unit in (unit_officer.unit, make_unit("so-b", "Sở B"), make_unit("so-c", "Sở C")):
        Membership.objects.create(division=division, cluster=found, unit=unit)
    return found


@pytest.fixture
def unit(cluster, unit_officer):
    return make_recipient("collective", "Sở Y tế", unit=unit_officer.unit, is_unit=True, may_receive_flags=True)


@pytest.fixture
def scored(cluster):
    """Scores are settled: 95.5, 90, and one that was ruled out."""
    criteria = CriteriaSet.objects.create(
        category=Category.objects.create(name="Sở"), applies_from=YEAR, total=100, number=1
    )
    members = cluster.memberships.order_by("pk")
    for member, total, rank, why in zip(
        members, ("95.50", "90", "80"), (1, 2, None), ("", "", "Có kỷ luật"), strict=True
    ):
        ScoreSheet.objects.create(
            membership=member, set=criteria, state="settled", settled_total=total, rank=rank, disqualified=why
        )


@pytest.fixture
def counted(cluster, officer):
    """A function: a counted ballot of the cluster, {code of a unit: (votes, whether chosen)}."""

    def count(results, award="Cờ thi đua của UBND tỉnh", seats=1, **fields):
        ballot = Ballot.objects.create(
            cluster=cluster, award=award, held_on=DAY, method="counted", seats=seats, percent=80, entitled=9, **fields
        )
        for code, (agreed, chosen) in results.items():
            member = cluster.memberships.get(unit__code=code)
            Candidate.objects.create(ballot=ballot, membership=member, agreed=agreed, chosen=chosen)
        Ballot.objects.filter(pk=ballot.pk).update(
            state="counted", issued=9, cast=9, valid=9, counted_at=timezone.now(), counted_by=officer
        )
        return ballot

    return count


def about(row):
    return competing.competed([row])[row.pk]


def test_the_place_in_the_cluster_answers_who_leads_and_is_shown(unit, scored, propose, client_of, unit_officer):
    row = propose(unit, FLAG)
    answer = checking.judged(row.dossier, [row])[row.pk]
    (leads,) = [one for one in answer.best.findings if one.words.startswith("Dẫn đầu cụm")]
    assert leads.met is True
    assert [fact.words for fact in leads.rests_on] == [f"Cụm số 1 năm {YEAR}: hạng 01/03, 95,5 điểm"]
    sheet = ScoreSheet.objects.get(membership__unit=unit.unit_id)
    page = client_of(unit_officer).get(row.get_absolute_url()).content.decode()
    assert page.count(f'href="{sheet.get_absolute_url()}"') == 2


def test_who_does_not_lead_reads_its_place(unit, scored, propose, cluster):
    ScoreSheet.objects.filter(membership__unit=unit.unit_id).update(rank=None, disqualified="Có kỷ luật")
    row = propose(unit, FLAG)
    (told,) = about(row).told
    assert told.words == f"Cụm số 1 năm {YEAR}: không xếp hạng: Có kỷ luật, 95,5 điểm."
    answer = checking.judged(row.dossier, [row])[row.pk]
    assert answer.met is False
    assert "dẫn đầu cụm, khối do tỉnh tổ chức" in answer.missing


def test_the_vote_of_the_cluster_on_this_award(unit, counted, propose, officer, client_of):
    row = propose(unit, FLAG)
    ballot = counted({unit.unit.code: (8, True), "so-b": (3, False)})
    found = about(row)
    assert (found.doubts, [one.source for one in found.told]) == ([], [ballot])
    assert "bỏ phiếu suy tôn Cờ thi đua của UBND tỉnh" in found.told[0].words
    assert "8/9 phiếu, được đề nghị" in found.told[0].words


@pytest.mark.parametrize(
    ("results", "words"),
    [
        ({"own": (5, False), "so-b": (8, True)}, "5/9 phiếu, cần 8 phiếu, nhiều nhất 1 đơn vị."),
        ({"so-b": (8, True)}, "không giới thiệu đơn vị này."),
    ],
)
def test_against_the_vote_of_the_cluster_a_person_is_told(unit, counted, propose, results, words, dossier):
    row = propose(unit, FLAG)
    counted({unit.unit.code if code == "own" else code: found for code, found in results.items()})
    (doubt,) = about(row).doubts
    assert doubt.startswith("Cụm, khối không đề nghị: Cụm số 1 bỏ phiếu suy tôn Cờ thi đua của UBND tỉnh ngày 20/11/")
    assert doubt.endswith(words)
    assert doubt in checking.doubts_about(dossier, [row])[row.pk]


def test_who_was_chosen_in_a_later_round_was_chosen(unit, counted, propose):
    row = propose(unit, FLAG)
    first = counted({unit.unit.code: (5, False), "so-b": (8, True)}, seats=2)
    counted({unit.unit.code: (9, True)}, previous=first, round=2)
    assert about(row).doubts == []
    assert len(about(row).told) == 2


def test_a_vote_on_another_award_or_of_unknown_name_is_shown_alone(unit, counted, propose):
    row = propose(unit, FLAG)
    counted({unit.unit.code: (2, False)}, award="Bằng khen của Chủ tịch UBND tỉnh")
    counted({unit.unit.code: (1, False)}, award="Danh hiệu riêng của cụm")
    assert (about(row).doubts, len(about(row).told)) == ([], 2)


def test_more_of_a_cluster_than_it_may_propose(unit, counted, propose, unit_officer, types):
    row = propose(unit, FLAG)
    counted({unit.unit.code: (9, True), "so-b": (8, False)})
    other = Unit.objects.get(code="so-b")
    rival = make_recipient("collective", "Sở B", unit=other, is_unit=True)
    file = Dossier.objects.create(unit=other, year=YEAR, author=unit_officer)
    Nomination.objects.create(dossier=file, recipient=rival, type=types[FLAG], position=1, name=rival.name)
    assert about(row).doubts == []  # it is still being written
    Dossier.objects.filter(pk=file.pk).update(state="submitted")
    assert about(row).doubts == [
        f"Cụm số 1: 02 đơn vị được đề nghị danh hiệu này, chỉ tiêu 01 (bỏ phiếu ngày {DAY:%d/%m/%Y})."
    ]
    Nomination.objects.filter(recipient=rival).update(state="refused", refusal="Không")
    assert about(row).doubts == []


def test_in_the_list_one_chooses_by_it(unit, scored, counted, propose, bring_to, officer, client_of):
    propose(unit, FLAG)
    counted({unit.unit.code: (8, True)})
    bring_to("submitted")
    page = client_of(officer).get("/khen-thuong/de-nghi/").content.decode()
    assert "hạng 01/03, 95,5 điểm" in page
    assert "8/9 phiếu, được đề nghị" in page


def test_as_many_questions_for_many_units_as_for_one(cluster, scored, counted, propose, unit):
    rows = [propose(unit, FLAG)]
    counted({unit.unit.code: (8, True)})
    for code in ("so-b", "so-c"):
        member = Unit.objects.get(code=code)
        rows.append(propose(make_recipient("collective", member.name, unit=member, is_unit=True), FLAG))

    def asked(chosen):
        with CaptureQueriesContext(connection) as found:
            competing.competed(chosen)
        return len(found)

    assert asked(rows[:1]) == asked(rows)
    assert asked([propose(make_recipient(name="Ai đó", unit=unit.unit))]) == 0


# --- Movements


@pytest.fixture
def campaign(officer, unit_officer, types):
    """A movement of the province over four years, which ends with a final review."""
    province = make_unit("tinh", "UBND tỉnh", kind=Unit.Kind.PROVINCE)
    found = make_campaign(
        province, officer, begins_on=date(YEAR - 3, 1, 1), ends_on=date(YEAR, 12, 31), interim_on=None, final_on=None
    )
    Review.objects.create(campaign=found, kind="final", planned_on=TODAY)
    return found


@pytest.fixture
def joined(campaign, unit_officer):
    return Joining.objects.create(
        campaign=campaign, unit=unit_officer.unit, people=30, joined_on=campaign.begins_on, by=unit_officer
    )


@pytest.fixture
def in_movement(campaign, dossier):
    """The file is for the review of the movement."""
    dossier.route, dossier.campaign = "movement", campaign
    dossier.save()
    return dossier


def test_who_launched_it_how_long_and_when_is_known(
    joined, in_movement, propose, good, client_of, unit_officer, campaign
):
    row = propose(good, "BKT")
    answer = checking.judged(in_movement, [row])[row.pk]
    (found,) = [one for one in answer.best.findings if one.words.startswith("Được bình xét trong")]
    assert found.met is True
    assert [fact.key for fact in found.rests_on] == [campaign]
    assert found.rests_on[0].words.startswith("phong trào «Chung sức xây dựng nông thôn mới» do tỉnh phát động, 01/01/")
    review = campaign.reviews.get()
    result = Result.objects.create(
        joining=joined, review=review, people=30, words="Đã xong", by=unit_officer, sent_at=timezone.now()
    )
    for address in (row.get_absolute_url(), in_movement.get_absolute_url()):
        page = client_of(unit_officer).get(address).content.decode()
        assert f'href="{result.get_absolute_url()}"' in page
        assert f'href="{campaign.get_absolute_url()}"' in page


def test_a_unit_that_did_not_join_is_for_a_person_to_look_at(in_movement, propose, good):
    row = propose(good, "BKT")
    answer = checking.judged(in_movement, [row])[row.pk]
    assert answer.met is None


def test_who_is_first_in_it_nobody_records(joined, in_movement, propose, unit_officer):
    unit = make_recipient("collective", "Sở Y tế", unit=unit_officer.unit, is_unit=True, may_receive_flags=True)
    row = propose(unit, FLAG)
    answer = checking.judged(in_movement, [row])[row.pk]
    assert answer.met is None
    assert "xem ai được chọn: dẫn đầu" in answer.missing


@pytest.mark.parametrize(
    ("change", "met", "words"),
    [
        ({"begins_on": date(YEAR - 1, 1, 1)}, False, "thực hiện mới 2 năm"),
        ({"ends_on": TODAY + timedelta(days=400)}, False, "đang thực hiện"),
        ({"state": "commended", "ends_on": TODAY + timedelta(days=400)}, None, ""),
        ({"level": "nation"}, False, "phong trào do trung ương phát động"),
    ],
)
def test_what_does_not_fit_the_flag_is_named(joined, in_movement, propose, unit_officer, campaign, change, met, words):
    for name, value in change.items():
        setattr(campaign, name, value)
    campaign.save()
    unit = make_recipient("collective", "Sở Y tế", unit=unit_officer.unit, is_unit=True, may_receive_flags=True)
    row = propose(unit, FLAG)
    row.dossier.campaign = campaign
    answer = checking.judged(row.dossier, [row])[row.pk]
    assert answer.met is met
    assert words in rules.explain(answer)


def test_of_a_movement_of_the_nation_a_person_sees_who_launched_it(
    joined, in_movement, propose, unit_officer, campaign
):
    campaign.level = "nation"
    campaign.save()
    row = propose(make_recipient("collective", "Sở Y tế", unit=unit_officer.unit, is_unit=True), "BKTTG")
    row.dossier.campaign = campaign
    answer = checking.judged(row.dossier, [row])[row.pk]
    assert answer.met is None
    assert "xem cơ quan nào phát động" in rules.explain(answer)
