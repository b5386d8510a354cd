"""What needs no database: names, ethnic groups, what can be true of a recipient, which two are probably one."""

import unicodedata
from datetime import date
from types import SimpleNamespace

import pytest

from awards.recipients import ethnic_groups
from awards.recipients.matching import PROBABLE, Known, Lines, Reason, likeness, pairs_among
from awards.recipients.names import given_of, name_key
from awards.recipients.rules import digits_of, fault_of_name, fault_of_number, fault_of_posting, faults_of
from units.text import searchable, searched

TODAY = date(2026, 11, 28)
D = date


# --- Names

ONE_NAME = ["Nông Thị Hòa", "Nông Thị Hoà", "NÔNG THỊ HOÀ", "nông  thị\thòa", "Nông Thị Hòa\u200b"]


@pytest.mark.parametrize("name", [*ONE_NAME, *(unicodedata.normalize("NFD", name) for name in ONE_NAME)])
def test_spellings_of_one_name_have_one_key_and_are_found_alike(name):
    assert name_key(name, "person") == "nong thi hoa"
    assert all(word in searchable(name) for word in searched("Hoà nông"))


@pytest.mark.parametrize(
    ("one", "other", "kind", "same"),
    [
        ("Đặng Văn Sỹ", "Ðặng Văn Sĩ", "person", True),  # U+00D0, as old keyboards write it
        ("Lý Thị Mỹ", "Lí Thị Mĩ", "person", True),
        ("Quý", "Quí", "person", True),
        ("Nguyễn Thị Thúy", "Nguyễn Thị Thúi", "person", False),
        ("Hoàng Văn Đạt", "Hoàng Văn Dạt", "person", True),
        ("Hộ gia đình ông Nông Văn Mẫu", "Gia đình Nông Văn Mẫu", "household", True),
        ("Ông Nông Văn Mẫu", "Nông Văn Mẫu", "person", False),
        ("Phòng Tổ chức - Hành chính", "Phòng Tổ chức – hành chính", "collective", True),
        ("Hộ", "Hộ ông", "household", False),
    ],
)
def test_names_are_compared_by_sound(one, other, kind, same):
    assert (name_key(one, kind) == name_key(other, kind)) == same


def test_the_given_name_is_the_last_word():
    assert [given_of(name) for name in ("Nông Thị  Hòa ", "Mẫu", "")] == ["Hòa", "Mẫu", ""]


def test_there_are_54_ethnic_groups_those_of_the_province_first():
    names = [label for _, label in ethnic_groups.choices()]
    assert names[:5] == ["Nùng", "Tày", "Kinh", "Dao", "Hoa"]
    assert len(set(names)) == 54
    assert sorted(row.code for row in ethnic_groups.groups().values()) == [f"{code:02}" for code in range(1, 55)]


@pytest.mark.parametrize(
    ("words", "slug"),
    [("NÙNG", "nung"), ("H'Mông", "mong"), ("Cao Lan", "san-chay"), ("Bru-Vân Kiều", "bru-van-kieu"), ("Ê đê", "e-de")],
)
def test_a_group_is_known_by_what_lists_write(words, slug):
    assert ethnic_groups.group_of(words).slug == slug
    assert ethnic_groups.group_of("Không rõ") is None


# --- What can be true


def row(**facts):
    known = {"kind": "person", "name": "Nông Thị Hòa", "began_on": None, "began_year": None, "ended_on": None}
    return SimpleNamespace(**known | {"known_from": None, "head": "", "members": None} | facts)


