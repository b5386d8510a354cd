"""What a file with records would store: each row new, other than what is kept, or as it is; then all of it or nothing."""

import hashlib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db import models, transaction

from documents.steps.log import noted
from documents.steps.refusing import Refused, unless_taken
from documents.uploads import drop

from ..recipients.models import Recipient
from ..recipients.names import name_key
from .actions import LOGGED, TWICE, refuse_facts, words_told
from .entering import Desk
from .excel import Line, Source
from .matching import Matcher, Named, names_in
from .models import Authorship, Import, Initiative

NEW, CHANGED, SAME = "new", "changed", "same"
_CHANGED = "Dữ liệu vừa thay đổi nên bảng kiểm tra đã khác. Hãy xem lại rồi lưu."


@dataclass
class Made:
    """A record as a file tells it. ``lines``: the rows it stands in; ``people``: whose it is; ``before``: as it is kept."""

    row: models.Model
    lines: list[Line]
    people: list[Recipient] = field(default_factory=list)
    before: dict[str, str] = field(default_factory=dict)
    after: dict[str, str] = field(default_factory=dict)

    @property
    def standing(self) -> str:
        """What storing it would do."""
        return SAME if self.before == self.after else CHANGED if self.before else NEW

    @property
    def changes(self) -> list[tuple[str, str, str]]:
        """(what, before, after) of what it would change, or all that it says where it is new."""
        names = (name for name, words in self.after.items() if words != self.before.get(name, ""))
        return [(name, self.before.get(name, ""), self.after[name]) for name in names]

    @property
    def told(self) -> list[tuple[str, str, str]]:
        """The same without whose a new one is, which stands beside it."""
        whose = {", ".join(one.name for one in self.people), *map(str, self.people)}
        return [change for change in self.changes if change[1] or (change[2] and change[2] not in whose)]


class Plan:
    """A file that is being entered, judged by what is stored now. ``lock``: until the transaction ends, records stay as they are.

    ``made``: what it would store; ``faults``: {row: [(field, words)]}; ``open``: [(name, who it may be)] for a person to say.
    What rows of one kind are is told by who extends it: ``_people``, ``_judge``, ``store``.
    """

    def __init__(self, entry: Import, model: type[models.Model], *, lock: bool = False):
        self.entry, self.model, self.lock = entry, model, lock
        self.source = Source(entry, model)
        self.sheet, self.lines = self.source.sheet, list(self.source.lines())
        self.faults, self.open, self.made = defaultdict(list), [], []
        for line in self.lines:
            self.faults[line.row] += line.faults
        self._judge(self._people())
        self.faults = {row: faults for row, faults in self.faults.items() if faults}

    def _people(self) -> dict[int, list[Recipient]]:
        raise NotImplementedError

    def _judge(self, people: dict[int, list[Recipient]]):
        raise NotImplementedError

    def store(self, *, by) -> int:
        """Store all of it; how many rows are new or changed."""
        raise NotImplementedError

    @property
    def may_be_stored(self) -> bool:
        """Whether nothing is wrong, nobody is open, and there is something to store."""
        return not self.faults and not self.open and any(made.standing != SAME for made in self.made)

    @property
    def fault_count(self) -> int:
        """How many things are wrong."""
        return sum(map(len, self.faults.values()))

    def told_faults(self) -> Iterator[tuple[str, str]]:
        """(address, words) of each."""
        for row, faults in self.faults.items():
            for name, words in faults:
                yield self.source.where(row, name), words

    def faults_of_rows(self) -> dict[int, list[str]]:
        """{row: what is wrong, each under its heading}."""
        heads = self.sheet.heads
        return {row: [f"{heads[name]}: {words}" for name, words in faults] for row, faults in self.faults.items()}

    def count(self, standing: str) -> int:
        """How many records stand so."""
        return sum(made.standing == standing for made in self.made)

    @property
    def print(self) -> str:
        """By which it is known that a person saw this and nothing else."""
        seen = [(made.row.pk, made.before, made.after, [one.pk for one in made.people]) for made in self.made]
        return hashlib.sha256(repr(seen).encode()).hexdigest()[:24]


