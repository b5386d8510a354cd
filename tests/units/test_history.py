"""The units of Lạng Sơn: who was there on a day, what became of whom, and that loading them again changes nothing."""

from collections import Counter
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command

from units import data
from units.models import Sector, Succession, Unit, UnitChange

SEED_DAY, TODAY = date(2020, 2, 25), date(2026, 1, 1)
pytestmark = pytest.mark.usefixtures("province", "db")


def kinds_on(day):
    """How many units of each kind lived on ``day``."""
    return Counter(Unit.objects.alive_on(day).values_list("kind", flat=True))


def words_on(day):
    """How many xã, phường and thị trấn lived on ``day``."""
    names = Unit.objects.alive_on(day).filter(kind="commune").values_list("name", flat=True)
    return Counter(name.removeprefix("UBND ").lower().split()[0] for name in names)


def names(codes_or_units):
    return sorted(str(unit) for unit in codes_or_units)


def forebears(code):
    """The units that went wholly or in part into the unit ``code``, a part with a star."""
    pairs = Succession.objects.filter(successor__code=code).select_related("predecessor")
    return sorted(pair.predecessor.code + ("*" if pair.in_part else "") for pair in pairs)


def heirs(code):
    """The units that the unit ``code`` went into, a part with a star; ``-`` where it has none."""
    pairs = Succession.objects.filter(predecessor__code=code).select_related("successor")
    return sorted((pair.successor.code if pair.successor else "-") + ("*" if pair.in_part else "") for pair in pairs)


# --- Who was there


@pytest.mark.parametrize(
    ("day", "counts"),
    [
        (SEED_DAY, {"xã": 181, "phường": 5, "thị": 14}),
        (date(2024, 11, 30), {"xã": 181, "phường": 5, "thị": 14}),
        (date(2024, 12, 1), {"xã": 175, "phường": 5, "thị": 14}),
        (date(2025, 6, 30), {"xã": 175, "phường": 5, "thị": 14}),
        (date(2025, 7, 1), {"xã": 61, "phường": 4}),
        (TODAY, {"xã": 61, "phường": 4}),
    ],
)
def test_communes_of_a_day_are_as_many_as_the_resolutions_say(day, counts):
    assert words_on(day) == counts


def test_the_day_of_the_seed_letter_has_eleven_districts_and_today_has_none():
    districts = Unit.objects.alive_on(SEED_DAY).filter(kind="district")
    assert names(districts) == names(
        [
            "UBND huyện Bắc Sơn",
            "UBND huyện Bình Gia",
            "UBND huyện Cao Lộc",
            "UBND huyện Chi Lăng",
            "UBND huyện Đình Lập",
            "UBND huyện Hữu Lũng",
            "UBND huyện Lộc Bình",
            "UBND huyện Tràng Định",
            "UBND huyện Văn Lãng",
            "UBND huyện Văn Quan",
            "UBND thành phố Lạng Sơn",
        ]
    )
    assert kinds_on(date(2025, 6, 30))["district"] == 11
    assert kinds_on(date(2025, 7, 1))["district"] == 0


@pytest.mark.parametrize(
    ("district", "before", "after"),
    [
        ("ubnd-huyen-trang-dinh", 22, 20),
        ("ubnd-huyen-binh-gia", 19, 19),
        ("ubnd-huyen-bac-son", 18, 18),
        ("ubnd-huyen-van-quan", 17, 15),
        ("ubnd-huyen-van-lang", 17, 17),
        ("ubnd-huyen-loc-binh", 21, 20),
        ("ubnd-huyen-dinh-lap", 12, 12),
        ("ubnd-huyen-huu-lung", 24, 23),
        ("ubnd-huyen-chi-lang", 20, 20),
        ("ubnd-huyen-cao-loc", 22, 22),
        ("ubnd-thanh-pho-lang-son", 8, 8),
    ],
)
def test_each_district_had_as_many_communes_as_the_resolutions_say(district, before, after):
    under = Unit.objects.filter(superior__code=district)
    assert (under.alive_on(SEED_DAY).count(), under.alive_on(date(2024, 12, 1)).count()) == (before, after)


def test_departments_of_the_seed_s_day_and_of_today_are_different_rows_with_their_years():
    rows = Unit.objects.filter(code__in=["so-noi-vu", "so-noi-vu-2025"]).order_by("code")
    assert [(row.name, row.symbol, row.years) for row in rows] == [
        ("Sở Nội vụ", "SNV", "đến 28/02/2025"),
        ("Sở Nội vụ", "SNV", "từ 01/03/2025"),
    ]
    assert kinds_on(SEED_DAY) == {
        "province": 2,
        "department": 24,
        "front": 6,
        "party": 9,
        "central": 13,
        "district": 11,
        "commune": 200,
        "office": 5,
    }
    assert kinds_on(TODAY)["department"] == 19


def test_every_unit_can_head_a_paper():
    without = Unit.objects.filter(letterhead="") | Unit.objects.filter(symbol="") | Unit.objects.filter(place="")
    assert names(without) == []


