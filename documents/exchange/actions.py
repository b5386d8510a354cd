"""What a person does with a package that came: into the book, noted there, given back; and what its sender is told of it."""

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from ..checks.inspecting import Facts
from ..papers.models import Document, Effect
from ..papers.rules import MARKED, secret_mark
from ..register import actions as register
from ..steps.refusing import Refused
from ..uploads.actions import keep
from ..uploads.models import Upload
from . import folder
from .edxml import NEW, RECALL, REPLACE, UPDATE, Organ, Status, status_written
from .models import AxisOrgan, AxisPackage, AxisState
from .rules import differences, facts_of, has_file, may_mark
from .taking import files_in, package_in

Business, Outcome = AxisPackage.Business, AxisPackage.Outcome
# What can be taken back.
UNDONE = (Outcome.RECALLED, Outcome.SEEN, Outcome.RETURNED)


@transaction.atomic
def enter(row, found, document, *, by, replaces=(), is_other=True, **arrival):
    """Put the paper of a package into the book of arrivals with its files; what it ``replaces`` there is noted on both.

    ``arrival``: as ``register.receive`` takes it. Raises ``Refused`` for that, and where another was faster.
    """
    row = _held(row)
    register.receive(document, by=by, is_other=is_other, **arrival)
    _keep(row, found, document, by)
    for old in replaces:
        register.supersede(old, by=by, paper=document, kind=Effect.Kind.REPLACES, reason=found.reason[:1000])
    _close(row, document, Outcome.REPLACED if replaces else Outcome.ENTERED, by)


@transaction.atomic
def mark(row, found, document, *, by) -> None:
    """Note on ``document``, a paper in the register, that its body recalled or changed it, as the package ``row`` says.

    Raises ``Refused`` where that is not this person's to note, for what is no longer so, and where another was faster.
    """
    row = _held(row)
    if not may_mark(document, by):
        raise Refused("Văn bản này không do đơn vị bạn ghi vào sổ nên không ghi thay đổi được.")
    if found.business == RECALL:
        today = timezone.localdate()
        since = max(min(found.sent_at.date(), today) if found.sent_at else today, document.dated)
        register.recall(document, by=by, since=since, reason=_reason(found))
        _keep(row, found, document, by)
        _close(row, document, Outcome.RECALLED, by)
    else:
        _update(row, found, document, by)


def _reason(found) -> str:
    sender, business = found.sender.name or found.sender.code, Business(found.business).label
    return f"{sender} gửi gói «{business}» qua trục. {found.reason}".strip()[:1000]


def _update(row, found, document, by):
    """Take over what the package has otherwise, and its new files."""
    if word := secret_mark(found.subject):
        raise Refused(MARKED.format(word))
    changed = Document.objects.get(pk=document.pk)
    new = facts_of(found)
    for one in differences(document, found, new):
        for name in ("year", "month", "day") if one.field == "date" else [one.field] if one.field else ():
            setattr(changed, name, new[name])
    register.correct(changed, by=by, seen_version=document.version, reason=_reason(found))
    _keep(row, found, document, by)
    _close(row, document, Outcome.UPDATED, by)


def see(row, *, by) -> None:
    """Note that a recall, an update, a replacement was looked at, and nothing in the register changed for it."""
    _close(_held(row), None, Outcome.SEEN, by)


@transaction.atomic
def give_back(row, *, by, reason) -> None:
    """Tell the sender that its paper, or what it asks, is not taken, and why. Raises ``Refused`` where another was faster."""
    row = _held(row)
    row.note = reason.strip()[:300]
    _close(row, None, Outcome.RETURNED, by)


@transaction.atomic
def reopen(row, *, by) -> None:
    """Take back what was done by mistake and put nothing into the book, or a recall: the package waits again.

    Raises ``Refused``.
    """
    row = AxisPackage.objects.select_for_update(of=("self",)).get(pk=row.pk)
    if row.outcome not in UNDONE:
        raise Refused("Gói này không gỡ được: văn bản của gói đã ở trong sổ, hãy sửa ở trang văn bản.")
    if row.outcome == Outcome.RECALLED:
        register.restore(row.document, by=by)
    row.outcome, row.done_at, row.done_by, row.document, row.note = Outcome.WAITING, None, None, None, ""
    row.save()


def _held(row) -> AxisPackage:
    """The package as it stands; raises ``Refused`` where somebody saw to it."""
    found = AxisPackage.objects.select_for_update(of=("self",)).get(pk=row.pk)
    if found.done_at:
        raise Refused(f"Gói này {found.done_by or 'người khác'} vừa xử lý: {found.get_outcome_display()}.")
    return found


def _keep(row, found, document, by):
    """Keep the files of a package with ``document``, without those that it has, or that were refused when they came."""
    for facts, one in zip(files_in(row, found), found.files, strict=True):
        if "fault" not in facts and not has_file(document, one):
            keep(
                ContentFile(one.content, name=one.name),
                by=by,
                kind=Upload.Kind.SCAN,
                document=document,
                facts=Facts(**facts),
            )


def _close(row, document, outcome, by):
    row.document, row.outcome, row.done_at, row.done_by = document, outcome, timezone.now(), by
    row.save()
    if answer := answer_of(row, package_in(row)):
        transaction.on_commit(lambda: folder.lay(*answer))


# --- What the sender is told

# States by what was done: received, taken back or updated; of what was not taken, by what was asked (rows of ``AxisState``).
_ANSWERS = {Outcome.ENTERED: "03", Outcome.REPLACED: "03", Outcome.UPDATED: "15", Outcome.RECALLED: "15"}
_REFUSALS = {NEW: "02", REPLACE: "02", RECALL: "16", UPDATE: "16"}


def answer_of(row, found) -> tuple[str, bytes] | None:
    """The file, with its name, that tells the sender of a package what became of it: that is owed on the same day (NĐ 30/2020,
    Điều 21.2.c), and of a recall too (Điều 18.4.b). None where nothing was done, or the own unit has no code.
    """
    code = _REFUSALS[row.business] if row.outcome == Outcome.RETURNED else _ANSWERS.get(row.outcome)
    own = AxisOrgan.objects.filter(unit=row.unit_id).first()
    if code is None or own is None:
        return None
    words = row.note or AxisState.objects.filter(code=code).values_list("words", flat=True).first() or ""
    at = timezone.localtime(row.done_at).replace(microsecond=0, tzinfo=None)
    content = status_written(
        Status(own.code, found.found_by, code, words, at),
        found.sender,
        found.reference,
        found.day,
        Organ(own.code, own.name),
    )
    return f"trang-thai-{folder.file_name(row)}", content
