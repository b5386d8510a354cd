"""Many nominations moved at once: each leaves a history of its own, as if it had gone alone."""

from django.utils import timezone

from documents.models import Change
from documents.steps.log import noted

from ..log import About
from .models import Dossier, Nomination


def locked(keys) -> list[Nomination]:
    """The nominations of ``keys``, held with their files until the transaction ends, always in the same order. Two queries.

    A step with one nomination holds its file, so that it and a move of many take turns.
    """
    keys = list(keys)
    files = Nomination.objects.filter(pk__in=keys).order_by().values("dossier")
    list(Dossier.objects.select_for_update().filter(pk__in=files).order_by("pk").values_list("pk"))
    rows = Nomination.objects.select_for_update(of=("self",)).filter(pk__in=keys)
    return list(rows.select_related("type", "dossier__unit", "recipient").order_by("pk"))


def move(rows, to, *, by, what: str, act: str, reason="", refusal=None, told=None) -> None:
    """Have ``rows``, which are locked, stand at ``to``. ``what`` and ``act`` name the step in the log; ``refusal(row)``: why it
    goes no further, ``told(row)``: {label: words} that the log tells besides. As many queries for 500 as for one.
    """
    label, today = Nomination.State(to).label, timezone.localdate()
    changes = []
    for row in rows:
        before = {"Trạng thái": row.get_state_display(), "Lý do không khen": row.refusal}
        row.state, row.since = to, today
        row.refusal = refusal(row) if refusal else ""
        row.version += 1
        after = {"Trạng thái": label, "Lý do không khen": row.refusal} | (told(row) if told else {})
        changes.append(
            noted(
                About.DOSSIER, row.dossier, act, by=by, before=before, after=after, reason=reason, what=what, of=row.pk
            )
        )
    Nomination.objects.bulk_update(rows, ["state", "since", "refusal", "version"], batch_size=500)
    Change.objects.bulk_create(changes, batch_size=500)


def tell_each(rows, what, words, *, by, **facts):
    """A row of the log for each nomination, stored together; ``what`` names the step, ``words`` tell of it."""
    told = [noted(About.DOSSIER, row.dossier, words, by=by, what=what, of=row.pk, **facts) for row in rows]
    Change.objects.bulk_create(told, batch_size=500)
