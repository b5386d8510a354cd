"""Probable doubles among the stored records: of one before it is saved, and of the whole register."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Count, Q
from django.db.models.functions import Coalesce

from units.models import Succession

from .matching import Known, Likeness, Lines, likeness, pairs_among
from .models import Double, Recipient
from .names import name_key

# Of one name no more are held against a new one; the commonest names have some hundreds.
MOST = 2000
# New records that are compared at once.
_AT_ONCE = 2000
_FIELDS = ["kind", "name", "began_on", "began_year", "gender", "unit_id", "is_unit", "staff_code", "address"]


@dataclass(frozen=True)
class Match:
    """A record that one that is being saved may be, and why."""

    recipient: Recipient
    likeness: Likeness

    @property
    def reasons(self) -> list[str]:
        """In words."""
        return [reason.label for reason in self.likeness.reasons]


def lines() -> Lines:
    """Which units became which. One question."""
    rows = Succession.objects.filter(predecessor__isnull=False, successor__isnull=False)
    return Lines(rows.order_by().values_list("predecessor", "successor"))


def known(row: Recipient, number: str = "") -> Known:
    """A record as it is compared."""
    return _known(row.merged_into_id or row.pk, *(getattr(row, name) for name in _FIELDS), number)


def _known(key, kind, name, born, year, gender, unit, is_unit, code, address, number=""):
    return Known(key, kind, name, born, year, gender, unit, is_unit, code, address, number)


def matches_of(row: Recipient, number: str = "", but: Iterable[int] = ()) -> list[Match]:
    """What ``row``, stored or not, may be a second record of, the most probable first; ``but`` these.

    ``number``: the identity number that was typed for it. A record that was merged stands for the one it was merged into.
    Two questions, one of them for candidates; a third where a merged one was found.
    """
    mine, but, found = known(row, number), {row.pk, row.merged_into_id, *but}, {}
    kin = lines()
    for other in _candidates(row, number):
        key = other.merged_into_id or other.pk
        identity = getattr(other, "identity", None)
        likely = likeness(mine, known(other, identity.number if identity else ""), kin)
        if key not in but and likely.is_probable and (key not in found or found[key].score < likely.score):
            found[key] = likely
    rows = Recipient.objects.select_related("unit").in_bulk(found) if found else {}
    matches = [Match(rows[key], likely) for key, likely in found.items()]
    return sorted(matches, key=lambda match: (-match.likeness.score, match.recipient.pk))


def matches_of_all(rows: list[Recipient]) -> list[list[Match]]:
    """What each of ``rows``, new ones, may be a second record of, by name; as ``matches_of``. Three questions for all."""
    kin, by_name = lines(), defaultdict(list)
    keys = {name_key(row.name, row.kind) for row in rows}
    others = Recipient.objects.filter(name_key__in=keys).select_related("unit", "merged_into__unit").order_by("pk")
    for other in others if keys else ():
        by_name[other.kind, other.name_key].append(other)
    return [_matches(row, by_name[row.kind, name_key(row.name, row.kind)], kin) for row in rows]


def _matches(row, others, kin):
    mine, found = known(row), {}
    for other in others:
        main, likely = other.merged_into or other, likeness(mine, known(other), kin)
        if likely.is_probable and (main.pk not in found or found[main.pk].likeness.score < likely.score):
            found[main.pk] = Match(main, likely)
    return sorted(found.values(), key=lambda match: (-match.likeness.score, match.recipient.pk))


def _candidates(row, number):
    """Records of the same name, staff code or identity number, by the index of each, in one question."""
    rows = Recipient.objects.filter(kind=row.kind).select_related("identity").order_by()
    parts = [rows.filter(staff_code=row.staff_code)] if row.staff_code else []
    parts += [rows.filter(identity__number=number)] if number else []
    return rows.filter(name_key=name_key(row.name, row.kind)).union(*parts)[:MOST]


def decided_apart(row: Recipient) -> set[int]:
    """The keys of those that somebody decided to be others than ``row``. One question."""
    if not row.pk:
        return set()
    rows = Double.objects.filter(Q(first=row) | Q(second=row), state=Double.State.APART)
    return {key for pair in rows.values_list("first", "second") for key in pair} - {row.pk}


def pair_of(one: int, other: int) -> dict[str, int]:
    """The two keys as a pair has them."""
    return {"first_id": min(one, other), "second_id": max(one, other)}


def looked_at(row: Recipient):
    """Every probable double of ``row`` as it is now was shown and decided on: no pair of it waits any more."""
    Double.objects.filter(Q(first=row) | Q(second=row), state=Double.State.OPEN).delete()


def _double(one, other, likely):
    return Double(**pair_of(one, other), score=likely.score, reasons=list(likely.reasons))


# --- The whole register


def all_pairs(tell=lambda done: None) -> Iterator[tuple[int, int, Likeness]]:
    """(older record, newer record, why) of every probable pair; records are read once, in the order of their names.

    ``tell(done)`` hears how many were read. Identity numbers are unique and make no pairs here.
    """
    kin, done = lines(), 0
    rows = Recipient.objects.order_by("name_key", "kind").annotate(root=Coalesce("merged_into_id", "id"))
    rows = rows.values_list("name_key", "root", *_FIELDS).iterator(chunk_size=2000)
    for _, group in groupby(rows, key=lambda row: (row[0], row[2])):
        people = [_known(*row[1:]) for row in group]
        done += len(people)
        yield from _sorted(pairs_among(people, kin) if len(people) > 1 else ())
        tell(done)
    yield from _sorted(_of_one_code(kin))


def _of_one_code(kin):
    """Pairs of other names that have a staff code in common."""
    rows = Recipient.objects.exclude(staff_code="").order_by()
    twice = rows.values("staff_code").annotate(rows=Count("pk")).filter(rows__gt=1).values("staff_code")
    rows = rows.filter(staff_code__in=twice).annotate(root=Coalesce("merged_into_id", "id")).order_by("staff_code")
    for _, group in groupby(rows.values_list("root", *_FIELDS), key=lambda row: row[7]):
        yield from pairs_among([_known(*row) for row in group], kin)


def _sorted(pairs):
    for one, other, likely in pairs:
        yield min(one.key, other.key), max(one.key, other.key), likely


def store_all(tell=lambda done: None) -> int:
    """Bring the pairs that wait for a look up to date with the whole register; how many there are then.

    What was decided stays; a pair that is none any more goes.
    """
    stored = {(first, second): state for first, second, state in Double.objects.values_list("first", "second", "state")}
    found = {(first, second): likely for first, second, likely in all_pairs(tell)}
    Double.objects.bulk_create(
        (_double(*pair, likely) for pair, likely in found.items() if stored.get(pair) != Double.State.APART),
        batch_size=1000,
        update_conflicts=True,
        unique_fields=["first", "second"],
        update_fields=["score", "reasons"],
    )
    gone = [pair for pair, state in stored.items() if pair not in found and state == Double.State.OPEN]
    for first, second in gone:
        Double.objects.filter(first=first, second=second, state=Double.State.OPEN).delete()
    return sum(stored.get(pair) != Double.State.APART for pair in found)


# --- Those who came with a list


def store_new(keys: Iterable[int]) -> int:
    """Add the pairs that new records are one of to those that wait for a look; how many. Three questions for two thousand."""
    kin, keys, count = lines(), list(keys), 0
    for begin in range(0, len(keys), _AT_ONCE):
        count += _store_pairs(set(keys[begin : begin + _AT_ONCE]), kin)
    return count


def _store_pairs(new, kin):
    mine = Recipient.objects.filter(pk__in=new).order_by()
    alike = _groups(Recipient.objects.filter(name_key__in=mine.values("name_key")), "name_key", kin)
    codes = mine.exclude(staff_code="").values("staff_code")
    found = {
        pair[:2]: pair for pair in (*alike, *_groups(Recipient.objects.filter(staff_code__in=codes), "staff_code", kin))
    }
    rows = [_double(*pair) for pair in found.values() if not new.isdisjoint(pair[:2])]
    Double.objects.bulk_create(rows, batch_size=_AT_ONCE, ignore_conflicts=True)
    # A pair within the new ones is seen with each of them.
    return sum(max(pair[:2]) in new for pair in found.values())


def _groups(rows, field, kin):
    """The probable pairs among rows that have a field, and are of a kind, in common."""
    rows = rows.order_by(field, "kind").annotate(root=Coalesce("merged_into_id", "id"))
    rows = rows.values_list(field, "root", *_FIELDS).iterator(chunk_size=2000)
    for _, group in groupby(rows, key=lambda row: (row[0], row[2])):
        people = [_known(*row[1:]) for row in group][:MOST]
        yield from _sorted(pairs_among(people, kin) if len(people) > 1 else ())
