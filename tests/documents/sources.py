"""Source files for tests, and what is told where one is refused."""

import pytest

from documents.source import source
from documents.source.paper import PaperRefused
from documents.source.types import BUILT_IN

HEAD = """\
type: CV
issuer: [ỦY BAN NHÂN DÂN, TỈNH LẠNG SƠN]
symbol: UBND-KGVX
place: Lạng Sơn
subject: tổng kết phong trào thi đua
signature: {capacity: [KT. CHỦ TỊCH, PHÓ CHỦ TỊCH], name: Dương Xuân Huyền}
"""
BODY = "Một đoạn văn đủ dài để đọc."


def text_of(head=HEAD, body=BODY, without="", extra=""):
    """A source file; ``without`` drops the lines that begin with it."""
    kept = "".join(f"{line}\n" for line in head.splitlines() if not without or not line.startswith(without))
    return f"---\n{kept}{extra}---\n{body}\n"


def parse(text, **options):
    return source.parse(text if isinstance(text, bytes) else text.encode(), BUILT_IN, **options)


def refusal(text, **options):
    """[(line, message)] of a source that must be refused."""
    with pytest.raises(PaperRefused) as refused:
        parse(text, **options)
    return [(fault.line, fault.message) for fault in refused.value.faults]


def line_of(text, words):
    """The line, from 1, on which ``words`` stand."""
    return text[: text.index(words)].count("\n") + 1
