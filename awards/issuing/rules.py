"""Who decides on a nomination, whether the council must have passed it, in which order a list stands, what is to be looked at.

What the office lays down itself are rows of the catalogue: which body of the council considers what (``body``), and
``office-golden-running``: numbers of the golden book run on from decision to decision.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, Exists, F, IntegerField, OuterRef, Q, Value, When
from django.utils import timezone

from units.models import Unit

from ..catalogue.book import book_of
from ..catalogue.law import Book
from ..catalogue.models import AwardType, Office, Route, Whom
from ..eligibility.authority import deciders, may_decide
from ..nominations import asked
from ..nominations.checking import main_of, moved
from ..nominations.flags import others_of
from ..nominations.models import Nomination
from ..records.models import Award, Pause
from .models import NameCheck, Settled

Stage = Nomination.State
# Above the province: what they decide comes back from them.
ABOVE = ("president", "assembly", "government", "premier", "ministry")
# What the head of a unit decides for it, by what the unit is.
OF_HEADS = {
    Unit.Kind.DEPARTMENT: "department",
    Unit.Kind.CENTRAL: "central-unit",
    Unit.Kind.DISTRICT: "district",
    Unit.Kind.COMMUNE: "commune",
    Unit.Kind.ENTERPRISE: "enterprise",
    # «và tương đương»
    Unit.Kind.FRONT: "department",
    Unit.Kind.PARTY: "department",
}


@dataclass(frozen=True)
class Deciding:
    """Who is asked to decide: the office, and the body whose paper its decision is; None where it is made elsewhere."""

    office: str
    unit: Unit | None


def headed(unit: Unit) -> Unit:
    """The unit whose head decides for ``unit``: a room of an agency has the head of the agency."""
    while unit.kind == Unit.Kind.OFFICE and unit.superior_id:
        unit = unit.superior
    return unit


def deciding(book: Book, award: AwardType, proposer: Unit, by: Unit, own_head=False) -> Deciding | str:
    """Who decides on ``award`` for ``proposer`` by the catalogue of the book's day, in a draft of ``by``; else why nobody can.

    The province, where it may; else the head of the unit that proposes, or who is above. ``own_head``: a form of commendation
    that a head may give is given by the head of ``by``.
    """
    codes = [row.code for row in deciders(book, award.code)]
    if "province" in codes:
        return Deciding("province", province_above(by, book.day))
    unit = by if own_head and not award.is_title else headed(proposer)
    # The province itself has no awards of a head: its office is that of who drafts.
    unit = by if unit.kind == Unit.Kind.PROVINCE else unit
    own = OF_HEADS.get(unit.kind)
    if own in codes:
        gone = f"{unit} không hoạt động ngày {book.day:%d/%m/%Y} nên không quyết định được"
        return Deciding(own, unit) if unit.is_alive_on(book.day) else gone
    if codes and not is_of_heads(codes):
        return Deciding(next((code for code in codes if code in ABOVE), codes[0]), None)
    return _nobody(book, award, own)


def is_of_heads(codes) -> bool:
    """Whether heads of units are among those who may decide."""
    return bool(set(OF_HEADS.values()) & set(codes))


def _nobody(book, award, own) -> str:
    """Why the head of a unit cannot decide, with who may and where that stands."""
    if own and book.awards.get(award.code):
        return told(may_decide(book, award.code, own))
    return f"ngày {book.day:%d/%m/%Y} chưa rõ ai quyết định {book.name(award.code)}"


def told(finding) -> str:
    """A finding with its article."""
    return f"{finding.words} ({finding.citation})" if finding.citation else finding.words


def province_above(unit: Unit, day: date) -> Unit | None:
    """The province's committee, whose department ``unit`` is; other bodies of the province are none."""
    rows = Unit.objects.alive_on(day).filter(kind=Unit.Kind.PROVINCE)
    return rows.filter(pk=unit.superior_id).first() or rows.filter(superior=None).order_by("pk").first()


def needs_council(book: Book, code: str) -> bool:
    """Whether the council passes it before anybody decides: votes are laid down, or the office's rule says which body considers
    what the province decides or lays before others.
    """
    if book.the("votes", code):
        return True
    return bool(book.the("body", code) and not is_of_heads(row.code for row in deciders(book, code)))


def decidable(user):
    """The nominations of which a decision may be made: passed, or fit where no council is asked (Điều 85: simple procedure)."""
    book = book_of(timezone.localdate())
    types = AwardType.objects.order_by().values_list("pk", "code")
    free = [key for key, code in types if not needs_council(book, code)]
    may = Q(state=Stage.PASSED) | Q(state=Stage.FIT) & (Q(type__in=free) | Q(dossier__is_simple=True))
    return Nomination.objects.visible_to(user).filter(may, decision=None)


def in_order(rows):
    """Nominations in the order of a decision: by rank, collectives before persons before households, names in Vietnamese."""
    # The catalogue has titles from the lowest up, forms of commendation from the highest down.
    rank = Case(
        When(type__form=AwardType.Form.TITLE, then=Value(0) - F("type__position")),
        default=F("type__position"),
        output_field=IntegerField(),
    )
    order = enumerate([Whom.COLLECTIVE, Whom.PERSON, Whom.HOUSEHOLD])
    whom = Case(*(When(recipient__kind=kind, then=Value(place)) for place, kind in order), output_field=IntegerField())
    return rows.alias(rank=rank, whom=whom).order_by("rank", "type", "whom", "recipient__sort_text", "pk")


