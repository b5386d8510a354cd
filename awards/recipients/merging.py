"""Two records of one are merged, and parted again; nothing is moved, so that parting gives back what was.

Merged records form a tree: each edge is a standing ``Merge``. ``Recipient.merged_into`` names the root, and is set anew from the
edges whenever one comes or goes, so that chains may be parted in any order.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import groupby

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from documents.steps.refusing import Refused, refuse_stale, unless_taken

from ..log import About
from .actions import MANAGER, STEPS, lock_families
from .models import Merge, Recipient

State = Recipient.State


@dataclass(frozen=True)
class Entry:
    """One thing that a record was given, for whoever decides on merging. Two with one ``once`` cannot both be right."""

    recipient: int
    year: int
    words: str
    once: object = None


# Functions (keys of records) → entries, from the rooms that keep what recipients were given.
HISTORIES: list[Callable[[Iterable[int]], Iterable[Entry]]] = []


def histories(*records: Recipient) -> list[tuple[list[Entry], set]]:
    """Of each of ``records`` with what was merged into it: entries, the latest first, and what of them another one has too."""
    families = [family(row) for row in records]
    every = [entry for read in HISTORIES for entry in read(set().union(*families))]
    own = [[entry for entry in every if entry.recipient in keys] for keys in families]
    found = []
    for entries in own:
        others = {entry.once for other in own if other is not entries for entry in other if entry.once}
        entries.sort(key=lambda entry: -entry.year)
        found.append((entries, {entry.once for entry in entries} & others))
    return found


def family(row: Recipient) -> set[int]:
    """The keys of a record and of what was merged into it. One question."""
    return {row.pk, *Recipient.objects.filter(merged_into=row.pk).values_list("pk", flat=True)}


def fault_of_pair(kept: Recipient, gone: Recipient) -> str:
    """Why the two cannot be merged, whoever asks; nothing where they can."""
    if kept.pk == gone.pk:
        return "Không gộp một bản ghi với chính nó. Hãy chọn bản ghi kia."
    if kept.kind != gone.kind:
        return f"«{kept}» là {kept.get_kind_display().lower()}, «{gone}» là {gone.get_kind_display().lower()}: không gộp được."
    if kept.is_unit and gone.is_unit and kept.unit_id != gone.unit_id:
        return (
            f"«{kept}» và «{gone}» là hai đơn vị khác nhau. Đơn vị sáp nhập thì không gộp bản ghi: hãy quyết định có tính "
            "thành tích của đơn vị cũ hay không ở trang của tập thể."
        )
    return ""


@transaction.atomic
def join(kept: Recipient, gone: Recipient, *, by, reason, seen_version=None, gone_version=None) -> Recipient:
    """Merge ``gone`` into ``kept``, with all that was merged into it. Raises ``Refused``, ``Stale``."""
    lock_families([kept.pk, gone.pk])
    rows = Recipient.objects.select_related("merged_into").in_bulk([kept.pk, gone.pk])
    for row in rows.values():
        # Judged here: the step would lock the record that it was merged into, out of order.
        if row.merged_into_id:
            raise Refused(f"«{row}» đã được gộp vào «{row.merged_into}» trước rồi. Hãy tải lại trang.")
    return merge(kept, by=by, reason=reason, seen_version=seen_version, gone=gone, gone_version=gone_version)


@STEPS.step("merge", "Gộp", [State.MAIN], who=MANAGER, form=None, needs_reason=True, words=lambda row: {})
def merge(kept, *, by, reason, gone, gone_version=None):
    """Let ``gone`` be a second record of ``kept``; called by ``join``, which holds both."""
    gone = Recipient.objects.select_related("unit").get(pk=gone.pk)
    if fault := fault_of_pair(kept, gone):
        raise Refused(fault)
    refuse_stale(About.RECIPIENT, gone, gone_version, step="gộp")
    along = sorted(family(gone) - {gone.pk})
    with unless_taken(f"«{gone}» vừa được người khác gộp. Hãy tải lại trang."):
        Merge.objects.create(kept=kept, gone=gone, along=along, reason=reason.strip(), by=by)
    _settle({kept.pk, gone.pk, *along, *family(kept)})
    gone.refresh_from_db()
    _renewed(gone, "merged_into", f"Gộp vào «{kept}»", by, reason)
    return {"Gộp vào đây": f"{gone} (mã {gone.pk})"}


@STEPS.step(
    "unmerge", "Tách lại", [State.MERGED], who=MANAGER, needs_reason=True, words=lambda row: {},
    told="Đã tách lại thành bản ghi riêng, với toàn bộ quá trình như trước khi gộp.",
)  # fmt: skip
def unmerge(gone, *, by, reason):
    """Let ``gone`` stand for itself again, with all that had been merged into it and still is."""
    standing = Merge.objects.select_related("kept").get(gone=gone, undone_at=None)
    root = gone.merged_into
    if gone.is_unit:
        _refuse_two_of_a_unit(gone, root)
    standing.undone_at, standing.undone_by, standing.undone_reason = timezone.now(), by, reason.strip()
    standing.save()
    _settle(family(root) | {gone.pk})
    gone.merged_into = None
    root.refresh_from_db()
    _renewed(root, "parted", f"Tách «{gone}» (mã {gone.pk}) ra", by, reason)
    return {"Tách khỏi": f"{standing.kept} (mã {standing.kept_id})"}


def _refuse_two_of_a_unit(gone, root):
    """Another record was entered as that unit meanwhile."""
    others = Recipient.objects.main().filter(is_unit=True, unit=gone.unit_id)
    if other := others.first():
        raise Refused(
            f"«{other}» (mã {other.pk}) đang là bản ghi của đơn vị này nên không tách được. Hãy bỏ dấu «Là chính đơn vị» ở đó."
        )


def _renewed(row, what, told, by, reason):
    """Store the other one of the two a version newer, with its words for searching, and tell its log."""
    row.version += 1
    row.save()
    STEPS.tell(row, what, told, by=by, reason=reason)


def _settle(keys):
    """Set the roots of the records ``keys`` anew, by the merges that stand."""
    into = dict(Merge.objects.filter(gone__in=keys, undone_at=None).values_list("gone", "kept"))

    def root(key):
        return root(into[key]) if key in into else key

    by_root = sorted((root(key), key) for key in keys)
    for found, group in groupby(by_root, key=lambda pair: pair[0]):
        members = [key for _, key in group if key != found]
        Recipient.objects.filter(pk__in=members).exclude(merged_into=found).update(merged_into=found)
        Recipient.objects.filter(pk=found).exclude(merged_into=None).update(merged_into=None)


def merges_of(row: Recipient):
    """What was merged into a record and what was parted from it, the latest first, each with both records and who did it."""
    rows = Merge.objects.filter(Q(kept=row) | Q(gone=row)).select_related("kept", "gone", "by", "undone_by")
    return rows.order_by("-at", "-pk")
