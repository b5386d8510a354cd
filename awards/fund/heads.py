"""The heads as they come with the program, and under which one the prize of an award is spent."""

import tomllib
from pathlib import Path

from ..catalogue.models import AwardType
from .models import Head

SOURCE = Path(__file__).parent / "data" / "heads.toml"
_OF_LEVEL = {AwardType.Level.STATE: "state-prizes", AwardType.Level.PROVINCE: "province-prizes"}


def load() -> int:
    """Add the heads that are not there; how many. What the office changed stays."""
    rows = tomllib.loads(SOURCE.read_text("utf-8"))["head"]
    known = set(Head.objects.values_list("code", flat=True))
    new = [Head(position=place, **row) for place, row in enumerate(rows, 1) if row["code"] not in known]
    Head.objects.bulk_create(new)
    return len(new)


def head_code(award) -> str:
    """The code of the head under which the prize of ``award`` is spent; reads its ``type``."""
    return _OF_LEVEL.get(award.type.level, "other-prizes")
