"""Items of awards that were lost: back into the store when they come, out again where the award is restored.

Source: Luật Thi đua, khen thưởng 2022, Điều 93 khoản 2 (items are taken back), khoản 6 (an honour that is restored is handed over
again). A sheet with a name on it is nobody else's: it is written off at once.
"""

from collections import Counter, defaultdict

from django.db import transaction
from django.utils import timezone

from documents.steps.refusing import Refused
from units.text import key_or_none

from ..certificates import actions as sheets
from ..certificates.models import Certificate
from ..decisions.models import Return
from ..decisions.returns import ITEM_MOVES, ITEMS_OUT, cancellation_of
from ..decisions.rules import NOT_HANDED
from ..handover.actions import HANDED, bring_in, hand_over
from ..handover.models import HandoverLine
from ..items.models import Due, ItemKind
from ..records.models import Award
from ..stock.keeping import give_up
from ..stock.ledger import write
from ..stock.models import Movement, Serial
from .actions import free_lines, held, turn

State, Sort, Sheet = Due.State, Movement.Sort, Certificate.State


def nothing_handed(awards) -> set[int]:
    """Keys of those of ``awards`` whose items are listed and of which nothing was handed over. One query."""
    found = defaultdict(set)
    rows = Due.objects.filter(award__in=[award.pk for award in awards]).order_by()
    for key, state in rows.values_list("award", "state").distinct():
        found[key].add(state)
    return {key for key, states in found.items() if State.HANDED not in states}


NOT_HANDED.append(nothing_handed)


def items_out(award) -> list[tuple[str, str]]:
    """[(key, name)] of what was handed over of ``award`` and has not come back. One query."""
    rows = award.dues.filter(state=State.HANDED).select_related("kind")
    return [(str(due.pk), due.kind.name) for due in rows.order_by("kind__position", "pk")]


ITEMS_OUT.append(items_out)


def items_moved(row, *, by, undone=False) -> None:
    """What a noted return says of items stands in the ledger too. Raises ``Refused``."""
    award = row.cancellation.award
    if row.to_holder:
        _given_again(award, row, by, undone)
    elif undone:
        _not_back(award, row, by)
    else:
        _back(award, row, by)


ITEM_MOVES.append(items_moved)


def _is_named(due) -> bool:
    """Whether it bears a name, so that nobody else can have it."""
    return due.kind.source == ItemKind.Source.PRINTED


def _of(dues, row):
    """Those that ``row`` names; all where it names none."""
    keys = [key for key in map(key_or_none, row.parts) if key]
    return dues.filter(pk__in=keys) if keys else dues


def _back(award, row, by):
    """What of that which was handed over the return names comes into the store."""
    dues = held(_of(award.dues.filter(state=State.HANDED), row))
    if not dues:
        return
    facts = {"by": by, "day": row.day, "partner": row.giver, "paper": row.paper, "note": f"Thu hồi: {award.name}"[:300]}
    lines = list(HandoverLine.objects.filter(due__in=dues, returned=False).select_related("due"))
    bring_in(lines, write(Sort.BACK, [(due.kind, 1, due) for due in dues], **facts))
    if named := [due for due in dues if _is_named(due)]:
        write(Sort.WRITTEN_OFF, [(due.kind, -1, due) for due in named], **facts)
    free_lines(dues, "")
    turn(dues, State.BACK, "Đã thu hồi", "recover", by=by, is_lost=True)
    for sheet in Certificate.objects.filter(due__in=dues, state=Sheet.PRINTED).order_by("pk"):
        sheets.recover(sheet, by=by, reason=f"Khen thưởng đã {award.lost_words.lower()} {award.cancelled_by}")


def _not_back(award, row, by):
    """They had not come back: the store gives up what was kept of them for others."""
    dues = held(_of(award.dues.filter(state=State.BACK, is_lost=True), row))
    if not dues:
        return
    there = [due for due in dues if not _is_named(due)]
    if there:
        give_up(Counter(due.kind_id for due in there))
        made = write(
            Sort.MENDED_OUT, [(due.kind, -1, due) for due in there], by=by, day=timezone.localdate(), partner=row.giver,
            paper=row.paper, note="Gỡ lần thu hồi ghi nhầm",
        )  # fmt: skip
        _take_out_again(made)
    for due in dues:
        line = HandoverLine.objects.filter(due=due).order_by("-pk").first()
        HandoverLine.objects.filter(pk=line and line.pk).update(returned=False)
    turn(dues, State.HANDED, "Gỡ lần thu hồi ghi nhầm", "undo_recover", by=by, is_lost=False)
    for sheet in Certificate.objects.filter(due__in=dues, state=Sheet.RECOVERED).order_by("-pk"):
        if not Certificate.objects.filter(due=sheet.due_id, state=Sheet.PRINTED).exists():
            _stands_again(sheet, by)


def _take_out_again(movement):
    """Pieces with numbers that had come by the return go with its opposite. Raises ``Refused`` where one went elsewhere."""
    for line in movement.lines.select_related("kind", "due"):
        pieces = Serial.objects.filter(came__due=line.due, came__quantity=1).order_by("-pk")[:1]
        for piece in pieces:
            if piece.went_id:
                raise Refused(f"{line.kind}: số hiệu {piece.number} đã xuất sau lần thu hồi này nên không gỡ được.")
            piece.went = line
            piece.save()


def _stands_again(sheet, by):
    before = {"Trạng thái": sheet.get_state_display(), "Lý do": sheet.lost_for}
    sheet.state, sheet.lost_for = Sheet.PRINTED, ""
    sheets.SHEETS.store(sheet)
    sheets.SHEETS.tell(sheet, "undo_recover", "Gỡ thu hồi", by=by, before=before, after={"Trạng thái": "Đã in"})


def _given_again(award, row, by, undone):
    """An award that was restored: what is owed again goes out of the store."""
    dues = list(award.dues.select_related("kind"))
    if undone:
        if any(due.state == State.HANDED for due in dues):
            raise Refused("Hiện vật đã giao qua kho: hãy «Nhận lại» ở lần giao, rồi gỡ.")
        return
    short = [due.kind.name for due in dues if due.state == State.SHORT]
    if short:
        raise Refused(
            f"Chưa trao lại được, trong kho chưa có: {', '.join(short)}. Hãy in, nhập kho trước.", "all_items"
        )
    ready = {due.pk: "Trao lại" for due in dues if due.state == State.RESERVED}
    if ready:
        hand_over(award.unit or by.unit, ready, by=by, day=row.day, receiver=row.giver, letter=row.paper)


def handed_again(rows, day, by) -> None:
    """Where all items of an award that was restored went out, they were given back to whom they are."""
    awards = Award.objects.filter(dues__in=rows, back_on__isnull=False, cancelled_on=None).distinct()
    for award in awards:
        loss = cancellation_of(award)
        if not (loss and loss.restored_on and loss.items_left) or award.dues.exclude(state=State.HANDED).exists():
            continue
        with transaction.atomic():
            Return.objects.create(
                cancellation=loss, day=day, giver=award.name[:200], paper="Giao hiện vật", all_items=True, to_holder=True,
                by=by,
            )  # fmt: skip


HANDED.append(handed_again)
