"""Each rule catches its example and leaves the other alone; what it mends it does not find again; the law of the day judges."""

import random
import time
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from documents.proofing.judging import judge, rules
from documents.proofing.laws import CIRCULAR, DECREE
from documents.proofing.reading import Known
from documents.proofing.rule import MOST, RULES, Level
from documents.source.paper import Appendix, PartialDate
from documents.source.source import parse
from documents.source.types import BUILT_IN

from .cases import CASES, LETTER, body, paper

TODAY = date(2026, 4, 20)


def found(facts, **more):
    """What is found in the letter that differs in ``facts``."""
    return judge(paper(facts), BUILT_IN, TODAY, known=facts.get("known", Known()), **more)


def codes(facts, **more):
    return {one.rule.code for one in found(facts, **more)}


def test_every_rule_has_its_example():
    assert set(CASES) == set(RULES)
    assert len(RULES) >= 60


def test_the_letter_that_cases_begin_from_is_in_order():
    assert found({}) == []


@pytest.mark.parametrize("code", CASES)
def test_a_rule_catches_its_example(code):
    assert code in codes(CASES[code][0])


@pytest.mark.parametrize("code", CASES)
def test_a_rule_leaves_the_other_alone(code):
    assert code not in codes(CASES[code][1])


def _mended(words, finding):
    """``words`` with the line of ``finding`` as it should be."""
    rows = words.split("\n") if isinstance(words, str) else list(words)
    at = rows.index(finding.old)
    rows[at : at + 1] = finding.new.split("\n") if finding.new or isinstance(words, str) else []
    return "\n".join(rows) if isinstance(words, str) else tuple(rows)


def _with_mend(one, finding):
    """The paper ``one`` after what ``finding`` mends."""
    owner, _, part = finding.field.partition(".")
    if part in ("capacity", "name"):
        signature = getattr(one, owner)
        return replace(one, **{owner: replace(signature, **{part: _mended(getattr(signature, part), finding)})})
    return replace(one, **{owner: _mended(getattr(one, owner), finding)})


MENDING = [
    code for code, (bad, _) in CASES.items() if any(one.new is not None and one.rule.code == code for one in found(bad))
]


def test_most_rules_mend():
    assert len(MENDING) > 50


@pytest.mark.parametrize("code", MENDING)
def test_what_was_mended_is_not_found_again_and_nothing_else_is(code):
    facts = CASES[code][0]
    before, one = codes(facts), paper(facts)
    for _ in range(6):
        judged = judge(one, BUILT_IN, TODAY, known=facts.get("known", Known()))
        mends = [finding for finding in judged if finding.rule.code == code and finding.new is not None]
        if not mends:
            break
        one = _with_mend(one, mends[0])
    after = {finding.rule.code for finding in judge(one, BUILT_IN, TODAY, known=facts.get("known", Known()))}
    assert code not in after
    assert after <= before


def test_no_article_is_bare():
    for rule in rules():
        for article in rule.articles:
            assert " số " in str(article)
            assert " ngày " in str(article)
            assert article.ends is None or article.begins < article.ends


def test_a_paper_is_judged_by_the_law_of_its_day():
    bad = CASES["ngay-thieu-so-0"][0]
    told = {year: found(bad | {"date": PartialDate(year, 3, 4)})[-1].article for year in (2019, 2026)}
    assert told[2019] == f"Điều 9 Thông tư số {CIRCULAR} ngày 19/01/2011"
    assert told[2026] == f"điểm b khoản 4 Mục II Phần I Phụ lục I Nghị định số {DECREE} ngày 05/3/2020"


@pytest.mark.parametrize(("day", "holds"), [((2020, 3, 4), False), ((2020, 3, 5), True)])
def test_a_rule_of_the_decree_alone_begins_with_it(day, holds):
    assert ("can-cu-luat-ghi-so" in codes(CASES["can-cu-luat-ghi-so"][0] | {"date": PartialDate(*day)})) is holds


def test_advice_that_is_turned_off_is_not_told_an_error_is():
    advice, error = CASES["lap-tu"][0], CASES["ngay-khong-co"][0]
    assert "lap-tu" not in codes(advice, off={"lap-tu"})
    assert "ngay-khong-co" in codes(error, off={"ngay-khong-co"})