@pytest.mark.parametrize(
    ("facts", "fields"),
    [
        ({}, set()),
        ({"began_on": TODAY}, set()),
        ({"began_on": D(2026, 11, 29)}, {"began_on"}),
        ({"began_on": D(1080, 3, 2)}, {"began_on"}),
        ({"began_year": 2026}, set()),
        ({"began_year": 2027}, {"began_year"}),
        ({"began_on": D(1980, 3, 2), "began_year": 1980}, set()),
        ({"began_on": D(1980, 3, 2), "began_year": 1981}, {"began_year"}),
        ({"began_on": D(1980, 3, 2), "ended_on": D(1980, 3, 2)}, set()),
        ({"began_on": D(1980, 3, 2), "ended_on": D(1980, 3, 1)}, {"ended_on"}),
        ({"began_year": 1980, "ended_on": D(1979, 12, 31)}, {"ended_on"}),
        ({"began_year": 1980, "ended_on": D(1980, 1, 1)}, set()),
        ({"ended_on": D(2026, 11, 29)}, {"ended_on"}),
        ({"known_from": 2027}, {"known_from"}),
        ({"name": "H"}, {"name"}),
        ({"name": "Hòa 1980"}, {"name"}),
        ({"name": "Nông Thị Hòa (PGĐ)"}, {"name"}),
        ({"name": "H'Hen Niê"}, set()),
        ({"kind": "collective", "name": "Trường THCS số 2"}, set()),
        ({"kind": "household", "name": "Hộ gia đình Vi Văn An", "head": "Vi Văn An", "members": 1}, set()),
        ({"kind": "household", "name": "Hộ ông Vi Văn An và bà Lý Thị Ba", "head": "Vi Văn An"}, set()),
        ({"kind": "household", "name": "Hộ gia đình Vi Văn An", "head": "Vi Văn Ba"}, {"head"}),
        ({"kind": "household", "name": "Hộ gia đình Vi Văn An", "head": "Vi Văn An 2"}, {"head"}),
        ({"kind": "household", "name": "Hộ gia đình Vi Văn An", "head": "Vi Văn An", "members": 0}, {"members"}),
        ({"kind": "household", "name": "Hộ gia đình Vi Văn An", "head": "Vi Văn An", "members": 51}, {"members"}),
    ],
)
def test_each_fault_stands_beside_its_field(facts, fields):
    assert set(faults_of(row(**facts), TODAY)) == fields


@pytest.mark.parametrize(
    ("name", "ok"), [("An", True), ("A.", False), ("", False), ("An Bình-Nhi", True), ("An_", False)]
)
def test_what_is_a_name(name, ok):
    assert (fault_of_name(name, "person") == "") == ok


@pytest.mark.parametrize(
    ("typed", "ok"),
    [
        ("020080001234", True),
        ("020 080 001 234", True),
        ("02008000123", False),
        ("0200800012345", False),
        ("02008000123a", False),
    ],
)
def test_an_identity_number_has_twelve_digits(typed, ok):
    assert (fault_of_number(digits_of(typed)) == "") == ok


OLD = SimpleNamespace(founded=D(2000, 1, 1), ended=D(2025, 6, 30))


@pytest.mark.parametrize(
    ("since", "until", "fields"),
    [
        (D(2020, 1, 1), D(2025, 6, 30), set()),
        (D(2020, 1, 1), D(2025, 7, 1), {"until"}),
        (D(2020, 1, 1), None, {"until"}),
        (D(2025, 7, 1), None, {"unit"}),
        (D(1999, 12, 31), D(2001, 1, 1), {"since"}),
        (D(2020, 1, 2), D(2020, 1, 1), {"until"}),
        (D(2026, 11, 29), None, {"since"}),
        (None, D(2020, 1, 1), set()),
    ],
)
def test_a_posting_is_in_a_unit_that_there_was(since, until, fields):
    posting = SimpleNamespace(unit=OLD, since=since, until=until)
    assert set(fault_of_posting(posting, None, TODAY)) == fields


def test_nobody_works_before_birth():
    posting = SimpleNamespace(unit=OLD, since=D(2010, 1, 1), until=D(2011, 1, 1))
    assert set(fault_of_posting(posting, D(2010, 1, 2), TODAY)) == {"since"}
    assert fault_of_posting(posting, D(2010, 1, 1), TODAY) == {}


# --- Which two are probably one

# Units 1 and 2 became 3, 3 became 4; 9 is another one.
LINES = Lines([(1, 3), (2, 3), (3, 4)])
HOA = Known(1, "person", "Nông Thị Hòa", D(1980, 3, 2), 1980, "female", 1)


