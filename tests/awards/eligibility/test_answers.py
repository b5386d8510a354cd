"""What is answered on the telephone, against values worked out by hand from the articles; how an award went through the laws."""

import re
from datetime import date

import pytest

from awards.catalogue.days import eras, first_day
from awards.eligibility.answers import Asked, answers
from awards.eligibility.conditions import CONDITIONS
from awards.eligibility.need_forms import NAMES
from awards.eligibility.rules import ANSWERS
from awards.eligibility.sentences import points, row_words
from awards.eligibility.turns import turns

NOW = date(2026, 11, 28)
COMMUNE, DISTRICT = "Chủ tịch Ủy ban nhân dân cấp xã", "Chủ tịch Ủy ban nhân dân huyện, thành phố thuộc tỉnh"
THREE = [
    "Tờ trình đề nghị xét tặng danh hiệu thi đua",
    "Báo cáo thành tích của cá nhân, tập thể",
    "Biên bản bình xét thi đua",
]
INITIATIVE = "Chứng nhận, xác nhận sáng kiến, đề tài khoa học, đề án khoa học, công trình khoa học và công nghệ"
BALLOT, COPIES = "Kết quả bỏ phiếu của Hội đồng", "Số bộ hồ sơ do tỉnh quy định"
MINISTRY = "Bộ trưởng, Thủ trưởng bộ, ban, ngành trung ương quyết định."
CERTIFICATE = "Bằng chứng nhận, khung."


def told(catalogue, day, award, whom="", by="", voters=None):
    """{code: what is said}, figures with their steps, lists piece by piece."""
    found = answers(Asked(catalogue.on(day), award, whom, by, voters))
    return {
        row.code: [
            words for said in row.said for words in (said.words, *said.steps, *(p.words for p in said.points)) if words
        ]
        for row in found
    }


