"""What comes from Word, Excel, LibreOffice and web pages: kept is what a paper can hold, told is what was dropped."""

from unicodedata import normalize

import pytest
from django.urls import reverse

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
        "| STT | Đơn vị | Điểm tự chấm |\n|---|---|---|\n| 1 | Sở Y tế | 95,5 |\n| 2 | Sở Tài chính & Kế hoạch | 1.500.000 |"
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
        "|  |  |  | Sở Nông nghiệp |  |  | Sở Công Thương |  |  |\n|---|---|---|---|---|---|---|---|---|\n"
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
    assert desk.dropped == [{"bảng trong bảng (giữ chữ)": 1}]


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


def test_libreoffice_and_web_pages(desk):
    assert pasted(desk, clipboards.LIBREOFFICE) == clipboards.LIBREOFFICE_SOURCE
    assert pasted(desk, clipboards.WEB) == clipboards.WEB_SOURCE
    assert desk.dropped == [{"liên kết (giữ chữ)": 1}]


def test_tracked_changes_are_accepted_and_comments_left_out_and_told(desk):
    assert pasted(desk, clipboards.TRACKED) == "Giữ thêm"
    (told,) = desk.dropped
    assert set(told) == {"chữ đã xóa (theo dõi thay đổi của Word)", "nhận xét", "chữ ẩn, nhận xét"}


def test_nothing_of_a_hostile_page_runs_or_is_fetched(desk):
    asked = []
    desk.page.on("request", lambda request: asked.append(request.url))
    source = pasted(desk, clipboards.HOSTILE)
    desk.page.wait_for_timeout(300)
    assert source.split() == ["Chữ", "liên", "kết", "Sau", "chiplời"]
    assert [url for url in asked if "invalid" in url] == []
    assert desk.page.evaluate("window.bad") is None
    assert desk.dropped == [{"hình": 2}]
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
    assert desk.source.startswith("| A | B |\n|---|---|\n| 1 | hai")
    assert markdown.faults(desk.source) == []


def test_on_its_page_a_paste_tells_what_it_lost_and_offers_to_convert(page, login, officer, draft):
    login(page, officer)
    page.goto(reverse("document", args=[draft.pk]))
    page.wait_for_selector(".desk-words")
    paste = """([html, text]) => {
      const data = new DataTransfer(), target = document.querySelector(".desk-words");
      data.setData("text/html", html);
      data.setData("text/plain", text);
      target.focus();
      target.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
    }"""
    page.evaluate(paste, ["<p>Có hình <img src='x.png'> và <a href='http://a.vn'>liên kết</a></p>", "Có hình"])
    assert page.locator("[data-writing-told]").first.inner_text() == "Đã dán. Không giữ được: hình; liên kết (giữ chữ)."
    font = "<span style='font-family:.VnTime'>"
    old = f"<p><b>{font}Céng hßa x· héi</span></b> {font}chñ nghÜa ViÖt Nam</span></p>"
    page.evaluate(paste, [old, "Céng hßa x· héi chñ nghÜa ViÖt Nam"])
    page.get_by_text("Chữ vừa dán gõ bằng bảng mã cũ TCVN3 (ABC)").wait_for()
    page.get_by_role("button", name="Chuyển sang Unicode rồi dán").click()
    assert "**Cộng hòa xã hội** chủ nghĩa Việt Nam" in page.input_value("[name=body]")
    page.evaluate(paste, ["", "Theo ð« ngh¸ cüa Giám ð¯c S· Nµi vø\r\nKính gØi: œy ban nhân dân"])
    page.get_by_text("Chữ vừa dán gõ bằng bảng mã cũ VISCII").wait_for()
    page.get_by_role("button", name="Chuyển sang Unicode rồi dán").click()
    blocks = page.input_value("[name=body]").split("\n\n")
    assert blocks[0].endswith("Theo đề nghị của Giám đốc Sở Nội vụ")
    assert blocks[-1].startswith("Kính gửi: Ủy ban nhân dân")
    page.evaluate(paste, ["", normalize("NFD", "Tờ trình số 5; 3 m², «Đoàn kết» ± 2 °C")])
    page.wait_for_function(
        "() => document.querySelector('[name=body]').value.includes('Tờ trình số 5; 3 m², «Đoàn kết» ± 2 °C')"
    )
    assert page.locator("[data-writing-old]").first.is_hidden()


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
    assert desk.source.endswith("[^1]: Lời; theo **đậm**, *nghiêng*\n\n    a b**B**")
    assert desk.dropped == [{"hình": 1}, {}]
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
