"""The scores of a year: opened by the department, given by each member, verified in its cluster, settled; then ranked.

Each of the three columns of a sheet has its turn. Whoever changes what ranks rest on holds the row of the cluster first, so
that two who settle the last two sheets at once take turns.
"""

from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.db.models import Prefetch, prefetch_related_objects

from documents.steps.log import record
from documents.steps.refusing import Refused, refuse_stale
from documents.uploads import drop
from units.figures import figure_text
from units.permissions import may_manage, may_write

from .. import area as files
from ..criteria.actions import leaves_of, newest_for
from ..criteria.models import CriteriaSet, Criterion
from ..divisions.models import Cluster, Division
from ..log import About
from .models import Evidence, Score, ScoreSheet
from .ranking import rank
from .turns import OWN, SETTLE, STAGES, VERIFY, Turn, department_for, may_give_back, turn_of

State = ScoreSheet.State
Kind = Criterion.Kind
NOBODY_ELSE = "Chỉ Sở Nội vụ (chuyên viên, lãnh đạo, người quản trị) làm được việc này."


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
    if not may_manage(by):
        raise Refused(NOBODY_ELSE)
    division = Division.objects.select_for_update().get(pk=division.pk)
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
        record(About.DIVISION, division, f"Mở chấm điểm: {made} bảng điểm", by=by)
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


def held_sheet(sheet, *, ranks=False) -> ScoreSheet:
    """The sheet as it stands, held until the transaction ends; with ``ranks`` its cluster before it."""
    if ranks:
        Cluster.objects.select_for_update(of=("self",)).get(memberships__sheet=sheet.pk)
    rows = ScoreSheet.objects.select_related("membership__cluster__division", "membership__unit", "set")
    return rows.select_for_update(of=("self",)).get(pk=sheet.pk)


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


def _my_turn(sheet, by, leaves) -> Turn:
    turn = turn_of(by, sheet, leaves)
    if turn:
        return turn
    if sheet.membership.left_on:
        raise Refused(
            f"{sheet.membership} đã thôi tham gia từ ngày {sheet.membership.left_on:%d/%m/%Y}; bảng điểm giữ nguyên."
        )
    raise Refused(
        f"{sheet} đang ở bước «{sheet.get_state_display()}», không phải lượt của bạn. "
        "Cần sửa, hãy đề nghị nơi đang giữ trả lại một bước."
    )


@transaction.atomic
def save(sheet, given: dict[int, Given], *, by, seen: int | None = None) -> ScoreSheet:
    """Store what ``by`` typed: {criterion: ``Given``}. ``seen``: the version that was on screen.

    Raises ``Refused``, with ``row-field`` of the one that is wrong; ``Stale`` where somebody saved in the meantime;
    ``documents.uploads.UploadRefused`` for a file that is not taken.
    """
    sheet = held_sheet(sheet)
    leaves = leaves_of(sheet.set)
    turn = _my_turn(sheet, by, leaves)
    refuse_stale(About.SCORES, sheet, seen)
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
        keep_totals(sheet, leaves, scores)
        record(About.SCORES, sheet, turn.stage.label, by=by, before=before, after=after)
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


def total_of(leaves, points: dict[int, Decimal | None]) -> Decimal | None:
    """Main points and bonus less deductions; None where no points were given at all."""
    if all(points.get(leaf.pk) is None for leaf in leaves):
        return None
    signs = {Kind.DEDUCTION: -1}
    return sum(((points.get(leaf.pk) or Decimal(0)) * signs.get(leaf.kind, 1) for leaf in leaves), Decimal(0))


def sums_of(outline, scores: dict[int, Score], stage) -> dict[int, Decimal | None]:
    """{criterion: points}; of a group those of its parts together, None where none has any."""
    found = {row.pk: getattr(scores[row.pk], stage.points) for row in outline if row.is_leaf and row.pk in scores}
    for row in reversed(outline):
        if row.parent_id and found.get(row.pk) is not None:
            found[row.parent_id] = (found.get(row.parent_id) or Decimal(0)) + found[row.pk]
    return found


def keep_totals(sheet, leaves, scores):
    """The sums of the columns, kept beside the sheet; those of verifying and settling once they are done and complete."""
    own, verified, settled = (
        total_of(leaves, {key: getattr(row, stage.points) for key, row in scores.items()}) for stage in STAGES
    )
    is_complete = all(row.verified is not None for row in scores.values())
    sheet.own_total = own or Decimal(0)
    sheet.verified_total = verified if is_complete and sheet.state in (State.VERIFIED, State.SETTLED) else None
    sheet.settled_total = settled if sheet.state == State.SETTLED else None
    if sheet.settled_total is None:
        sheet.rank = None
    sheet.save()


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


