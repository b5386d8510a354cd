"""The search over all areas: what each finds, that nobody finds what is not theirs, as many questions however much there is."""

from datetime import date

import pytest
from django.urls import reverse

from campaigns.models import Campaign
from clusters.models import Cluster, Division, Membership
from documents.models import Document, DocumentType
from tests.conftest import make_unit
from units import finding
from units.models import User

pytestmark = pytest.mark.django_db


def found(user, words):
    """{title: addresses} of what ``user`` finds, as another request would."""
    fresh = User.objects.select_related("unit").get(pk=user.pk)
    return {section.title: [row.url for row in section.rows] for section in finding.find(fresh, words, finding.MANY)}


def paper_of(unit, author, subject, reference="", **fields):
    facts = {"origin": "ours", "unit": unit, "author": author, "issuer_unit": unit, "issuer_name": unit.name} | fields
    return Document.objects.create(
        type=DocumentType.objects.get(code="BC"), subject=subject, reference=reference, **facts
    )


@pytest.fixture
def letter(so_noi_vu, officer):
    """A paper of the department, for nobody else."""
    return paper_of(so_noi_vu, officer, "kết quả phong trào thi đua", symbol="BC-SNV")


@pytest.fixture
def cited(db):
    """A paper that everybody may read."""
    return paper_of(
        make_unit("ubnd-tinh", "UBND tỉnh", kind="province"), None, "phát động thi đua", "50/BC-UBND",
        origin="cited", year=2020, month=2, day=25,
    )  # fmt: skip


@pytest.mark.parametrize("words", ["50/BC-UBND", "50/bc", "phat dong", "PHÁT ĐỘNG thi", "bao cao 50"])
def test_a_paper_is_found_by_number_or_words(cited, officer, words):
    assert cited.get_absolute_url() in found(officer, words)["Văn bản"]


def test_nobody_finds_a_paper_that_is_not_theirs(letter, people, client_of):
    finds = [name for name, person in people.items() if found(person, "phong trao thi dua").get("Văn bản")]
    assert finds == ["officer", "leader", "clerk", "store_keeper", "council_member", "administrator"]
    for headers in ({}, {"HX-Request": "true"}):
        page = client_of(people["stranger"]).get(reverse("find"), {"q": letter.subject}, headers=headers)
        assert letter.get_absolute_url() not in page.content.decode()
    letter.state = "discarded"
    letter.save()
    assert found(people["officer"], "phong trao thi dua") == {}


@pytest.fixture
def cluster(cited, other_unit):
    """A cluster of a year in force, of which ``other_unit`` is a member."""
    days = {"begins_on": date(2026, 1, 1), "ends_on": date(2026, 12, 31)}
    year = Division.objects.create(year=2026, **days)
    row = Cluster.objects.create(division=year, name="Cụm thi đua số 2 (văn hóa)", position=1)
    Membership.objects.create(cluster=row, unit=other_unit, joined_on=days["begins_on"])
    Division.objects.update(state="in_force", in_force_on=days["begins_on"], notice=cited)
    return row


def test_a_cluster_is_found_by_who_may_look_into_it(cluster, people):
    for words in ("van hoa", "cum 2 2026", "CỤM THI ĐUA SỐ 2"):
        assert found(people["unit_officer"], words)["Cụm, khối thi đua"] == [cluster.get_absolute_url()]
    assert "Cụm, khối thi đua" not in found(people["unit_officer"], "cum 3")
    assert "Cụm, khối thi đua" not in found(people["stranger"], "van hoa")
    assert "Cụm, khối thi đua" in found(people["officer"], "van hoa")


def test_a_draft_of_a_campaign_is_found_by_those_who_keep_it(people, other_unit):
    row = Campaign.objects.create(
        unit=other_unit, name="Chung sức chuyển đổi số", begins_on=date(2026, 1, 1), ends_on=date(2026, 12, 31),
        author=people["unit_officer"],
    )  # fmt: skip
    finds = [name for name, person in people.items() if found(person, "chuyen doi so")]
    assert "unit_officer" in finds
    assert not {"stranger", "council_member"} & set(finds)
    assert found(people["unit_officer"], "chung suc")["Phong trào thi đua"] == [row.get_absolute_url()]


def test_as_many_questions_for_one_of_each_as_for_many(cited, letter, cluster, officer, django_assert_num_queries):
    def asks(count):
        user = User.objects.select_related("unit").get(pk=officer.pk)
        with django_assert_num_queries(count):
            finding.find(user, "thi dua", finding.QUICK)

    # Units that went into the own one, then: units twice, papers twice, clusters, campaigns, examples, recipients.
    asks(9)
    for number in range(20):
        paper_of(officer.unit, officer, f"thi đua {number}")
        make_unit(f"thi-dua-{number}", f"Ban Thi đua {number}")
        Cluster.objects.create(division=cluster.division, name=f"Cụm thi đua {number}", position=number)
    asks(9)
