"""The catalogue that comes with the program, put into the database: what is missing is added, what the office touched stays."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction

from documents.models import Change, Document

from ..log import About
from .actions import told
from .book import CODED, LINES
from .law import Catalogue
from .models import (
    Amendment,
    AwardType,
    Criterion,
    Decider,
    Definition,
    Measure,
    Need,
    Office,
    Stamp,
    Statement,
    Whom,
)

_OFFICE = "Sở đã sửa hoặc xác nhận"


@dataclass
class Loaded:
    """What became of the rows: how many were ``added``, ``changed`` to what the files say now; which were ``left`` as they are,
    because the office changed or confirmed them, or because the files have them no more; in words.
    """

    added: int = 0
    changed: int = 0
    left: list[str] = field(default_factory=list)

    def leave(self, row, why):
        """Tell of a row that stays as it is."""
        name = row._meta.verbose_name
        words = f"{name[:1].upper()}{name[1:]}: {told(row) if hasattr(row, 'place') else row} ({why})"
        if words not in self.left:
            self.left.append(words)


@transaction.atomic
def store(found: Catalogue) -> Loaded:
    """Add what of ``found`` the database does not hold, and change what it holds otherwise and nobody of the office touched.

    The laws must be in the register. A row is there where one of its kind says the same of the same awards from the same day in
    the same place. The office touched it where the log tells of it or somebody confirmed it.
    """
    loaded = Loaded()
    types = Types(found)
    types.store(loaded)
    storing = _Storing(found, types, loaded)
    storing.provisions()
    storing.amendments()
    Stamp.renew()
    return loaded


def _touched(model) -> set[int]:
    """The keys of the rows that the log tells of."""
    return set(Change.objects.filter(about=About(model._meta.model_name)).values_list("key", flat=True))


def _refresh(loaded, row, made, names, touched) -> bool:
    """Whether ``row`` now says what ``made`` says; one that the office touched is left as it is and told of."""
    other = [name for name in names if getattr(row, name) != getattr(made, name)]
    if not other:
        return False
    if row.pk in touched or getattr(row, "confirmed_on", None):
        loaded.leave(row, _OFFICE)
        return False
    for name in other:
        setattr(row, name, getattr(made, name))
    return True


class Types:
    """The award types and offices of a catalogue: {code: row} of each once they are stored."""

    def __init__(self, found):
        self.found, self.awards, self.offices = found, {}, {}

    def store(self, loaded=None):
        """Add those that are not there, change those that nobody touched."""
        loaded = loaded or Loaded()
        self.offices = self._stored(loaded, Office, self._offices())
        self.awards = self._stored(loaded, AwardType, self._types())
        # What it counts as afterwards, when all are there.
        rows = {row.award: row.more["counts_as"] for row in self.found.rows if "counts_as" in row.more}
        touched, alike = _touched(AwardType), []
        for code, other in rows.items():
            award = self.awards[code]
            if award.counts_as_id != self.awards[other].pk and award.pk not in touched:
                award.counts_as = self.awards[other]
                alike.append(award)
        AwardType.objects.bulk_update(alike, ["counts_as"])

    def _stored(self, loaded, model, made) -> dict:
        known, touched = {row.code: row for row in model.objects.all()}, _touched(model)
        new = [row for row in made if row.code not in known]
        names = [one.name for one in model._meta.concrete_fields if one.name not in ("id", "code", "counts_as")]
        again = [
            known[row.code] for row in made
            if row.code in known and _refresh(loaded, known[row.code], row, names, touched)
        ]  # fmt: skip
        model.objects.bulk_create(new)
        model.objects.bulk_update(again, names)
        loaded.added, loaded.changed = loaded.added + len(new), loaded.changed + len(again)
        return {row.code: row for row in model.objects.all()}

    def _offices(self):
        rows = [row for row in self.found.rows if row.kind == "office"]
        return [Office(**row.more, since=None if row.since == date.min else row.since, until=row.until) for row in rows]

    def _types(self):
        """Each award once, whatever days it has."""
        rows = {row.award: row for row in self.found.rows if row.kind == "award"}
        return [_type(row, place) for place, row in enumerate(rows.values(), 1)]


_TABLES = (Definition, Decider, Measure, Statement, Criterion)
# What the files do not say of a row.
_OWN = ("id", "version", "confirmed_on", "confirmed_by")


class _Storing:
    def __init__(self, found, types, loaded):
        self.found, self.awards, self.by_code, self.loaded = found, types.awards, types.offices, loaded
        cited = Document.objects.filter(origin=Document.Origin.CITED)
        self.laws = {row.reference: row for row in cited.filter(reference__in=[text.code for text in found.texts])}

    def provisions(self):
        """Add, change, leave rows of each table."""
        made = [(self._made(row), row) for row in (*self.found.rows, *self.found.criteria) if row.kind != "office"]
        for model in _TABLES:
            self._table(model, [(one, row) for one, row in made if isinstance(one, model)])

    def _table(self, model, made):
        there, touched = defaultdict(list), _touched(model)
        for row in _all(model):
            there[_key(row)].append(row)
        names = [one.attname for one in model._meta.concrete_fields if one.name not in _OWN]
        pairs, new = _paired(there, made, names)
        again = [row for row, one, _ in pairs if _refresh(self.loaded, row, one, names, touched)]
        model.objects.bulk_create(one for one, _ in new)
        model.objects.bulk_update(again, names, batch_size=200)
        needs = self._needs(pairs, touched, again) if model is Criterion else []
        needs += [(one, row.more["needs"]) for one, row in new if model is Criterion]
        Need.objects.bulk_create(_need(one, place, need) for one, rows in needs for place, need in enumerate(rows, 1))
        self.loaded.added, self.loaded.changed = self.loaded.added + len(new), self.loaded.changed + len(again)
        for row in (row for rows in there.values() for row in rows if row.pk not in touched):
            self.loaded.leave(row, "không còn trong tệp, chưa ai sửa")

    def _needs(self, pairs, touched, again) -> list:
        """(criterion, needs) of those whose needs the files have otherwise and nobody touched; the old ones are taken out."""
        found, known = [], {row.pk for row in again}
        for row, _, file in pairs:
            made = [_need(row, place, need) for place, need in enumerate(file.more["needs"], 1)]
            if [_said(need) for need in row.needs.all()] == [_said(need) for need in made]:
                continue
            if row.pk in touched or row.confirmed_on:
                self.loaded.leave(row, _OFFICE)
                continue
            row.needs.all().delete()
            found.append((row, file.more["needs"]))
            again += [] if row.pk in known else [row]
        return found

    def amendments(self):
        for text in self.found.texts:
            if text.amends and text.code in self.laws and text.amends in self.laws:
                Amendment.objects.get_or_create(law=self.laws[text.amends], by=self.laws[text.code])

    def _made(self, row):
        common = {
            "since": row.since,
            "until": row.until,
            "law": self.laws[row.text.code] if row.text else None,
            "place": row.place,
            "doubt": row.doubt,
            "note": row.note,
        }
        if row.kind == "award":
            short = row.more.get("short", "")
            return Definition(award=self.awards[row.award], name=row.value, short=short, **common)
        common |= {
            "award": self.awards.get(row.award),
            "form": row.award[1:] if row.award.startswith("@") else "",
            "whom": "" if row.whom == "*" else row.whom,
        }
        if row.kind == "decides":
            return Decider(office=self.by_code[row.value], **common)
        if row.kind in Measure.Kind.values:
            return self._measure(row, common)
        return self._criterion(row, common) if row.kind == "criterion" else _statement(row, common)

    def _measure(self, row, common):
        of = row.more.get("of", "")
        return Measure(
            kind=row.kind,
            value=str(row.value),
            code=row.more.get("code", ""),
            of="" if of in self.awards else of,
            of_award=self.awards.get(of),
            office=self.by_code.get(row.by),
            is_most=row.more.get("most", False),
            is_secret=row.more.get("secret", False),
            **common,
        )

    def _criterion(self, row, common):
        more = row.more
        return Criterion(
            route=more.get("route", ""),
            groups=more.get("group", ""),
            after=self.awards.get(more.get("after")),
            latest=more.get("latest", False),
            each_way=more.get("each_way", False),
            **common,
        )


def _type(row, position):
    more = row.more
    return AwardType(
        code=row.award,
        form=more["form"],
        level=more["level"],
        is_flag=more.get("flag", False),
        is_posthumous=more.get("posthumous", False),
        group=more.get("group", ""),
        position=position,
        **{f"for_{whom}": whom in more["for"] for whom in Whom.values},
    )


def _statement(row, common):
    value, code = row.value, row.more.get("code", "")
    if row.kind in LINES:
        value = "\n".join(value)
    elif row.kind in CODED or row.kind == Statement.Kind.PRINCIPLE:
        value, code = row.more.get("words", ""), value
    return Statement(kind=row.kind, words=value, code=code, routes=", ".join(row.more.get("of", [])), **common)


def _need(criterion, position, need):
    columns = {name: ", ".join(value) if isinstance(value, list) else value for name, value in need.items()}
    return Need(criterion=criterion, position=position, condition=columns.pop("is"), **columns)


def _all(model):
    rows = model.objects.order_by("pk")
    return rows.prefetch_related("needs") if model is Criterion else rows


def _said(need) -> list:
    """What a need says, as the columns hold it."""
    names = [one.attname for one in Need._meta.concrete_fields if one.name not in ("id", "criterion")]
    return [Need._meta.get_field(name).to_python(getattr(need, name)) for name in names]


def _paired(there, made, names):
    """([(stored row, what the files say, their row)], what is new); a stored row that says all the same is taken first."""
    pairs, open_ones, new = [], [], []
    for one, row in made:
        rows = there[_key(one)]
        same = next((old for old in rows if all(getattr(old, name) == getattr(one, name) for name in names)), None)
        if same:
            rows.remove(same)
            pairs.append((same, one, row))
        else:
            open_ones.append((one, row))
    for one, row in open_ones:
        rows = there[_key(one)]
        if rows:
            pairs.append((rows.pop(0), one, row))
        else:
            new.append((one, row))
    return pairs, new


def _key(row) -> tuple:
    """By what a row of the files is known again in the database."""
    names = (
        "kind",
        "award_id",
        "form",
        "whom",
        "office_id",
        "code",
        "route",
        "groups",
        "after_id",
        "since",
        "law_id",
        "place",
    )
    return type(row), *(getattr(row, name, "") for name in names)
