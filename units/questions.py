"""Questions that many people ask alike, on every page: the SQL of each is made once a process and then only asked.

Django takes ten times as long to make the SQL of a small question as the database takes to answer it. What differs from
one person to the next (the account, its unit, the units that it inherits) and from day to day stands in the SQL as slots.
"""

from datetime import date, timedelta
from functools import partial

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import BigAutoField, DateField, Expression, TextField

_KEY, _DAY, _WORDS = BigAutoField(), DateField(), TextField()


class Slot(Expression):
    """A place in a question for ``name``, which is known when it is asked; for ``many`` keys at once where that is given.

    On a day a number of days may be counted: ``today - 365``, ``today + 6``.
    """

    def __init__(self, name, field=_KEY, many=None, days=0):
        super().__init__(output_field=field)
        self.name, self.many, self.days = name, many, days

    def __add__(self, days):
        return Slot(self.name, self.output_field, days=self.days + days)

    def __sub__(self, days):
        return self + -days

    def as_sql(self, compiler, connection):
        """One placeholder for each value, which ``filled`` knows."""
        if self.many is None:
            return "%s", [self]
        return f"({', '.join(['%s'] * self.many)})", [partial(self.filled, place=place) for place in range(self.many)]

    def filled(self, values, place=None):
        """The value among ``values``, {name: value}, as the database takes it."""
        value = values[self.name]
        if place is not None:
            return value[place]
        if self.days:
            value += timedelta(days=self.days)
        return self.output_field.get_db_prep_value(value, connection)


class _SomeUnit:
    """The unit of ``Somebody``: what tells which campaigns ask it. Any other question about it fails."""

    quoted_kind, superior_id, last_day = Slot("kind", _WORDS), Slot("superior"), Slot("last_day", _DAY)


class Somebody:
    """Anybody of one role: what querysets ask of an account, with slots where accounts of that role differ."""

    def __init__(self, user):
        self.role, self.is_active = user.role, user.is_active
        self.is_administrator = user.is_administrator
        self.pk = self.id = Slot("pk")
        self.unit_id = Slot("unit") if user.unit_id else None
        self.inherited_units = Slot("units", many=len(user.inherited_units)) if user.unit_id else set()
        self.unit = _SomeUnit() if user.unit_id else None


class Question:
    """Rows that are asked of the database for a person and a day.

    ``build(user, today)`` gives a queryset of ``values_list``; it is called once for each kind of account, with ``Somebody``
    and a slot, so that it may tell roles apart but neither people nor days.
    """

    def __init__(self, build):
        self.build, self.made = build, {}

    def __call__(self, user, today) -> list[tuple]:
        """The rows for ``user`` on ``today``."""
        units = sorted(user.inherited_units)
        shape = (connection.vendor, user.role, user.is_active, user.unit_id is None, len(units))
        if shape not in self.made:
            self.made[shape] = _made(self.build(Somebody(user), Slot("today", _DAY)))
        sql, params, convert = self.made[shape]
        if not sql:
            return []
        values = {"pk": user.pk, "unit": user.unit_id, "units": units, "today": today, **_of_unit(user.unit)}
        with connection.cursor() as cursor:
            cursor.execute(sql, [_filled(param, values) for param in params])
            return convert(cursor.fetchall())


def _of_unit(unit) -> dict:
    """What ``_SomeUnit`` has slots for; the kind as JSON holds it."""
    if unit is None:
        return {}
    return {"kind": f'"{unit.kind}"', "superior": unit.superior_id or 0, "last_day": unit.ended or date.max}


def _filled(param, values):
    """A parameter with what its slot stands for."""
    if isinstance(param, Slot):
        return param.filled(values)
    return param(values) if isinstance(param, partial) else param


def _made(queryset):
    """(SQL, its parameters with the slots among them, what turns rows of the database into those of Django)."""
    compiler = queryset.query.get_compiler(connection=connection)
    try:
        sql, params = compiler.as_sql()
    except EmptyResultSet:
        return "", (), list
    converters = compiler.get_converters([column[0] for column in compiler.select])
    if not converters:
        return sql, params, list
    return sql, params, lambda rows: [tuple(row) for row in compiler.apply_converters(rows, converters)]
