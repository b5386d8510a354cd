"""The scores of a year: opened by the department, given by each member, verified in its cluster, settled; then ranked.

Each of the three columns of a sheet has its turn. Whoever changes what ranks rest on holds the row of the cluster first, so
that two who settle the last two sheets at once take turns.
"""

from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.db.models import Prefetch, prefetch_related_objects

from documents.steps.refusing import Refused, refuse_stale
from documents.steps.stepping import Steps
from documents.uploads import drop
from units.figures import figure_text
from units.permissions import may_manage, may_write

from .. import area as files
from ..criteria.actions import leaves_of, newest_for
from ..criteria.models import CriteriaSet, Criterion
from ..divisions.actions import STEPS as DIVISION_STEPS
from ..divisions.actions import locked
from ..divisions.models import Cluster
from ..log import About
from .models import Evidence, Score, ScoreSheet
from .rules import (
    BACK,
    DEPARTMENT,
    OWN,
    OWNER,
    SETTLE,
    VERIFIERS,
    VERIFY,
    Turn,
    add_up,
    department_for,
    gives_on_paper,
    rank,
    turn_of,
)

State = ScoreSheet.State
Kind = Criterion.Kind


@dataclass(frozen=True)
class Given:
    """What was typed for one criterion. ``dropped``: keys of evidence that is taken out again."""

    points: Decimal | None
    note: str = ""
    files: tuple = ()
    dropped: frozenset[int] = frozenset()


# --- Opening


@transaction.atomic
def open_scoring(division, *, by) -> tuple[int, dict[Cluster, str]]:
    """Give every staying member of every cluster its sheet; returns how many are new, and which clusters got none and why.

    A cluster that was begun keeps its set of criteria; others get the newest approved one of their category. Ranks are
    worked out anew, for a member that left has its place no more.
    """
    division = locked(division, by, draft=False)
    if division.is_draft:
        raise Refused(f"Bảng phân cụm năm {division.year} chưa thông báo. Hãy thông báo trước, rồi mở chấm điểm.")
    made, left_out, newest = 0, {}, {}
    clusters = division.clusters.filter(parts=None).select_related("category", "division")
    for cluster in clusters.select_for_update(of=("self",)):
        if cluster.category and cluster.category not in newest:
            newest[cluster.category] = newest_for(cluster.category, division.year)
        chosen = CriteriaSet.objects.filter(sheets__membership__cluster=cluster).first() or newest.get(cluster.category)
        if chosen:
            made += _make_sheets(cluster, chosen)
            rank(cluster)
        elif not cluster.category:
            left_out[cluster] = "chưa chọn loại cụm, khối"
        else:
            left_out[cluster] = (
                f"loại «{cluster.category}» chưa có bộ tiêu chí đã duyệt áp dụng cho năm {division.year}"
            )
    if made:
        DIVISION_STEPS.tell(division, "open_scoring", f"Mở chấm điểm: {made} bảng điểm", by=by)
    return made, left_out


def _make_sheets(cluster, criteria_set) -> int:
    """Sheets for those members that have none yet."""
    members = cluster.memberships.staying().filter(sheet=None)
    sheets = ScoreSheet.objects.bulk_create(
        ScoreSheet(membership=row, set=criteria_set, sample=cluster.division.sample) for row in members
    )
    leaves = leaves_of(criteria_set) if sheets else []
    Score.objects.bulk_create(Score(sheet=sheet, criterion=leaf) for sheet in sheets for leaf in leaves)
    return len(sheets)


# --- Giving points


class _SheetSteps(Steps):
    """Steps on which places rest: the cluster is locked before the sheet; with the sheet its sums are stored, then places."""

    def locked(self, row):
        Cluster.objects.select_for_update(of=("self",)).get(memberships__sheet=row.pk)
        return super().locked(row)

    def locked_alone(self, row):
        """The sheet without its cluster, for what changes no place."""
        return super().locked(row)

    def store(self, row, *, renews=True):
        add_up(row, leaves_of(row.set), scores_of(row))
        super().store(row, renews=renews)
        rank(row.membership.cluster)


