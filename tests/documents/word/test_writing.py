"""A paper as a Word document: its form, held by the XML; what is in it of the source, and nothing of the machine."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from documents.form.rules import CIRCULAR_2011, DECREE_2020
from documents.source import source
from documents.source.paper import Appendix, PaperRefused, PartialDate
from documents.source.types import BUILT_IN
from documents.word.styles import styles_of
from documents.word.writing import to_docx

from ..sheets import TABLE, TODAY, framed_paper, paper, paper_with_appendices, titled_paper
from .opened import W, Word, value, words

SOURCES = Path(__file__).parents[1] / "sources"
MM = 1440 / 25.4
# Children of w:pPr and w:rPr in the order of the schema (ISO/IEC 29500-1, A.1), as far as papers have them.
ORDER = {
    "pPr": [
        "pStyle",
        "keepNext",
        "framePr",
        "widowControl",
        "pBdr",
        "spacing",
        "ind",
        "jc",
        "outlineLvl",
        "rPr",
        "sectPr",
    ],
    "rPr": ["rStyle", "rFonts", "b", "i", "color", "kern", "sz", "szCs", "vertAlign", "lang"],
    "tblPr": ["tblStyle", "tblW", "tblInd", "tblBorders", "tblLayout", "tblCellMar"],
    "tcPr": ["tcW", "gridSpan", "vMerge", "vAlign"],
    "trPr": ["cantSplit", "tblHeader"],
    "sectPr": [
        "headerReference",
        "footerReference",
        "footnotePr",
        "endnotePr",
        "type",
        "pgSz",
        "pgMar",
        "pgNumType",
        "titlePg",
    ],
}


def cite(reference, first):
    return f"Quyết định số {reference} ngày 01 tháng 02 năm 2020" if first else f"Quyết định số {reference}"


def word(found, **options):
    return Word(to_docx(found, BUILT_IN, cite=cite, today=TODAY, **options))


def every_source():
    return [pytest.param(file, id=file.stem) for file in sorted(SOURCES.glob("*.md"))]


@pytest.mark.parametrize("file", every_source())
def test_every_source_of_the_tests_becomes_a_document_with_all_its_words(file):
    found = source.parse(file.read_bytes(), BUILT_IN, cite=cite)
    made = word(found)
    told = re.sub(r"\s", "", made.all_words)
    for line in (*found.issuer, *found.superior, found.signature.name, *found.signature.capacity):
        assert re.sub(r"\s", "", line) in told
    # The first words of each paragraph that has no mark of its own.
    for block in re.split(r"\n{2,}", found.body):
        start = re.match(r"[^\[*#|{\\\n]{1,40}", block)
        assert not start or re.sub(r"\s", "", start[0]) in told


@pytest.mark.parametrize("code", BUILT_IN)
def test_every_kind_of_paper_has_its_properties_in_the_order_that_word_asks_for(code):
    for make in (framed_paper, titled_paper, paper_with_appendices):
        made = word(make(code))
        for name in made.parts:
            if not name.startswith("word/") or not name.endswith(".xml"):
                continue
            for kind, order in ORDER.items():
                for node in made.root(name).iter(f"{W}{kind}"):
                    places = [order.index(child.tag.removeprefix(W)) for child in node]
                    assert places == sorted(places), (code, name, kind)


def test_styles_have_names_that_an_officer_knows_and_sizes_of_the_rules():
    names = {style.key: style for style in styles_of(DECREE_2020)}
    assert {"Quốc hiệu", "Trích yếu", "Nơi nhận", "Chức vụ người ký", "Thân bài"} <= {
        style.name for style in names.values()
    }
    made = word(paper("QĐ"))
    styles = {node.get(f"{W}styleId"): node for node in made.root("word/styles.xml").iter(f"{W}style")}
    for node in made.body.iter(f"{W}pStyle"):
        assert node.get(f"{W}val") in styles
    text = styles["ThanBai"].find(f"{W}pPr")
    assert value(text, "ind", "firstLine") == str(round(12.7 * MM))
    assert (value(text, "spacing", "after"), value(text, "jc")) == ("120", "both")
    assert value(styles["QuocHieu"].find(f"{W}rPr"), "sz") == "24"
    # Italic bases are the decree's; the circular before it prints them upright.
    assert names["CanCu"].italic
    assert not {style.key: style for style in styles_of(CIRCULAR_2011)}["CanCu"].italic


def test_parts_stand_in_their_styles():
    made = word(paper("QĐ"))
    assert made.words("QuocHieu") == ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"]
    assert made.words("SoKyHieu") == ["Số: 07/QĐ-SNV"]
    assert made.words("NgayThang") == ["Lạng Sơn, ngày 09 tháng 3 năm 2025"]
    assert made.words("TenLoai") == ["QUYẾT ĐỊNH"]
    assert made.words("ThamQuyen") == ["GIÁM ĐỐC SỞ NỘI VỤ", "QUYẾT ĐỊNH:"]
    assert [line[-1] for line in made.words("CanCu")] == [";", "."]
    assert made.words("HoTen") == ["Nông Văn Bịa"]
    assert made.words("NoiNhan")[0] == "- Như trên;"
    assert made.words("ThanBai")[-1].endswith("./.")


def test_a_document_begins_with_a_line_of_no_height():
    first, second = word(titled_paper("CV")).body[:2]
    assert value(first.find(f"{W}pPr"), "pStyle") == "NetKe"
    assert second.tag == f"{W}tbl"


def test_room_above_a_block_is_given_once():
    made = word(paper("QĐ", bases=("Căn cứ Luật",)))
    basis, line = (made.paragraphs(style)[-1].find(f"{W}pPr") for style in ("CanCu", "ThamQuyen"))
    assert (value(basis, "spacing", "after"), value(line, "spacing", "before")) == ("0", "240")


def test_room_is_left_for_number_and_day():
    made = word(paper("CV", number=None, date=PartialDate(2025, 3)))
    assert re.fullmatch(r"Số: {13}/SNV-TĐKT", made.words("SoKyHieu")[0])
    assert re.fullmatch(r"Lạng Sơn, ngày {10}tháng 3 năm 2025", made.words("NgayThang")[0])


def test_notes_are_word_s_own_and_stand_where_they_are_cited():
    body = "Đầu[^a] giữa *nghiêng[^b]* cuối.\n\n[^b]: Hai\nhàng.\n\n[^a]: Một **đậm**."
    made = word(paper("CV", body=body))
    ids = [node.get(f"{W}id") for node in made.body.iter(f"{W}footnoteReference")]
    notes = {node.get(f"{W}id"): words(node).strip() for node in made.root("word/footnotes.xml")}
    assert [notes[key] for key in ids] == ["Một đậm.", "Hai hàng."]
    assert [node.get(f"{W}type") for node in made.root("word/footnotes.xml")][:2] == [
        "separator",
        "continuationSeparator",
    ]
    assert made.root("word/settings.xml").find(f"{W}footnotePr") is not None
    assert "word/footnotes.xml" not in word(paper("CV")).parts


def test_notes_of_what_stands_behind_a_paper_are_numbered_from_one_as_on_its_pages():
    noted = "# I. MỤC\n\nChữ[^1].\n\n[^1]: Lời."
    heads = " | ".join(f"Chỉ tiêu {number}" for number in range(14))
    wide = f"{noted}\n\n| {heads} |\n|{'---|' * 14}\n| {' | '.join(['1.234.567'] * 14)} |\n\nSau."
    behind = (Appendix("Một", noted), Appendix("Hai", noted))
    made = word(replace(paper("KH", body=wide), appendices=behind))
    told = [value(section.find(f"{W}footnotePr"), "numRestart") for section in made.sections()]
    # The paper, its table on its side and what follows it go on; each appendix begins anew.
    assert told == [None, None, None, "eachSect", "eachSect"]
    # Another program begins anew below titles of the first level, which therefore stand in no text.
    levels = {style.key: style.level for style in styles_of(DECREE_2020) if style.level is not None}
    assert [key for key, level in levels.items() if not level] == ["TenLoai", "PhuLuc"]
    plain = word(replace(paper("KH"), appendices=(Appendix("Một", "Chữ."),)))
    assert all(section.find(f"{W}footnotePr") is None for section in plain.sections())


def test_numbering_is_typed_and_never_a_list():
    made = word(paper("CV", body="1. Một.\n\na) Hai.\n\n- Ba.\n\n# I. MỤC\n\n## 1. Khoản\n\n### Điều 1. Tên"))
    assert not list(made.body.iter(f"{W}numPr"))
    assert "word/numbering.xml" not in made.parts
    assert made.words("ThanBai")[:3] == ["1. Một.", "a) Hai.", "- Ba."]
    assert (made.words("Muc"), made.words("Khoan"), made.words("Dieu")) == (
        ["I. MỤC"],
        ["1. Khoản"],
        ["Điều 1. Tên./."],
    )


def test_the_head_of_a_table_repeats_and_its_columns_fill_the_sheet():
    made = word(paper("BC", body=f"Như sau:\n\n{TABLE}"))
    (table,) = made.tables()
    heads = [row for row in table.iter(f"{W}tr") if row.find(f"{W}trPr/{W}tblHeader") is not None]
    assert [words(row) for row in heads] == ["STTĐơn vịSố lượng"]
    assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in table.iter(f"{W}tr"))
    columns = [int(node.get(f"{W}w")) for node in table.iter(f"{W}gridCol")]
    assert abs(sum(columns) - 165 * MM) < 3
    # Where words stand: in the middle, at the left, at the right.
    row = list(table.iter(f"{W}tr"))[1]
    assert [value(node.find(f"{W}pPr"), "jc") for node in row.iter(f"{W}p")] == ["center", None, "right"]
    # What a table is called stays with it.
    assert made.paragraphs("ThanBai")[0].find(f"{W}pPr/{W}keepNext") is not None


def test_the_sheet_is_a4_with_the_margins_of_the_decree_and_no_number_on_its_first_page():
    made = word(paper("CV"))
    (section,) = made.sections()
    assert (value(section, "pgSz", "w"), value(section, "pgSz", "h")) == (str(round(210 * MM)), str(round(297 * MM)))
    sides = [value(section, "pgMar", side) for side in ("top", "right", "bottom", "left")]
    assert sides == [str(round(length * MM)) for length in (20, 15, 20, 30)]
    assert section.find(f"{W}titlePg") is not None
    assert _numbered(made) == ["header"]
    old = word(paper("CV", day=PartialDate(2015, 3, 9)))
    assert _numbered(old) == ["footer"]


def _numbered(made):
    """In which margins pages after the first have their number."""
    ids = {rel.rId: str(rel.target_part.partname) for rel in made.by_other.part.rels.values()}
    found = []
    for node in made.sections()[0]:
        key = node.get("{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id")
        if key and "PAGE" in made.parts[ids[key].lstrip("/")].decode():
            assert node.get(f"{W}type") == "default"
            found.append(node.tag.removeprefix(W).removesuffix("Reference"))
    return found


def test_an_appendix_numbers_its_own_pages_on_sheets_of_its_own():
    made = word(paper_with_appendices("CV"))
    sections = made.sections()
    assert [value(section, "pgNumType", "start") for section in sections] == [None, "1", "1"]
    assert "landscape" in [value(section, "pgSz", "orient") for section in sections]
    assert made.words("PhuLuc") == ["Phụ lục I", "Phụ lục II"]
    assert made.words("KemTheo")[0].startswith("(Kèm theo Công văn số 07/SNV-TĐKT ngày 09 tháng 3 năm 2025")


def test_a_table_that_fits_no_upright_sheet_stands_on_one_on_its_side():
    heads = " | ".join(f"Chỉ tiêu {number}" for number in range(14))
    figures = " | ".join("1.234.567" for _ in range(14))
    table = f"| {heads} |\n|{'---|' * 14}\n| {figures} |"
    made = word(paper("BC", body=f"Trước.\n\n{table}\n\nSau."))
    assert [value(section, "pgSz", "orient") for section in made.sections()] == [None, "landscape", None]
    # Pages go on: nothing begins anew, each margin is the one before.
    assert all(section.find(f"{W}titlePg") is None for section in made.sections()[1:])
    assert all(section.find(f"{W}pgNumType") is None for section in made.sections()[1:])


def test_a_stamp_stands_above_the_country_and_an_address_at_the_foot_of_the_first_page():
    made = word(framed_paper("CV"))
    told = [words(made.root(name)) for name in made.parts if re.fullmatch(r"word/(header|footer)\d\.xml", name)]
    assert "LƯU HÀNH NỘI BỘ" in told
    assert any("0205.000.000" in text for text in told)
    assert made.words("MucDoKhan") == ["THƯỢNG KHẨN"]
    assert made.paragraphs("MucDoKhan")[0].find(f".//{W}pBdr/{W}top").get(f"{W}color") == "FF0000"


def test_the_frame_of_urgency_stands_within_its_block_as_wide_as_the_decree_says():
    (frame,) = word(framed_paper("CV")).paragraphs("MucDoKhan")
    sides = {side: int(value(frame.find(f"{W}pPr"), "ind", side)) for side in ("left", "right")}
    edge = frame.find(f"{W}pPr/{W}pBdr/{W}left")
    around = 20 * int(edge.get(f"{W}space")) + 20 * int(edge.get(f"{W}sz")) / 8
    # A rule beyond the edge of its cell is not drawn.
    assert sides["left"] - around >= 0
    block = DECREE_2020.head_left * MM
    assert abs(block - sides["left"] - sides["right"] + 2 * around - 40 * MM) < 2


def test_a_number_of_a_paper_does_not_break_at_its_hyphen():
    made = word(paper("CV", body="Theo Kế hoạch số 17/KH-UBND của tỉnh."))
    (found,) = [node for node in made.paragraphs("ThanBai") if node.find(f".//{W}noBreakHyphen") is not None]
    assert words(found) == "Theo Kế hoạch số 17/KH-UBND của tỉnh./."


def test_a_citation_is_long_the_first_time_and_short_after():
    made = word(paper("CV", body="Theo {{cite:50/BC-UBND}} và {{cite:50/BC-UBND}}."))
    assert made.words("ThanBai") == [f"Theo {cite('50/BC-UBND', True)} và {cite('50/BC-UBND', False)}./."]


def test_the_file_tells_of_the_paper_and_nothing_of_who_made_it_where_and_when():
    made = word(paper("CV"))
    core = made.by_other.core_properties
    assert (core.author, core.last_modified_by) == ("Sở Nội vụ", "Sở Nội vụ")
    assert core.created.date() == core.modified.date() == date(2025, 3, 9)
    assert core.language == "vi-VN"
    assert core.title.startswith("Công văn: ")
    assert {row.date_time[:3] for row in made.rows} == {(2025, 3, 9)}
    everything = b"".join(made.parts.values())
    assert not re.search(rb"rsid|python|thumbnail|Microsoft Word|template|%d" % TODAY.year, everything, re.IGNORECASE)
    assert "docProps/app.xml" not in made.parts


def test_a_paper_without_a_day_tells_none():
    made = word(paper("CV", date=PartialDate(2025, 3)))
    assert b"dcterms:created" not in made.parts["docProps/core.xml"]
    assert {row.date_time[0] for row in made.rows} == {1980}


def test_the_same_paper_gives_the_same_bytes():
    found = paper_with_appendices("QĐ")
    assert to_docx(found, BUILT_IN, today=TODAY) == to_docx(found, BUILT_IN, today=TODAY)


@pytest.mark.parametrize("words", ["x\x00y", "x\x0by", "x\u2028y", "x\ue000y", "x\ufffey"])
def test_signs_that_no_sheet_can_print_are_refused_as_for_the_pdf(words):
    with pytest.raises(PaperRefused):
        to_docx(paper("CV", body=words), BUILT_IN, today=TODAY)


def test_signs_that_xml_cannot_hold_are_left_out_of_what_a_register_cites():
    made = Word(to_docx(paper("CV", body="Theo {{cite:1}}."), BUILT_IN, lambda key, first: "số\x0b 1\ufffe", TODAY))
    assert made.words("ThanBai") == ["Theo số 1./."]


def test_markup_in_words_is_words():
    made = word(paper("CV", subject="</w:t> & <b>", body='<w:p/> & "x" ]]> &amp; z', recipients=("A & B <c>",)))
    assert made.words("TrichYeuCV") == ["V/v </w:t> & <b>"]
    assert made.words("ThanBai") == ['<w:p/> & "x" ]]> &amp; z./.']
    assert made.words("NoiNhan")[0] == "- A & B <c>;"


def test_words_as_long_as_a_paper_may_have_are_all_there():
    made = word(paper("CV", body=f"{'x' * 200} {'0123456789-' * 18}"))
    assert made.words("ThanBai")[0].startswith("x" * 200 + " 0123456789-")


def test_a_list_of_five_thousand_rows_is_made_in_one_go():
    rows = "\n".join(f"| {number} | Ông Nguyễn Văn {number} | Xã Đồng Đăng |" for number in range(5000))
    table = f"| STT | Họ và tên | Đơn vị |\n|---|---|---|\n{rows}"
    made = word(replace(paper("QĐ"), appendices=(Appendix("Danh sách", table),)))
    (found,) = made.tables()
    assert len(found.findall(f"{W}tr")) == 5001
    assert words(found.findall(f"{W}tr")[-1]) == "4999Ông Nguyễn Văn 4999Xã Đồng Đăng"


JOINED = """\
| STT | Đơn vị | Số tiền | < |
|----|--------|--------|--------|
| ^ | ^ | Năm nay | Năm sau |
|---|---|---|---|
| 1 | Sở Y tế | 5 | 6 |
| 2 | ^ | 7 | 8 |
"""


def test_joined_cells_are_joined_in_word_and_every_row_of_the_head_repeats():
    (table,) = word(paper("BC", body=JOINED)).tables()
    rows = table.findall(f"{W}tr")
    told = [
        [(words(cell), value(cell.find(f"{W}tcPr"), "gridSpan"), _down(cell)) for cell in row.findall(f"{W}tc")]
        for row in rows
    ]
    assert told == [
        [("STT", None, "restart"), ("Đơn vị", None, "restart"), ("Số tiền", "2", None)],
        [("", None, "goes on"), ("", None, "goes on"), ("Năm nay", None, None), ("Năm sau", None, None)],
        [("1", None, None), ("Sở Y tế", None, "restart"), ("5", None, None), ("6", None, None)],
        [("2", None, None), ("", None, "goes on"), ("7", None, None), ("8", None, None)],
    ]
    assert [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows] == [True, True, False, False]
    wide = [int(node.get(f"{W}w")) for node in table.iter(f"{W}gridCol")]
    assert [round(100 * one / sum(wide)) for one in wide] == [14, 29, 29, 29]


def _down(cell):
    """Whether a cell begins or goes on over several rows."""
    node = cell.find(f"{W}tcPr/{W}vMerge")
    return None if node is None else node.get(f"{W}val") or "goes on"
