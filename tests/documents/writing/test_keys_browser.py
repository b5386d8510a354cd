"""Keys that an officer knows from Word: numbers that go on, gaps, tables, and what a paper does not have."""

import pytest

from documents.writing.reading import document_of

pytestmark = [
    pytest.mark.browser,
    pytest.mark.front_end("the editor's own behaviour; the server is asked for its files only"),
]

TABLE = "Trên\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\nDưới"


FOLLOWING = [
    ("1. Một", "2. "),
    ("9) Chín", "10) "),
    ("a) Một", "b) "),
    ("d) Bốn", "đ) "),
    ("đ) Năm", "e) "),
    ("i) Chín", "k) "),
    ("1.1. Một", "1.2. "),
    ("2.9 Chín", "2.10 "),
    ("IX. Chín", "X. "),
    ("- Một", "- "),
    ("+ Một", "+ "),
    ("Điều 3. Ba", "Điều 4. "),
    ("**Điều 1.** Tặng", "**Điều 2.** "),
    ("y) Cuối", ""),
    ("Năm 2020. Hết", ""),
    ("2020. Hết", ""),
    ("1. Các đơn vị sau:", ""),
    ("*) Chú", ""),
]


def test_numbers_go_on_with_enter(desk):
    for typed, following in FOLLOWING:
        desk.open(typed, -1)
        desk.keys.press("Enter")
        desk.keys.type("x")
        assert desk.source.replace("\\", "") == f"{typed}\n\n{following}x"


def test_a_number_is_taken_back_by_enter_backspace_and_undo(desk):
    for keys in (["Enter"], ["Backspace"], ["Control+z", "Shift+Enter"]):
        desk.open("a) Một", -1)
        for key in ["Enter", *keys]:
            desk.keys.press(key)
        desk.compose("Việt")
        assert desk.source == "a) Một\n\nViệt"


def test_unikey_types_behind_a_number(desk):
    desk.open("- Một", -1)
    desk.keys.press("Enter")
    desk.unikey("d<đa Vie<êt<<ệt")
    assert desk.source == "- Một\n\n- đa Việt"


def test_tab_goes_from_gap_to_gap_and_then_out(desk):
    desk.open("Gửi [tên đơn vị], số …/QĐ-UBND, v.v… và «…» hội nghị, ... ngày … tháng … năm 2026", 1)
    assert desk.page.locator(".blank").all_inner_texts() == ["[tên đơn vị]", "…", "…", "…"]
    for words in ("Sở Y tế", "5", "1", "2"):
        desk.keys.press("Tab")
        desk.keys.type(words)
    assert desk.source == "Gửi Sở Y tế, số 5/QĐ-UBND, v.v… và «…» hội nghị, ... ngày 1 tháng 2 năm 2026"
    desk.keys.press("Tab")
    assert desk.page.evaluate("view.hasFocus()") is False


def test_gaps_are_those_that_keep_a_paper_from_going_out(desk):
    desk.open("1. …\n\n| … | [tên] |\n|---|---|\n| ... | x |\n\n\\[giữ] [bỏ] [1]\n\nĐiều 5. ……\n\n(ghi rõ lý do) x")
    assert desk.page.locator(".blank").all_inner_texts() == ["…", "[tên]", "[bỏ]", "……"]


def test_backspace_and_delete_beside_a_table_leave_it_whole(desk):
    desk.open(TABLE, -1)
    for _ in range(6):
        desk.keys.press("Backspace")
    desk.keys.type("x")
    assert desk.source == "Trên\n\n| a | b |\n|---|---|\n| 1 | x |"
    desk.open(TABLE, 5)
    desk.keys.press("Delete")
    desk.keys.type("x")
    assert desk.source == TABLE.replace("| a |", "| xa |")


def test_what_is_typed_over_cells_stands_in_the_first(desk):
    desk.open(TABLE)
    cells = desk.page.locator("th, td")
    cells.nth(0).drag_to(cells.nth(3))
    desk.keys.type("xy")
    assert desk.source == TABLE.replace("| a | b |", "| xy |  |").replace("| 1 | 2 |", "|  |  |")


def test_all_is_chosen_and_typed_over_or_copied_behind_itself(desk):
    desk.open(TABLE, 1)
    desk.keys.press("Control+a")
    desk.keys.press("Control+c")
    desk.caret(-1)
    desk.keys.press("Control+v")
    desk.page.wait_for_function("() => view.dom.querySelectorAll('table').length === 2")
    assert desk.source == f"{TABLE}\n\n{TABLE}"
    desk.keys.press("Control+a")
    desk.keys.type("Một")
    assert desk.source == "Một"


