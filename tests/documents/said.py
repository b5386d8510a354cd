"""What a reader of a body sees, and which marks are in it."""

from documents.source.markdown import parse, pieces

# What a person may type as the name of a place and mean just so.
HOSTILE = "# *a* [b] {{cite:9/Z}} | c"
_MARKS = ("cite", "cite_mistake", "footnote_ref", "footnote_ref_mistake", "em_open", "strong_open")


def printed(body) -> str:
    """The words of each block of ``body``, without its marks."""
    blocks = [block for block in parse(body) if block.type == "inline"]
    return "\n".join("".join(piece.content for piece in block.children) for block in blocks)


def marks(body) -> set[str]:
    """The kinds of marks in ``body``; tables aside, which papers are made of."""
    tokens = parse(body)
    found = {piece.type for _, _, piece in pieces(tokens)} & {*_MARKS}
    return found | {token.type for token in tokens if token.type == "heading_open"}
