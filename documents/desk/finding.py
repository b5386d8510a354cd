"""How papers are found by the one search: by number, or by words of subject, type, issuer, signer, author."""

from units.finding import Found, Search

from ..area import PAPERS
from ..papers.models import Document

# What became of a paper that does not hold any more is told beside it.
_ENDED = (Document.State.REPLACED, Document.State.RECALLED)


def find_papers(user, words: str, most: int) -> list[Found]:
    """Papers that ``user`` may open, the latest first; what was thrown away is not looked for. Two questions."""
    papers = Document.objects.visible_to(user).matching(words).exclude(state=Document.State.DISCARDED)
    rows = papers.order_by("-dated", "-pk").values_list(
        "pk", "type__name", "reference", "subject", "state", "year", "month", "day", "issuer_name"
    )[:most]
    return [_found(*row) for row in rows]


def _found(key, type_, reference, subject, state, year, month, day, issuer):
    paper = Document(pk=key, reference=reference, state=state, year=year, month=month, day=day)
    number = f"{type_} {reference}" if reference else f"{type_}, {paper.get_state_display().lower()}"
    marks = [number, paper.date_text, issuer, paper.get_state_display() if state in _ENDED else ""]
    return Found(subject, paper.get_absolute_url(), " · ".join(mark for mark in marks if mark))


PAPERS.searches.append(Search("Văn bản", find_papers, "documents"))
