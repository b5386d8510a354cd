"""A Word file read as a paper: fields, words, tables, notes; what does not come along is told."""

import io
import re
import time
import zipfile

import pytest

from documents.checks.refusing import UploadRefused
from documents.source import markdown, source
from documents.source.grids import grid
from documents.source.paper import PartialDate, all_text
from documents.source.types import BUILT_IN
from documents.word.reading.changes import ASK, REJECT, Answer
from documents.word.reading.reading import read

from .incoming import (
    BODY,
    CLOSING,
    COUNTRY,
    HEAD,
    WITH_MACROS,
    W,
    bold,
    box,
    cell,
    deleted,
    docx,
    inserted,
    letter,
    note,
    notes,
    numbered,
    p,
    row,
    run,
    table,
)


def told(reading):
    """What was not taken over: {what: count}."""
    return {each.what: each.count for each in reading.told}


# --- Fields


def test_every_field_of_a_letter_is_recognised():
    reading = read(letter())
    paper = reading.paper
    assert (paper.type, paper.issuer, paper.superior) == ("CV", ("SỞ NỘI VỤ",), ("UBND TỈNH LẠNG SƠN",))
    assert (paper.number, paper.symbol, paper.place) == (17, "SNV-TĐKT", "Lạng Sơn")
    assert paper.date == PartialDate(2020, 2, 25)
    assert paper.subject == "tổng kết phong trào thi đua năm 2019"
    assert paper.to == ("Các đơn vị trong cụm thi đua",)
    assert paper.recipients == ("Như trên", "UBND tỉnh (b/c)")
    assert paper.archive == "VT, TĐKT (NTB)"
    assert (paper.signature.capacity, paper.signature.name) == (("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"), "Nguyễn Thị Bình")
    assert paper.body.split("\n\n") == [
        "Thực hiện **kế hoạch** đã ban hành, Sở Nội vụ đề nghị các đơn vị báo cáo.",
        "1. Báo cáo gửi về Sở trước ngày 10/3/2020.",
    ]
    assert (reading.left, reading.told, reading.notes, reading.changes) == ([], [], [], [])
    assert source.check(paper, BUILT_IN) == []


DECISION = (
    bold("QUYẾT ĐỊNH"),
    bold("Về việc tặng Bằng khen cho các tập thể"),
    bold("có thành tích năm 2019"),
    p("________", align="center"),
    bold("GIÁM ĐỐC SỞ NỘI VỤ"),
    p("Căn cứ Luật Thi đua, khen thưởng ngày 26 tháng 11 năm 2003;", italic=True, align="both"),
    p("Căn cứ Nghị định số 91/2017/NĐ-CP\nngày 31 tháng 7 năm 2017;", italic=True, align="both"),
    p("Theo đề nghị của Trưởng ban Thi đua, khen thưởng.", italic=True, align="both"),
    bold("QUYẾT ĐỊNH:"),
    p(run("Điều 1.", bold=True) + run(" Tặng Bằng khen cho 05 tập thể."), align="both"),
    p(run("Điều 2.", bold=True) + run(" Quyết định này có hiệu lực từ ngày ký./."), align="both"),
)


def _head(number="Số: 12/QĐ-SNV"):
    return (
        HEAD.replace("Số: 17/SNV-TĐKT", number).replace("V/v tổng kết phong trào", "").replace("thi đua năm 2019", "")
    )


def test_a_decision_has_its_bases_and_who_decides():
    paper = read(letter(*DECISION, head=_head())).paper
    assert (paper.type, paper.symbol, paper.number) == ("QĐ", "QĐ-SNV", 12)
    assert paper.subject == "tặng Bằng khen cho các tập thể có thành tích năm 2019"
    assert paper.authority_line == "GIÁM ĐỐC SỞ NỘI VỤ"
    assert paper.bases == (
        "Căn cứ Luật Thi đua, khen thưởng ngày 26 tháng 11 năm 2003",
        "Căn cứ Nghị định số 91/2017/NĐ-CP ngày 31 tháng 7 năm 2017",
        "Theo đề nghị của Trưởng ban Thi đua, khen thưởng",
    )
    assert paper.body.startswith("**Điều 1.** Tặng Bằng khen")
    assert paper.body.endswith("có hiệu lực từ ngày ký.")


