"""One way to take a step: a person does something with a row that others read, wait for or change as well.

A subject declares its steps in one table and writes, for each, only what it refuses and what it changes::

    @STEPS.step("submit", "Ghi ngày trình", [State.SIGNED], to=State.SUBMITTED, who=DEPARTMENT, form=SubmitForm)
    def submit(pact, *, by, paper, day):
        refuse_day(day, pact.signed_on, "Ngày trình", "ngày các bên ký đủ")
        pact.submission, pact.submitted_on = paper, day

``submit(pact, by=…, seen_version=…, paper=…, day=…)`` is then the whole step in one transaction: the row is locked; person,
state, own rule, reason and version are judged, in this order; it runs; the state is set, the row stored a version newer, the
log written, what follows called. ``submit.may(pact, user)`` tells whether a page offers it.

Where rows are parts of something, ``under`` names the field of the whole: the whole is locked first and owns the log, whose
rows carry the key of the part. State and version are those of the part where it has such fields, else those of the whole.
"""

import inspect
from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction

from .forms import StepForm
from .log import record
from .models import history_of
from .refusing import Refused, delete, refuse_stale

GONE = "gone"  # where a step ends that takes the row out


@dataclass(frozen=True)
class Who:
    """Who takes a step: the test, and how they are called, which may depend on the row."""

    may: Callable
    words: str | Callable


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class Step:
    """One row of a table of steps; called, it takes the step.

    ``what`` stands in the log and in addresses for good. ``to``: a state, ``GONE``, or None where it stays or ``act`` sets it.
    ``fault(row, user)``: the own rule, why the step cannot be taken now, in words; empty where it can.
    ``act(row, by=, …)`` refuses and changes; what it returns, {label: words}, the log tells beside ``words``. It gets
    ``reason`` where it names it; a typed ``day`` is that of the log too. ``part(row, by, typed)``: which part the log tells of.
    ``renews``: not for steps that several people take at once, each for a part. ``outdated``: the sentence that refuses an
    old version for good; without it the person may read what changed and press again.
    ``log(row, part)``: how the log calls the step where it is not the label. ``then(row, by, reason)``: what follows.
    """

    table: "Steps"
    what: str
    label: str
    begins: tuple
    act: Callable
    who: Who
    to: str | None = None
    form: type | None = StepForm
    needs_reason: bool = False
    fault: Callable | None = None
    part: Callable | None = None
    words: Callable | None = None
    renews: bool = True
    outdated: str = ""
    log: Callable | None = None
    then: Callable | None = None
    # What a page says: when it was taken (``{row}`` is the row); before it (words or ``hint(row)``); its button, look (which
    # may hang on the row as well) and icon; its own address.
    told: str = ""
    hint: str | Callable = ""
    button: str = ""
    look: str | Callable = ""
    icon: str = ""
    address: str = ""
    do_not_call_in_templates = True

    def stranger(self, row, user) -> str:
        """Why this person never takes the step with this row, whatever its state; nothing where the person may."""
        return "" if self.who.may(row, user) else self.table.not_yours(self, row)

    def untimely(self, row, user) -> str:
        """Why nobody takes it now: the state of the row, or the own rule."""
        stands = self.table.standing(row)
        if stands.state not in self.begins:
            return self.table.not_now(self, stands)
        return self.fault(row, user) if self.fault else ""

    def may(self, row, user) -> bool:
        """Whether ``user`` may take the step with ``row`` as it stands."""
        return not self.stranger(row, user) and not self.untimely(row, user)

    def look_for(self, row) -> str:
        """How a page shows the button of the step with ``row``."""
        return self.look(row) if callable(self.look) else self.look

    def ready(self, row, *, by, reason="", seen_version=None):
        """The row locked for this step. Raises ``Refused`` where it cannot be taken, ``Stale`` for an old version."""
        found = self.table.locked(row)
        if told := self.stranger(found, by) or self.untimely(found, by):
            raise Refused(told)
        if self.needs_reason and not reason.strip():
            raise Refused(f"Hãy ghi lý do khi «{self.label}».", "reason")
        self._refuse_outdated(found, seen_version)
        return found

    def _refuse_outdated(self, found, seen):
        owner, outdated = self.table.versioned(found), self.outdated or self.table.outdated
        if outdated and seen is not None and seen != owner.version:
            raise Refused(outdated)
        log = history_of(self.table.about, self.table.whole(found).pk)
        log = log.filter(of=found.pk) if owner is found and self.table.under else log
        refuse_stale(self.table.about, owner, seen, log=log, step=self.label.lower() if self.form else "")

    @transaction.atomic
    def __call__(self, row, *, by, reason="", seen_version=None, **typed):
        """Take the step; returns the row as it is then. Raises ``Refused``, ``Stale``."""
        return self._take(self.ready(row, by=by, reason=reason, seen_version=seen_version), by, reason, typed)

    @transaction.atomic
    def heard(self, row, *, by, reason="", **typed):
        """Take the step because a paper was issued or recalled: its state is judged, not the person nor a version."""
        found = self.table.locked(row)
        if told := self.untimely(found, by):
            raise Refused(told)
        return self._take(found, by, reason, typed)

    def _take(self, found, by, reason, typed):
        table, words = self.table, self.words or self.table.words
        part = self.part(found, by, typed) if self.part else found if table.under else None
        told, before = self.log(found, part) if self.log else self.label, words(found)
        if "reason" in inspect.signature(self.act).parameters:
            typed["reason"] = reason
        more = self.act(found, by=by, **typed) or {}
        if self.to not in (None, GONE):
            table.standing(found).state = self.to
        after = more if self.to == GONE else words(found) | more
        if not self.to and before == after and not self.needs_reason:
            return found  # an edit that changes nothing leaves no trace
        if self.to == GONE:
            delete(found, f"{table.noun.capitalize()} này")
        else:
            table.store(found, renews=self.renews)
        facts = {"reason": reason, "of": part and part.pk, "day": typed.get("day")}
        table.tell(found, self.what, told, by=by, before=before, after=after, **facts)
        if self.then:
            self.then(found, by, reason)
        return found


