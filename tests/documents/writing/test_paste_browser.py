"""What comes from Word, Excel, LibreOffice and web pages: kept is what a paper can hold, told is what was dropped."""

import re
from unicodedata import normalize

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from documents.source import markdown

from . import clipboards

pytestmark = [
    pytest.mark.browser,
    pytest.mark.front_end("the editor's own behaviour; the server is asked for its files only"),
]

# The first rows of a sheet of scores from the office, with merged heads.
SHEET = [["STT", "Đơn vị", "Điểm tự chấm"], [1, "Sở Y tế", "95,5"], [2, "Sở Tài chính &amp; Kế hoạch", "1.500.000"]]


def pasted(desk, html, text=""):
    desk.open("", 1)
    desk.paste(html, text)
    return desk.source


def test_word_keeps_paragraphs_numbers_emphasis_and_notes(desk):
    assert pasted(desk, clipboards.WORD) == clipboards.WORD_SOURCE
    assert desk.dropped == [{}]


def test_tables_of_word_keep_joined_cells_and_their_head(desk):
    source = pasted(desk, clipboards.WORD_TABLE)
    assert source == clipboards.WORD_TABLE_SOURCE
    assert markdown.faults(source) == []


def test_a_sheet_of_excel_is_a_table(desk):
    assert pasted(desk, clipboards.excel(SHEET)) == (
        "| STT | Đơn vị | Điểm tự chấm |\n|---|---:|---:|\n| 1 | Sở Y tế | 95,5 |\n| 2 | Sở Tài chính & Kế hoạch | 1.500.000 |"
    )


# The form of a workbook of scores: names of units over three columns each, long criteria, parts in Roman figures, empty rows.
SCORES = [
    ["", "", "", "Sở Nông nghiệp", "", "", "Sở Công Thương", "", ""],
    ["Số mục", "Tiêu chí", "Điểm tối đa", *["Tự chấm", "Thẩm định", "Chốt"] * 2],
    ["I", "Thực hiện nhiệm vụ, phát triển kinh tế - xã hội", 60, "55,9", "54,9", "", "53,3", "52,3", "52,3"],
    ["", "", "", "", "", "", "", "", ""],
    ["1", "Hoàn thành chỉ tiêu &lt;năm&gt; | quý *", 30, 30, 30, "", "25,5", "#REF!", ""],
]


def test_a_sheet_of_scores_keeps_each_cell_in_its_place(desk):
    source = pasted(desk, clipboards.excel(SCORES))
    assert source == (
        "|  |  |  | Sở Nông nghiệp |  |  | Sở Công Thương |  |  |\n|---|---:|---:|---:|---:|---:|---:|---:|---:|\n"
        "| Số mục | Tiêu chí | Điểm tối đa | Tự chấm | Thẩm định | Chốt | Tự chấm | Thẩm định | Chốt |\n"
        "| I | Thực hiện nhiệm vụ, phát triển kinh tế - xã hội | 60 | 55,9 | 54,9 |  | 53,3 | 52,3 | 52,3 |\n"
        "| 1 | Hoàn thành chỉ tiêu <năm> \\| quý \\* | 30 | 30 | 30 |  | 25,5 | #REF! |  |"
    )
    assert markdown.faults(source) == []
    assert desk.dropped == [{}]
    desk.click("td", 0)
    desk.run("head")
    assert desk.source.split("\n")[3] == "|---|---|---|---|---|---|---|---|---|"


def test_lines_with_tabs_are_a_table(desk):
    assert (
        pasted(desk, "", "TT\tĐơn vị\r\n1\tSở Y tế\r\n2\t\r\n")
        == "| TT | Đơn vị |\n|---|---|\n| 1 | Sở Y tế |\n| 2 |  |"
    )
    assert pasted(desk, "", "\tThụt đầu dòng\nHai\tcột\tlệch") == "Thụt đầu dòng\n\nHai cột lệch"


def test_no_word_of_a_cell_or_a_form_is_lost(desk):
    inner = "<table><tr><td>a</td><td>b</td></tr></table>"
    cells = f"<td>Trước<div>giữa</div>sau<ul><li>một</li></ul></td><td><p>p</p>{inner}cuối</td>"
    source = pasted(desk, f"<form><table><tr><td>A</td><td>B</td></tr><tr>{cells}</tr></table></form>")
    assert source.endswith("| Trước giữa sau - một | p a b cuối |")
    assert desk.dropped == [{"bảng trong bảng (giữ chữ)": 1, "xuống dòng trong ô bảng (giữ chữ)": 2}]


