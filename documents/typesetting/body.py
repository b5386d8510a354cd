"""The words of a body as HTML: paragraphs, titles, tables, and footnotes where they are cited."""

import re
from dataclasses import dataclass, field

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from documents.markdown import parser
from documents.paper import Fault, PaperRefused

_CITE = re.compile(r"\{\{cite:\s*([^{}]+?)\s*\}\}")
_HEADINGS = {"h1": "section", "h2": "clause", "h3": "article"}
# A paragraph of this many letters surely fills two lines of 165 mm at 14 pt.
TWO_LINES = 190


@dataclass
class Cites:
    """What has been cited so far in a paper: in full the first time, short afterwards."""

    resolve: object
    seen: set = field(default_factory=set)
    faults: list = field(default_factory=list)

    def replace(self, text, line, name) -> str:
        """``text`` with its citations written out; unknown ones become faults."""

        def written(found):
            key = found[1]
            citation = self.resolve(key, key not in self.seen) if self.resolve else None
            if citation is None:
                here = line + text[: found.start()].count("\n")
                message = f"sổ văn bản không có «{key}»; hãy ghi văn bản đó vào sổ, hoặc viết trích dẫn bằng chữ"
                self.faults.append(Fault(message, here, name))
                return found[0]
            self.seen.add(key)
            return citation

        return _CITE.sub(written, text)


@dataclass
class _Block:
    """One paragraph, title or table: its tag and class, its tokens or its finished HTML."""

    tag: str
    css: str
    tokens: list
    line: int = 1
    html: str = ""

    @property
    def length(self):
        return sum(len(token.content) for token in self.tokens)


class BodyWriter:
    """Writes one text; ``name`` is its field, for faults."""

    def __init__(self, text, cites, name, closing):
        self.cites, self.name = cites, name
        seen = {}
        self.tokens = parser().parse(text, seen)
        self.notes = {}
        self.cited = set()
        self.blocks = list(self._blocks())
        if closing:
            self._close()

    def html(self) -> SafeString:
        """All blocks. The last ones are kept together with what follows, so that two lines of text always do."""
        self._keep_end()
        return mark_safe("\n".join(self._write(block) for block in self.blocks))  # noqa: S308  every text is escaped in _write

    def _blocks(self):
        """The blocks in order; notes are set aside for the place that cites them."""
        position = 0
        while position < len(self.tokens):
            token = self.tokens[position]
            if token.type == "footnote_reference_open":
                position = self._note(position)
            elif token.type == "table_open":
                end = self._find("table_close", position)
                yield _Block("table", "", self.tokens[position : end + 1], token.map[0] + 1)
                position = end
            elif token.type in ("paragraph_open", "heading_open"):
                inline = self.tokens[position + 1]
                yield _Block(
                    {"h1": "h2", "h2": "h3", "h3": "h4"}.get(token.tag, "p"),
                    self._css(token, inline),
                    inline.children,
                    inline.map[0] + 1,
                )
                position += 2
            position += 1

    @staticmethod
    def _css(token, inline):
        if token.tag in _HEADINGS:
            return _HEADINGS[token.tag]
        return "cites" if any(child.type == "footnote_ref" for child in inline.children) else ""

    def _find(self, kind, position):
        return next(i for i in range(position, len(self.tokens)) if self.tokens[i].type == kind)

    def _note(self, position):
        """Keep the words of a note under its label; returns where it ends."""
        end = self._find("footnote_reference_close", position)
        label = self.tokens[position].meta["label"]
        self.notes.setdefault(label, [t for t in self.tokens[position:end] if t.type == "inline"])
        return end

    def _close(self):
        """Put ``./.`` behind the last sentence, unless it stands there."""
        last = self.blocks[-1] if self.blocks else None
        if last is None or last.tag == "table":
            self.blocks.append(_Block("p", "end-mark", [], html="./."))
            return
        texts = [token for token in last.tokens if token.type == "text" and token.content.strip()]
        final = texts[-1] if texts else None
        if final is None or final.content.rstrip().endswith("./."):
            return
        sentence = final.content.rstrip()
        if not sentence.endswith(".."):
            sentence = sentence.removesuffix(".")
        if last.tokens[-1].type == "footnote_ref":
            last.html = "./."  # behind the mark of the note
        else:
            sentence += "./."
        final.content = sentence

    def _keep_end(self):
        """Mark the last blocks so that no page begins with the signature under fewer than two lines."""
        letters = 0
        for number, block in enumerate(reversed(self.blocks)):
            block.css = f"{block.css} {'last' if number == 0 else 'kept'}".strip()
            letters += block.length
            if letters >= TWO_LINES or block.tag == "table" or number == 3:
                return

    def _write(self, block):
        if block.tag == "table":
            return self._table(block)
        css = f' class="{block.css}"' if block.css else ""
        return f"<{block.tag}{css}>{self._inline(block.tokens, block.line)}{block.html}</{block.tag}>"

    def _inline(self, tokens, line):
        """Words, emphasis, citations and notes of one block."""
        parts = []
        for token in tokens:
            if token.type == "text":
                parts.append(escape(self.cites.replace(token.content, line, self.name)))
                line += token.content.count("\n")
            elif token.type == "footnote_ref":
                parts.append(self._note_mark(token))
            elif token.tag in ("em", "strong"):
                parts.append(f"<{'/' if token.nesting < 0 else ''}{token.tag}>")
        return "".join(parts)

    def _note_mark(self, token):
        """A note, floating to the foot of the page that cites it; its number again where it is cited again."""
        label = token.meta["label"]
        number = token.meta["id"] + 1
        if label in self.cited:
            return f'<span class="note-again">{_raised(number)}</span>'
        self.cited.add(label)
        words = "<br>".join(self._inline(t.children, t.map[0] + 1) for t in self.notes.get(label, []))
        return f'<span class="note">{words}</span>'

    def _table(self, block):
        """A ruled table; its head repeats on every page."""
        parts, css = [], f' class="{block.css}"' if block.css else ""
        for token in block.tokens:
            if token.type == "inline":
                parts.append(self._inline(token.children, token.map[0] + 1))
            elif token.type == "table_open":
                parts.append(f"<table{css}>")
            else:
                align = re.search(r"text-align:(\w+)", str(token.attrs.get("style", "")))
                parts.append(
                    f"<{'/' if token.nesting < 0 else ''}{token.tag}{f' class={align[1]!r}' if align else ''}>"
                )
        return "".join(parts)


def _raised(number) -> str:
    return "".join("⁰¹²³⁴⁵⁶⁷⁸⁹"[int(figure)] for figure in str(number))


def body_html(text, cites, *, name="body", closing=True) -> SafeString:
    """``text`` as HTML. ``closing`` adds the mark ``./.``; ``name`` tells faults where they are."""
    return BodyWriter(text, cites, name, closing).html()


def refuse_unknown(cites):
    """Raise ``PaperRefused`` if a citation was not in the register."""
    if cites.faults:
        raise PaperRefused(cites.faults)
