"""After a paper is issued: units read and answer it, the sender reminds, and mails wait until a person sends them."""

from dataclasses import dataclass
from datetime import timedelta

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from units.models import Unit, User
from units.permissions import may_write
from units.text import clean

from ..papers.actions import locked
from ..papers.models import Document
from ..steps.log import record
from ..steps.refusing import Refused
from ..uploads import keep
from ..uploads.models import Upload
from .models import Answer, Delivery, Mail, Reminder

# What the log tells of here. A reminder keeps by itself who wrote what to whom.
DELIVERY, REMINDER, MAIL = "delivery", "reminder", "mail"
# A second click, or a colleague who presses the same button, comes within minutes; who reminds again on purpose, later.
SAME_REMINDER = timedelta(minutes=10)


class Pending(models.TextChoices):
    """What the sender may still wait for."""

    UNREAD = "chua-doc", "Chưa đọc"
    UNANSWERED = "chua-tra-loi", "Chưa trả lời"


def pending(deliveries, what: Pending):
    """Those of ``deliveries`` that were not yet read, or not yet answered."""
    return deliveries.filter(read_at=None) if what == Pending.UNREAD else deliveries.filter(answered_at=None)


def may_receive(user, unit_id) -> bool:
    """Whether ``user`` may confirm, answer and report for a unit."""
    return may_write(user) and unit_id in user.inherited_units


def may_follow_up(user, document) -> bool:
    """Whether ``user`` may remind the units that got ``document``, and open duties again."""
    return may_write(user) and document.unit_id in user.inherited_units


def sent_by(user):
    """The papers that this person's unit has issued, without their words."""
    papers = Document.objects.filter(origin=Document.Origin.OURS, state__in=Document.FROZEN).with_names()
    return papers.filter(unit__in=user.inherited_units).defer("body")


def _held(delivery, by) -> Delivery:
    """The delivery as it stands now, held until the transaction ends; raises ``Refused`` for a stranger."""
    if not may_receive(by, delivery.unit_id):
        raise Refused("Tài khoản của bạn không được xác nhận hoặc trả lời thay đơn vị này.")
    return Delivery.objects.select_for_update(of=("self",)).get(pk=delivery.pk)


def _see_reminders(document_id, unit_id):
    """Every reminder of a paper to a unit has now been seen."""
    Reminder.objects.filter(document=document_id, unit=unit_id, seen_at=None).update(seen_at=timezone.now())


@transaction.atomic
def mark_read(delivery, *, by) -> Delivery:
    """Note that the unit has read its paper, and the reminders above it; the first reading stays."""
    found = _held(delivery, by)
    if found.read_at is None:
        found.read_at, found.read_by = timezone.now(), by
        found.save()
        record(DELIVERY, found, "Xác nhận đã đọc", by=by, what="read")
    _see_reminders(found.document_id, found.unit_id)
    return found


@transaction.atomic
def answer(delivery, *, by, words: str = "", files=()) -> Answer:
    """Answer in words, files or both, as often as need be. The first answer's time stays; who answers has read.

    Raises ``Refused`` for an empty answer, ``documents.uploads.UploadRefused`` for a file.
    """
    found = _held(delivery, by)
    words = clean(words).strip()
    if not (words or files):
        raise Refused("Hãy viết nội dung trả lời hoặc kèm ít nhất một tệp.", "words")
    _see_reminders(found.document_id, found.unit_id)
    return keep_answer(found, "answer", "Trả lời", by=by, words=words, files=files)


def keep_answer(found, what, told, *, by, words, files, answered_at=None, **facts) -> Answer:
    """Keep what was answered, and tell the log; the first answer's time stays, and who answers has read.

    ``answered_at``: where it is not now. ``facts``: those of ``Answer`` beside.
    """
    now = timezone.now()
    if found.read_at is None:
        found.read_at, found.read_by = now, by
    found.answered_at = found.answered_at or answered_at or now
    found.save()
    row = Answer.objects.create(delivery=found, by=by, words=words, **facts)
    for file in files:
        keep(file, by=by, kind=Upload.Kind.PROOF, answer=row)
    record(DELIVERY, found, told, by=by, what=what, of=row.pk, day=row.on_paper)
    return row


@transaction.atomic
def confirm_reminder(reminder, *, by) -> None:
    """Note that the unit has seen this reminder, and any other of the same paper."""
    if not may_receive(by, reminder.unit_id):
        raise Refused("Tài khoản của bạn không được xác nhận thay đơn vị này.")
    _see_reminders(reminder.document_id, reminder.unit_id)
    record(REMINDER, reminder, "Xác nhận đã xem lời nhắc", by=by, what="see")


@dataclass(frozen=True)
class Reminded:
    """What a reminder made: a row for each unit, mails that wait in the outbox, units that have no address for mail.

    ``skipped`` are units that had been reminded in these words a moment before.
    """

    reminders: list[Reminder]
    mails: list[Mail]
    without_address: list[Unit]
    skipped: list[Unit]