def test_raised_figures_stay_and_looks_that_go_are_told(desk):
    assert pasted(desk, "<p>5 m<sup>2</sup>, CO<sub>2</sub></p><pre>một\nhai</pre>") == "5 m², CO₂\n\nmột\n\nhai"
    assert desk.dropped == [{}]
    pasted(desk, "<p align=center style='color:red'>1<sup>st</sup> <u>gạch</u></p>")
    assert desk.dropped == [
        {
            "gạch chân, gạch ngang (giữ chữ)": 1,
            "chỉ số trên, dưới (giữ chữ)": 1,
            "màu chữ, màu nền": 1,
            "căn giữa, căn phải": 1,
        }
    ]
    pasted(desk, "<p style='color:rgb(0, 0, 0);background-color:transparent;text-align:justify'>đen</p>")
    assert desk.dropped == [{}]


def test_numbers_and_bullets_stand_as_word_drew_them(desk):
    item = clipboards.word_item
    points = [
        item("1.", "Về tổng kết", bold=True),
        item("1.1.", "Nội dung"),
        item("(2)", "ngoặc"),
        item("Điều 5.", "Tên"),
    ]
    assert pasted(desk, clipboards.word("".join(points))) == (
        "**1. Về tổng kết**\n\n1.1. Nội dung\n\n(2) ngoặc\n\nĐiều 5. Tên"
    )
    picture = "<img width=11 src='file:///C:/bullet.gif'>"
    points = [
        item("Ø", "một", "Wingdings"),
        item("ü", "hai", "Wingdings"),
        item("·", "ba", "Symbol"),
        item(picture, "bốn"),
    ]
    hidden = "<p class=MsoListParagraph style='display:none;mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>3.</span></p>"
    assert pasted(desk, clipboards.word("".join(points) + hidden)) == "- một\n\n- hai\n\n- ba\n\n- bốn"
    assert desk.dropped == [{}]
    # As mail programs leave it: without a word of a list.
    stripped = (
        "<p><span style='font-family:Symbol'>·<span style='font:7pt Times'>&nbsp; </span></span><b>Rà</b> soát</p>"
    )
    assert pasted(desk, stripped) == "- **Rà** soát"


def test_looks_that_styles_give_and_letters_of_fonts_of_signs(desk):
    styles = "p.TieuDe {font-weight:bold; text-transform:uppercase} span.Nhan, .Khac {font-style:italic}"
    words = "<p class=TieuDe>quyết định</p><p>Có <span class=Nhan>nhấn</span>, 10&nbsp;km</p>"
    assert pasted(desk, clipboards.word(words, styles)) == "**QUYẾT ĐỊNH**\n\nCó *nhấn*, 10\u00a0km"
    signs = "<p>Tỷ lệ <span style='mso-symbol-font-family:Symbol'>³</span> 95%, A <span style='font-family:Wingdings'>à</span> B"
    assert pasted(desk, f"{signs} <font face=Wingdings>Z</font>.</p>") == "Tỷ lệ ≥ 95%, A → B ."
    assert desk.dropped == [{"ký hiệu của phông chữ riêng": 1}]


def test_words_of_a_text_box_stand_behind_its_paragraph(desk):
    assert pasted(desk, clipboards.TEXT_BOX) == "Đoạn có khung\n\nChữ **trong** khung\n\nhai\n\nSau"
    assert desk.dropped == [{"hình": 1, "khung chữ (giữ chữ)": 1}]


def test_a_sheet_is_pasted_as_it_is_seen(desk):
    assert pasted(desk, clipboards.SEEN_SHEET) == (
        "| STT | Đơn vị | Số tiền |\n|---:|---|---:|\n| 1 | Sở Nội vụ tỉnh | 1.500.000 |\n"
        "|  | Hai dòng | (2.000) |\n| **Tổng** | < | 1.498.000 |"
    )
    assert desk.dropped == [{"hàng ẩn của bảng": 1, "cột ẩn của bảng": 1}]