@transaction.atomic
def end_step(sheet, *, by, seen: int | None = None) -> ScoreSheet:
    """Send the own scores, pass on what the cluster verified, or settle: each when its column is complete.

    Bonus and deduction that a member left empty count as nothing. Raises ``Refused`` and ``Stale``.
    """
    sheet = held_sheet(sheet, ranks=True)
    leaves = leaves_of(sheet.set)
    turn = _my_turn(sheet, by, leaves)
    refuse_stale(About.SCORES, sheet, seen)
    if not turn.may_end:
        raise Refused("Phần của đơn vị bạn đã lưu. Trưởng cụm gửi cả bảng điểm đi khi các mục đã thẩm định đủ.")
    scores = scores_of(sheet)
    stage = turn.stage
    faults = list(
        _faults_before_sending(leaves, scores) if stage is OWN else _faults_of_stage(leaves, scores, stage, sheet)
    )
    if turn.on_paper and not sheet.papers.exists():
        faults.append("Hãy gắn bản quét bảng tự chấm trên giấy của đơn vị.")
    if faults:
        raise Refused(f"Đã lưu, nhưng chưa {stage.act.lower()} được. {' '.join(faults)}")
    if stage is OWN:
        for score in scores.values():
            score.own = score.own or Decimal(0)
            score.save()
    return _moved(sheet, stage.following, stage.act, by, leaves, scores)


@transaction.atomic
def take_over(sheet, *, by, reason: str, seen: int | None = None) -> ScoreSheet:
    """The department takes a sheet on that its cluster did not verify in full, with the reason. Raises ``Refused``."""
    sheet = held_sheet(sheet, ranks=True)
    _refuse_others(by)
    refuse_stale(About.SCORES, sheet, seen)
    if sheet.state != State.SENT:
        raise Refused(f"{sheet} đang ở bước «{sheet.get_state_display()}», không phải chờ cụm thẩm định.")
    _refuse_no_reason(reason)
    return _moved(sheet, State.VERIFIED, "Sở Nội vụ chuyển sang bước chốt", by, reason=reason)


_BACK = {State.SENT: State.OPEN, State.VERIFIED: State.SENT, State.SETTLED: State.VERIFIED}


@transaction.atomic
def give_back(sheet, *, by, reason: str, seen: int | None = None) -> ScoreSheet:
    """Return a sheet one step, with the reason; what was given in each column stays. Raises ``Refused``."""
    sheet = held_sheet(sheet, ranks=True)
    if not may_give_back(by, sheet):
        raise Refused(f"{sheet} đang ở bước «{sheet.get_state_display()}»; bạn không trả lại được.")
    refuse_stale(About.SCORES, sheet, seen)
    _refuse_no_reason(reason)
    return _moved(sheet, _BACK[sheet.state], "Trả lại", by, reason=reason)


@transaction.atomic
def disqualify(sheet, *, by, reason: str, seen: int | None = None) -> ScoreSheet:
    """Leave a member out of the ranking, with the reason; its scores stay. Raises ``Refused``."""
    sheet = held_sheet(sheet, ranks=True)
    _refuse_others(by)
    refuse_stale(About.SCORES, sheet, seen)
    if sheet.disqualified:
        raise Refused(f"{sheet.membership} đã được ghi không xếp hạng.")
    _refuse_no_reason(reason)
    return _qualified(sheet, reason.strip(), "Không xếp hạng", by, reason)


@transaction.atomic
def qualify(sheet, *, by, reason: str, seen: int | None = None) -> ScoreSheet:
    """Rank a member again that was left out, with the reason. Raises ``Refused``."""
    sheet = held_sheet(sheet, ranks=True)
    _refuse_others(by)
    refuse_stale(About.SCORES, sheet, seen)
    if not sheet.disqualified:
        raise Refused(f"{sheet.membership} đang được xếp hạng.")
    _refuse_no_reason(reason)
    return _qualified(sheet, "", "Xếp hạng lại", by, reason)


def _qualified(sheet, words, act, by, reason):
    before, sheet.disqualified = sheet.disqualified, words
    sheet.rank = None
    sheet.version += 1
    sheet.save()
    changes = {"before": {"Không xếp hạng vì": before}, "after": {"Không xếp hạng vì": words}}
    record(About.SCORES, sheet, act, by=by, reason=reason, **changes)
    rank(sheet.membership.cluster)
    return sheet


def _refuse_others(by):
    if not may_manage(by):
        raise Refused(NOBODY_ELSE)


def _refuse_no_reason(reason):
    if not reason.strip():
        raise Refused("Hãy ghi lý do.", "reason")


def _moved(sheet, state, act, by, leaves=None, scores=None, reason=""):
    """Store the sheet in another state, with its totals; ranks of its cluster follow."""
    before = {"Trạng thái": sheet.get_state_display()}
    sheet.state = state
    sheet.version += 1
    keep_totals(sheet, leaves or leaves_of(sheet.set), scores or scores_of(sheet))
    after = {"Trạng thái": sheet.get_state_display()}
    record(About.SCORES, sheet, act, by=by, before=before, after=after, reason=reason)
    rank(sheet.membership.cluster)
    return sheet


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
