"""The kinds as they come with the program, and those that a decision needs and nobody has written down yet."""

import tomllib
from pathlib import Path

from django.utils.text import slugify

from documents.steps.log import record, words_of

from ..catalogue.models import AwardType
from ..log import About
from .models import ItemKind

SOURCE = Path(__file__).parent / "data" / "kinds.toml"
FACTS = ["name", "group", "source", "measure", "words", "whom", "blank", "least", "place", "since", "until"]
_SHEETS = ("bằng", "giấy")


def hold(keys) -> dict[int, ItemKind]:
    """The kinds of ``keys``, held until the transaction ends, in the order of their keys; before any ``Due``."""
    return {row.pk: row for row in ItemKind.objects.select_for_update().filter(pk__in=set(keys)).order_by("pk")}


def load() -> int:
    """Add the kinds that are not there; how many. What the office changed stays."""
    known = {row.code: row for row in ItemKind.objects.all()}
    types = {row.code: row for row in AwardType.objects.all()}
    added = 0
    for place, facts in enumerate(tomllib.loads(SOURCE.read_text("utf-8"))["kind"], 1):
        if facts["code"] in known:
            continue
        of, blank = facts.pop("types", []), facts.pop("blank", None)
        row = known[facts["code"]] = ItemKind.objects.create(position=place, blank=known.get(blank), **facts)
        row.types.set([types[code] for code in of])
        added += 1
    return added


def add_for(award_type, called: str, word: str, *, by) -> ItemKind:
    """The kind that an award (which papers call ``called``) needs by the name ``word`` of the catalogue: of that award alone.

    The office changes it in the back office; that it was added stands in its log.
    """
    called = called.translate({ord(mark): None for mark in "“”"})
    is_of_state = award_type.level == AwardType.Level.STATE
    is_sheet = word.lower().startswith(_SHEETS)
    made, is_new = ItemKind.objects.get_or_create(
        code=slugify(f"{word} {award_type.code}".replace("đ", "d").replace("Đ", "D"))[:40],
        defaults={
            "name": called if called.startswith(word) else f"{word} {called}",
            "group": ItemKind.Group.LEGAL,
            "source": ItemKind.Source.STATE if is_of_state else ItemKind.Source.BOUGHT,
            "measure": "tờ" if is_sheet else "chiếc",
            "words": word,
            "position": 1000,
        },
    )
    made.types.add(award_type)
    if is_new:
        record(About.ITEM_KIND, made, "Thêm theo danh mục", by=by, after=words_of(made, FACTS), what="add")
    return made
