"""The catalogue that comes with the program, put into the database: what is missing is added, what is there stays as it is."""

from collections import Counter
from datetime import date

from django.db import transaction

from documents.models import Document

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


@transaction.atomic
def store(found: Catalogue) -> int:
    """Add what of ``found`` the database does not hold; how many rows were added. The laws must be in the register.

    A row is there where one of its kind says the same of the same awards from the same day in the same place, whatever the
    office made of the rest.
    """
    types = Types(found)
    added = types.store()
    storing = _Storing(found, types)
    added += storing.provisions()
    storing.amendments()
    Stamp.renew()
    return added


class Types:
    """The award types and offices of a catalogue: {code: row} of each once they are stored."""

    def __init__(self, found):
        self.found, self.awards, self.offices = found, {}, {}

    def store(self) -> int:
        """Add those that are not there; how many."""
        return self._store_offices() + self._store_types()

    def _store_offices(self) -> int:
        known = set(Office.objects.values_list("code", flat=True))
        rows = [row for row in self.found.rows if row.kind == "office" and row.more["code"] not in known]
        Office.objects.bulk_create(
            Office(**row.more, since=None if row.since == date.min else row.since, until=row.until) for row in rows
        )
        self.offices = {row.code: row for row in Office.objects.all()}
        return len(rows)

    def _store_types(self) -> int:
        """Each award once, whatever days it has; what it counts as afterwards, when all are there."""
        known = set(AwardType.objects.values_list("code", flat=True))
        rows = {row.award: row for row in self.found.rows if row.kind == "award"}
        new = [_type(row, place) for place, row in enumerate(rows.values(), 1) if row.award not in known]
        AwardType.objects.bulk_create(new)
        self.awards = {row.code: row for row in AwardType.objects.all()}
        alike = [award for award in new if "counts_as" in rows[award.code].more]
        for award in alike:
            award = self.awards[award.code]
            award.counts_as = self.awards[rows[award.code].more["counts_as"]]
        AwardType.objects.bulk_update([self.awards[award.code] for award in alike], ["counts_as"])
        return len(new)


class _Storing:
    def __init__(self, found, types):
        self.found, self.awards, self.by_code = found, types.awards, types.offices
        cited = Document.objects.filter(origin=Document.Origin.CITED)
        self.laws = {row.reference: row for row in cited.filter(reference__in=[text.code for text in found.texts])}

    def provisions(self) -> int:
        there = Counter(
            _key(row) for model in (Definition, Decider, Measure, Statement, Criterion) for row in _all(model)
        )
        new = []
        for row in (*self.found.rows, *self.found.criteria):
            if row.kind != "office":
                made = self._made(row)
                there[_key(made)] -= 1
                if there[_key(made)] < 0:
                    new.append((made, row))
        for model in (Definition, Decider, Measure, Statement, Criterion):
            model.objects.bulk_create(made for made, _ in new if isinstance(made, model))
        needs = [(made, row.more["needs"]) for made, row in new if isinstance(made, Criterion)]
        Need.objects.bulk_create(_need(made, place, need) for made, rows in needs for place, need in enumerate(rows, 1))
        return len(new)

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
    return model.objects.all()


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
