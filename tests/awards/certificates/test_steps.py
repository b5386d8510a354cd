"""Every step of a run and of a sheet, taken by every kind of person in every state."""

import pytest

from awards.certificates import actions
from awards.certificates.rules import groups
from awards.models import Certificate, Run
from documents.models import Change
from tests.awards.issuing.conftest import DAY

from ...walking import turns_of, walk
from .conftest import sheets_due

KEEPERS = {"officer", "leader", "administrator", "store_keeper"}
# {where the item of the sheet is: what keepers may do with it}
OF_SHEETS = {
    ("printed", "reserved"): {"spoil"},
    ("printed", "short"): {"spoil", "keep"},
    ("printed", "handed"): set(),
    ("printed", "dropped"): {"destroy"},
    ("spoiled", "reserved"): set(),
    ("recovered", "dropped"): set(),
}
OF_RUNS = {
    ("making", "reserved"): set(),
    ("done", "reserved"): {"undo"},
    ("stopped", "reserved"): {"undo"},
    ("done", "handed"): set(),
    ("undone", "reserved"): set(),
}


@pytest.fixture
def turn_of(people):
    return turns_of(people)


@pytest.fixture
def run(decision, store_keeper):
    made = decision(1, spare=3)
    return actions.make(actions.begin(made, groups(made)[0].layout, by=store_keeper, day=DAY))


def told(about):
    return lambda row: list(Change.objects.filter(about=about).values_list("what", flat=True))


def table(people, may):
    return {who: may if who in KEEPERS else set() for who in people}


@pytest.mark.parametrize(("state", "due"), OF_SHEETS)
def test_every_step_of_a_sheet_by_every_person(run, people, turn_of, client_of, state, due):
    sheet = run.certificates.get()
    sheets_due(run.decision).update(state=due, dropped_for="Thôi" if due == "dropped" else "")
    Certificate.objects.filter(pk=sheet.pk).update(state=state, lost_for="" if state == "printed" else "Kẹt giấy")
    walk(
        actions.SHEETS, lambda: Certificate.objects.select_related("due", "run").get(pk=sheet.pk), turn_of, client_of,
        may=table(people, OF_SHEETS[state, due]), typed={}, known=told("certificate"), reasons={"spoil", "destroy"},
    )  # fmt: skip


@pytest.mark.parametrize(("state", "due"), OF_RUNS)
def test_every_step_of_a_run_by_every_person(run, people, turn_of, client_of, state, due):
    sheets_due(run.decision).update(state=due)
    Run.objects.filter(pk=run.pk).update(state=state)
    walk(
        actions.RUNS, lambda: Run.objects.get(pk=run.pk), turn_of, client_of, may=table(people, OF_RUNS[state, due]), typed={},
        known=told("run"), reasons={"undo"},
    )  # fmt: skip
