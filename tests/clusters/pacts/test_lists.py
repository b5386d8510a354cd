"""The list of pacts, what a page costs, what waits for each."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from clusters.models import Membership, Pact, Party, Reached, Target
from clusters.pacts import actions as pacts
from units.models import Unit, User

from ...conftest import make_unit
from ...exported import exported_rows
from .made import DAY, again, sign, sign_all


def test_the_list_of_the_department_tells_states_counts_and_who_has_none(opened, eight, officer, client_of):
    sign(opened, eight["member"])
    page = client_of(officer).get(reverse("pacts", args=[2026])).content.decode()
    assert "1/4" in page
    assert "Chờ các bên ký" in page
    assert "1 khối, cụm chưa lập giao ước:</strong> Cụm các xã phía Nam" in page
    client = client_of(officer)
    url = reverse("pacts", args=[2026])
    assert "Không có giao ước nào như vậy" in client.get(url, {"muc": "confirmed"}).content.decode()
    rows = exported_rows(client.get(url, {"muc": "open", "xuat": "xlsx"}))
    assert [row[:5] for row in rows] == [(opened.title, "Cụm các xã phía Bắc", "Chờ các bên ký", 1, 4)]


def test_the_list_costs_the_same_with_many_pacts(opened, officer, client_of, cluster):
    client, url = client_of(officer), reverse("pacts", args=[2026])
    client.get(url)
    with CaptureQueriesContext(connection) as few:
        client.get(url)
    for n in range(20):
        other = type(cluster).objects.create(division=cluster.division, name=f"Cụm thêm {n}", position=9 + n)
        Pact.objects.create(division=cluster.division, cluster=other, title=f"Giao ước {n}")
    with CaptureQueriesContext(connection) as many:
        assert "Cụm thêm 19" in client.get(url).content.decode()
    assert len(many) <= len(few)


@pytest.mark.parametrize("name", ["pact", "pact_results"])
def test_a_pact_costs_the_same_with_many_parties_and_targets(signed, officer, client_of, cluster, name, who):
    url = reverse(name, args=[signed.pk])
    for user in (officer, who):
        client = client_of(user)
        client.get(url)
        with CaptureQueriesContext(connection) as few:
            client.get(url)
        for n in range(15):
            unit = make_unit(f"them-{user.pk}-{n}", f"UBND xã Thêm {user.pk} {n}", kind=Unit.Kind.COMMUNE)
            row = Membership.objects.create(cluster=cluster, unit=unit)
            party = Party.objects.create(
                pact=signed, membership=row, signer_name="A", signer_title="B", signed_on=DAY, signed_by=who
            )
            aimed = Target.objects.create(pact=signed, content=f"T{user.pk} {n}", measure="x", planned=n)
            Reached.objects.create(party=party, target=aimed, planned=3, reached=2)
        with CaptureQueriesContext(connection) as many:
            assert client.get(url).status_code == 200
        assert len(many) <= len(few)


def test_what_waits_for_each(opened, eight, officers, officer):
    def waits(user):
        return [(row.pk, pacts.WAITS[row.state]) for row in pacts.waiting_for(User.objects.get(pk=user.pk))]

    assert waits(eight["member"]) == [(opened.pk, "chờ đơn vị ký")]
    sign(opened, eight["member"])
    for role in ("member", "other_cluster", "nobody", "officer"):
        assert waits(eight[role]) == []
    sign_all(opened, officers)
    assert waits(officer) == [(opened.pk, "các bên đã ký đủ, chờ trình Hội đồng")]
    pacts.give_back(again(opened), by=officer, reason="x")
    assert waits(eight["leader_unit"]) == [(opened.pk, "bị trả lại, chờ sửa")]
    assert waits(eight["member"]) == []
