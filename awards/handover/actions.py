"""Handing over and taking back. Each item goes once, also when two counters try: its kind and its row are held first."""

from collections import defaultdict

from django import forms
from django.db import transaction
from django.utils import timezone

from documents.steps.forms import StepForm
from documents.steps.log import words_of
from documents.steps.refusing import Refused, first_of
from documents.steps.stepping import Steps, Who
from units.permissions import may_keep_store, may_write

from ..items.models import Due
from ..log import About
from ..stock.ledger import hold, write
from ..stock.models import Movement, Serial, StockLine
from .models import Handover, HandoverLine, Notice
from .rules import takes_for

State = Handover.State
_BATCH = 500
KEEPER = Who(lambda row, user: may_keep_store(user), "thủ kho, chuyên viên Sở Nội vụ")
RECEIVING = Who(
    lambda row, user: may_write(user) and row.unit_id in user.seen_units, lambda row: f"cán bộ của {row.unit}"
)
# What rooms above do when items were handed over: functions (items, day, by), called in the same transaction.
HANDED = []
FACTS = ["way", "day", "receiver", "post", "letter", "parcel", "note", "remark"]


def _words(handover):
    return words_of(handover, FACTS) | {"Trạng thái": handover.get_state_display()}


HANDOVERS = Steps(
    Handover,
    "lần giao hiện vật",
    about=About.HANDOVER,
    words=_words,
    related=["unit", "giver__unit"],
    address="handover_step",
)


@transaction.atomic
def hand_over(
    unit, remarks, *, by, day, receiver, way=Handover.Way.COUNTER, serials=None, sample=False, **facts
) -> Handover:
    """Give ``unit`` the items of ``remarks``, {key of what is owed: what was remarked of it}; one voucher of the store.

    ``serials``: {key of what is owed: the number of the piece}, of kinds whose pieces have numbers. ``facts``: ``post``,
    ``letter``, ``parcel``, ``note``. Raises ``Refused``: then nothing was given.
    """
    if not may_keep_store(by):
        raise Refused("Giao hiện vật do thủ kho, chuyên viên Sở Nội vụ ghi.")
    _refuse_silence(remarks, receiver, way)
    asked = Due.objects.filter(pk__in=remarks)
    # Kinds before the items of awards, as everywhere.
    hold(asked.order_by().values_list("kind", flat=True).distinct())
    held = asked.select_for_update(of=("self",)).order_by("pk")
    rows = list(held.select_related("award__unit", "award__decision", "kind"))
    if len(rows) != len(remarks):
        raise Refused("Có hiện vật không còn trong sổ. Hãy tải lại trang rồi chọn lại.")
    _refuse_ended(unit, day)
    _refuse(rows, unit, day, by)
    pieces = _pieces(rows, serials or {})
    named = f"{receiver}, {facts['post']}" if facts.get("post") else receiver
    movement = write(
        Movement.Sort.HANDED, [(row.kind, -1, row) for row in rows], by=by, day=day, partner=f"{unit.name}: {named}"[:200],
        paper=facts.get("letter", ""), sample=sample,
    )  # fmt: skip
    made = Handover.objects.create(
        unit=unit,
        notice=_notice_of(rows),
        way=way,
        day=day,
        receiver=receiver,
        giver=by,
        movement=movement,
        sample=sample,
        **facts,
    )
    numbers = {key: piece.number for key, piece in pieces.items()}
    HandoverLine.objects.bulk_create(
        [
            HandoverLine(handover=made, due=row, serial=numbers.get(row.pk, ""), remark=remarks[row.pk][:200])
            for row in rows
        ],
        batch_size=_BATCH,
    )
    _take_out(pieces, movement)
    asked.update(state=Due.State.HANDED, since=day)
    for heard in HANDED:
        heard(rows, day, by)
    HANDOVERS.tell(made, "hand_over", "Giao hiện vật", by=by, after=_words(made) | _counted(rows), day=day)
    return made


def _refuse_silence(remarks, receiver, way):
    """Raise ``Refused`` where it is not said what goes, or to whom."""
    if not remarks:
        raise Refused("Hãy chọn ít nhất một hiện vật.")
    if not receiver.strip():
        raise Refused("Hãy ghi người nhận." if way == Handover.Way.COUNTER else "Hãy ghi nơi nhận.", "receiver")


