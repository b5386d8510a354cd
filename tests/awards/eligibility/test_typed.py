"""A case typed on the telephone: what is asked follows from the law; what cannot be is refused; the very same judge judges."""

from datetime import date

import pytest
from django import forms

from awards.eligibility.fields import YearsField
from awards.eligibility.rules import judge
from awards.eligibility.typed import FactsForm

DAY = date(2026, 11, 28)


def form_of(catalogue, award, whom, day=DAY, **typed):
    return FactsForm(typed or None, book=catalogue.on(day), award=award, whom=whom)


def verdict(catalogue, award, whom, day=DAY, **typed):
    """(met, what is missing) of a case."""
    form = form_of(catalogue, award, whom, day, **typed)
    assert form.is_valid(), form.errors
    answer = judge(catalogue.on(day), award, form.facts(), year=form.year, route=form.route)
    return answer.met, answer.missing


@pytest.mark.parametrize(
    ("typed", "years"),
    [
        ("", []),
        ("2023", [2023]),
        ("2023-2025", [2023, 2024, 2025]),
        ("2021 – 2022; 2025", [2021, 2022, 2025]),
        ("2024, 2024", [2024, 2024]),
        (" 2024 ,, 2025 ", [2024, 2025]),
    ],
)
def test_years_are_typed_as_one_says_them(typed, years):
    assert YearsField().clean(typed) == years


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("20a1", "«20a1» không phải năm."),
        ("ba năm", "«ba năm» không phải năm."),
        ("2025-2023", "viết ngược. Hãy viết năm trước trước: 2023-2025."),
        ("1890", "quá xa"),
        ("1950-2049", "quá xa"),
        ("99999", "không phải năm"),
    ],
)
def test_what_is_no_year_is_told(typed, words):
    with pytest.raises(forms.ValidationError, match=r".") as refused:
        YearsField().clean(typed)
    assert words in refused.value.messages[0]


@pytest.mark.parametrize(
    ("award", "whom", "day", "asked", "never"),
    [
        ("CSTDT", "person", DAY, {"d_CSTDCS", "s_initiative_province", "s_topic_province", "kl"}, {"x_good", "t_ldtt", "pt_do"}),
        ("CSTDT", "person", date(2023, 12, 31), {"d_CSTDCS"}, {"s_initiative_province"}),
        ("CSTDCS", "person", DAY, {"x_excellent", "s_initiative_unit", "n_tu-luc"}, {"t_members", "dan_dau"}),
        ("TTLDXS", "collective", DAY, {"t_members", "t_completed", "t_ldtt", "t_cstdcs", "x_excellent"}, {"t_warned"}),
        ("TTLDXS", "collective", date(2023, 12, 31), {"t_warned"}, set()),
        ("CTDT", "collective", DAY, {"dan_dau", "pt_do", "pt_tu", "pt_kq"}, {"s_initiative_unit"}),
        ("HCLD3", "collective", DAY, {"lap", "duoc_co", "d_BKTTG", "d_CTDT", "nn"}, {"t_members"}),
        ("HCSV", "collective", DAY, {"ngay_HCHCM", "d_HCHCM"}, set()),
        ("BKTTG", "person", DAY, {"mo_hinh", "nhom", "loai"}, set()),
    ],
)  # fmt: skip
def test_only_what_the_law_of_the_day_asks_is_asked(plain_catalogue, award, whom, day, asked, never):
    names = form_of(plain_catalogue, award, whom, day).fields.keys()
    assert asked <= names
    assert not never & names


def test_every_award_of_every_kind_can_be_tried(plain_catalogue):
    for day in (date(2017, 10, 1), date(2024, 1, 1), DAY):
        book = plain_catalogue.on(day)
        for award, row in book.awards.items():
            for whom in row.more["for"]:
                assert verdict(plain_catalogue, award, whom, day, nam="2016")[0] in (None, False)


