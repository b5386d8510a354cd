"""What became of sample conferences: the one that the letter of 2020 stopped, three units and the congress of V, VI of 2025.

True are the stop, what was studied instead, the days of the congresses and, of V, that a unit of health may reduce; the rest is
invented.
"""

from datetime import date, time, timedelta

from campaigns.models import Review
from campaigns.sample.province import active_reader
from documents.models import Document
from documents.sample.life import moment
from units.models import Unit

from ..changes.actions import Kind, Wish, allow, change, refuse
from ..changes.models import Change
from ..events import actions, held
from ..events.models import Event, Organiser, Part
from ..plans.models import Plan
from .plans import letter_of_2020

Form = Event.Form
_CHAIR = ("Người chủ trì (minh họa)", "Thủ trưởng đơn vị")
_SPEAKERS = ["Thủ trưởng đơn vị", "Đại diện điển hình tiên tiến", "Ban Tổ chức", "Đoàn Chủ tịch"]
_BOARD = [
    ("Trưởng ban", *_CHAIR),
    ("Phó Trưởng ban", "Nông Thị Phó (minh họa)", "Phó Thủ trưởng đơn vị"),
    ("Ủy viên, thư ký", "Vi Văn Ghi (minh họa)", "Chánh Văn phòng"),
]
# Of V: unit, form, day, size, official, guests; then what became of it.
_FIFTH = [
    ("so-y-te", Form.MODELS, date(2020, 5, 20), 320, 150, 30, "reduced"),
    ("lien-doan-lao-dong-tinh", Form.WORKERS, date(2020, 5, 12), 90, 120, 20, "held"),
    ("so-giao-duc-va-dao-tao", Form.CONGRESS, date(2020, 6, 10), 210, 180, 40, "refused"),
    ("so-tu-phap", Form.GOOD, date(2020, 4, 22), 120, 100, 15, "postponed"),
    ("bch-bo-doi-bien-phong-tinh", Form.CONGRESS, date(2020, 5, 28), 900, 200, 30, "serving"),
    ("so-cong-thuong", Form.MODELS, date(2020, 6, 5), 160, 110, 20, "allowed"),
]
_FORMS = [Form.MODELS, Form.CONGRESS, Form.GOOD, Form.WORKERS]
# So many communes of today held theirs in 2025, and these departments.
_COMMUNES = 40
_SIXTH = [
    "so-y-te",
    "so-giao-duc-va-dao-tao",
    "so-cong-thuong",
    "so-noi-vu-2025",
    "tinh-doan",
    "lien-doan-lao-dong-tinh",
]


def play(by):
    """Each by the steps of the rooms, on its day."""
    _stopped(by)
    fifth, sixth = Plan.objects.get(number=5), Plan.objects.get(number=6)
    for place, row in enumerate(_FIFTH):
        _of_the_fifth(fifth, place, row, by)
    _congress(fifth, by, date(2020, 9, 7), date(2020, 9, 8), 250, 50)
    units = Unit.objects.filter(kind=Unit.Kind.COMMUNE).alive_on(date(2025, 7, 10)).order_by("sort_text")[:_COMMUNES]
    for place, unit in enumerate(units):
        day = date(2025, 7, 14) + timedelta(days=place % 20)
        _whole(sixth, unit, place, _FORMS[place % 4], day, (60 + place * 7, 90 + place % 30, 10), date(2025, 7, 2))
    for place, unit in enumerate(Unit.objects.filter(code__in=_SIXTH).order_by("sort_text")):
        day = date(2025, 6, 3) + timedelta(days=4 * place)
        _whole(sixth, unit, place, _FORMS[place % 2], day, (150 + 20 * place, 120 + 5 * place, 20), date(2025, 5, 6))
    _congress(sixth, by, date(2025, 9, 17), None, 300, 60)
    _seventh(Plan.objects.get(number=7))
    Event.objects.update(sample=True)


def _stopped(by):
    """Point 1 of the letter: the year-end conference is stopped, the report studied instead."""
    letter, report = letter_of_2020(), Document.objects.get(reference="50/BC-UBND", year=2020)
    with moment(date(2020, 1, 20)):
        event = actions.begin(
            Event(
                unit=Unit.objects.get(code="ubnd-tinh"), kind=Event.Kind.REVIEW, day=date(2020, 3, 5), begins_at=time(8),
                name="Hội nghị tổng kết phong trào thi đua, công tác khen thưởng năm 2019, triển khai nhiệm vụ năm 2020",
                place="Trung tâm Hội nghị tỉnh", chair=_CHAIR[0], chair_post="Chủ tịch UBND tỉnh",
            ),
            by=by,
        )  # fmt: skip
        actions.set_people(event, by=by, people={"official": (220, 150_000), "guest": (40, 150_000)})
    # The campaign was loaded as it stands today: the report has summed it up.
    event.review = Review.objects.filter(document=report, kind=Review.Kind.FINAL).first()
    Event.objects.filter(pk=event.pk).update(review=event.review)
    with moment(letter.dated, 14):
        change(
            event,
            Wish(
                Kind.STOP, letter.dated, "Phòng, chống dịch Covid-19: toàn tỉnh tập trung nguồn lực phòng, chống dịch.",
                paper=letter, instead=report,
            ),
            by=by,
        )  # fmt: skip


