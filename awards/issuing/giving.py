"""What a decision gives: awards with their money, all or none, in a number of queries that does not grow with its list.

``FOLLOWS``: what the rooms above make of each award (the fund owes its prize); called in the same transaction.
"""

from collections import defaultdict

from documents.steps.refusing import Refused, first_of, unless_taken

from ..catalogue.book import book_of, catalogue
from ..catalogue.models import Route
from ..eligibility.money import Line, Paid, prizes
from ..eligibility.rules import judge_in_transition
from ..nominations.checking import main_of
from ..nominations.models import Nomination
from ..nominations.moving import move
from ..records.facts import facts_of
from ..records.models import Authorship, Award
from .rules import clashes, golden_numbers

Stage = Nomination.State
FOLLOWS = []
_BATCH = 500
_TAKEN = (
    "Danh hiệu, hình thức của một người trong danh sách vừa được ghi ở quyết định khác. "
    "Hãy mở dự thảo để xem dòng nào, rồi đưa dòng đó ra."
)


def refuse_clashes(rows, decision) -> None:
    """Raise ``Refused`` with the names of those whose award of the year is there already."""
    found = clashes(rows, decision.day, is_told=decision.unit_id is None)
    if not found:
        return
    named = [f"{row.name}: {found[row.pk]}" for row in rows if row.pk in found]
    raise Refused(f"{first_of(named, 'dòng', between=' ')} Hãy đưa các dòng này ra khỏi danh sách.")


def money_of(decision, rows, day=None) -> dict[int, Paid]:
    """{key of a nomination: its prize by the law of ``day``, else of the decision's}; of titles of the same years the highest
    only.
    """
    book, office = book_of(day or decision.day), decision.office.code
    by_person = defaultdict(list)
    for row in rows:
        by_person[main_of(row.recipient)].append(row)
    found = {}
    for person, own in by_person.items():
        lines = [_line(row, decision.draft.deed, office) for row in own]
        found |= {row.pk: paid for row, paid in zip(own, prizes(book, lines, person.kind), strict=True)}
    return found


def _line(row, deed, office):
    years = row.dossier.first_year or row.dossier.year, row.dossier.year
    return Line(row.type.code, years, row.deed or deed, office)


def give(decision, rows, *, by) -> list[Award]:
    """An award for each of ``rows``, nominations in the order of the decision; each tells its own history.

    ``decision`` has its number and day. Raises ``Refused`` with names where an award of the year is there already.
    """
    refuse_clashes(rows, decision)
    money, initiatives = money_of(decision, rows), _initiatives(decision, rows)
    numbers = golden_numbers(decision, len(rows))
    awards = [_award(decision, row, number, money[row.pk]) for row, number in zip(rows, numbers, strict=True)]
    with unless_taken(_TAKEN):
        Award.objects.bulk_create(awards, batch_size=_BATCH)
    _mark(rows, awards, decision, by)
    _use(initiatives, rows, awards)
    for follow in FOLLOWS:
        follow(decision, [(award, money[row.pk]) for row, award in zip(rows, awards, strict=True)])
    return awards


def take_over(draft, entered, pairs, *, by) -> None:
    """Answer nominations of ``draft`` by the awards of a decision that was entered: ``pairs`` of each and its award."""
    rows, awards = [row for row, _ in pairs], [award for _, award in pairs]
    draft.day = entered.day
    money = money_of(draft, rows)
    _mark(rows, awards, entered, by)
    for follow in FOLLOWS:
        follow(entered, [(award, money[row.pk]) for row, award in pairs])


def _award(decision, row, number, paid) -> Award:
    amount = paid.prize.amount if paid.is_paid or paid.prize.amount is None else 0
    return Award(
        decision=decision,
        recipient=main_of(row.recipient),
        type=row.type,
        position=number,
        name=row.name,
        post=row.post,
        unit=row.unit,
        position_class=row.position_class,
        body_class=row.body_class,
        year=row.dossier.year,
        first_year=row.dossier.first_year,
        route=row.dossier.route,
        deed=row.deed or decision.draft.deed,
        amount=amount,
        decided_on=decision.day,
    )


def _mark(rows, awards, decision, by):
    given = dict(zip((row.pk for row in rows), awards, strict=True))
    told = {"Quyết định": f"{decision} ngày {decision.day:%d/%m/%Y}"}

    def also(row):
        row.given, row.decision = given[row.pk], decision

    move(rows, Stage.AWARDED, by=by, what="award", act="Khen thưởng", told=lambda row: told, also=also)


def _asks_initiative(book, code) -> bool:
    return any(need["is"] == "initiative" for row in book.all("criterion", code) for need in row.more["needs"])


def _initiatives(decision, rows) -> dict[int, set[int]]:
    """{key of a nomination: the initiatives on which its way rests}, of awards that ask for one; judged before they are given."""
    book, known = book_of(decision.day), catalogue()
    asks = {code: _asks_initiative(book, code) for code in {row.type.code for row in rows}}
    asking = [row for row in rows if asks[row.type.code]]
    facts = facts_of({main_of(row.recipient) for row in asking}) if asking else {}
    found = {}
    for row in asking:
        file = row.dossier
        answer = judge_in_transition(
            known, row.type.code, facts[main_of(row.recipient).pk], file.received_on or decision.day, decision.day,
            year=file.year, route=file.route, deed=row.deed if file.route != Route.MERIT else "",
        )  # fmt: skip
        findings = answer.best.findings if answer.best else ()
        every = [one for finding in findings for one in (finding, *finding.parts)]
        found[row.pk] = {fact.key.pk for one in every for fact in one.rests_on if fact.record == "initiative"}
    return found


def _use(initiatives, rows, awards):
    """Mark them: an initiative counts for no other award."""
    award_of = {
        (key, main_of(row.recipient).pk): award
        for row, award in zip(rows, awards, strict=True)
        for key in initiatives.get(row.pk, ())
    }
    keys = {key for key, _ in award_of}
    found = Authorship.objects.filter(initiative__in=keys, used_in=None) if keys else ()
    marked = [row for row in found if (row.initiative_id, row.recipient_id) in award_of]
    for row in marked:
        row.used_in = award_of[row.initiative_id, row.recipient_id]
    Authorship.objects.bulk_update(marked, ["used_in"], batch_size=_BATCH)
