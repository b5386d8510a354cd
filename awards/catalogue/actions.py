"""What the office does with the catalogue: rows are confirmed, ended and replaced by new ones, never deleted."""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from documents.steps.log import record, words_of
from documents.steps.refusing import Refused
from documents.steps.stepping import Steps, Who
from units.permissions import may_manage

from ..log import About
from .models import Criterion, Decider, Definition, Measure, Provision, Stamp, Statement

MANAGERS = Who(lambda row, user: may_manage(user), "Sở Nội vụ")
_REPLACING = "Thay dòng cũ từ ngày {day:%d/%m/%Y}: nhập theo văn bản mới rồi xác nhận."


class _Table(Steps):
    """The steps of one table of provisions."""

    def not_now(self, step, row) -> str:
        """Who confirmed it already; else that it waits for nothing."""
        if row.confirmed_on:
            return f"{row.confirmed_by} đã xác nhận dòng này ngày {row.confirmed_on:%d/%m/%Y}."
        return "Dòng này không chờ xác nhận. Hãy tải lại trang."

    def locked(self, row):
        """As for every step; the whole catalogue is locked before its row, as by the back office."""
        Stamp.lock()
        return super().locked(row)


def _steps(model) -> Steps:
    name = model._meta.model_name
    table = _Table(model, "dòng của danh mục", about=About(name), words=_stands)

    @table.step("confirm", "Xác nhận", ["waits"], who=MANAGERS, look="primary", icon="check")
    def confirm(row, *, by):
        """Say that the row was held against its text and is as it stands there."""
        row.confirmed_on, row.confirmed_by = timezone.localdate(), by
        return {"Dòng": told(row)}

    return table


def _stands(row) -> dict:
    return words_of(row, ["confirmed_on", "confirmed_by"])


def told(row) -> str:
    """A row in short, as the log names it: what it says, where that stands, from when to when."""
    since = f"từ {row.since:%d/%m/%Y}" if row.since else ""
    until = f"đến {row.until:%d/%m/%Y}" if row.until else ""
    where = " ".join(filter(None, (row.place, row.law and row.law.reference)))
    return " · ".join(filter(None, (str(row), where, " ".join(filter(None, (since, until))))))


STEPS = {model._meta.model_name: _steps(model) for model in (Definition, Decider, Measure, Statement, Criterion)}


@transaction.atomic
def replace(row: Provision, *, since: date, by) -> Provision:
    """End ``row`` the day before ``since`` and begin a copy of it from then on, which waits to be changed and confirmed.

    Raises ``Refused`` where the row does not hold on both days. Until somebody changes the copy, the catalogue says the same.
    """
    Stamp.lock()
    row = type(row).objects.select_for_update(of=("self",)).get(pk=row.pk)
    if since <= row.since:
        words = f"Dòng này có hiệu lực từ {row.since:%d/%m/%Y}. Dòng mới phải bắt đầu sau ngày đó."
        raise Refused(words, "since")
    if row.until and since > row.until:
        raise Refused(f"Dòng này đã hết hiệu lực ngày {row.until:%d/%m/%Y}. Hãy thêm dòng mới.", "since")
    until, before = row.until, words_of(row, ["until"])
    needs = list(row.needs.all()) if isinstance(row, Criterion) else []
    row.until, row.version = since - timedelta(days=1), row.version + 1
    row.save()
    record(About(row._meta.model_name), row, "Kết thúc để thay bằng dòng mới", by=by, what="end", before=before,
           after=words_of(row, ["until"]))  # fmt: skip
    made = _copied(row, since=since, until=until, version=1, doubt=_REPLACING.format(day=since),
                   confirmed_on=None, confirmed_by=None)  # fmt: skip
    for need in needs:
        _copied(need, criterion=made)
    record(About(made._meta.model_name), made, "Thêm dòng thay dòng cũ", by=by, what="add", after={"Dòng": told(made)})
    return made


def _copied(row, **changed):
    """A new row with all that ``row`` says, but for what is ``changed``."""
    fields = {field.name: getattr(row, field.name) for field in row._meta.concrete_fields if not field.primary_key}
    return type(row).objects.create(**fields | changed)