STEPS = _SheetSteps(
    ScoreSheet, "bảng điểm", about=About.SCORES, address="sheet_step",
    related=["membership__cluster__division", "membership__unit", "set"],
    words=lambda sheet: {"Trạng thái": sheet.get_state_display(), "Không xếp hạng vì": sheet.disqualified},
)  # fmt: skip


def scores_of(sheet) -> dict[int, Score]:
    """{criterion: its score}, each with its evidence."""
    rows = sheet.scores.prefetch_related(Prefetch("evidence", _proofs()))
    return {row.criterion_id: row for row in rows}


def _proofs():
    return Evidence.objects.select_related("upload").order_by("pk")


def basis_of(score, stage) -> Decimal | None:
    """The points that those of ``stage`` are compared with: those of the column before it that has any."""
    value = getattr(score, stage.basis) if stage.basis else None
    return score.own if value is None and stage is SETTLE else value


def fault_of(leaf, score, stage, given) -> tuple[str, str] | None:
    """What is wrong with what was typed for one criterion: (field of its row, words)."""
    if given.points is not None and given.points < 0:
        return "points", f"Mục {leaf.code}: điểm không âm; điểm trừ cũng ghi số dương."
    if given.points is not None and given.points > leaf.maximum:
        return "points", f"Mục {leaf.code} tối đa {figure_text(leaf.maximum)} điểm."
    basis = basis_of(score, stage)
    if stage.basis and given.points not in (None, basis) and not given.note.strip():
        column = VERIFY.label.lower() if stage is SETTLE and score.verified is not None else OWN.label.lower()
        return "note", f"Mục {leaf.code}: điểm khác với {column} ({figure_text(basis)}). Hãy ghi lý do."
    return None


def _fault_of_leaving(sheet, _user):
    row = sheet.membership
    return f"{row} đã thôi tham gia từ ngày {row.left_on:%d/%m/%Y}; bảng điểm giữ nguyên." if row.left_on else ""


def _my_turn(sheet, by, leaves) -> Turn:
    turn = turn_of(by, sheet, leaves)
    if turn:
        return turn
    if told := _fault_of_leaving(sheet, by):
        raise Refused(told)
    raise Refused(
        f"{sheet} đang ở bước «{sheet.get_state_display()}», không phải lượt của bạn. "
        "Cần sửa, hãy đề nghị nơi đang giữ trả lại một bước."
    )


@transaction.atomic
def save(sheet, given: dict[int, Given], *, by, seen_version: int | None = None) -> ScoreSheet:
    """Store what ``by`` typed: {criterion: ``Given``}. ``seen_version``: the one that was on screen.

    Raises ``Refused``, with ``row-field`` of the one that is wrong; ``Stale`` where somebody saved in the meantime;
    ``documents.uploads.UploadRefused`` for a file that is not taken.
    """
    sheet = STEPS.locked_alone(sheet)
    leaves = leaves_of(sheet.set)
    turn = _my_turn(sheet, by, leaves)
    refuse_stale(About.SCORES, sheet, seen_version)
    mine = {leaf.pk: leaf for leaf in turn.leaves}
    if given.keys() - mine.keys():
        raise Refused("Có mục không thuộc phần của đơn vị bạn. Hãy tải lại trang rồi chấm lại.")
    scores = scores_of(sheet)
    before, after = {}, {}
    for key, typed in given.items():
        fault = fault_of(mine[key], scores[key], turn.stage, typed)
        if fault:
            raise Refused(fault[1], f"{key}-{fault[0]}")
        before |= _words(mine[key], scores[key], turn.stage)
        _store(scores[key], turn.stage, typed, by)
        after |= _words(mine[key], scores[key], turn.stage)
    if before != after:
        sheet.version += 1
        add_up(sheet, leaves, scores)
        sheet.save()
        STEPS.tell(sheet, turn.stage.points, turn.stage.label, by=by, before=before, after=after)
    return sheet


