"""The small part of Markdown that a body may use, and what is refused in it.

Paragraphs, three levels of headings, italic and bold, footnotes, tables. Everything else is literal: numbering is never a
list, HTML is text. ``\\*`` prints an asterisk.
"""

import re
from functools import cache

from markdown_it import MarkdownIt
from mdit_py_plugins.footnote import footnote_plugin

_RULES = ["heading", "table", "emphasis", "escape"]
_NOTE = re.compile(r"(?<!\\)\[\^([^\]\s]+)\]")


@cache
def parser() -> MarkdownIt:
    """The parser of bodies. It keeps no state between texts."""
    return MarkdownIt("zero").enable(_RULES).use(footnote_plugin, inline=False, move_to_end=False)


@cache
def _link_finder() -> MarkdownIt:
    """The same parser with links and images on, to see what would be one in any Markdown form."""
    finder = MarkdownIt("zero").enable([*_RULES, "link", "image", "autolink", "reference"])
    finder = finder.use(footnote_plugin, inline=False, move_to_end=False)
    # By default a link to file: or data: is no link; here it must be seen to be refused.
    finder.validateLink = lambda address: True
    return finder


def body_faults(text) -> list[tuple[int, str]]:
    """[(line from 1, message)] for what a body may not hold."""
    return sorted([*_link_faults(text), *_note_faults(text)])


def _link_faults(text):
    seen = {}
    tokens = _link_finder().parse(text, seen)
    for label, reference in seen.get("references", {}).items():
        yield reference["map"][0] + 1, f"không dùng liên kết «[{label.lower()}]: …»; viết địa chỉ thành chữ thường"
    for block in tokens:
        for line, token in inline_tokens(block):
            if token.type == "link_open":
                yield line, "không dùng liên kết; hãy viết tên và địa chỉ thành chữ thường"
            elif token.type == "image":
                yield line, "không chèn hình ảnh vào nội dung; hãy để hình ở tệp kèm theo"


def inline_tokens(block):
    """(line, token) of each piece inside a block; the line counts from 1 in the whole text."""
    if block.type != "inline":
        return
    line = block.map[0] + 1
    for token in block.children:
        yield line, token
        line += token.content.count("\n") if token.type == "text" else 0


def _note_faults(text):
    seen = {}
    blocks = parser().parse(text, seen)
    notes = seen.get("footnotes", {})
    inside = False
    for block in blocks:
        inside = (inside or block.type == "footnote_reference_open") and block.type != "footnote_reference_close"
        for line, token in inline_tokens(block):
            if token.type == "text":
                for found in _NOTE.finditer(token.content):
                    here = line + token.content[: found.start()].count("\n")
                    yield here, f"chú thích [^{found[1]}] chưa có lời; thêm dòng «[^{found[1]}]: …» ở cuối nội dung"
            elif token.type == "footnote_ref" and inside:
                yield line, "không đặt chú thích bên trong một chú thích khác"
    for label, cited in notes.get("refs", {}).items():
        if cited < 0:
            line = _definition_line(text, label.lstrip(":"))
            yield (
                line,
                f"chú thích [^{label.lstrip(':')}] chưa được đặt vào chỗ nào trong nội dung; hãy đặt hoặc xóa đi",
            )


def _definition_line(text, label):
    for number, line in enumerate(text.split("\n"), start=1):
        if line.lstrip().startswith(f"[^{label}]:"):
            return number
    return 1
