"""Typing as in Word, by both kinds of Vietnamese keyboards, wherever words may stand."""

import pytest

from documents.source import markdown
from documents.source.grids import grid

from .conftest import backspaced

pytestmark = [
    pytest.mark.browser,
    pytest.mark.front_end("the editor's own behaviour; the server is asked for its files only"),
]

CHIP = "Theo {{cite:50/BC-UBND}} nay"
BEHIND_CHIP = 7
NOTED = "Báo cáo[^1] cuối\n\n[^1]: "
GRID = "Trên\n\n| STT | Nội dung |\n|---|---|\n| 1 |  |\n\nDưới"


def in_cell(desk):
    """The caret in the empty cell of GRID."""
    desk.open(GRID)
    desk.click("td", 1)


def test_words_are_composed_wherever_they_may_stand(desk):
    desk.open("", 1)
    for word in ("tiếng", "Việt", "đường"):
        desk.compose(word)
        desk.keys.press("Space")
    desk.compose("thuở")
    assert desk.source == "tiếng Việt đường thuở"
    desk.open("Căn cứ năm 2020", 8).compose("quyết")
    assert desk.source == "Căn cứ quyếtnăm 2020"
    desk.open("A ", 2)
    desk.keys.type(" ")
    desk.keys.press("Control+b")
    desk.compose("Việt")
    desk.keys.press("Control+b")
    desk.keys.type(" sau")
    assert desk.source == "A **Việt** sau"
    desk.open(CHIP, BEHIND_CHIP).compose("tiếng")
    assert desk.source == "Theo {{cite:50/BC-UBND}}tiếng nay"
    desk.open("{{cite:50/BC-UBND}} nay", 1).compose("tiếng")
    assert desk.source == "tiếng{{cite:50/BC-UBND}} nay"
    desk.open("một hai\n\nba bốn", 5, 13).compose("đường")
    assert desk.source == "một đườngbốn"
    in_cell(desk)
    desk.compose("Việt")
    assert desk.source == GRID.replace("| 1 |  |", "| 1 | Việt |")


def test_words_are_typed_by_backspaces_as_unikey_does(desk):
    desk.open("", 1).unikey("tie<êng<<<ếng Vie<êt<<ệt")
    assert desk.source == "tiếng Việt"
    desk.open(CHIP, BEHIND_CHIP).unikey("d<đa")
    assert desk.source == "Theo {{cite:50/BC-UBND}}đa nay"
    desk.open("Trước\n\nSau", 6)
    desk.keys.press("Enter")
    desk.unikey("d<đi")
    assert desk.source == "Trước\n\nđi\n\nSau"
    desk.open("A", 2)
    desk.keys.press("Control+b")
    desk.unikey("Vie<êt<<ệt")
    assert desk.source == "**AViệt**"
    in_cell(desk)
    desk.unikey("d<đu<ư")
    assert desk.source == GRID.replace("| 1 |  |", "| 1 | đư |")
    desk.open("", 1).unikey("a")
    desk.keys.press("Shift+ArrowLeft")
    desk.keys.insert_text("â")
    assert desk.source == "â"


def test_decomposed_letters_come_out_whole(desk):
    desk.open("", 1).unikey("tiê\u0301ng")
    assert desk.source == "tiếng"


def test_a_composition_that_is_undone_and_ended_by_a_click(desk):
    desk.open("Trước sau", 7).compose("đường", ends=False)
    desk.page.locator("p").click(position={"x": 5, "y": 5})
    assert desk.source == "Trước đườngsau"
    desk.keys.press("Control+z")
    assert desk.source == "Trước sau"


def test_a_note_is_typed_in_its_box_undone_and_done_again(desk):
    desk.open("Báo cáo cuối", 8)
    desk.keys.press("Control+Alt+f")
    desk.page.wait_for_selector(".note-words:focus")
    desk.compose("tiếng")
    desk.unikey(" Vie<êt<<ệt.")
    desk.keys.press("Control+b")
    desk.keys.type(" A")
    desk.keys.press("Control+b")
    whole = "Báo cáo[^1] cuối\n\n[^1]: tiếng Việt. **A**"
    assert desk.source == whole
    desk.keys.press("Escape")
    desk.keys.type("!")
    assert desk.source == whole.replace("[^1] c", "[^1]! c", 1)
    # However fast it was typed: so much as was typed within half a second is taken back at once.
    repeated(desk, "Control+z", "Báo cáo cuối")
    repeated(desk, "Control+y", whole.replace("[^1] c", "[^1]! c", 1))


