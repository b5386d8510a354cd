"""Finished papers measured against the law: every type, short, long, ending on every line of a page; and faults found."""

import io
from dataclasses import replace
from datetime import date
from pathlib import Path

import pdfplumber
import pytest
from django.conf import settings

from documents import typesetting
from documents.form import rules
from documents.source import source
from documents.source.paper import PartialDate, Signature
from documents.source.types import BUILT_IN

from ..sheets import (
    DAY,
    TABLE,
    TODAY,
    dice,
    framed_paper,
    html_of,
    measured,
    paper,
    paper_with_appendices,
    sentence,
    titled_paper,
)
from .measure import findings

pytestmark = pytest.mark.skipif(bool(typesetting.missing_packages()), reason="PDF needs Debian packages")

SOURCES = sorted((Path(__file__).parents[1] / "sources").glob("*.md"))
SEED = Path(settings.BASE_DIR) / "documents" / "sample" / "seed_letter.md"
CIRCULAR = PartialDate(2020, 2)


# --- papers in the form that the law asks


@pytest.mark.parametrize("file", [*SOURCES, SEED], ids=lambda file: file.stem)
def test_every_source_is_in_form(file):
    written = source.parse(file.read_bytes(), BUILT_IN)
    pdf = typesetting.to_pdf(html_of(written))
    assert findings(pdf, written, BUILT_IN[written.type], TODAY) == []


def test_there_is_a_source_for_every_form():
    assert {BUILT_IN[source.parse(file.read_bytes(), BUILT_IN).type].form for file in SOURCES} == {
        facts.form for facts in BUILT_IN.values()
    }


@pytest.mark.parametrize("code", BUILT_IN)
def test_every_type_short_and_long(code):
    assert measured(paper(code, words=30)) == []
    assert measured(paper(code, words=600, day=CIRCULAR if code in ("CV", "QĐ", "TB", "BB") else PartialDate())) == []


@pytest.mark.parametrize("code", ["CV", "QĐ", "KH", "BB"])
@pytest.mark.parametrize("make", [framed_paper, titled_paper, paper_with_appendices])
def test_papers_with_frames_titles_and_appendices(code, make):
    assert measured(make(code)) == []


# How many lines stand above the end: from where the signature just fits on page 1 to where page 1 is full.
LINES = {"CV": range(12, 30), "QĐ": range(12, 27, 2), "BB": range(12, 27, 2)}
ENDS = {
    "one line": lambda rng: sentence(rng, 8),
    "two lines": lambda rng: sentence(rng, 28),
    "many lines": lambda rng: sentence(rng, 150),
    "titles": lambda rng: f"# I. TÊN MỤC\n\n## 1. Về việc khác\n\n{sentence(rng, 6)}",
    "a table": lambda rng: TABLE,
    "a note": lambda rng: f"{sentence(rng, 9, '')}[^1].\n\n[^1]: {sentence(rng, 45)}",
    "short points": lambda rng: "\n\n".join(f"{letter}) {sentence(rng, 5)}" for letter in "abcd"),
}


@pytest.mark.parametrize("end", ENDS)
@pytest.mark.parametrize("code", ["CV", "QĐ", "BB"])
def test_the_end_falls_on_every_line_around_a_pages_end(code, end):
    """So many lines that the signature just fits on page 1, up to a full page and more: a line longer each time."""
    told = {}
    for count in LINES[code][:: 1 if end == "one line" else 2]:
        rng = dice(f"{code} {end} {count}")
        body = f"{sentence(rng, count * 14)}\n\n{ENDS[end](rng)}"
        found = measured(paper(code, body=body, day=CIRCULAR if count % 2 else DAY))
        told |= {count: found} if found else {}
    assert told == {}


