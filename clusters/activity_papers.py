"""The papers that are written from what a cluster logged: invitation, minutes, half-year and year report.

Source: Nghị định 30/2020/NĐ-CP, Phụ lục III, Mẫu 1.4 (báo cáo), 1.7 (giấy mời), 1.9 (biên bản).
"""

from collections import Counter
from datetime import date

from django.db import transaction
from django.utils import timezone

from documents import areas
from documents.citations import long_form
from documents.markdown import said, said_in_head
from documents.models import Addressee, Document
from documents.steps import Refused
from documents.tables import table
from documents.vietnamese import day_text, month_text
from units.figures import figure_text
from units.permissions import department

from .activities import faults_of
from .models import Activity, ActivityPaper, Attendance, Cluster, ClusterReport, Pact, ScoreSheet
from .progress import progress

Came = Attendance.Came
Period = ClusterReport.Period
ACTIVITY, REPORT = "hoat-dong-cum", "bao-cao-cum"


def _to_department():
    unit = department(timezone.localdate())
    return [Addressee(key=f"don-vi:{unit.code}", label=unit.name)] if unit else []


def papers_of(activity, user):
    """The papers of ``activity`` that ``user`` may open, with what each is."""
    rows = activity.papers.exclude(document__state=Document.State.DISCARDED).select_related("document__type")
    return rows.filter(document__in=Document.objects.open_to(user)).order_by("pk")


def reports_of(cluster, user):
    """The reports of ``cluster`` that ``user`` may open."""
    rows = cluster.reports.exclude(document__state=Document.State.DISCARDED).select_related("document__type")
    return rows.filter(document__in=Document.objects.open_to(user)).order_by("pk")


def _refuse(cluster, by, rows):
    """Raise ``Refused`` for who leads not, and where one of ``rows`` has a paper that holds or may come to."""
    if not cluster.is_led_by(by):
        raise Refused(f"Chỉ trưởng, phó trưởng của {cluster} soạn được văn bản này.")
    other = (
        rows.exclude(document__state__in=Document.OVER)
        .select_related("document__type", "document__author__unit")
        .first()
    )
    if other:
        paper = other.document
        raise Refused(
            f"Đã có {paper.name} ({paper.get_state_display().lower()}), do {paper.author}, {paper.author.unit} soạn. "
            "Hãy dùng văn bản đó; muốn soạn lại thì bỏ, thay thế hoặc thu hồi văn bản đó trước."
        )


# --- Invitation and minutes


@transaction.atomic
def draft_for(activity, kind: ActivityPaper.Kind, *, by) -> Document:
    """A draft of the invitation to ``activity`` or of its minutes, by the unit of ``by``. Raises ``Refused``."""
    rows = Activity.objects.select_for_update(of=("self",)).select_related("cluster__division__notice__type")
    activity = rows.get(pk=activity.pk)
    _refuse(activity.cluster, by, activity.papers.filter(kind=kind))
    if not activity.is_gathering:
        raise Refused("Việc này không phải cuộc họp nên không có giấy mời, biên bản.")
    make = _invitation if kind == ActivityPaper.Kind.INVITATION else _minutes
    document = areas.draft(area=ACTIVITY, key=f"{kind}-{activity.pk}", by=by, issuer=by.unit, **make(activity, by))
    ActivityPaper.objects.create(activity=activity, kind=kind, document=document)
    return document


def _invitation(activity, by):
    """Whom, to what, when, where (Mẫu 1.7)."""
    if activity.held_on < timezone.localdate():
        raise Refused(f"{activity} đã qua nên không soạn giấy mời nữa. Hãy soạn biên bản.")
    if not (activity.place.strip() and activity.held_at):
        raise Refused("Hãy ghi giờ và địa điểm của hoạt động trước khi soạn giấy mời.")
    cluster, unit = activity.cluster, by.unit
    guests = [f"Các đơn vị thuộc {cluster.name}", *(row.label for row in _to_department())]
    lines = [
        f"{said(unit.name)} trân trọng kính mời: Đại diện lãnh đạo các đơn vị thành viên {said(cluster.name)}; "
        "đại diện Sở Nội vụ.",
        f"Tới dự: {said(activity.title)} của {said(cluster.name)}, năm thi đua {cluster.division.year}.",
        f"Chủ trì: {said(activity.chair)}." if activity.chair else "",
        f"Thời gian: {_moment(activity)}.",
        f"Địa điểm: {said(activity.place)}.",
    ]
    return {
        "type": "GM",
        "facts": {
            "subject": said_in_head(activity.title),
            "recipients": "\n".join(guests),
            "body": "\n\n".join(filter(None, [*lines, *_lines(activity.decided, "Nội dung dự kiến:")])),
        },
        "addressees": [Addressee(key=f"cum:{cluster.pk}", label=guests[0]), *_to_department()],
    }


