"""Papers of other bodies come into the register: cited, spoken or received; corrected; replaced or recalled by another.

Every change of an entry, and of an arrival, leaves a row of the log with what stood there before. A number of arrival comes
from the series of the unit that got the paper, under its lock (NĐ 30/2020, Điều 22).
"""

from datetime import date

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from units.acting import acts
from units.models import Unit
from units.permissions import PROVINCE_WRITERS, may_write

from ..deliveries.models import Delivery
from ..papers.models import Document, DocumentType, Effect
from ..source.references import is_same_body, reference_key
from ..source.types import SPOKEN
from ..steps import log
from ..steps.models import ARRIVAL, EDIT, PAPER
from ..steps.refusing import Refused, refuse_stale
from .models import Arrival, NumberSeries
from .numbers import RunsBackwards, give, series_for

Origin, State = Document.Origin, Document.State

# What an edit of an entry compares; the rest of a paper is not recorded for papers of others.
FACTS = [
    "type",
    "reference",
    "issuer_name",
    "issuer_unit",
    "occasion",
    "subject",
    "effective_from",
    "effective_to",
    "note",
    "signer_name",
    "urgency",
    "state",
]
# What the book tells of an arrival beside its number and day, which stay.
ARRIVAL_FACTS = ["handed_to", "handed_on", "note"]
BACKWARDS = (
    "Số đến lấy theo thứ tự tiếp nhận, mà sổ đã ghi đến một ngày sau ngày này. Hãy ghi từ ngày cuối trong sổ trở đi; ngày nhận "
    "thật ghi ở ô Ghi chú."
)
# Where the register seems to hold a paper already, a person says first that it is another one.
IS_SAME = "Hãy mở văn bản đã có để so; nếu là văn bản khác, đánh dấu ô này rồi lưu."


def may_register(user) -> bool:
    """Whether ``user`` may record what everybody cites."""
    return may_write(user) and user.role in PROVINCE_WRITERS


def may_correct(document, user) -> bool:
    """Whether ``user`` may correct this entry: those who may make one like it."""
    if document.origin == Origin.CITED:
        return may_register(user)
    kept = document.origin in (Origin.RECEIVED, Origin.SENT)
    return kept and may_write(user) and document.unit_id in user.inherited_units


def enterable_by(user):
    """Papers that the unit of ``user`` may put into its book of arrivals: those delivered to it, and those all may see."""
    delivered = Delivery.objects.filter(document=OuterRef("pk"), unit__in=user.inherited_units)
    return Document.objects.filter(Q(origin=Origin.CITED) | Exists(delivered), state__in=Document.FROZEN).exclude(
        type__code=SPOKEN
    )


def same_papers(document, user) -> list[Document]:
    """Papers in the register with this number, symbol, issuing body and year: likely the same (NĐ 30/2020, Phụ lục VI)."""
    key = reference_key(document.reference)
    if not key:
        return []
    alike = Document.objects.open_to(user).with_names().filter(reference_key=key)
    if document.year:
        alike = alike.filter(Q(year=document.year) | Q(year=None))
    return [row for row in alike.exclude(pk=document.pk) if _same_body(row, document)]


def _same_body(one, other):
    return is_same_body(one.issuer_name, other.issuer_name) or (
        one.issuer_unit_id is not None and one.issuer_unit_id == other.issuer_unit_id
    )


def _refuse_same(document, by, holder):
    """Raise ``Refused``, which asks, where the register seems to hold ``document``. ``holder``: a row that all who enter such
    papers lock first.

    Of two who send the same paper at one moment the second one looks when the first has stored it.
    """
    list(holder.select_for_update(of=("self",), no_key=True))
    if same_papers(document, by):
        raise Refused(IS_SAME, "other")


def _register_of_all():
    """The row that everybody holds who records what all cite."""
    return DocumentType.objects.filter(code=SPOKEN)


@transaction.atomic
def record(document, *, by, is_other=True) -> Document:
    """Store a paper that others issued and ours cite.

    ``is_other``: a person says that it is none of those that the register holds; otherwise ``Refused`` may ask.
    """
    if not is_other:
        _refuse_same(document, by, _register_of_all())
    document.origin = Origin.CITED
    document.save()
    _log(document, {}, by=by)
    return document


@transaction.atomic
def record_spoken(document, *, by) -> Document:
    """Store a direction by word of mouth, under a reference of our own by which it can be cited: ``YK 14/02/2020``."""
    # Whoever holds the row of the type finds a free reference; the next one waits.
    document.type = DocumentType.objects.select_for_update(of=("self",)).get(code=SPOKEN)
    document.reference = _free_handle(f"{SPOKEN} {document.date_text}")
    return record(document, by=by)


