"""The back office of documents."""

from . import books, exchange, papers, signing  # noqa: F401
