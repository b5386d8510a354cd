"""What the page of a unit tells: its clusters, campaigns and papers, of each what the person may see; how to reach it."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from campaigns.joinings.actions import join
from campaigns.models import Campaign, Joining
from clusters.models import Division
from documents.models import Document, DocumentType
from tests.campaigns.conftest import make_campaign
from tests.clusters.conftest import make_cluster
from units.models import Unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(client_of):
    """A function: the parts of the page of a unit as a person sees them, {heading: [words]}."""

    def parts(user, unit):
        found = client_of(user).get(reverse("unit", args=[unit.code])).context["parts"]
        return {part.heading: [line.words for line in part.lines] for part in found}

    return parts


@pytest.fixture
def paper(other_unit):
    return Document.objects.create(
        origin=Document.Origin.CITED,
        type=DocumentType.objects.get(code="KH"),
        reference="12/KH-SYT",
        issuer_name="Sở Y tế",
        issuer_unit=other_unit,
        subject="kế hoạch tiêm chủng",
        year=2026,
        month=3,
        day=2,
    )


def test_its_clusters_once_they_are_announced(told, paper, other_unit, stranger):
    division = Division.objects.create(
        year=2026, begins_on=date(2026, 1, 1), ends_on=date(2026, 12, 31), kinds=["department"]
    )
    make_cluster(division, "Khối các sở", stranger.unit, other_unit)
    assert "Khối, cụm thi đua" not in told(stranger, other_unit)
    Division.objects.update(state=Division.State.IN_FORCE, in_force_on=date(2026, 2, 1), notice=paper)
    assert told(stranger, other_unit)["Khối, cụm thi đua"] == ["Khối các sở"]


def test_its_cluster_leads_whoever_reads_to_a_page_that_opens(client_of, paper, other_unit, people, stranger):
    division = Division.objects.create(
        year=2026, begins_on=date(2026, 1, 1), ends_on=date(2026, 12, 31), kinds=["department"],
        state=Division.State.IN_FORCE, in_force_on=date(2026, 2, 1), notice=paper,
    )  # fmt: skip
    cluster = make_cluster(division, "Khối các sở", other_unit)
    for who, page in (
        ("officer", cluster),
        ("unit_officer", cluster),
        ("council_member", division),
        ("stranger", division),
    ):
        client = client_of(people[who])
        (line,) = client.get(reverse("unit", args=[other_unit.code])).context["parts"][-1].lines
        assert line.url == page.get_absolute_url(), who
        assert client.get(line.url).status_code == 200, who


def test_its_papers_that_the_person_may_open(told, paper, other_unit, officer, stranger):
    draft = Document.objects.create(
        origin=Document.Origin.OURS,
        type=paper.type,
        symbol="KH-SNV",
        unit=officer.unit,
        author=officer,
        issuer_unit=officer.unit,
        issuer_name="Sở Nội vụ",
        subject="kế hoạch kiểm tra",
        year=2026,
    )
    assert told(stranger, other_unit)["Văn bản"] == ["kế hoạch tiêm chủng"]
    assert told(officer, officer.unit)["Văn bản"] == [draft.subject]
    assert told(stranger, officer.unit)["Văn bản"] == []


def test_campaigns_that_it_launched_and_joined(told, other_unit, unit_officer, officer, stranger):
    own = make_campaign(other_unit, unit_officer, "Thi đua của ngành y tế", level=Campaign.Level.UNIT)
    province = Unit.objects.create(code="ubnd-tinh", name="UBND tỉnh", kind=Unit.Kind.PROVINCE)
    asking = make_campaign(province, officer, "Thi đua của tỉnh", asked_kinds=["department"])
    join(Joining(campaign=asking, unit=other_unit, people=3, joined_on=date(2026, 3, 1)), [], by=unit_officer)
    for user, launched, joined in (
        (officer, [own.name], [asking.name]),
        (unit_officer, [own.name], [asking.name]),
        (stranger, None, None),
    ):
        found = told(user, other_unit)
        assert (found.get("Phong trào đã phát động"), found.get("Phong trào đã hưởng ứng")) == (launched, joined), user


def test_how_to_reach_it(client_of, other_unit, unit_officer, stranger):
    Unit.objects.filter(pk=other_unit.pk).update(email="vanthu@soyte.vn")
    page = client_of(stranger).get(reverse("unit", args=[other_unit.code])).content.decode()
    assert "mailto:vanthu@soyte.vn" in page
    assert unit_officer.full_name in page


def test_as_many_questions_however_much_there_is(paper, other_unit, officer, client_of, django_assert_num_queries):
    client, address = client_of(officer), reverse("unit", args=[other_unit.code])
    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    for number in range(20):
        Document.objects.create(
            origin=Document.Origin.CITED,
            type=paper.type,
            reference=f"{number}/X",
            issuer_name="Sở Y tế",
            issuer_unit=other_unit,
            subject=f"việc {number}",
            year=2026,
            month=4,
            day=1,
        )
    with django_assert_num_queries(len(asked)):
        assert len(client.get(address).context["parts"][0].lines) == 5
