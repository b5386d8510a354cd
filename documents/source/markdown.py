"""The small part of Markdown that a body may use, and what is refused in it.

Paragraphs, three levels of titles, italic and bold, footnotes, tables, citations. Everything else is literal:
numbering is never a list, HTML is text, ``_`` and ``~`` are themselves. A backslash makes the next sign literal where
that sign would mean something (``\\*`` prints an asterisk) and is a backslash elsewhere.
"""

import re
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.rules_block.table import escapedSplit
from markdown_it.rules_inline.state_inline import Delimiter
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.footnote.index import footnote_def

from units.text import one_line

from .grids import grid

MEANINGFUL = "\\*[]#|{}<"
# What begins any mark within a line.
_MARK = re.compile(r"[\\*\[{]")
_TITLE = re.compile(r"[ ]*(#{1,3})[ ]+(\S.*)")
CITE = re.compile(r"\{\{cite:[ ]*([^{}\n]+?)[ ]*\}\}")
_TABLE_RULE = re.compile(r"^(?=.*\|)[ ]*\|?[ ]*:?-{2,}:?[ ]*(?:\|[ ]*:?-+:?[ ]*)*\|?[ ]*$", re.M)
# Where an asterisk can be no mark of emphasis: behind what opens, before what closes, behind what ends a value.
_BEFORE = "([{<“‘«"
_AFTER = ")]}>”’».,;:!?%"
_BEHIND = ")]}>”’»%"
# A mark that ends emphasis may touch the next word only behind these.
_STOPS = ".:;!?"
# In a cell by itself this sign means that it is joined with the one above it (``documents.source.grids``).
_ARROW = r"\^"
_NOTE = re.compile(r"\[\^([^\]\s]{1,60})\]")

# Links in every form that Markdown knows. Bounded repeats keep the search linear in hostile text.
_UNESCAPED = r"(?<!\\)(?:\\\\){0,20}"
_BALANCED = r"(?:[^\s()<\\]|\\.|\((?:[^\s()]|\([^\s()]{0,200}\)){0,500}\)){0,2000}"
_ADDRESS = r"(?:<[^<>\n]{0,2000}>|" + _BALANCED + ")"
_LINK_TITLE = r"(?:\s{1,9}(?:\"[^\"]{0,500}\"|'[^']{0,500}'|\([^)]{0,500}\)))?"
_OPENING = re.compile(_UNESCAPED + r"\[")
_INLINE_LINK = re.compile(_UNESCAPED + r"\]\(\s{0,9}" + _ADDRESS + _LINK_TITLE + r"\s{0,9}\)")
_DEFINITION = re.compile(
    r"^[ ]*\[(?!\^)[^\]\[]{1,999}\]:\s{0,9}" + r"(?:<[^<>\n]{0,2000}>|[^\s<]\S{0,2000})" + _LINK_TITLE + r"[ ]*$", re.M
)
_ANGLES = re.compile(_UNESCAPED + r"<(?:[A-Za-z][A-Za-z0-9+.-]{1,31}:[^<>\s]{0,2000}|[^\s<>@]{1,300}@[^\s<>@]{1,300})>")
_NO_LINK = "không dùng liên kết hay hình ảnh «[…](…)»; hãy viết tên và địa chỉ thành chữ thường"


_MEANT = re.compile(f"([{re.escape(MEANINGFUL)}])")


def said(words) -> str:
    """Words that somebody typed elsewhere, or that a register holds, as they are printed in a body: ``# x`` is no title there.

    Every paper that is made of records takes them through here; ``documents.papers.tables.table`` does so for its cells.
    """
    return _MEANT.sub(r"\\\1", str(words).strip())


def said_in_head(words) -> str:
    """The same for a subject or the title of an appendix, in which only square brackets mean something: a blank to fill in."""
    return one_line(str(words)).replace("[", "(").replace("]", ")")


_kept: ContextVar = ContextVar("kept", default=None)


@contextmanager
def kept():
    """Within, each text is parsed once, however often it is asked for; who gets its tokens leaves them as they are."""
    outer = _kept.set({})
    try:
        yield
    finally:
        _kept.reset(outer)


def parse(text) -> list:
    """The tokens of a body. The parser keeps no state between texts."""
    found = _kept.get()
    if found is None:
        return _parser().parse(text)
    if text not in found:
        found[text] = _parser().parse(text)
    return found[text]


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("zero", {"maxNesting": 100}).enable(["table"])
    parser.use(footnote_plugin, inline=False, move_to_end=False)
    # "blockquote" is the parser's name for what also ends a table.
    ends = {"alt": ["paragraph", "blockquote"]}
    parser.block.ruler.at("footnote_def", footnote_def, ends)
    parser.block.ruler.before("paragraph", "title", _title, ends)
    parser.inline.ruler.at("footnote_ref", _note_mark)
    parser.inline.ruler.push("escape_meaningful", _escape)
    parser.inline.ruler.push("cite", _cite)
    parser.inline.ruler.push("asterisks", _asterisks)
    parser.inline.ruler2.enable(["balance_pairs", "emphasis", "fragments_join"])
    parser.core.ruler.at("inline", _inline)
    return parser


