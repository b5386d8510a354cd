"""The list of awards and the check of a list: whose, filtered, exported, in a constant number of queries."""

import pytest
from django.urls import reverse

from tests.awards.conftest import give, make_recipient
from tests.exported import sheet_of


@pytest.fixture
def given(types, officer, other_unit, so_noi_vu):
    """Ten people of two units with a title each; one of them with a gap."""
    rows = [
        make_recipient(name=f"Người {number:02}", unit=other_unit if number % 2 else so_noi_vu) for number in range(10)
    ]
    for number, row in enumerate(rows):
        for year in (2023, 2024, 2025):
            if number or year != 2024:
                give(row, "CSTDCS", year, officer)
    return rows


def test_each_sees_the_awards_of_the_own_unit(given, client_of, officer, unit_officer, stranger):
    seen = {name: client_of(user).get(reverse("awards")).context["page_obj"].paginator.count
            for name, user in {"all": officer, "own": unit_officer, "none": stranger}.items()}  # fmt: skip
    assert seen == {"all": 29, "own": 15, "none": 0}


def test_the_export_holds_what_the_filter_leaves(given, client_of, officer):
    response = client_of(officer).get(reverse("awards"), {"q": "nguoi 03", "danh_hieu": "CSTDCS", "xuat": "xlsx"})
    words = [str(cell.value) for row in sheet_of(response).iter_rows() for cell in row if cell.value is not None]
    assert sum(word == "Người 03" for word in words) == 3
    assert "Người 04" not in words


def test_as_many_queries_for_three_pages_as_for_one(given, client_of, officer, django_assert_max_num_queries):
    client = client_of(officer)
    client.get(reverse("awards"))
    with django_assert_max_num_queries(12):
        client.get(reverse("awards"))


def test_a_list_is_checked_at_once(given, client_of, officer, django_assert_max_num_queries):
    asked = {"danh_hieu": "CSTDT", "nam": 2025, "la": "person"}
    client = client_of(officer)
    client.get(reverse("check_awards"), asked)
    with django_assert_max_num_queries(20):
        response = client.get(reverse("check_awards"), asked)
    answers = {row.recipient.name: row.answer.missing for row in response.context["page_obj"]}
    assert len(answers) == 10
    assert answers["Người 00"].startswith("thêm 2 năm CSTĐ cơ sở 2026–2027")
    assert answers["Người 01"].startswith("01 sáng kiến cấp tỉnh")


def test_the_check_of_a_unit_shows_its_own_alone(given, client_of, unit_officer):
    response = client_of(unit_officer).get(reverse("check_awards"), {"danh_hieu": "CSTDT", "nam": 2025})
    assert {row.recipient.name for row in response.context["page_obj"]} == {
        f"Người {number:02}" for number in (1, 3, 5, 7, 9)
    }


def test_a_household_cannot_have_what_is_for_others(types, client_of, officer, so_noi_vu):
    make_recipient("household", "Hộ gia đình Mẫu", unit=so_noi_vu)
    response = client_of(officer).get(reverse("check_awards"), {"danh_hieu": "CSTDCS", "nam": 2025, "la": "household"})
    [row] = response.context["page_obj"]
    assert row.answer.met is False