@pytest.mark.parametrize(
    ("written", "number", "symbol"),
    [
        ("Số:       /UBND-NC", None, "UBND-NC"),
        ("Số: 05 /TTr – SNV", 5, "TTr-SNV"),
        ("Số:…./2020/NQ-HĐND", None, "2020/NQ-HĐND"),
        ("Số 12-NQ/TU", 12, "NQ/TU"),
        ("SỐ : 1203/UBND-VX", 1203, "UBND-VX"),
    ],
)
def test_numbers_are_read_as_offices_write_them(written, number, symbol):
    paper = read(letter(head=HEAD.replace("Số: 17/SNV-TĐKT", written))).paper
    assert (paper.number, paper.symbol) == (number, symbol)


@pytest.mark.parametrize(
    ("written", "place", "date"),
    [
        ("Lạng Sơn, ngày     tháng 3 năm 2020", "Lạng Sơn", (2020, 3, None)),
        ("Lạng Sơn, ngày … tháng … năm 2020", "Lạng Sơn", (None, None, None)),
        ("Cao Lộc ngày 5 tháng 3 năm 2020", "Cao Lộc", (2020, 3, 5)),
        ("Tp. Lạng Sơn, ngày 05/03/2020", "Tp. Lạng Sơn", (2020, 3, 5)),
    ],
)
def test_a_place_and_a_day_are_read_as_far_as_they_are_filled_in(written, place, date):
    paper = read(letter(head=HEAD.replace("Lạng Sơn, ngày 25 tháng 02 năm 2020", written))).paper
    assert (paper.place, paper.date) == (place, PartialDate(*date))


@pytest.mark.parametrize(
    ("lines", "superior", "issuer"),
    [
        (("ỦY BAN NHÂN DÂN", "TỈNH LẠNG SƠN"), (), ("ỦY BAN NHÂN DÂN", "TỈNH LẠNG SƠN")),
        (("UBND TỈNH LẠNG SƠN", "SỞ NỘI VỤ"), ("UBND TỈNH LẠNG SƠN",), ("SỞ NỘI VỤ",)),
        (("SỞ NỘI VỤ", "BAN THI ĐUA -", "KHEN THƯỞNG"), ("SỞ NỘI VỤ",), ("BAN THI ĐUA -", "KHEN THƯỞNG")),
    ],
)
def test_names_that_all_look_alike_are_told_apart_by_how_bodies_are_called(lines, superior, issuer):
    head = table(
        row(cell(*(bold(line) for line in lines)), cell(COUNTRY)),
        row(cell("Số: 1/X-Y", "V/v thử"), cell("Lạng Sơn, ngày 1 tháng 2 năm 2020")),
        ruled=False,
    )
    paper = read(letter(head=head)).paper
    assert (paper.superior, paper.issuer) == (superior, issuer)


def test_a_head_in_lines_with_tabs_is_read_as_well():
    head = (
        p(run("UBND TỈNH LẠNG SƠN\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"))
        + p(run("SỞ NỘI VỤ\tĐộc lập - Tự do - Hạnh phúc", bold=True))
        + p(run("Số:      /BC-SNV          Lạng Sơn, ngày     tháng 02 năm 2020"))
    )
    paper = read(
        letter(bold("BÁO CÁO"), bold("Kết quả năm 2019"), p("Năm 2019 có nhiều việc.", align="both"), head=head)
    ).paper
    assert (paper.superior, paper.issuer, paper.symbol) == (("UBND TỈNH LẠNG SƠN",), ("SỞ NỘI VỤ",), "BC-SNV")
    assert (paper.type, paper.subject, paper.place, paper.date.month) == ("BC", "Kết quả năm 2019", "Lạng Sơn", 2)


