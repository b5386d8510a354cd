"""The page of a recipient: what was given, what counts and why not, what could come next; and whose it is to see."""

from datetime import date

import pytest
from django.urls import reverse

from awards.models import Authorship, Inheritance, Initiative, Rating
from awards.overview import standing
from awards.overview.inheritance import decide
from awards.records.facts import facts_of
from documents.models import history_of
from documents.steps.refusing import Refused, Stale
from tests.awards.conftest import give, make_recipient
from tests.conftest import make_unit
from units.models import Succession, UnitChange

ADDRESSES = ("recipient", "judgement", "inherit")


@pytest.fixture
def person(types, officer, other_unit):
    """Somebody of ``other_unit`` with two years of titles."""
    row = make_recipient(name="Nông Thị Mẫu", unit=other_unit, gender="female", began_on=date(1985, 3, 2))
    for year in (2024, 2025):
        Rating.objects.create(recipient=row, year=year, level="excellent")
        give(row, "LDTT", year, officer)
        give(row, "CSTDCS", year, officer, amount=2_340_000)
    return row


def page_of(client, row):
    return client.get(reverse("recipient", args=[row.pk])).content.decode()


def test_the_page_tells_what_was_given_and_what_is_missing(person, client_of, officer):
    shown = page_of(client_of(officer), person)
    assert "“Chiến sĩ thi đua cơ sở”" in shown
    assert "2.340.000 đồng" in shown
    assert "Hoàn thành xuất sắc nhiệm vụ" in shown
    assert "thêm 1 năm CSTĐ cơ sở 2026" in shown


def test_what_does_not_count_says_why(person, officer, plain_catalogue):
    give(person, "BKT", 2025, officer, route="deed", deed="Cứu người")
    row = give(person, "CSTDCS", 2023, officer)
    row.cancelled_on = date(2024, 9, 1)
    row.save()
    facts = facts_of([person])[person.pk]
    years = standing.years_of(plain_catalogue.on(date(2026, 11, 28)), facts, {person.pk})
    reasons = {(line.award.type.code, year.year): line.why_not for year in years for line in year.lines}
    assert reasons["BKT", 2025] == "khen đột xuất, chuyên đề, không làm căn cứ xét công trạng"
    assert reasons["CSTDCS", 2023] == "đã hủy từ 01/09/2024"
    assert reasons["CSTDCS", 2025] == ""
    assert [year.year for year in years] == [2025, 2024, 2023]


def test_another_units_person_is_not_found(person, client_of, stranger):
    answers = {name: client_of(stranger).get(reverse(name, args=[person.pk])).status_code for name in ADDRESSES}
    assert answers == {"recipient": 404, "judgement": 404, "inherit": 403}


def test_the_own_officer_sees_it(person, client_of, unit_officer):
    assert client_of(unit_officer).get(reverse("recipient", args=[person.pk])).status_code == 200


def test_as_many_queries_with_ten_times_the_awards(person, client_of, officer, django_assert_max_num_queries):
    for year in range(2005, 2024):
        give(person, "LDTT", year, officer)
    client = client_of(officer)
    page_of(client, person)
    with django_assert_max_num_queries(24):
        page_of(client, person)


def test_the_answer_names_conditions_facts_and_articles(person, client_of, officer):
    known = Initiative.objects.create(name="Số hóa hồ sơ", scope="province", year=2025, number="12/QĐ-UBND")
    Authorship.objects.create(initiative=known, recipient=person)
    address = reverse("judgement", args=[person.pk])
    shown = client_of(officer).get(address, {"danh_hieu": "CSTDT", "nam": 2025, "ngay": "10/03/2026"}).content.decode()
    for words in ("Chưa đủ điều kiện", "Còn thiếu: thêm 1 năm", "khoản 1 Điều 22", "«Số hóa hồ sơ»", "12/QĐ-UBND"):
        assert words in shown


@pytest.mark.parametrize(
    "asked",
    [{"danh_hieu": "KHONGCO"}, {"danh_hieu": "CSTDT", "ngay": "32/13/2026"}, {"danh_hieu": "CSTDT", "nam": "x"}],
)
def test_a_wrong_question_is_told_beside_its_field(person, client_of, officer, asked):
    response = client_of(officer).get(reverse("judgement", args=[person.pk]), asked)
    assert response.status_code == 200
    [words] = [each for errors in response.context["form"].errors.values() for each in errors]
    assert words in response.content.decode()


@pytest.fixture
def merged(types, officer):
    """A commune of today and what it was before."""
    old, new = make_unit("xa-cu", "UBND xã Cũ", ended=date(2025, 6, 30)), make_unit("xa-moi", "UBND xã Mới")
    change = UnitChange.objects.create(kind="merge", date=date(2025, 7, 1), citation="Nghị quyết")
    Succession.objects.create(change=change, predecessor=old, successor=new)
    before = make_recipient("collective", old.name, unit=old, is_unit=True)
    give(before, "TTLDXS", 2024, officer)
    return make_recipient("collective", new.name, unit=new, is_unit=True), before


def test_whether_a_former_unit_counts_is_the_officers_decision(merged, client_of, officer):
    now, before = merged
    assert "của UBND xã Cũ, chờ quyết định" in page_of(client_of(officer), now)
    address = reverse("inherit", args=[now.pk])
    data = {"predecessor": before.pk, "counts": "yes", "reason": "Tiếp nhận toàn bộ", "version": now.version}
    assert client_of(officer).post(address, data).status_code == 302
    shown = page_of(client_of(officer), now)
    assert "chờ quyết định" not in shown
    assert "thành tích được tính: Tiếp nhận toàn bộ" in shown
    told = history_of("recipient", now.pk).get(what="inherit")
    assert (told.of, told.changes) == (before.pk, {f"Thành tích của {before}": ["Chưa quyết định", "Được tính"]})


def test_two_officers_decide_one_after_the_other(merged, officer, leader):
    now, before = merged
    facts = {"predecessor": before, "reason": "Theo nghị quyết", "seen_version": now.version}
    decide(now, by=officer, counts=True, **facts)
    with pytest.raises(Stale):
        decide(now, by=leader, counts=False, **facts)
    assert Inheritance.objects.get().counts is True


def test_who_does_not_manage_does_not_decide(merged, unit_officer, officer):
    now, before = merged
    facts = {"predecessor": before, "counts": True, "reason": "x", "seen_version": now.version}
    with pytest.raises(Refused, match="Sở Nội vụ"):
        decide(now, by=unit_officer, **facts)
    other = make_recipient("collective", "Tập thể khác")
    with pytest.raises(Refused, match="không nhập vào"):
        decide(now, by=officer, **facts | {"predecessor": other})
