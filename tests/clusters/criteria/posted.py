"""What the page that edits a set posts."""

from units.figures import figure_text

from ..scores.scored import TREE


def posted(draft, rows=TREE, **more):
    """What the page that edits a set posts."""
    data = {"name": draft.name, "total": "100", "applies_from": "2026", "version": str(draft.version), "row": []}
    for number, row in enumerate(rows):
        data["row"].append(str(number))
        data |= {
            f"r{number}-level": str(row.level),
            f"r{number}-code": row.code,
            f"r{number}-text": row.text,
            f"r{number}-kind": row.kind.value,
            f"r{number}-maximum": figure_text(row.maximum),
            f"r{number}-needs_evidence": "on" if row.needs_evidence else "",
        }
    return data | more
