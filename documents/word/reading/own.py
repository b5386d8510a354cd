"""A file that this program wrote carries the source of its paper (``documents.word.carried``): taken as it is where it still
shows the words that it was written with.
"""

from dataclasses import dataclass

from lxml import etree

from ...checks.office_files import BROKEN
from ..carried import NAMESPACE, source_of
from .package import Package


@dataclass(frozen=True)
class Own:
    """The source in a file of ours; nothing where somebody changed the words since."""

    source: str | None


def own_source(data: bytes, package: Package) -> Own | None:
    """What a file of ours carries; None for a file of others."""
    if not any(NAMESPACE.encode() in part for part in package.custom_parts()):
        return None
    try:
        return Own(source_of(data))
    except (*BROKEN, etree.XMLSyntaxError):
        # Of parts that are not read here one is broken: what the others say is taken as of a file that somebody changed.
        return Own(None)
