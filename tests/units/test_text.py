"""Vietnamese text: kept in one form, found without accents, sorted as the dictionary sorts."""

import unicodedata
from datetime import date
from importlib import import_module

import pytest
from django.apps import apps
from hypothesis import given
from hypothesis import strategies as st

from units.models import Official, Unit, UnitChange
from units.text import clean, clean_words, fold, name_sort_key, searchable, searched, sort_key

# The order of the Vietnamese collation of ICU (CLDR ``vi``), written down by hand.
LETTERS = ["a", "ă", "â", "b", "c", "d", "đ", "e", "ê", "g", "h", "i", "k", "l", "m", "n", "o", "ô", "ơ"]
LETTERS += ["p", "q", "r", "s", "t", "u", "ư", "v", "x", "y"]
TONES = ["ma", "mà", "mả", "mã", "má", "mạ"]
WORDS = ["an", "Ăn", "ân", "ba", "bà", "bá", "bác", "dan", "Dân", "dấu", "đa", "Đà", "đi", "ôm", "ơn", "ưa", "yêu"]
PHRASES = ["Ba Sơn", "Bạch Long", "Bắc Sơn", "Bình Gia", "Cao Lộc", "Chi Lăng", "Đình Lập", "Hữu Lũng", "Lộc Bình"]
PHRASES += ["Tràng Định", "Văn Lãng", "Văn Quan"]
NUMBERS = ["Khu 1", "Khu 2", "Khu 2a", "Khu A"]

PEOPLE = [
    "Lê Văn An",
    "Nguyễn Thị Ánh",
    "Trần Ân",
    "Đỗ Văn Bình",
    "Nguyễn Văn Bình",
    "Bùi Thị Dung",
    "Nguyễn Văn Dũng",
    "Hoàng Đạt",
    "Lý Thị Hà",
    "Đặng Thị Yến",
]


@pytest.mark.parametrize(
    "ordered", [LETTERS, TONES, WORDS, PHRASES, NUMBERS], ids=["letters", "tones", "words", "phrases", "numbers"]
)
def test_text_sorts_as_the_dictionary_does(ordered):
    mixed = ordered[::-1]
    assert sorted(mixed, key=sort_key) == ordered


def test_letters_outweigh_tones_and_tones_outweigh_capitals():
    assert sorted(["Hòa", "hòa", "Hoa", "hoa"], key=sort_key) == ["hoa", "Hoa", "hòa", "Hòa"]
    assert sorted(["hòa an", "hoa bình"], key=sort_key) == ["hòa an", "hoa bình"]


# One name each, as lists of units write it.
SPELLINGS = [
    ("Hòa", "Hoà"),
    ("HÒA", "HOÀ"),
    ("Thúy", "Thuý"),
    ("Khỏe", "Khoẻ"),
    ("Đặng", "\u00d0ặng"),
    ("Đạt", "\u0189ạt"),
]


@pytest.mark.parametrize(("one", "other"), SPELLINGS)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_spellings_of_one_name_are_found_and_sorted_as_one(one, other, form):
    other = unicodedata.normalize(form, other)
    assert fold(one) == fold(other)
    assert searched(other) == searched(one)
    assert all(word in searchable(f"Nông Thị {one}") for word in searched(other))
    assert sort_key(clean(one)) == sort_key(clean(other))
    assert name_sort_key(clean(f"Nông Thị {other} ")) == name_sort_key(f"Nông Thị {one}")


def test_spellings_of_one_name_stand_together():
    names = ["Hoa", "Hoà", "Hòa", "Hoả", "Hỏa", "Hoã", "Hõa", "Hoá", "Hóa", "Hoạ", "Họa"]
    tones = [sort_key(name).split()[1] for name in names]
    assert tones == ["000", "001", "001", "002", "002", "003", "003", "004", "004", "005", "005"]


@pytest.mark.parametrize(
    ("word", "tones"),
    [("hoàn", "0010"), ("hòan", "0100"), ("quý", "004"), ("thuyền", "000010"), ("hòa an", "001000"), ("múa", "040")],
)
def test_a_tone_moves_at_the_end_of_open_syllables_alone(word, tones):
    assert sort_key(word).split()[1] == tones