def test_cells_are_copied_onto_cells(desk):
    desk.open(TABLE)
    cells = desk.page.locator("th, td")
    cells.nth(2).drag_to(cells.nth(3))
    desk.keys.press("Control+c")
    desk.click("th", 0)
    desk.keys.press("Control+v")
    desk.page.wait_for_function("() => view.dom.querySelector('th').innerText === '1'")
    assert desk.source == TABLE.replace("| a | b |", "| 1 | 2 |")


def test_underline_and_page_break_change_nothing(desk):
    desk.open("một hai", 1, 4)
    desk.keys.press("Control+u")
    desk.keys.press("Control+Enter")
    assert desk.source == "một hai"


def test_a_tied_space_has_the_key_of_word(desk):
    desk.open("98hai", 3)
    desk.keys.press("Control+Shift+Space")
    assert desk.source == "98\u00a0hai"


def test_columns_are_drawn_by_keys_and_the_menu_of_a_table(desk):
    desk.open("| a | b |\n|---|---|\n| 1 | 2 |")
    desk.click("td", 0)
    desk.keys.press("Alt+Shift+ArrowRight")
    left, right = desk.source.split("\n")[1].strip("|").split("|")
    assert len(left) > len(right)
    desk.page.locator("td").nth(1).click(button="right")
    menu = desk.page.get_by_role("menu")
    assert menu.get_by_role("menuitem", name="Gộp ô").is_disabled()
    menu.get_by_role("menuitem", name="Tự chia cột theo chữ").click()
    assert desk.source == "| a | b |\n|---|---|\n| 1 | 2 |"
    desk.keys.press("Shift+F10")
    assert desk.page.evaluate("document.activeElement.textContent") == "Thêm hàng ở trên"
    desk.keys.press("ArrowDown")
    desk.keys.press("Enter")
    assert desk.source == "| a | b |\n|---|---|\n| 1 | 2 |\n|  |  |"
    desk.keys.press("Shift+F10")
    desk.keys.press("Escape")
    desk.keys.type("x")
    assert menu.count() == 0
    assert "| 1 | 2x |" in desk.source


# A line is chosen and a key follows before the browser has told of it.
AT_ONCE = """(way) => {
  getSelection().modify("extend", way, "lineboundary");
  const key = { key: "b", code: "KeyB", keyCode: 66, ctrlKey: true, bubbles: true, cancelable: true };
  document.activeElement.dispatchEvent(new KeyboardEvent("keydown", key));
}"""


def test_what_was_chosen_a_moment_ago_is_what_a_key_is_for(desk):
    desk.open("Kính trình", 1)
    desk.page.evaluate(AT_ONCE, "forward")
    assert desk.source == "**Kính trình**"
    desk.open("Báo cáo", -1).run("note")
    desk.page.wait_for_selector(".note-words:focus")
    desk.keys.type("đề nghị")
    desk.page.evaluate(AT_ONCE, "backward")
    assert desk.source == "Báo cáo[^1]\n\n[^1]: **đề nghị**"


@pytest.mark.parametrize(
    ("source", "keys", "left"),
    [
        ("# Tên mục\n\nLời.", "Control+Home ArrowDown Home Enter Delete", "# Tên mục\n\nời."),
        ("# Tên mục\n\nLời.", "Control+Home ArrowDown Home Enter ArrowUp Delete", "# Tên mục\n\nLời."),
        (
            "Đầu.\n\n## Mục[^1]\n\nLời.\n\n[^1]: Chú.",
            "Control+Home Enter Delete",
            "ầu.\n\n## Mục[^1]\n\nLời.\n\n[^1]: Chú.",
        ),
        ("Đầu.\n\n# Mục\n\nLời.", "Control+Home ArrowDown Home Enter ArrowUp Delete Delete", "Đầu.\n\n# ục\n\nLời."),
    ],
)
def test_keys_pressed_fast_delete_where_the_caret_is(desk, page, source, keys, left):
    """The browser tells of a moved caret only behind the key that follows."""
    desk.open(source)
    page.locator(".desk-words").first.click()
    for key in keys.split():
        page.keyboard.press(key)
    page.wait_for_function("left => write(view.state.doc) === left", arg=left)


def test_what_another_part_of_the_page_wrote_is_taken_back_by_itself(desk):
    """However soon one mend follows another: the library would take both back as one."""
    desk.open("Một")
    for source in ("Một hai", "Một hai ba"):
        desk.page.evaluate("(json) => desk.replaceDocument(view, desk.documentOf(json))", document_of(source))
    desk.run("undo")
    assert desk.source == "Một hai"
