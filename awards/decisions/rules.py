"""What rests on the awards of a decision, so that they cannot be taken out; on which grounds one is lost and restored, and what
is taken back with it.
"""

from django.utils import timezone

from documents.steps.refusing import Refused

from ..catalogue.book import book_of
from ..catalogue.law import Row
from ..eligibility.money import prize
from ..records.models import Authorship, Award, Decision


def why_kept(decision: Decision) -> str:
    """Why a list stays: something that rests on its awards, in words with what to do; nothing where nothing does."""
    mine = Award.objects.filter(decision=decision)
    used = Authorship.objects.filter(used_in__in=mine).select_related("initiative", "recipient").first()
    if used:
        return (
            f"sáng kiến «{used.initiative}» của {used.recipient} đã dùng cho danh sách này. Hãy bỏ việc dùng đó trước."
        )
    if cancelled := mine.exclude(cancelled_on=None).first():
        return f"{cancelled.name} đã bị hủy khen thưởng {cancelled.cancelled_by}. Hãy gỡ việc hủy trước nếu ghi nhầm."
    later = _resting(decision, mine)
    if later:
        return f"{later.decision} ({later.name}) dựa trên khen thưởng của danh sách này. Hãy gỡ quyết định đó trước."
    return next(filter(None, (asks(decision) for asks in KEPT_FOR)), "")


# Functions of the rooms above: why the list of a decision stays, with what to do; nothing where it need not.
KEPT_FOR = []


def _resting(decision, mine) -> Award | None:
    """The first award of a later decision, of one of the same recipients, whose conditions name what was given here."""
    given = dict.fromkeys(mine.values_list("type__code", flat=True).distinct())
    later = (
        Award.objects.standing()
        .filter(recipient__in=mine.order_by().values("recipient"), decided_on__gte=decision.day, cancelled_on=None)
        .exclude(decision=decision)
        .exclude(year__lt=min(mine.values_list("year", flat=True), default=0))
        .select_related("type", "decision")
        .order_by("decided_on", "pk")
    )
    asked = {}
    for award in later.iterator(chunk_size=500) if given else ():
        key = (award.type.code, award.decided_on)
        if key not in asked:
            asked[key] = not given.keys().isdisjoint(asked_for(*key))
        if asked[key]:
            return award
    return None


def asked_for(code, day) -> set[str]:
    """The awards that the conditions of another one name on a day."""
    book, found = book_of(day), set()
    for row in book.all("criterion", code):
        if row.award == "*":
            continue
        found |= {row.more["after"]} if "after" in row.more else set()
        for need in row.more["needs"]:
            found |= {word.strip() for word in str(need.get("of", "")).split("|")}
    return found & book.awards.keys()


# Functions of the rooms above: each gives of awards the keys of those whose items nobody was given.
NOT_HANDED = []


def not_handed(awards) -> set[int]:
    """Keys of those of ``awards`` of whose items nothing is to come back."""
    return {key for asks in NOT_HANDED for key in asks(awards)}


def to_take_back(award, book=None) -> tuple[int | None, str]:
    """What the law of the decision's day gave with an award: (đồng, items). ``book``: that of the day, where it is known."""
    book = book or book_of(award.decided_on)
    code, kind = award.type.code, award.recipient.kind
    amount = award.amount if award.amount is not None else prize(book, code, kind, award.decision.office.code).amount
    row = book.the("items", code, kind)
    return amount, ", ".join(row.value) if row else ""


# Under which kind of row of the catalogue the grounds of each stand.
_KINDS = {"cancel": "ground", "strip": "strip", "restore": "restore"}


def grounds(award, kind, day) -> dict[str, Row]:
    """{code: row} of the cases in which the law of ``day`` has an award cancelled, stripped or restored (Luật 2022, Điều 93)."""
    rows = book_of(day).all(_KINDS[kind], award.type.code, award.whom)
    own = [row for row in rows if award.route in row.more.get("of", ())]
    return {row.more.get("code") or kind: row for row in own or [row for row in rows if "of" not in row.more]}


def ground_of(award, kind, code, day) -> tuple[str, str]:
    """(what the ground says, where it stands on ``day``); no article where the law of that day was another one.

    Raises ``Refused`` for a ground that there is not.
    """
    there = grounds(award, kind, day)
    row = there.get(code) or grounds(award, kind, timezone.localdate()).get(code)
    if row is None:
        raise Refused("Danh mục không có trường hợp này cho khen thưởng này. Hãy chọn trường hợp khác.", "ground")
    return row.value, book_of(day).citation(row) if code in there else ""


def ground_choices(award, kind) -> list[tuple[str, str]]:
    """The grounds of today, each with its article."""
    book = book_of(timezone.localdate())
    rows = grounds(award, kind, book.day)
    return [("", "Chọn trường hợp"), *((code, f"{row.value} ({book.citation(row)})") for code, row in rows.items())]