def _begin(plan, unit, place, form, day, counts, on):
    """Planned and ready on the day ``on``; ``counts``: (size of the unit, official, guests)."""
    by = active_reader(unit, place)
    with moment(on):
        event = actions.begin(
            Event(
                unit=unit, plan=plan, form=form, day=day, begins_at=time(8), size=counts[0],
                place=f"Hội trường {unit}"[:200], chair=_CHAIR[0], chair_post=_CHAIR[1],
            ),
            by=by,
        )  # fmt: skip
        actions.set_people(event, by=by, people={"official": (counts[1], 100_000), "guest": (counts[2], 100_000)})
        _write_programme(event, by)
        return actions.make_ready(event, by=by), by


def _write_programme(event, by):
    asked = [
        Part(words=row.words, minutes=row.minutes, required_id=row.required_id, speaker=_SPEAKERS[place % 4])
        for place, row in enumerate(event.parts.all())
    ]
    first = Part(words="Khai mạc, giới thiệu đại biểu", minutes=15, speaker="Ban Tổ chức")
    actions.set_programme(event, by=by, parts=[first, *asked, Part(words="Bế mạc", minutes=10, speaker=_CHAIR[1])])
    members = [Organiser(role=role, name=name, post=post) for role, name, post in _BOARD]
    actions.set_board(event, by=by, members=members)


def _hold(event, by, absent=3):
    """Held, and told of a week later."""
    with moment(event.last_day, 17):
        came = {row.role: max(1, row.number - absent) for row in event.headcounts.all()}
        event = held.hold(event, by=by, day=event.last_day, came=came)
    with moment(event.held_on + timedelta(days=7)):
        return held.report(
            event, by=by, shortcomings="", resolution="Thông qua danh sách đại biểu dự cấp trên.",
            results="Hội nghị trang trọng, thiết thực, tiết kiệm; đủ nội dung, chương trình theo kế hoạch.",
        )  # fmt: skip


def _whole(plan, unit, place, form, day, counts, on):
    event, by = _begin(plan, unit, place, form, day, counts, on)
    _hold(event, by, absent=place % 6)


def _seventh(plan):
    """Two that are ready; one of them asks the department whether it may be smaller."""
    on, day = date(2026, 11, 16), date(2030, 6, 5)
    _begin(plan, Unit.objects.get(code="so-y-te"), 0, Form.MODELS, day, (340, 160, 30), on)
    event, by = _begin(plan, Unit.objects.get(code="so-tu-phap"), 1, Form.GOOD, day, (130, 110, 20), on)
    with moment(date(2026, 11, 20)):
        reason = "Đơn vị sửa chữa trụ sở, hội trường chỉ còn 70 chỗ ngồi."
        wish = Wish(Kind.REDUCE, date(2026, 11, 20), reason, people={"official": 60, "guest": 10}, keeps=True)
        change(event, wish, by=by)


_REASON = "Tập trung nhân lực phòng, chống dịch Covid-19, hạn chế tập trung đông người."


def _of_the_fifth(plan, place, row, department):
    code, form, day, size, official, guests, fate = row
    event, by = _begin(plan, Unit.objects.get(code=code), place, form, day, (size, official, guests), date(2020, 3, 10))
    on = date(2020, 3, 25)
    with moment(on):
        if fate == "postponed":
            change(event, Wish(Kind.POSTPONE, on, _REASON, new_day=date(2020, 6, 18)), by=by)
        elif fate != "held":
            people = {"official": official // 2, "guest": guests // 2}
            asked = change(event, Wish(Kind.REDUCE, on, _REASON, people=people, keeps=True), by=by)
            _decide(asked, fate, department)
    event.refresh_from_db()
    _hold(event, by)


def _decide(row, fate, department):
    if row.state != Change.State.FLAGGED:
        return
    with moment(date(2020, 3, 30)):
        if fate == "allowed":
            allow(row, by=department, words="Đơn vị có người phục vụ khu cách ly; đồng ý rút gọn.")
        else:
            refuse(
                row,
                by=department,
                reason="Đơn vị không thuộc đối tượng; lùi ngày trong thời gian của kế hoạch nếu cần.",
            )


def _congress(plan, by, day, until, official, guests):
    """The congress of the province, kept by the department."""
    with moment(day - timedelta(days=60)):
        event = actions.begin(
            Event(
                unit=Unit.objects.get(code="ubnd-tinh"), plan=plan, form=Form.CONGRESS, day=day, until=until,
                begins_at=time(7, 30), place="Trung tâm Hội nghị tỉnh", chair=_CHAIR[0], chair_post="Chủ tịch UBND tỉnh",
            ),
            by=by,
        )  # fmt: skip
        actions.set_people(event, by=by, people={"official": (official, 300_000), "guest": (guests, 300_000)})
        _write_programme(event, by)
        event = actions.make_ready(event, by=by)
    _hold(event, by)
