"""How papers name a campaign, and letters to many."""

import re
from collections.abc import Callable

from documents.models import Addressee, Appendix
from documents.papers.tables import MOST_WITHIN, table
from documents.source.markdown import said_in_head
from documents.source.names import continued
from documents.source.vietnamese import count_text

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


def letter_to(units, *, subject: str, title: str, body: Callable[[str], str]) -> dict:
    """``facts``, ``addressees`` and ``appendices`` of a draft to ``units``; ``title`` is that of the list behind the letter.

    ``body`` gets the words that say which units are meant: ``05 đơn vị nêu trên``.
    """
    units = list(units)
    is_long = len(units) > MOST_WITHIN
    where = "có tên trong danh sách kèm theo" if is_long else "nêu trên"
    listed = table(["Đơn vị"], [(unit.name,) for unit in units])
    return {
        "facts": {
            "subject": subject,
            "to": "Các cơ quan, đơn vị trong danh sách kèm theo" if is_long else "\n".join(unit.name for unit in units),
            "body": body(f"{count_text(len(units))} đơn vị {where}"),
        },
        "addressees": [Addressee(key=f"don-vi:{unit.code}", label=unit.name) for unit in units],
        "appendices": [Appendix(title=title, body=listed)] if is_long else [],
    }