def repeated(desk, key, source):
    """Press ``key`` until ``source`` stands there."""
    for _ in range(40):
        if desk.source == source:
            return
        desk.keys.press(key)
    assert desk.source == source


def test_keys_of_word(desk):
    desk.open("một hai", 1, 4)
    desk.keys.press("Control+b")
    desk.keys.press("Control+i")
    assert desk.source == "***một*** hai"
    desk.keys.press("Control+z")
    desk.keys.press("Control+z")
    assert desk.source == "một hai"
    desk.keys.press("Control+Alt+2")
    assert desk.source == "## một hai"
    desk.keys.press("Control+Alt+0")
    assert desk.source == "một hai"
    desk.caret(4)
    desk.keys.press("Enter")
    assert desk.source == "một\n\nhai"


def test_a_table_is_typed_with_tab_and_enter(desk):
    desk.open("Trên\n\nDưới", 3).run("table")
    for number, word in enumerate(["STT", "Nội dung", "Ghi chú", "1", "a", "b", "2"]):
        desk.keys.press("Tab") if number else None
        desk.keys.type(word)
    rows = "| STT | Nội dung | Ghi chú |\n|---|---|---|\n| 1 | a | b |\n| 2 |  |  |"
    assert desk.source == f"Trên\n\n{rows}\n\nDưới"
    desk.keys.press("Tab")
    desk.keys.press("Tab")
    desk.keys.press("Tab")
    desk.keys.type("3")
    assert desk.source == f"Trên\n\n{rows}\n| 3 |  |  |\n\nDưới"
    desk.keys.press("Enter")
    desk.keys.type("4")
    assert desk.source == f"Trên\n\n{rows}\n| 3 |  |  |\n| 4 |  |  |\n\nDưới"
    desk.run("delete-row")
    desk.run("column-right")
    desk.run("delete-column")
    desk.compose("Việt")
    assert "Việt" in desk.source
    assert desk.source.count("\n|") == 5


def test_cells_are_joined_and_parted_and_a_head_has_two_rows(desk):
    desk.open("| A | B | C |\n|---|---|---|\n| d | e | f |\n| 1 | 2 | 3 |")
    cells = desk.page.locator("th, td")
    cells.nth(1).drag_to(cells.nth(2))
    desk.run("join")
    joined = "| A | B C | < |\n|---|---|---|\n| d | e | f |\n| 1 | 2 | 3 |"
    assert desk.source == joined
    desk.click("td", 1)
    desk.run("head")
    assert desk.source == joined.replace("| d | e | f |", "| d | e | f |\n|---|---|---|")
    desk.run("align-right")
    assert "|---|---:|---|\n| d" in desk.source
    desk.click("th", 1)
    desk.run("split")
    assert desk.source.startswith("| A | B C |  |\n")


def draw_first_edge(desk, by):
    """Draw the right edge of the first column by so many pixels."""
    cell, mouse = desk.page.locator("th").first, desk.page.mouse
    # Pressed where the page says that the edge is: it may still be moving what stands above.
    cell.hover(position={"x": cell.bounding_box()["width"] - 2, "y": 5})
    desk.page.locator("table.at-edge").wait_for()
    box = cell.bounding_box()
    x, y = box["x"] + box["width"] - 2, box["y"] + 5
    mouse.move(x, y)
    mouse.down()
    mouse.move(x + by, y, steps=3)
    mouse.up()


def test_columns_are_drawn_with_the_mouse(desk):
    desk.open("| A | B |\n|---|---|\n| 1 | 2 |")
    draw_first_edge(desk, -desk.page.locator("th").first.bounding_box()["width"] / 2)
    rule = desk.source.split("\n")[1].strip("|").split("|")
    assert [len(rule[0]) < len(rule[1]) / 2, len(rule[0]) + len(rule[1]) > 45] == [True, True]
    desk.run("free-widths")
    assert desk.source == "| A | B |\n|---|---|\n| 1 | 2 |"


