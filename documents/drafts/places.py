"""From where something stands on a page to the field and the line that it was typed in."""

from ..source import markdown
from ..source.grids import is_rule

# What of a sheet's head and end is typed into which field; the rest by the name that the page has for it.
FIELDS = {"authority": "authority_line", "signer": "signer_name", "second_signer": "second_signer_name"}


def placed(places, texts) -> list:
    """``places`` as ``documents.typesetting.following.follow`` gives them, each for the script that leads from page to field.

    ``texts``: (name of the field, its text) of the paper's body and of what stands behind it. Gives ``[page, field, line, how
    many lines, x, y, width, height, lines on the page]``; the line counts from 1 and is 0 where the field is one piece.
    """
    known = [_lines(text) for _, text in texts]
    found = []
    for page, part, what, number, *box in places:
        name = texts[part][0]
        if what in known[part]:
            rows = known[part][what]
            if line := rows.get(number) or (what == "body" and rows and list(rows.values())[-1]):
                found.append([page, name, *line, *box])
        elif what not in ("body", "row", "note"):
            field = f"{name.removesuffix('body')}title" if part else FIELDS.get(what, what)
            found.append([page, field, 0, 0, *box])
    return found


def _lines(text) -> dict:
    """{"body" | "row" | "note": {its number as a page tells it: (first line, how many)}}."""
    tokens = markdown.parse(text)
    lines = {"body": {}, "row": {}, "note": {}}
    defined, cited, depth = {}, [], 0
    for place, token in enumerate(tokens):
        if token.type == "footnote_reference_open":
            defined[token.meta["label"]] = _span(token)
        elif token.nesting == 1 and depth == 0:
            block = len(lines["body"])
            lines["body"][str(block)] = _span(token)
            if token.type == "table_open":
                lines["row"] |= {f"{block}.{row}": span for row, span in enumerate(_rows(tokens[place:]))}
        cited += [child.meta["key"] for child in token.children or () if child.type == "footnote_ref"]
        depth += token.nesting
    lines["note"] = {str(number): defined[key] for number, key in enumerate(cited) if key in defined}
    return lines


def _rows(tokens) -> list:
    """(first line, how many) of each row of the table that opens ``tokens``; not of the rule below a head of several rows."""
    rows, is_head_ended = [], False
    for token in tokens:
        if token.type == "table_close":
            break
        if token.type == "tr_open":
            rows.append((_span(token), []))
        elif token.type == "inline":
            rows[-1][1].append(token)
        elif token.type == "tr_close" and not is_head_ended and len(rows) > 1 and is_rule(rows[-1][1]):
            rows.pop()
            is_head_ended = True
    return [span for span, _ in rows]


def _span(token):
    return token.map[0] + 1, token.map[1] - token.map[0]
