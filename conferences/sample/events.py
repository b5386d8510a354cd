"""Conferences of units of the plan V in all states, some of the plan VII that wait for approval, and some that no plan asks for.

All of it is invented but the windows: forms, days, people, costs, what came of it.
"""

import io
from datetime import date, time, timedelta

from django.core.files.base import ContentFile
from PIL import Image, ImageDraw

from campaigns.sample.province import active_reader
from clusters.models import Activity, Membership
from documents.sample.life import moment
from units.models import Unit

from ..delegates.adding import add_all
from ..delegates.models import Delegate
from ..events import actions, held
from ..events.models import Event, Organiser, Part
from ..plans.actions import edit_levels
from ..plans.models import Plan

Form, State = Event.Form, Event.State
_FORMS = [Form.MODELS, Form.CONGRESS, Form.GOOD, Form.MODELS, Form.WORKERS]
_KINDS = [Unit.Kind.DEPARTMENT, Unit.Kind.FRONT, Unit.Kind.DISTRICT, Unit.Kind.CENTRAL]
_MOST = 34
# Played by other stories, and who keeps the congress.
_ELSEWHERE = [
    "so-y-te", "lien-doan-lao-dong-tinh", "so-giao-duc-va-dao-tao", "so-tu-phap", "bch-bo-doi-bien-phong-tinh",
    "so-cong-thuong", "so-noi-vu",
]  # fmt: skip
# What became of one in so many of the plan V: the others were held and told of.
_LEFT = {5: State.PLANNED, 11: State.READY, 17: State.HELD, 23: State.PLANNED, 29: State.HELD}
_PARTS = [
    ("Ổn định tổ chức, văn nghệ chào mừng", 15, "Ban Tổ chức"),
    ("Chào cờ, tuyên bố lý do, giới thiệu đại biểu", 10, "Ban Tổ chức"),
    ("Khai mạc", 10, "Thủ trưởng đơn vị"),
]
_BOARD = [
    ("Trưởng ban", "Hoàng Văn Trưởng (minh họa)", "Thủ trưởng đơn vị"),
    ("Phó Trưởng ban", "Nông Thị Phó (minh họa)", "Phó Thủ trưởng đơn vị"),
    ("Ủy viên, thư ký", "Vi Văn Ghi (minh họa)", "Chánh Văn phòng"),
]
_RESULTS = "Đủ nội dung, chương trình theo kế hoạch.\nBiểu dương {number} tập thể, cá nhân điển hình tiên tiến."
_GUESTS = ["Hoàng Thị Mời", "Lý Văn Khách", "Nông Thị Dự", "Vi Văn Lễ", "Hà Thị Xuân", "Đinh Văn Ðạo"]


def play(by):
    """Each by the steps of the room, on its day; those of units that other stories play are left to them."""
    fifth = Plan.objects.get(number=5)
    begun = Event.objects.filter(plan=fifth).order_by().values("unit")
    units = Unit.objects.alive_on(date(2020, 3, 10)).filter(kind__in=_KINDS).exclude(pk__in=begun)
    for place, unit in enumerate(units.exclude(code__in=_ELSEWHERE).order_by("sort_text")[:_MOST]):
        _of_the_fifth(fifth, unit, place)
    _of_the_seventh(Plan.objects.get(number=7), by)
    _others()
    _of_the_province(by)
    Event.objects.update(sample=True)


def _begun(event, by, counts):
    event = actions.begin(event, by=by)
    actions.set_people(event, by=by, people=counts)
    parts = [Part(words=words, minutes=minutes, speaker=who) for words, minutes, who in _PARTS]
    parts += [
        Part(words=row.words, minutes=row.minutes, required_id=row.required_id, speaker="Đoàn Chủ tịch")
        for row in event.parts.all()
    ]
    actions.set_programme(event, by=by, parts=[*parts, Part(words="Bế mạc", minutes=10, speaker="Thủ trưởng đơn vị")])
    members = [Organiser(role=role, name=name, post=post) for role, name, post in _BOARD]
    return actions.set_board(event, by=by, members=members)


def _facts(unit):
    return {
        "unit": unit, "begins_at": time(8), "place": f"Hội trường {unit}"[:200], "chair": _BOARD[0][1],
        "chair_post": "Thủ trưởng đơn vị",
    }  # fmt: skip


def _of_the_fifth(plan, unit, place):
    by, ends = active_reader(unit, place), _LEFT.get(place, State.REPORTED)
    day = date(2020, 4, 7) + timedelta(days=place * 2 + (place % 3))
    while day.weekday() > 4:
        day += timedelta(days=1)
    counts = {"official": (90 + place * 5, 120_000), "guest": (10 + place % 9, 120_000), "service": (8, 80_000)}
    with moment(date(2020, 3, 2) + timedelta(days=place % 12)):
        event = Event(plan=plan, form=_FORMS[place % 5], day=day, size=80 + place * 17, **_facts(unit))
        event = _begun(event, by, counts)
        if place % 7 == 3:
            # The unit alone chooses, and may choose again.
            event = actions.choose(event, by=by, form=_FORMS[(place + 1) % 5])
        if ends != State.PLANNED:
            event = actions.make_ready(event, by=by)
    if ends in Event.DONE:
        _held(event, by, place, ends)