def _moment(activity) -> str:
    """``08 giờ 00, ngày 15 tháng 12 năm 2026``."""
    hour = f"{activity.held_at:%H giờ %M}, " if activity.held_at else ""
    return f"{hour}{_day(activity.held_on)}"


def _day(day) -> str:
    """``ngày 09 tháng 7 năm 2026``."""
    return f"ngày {day_text(day.day)} tháng {month_text(day.month)} năm {day.year}"


def _lines(text, heading):
    """``text`` as typed, each line a paragraph of its own under ``heading``; nothing of nothing."""
    lines = [said(line) for line in text.splitlines() if line.strip()]
    return [heading, *lines] if lines else []


def _minutes(activity, by):
    """When, where, who came, what was decided, who was elected (Mẫu 1.9)."""
    faults = faults_of(activity)
    if faults:
        raise Refused("Chưa soạn được biên bản. " + " ".join(faults))
    elected = activity.elections.select_related("membership__unit")
    rows = list(activity.attendances.select_related("membership__unit").order_by("membership__unit__sort_text"))
    body = [
        f"Thời gian bắt đầu: {_moment(activity)}.",
        f"Địa điểm: {said(activity.place)}.",
        f"Thành phần tham dự: {_counted(rows)}.",
        _came(rows),
        f"Chủ trì: {said(activity.chair)}.",
        f"Thư ký (người ghi biên bản): {said(by.full_name)}.",
        *_lines(activity.decided, "Nội dung, kết luận:"),
    ]
    if elected:
        names = "; ".join(f"{row.get_role_display().lower()}: {said(row.membership)}" for row in elected)
        body.append(f"Hội nghị bầu trưởng, phó trưởng năm {activity.cluster.division.year + 1}: {names}.")
    body.append(f"Hội nghị kết thúc vào … giờ …, {_day(activity.held_on)}.")
    return {
        "type": "BB",
        "facts": {
            "subject": said_in_head(f"{activity.title} của {activity.cluster.name}"),
            "signer": None,
            "capacity": "CHỦ TỌA",
            "signer_name": activity.chair.split(",")[0].strip(),
            "second_signer_name": by.full_name,
            "body": "\n\n".join(body),
        },
    }


def _counted(rows) -> str:
    """``có mặt 7/9 đơn vị, vắng có lý do 1, vắng 1``."""
    counts = Counter(row.came for row in rows)
    parts = [f"có mặt {counts[Came.PRESENT]}/{len(rows)} đơn vị"]
    parts += [f"{came.label.lower()} {counts[came]}" for came in (Came.EXCUSED, Came.ABSENT) if counts[came]]
    return ", ".join(parts)


def _came(rows) -> str:
    heads = ["Đơn vị", "Có mặt, vắng", "Người dự, lý do vắng"]
    return table(heads, [(row.membership.unit.name, row.get_came_display(), row.note) for row in rows])


# --- Reports


@transaction.atomic
def draft_report(cluster, period: Period, *, by) -> Document:
    """A draft of the half-year or year report of ``cluster``, from what was reported. Raises ``Refused``."""
    rows = Cluster.objects.select_for_update(of=("self",)).select_related("division__notice__type")
    cluster = rows.get(pk=cluster.pk)
    _refuse(cluster, by, cluster.reports.filter(period=period))
    until = _until(cluster.division, period)
    activities = list(cluster.activities.told().filter(held_on__lte=until).order_by("held_on", "pk"))
    if not activities:
        raise Refused("Chưa có hoạt động nào được báo cáo trong kỳ này. Hãy ghi và báo cáo các hoạt động trước.")
    to = _to_department()
    document = areas.draft(
        area=REPORT,
        key=f"{period}-{cluster.pk}",
        by=by,
        type="BC",
        issuer=by.unit,
        facts={
            "subject": f"kết quả hoạt động {_period_words(cluster.division, period)} của {said_in_head(cluster.name)}",
            "to": "\n".join(row.label for row in to),
            "recipients": "\n".join(["Như trên", f"Các đơn vị thuộc {cluster.name}"]),
            "body": _report(cluster, period, until, activities),
        },
        addressees=[*to, Addressee(key=f"cum:{cluster.pk}", label=f"Các đơn vị thuộc {cluster.name}")],
    )
    ClusterReport.objects.create(cluster=cluster, period=period, document=document)
    return document


