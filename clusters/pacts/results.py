"""What a pact promised set against what was reached: by target and party, with sums and shares."""

from dataclasses import dataclass
from decimal import Decimal

from .models import Pact, Party, Reached, Target


def percent(planned, reached) -> Decimal | None:
    """How much of ``planned`` was reached, in hundredths; of nothing planned, all where nothing was reached, else unknown."""
    if planned is None or reached is None:
        return None
    if not planned:
        return None if reached else Decimal(100)
    return (100 * reached / planned).quantize(Decimal("0.1"))


@dataclass(frozen=True)
class Line:
    """One target of one party."""

    target: Target
    party: Party
    planned: Decimal
    reached: Decimal | None
    note: str
    is_own: bool

    @property
    def percent(self) -> Decimal | None:
        """The share that was reached."""
        return percent(self.planned, self.reached)


@dataclass(frozen=True)
class Sum:
    """One target over several parties: added up, or averaged where it is measured in hundredths."""

    target: Target
    lines: list[Line]

    @property
    def told(self) -> list[Line]:
        """The lines of the parties that told their result."""
        return [line for line in self.lines if line.reached is not None]

    @property
    def planned(self) -> Decimal | None:
        """What all promised together."""
        return self._over([line.planned for line in self.lines])

    @property
    def reached(self) -> Decimal | None:
        """What all who told reached together."""
        return self._over([line.reached for line in self.told])

    @property
    def percent(self) -> Decimal | None:
        """The share that was reached of what all promised."""
        return percent(self.planned, self.reached)

    def _over(self, figures):
        if not figures:
            return None
        total = sum(figures, Decimal(0))
        return (total / len(figures)).quantize(Decimal("0.01")) if self.target.is_share else total


def sums_of(pact: Pact, parties: list[Party]) -> list[Sum]:
    """Each target of ``pact`` over ``parties``. Two queries."""
    kept = {(row.target_id, row.party_id): row for row in Reached.objects.filter(party__in=parties)}
    return [
        Sum(target, [_line(target, party, kept.get((target.pk, party.pk))) for party in parties])
        for target in pact.targets.all()
    ]


def _line(target, party, row):
    is_own = row is not None and row.planned is not None
    planned = row.planned if is_own else target.planned
    return Line(target, party, planned, row and row.reached, row.note if row else "", is_own)
