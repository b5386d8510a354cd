"""Which layout a certificate has, the sheet that it makes, and the layouts that come with the program."""

import tomllib
from pathlib import Path

from django.conf import settings
from django.urls import reverse

from documents.typesetting.stamping.sheets import Sheet, Spot

from ..catalogue.models import AwardType
from .drawing import drawing
from .models import Layout, LayoutField, Look

SOURCE = Path(__file__).parent / "data" / "layouts.toml"
Prints = LayoutField.Prints
_SHEET = ["name", "width", "height", "frame"]
FACTS = [
    "prints", "words", "left", "top", "width", "height", "font", "size", "least", "lines", "bold", "italic", "colour", "align",
    "stand",
]  # fmt: skip
_TYPES = {"png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg"}


class Layouts:
    """The layouts as they are now, asked many times; three queries in all."""

    def __init__(self):
        self.rows = list(Layout.objects.prefetch_related("types", "fields").select_related("emblem", "scan"))
        self._types = {row.pk: {one.pk for one in row.types.all()} for row in self.rows}

    def of(self, award) -> Layout | None:
        """That of an award: for its kind of recipient before one for all, the one that holds since the latest day."""
        fits = [
            row
            for row in self.rows
            if award.type_id in self._types[row.pk] and row.whom in ("", award.whom) and row.in_force(award.decided_on)
        ]
        return max(fits, key=lambda row: (bool(row.whom), str(row.since or ""), -row.pk), default=None)


def sheet_of(layout, *, over=()) -> Sheet:
    """The sheet of ``layout``, with its fields as they stand; ``over``: spots that stand on top of them."""
    return _sheet(layout, list(layout.fields.all()), over)


def look_of(layout) -> Look:
    """``layout`` as it is now, kept for what is printed on it from now on. In a transaction: nobody changes it meanwhile."""
    now = Layout.objects.select_for_update(of=("self",), no_key=True).select_related("emblem").get(pk=layout.pk)
    facts = {name: getattr(now, name) for name in _SHEET}
    facts["fields"] = [{name: getattr(one, name) for name in FACTS} for one in now.fields.all()]
    return Look.objects.get_or_create(layout=now, version=now.version, defaults={"facts": facts, "emblem": now.emblem})[
        0
    ]


def sheet_as_printed(look) -> Sheet:
    """The sheet of a layout as it was when it was printed on."""
    layout = Layout(**{name: look.facts[name] for name in _SHEET}, emblem=look.emblem)
    return _sheet(layout, [LayoutField(**one) for one in look.facts["fields"]])


def _sheet(layout, fields, over=()):
    emblem = next((one for one in fields if one.prints == Prints.EMBLEM), None)
    spots = tuple(spot_of(one) for one in fields if one.prints != Prints.EMBLEM)
    pictures = ()
    if emblem and layout.emblem:
        with layout.emblem.file.open() as file:
            pictures = (("emblem", _TYPES[layout.emblem.extension], file.read()),)
    return Sheet(
        layout.width, layout.height, (*spots, *over), title=layout.name,
        drawing=drawing(layout, emblem, has_picture=bool(pictures)), pictures=pictures,
    )  # fmt: skip


def spot_of(one) -> Spot:
    """The spot of a field."""
    return Spot(
        one.prints, float(one.left), float(one.top), float(one.width), float(one.height), float(one.size), float(one.least),
        one.lines, one.bold, one.italic, one.colour, one.align, one.stand, words=one.words if one.prints == Prints.FIXED else "",
        is_code=one.prints == Prints.CODE, family=one.font,
    )  # fmt: skip


def record_of(texts, code) -> dict[str, str]:
    """What a sheet is stamped with: the words of its fields and its code."""
    address = f"{settings.PUBLIC_ADDRESS}{reverse('verify_certificate', args=[code])}"
    return texts | {Prints.CODE: address, Prints.CODE_WORDS: f"Mã tra: {spaced(code)}"}


def spaced(code: str) -> str:
    """A code in groups, as it is read and typed."""
    return " ".join(code[at : at + 5] for at in range(0, len(code), 5))


def load() -> int:
    """Add the layouts that are not there; how many. What the office changed stays."""
    known, added = set(Layout.objects.values_list("code", flat=True)), 0
    types = {row.code: row for row in AwardType.objects.all()}
    for place, facts in enumerate(tomllib.loads(SOURCE.read_text("utf-8"))["layout"], 1):
        of, fields = facts.pop("types"), facts.pop("field")
        if facts["code"] in known:
            continue
        row = Layout.objects.create(position=place, **facts)
        row.types.set([types[code] for code in of])
        LayoutField.objects.bulk_create(
            [LayoutField(layout=row, position=number, **one) for number, one in enumerate(fields)]
        )
        added += 1
    return added