def test_errors_come_first_and_alone_where_they_are_asked_for():
    both = body("Đề nghị các các đơn vị họp ngày 31 tháng 6 năm 2026.")
    assert [one.rule.code for one in found(both)] == ["ngay-khong-co", "lap-tu"]
    assert codes(both, level=Level.ERROR) == {"ngay-khong-co"}


def test_what_is_found_tells_its_place():
    one = found(body("Lời.", "Họp ngày 31 tháng 6 năm 2026."))[0]
    assert (one.field, one.line, one.place, one.name) == ("body", 3, "Nội dung, đoạn 2", "body")


def test_a_place_in_an_appendix_is_told_as_its_tab_is_called():
    twice = "Lời.\n\nĐề nghị các các đơn vị."
    parts = (Appendix("Quy chế", twice, type="QC"), Appendix("Danh sách", twice), Appendix("Biểu", twice))
    told = found(body("Ban hành kèm theo.") | {"appendices": parts})
    assert [one.place for one in told] == ["Quy chế, đoạn 2", "Phụ lục I, đoạn 2", "Phụ lục II, đoạn 2"]
    alone = found(body("Danh sách kèm theo.") | {"appendices": parts[1:2], "recipients": ("Như trên", "sở Y tế")})
    assert [one.place for one in alone] == ["Nơi nhận, dòng 2", "Phụ lục, đoạn 2"]


def test_words_in_quotation_marks_tables_and_citations_are_not_the_writers():
    left = body("Sửa cụm từ “các các sở” thành: {{cite:5/BC-X}}.", "| các các |\n|---|\n| ngày 31/6/2026 |")
    assert codes(left) == set()


def test_a_habit_is_told_a_few_times():
    assert len(found(body(*["Đề nghị các các đơn vị."] * 30))) == MOST


SOURCES = sorted(Path(__file__).parents[1].joinpath("sources").glob("*.md"))


@pytest.mark.parametrize("file", SOURCES, ids=lambda file: file.stem)
def test_papers_that_are_in_order_have_no_errors(file):
    assert judge(parse(file.read_bytes(), BUILT_IN), BUILT_IN, TODAY, level=Level.ERROR) == []


def test_every_rule_takes_any_words():
    letters = "aàAĐđ 0123456789.,;:/-–*#()[]“”|\n^{}…\\Điều Khoản Căn cứ số 12/QĐ-UBND ngày 31/6/2026 thứ hai"
    chance = random.Random(18)  # noqa: S311  the same words in every run
    for _ in range(60):
        text = "".join(chance.choices(letters, k=300))
        one = replace(
            LETTER, body=text, subject=text[:80], bases=(text[:90],), to=(text[90:150],), recipients=(text[150:200],)
        )
        judge(one, BUILT_IN, TODAY)


def test_a_hundred_pages_are_bounded():
    text = "Sở Nội vụ đề nghị các cơ quan, đơn vị báo cáo theo Kế hoạch số 12/KH-UBND ngày 15/3/2026, (điểm a khoản 2 Điều 5). "
    long = replace(LETTER, body="\n\n".join([text * 4] * 700))
    started = time.process_time()
    judge(long, BUILT_IN, TODAY)
    assert time.process_time() - started < 5


def test_the_last_page_of_the_longest_body_is_looked_at():
    lines = ["Sở Nội vụ đề nghị các cơ quan, đơn vị báo cáo."] * 9_000
    assert codes(body(*lines, "Họp ngày 31 tháng 6 năm 2026."), level=Level.ERROR) == {"ngay-khong-co"}


@pytest.mark.parametrize(
    "words", ["a", "1", "A ", "(", "“", "Căn cứ ", "ngày 1/1/2020 ", "a-", "a@", "http://", "của các "]
)
def test_no_words_take_more_than_their_length(words):
    long = replace(LETTER, body=words * (60_000 // len(words)), subject=words * 50)
    started = time.process_time()
    judge(long, BUILT_IN, TODAY)
    assert time.process_time() - started < 3
