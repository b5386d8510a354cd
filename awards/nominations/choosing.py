"""Choosing among many: who goes first where more deserve an award than may have it, and one step with all that were ticked.

Source: Nghị định 152/2025/NĐ-CP, Điều 4 khoản 6 (equals: women, collectives with many women); Luật 2022, Điều 5 khoản 2 (people
who work directly). The rules of the day are rows of the catalogue.
"""

from collections import defaultdict

from django.utils import timezone

from documents.steps.bulk import Outcome, take_all
from documents.steps.refusing import Refused

from ..catalogue.book import book_of
from ..catalogue.models import Whom, asked_once
from ..eligibility.fairness import Candidate, is_preferred
from ..recipients.models import Gender, PositionClass
from ..records.models import Team
from . import checking, lines


def preferences(rows, day=None) -> dict[int, list[str]]:
    """{key: why one goes first among equals} of nominations; one query for the people of collectives."""
    book, found = book_of(day or timezone.localdate()), {}
    collectives = [row for row in rows if row.recipient.kind == Whom.COLLECTIVE]
    years = {row.dossier.year for row in rows}
    teams = {}
    if collectives:
        of_them = Team.objects.filter(recipient__in=[row.recipient_id for row in collectives], year__in=years)
        teams = {(team.recipient_id, team.year): team for team in of_them}
    for row in rows:
        who, team = row.recipient, teams.get((row.recipient_id, row.dossier.year))
        people = (team.members, team.women) if team else (None, None)
        candidate = Candidate(who.kind, 0, who.gender == Gender.FEMALE, *people)
        words = []
        if is_preferred(book, candidate):
            words.append("nữ" if who.kind == Whom.PERSON else "tập thể nhiều nữ")
        if row.position_class == PositionClass.DIRECT:
            words.append("trực tiếp")
        found[row.pk] = words
    return found


def take(act: str, rows, *, by, words="") -> Outcome:
    """Refuse, or accept with a reason, all of ``rows``; refused without words each reads what it lacks, with the article.

    Raises ``Refused``.
    """
    rows = rows.select_related("type", "fallback", "recipient__unit", "recipient__merged_into", "unit", "dossier__unit")
    if act not in ("accept", "refuse"):
        raise Refused("Hãy chọn việc cần làm.", "act")
    # Every row names its award, before and after.
    with asked_once():
        if act == "accept":
            return take_all(lines.accept, rows, by=by, reason=words)
        own = {} if words.strip() else _lacks(rows)
        return take_all(lines.refuse, rows, by=by, refusal=lambda row: words.strip() or own.get(row.pk, ""))


def _lacks(rows) -> dict[int, str]:
    """{key: what a nomination lacks, and where that stands}; nothing for those that lack nothing. Constant queries a file."""
    of_files = defaultdict(list)
    for row in rows:
        of_files[row.dossier].append(row)
    answers = {key: one for dossier, found in of_files.items() for key, one in checking.judged(dossier, found).items()}
    return {key: checking.refusal_of(one) for key, one in answers.items() if one.met is not True}
