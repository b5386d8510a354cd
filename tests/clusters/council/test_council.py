"""The desk of the council: which pacts and ballots its members read, what waits for them, who else opens it."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from clusters.models import Ballot, Pact, PactFile
from clusters.pacts import papers as pact_papers
from documents.areas import waiting
from documents.models import Document, DocumentType, Upload
from units.models import User

from ...conftest import make_unit
from ..conftest import EIGHT

TODAY = date(2026, 11, 20)
DAYS = {"signed_on": date(2026, 3, 16), "submitted_on": date(2026, 3, 20), "confirmed_on": date(2026, 3, 27)}
# How far a pact has come, with what the database asks of that state.
STATES = {
    "draft": (),
    "open": (),
    "returned": (),
    "signed": ("signed_on",),
    "submitted": ("signed_on", "submitted_on"),
    "confirmed": ("signed_on", "submitted_on", "confirmed_on"),
}
READ = {"submitted", "confirmed"}


@pytest.fixture(autouse=True)
def _today(monkeypatch):
    monkeypatch.setattr(
        "django.utils.timezone.localdate", lambda value=None, timezone=None: value.date() if value else TODAY
    )


def paper():
    return Document.objects.create(
        origin=Document.Origin.CITED,
        type=DocumentType.objects.get(code="TTr"),
        reference="25/TTr-SNV",
        issuer_name="Sở Nội vụ",
        subject="xác nhận giao ước",
        year=2026,
        month=3,
        day=20,
    )


def brought(pact, state):
    """``pact`` as it stands in ``state``."""
    facts = {name: DAYS[name] if name in STATES[state] else None for name in DAYS}
    facts["submission"] = paper() if "submitted_on" in STATES[state] else None
    facts["confirmation"] = facts["submission"] if state == "confirmed" else None
    facts["confirmed_by"] = "Thường trực Hội đồng" if state == "confirmed" else ""
    Pact.objects.filter(pk=pact.pk).update(state=state, **facts)
    return Pact.objects.get(pk=pact.pk)


@pytest.fixture
def pact(cluster):
    made = pact_papers.blank(cluster.division, cluster)
    made.save()
    for row in cluster.memberships.all():
        made.parties.create(membership=row)
    return made


def fresh(user):
    return User.objects.select_related("unit").get(pk=user.pk)


@pytest.mark.parametrize("state", STATES)
def test_a_member_reads_what_was_laid_before_the_council_and_takes_no_step(pact, council_member, client_of, state):
    found, client = brought(pact, state), client_of(council_member)
    expected = 200 if state in READ else 404
    assert client.get(found.get_absolute_url()).status_code == expected
    assert client.get(reverse("pact_sheet", args=[found.pk])).status_code == expected
    html = client.get(reverse("council")).content.decode()
    assert (found.get_absolute_url() in html) is (state in READ)
    sent = {"act": "confirm", "version": found.version}
    answer = client.post(reverse("pact_step", args=[found.pk]), sent)
    assert answer.status_code == (403 if state in READ else 404)


@pytest.mark.parametrize("state", STATES)
def test_what_waits_for_a_member_is_what_was_submitted(pact, council_member, eight, client_of, state):
    brought(pact, state)
    counted = waiting.by_area(waiting.counts(fresh(council_member), TODAY))
    assert counted.get("council", 0) == (state == "submitted")
    page = client_of(council_member).get(reverse("home"))
    titles = [group.title for group in page.context["groups"]]
    assert titles == (["Giao ước chờ Hội đồng xác nhận"] if state == "submitted" else [])
    for role in EIGHT:
        assert "council" not in waiting.by_area(waiting.counts(fresh(eight[role]), TODAY))


def test_files_of_a_pact_before_the_council_are_read_and_results_of_parties_are_not(
    pact, council_member, officer, client_of
):
    party = pact.parties.first()
    rows = {}
    for number, about in enumerate(PactFile.About):
        upload = Upload.objects.create(
            kind="proof", area="cum", name="ban.pdf", extension="pdf", content_type="application/pdf", size=1,
            sha256=str(number) * 64, file="uploads/ban.pdf", by=officer,
        )  # fmt: skip
        of_party = {} if about == PactFile.About.PACT else {"party": party, "day": TODAY}
        rows[about] = PactFile.objects.create(pact=pact, about=about, upload=upload, **of_party)

    def read():
        return {row.about for row in PactFile.objects.visible_to(fresh(council_member))}

    brought(pact, "signed")
    assert read() == set()
    brought(pact, "submitted")
    assert read() == {"pact", "signature"}


@pytest.mark.parametrize("state", Ballot.State.values)
def test_a_member_reads_ballots_that_were_counted(cluster, council_member, client_of, state):
    seen = state in ("counted", "annulled")
    facts = {"percent": 70, "entitled": 4}
    if seen:
        facts |= {"issued": 4, "cast": 4, "valid": 4, "counted_at": timezone.now(), "counted_by": council_member}
    if state in Ballot.VOID:
        facts["cancelled_for"] = "Sai danh sách"
    award = "Cờ thi đua của UBND tỉnh"
    Ballot.objects.bulk_create([Ballot(cluster=cluster, award=award, held_on=TODAY, state=state, **facts)])
    assert Ballot.objects.visible_to(fresh(council_member)).exists() is seen
    html = client_of(council_member).get(reverse("council")).content.decode()
    assert (award in html) is seen
    page = client_of(council_member).get(Ballot.objects.get().get_absolute_url())
    assert page.status_code == (200 if seen else 404)
    if seen:
        assert f'href="{reverse("cluster_ballots", args=[cluster.pk])}"' not in page.content.decode()
        assert client_of(council_member).get(reverse("ballots", args=[2026])).status_code == 200


def test_who_opens_the_desk(turn_of, council_member, clerk, store_keeper, client_of):
    assert client_of(council_member).get(reverse("council")).status_code == 200
    assert client_of(clerk).get(reverse("council")).status_code == 200
    assert client_of(store_keeper).get(reverse("council")).status_code == 403
    for who in EIGHT:
        with turn_of(who) as person:
            expected = 200 if who in ("officer", "leader", "administrator") else 403
            assert client_of(person).get(reverse("council")).status_code == expected


def test_a_member_is_led_to_no_page_of_a_cluster(pact, council_member, client_of):
    found, client = brought(pact, "submitted"), client_of(council_member)
    html = client.get(found.get_absolute_url()).content.decode()
    assert reverse("cluster_scores", args=[pact.cluster_id]) not in html
    assert reverse("ballots", args=[2026]) in html
    assert client.get(pact.cluster.get_absolute_url()).status_code == 404


def test_a_member_whose_account_is_closed_sees_nothing(pact, council_member):
    brought(pact, "submitted")
    User.objects.filter(pk=council_member.pk).update(is_active=False)
    assert not Pact.objects.visible_to(fresh(council_member)).exists()


def test_the_desk_asks_alike_for_one_pact_and_for_ten(pact, cluster, council_member, client_of):
    brought(pact, "submitted")
    client = client_of(council_member)
    client.get(reverse("council"))

    def asked():
        with CaptureQueriesContext(connection) as found:
            assert client.get(reverse("council")).status_code == 200
        return len(found)

    before = asked()
    made = paper()
    days = {"signed_on": DAYS["signed_on"], "submitted_on": DAYS["submitted_on"], "submission": made}
    for number in range(9):
        other = cluster.division.clusters.create(name=f"Cụm thêm {number}")
        Pact.objects.create(division=cluster.division, cluster=other, title="Giao ước", state="submitted", **days)
    assert asked() == before


def test_the_unit_of_a_member_gives_no_more(pact, council_member, client_of):
    council_member.unit = make_unit("hoi-dong", "Hội đồng Thi đua - Khen thưởng tỉnh")
    council_member.save()
    brought(pact, "submitted")
    assert client_of(fresh(council_member)).get(pact.get_absolute_url()).status_code == 200
