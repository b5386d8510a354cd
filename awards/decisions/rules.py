"""What rests on the awards of a decision, so that they cannot be taken out; what is taken back with one that is cancelled."""

from ..catalogue.book import book_of
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
    return ""


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


def to_take_back(award) -> tuple[int | None, str]:
    """What the law of the decision's day gave with an award: (đồng, items)."""
    book = book_of(award.decided_on)
    code, kind = award.type.code, award.recipient.kind
    amount = award.amount if award.amount is not None else prize(book, code, kind, award.decision.office.code).amount
    row = book.the("items", code, kind)
    return amount, ", ".join(row.value) if row else ""
