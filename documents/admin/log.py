"""How the back office shows rows of the log."""

from django.utils import timezone
from django.utils.html import format_html_join


def told(rows):
    """Rows of the log, one a line: when, who, what, each changed fact before and after, why; a dash for none."""
    lines = [(moment(row), row.by, row.act, _changes(row), row.reason) for row in rows]
    return format_html_join("", "<div>{} · {} · {}: {} {}</div>", lines) or "–"


def moment(row) -> str:
    """When a row was written."""
    return f"{timezone.localtime(row.at):%H:%M %d/%m/%Y}"


def _changes(row) -> str:
    return "; ".join(f"{name}: {old or '–'} → {new or '–'}" for name, (old, new) in row.changes.items())
