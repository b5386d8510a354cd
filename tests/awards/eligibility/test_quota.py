"""How many of a unit may be proposed in a movement, and where the law on erasing personal data stands on a day."""

from datetime import date

import pytest

from awards.eligibility.quota import within_quota


@pytest.mark.parametrize(
    ("quota", "chosen", "stands"),
    [
        ({"collective": 1, "person": 3}, {"collective": 1, "person": 3}, [True, True]),
        ({"collective": 1, "person": 3}, {"collective": 2, "person": 3}, [False, True]),
        ({"collective": 1, "person": 3}, {"person": 4}, [True, False]),
        ({"collective": None, "person": 3}, {"collective": 50}, [True]),
        ({"collective": 0, "person": None}, {"collective": 1}, [False]),
        ({"collective": None, "person": None}, {"person": 9}, []),
    ],
)
def test_quota(quota, chosen, stands):
    assert [row.met for row in within_quota("Phong trào", quota, chosen)] == stands


def test_the_words_say_how_many_too_many():
    (found,) = within_quota("Phong trào «Mẫu»", {"person": 3}, {"person": 5})
    assert found.words == "Phong trào «Mẫu»: mỗi đơn vị đề nghị không quá 03 cá nhân (đề nghị 05)"
    assert found.lack == 2


@pytest.mark.parametrize(
    ("day", "citation"),
    [
        (date(2023, 6, 30), ""),
        (date(2023, 7, 1), "khoản 1 Điều 16 Nghị định số 13/2023/NĐ-CP"),
        (date(2025, 12, 31), "khoản 1 Điều 16 Nghị định số 13/2023/NĐ-CP"),
        (date(2026, 1, 1), "khoản 1 Điều 14 Luật Bảo vệ dữ liệu cá nhân số 91/2025/QH15"),
    ],
)
def test_where_erasing_stands(plain_catalogue, day, citation):
    book = plain_catalogue.on(day)
    row = book.the("erasing")
    assert (book.citation(row) if row else "") == citation
    assert row is None or row.doubt