def _words(leaf, score, stage):
    """A score for comparing before and after."""
    found = {
        f"Mục {leaf.code}": figure_text(getattr(score, stage.points)),
        f"Mục {leaf.code}, ghi chú": getattr(score, stage.note),
    }
    if stage is OWN:
        found[f"Mục {leaf.code}, minh chứng"] = "; ".join(row.upload.name for row in score.evidence.all())
    return found


def _store(score, stage, given, by):
    """Put what was typed into its column; evidence comes with the own one."""
    note = given.note.strip()
    if (getattr(score, stage.points), getattr(score, stage.note)) != (given.points, note):
        setattr(score, stage.points, given.points)
        setattr(score, stage.note, note)
        score.save()
    if stage is not OWN or not (given.files or given.dropped):
        return
    for row in score.evidence.all():
        if row.pk in given.dropped:
            drop(row.upload)
    for file in given.files:
        Evidence.objects.create(score=score, upload=files.keep(file, by=by))
    # Forgets the evidence that was fetched before.
    score.refresh_from_db()
    prefetch_related_objects([score], Prefetch("evidence", _proofs()))


# --- Steps


def _faults_before_sending(leaves, scores):
    """What keeps the own scores from being sent."""
    missing = [leaf.code for leaf in leaves if leaf.kind == Kind.MAIN and scores[leaf.pk].own is None]
    if missing:
        yield f"Chưa chấm mục {', '.join(missing)}."
    unproven = [leaf.code for leaf in leaves if leaf.needs_evidence and _is_unproven(scores[leaf.pk])]
    if unproven:
        yield f"Phải có minh chứng hoặc thuyết minh ở mục {', '.join(unproven)}."


def _is_unproven(score):
    return bool(score.own) and not score.own_note and not score.evidence.all()


def _faults_of_stage(leaves, scores, stage, sheet):
    """Criteria without points, and points that differ without a reason."""
    missing = [_named(leaf, sheet, stage) for leaf in leaves if getattr(scores[leaf.pk], stage.points) is None]
    if missing:
        yield f"Chưa có điểm {stage.label.lower()} ở mục {', '.join(missing)}."
    for leaf in leaves:
        score = scores[leaf.pk]
        fault = fault_of(leaf, score, stage, Given(getattr(score, stage.points), getattr(score, stage.note)))
        if fault:
            yield fault[1]


def _named(leaf, sheet, stage):
    """A criterion, with the department that has to see to it."""
    department = department_for(leaf, sheet) if stage is VERIFY else None
    return f"{leaf.code} ({department})" if department else leaf.code


def _refuse(faults, stage):
    if faults:
        raise Refused(f"Đã lưu, nhưng chưa {stage.act.lower()} được. {' '.join(faults)}")


@STEPS.step(OWN.ends, OWN.act, [State.OPEN], to=State.SENT, who=OWNER, fault=_fault_of_leaving, form=None)
def send(sheet, *, by):
    """The own scores go to the cluster, once complete; bonus and deduction that were left empty count as nothing."""
    scores = scores_of(sheet)
    faults = [*_faults_before_sending(leaves_of(sheet.set), scores)]
    if gives_on_paper(by, sheet) and not sheet.papers.exists():
        faults.append("Hãy gắn bản quét bảng tự chấm trên giấy của đơn vị.")
    _refuse(faults, OWN)
    for score in scores.values():
        score.own = score.own or Decimal(0)
        score.save()


@STEPS.step(VERIFY.ends, VERIFY.act, [State.SENT], to=State.VERIFIED, who=VERIFIERS, fault=_fault_of_leaving, form=None)
def verify(sheet, *, by):
    """The cluster passes on what it verified, once complete."""
    _refuse([*_faults_of_stage(leaves_of(sheet.set), scores_of(sheet), VERIFY, sheet)], VERIFY)