@pytest.mark.parametrize(
    ("day", "ruling"),
    [
        (PartialDate(2020, 2), rules.CIRCULAR_2011),
        (PartialDate(2020, 2, 29), rules.CIRCULAR_2011),
        (PartialDate(2020, 3, 4), rules.CIRCULAR_2011),
        (PartialDate(2020, 3, 5), rules.DECREE_2020),
        (PartialDate(2020, 3), rules.DECREE_2020),
        (PartialDate(1999, 1, 1), rules.CIRCULAR_2011),
        (PartialDate(), rules.DECREE_2020),
    ],
)
def test_the_rules_of_the_date_hold(day, ruling):
    assert rules.in_force(day.for_rules(date(2026, 3, 3))) == ruling
    assert measured(paper("QĐ", words=500, day=day)) == []


@pytest.mark.parametrize("ruling", rules.RULE_SETS, ids=lambda ruling: ruling.code)
def test_what_is_used_is_what_the_law_allows(ruling):
    for name, value in vars(ruling).items():
        if isinstance(value, rules.Range):
            assert value.low <= value.used <= value.high, name


@pytest.mark.parametrize(
    "changes",
    [
        {"issuer": ("BAN QUẢN LÝ DỰ ÁN ĐẦU TƯ XÂY DỰNG CÁC CÔNG TRÌNH DÂN DỤNG VÀ CÔNG NGHIỆP TỈNH LẠNG SƠN",)},
        {"superior": ("ỦY BAN NHÂN DÂN TỈNH LẠNG SƠN", "SỞ NÔNG NGHIỆP VÀ PHÁT TRIỂN NÔNG THÔN")},
        {"subject": "tổng kết phong trào thi đua xây dựng nông thôn mới và đô thị văn minh " * 4},
        {"symbol": "HĐTĐKT-BTĐKT-VPTĐ-KGVX-TH-CB"},
        {"number": 1234567},
        {"place": "Thị trấn Nông trường Thái Bình"},
        {"signature": Signature(("TUQ. CHỦ TỊCH", "GIÁM ĐỐC SỞ NÔNG NGHIỆP VÀ PHÁT TRIỂN NÔNG THÔN"), "Nguyễn Linh")},
        {"recipients": tuple(f"Đơn vị thứ {number} trong danh sách các cơ quan nhận văn bản của tỉnh" for number in range(25))},
        {"to": tuple(f"Ủy ban nhân dân huyện, thành phố thứ {number}" for number in range(12))},
        {"to": ("Thường trực Tỉnh ủy, Thường trực Hội đồng nhân dân, Ủy ban nhân dân và Ủy ban Mặt trận Tổ quốc tỉnh Lạng Sơn",)},
    ],
    ids=lambda changes: next(iter(changes)),
)  # fmt: skip
@pytest.mark.parametrize("code", ["CV", "KH"])
def test_long_names_subjects_and_lists(code, changes):
    if code == "KH":
        changes = {name: value for name, value in changes.items() if name != "to"}
    assert measured(replace(paper(code, words=200), **changes)) == []


def test_few_facts_leave_no_traces():
    bare = {"recipients": (), "archive": "", "to": (), "number": None, "superior": ()}
    pdf_words = html_of(replace(paper("KH", words=30), **bare))
    assert "Nơi nhận" not in pdf_words
    assert "Kính gửi" not in pdf_words
    assert measured(replace(paper("KH", words=30), **bare)) == []


# --- deliberate faults, each of which must be found

