"""Packages are made of issued papers and dropped; packages that come are read, told apart and put into the book by a person."""

import hashlib
import os
import re
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from ..papers.models import IssuedCopy
from ..signing.models import FileLooked
from ..steps.log import record
from ..steps.models import PAPER
from ..steps.refusing import Refused, unless_taken
from ..uploads.models import Upload
from . import edxml
from .edxml import NEW, File, Organ, Package, PackageRefused, Status, parsed, written
from .models import AxisOrgan, AxisPackage, AxisReceiver, AxisType

OUT, IN, TAKEN, FAULTY = "gui", "nhan", "da-nhan", "loi"
SUFFIX = ".edxml"
Business = AxisPackage.Business


# --- Out


def may_send(document, user) -> bool:
    """Whether ``user`` makes packages of ``document``: one of ours that was issued, for those of its unit who write."""
    return document.is_ours and document.is_frozen and document.is_of(user)


@transaction.atomic
def pack(document, organs, *, by, business=NEW, reason="", each=False) -> list[AxisPackage]:
    """The packages of an issued paper: one for all ``organs``, or one for each. They lie in the folder, if there is one.

    Raises ``Refused`` where the axis does not know the sender or the type, and for a recall without its reason.
    """
    if business != NEW and not reason.strip():
        raise Refused("Hãy ghi lý do thu hồi, cập nhật hoặc thay thế: nơi nhận đọc lý do này.", "reason")
    groups = [[organ] for organ in organs] if each else [list(organs)]
    made = [_packed(document, group, by, business, reason.strip()) for group in groups]
    told = f"{Business(business).label}: {', '.join(organ.name for organ in organs)}"
    record(PAPER, document, "Tạo gói liên thông", by=by, reason=told[:1000], what="package")
    transaction.on_commit(lambda: [drop(package) for package in made])
    return made


def _packed(document, organs, by, business, reason):
    """One package, stored with its receivers."""
    package = _package(document, organs, business, reason)
    content = written(package)
    row = AxisPackage.objects.create(
        way=AxisPackage.Way.OUT, unit=by.unit, key=package.key, business=business, document=document,
        subject=document.subject[:500], sender=package.sender.name[:250], content=content,
        sha256=hashlib.sha256(content).hexdigest(), by=by,
    )  # fmt: skip
    AxisReceiver.objects.bulk_create(AxisReceiver(package=row, organ=organ) for organ in organs)
    return row


def _package(document, organs, business, reason) -> Package:
    sender = AxisOrgan.objects.filter(unit=document.issuer_unit_id).first()
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
        to=tuple(Organ(organ.code, organ.name) for organ in organs),
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
        sent_at=timezone.localtime().replace(microsecond=0),
        files=(_file(document), *_attached(document)),
    )


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


def drop(package) -> Path | None:
    """Lay a package into the folder from which the system beside takes it; None where the office has no such folder."""
    if not settings.EXCHANGE_DIR:
        return None
    folder = Path(settings.EXCHANGE_DIR) / OUT
    folder.mkdir(parents=True, exist_ok=True)
    place = folder / file_name(package)
    # Under its name only when it is whole: whoever looks there takes what is there.
    half = place.with_suffix(".part")
    half.write_bytes(bytes(package.content))
    os.replace(half, place)
    return place


def file_name(package) -> str:
    """How the file of a package is called."""
    return f"{package.pk:06d}-{re.sub(r'[^0-9A-Za-z]+', '-', package.key)[:80].strip('-')}{SUFFIX}"


# --- In


@transaction.atomic
def take(content: bytes, *, by) -> AxisPackage | AxisReceiver:
    """Keep a package that came to the unit of ``by``, or what a receiver's system tells of one that went out.

    Raises ``Refused`` for what is none, and for one that was taken before.
    """
    try:
        found = parsed(content)
    except PackageRefused as refused:
        raise Refused(f"Không nhận được gói: {refused}.") from None
    if isinstance(found, Status):
        return _tell_state(found, by)
    facts = {"way": AxisPackage.Way.IN, "unit": by.unit}
    sha256 = hashlib.sha256(content).hexdigest()
    if AxisPackage.objects.filter(**facts, sha256=sha256).exists():
        raise Refused(f"Gói này đã nhận rồi: {found.reference} của {found.sender.name}.")
    same = AxisPackage.objects.filter(**facts, key=found.key, business=NEW)
    if found.business == NEW and same.exists():
        raise Refused(
            f"Văn bản {found.reference} của {found.sender.name} đã nhận bằng một gói khác. Nếu là bản cập nhật, "
            "đề nghị nơi gửi gửi gói «Cập nhật»."
        )
    with unless_taken("Gói này vừa được người khác nhận."):
        return AxisPackage.objects.create(
            **facts, key=found.key[:150], business=found.business, subject=found.subject[:500],
            sender=f"{found.sender.name} ({found.sender.code})"[:250], content=content, sha256=sha256, by=by,
            document=_known(found, by, same),
        )  # fmt: skip


def _known(found, by, same):
    """The paper in the book that a recall, an update or a replacement is about, as far as it came by a package before."""
    first = None if found.business == NEW else same.exclude(document=None).select_related("document").first()
    return first.document if first else None


def _tell_state(found, by) -> AxisReceiver:
    """Store what a receiver's system tells; raises ``Refused`` where nothing went to it."""
    rows = AxisReceiver.objects.select_for_update(of=("self",)).filter(
        package__way=AxisPackage.Way.OUT,
        package__unit__in=by.inherited_units,
        package__key=found.key,
        organ__code=found.sender,
    )
    row = rows.order_by("-package__pk").first()
    if row is None:
        raise Refused(f"Trạng thái này của {found.sender} nói về một gói không gửi từ đây ({found.key[:100]}).")
    at = timezone.make_aware(found.at) if found.at else timezone.now()
    if row.told_at is None or row.told_at <= at:
        row.state, row.words, row.told_at = found.code[:10], found.words[:300], at
        row.save()
    return row


def waiting_files() -> list[Path]:
    """The files that lie in the folder and wait to be taken."""
    folder = Path(settings.EXCHANGE_DIR) / IN if settings.EXCHANGE_DIR else None
    return sorted(folder.glob(f"*{SUFFIX}")) + sorted(folder.glob("*.xml")) if folder and folder.is_dir() else []


def collect(*, by) -> tuple[int, list[str]]:
    """Take every file that waits in the folder: how many were taken, and for each other one its name and why it was not.

    What was taken is laid aside; what was not too, beside a text that says why.
    """
    taken, refused = 0, []
    for place in waiting_files():
        try:
            if place.stat().st_size > edxml.MOST_BYTES:
                raise Refused(f"Gói lớn quá {edxml.MOST_BYTES // 1024 // 1024} MB.")
            take(place.read_bytes(), by=by)
        except FileNotFoundError:
            continue  # another person took it a moment ago
        except Refused as why:
            refused.append(f"{place.name}: {why}")
            _lay_aside(place, FAULTY, str(why))
        else:
            taken += 1
            _lay_aside(place, TAKEN)
    return taken, refused


def _lay_aside(place, folder, why=""):
    target = place.parent / folder
    target.mkdir(exist_ok=True)
    os.replace(place, target / place.name)
    if why:
        (target / f"{place.name}.txt").write_text(why, "utf-8")


def package_in(row) -> Package:
    """What a package that came holds."""
    return parsed(bytes(row.content))


def close(row, document) -> None:
    """Note that a package is in the book as ``document``, or that what it asks was seen to."""
    row.document, row.done_at = document, timezone.now()
    row.save()
