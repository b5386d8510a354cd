"""How awards, and persons, collectives and households are found by the one search."""

from django.utils import timezone

from units.finding import Found, Search

from .area import AWARDS
from .catalogue.book import catalogue
from .catalogue.models import AwardType
from .catalogue.names import called
from .catalogue.told import Line
from .recipients.models import Recipient, nearest


def find_award_types(user, words: str, most: int) -> list[Found]:
    """Danh hiệu and hình thức by what they are or were called; everybody may read the catalogue. One question where nothing
    of it changed.
    """
    found = catalogue()
    book, codes = found.on(timezone.localdate()), called(found, words)
    types = AwardType.objects.filter(code__in=codes) if codes else ()
    lines = sorted((Line(row, book) for row in types), key=lambda line: line.type.code not in book.awards)
    return [Found(line.name, line.type.get_absolute_url(), _about(line)) for line in lines[:most]]


def _about(line) -> str:
    """Whether it is a danh hiệu or a hình thức, of which level, for whom; that there is none any more."""
    is_there = line.type.code in line.book.awards
    return f"{line.kind} · {line.note if is_there else 'nay không còn trong luật'}"


def find_recipients(user, words: str, most: int) -> list[Found]:
    """Those that ``user`` sees, by their names, those of their second records, and what their units were called; first those
    whose given name it is.
    """
    keys = nearest(Recipient.objects.visible_to(user).main().matching(words), words, most)
    rows = Recipient.objects.select_related("unit").in_bulk(keys)
    return [Found(rows[key].name, rows[key].get_absolute_url(), _note(rows[key])) for key in keys]


def _note(row) -> str:
    marks = [row.post or row.get_kind_display(), row.birth_text, str(row.unit or "")]
    return " · ".join(mark for mark in marks if mark)


AWARDS.searches.append(Search("Danh hiệu, hình thức khen thưởng", find_award_types, "catalogue"))
AWARDS.searches.append(Search("Cá nhân, tập thể", find_recipients, "recipients"))