def _inline(state):
    """As the parser's own rule, which walks sign by sign; words without marks, as most cells hold, are one piece at once."""
    for before, token in pairwise(state.tokens):
        if token.type == "inline":
            token.children = token.children or []
            if token.content and not _MARK.search(token.content):
                token.children.append(Token("text", "", 0, content=token.content))
            elif token.content == _ARROW and before.type in ("td_open", "th_open"):
                token.children.append(Token("text", "", 0, content=token.content[1:]))
            else:
                state.md.inline.parse(token.content, state.md, state.env, token.children)


def _title(state, line, end_line, silent):
    """``#``, ``##`` or ``###`` and a space; more of them, or none behind, are literal."""
    found = _TITLE.fullmatch(state.src[state.bMarks[line] : state.eMarks[line]])
    if not found:
        return False
    if silent:
        return True
    state.line = line + 1
    tag = f"h{len(found[1])}"
    state.push("heading_open", tag, 1).map = [line, line + 1]
    inline = state.push("inline", "", 0)
    inline.content, inline.map, inline.children = found[2].strip(), [line, line + 1], []
    state.push("heading_close", tag, -1)
    return True


def _escape(state, silent):
    """A backslash before a sign that means something; elsewhere it is a letter like others."""
    after = state.src[state.pos + 1 : state.pos + 2]
    if state.src[state.pos] != "\\" or not after or after not in MEANINGFUL:
        return False
    if not silent:
        state.pending += after
    state.pos += 2
    return True


def _note_mark(state, silent):
    """``[^1]``; what only begins like one is kept apart, to be refused."""
    return _marked(state, silent, "[^", _NOTE, "footnote_ref")


def _cite(state, silent):
    """``{{cite:50/BC-UBND}}``; what only begins like one is kept apart, to be refused."""
    return _marked(state, silent, "{{cite:", CITE, "cite")


def _marked(state, silent, opening, pattern, kind):
    if not state.src.startswith(opening, state.pos):
        return False
    found = pattern.match(state.src, state.pos)
    if not silent:
        token = state.push(kind if found else f"{kind}_mistake", "", 0)
        token.meta = {"key": found[1]} if found else {}
        token.content = "" if found else opening
    state.pos = found.end() if found else state.pos + len(opening)
    return True


def _asterisks(state, silent):
    """Marks of emphasis. Within a number or a word, or alone in brackets, they are signs as typed: ``5*3``, ``(*)``."""
    if silent or state.src[state.pos] != "*":
        return False
    end = state.pos
    while end < state.posMax and state.src[end] == "*":
        end += 1
    before = state.src[state.pos - 1 : state.pos].strip()
    after = state.src[end : end + 1].strip()
    # One sign on both sides is a pair around the asterisk: "*", /*/.
    is_alone = before == after and not before.isalnum()
    opens, closes = not is_alone and _may_open(before, after), not is_alone and _may_close(before, after)
    for _ in range(end - state.pos):
        state.push("text", "", 0).content = "*"
        state.delimiters.append(
            Delimiter(ord("*"), end - state.pos, len(state.tokens) - 1, -1, open=opens, close=closes)
        )
    state.pos = end
    return True


def _may_open(before, after) -> bool:
    """Whether emphasis may begin between two signs, either of which may be missing: before words, and not behind one."""
    return bool(after) and after not in _AFTER and not before.isalnum() and (not before or before not in _BEHIND)


def _may_close(before, after) -> bool:
    """Whether emphasis may end here. Unlike CommonMark's it may touch a letter after a full stop: ``**Điều 1.**Tặng``."""
    if not before or before in _BEFORE:
        return False
    return not after.isalnum() or (after.isalpha() and before in _STOPS)


def faults(text, cite=None) -> list[tuple[int, str]]:
    """[(line from 1, message)] for what a body may not hold. ``cite(reference, first)`` also judges its citations."""
    tokens = parse(text)
    found = [*_link_faults(text), *_note_faults(tokens), *_table_faults(tokens, text), *_cite_faults(tokens, cite)]
    if not _has_words(tokens):
        found.append((1, "chưa có nội dung; hãy viết ít nhất một đoạn"))
    return sorted(set(found))


def pieces(tokens):
    """(line from 1, inside a note?, token) for every piece of text and mark, in order."""
    inside = False
    for block in tokens:
        inside = (inside or block.type == "footnote_reference_open") and block.type != "footnote_reference_close"
        line = block.map[0] + 1 if block.type == "inline" else 0
        for token in block.children or ():
            yield line, inside, token
            line += token.content.count("\n")


def _line_at(text, position) -> int:
    return text.count("\n", 0, position) + 1


