"""Words that people typed into records stand in the papers of clusters as they were typed."""

from datetime import date, time

import pytest
from django.db.models import F, Value
from django.db.models.functions import Concat

from clusters.activities import actions as activities
from clusters.activities.actions import Parts
from clusters.activities.papers import Paper, Period, draft_for
from clusters.ballots import actions as ballots
from clusters.ballots import papers as ballot_papers
from clusters.ballots.count import count
from clusters.ballots.rules import Figures
from clusters.models import (
    Activity,
    Attendance,
    Ballot,
    Cluster,
    Pact,
    VoteRule,
)
from clusters.pacts import papers as pact_papers
from clusters.reports.papers import draft_report
from clusters.year import actions as milestones
from clusters.year import papers as year_papers
from documents.source.blanks import blanks
from tests.documents.said import HOSTILE, marks, printed
from units.models import Unit

TODAY = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def _today(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda value=None, timezone=None: TODAY)


@pytest.fixture
def everywhere(cluster, notice, eight):
    """Names of units and clusters and the subject of the notice with signs that mean something in a body."""
    for model in (Unit, Cluster):
        model.objects.update(name=Concat(F("name"), Value(f" {HOSTILE}")))
    notice.subject += HOSTILE
    notice.save()
    return Cluster.objects.select_related("division__notice").get(pk=cluster.pk)


def judge(paper, times, own=frozenset()):
    """That what was typed stands ``times`` times at least in ``paper``, as words; ``own``: the marks that the paper has."""
    body = "\n\n".join([paper.body, *(row.body for row in paper.appendices.all())])
    assert printed(body).count(HOSTILE) >= times, printed(body)
    assert marks(body) == own
    assert not [fault for fault in blanks(paper.as_paper()) if "[b]" in fault.message]


def logged(cluster, who, day, **facts):
    facts = {"title": HOSTILE, "place": HOSTILE, "chair": HOSTILE, "decided": f"{HOSTILE}\n## x"} | facts
    activity = Activity(cluster=cluster, kind=Activity.Kind.MIDYEAR, held_on=day, held_at=time(8), **facts)
    came = dict.fromkeys(cluster.memberships.all(), (Attendance.Came.EXCUSED, HOSTILE))
    return activities.save(activity, Parts(came=came), by=who)


def test_activities(everywhere, eight):
    who = eight["leader_unit"]
    who.unit.refresh_from_db()
    coming = logged(everywhere, who, date(2026, 11, 25))
    judge(draft_for(coming, Paper.INVITATION, by=who), 7)
    held = logged(everywhere, who, date(2026, 7, 9))
    judge(draft_for(held, Paper.MINUTES, by=who), 11)
    # It is about half a year: titled in bold is what was decided.
    activities.report(held, by=who)
    report = draft_report(everywhere, Period.YEAR, by=who)
    judge(report, 10, {"heading_open", "strong_open"})
    assert "## x" in printed(report.body)


def test_ballots(everywhere, eight):
    who = eight["leader_unit"]
    award = f"Cờ thi đua {HOSTILE}"
    VoteRule.objects.create(name=award, percent=50, since=date(2025, 7, 1), citation=HOSTILE)
    rows = list(everywhere.memberships.with_units())
    ballot = Ballot(cluster=everywhere, award=award, held_on=TODAY, method=Ballot.Method.COUNTED, seats=1)
    lists = {"candidates": dict.fromkeys(rows, HOSTILE), "voters": dict.fromkeys(rows, HOSTILE)}
    ballot = ballots.prepare(ballot, by=who, **lists)
    ballot = ballots.open_ballot(ballot, by=who)
    agreed = dict(zip(ballot.candidates.order_by("pk"), (4, 0, 0, 0), strict=True))
    figures = Figures(agreed=agreed, issued=4, cast=4, valid=4, board=f"{HOSTILE}, trưởng ban\nBà B")
    count(ballot, by=who, figures=figures)
    judge(ballot_papers.draft(ballot, ballot_papers.Paper.MINUTES, by=who), 16, {"heading_open"})
    judge(ballot_papers.draft(ballot, ballot_papers.Paper.SUBMISSION, by=who), 10)


def test_guidance_reminder_and_submission(everywhere, officer, eight):
    division = everywhere.division
    officer.unit.refresh_from_db()
    milestones.save(
        milestones.Milestone(division=division, proof="plan", title=HOSTILE, due_on=date(2026, 3, 15)), by=officer
    )
    judge(year_papers.draft_guidance(division, by=officer), 3, {"heading_open"})
    judge(year_papers.draft_reminder(division, by=officer), 3)
    pact = Pact(division=division, cluster=everywhere, title=HOSTILE, signed_on=TODAY, pk=1)
    words = pact_papers._submission_words([pact], 2026, HOSTILE)
    assert (printed(words["body"]).count(HOSTILE), marks(words["body"])) == (2, set())