CASES = [
    ("CSTDT", "person", {"d_CSTDCS": "2023-2025", "s_initiative_province": "2024"}, (True, "")),
    ("CSTDT", "person", {"d_CSTDCS": "2024-2025", "s_initiative_province": "2024"},
     (False, "thêm 1 năm CSTĐ cơ sở 2026")),
    ("CSTDT", "person", {"d_CSTDCS": "2023-2025"}, (False, "01 sáng kiến cấp tỉnh")),
    ("CSTDT", "person", {"d_CSTDCS": "2024-2025", "s_initiative_province": "2024", "khac": "chua-ro"},
     (None, "chưa rõ “Chiến sĩ thi đua cơ sở” năm 2023")),
    ("CSTDCS", "person", {"x_excellent": "2025"}, (True, "")),
    ("CSTDCS", "person", {"x_good": "2025", "s_initiative_unit": "2025"}, (True, "")),
    ("CSTDCS", "person", {"x_done": "2025", "s_initiative_unit": "2025"},
     (False, "thêm 1 năm hoàn thành tốt nhiệm vụ trở lên 2026")),
    ("TTLDTT", "collective", {"x_good": "2025", "t_members": "10", "t_ldtt": "7", "t_warned": "0"}, (True, "")),
    ("TTLDTT", "collective", {"x_good": "2025", "t_members": "10", "t_ldtt": "6", "t_warned": "0"},
     (False, "thêm 1 cá nhân đạt “Lao động tiên tiến”")),
    ("TTLDTT", "collective", {"x_good": "2025", "t_members": "10", "t_ldtt": "7", "t_warned": "1"}, (False, "")),
    ("TTLDXS", "collective", {"x_excellent": "2025", "t_members": "10", "t_completed": "10", "t_ldtt": "7", "t_cstdcs": "1"},
     (True, "")),
    ("TTLDXS", "collective", {"x_excellent": "2025", "t_members": "10", "t_completed": "9", "t_ldtt": "7", "t_cstdcs": "1"},
     (False, "thêm 1 cá nhân hoàn thành nhiệm vụ")),
    ("HCQKQT", "person", {"nhom": ["armed"], "k_armed": "24"},
     (False, "thêm 01 năm công tác liên tục trong Quân đội nhân dân, Công an nhân dân")),
    ("CTDT", "collective", {"dan_dau": "province"}, (True, "")),
    ("CTDT", "collective", {"dan_dau": "none"}, (False, "dẫn đầu cụm, khối do tỉnh tổ chức")),
    ("CTDT", "collective", {"loai": "movement", "pt_do": "province", "pt_tu": "01/01/2023", "pt_den": "31/12/2025",
                            "pt_khi": "final", "pt_kq": "first"}, (True, "")),
    ("CTDT", "collective", {"loai": "movement", "pt_do": "province", "pt_tu": "02/01/2023", "pt_den": "31/12/2025",
                            "pt_khi": "final", "pt_kq": "first"}, (False, "")),
    ("CTDT", "collective", {"loai": "movement", "pt_do": "province", "pt_tu": "01/01/2023", "pt_den": "31/12/2025",
                            "pt_khi": "interim", "pt_kq": "first"}, (False, "")),
    ("HCLD3", "collective", {"d_BKTTG": "2019", "x_excellent": "2021-2025", "d_CTDT": "2022, 2024", "lap": "28/11/2016"},
     (True, "")),
    ("HCLD3", "collective", {"d_BKTTG": "2019", "x_excellent": "2021-2025", "d_CTDT": "2022, 2024", "lap": "29/11/2016"},
     (False, "thêm 01 năm hoạt động")),
    ("HCLD3", "collective", {"d_BKTTG": "2019", "x_excellent": "2021-2025", "d_BKT": "2022, 2024", "lap": "01/01/2000",
                             "duoc_co": "khong"}, (True, "")),
    ("LDTT", "person", {"x_good": "2025", "kl": "hearing", "kl_tu": "01/11/2026"}, (False, "chờ hết thời gian tạm dừng")),
    ("LDTT", "person", {"x_good": "2025", "kl": "hearing", "kl_tu": "01/10/2026", "kl_den": "27/11/2026"}, (True, "")),
]  # fmt: skip


@pytest.mark.parametrize(("award", "whom", "typed", "expected"), CASES)
def test_a_case_is_judged_as_typed(plain_catalogue, award, whom, typed, expected):
    assert verdict(plain_catalogue, award, whom, nam="2025", **typed) == expected


