"""The half-year and the year report of a cluster, written from what it logged.

Source: Nghị định 30/2020/NĐ-CP, Phụ lục III, Mẫu 1.4 (báo cáo).
"""

from collections import Counter
from datetime import date

from django.db import transaction

from documents.citations.rules import long_form
from documents.models import Addressee, Document
from documents.papers.tables import Lists, table
from documents.source.markdown import said, said_in_head
from documents.source.vietnamese import count_text, full_day, table_day
from documents.steps.refusing import Refused
from units.figures import figure_text

from ..activities.models import Attendance
from ..activities.papers import REPORT, Period, refuse_stranger, to_department, told_lines
from ..divisions.models import Cluster
from ..pacts.models import Pact
from ..scores.models import ScoreSheet
from ..year.progress import progress

Came = Attendance.Came


@transaction.atomic
def draft_report(cluster, period: Period, *, by) -> Document:
    """A draft of the half-year or year report of ``cluster``, from what was reported. Raises ``Refused``."""
    rows = Cluster.objects.select_for_update(of=("self",)).select_related("division__notice__type")
    cluster = rows.get(pk=cluster.pk)
    refuse_stranger(cluster, by)
    REPORT.refuse_standing(cluster.pk, period)
    until = _until(cluster.division, period)
    activities = list(cluster.activities.told().filter(held_on__lte=until).order_by("held_on", "pk"))
    if not activities:
        raise Refused("Chưa có hoạt động nào được báo cáo trong kỳ này. Hãy ghi và báo cáo các hoạt động trước.")
    to, lists = to_department(), Lists()
    body = lists.told(_report(cluster, period, until, activities, lists))
    return REPORT.draft(
        cluster.pk,
        period,
        by=by,
        type="BC",
        issuer=by.unit,
        facts={
            "subject": f"kết quả hoạt động {_period_words(cluster.division, period)} của {said_in_head(cluster.name)}",
            "to": "\n".join(row.label for row in to),
            "recipients": "\n".join(["Như trên", f"Các đơn vị thuộc {cluster.name}"]),
            "body": body,
        },
        appendices=lists.appendices,
        addressees=[*to, Addressee(key=f"cum:{cluster.pk}", label=f"Các đơn vị thuộc {cluster.name}")],
    )


def _until(division, period) -> date:
    """The last day that a report looks at."""
    return date(division.year, 6, 30) if period == Period.HALF else division.ends_on


def _period_words(division, period) -> str:
    return f"6 tháng đầu năm {division.year}" if period == Period.HALF else f"năm {division.year}"


def _report(cluster, period, until, activities, lists) -> str:
    """The words of a report: duties, activities, who came, what was decided, pact and scores where there are any."""
    division = cluster.division
    (row,) = progress(division, clusters=[cluster.pk])
    duties = [duty for duty in row.cells if duty.milestone.due_on <= until or (duty.done and _by(duty.done, until))]
    parts = [
        f"Thực hiện {said(long_form(division.notice))}, {said(cluster.name)} báo cáo kết quả hoạt động "
        f"{_period_words(division, period)} như sau:",
        "# I. KẾT QUẢ HOẠT ĐỘNG",
        "## 1. Các hoạt động đã tổ chức",
        _sums(activities),
        _held(activities, lists),
        "## 2. Tham gia của các thành viên",
        _attendance(cluster, activities, lists),
        "## 3. Nội dung đã thống nhất",
        *_decisions(activities),
    ]
    if duties:
        parts += ["## 4. Thực hiện các việc theo hướng dẫn", _duties(duties)]
    facts = _pact(cluster) + (_scores(cluster, lists) if period == Period.YEAR else [])
    if facts:
        parts += ["# II. GIAO ƯỚC VÀ CHẤM ĐIỂM THI ĐUA", *facts]
    return "\n\n".join([*parts, f"# {'III' if facts else 'II'}. ĐÁNH GIÁ, KIẾN NGHỊ", "…"])


def _by(done, day) -> bool:
    """Whether something was done by ``day``, as far as that is known."""
    return done.on is not None and done.on <= day


def _sums(activities) -> str:
    """How many, and how many of each kind."""
    counts = Counter(row.get_kind_display() for row in activities)
    kinds = "; ".join(f"{kind.lower()}: {count_text(count)}" for kind, count in counts.items())
    return f"Trong kỳ đã có {count_text(len(activities))} hoạt động ({kinds})."


def _held(activities, lists) -> str:
    rows = [(table_day(row.held_on), row.title, row.place) for row in activities]
    return lists.table("Các hoạt động đã tổ chức", ["Ngày", "Hoạt động", "Địa điểm"], rows)


def _attendance(cluster, activities, lists) -> str:
    """For each member how often it came, was excused and was absent; nothing of who was never asked."""
    counts = Counter(Attendance.objects.filter(activity__in=activities).order_by().values_list("membership", "came"))
    members = cluster.memberships.with_units()
    rows = [(row.unit.name, *(counts[row.pk, came.value] for came in Came)) for row in members]
    heads = [came.label for came in Came]
    asked = [row for row in rows if any(row[1:])]
    return lists.table("Tham gia của các thành viên", ["Đơn vị", *heads], asked, right=heads)


def _decisions(activities):
    """What each activity decided, a paragraph a line."""
    for row in activities:
        yield from told_lines(row.decided, f"**{said(row.title)} ({full_day(row.held_on)}):**")


def _duties(cells) -> str:
    rows = []
    for row in cells:
        day = f" ngày {table_day(row.done.on)}" if row.done and row.done.on else ""
        rows.append((row.milestone.title, table_day(row.milestone.due_on), f"{row.standing.label}{day}"))
    return table(["Việc phải làm", "Chậm nhất", "Kết quả"], rows)


def _pact(cluster):
    """How far the pact of the cluster has come; nothing without one."""
    pact = Pact.objects.filter(cluster=cluster).exclude(state=Pact.State.DRAFT).with_counts().first()
    if not pact:
        return []
    words = f"{said(pact.title)}: {count_text(pact.signed)}/{count_text(pact.asked)} đơn vị đã ký"
    return [f"{words}; {pact.get_state_display().lower()}; {count_text(pact.targets.count())} chỉ tiêu."]


def _scores(cluster, lists):
    """The settled totals, and ranks once there are any; nothing before they are settled."""
    sheets = ScoreSheet.objects.filter(membership__cluster=cluster, state=ScoreSheet.State.SETTLED)
    sheets = list(sheets.select_related("membership__unit").order_by("rank", "-settled_total", "pk"))
    if not sheets:
        return []
    ranked = any(row.rank for row in sheets)
    rows = [
        (row.membership.unit.name, figure_text(row.settled_total), *([row.rank or ""] if ranked else []))
        for row in sheets
    ]
    heads = ["Đơn vị", "Tổng điểm", *(["Xếp hạng"] if ranked else [])]
    return ["Kết quả chấm điểm đã chốt:", lists.table("Kết quả chấm điểm", heads, rows, right=heads[1:])]
