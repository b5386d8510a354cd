"""Every step of a table, taken by every kind of person from a row in one state: by the page, by the action, from an old page."""

from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.urls import reverse

from documents.steps.pages import offers
from documents.steps.refusing import Refused
from documents.steps.stepping import GONE
from units.models import User


def walk(steps, again, turn_of, client_of, *, may, typed, known, reasons, but=()):
    """Take each step of ``steps`` in the turn of each person that ``may`` names, with the row that ``again()`` fetches.

    ``may``: {person: the steps that this person may take from here}; all others are refused and change nothing.
    ``typed``: {step: what is typed in its form, or a function that gives it}. ``known(row)``: what must not change where a
    step is refused. ``reasons``: the steps that need one. ``but``: steps that are taken by a page of another kind.
    """
    walked = [step for what, step in steps.items() if what not in but]
    for who, allowed in may.items():
        # What is refused changes nothing: one turn and one login are enough for all of it.
        with turn_of(who) as person:
            turn = _Turn(steps, again, person, client_of(person), typed, known, reasons)
            turn.look(walked, allowed)
            for step in walked:
                if step.what not in allowed:
                    with _noted(step):
                        turn.refused(step)
        for step in walked:
            if step.what in allowed and step.form:
                with turn_of(who) as person, _noted(step):
                    _Turn(steps, again, person, client_of(person), typed, known, reasons).taken(step)


@contextmanager
def _noted(step):
    try:
        yield
    except BaseException as failure:
        failure.add_note(f"It was the step {step.what}.")
        raise


@dataclass
class _Turn:
    """What one person does until it is undone."""

    steps: Any
    again: Any
    person: Any
    client: Any
    typed: Any
    known: Any
    reasons: Any

    def __post_init__(self):
        self.row = self.again()
        self.state, self.version, self.told = self.before = self.stands(self.row)

    def stands(self, row):
        return self.steps.standing(row).state, self.steps.versioned(row).version, self.known(row)

    def look(self, walked, allowed):
        """The steps that may be taken are those that the page offers."""
        offered = [step for step, _ in offers(self.steps, self.row, self.person)]
        for step in walked:
            with _noted(step):
                assert step.may(self.row, self.person) == (step.what in allowed)
                assert step.form is None or (step in offered) == (step.what in allowed)

    def post(self, step, version, **changes):
        told = self.typed.get(step.what, {})
        reason = {"reason": "Có lý do"} if step.what in self.reasons else {}
        fields = {"act": step.what, "version": version} | reason | (told() if callable(told) else told) | changes
        return self.client.post(reverse(step.address or step.table.address, args=[self.row.pk]), fields)

    def unchanged(self):
        self.row = self.again()
        assert self.stands(self.row) == self.before

    def refused(self, step):
        # Judged before anything typed is looked at.
        with pytest.raises(Refused):
            step(self.row, by=self.person, reason="Có lý do")
        if step.form:
            assert self.post(step, self.version).status_code in (302, 403, 404, 422)
        self.unchanged()

    def taken(self, step):
        assert self.post(step, self.version - 1).status_code == 422, "from an old page"
        if step.what in self.reasons:
            assert self.post(step, self.version, reason=" ").status_code == 422, "without a reason"
        self.unchanged()
        assert self.post(step, self.version).status_code == 302
        if step.to == GONE:
            with pytest.raises(ObjectDoesNotExist):
                self.again()
            return
        now = self.again()
        assert step.to is None or self.steps.standing(now).state != self.state or step.to == self.state
        assert self.known(now) != self.told, "it is told"


def turns_of(people):
    """A function for ``with``: gives the account of one of ``people``; what is done in its turn is undone at the end.

    Rows are undone, objects in memory are not: fetch in each turn what an action changes.
    """

    @contextmanager
    def turn(who):
        try:
            with transaction.atomic():
                yield User.objects.get(pk=people[who].pk)
                transaction.set_rollback(True)
        except BaseException as failure:
            failure.add_note(f"It was the turn of {who}.")
            raise

    return turn
