"""Packages are made of issued papers; packages that come are read, told apart, put into the book or noted there by a person."""

import hashlib
import re
from dataclasses import asdict, replace
from datetime import timedelta

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from ..checks.inspecting import Facts, inspect, own_name
from ..checks.refusing import UploadRefused
from ..papers.models import Document, Effect, IssuedCopy
from ..papers.rules import MARKED, secret_mark
from ..register import actions as register
from ..signing.models import FileLooked
from ..steps.log import record
from ..steps.models import PAPER
from ..steps.refusing import Refused, first_of, unless_taken
from ..uploads.actions import keep
from ..uploads.models import Upload
from . import folder
from .edxml import NEW, RECALL, REPLACE, UPDATE, File, Organ, Package, PackageRefused, Status, status_written, written
from .elements import MOST_BYTES
from .models import AxisOrgan, AxisPackage, AxisReceiver, AxisState, AxisTold, AxisType
from .reading import parsed
from .rules import (
    businesses,
    differences,
    ends,
    facts_of,
    faults_of,
    has_file,
    key_on_axis,
    may_mark,
    sender_of,
    sent_to,
)

Business, Outcome = AxisPackage.Business, AxisPackage.Outcome
# What can be taken back; bytes of packages that are stored at once.
UNDONE = (Outcome.RECALLED, Outcome.SEEN, Outcome.RETURNED)
_MOST_STORED = 300 * 1024 * 1024


class Taken(Refused):
    """A package that was taken before."""


# --- Out


@transaction.atomic
def pack(document, organs, *, by, business=NEW, reason="", each=False) -> list[AxisPackage]:
    """The packages of an issued paper: one for all ``organs``, or one for each. They lie in the folder, if there is one.

    Raises ``Refused`` where the axis does not know the sender or the type, for what the register does not have of the paper
    (a recall of one that holds), for those who have it already, and for a recall without its reason.
    """
    organs, reason = list(organs), reason.strip()
    _refuse_business(document, organs, business, reason)
    groups = [[organ] for organ in organs] if each else [organs]
    package = _package(document, business, reason)
    _refuse_large(package, len(groups))
    made = [_packed(document, package, group, by) for group in groups]
    named = first_of((organ.name for organ in organs), "nơi", between=", ", most=8)
    told = f"{Business(business).label}: {named}" + (f". Lý do: {reason}" if reason else "")
    record(PAPER, document, "Tạo gói liên thông", by=by, reason=told, what="package")
    transaction.on_commit(lambda: [folder.drop(package) for package in made])
    return made


def _refuse_business(document, organs, business, reason):
    """Raise ``Refused`` for a package that would tell otherwise than the register, or tell it again."""
    may = businesses(document)
    if business not in may:
        offered = first_of((f"«{Business(one).label}»" for one in may), "nghiệp vụ", between=", ")
        raise Refused(
            f"Trong sổ, {document.name} đang ở trạng thái «{document.get_state_display()}» nên không gửi gói "
            f"«{Business(business).label}». " + (f"Chọn {offered}." if may else "Hãy gửi văn bản thay thế nó."), "business"
        )  # fmt: skip
    if business != NEW and not reason:
        raise Refused("Hãy ghi lý do thu hồi, cập nhật hoặc thay thế: nơi nhận đọc lý do này.", "reason")
    had = {*sent_to(document).values_list("pk", flat=True)}
    wrong = [organ.name for organ in organs if (organ.pk in had) == (business in (NEW, REPLACE))]
    if wrong:
        told = "đã có gói của văn bản này; bỏ chọn, hoặc chọn «Cập nhật»" if business in (NEW, REPLACE) else (
            "chưa nhận văn bản này qua trục nên không có gì để thu hồi, cập nhật; hãy bỏ chọn"
        )  # fmt: skip
        raise Refused(f"{first_of(wrong, 'nơi', between=', ')} {told}.", "organs")


