"""One step taken with hundreds of rows at once: each leaves its own history, those that cannot go are named with the reason.

For steps whose action changes nothing but its row. The rows are locked, judged, stored and told of in the same few queries for
one and for 500.
"""

import inspect
from dataclasses import dataclass, field

from django.db import transaction

from .log import noted
from .models import Change
from .refusing import Refused
from .stepping import Step

_A_QUERY = 500


@dataclass
class Outcome:
    """What became of the rows: ``done``, and ``refused`` as (row, why)."""

    done: list = field(default_factory=list)
    refused: list = field(default_factory=list)


@transaction.atomic
def take_all(step: Step, rows, *, by, reason="", **typed) -> Outcome:
    """Take ``step`` with each of ``rows``, a queryset with what the step reads of a row; who is refused stays as it is.

    What is ``typed`` may be a function of the row. Raises ``Refused`` where the step needs a reason and there is none. A row that
    somebody else changed meanwhile is judged as it stands now.
    """
    if step.needs_reason and not reason.strip():
        raise Refused(f"Hãy ghi lý do khi «{step.label}».", "reason")
    outcome, notes, changed = Outcome(), [], {"state", "version"}
    for row in _locked(step, rows):
        if told := step.stranger(row, by) or step.untimely(row, by):
            outcome.refused.append((row, told))
            continue
        known, before = dict(row.__dict__), step.table.words(row)
        try:
            more = step.act(row, by=by, **_typed(step, row, reason, typed)) or {}
        except Refused as refused:
            outcome.refused.append((row, str(refused)))
            continue
        if step.to:
            row.state = step.to
        row.version += 1
        outcome.done.append(row)
        changed |= {
            field.name for field in row._meta.concrete_fields if known[field.attname] != row.__dict__[field.attname]
        }
        whole, part = step.table.whole(row), row.pk if step.table.under else None
        facts = {
            "before": before,
            "after": step.table.words(row) | more,
            "reason": reason,
            "what": step.what,
            "of": part,
        }
        notes.append(noted(step.table.about, whole, step.label, by=by, **facts))
    if outcome.done:
        step.table.model.objects.bulk_update(outcome.done, sorted(changed), batch_size=_A_QUERY)
        Change.objects.bulk_create(notes, batch_size=_A_QUERY)
    return outcome


def _locked(step, rows):
    """The rows as they stand, with what they are parts of, until the transaction ends; in the order of their keys."""
    keys = list(rows.order_by().values_list("pk", flat=True))
    if under := step.table.under:
        wholes = step.table.model._meta.get_field(under).related_model
        found = wholes.objects.filter(pk__in=rows.order_by().values(under)).order_by("pk")
        list(found.select_for_update(of=("self",)).values_list("pk", flat=True))
    held = step.table.model.objects.filter(pk__in=keys).order_by("pk").select_for_update(of=("self",))
    list(held.values_list("pk", flat=True))
    return list(rows.order_by("pk"))


def _typed(step, row, reason, typed):
    told = {name: value(row) if callable(value) else value for name, value in typed.items()}
    return told | {"reason": reason} if "reason" in inspect.signature(step.act).parameters else told
