"""Labels on an A4 sheet, eight of them: for parcels, for shelves, for whom a paper goes to. One pattern for all."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from .. import typesetting


@dataclass(frozen=True)
class Label:
    """Whom or what it is for, the lines below, of which empty ones are left out; ``code``: a square that is scanned."""

    head: str
    lines: tuple[str, ...]
    code: SafeString | str = ""


def labels(rows: Iterable[Label], title: str) -> bytes:
    """The sheets of all labels as PDF; ``title`` is the file's. Raises as ``typesetting.to_pdf`` does."""
    return typesetting.to_pdf(render_to_string("documents/envelopes/labels.html", {"rows": list(rows), "title": title}))
