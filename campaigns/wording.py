"""How papers name a campaign."""

import re

from documents.markdown import said_in_head
from documents.names import continued

# A name that begins so says itself what it is.
_TELLING = ("phong trào", "đợt thi đua", "thi đua", "cuộc thi đua", "cuộc vận động")
# A name in quotes as a whole, and not one that begins and ends with quoted words.
_QUOTED = re.compile('“([^“”]+)”|«([^«»]+)»|"([^"]+)"')


def named(campaign) -> str:
    """``phong trào thi đua “…”``, or its own name where that says so itself; goes on within a sentence.

    Quotes around all of the name are not set twice.
    """
    name = said_in_head(campaign.name)
    if quoted := _QUOTED.fullmatch(name):
        name = quoted[quoted.lastindex].strip()
    return continued(name) if name.lower().startswith(_TELLING) else f"phong trào thi đua “{name}”"