class RecordPlan(Plan):
    """Records: one that is kept is known by what its ``Sheet`` calls its identity, and changed."""

    def __init__(self, entry: Import, model: type[models.Model], *, lock: bool = False):
        self.shared = {name: _field(model, name).to_python(value) for name, value in entry.shared.items()}
        super().__init__(entry, model, lock=lock)

    # --- Who

    def _people(self) -> dict[int, list[Recipient]]:
        """{row: whom it is about}, of rows in which all names are known."""
        names = [named for line in self.lines for named in self._names(line)]
        matcher, found = Matcher(names, self.sheet.whom, self.entry.choices), defaultdict(list)
        for named in names:
            who, may_be, fault = matcher.match(named)
            if who:
                found[named.row].append(who)
            elif fault:
                self.faults[named.row].append(("name", fault))
            else:
                self.open.append((named, may_be))
        asked = {named.row for named, _ in self.open}
        return {row: people for row, people in found.items() if row not in asked}

    def _names(self, line) -> list[Named]:
        said = names_in(str(line.values.get("name") or ""), several=self.sheet.several)
        if not said and not any(name == "name" for name, _ in line.faults):
            self.faults[line.row].append(("name", f"chưa ghi «{self.sheet.heads['name']}». Hãy ghi."))
        beside = {name: line.values.get(name) for name in ("born", "unit")}
        return [Named(line.row, nth, name, beside["born"], beside["unit"] or "") for nth, name in enumerate(said)]

    # --- What

    def _judge(self, people):
        groups = self._initiatives(people) if self.sheet.several else self._records(people)
        for lines, row, whom in groups:
            self._judge_one(lines, row, whom)

    def _judge_one(self, lines, row, whom):
        """What the row of the first of ``lines`` says, written into ``row``; what is wrong with that."""
        first = lines[0]
        made = Made(row, lines, whom)
        if row.pk:
            made.before = words_told(
                row, people=[author.recipient for author in row.kept] if self.sheet.several else None
            )
        if not self._write(row, lines):
            return
        try:
            refuse_facts(row)
        except Refused as refused:
            at = refused.field if refused.field in self.sheet.fields else "name"
            self.faults[first.row].append((at, str(refused)))
            return
        if self.sheet.several:
            made.people = list(dict.fromkeys([*(author.recipient for author in row.kept), *whom])) if row.pk else whom
        made.after = words_told(row, people=made.people if self.sheet.several else None)
        self.made.append(made)

    def _write(self, row, lines) -> bool:
        """Set what ``lines`` say, and what all rows share where they say nothing; whether nothing that is needed is missing."""
        complete = not any(self.faults.get(line.row) for line in lines)
        for name, told in self.sheet.fields.items():
            if name in ("name", "born", "unit", "part"):
                continue
            value = next((line.values[name] for line in lines if line.values.get(name) not in (None, "")), None)
            value = self.shared.get(name) if value is None else value
            if value is None and name == "year" and getattr(row, "recognised_on", None):
                value = row.recognised_on.year
            if value is not None:
                setattr(row, _named(name), value)
            elif told.needed and not row.pk and not self._is_told(lines[0].row, name):
                self.faults[lines[0].row].append(
                    (name, f"chưa ghi «{told.head}». Hãy ghi{_or_once(self.sheet, name)}.")
                )
                complete = False
        return complete

    def _is_told(self, row, name) -> bool:
        """Whether it is told already why ``name`` says nothing; a year may be that of a day."""
        at = {name, "recognised_on"} if name == "year" else {name}
        return any(found in at for found, _ in self.faults[row])

    def _records(self, people):
        """(lines, record, whom) of each row: the record that is kept, or a new one."""
        stored, seen = self._stored(people), {}
        for line in self.lines:
            if len(people.get(line.row, ())) != 1:
                continue
            (who,) = people[line.row]
            told = self.shared | {name: value for name, value in line.values.items() if value not in (None, "")}
            identity = who.pk, *(_plain(told.get(name)) for name in self.sheet.identity)
            first = seen.setdefault(identity, line.row)
            if first != line.row:
                self.faults[line.row].append(("name", f"trùng dòng {first}. Hãy bỏ một dòng."))
                continue
            row = stored.get(identity) or self.model(recipient=who)
            row.recipient = who
            yield [line], row, [who]

    def _stored(self, people):
        """{(recipient, identity): record} of what is kept."""
        keys = {one.pk: one.pk for found in people.values() for one in found}
        keys |= dict(Recipient.objects.filter(merged_into__in=keys).values_list("pk", "merged_into"))
        rows = self.model.objects.filter(recipient__in=keys)
        rows = rows.select_for_update(of=("self",)) if self.lock else rows
        return {
            (keys[row.recipient_id], *(_plain(getattr(row, name)) for name in self.sheet.identity)): row for row in rows
        }

    def _initiatives(self, people):
        """(lines, initiative, authors): rows of one title are one; a row without one goes on with the title above it."""
        groups, title = {}, ""
        for line in self.lines:
            covered = line.cells.get("title") is not None and line.cells["title"].covered
            if covered:
                self.faults[line.row] = [fault for fault in self.faults[line.row] if fault[0] != "title"]
            said = line.values.get("title") or ("" if not covered and line.faults else title)
            title = said or title
            if said:
                groups.setdefault(name_key(said), []).append(line)
            elif not any(name == "title" for name, _ in line.faults):
                self.faults[line.row].append(("title", f"chưa ghi «{self.sheet.heads['title']}». Hãy ghi."))
        kept = _kept_of({one.pk for found in people.values() for one in found}, lock=self.lock)
        for key, lines in groups.items():
            if all(line.row in people for line in lines):
                yield from self._initiative(key, lines, people, kept)

    def _initiative(self, key, lines, people, kept):
        authors = [one for line in lines for one in people[line.row]]
        if twice := next((one for one in authors if authors.count(one) > 1), None):
            self.faults[lines[-1].row].append(("name", f"{twice} là tác giả hai lần. Hãy bỏ một lần."))
            return
        known = list({kept[one.pk, key].pk: kept[one.pk, key] for one in authors if (one.pk, key) in kept}.values())
        year = next((line.values["year"] for line in lines if line.values.get("year")), self.shared.get("year"))
        if known and (len(known) > 1 or (year and known[0].year != year)):
            self.faults[lines[0].row].append(("title", told_again(known[0])))
            return
        row = known[0] if known else Initiative()
        yield lines, row, authors

    # --- Stored

    def store(self, *, by):
        """As ``Plan.store``; each new or changed record leaves a row in the log."""
        about, names = LOGGED[self.model]
        new = [made for made in self.made if made.standing == NEW]
        changed = [made for made in self.made if made.standing == CHANGED]
        for made in changed:
            made.row.version += 1
        with unless_taken(TWICE):
            self.model.objects.bulk_create((made.row for made in new), batch_size=500)
            columns = [name for name in names if name != "recipient"]
            self.model.objects.bulk_update((made.row for made in changed), [*columns, "version"], batch_size=200)
            if self.sheet.several:
                _write_authors([*new, *changed])
        notes = [
            noted(
                about, made.row, act, by=by, before=made.before, after=made.after, what=what, reason=f"Từ {self.entry}"
            )
            for rows, act, what in ((new, "Ghi", "begin"), (changed, "Sửa", "edit"))
            for made in rows
        ]
        type(notes[0]).objects.bulk_create(notes, batch_size=500)
        return len(notes)


