"""Sets of criteria: drafted as a tree, copied as a new version, approved by the office; from then on nothing in them changes."""

from datetime import date

from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils import timezone

from documents.steps.log import words_of
from documents.steps.refusing import Refused
from documents.steps.stepping import GONE, Steps, Who
from units.figures import figure_text
from units.models import Role
from units.permissions import may_manage

from ..divisions.models import Category
from ..log import About
from .forms import ApproveForm
from .models import CriteriaSet, Criterion
from .tree import TreeRow, parts_of, with_sums

_FACTS = ["name", "applies_from"]
Kind, State = Criterion.Kind, CriteriaSet.State


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


WRITERS = Who(lambda row, user: may_manage(user), "chuyên viên, lãnh đạo Sở Nội vụ và người quản trị")
APPROVERS = Who(
    lambda row, user: user.is_active and user.role in (Role.LEADER, Role.ADMINISTRATOR),
    "lãnh đạo Sở Nội vụ hoặc người quản trị",
)


def _approval(criteria_set) -> dict:
    day, paper = criteria_set.approved_on, criteria_set.paper
    return {"Ngày duyệt": f"{day:%d/%m/%Y}" if day else "", "Văn bản ban hành": paper.name if paper else ""}


STEPS = Steps(
    CriteriaSet, "bộ tiêu chí", about=About.CRITERIA, words=_approval, address="criteria_step",
    away=lambda row: reverse("criteria_sets"),
    not_now=lambda step, row: f"{row} đã duyệt nên không sửa được nữa. Hãy lập phiên bản mới từ bộ này.",
)  # fmt: skip


@transaction.atomic
def begin(criteria_set, *, by, like: CriteriaSet | None = None) -> CriteriaSet:
    """Store a new draft as the next version of its category; ``like`` another set, with all of its criteria."""
    if not WRITERS.may(criteria_set, by):
        raise Refused("Chỉ chuyên viên, lãnh đạo Sở Nội vụ và người quản trị lập bộ tiêu chí.")
    Category.objects.select_for_update().get(pk=criteria_set.category_id)
    latest = CriteriaSet.objects.filter(category=criteria_set.category_id).aggregate(latest=Max("number"))["latest"]
    criteria_set.number = (latest or 0) + 1
    criteria_set.save()
    if like:
        _store(criteria_set, tree_of(like))
    STEPS.tell(criteria_set, "begin", f"Lập từ phiên bản {like.number}" if like else "Lập mới", by=by)
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


def _words(criteria_set) -> dict:
    """Facts and tree, for comparing before and after. One query."""
    rows = enumerate(tree_of(criteria_set), start=1)
    tree = {f"Mục {row.code}": _row_words(row, place) for place, row in rows}
    return words_of(criteria_set, _FACTS) | {"Tổng điểm": figure_text(criteria_set.total)} | tree


def _row_words(row, place):
    parts = [f"dòng {place}, cấp {row.level}: {row.text}", row.kind.label, f"tối đa {figure_text(row.maximum)}"]
    if row.needs_evidence:
        parts.append("phải có minh chứng")
    if row.verifier:
        parts.append(f"{row.verifier} thẩm định")
    return "; ".join(parts)


@STEPS.step("edit", "Sửa", [State.DRAFT], who=WRITERS, form=None, words=_words)
def save(criteria_set, *, by, typed, rows: list[TreeRow]):
    """Facts as in ``typed``, a set, and the tree as one; a group without a maximum gets the sum of its parts."""
    for name in [*_FACTS, "total"]:
        setattr(criteria_set, name, getattr(typed, name))
    rows = with_sums(rows)
    if rows != tree_of(criteria_set):
        criteria_set.criteria.all().delete()
        _store(criteria_set, rows)


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


def faults_of(criteria_set, rows=None) -> list[str]:
    """What keeps a draft from being approved, in words; ``rows`` are its outline, where that is known."""
    rows = outline_of(criteria_set) if rows is None else rows
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


def _fault_of_approving(criteria_set, _user):
    faults = faults_of(criteria_set)
    return "Chưa duyệt được. " + " ".join(faults) if faults else ""


@STEPS.step(
    "approve", "Duyệt", [State.DRAFT], to=State.APPROVED, who=APPROVERS, fault=_fault_of_approving, form=ApproveForm,
    look="primary", button="Duyệt bộ tiêu chí", hint="Sau khi duyệt không sửa được; cần đổi thì lập phiên bản mới.",
    told="Đã duyệt bộ tiêu chí. Từ nay bộ này không sửa được; cần đổi thì lập phiên bản mới.",
)  # fmt: skip
def approve(criteria_set, *, by, day: date, paper=None):
    """The office approves it on ``day``, by ``paper`` where there is one; from then on clusters are scored by it."""
    if day > timezone.localdate():
        raise Refused("Ngày duyệt chưa đến. Hãy ghi ngày đã duyệt.", "day")
    criteria_set.approved_on, criteria_set.paper = day, paper


@STEPS.step(
    "discard", "Xóa bản đang soạn", [State.DRAFT], to=GONE, who=WRITERS, look="ghost-danger", icon="trash",
    log=lambda row, part: f"Xóa bản đang soạn: {row}", told="Đã xóa bản đang soạn.",
)  # fmt: skip
def discard(criteria_set, *, by):
    """Take away a draft that nobody needs; that it was there stays in the log."""


def newest_for(category, year: int) -> CriteriaSet | None:
    """The approved set that clusters of ``category`` are scored by in ``year``: the newest version that applies by then."""
    sets = CriteriaSet.objects.filter(category=category, state=CriteriaSet.State.APPROVED, applies_from__lte=year)
    return sets.order_by("-number").first()
