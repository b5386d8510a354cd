"""Nominations moved on, one or many at once: each leaves a history of its own, as if it had gone alone.

``LINES``: the table of what is done with one of them (``lines``), whose log a move of many goes into as well.
"""

from collections.abc import Callable, Iterable

from django.urls import reverse
from django.utils import timezone

from documents.steps.bulk import change_all, held
from documents.steps.log import words_of
from documents.steps.stepping import Steps

from ..catalogue.book import called
from ..log import About
from .models import Nomination


def words(row) -> dict:
    """A nomination as the log compares it."""
    names = {"Danh hiệu, hình thức": row.type, "Nếu không được": row.fallback}
    return words_of(row, ["name", "post", "deed", "votes_for", "votes_of"]) | {
        **{label: called(award) if award else "" for label, award in names.items()},
        "Vẫn đề nghị vì": row.accepted,
        **_moved(row),
    }


def _moved(row) -> dict:
    return {"Trạng thái": row.get_state_display(), "Lý do không khen": row.refusal}


LINES = Steps(
    Nomination, "đề nghị", about=About.DOSSIER, under="dossier", related=["unit", "officer"], address="nomination_step",
    away=lambda row: reverse("dossier", args=[row.dossier_id]), words=words,
)  # fmt: skip


def locked(keys: Iterable[int]) -> list[Nomination]:
    """The nominations of ``keys``, held with their files until the transaction ends, always in the same order. Three queries."""
    rows = Nomination.objects.filter(pk__in=list(keys))
    return held(rows.select_related("type", "dossier__unit", "recipient"), "dossier")


def move(
    rows: Iterable[Nomination],
    to: str | Callable,
    *,
    by,
    what: str,
    act: str,
    reason="",
    refusal: Callable | None = None,
    told: Callable | None = None,
    also: Callable | None = None,
) -> None:
    """Have ``rows``, which are held, stand at ``to``, a state or a function of the row.

    ``what`` and ``act`` name the step in the log; ``refusal(row)``: why it goes no further; ``told(row)``: {label: words} that
    the log tells besides; ``also(row)`` changes what else changes of it. As many queries for 500 as for one.
    """
    today = timezone.localdate()

    def change(row):
        row.state, row.since = to(row) if callable(to) else to, today
        row.refusal = refusal(row) if refusal else ""
        if also:
            also(row)
        return told(row) if told else {}

    change_all(LINES, rows, change, by=by, what=what, act=act, reason=reason, words=_moved)