# (day, award, for whom, decided by, voters), {question: the whole answer}
CALLS = [
    ((NOW, "CSTDCS", "person", "commune", 19), {
        "decides": [f"{COMMUNE} quyết định."],
        "votes": ["Ít nhất 80 % tổng số thành viên Hội đồng đồng ý.", "80 % của 19: cần ít nhất 16 phiếu đồng ý."],
        "money": ["2.530.000 đồng (hai triệu năm trăm ba mươi nghìn đồng).", "1,0 × 2.530.000 = 2.530.000 đồng"],
        "items": [CERTIFICATE],
        "dossier": [*THREE, INITIATIVE, "Thành phần, thủ tục do tỉnh quy định", COPIES],
        "cap": [],
    }),
    ((date(2025, 6, 30), "CSTDCS", "person", "commune", None), {
        "decides": [
            f"{COMMUNE} không quyết định tặng ngày 30/06/2025.",
            "Thủ trưởng cơ quan chuyên môn thuộc Ủy ban nhân dân tỉnh và tương đương quyết định.",
            "Thủ trưởng cơ quan, đơn vị có tư cách pháp nhân thuộc bộ, ban, ngành quyết định.",
            f"{DISTRICT} quyết định.",
            "Tổng giám đốc, Giám đốc doanh nghiệp, hợp tác xã quyết định.", MINISTRY,
        ],
        "money": ["2.340.000 đồng (hai triệu ba trăm bốn mươi nghìn đồng).", "1,0 × 2.340.000 = 2.340.000 đồng"],
        "dossier": [*THREE, INITIATIVE, "Hoặc văn bản công nhận hoàn thành xuất sắc nhiệm vụ", BALLOT, COPIES],
    }),
    ((date(2025, 7, 1), "CSTDCS", "person", "district", None), {
        "decides": [
            f"{DISTRICT} (không còn cấp này từ sau 30/06/2025) không quyết định tặng ngày 01/07/2025.",
            "Thủ trưởng cơ quan chuyên môn thuộc Ủy ban nhân dân tỉnh và tương đương quyết định.",
            "Thủ trưởng cơ quan, đơn vị có tư cách pháp nhân thuộc bộ, ban, ngành quyết định.",
            f"{COMMUNE} quyết định.",
            "Tổng giám đốc, Giám đốc doanh nghiệp, hợp tác xã quyết định.", MINISTRY,
        ],
    }),
    ((date(2023, 12, 31), "CSTDCS", "person", "department", 31), {
        "votes": ["Ít nhất 2/3 tổng số người của tập thể đồng ý.", "2/3 của 31: cần ít nhất 21 phiếu đồng ý."],
        "money": ["1.800.000 đồng (một triệu tám trăm nghìn đồng).", "1,0 × 1.800.000 = 1.800.000 đồng"],
        "cap": ["Không quá 15 % số “Lao động tiên tiến”."],
        "quorum": [],
    }),
    ((NOW, "CSTDT", "person", "province", 19), {
        "decides": ["Chủ tịch Ủy ban nhân dân tỉnh quyết định."],
        "votes": ["Ít nhất 90 % tổng số thành viên Hội đồng đồng ý.", "90 % của 19: cần ít nhất 18 phiếu đồng ý."],
        "money": ["7.590.000 đồng (bảy triệu năm trăm chín mươi nghìn đồng).", "3,0 × 2.530.000 = 7.590.000 đồng"],
        "items": ["Bằng chứng nhận, khung, Huy hiệu, hộp đựng Huy hiệu."],
    }),
    ((NOW, "BKT", "household", "", None), {
        "money": [
            "Hộ gia đình: 5.700.000 đồng (năm triệu bảy trăm nghìn đồng).",
            "hộ gia đình 1,5 lần mức của cá nhân: 1,5 × 1,5 = 2,25", "2,25 × 2.530.000 = 5.692.500 đồng",
            "làm tròn lên 10.000 đồng: 5.700.000 đồng",
        ],
        "votes": [],
        "items": ["Bằng, khung."],
        "pays": ["Do quỹ thi đua, khen thưởng của cấp quyết định chi."],
    }),
    ((date(2023, 12, 31), "BKT", "person", "", None), {
        "money": ["Cá nhân: 1.800.000 đồng (một triệu tám trăm nghìn đồng).", "1,0 × 1.800.000 = 1.800.000 đồng"],
    }),
    ((date(2024, 1, 1), "BKT", "person", "", None), {
        "money": ["Cá nhân: 2.700.000 đồng (hai triệu bảy trăm nghìn đồng).", "1,5 × 1.800.000 = 2.700.000 đồng"],
    }),
    ((date(2019, 6, 30), "GK", "person", "commune", None), {
        "decides": [f"{COMMUNE} quyết định."],
        "money": [
            f"Cá nhân, do {COMMUNE} quyết định: 210.000 đồng (hai trăm mười nghìn đồng).",
            "0,15 × 1.390.000 = 208.500 đồng", "làm tròn lên 10.000 đồng: 210.000 đồng",
        ],
    }),
    ((NOW, "HCLD3", "collective", "", None), {
        "decides": ["Chủ tịch nước quyết định."],
        "proposes": ["Chủ tịch Ủy ban nhân dân tỉnh đề nghị Thủ tướng Chính phủ trình Chủ tịch nước."],
        "money": [
            "Tập thể: 22.770.000 đồng (hai mươi hai triệu bảy trăm bảy mươi nghìn đồng).", "9,0 × 2.530.000 = 22.770.000 đồng"
        ],
        "pays": ["Do quỹ thi đua, khen thưởng của cơ quan đề nghị chi."],
        "items": ["Bằng, khung, Huân chương, hộp."],
        "public": ["Công khai danh sách trước khi đề nghị.", "Công khai 10 ngày làm việc."],
    }),
    ((date(2025, 6, 30), "CTDCP", "collective", "", 25), {
        "decides": ["Chính phủ quyết định."],
        "votes": ["Ít nhất 80 % tổng số thành viên Hội đồng đồng ý.", "80 % của 25: cần ít nhất 20 phiếu đồng ý."],
        "money": ["28.080.000 đồng (hai mươi tám triệu không trăm tám mươi nghìn đồng).", "12,0 × 2.340.000 = 28.080.000 đồng"],
        "deadline": ["30/6 (giáo dục: 31/12)."],
        "cap": ["Không quá 20 % số Cờ thi đua của Ủy ban nhân dân tỉnh."],
    }),
    ((date(2025, 6, 30), "LDTT", "person", "commune", None), {
        "decides": [f"{COMMUNE} quyết định."],
        "money": [
            "710.000 đồng (bảy trăm mười nghìn đồng).",
            "0,3 × 2.340.000 = 702.000 đồng", "làm tròn lên 10.000 đồng: 710.000 đồng",
        ],
        "items": ["Văn bản không nêu hiện vật kèm theo."],
    }),
    ((NOW, "GDVH", "household", "commune", None), {"decides": [f"{COMMUNE} quyết định."], "money": []}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("call", "expected"), CALLS, ids=[f"{row[0][1]} {row[0][0]:%d/%m/%Y} {row[0][2]}" for row in CALLS]
)
def test_a_call_is_answered_as_the_articles_say(plain_catalogue, call, expected):
    found = told(plain_catalogue, *call)
    assert {code: found[code] for code in expected} == expected


@pytest.mark.parametrize(
    ("day", "award", "code", "citation"),
    [
        (NOW, "CSTDCS", "decides", "Điều 59 Nghị định số 129/2025/NĐ-CP"),
        (date(2025, 6, 30), "CSTDT", "votes", "khoản 7 Điều 30 Nghị định số 98/2023/NĐ-CP"),
        (date(2024, 1, 1), "CSTDT", "receives", "Điều 22 Luật Thi đua, khen thưởng số 06/2022/QH15"),
        (date(2023, 12, 31), "CSTDT", "receives", "Điều 22 Luật Thi đua, khen thưởng số 15/2003/QH11"),
        (date(2026, 9, 30), "CSTDT", "receives", "Điều 22 Luật Thi đua, khen thưởng số 06/2022/QH15"),
        (
            date(2026, 10, 1),
            "CSTDT",
            "receives",
            "Điều 22 Luật Thi đua, khen thưởng số 06/2022/QH15 (được sửa đổi, bổ sung bởi Luật số 06/2026/QH16)",
        ),
    ],
)
def test_each_answer_has_the_article_of_its_day(plain_catalogue, day, award, code, citation):
    found = next(row for row in answers(Asked(plain_catalogue.on(day), award)) if row.code == code)
    assert citation in [said.citation for said in found.said]


def test_every_answer_of_every_day_has_an_article_or_is_said_to_be_missing(plain_catalogue):
    bare = []
    for day in (first_day(plain_catalogue), *eras(plain_catalogue), NOW):
        book = plain_catalogue.on(day)
        for award in book.awards:
            for row in answers(Asked(book, award)):
                bare += [(day, award, row.code, said.words) for said in row.said if said.row and not said.citation]
    assert bare == []


def test_no_answer_prints_a_doubt_or_a_note(plain_catalogue):
    doubts = {row.doubt for row in plain_catalogue.unsure()} | {row.note for row in plain_catalogue.rows if row.note}
    for day in (date(2020, 1, 1), NOW):
        book = plain_catalogue.on(day)
        for award in book.awards:
            found = [words for said in told(plain_catalogue, day, award).values() for words in said]
            assert not [words for words in found if any(doubt in words for doubt in doubts)]


def test_every_need_has_a_sentence_that_names_no_year_and_a_name_in_the_back_office(plain_catalogue):
    assert NAMES.keys() == ANSWERS.keys() == CONDITIONS.keys() | {"meets"}
    for row in plain_catalogue.criteria:
        day = max(first_day(plain_catalogue), row.since)
        for point in points(plain_catalogue.on(day), row):
            for words in (point.words, *(part.words for part in point.parts)):
                assert len(words) > 10
                assert not re.search(r"\bnăm (19|20)\d\d\b", words.replace("Luật năm 2003", "")), words


@pytest.mark.parametrize(
    ("award", "whom", "place", "expected"),
    [
        ("HCLD1", "collective", "42.4.d", [
            "Có 05 năm liên tục được công nhận hoàn thành xuất sắc nhiệm vụ hoặc “Tập thể lao động xuất sắc”, tính đến năm xét",
            "Nội bộ đoàn kết, chấp hành tốt chủ trương của Đảng, chính sách, pháp luật của Nhà nước",
            ("Trong thời gian đó có 02 lần “Cờ thi đua của Chính phủ”",
             "Trong thời gian đó có 01 lần “Cờ thi đua của Chính phủ”; và trong thời gian đó có 02 lần Cờ thi đua của Ủy ban "
             "nhân dân tỉnh",
             "Trong thời gian đó có 04 lần Cờ thi đua của Ủy ban nhân dân tỉnh",
             "Không thuộc đối tượng được tặng cờ thi đua; và trong thời gian đó có 04 lần Bằng khen của Chủ tịch Ủy ban nhân "
             "dân tỉnh"),
        ]),
        ("TTLDTT", "collective", "28.1", [
            "Được xếp loại hoàn thành tốt nhiệm vụ trở lên trong năm xét",
            "Có ít nhất 70 % cá nhân đạt “Lao động tiên tiến”",
            "Không có cá nhân bị kỷ luật từ cảnh cáo trở lên",
            "Tham gia phong trào thi đua thường xuyên, thiết thực, hiệu quả",
            "Nội bộ đoàn kết, chấp hành tốt chủ trương của Đảng, chính sách, pháp luật của Nhà nước",
        ]),
        ("TTLDTT", "collective", "28", [
            "Được xếp loại hoàn thành tốt nhiệm vụ trở lên trong năm xét",
            "Có trên 50 % cá nhân đạt “Lao động tiên tiến”",
            "Không có cá nhân bị kỷ luật từ cảnh cáo trở lên",
        ]),
    ],
)  # fmt: skip
def test_a_criterion_reads_as_the_article(plain_catalogue, award, whom, place, expected):
    row = next(r for r in plain_catalogue.criteria if (r.award, r.whom, r.place) == (award, whom, place))
    found = points(plain_catalogue.on(max(first_day(plain_catalogue), row.since)), row)
    assert [tuple(part.words for part in point.parts) or point.words for point in found] == expected


def test_every_row_that_waits_says_what_it_says(plain_catalogue):
    for row in plain_catalogue.unsure():
        assert not re.fullmatch(
            r"[\d.,]*", row_words(plain_catalogue.on(max(first_day(plain_catalogue), row.since)), row)
        )


def test_what_is_asked_of_all_is_told_where_it_concerns_the_award(plain_catalogue):
    served = "Không bị kỷ luật trong thời gian giữ chức vụ lãnh đạo, quản lý."
    assert served not in told(plain_catalogue, NOW, "CSTDCS")["general"]
    assert f"Cá nhân: {served}" in told(plain_catalogue, NOW, "HCDL3")["general"]


# --- Through the laws


def shifts(catalogue, award, day, whom=""):
    found = next(turn for turn in turns(catalogue, award, whom) if turn.day == day)
    return {shift.question: (shift.gone, shift.new) for shift in found.shifts if not shift.citations}


def test_the_catalogue_can_be_asked_from_the_decree_of_2017_on(plain_catalogue):
    assert first_day(plain_catalogue) == date(2017, 10, 1)
    assert date(2024, 1, 1) in eras(plain_catalogue)
    assert date(2026, 10, 1) in eras(plain_catalogue)


def test_a_turn_says_what_is_no_more_and_what_is_new(plain_catalogue):
    found = shifts(plain_catalogue, "CSTDCS", date(2025, 7, 1))
    assert found["Ai quyết định"] == ((f"{DISTRICT} quyết định",), (f"{COMMUNE} quyết định",))
    assert shifts(plain_catalogue, "CSTDCS", date(2026, 7, 1)) == {
        "Tiền thưởng": (
            ("2.340.000 đồng (hai triệu ba trăm bốn mươi nghìn đồng)",),
            ("2.530.000 đồng (hai triệu năm trăm ba mươi nghìn đồng)",),
        )
    }
    gone, new = shifts(plain_catalogue, "TTLDTT", date(2024, 1, 1))["Tiêu chuẩn"]
    assert "Có trên 50 % cá nhân đạt “Lao động tiên tiến”" in gone
    assert "Có ít nhất 70 % cá nhân đạt “Lao động tiên tiến”" in new


def test_a_turn_tells_new_articles_apart_from_new_rules(plain_catalogue):
    turn = next(turn for turn in turns(plain_catalogue, "CSTDT") if turn.day == date(2025, 7, 1))
    assert "Tỷ lệ phiếu" in turn.recited
    assert "Điều 50 Nghị định số 152/2025/NĐ-CP" in turn.citations


def test_an_award_that_began_later_begins_there_and_a_new_name_is_told(plain_catalogue):
    found = turns(plain_catalogue, "XPTB")
    assert found[0].day == date(2024, 1, 1)
    gone, new = shifts(plain_catalogue, "XPTB", date(2025, 7, 1))["Tên gọi"]
    assert (gone, new) == (("Xã, phường, thị trấn tiêu biểu",), ("Xã, phường, đặc khu tiêu biểu",))