class Steps(dict):
    """The steps of one kind of row: {what: Step}, in the order in which a page offers them.

    ``words(row)``: what the log compares before and after, {label: words}. ``address``: the view that takes those steps
    whose forms stand on the row's own page. ``away(row)``: where a page leads when its row was taken out.
    """

    gone = "Không còn {noun} này. Hãy tải lại trang."
    outdated = ""
    reason_length = 1000

    def __init__(self, model, noun, *, about="", words=lambda row: {}, under="", related=(), address="", **sentences):
        super().__init__()
        self.model, self.noun, self.about, self.words = model, noun, about, words
        self.under, self.related, self.address = under, related, address
        self.__dict__ |= sentences

    def not_yours(self, step, row) -> str:
        """Whose ``step`` is."""
        whose = step.who.words
        return f"Việc «{step.label}» do {whose(row) if callable(whose) else whose} làm."

    def not_now(self, step, row) -> str:
        """Why ``step`` is not taken from the state of ``row``. A table may say both in its own words."""
        told = f"Không thể «{step.label}» khi {self.noun} đang ở bước «{row.get_state_display()}»."
        return f"{told} Hãy tải lại trang để xem bước hiện tại."

    def step(self, what, label, begins, *, who, **facts):
        """Declare the decorated function as a step."""

        def declared(act):
            self[what] = Step(table=self, what=what, label=label, begins=tuple(begins), who=who, act=act, **facts)
            return self[what]

        return declared

    def offered(self, row, user) -> list[Step]:
        """The steps that ``user`` may take with ``row`` now and that have a form; first what the row waits for."""
        found = [step for step in self.values() if step.form and step.may(row, user)]
        return sorted(found, key=lambda step: step.look_for(row) != "primary")

    def whole(self, row):
        """What ``row`` is a part of; itself where it is none."""
        return getattr(row, self.under) if self.under else row

    def standing(self, row):
        """Whose state counts."""
        return row if hasattr(row, "state") else self.whole(row)

    def versioned(self, row):
        """Whose version counts."""
        return row if hasattr(row, "version") else self.whole(row)

    def locked(self, row):
        """``row`` as it stands, with what it is a part of locked until the transaction ends. Raises ``Refused`` if gone."""
        whole = self.whole(row)
        rows = type(whole).objects.select_for_update(of=("self",)).select_related(*self.related)
        # Not first(): it sorts, for which Django compares each column, a third of the time of all this.
        whole = found = rows.in_bulk([whole.pk]).get(whole.pk)
        if whole and self.under and (found := self.model.objects.in_bulk([row.pk]).get(row.pk)):
            setattr(found, self.under, whole)
        if found is None:
            raise Refused(self.gone.format(noun=self.noun))
        return found

    def store(self, row, *, renews=True):
        """Store ``row`` and what it is a part of, a version newer."""
        if renews:
            self.versioned(row).version += 1
        row.save()
        if self.under:
            self.whole(row).save()

    def tell(self, row, what, told, **facts):
        """Leave the row that tells of a step, also one that nobody takes: what follows from another. See ``record``."""
        return record(self.about, self.whole(row), told, what=what, **facts)