LETTER, LONG, DECISION, MINUTES = "letter", "long letter", "decision", "minutes"
FRAMED, TITLED, APPENDED = "framed", "titled", "with appendices"
PAPERS = {
    LETTER: lambda: paper("CV", words=150),
    LONG: lambda: paper("CV", words=620),
    DECISION: lambda: paper("QĐ", words=200),
    MINUTES: lambda: paper("BB", words=60),
    FRAMED: lambda: framed_paper("KH"),
    TITLED: lambda: titled_paper("KH"),
    APPENDED: lambda: paper_with_appendices("QĐ"),
}
STYLES = [
    ("paper-size", LETTER, "@page { size: 216mm 279mm }"),
    ("margin-left", LETTER, "@page { margin-left: 25mm }"),
    ("body-left", LETTER, "@page { margin-left: 36mm }"),
    ("margin-right", LETTER, "@page { margin-right: 10mm }"),
    ("margin", LETTER, "@page { margin-top: 15mm }"),
    ("margin-top", LETTER, "@page { margin-top: 30mm }"),
    ("margin", LONG, "@page { margin-bottom: 5mm }"),
    ("colour", LETTER, "html { color: #444 }"),
    ("colour", LETTER, ".number { color: #00f }"),
    ("body-size", LETTER, ".body { font-size: 12pt }"),
    ("body-size", LETTER, ".body { font-size: 15pt }"),
    ("body-indent", LETTER, ".body p { text-indent: 0 }"),
    ("body-indent", LETTER, ".body p { text-indent: 20mm }"),
    ("body-justified", LETTER, ".body p { text-align: left }"),
    ("body-leading", LETTER, ".body { line-height: 1.8 }"),
    ("body-leading", LETTER, ".body { line-height: 1 }"),
    ("paragraph-space", LETTER, ".body p { margin-bottom: 3pt }"),
    ("bold-wrong", LETTER, ".body p { font-weight: bold }"),
    ("italic-wrong", LETTER, ".body p { font-style: italic }"),
    ("bold-missing", TITLED, ".body strong { font-weight: normal }"),
    ("italic-missing", TITLED, ".body em { font-style: normal }"),
    ("section-style", TITLED, ".body h2 { font-weight: normal }"),
    ("clause-style", TITLED, ".body h3 { font-weight: normal }"),
    ("article-style", TITLED, ".body h4 { font-weight: normal }"),
    ("country-style", LETTER, ".country { font-weight: normal }"),
    ("country-size", LETTER, ".country { font-size: 11pt }"),
    ("motto-size", LETTER, ".motto { font-size: 12pt }"),
    ("motto-rule", LETTER, ".country-block .rule { width: 60mm !important }"),
    ("motto-rule", LETTER, ".country-block .rule { display: none }"),
    ("motto-centre", LETTER, ".motto { padding-left: 8mm }"),
    ("issuer-style", LETTER, ".issuer { font-weight: normal }"),
    ("superior-style", LETTER, ".superior { font-weight: bold }"),
    ("issuer-size", LETTER, ".issuer { font-size: 14pt }"),
    ("issuer-rule", LETTER, ".issued-by .short-rule { width: 45mm !important }"),
    ("issuer-rule", LETTER, ".issued-by .short-rule { width: 2mm !important }"),
    ("issuer-rule", LETTER, ".issued-by .short-rule { display: none }"),
    ("issuer-rule", LETTER, ".issued-by .short-rule { margin-left: 0 }"),
    ("number-size", LETTER, ".number { font-size: 12pt }"),
    ("date-style", LETTER, ".place-date { font-style: normal }"),
    ("date-size", LETTER, ".place-date { font-size: 12pt }"),
    ("date-line", LETTER, ".second .country-block { vertical-align: bottom }"),
    ("date-centre", LETTER, ".place-date { text-align: right }"),
    ("letter-subject-size", LETTER, ".letter-subject { font-size: 14pt }"),
    ("letter-subject-style", LETTER, ".letter-subject { font-style: italic }"),
    ("letter-subject-space", LETTER, ".letter-subject { margin-top: 0 }"),
    ("letter-subject-centre", LETTER, ".letter-subject { text-align: left }"),
    ("title-style", DECISION, ".title h1 { font-weight: normal }"),
    ("title-size", DECISION, ".title h1 { font-size: 16pt }"),
    ("title-centre", DECISION, ".title h1 { text-align: left }"),
    ("subject-style", DECISION, ".subject { font-weight: normal }"),
    ("subject-centre", DECISION, ".subject { text-align: right }"),
    ("subject-rule", DECISION, ".title .short-rule { width: 150mm !important }"),
    ("subject-rule", DECISION, ".title .short-rule { display: none }"),
    ("authority-style", DECISION, ".authority { font-weight: normal }"),
    ("resolves-centre", DECISION, ".resolves { text-align: left }"),
    ("basis-style", DECISION, ".bases p { font-style: normal }"),
    ("basis-indent", DECISION, ".bases p { text-indent: 0 }"),
    ("to-size", LETTER, ".to { font-size: 12pt }"),
    ("to-dash", LETTER, ".to .dashed { margin-left: 0 !important }"),
    ("page-number-place", LONG, "@page { @top-center { content: none } @top-left { content: counter(page); font: 13pt Tinos } }"),
    ("page-number-size", LONG, "@page { @top-center { font-size: 11pt } }"),
    ("page-number", LONG, "@page { @top-center { content: none } }"),
    ("page-number", LONG, "@page :first { @top-center { content: counter(page) } }"),
    ("page-number", LONG, "@page { @top-center { content: '7' } }"),
    ("page-number", APPENDED, "@page :nth(1 of portrait-b) { counter-reset: none; @top-center { content: counter(page) } }"),
    ("capacity-style", LETTER, ".capacity { font-weight: normal }"),
    ("signer-style", LETTER, ".signer { font-weight: normal }"),
    ("signer-size", LETTER, ".signer { font-size: 12pt }"),
    ("signature-room", LETTER, ".signer { padding-top: 5mm }"),
    ("signature-centre", LETTER, ".signer { text-align: left }"),
    ("signature-side", LETTER, ".signatures { direction: rtl }"),
    ("signature-side", MINUTES, ".signatures { direction: rtl }"),
    ("signature-level", MINUTES, ".left.signer { padding-top: 40mm; vertical-align: top } .right.signer { vertical-align: top }"),
    ("recipients-label-style", LETTER, ".recipients-label { font-style: normal }"),
    ("recipients-label-size", LETTER, ".recipients-label { font-size: 14pt }"),
    ("recipients-level", LETTER, ".signatures .left { vertical-align: bottom }"),
    ("recipient-size", LETTER, ".recipient { font-size: 13pt }"),
    ("recipient-left", LETTER, ".recipients { margin-left: 10mm }"),
    ("ending-alone", LONG, ".close { break-before: page }"),
    ("ending-split", MINUTES, ".close { break-inside: auto } .signatures + .recipients { break-before: page }"),
    ("urgency-frame", FRAMED, ".urgency { width: 60mm !important }"),
    ("urgency-colour", FRAMED, ".urgency { color: #000 }"),
    ("urgency-style", FRAMED, ".urgency { font-weight: normal }"),
    ("circulation-frame", FRAMED, ".circulation { border: none }"),
    ("circulation-size", FRAMED, ".circulation { font-size: 10pt }"),
    ("contact-rule", FRAMED, ".contact .rule { display: none }"),
    ("contact-size", FRAMED, ".contact { font-size: 9pt }"),
    ("note-size", TITLED, ".note { font-size: 8pt }"),
    ("note-style", TITLED, ".note { font-style: italic }"),
    ("note-rule", TITLED, "@page { @footnote { margin-right: 35% } } .note { width: 150% }"),
    ("note-page", TITLED, "@page { @footnote { border: none } }"),
    ("words", TITLED, ".note::footnote-call { content: none }"),
    ("note-page", TITLED, ".note::footnote-marker { content: '* ' }"),
    ("table-head", APPENDED, ".body thead { display: table-row-group }"),
    ("table-head-style", TITLED, ".body th { font-weight: normal }"),
    ("table-rules", TITLED, ".body th, .body td { border: none }"),
    ("table-width", TITLED, ".body table { width: 120% }"),
    ("table-words", TITLED, ".body td { white-space: nowrap; overflow: hidden; font-size: 0 }"),
    ("appendix-label-style", APPENDED, ".appendix-label { font-weight: normal }"),
    ("appendix-label-size", APPENDED, ".appendix-label { font-size: 13pt }"),
    ("appendix-title-style", APPENDED, ".appendix-title { font-weight: normal }"),
    ("appendix-centre", APPENDED, ".appendix-title { text-align: left }"),
    ("appendix-attached-style", APPENDED, ".attached { font-style: normal }"),
    ("appendix-turn", APPENDED, "@page landscape-a { size: A4 } @page landscape-b { size: A4 }"),
    ("appendix-page", APPENDED, ".appendix { page: auto }"),
    ("overlap", LETTER, ".to { margin-top: -12mm }"),
    ("overlap", FRAMED, ".circulation { top: 4mm }"),
]  # fmt: skip
WORDINGS = [
    ("words", LETTER, "./.</p>", "</p>"),
    ("words", LETTER, "</p>\n<p", "</p>\n<p hidden"),
    ("resolves", DECISION, "QUYẾT ĐỊNH:", "QUYẾT ĐỊNH"),
    ("basis", DECISION, ";</p>", ".</p>"),
    ("number", LETTER, "Số: 07", "Số: 7"),
    ("number-spaces", LETTER, "/SNV-TĐKT<", "/SNV - TĐKT<"),
    ("date", LETTER, "ngày 09 tháng 3", "ngày 9 tháng 03"),
    ("motto", LETTER, "Độc lập - Tự do - Hạnh phúc", "Độc lập – Tự do – Hạnh phúc"),
    ("letter-subject", LETTER, "V/v ", ""),
    ("to", LETTER, "Kính gửi:", "Kính gửi"),
    ("recipients", LETTER, "Nơi nhận:", "NƠI NHẬN:"),
    ("recipient", LETTER, "Lưu: ", ""),
    ("date", MINUTES, '<div class="country-block"></div>', '<div class="country-block">Lạng Sơn, ngày 1</div>'),
    ("appendix", APPENDED, "Phụ lục II", "Phụ lục 2"),
    ("appendix-attached", APPENDED, "(Kèm theo Quyết định", "(Theo Quyết định"),
    ("table-words", TITLED, "Huyện Chi Lăng", "Huyện"),
]  # fmt: skip


