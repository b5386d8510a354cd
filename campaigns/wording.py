"""How papers name a campaign."""

import re

from documents.markdown import MEANINGFUL
from documents.vietnamese import continued

# A name that begins so says itself what it is.
_TELLING = ("phong trào", "đợt thi đua", "thi đua", "cuộc thi đua", "cuộc vận động")
# A name in quotes as a whole, and not one that begins and ends with quoted words.
_QUOTED = re.compile('“([^“”]+)”|«([^«»]+)»|"([^"]+)"')
# Signs that mean something in the words of a paper.
_MEANT = re.compile(f"([{re.escape(MEANINGFUL)}])")


def named(campaign) -> str:
    """``phong trào thi đua “…”``, or its own name where that says so itself; goes on within a sentence.

    What stands in square brackets would be a blank of the paper, so round ones take their place; quotes around all of the
    name are not set twice.
    """
    name = " ".join(campaign.name.split()).replace("[", "(").replace("]", ")")
    if quoted := _QUOTED.fullmatch(name):
        name = quoted[quoted.lastindex].strip()
    return continued(name) if name.lower().startswith(_TELLING) else f"phong trào thi đua “{name}”"


def said(words) -> str:
    """Words that somebody typed elsewhere, printed as they are: ``# x`` is no title in a paper."""
    return _MEANT.sub(r"\\\1", str(words).strip())
