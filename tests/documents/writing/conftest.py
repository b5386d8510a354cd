"""A page with the editor alone, for what is typed; and the keyboards of Vietnam."""

import re
from unicodedata import normalize

import pytest
from django.urls import reverse

from documents.writing.reading import document_of

# By its modules, as the page of a draft has them; nothing else of the program listens.
OPEN = """async (json) => {
  const desk = await import("/static/js/writing/desk.js");
  const { write } = await import("/static/js/writing/write.js");
  window.violations ??= [];
  if (!window.desk) document.addEventListener("securitypolicyviolation", (event) => violations.push(event.violatedDirective));
  window.view?.destroy();
  document.querySelector("main, body").innerHTML = '<div class="writing"><div id="place"></div></div>';
  // Spaces at the ends of words count only once it is there.
  if (!window.desk) await new Promise((onload) => {
    const style = document.createElement("link");
    document.head.append(Object.assign(style, { rel: "stylesheet", href: "/static/css/writing.css", onload }));
  });
  window.dropped = [];
  window.view = desk.openDesk({
    place: document.getElementById("place"), doc: desk.documentOf(json), label: "Nội dung", cites: () => null,
    say: (words) => { window.said = words; },
    changed: () => {}, moved: () => {}, told: (what) => window.dropped.push(what), pasting: () => false,
  });
  Object.assign(window, { desk, write });
  // Letters that come later would move what is clicked and drawn at.
  document.body.getBoundingClientRect();
  await document.fonts.ready;
}"""
CARET = """async ([from, to]) => {
  const { TextSelection } = await import("/static/vendor/prosemirror/prosemirror.min.js");
  const place = (at) => (at < 0 ? view.state.doc.content.size + at : at);
  view.dispatch(view.state.tr.setSelection(TextSelection.create(view.state.doc, place(from), place(to))));
  view.focus();
}"""
# A browser tells of what was chosen whenever it comes to it; a key and a button of the page do not wait for it.
TOLD = """() => { document.dispatchEvent(new Event("selectionchange")); }"""
# What a Telex keyboard of an operating system shows while a word grows.
TELEX = {
    "tiếng": ["t", "ti", "tie", "tiê", "tiên", "tiêng", "tiếng"],
    "Việt": ["V", "Vi", "Vie", "Viê", "Viêt", "Việt"],
    "đường": ["d", "đ", "đu", "đuo", "đươ", "đươn", "đương", "đường"],
    "thuở": ["t", "th", "thu", "thuo", "thuơ", "thuở"],
    "quyết": ["q", "qu", "quy", "quye", "quyê", "quyêt", "quyết"],
}


def without_tone(word):
    """``word`` before its tone is typed, and without it."""
    return normalize("NFC", re.sub("[\u0300\u0301\u0303\u0309\u0323]", "", normalize("NFD", word)))


def steps_of(word):
    """What a Telex keyboard shows while ``word`` grows, its tone typed last."""
    return TELEX.get(word) or [*(without_tone(word)[:end] for end in range(1, len(word) + 1)), word]


def backspaced(word):
    """What Unikey sends for ``word`` with its tone typed last: back to the vowel, and the rest anew; see ``Desk.unikey``."""
    plain = without_tone(word)
    same = next((i for i, (one, other) in enumerate(zip(plain, word, strict=True)) if one != other), len(word))
    return plain + "<" * (len(word) - same) + word[same:]


class Desk:
    """One editor in a window: opened on a source, typed into, read as source."""

    def __init__(self, page):
        self.page, self.keys = page, page.keyboard
        self.session = page.context.new_cdp_session(page)
        page.goto(reverse("login"))

    def open(self, source, at=None, to=None):
        """Open it on ``source`` with the caret at a place of the document; a negative one counts from its end."""
        self.page.evaluate(OPEN, document_of(source))
        if at is not None:
            self.caret(at, to)
        return self

    def caret(self, at, to=None):
        """Put the caret there, or select up to ``to``."""
        self.page.evaluate(CARET, [at, at if to is None else to])

    @property
    def source(self):
        """What it would write."""
        return self.page.evaluate("write(view.state.doc)")

    def compose(self, word, ends=True):
        """Type a word as macOS, ibus and Windows' own Vietnamese keyboard do."""
        for step in steps_of(word):
            self.session.send(
                "Input.imeSetComposition", {"text": step, "selectionStart": len(step), "selectionEnd": len(step)}
            )
        if ends:
            self.session.send("Input.insertText", {"text": word})

    def unikey(self, *parts):
        """Type as Unikey and EVKey do: letters, and for each ``<`` a backspace before the letters that take its place."""
        for part in parts:
            for key in part:
                if key == "<":
                    self.keys.press("Backspace")
                else:
                    self.keys.insert_text(key) if ord(key) > 127 else self.keys.type(key)

    def click(self, selector, number=0):
        """Put the caret into what ``selector`` finds."""
        self.page.locator(selector).nth(number).click()
        self.page.evaluate(TOLD)

    def run(self, name):
        """What a button does."""
        self.page.evaluate(TOLD)
        self.page.evaluate("(name) => desk.run(name, view)", name)

    def paste(self, html, text=""):
        """Paste what a clipboard holds."""
        self.page.evaluate(TOLD)
        self.page.evaluate(
            """([html, text]) => {
              const data = new DataTransfer();
              if (html) data.setData("text/html", html);
              data.setData("text/plain", text);
              const place = document.querySelector(".note-words:focus") || view.dom;
              place.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
            }""",
            [html, text],
        )

    @property
    def dropped(self):
        """What the pastes lost."""
        return self.page.evaluate("dropped")


@pytest.fixture
def desk(page):
    """An editor in a window of an office machine; a breach of the policy fails the test."""
    opened = Desk(page)
    yield opened
    assert page.evaluate("window.violations || []") == []
