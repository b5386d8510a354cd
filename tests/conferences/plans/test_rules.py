"""What a plan lays down for one unit."""

from datetime import date

import pytest

from conferences.plans.models import Form, Level
from conferences.plans.rules import (
    day_faults,
    day_warnings,
    form_fault,
    forms_for,
    is_full_meeting,
    level_of,
    meeting_warning,
)
from units.models import Unit

LOW = Level(
    name="Cơ sở",
    unit_kinds=["commune", "office"],
    begins_on=date(2026, 5, 1),
    ends_on=date(2026, 9, 30),
    full_below=200,
)
CONGRESS = Level(
    name="Tỉnh", unit_kinds=["province"], begins_on=date(2026, 11, 1), ends_on=date(2026, 12, 31), is_congress=True
)
TODAY = date(2026, 6, 15)


def _unit(kind="commune", **facts):
    return Unit(kind=kind, name="UBND xã Ba Sơn", **facts)


@pytest.mark.parametrize(
    ("kind", "level"), [("commune", LOW), ("office", LOW), ("province", CONGRESS), ("department", None)]
)
def test_window_of_a_unit(kind, level):
    assert level_of([LOW, CONGRESS], _unit(kind)) is level


@pytest.mark.parametrize(
    ("level", "size", "full"),
    [(LOW, 199, True), (LOW, 200, False), (LOW, None, None), (CONGRESS, 10, None), (None, 10, None)],
)
def test_meeting_by_size(level, size, full):
    assert is_full_meeting(level, size) is full


@pytest.mark.parametrize(
    ("size", "is_full", "words"),
    [(199, False, "họp toàn thể"), (200, True, "họp đại biểu"), (199, True, ""), (200, False, ""), (199, None, "")],
)
def test_other_meeting_is_told(size, is_full, words):
    warning = meeting_warning(LOW, size, is_full)
    assert words in warning
    assert bool(warning) == bool(words)


@pytest.mark.parametrize(
    ("day", "until", "field", "words"),
    [
        ((2026, 7, 20), None, "", ""),
        ((2026, 6, 15), None, "", ""),
        ((2026, 9, 30), (2026, 9, 30), "", ""),
        ((2026, 9, 30), (2026, 10, 1), "until", "30/09/2026"),
        ((2026, 10, 1), None, "day", "từ 01/05/2026 đến 30/09/2026"),
        ((2026, 6, 14), None, "day", "đã qua"),
        ((2026, 7, 20), (2026, 7, 19), "until", "từ ngày đầu trở đi"),
    ],
)
def test_days_in_the_window(day, until, field, words):
    found = day_faults(date(*day), until and date(*until), unit=_unit(), level=LOW, today=TODAY)
    assert list(found) == ([field] if field else [])
    assert words in found.get(field, "")


def test_what_was_held_is_told_afterwards_but_in_its_window():
    assert day_faults(date(2026, 5, 1), unit=_unit(), level=LOW) == {}
    assert "day" in day_faults(date(2026, 4, 30), unit=_unit(), level=LOW)


def test_what_no_plan_asks_has_no_window():
    assert day_faults(date(2030, 1, 1), unit=_unit(), today=TODAY) == {}


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"ended": date(2026, 6, 30)}, "kết thúc hoạt động ngày 30/06/2026"),
        ({"founded": date(2026, 8, 1)}, "thành lập ngày 01/08/2026"),
        ({"founded": date(2026, 7, 20), "ended": date(2026, 7, 20)}, ""),
    ],
)
def test_days_in_the_life_of_the_unit(facts, words):
    found = day_faults(date(2026, 7, 20), unit=_unit(**facts), level=LOW, today=TODAY)
    assert words in found.get("day", "")
    assert bool(found) == bool(words)


def test_day_off_is_a_warning():
    class Off:
        def works(self, day):
            return day != date(2026, 7, 19)

    assert day_warnings(date(2026, 7, 18), date(2026, 7, 20), Off()) == ["Ngày 19/07/2026 là ngày nghỉ."]
    assert day_warnings(date(2026, 7, 20), None, Off()) == []


def test_unit_chooses_among_four_and_the_congress_is_one():
    assert forms_for(LOW) == forms_for(None) == list(Form)
    assert len(Form) == 4
    assert forms_for(CONGRESS) == [Form.CONGRESS]


@pytest.mark.parametrize(
    ("form", "level", "day", "words"),
    [
        ("good", LOW, None, ""),
        ("good", LOW, date(2026, 6, 16), ""),
        ("good", LOW, date(2026, 6, 15), "trước ngày đó"),
        ("good", CONGRESS, None, "Đại hội Thi đua yêu nước"),
        ("party", LOW, None, "bốn hình thức"),
    ],
)
def test_form_may_change_before_the_day(form, level, day, words):
    fault = form_fault(form, level=level, day=day, today=TODAY)
    assert words in fault
    assert bool(fault) == bool(words)


@pytest.mark.parametrize(
    ("day", "until", "found"),
    [
        (date(1, 1, 1), None, {"day": "Ngày 01/01/0001 không phải ngày của hội nghị. Hãy xem lại năm."}),
        (date(9999, 12, 31), None, {"day": "Ngày 31/12/9999 không phải ngày của hội nghị. Hãy xem lại năm."}),
        (TODAY, date(9999, 12, 31), {"until": "Hội nghị nhiều nhất 30 ngày. Hãy xem lại ngày cuối."}),
        (TODAY, date(2026, 7, 15), {"until": "Hội nghị nhiều nhất 30 ngày. Hãy xem lại ngày cuối."}),
        (TODAY, date(2026, 7, 14), {}),
    ],
)
def test_a_conference_has_a_day_of_our_time_and_an_end(day, until, found):
    assert day_faults(day, until, unit=_unit()) == found
