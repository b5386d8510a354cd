"""What the sample clusters did in their year. All of it is invented: days, places, persons, words and pictures."""

import io
from datetime import date, time, timedelta

from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image, ImageDraw

from clusters.area import keep
from clusters.models import Activity, ActivityFile, Attendance, Cluster, Election, Membership
from documents.sample.life import moment, reader
from documents.sample.names import head_on

from ..activities import actions as activities
from ..year import actions as milestones

Kind, State, Came = Activity.Kind, Activity.State, Attendance.Came
_PLACE = "Phòng họp {}"
# Kind, title, month and day, what was decided.
_YEAR = [
    (Kind.PLAN, "Ban hành kế hoạch hoạt động năm", (3, 6), "Kế hoạch gồm bốn cuộc họp, hai đợt kiểm tra chéo."),
    (
        Kind.FIRST_MEETING,
        "Họp triển khai nhiệm vụ đầu năm",
        (3, 18),
        "Thống nhất kế hoạch hoạt động, tiêu chí chấm điểm và dự thảo giao ước thi đua.\n"
        "Giao các thành viên đăng ký chỉ tiêu trước ngày 25 tháng 3.",
    ),
    (
        Kind.MIDYEAR,
        "Hội nghị sơ kết 6 tháng đầu năm",
        (7, 9),
        "Đánh giá kết quả thực hiện giao ước; các thành viên đạt từ 48 đến 61 % chỉ tiêu năm.\n"
        "Thống nhất kế hoạch kiểm tra chéo trong tháng 9 và tháng 10.",
    ),
    (Kind.CHARITY, "Thăm, tặng quà gia đình chính sách", (7, 24), "Tặng 20 suất quà do các thành viên đóng góp."),
    (
        Kind.CROSS_CHECK,
        "Kiểm tra chéo giữa các thành viên",
        (10, 14),
        "Kiểm tra hồ sơ, sổ sách thi đua của từng thành viên; các tồn tại đã ghi biên bản và hẹn ngày sửa.",
    ),
    (
        Kind.YEAR_END,
        "Hội nghị tổng kết năm",
        (12, 3),
        "Thông qua kết quả chấm điểm, bình xét, suy tôn; bầu trưởng, phó trưởng năm sau.",
    ),
    (Kind.FILE, "Gửi hồ sơ đề nghị khen thưởng", (12, 8), "Hồ sơ gồm tờ trình, biên bản bình xét, báo cáo thành tích."),
]


def make(division, *, people):
    """The duties of the year, and what each cluster logged of them by today; nothing where there is something already."""
    if division.milestones.exists():
        return
    milestones.fill(division, by=people["chuyenvien"])
    for number, cluster in enumerate(Cluster.objects.filter(division=division, parts=None).select_related("division")):
        _live(cluster, number, people)


def _live(cluster, number, people):
    """The year of one cluster: a day later or earlier than the others; some forget the last check."""
    members = list(cluster.memberships.with_units())
    author = next((user for user in people.values() if user.unit_id == members[0].unit_id), None)
    author = author or reader(members[0].unit, number)
    for kind, title, (month, day), decided in _YEAR:
        held_on = _workday(date(cluster.division.year, month, day) + timedelta(days=number % 9))
        forgotten = kind == Kind.CROSS_CHECK and number % 4 == 3
        if held_on > timezone.localdate() or forgotten or (kind == Kind.CHARITY and number % 3):
            continue
        with moment(held_on, 16):
            _log(cluster, members, author, people["chuyenvien"], number, kind, title, held_on, decided)


def _workday(day):
    """``day``, or the Monday after it."""
    return day + timedelta(days=(7 - day.weekday()) % 7 if day.weekday() > 4 else 0)


def _log(cluster, members, author, officer, number, kind, title, held_on, decided):
    """One activity with its steps."""
    leader = members[0].unit
    activity = Activity.objects.create(
        cluster=cluster,
        kind=kind,
        title=title,
        held_on=held_on,
        held_at=time(8) if kind not in (Kind.PLAN, Kind.FILE) else None,
        ended_at=time(11, 15) if kind not in (Kind.PLAN, Kind.FILE) else None,
        place=_PLACE.format(leader),
        chair=", ".join(head_on(leader, held_on)),
        secretary=f"{author.full_name}, chuyên viên",
        decided=decided,
        unit=leader,
        author=author,
        sample=True,
    )
    if activity.is_gathering:
        _attend(activity, number)
    if kind == Kind.YEAR_END and len(members) > 2:
        _elect(activity, members)
    if kind == Kind.FIRST_MEETING and number < 3:
        _photograph(activity, author)
    activities.STEPS.tell(activity, "begin", "Ghi hoạt động", by=author)
    _end(activity, author, officer, number)


def _attend(activity, number):
    """Most come; somebody is excused now and then, and seldom absent."""
    for place, row in enumerate(activities.expected(activity.cluster, activity.held_on)):
        dice = (place * 5 + number * 3 + activity.held_on.month) % 17
        came = Came.EXCUSED if dice == 4 else Came.ABSENT if dice == 9 and place else Came.PRESENT
        note = "Bận công tác đột xuất" if came == Came.EXCUSED else ""
        Attendance.objects.create(activity=activity, membership=row, came=came, note=note)


def _elect(activity, members):
    """The deputy leads the next year."""
    Election.objects.create(activity=activity, membership=members[1], role=Membership.Role.LEADER)
    Election.objects.create(activity=activity, membership=members[2], role=Membership.Role.DEPUTY)


def _photograph(activity, author):
    """A drawn picture that says that it is one."""
    picture = Image.new("RGB", (1600, 1200), "#dfe8f0")
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 820, 1600, 1200), fill="#b9a58a")
    draw.rectangle((250, 120, 1350, 420), fill="#b3261e")
    for seat in range(8):
        draw.ellipse((120 + seat * 180, 640, 220 + seat * 180, 740), fill="#6b4f3a")
        draw.rectangle((100 + seat * 180, 740, 240 + seat * 180, 900), fill="#2f4f6f")
    draw.text((560, 250), "ANH MINH HOA", fill="#ffd54a", font_size=70)
    content = io.BytesIO()
    picture.save(content, "JPEG", quality=80)
    upload = keep(ContentFile(content.getvalue(), name="hoi-nghi-minh-hoa.jpg"), by=author)
    ActivityFile.objects.create(activity=activity, upload=upload, caption="Toàn cảnh hội nghị (hình vẽ minh họa)")


def _end(activity, author, officer, number):
    """Old ones were acknowledged; of the latest of this year some wait, and one was returned."""
    is_old = activity.cluster.division.year < 2026
    steps = [(activities.report, author, "")]
    if activity.kind == Kind.CROSS_CHECK and number % 5 == 1 and not is_old:
        steps.append((activities.give_back, officer, "Đề nghị gửi kèm biên bản kiểm tra của từng thành viên."))
    elif activity.kind != Kind.CROSS_CHECK or number % 2 or is_old:
        steps.append((activities.acknowledge, officer, ""))
    for step, by, reason in steps:
        before, activity.state = {"Trạng thái": activity.get_state_display()}, step.to
        after = {"Trạng thái": activity.get_state_display()}
        activities.STEPS.tell(activity, step.what, step.label, by=by, before=before, after=after, reason=reason)
    activity.save()
