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
from documents.tables import Lists, table
from documents.vietnamese import count_text, full_day, table_day
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
        f"Thời gian: {_moment(activity.held_at, activity.held_on)}.",
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


def _moment(hour, day) -> str:
    """``08 giờ 00, ngày 15 tháng 12 năm 2026``; a blank for an hour that is not known."""
    return f"{f'{hour:%H giờ %M}' if hour else '… giờ …'}, {full_day(day)}"


def _person(words) -> str:
    """``Nông Văn A, Giám đốc``; a blank for a post that was not told."""
    return said(words) if "," in words else f"{said(words)}, [chức vụ]"


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
    secretary = activity.secretary.strip() or by.full_name
    cluster, lists = activity.cluster, Lists()
    came = lists.table(
        "Thành phần tham dự",
        *_heads_with(["Đơn vị", "Có mặt, vắng"], "Người dự, lý do vắng", rows),
    )
    body = [
        f"Thời gian bắt đầu: {_moment(activity.held_at, activity.held_on)}.",
        f"Địa điểm: {said(activity.place)}.",
        f"Thành phần tham dự: {_counted(rows)}.",
        came,
        f"Chủ trì: {_person(activity.chair)}.",
        f"Thư ký (người ghi biên bản): {_person(secretary)}.",
        *_lines(activity.decided, "Nội dung, kết luận:"),
    ]
    if elected:
        names = "; ".join(f"{row.get_role_display().lower()}: {said(row.membership)}" for row in elected)
        body.append(f"Hội nghị bầu trưởng, phó trưởng năm {cluster.division.year + 1}: {names}.")
    body.append(f"Hội nghị kết thúc vào {_moment(activity.ended_at, activity.held_on)}.")
    return {
        "type": "BB",
        "facts": {
            "subject": said_in_head(f"{activity.title} của {cluster.name}"),
            "signer": None,
            "capacity": "CHỦ TỌA",
            "signer_name": activity.chair.split(",")[0].strip(),
            "second_signer_name": secretary.split(",")[0].strip(),
            "body": lists.told("\n\n".join(body)),
        },
        "appendices": lists.appendices,
    }


def _counted(rows) -> str:
    """``có mặt 07/09 đơn vị, vắng có lý do 01, vắng 01``."""
    counts = Counter(row.came for row in rows)
    parts = [f"có mặt {count_text(counts[Came.PRESENT])}/{count_text(len(rows))} đơn vị"]
    parts += [
        f"{came.label.lower()} {count_text(counts[came])}" for came in (Came.EXCUSED, Came.ABSENT) if counts[came]
    ]
    return ", ".join(parts)


def _heads_with(heads, last, rows):
    """Heads and rows of who came; the column of notes only where somebody has one."""
    told = any(row.note for row in rows)
    cells = [(row.membership.unit.name, row.get_came_display(), *([row.note] if told else [])) for row in rows]
    return [*heads, *([last] if told else [])], cells


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
    to, lists = _to_department(), Lists()
    body = lists.told(_report(cluster, period, until, activities, lists))
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
            "body": body,
        },
        appendices=lists.appendices,
        addressees=[*to, Addressee(key=f"cum:{cluster.pk}", label=f"Các đơn vị thuộc {cluster.name}")],
    )
    ClusterReport.objects.create(cluster=cluster, period=period, document=document)
    return document


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
        yield from _lines(row.decided, f"**{said(row.title)} ({full_day(row.held_on)}):**")


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