def test_many_addressees_stand_below_each_other():
    body = [
        p("Kính gửi:"),
        p("- Sở Y tế;"),
        p("- Sở Tài chính;"),
        p("- UBND các huyện."),
        p("Sở Nội vụ đề nghị.", align="both"),
    ]
    paper = read(letter(*body)).paper
    assert paper.to == ("Sở Y tế", "Sở Tài chính", "UBND các huyện")
    assert paper.body == "Sở Nội vụ đề nghị."


def test_minutes_are_signed_by_two():
    signs = table(
        row(cell(bold("THƯ KÝ"), p(), bold("Lê Văn An")), cell(bold("CHỦ TỌA"), p(), bold("Trần Thị Hoa"))), ruled=False
    )
    paper = read(
        docx(_head("Số: 3/BB-SNV"), bold("BIÊN BẢN"), bold("Họp bình xét"), p("Cuộc họp bắt đầu."), signs)
    ).paper
    assert (paper.type, paper.signature.name, paper.second_signature.name) == ("BB", "Trần Thị Hoa", "Lê Văn An")
    assert paper.second_signature.capacity == ("THƯ KÝ",)


def test_a_name_in_capitals_below_room_to_sign_is_a_name():
    closing = CLOSING.replace("Nguyễn Thị Bình", "NGUYỄN THỊ BÌNH")
    signature = read(letter(closing=closing)).paper.signature
    assert (signature.capacity, signature.name) == (("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"), "Nguyễn Thị Bình")


def test_a_signature_above_its_receivers_is_found():
    sign = (bold("GIÁM ĐỐC"), p(), bold("Lê Văn An"))
    receivers = (p("Nơi nhận:"), p("- Như trên;"), p("- Lưu: VT."))
    paper = read(docx(HEAD, *BODY, *sign, *receivers)).paper
    assert (paper.signature.name, paper.recipients, paper.archive) == ("Lê Văn An", ("Như trên",), "VT")


def test_what_is_issued_with_a_decision_and_an_appendix_stand_behind():
    behind = (
        bold("QUY CHẾ"),
        bold("Xét khen thưởng"),
        p("(Ban hành kèm theo Quyết định số 12/QĐ-SNV\nngày 25/02/2020 của Sở Nội vụ)", align="center", italic=True),
        p("Điều 1. Phạm vi.", align="both"),
        bold("PHỤ LỤC I"),
        bold("Danh sách tập thể"),
        p("Phụ lục này có một dòng.", align="both"),
    )
    lying = '<w:pgSz w:w="16838" w:h="11906"/>'
    paper = read(letter(*DECISION, head=_head(), behind=behind, end=lying)).paper
    assert [(row.type, row.title, row.body) for row in paper.appendices] == [
        ("QC", "Xét khen thưởng", "Điều 1. Phạm vi."),
        ("", "Danh sách tập thể", "Phụ lục này có một dòng."),
    ]
    assert {row.orientation for row in paper.appendices} == {"landscape"}


def test_addressees_within_a_head_are_addressees():
    head = table(
        row(
            cell(bold("SỞ NỘI VỤ"), p("Số: 5/SNV-VP"), p("V/v họp")),
            cell(COUNTRY, p("Lạng Sơn, ngày 1 tháng 2 năm 2020")),
        ),
        row(cell(p("Kính gửi:"), p("- Sở Y tế;"), p("- Sở Tài chính.")), cell("")),
        ruled=False,
    )
    paper = read(docx(head, p("Sở Nội vụ mời họp.", align="both"), CLOSING)).paper
    assert (paper.subject, paper.to, paper.body) == ("họp", ("Sở Y tế", "Sở Tài chính"), "Sở Nội vụ mời họp.")


def test_a_signature_below_its_receivers_is_found():
    receivers = (p("Nơi nhận:"), p("- Như trên;"), p("- Lưu: VT."))
    paper = read(docx(HEAD, *BODY, *receivers, p(), bold("GIÁM ĐỐC"), p(), bold("Lê Văn An"))).paper
    assert (paper.signature.capacity, paper.signature.name) == (("GIÁM ĐỐC",), "Lê Văn An")
    assert (paper.recipients, paper.archive) == (("Như trên",), "VT")


