"""What was read, as data that a row can hold until the person has looked at it."""

from dataclasses import asdict

from ...source.paper import Appendix, Paper, PartialDate, Signature
from .changes import Change
from .reading import Reading, Told


def kept(reading: Reading) -> dict:
    """A reading as data for JSON."""
    return asdict(reading) | {"fields": sorted(reading.fields)}


def reading_of(data: dict) -> Reading:
    """The reading that was kept."""
    return Reading(
        paper=_paper(data["paper"]),
        fields=set(data["fields"]),
        left=data["left"],
        told=[Told(**row) for row in data["told"]],
        notes=data["notes"],
        changes=[Change(**row) for row in data["changes"]],
        own=data["own"],
    )


def _paper(data) -> Paper:
    parts = {
        "date": PartialDate(**data["date"]),
        "signature": _signature(data["signature"]),
        "second_signature": _signature(data["second_signature"]),
        "appendices": tuple(Appendix(**row) for row in data["appendices"]),
    }
    lists = {name: tuple(value) for name, value in data.items() if isinstance(value, list)}
    return Paper(**(data | lists | parts))


def _signature(data) -> Signature | None:
    return Signature(tuple(data["capacity"]), data["name"]) if data else None
