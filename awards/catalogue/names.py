"""How an award is found by what people call it."""

from units.text import searchable, searched

from .law import Catalogue


def called(found: Catalogue, words: str) -> list[str]:
    """Codes of the awards that were ever called by all of ``words``: names of all days, short ones, and the code itself.

    Words are found by how they begin, accents aside; ``BK TTg`` is a code as well as ``BKTTg``. None for words that say nothing.
    """
    asked, texts = searched(words), {}
    code = "".join(asked).replace(" ", "")
    for row in found.rows:
        if row.kind in ("award", "name"):
            texts[row.award] = texts.get(row.award, "") + searchable(row.award, row.value, row.more.get("short", ""))
    return [
        award for award, text in texts.items()
        if asked and (all(word in text for word in asked) or searchable(award).startswith(f" {code}"))
    ]  # fmt: skip
