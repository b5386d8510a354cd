"""How persons, collectives and households are found by the one search."""

from units.finding import Found, Search

from .area import AWARDS
from .recipients.models import Recipient


def find_recipients(user, words: str, most: int) -> list[Found]:
    """Those that ``user`` sees, by their names, those of their second records, and what their units were called; first those
    whose given name it is. One question.
    """
    rows = Recipient.objects.visible_to(user).main().matching(words).by_given_name(words).select_related("unit")
    return [Found(row.name, row.get_absolute_url(), _note(row)) for row in rows[:most]]


def _note(row) -> str:
    marks = [row.post or row.get_kind_display(), row.birth_text, str(row.unit or "")]
    return " · ".join(mark for mark in marks if mark)


AWARDS.searches.append(Search("Cá nhân, tập thể", find_recipients, "recipients"))