def test_a_blank_form_of_word_keeps_its_empty_rows(desk):
    row = "<tr><td><p>%s</p></td><td><p align=center>%s</p></td></tr>"
    table = f"<table border=1>{row % ('TT', 'Tên')}{row % ('&nbsp;', '&nbsp;') * 2}</table>"
    assert pasted(desk, clipboards.word(table)) == "| TT | Tên |\n|---|---|\n|  |  |\n|  |  |"


def test_tables_that_set_out_a_page_are_paragraphs(desk):
    inner = "<table border=1><tr><td>a</td><td>b</td></tr><tr><td align=center>1</td><td>2</td></tr></table>"
    frame = f"<table><tr><td><p>Đoạn 1</p><p>Đoạn 2</p>{inner}<p>Cuối</p></td></tr></table>"
    assert pasted(desk, frame) == "Đoạn 1\n\nĐoạn 2\n\n| a | b |\n|:---:|---|\n| 1 | 2 |\n\nCuối"
    head = (
        "<tr><td><p>UBND TỈNH</p><p>SỞ NỘI VỤ</p></td><td><p>CỘNG HÒA</p></td></tr><tr><td>Số: 1</td><td>Ngày</td></tr>"
    )
    assert pasted(desk, f"<table border=0>{head}</table>").split("\n\n") == [
        "UBND TỈNH",
        "SỞ NỘI VỤ",
        "CỘNG HÒA",
        "Số: 1",
        "Ngày",
    ]
    assert desk.dropped == [{"bảng dàn trang không kẻ (giữ chữ)": 1}]


def test_web_pages_lose_no_line_no_look_and_no_word(desk):
    assert pasted(
        desk, "<span style='white-space: pre-wrap'>Một\nHai</span><div style='font-weight:700'><div>Đậm</div></div>"
    ) == ("Một\n\nHai\n\n**Đậm**")
    table = (
        "<table border=1><caption>Bảng 1</caption><tr><td>a</td><td>b</td></tr><tr><td>1</td><td>2</td></tr></table>"
    )
    assert pasted(desk, f"<h4>Điều 4</h4><address>Địa chỉ</address>sau{table}") == (
        "**Điều 4**\n\nĐịa chỉ\n\nsau\n\nBảng 1\n\n| a | b |\n|---|---|\n| 1 | 2 |"
    )
    lists = "<ol><li value=5>năm</li><li>sáu</li></ol><ul style='list-style-type:none'><li>không dấu</li></ul>"
    assert pasted(desk, lists) == "5. năm\n\n6. sáu\n\nkhông dấu"
    raised = "<p>5 m<span style='vertical-align:super'>2</span> <span style='text-decoration:line-through'>bỏ</span>"
    assert pasted(desk, f"{raised}<select></select></p>") == "5 m² bỏ"
    assert desk.dropped == [{"ô nhập, nút bấm": 1, "gạch chân, gạch ngang (giữ chữ)": 1}]


# As readers of PDF give it: lines end where those of the page did, the number of a page between them.
PDF = """Thực hiện Công văn số 50/BTĐKT-VI ngày 15 tháng 01 năm 2026 của Ban Thi đua
- Khen thưởng Trung ương về việc hướng dẫn tổng kết phong trào thi đua năm 2025, Ủy
ban nhân dân tỉnh yêu cầu các sở, ban, ngành, đoàn thể tỉnh và Ủy ban nhân dân các xã,
2
phường triển khai một số nội dung sau:
1. Tổ chức hội nghị tổng kết phong trào thi đua yêu nước năm 2025 và phát động
phong trào thi đua năm 2026 bảo đảm thiết thực, tiết kiệm, hiệu quả.
a) Hoàn thành việc chấm điểm trước ngày 20 tháng 12 năm 2025;
Nơi nhận:
- Như trên;"""
JOINED = (
    "Thực hiện Công văn số 50/BTĐKT-VI ngày 15 tháng 01 năm 2026 của Ban Thi đua - Khen thưởng Trung ương về việc hướng dẫn "
    "tổng kết phong trào thi đua năm 2025, Ủy ban nhân dân tỉnh yêu cầu các sở, ban, ngành, đoàn thể tỉnh và Ủy ban nhân dân "
    "các xã, phường triển khai một số nội dung sau:\n\n1. Tổ chức hội nghị tổng kết phong trào thi đua yêu nước năm 2025 và phát "
    "động phong trào thi đua năm 2026 bảo đảm thiết thực, tiết kiệm, hiệu quả.\n\na) Hoàn thành việc chấm điểm trước ngày 20 "
    "tháng 12 năm 2025;\n\nNơi nhận:\n\n- Như trên;"
)