def _free_handle(wanted):
    """``wanted``, or with ``-2``, ``-3`` … behind it where it is taken."""
    taken = set(Document.objects.filter(reference__startswith=wanted).values_list("reference", flat=True))
    following = (f"{wanted}-{number}" for number in range(2, len(taken) + 3))
    return next(handle for handle in [wanted, *following] if handle not in taken)


@transaction.atomic
def receive(document, *, by, arrived_on: date, is_other=True, handed_to="", handed_on=None, note="") -> Arrival:
    """Store a paper that came to the unit of ``by``, and give it the next number of arrival. ``is_other``: as for ``record``.

    Raises ``Refused`` for a day that cannot be.
    """
    if not is_other:
        _refuse_same(document, by, Unit.objects.filter(pk=by.unit_id).order_by())
    document.origin, document.unit = Origin.RECEIVED, by.unit
    document.save()
    arrival = _arrive(document, by=by, arrived_on=arrived_on, handed_to=handed_to, handed_on=handed_on, note=note)
    _log(document, {}, by=by)
    return arrival


@transaction.atomic
def record_sent(document, *, by, is_other=True) -> Document:
    """Store a paper that the unit of ``by``, or one that went wholly into it, issued outside the program.

    Those of the unit see it, and whoever the rules of any paper let. ``is_other``: as for ``record``. Raises ``Refused``.
    """
    if not acts(by):
        raise Refused("Tài khoản này không ghi được văn bản đi: đơn vị đã kết thúc hoạt động, hoặc chỉ được xem.")
    if not is_other:
        _refuse_same(document, by, Unit.objects.filter(pk=by.unit_id).order_by())
    refuse_body(document, by)
    document.origin, document.unit = Origin.SENT, by.unit
    document.save()
    _log(document, {}, by=by)
    return document


def refuse_body(document, user) -> None:
    """Raise ``Refused`` where ``document``, sent outside the program, is of no body of ``user``, or older or younger."""
    body = document.issuer_unit
    if body is None or body.pk not in user.inherited_units:
        raise Refused(
            "Chỉ ghi văn bản của đơn vị mình, hoặc của đơn vị cũ đã nhập toàn bộ vào đơn vị mình.", "issuer_unit"
        )
    day = document.date.for_rules(timezone.localdate())
    if not body.is_alive_on(day):
        raise Refused(
            f"{body.label} không hoạt động vào ngày {day:%d/%m/%Y}. Hãy xem lại ngày, hoặc chọn đơn vị khi đó.",
            "issuer_unit",
        )


@transaction.atomic
def enter(document, *, by, arrived_on: date | None = None, handed_to="", handed_on=None, note="") -> Arrival:
    """Put a paper that the program holds (delivered, or cited by all) into the book of the unit of ``by``; today without a day.

    Raises ``Refused`` where it is there already, or for a day that cannot be.
    """
    paper = Document.objects.select_for_update(of=("self",)).get(pk=document.pk)
    known = paper.arrivals.filter(unit__in=by.inherited_units).first()
    if known:
        raise Refused(f"Văn bản này đã vào sổ: số đến {known.number:02d}, ngày {known.arrived_on:%d/%m/%Y}.")
    arrived_on = arrived_on or timezone.localdate()
    return _arrive(paper, by=by, arrived_on=arrived_on, handed_to=handed_to, handed_on=handed_on, note=note)


def _arrive(document, *, by, arrived_on, **facts):
    """The row in the book, with its number."""
    if document.year and arrived_on < date(document.year, document.month or 1, document.day or 1):
        raise Refused(
            f"Ngày đến sớm hơn ngày văn bản ({document.date_text}). Hãy sửa lại một trong hai ngày.", "arrived_on"
        )
    try:
        number = give(series=series_for(by.unit, NumberSeries.Direction.IN), day=arrived_on)
    except Refused as refused:
        # Whatever the book refuses is about its day.
        raise Refused(BACKWARDS if isinstance(refused, RunsBackwards) else str(refused), "arrived_on") from None
    arrival = Arrival.objects.create(
        unit=by.unit,
        document=document,
        year=arrived_on.year,
        number=number.number,
        arrived_on=arrived_on,
        by=by,
        **facts,
    )
    number.keep()
    return arrival


