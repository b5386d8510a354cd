"""The catalogue for tests of awards: as plain values that cost nothing, or stored with its laws."""

from datetime import date

import pytest
from django.core.management import call_command

from awards.catalogue import book, loading
from awards.catalogue.storing import Types
from awards.models import Award, AwardType, Decision, Office, Recipient, Stamp


@pytest.fixture(scope="session")
def plain_catalogue():
    """The catalogue of the files."""
    return loading.read()


@pytest.fixture
def types(db, plain_catalogue, monkeypatch):
    """Every award type and office, and the catalogue of the files in place of the stored one: {code: type}."""
    stored = Types(plain_catalogue)
    stored.store()
    # As if it had been stored and read: whoever asks for the stored catalogue gets it, until a row changes.
    Stamp.renew()
    monkeypatch.setattr(book, "_known", {Stamp.current(): plain_catalogue})
    return stored.awards


@pytest.fixture
def catalogue(db):
    """The whole catalogue stored, with the laws that it stands in."""
    call_command("load_catalogue", verbosity=0)
    return book.catalogue()


def make_recipient(kind="person", name="Nguyễn Thị Mẫu", **fields):
    """A recipient; a person where nothing else is said."""
    return Recipient.objects.create(kind=kind, name=name, **fields)


def give(recipient, code, year, by, **fields):
    """An award of ``code`` for ``year`` by a decision of its own, made by ``by`` at the end of that year."""
    day = fields.pop("day", date(year, 12, 20))
    office = fields.pop("office", None) or Office.objects.get(code="province")
    number = fields.pop("number", f"{Decision.objects.count() + 1}/QĐ-UBND")
    decision = Decision.objects.create(number=number, day=day, office=office, subject="Tặng thưởng", by=by)
    fields.setdefault("unit", recipient.unit)
    return Award.objects.create(
        decision=decision, recipient=recipient, type=AwardType.objects.get(code=code), position=1, name=recipient.name,
        year=year, decided_on=day, **fields,
    )  # fmt: skip
