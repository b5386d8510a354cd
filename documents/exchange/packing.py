"""Packages are made of issued papers, and laid into the folder for the system beside."""

import hashlib
import re
from dataclasses import replace

from django.db import transaction
from django.utils import timezone

from ..papers.models import Effect, IssuedCopy
from ..signing.models import FileLooked
from ..steps.log import record
from ..steps.models import PAPER
from ..steps.refusing import Refused, first_of
from ..uploads.models import Upload
from . import folder
from .edxml import NEW, RECALL, REPLACE, UPDATE, File, Organ, Package, written
from .elements import MOST_BYTES
from .models import AxisPackage, AxisReceiver, AxisType
from .rules import businesses, ends, key_on_axis, sender_of, sent_to

Business = AxisPackage.Business
# Bytes of packages that are stored at once.
_MOST_STORED = 300 * 1024 * 1024


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
