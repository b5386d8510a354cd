"""Initiatives, ratings, figures of collectives, discipline: who records them, what is refused, what the log tells."""

from datetime import date

import pytest
from django.urls import reverse

from awards.models import Award, HeldPost, Initiative, Pause, Rating, Team
from awards.records import actions
from awards.records.rules import fault_of_year
from documents.models import Change
from documents.steps.refusing import Refused
from tests.awards.conftest import give, make_recipient
from tests.conftest import make_unit
from tests.days import TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("day_of_the_run")]
LAST = TODAY.year - 1


@pytest.fixture
def person(types, other_unit):
    return make_recipient(name="Nguyễn Văn Mẫu", unit=other_unit, began_year=1980)


@pytest.fixture
def body(types, other_unit):
    return make_recipient("collective", "Phòng Mẫu", unit=other_unit)


def typed(kind, person, body):
    """What the form of each kind sends."""
    return {
        "initiative": {"name": "Số hóa hồ sơ", "kind": "initiative", "scope": "province", "year": LAST, "authors": person.name,
                       "number": "12/QĐ-UBND", "recognised_on": f"01/12/{LAST}"},
        "rating": {"recipient": "nguyen van mau", "year": LAST, "level": "good", "paper": "12/TB-SMAU"},
        "team": {"recipient": f"Phòng Mẫu #{body.pk}", "year": LAST, "members": 10, "ldtt": 8},
        "pause": {"recipient": person.name, "kind": "discipline", "since": f"05/03/{LAST}", "paper": "9/QĐ-SMAU"},
        "held_post": {"recipient": person.name, "post": "Giám đốc", "place": "Sở Mẫu", "since": "01/02/2015",
                      "position_class": "department", "paper": "7/QĐ-UBND"},
    }[kind]  # fmt: skip


MODELS = {"initiative": Initiative, "rating": Rating, "team": Team, "pause": Pause, "held_post": HeldPost}
LISTS = {
    "initiative": "initiatives",
    "rating": "ratings",
    "team": "teams",
    "pause": "pauses",
    "held_post": "held_posts",
}


@pytest.mark.parametrize("kind", MODELS)
def test_written_changed_removed_and_told(kind, person, body, officer, unit_officer, stranger, client_of):
    client, told = client_of(officer), typed(kind, person, body)
    assert client.post(reverse(f"new_{kind}"), told).url == reverse(LISTS[kind])
    row = MODELS[kind].objects.get()
    assert row.version == 1
    page = client.get(row.get_absolute_url())
    change = {"paper": "khác"} if kind in ("rating", "pause", "held_post") else {"year": LAST - 1}
    again = {name: page.context["form"][name].value() or "" for name in page.context["form"].fields} | told | change
    assert client.post(row.get_absolute_url(), again | {"version": 7}).status_code == 422
    assert client.post(row.get_absolute_url(), again | {"version": 1}).status_code == 302
    row.refresh_from_db()
    assert row.version == 2
    # Their own unit reads it, no other one does, and neither writes.
    own, other = client_of(unit_officer), client_of(stranger)
    assert own.get(row.get_absolute_url()).status_code == 200
    assert other.get(row.get_absolute_url()).status_code == 404
    shown = own.get(reverse(LISTS[kind])).content.decode()
    assert ("Nguyễn Văn Mẫu" in shown) or ("Phòng Mẫu" in shown)
    assert "Mẫu</" not in other.get(reverse(LISTS[kind])).content.decode()
    assert own.post(reverse(f"new_{kind}"), told).status_code == 403
    assert own.post(reverse(f"remove_{kind}", args=[row.pk]), {"version": 2, "reason": "x"}).status_code == 403
    own.post(row.get_absolute_url(), again | {"version": 2})
    row.refresh_from_db()
    assert row.version == 2
    assert client.post(reverse(f"remove_{kind}", args=[row.pk]), {"version": 2, "reason": " "}).status_code == 422
    assert (
        client.post(reverse(f"remove_{kind}", args=[row.pk]), {"version": 2, "reason": "Ghi nhầm"}).status_code == 302
    )
    assert not MODELS[kind].objects.exists()
    acts = list(Change.objects.filter(about=kind).order_by("pk").values_list("what", "reason"))
    assert acts == [("begin", ""), ("edit", ""), ("remove", "Ghi nhầm")]


