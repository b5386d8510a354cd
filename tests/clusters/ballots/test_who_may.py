"""Who may do what with a ballot."""

from datetime import date

import pytest
from django.urls import reverse

from clusters.ballots import actions as ballots
from clusters.ballots import papers as ballot_papers
from clusters.ballots.count import count
from clusters.ballots.models import OF_BALLOT, Paper
from clusters.models import (
    Ballot,
)
from documents.models import Change
from documents.steps.refusing import Refused
from units.models import Unit, User

from ..conftest import EIGHT
from .made import COUNTED, FLAG, TODAY, State, box, candidates, counted, everything, prepared

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
        ("ballot_step", State.DRAFT, {"act": "remove"}),
        ("ballot_step", State.DRAFT, {"act": "open"}),
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
    data = data | {"version": ballot.version}
    before, changes = without_sessions(), Change.objects.count()
    args = [ballot.pk, "minutes"] if name == "draft_ballot_paper" else [ballot.pk]
    for who in EIGHT:
        with turn_of(who) as person:
            answer = client_of(person).post(reverse(name, args=args), data)
            if who in LEADING:
                assert answer.status_code == 302
                assert Change.objects.count() > changes or OF_BALLOT.of(ballot.pk).exists()
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
                (ballots.edit, {"candidates": {}, "voters": {}}),
                (ballots.open_ballot, {}),
                (ballots.remove, {}),
                (ballots.cancel, {"reason": "x"}),
                (count, {}),
                (ballots.next_round, {}),
                (ballot_papers.draft, {"paper": Paper.MINUTES}),
            ):
                with pytest.raises(Refused, match="trưởng, phó trưởng của Cụm các xã phía Bắc"):
                    act(ballot, by=by, **facts)
            with pytest.raises(Refused, match="trưởng, phó trưởng của Cụm các xã phía Bắc"):
                ballots.prepare(Ballot(cluster=draft.cluster, held_on=TODAY), by=by, candidates={}, voters={})


def test_only_members_vote(opened, turn_of, client_of):
    for who in EIGHT:
        with turn_of(who) as person:
            sent = {"candidates": candidates(opened)[0].pk, "step": "cast", "version": opened.version}
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
    with pytest.raises(Refused, match="trưởng, phó trưởng của Cụm các xã phía Bắc"):
        ballots.open_ballot(draft, by=User.objects.get(pk=four[0].pk))
