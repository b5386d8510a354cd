"""Criteria and scores of the sample clusters. All of it is invented: criteria, points, reasons."""

from datetime import date
from decimal import Decimal

from clusters.models import Category, Cluster, CriteriaSet, Criterion, Score, ScoreSheet
from documents.sample.life import moment, reader
from units.models import Role, Unit

from ..criteria import actions as criteria
from ..criteria.tree import TreeRow
from ..scores import actions as scoring
from ..scores import rules

Kind, State = Criterion.Kind, ScoreSheet.State
# Level, number, words, points of a hundred; a letter behind them: e for evidence.
_TREE = [
    (1, "I", "Thực hiện nhiệm vụ chính trị, phát triển kinh tế - xã hội, quốc phòng, an ninh", 60, ""),
    (2, "1", "Hoàn thành các chỉ tiêu, nhiệm vụ được giao trong năm", 30, "e"),
    (2, "2", "Cải cách hành chính, chuyển đổi số", 15, "e"),
    (2, "3", "Giải quyết kiến nghị, đơn thư của công dân đúng hạn", 15, ""),
    (1, "II", "Xây dựng Đảng, chính quyền, Mặt trận Tổ quốc và các đoàn thể", 20, ""),
    (2, "4", "Tổ chức đảng, đoàn thể hoàn thành tốt nhiệm vụ trở lên", 12, ""),
    (2, "5", "Thực hiện quy chế dân chủ, phòng, chống tham nhũng, lãng phí", 8, ""),
    (1, "III", "Công tác thi đua, khen thưởng", 20, ""),
    (2, "6", "Phát động, tổ chức phong trào thi đua; ký và thực hiện giao ước", 8, "e"),
    (2, "7", "Phát hiện, nhân rộng điển hình tiên tiến", 6, ""),
    (2, "8", "Hồ sơ, báo cáo thi đua, khen thưởng đủ và đúng hạn", 6, ""),
    (1, "IV", "Điểm thưởng", 5, ""),
    (2, "9", "Có mô hình mới, sáng kiến được công nhận trong năm", 5, "e"),
    (1, "V", "Điểm trừ", 5, ""),
    (2, "10", "Gửi báo cáo chậm, vắng họp cụm không lý do", 5, ""),
]
_KINDS = {"IV": Kind.BONUS, "V": Kind.DEDUCTION}
# Departments that verify a criterion, where they exist.
_VERIFIERS = {"2": ("so-khoa-hoc-va-cong-nghe-2025", "so-thong-tin-va-truyen-thong"), "3": ("thanh-tra-tinh",)}
_REASON = "Đối chiếu hồ sơ, sổ theo dõi của cụm (lý do minh họa)."


def make(division, *, people) -> int:
    """Criteria for every category of ``division``, its sheets, and their scores; nothing where scoring was opened before."""
    if ScoreSheet.objects.filter(membership__division=division).exists():
        return 0
    year = division.year
    with moment(date(year, 11, 2)):
        for category in Category.objects.filter(cluster__division=division, cluster__parts=None).distinct():
            newest = criteria.newest_for(category, year)
            if newest is None or newest.applies_from < year:
                _approved(category, year, people)
    with moment(date(year, 11, 5)):
        made, _ = scoring.open_scoring(division, by=people["chuyenvien"])
    clusters = Cluster.objects.filter(division=division, parts=None).select_related("division")
    for number, cluster in enumerate(clusters):
        _score(cluster, number, people)
    return made


def _approved(category, year, people):
    """A set of a hundred points, of a thousand for communes; approved by the leader of the department."""
    times = 10 if "xã" in category.name else 1
    draft = CriteriaSet(
        category=category, name=f"Tiêu chí chấm điểm {category}", total=100 * times, applies_from=year, sample=True
    )
    made = criteria.begin(draft, by=people["chuyenvien"])
    units = {unit.code: unit for unit in Unit.objects.alive_on(date(year, 11, 2))}
    kind, rows = Kind.MAIN, []
    for level, code, text, points, marks in _TREE:
        kind = _KINDS.get(code, Kind.MAIN if level == 1 else kind)
        verifier = next((units[name] for name in _VERIFIERS.get(code, ()) if name in units), None)
        rows.append(TreeRow(level, code, text, kind, Decimal(points * times), "e" in marks, verifier))
    criteria.save(made, by=people["chuyenvien"], typed=made, rows=rows)
    criteria.approve(made, by=people["lanhdao"], day=date(year, 11, 2))


def _score(cluster, number, people):
    """The scores of a cluster: those of past years all settled; of this year some settled, some on their way."""
    sheets = list(ScoreSheet.objects.filter(membership__cluster=cluster).with_names())
    past = cluster.division.year < 2026
    trying = {user.unit_id for user in people.values() if user.is_active and user.role == Role.UNIT_OFFICER}
    leader = reader(sheets[0].membership.unit, number) if sheets else None
    for place, sheet in enumerate(sheets):
        state = State.SETTLED if past or number == 0 else _STATES[(number + place) % len(_STATES)]
        # What somebody may try out stays for that person.
        if sheet.membership.unit_id in trying and not past:
            state = State.OPEN
        with moment(date(cluster.division.year, 11, 12 + place % 6)):
            _fill(sheet, state, number * 7 + place, leader, people["chuyenvien"])
    rules.rank(cluster)


_STATES = [State.SENT, State.VERIFIED, State.SETTLED, State.SENT, State.OPEN]
_ORDER = [State.OPEN, State.SENT, State.VERIFIED, State.SETTLED]


def _fill(sheet, state, seed, leader, officer):
    """One sheet as far as it has come, with the row that each step leaves."""
    leaves = criteria.leaves_of(sheet.set)
    scores = scoring.scores_of(sheet)
    for n, leaf in enumerate(leaves):
        score = scores[leaf.pk]
        score.own = _points(leaf, (seed * 5 + n * 3) % 7)
        score.own_note = "Số liệu theo báo cáo năm của đơn vị (minh họa)." if leaf.needs_evidence else ""
        if _ORDER.index(state) >= 2:
            harsher = (seed + n) % 6 == 2 and score.own > 1
            score.verified = score.own - (1 if harsher else 0)
            score.verified_note = _REASON if harsher else ""
        if state == State.SETTLED:
            score.settled = score.verified
    Score.objects.bulk_update(scores.values(), ["own", "own_note", "verified", "verified_note", "settled"])
    author = reader(sheet.membership.unit, seed)
    steps = [(scoring.OWN, author), (scoring.VERIFY, leader), (scoring.SETTLE, officer)]
    for stage, by in steps[: _ORDER.index(state)]:
        scoring.STEPS.tell(sheet, stage.ends, stage.act, by=by)
    sheet.state = state
    rules.add_up(sheet, leaves, scores)
    sheet.save()


def _points(leaf, dice):
    """Points from most to all; few have bonus, few a deduction."""
    if leaf.kind != Kind.MAIN:
        return leaf.maximum * (dice == 3) * Decimal("0.4")
    return (leaf.maximum * (100 - dice * 3) / 100).quantize(Decimal("0.5"))