def with_all(rows):
    """Nominations with what a list, a paper and an award read of them."""
    return rows.select_related(
        "dossier__unit", "type", "unit", "recipient__unit", "recipient__merged_into__unit", "name_check", "decision"
    )


def doubts_of(rows, day: date) -> dict[int, list[str]]:
    """{key: what a person must look at before it is signed} of ``rows``, in seven queries at most, whatever their number.

    What was settled in the same words is not there.
    """
    found = defaultdict(list)
    people = {main_of(row.recipient).pk for row in rows}
    paused = defaultdict(list)
    for pause in Pause.objects.in_force(day).filter(recipient__in=people):
        paused[pause.recipient_id].append(f"{pause.get_kind_display()}: {pause.paper}.")
    settled = defaultdict(set)
    keys = [row.pk for row in rows]
    for nomination, words in Settled.objects.filter(nomination__in=keys).values_list("nomination", "words"):
        settled[nomination].add(words)
    told = asked.doubts(rows, day)
    for row in rows:
        main = main_of(row.recipient)
        said = getattr(row, "name_check", None)
        is_told = said is not None and said.state != NameCheck.State.OTHER
        words = [*moved(row, main, is_name_told=is_told), *paused[main.pk], *told[row.pk]]
        found[row.pk] = [one for one in words if one not in settled[row.pk]]
    for key, others in others_of(rows, day).items():
        found[key] += [one.words for one in others if one.bars or one.words not in settled[key]]
    for key, words in _second(rows).items():
        found[key].append(words)
    return {key: words for key, words in found.items() if words}


def bars_of(rows, day: date) -> dict[int, str]:
    """{key: words} of those whose collective has another flag of the year, or is to get one before; two queries at most."""
    first = {key: [one for one in others if one.bars] for key, others in others_of(rows, day).items()}
    return {key: others[0].words for key, others in first.items() if others}


def clashes(rows, day: date, *, is_told=False) -> dict[int, str]:
    """{key: words} of those whose award of the year is there already, or who stand in ``rows`` twice, or who may have one flag of
    the year alone; three queries at most. ``is_told``: another authority gave them; whether it could have is not asked.
    """
    return ({} if is_told else bars_of(rows, day)) | _second(rows)


def _second(rows) -> dict[int, str]:
    merit = [row for row in rows if row.dossier.route == Route.MERIT]
    people = {main_of(row.recipient).pk for row in merit}
    there = {
        (award.recipient_id, award.type_id, award.year): award
        for award in Award.objects.standing()
        .filter(recipient__in=people, route=Route.MERIT, cancelled_on=None)
        .select_related("decision")
    }
    seen, found = {}, {}
    for row in merit:
        key = (main_of(row.recipient).pk, row.type_id, row.dossier.year)
        if key in there:
            found[row.pk] = f"Đã được khen năm {row.dossier.year} theo {there[key].decision}."
        elif key in seen:
            found[row.pk] = f"Có hai lần trong danh sách (cũng ở hồ sơ của {seen[key].dossier.unit})."
        seen[key] = row
    return found


def authority_faults(rows, office: Office, day: date) -> list[str]:
    """Why ``office`` cannot decide on what is in the list on ``day``, a sentence for each award."""
    book = book_of(day)
    codes = dict.fromkeys(row.type.code for row in rows)
    answers = [may_decide(book, code, office.code) for code in codes]
    return [f"{told(answer)}." for answer in answers if answer.met is not True]


def unconfirmed(rows):
    """Those of which the unit has not said yet that the name is right, or wants another one."""
    said = NameCheck.objects.filter(nomination=OuterRef("pk")).exclude(state=NameCheck.State.OTHER)
    return rows.filter(~Exists(said))


def asked_of(user):
    """Rows of drafts whose names the unit of ``user`` was asked to confirm."""
    rows = Nomination.objects.filter(
        state=Stage.PRESENTED, decision__state="draft", decision__draft__names_until__isnull=False
    )
    return rows.filter(dossier__unit__in=user.inherited_units) if user.unit_id else rows.none()


def unanswered(rows):
    """Those of which nothing was said yet."""
    return rows.filter(~Exists(NameCheck.objects.filter(nomination=OuterRef("pk"))))


def golden_numbers(decision, count: int) -> range:
    """The numbers of the golden book that ``count`` awards of one decision get: 1, 2, …, or those that come next of its decider.

    The office is held where they run on, so that two decisions do not get the same.
    """
    office = decision.office
    if not book_of(decision.day).one("other", "office-golden-running"):
        return range(1, count + 1)
    Office.objects.select_for_update().get(pk=office.pk)
    rows = Award.objects.filter(decision__office=office, decision__unit=decision.unit, decision__origin="made")
    last = rows.order_by("-position")
    first = (last.values_list("position", flat=True).first() or 0) + 1
    return range(first, first + count)