def _notice_of(rows) -> Notice | None:
    """The latest notice that told of one of ``rows``."""
    return Notice.objects.sent().filter(dues__in=rows).order_by("-sent_on", "-pk").first()


def _pieces(rows, serials) -> dict[int, Serial]:
    """{key of what is owed: its piece}, of kinds of which the store has numbered pieces; they are held. Raises ``Refused``."""
    kinds = {row.kind_id for row in rows if row.kind.has_serials}
    here = defaultdict(dict)
    for piece in Serial.objects.select_for_update().filter(kind__in=kinds, went=None).order_by("pk"):
        here[piece.kind_id][piece.number] = piece
    found = {}
    for row in rows:
        if not here.get(row.kind_id):
            continue
        number = serials.get(row.pk, "").strip()
        if not number:
            raise Refused(f"{row.kind} của {row.award.name}: hãy chọn số hiệu của chiếc được giao.")
        piece = here[row.kind_id].get(number)
        if piece is None:
            raise Refused(f"{row.kind} của {row.award.name}: số hiệu {number} không có trong kho.")
        if piece in found.values():
            raise Refused(f"{row.kind}: số hiệu {number} chọn hai lần.")
        found[row.pk] = piece
    return found


def _take_out(pieces, movement):
    """Note of each piece by which line it went."""
    lines = dict(movement.lines.filter(due__in=pieces).values_list("due", "pk"))
    for key, piece in pieces.items():
        piece.went_id = lines[key]
    Serial.objects.bulk_update(pieces.values(), ["went"], batch_size=_BATCH)


def _refuse_ended(unit, day):
    """A unit that is no more takes nothing: its successor does. Nor does one that was not yet."""
    if unit.founded and day < unit.founded:
        raise Refused(f"{unit} thành lập ngày {unit.founded:%d/%m/%Y}. Hãy kiểm tra lại ngày giao.", "day")
    if not unit.is_alive_on(day):
        heirs = ", ".join(heir.name for heir in unit.successors.all())
        raise Refused(f"{unit} đã kết thúc trước ngày giao. Hãy giao cho {heirs or 'đơn vị kế thừa'}.", "unit")


def _refuse(rows, unit, day, by):
    """Raise ``Refused`` naming what cannot be given and why."""
    told, own = [], takes_for(unit)
    if unit.pk == by.unit_id:
        own.add(None)
    for row in rows:
        award = row.award
        if award.cancelled_on or not award.stands:
            told.append(f"{award.name}: khen thưởng đã hủy")
        elif row.state != Due.State.RESERVED:
            told.append(f"{award.name}, {row.kind}: {row.get_state_display().lower()}")
        elif day < award.decided_on:
            told.append(f"{award.name}: quyết định ngày {award.decided_on:%d/%m/%Y}, sau ngày giao")
        elif award.unit_id not in own:
            told.append(f"{award.name} thuộc {award.unit or f'không đơn vị nào, {by.unit} nhận để trao'}")
    if told:
        raise Refused(
            f"Chưa giao: {first_of(told, 'hiện vật')}. Chưa hiện vật nào được giao; hãy bỏ chọn rồi giao lại."
        )


def _counted(rows) -> dict[str, str]:
    found = defaultdict(int)
    for row in rows:
        found[row.kind.name] += 1
    return {name: str(number) for name, number in found.items()}


class ConfirmForm(StepForm):
    """What the unit says of what it got."""

    remark = forms.CharField(
        label="Ý kiến của đơn vị", max_length=500, required=False, help_text="Ghi nếu thiếu, hỏng, sai tên."
    )


def _gave_it(handover, user) -> str:
    return (
        "Người giao không tự xác nhận: đồng nghiệp nhận thay đơn vị xác nhận." if handover.giver_id == user.pk else ""
    )


@HANDOVERS.step("confirm", "Xác nhận đã nhận", [State.GIVEN], to=State.CONFIRMED, who=RECEIVING, form=ConfirmForm,
                fault=_gave_it, look="primary", icon="check", told="Đã xác nhận.")  # fmt: skip
