"""Who may send what over the axis, to whom; which paper of the book a package is about, and what differs."""

import hashlib
from dataclasses import dataclass

from units.permissions import may_write

from ..checks.baring import bare
from ..papers.models import Document, DocumentType, Effect
from ..register.actions import may_correct, same_papers
from ..steps.refusing import first_of
from ..uploads.models import Upload
from .edxml import NEW, RECALL, REPLACE, UPDATE, Package, key_of
from .models import AxisOrgan, AxisPackage, AxisType

State, Outcome, Way = Document.State, AxisPackage.Outcome, AxisPackage.Way
IN_BOOK = (Outcome.ENTERED, Outcome.REPLACED, Outcome.UPDATED)


# --- Out


def may_send(document, user) -> bool:
    """Whether ``user`` makes packages of ``document``: one of ours that was issued, for those of its unit who write."""
    return document.is_ours and document.is_frozen and document.is_of(user) and may_write(user)


def sender_of(document) -> AxisOrgan | None:
    """The body of ``document`` as the axis knows it."""
    return AxisOrgan.objects.filter(unit=document.issuer_unit_id).first()


def key_on_axis(document) -> str:
    """By what the axis knows a paper of ours that was issued; nothing where its body has no code."""
    sender = sender_of(document)
    return key_of(sender.code, document.dated, document.reference) if sender else ""


def ends(document, kind):
    """What holds of what ``document`` does to others: effects of ``kind``, each with the paper that it is done to."""
    return document.effects.filter(kind=kind).select_related("target__type", "target__issuer_unit")


def businesses(document) -> list[str]:
    """What a package of ``document`` may be about today, the likeliest first; as the register has it, never otherwise."""
    if document.state == State.RECALLED:
        return [RECALL]
    if document.state == State.REPLACED:
        return []
    first = [REPLACE] if ends(document, Effect.Kind.REPLACES).exists() else [NEW]
    return [*first, UPDATE] if sent_to(document).exists() else first


def sent_to(document):
    """The bodies that got ``document`` itself by a package."""
    packages = document.packages.filter(way=Way.OUT, business__in=(NEW, REPLACE))
    return AxisOrgan.objects.filter(pk__in=packages.order_by().values("receivers__organ"))


def likely_receivers(document, business):
    """Whom such a package goes to: who got the paper and has no package of it yet, or who has one; and those who have the
    paper that it replaces.
    """
    if business in (RECALL, UPDATE):
        return sent_to(document)
    old = [effect.target for effect in ends(document, Effect.Kind.REPLACES)] if business == REPLACE else []
    had = [key for target in old for key in sent_to(target).values_list("pk", flat=True)]
    delivered = AxisOrgan.objects.filter(unit__deliveries__document=document)
    wanted = {*had, *delivered.values_list("pk", flat=True)} - {*sent_to(document).values_list("pk", flat=True)}
    return AxisOrgan.objects.filter(pk__in=wanted).exclude(unit=document.issuer_unit_id)


def why(document, business) -> str:
    """The reason that the register has for a recall or a replacement."""
    effects = document.affected_by.holding() if business == RECALL else ends(document, Effect.Kind.REPLACES)
    return next((effect.reason for effect in effects), "") if business in (RECALL, REPLACE) else ""


# --- In


@dataclass(frozen=True)
class Earlier:
    """A paper of the register that a package is about, and what the package has otherwise; ``is_open``: whether this person
    notes there what the package says.
    """

    paper: Document
    differences: list
    is_open: bool


@dataclass(frozen=True)
class Difference:
    """One fact that the package has otherwise than the book; ``field``: of the paper, where it can be taken over."""

    label: str
    before: str
    after: str
    field: str = ""


def faults_of(found: Package, user) -> list[str]:
    """Why the unit of ``user`` cannot take a package: it is its own, or for others."""
    codes = {*AxisOrgan.objects.filter(unit__in=user.inherited_units).values_list("code", flat=True)}
    if found.sender.code in codes:
        return [f"<From>: gói này do chính đơn vị bạn gửi đi ({found.sender.code})"]
    if codes and not codes & {organ.code for organ in found.to}:
        named = first_of(found.to, "nơi", between=", ", most=3)
        return [f"<To>: gói gửi cho {named}, không gửi cho đơn vị bạn ({', '.join(sorted(codes))})"]
    return []