@transaction.atomic
def remind(document, units, *, by, words: str, mail: bool, link: str = "") -> Reminded:
    """Remind ``units``, which got ``document`` or have a duty by it. Mails are written, not sent.

    Units that got the same words within ``SAME_REMINDER`` are skipped. ``link`` is the paper's address for mails. Raises
    ``Refused``, also where all are skipped.
    """
    units, words = list(units), clean(words).strip()
    # Held, so that of two who press the button at once the second finds what the first one wrote.
    document = locked(document.pk)
    _refuse_reminder(document, units, by, words)
    skipped = _just_reminded(document, units, words)
    units = [unit for unit in units if unit not in skipped]
    rows = [Reminder(document=document, unit=unit, words=words, by=by) for unit in units]
    reminders = Reminder.objects.bulk_create(rows)
    addresses = _addresses(units) if mail else {}
    mails = [
        Mail.objects.create(unit=by.unit, by=by, to=to, **_letter(document, unit, words, link))
        for unit in units
        for to in addresses.get(unit.pk, ())
    ]
    without = [unit for unit in units if mail and unit.pk not in addresses]
    return Reminded(reminders, mails, without, skipped)


def _just_reminded(document, units, words) -> list[Unit]:
    """Those of ``units`` that got ``words`` a moment ago; raises ``Refused`` where all of them did."""
    lately = Reminder.objects.filter(document=document, words=words, at__gt=timezone.now() - SAME_REMINDER)
    told = {row.unit_id: row for row in lately.filter(unit__in=units).select_related("by")}
    if len(told) == len(units):
        last = max(told.values(), key=lambda row: row.at)
        raise Refused(
            f"{last.by} vừa nhắc bằng đúng lời này lúc {timezone.localtime(last.at):%H:%M %d/%m/%Y}. "
            "Cần nhắc thêm, hãy viết lời nhắc khác.",
            "to",
        )
    return [unit for unit in units if unit.pk in told]


def _refuse_reminder(document, units, by, words):
    if not may_follow_up(by, document):
        raise Refused("Chỉ đơn vị soạn văn bản mới nhắc được các đơn vị nhận.", "to")
    if document.state != Document.State.ISSUED:
        raise Refused(f"Văn bản {document.get_state_display().lower()} nên không còn gì để nhắc.", "to")
    if not units:
        raise Refused("Hãy chọn ít nhất một đơn vị để nhắc.", "to")
    if not words:
        raise Refused("Hãy viết nội dung nhắc.", "words")
    concerned = Q(deliveries__document=document) | Q(assignments__duty__document=document)
    known = set(Unit.objects.filter(concerned).values_list("pk", flat=True))
    strangers = [str(unit) for unit in units if unit.pk not in known]
    if strangers:
        raise Refused(f"Văn bản này không gửi cho: {', '.join(strangers)}.", "to")


def _addresses(units) -> dict[int, list[str]]:
    """{key of a unit: its own address, else those of its people}; without the units that have none."""
    found = {unit.pk: [unit.email] for unit in units if unit.email}
    people = User.objects.filter(unit__in=[unit for unit in units if not unit.email], is_active=True).exclude(email="")
    for unit_id, email in people.values_list("unit", "email"):
        if email not in found.setdefault(unit_id, []):
            found[unit_id].append(email)
    return found


def _letter(document, unit, words, link) -> dict:
    """Subject and words of the mail that carries a reminder to one unit."""
    paper = f"{document.name} ngày {document.date_text}"
    about = " ".join(document.subject.split())
    parts = [f"Kính gửi: {unit.name}", words, f"Văn bản: {paper} của {document.issuer_name} về {about}."]
    if link:
        parts.append(f"Xem và trả lời tại: {link}")
    return {"subject": f"Nhắc việc: {paper}"[:200], "words": "\n\n".join(parts)}


# What can still be sent. A mail on its way may be handed over again: its worker may have ended, and none goes twice.
SENDABLE = (Mail.State.WAITING, Mail.State.QUEUED, Mail.State.FAILED)


@transaction.atomic
def _decide(keys, by, state, what, told) -> int:
    """Have those of the own unit's mails ``keys`` that have not gone stand in ``state``; returns how many."""
    if not may_write(by):
        raise Refused("Tài khoản của bạn chỉ được xem hộp thư.")
    mails = Mail.objects.select_for_update(of=("self",)).filter(unit__in=by.inherited_units, state__in=SENDABLE)
    found = list(mails.filter(pk__in=keys).order_by("pk"))
    Mail.objects.filter(pk__in=[mail.pk for mail in found]).update(state=state, error="")
    for mail in found:
        record(MAIL, mail, told, by=by, what=what)
    return len(found)


def send_mail(keys, *, by) -> int:
    """Hand those of the mails ``keys`` that have not gone to a worker; returns how many."""
    return _decide(keys, by, Mail.State.QUEUED, "send", "Gửi")


def drop_mail(keys, *, by) -> int:
    """Decide that those of the mails ``keys`` that have not gone never go; returns how many."""
    return _decide(keys, by, Mail.State.DROPPED, "drop", "Bỏ")
