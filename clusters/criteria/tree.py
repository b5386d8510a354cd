"""A tree of criteria as rows that are typed: how deep each stands, and what its parts come to."""

from dataclasses import dataclass
from decimal import Decimal

from documents.steps.refusing import Refused
from units.figures import figure_text
from units.models import Unit

from .models import Criterion
from .points import MOST

# A form has so many fields a row that a longer tree would not arrive whole.
MOST_ROWS = 120
MOST_LEVELS = 4
Kind = Criterion.Kind


@dataclass(frozen=True)
class TreeRow:
    """A row of a tree as it was typed: what a criterion says, and how deep it stands. The row above gives its group."""

    level: int
    code: str
    text: str
    kind: Kind
    maximum: Decimal | None
    needs_evidence: bool = False
    verifier: Unit | None = None


def parts_of(rows, index) -> list:
    """The rows right under that at ``index``, one level deeper."""
    found = []
    for row in rows[index + 1 :]:
        if row.level <= rows[index].level:
            break
        if row.level == rows[index].level + 1:
            found.append(row)
    return found


def with_sums(rows: list[TreeRow]) -> list[TreeRow]:
    """``rows`` with the sum of its parts for each group that has no maximum; the kind of its root for each part.

    Raises ``Refused`` where such a sum is more than can be stored.
    """
    rows = list(rows)
    for index in reversed(range(len(rows))):
        if rows[index].maximum is None:
            total = sum((part.maximum or 0 for part in parts_of(rows, index)), Decimal(0))
            if total > MOST:
                raise Refused(
                    f"Mục {rows[index].code}: các mục trong nhóm cộng lại {figure_text(total)} điểm, "
                    f"quá {figure_text(MOST)}. Hãy giảm điểm các mục đó."
                )
            rows[index] = _changed(rows[index], maximum=total)
    root = None
    for index, row in enumerate(rows):
        root = row if row.level == 1 else root
        rows[index] = _changed(row, kind=root.kind)
    return rows


def _changed(row, **changes):
    return TreeRow(**{**row.__dict__, **changes})
