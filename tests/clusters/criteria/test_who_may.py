"""Who writes, approves, discards and reads sets of criteria."""

import pytest
from django.urls import reverse

from clusters.criteria import actions as criteria
from clusters.models import CriteriaSet, Criterion

from ..conftest import UNITS
from ..scores.scored import TREE, make_set
from .posted import posted

ACTIONS = ["new_criteria", "edit_criteria", "import_criteria", "copy_criteria", "criteria_step"]


def stored():
    return list(CriteriaSet.objects.values()), list(Criterion.objects.values())


@pytest.mark.parametrize("name", ACTIONS)
def test_units_write_no_criteria(turn_of, name, category, officer, leader, client_of):
    sets = make_set(category, officer), make_set(category, officer, approver=leader)
    before = stored()
    for who in UNITS:
        with turn_of(who) as person:
            for made in sets:
                args = [] if name == "new_criteria" else [made.pk]
                for act in ("approve", "discard"):
                    typed = posted(made, act=act, day="01/03/2026")
                    assert client_of(person).post(reverse(name, args=args), typed).status_code in (403, 404)
                assert stored() == before


def test_who_approves(turn_of, draft, client_of):
    for who, status in (("officer", 403), ("leader", 302), ("administrator", 302)):
        with turn_of(who) as person:
            typed = {"act": "approve", "day": "01/03/2026", "version": draft.version}
            answer = client_of(person).post(reverse("criteria_step", args=[draft.pk]), typed)
            assert answer.status_code == status
            assert CriteriaSet.objects.get(pk=draft.pk).is_draft is (status == 403)


def test_the_department_writes_criteria(turn_of, draft, category, client_of):
    new = {"category": category.pk, "name": "Bộ mới", "total": "1.000", "applies_from": "2026"}
    for who in ("officer", "leader", "administrator"):
        with turn_of(who) as person:
            client = client_of(person)
            assert client.post(reverse("new_criteria"), new).status_code == 302
            assert CriteriaSet.objects.get(name="Bộ mới").total == 1000
            assert client.post(reverse("edit_criteria", args=[draft.pk]), posted(draft)).status_code == 302
            assert client.post(reverse("copy_criteria", args=[draft.pk])).status_code == 302
            answer = client.post(
                reverse("criteria_step", args=[draft.pk]), {"act": "discard", "version": draft.version}
            )
            assert answer.url == reverse("criteria_sets")
            assert not CriteriaSet.objects.filter(pk=draft.pk).exists()


def test_a_draft_is_read_by_the_department_alone_and_an_approved_set_by_all(
    turn_of, draft, category, officer, leader, client_of
):
    approved = make_set(category, officer, approver=leader)
    for who in UNITS:
        with turn_of(who) as person:
            client = client_of(person)
            assert client.get(draft.get_absolute_url()).status_code == 404
            assert client.get(approved.get_absolute_url()).status_code == 200
            assert list(client.get(reverse("criteria_sets")).context["sets"]) == [approved]


def test_an_approved_set_is_not_opened_for_editing(category, officer, leader, client_of):
    approved = make_set(category, officer, approver=leader)
    for name in ("edit_criteria", "import_criteria"):
        assert client_of(officer).get(reverse(name, args=[approved.pk])).url == approved.get_absolute_url()
        assert client_of(officer).post(reverse(name, args=[approved.pk]), posted(approved)).status_code == 302
    assert criteria.tree_of(approved) == TREE
