"""Decisions whose certificates are printed here, and the layouts that come with the program."""

import io

import pytest
from PIL import Image

from awards.certificates.layouts import load
from awards.models import AwardType, Due, ItemKind, Layout, LayoutField
from awards.stock.actions import enter
from tests.awards.issuing.conftest import DAY
from tests.awards.items.conftest import (  # noqa: F401
    approved,
    composed,
    dossier,
    issued,
    kinds,
    owed,
    passed,
    province,
    today,
)


@pytest.fixture
def layouts(types):
    """{code: layout}."""
    load()
    return {row.code: row for row in Layout.objects.all()}


@pytest.fixture
def blanks(kinds, store_keeper):  # noqa: F811
    """A function: receive so many blanks of Bằng khen."""

    def make(number, code="phoi-bang-khen"):
        return enter("bought", {kinds[code]: number}, by=store_keeper, day=DAY, paper="Hóa đơn 1")

    return make


@pytest.fixture
def decision(owed, layouts, blanks):  # noqa: F811
    """A function: a decision of so many Bằng khen, and as many blanks."""

    def make(number=2, spare=1):
        blanks(number + spare)
        return owed(number)[0].award.decision

    return make


@pytest.fixture
def small_layout(types, layouts):
    """A layout of Bằng khen with four fields, which comes before the one that comes with the program for persons."""
    row = Layout.objects.create(name="Bằng khen cá nhân", width=297, height=210, whom="person")
    row.types.set([AwardType.objects.get(code="BKT")])
    fields = [("name", 50, 24, 20), ("post", 80, 16, 14), ("golden", 170, 8, 13), ("code", 180, 22, 14)]
    LayoutField.objects.bulk_create(
        [
            LayoutField(layout=row, prints=prints, left=30, top=top, width=22 if prints == "code" else 200, height=high,
                        size=size, least=size - 2 if prints != "code" else size, lines=2, position=place)
            for place, (prints, top, high, size) in enumerate(fields)
        ]
    )  # fmt: skip
    return row


@pytest.fixture
def picture():
    """A function: a picture of a kind and size as it is sent."""

    def make(name="phoi.png", size=(60, 40), kind="PNG", mode="1"):
        memory = io.BytesIO()
        Image.new(mode, size).save(memory, kind)
        memory.seek(0)
        memory.name = name
        return memory

    return make


def on_hand(code) -> int:
    """What the ledger has of a kind."""
    from awards.models import StockLine

    return StockLine.objects.on_hand().get(ItemKind.objects.get(code=code).pk, 0)


def sheets_due(decision):
    """The certificates that a decision is owed."""
    return Due.objects.filter(award__decision=decision, kind__source="printed").order_by("award__position")
