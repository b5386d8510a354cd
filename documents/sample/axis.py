"""Packages of the axis for the demonstration: one that went out, with states that came back, and one that waits to be entered.

Codes and the body that sends are invented: ``MH`` stands for «minh họa».
"""

from datetime import date, datetime, time, timedelta
from pathlib import Path

from documents.models import AxisOrgan, AxisPackage, DocumentType

from .. import typesetting
from ..exchange.edxml import File, Organ, Package, Status, status_written, written
from ..exchange.packing import pack
from ..exchange.taking import take
from ..source.source import parse
from .life import moment

LETTER = Path(__file__).with_name("axis_letter.md")
OWN, NEIGHBOUR = "H37.MH.01", Organ("H99.MH.01", "Sở Nội vụ tỉnh Minh Họa")
# What the first receivers told, in their order: code of the state, words, hour.
TOLD = [[("01", "", 9), ("03", "", 10)], [("02", "Gửi nhầm nơi nhận", 14)], []]


def add_packages(letter, clerk) -> int:
    """The packages that are missing, of ``letter``, which ``clerk`` and the own office issued; their number."""
    if AxisPackage.objects.exists() or AxisOrgan.objects.exists():
        return 0
    own = AxisOrgan.objects.create(code=OWN, name=letter.issuer_name, unit=letter.issuer_unit)
    rows = letter.deliveries.select_related("unit").order_by("unit__sort_text")[: len(TOLD)]
    organs = [
        AxisOrgan.objects.create(code=f"H37.MH.{number}", name=row.unit.name, unit=row.unit)
        for number, row in enumerate(rows, start=11)
    ]
    with moment(letter.dated, 11):
        (sent,) = pack(letter, organs, by=clerk)
    for organ, states in zip(organs, TOLD, strict=False):
        for code, words, hour in states:
            _tell(sent, letter, organ, code, words, hour, clerk)
    with moment(date(2026, 3, 6)):
        take(written(_received(own)), by=clerk)
    return 2


def _tell(sent, letter, organ, code, words, hour, clerk):
    """What the system of ``organ`` told of ``sent`` on the next day."""
    at = datetime.combine(letter.dated + timedelta(days=1), time(hour))
    status, own = Status(organ.code, sent.key, code, words, at), Organ(OWN, letter.issuer_name)
    take(status_written(status, own, letter.reference, letter.dated, Organ(organ.code, organ.name)), by=clerk)


def _received(own) -> Package:
    """The letter of the neighbour, to ``own``."""
    catalogue = DocumentType.objects.catalogue()
    paper = parse(LETTER.read_bytes(), catalogue)
    day = date(paper.date.year, paper.date.month, paper.date.day)
    pages = typesetting.to_pdf(typesetting.typeset(paper, catalogue))
    return Package(
        sender=NEIGHBOUR,
        to=(Organ(own.code, own.name),),
        number=str(paper.number),
        notation=paper.symbol,
        place=paper.place,
        day=day,
        type_code="18",
        type_name="Công văn",
        subject=paper.subject,
        signer=paper.signature.name,
        post=paper.signature.capacity[-1],
        sent_at=datetime(day.year, day.month, day.day, 16),
        files=(File(f"{paper.number}-{paper.symbol}.pdf", pages, words=paper.subject),),
    )
