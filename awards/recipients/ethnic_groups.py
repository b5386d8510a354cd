"""The ethnic groups of the country, as data: the slug that is stored, its name and code, other names that lists write."""

import tomllib
from functools import cache
from pathlib import Path
from typing import NamedTuple

from units.text import fold

_FILE = Path(__file__).parent / "data" / "ethnic_groups.toml"


class Group(NamedTuple):
    """One group; ``code``: that of the statistics office."""

    slug: str
    name: str
    code: str
    also: tuple[str, ...] = ()


@cache
def groups() -> dict[str, Group]:
    """{slug: group}: those that a field offers first, then the others by their codes."""
    told = tomllib.loads(_FILE.read_text("utf-8"))
    rows = [Group(slug, row["name"], row["code"], tuple(row.get("also", ()))) for slug, row in told["groups"].items()]
    place = {slug: number for number, slug in enumerate(told["first"])}
    rows.sort(key=lambda row: (place.get(row.slug, len(place)), row.code))
    return {row.slug: row for row in rows}


def choices() -> list[tuple[str, str]]:
    """(slug, name) of all, in the order in which a field offers them."""
    return [(row.slug, row.name) for row in groups().values()]


def group_of(words: str) -> Group | None:
    """The group that a list means by ``words``: its name, another name of it, or its slug; None for what is none."""
    return _by_words().get(_plain(words))


@cache
def _by_words():
    return {_plain(word): row for row in groups().values() for word in (row.slug, row.name, *row.also)}


def _plain(words) -> str:
    return "".join(mark for mark in fold(words) if mark.isalnum())
