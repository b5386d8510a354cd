"""Who gets a paper on a day: what each addressee means then, whose its duties are, and what is wrong with that.

One count for whoever submits, approves and issues: what is told before is what is delivered.
"""

import re
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from units.models import Unit

from ..deliveries import addressees
from ..papers.models import Duty
from .models import Assignment

# Recipients that only repeat what stands elsewhere on the sheet.
_ABOVE = re.compile(r"\s*[-–+]?\s*như\s+(?:trên|kính gửi)\b", re.IGNORECASE)
# An invitation and a paper that introduces somebody say in their words whom they are for.
_IN_WORDS = re.compile(r"\bkính (?:mời|gửi)\b|\bgiới thiệu\b", re.IGNORECASE)
_ARTICLE = re.compile(r"\s*[-–+]?\s*như\s+điều\s+(\d+)", re.IGNORECASE)


@dataclass(frozen=True)
class Meant:
    """The ``units`` that one addressee, ``label`` on paper, means; without the issuing body, which ``has_own`` tells."""

    label: str
    units: list[Unit]
    has_own: bool

    @property
    def is_one(self) -> bool:
        """Whether it is a unit by its own name, not a group."""
        return [unit.name for unit in self.units] == [self.label]


@dataclass(frozen=True)
class Receivers:
    """What the addressees of a paper mean on ``day``, and ``shares``, the part of each unit in its duties, not yet stored."""

    day: date
    issuer: Unit | None
    addressed: list[Meant]
    shares: list[Assignment]
    idle: list[Duty]

    @property
    def units(self) -> list[Unit]:
        """Every unit that gets the paper, once: those addressed, then those with nothing but a duty by it."""
        named = [unit for row in self.addressed for unit in row.units] + [share.unit for share in self.shares]
        return list({unit.pk: unit for unit in named}.values())

    @property
    def by_duty_alone(self) -> list[Unit]:
        """Units that are not addressed and get the paper because of a duty."""
        addressed = {unit.pk for row in self.addressed for unit in row.units}
        return [unit for unit in self.units if unit.pk not in addressed]

    @property
    def leaves_out_own(self) -> bool:
        """Whether the issuing body is among those it writes to: it does not write to itself."""
        return any(row.has_own for row in self.addressed)

    def faults(self) -> list[str]:
        """Addressees that mean nobody, a paper for nobody but its own body, and duties that nobody has."""
        on = f"ngày {self.day:%d/%m/%Y}"
        nobody = [f"«{row.label}»" for row in self.addressed if not row.units and not row.has_own]
        itself = [f"«{row.label}»" for row in self.addressed if not row.units and row.has_own]
        told = [f"vào {on} không có đơn vị nào thuộc {', '.join(nobody)}"] if nobody else []
        if itself and not self.units:
            told.append(f"vào {on} {', '.join(itself)} chỉ có chính cơ quan ban hành, mà cơ quan không tự gửi cho mình")
        return told + [f"nhiệm vụ «{duty}» không có đơn vị nào thực hiện vào {on}" for duty in self.idle]


def receivers_on(paper, day: date) -> Receivers:
    """Who gets ``paper`` if its day is ``day``."""
    rows, duties = list(paper.addressees.all()), list(paper.duties.all())
    meant = addressees.members([*(row.key for row in rows), *(key for duty in duties for key in duty.keys)], day)
    addressed = [
        Meant(
            row.label,
            [unit for unit in meant[row.key] if unit.pk != paper.issuer_unit_id],
            any(unit.pk == paper.issuer_unit_id for unit in meant[row.key]),
        )
        for row in rows
    ]
    everybody = {unit.pk: unit for row in addressed for unit in row.units}
    shares, idle = [], []
    for duty in duties:
        whose = {unit.pk: unit for key in duty.keys for unit in meant[key]} if duty.keys else everybody
        shares += [Assignment(duty=duty, unit=unit) for unit in whose.values()]
        idle += [] if whose else [duty]
    return Receivers(day, paper.issuer_unit, addressed, shares, idle)


def receivers_of(paper) -> Receivers:
    """Who gets ``paper`` on its own day; one without a day, today."""
    return receivers_on(paper, paper.date.for_rules(timezone.localdate()))


def pointing_nowhere(paper) -> list[str]:
    """What is wrong with the words that say whom ``paper`` is for: nobody is named, or a line points to what is not there."""
    lines = [line for line in paper.recipients.split("\n") if line.strip()]
    told = []
    above = paper.to.strip() or (paper.type.form != "letter" and _IN_WORDS.search(paper.body))
    if any(map(_ABOVE.match, lines)) and not above:
        told.append(
            "Nơi nhận ghi «Như trên» mà phía trên (Kính gửi) chưa có ai: hãy ghi Kính gửi, hoặc ghi rõ nơi nhận"
        )
    for number in [found[1] for found in map(_ARTICLE.match, lines) if found]:
        if not re.search(rf"^\W*điều\s+{number}\b", paper.body, re.IGNORECASE | re.MULTILINE):
            told.append(f"Nơi nhận ghi «Như Điều {number}» mà nội dung không có Điều {number}")
    named = above or any(not (_ABOVE.match(line) or _ARTICLE.match(line)) for line in lines)
    # Minutes are kept, not sent; a decision says in its last article whom it is for.
    if not (told or named or paper.type.form in ("minutes", "decision") or paper.addressees.exists()):
        told.append("chưa có nơi nhận nào")
    return told