def _refuse_large(package, many):
    """Raise ``Refused`` for files that make a package larger than one that is taken, or ``many`` of them more than is stored at
    once; written out, a file takes a third more.
    """
    size = sum(len(file.content) for file in package.files) * 4 // 3
    megabytes = size // 1024 // 1024 + 1
    if size > MOST_BYTES:
        raise Refused(
            f"Các tệp làm gói nặng {megabytes} MB, một gói chỉ được tới {MOST_BYTES // 1024 // 1024} MB. Hãy bớt tệp kèm theo."
        )
    if size * many > _MOST_STORED:
        told = f"{many} gói, mỗi gói {megabytes} MB, là quá nhiều một lần"
        raise Refused(f"{told}. Hãy bỏ dấu ở đây để gửi một gói chung, hoặc chia nơi nhận.", "each")


def _packed(document, package, organs, by):
    """One package for ``organs``, stored with its receivers."""
    content = written(replace(package, to=tuple(Organ(organ.code, organ.name) for organ in organs)))
    row = AxisPackage.objects.create(
        way=AxisPackage.Way.OUT, unit=by.unit, key=package.key[:150], business=package.business, document=document,
        subject=document.subject[:500], sender=package.sender.name[:250], content=content, reason=package.reason[:500],
        sha256=hashlib.sha256(content).hexdigest(), by=by,
    )  # fmt: skip
    AxisReceiver.objects.bulk_create(AxisReceiver(package=row, organ=organ) for organ in organs)
    return row


def _package(document, business, reason) -> Package:
    """What goes out of ``document``, to nobody yet."""
    sender = sender_of(document)
    if sender is None:
        raise Refused(
            f"Chưa ghi mã định danh của {document.issuer_name}. Người quản trị thêm ở Quản trị → Cơ quan trên trục liên thông."
        )
    known = AxisType.objects.filter(type=document.type_id).first()
    if known is None:
        raise Refused(
            f"Chưa ghi mã của loại «{document.type}» trên trục. Người quản trị thêm ở Quản trị → Mã loại văn bản trên trục."
        )
    posts = document.capacity.split("\n")
    return Package(
        sender=Organ(sender.code, sender.name),
        to=(),
        number=f"{document.number:02d}",
        notation=document.symbol,
        place=document.place,
        day=document.dated,
        type_code=known.code,
        type_name=document.type.name,
        subject=document.subject,
        signer=document.signer_name,
        post=posts[-1],
        competence=posts[0] if len(posts) > 1 else "",
        business=business,
        reason=reason,
        about=_about(document, business),
        urgency=document.urgency,
        pages=IssuedCopy.objects.values_list("pages", flat=True).get(document=document),
        appendices=tuple(" ".join(row.title.split()) for row in document.appendices.all()),
        sent_at=timezone.localtime().replace(microsecond=0, tzinfo=None),
        files=_files(document, business),
    )


def _about(document, business) -> tuple[str, ...]:
    """Keys of the papers that the package is about beside its own."""
    if business == REPLACE:
        return tuple(filter(None, (key_on_axis(effect.target) for effect in ends(document, Effect.Kind.REPLACES))))
    return (key_on_axis(document),) if business in (RECALL, UPDATE) else ()


def _files(document, business) -> tuple[File, ...]:
    """The pages of the paper and the texts that go with it; of a recall the pages of the letter that recalls it."""
    if business != RECALL:
        return (_file(document), *_attached(document))
    return tuple(_file(effect.paper) for effect in document.affected_by.holding() if effect.paper.is_ours)


def _file(document) -> File:
    """The pages of the paper: those with signatures added behind what was issued, else what was issued."""
    name = f"{re.sub(r'[^0-9A-Za-zĐđ-]+', '-', document.reference)}.pdf"
    whole = {"kind": Upload.Kind.SIGNED, "withdrawn_at": None, "looked__words": FileLooked.Words.SAME_FILE}
    if signed := document.uploads.with_content().filter(**whole).last():
        with signed.file.open() as file:
            return File(name, file.read(), words=document.subject[:500])
    content = IssuedCopy.objects.values_list("content", flat=True).get(document=document)
    return File(name, bytes(content), words=document.subject[:500])


def _attached(document) -> list[File]:
    """The texts that go with the paper in files of their own, signed by its body."""
    files = document.uploads.with_content().filter(kind=Upload.Kind.ATTACHED, withdrawn_at=None)
    found = []
    for number, upload in enumerate(files, start=1):
        with upload.file.open() as file:
            found.append(File(f"{number:02d}-{upload.name}", file.read(), words=upload.name[:500]))
    return found


# --- In