def test_lines_of_a_pdf_are_put_together_where_one_wants_it(page, login, officer, draft):
    login(page, officer)
    page.goto(reverse("document", args=[draft.pk]))
    page.wait_for_selector(".desk-words")
    before = page.input_value("[name=body]")
    page.evaluate(PASTE, ["", PDF])
    page.get_by_text("ngắt dòng giữa câu").wait_for()
    page.get_by_role("button", name="Nối thành đoạn rồi dán").click()
    field = page.locator("[name=body]")
    expect(field).to_have_value(re.compile("số nội dung sau:"))
    assert [part for part in JOINED.split("\n\n") if part not in field.input_value()] == []
    page.keyboard.press("Control+z")
    expect(field).to_have_value(before)
    page.evaluate(PASTE, ["", PDF])
    page.get_by_role("button", name="Dán nguyên như vậy").click()
    expect(field).to_have_value(re.compile("của Ban Thi đua\n"))
    page.keyboard.press("Control+z")
    expect(field).to_have_value(before)
    for text in ("Chào anh chị\nem gửi danh sách\nnhờ anh chị xem giúp", "- Sở Y tế\n- sở Nội vụ\n- các xã"):
        page.evaluate(PASTE, ["", text])
        assert page.locator("[data-writing-offer]").first.is_hidden()
        assert f"\n\n{text.splitlines()[1]}\n\n" in field.input_value()
    page.evaluate(PASTE, ["<p>Có <img src='x.png'></p>", "Có"])
    assert page.locator("[data-writing-told]").first.inner_text() == "Đã dán. Không giữ được: hình."
    page.evaluate(PASTE, ["<p>Chữ</p>", "Chữ"])
    assert page.locator("[data-writing-told]").first.is_hidden()
    page.evaluate(PASTE, ["<img src='x.png'>", ""])
    assert page.locator("[data-writing-told]").first.inner_text() == "Không có chữ nào để dán. Không giữ được: hình."
    page.evaluate(PASTE, ["", ""])
    assert "Không dán hình hay tệp vào nội dung được" in page.locator("[data-writing-told]").first.inner_text()


def test_who_pastes_again_without_an_answer_has_both(page, login, officer, draft):
    login(page, officer)
    page.goto(reverse("document", args=[draft.pk]))
    page.wait_for_selector(".desk-words")
    field, question = page.locator("[name=body]"), page.get_by_text("ngắt dòng giữa câu")
    page.evaluate(PASTE, ["", PDF])
    question.wait_for()
    page.evaluate(PASTE, ["", PDF.replace("Thực hiện", "Lần sau, thực hiện")])
    # The second question comes when the server has looked at the letters.
    expect(field).to_have_value(re.compile("Thực hiện [^\n]*của Ban Thi đua\n"))
    page.get_by_role("button", name="Nối thành đoạn rồi dán").click()
    expect(field).to_have_value(re.compile("Lần sau, thực hiện [^\n]*số nội dung sau:"))
    assert question.is_hidden()


GRID = "| A | B |\n|:---:|------|\n| 1 | x |\n| 2 | y |"


def test_into_a_table_go_words_in_one_line_and_rows_over_its_rows(desk):
    desk.open(GRID)
    desk.click("td", 1)
    desk.keys.press("End")
    desk.paste(
        "<p>; đầu</p><table border=1><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></table><h1>cuối</h1>"
    )
    assert desk.source == GRID.replace("x", "x; đầu a b c d cuối")
    desk.keys.press("Control+z")
    assert desk.source == GRID
    desk.click("th", 0)
    desk.keys.press("End")
    desk.paste("", "và\nC")
    assert desk.source == GRID.replace("A", "Avà C")
    desk.open(GRID)
    desk.click("td", 0)
    desk.paste("", "p\tq\nr\ts\nt\tu")
    assert desk.source == "| A | B |\n|:---:|------|\n| p | q |\n| r | s |\n| t | u |"