@pytest.mark.parametrize(("symbol", "kind"), [("KH-SNV", "KH"), ("SNV-VP", "CV"), ("2020/NQ-HĐND", "NQ")])
def test_without_a_title_the_symbol_tells_the_type(symbol, kind):
    head = _head(f"Số: 3/{symbol}")
    assert read(letter(p("Nội dung.", align="both"), head=head)).paper.type == kind


def test_a_list_that_names_receivers_is_no_closing():
    rows = [
        row("Nơi nhận:", "GIÁM ĐỐC", "Số bản", "Ghi chú"),
        *(row("- Lưu: VT", "x", str(at), "y") for at in range(9)),
    ]
    paper = read(letter(*BODY, table(*rows))).paper
    assert paper.recipients == ("Như trên", "UBND tỉnh (b/c)")
    assert paper.body.count("- Lưu: VT") == 9


def test_bases_of_a_plan_stand_in_italics_before_its_words():
    body = [
        bold("KẾ HOẠCH"),
        bold("Tổ chức hội nghị"),
        p("Căn cứ Luật số 1;", italic=True),
        p("Sở Nội vụ lập kế hoạch."),
    ]
    paper = read(letter(*body, head=_head("Số: 3/KH-SNV"))).paper
    assert (paper.bases, paper.body) == (("Căn cứ Luật số 1",), "Sở Nội vụ lập kế hoạch.")


def test_old_fonts_are_put_into_unicode_run_by_run():
    old = [p(run("C«ng t¸c thi ®ua, ") + run("khen th\u00adëng n¨m 2019", bold=True) + run(" cña c¸c ®¬n vÞ."))]
    reading = read(letter(*old))
    assert reading.paper.body == "Công tác thi đua, **khen thưởng năm 2019** của các đơn vị."
    assert any("Unicode" in note for note in reading.notes)


# --- Words


def test_titles_numbers_and_looks_become_marks_of_the_source():
    body = [
        p("I. TÌNH HÌNH", bold=True),
        p("1. Kết quả chung", bold=True),
        p("Điều 2. Tổ chức", bold=True),
        p(run("Đạt ") + run("50 *", italic=True) + run(" và #1; [ghi sau].")),
    ]
    text = read(letter(*body)).paper.body.split("\n\n")
    assert text[:3] == ["# I. TÌNH HÌNH", "## 1. Kết quả chung", "### Điều 2. Tổ chức"]
    token = next(token for token in markdown.parse(text[3]) if token.type == "inline")
    assert "".join(child.content for child in token.children) == "Đạt 50 * và #1; [ghi sau]."


NUMBERING = f"""<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="0">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%2)"/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="upperRoman"/><w:lvlText w:val="Phần %1."/></w:lvl>
</w:abstractNum><w:num w:numId="5"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="6"><w:abstractNumId w:val="1"/></w:num>
<w:num w:numId="7"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>
</w:numbering>"""


def test_numbers_that_word_draws_become_words():
    rows = [("5", 0), ("5", 1), ("5", 1), ("5", 0), ("5", 1), ("6", 0), ("6", 0), ("7", 0)]
    body = [p(f"dòng {at}", more=numbered(*row)) for at, row in enumerate(rows)]
    text = read(letter(*body, numbering=NUMBERING)).paper.body
    assert [line.rpartition(" dòng")[0] for line in text.split("\n\n")] == [
        "1.", "a)", "b)", "2.", "a)", "Phần I.", "Phần II.", "1.",
    ]  # fmt: skip


def test_notes_stand_at_the_words_that_cite_them():
    body = p(run("Theo báo cáo") + note(2) + run(" và kế hoạch") + note(3) + run("."))
    text = read(letter(body, footnotes=notes(n2="Báo cáo số 50/BC-UBND", n3="Kế hoạch số 7"))).paper.body
    assert text == "Theo báo cáo[^1] và kế hoạch[^2].\n\n[^1]: Báo cáo số 50/BC-UBND\n[^2]: Kế hoạch số 7"
    assert markdown.faults(text) == []