def _until(division, period) -> date:
    """The last day that a report looks at."""
    return date(division.year, 6, 30) if period == Period.HALF else division.ends_on


def _period_words(division, period) -> str:
    return f"6 tháng đầu năm {division.year}" if period == Period.HALF else f"năm {division.year}"


def _report(cluster, period, until, activities) -> str:
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
        _held(activities),
        "## 2. Tham gia của các thành viên",
        _attendance(cluster, activities),
        "## 3. Nội dung đã thống nhất",
        *_decisions(activities),
    ]
    if duties:
        parts += ["## 4. Thực hiện các việc theo hướng dẫn", _duties(duties)]
    facts = _pact(cluster) + (_scores(cluster) if period == Period.YEAR else [])
    if facts:
        parts += ["# II. GIAO ƯỚC VÀ CHẤM ĐIỂM THI ĐUA", *facts]
    return "\n\n".join([*parts, f"# {'III' if facts else 'II'}. ĐÁNH GIÁ, KIẾN NGHỊ", "…"])


def _by(done, day) -> bool:
    """Whether something was done by ``day``, as far as that is known."""
    return done.on is not None and done.on <= day


def _sums(activities) -> str:
    """How many, and how many of each kind."""
    counts = Counter(row.get_kind_display() for row in activities)
    kinds = "; ".join(f"{kind.lower()}: {count}" for kind, count in counts.items())
    return f"Trong kỳ đã có {len(activities)} hoạt động ({kinds})."


def _held(activities) -> str:
    rows = [(f"{row.held_on:%d/%m/%Y}", row.title, row.place) for row in activities]
    return table(["Ngày", "Hoạt động", "Địa điểm"], rows)


def _attendance(cluster, activities) -> str:
    """For each member how often it came, was excused and was absent."""
    counts = Counter(Attendance.objects.filter(activity__in=activities).order_by().values_list("membership", "came"))
    members = cluster.memberships.with_units()
    rows = [(row.unit.name, *(counts[row.pk, came.value] for came in Came)) for row in members]
    return table(["Đơn vị", "Có mặt", "Vắng có lý do", "Vắng"], rows)


def _decisions(activities):
    """What each activity decided, a paragraph a line."""
    for row in activities:
        yield from _lines(row.decided, f"**{said(row.title)} ({row.held_on:%d/%m/%Y}):**")


def _duties(cells) -> str:
    rows = []
    for row in cells:
        day = f" ngày {row.done.on:%d/%m/%Y}" if row.done and row.done.on else ""
        rows.append((row.milestone.title, f"{row.milestone.due_on:%d/%m/%Y}", f"{row.standing.label}{day}"))
    return table(["Việc phải làm", "Chậm nhất", "Kết quả"], rows)


def _pact(cluster):
    """How far the pact of the cluster has come; nothing without one."""
    pact = Pact.objects.filter(cluster=cluster).exclude(state=Pact.State.DRAFT).with_counts().first()
    if not pact:
        return []
    words = f"{said(pact.title)}: {pact.signed}/{pact.asked} đơn vị đã ký"
    return [f"{words}; {pact.get_state_display().lower()}; {pact.targets.count()} chỉ tiêu."]


def _scores(cluster):
    """The settled totals and ranks; nothing before they are settled."""
    sheets = ScoreSheet.objects.filter(membership__cluster=cluster, state=ScoreSheet.State.SETTLED)
    sheets = sheets.select_related("membership__unit").order_by("rank", "-settled_total", "pk")
    if not sheets:
        return []
    rows = [(row.rank or "", row.membership.unit.name, figure_text(row.settled_total)) for row in sheets]
    return ["Kết quả chấm điểm đã chốt:", table(["Xếp hạng", "Đơn vị", "Tổng điểm"], rows, numbered=False)]


# --- What becomes of them


def _hear_activity(document, state):
    """A paper that takes the place of another is the activity's paper as well."""
    if state == areas.ISSUED:
        kind, _, key = document.area_key.partition("-")
        ActivityPaper.objects.get_or_create(document=document, defaults={"kind": kind, "activity_id": int(key)})


def _hear_report(document, state):
    """The same for reports."""
    if state == areas.ISSUED:
        period, _, key = document.area_key.partition("-")
        ClusterReport.objects.get_or_create(document=document, defaults={"period": period, "cluster_id": int(key)})


areas.register(ACTIVITY, _hear_activity)
areas.register(REPORT, _hear_report)
