"""Finds words on a page that are not Vietnamese.

A Vietnamese word is one syllable, and syllables have few shapes. A word of plain ASCII letters that has none of those shapes
is foreign, whatever language it comes from; so no dictionary is needed, and none can be incomplete. A few English words have
the shape of a syllable ("Go", "No", "the"): those are found where a whole text is one that Django has in English.
"""

import re
from functools import cache, lru_cache
from html.parser import HTMLParser

from django.utils.translation import trans_real

ONSET = "(ngh|ng|nh|ch|gh|gi|kh|ph|th|tr|qu|[bcdghklmnpqrstvx])?"
RIME = (
    "(a(ch|c|i|m|nh|ng|n|o|p|t|u|y)?|e(ch|c|m|nh|ng|n|o|p|t|u)?|i(a|ch|ec|em|eng|en|ep|et|eu|m|nh|ng|n|p|t|u)?"
    "|o(a(ch|c|i|m|nh|ng|n|o|p|t|y)?|e(n|o|t)?|c|i|m|ng|n|ong|p|t)?"
    "|u(a(ng|n|t|y)?|c|e(ch|nh|n)?|i|m|ng|n|o(c|i|m|ng|n|p|t|u)?|p|t|u|y(a|ch|en|et|nh|t|u)?)?|y(em|en|et|eu)?)"
)
SYLLABLE = re.compile(f"{ONSET}{RIME}")
WORD = re.compile(r"[^\W\d_]+")
# File types and keys that Vietnamese offices call by these names; words of the sample papers; ethnic groups.
FOREIGN_BUT_USED = {"excel", "word", "pdf", "ctrl", "covid", "corona", "cite", "khmer", "bru", "raglay", "mm"}
SPOKEN = ("title", "placeholder", "aria-label", "aria-description", "alt")


class _Texts(HTMLParser):
    """Collects what a person can read or hear: text between tags, and attributes that are shown or spoken."""

    def __init__(self):
        super().__init__()
        self.texts, self.silent = [], 0

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        self.silent += tag in ("script", "style", "textarea")
        self.texts += [attrs[name] for name in SPOKEN if attrs.get(name)]
        if tag == "input" and attrs.get("type") in ("submit", "button", "reset"):
            self.texts.append(attrs.get("value") or "")

    def handle_endtag(self, tag):
        self.silent -= tag in ("script", "style", "textarea")

    def handle_data(self, data):
        if not self.silent and data.strip():
            self.texts.append(" ".join(data.split()))


def texts(html: str) -> list[str]:
    """Every text on the page ``html``."""
    reader = _Texts()
    reader.feed(html)
    return reader.texts


@cache
def is_foreign(word: str) -> bool:
    """Whether ``word`` cannot be Vietnamese. Abbreviations (``UBND``) and single letters (``b)``) are left alone."""
    if len(word) == 1 or not word.isascii() or word.isupper():
        return False
    return not SYLLABLE.fullmatch(word.lower())


def foreign_words(html: str, names=()) -> list[str]:
    """The foreign words of a page, each with the text that it stands in; ``names`` are words of the data."""
    english = _english(trans_real.translation("vi"))
    found = []
    for text in texts(html):
        words = [word for word in WORD.findall(text) if is_foreign(word)]
        strange = [word for word in words if word.lower() not in FOREIGN_BUT_USED and word.lower() not in names]
        if strange or (text in english and text.lower() not in FOREIGN_BUT_USED):
            found.append(f"{', '.join(strange) or text} – in: {text[:120]}")
    return found


@lru_cache(maxsize=2)
def _english(translation) -> set[str]:
    """Every text that Django and its company have in English: what ``translation`` has other words for."""
    keys = (key[0] if isinstance(key, tuple) else key for key, _ in translation._catalog.items())
    return {key.strip() for key in keys if WORD.search(key)}