@pytest.mark.parametrize(
    ("award", "typed", "field", "words"),
    [
        ("TTLDTT", {"t_ldtt": "7"}, "t_members", "Hãy ghi tổng số người của tập thể."),
        ("TTLDTT", {"t_members": "5", "t_ldtt": "7"}, "t_ldtt", "Nhiều hơn tổng số người (5)"),
        ("TTLDTT", {"t_members": "-1"}, "t_members", "0"),
        ("CTDT", {"pt_do": "province"}, "pt_tu", "Hãy ghi ngày bắt đầu của phong trào."),
        ("CTDT", {"pt_do": "province", "pt_tu": "01/01/2023"}, "pt_den", "Hãy ghi ngày kết thúc của phong trào."),
        (
            "CTDT",
            {"pt_do": "province", "pt_tu": "01/01/2023", "pt_den": "31/12/2022"},
            "pt_den",
            "sớm hơn ngày bắt đầu",
        ),
        ("CTDT", {"kl": "discipline"}, "kl_tu", "Hãy ghi ngày bắt đầu"),
        ("CTDT", {"nam": "2027"}, "nam", "2026"),
        ("CTDT", {"lap": "31/02/2020", "giai_the": "31/02/2020"}, "giai_the", "Ngày không có thật"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(plain_catalogue, award, typed, field, words):
    form = form_of(plain_catalogue, award, "collective", **{"nam": "2025", **typed})
    assert not form.is_valid()
    assert words in form.errors[field][0]


def test_a_year_is_rated_once(catalogue):
    form = form_of(catalogue, "BKT", "person", nam="2025", x_excellent="2024-2025", x_good="2023, 2025")
    assert form.errors == {
        "x_good": ["Năm 2025 đã ghi ở «Năm hoàn thành xuất sắc nhiệm vụ». Mỗi năm chỉ có một mức xếp loại."]
    }
    assert form_of(catalogue, "BKT", "person", nam="2025", x_excellent="2024, 2024", x_good="2023").is_valid()


def test_who_leads_a_cluster_of_a_ministry_can_say_so(catalogue):
    assert verdict(catalogue, "CTDB", "collective", nam="2025", dan_dau="ministry")[0] is True
    assert verdict(catalogue, "CTDCP", "collective", nam="2025", dan_dau="ministry", **{"n_tieu-bieu": "co"})[0] is True


def test_a_farmer_who_asks_for_a_title_that_rests_on_another_says_so(catalogue):
    """“Lao động tiên tiến” has a way of its own for farmers, on which CSTĐ cơ sở rests as well."""
    typed = {"nam": "2025", "nhom": ["farmer"], "n_lao-dong-hieu-qua": "co", "s_initiative_unit": "2025"}
    form = form_of(catalogue, "CSTDCS", "person", **typed)
    assert {"farmer", "armed"} <= {code for code, _ in form.fields["nhom"].choices}
    assert verdict(catalogue, "CSTDCS", "person", **typed)[0] is True
    assert verdict(catalogue, "CSTDCS", "person", **typed | {"nhom": []})[0] is not True


WRONG = [
    ({"x_excellent": "2024-2026"}, {"x_excellent": "Năm 2026 sau năm cuối được xét (2025)."}),
    ({"d_TTLDXS": "2027"}, {"d_TTLDXS": "Năm 2027 sau năm cuối được xét (2025)."}),
    ({"t_members": "10", "t_completed": "8", "t_ldtt": "9"}, {"t_ldtt": "Nhiều hơn số người hoàn thành nhiệm vụ (8)."}),
    ({"t_members": "10", "t_ldtt": "8", "t_cstdcs": "9"}, {"t_cstdcs": "Nhiều hơn số người đạt “Lao động tiên tiến” (8)."}),
    ({"t_members": "10", "t_completed": "8", "t_ldtt": "11"}, {"t_ldtt": "Nhiều hơn tổng số người (10)."}),
    ({"t_members": "10", "t_completed": "10", "t_ldtt": "10", "t_cstdcs": "10", "x_excellent": "2025"}, {}),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "told"), WRONG)
def test_what_counts_for_nothing_or_cannot_be_is_told(catalogue, typed, told):
    form = form_of(catalogue, "TTLDXS", "collective", nam="2025", **typed)
    assert {name: len(words) for name, words in form.errors.items()} == dict.fromkeys(told, 1)
    assert all(form.errors[name][0].startswith(words) for name, words in told.items())