@pytest.mark.parametrize(
    ("kind", "change", "field", "words"),
    [
        ("rating", {"year": LAST + 2}, "year", "không đúng"),
        ("rating", {"year": 1979}, "year", "trước khi"),
        ("rating", {"recipient": "Không Có Ai"}, "recipient", "Chưa có"),
        ("initiative", {"authors": ""}, "authors", ""),
        ("initiative", {"authors": "Nguyễn Văn Mẫu\nAi Đó"}, "authors", "Ai Đó"),
        ("team", {"ldtt": 11}, None, "Lớn hơn số người"),
        ("pause", {"since": "05/03/2150"}, "since", "chưa đến"),
        ("pause", {"since": f"05/03/{LAST}", "until": f"04/03/{LAST}"}, "until", "sớm hơn"),
        ("pause", {"since": "05/03/1979"}, "since", "trước khi"),
        ("held_post", {"since": "01/02/2150"}, "since", "chưa đến"),
        ("held_post", {"until": "31/01/2015"}, "until", "sớm hơn"),
        ("held_post", {"position_class": ""}, "position_class", "Hãy chọn lớp"),
        ("held_post", {"place": ""}, "place", ""),
    ],
)
def test_what_is_refused_stands_beside_its_field_and_the_form_comes_back(
    person, body, officer, client_of, kind, change, field, words
):
    answer = client_of(officer).post(reverse(f"new_{kind}"), typed(kind, person, body) | change)
    assert answer.status_code == 422
    found = answer.context["form"].errors
    assert words in " ".join(found[field or "__all__"])
    assert not MODELS[kind].objects.exists()


@pytest.mark.parametrize(
    ("today", "year", "rated", "is_fine"),
    [
        (date(2026, 11, 30), 2026, True, False),
        (date(2026, 12, 1), 2026, True, True),
        (date(2026, 1, 1), 2025, True, True),
        (date(2026, 12, 31), 2027, True, False),
        (date(2026, 5, 1), 2026, False, True),
        (date(2026, 5, 1), 1944, False, False),
    ],
)
def test_a_year_that_is_not_over_has_no_rating(types, today, year, rated, is_fine):
    assert (fault_of_year(year, today, rated=rated) == "") is is_fine


def test_one_rating_a_year(person, officer):
    actions.save(Rating(recipient=person, year=LAST, level="good"), by=officer)
    with pytest.raises(Refused, match="đã có"):
        actions.save(Rating(recipient=person, year=LAST, level="done"), by=officer)


def test_two_of_one_name_are_told_apart(person, officer, client_of):
    other = make_recipient(name="Nguyễn Văn Mẫu", unit=make_unit("so-b", "Sở B"))
    told = {"year": LAST, "level": "good", "paper": ""}
    refused = client_of(officer).post(reverse("new_rating"), told | {"recipient": "Nguyễn Văn Mẫu"})
    assert f"Sở B #{other.pk}" in " ".join(refused.context["form"].errors["recipient"])
    client_of(officer).post(reverse("new_rating"), told | {"recipient": f"Nguyễn Văn Mẫu #{other.pk}"})
    assert Rating.objects.get().recipient == other
    assert (
        f"#{other.pk}"
        in client_of(officer).get(reverse("name_recipients"), {"recipient": "nguyen mau"}).content.decode()
    )


def test_an_initiative_that_was_used_stays(person, officer):
    row = actions.save(Initiative(name="Số hóa", scope="unit", year=LAST), by=officer, authors=[person])
    author = row.authorships.get()
    author.used_in = give(person, "CSTDCS", LAST, officer)
    author.save()
    other = make_recipient(name="Lý B")
    with pytest.raises(Refused, match="đã dùng"):
        actions.save(row, by=officer, authors=[other], seen_version=row.version)
    with pytest.raises(Refused, match="đã dùng"):
        actions.remove(row, by=officer, reason="x")
    assert Award.objects.get().initiatives.count() == 1


