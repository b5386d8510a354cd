"""The search over all areas: what each finds, that nobody finds what is not theirs, as many questions however much there is."""

from datetime import date

import pytest
from django.core.management import call_command
from django.urls import reverse

from awards.catalogue import book
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


@pytest.fixture
def catalogue(db):
    """What there is to give, as it comes with the program, and read once."""
    call_command("load_catalogue", verbosity=0)
    return book.catalogue()


CALLED = [
    ("CSTĐCS", ["CSTDCS"]), ("cstđ cơ sở", ["CSTDCS"]), ("BK TTg", ["BKTTG"]), ("bang khen cua thu tuong", ["BKTTG"]),
    ("huân chương lao động ba", ["HCLD3"]), ("xã phường thị trấn tiêu biểu", ["XPTB"]), ("đặc khu tiêu biểu", ["XPTB"]),
    ("giấy khen", ["GK"]), ("LĐTT", ["LDTT"]), ("iệt", []), ("«»", []),
]  # fmt: skip


@pytest.mark.parametrize(("words", "codes"), CALLED)
def test_an_award_is_found_by_what_it_is_or_was_called(catalogue, people, words, codes):
    """By everybody: who calls the office asks about the law, not about a person."""
    for user in (people["officer"], people["stranger"]):
        pages = found(user, words).get("Danh hiệu, hình thức khen thưởng", [])
        assert pages == [reverse("award_type", args=[code]) for code in codes]


def test_more_awards_than_are_shown_lead_to_the_catalogue(catalogue, officer, client_of):
    page = client_of(officer).get(reverse("find"), {"q": "huân chương"}, headers={"HX-Request": "true"})
    section = next(row for row in page.context["sections"] if row.title.startswith("Danh hiệu"))
    assert (len(section.rows), section.more.partition("?")[0]) == (finding.QUICK, reverse("catalogue"))
    assert section.rows[0].note == "Hình thức khen thưởng · Cấp nhà nước · cá nhân, tập thể"
    everything = client_of(officer).get(section.more).content.decode()
    assert "“Huân chương Hữu nghị”" in everything
    assert "“Lao động tiên tiến”" not in everything


def test_as_many_questions_for_one_of_each_as_for_many(
    cited, letter, cluster, officer, catalogue, django_assert_num_queries
):
    def asks(count):
        user = User.objects.select_related("unit").get(pk=officer.pk)
        with django_assert_num_queries(count):
            finding.find(user, "thi dua", finding.QUICK)

    # Units that went into the own one, then: units twice, papers twice, clusters, campaigns, examples, recipients twice; of
    # awards whether the catalogue changed, those that were found, what is laid before a member of the council; notices,
    # handovers; conferences, plans of conferences.
    asks(17)
    for number in range(20):
        paper_of(officer.unit, officer, f"thi đua {number}")
        make_unit(f"thi-dua-{number}", f"Ban Thi đua {number}")
        Cluster.objects.create(division=cluster.division, name=f"Cụm thi đua {number}", position=number)
    asks(17)
