"""The store: its kinds, and a decision whose awards are owed items."""

from tests.awards.items.conftest import (  # noqa: F401
    approved,
    composed,
    dossier,
    issued,
    kinds,
    media,
    owed,
    passed,
    province,
    today,
)
