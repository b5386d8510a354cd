"""What a plan lays down for one unit: its window, the meeting by its size, its days, its form. Pure questions with an answer.

Source: công văn /UBND-KGVX tháng 02/2020, điểm 2 (four forms, the unit chooses; contents, programme and time as the plan says);
Hướng dẫn 1149/HD-BTĐKT ngày 18/6/2019 (windows by level; full meeting below a number of people, delegates from it on).
"""

from datetime import date, timedelta

from documents.models import Document
from documents.steps.refusing import Refused
from units.models import Unit

from .models import FIRST_DAY, LAST_DAY, Form, Level

# Days that a conference lasts at most, as many as its programme may count.
LONGEST = 30


def level_of(levels, unit) -> Level | None:
    """The window of ``unit`` among the ``levels`` of a plan, the first that names its kind; None where the plan asks nothing."""
    return next((level for level in levels if unit.kind in level.unit_kinds), None)


def is_full_meeting(level, size: int | None) -> bool | None:
    """Whether everybody of a unit of ``size`` people meets; False: delegates do; None where plan or size does not say."""
    if level is None or level.full_below is None or size is None:
        return None
    return size < level.full_below


def meeting_warning(level, size: int | None, is_full: bool | None) -> str:
    """What to consider where a unit of ``size`` people chose the other kind of meeting; nothing where it fits or is open."""
    asked = is_full_meeting(level, size)
    if asked is None or is_full is None or asked == is_full:
        return ""
    bound = f"{level.full_below} người"
    if asked:
        return f"Đơn vị có {size} người, ít hơn {bound}: kế hoạch quy định họp toàn thể."
    return f"Đơn vị có {size} người, từ {bound} trở lên: kế hoạch quy định họp đại biểu."


def day_faults(day: date, until: date | None = None, *, unit, level=None, today: date | None = None) -> dict[str, str]:
    """{``day`` or ``until``: what is wrong with it} of a conference of ``unit``; empty where its days can stand.

    ``level``: whose window they must lie in; None for what no plan asks. ``today``: the first day that can still be planned;
    None where what was held is told afterwards.
    """
    last = until or day
    if not FIRST_DAY <= day <= LAST_DAY:
        return {"day": f"Ngày {day:%d/%m}/{day.year:04} không phải ngày của hội nghị. Hãy xem lại năm."}
    if last < day:
        return {"until": "Ngày cuối phải từ ngày đầu trở đi."}
    if (last - day).days >= LONGEST:
        return {"until": f"Hội nghị nhiều nhất {LONGEST} ngày. Hãy xem lại ngày cuối."}
    if today and day < today:
        return {"day": f"Ngày {day:%d/%m/%Y} đã qua. Hãy chọn từ ngày {today:%d/%m/%Y} trở đi."}
    if fault := _fault_of_life(unit, day, last):
        return {"day": fault}
    return _faults_of_window(level, day, last) if level else {}


def _fault_of_life(unit: Unit, day, last) -> str:
    if unit.founded and day < unit.founded:
        return f"{unit} thành lập ngày {unit.founded:%d/%m/%Y}. Hãy chọn từ ngày đó trở đi."
    if unit.ended and last > unit.ended:
        return f"{unit} đã kết thúc hoạt động ngày {unit.ended:%d/%m/%Y}, nên không tổ chức sau ngày đó."
    return ""


def _faults_of_window(level, day, last) -> dict[str, str]:
    words = f"Kế hoạch quy định {level.name} tổ chức từ {level.begins_on:%d/%m/%Y} đến {level.ends_on:%d/%m/%Y}."
    if not level.begins_on <= day <= level.ends_on:
        return {"day": f"{words} Hãy chọn ngày trong thời gian đó."}
    return {"until": f"{words} Hãy chọn ngày cuối trong thời gian đó."} if last > level.ends_on else {}


def day_warnings(day: date, until: date | None, calendar) -> list[str]:
    """What to consider of days that can stand: those on which offices do not work (``units.workdays.Calendar``)."""
    number = ((until or day) - day).days + 1
    days = (day + timedelta(days=count) for count in range(number))
    return [f"Ngày {one:%d/%m/%Y} là ngày nghỉ." for one in days if not calendar.works(one)]


def refuse_recalled(paper, field="paper") -> None:
    """Raise ``Refused`` for a paper that was recalled: nothing rests on it."""
    if paper and paper.state == Document.State.RECALLED:
        raise Refused(f"{paper.name} đã thu hồi nên không làm căn cứ được. Hãy kiểm tra lại số, ký hiệu.", field)


def later(day: date, years: int) -> date:
    """The same day so many years later; the last of February where there is no 29th.

    Raises ``Refused`` for one beyond those that may be written.
    """
    if day.year + years > LAST_DAY.year:
        raise Refused(
            f"Kế hoạch này có ngày {day:%d/%m/%Y}, lùi {years} năm thì quá năm {LAST_DAY.year}. Hãy sửa ngày đó trước."
        )
    last = day.month == 2 and day.day == 29
    return day.replace(year=day.year + years, day=28) if last else day.replace(year=day.year + years)


def forms_for(level) -> list[Form]:
    """The forms a unit chooses from: all four, which nobody prescribes; the congress of the province has its own."""
    return [Form.CONGRESS] if level is not None and level.is_congress else list(Form)


def form_fault(form: str, *, level, day: date | None = None, today: date | None = None) -> str:
    """Why a conference on ``day`` cannot take ``form`` any more, or at all; nothing where it can."""
    if day and today and today >= day:
        return f"Hội nghị tổ chức ngày {day:%d/%m/%Y}: chỉ đổi hình thức trước ngày đó."
    offered = forms_for(level)
    if form in offered:
        return ""
    if len(offered) == 1:
        return f"Hội nghị này là «{offered[0].label}»."
    return "Hãy chọn một trong bốn hình thức."
