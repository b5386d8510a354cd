"""The one search: units by names that were, what an area registers, words that say nothing."""

from datetime import date

import pytest
from django.urls import reverse

from tests.conftest import make_unit
from units import finding
from units.area import UNITS
from units.finding import Found
from units.heirs import find_units
from units.models import Succession, UnitChange

pytestmark = pytest.mark.django_db
ENDED = date(2025, 2, 28)


def went_into(old, new, **fields):
    change = UnitChange.objects.create(kind="merge", date=date(2025, 3, 1), citation="24/NQ-HĐND")
    return Succession.objects.create(change=change, predecessor=old, successor=new, **fields)


def names(user, words, most=20):
    return [row.words for row in find_units(user, words, most)]


@pytest.fixture
def labour(db):
    """A department that is no more, and whose name is like that of a union that is."""
    make_unit("lien-doan", "Liên đoàn Lao động tỉnh Lạng Sơn")
    return make_unit("so-lao-dong", "Sở Lao động - Thương binh và Xã hội", ended=ENDED)


def test_an_old_name_leads_to_today_s_heir_first(labour, officer):
    middle = make_unit("so-viec-lam", "Sở Việc làm", founded=date(2025, 3, 1), ended=date(2025, 6, 30))
    heir = make_unit("so-noi-vu-moi", "Sở Nội vụ mới", founded=date(2025, 7, 1))
    went_into(labour, middle)
    went_into(middle, heir)
    first, second, *_ = find_units(officer, "so lao dong", 20)
    assert (first.words, first.url) == ("Sở Nội vụ mới (từ 01/07/2025)", heir.get_absolute_url())
    assert first.note == "trước đây: Sở Lao động - Thương binh và Xã hội"
    assert second.url == labour.get_absolute_url()
    for words in ("Sở Lao động", "SỞ LAO ĐỘNG", "  so   lao dong ", "lao dong thuong binh"):
        assert heir.get_absolute_url() in [row.url for row in find_units(officer, words, 20)]


def test_an_heir_that_is_found_by_its_own_name_stands_once(officer):
    old = make_unit("xa-cu", "UBND xã Hòa Bình", ended=ENDED)
    new = make_unit("xa-moi", "UBND xã Hòa Bình", founded=date(2025, 3, 1))
    went_into(old, new)
    assert names(officer, "hoa binh") == [new.label, old.label]


def test_what_was_dissolved_is_found_itself(labour, officer):
    assert names(officer, "so lao dong thuong binh") == [labour.label]


def test_as_many_questions_for_one_old_unit_as_for_twenty(labour, so_noi_vu, officer, django_assert_num_queries):
    went_into(labour, so_noi_vu)
    with django_assert_num_queries(4):
        find_units(officer, "so lao dong", 5)
    for number in range(20):
        went_into(make_unit(f"cu-{number}", f"Sở Lao động {number}", ended=ENDED), so_noi_vu)
    with django_assert_num_queries(4):
        find_units(officer, "so lao dong", 5)


# --- The page, the box, what areas register


@pytest.fixture
def recipients(monkeypatch):
    """An area that registers its search, as awards will: a person's awards are for the own unit."""
    asked = []

    def find(user, words, most):
        asked.append((user.username, words, most))
        return [Found(f"Hoàng Văn Bình {number}", f"/khen/{number}/", "Bằng khen") for number in range(8)][:most]

    monkeypatch.setattr(UNITS, "searches", [*UNITS.searches, finding.Search("Người được khen", find, "units")])
    return asked


def test_an_area_registers_its_search(recipients, officer, client_of):
    client = client_of(officer)
    page = client.get(reverse("find"), {"q": "binh"})
    section = next(one for one in page.context["sections"] if one.title == "Người được khen")
    assert (section.title, len(section.rows), section.more) == ("Người được khen", 8, "")
    quick = client.get(reverse("find"), {"q": "binh"}, headers={"HX-Request": "true"})
    section = quick.context["sections"][-1]
    assert (len(section.rows), section.more) == (finding.QUICK, f"{reverse('units')}?q=binh")
    assert recipients == [("hoa", "binh", finding.MANY + 1), ("hoa", "binh", finding.QUICK + 1)]
    assert "<html" not in quick.content.decode()
    assert "/khen/0/" in quick.content.decode()


@pytest.mark.parametrize("words", ["", "   ", "%_'\"\\", "\0", "--"], ids=repr)
def test_words_that_say_nothing_find_nothing(recipients, officer, client_of, words):
    assert client_of(officer).get(reverse("find"), {"q": words}).context["sections"] == []
    assert recipients == []


def test_many_letters_are_cut(recipients, officer, client_of):
    assert client_of(officer).get(reverse("find"), {"q": "đua " * 1500}).status_code == 200
    assert len(recipients[0][1]) <= 200


def test_what_is_typed_is_shown_as_typed(officer, client_of):
    html = client_of(officer).get(reverse("find"), {"q": "<b>khong co</b>"}).content.decode()
    assert "<b>khong" not in html
    assert "&lt;b&gt;khong co&lt;/b&gt;" in html
    assert "Không tìm thấy gì" in html
