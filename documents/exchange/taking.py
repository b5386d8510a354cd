"""What comes over the axis is taken: a package to the unit that it is for, a state to the package that it tells of."""

import hashlib
from dataclasses import asdict
from datetime import timedelta

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from ..checks.inspecting import inspect, own_name
from ..checks.refusing import UploadRefused
from ..steps.refusing import Refused, unless_taken
from . import folder
from .edxml import NEW, Package, PackageRefused, Status
from .models import AxisPackage, AxisReceiver, AxisTold
from .reading import parsed
from .rules import faults_of


class Taken(Refused):
    """A package that was taken before."""


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
            **facts, key=found.found_by[:150], business=found.business, subject=found.subject[:500], reason=found.reason[:500],
            sender=str(found.sender)[:250], content=content, sha256=sha256, by=by,
            files=_looked(found),
        )  # fmt: skip


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
