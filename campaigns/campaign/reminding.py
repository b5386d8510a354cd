"""The letter that reminds many units of something, addressed to each; beyond some, to a list behind it."""

from collections.abc import Callable

from documents.models import Addressee, Appendix
from documents.papers.tables import MOST_WITHIN, table
from documents.source.vietnamese import count_text


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
