"""Every step of a table, taken by every kind of person from a row in one state: by the page, by the action, from an old page."""

from contextlib import contextmanager

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
    for who, allowed in may.items():
        for what, step in ((what, step) for what, step in steps.items() if what not in but):
            with turn_of(who) as person:
                try:
                    _one(steps, step, again, person, client_of, what in allowed, typed, known, what in reasons)
                except BaseException as failure:
                    failure.add_note(f"It was the step {what}.")
                    raise


def _one(steps, step, again, person, client_of, allowed, typed, known, needs_reason):
    row = again()
    state, version = steps.standing(row).state, steps.versioned(row).version
    before = (state, version, known(row))
    assert step.may(row, person) == allowed
    if step.form is None:
        if not allowed:
            with pytest.raises(Refused):
                step(row, by=person, reason="Có lý do")
        return
    assert (step in [one for one, _ in offers(steps, row, person)]) == allowed

    def fields(version):
        told = typed.get(step.what, {})
        reason = {"reason": "Có lý do"} if needs_reason else {}
        return {"act": step.what, "version": version} | reason | (told() if callable(told) else told)

    if not allowed:
        # Judged before anything typed is looked at.
        with pytest.raises(Refused):
            step(row, by=person, reason="Có lý do")
        assert client_of(person).post(_address(step, row), fields(version)).status_code in (302, 403, 404, 422)
    else:
        answer = client_of(person).post(_address(step, row), fields(version - 1))
        assert answer.status_code == 422, "from an old page"
        if needs_reason:
            answer = client_of(person).post(_address(step, row), fields(version) | {"reason": " "})
            assert answer.status_code == 422, "without a reason"
    now = again()
    assert (steps.standing(now).state, steps.versioned(now).version, known(now)) == before
    if allowed:
        assert client_of(person).post(_address(step, row), fields(version)).status_code == 302
        if step.to == GONE:
            with pytest.raises(ObjectDoesNotExist):
                again()
            return
        now = again()
        assert step.to is None or steps.standing(now).state != state or step.to == state
        assert known(now) != before[2], "it is told"


def _address(step, row):
    return reverse(step.address or step.table.address, args=[row.pk])


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
