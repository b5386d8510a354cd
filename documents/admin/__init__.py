"""The back office of documents."""

from . import books, papers  # noqa: F401
