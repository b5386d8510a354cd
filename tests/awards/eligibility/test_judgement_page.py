"""How a judgement is shown: the sentence at the top, marks with words, facts with their pages, what does not count and why."""

from datetime import date

import pytest
from django.template.loader import render_to_string
from lxml import html

from awards.eligibility.facts import Facts, Held, Initiative, Pause, Rating
from awards.eligibility.rules import judge

DAY = date(2026, 3, 2)


class Kept:
    """A record that has a page."""

    def get_absolute_url(self):
        return "/khen-thuong/quyet-dinh/7/"


def shown(plain_catalogue, award, facts, **more):
    answer = judge(plain_catalogue.on(DAY), award, facts, **({"year": DAY.year - 1} | more))
    return answer, html.fromstring(render_to_string("awards/_judgement.html", {"judgement": answer}))


def words(node):
    return " ".join(node.text_content().split())


def test_the_verdict_says_what_is_missing(plain_catalogue):
    held = tuple(Held("CSTDCS", year) for year in (2024, 2025))
    answer, page = shown(plain_catalogue, "CSTDT", Facts("person", held=held))
    top = words(page.find_class("judgement-verdict")[0])
    assert top.startswith("Chưa đạt Chưa đủ điều kiện. Còn thiếu: thêm 1 năm CSTĐ cơ sở 2026")
    assert answer.met is False


def test_a_condition_of_every_award_stands_at_the_top_too(plain_catalogue):
    pauses = (Pause("discipline", date(2026, 1, 5), paper="QĐ 9/QĐ-UBND"),)
    _, page = shown(plain_catalogue, "LDTT", Facts("person", ratings=(Rating(2025, "good"),), pauses=pauses))
    top = words(page.find_class("judgement-verdict")[0])
    assert "Vướng điều kiện chung: Không trong thời gian bị kỷ luật" in top


@pytest.mark.parametrize(
    ("facts", "mark"),
    [
        (Facts("person", ratings=(Rating(2025, "good"),)), "Đạt"),
        (Facts("person", ratings=(Rating(2025, "done"),)), "Chưa đạt"),
        (Facts("person"), "Chưa rõ"),
    ],
)
def test_each_condition_has_a_mark_in_words(plain_catalogue, facts, mark):
    _, page = shown(plain_catalogue, "LDTT", facts, route="merit")
    rated = [row for row in page.find_class("finding") if "hoàn thành tốt nhiệm vụ trở lên năm 2025" in words(row)]
    assert [words(row.find_class("mark")[0]) for row in rated] == [mark]
    assert rated[0].find_class("mark")[0].xpath(".//svg")


def test_what_the_unit_confirms_is_no_lack(plain_catalogue):
    _, page = shown(plain_catalogue, "LDTT", Facts("person", ratings=(Rating(2025, "good"),)))
    assert "Cần xác nhận Có tinh thần tự lực" in words(page)


def test_facts_lead_to_their_pages_oldest_first(plain_catalogue):
    kept = Held("CSTDCS", 2025, number="12/QĐ-UBND", key=Kept())
    held = (kept, Held("CSTDCS", 2023, number="10/QĐ-UBND", key=4), Held("CSTDCS", 2024))
    found = (Initiative("Số hóa hồ sơ", "province", 2025),)
    answer, page = shown(plain_catalogue, "CSTDT", Facts("person", held=held, initiatives=found))
    assert answer.met is True
    assert "Căn cứ: năm 2023 (QĐ 10/QĐ-UBND); năm 2024; năm 2025 (QĐ 12/QĐ-UBND)" in words(page)
    links = [(link.text, link.get("href")) for link in page.iter("a")]
    assert links == [("năm 2025 (QĐ 12/QĐ-UBND)", "/khen-thuong/quyet-dinh/7/")]


def test_what_does_not_count_is_told_with_why(plain_catalogue):
    held = (Held("BKT", 2024, route="deed"), Held("BKTTG", 2019, date(2019, 5, 1)))
    ratings = tuple(Rating(year, "excellent") for year in range(2020, 2026))
    _, page = shown(
        plain_catalogue, "HCLD3", Facts("collective", held=held, ratings=ratings, began_on=date(2000, 1, 1))
    )
    told = "Không tính: Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh năm 2024: khen đột xuất, chuyên đề"
    assert told in words(page)


def test_the_best_way_is_open_and_first(plain_catalogue):
    ratings = tuple(Rating(year, "excellent") for year in (2024, 2025))
    _, page = shown(plain_catalogue, "BKT", Facts("collective", ratings=ratings))
    ways = page.find_class("way")
    assert [way.get("open") is not None for way in ways] == [True, *[False] * (len(ways) - 1)]
    assert words(ways[0]).startswith("Đạt Công trạng (thường xuyên) – điểm d khoản 3 Điều 74 Luật Thi đua, khen thưởng")


def test_no_doubt_is_printed(plain_catalogue):
    """CSTĐTQ under the law of 2003 rests on rows that wait for the office: the page does not say so."""
    answer = judge(plain_catalogue.on(date(2020, 1, 2)), "CSTDTQ", Facts("person"), year=2019)
    told = words(html.fromstring(render_to_string("awards/_judgement.html", {"judgement": answer})))
    doubts = {row.doubt for row in plain_catalogue.unsure()}
    assert doubts
    assert not [doubt for doubt in doubts if doubt in told]
