"""One change made to hundreds of rows at once: each leaves its own history, those that cannot go are named with the reason.

``change_all`` is how many rows are changed together; ``take_all`` takes a step with each. For changes of nothing but the row.
The rows are locked, judged, stored and told of in the same few queries for one and for 500.
"""

import inspect
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.db import connection, transaction
from django.db.models import Case, F, Model, QuerySet, Value, When
from django.db.models.functions import Cast

from .log import noted
from .models import Change
from .refusing import Refused
from .stepping import Step, Steps

_A_QUERY = 500


@dataclass
class Outcome:
    """What became of the rows: ``done``, and ``refused`` as (row, why)."""

    done: list = field(default_factory=list)
    refused: list = field(default_factory=list)


@transaction.atomic
def take_all(step: Step, rows: QuerySet, *, by, reason="", **typed) -> Outcome:
    """Take ``step`` with each of ``rows``, which have what the step reads of a row; who is refused stays as it is.

    What is ``typed`` may be a function of the row. Raises ``Refused`` where the step needs a reason and there is none. A row that
    somebody else changed meanwhile is judged as it stands now.
    """
    if step.needs_reason and not reason.strip():
        raise Refused(f"Hãy ghi lý do khi «{step.label}».", "reason")

    def taken(row):
        if told := step.stranger(row, by) or step.untimely(row, by):
            raise Refused(told)
        more = step.act(row, by=by, **_typed(step, row, reason, typed))
        row.state = step.to or row.state
        return more

    return change_all(
        step.table, held(rows, step.table.under), taken, by=by, what=step.what, act=step.label, reason=reason
    )


def change_all(
    table: Steps, rows: Iterable[Model], change: Callable, *, by, what: str, act: str, reason="", words=None
) -> Outcome:
    """Have ``change(row)`` done with each of ``rows``, which are ``held`` and of ``table``; where it raises ``Refused`` the row
    stays.

    ``what`` and ``act`` name it in the log, which tells ``words(row)`` before and after (those of the table, if not said), and
    what ``change`` returns, {label: words}.
    """
    outcome, notes, changed, words = Outcome(), [], {"version"}, words or table.words
    for row in rows:
        known, before = dict(row.__dict__), words(row)
        try:
            more = change(row) or {}
        except Refused as refused:
            outcome.refused.append((row, str(refused)))
            continue
        row.version += 1
        outcome.done.append(row)
        changed |= {one.name for one in row._meta.concrete_fields if known[one.attname] != row.__dict__[one.attname]}
        facts = {"before": before, "after": words(row) | more, "reason": reason, "what": what}
        part = row.pk if table.under else None
        notes.append(noted(table.about, table.whole(row), act, by=by, of=part, **facts))
    if outcome.done:
        _store(table.model, outcome.done, changed)
        Change.objects.bulk_create(notes, batch_size=_A_QUERY)
    return outcome


def _store(model, rows, names):
    """Store fields of rows that are locked, each row with its version one on.

    As ``bulk_update``, but what is the same in all rows is told the database once, not row by row: checks of the table see all
    fields of a row change together.
    """
    fields = [model._meta.get_field(name) for name in names - {"version"}]
    apart = [field for field in fields if any(_told(row, field) != _told(rows[0], field) for row in rows)]
    same = {field.attname: _told(rows[0], field) for field in fields if field not in apart}
    step = _A_QUERY if apart else len(rows)
    for begin in range(0, len(rows), step):
        some = rows[begin : begin + step]
        told = same | {field.attname: _by_row(some, field) for field in apart}
        model.objects.filter(pk__in=[row.pk for row in some]).update(version=F("version") + 1, **told)


def _told(row, field):
    return getattr(row, field.attname)


def _by_row(rows, field):
    """What each row has in ``field``."""
    cases = (When(pk=row.pk, then=Value(_told(row, field), output_field=field)) for row in rows)
    found = Case(*cases, output_field=field)
    return Cast(found, output_field=field) if connection.features.requires_casted_case_in_updates else found


def held(rows: QuerySet, under: str = "") -> list:
    """``rows`` as they stand, with the wholes ``under`` which they are, until the transaction ends; in the order of their keys.

    A step with one row holds its whole first, so that it and a change of many take turns.
    """
    model, keys = rows.model, list(rows.order_by().values_list("pk", flat=True))
    if under:
        wholes = model._meta.get_field(under).related_model
        found = wholes.objects.filter(pk__in=rows.order_by().values(under)).order_by("pk")
        list(found.select_for_update(of=("self",)).values_list("pk", flat=True))
    locked = model.objects.filter(pk__in=keys).order_by("pk").select_for_update(of=("self",))
    list(locked.values_list("pk", flat=True))
    return list(rows.order_by("pk"))


def _typed(step, row, reason, typed):
    told = {name: value(row) if callable(value) else value for name, value in typed.items()}
    return told | {"reason": reason} if "reason" in inspect.signature(step.act).parameters else told