def test_marks_that_word_leaves_part_no_word_that_is_looked_for():
    assert fold("Ho\u00ada\u200b") == "hoa"
    assert searched("Ho\u200bà") == [" hoa"]


def test_persons_sort_by_given_name_then_family_name():
    mixed = PEOPLE[::-1]
    assert sorted(mixed, key=name_sort_key) == PEOPLE


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Đặng  Văn", "dang van"),
        ("ĐỒNG ĐĂNG", "dong dang"),
        ("Hữu Lũng", "huu lung"),
        ("xã Quý Hòa", "xa quy hoa"),
        ("xã Quý Hoà", "xa quy hoa"),
        ("  Tam\tThanh\n", "tam thanh"),
        ("", ""),
    ],
)
def test_folding_takes_accents_capitals_and_extra_spaces_away(text, folded):
    assert fold(text) == folded


def test_composed_and_decomposed_letters_are_one_text():
    for text in [*LETTERS, *TONES, *PHRASES, "Đường"]:
        apart = unicodedata.normalize("NFD", text)
        assert clean(apart) == text
        assert fold(apart) == fold(text)
        assert sort_key(apart) == sort_key(text)


def test_what_word_leaves_in_pasted_text_is_taken_out():
    assert clean("Sở\u00a0Nội\u00ad vụ\u200b\r\nLạng Sơn\ufeff") == "Sở Nội vụ\nLạng Sơn"


def test_a_space_that_does_not_break_stays_between_few_words_alone():
    assert clean_words("Nghị định số\u00a098, 5\u00a0kg") == "Nghị định số\u00a098, 5\u00a0kg"
    pasted = "Trang mạng đặt dấu cách không ngắt giữa mọi từ"
    assert clean_words(pasted.replace(" ", "\u00a0") + "\nsố\u00a05") == f"{pasted}\nsố\u00a05"


@given(st.text(max_size=40))
def test_folding_and_cleaning_twice_change_nothing_more(text):
    assert fold(fold(text)) == fold(text)
    assert clean(clean(text)) == clean(text)


@given(st.lists(st.sampled_from([*LETTERS, *TONES, *WORDS, *PHRASES]), min_size=2, max_size=6))
def test_the_order_of_keys_is_the_same_code_point_by_code_point(words):
    keys = [sort_key(word) for word in words]
    assert all(key.isascii() for key in keys)
    assert sorted(keys) == sorted(keys, key=lambda key: key.encode())


def test_the_database_finds_and_sorts_as_this_module_says(db):
    """Runs on SQLite and on PostgreSQL; both must give these lists."""
    for number, name in enumerate(reversed(PHRASES)):
        Unit.objects.create(code=f"x{number}", name=unicodedata.normalize("NFD", name), kind="district")
    for name in reversed(PEOPLE):
        Official.objects.create(name=name)
    assert list(Unit.objects.values_list("name", flat=True)) == PHRASES
    assert [unit.name for unit in Unit.objects.matching("SON bac")] == ["Bắc Sơn"]
    assert [unit.name for unit in Unit.objects.matching("đình")] == ["Đình Lập", "Tràng Định"]
    assert list(Official.objects.values_list("name", flat=True)) == PEOPLE


@pytest.mark.parametrize(("words", "found"), [("04/nq-HDND", 1), ("hoi dong", 1), ("", 1), ("noi dong", 0), ("...", 0)])
def test_a_change_is_found_by_how_the_words_of_its_act_begin(db, words, found):
    UnitChange.objects.create(kind="merge", date=date(2025, 3, 1), citation="Nghị quyết 04/NQ-HĐND của Hội đồng")
    assert UnitChange.objects.matching(words).count() == found


def test_what_was_there_before_is_found_as_what_is_stored_now(db):
    rows = [
        Unit.objects.create(code="so-y-te", name="Sở Y tế", short_name="SYT", kind="department"),
        UnitChange.objects.create(kind="split", date=date(2025, 3, 1), citation="04/NQ-HĐND", note="Chia, tách"),
        Official.objects.create(name="Đặng Văn A"),
    ]
    for row in rows:
        type(row).objects.filter(pk=row.pk).update(search_text="")
    import_module("units.migrations.0004_search_words").store_words(apps, None)
    assert [type(row).objects.get(pk=row.pk).search_text for row in rows] == [row.search_text for row in rows]
