"""Documents of the editor, as its page sends them."""

import json


def text(words, *marks):
    """A piece of text."""
    return {"type": "text", "text": words, **({"marks": [{"type": mark} for mark in marks]} if marks else {})}


def paragraph(*pieces):
    """A paragraph of texts and other pieces."""
    content = [text(piece) if isinstance(piece, str) else piece for piece in pieces]
    return {"type": "paragraph", "attrs": {}, "content": content}


def note(*pieces, label="1"):
    """A footnote."""
    return {"type": "note", "attrs": {"label": label}, "content": paragraph(*pieces)["content"]}


def cell(words, kind="table_cell", wide=1, high=1, **attrs):
    """A cell."""
    line = {"type": "cell_line", "content": [text(words)] if words else []}
    return {"type": kind, "attrs": {"colspan": wide, "rowspan": high, **attrs}, "content": [line]}


def head(words, **attrs):
    """A cell of the head."""
    return cell(words, "table_header", **attrs)


def table(*rows):
    """A table of rows of cells."""
    return {"type": "table", "attrs": {}, "content": [{"type": "table_row", "content": list(row)} for row in rows]}


def document(*blocks) -> str:
    """What the page sends."""
    return json.dumps({"type": "doc", "attrs": {}, "content": list(blocks)})
