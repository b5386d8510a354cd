"""The steps of a good example, taken by every kind of person wherever it may stand."""

from datetime import date

import pytest

from campaigns.examples import actions as examples
from campaigns.examples import erasing
from campaigns.models import Example
from documents.models import Change

from ...walking import walk
from ..conftest import KEEPERS, PEOPLE
from .test_examples import written

Kind = Example.Kind
DAY = date(2026, 6, 2)
# {(whom it is about, how far it is): (steps of its own unit, steps of the department)}; nobody else takes any.
ALL = {"edit_example", "erase"}
MAY = {
    ("person", "silent"): (ALL | {"give_consent"}, ALL | {"give_consent"}),
    ("person", "agreed"): (ALL | {"withdraw_consent"}, ALL | {"withdraw_consent", "publish"}),
    ("person", "published"): (
        {"edit_example", "withdraw_consent", "take_off"},
        ALL | {"withdraw_consent", "take_off"},
    ),
    ("person", "ended"): (ALL | {"give_consent"}, ALL | {"give_consent"}),
    ("collective", "agreed"): (ALL, ALL | {"publish"}),
    ("collective", "published"): ({"edit_example", "take_off"}, ALL | {"take_off"}),
}
TYPED = {"give_consent": {"on": "15/06/2026", "words": "Bản ký tay"}, "erase": {"reason": "law"}}


def told(row):
    return list(Change.objects.filter(about="example").values_list("what", flat=True))


def test_the_steps_are_those_of_two_modules():
    assert erasing.STEPS is examples.STEPS


@pytest.mark.parametrize(("kind", "state"), MAY)
def test_every_step_by_every_person(communes, bason, officer, turn_of, client_of, kind, state):
    example = written(communes[0], bason, kind=kind)
    if kind == Kind.PERSON and state != "silent":
        examples.give_consent(example, by=bason, on=DAY, words="Bản ký")
    if state == "published":
        examples.publish(example, by=officer)
    elif state == "ended":
        examples.withdraw_consent(example, by=bason)

    def again():
        return Example.objects.with_names().get(pk=example.pk)

    assert again().state == state
    of_unit, of_department = MAY[kind, state]
    may = {who: of_department if who in KEEPERS else of_unit if who == "bason" else () for who in PEOPLE}
    reasons = {"take_off", "erase"}
    walk(examples.STEPS, again, turn_of, client_of, may=may, typed=TYPED, known=told, reasons=reasons)