def test_an_author_says_for_which_own_award_it_was_used(person, officer, client_of):
    row = actions.save(Initiative(name="Số hóa", scope="unit", year=LAST), by=officer, authors=[person])
    author, client = row.authorships.get(), client_of(officer)
    mine, other = give(person, "CSTDCS", LAST, officer), give(make_recipient(name="Lý B"), "CSTDCS", LAST, officer)
    told = {"name": "Số hóa", "kind": "initiative", "scope": "unit", "year": LAST, "authors": person.name}
    refused = client.post(row.get_absolute_url(), told | {"version": 1, f"used_{author.pk}": other.pk})
    assert list(refused.context["form"].errors) == [f"used_{author.pk}"]
    client.post(row.get_absolute_url(), told | {"version": 1, f"used_{author.pk}": mine.pk})
    author.refresh_from_db()
    assert author.used_in == mine
    assert "Nguyễn Văn Mẫu: " in str(Change.objects.filter(about="initiative").latest("pk").changes)
    client.post(row.get_absolute_url(), told | {"version": 2, f"used_{author.pk}": ""})
    author.refresh_from_db()
    assert author.used_in is None


def test_an_initiative_is_recorded_once_for_an_author(person, officer):
    actions.save(Initiative(name="Số hóa", scope="unit", year=LAST - 1), by=officer, authors=[person])
    with pytest.raises(Refused, match=f"ghi năm {LAST - 1}"):
        actions.save(Initiative(name="SỐ HOÁ ", scope="unit", year=LAST), by=officer, authors=[person])
    actions.save(Initiative(name="Số hóa", scope="unit", year=LAST), by=officer, authors=[make_recipient(name="Lý B")])


def test_a_unit_is_rated_on_one_sheet(person, body, officer, client_of, django_assert_max_num_queries):
    client = client_of(officer)
    address = f"{reverse('rating_sheet')}?don_vi={person.unit_id}&nam={LAST}"
    assert [row.name for row, _ in client.get(address).context["form"].rows] == ["Phòng Mẫu", "Nguyễn Văn Mẫu"]
    client.post(address, {f"level_{person.pk}": "excellent", f"level_{body.pk}": "", "paper": "3/TB"})
    assert [(row.recipient, row.level, row.paper) for row in Rating.objects.all()] == [(person, "excellent", "3/TB")]
    client.post(address, {f"level_{person.pk}": "good", f"level_{body.pk}": "good", "paper": ""})
    assert set(Rating.objects.values_list("level", "paper")) == {("good", "3/TB"), ("good", "")}
    late = f"{reverse('rating_sheet')}?don_vi={person.unit_id}&nam={LAST + 5}"
    assert client.post(late, {f"level_{person.pk}": "good"}).status_code == 422


@pytest.mark.parametrize("kind", MODELS)
def test_lists_ask_as_much_for_many_as_for_one(kind, person, body, officer, client_of, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = client_of(officer)
    client.post(reverse(f"new_{kind}"), typed(kind, person, body))
    client.get(reverse(LISTS[kind]))
    with CaptureQueriesContext(connection) as asked:
        client.get(reverse(LISTS[kind]))
    count = len(asked)
    for number in range(5):
        other = make_recipient(name=f"Lý {number}", unit=person.unit)
        whole = make_recipient("collective", f"Phòng {number}", unit=person.unit)
        client.post(
            reverse(f"new_{kind}"),
            typed(kind, other, whole)
            | ({"recipient": f"x #{other.pk}"} if kind in ("rating", "pause", "held_post") else {}),
        )
    assert MODELS[kind].objects.count() > 1
    with django_assert_num_queries(count):
        client.get(reverse(LISTS[kind]))


def test_lists_are_narrowed(person, officer, client_of):
    client = client_of(officer)
    row = actions.save(Initiative(name="Số hóa", scope="unit", year=LAST), by=officer, authors=[person])
    actions.save(
        Pause(recipient=person, kind="discipline", since=date(LAST, 1, 2), until=date(LAST, 2, 3), paper="1"),
        by=officer,
    )
    for name, asked, count in (
        ("initiatives", {"dung": "co"}, 0),
        ("initiatives", {"dung": "chua", "q": "nguyen mau"}, 1),
        ("pauses", {"con": "con"}, 0),
        ("pauses", {"con": "het"}, 1),
    ):
        assert len(client.get(reverse(name), asked).context["page_obj"].object_list) == count
    row.authorships.update(used_in=give(person, "CSTDCS", LAST, officer))
    assert len(client.get(reverse("initiatives"), {"dung": "co"}).context["page_obj"].object_list) == 1