def test_a_note_that_is_cited_twice_is_written_once():
    body = p(run("Một") + note(2) + run(" hai") + note(2) + run("."))
    text = read(letter(body, footnotes=notes(n2="Báo cáo số 50"))).paper.body
    assert text == "Một[^1] hai[^1].\n\n[^1]: Báo cáo số 50"
    assert markdown.faults(text) == []


def test_cells_that_go_on_from_the_head_or_from_narrower_cells_stand_alone():
    head = row(cell("TT", merge="restart"), cell("Tên", merge="restart"), "Ghi chú", head=True)
    rows = [row(cell("1", merge="on"), cell("Lan", merge="on"), "a"), row(cell("2", span=2, merge="on"), "b")]
    text = read(letter(table(head, *rows))).paper.body
    assert text.split("\n") == ["| TT | Tên | Ghi chú |", "|---|---|---|", "| 1 | Lan | a |", "| 2 | < | b |"]
    assert markdown.faults(text) == []


def test_joined_cells_widths_and_heads_of_several_rows_are_said():
    found = read(
        letter(
            table(
                row(cell("TT", merge="restart"), cell("Kết quả", span=2), head=True),
                row(cell(merge="on"), "Đạt", "Không | đạt", head=True),
                row("1", "10", "2"),
                widths=(600, 1200, 3000),
            )
        )
    ).paper.body.split("\n")
    assert found[0] == "| TT | Kết quả | < |"
    assert found[2] == "| ^ | Đạt | Không \\| đạt |"
    assert found[1] == found[3]
    assert found[4] == "| 1 | 10 | 2 |"
    dashes = [len(part) for part in found[1].strip("|").split("|")]
    assert dashes == sorted(dashes)
    assert dashes[2] > 2 * dashes[1] > 3 * dashes[0]


def test_capitals_that_a_look_makes_are_capitals():
    body = [p(run("quyết định", bold=True, more="<w:caps/>"), align="center"), *DECISION[1:]]
    assert read(letter(*body, head=_head())).paper.type == "QĐ"


def test_looks_of_styles_are_inherited():
    styles = f"""<w:styles xmlns:w="{W}">
    <w:style w:type="paragraph" w:styleId="A"><w:name w:val="A"/><w:rPr><w:b/></w:rPr></w:style>
    <w:style w:type="paragraph" w:styleId="B"><w:name w:val="B"/><w:basedOn w:val="A"/></w:style>
    <w:style w:type="paragraph" w:styleId="C"><w:name w:val="C"/><w:basedOn w:val="C"/></w:style></w:styles>"""
    body = [p("1. Việc thứ nhất", style="B"), p("vòng", style="C")]
    assert read(letter(*body, styles=styles)).paper.body == "## 1. Việc thứ nhất\n\nvòng"


# --- What does not come along


def test_text_boxes_are_read_once_and_told():
    reading = read(letter(p(run("Trước khung.") + box("Chữ trong khung")), *BODY[1:]))
    assert reading.paper.body.count("Chữ trong khung") == 1
    assert told(reading) == {"khung chữ (chữ đưa vào dòng)": 1}


def test_words_that_stand_nowhere_else_are_told_whole():
    long = " ".join(f"chữ {number}" for number in range(60))
    body = [p(run("x") + f'<w:r><w:commentReference w:id="{number}"/></w:r>') for number in range(30)]
    made = "".join(f'<w:comment w:id="{number}">{p(f"{number} {long}")}</w:comment>' for number in range(30))
    [found] = read(letter(*body, comments=f'<w:comments xmlns:w="{W}">{made}</w:comments>')).told
    assert found.words == [f"{number} {long}" for number in range(30)]


def test_comments_and_pictures_are_told_with_their_words():
    picture = '<w:r><w:drawing><a:blip xmlns:a="x"/></w:drawing></w:r>'
    comments = (
        f'<w:comments xmlns:w="{W}"><w:comment w:id="4" w:author="Hà">{p("Xem lại số liệu")}</w:comment></w:comments>'
    )
    body = p(run("Có số liệu") + '<w:r><w:commentReference w:id="4"/></w:r>' + picture)
    reading = read(letter(body, comments=comments))
    assert told(reading) == {"nhận xét bên lề": 1, "hình": 1}
    assert reading.told[0].words == ["Hà: Xem lại số liệu"]