def told_of(found: Package, user, type_) -> list[str]:
    """What the person should know of a package before it goes into the book: what was not understood, who is not known.

    ``type_``: as ``type_of`` gives it.
    """
    told = [f"Chưa hiểu trong gói: {line}." for line in found.left]
    if not AxisOrgan.objects.filter(unit__in=user.inherited_units).exists():
        told.append("Chưa ghi mã định danh của đơn vị bạn trên trục nên không so được nơi nhận trong gói.")
    known = AxisOrgan.objects.filter(code=found.sender.code).first()
    if known is None:
        named = "tên là do gói ghi" if found.sender.name else "gói cũng không ghi tên"
        told.append(f"Nơi gửi {found.sender.code} chưa có trong danh sách cơ quan trên trục; {named}.")
    elif found.sender.name and known.name.casefold() != found.sender.name.casefold():
        told.append(f"Gói ghi tên nơi gửi là «{found.sender.name}»; mã {known.code} trong danh sách là {known.name}.")
    if type_ is None:
        told.append(f"Chưa rõ loại văn bản: gói ghi mã {found.type_code or 'trống'}, tên «{found.type_name}».")
    return told


def type_of(found: Package) -> DocumentType | None:
    """The type that the package names by its code, or by its name."""
    known = AxisType.objects.filter(code=found.type_code).select_related("type").first() if found.type_code else None
    return known.type if known else DocumentType.objects.filter(name__iexact=found.type_name).first()


def facts_of(found: Package) -> dict:
    """The facts of a package, as an entry of the register begins with them."""
    organ = AxisOrgan.objects.filter(code=found.sender.code).select_related("unit").first()
    return {
        "year": found.day.year,
        "month": found.day.month,
        "day": found.day.day,
        "issuer_name": (organ.name if organ else found.sender.name)[:200],
        "issuer_unit": organ.unit if organ else None,
        "signer_name": found.signer[:100],
        "type": type_of(found),
        "reference": found.reference[:60],
        "subject": found.subject[:500],
        "urgency": found.urgency,
    }


def earlier(found: Package, user, new: dict) -> list[Document]:
    """The papers in the register that a recall, an update, a replacement is about, as far as they are there. ``new``: the facts
    of the package (``facts_of``).

    Only papers of the sender itself: nobody recalls those of another.
    """
    keys = [key for key in found.about or (found.key,) if key.startswith(f"{found.sender.code},")]
    rows = AxisPackage.objects.filter(way=Way.IN, unit__in=user.inherited_units, key__in=keys, outcome__in=IN_BOOK)
    entered = {row.key: row.document for row in rows.select_related("document").order_by("pk")}
    papers = (entered.get(key) or next(iter(_in_register(key, user, new)), None) for key in keys)
    return [*dict.fromkeys(filter(None, papers))]


def waiting_with(row: AxisPackage):
    """Other packages of the same paper that wait too: its recall, say, came before it was put into the book."""
    waiting = AxisPackage.objects.filter(way=Way.IN, unit=row.unit_id, key=row.key, outcome=Outcome.WAITING)
    return waiting.exclude(pk=row.pk).defer("content")


def _in_register(key, user, new) -> list[Document]:
    """Papers of the sender under the number and the year that ``key`` names: they came on paper, or in the program."""
    _, day, reference = [*key.split(",", 2), "", ""][:3]
    year = int(day[:4]) if day[:4].isdecimal() else None
    names = {name: new[name] for name in ("issuer_name", "issuer_unit")}
    return same_papers(Document(reference=reference[:60], year=year, **names), user)


def may_mark(document, user) -> bool:
    """Whether ``user`` records in the register what became of ``document``: papers of others that are his to correct."""
    return document is not None and may_correct(document, user)


def standing(document, found: Package, user, new: dict) -> Earlier:
    """How ``document``, a paper that the package is about, stands: one that ended is neither recalled nor replaced again."""
    is_open = may_mark(document, user) and (found.business == UPDATE or document.state == State.ISSUED)
    return Earlier(document, differences(document, found, new), is_open)


def differences(document, found: Package, new: dict) -> list[Difference]:
    """What a package says otherwise than the book, fact by fact. ``new``: its facts (``facts_of``)."""
    day = f"{found.day:%d/%m/%Y}"
    urgent = Document(urgency=new["urgency"]).get_urgency_display()
    rows = [
        Difference("Loại", str(document.type), str(new["type"] or found.type_name), "type" if new["type"] else ""),
        Difference("Số, ký hiệu", document.reference, new["reference"]),
        Difference("Ngày văn bản", document.date_text, day, "date"),
        Difference("Trích yếu", document.subject, new["subject"], "subject"),
        Difference("Người ký", document.signer_name, new["signer_name"], "signer_name"),
        Difference("Mức độ khẩn", document.get_urgency_display(), urgent, "urgency"),
    ]
    return [row for row in rows if row.before.casefold() != row.after.casefold()]


def has_file(document, file) -> bool:
    """Whether the book holds the very bytes of ``file`` (as ``keep`` stores them) with ``document``."""
    kept = document.uploads.filter(kind=Upload.Kind.SCAN, withdrawn_at=None)
    return kept.filter(sha256=hashlib.sha256(bare(file.content)).hexdigest()).exists()