@transaction.atomic
def correct(document, *, by, seen_version, reason="") -> Document:
    """Store the corrected facts of an entry; one that changes nothing leaves no trace. ``reason``: for the log.

    Raises ``Stale`` where somebody else saved since ``seen_version``.
    """
    stored = _held(document)
    refuse_stale(PAPER, stored, seen_version, log=stored.edits)
    before = _facts(stored)
    if before == _facts(document):
        return document
    if document.origin == Origin.SENT:
        refuse_body(document, by)
    document.version = stored.version + 1
    document.save()
    _log(document, before, by=by, reason=reason)
    return document


@transaction.atomic
def correct_arrival(arrival, *, by, seen_version) -> Arrival:
    """Store what a unit's own book tells of an ``arrival``, whosever the paper is. As ``correct`` otherwise."""
    stored = Arrival.objects.select_for_update(of=("self",)).get(pk=arrival.pk)
    refuse_stale(ARRIVAL, stored, seen_version)
    before, after = (log.words_of(row, ARRIVAL_FACTS) for row in (stored, arrival))
    if before != after:
        arrival.version = stored.version + 1
        arrival.save()
        log.record(ARRIVAL, arrival, "Sửa trong sổ", by=by, before=before, after=after, what=EDIT)
    return arrival


@transaction.atomic
def supersede(target, *, by, paper, kind: Effect.Kind, since: date | None = None, reason="") -> Effect:
    """Record that ``paper`` replaces or recalls ``target``, another entry, from ``since`` (or the day ``paper`` holds from).

    Raises ``Refused``.
    """
    found = _held(target)
    _refuse_relation(found, paper)
    _become(
        found, Effect.OUTCOME[Effect.Kind(kind)], since or paper.effective_from or paper.dated, by=by, reason=reason
    )
    return Effect.objects.create(paper=paper, target=found, kind=kind, reason=reason)


@transaction.atomic
def recall(target, *, by, since: date, reason) -> Document:
    """Record that the body of ``target``, an entry, recalled it by a word of its own, without a paper (NĐ 30/2020, Điều 18.4).

    Raises ``Refused`` where it was replaced or recalled before.
    """
    found = _held(target)
    _refuse_ended(found)
    _become(found, State.RECALLED, since, by=by, reason=reason)
    return found


def _become(found, state, since, *, by, reason=""):
    """Store what became of an entry, and since when."""
    before = _facts(found)
    found.state, found.effective_to, found.version = state, since, found.version + 1
    found.save()
    _log(found, before, by=by, reason=reason)


def _refuse_relation(target, paper):
    """Raise ``Refused`` where ``paper`` cannot have ended ``target``."""
    _refuse_ended(target)
    if paper.pk == target.pk:
        raise Refused("Một văn bản không tự thay thế mình. Hãy ghi số của văn bản mới.", "paper")
    if paper.dated < target.dated:
        raise Refused(
            f"{paper.name} có ngày {paper.date_text}, sớm hơn văn bản này ({target.date_text}). Hãy kiểm tra lại số.",
            "paper",
        )
    if paper.affected_by.filter(paper=target).exists():
        raise Refused(f"{target.name} đã được ghi là văn bản thay thế, thu hồi {paper.name}.", "paper")
    if target.origin == Origin.CITED and paper.origin != Origin.CITED:
        raise Refused(
            f"{paper.name} chỉ có trong sổ riêng của đơn vị. Hãy ghi văn bản đó làm căn cứ để mọi đơn vị thấy, "
            "rồi ghi lại quan hệ này.",
            "paper",
        )


def _refuse_ended(target):
    if target.state != State.ISSUED:
        raise Refused(f"{target.name} đang ở trạng thái «{target.get_state_display()}». Hãy gỡ quan hệ cũ trước.")


@transaction.atomic
def release(effect, *, by) -> Document:
    """Take back what ``supersede`` recorded by mistake: the target holds again."""
    found = restore(effect.target, by=by)
    effect.delete()
    return found


@transaction.atomic
def restore(target, *, by) -> Document:
    """Take back what ``recall`` recorded by mistake: ``target`` holds again."""
    found = _held(target)
    _become(found, State.ISSUED, None, by=by)
    return found


def _held(document) -> Document:
    """The entry as it stands, held until the transaction ends."""
    return Document.objects.select_for_update(of=("self",)).select_related("type", "issuer_unit").get(pk=document.pk)


def _facts(document) -> dict:
    """Everything that a person records, in words, for comparing before and after."""
    return log.words_of(document, FACTS) | {"Ngày văn bản": document.date_text}


def _log(document, before, *, by, reason=""):
    """Leave the row that tells what changed."""
    told = "Sửa trong sổ" if before else "Ghi vào sổ"
    log.record(PAPER, document, told, by=by, before=before, after=_facts(document), what=EDIT, reason=reason)