@pytest.fixture(scope="module")
def sheets():
    """The papers that faults are put into, with their HTML."""
    made = {name: make() for name, make in PAPERS.items()}
    return {name: (written, html_of(written)) for name, written in made.items()}


def codes(found):
    return {finding.split(":")[0] for finding in found}


@pytest.mark.parametrize("name", PAPERS)
def test_papers_without_a_fault_bring_no_finding(sheets, name):
    written, html = sheets[name]
    assert measured(written, html) == []


@pytest.mark.parametrize(("code", "name", "style"), STYLES)
def test_a_fault_of_style_is_found(sheets, code, name, style):
    written, html = sheets[name]
    assert code in codes(measured(written, html.replace("</head>", f"<style>{style}</style></head>")))


@pytest.mark.parametrize(("code", "name", "before", "after"), WORDINGS)
def test_a_fault_of_wording_is_found(sheets, code, name, before, after):
    written, html = sheets[name]
    assert before in html
    assert code in codes(measured(written, html.replace(before, after)))


def test_words_that_lead_to_what_follows_do_not_end_a_page():
    """«Kết quả như sau:» and its table, wherever the page ends."""
    for lines in (15, 19, 23):
        body = (
            "Nội dung thực hiện trong năm.\n\n" * lines
            + "Kết quả như sau:\n\n| STT | Việc |\n| --- | --- |\n| 1 | Họp |"
        )
        with pdfplumber.open(io.BytesIO(typesetting.to_pdf(html_of(paper("CV", body=body))))) as pdf:
            pages = [page.extract_text().rstrip() for page in pdf.pages]
        assert not any(text.endswith("như sau:") for text in pages), lines


def test_what_a_table_is_called_stands_on_its_page():
    """Wherever the end of the page falls, the line before a table is not the last one of a page."""
    table = "| Năm | Danh hiệu |\n|---|---|\n| 2025 | Lao động tiên tiến |"
    for lines in range(18, 24):
        body = "\n\n".join(["Một dòng."] * lines + ["2. Hình thức khen thưởng", table, "Một dòng cuối."])
        with pdfplumber.open(io.BytesIO(typesetting.to_pdf(html_of(paper("BC", body=body))))) as pdf:
            texts = [page.extract_text() for page in pdf.pages]
        (page,) = [text for text in texts if "2. Hình thức" in text]
        assert "Lao động tiên tiến" in page
