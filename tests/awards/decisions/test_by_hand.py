"""A decision that was made elsewhere, entered by hand: from its number to awards that count."""

from datetime import date

import pytest
from django.urls import reverse

from awards.decisions import actions
from awards.decisions.checking import report_on
from awards.models import Award, Decision, Office, Recipient
from documents.models import history_of
from documents.steps.refusing import Refused
from tests.awards.conftest import give, make_recipient
from tests.awards.decisions.lists import begun, entry_of
from tests.conftest import make_unit

pytestmark = pytest.mark.django_db


def typed(*rows):
    """Rows as the page sends them."""
    data = {"row-TOTAL_FORMS": len(rows), "row-INITIAL_FORMS": 0}
    for number, row in enumerate(rows):
        data |= {f"row-{number}-{name}": value for name, value in row.items()}
    return data


def facts(types, **changes):
    """What the form of a decision sends."""
    office = Office.objects.get(code="province")
    told = {"number": "88/QĐ-UBND", "day": "25/12/2024", "office": office.pk, "subject": "Tặng Bằng khen", "year": 2024}
    return told | {"route": "merit", "award": types["BKT"].pk, "deed": "Đã có thành tích xuất sắc năm 2024"} | changes


def test_from_the_form_to_awards_that_count(types, officer, client_of):
    unit = make_unit("so-mau", "Sở Mẫu")
    known = make_recipient(name="Nguyễn Văn Mẫu", unit=unit)
    client = client_of(officer)
    answer = client.post(reverse("new_decision"), facts(types))
    decision = Decision.objects.get()
    assert answer.url == reverse("type_list", args=[decision.pk])
    rows = typed(
        {"whom": "Cá nhân", "name": "Nguyễn Văn Mẫu", "unit": "so mau", "post": "Trưởng phòng"},
        {"whom": "Cá nhân", "name": "Lý Thị Mới", "born": "05/03/1980", "unit": "Sở Mẫu"},
        {"whom": "Tập thể", "name": "Sở Mẫu"},
        {
            "whom": "Hộ gia đình",
            "name": "Hộ ông Trần Văn Mẫu",
            "unit": "Xã Chưa Có",
            "deed": "Hiến 500 m² đất làm đường",
        },
        {"whom": "Cá nhân", "name": ""},
    )
    assert client.post(reverse("type_list", args=[decision.pk]), rows).url == reverse("check_list", args=[decision.pk])
    page = client.get(reverse("check_list", args=[decision.pk]))
    report = page.context["report"]
    assert (report.known, report.new, report.probable, report.faults) == (1, 3, 0, [])
    assert "Xã Chưa Có" in page.content.decode()
    stored = client.post(reverse("store_list", args=[decision.pk]), {"version": decision.version})
    assert stored.url == reverse("decision", args=[decision.pk])
    awards = list(Award.objects.order_by("position"))
    assert [row.name for row in awards] == ["Nguyễn Văn Mẫu", "Lý Thị Mới", "Sở Mẫu", "Hộ ông Trần Văn Mẫu"]
    assert awards[0].recipient == known
    assert awards[0].post == "Trưởng phòng, so mau"
    assert awards[0].unit == unit
    assert awards[1].recipient.began_on == date(1980, 3, 5)
    assert awards[2].recipient.is_unit
    assert awards[2].recipient.unit == unit
    assert [row.deed for row in awards[2:]] == ["Đã có thành tích xuất sắc năm 2024", "Hiến 500 m² đất làm đường"]
    assert {row.type.code for row in awards} == {"BKT"}
    assert {row.year for row in awards} == {2024}
    assert [row.what for row in history_of("decision", decision.pk)] == ["store", "begin"]
    assert "Hộ ông Trần Văn Mẫu" in client.get(stored.url).content.decode()


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"day": "01/01/2150"}, "day", "chưa đến"),
        ({"number": ""}, "number", "Hãy ghi số"),
        ({"known": "9/QĐ-XX"}, "known", "Sổ chưa có"),
        ({"year": "2025"}, "year", "sau ngày ký"),
        ({"first_year": "2025"}, "first_year", "lớn hơn"),
    ],
)
def test_what_is_wrong_with_a_decision_stands_beside_its_field_and_all_comes_back(
    types, officer, client_of, changes, field, words
):
    answer = client_of(officer).post(reverse("new_decision"), facts(types, subject="Về việc tặng Bằng khen") | changes)
    assert answer.status_code == 422
    assert not Decision.objects.exists()
    assert words in " ".join(answer.context["form"].errors[field])
    assert "Về việc tặng Bằng khen" in answer.content.decode()