def test_a_table_that_is_copied_here_stays_as_it_is(desk):
    desk.open(f"{GRID}\n\nSau")
    desk.caret(1, -4)
    desk.keys.press("Control+c")
    desk.caret(-1)
    desk.keys.press("Control+v")
    desk.page.wait_for_function("() => document.querySelectorAll('#place table').length === 2")
    assert desk.source.count("|:---:|------|") == 2


def test_points_with_tabs_are_no_table(desk):
    assert pasted(desk, "", "1.\tMột\n2.\tHai") == "1. Một\n\n2. Hai"
    assert pasted(desk, "", "•\tMột\n•\tHai") == "- Một\n\n- Hai"
    assert pasted(desk, "", "1\tSở Y tế\n2\tSở Nội vụ").startswith("| 1 | Sở Y tế |")


def test_libreoffice_and_web_pages(desk):
    assert pasted(desk, clipboards.LIBREOFFICE) == clipboards.LIBREOFFICE_SOURCE
    assert pasted(desk, clipboards.WEB) == clipboards.WEB_SOURCE
    assert desk.dropped == [{"liên kết (giữ chữ)": 1}]


def test_tracked_changes_are_accepted_and_comments_left_out_and_told(desk):
    assert pasted(desk, clipboards.TRACKED) == "Giữ thêm"
    (told,) = desk.dropped
    assert set(told) == {"chữ đã xóa (theo dõi thay đổi của Word)", "nhận xét", "chữ ẩn"}


def test_nothing_of_a_hostile_page_runs_or_is_fetched(desk):
    asked = []
    desk.page.on("request", lambda request: asked.append(request.url))
    source = pasted(desk, clipboards.HOSTILE)
    # What it would fetch was asked for before this.
    desk.page.evaluate("fetch('/static/css/writing.css').then((answer) => answer.text())")
    assert source.split() == ["Chữ", "liên", "kết", "Sau", "chiplời"]
    assert [url for url in asked if "invalid" in url] == []
    assert desk.page.evaluate("window.bad") is None
    assert desk.dropped == [{"hình": 3, "khung nhúng": 2, "ô nhập, nút bấm": 1}]
    assert desk.page.locator("#place :is(script, img[src], iframe, svg, a, style, form)").count() == 0


def test_signs_of_the_source_are_words_when_pasted(desk):
    words = "# không là mục, *không nghiêng*, [x](http://a.vn), {{cite:1}}, [^1], a|b, \\* và <http://a.vn>"
    source = pasted(desk, "", words)
    assert markdown.faults(source) == []
    tokens = markdown.parse(source)[1].children
    assert "".join(token.content for token in tokens) == words


def test_text_is_pasted_in_paragraphs_and_into_a_cell(desk):
    assert pasted(desk, "", "Một\r\n\r\nHai tie\u0302\u0301ng") == "Một\n\nHai tiếng"
    desk.open("| A | B |\n|---|---|\n| 1 |  |")
    desk.click("td", 1)
    desk.paste("<p>hai</p><p>dòng</p>")
    assert desk.source == "| A | B |\n|---|---|\n| 1 | hai dòng |"
    assert desk.dropped == [{}, {"xuống dòng trong ô bảng (giữ chữ)": 1}]
    desk.keys.press("Control+z")
    assert desk.source == "| A | B |\n|---|---|\n| 1 |  |"


