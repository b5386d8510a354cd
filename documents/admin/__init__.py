"""The back office of documents."""

from . import books, papers, signing  # noqa: F401