def test_an_office_that_was_no_more_could_not_decide(types, officer, client_of):
    district = Office.objects.get(code="district").pk
    answer = client_of(officer).post(
        reverse("new_decision"), facts(types, office=district, day="01/07/2025", year=2025)
    )
    assert "không còn" in " ".join(answer.context["form"].errors["office"])
    assert (
        client_of(officer).post(reverse("new_decision"), facts(types, office=district, day="30/06/2025")).status_code
        == 302
    )


def test_a_decision_is_entered_once(types, officer):
    begun(officer, number="88/QĐ-UBND")
    with pytest.raises(Refused, match="đã có"):
        begun(officer, number="88/qđ-ubnd")
    begun(officer, number="89/QĐ-UBND")


def test_one_of_the_same_name_elsewhere_is_for_a_person_to_tell(types, officer, client_of):
    here, there = make_unit("so-a", "Sở A"), make_unit("so-b", "Sở B")
    other = make_recipient(name="Hoàng Thị Hòa", unit=there)
    decision = begun(officer, award=types["BKT"])
    actions.type_rows(decision, [{"whom": "Cá nhân", "name": "Hoàng Thị Hoà", "unit": here.name}], by=officer)
    report = report_on(entry_of(decision))
    assert report.probable == 1
    assert report.open[0][4] == [[other.pk, "Hoàng Thị Hòa, Sở B"]]
    assert not report.may_be_stored
    with pytest.raises(Refused, match="chưa chọn"):
        actions.store(decision, by=officer)
    client = client_of(officer)
    client.post(reverse("mend_list", args=[decision.pk]), {"who-1": other.pk})
    assert report_on(entry_of(decision)).known == 1
    client.post(reverse("mend_list", args=[decision.pk]), {"who-1": "0"})
    assert report_on(entry_of(decision)).new == 1
    actions.store(decision, by=officer)
    assert Recipient.objects.filter(name_key="hoang thi hoa").count() == 2


def test_what_somebody_has_is_not_given_twice(types, officer):
    person = make_recipient(name="Nông Văn Hai", unit=make_unit("so-a", "Sở A"))
    give(person, "BKT", 2024, officer, number="7/QĐ-UBND")
    decision = begun(officer, award=types["BKT"])
    row = {"whom": "Cá nhân", "name": person.name, "unit": "Sở A"}
    actions.type_rows(decision, [row, row | {"year": "2023"}, row | {"year": "2023"}], by=officer)
    report = report_on(entry_of(decision))
    assert [words.split(":")[0].split(" theo ")[0] for _, words in report.faults] == [
        "Nông Văn Hai đã có Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh năm 2024",
        "trùng dòng 2",
    ]
    assert "7/QĐ-UBND" in report.faults[0][1]
    assert report.faults[0][0].startswith("Dòng 1")


def test_only_the_department_enters_and_others_see_their_own(types, officer, client_of, unit_officer):
    decision = begun(officer, award=types["BKT"])
    stranger = client_of(unit_officer)
    for name in ("decision", "check_list", "type_list", "list_file", "edit_decision"):
        assert stranger.get(reverse(name, args=[decision.pk])).status_code in (403, 404)
    assert stranger.get(reverse("new_decision")).status_code == 403
    with pytest.raises(Refused):
        actions.type_rows(decision, [{"name": "A"}], by=unit_officer)
    mine = {"whom": "Cá nhân", "name": "Lý A", "unit": unit_officer.unit.name}
    theirs = {"whom": "Cá nhân", "name": "Lý B", "unit": officer.unit.name}
    actions.type_rows(decision, [mine, theirs], by=officer)
    actions.store(decision, by=officer)
    page = stranger.get(decision.get_absolute_url()).content.decode()
    assert "Lý A" in page
    assert "Lý B" not in page
    assert stranger.get(reverse("award", args=[Award.objects.get(name="Lý B").pk])).status_code == 404
    assert "Gỡ cả danh sách" not in page