@transaction.atomic
def take(content: bytes, *, by) -> AxisPackage | AxisTold:
    """Keep a package that came to the unit of ``by``, or what a receiver's system tells of one that went out.

    Raises ``Refused`` for what is none, what is for others, and for one that was taken before (``Taken``).
    """
    try:
        found = parsed(content)
    except PackageRefused as refused:
        raise Refused(f"Không nhận được gói: {refused}.") from None
    if isinstance(found, Status):
        return _tell_state(found, by)
    if faults := faults_of(found, by):
        raise Refused(f"Không nhận được gói: {faults[0]}.")
    facts = {"way": AxisPackage.Way.IN, "unit": by.unit}
    sha256 = hashlib.sha256(content).hexdigest()
    _refuse_double(found, sha256, facts)
    with unless_taken("Gói này vừa được người khác nhận."):
        return AxisPackage.objects.create(
            **facts, key=_key(found)[:150], business=found.business, subject=found.subject[:500], reason=found.reason[:500],
            sender=str(found.sender)[:250], content=content, sha256=sha256, by=by,
            files=_looked(found),
        )  # fmt: skip


def _key(found) -> str:
    """By what the package is found: a recall and an update with the paper that they are about."""
    return found.about[0] if found.about and found.business in (RECALL, UPDATE) else found.key


def _refuse_double(found, sha256, facts):
    rows = AxisPackage.objects.filter(**facts)
    if rows.filter(sha256=sha256).exists():
        raise Taken(f"Gói này đã nhận rồi: {found.reference} của {found.sender}.")
    if found.business == NEW and rows.filter(key=found.key[:150], business=NEW).exists():
        raise Refused(
            f"Văn bản {found.reference} của {found.sender} đã nhận bằng một gói khác. Nếu là bản cập nhật, "
            "đề nghị nơi gửi gửi gói «Cập nhật»."
        )


def _looked(found) -> list[dict]:
    """What ``inspect`` tells of each file, or why it is not kept; each file is looked into here, once."""
    return [_look(one) for one in found.files]


def _look(one) -> dict:
    try:
        return asdict(inspect(ContentFile(one.content, name=one.name)))
    except UploadRefused as refused:
        return {"name": own_name(one.name), "size": len(one.content), "fault": str(refused)}


def _tell_state(found, by) -> AxisTold:
    """Store what a receiver's system tells; raises ``Refused`` where nothing went to it, and for what was told before."""
    rows = AxisReceiver.objects.select_for_update(of=("self",)).filter(
        package__way=AxisPackage.Way.OUT, package__unit__in=by.inherited_units, package__key=found.key[:150]
    )
    row = rows.filter(organ__code=found.sender).order_by("-package__pk").first()
    if row is None:
        told = "chưa gửi cho nơi ấy" if rows.exists() else "không gửi từ đây"
        raise Refused(f"Trạng thái của {found.sender} nói về văn bản {told} ({found.key[:100]}).")
    at = timezone.make_aware(found.at) if found.at else timezone.now()
    if at > timezone.now() + timedelta(days=1):  # what clocks differ by
        raise Refused(f"Trạng thái của {row.organ} ghi lúc {found.at:%H:%M %d/%m/%Y}, là lúc chưa đến.")
    facts = {"receiver": row, "state": found.code[:10], "at": at}
    if row.told.filter(**facts).exists():
        raise Taken(f"Trạng thái này của {row.organ.name} đã ghi rồi.")
    return AxisTold.objects.create(**facts, words=found.words[:300])


def collect(*, by) -> folder.Collected:
    """Take every file that waits in the folder. Raises ``Refused`` where the folder cannot be used now."""

    def one(content):
        try:
            found = take(content, by=by)
        except Taken:
            return "doubles"
        return "packages" if isinstance(found, AxisPackage) else "states"

    return folder.collect(one)


def package_in(row) -> Package:
    """What a package that came holds."""
    return parsed(bytes(row.content))


def files_in(row, found) -> list[dict]:
    """What was seen of each of its files when it came; of one that came before that was kept, what is seen now."""
    return _looked(found) if row.files is None else row.files


# --- What a person does with one that came


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
        Status(own.code, _key(found), code, words, at),
        found.sender,
        found.reference,
        found.day,
        Organ(own.code, own.name),
    )
    return f"trang-thai-{folder.file_name(row)}", content
