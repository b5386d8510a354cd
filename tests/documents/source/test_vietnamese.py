"""Numbers and amounts in words."""

import pytest

from documents.source.vietnamese import amount_in_words, number_in_words

WORDS = [
    (0, "không"), (1, "một"), (4, "bốn"), (5, "năm"), (10, "mười"), (11, "mười một"), (14, "mười bốn"), (15, "mười lăm"),
    (20, "hai mươi"), (21, "hai mươi mốt"), (24, "hai mươi tư"), (25, "hai mươi lăm"), (31, "ba mươi mốt"), (100, "một trăm"),
    (101, "một trăm linh một"), (104, "một trăm linh bốn"), (105, "một trăm linh năm"), (110, "một trăm mười"),
    (115, "một trăm mười lăm"), (121, "một trăm hai mươi mốt"), (1000, "một nghìn"), (1005, "một nghìn không trăm linh năm"),
    (1015, "một nghìn không trăm mười lăm"), (1100, "một nghìn một trăm"), (10**6, "một triệu"),
    (1_005_000, "một triệu không trăm linh năm nghìn"), (1_015_000, "một triệu không trăm mười lăm nghìn"),
    (1_000_001, "một triệu không trăm linh một"), (21_000_000, "hai mươi mốt triệu"), (10**9, "một tỷ"),
    (10**9 + 1, "một tỷ không trăm linh một"), (10**12, "một nghìn tỷ"), (10**15, "một triệu tỷ"), (10**18, "một tỷ tỷ"),
    (2_000_000_000_005, "hai nghìn tỷ không trăm linh năm"), (7_590_000, "bảy triệu năm trăm chín mươi nghìn"),
]  # fmt: skip


@pytest.mark.parametrize(("number", "words"), WORDS)
def test_number_in_words(number, words):
    assert number_in_words(number) == words


@pytest.mark.parametrize("number", [-1, -710_000, 1.5, True, "5"])
def test_what_has_no_words(number):
    with pytest.raises(ValueError, match=r"Số âm|Không phải"):
        number_in_words(number)


def test_amount():
    assert amount_in_words(710_000) == "Bảy trăm mười nghìn đồng"
