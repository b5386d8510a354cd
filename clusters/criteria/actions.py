"""Sets of criteria: drafted as a tree, copied as a new version, approved by the office; from then on nothing in them changes."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from documents.steps.log import record, words_of
from documents.steps.refusing import Refused, refuse_stale
from units.figures import figure_text
from units.models import Role, Unit
from units.permissions import may_manage

from ..divisions.models import Category
from ..log import About
from .models import CriteriaSet, Criterion
from .points import MOST

APPROVERS = frozenset({Role.LEADER, Role.ADMINISTRATOR})
# A form has so many fields a row that a longer tree would not arrive whole.
MOST_ROWS = 120
MOST_LEVELS = 4
_FACTS = ["name", "applies_from"]
Kind = Criterion.Kind


def may_approve(user) -> bool:
    """Whether ``user`` approves criteria for the office."""
    return user.is_active and user.role in APPROVERS


@dataclass(frozen=True)
class TreeRow:
    """A row of a tree as it was typed: what a criterion says, and how deep it stands. The row above gives its group."""

    level: int
    code: str
    text: str
    kind: Kind
    maximum: Decimal | None
    needs_evidence: bool = False
    verifier: Unit | None = None


def outline_of(criteria_set) -> list[Criterion]:
    """All criteria in order, each with ``level``, ``is_leaf`` and its ``root``, the group of the first level. One query."""
    rows = list(criteria_set.criteria.select_related("verifier"))
    known = {row.pk: row for row in rows}
    parents = {row.parent_id for row in rows}
    for row in rows:
        above = known.get(row.parent_id)
        row.is_leaf = row.pk not in parents
        row.level = above.level + 1 if above else 1
        row.root = above.root if above else row
    return rows


def leaves_of(criteria_set) -> list[Criterion]:
    """Those that points are given for, in order."""
    return [row for row in outline_of(criteria_set) if row.is_leaf]


def held(criteria_set, by) -> CriteriaSet:
    """The set as it stands, held until the transaction ends. Raises ``Refused`` for whoever may not change it now."""
    found = CriteriaSet.objects.select_for_update().get(pk=criteria_set.pk)
    _refuse_others(by)
    if not found.is_draft:
        raise Refused(f"{found} đã duyệt nên không sửa được nữa. Hãy lập phiên bản mới từ bộ này.")
    return found


def _refuse_others(by):
    if not may_manage(by):
        raise Refused("Chỉ chuyên viên, lãnh đạo Sở Nội vụ và người quản trị lập bộ tiêu chí.")


@transaction.atomic
def begin(criteria_set, *, by, like: CriteriaSet | None = None) -> CriteriaSet:
    """Store a new draft as the next version of its category; ``like`` another set, with all of its criteria."""
    _refuse_others(by)
    Category.objects.select_for_update().get(pk=criteria_set.category_id)
    latest = CriteriaSet.objects.filter(category=criteria_set.category_id).aggregate(latest=Max("number"))["latest"]
    criteria_set.number = (latest or 0) + 1
    criteria_set.save()
    if like:
        _store(criteria_set, tree_of(like))
    record(About.CRITERIA, criteria_set, f"Lập từ phiên bản {like.number}" if like else "Lập mới", by=by)
    return criteria_set


def copy(criteria_set, *, by) -> CriteriaSet:
    """A new version that begins as this one."""
    names = ("category", "name", "total", "sample")
    new = CriteriaSet(**{name: getattr(criteria_set, name) for name in names})
    new.applies_from = max(criteria_set.applies_from, timezone.localdate().year)
    return begin(new, by=by, like=criteria_set)


def tree_of(criteria_set) -> list[TreeRow]:
    """The criteria as rows that can be edited."""
    return [
        TreeRow(row.level, row.code, row.text, Kind(row.kind), row.maximum, row.needs_evidence, row.verifier)
        for row in outline_of(criteria_set)
    ]


@transaction.atomic
def save(criteria_set, rows: list[TreeRow], *, by, seen: int | None = None) -> CriteriaSet:
    """Store facts and tree of a draft as one. ``seen``: the version that the person had on screen.

    A group without a maximum gets the sum of its parts. Raises ``Refused``, and ``Stale`` where somebody saved in the meantime.
    """
    stored = held(criteria_set, by)
    refuse_stale(About.CRITERIA, stored, seen)
    before = _all_words(stored, tree_of(stored))
    for name in [*_FACTS, "total"]:
        setattr(stored, name, getattr(criteria_set, name))
    rows = with_sums(rows)
    after = _all_words(stored, rows)
    if before == after:
        return stored
    stored.version += 1
    stored.save()
    stored.criteria.all().delete()
    _store(stored, rows)
    record(About.CRITERIA, stored, "Sửa", by=by, before=before, after=after)
    return stored


def _all_words(criteria_set, rows):
    """Facts and tree for comparing before and after."""
    tree = {f"Mục {row.code}": _row_words(row, place) for place, row in enumerate(rows, start=1)}
    return words_of(criteria_set, _FACTS) | {"Tổng điểm": figure_text(criteria_set.total)} | tree


def _row_words(row, place):
    parts = [f"dòng {place}, cấp {row.level}: {row.text}", row.kind.label, f"tối đa {figure_text(row.maximum)}"]
    if row.needs_evidence:
        parts.append("phải có minh chứng")
    if row.verifier:
        parts.append(f"{row.verifier} thẩm định")
    return "; ".join(parts)


def _store(criteria_set, rows):
    """Store ``rows`` as the criteria of an empty set."""
    path = []
    for position, row in enumerate(rows, start=1):
        del path[row.level - 1 :]
        made = Criterion.objects.create(
            set=criteria_set,
            parent=path[-1] if path else None,
            # A group decides what its points do; its parts go with it.
            kind=path[0].kind if path else row.kind,
            code=row.code,
            text=row.text,
            maximum=row.maximum,
            position=position,
            needs_evidence=row.needs_evidence,
            verifier=row.verifier,
        )
        path.append(made)


def parts_of(rows, index) -> list:
    """The rows right under that at ``index``, one level deeper."""
    found = []
    for row in rows[index + 1 :]:
        if row.level <= rows[index].level:
            break
        if row.level == rows[index].level + 1:
            found.append(row)
    return found


def with_sums(rows: list[TreeRow]) -> list[TreeRow]:
    """``rows`` with the sum of its parts for each group that has no maximum; the kind of its root for each part.

    Raises ``Refused`` where such a sum is more than can be stored.
    """
    rows = list(rows)
    for index in reversed(range(len(rows))):
        if rows[index].maximum is None:
            total = sum((part.maximum or 0 for part in parts_of(rows, index)), Decimal(0))
            if total > MOST:
                raise Refused(
                    f"Mục {rows[index].code}: các mục trong nhóm cộng lại {figure_text(total)} điểm, "
                    f"quá {figure_text(MOST)}. Hãy giảm điểm các mục đó."
                )
            rows[index] = _changed(rows[index], maximum=total)
    root = None
    for index, row in enumerate(rows):
        root = row if row.level == 1 else root
        rows[index] = _changed(row, kind=root.kind)
    return rows


def _changed(row, **changes):
    return TreeRow(**{**row.__dict__, **changes})


def faults_of(criteria_set) -> list[str]:
    """What keeps a draft from being approved, in words."""
    rows = outline_of(criteria_set)
    faults = [] if rows else ["Bộ tiêu chí chưa có mục nào."]
    for index, row in enumerate(rows):
        parts = parts_of(rows, index)
        total = sum(part.maximum for part in parts)
        if parts and total != row.maximum:
            faults.append(
                f"Mục {row.code}: tối đa {figure_text(row.maximum)} điểm, các mục trong đó cộng lại {figure_text(total)}."
            )
        if row.verifier and not row.verifier.is_alive_on(timezone.localdate()):
            faults.append(f"Mục {row.code}: {row.verifier} không còn hoạt động, hãy chọn nơi thẩm định khác.")
    main = sum(row.maximum for row in rows if row.level == 1 and row.kind == Kind.MAIN)
    if rows and main != criteria_set.total:
        faults.append(
            f"Điểm chính cộng lại {figure_text(main)}, tổng điểm của bộ tiêu chí là {figure_text(criteria_set.total)}."
        )
    return faults


@transaction.atomic
def approve(criteria_set, *, by, day: date, paper=None) -> CriteriaSet:
    """The office approves a draft on ``day``, by ``paper`` where there is one; from then on clusters are scored by it.

    Raises ``Refused`` where sums do not agree.
    """
    stored = held(criteria_set, by)
    if not may_approve(by):
        raise Refused("Bộ tiêu chí do lãnh đạo Sở Nội vụ hoặc người quản trị duyệt.")
    if day > timezone.localdate():
        raise Refused("Ngày duyệt chưa đến. Hãy ghi ngày đã duyệt.", "day")
    faults = faults_of(stored)
    if faults:
        raise Refused("Chưa duyệt được. " + " ".join(faults))
    stored.state, stored.approved_on, stored.paper = CriteriaSet.State.APPROVED, day, paper
    stored.version += 1
    stored.save()
    after = {"Ngày duyệt": f"{day:%d/%m/%Y}", "Văn bản ban hành": paper.name if paper else ""}
    record(About.CRITERIA, stored, "Duyệt", by=by, after=after)
    return stored


@transaction.atomic
def discard(criteria_set, *, by) -> None:
    """Take away a draft that nobody needs; that it was there stays in the history of its category."""
    stored = held(criteria_set, by)
    record(About.CRITERIA, stored, f"Xóa bản đang soạn: {stored}", by=by)
    stored.criteria.all().delete()
    stored.delete()


def newest_for(category, year: int) -> CriteriaSet | None:
    """The approved set that clusters of ``category`` are scored by in ``year``: the newest version that applies by then."""
    sets = CriteriaSet.objects.filter(category=category, state=CriteriaSet.State.APPROVED, applies_from__lte=year)
    return sets.order_by("-number").first()