@STEPS.step(
    SETTLE.ends, SETTLE.act, [State.VERIFIED], to=State.SETTLED, who=DEPARTMENT, fault=_fault_of_leaving, form=None
)
def settle(sheet, *, by):
    """The department settles the scores, once complete."""
    _refuse([*_faults_of_stage(leaves_of(sheet.set), scores_of(sheet), SETTLE, sheet)], SETTLE)


def end_step(sheet, *, by, seen_version: int | None = None) -> ScoreSheet:
    """Take the step that ends the column whose turn it is. Raises ``Refused`` and ``Stale``."""
    state = ScoreSheet.objects.values_list("state", flat=True).get(pk=sheet.pk)
    return {State.OPEN: send, State.SENT: verify}.get(state, settle)(sheet, by=by, seen_version=seen_version)


_BACK = {State.SENT: State.OPEN, State.VERIFIED: State.SENT, State.SETTLED: State.VERIFIED}


@STEPS.step(
    "return", "Trả lại một bước", list(_BACK), who=BACK, needs_reason=True, fault=_fault_of_leaving,
    log=lambda sheet, part: "Trả lại", button="Trả lại", told="Đã trả lại một bước.",
)  # fmt: skip
def give_back(sheet, *, by):
    """Return a sheet one step; what was given in each column stays."""
    sheet.state = _BACK[sheet.state]


@STEPS.step(
    "take_over", "Chuyển sang bước chốt khi cụm chưa thẩm định xong", [State.SENT], to=State.VERIFIED, who=DEPARTMENT,
    needs_reason=True, log=lambda sheet, part: "Sở Nội vụ chuyển sang bước chốt", button="Chuyển",
    told="Đã chuyển bảng điểm sang bước chốt.",
)  # fmt: skip
def take_over(sheet, *, by):
    """The department takes a sheet on that its cluster did not verify in full."""


@STEPS.step(
    "disqualify", "Không xếp hạng đơn vị này", State, who=DEPARTMENT, needs_reason=True,
    fault=lambda sheet, user: f"{sheet.membership} đã được ghi không xếp hạng." if sheet.disqualified else "",
    log=lambda sheet, part: "Không xếp hạng", button="Không xếp hạng", told="Đã ghi không xếp hạng.",
)  # fmt: skip
def disqualify(sheet, *, by, reason):
    """Leave a member out of the ranking; its scores stay."""
    sheet.disqualified, sheet.rank = reason.strip(), None


@STEPS.step(
    "qualify", "Xếp hạng lại đơn vị này", State, who=DEPARTMENT, needs_reason=True,
    fault=lambda sheet, user: "" if sheet.disqualified else f"{sheet.membership} đang được xếp hạng.",
    log=lambda sheet, part: "Xếp hạng lại", button="Xếp hạng lại", told="Đơn vị được xếp hạng lại.",
)  # fmt: skip
def qualify(sheet, *, by):
    """Rank a member again that was left out."""
    sheet.disqualified = ""


# --- What waits


def waiting_for(user) -> dict:
    """Sheets that wait for ``user``: ``fill`` the own one, ``verify`` those of the cluster and of the own department,
    ``settle`` for the department. Querysets, each with unit and cluster; for those who ``acts`` says may.
    """
    sheets = ScoreSheet.objects.filter(membership__left_on=None).with_names()
    if not may_write(user):
        return dict.fromkeys(("fill", "verify", "settle"), sheets.none())
    return {
        "fill": sheets.filter(state=State.OPEN, membership__unit__in=user.inherited_units),
        "verify": sheets.filter(state=State.SENT).to_verify(user),
        "settle": sheets.filter(state=State.VERIFIED) if may_manage(user) else sheets.none(),
    }