def other(**facts):
    return Known(**{"key": 2, "kind": "person", "name": "Nông Thị Hoà", **facts})


R = Reason


@pytest.mark.parametrize(
    ("two", "reasons"),
    [
        (other(born=D(1980, 3, 2)), {R.SPELLING, R.BIRTHDAY}),
        (other(name="NÔNG THỊ HÒA", born=D(1980, 3, 2)), {R.NAME, R.BIRTHDAY}),
        (other(unit=1), {R.SPELLING, R.UNIT}),
        (other(unit=4), {R.SPELLING, R.LINE}),
        (other(unit=1, year=1980), {R.SPELLING, R.UNIT, R.YEAR}),
        (other(unit=1, born=D(1980, 2, 3)), {R.SPELLING, R.UNIT, R.YEAR, R.OTHER_DAY}),
        (other(name="Vi Văn An", staff_code="LS.01"), None),
        (other(unit=2), None),  # both went into 3, neither became the other
        (other(unit=9, year=1980), None),
        (other(unit=1, year=1979), None),
        (other(born=D(1980, 3, 2), gender="male"), None),
        (other(kind="household", born=D(1980, 3, 2), unit=1), None),
        (other(key=1, born=D(1980, 3, 2)), None),
        (other(name="Nông Thị Hoa Lan", born=D(1980, 3, 2), unit=1), R),
    ],
)
def test_what_makes_two_records_probably_one(two, reasons):
    found = likeness(HOA, two, LINES)
    if reasons is None:
        assert not found.is_probable
    elif reasons is R:
        # The same day and unit under another name are worth a look too.
        assert found.is_probable
    else:
        assert set(found.reasons) == reasons
        assert found.score >= PROBABLE
    assert likeness(two, HOA, LINES)[0] == found.score


def test_codes_and_numbers_make_one_of_any_two_names():
    coded = Known(3, "person", "Vi Văn An", staff_code="LS-01")
    assert likeness(coded, other(staff_code="ls-01"), LINES).reasons == (Reason.CODE,)
    numbered = Known(3, "person", "Vi Văn An", number="020080001234")
    assert likeness(numbered, other(number="020080001234"), LINES).is_probable
    assert not likeness(numbered, other(name="Vi Văn An", unit=1, number="020080001235"), LINES).is_probable


def test_two_units_are_no_doubles_and_a_household_is_known_by_its_place():
    units = [Known(key, "collective", "UBND xã Hòa Bình", unit=key, is_unit=True) for key in (1, 3)]
    assert likeness(*units, LINES).score == 0
    rooms = [Known(key, "collective", "Văn phòng", unit=key) for key in (1, 3)]
    assert likeness(*rooms, LINES).is_probable
    homes = [
        Known(key, "household", name, address="Thôn Nà Mẫu")
        for key, name in enumerate(["Hộ bà Vi Thị Ba", "Vi Thị Ba"])
    ]
    assert Reason.ADDRESS in likeness(*homes, LINES).reasons
    assert likeness(*homes, LINES).is_probable


def test_of_a_common_name_only_those_that_share_more_are_held_against_each_other():
    crowd = [Known(key, "person", "Nguyễn Văn Hùng", D(1970, 1, 1 + key % 28), unit=100 + key) for key in range(28)]
    twin = Known(99, "person", "Nguyễn Văn Hùng", D(1970, 1, 5), unit=500)
    pairs = [{one.key, two.key} for one, two, _ in pairs_among([*crowd, twin], LINES)]
    assert pairs == [{4, 99}]


def test_pairs_of_one_look_are_those_that_would_be_found_one_by_one():
    rows = [HOA, other(unit=4), other(key=3, born=D(1980, 3, 2)), other(key=4, unit=9), other(key=5, unit=2)]
    found = {frozenset((one.key, two.key)) for one, two, _ in pairs_among(rows, LINES)}
    slow = {
        frozenset((one.key, two.key))
        for one in rows for two in rows if one.key < two.key and likeness(one, two, LINES).is_probable
    }  # fmt: skip
    assert found == slow
    assert len(slow) > 2