@pytest.mark.parametrize(
    ("code", "superior", "issuer", "place"),
    [
        ("so-noi-vu", ["UBND TỈNH LẠNG SƠN"], ["SỞ NỘI VỤ"], "Lạng Sơn"),
        ("ubnd-tinh", [], ["ỦY BAN NHÂN DÂN", "TỈNH LẠNG SƠN"], "Lạng Sơn"),
        ("ubnd-huyen-huu-lung", [], ["ỦY BAN NHÂN DÂN", "HUYỆN HỮU LŨNG"], "Hữu Lũng"),
        ("ubnd-xa-huu-lung-2025", [], ["ỦY BAN NHÂN DÂN", "XÃ HỮU LŨNG"], "Hữu Lũng"),
        ("ubnd-phuong-luong-van-tri-2025", [], ["ỦY BAN NHÂN DÂN", "PHƯỜNG LƯƠNG VĂN TRI"], "Phường Lương Văn Tri"),
        ("ubnd-thi-tran-dong-mo-chi-lang", [], ["ỦY BAN NHÂN DÂN", "THỊ TRẤN ĐỒNG MỎ"], "Đồng Mỏ"),
        ("ban-thi-dua-khen-thuong", ["SỞ NỘI VỤ"], ["BAN THI ĐUA - KHEN THƯỞNG"], "Lạng Sơn"),
    ],
)
def test_the_head_of_a_unit_s_papers_is_that_of_its_level(code, superior, issuer, place):
    unit = Unit.objects.get(code=code)
    assert (unit.superior_lines, unit.issuer_lines, unit.place) == (superior, issuer, place)


# --- What became of whom


def test_every_commune_of_today_has_a_forebear_and_every_former_one_an_heir():
    communes = Unit.objects.filter(kind="commune")
    assert names(communes.filter(founded=data.FIRST_DAY_2025, origins=None)) == []
    assert names(communes.filter(ended__isnull=False, successions=None)) == []
    assert names(communes.filter(ended=None).exclude(founded=data.FIRST_DAY_2025)) == []


def test_every_successor_lives_on_the_day_of_the_change_and_every_predecessor_has_begun():
    wrong = [
        str(pair)
        for pair in Succession.objects.select_related("change", "predecessor", "successor")
        if (pair.successor and not pair.successor.is_alive_on(pair.change.date))
        or (pair.predecessor.founded and pair.predecessor.founded > pair.change.date)
    ]
    assert wrong == []


def test_all_loaded_pairs_pass_the_checks_of_a_typed_one():
    for pair in Succession.objects.select_related("change", "predecessor", "successor").order_by("?")[:25]:
        pair.full_clean()


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("so-noi-vu-2025", ["so-lao-dong-thuong-binh-va-xa-hoi", "so-noi-vu"]),
        ("so-dan-toc-va-ton-giao-2025", ["ban-dan-toc", "so-noi-vu*"]),
        ("so-cong-thuong", ["cuc-quan-ly-thi-truong-tinh"]),
        (
            "ubnd-xa-huu-lung-2025",
            ["ubnd-thi-tran-huu-lung-huu-lung", "ubnd-xa-dong-tan-huu-lung", "ubnd-xa-ho-son-huu-lung"],
        ),
        (
            "ubnd-xa-khanh-khe-2025",
            ["ubnd-xa-binh-trung-cao-loc", "ubnd-xa-khanh-khe-van-quan", "ubnd-xa-xuan-long-cao-loc"],
        ),
        (
            "ubnd-xa-kien-moc-2025",
            ["ubnd-xa-bac-xa-dinh-lap", "ubnd-xa-binh-xa-dinh-lap*", "ubnd-xa-kien-moc-dinh-lap*"],
        ),
        ("ubnd-thi-tran-huu-lung-huu-lung", ["ubnd-xa-son-ha-huu-lung"]),
    ],
)
def test_a_unit_shows_all_that_it_came_from(code, expected):
    assert forebears(code) == expected


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("so-noi-vu", ["so-dan-toc-va-ton-giao-2025*", "so-noi-vu-2025"]),
        ("ubnd-huyen-huu-lung", ["-"]),
        ("ubnd-xa-binh-xa-dinh-lap", ["ubnd-xa-dinh-lap-2025*", "ubnd-xa-kien-moc-2025*"]),
        ("ubnd-xa-dai-dong-trang-dinh", ["ubnd-thi-tran-that-khe-trang-dinh*", "ubnd-xa-doi-can-trang-dinh*"]),
        ("so-tu-phap", []),
    ],
)
def test_a_unit_shows_what_became_of_it(code, expected):
    assert heirs(code) == expected


