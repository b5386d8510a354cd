"""Facts of recipients: whose records count for whom, and the same queries for one and for many."""

from datetime import date

from awards.eligibility import rules
from awards.models import Authorship, HeldPost, Inheritance, Initiative, Posting, Rating, Recipient
from awards.recipients.forms import CollectiveForm, PersonForm
from awards.records.facts import facts_of
from tests.awards.conftest import give, make_recipient
from tests.conftest import make_unit
from units.models import Succession, UnitChange

DAY = date(2025, 3, 10)


def judged(plain_catalogue, code, recipient, **more):
    return rules.judge(plain_catalogue.on(DAY), code, facts_of([recipient])[recipient.pk], year=2024, **more)


def test_what_a_second_record_was_given_counts_as_the_first_ones(types, officer, plain_catalogue):
    first, second = make_recipient(name="Lý A"), make_recipient(name="Ly A")
    give(first, "CSTDCS", 2022, officer)
    give(second, "CSTDCS", 2023, officer)
    give(second, "CSTDCS", 2024, officer)
    known = Initiative.objects.create(name="Số hóa hồ sơ", scope="province", year=2023)
    Authorship.objects.create(initiative=known, recipient=second)
    assert judged(plain_catalogue, "CSTDT", first).met is False
    second.merged_into = first
    second.save()
    assert judged(plain_catalogue, "CSTDT", first).met is True


def test_an_initiative_that_was_used_and_a_list_that_was_undone_do_not_count(types, officer, plain_catalogue):
    person = make_recipient()
    rows = [give(person, "CSTDCS", year, officer) for year in (2022, 2023, 2024)]
    known = Initiative.objects.create(name="Số hóa hồ sơ", scope="province", year=2023)
    author = Authorship.objects.create(initiative=known, recipient=person)
    assert judged(plain_catalogue, "CSTDT", person).met is True
    author.used_in = rows[0]
    author.save()
    assert judged(plain_catalogue, "CSTDT", person).met is False
    author.used_in = None
    author.save()
    rows[1].stands = False
    rows[1].save()
    assert judged(plain_catalogue, "CSTDT", person).met is False


def test_a_former_unit_counts_when_the_officer_says_so(types, officer, plain_catalogue):
    old, new = make_unit("xa-cu", "UBND xã Cũ", ended=date(2024, 6, 30)), make_unit("xa-moi", "UBND xã Mới")
    change = UnitChange.objects.create(kind="merge", date=date(2024, 7, 1), citation="Nghị quyết")
    Succession.objects.create(change=change, predecessor=old, successor=new)
    before = make_recipient("collective", old.name, unit=old, is_unit=True)
    now = make_recipient("collective", new.name, unit=new, is_unit=True)
    Rating.objects.create(recipient=before, year=2023, level="excellent")
    Rating.objects.create(recipient=now, year=2024, level="excellent")
    assert judged(plain_catalogue, "BKT", now, route="merit").met is None
    decided = Inheritance.objects.create(
        recipient=now, predecessor=before, counts=True, reason="Kế thừa toàn bộ", by=officer, on=DAY
    )
    assert judged(plain_catalogue, "BKT", now, route="merit").best.findings[0].met is True
    decided.counts = False
    decided.save()
    assert judged(plain_catalogue, "BKT", now, route="merit").met is False


def test_the_same_queries_for_one_and_for_fifty(types, officer, django_assert_max_num_queries):
    unit = make_unit("so-y-te", "Sở Y tế")
    make_recipient("collective", unit.name, unit=unit, is_unit=True)
    for number in range(50):
        give(make_recipient(name=f"Người {number}"), "LDTT", 2024, officer)
    everybody = list(Recipient.objects.all())
    with django_assert_max_num_queries(13):
        found = facts_of(everybody)
    assert sum(len(row.held) for row in found.values()) == 50


def test_whom_some_awards_are_for_alone_is_ticked_or_told_by_the_class_for_the_statistics(types, plain_catalogue):
    """Luật 2022, Điều 64–67 (honours of callings), Điều 73, 74 (those who do business, enterprises)."""
    teacher = make_recipient(groups="teacher,manager")
    business = make_recipient(name="Nông Văn Mẫu", position_class="business")
    company = make_recipient("collective", "Công ty Mẫu", body_class="enterprise", began_on=date(2000, 1, 1))
    found = facts_of([teacher, business, company])
    assert [found[row.pk].groups for row in (teacher, business, company)] == [
        {"teacher", "manager"}, {"scholar"}, {"enterprise"},
    ]  # fmt: skip
    assert judged(plain_catalogue, "NGUT", teacher).general[0].met is True
    assert judged(plain_catalogue, "NGUT", business).general[0].met is False
    for code, article in (("BKTTG", "khoản 5 Điều 73"), ("BKT", "khoản 4 Điều 74")):
        assert any(way.citation.startswith(article) for way in judged(plain_catalogue, code, company).routes)
    assert any(way.citation.startswith("khoản 3 Điều 73") for way in judged(plain_catalogue, "BKTTG", business).routes)


def test_every_group_that_an_award_asks_for_can_be_said_of_a_recipient(plain_catalogue):
    """A head of a foreign state is nobody whom a province proposes."""
    rows = [row for row in (*plain_catalogue.rows, *plain_catalogue.criteria) if row.more.get("group")]
    asked = {group.strip() for row in rows for group in row.more["group"].split(",")}
    asked |= {need["only"] for row in plain_catalogue.criteria for need in row.more["needs"] if "only" in need}
    offered = {*PersonForm.groups, *CollectiveForm.groups, "enterprise"}
    assert asked - offered == {"head-of-state"}
    assert len(",".join(PersonForm.groups)) <= Recipient._meta.get_field("groups").max_length


def test_posts_held_are_facts_with_their_pages(types, officer, plain_catalogue):
    unit = make_unit("so-mau", "Sở Mẫu")
    first, second = make_recipient(name="Lý A", gender="female"), make_recipient(name="Ly A")
    second.merged_into = first
    second.save()
    held = HeldPost.objects.create(
        recipient=second, post="Giám đốc", place="Sở Cũ", since=date(2010, 1, 1), position_class="department"
    )
    Posting.objects.create(
        recipient=first, unit=unit, post="Phó Giám đốc", position_class="department", since=date(2005, 1, 1)
    )
    Posting.objects.create(recipient=first, unit=unit, post="Chuyên viên", position_class="direct")
    known = facts_of([first])[first.pk]
    assert known.is_woman is True
    assert {(row.post, row.place, row.key.get_absolute_url()) for row in known.terms} == {
        ("Giám đốc", "Sở Cũ", held.get_absolute_url()),
        ("Phó Giám đốc", "Sở Mẫu", f"/khen-thuong/nguoi/{first.pk}/thong-tin/"),
    }
    answer = judged(plain_catalogue, "HCLD3", first, route="service")
    assert {row.post for way in answer.routes for finding in way.findings for row in finding.rests_on} == {
        "Giám đốc", "Phó Giám đốc",
    }  # fmt: skip
