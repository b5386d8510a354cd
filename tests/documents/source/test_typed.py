"""What people type although the form adds it, and words that must not be parted at the end of a line."""

from dataclasses import replace

import pytest

from documents import typesetting
from documents.source import source
from documents.source.typed import addressees, recipients, subject_alone
from documents.source.types import BUILT_IN
from documents.typesetting.body import whole_references
from units.text import clean, clean_words

from ..sheets import html_of, paper
from ..sources import parse, text_of


def page(code="CV", **changes):
    """The sheet of a paper, without its marks of nobreak."""
    return html_of(replace(paper(code, words=20), **changes)).replace('<span class="whole">', "").replace("</span>", "")


@pytest.mark.parametrize(
    "typed",
    ["V/v: đề nghị", "V/V Đề nghị", "v/v v/v đề nghị", "Về việc: đề nghị", "V / v – đề nghị", "V/vđề nghị", "VỀ VIỆC đề nghị",
     "Vv. đề nghị", "V\\v đề nghị", "V/v về việc đề nghị", "V/v\u00a0đề nghị"],
)  # fmt: skip
def test_what_a_subject_is_about_is_told_once(typed):
    assert subject_alone(typed).lower() == "đề nghị"
    assert '<p class="letter-subject">V/v đề nghị</p>' in page(subject=typed)
    for code in ("QĐ", "TTr"):
        assert '<p class="subject">Về việc đề nghị</p>' in page(code, subject=typed)


@pytest.mark.parametrize("typed", ["Vụ việc", "vvip", "việc làm", "Về chế độ", "V/v"])
def test_other_subjects_stay(typed):
    assert subject_alone(typed) == typed


def test_a_report_has_its_subject_as_it_was_typed():
    assert '<p class="subject">Kết quả thi đua</p>' in page("BC", subject="kết quả thi đua")
    assert '<p class="subject">Về chế độ</p>' in page("QĐ", subject="về chế độ")


def test_dashes_and_labels_that_were_typed_are_not_doubled():
    lines = ["Kính gửi:", "- Các sở, ban, ngành;", "– UBND các xã", "• Kính gửi: Sở Y tế."]
    assert addressees(lines) == ["Các sở, ban, ngành;", "UBND các xã", "Sở Y tế."]
    text = page(
        to=("- Các sở, ban, ngành;", "- UBND các xã, phường."), bases=("- Căn cứ A;",), recipients=("- Như trên;",)
    )
    assert "- -" not in text
    for line in ("- Các sở, ban, ngành;", "- UBND các xã, phường.", "- Như trên;"):
        assert f">{line}<" in text


@pytest.mark.parametrize(
    ("lines", "archive", "printed"),
    [
        (["Như trên"], "VT, TĐKT", ["Như trên", "Lưu: VT, TĐKT"]),
        (["- Như trên;", "- Lưu: VT, TĐKT."], "VT", ["Như trên;", "Lưu: VT, TĐKT"]),
        (["Nơi nhận:", "Như trên", "Lưu VT"], "", ["Như trên", "Lưu: VT"]),
        (["LƯU : VT"], "Lưu: VT, VP (NTB, 2).", ["Lưu: VT, VP (NTB, 2)"]),
        ([], "- lưu: VT; P1", ["Lưu: VT; P1"]),
        (["Trung tâm Lưu trữ lịch sử", "Lưu trữ tỉnh"], "", ["Trung tâm Lưu trữ lịch sử", "Lưu trữ tỉnh"]),
    ],
)
def test_what_is_kept_stands_once_and_last(lines, archive, printed):
    assert recipients(lines, archive) == printed


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("Kết thúc", "Kết thúc./."),
        ("Kết thúc.", "Kết thúc./."),
        ("Kết thúc. /.", "Kết thúc./."),
        ("Kết thúc . / .", "Kết thúc./."),
        ("Kết thúc;./.", "Kết thúc./."),
        ("Kết thúc/.", "Kết thúc./."),
        ("Kết thúc.\n\n./.", "Kết thúc./."),
        ("**Kết thúc.** /.", "<strong>Kết thúc</strong>./."),
        ("*Kết thúc. /.*", "<em>Kết thúc</em>./."),
        ("Kết thúc.[^1] ./.\n\n[^1]: x", 'Kết thúc<span class="note">x./.'),
        ("Tốc độ 60 km/h", "60 km/h./."),
        ("nhà, v.v...", "v.v..../."),
        ("| A |\n|---|\n| b |\n\n./.", '<p class="end-mark last kept">./.'),
    ],
)
def test_a_body_ends_with_its_mark_once(typed, printed):
    text = page(body=typed)
    assert printed in text
    assert text.count("./.") == 1


@pytest.mark.parametrize(
    "symbol",
    ["17/UBND-KGVX", "98/2023/NĐ-CP", "22-CT/TW", "01-HD/BTĐKT", "45/2019/QH14", "1672/NQ-UBTVQH15", "12a/QĐ-TTg", "50/BC",
     "31/12/2023", "QĐ-UBND"],
)  # fmt: skip
def test_a_symbol_does_not_break(symbol):
    whole = f'<span class="whole">{symbol}</span>'
    assert whole_references(f"theo {symbol}, (số {symbol}).") == f"theo {whole}, (số {whole})."
    html = html_of(replace(paper("CV", words=20), subject=f"thực hiện {symbol}", to=(f"Nơi có {symbol}",)))
    assert html.count(whole) == 2
    cited = paper("BC", body="Theo {{cite:x}}.")
    assert whole in typesetting.typeset(cited, BUILT_IN, cite=lambda key, first: f"Báo cáo số {symbol}")


def test_what_is_longer_than_a_line_may_break():
    assert "whole" not in whole_references("1/" + "-".join(["abcdefghij"] * 6))
    assert "whole" not in whole_references("và/hoặc Covid-19")


def test_the_year_stands_with_its_day():
    date = '<span class="whole">ngày 09 tháng 3 năm 2025</span>'
    assert f"Phan Rang - Tháp Chàm, {date}" in html_of(replace(paper("CV"), place="Phan Rang - Tháp Chàm"))


def test_a_space_that_does_not_break_stays_one_between_two_words():
    typed = "10\u00a0000 đồng\u00a0 và \u00a05\u202fha\u00a0\n\u00a0x"
    assert clean_words(typed) == "10\u00a0000 đồng  và  5\u00a0ha \n x"
    assert clean(typed) == "10 000 đồng  và  5 ha \n x"
    read = parse(text_of(body="10\u00a0000 đồng.", extra='archive: "VT,\u00a0P1"\n'))
    assert (read.body, read.archive) == ("10\u00a0000 đồng.", "VT,\u00a0P1")
    assert parse(source.dump(read)) == read
    assert html_of(replace(paper("CV"), body="10\u00a0000 đồng.", subject="số 10\u00a0000")).count("10\u00a0000") == 3
