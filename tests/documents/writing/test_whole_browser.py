"""Whatever is done in the editor, it is what the source can say: the server takes it, and undo brings back what was."""

import pytest

from documents.source import markdown
from documents.writing.comparing import difference

pytestmark = [
    pytest.mark.browser,
    pytest.mark.front_end("the editor's own behaviour; the server is asked for its files only"),
]

SENT = """async () => {
  const { sent } = await import("/static/js/writing/write.js");
  return JSON.stringify(sent(view.state.doc));
}"""
TWICE = "[^1] đầu dòng\n\n## 1. Mục[^1]\n\n[^1]: *Lời*"
EMPTY = "Trên\n\n|  |  |  |\n|---|---|---|\n|  |  |  |\n|  |  |  |\n\nMột\n\nHai"


def holds(desk, source):
    """The editor writes ``source``, which says what it shows."""
    assert desk.source == source
    assert markdown.faults(source) == []
    assert difference(source, desk.page.evaluate(SENT)) == ""


@pytest.mark.parametrize(
    ("source", "places", "emphasized"),
    [
        # What is chosen, or the word with the caret, by Ctrl+B; and again.
        ("Căn cứ vào", (6, 7), "Căn **cứ** vào"),
        ("Căn cứ vào", (6, 6), "Căn **cứ** vào"),
        ("Căn cứ vào", (2, 7), "**Căn cứ** vào"),
        ("Điều 1. Tặng, nay", (7, 14), "Điều 1. **Tặng,** nay"),
        ("a (b) c", (1, 4), "**a** (b) c"),
        ("Theo {{cite:1/QĐ}}[^1] nay\n\n[^1]: Lời", (1, 16), "**Theo {{cite:1/QĐ}}[^1] nay**\n\n[^1]: Lời"),
    ],
)
def test_emphasis_is_of_whole_words(desk, source, places, emphasized):
    desk.open(source, *places)
    desk.keys.press("Control+b")
    holds(desk, emphasized)
    desk.keys.press("Control+b")
    holds(desk, source)


def test_what_is_typed_on_in_a_word_has_its_emphasis(desk):
    desk.open("Căn cứ", -1)
    desk.keys.press("Control+b")
    desk.keys.type("x,")
    desk.keys.press("Control+b")
    desk.keys.type("y")
    desk.keys.type(" z")
    holds(desk, "Căn **cứx,y** z")
    desk.open("Căn cứ", -1)
    desk.keys.press("Control+b")
    desk.compose("Việt")
    desk.page.wait_for_function("() => view.dom.querySelector('strong').innerText === 'cứViệt'")
    holds(desk, "Căn **cứViệt**")


def test_typed_brackets_of_a_note_are_words(desk):
    desk.open("Theo ", -1)
    desk.keys.type(" [^1] nay")
    holds(desk, "Theo \\[^1] nay")


def test_a_note_that_is_cited_twice_keeps_its_words(desk):
    desk.open(TWICE, 1)
    desk.keys.press("Delete")
    holds(desk, "đầu dòng\n\n## 1. Mục[^1]\n\n[^1]: *Lời*")
    desk.keys.press("Control+z")
    holds(desk, TWICE)
    # Its second place moved before the first.
    desk.caret(-2, -1)
    desk.keys.press("Control+x")
    desk.caret(1)
    desk.keys.press("Control+v")
    desk.page.wait_for_function("() => /đầu/.test(view.dom.querySelector('.note-again').parentNode.innerText)")
    holds(desk, "## [^1][^1] đầu dòng\n\n## 1. Mục\n\n[^1]: *Lời*")


def test_emphasis_in_each_paragraph_of_a_note(desk):
    desk.open("Báo cáo[^1]\n\n[^1]: *Lời hai*")
    desk.click(".note")
    desk.page.wait_for_selector(".note-words:focus")
    desk.keys.press("Control+Home")
    for _ in range(3):
        desk.keys.press("ArrowRight")
    desk.keys.press("Enter")
    holds(desk, "Báo cáo[^1]\n\n[^1]: *Lời*\n\n     *hai*")


def test_keys_at_the_edges_of_a_note_stay_within_it(desk):
    desk.open(TWICE)
    desk.click(".note")
    desk.page.wait_for_selector(".note-words:focus")
    for to, key in (("Home", "Backspace"), ("Home", "Control+Backspace"), ("End", "Delete"), ("End", "Control+Delete")):
        desk.keys.press(f"Control+{to}")
        desk.keys.press(key)
    holds(desk, TWICE)


def test_keys_pressed_right_after_a_note_was_opened_are_for_it(desk):
    desk.open("Báo cáo", -1)
    # It has the caret a moment later, on a busy machine behind the keys that follow.
    desk.page.evaluate("() => { window.held = []; window.setTimeout = (done) => held.push(done); }")
    desk.keys.press("Control+Alt+f")
    desk.keys.type("Lời")
    desk.page.evaluate("() => held.forEach((done) => done())")
    desk.keys.type(" nữa")
    holds(desk, "Báo cáo[^1]\n\n[^1]: Lời nữa")


def test_words_without_a_key_over_blocks_leave_the_chips_behind_them(desk):
    desk.open("Việt\n\n{{cite:1/QĐ}}[^1] nay\n\n[^1]: Lời", 2, 7)
    desk.keys.insert_text("Đ")
    holds(desk, "VĐ{{cite:1/QĐ}}[^1] nay\n\n[^1]: Lời")


def test_a_table_that_a_selection_begins_in_is_left_whole(desk):
    desk.open(EMPTY)
    desk.click("td", 1)
    desk.keys.press("Control+Shift+End")
    desk.keys.type("x")
    holds(desk, "Trên\n\n|  |  |  |\n|---|---|---|\n|  | x |  |")


def test_words_and_cells_are_pasted_into_cells(desk):
    joined = "| A bc | < |\n|---|---|\n| 1 | 2 |"
    desk.open(f"{joined}\n\nx\n\n| p | q |\n|---|---|\n| 3 | 4 |")
    desk.click("th", 0)
    desk.keys.press("Home")
    desk.keys.press("Shift+End")
    desk.keys.press("Control+c")
    desk.click("td", 2)
    desk.keys.press("Control+v")
    desk.page.wait_for_function("() => view.dom.querySelectorAll('td')[2].innerText === '3A bc'")
    holds(desk, f"{joined}\n\nx\n\n| p | q |\n|---|---|\n| 3A bc | 4 |")
    # Cells of a head are none of it in a row below.
    cells = desk.page.locator("th, td")
    cells.nth(3).drag_to(cells.nth(4))
    desk.keys.press("Control+c")
    desk.click("td", 2)
    desk.keys.press("Control+v")
    desk.page.wait_for_function("() => view.dom.querySelectorAll('td')[2].innerText === 'p'")
    holds(desk, f"{joined}\n\nx\n\n| p | q |\n|---|---|\n| p | q |")


def test_cells_that_cannot_be_pasted_over_joined_ones_change_nothing(desk):
    source = "| A | < | C |\n|---|---|---|\n| 1 | 2 | 3 |\n| ^ | 5 | < |\n| 7 | < | 9 |"
    desk.open(source)
    cells = desk.page.locator("th, td")
    cells.nth(0).drag_to(cells.nth(5))
    desk.keys.press("Control+c")
    cells.nth(4).drag_to(cells.nth(7))
    desk.keys.press("Control+v")
    desk.page.wait_for_function("() => /Hãy tách ô rồi dán lại/.test(window.said)")
    holds(desk, source)
