"""How papers name a campaign."""

import re

from documents.source.markdown import said_in_head
from documents.source.names import continued

# A name that begins so says itself what it is.
_TELLING = ("phong trào", "đợt thi đua", "thi đua", "cuộc thi đua", "cuộc vận động")
_LAUNCHING = re.compile(r"(?:về việc |v/v )?phát động (?=\S)", re.IGNORECASE)
# A name in quotes as a whole, and not one that begins and ends with quoted words.
_QUOTED = re.compile('“([^“”]+)”|«([^«»]+)»|"([^"]+)"')


def named(campaign) -> str:
    """``phong trào thi đua “…”``, or its own name where that says so itself; goes on within a sentence.

    Quotes around all of the name are not set twice.
    """
    name = said_in_head(campaign.name)
    name = _own(name, campaign.unit.name) if campaign.unit_id else name
    if quoted := _QUOTED.fullmatch(name):
        name = quoted[quoted.lastindex].strip()
    return continued(name) if name.lower().startswith(_TELLING) else f"phong trào thi đua “{name}”"


def _own(name, unit) -> str:
    """``name`` without the unit that launches and the word of launching, which papers say themselves.

    ``Sở Y tế: phát động đợt thi đua …`` is ``đợt thi đua …``.
    """
    begins = name.casefold().startswith(unit.casefold())
    rest = name[len(unit) :].lstrip(" :–-,") if begins else name
    found = _LAUNCHING.match(rest)
    return rest[found.end() :] if found else rest or name
