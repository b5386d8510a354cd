"""Every source comes back from the editor unchanged, to the byte; and what it writes anew means the same."""

import json
from unicodedata import normalize

import pytest

from documents.source import markdown
from documents.writing.comparing import difference

from .made import sources
from .test_reading import FILES, bodies

pytestmark = [
    pytest.mark.browser,
    pytest.mark.front_end("the editor's writer is a script; no page of the program is asked but the first"),
]

# For each [source, document]: whether it comes back; and, for every fifth, what is written where every block was touched.
TRY = """async (json) => {
  const { documentOf } = await import("/static/js/writing/desk.js");
  const { sent, write } = await import("/static/js/writing/write.js");
  const bare = (block) => block.type.create({ ...block.attrs, raw: null, gap: null, places: null }, block.content);
  return JSON.stringify(JSON.parse(json).map(([source, read], number) => {
    const doc = documentOf(read);
    if (number % 5) return [write(doc) === source];
    doc.check();
    const touched = doc.type.create({}, doc.content.content.map(bare));
    return [write(doc) === source, write(touched), JSON.stringify(sent(touched))];
  }));
}"""


def tried(page, cases):
    """[(source, what the browser made of it)]."""
    page.goto("/dang-nhap/")
    for start in range(0, len(cases), 1000):
        part = [[normalize("NFC", text), document] for text, document in cases[start : start + 1000]]
        answer = json.loads(page.evaluate(TRY, json.dumps(part)))
        yield from zip((text for text, _ in part), answer, strict=True)


def changed_meaning(answers):
    """Sources that say something else once every block was touched, with what was written."""
    anew = [(text, *rest) for text, (_, *rest) in answers if rest]
    return [(text, now) for text, now, document in anew if markdown.faults(now) or difference(now, document)]


def test_the_sources_of_the_tests(page):
    answers = list(tried(page, bodies(FILES)))
    assert [text for text, (is_same, *_) in answers if not is_same] == []
    assert changed_meaning(answers) == []


def test_5000_sources_made_by_chance(page):
    answers = list(tried(page, sources(18, 5000)))
    assert [text for text, (is_same, *_) in answers if not is_same] == []
    # Notes of nothing but no-break spaces, and bold beside italic within one word, which no Markdown can tell.
    assert len(changed_meaning(answers)) <= 5