def shares(source):
    """What the printed page makes of the rule line."""
    return grid(markdown.parse(source), source.split("\n")).shares


def test_widths_mean_the_same_on_the_screen_and_on_the_page(desk):
    # Dashes around colons, as people type them, are no widths.
    desk.open("| A | B | C |\n|:-:|---|--:|\n| 1 | 2 | 3 |")
    assert desk.page.locator("table.has-widths").count() == 0
    desk.click("td")
    desk.keys.type("0")
    assert shares(desk.source) is None
    # What is left of a proportion when its wide column goes is one still.
    desk.open("| A | B | C |\n|--------|---|--|\n| 1 | 2 | 3 |")
    desk.click("td")
    desk.run("delete-column")
    assert desk.page.locator("table.has-widths").count() == 1
    first, second = shares(desk.source)
    assert first / second == 3 / 2
    # So many columns that few dashes are left for each.
    many = [f"|{'|'.join(row)}|" for row in (["A"] * 24, ["---"] * 24, ["1"] * 24)]
    desk.open("\n".join(many))
    draw_first_edge(desk, -15)
    found = shares(desk.source)
    assert found[0] < found[2] < found[1]


def test_only_what_was_touched_is_written_anew(desk):
    desk.open("Một\nđoạn *dài* 5*3.\n\n\n|a|b|\n|-|-|\n|1|2|\n\nHai.", -1)
    desk.keys.type("!")
    assert desk.source == "Một\nđoạn *dài* 5*3.\n\n\n|a|b|\n|-|-|\n|1|2|\n\nHai.!"


def test_a_gap_is_selected_by_a_click_and_typed_over(desk):
    desk.open("Gửi [tên đơn vị] báo cáo.")
    desk.page.locator(".blank").click()
    desk.unikey("d<đo<ô")
    assert desk.source == "Gửi đô báo cáo."


def test_behind_a_chip_that_begins_a_block(desk):
    desk.open("{{cite:1/QĐ}} nay", 2).unikey("d<đa")
    assert desk.source == "{{cite:1/QĐ}}đa nay"
    desk.open("[^1] nay\n\n[^1]: {{cite:1/QĐ}}Lời", 7).unikey("! ")
    assert desk.source == "[^1]!  nay\n\n[^1]: {{cite:1/QĐ}}Lời"


WORDS = ["Nguyễn", "khuỷu", "được", "giường", "quyền", "ủy", "Điều", "nghiêng", "ý", "xoong"]


def test_every_word_comes_out_by_both_keyboards_wherever_words_may_stand(desk):
    typed = " ".join(WORDS)

    def type_in(by):
        for number, word in enumerate(WORDS):
            desk.keys.press("Space") if number else None
            desk.compose(word) if by == "telex" else desk.unikey(backspaced(word))

    for by in ("telex", "unikey"):
        for source, at, wanted in (
            ("Trước sau", 1, "@Trước sau"),
            ("## 1. Mục", -1, "## 1. Mục@"),
            ("A **đậm** sau", 5, "A **đậ@m** sau"),
            ("{{cite:1/QĐ}}{{cite:2/QĐ}}", 2, "{{cite:1/QĐ}}@{{cite:2/QĐ}}"),
            ("Gửi [tên], {{cite:1/QĐ}}", 10, "Gửi [tên]@, {{cite:1/QĐ}}"),
            ("1. Một\n\nHai", 9, "1. Một\n\n@Hai"),
        ):
            desk.open(source, at)
            type_in(by)
            assert desk.source == wanted.replace("@", typed)
        desk.open("| a |  |\n|---|---|\n| 1 | 2 |")
        desk.click("th", 0)
        desk.keys.press("Tab")
        type_in(by)
        assert desk.source == f"| a | {typed} |\n|---|---|\n| 1 | 2 |"
        desk.open("Báo cáo", -1)
        desk.paste("<p>dán <b>đậm</b></p>")
        desk.keys.press("Space")
        type_in(by)
        assert desk.source.replace("*", "") == f"Báo cáodán đậm {typed}"
        desk.open("Báo cáo", -1).run("note")
        desk.page.wait_for_selector(".note-words:focus")
        desk.keys.press("Control+b")
        type_in(by)
        assert desk.source == f"Báo cáo[^1]\n\n[^1]: **{typed}**"