def test_macros_and_linked_pictures_are_told_and_not_touched():
    data = letter(main=WITH_MACROS, links=[("image", "http://127.0.0.1:9/a.png")], more={"word/vbaProject.bin": b"x"})
    assert told(read(data)) == {"macro (không chạy, không giữ)": 1, "hình liên kết ra ngoài (không tải về)": 1}


def test_hidden_words_and_headers_are_told():
    header = f'<w:hdr xmlns:w="{W}">{p("Tài liệu họp")}</w:hdr>'
    reading = read(letter(p(run("Thấy. ") + run("không thấy", more="<w:vanish/>")), header=header))
    assert reading.paper.body == "Thấy."
    assert (told(reading), reading.left) == ({"chữ ẩn": 1}, ["Tài liệu họp"])


def test_widths_of_many_columns_are_said_too():
    widths = (300, 900, *(500,) * 22)
    rows = [row(*(f"{number}" for number in range(24))) for _ in range(2)]
    text = read(letter(table(*rows, widths=widths))).paper.body
    shares = grid(markdown.parse(text), text.split("\n")).shares
    assert shares[1] >= 2 * shares[0]
    assert shares[0] < shares[2] < shares[1]


def test_a_table_without_rules_is_told():
    reading = read(letter(*BODY, table(row("Nội dung", "Người làm"), row("Tổng hợp", "Lan"), ruled=False)))
    assert "| Nội dung | Người làm |" in reading.paper.body
    assert any("không kẻ khung" in note for note in reading.notes)


def test_a_line_that_fits_no_field_is_named():
    closing = CLOSING.replace("</w:tc></w:tr></w:tbl>", f"{p('Mã hồ sơ 123')}</w:tc></w:tr></w:tbl>")
    assert read(letter(closing=closing)).left == ["Mã hồ sơ 123"]


# --- Tracked changes

CHANGED = p(run("Nộp trước ngày ") + deleted("10/3") + inserted("20/3") + run(" tại Sở."))


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (Answer(), "Nộp trước ngày 20/3 tại Sở."),
        (Answer(REJECT), "Nộp trước ngày 10/3 tại Sở."),
        (Answer(ASK, frozenset({1})), "Nộp trước ngày 10/320/3 tại Sở."),
        (Answer(ASK, frozenset({0})), "Nộp trước ngày tại Sở."),
    ],
)
def test_tracked_changes_are_taken_undone_or_asked(answer, words):
    reading = read(letter(CHANGED), answer=answer)
    assert reading.paper.body == words
    assert [(change.kind, change.words, change.by) for change in reading.changes] == [
        ("deleted", "10/3", "Lan"), ("added", "20/3", "Lan"),
    ]  # fmt: skip


def test_an_end_of_paragraph_that_was_deleted_joins_two():
    mark = '<w:rPr><w:del w:id="9" w:author="Lan"/></w:rPr>'
    body = [p("Một ", more=mark), p("hai.")]
    assert read(letter(*body)).paper.body == "Một hai."
    assert read(letter(*body), answer=Answer(REJECT)).paper.body == "Một\n\nhai."


def test_words_that_were_moved_stand_once():
    body = [p(inserted("Câu chuyển.", tag="moveFrom")), p("Giữa."), p(inserted("Câu chuyển.", tag="moveTo"))]
    assert read(letter(*body)).paper.body == "Giữa.\n\nCâu chuyển."
    assert read(letter(*body), answer=Answer(REJECT)).paper.body == "Câu chuyển.\n\nGiữa."


# --- What is no Word file


