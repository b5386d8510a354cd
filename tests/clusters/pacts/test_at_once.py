"""Several people act on one pact at the same moment."""

import multiprocessing

import pytest
from django.db import connections

from clusters.models import Membership, Pact
from clusters.pacts import actions as pacts
from clusters.pacts import papers as pact_papers
from documents.models import Change
from documents.steps.refusing import Stale
from units.models import User

from .made import State, again, sign, target


def at_once(jobs):
    """Each of ``jobs`` (function, arguments) in a process of its own; gives what failed."""
    context = multiprocessing.get_context("fork")
    failures = context.Queue()
    connections.close_all()
    processes = [context.Process(target=_run, args=(failures, *job)) for job in jobs]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    found = []
    while not failures.empty():
        found.append(failures.get())
    return found


def _run(failures, function, *arguments):
    connections.close_all()
    try:
        function(*arguments)
    except Exception as failure:
        failures.put(f"{type(failure).__name__}: {failure}")
    connections.close_all()


def _sign(pact, user):
    sign(Pact.objects.get(pk=pact), User.objects.get(pk=user))


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_all_parties_sign_at_once_and_the_pact_is_signed_once(opened, officers):
    users = [officers[row.membership.unit_id].pk for row in opened.parties.select_related("membership")]
    assert at_once([(_sign, opened.pk, user) for user in users]) == []
    assert again(opened).state == State.SIGNED
    assert Change.objects.filter(about="pact", act="Các bên đã ký đủ").count() == 1


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_one_party_signs_once_from_four_machines(opened, eight):
    failures = at_once([(_sign, opened.pk, eight["member"].pk)] * 4)
    assert len(failures) == 3
    assert all("Mỗi bên chỉ ký một lần" in failure for failure in failures)


def _begin(cluster, user):
    cluster = Membership.objects.filter(cluster=cluster).first().cluster
    pacts.begin(pact_papers.blank(cluster.division, cluster), by=User.objects.get(pk=user))


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_leader_and_deputy_draft_at_once_and_there_is_one_pact(cluster, eight):
    failures = at_once([(_begin, cluster.pk, eight[role].pk) for role in ("leader_unit", "deputy_unit") * 2])
    assert len(failures) == 3
    assert Pact.objects.count() == 1


def _save(pact, user, version):
    facts = {"by": User.objects.get(pk=user), "seen_version": version}
    pacts.write(Pact.objects.get(pk=pact), targets=[target(str(user))], **facts)


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_two_saves_of_one_version_are_one(pact, eight):
    version = again(pact).version
    failures = at_once([(_save, pact.pk, eight[role].pk, version) for role in ("leader_unit", "deputy_unit")])
    assert len(failures) == 1
    assert Stale.__name__ in failures[0]
    assert again(pact).version == version + 1
