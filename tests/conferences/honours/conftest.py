"""Awards of the people of a commune, and those honoured at its conference."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from conferences.honours import actions
from conferences.models import Event, Honour
from tests.awards.conftest import give, make_recipient, plain_catalogue, types  # noqa: F401


def picture(name="anh.jpg", colour="white", size=(60, 80)):
    """A portrait as somebody uploads it."""
    content = io.BytesIO()
    Image.new("RGB", size, colour).save(content, "JPEG")
    return SimpleUploadedFile(name, content.getvalue(), "image/jpeg")


@pytest.fixture
def given(types, commune, officer):  # noqa: F811
    """A function: an award of ``code`` to somebody of the commune, decided at the end of 2025."""

    def make(code="LDTT", name="Lý Thị Mẫu", kind="person", **fields):
        unit = fields.pop("unit", commune)
        ended = fields.pop("ended_on", None)
        return give(make_recipient(kind, name, unit=unit, ended_on=ended), code, 2025, officer, unit=unit, **fields)

    return make


@pytest.fixture
def named(event, own):
    """A function: one who is named at the conference with a reason."""

    def make(name="Lý Thị Mẫu", portrait=None, **facts):
        typed = {"kind": "person", "reason": "Hiến đất làm đường", "unit": event.unit} | facts
        actions.name_one(event, by=own, honour=Honour(name=name, **typed), portrait=portrait)
        return event.honours.order_by("pk").last()

    return make


def order(event) -> list[str]:
    """The names in the order in which they are called."""
    rows = event.honours.order_by("position")
    assert [row.position for row in rows] == list(range(1, len(rows) + 1))
    return [row.name for row in rows]


def at(event, state, **facts):
    """The event in another state."""
    Event.objects.filter(pk=event.pk).update(state=state, **facts)
    event.refresh_from_db()
    return event