@pytest.mark.parametrize(
    "data",
    [
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
        b"Kinh gui",
        docx(p("x"))[:-40],
        docx(p("x"), main="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"),
        docx(p("x")).replace(b"word/document.xml", b"word/dokument.xml"),
        docx(p("x"), more={"word/media/a.bin": bytes(50_000_000)}),
        docx(p("x"), footnotes=f'<!DOCTYPE a [<!ENTITY b "c">]><w:footnotes xmlns:w="{W}">&b;</w:footnotes>'),
        docx("<w:p><w:r>"),
    ],
    ids=["old", "text", "cut", "sheet", "no text", "bomb", "entities", "no xml"],
)
def test_what_is_no_word_file_is_refused(data):
    with pytest.raises(UploadRefused):
        read(data)


def broken(data, name):
    """A file in which the packed bytes of one part are others."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        row = package.getinfo(name)
    begin = row.header_offset + 30 + len(name)
    return data[:begin] + b"\xff" * row.compress_size + data[begin + row.compress_size :]


@pytest.mark.parametrize("name", ["word/document.xml", "word/footnotes.xml", "[Content_Types].xml"])
def test_a_part_whose_bytes_were_damaged_is_refused(name):
    with pytest.raises(UploadRefused, match="bị hỏng"):
        read(broken(letter(p(run("x") + note(2)), footnotes=notes(n2="y")), name))


@pytest.mark.parametrize(
    "blocks",
    [
        {"head": HEAD.replace("_______", "MẬT", 1)},
        {"behind": (bold("PHỤ LỤC I"), bold("DANH SÁCH"), bold("TỐI MẬT"), p("x"))},
        {"closing": CLOSING.replace("Nơi nhận:", "TUYỆT MẬT", 1)},
        {"header": f'<w:hdr xmlns:w="{W}">{p("MẬT")}</w:hdr>'},
    ],
    ids=["names", "appendix", "closing", "margin"],
)
def test_a_mark_of_secrecy_anywhere_is_refused(blocks):
    with pytest.raises(UploadRefused, match="có dấu độ mật"):
        read(letter(**blocks))


def test_what_would_swell_is_bounded():
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="s{at}"><w:name w:val="s{at}"/><w:basedOn w:val="s{at + 1}"/></w:style>'
        for at in range(3000)
    )
    numbers = NUMBERING.replace("%1.", "x" * 5000)
    body = [p(f"dòng {at}", style=f"s{at}", more=numbered("5")) for at in range(300)]
    begun = time.process_time()
    data = letter(*body, styles=f'<w:styles xmlns:w="{W}">{styles}</w:styles>', numbering=numbers)
    assert len(read(data).paper.body) < 300 * 100
    assert time.process_time() - begun < 5


def test_tables_in_tables_without_end_are_bounded():
    deep = p("trong cùng")
    for _ in range(60):
        deep = table(row(cell(deep, p())))
    reading = read(letter(deep, p("Sau bảng.")))
    assert "Sau bảng." in reading.paper.body
    assert "bảng lồng quá sâu" in told(reading)


# --- Nothing is dropped in silence


@pytest.mark.parametrize("seed", [0, 1])
def test_a_word_added_anywhere_is_in_the_paper_or_told(seed):
    """Behind each paragraph of a decision with an appendix in turn, and as a paragraph of its own."""
    behind = (
        bold("PHỤ LỤC I"),
        bold("Danh sách"),
        p("(Kèm theo Quyết định số 12/QĐ-SNV)"),
        p("Một dòng.", align="both"),
    )
    head = HEAD.replace("V/v tổng kết phong trào", "").replace("thi đua năm 2019", "")
    whole = head + "".join(DECISION) + CLOSING + "".join(behind)
    lost = []
    for number, end in enumerate(found.end() for found in re.finditer("</w:p>", whole)):
        word = f"Lạ{number}kỳ"
        own = whole[:end] + p(f"Có {word} ở đây", bold=bool(number % 2)) + whole[end:]
        within = whole[: end - 6] + run(f" {word}") + whole[end - 6 :]
        reading = read(docx(within if seed else own))
        held = " ".join([all_text(reading.paper), reading.paper.symbol, *reading.left])
        lost += [] if word.lower() in held.lower() else [(number, whole[:end][-90:])]
    assert lost == []