def _has_words(tokens) -> bool:
    printed = (token for _, inside, token in pieces(tokens) if not inside)
    return any(token.type == "cite" or any(map(str.isalnum, token.content)) for token in printed)


def _link_faults(text):
    start = 0
    for block in re.split(r"(\n[ ]*\n)", text):
        opened = _OPENING.search(block)
        for found in _INLINE_LINK.finditer(block, opened.end()) if opened else ():
            yield _line_at(text, start + found.start()), _NO_LINK
        start += len(block)
    for found in _DEFINITION.finditer(text):
        yield _line_at(text, found.start()), "không dùng liên kết «[…]: địa chỉ»; hãy viết địa chỉ thành chữ thường"
    for found in _ANGLES.finditer(text):
        yield _line_at(text, found.start()), "không dùng liên kết «<địa chỉ>»; hãy bỏ dấu < > để địa chỉ là chữ thường"


def _note_faults(tokens):
    defined, cited = {}, set()
    depth = 0
    for token in tokens:
        if token.type == "footnote_reference_open":
            label, line = token.meta["label"], token.map[0] + 1
            if label in defined:
                yield line, f"chú thích [^{label}] viết hai lần; hãy đổi số một trong hai"
            if depth:
                yield line, "mỗi chú thích phải bắt đầu ở một dòng riêng"
            defined.setdefault(label, line)
        depth += {"footnote_reference_open": 1, "footnote_reference_close": -1}.get(token.type, 0)
    for line, inside, token in pieces(tokens):
        if token.type == "footnote_ref":
            label = token.meta["key"]
            cited.add(label)
            if inside:
                yield line, "không đặt chú thích bên trong một chú thích khác; hãy viết thành một chú thích"
            if label not in defined:
                yield line, f"chú thích [^{label}] chưa có lời; thêm dòng «[^{label}]: …» ở cuối nội dung"
        elif token.type == "footnote_ref_mistake":
            yield line, "chú thích viết chưa đúng; hãy viết [^1], không có dấu cách (muốn in nguyên dấu thì viết \\[^)"
    yield from _idle_notes(tokens, defined, cited)


def _idle_notes(tokens, defined, cited):
    """Notes that would be lost without a word: never cited, or empty."""
    for label, line in defined.items():
        if label not in cited:
            yield line, f"chú thích [^{label}] chưa được đặt vào chỗ nào trong nội dung; hãy đặt [^{label}] hoặc xóa đi"
    for before, token in pairwise(tokens):
        if (before.type, token.type) == ("footnote_reference_open", "footnote_reference_close"):
            yield before.map[0] + 1, "chú thích chưa có lời; hãy viết lời của nó, hoặc xóa chú thích ấy"


def _joined_faults(tokens, lines):
    """Tables in which joined cells form no rectangle."""
    begins = [number for number, token in enumerate(tokens) if token.type == "table_open"]
    ends = [number for number, token in enumerate(tokens) if token.type == "table_close"]
    for begin, end in zip(begins, ends, strict=True):
        found = grid(tokens[begin:end], lines)
        row = found.crooked()
        if row is not None:
            yield (
                found.rows[row][0].map[0] + 1,
                "các ô gộp (<, ^) từ hàng này không thành hình chữ nhật; hãy gộp lại cho đủ các ô",
            )


def _table_faults(tokens, text):
    """Cells that a table would drop, and tables whose rule does not fit their head."""
    lines = text.split("\n")
    yield from _joined_faults(tokens, lines)
    columns = 0
    for token in tokens:
        if token.type == "tr_open":
            cells = escapedSplit(lines[token.map[0]].strip())
            count = len(cells) - (cells[0] == "") - (cells[-1] == "" and len(cells) > 1)
            columns = columns or count
            if count > columns:
                yield (
                    token.map[0] + 1,
                    f"hàng này có {count} ô, đầu bảng chỉ có {columns}; hãy bỏ ô thừa hoặc thêm cột ở đầu bảng",
                )
        elif token.type == "table_close":
            columns = 0
        elif token.type == "inline":
            for found in _TABLE_RULE.finditer(token.content):
                line = token.map[0] + _line_at(token.content, found.start())
                yield line, "dòng kẻ |---| không khớp số cột của đầu bảng ngay trên nó; hãy ghi mỗi cột một |---|"


def unknown(key) -> str:
    """What is said of a citation that the register cannot write."""
    return f"sổ văn bản không có «{key}»; hãy ghi văn bản đó vào sổ, hoặc viết trích dẫn bằng chữ"


def _cite_faults(tokens, cite):
    for line, _, token in pieces(tokens):
        key = token.meta.get("key")
        if token.type == "cite" and cite and cite(key, True) is None:
            yield line, unknown(key)
        elif token.type == "cite_mistake":
            yield line, "trích dẫn viết chưa đúng; hãy viết {{cite:50/BC-UBND}} trên một dòng"