PASTE = """([html, text]) => {
  const data = new DataTransfer(), target = document.querySelector(".desk-words");
  if (html) data.setData("text/html", html);
  if (text) data.setData("text/plain", text);
  if (!html && !text) data.items.add(new File(["x"], "image.png", { type: "image/png" }));
  target.focus();
  target.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""


def test_on_its_page_a_paste_tells_what_it_lost_and_offers_to_convert(page, login, officer, draft):
    login(page, officer)
    page.goto(reverse("document", args=[draft.pk]))
    page.wait_for_selector(".desk-words")
    page.evaluate(PASTE, ["<p>Có hình <img src='x.png'> và <a href='http://a.vn'>liên kết</a></p>", "Có hình"])
    assert page.locator("[data-writing-told]").first.inner_text() == "Đã dán. Không giữ được: hình; liên kết (giữ chữ)."
    font = "<span style='font-family:.VnTime'>"
    old = f"<p><b>{font}Céng hßa x· héi</span></b> {font}chñ nghÜa ViÖt Nam</span></p>"
    page.evaluate(PASTE, [old, "Céng hßa x· héi chñ nghÜa ViÖt Nam"])
    page.get_by_text("Chữ vừa dán gõ bằng bảng mã cũ TCVN3 (ABC)").wait_for()
    page.get_by_role("button", name="Chuyển sang Unicode rồi dán").click()
    field = page.locator("[name=body]")
    expect(field).to_have_value(re.compile(re.escape("**kếtCộng hòa xã hội** chủ nghĩa Việt Nam")))
    page.evaluate(PASTE, ["", "Theo ð« ngh¸ cüa Giám ð¯c S· Nµi vø\r\nKính gØi: œy ban nhân dân"])
    page.get_by_text("Chữ vừa dán gõ bằng bảng mã cũ VISCII").wait_for()
    page.get_by_role("button", name="Chuyển sang Unicode rồi dán").click()
    expect(field).to_have_value(re.compile("Ủy ban nhân dân"))
    blocks = field.input_value().split("\n\n")
    assert blocks[0].endswith("Theo đề nghị của Giám đốc Sở Nội vụ")
    assert blocks[-1].startswith("Kính gửi: Ủy ban nhân dân")
    page.evaluate(PASTE, ["", normalize("NFD", "Tờ trình số 5; 3 m², «Đoàn kết» ± 2 °C")])
    page.wait_for_function(
        "() => document.querySelector('[name=body]').value.includes('Tờ trình số 5; 3 m², «Đoàn kết» ± 2 °C')"
    )
    assert page.locator("[data-writing-offer]").first.is_hidden()


def in_note(desk, source="Báo cáo [^1] cuối\n\n[^1]: Lời"):
    """The caret behind the words of the first note."""
    desk.open(source)
    desk.page.locator(".note").first.click()
    desk.page.wait_for_selector(".note-words:focus")
    desk.keys.press("Control+End")


def test_into_a_note_come_words_emphasis_and_citations(desk):
    in_note(desk)
    desk.paste("<p>; theo <b>đậm</b>, <i>nghiêng</i></p><table><tr><td>a</td><td>b</td></tr></table><img src=x.png>")
    desk.run("bold")
    desk.keys.type("B")
    assert desk.source.endswith("[^1]: Lời; theo **đậm**, *nghiêng*\n\n    a **bB**")
    assert desk.dropped == [{"hình": 1}]
    desk.open("A **b** {{cite:50/BC}} c[^2]\n\nHai [^1]\n\n[^1]: Lời\n\n[^2]: Khác", 1, 10)
    desk.keys.press("Control+c")
    desk.page.locator(".note").nth(1).click()
    desk.page.wait_for_selector(".note-words:focus")
    desk.keys.press("Control+Home")
    desk.keys.press("Control+v")
    desk.page.wait_for_function("() => document.querySelector('.note-words .chip')")
    assert "[^1]: A **b** {{cite:50/BC}} cLời" in desk.source
    assert desk.dropped == [{"chú thích trong chú thích": 1}]


def test_words_of_a_note_are_copied_into_the_body(desk):
    in_note(desk, "Một [^1]\n\n[^1]: Lời **chú** {{cite:7/QĐ}}")
    desk.keys.press("Control+a")
    desk.keys.press("Control+c")
    desk.keys.press("Escape")
    desk.keys.press("Control+v")
    desk.page.wait_for_function("() => document.querySelectorAll('#place > div > p > .chip').length === 1")
    assert desk.source.startswith("Một [^1]Lời **chú** {{cite:7/QĐ}}\n")


def test_a_page_that_gives_itself_out_for_this_editor(desk):
    table = "<table><tr><td colspan=1000000000 rowspan=-5>a</td><td colspan=x>b</td></tr></table>"
    source = pasted(
        desk, f"<div data-pm-slice='0 0 []'>{table}<img src=x onerror='window.bad=1'><b onclick=1>c</b></div>"
    )
    assert "a" in source
    assert desk.page.evaluate("window.bad") is None
    assert desk.page.locator("#place :is(img[src], [onclick])").count() == 0
