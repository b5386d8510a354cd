"""Who may do what with a pact."""

import pytest
from django.urls import reverse

from clusters.models import Membership, Pact
from clusters.pacts import actions as pacts
from clusters.pacts import papers as pact_papers
from documents.models import Document
from documents.steps.refusing import Refused
from units.models import User

from ..conftest import EIGHT
from .made import DAY, KEEPERS, MANAGERS, PARTIES, SEES, again, known_paper, leave, line, post, scan, target, typed

REASON = {"reason": "Có lý do"}
# What each step needs, the fixture in which it can be taken, and who may.
STEPS = {
    "open": ("pact", KEEPERS, {}),
    "take_back": ("opened", KEEPERS, REASON),
    "sign": ("opened", PARTIES, {"name": "Vi Văn A", "title": "Chủ tịch", "day": "16/03/2026"}),
    "unsign": ("signed", PARTIES, REASON),
    "scan": ("signed", KEEPERS | MANAGERS, {"files": scan}),
    "unscan": ("scanned", KEEPERS | MANAGERS, REASON | {"file": lambda: Pact.objects.get().files.get().pk}),
    "submit": ("scanned", MANAGERS, {"paper": lambda: known_paper().reference, "day": "20/03/2026"}),
    "unsubmit": ("submitted", MANAGERS, REASON),
    "confirm": ("submitted", MANAGERS, {"paper": "25/TTr-SNV", "day": "27/03/2026", "who": "Thường trực"}),
    "unconfirm": ("confirmed", MANAGERS, REASON),
    "return": ("submitted", MANAGERS, REASON),
}


def typed_fields(needed):
    """What a step needs, made anew: a file is read once."""
    return {name: value() if callable(value) else value for name, value in needed.items()}


@pytest.mark.parametrize("act", STEPS)
def test_who_may_take_each_step(request, turn_of, client_of, act):
    """Who may is offered it and takes it, on the version that stands; for anybody else nothing changes."""
    fixture, may, needed = STEPS[act]
    found = request.getfixturevalue(fixture)
    hidden = {"other_cluster", "nobody"} | ({"member"} if fixture == "pact" else set())
    for role in EIGHT:
        with turn_of(role) as person:
            client = client_of(person)
            if role in may:
                page = client.get(found.get_absolute_url()).content.decode()
                assert f'value="{act}"' in page
                stale = post(client, found, act, **typed_fields(needed), version=found.version - 1)
                assert (stale.status_code, again(found).state) == (422, found.state)
                assert "một bản mới hơn" in stale.content.decode()
                assert post(client, found, act, **typed_fields(needed)).status_code == 302
            else:
                assert post(client, found, act, **typed_fields(needed)).status_code == (404 if role in hidden else 403)
                assert again(found).state == found.state


def test_the_actions_themselves_refuse_who_may_not(scanned, eight):
    for role in ("member", "other_cluster", "nobody"):
        by = eight[role]
        for act in (
            lambda by=by: pacts.take_back(scanned, by=by, reason="x"),
            lambda by=by: pacts.give_back(scanned, by=by, reason="x"),
            lambda by=by: pacts.attach(scanned, files=[scan()], by=by),
            lambda by=by: pacts.submit(scanned, by=by, paper=None, day=DAY),
            lambda by=by: pacts.write(scanned, targets=[], by=by),
            lambda by=by: pacts.begin(pact_papers.blank(scanned.division), by=by),
        ):
            with pytest.raises(Refused, match=r"do .* làm|Chỉ Sở Nội vụ"):
                act()


def test_a_step_that_is_over_is_told_to_who_takes_it_twice(opened, eight, client_of):
    response = post(client_of(eight["leader_unit"]), opened, "open")
    assert response.status_code == 422
    assert "Không thể «Đưa ra ký» khi giao ước đang ở bước «Chờ các bên ký»" in response.content.decode()


def test_a_step_that_nobody_knows_is_not_there(opened, officer, client_of):
    for act in ("write", "", "x"):
        response = client_of(officer).post(reverse("pact_step", args=[opened.pk]), {"act": act, "version": 1})
        assert response.status_code == 404


def test_who_brings_the_parties_in_step(opened, turn_of, officer, notice, client_of):
    leave(opened.cluster.memberships.filter(role="member").last(), officer, notice)
    for role in EIGHT:
        with turn_of(role) as person:
            status = post(client_of(person), opened, "renew", reason="Chuyển cụm").status_code
            assert status == (302 if role in KEEPERS | MANAGERS else 403 if role in SEES else 404)


