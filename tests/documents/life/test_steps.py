"""Every step of a paper, by every kind of person, in every state: who may is written here by hand."""

from contextlib import contextmanager

import pytest
from django.db import transaction

from documents.life.actions import STEPS
from documents.models import Document
from units.models import Role, User

from ...conftest import make_user
from ...walking import walk

pytestmark = pytest.mark.django_db

WRITERS = {"officer", "leader", "clerk", "administrator"}
OFFICE, ITS_OWN = {"leader", "clerk"}, {"its_leader", "its_clerk"}
# Until it is handed in, and when it is thrown away, it is all the same whose paper it is.
BEGUN = {
    "draft": {"submit": WRITERS, "discard": WRITERS},
    "discarded": {"restore": WRITERS},
}
# Where the office keeps the book of the body it decides itself; else the body has people of its own here, or signs on paper.
MAY = {
    "kept": BEGUN
    | {
        "submitted": {"approve": {"leader"}, "return": {"leader"}, "withdraw": WRITERS - {"leader"}},
        "approved": {"issue": {"clerk"}, "return": OFFICE, "allow_earlier": {"leader"}},
    },
    "on paper": {
        "submitted": {"agree": {"leader"}, "return": {"leader"}, "withdraw": WRITERS - {"leader"}},
        "agreed": {"present": {"officer", "clerk"}, "return": OFFICE},
        "presented": {"record": {"clerk"}, "return": OFFICE},
    },
    "in program": {
        "submitted": {"agree": {"leader"}, "return": {"leader"}, "withdraw": WRITERS - {"leader"}},
        "agreed": {"present": {"officer", "clerk"}, "return": OFFICE},
        "presented": {"approve": {"its_leader"}, "return": OFFICE | ITS_OWN},
        "approved": {"issue": {"its_clerk"}, "return": OFFICE | ITS_OWN, "allow_earlier": {"its_leader"}},
    },
}


@pytest.mark.parametrize(("kind", "state"), [(kind, state) for kind, states in MAY.items() for state in states])
def test_every_step_by_every_person(draft, people, province, client_of, kind, state):
    if kind != "kept":
        province.series.all().delete()
    if kind == "in program":
        people["its_leader"] = make_user("son", "Lương Văn Sơn", Role.BODY_LEADER, province)
        people["its_clerk"] = make_user("mo", "Hoàng Thị Mơ", Role.BODY_CLERK, province)
    draft.state = Document.State(state)
    draft.save()

    @contextmanager
    def turn_of(who):
        with transaction.atomic():
            yield User.objects.get(pk=people[who].pk)
            transaction.set_rollback(True)

    def again():
        return Document.objects.get(pk=draft.pk)

    may = {who: {act for act, allowed in MAY[kind][state].items() if who in allowed} for who in people}
    for who, allowed in may.items():
        with turn_of(who) as person:
            assert {act for act, step in STEPS.items() if step.may(again(), person)} == allowed, who
    walk(
        STEPS,
        again,
        turn_of,
        client_of,
        may=may,
        but=("issue", "record"),  # ceremonies, which have pages of their own
        reasons=("return", "allow_earlier"),
        typed={
            "allow_earlier": {"day": "26/02/2020"},
            "present": {"day": "26/02/2020", "to_whom": "Chủ tịch UBND tỉnh"},
        },
        known=lambda row: [row.state, *row.moves.values_list("what", "reason", "day")],
    )