def test_names_that_come_back_are_told_apart_by_code():
    same = Unit.objects.filter(name="UBND xã Hòa Bình").values_list("code", flat=True)
    assert sorted(same) == [
        "ubnd-xa-hoa-binh-binh-gia",
        "ubnd-xa-hoa-binh-chi-lang",
        "ubnd-xa-hoa-binh-huu-lung",
        "ubnd-xa-hoa-binh-van-quan",
    ]


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("so-noi-vu-2025", {"so-noi-vu-2025", "so-noi-vu", "so-lao-dong-thuong-binh-va-xa-hoi"}),
        ("so-dan-toc-va-ton-giao-2025", {"so-dan-toc-va-ton-giao-2025", "ban-dan-toc"}),
        ("so-noi-vu", {"so-noi-vu"}),
        ("so-y-te", {"so-y-te"}),
        # Two steps back: xã Sơn Hà went into thị trấn Hữu Lũng in 2024, which went into xã Hữu Lũng in 2025.
        (
            "ubnd-xa-huu-lung-2025",
            {
                "ubnd-xa-huu-lung-2025",
                "ubnd-thi-tran-huu-lung-huu-lung",
                "ubnd-xa-dong-tan-huu-lung",
                "ubnd-xa-ho-son-huu-lung",
                "ubnd-xa-son-ha-huu-lung",
            },
        ),
        (
            "ubnd-xa-dinh-lap-2025",
            {"ubnd-xa-dinh-lap-2025", "ubnd-thi-tran-dinh-lap-dinh-lap", "ubnd-xa-dinh-lap-dinh-lap"},
        ),
    ],
)
def test_a_unit_inherits_from_those_that_went_wholly_into_it(code, expected, django_assert_num_queries):
    unit = Unit.objects.get(code=code)
    with django_assert_num_queries(1):
        keys = unit.with_predecessors()
    assert set(Unit.objects.filter(pk__in=keys).values_list("code", flat=True)) == expected


# --- Loading


def rows():
    """Everything that ``load_units`` stores, as plain values."""
    return [list(model.objects.order_by("pk").values()) for model in (Sector, Unit, UnitChange, Succession)]


def test_loading_again_changes_nothing():
    before = rows()
    call_command("load_units", verbosity=0)
    assert rows() == before


def test_loading_again_leaves_what_the_office_has_corrected():
    unit = Unit.objects.get(code="so-ngoai-vu")
    unit.name, unit.ended, unit.note = "Sở Ngoại vụ tỉnh", date(2025, 2, 28), ""
    unit.save()
    Sector.objects.filter(code="y-te").update(name="Y tế, dân số")
    Succession.objects.filter(successor__code="so-cong-thuong").delete()
    UnitChange.objects.filter(note="Thành lập Sở Xây dựng.").update(note="Đã kiểm tra")
    before = rows()
    call_command("load_units", verbosity=0)
    assert rows() == before


def test_loading_again_brings_back_a_unit_that_is_missing_with_its_pairs():
    call_command("load_units", verbosity=0)
    pairs = Succession.objects.count()
    Succession.objects.filter(predecessor__code="ubnd-xa-bac-xa-dinh-lap").delete()
    Unit.objects.get(code="ubnd-xa-bac-xa-dinh-lap").delete()
    call_command("load_units", verbosity=0)
    assert heirs("ubnd-xa-bac-xa-dinh-lap") == ["ubnd-xa-kien-moc-2025"]
    assert Succession.objects.count() == pairs
    assert UnitChange.objects.filter(note="Thành lập xã Kiên Mộc.").count() == 1


# --- What may never be stored


def refusals(row):
    """What ``full_clean`` says of ``row``, by field."""
    with pytest.raises(ValidationError) as refused:
        row.full_clean()
    return refused.value.message_dict


def test_a_unit_that_ended_before_it_began_is_refused_in_vietnamese():
    unit = Unit(code="x", name="Sở X", kind="department", founded=date(2025, 7, 1), ended=date(2025, 6, 30))
    assert refusals(unit) == {"ended": ["Ngày kết thúc sớm hơn ngày thành lập. Hãy sửa lại một trong hai ngày."]}


def test_a_second_unit_of_one_code_is_refused_in_vietnamese():
    unit = Unit(code="so-noi-vu", name="Sở Nội vụ", kind="department")
    assert refusals(unit) == {"code": ["Mã này đã được dùng cho một đơn vị khác. Hãy chọn mã khác."]}


def test_a_pair_without_units_is_refused_in_vietnamese():
    pair = Succession(change=UnitChange.objects.first())
    assert refusals(pair) == {"__all__": ["Hãy chọn đơn vị cũ hoặc đơn vị mới."]}


def test_a_circle_of_three_is_refused_in_vietnamese():
    one, two, three = Unit.objects.filter(code__in=["so-y-te", "so-tu-phap", "so-ngoai-vu"]).order_by("code")
    change = UnitChange.objects.create(kind="merge", date=date(2030, 1, 1), citation="Nghị quyết thử")
    for old, new in [(one, two), (two, three)]:
        Succession.objects.create(change=change, predecessor=old, successor=new)
    assert refusals(Succession(change=change, predecessor=three, successor=one)) == {
        "successor": [
            f"«{three}» sẽ trở thành đơn vị kế thừa của chính mình, qua «{one}». "
            "Nếu đơn vị được lập lại, hãy thêm một đơn vị mới với mã mới."
        ]
    }