def test_who_may_draft_and_write(cluster, turn_of, who, client_of):
    for role in EIGHT:
        with turn_of(role) as person:
            client = client_of(person)
            status = client.post(reverse("cluster_pact", args=[cluster.pk])).status_code
            assert status == (302 if role in KEEPERS else 403 if role in SEES else 404)
            assert Pact.objects.exists() == (role in KEEPERS)
            made = Pact.objects.first() or pacts.begin(pact_papers.blank(cluster.division, cluster), by=who)
            url = reverse("edit_pact", args=[made.pk])
            statuses = [client.get(url).status_code, client.post(url, typed(made, line("A"))).status_code]
            assert statuses == ([200, 302] if role in KEEPERS else [403] * 2 if role in MANAGERS else [404] * 2)
            assert made.targets.exists() == (role in KEEPERS)


def test_who_may_draft_and_write_the_pact_of_the_leaders(cluster, other_cluster, turn_of, officer, client_of):
    for role in EIGHT:
        with turn_of(role) as person:
            client = client_of(person)
            status = client.post(reverse("begin_leaders_pact", args=[2026])).status_code
            assert status == (302 if role in MANAGERS else 403)
            assert Pact.objects.exists() == (role in MANAGERS)
            made = Pact.objects.first() or pacts.begin(pact_papers.blank(cluster.division), by=officer)
            pacts.write(made, targets=[target()], by=officer)
            status = client.get(reverse("edit_pact", args=[made.pk])).status_code
            assert status == (200 if role in MANAGERS else 404)
            pacts.open_for_signing(made, by=officer)
            # The leaders of both clusters are party; deputies and members are not.
            status = client.get(made.get_absolute_url()).status_code
            assert status == (200 if role in MANAGERS | {"leader_unit", "other_cluster"} else 404)


def test_who_sees_what(opened, turn_of, eight, client_of):
    party = opened.parties.get(membership__unit=eight["member"].unit)
    url = reverse("register_pact", args=[opened.pk, party.pk])
    sent = {"version": 1, "danh-hieu-TOTAL_FORMS": 1, "danh-hieu-INITIAL_FORMS": 0}
    sent |= {"danh-hieu-0-title": "Cờ", "danh-hieu-0-quantity": "1"}
    for role in EIGHT:
        with turn_of(role) as person:
            client = client_of(person)
            for name in ("pact", "pact_sheet", "pact_results"):
                status = client.get(reverse(name, args=[opened.pk])).status_code
                assert status == (200 if role in SEES else 404)
            expected = 200 if role in KEEPERS | {"member"} else 403 if role in SEES else 404
            assert client.get(url).status_code == expected
            client.post(url, sent)
            assert party.aims.exists() == (role in KEEPERS | {"member"})


def test_who_reports_results_and_drafts_the_submission(scanned, turn_of, eight, council, director, client_of):
    party = scanned.parties.get(membership__unit=eight["member"].unit)
    sent = {"version": party.version, f"reached_{scanned.targets.first().pk}": "4"}
    for role in EIGHT:
        with turn_of(role) as person:
            client = client_of(person)
            status = client.post(reverse("report_pact", args=[scanned.pk, party.pk]), sent).status_code
            assert status == (302 if role == "member" else 403 if role in SEES else 404)
            assert party.results.filter(reached=4).exists() == (role == "member")
            posted = client.post(reverse("draft_pact_submission", args=[2026]), {"giao-uoc": scanned.pk})
            assert posted.status_code == (302 if role in MANAGERS else 403)
            assert Document.objects.filter(area=pact_papers.OF_PACT.kind).exists() == (role in MANAGERS)


def test_the_leader_of_another_year_may_do_nothing(opened, eight, client_of):
    """Who led last year is a member now, or nobody."""
    row = Membership.objects.get(unit=eight["leader_unit"].unit)
    Membership.objects.filter(pk=row.pk).update(role="member")
    status = post(client_of(User.objects.get(pk=eight["leader_unit"].pk)), opened, "take_back", **REASON).status_code
    assert status == 403


def test_a_clerk_reads_along_and_writes_nothing(opened, clerk, client_of):
    client = client_of(clerk)
    assert client.get(opened.get_absolute_url()).status_code == 200
    for act in STEPS:
        assert post(client, opened, act).status_code == 403