def confirm(handover, *, by, remark=""):
    """The unit says that it has them."""
    handover.confirmed_by, handover.confirmed_at, handover.remark = by, timezone.now(), remark


class ParcelForm(StepForm):
    """What the post office wrote on its receipt."""

    parcel = forms.CharField(label="Số hiệu bưu gửi", max_length=60, help_text="Ghi trên biên lai của bưu chính.")

    def prepare(self):
        """A wrong one is there to be set right."""
        self.initial["parcel"] = self.row.parcel


def _not_by_post(handover, user) -> str:
    return "" if handover.way == Handover.Way.POST else "Lần giao này không qua bưu chính."


@HANDOVERS.step("parcel", "Ghi số hiệu bưu gửi", [State.GIVEN], who=KEEPER, form=ParcelForm, fault=_not_by_post,
                told="Đã ghi số hiệu bưu gửi.")  # fmt: skip
def post(handover, *, by, parcel):
    """The post office took the parcel, which its label was printed for, and gave it a number."""
    handover.parcel = parcel


@transaction.atomic
def take_back(handover, keys, *, by, day, reason) -> Movement:
    """Items of a handover that came back into the store, where they are kept for the same awards. Raises ``Refused``."""
    found = Handover.objects.select_for_update(of=("self",)).select_related("unit").get(pk=handover.pk)
    if not may_keep_store(by):
        raise Refused("Nhận lại hiện vật do thủ kho, chuyên viên Sở Nội vụ ghi.")
    if not reason.strip():
        raise Refused("Hãy ghi vì sao trả lại.", "reason")
    if day < found.day:
        raise Refused(f"Trước ngày giao ({found.day:%d/%m/%Y}).", "day")
    lines = list(found.lines.filter(due__in=keys, returned=False).select_related("due__kind", "due__award"))
    if not lines:
        raise Refused("Hãy chọn ít nhất một hiện vật đã giao, chưa trả lại.")
    hold(line.due.kind_id for line in lines)
    list(Due.objects.select_for_update().filter(pk__in=[line.due_id for line in lines]).order_by("pk"))
    lines = list(
        found.lines.filter(pk__in=[line.pk for line in lines], returned=False).select_related("due__kind", "due__award")
    )
    _refuse_lost(lines)
    movement = write(
        Movement.Sort.BACK, [(line.due.kind, 1, line.due) for line in lines], by=by, day=day, partner=found.unit.name,
        paper=str(found)[:200], note=reason[:300], sample=found.sample,
    )  # fmt: skip
    bring_in(lines, movement)
    before = _words(found)
    HandoverLine.objects.filter(pk__in=[line.pk for line in lines]).update(returned=True)
    Due.objects.filter(pk__in=[line.due_id for line in lines]).update(state=Due.State.RESERVED, since=day)
    if not found.lines.filter(returned=False).exists():
        found.state = State.RETURNED
    HANDOVERS.store(found)
    after = _words(found) | _counted([line.due for line in lines])
    HANDOVERS.tell(found, "take_back", "Nhận lại hiện vật", by=by, before=before, after=after, reason=reason, day=day)
    return movement


def _refuse_lost(lines):
    """What lost awards had comes back by another way, which keeps nothing for them. Raises ``Refused``."""
    if not lines:
        raise Refused("Hiện vật đã chọn vừa được nhận lại. Hãy tải lại trang.")
    lost = [line.due.award for line in lines if line.due.award.cancelled_on or not line.due.award.stands]
    if lost:
        raise Refused(f"{lost[0].name}: khen thưởng đã hủy. Hãy «Ghi đã thu hồi» ở trang của khen thưởng.")


def bring_in(lines, movement):
    """Pieces with numbers are in the store again, come by the lines of ``movement``."""
    numbered = {line.due_id: line for line in lines if line.serial}
    Serial.objects.bulk_create(
        [
            Serial(kind_id=row.kind_id, number=numbered[row.due_id].serial, came=row)
            for row in StockLine.objects.filter(movement=movement, due__in=numbered)
        ],
        batch_size=_BATCH,
    )