def told_again(row: Initiative) -> str:
    """That an initiative is recorded already, and for what it was used; reads ``authorships`` with what they were used for."""
    used = [
        f"{one.recipient} dùng để xét {one.used_in.title} năm {one.used_in.year}" for one in row.kept if one.used_in_id
    ]
    words = f"sáng kiến này đã ghi năm {row.year}" + (f" (QĐ {row.number})" if row.number else "")
    words += f", {'; '.join(used)}" if used else ""
    return f"{words}. Một sáng kiến chỉ ghi và dùng một lần: hãy bỏ dòng này, hoặc sửa năm."


def _kept_of(authors, *, lock) -> dict[tuple[int, str], Initiative]:
    """{(author, folded name): initiative}, each with its authorships as ``kept``."""
    mains = dict(Recipient.objects.filter(merged_into__in=authors).values_list("pk", "merged_into"))
    whose = {pk: pk for pk in authors} | mains
    asked = Authorship.objects.filter(recipient__in=whose).values("initiative")
    rows = Initiative.objects.filter(pk__in=asked)
    rows = rows.select_for_update(of=("self",)) if lock else rows
    found = {row.pk: row for row in rows}
    for row in found.values():
        row.kept = []
    authorships = (
        Authorship.objects.filter(initiative__in=found).select_related("recipient", "used_in__type").order_by("pk")
    )
    for one in authorships:
        found[one.initiative_id].kept.append(one)
    return {
        (whose[one.recipient_id], name_key(row.name)): row
        for row in found.values()
        for one in row.kept
        if one.recipient_id in whose
    }


def _named(name) -> str:
    """The field of the model that is told as ``name``; «name» is that of whose record it is."""
    return "name" if name == "title" else name


def _field(model, name):
    return model._meta.get_field(_named(name))


def _plain(value):
    return name_key(value) if isinstance(value, str) else value


def _or_once(sheet, name) -> str:
    return ", hoặc ghi chung cho cả tệp" if name in sheet.shared else ""


# --- Storing


@transaction.atomic
def store(desk: Desk, seen: str) -> int:
    """Store all that a file tells, and take the file away; how many rows are new or changed.

    ``seen``: the print of what the person saw. Raises ``Refused`` where anything is wrong or other by now, and stores nothing.
    """
    # Who presses twice stores once.
    entry = desk.held()
    plan = desk.plan(entry, lock=True)
    if not plan.may_be_stored or plan.print != seen:
        raise Refused(_CHANGED)
    number = plan.store(by=desk.by)
    entry.delete()
    drop(entry.file)
    return number


def _write_authors(rows):
    there = set(
        Authorship.objects.filter(initiative__in=[made.row.pk for made in rows]).values_list("initiative", "recipient")
    )
    Authorship.objects.bulk_create(
        (
            Authorship(initiative=made.row, recipient=one)
            for made in rows
            for one in made.people
            if (made.row.pk, one.pk) not in there
        ),
        batch_size=500,
    )