def _held(event, by, place, ends):
    with moment(event.day, 17):
        came = {row.role: row.number - min(row.number, place % 6) for row in event.headcounts.all()}
        event = held.hold(event, by=by, day=event.last_day, came=came)
    if place < 2:
        with moment(event.day, 18):
            held.add_files(event, by=by, files=[_picture()], caption="Toàn cảnh hội nghị (hình vẽ minh họa)")
    if ends == State.REPORTED:
        with moment(event.held_on + timedelta(days=5 + place % 20)):
            held.report(
                event, by=by, results=_RESULTS.format(number=12 + place),
                shortcomings="" if place % 3 else "Một số đơn vị trực thuộc gửi báo cáo điển hình chậm.",
                resolution="Phát động thi đua giai đoạn 2020 – 2025; thông qua danh sách đại biểu dự cấp trên.",
            )  # fmt: skip


def _picture():
    """A drawn picture that says that it is one."""
    picture = Image.new("RGB", (1280, 960), "#e7e2d6")
    draw = ImageDraw.Draw(picture)
    draw.rectangle((140, 90, 1140, 360), fill="#b3261e")
    draw.text((390, 190), "ANH MINH HOA", fill="#ffd54a", font_size=72)
    for seat in range(7):
        draw.ellipse((110 + seat * 160, 520, 190 + seat * 160, 600), fill="#6b4f3a")
        draw.rectangle((95 + seat * 160, 600, 205 + seat * 160, 760), fill="#2f4f6f")
    content = io.BytesIO()
    picture.save(content, "JPEG", quality=80)
    return ContentFile(content.getvalue(), name="hoi-nghi-minh-hoa.jpg")


def _of_the_seventh(plan, by):
    """Communes ask for approval: one waits, one was returned, one has it."""
    with moment(date(2026, 11, 17)):
        rows = list(plan.levels.all())
        lowest = next(row for row in rows if Unit.Kind.COMMUNE in row.unit_kinds)
        lowest.needs_approval = True
        edit_levels(plan, by=by, rows=rows, reason="Cấp xã trình duyệt trước khi tổ chức (minh họa)")
    units = Unit.objects.alive_on(date(2026, 11, 18)).filter(kind=Unit.Kind.COMMUNE).order_by("sort_text")[:3]
    for place, unit in enumerate(units):
        own = active_reader(unit, place)
        with moment(date(2026, 11, 18)):
            day = lowest.begins_on + timedelta(days=20 + 3 * place)
            event = Event(plan=plan, form=_FORMS[place], day=day, size=150, **_facts(unit))
            event = _begun(event, own, {"official": (120, 100_000), "guest": (60 - 20 * place, 100_000)})
            event = actions.ask(event, by=own)
        with moment(date(2026, 11, 20)):
            if place == 1:
                actions.give_back(event, by=by, reason="Khách mời nhiều so với quy mô; đề nghị giảm cho tiết kiệm.")
            elif place == 2:
                actions.approve(event, by=by, document=None)


def _others():
    """What a cluster held at the end of a year, and a presentation of awards by a unit."""
    logged = Activity.objects.filter(kind=Activity.Kind.YEAR_END, held_on__lt=date(2026, 11, 1)).order_by(
        "-held_on", "pk"
    )
    activity = logged.select_related("cluster", "unit").first()
    leads = activity and Membership.objects.filter(cluster=activity.cluster, unit=activity.unit, role="leader").exists()
    if leads:
        unit, by = activity.unit, active_reader(activity.unit, 0)
        with moment(activity.held_on - timedelta(days=10)):
            event = Event(
                kind=Event.Kind.CLUSTER, day=activity.held_on, activity=activity,
                name=f"Hội nghị tổng kết {activity.cluster} năm {activity.held_on.year}", **_facts(unit),
            )  # fmt: skip
            event = _begun(event, by, {"official": (45, 80_000)})
            event = actions.make_ready(event, by=by)
        _held(event, by, 4, State.REPORTED)
    unit = Unit.objects.get(code="so-y-te")
    with moment(date(2026, 11, 10)):
        event = Event(
            kind=Event.Kind.PRESENTATION, day=date(2026, 12, 18), name="Lễ công bố, trao khen thưởng năm 2026 ngành Y tế",
            **_facts(unit),
        )  # fmt: skip
        by = active_reader(unit, 0)
        event = _begun(event, by, {"official": (80, 0), "guest": (15, 0)})
        actions.make_ready(event, by=by)


def _of_the_province(by):
    """The review of the year 2026, ready, with guests who are still to be invited."""
    unit = Unit.objects.get(code="ubnd-tinh")
    with moment(date(2026, 11, 23)):
        event = Event(
            kind=Event.Kind.REVIEW, day=date(2026, 12, 22), begins_at=time(8), unit=unit, place="Trung tâm Hội nghị tỉnh",
            name="Hội nghị tổng kết phong trào thi đua, công tác khen thưởng năm 2026, triển khai nhiệm vụ năm 2027",
            chair="Người chủ trì (minh họa)", chair_post="Chủ tịch UBND tỉnh",
        )  # fmt: skip
        event = _begun(event, by, {"official": (240, 150_000), "guest": (30, 150_000)})
        event = actions.make_ready(event, by=by)
        rows = [
            Delegate(
                role="guest", name=f"{name} (minh họa)", post="Trưởng phòng", workplace="Cơ quan mời", address="Ông/Bà"
            )
            for name in _GUESTS
        ]
        add_all(event, rows, by=by)
