"""What units that nobody acts for answer and report on paper: recorded by the sender of the paper, with scan and day."""

from datetime import date
from functools import partial

import pytest
from django.urls import reverse
from django.utils import timezone

from documents.duties.actions import Standing, standing
from documents.duties.on_paper import record_answer, record_report
from documents.models import Answer, Assignment, Change, Delivery, Report, Upload
from documents.steps.refusing import Refused
from units.models import Role, User

from ...conftest import make_user
from ...days import holds, is_taken
from ..issued import DAY, issue_letter, more_units, recall, scan

pytestmark = pytest.mark.django_db

PAST = date(2020, 3, 31)
# Who of all may record, and what others are answered.
RECORDERS = {"officer", "leader", "clerk", "administrator"}
REFUSED = {"store_keeper": 403, "council_member": 403, "unit_officer": 404, "stranger": 404}


@pytest.fixture
def letter(draft, people, other_unit):
    """A letter that asks one thing of Sở Y tế and of a commune that nobody has an account of."""
    return issue_letter(
        draft,
        people["officer"],
        people["leader"],
        people["clerk"],
        units=[other_unit, *more_units(1)],
        duties=[("1", "Báo cáo kết quả", PAST)],
    )


@pytest.fixture
def delivery(letter):
    return letter.deliveries.get(unit__code="xa-1")


@pytest.fixture
def share(letter):
    return Assignment.objects.select_related("duty__document", "unit").get(unit__code="xa-1")


def typed(**fields):
    return {"day": "20/03/2020", "files": scan("tra-loi.pdf"), "words": "Đã tiếp nhận"} | fields


def rows_of(letter):
    """(name of the page, the row it is of, what it makes, the action) of what is recorded."""
    delivery = Delivery.objects.get(document=letter, unit__code="xa-1")
    share = Assignment.objects.select_related("duty__document", "unit").get(unit__code="xa-1")
    return [
        ("answer_on_paper", delivery, Answer, record_answer),
        ("report_on_paper", share, Report, record_report),
    ]


@pytest.mark.parametrize("who", sorted({*RECORDERS, *REFUSED}))
def test_who_records_from_paper(letter, people, client_of, who):
    client = client_of(people[who])
    for name, row, model, act in rows_of(letter):
        url = reverse(name, args=[row.pk])
        may = who in RECORDERS
        assert client.get(url).status_code == (200 if may else REFUSED[who])
        assert client.post(url, typed()).status_code == (302 if may else REFUSED[who])
        assert model.objects.exists() is may
        if not may:
            with pytest.raises(Refused, match="Chỉ đơn vị gửi văn bản"):
                act(row, by=people[who], files=[scan()], day=DAY)


def test_nothing_is_recorded_for_a_unit_that_has_people(letter, people, other_unit, client_of):
    client = client_of(people["officer"])
    delivery, share = letter.deliveries.get(unit=other_unit), Assignment.objects.get(unit=other_unit)
    for name, row, act in (
        ("answer_on_paper", delivery, record_answer),
        ("report_on_paper", share, record_report),
    ):
        assert client.post(reverse(name, args=[row.pk]), typed()).status_code == 403
        with pytest.raises(Refused, match="có tài khoản"):
            act(row, by=people["officer"], files=[scan()], day=DAY)
    page = client.get(reverse("follow", args=[letter.pk])).content.decode()
    assert page.count("Ghi trả lời trên giấy") == 1
    assert "Ghi báo cáo trên giấy" not in client.get(reverse("duty", args=[share.pk])).content.decode()
    # Once somebody has an account again, it speaks for itself.
    unit = letter.deliveries.get(unit__code="xa-1").unit
    make_user("xa1", "Lý Xã Một", Role.UNIT_OFFICER, unit)
    assert "Ghi trả lời trên giấy" not in client.get(reverse("follow", args=[letter.pk])).content.decode()


def test_an_answer_from_paper_is_shown_as_such_and_counts_from_its_day(letter, delivery, people, client_of):
    client = client_of(people["clerk"])
    client.post(reverse("answer_on_paper", args=[delivery.pk]), typed())
    delivery.refresh_from_db()
    assert timezone.localdate(delivery.answered_at) == date(2020, 3, 20)
    record_answer(delivery, by=people["officer"], files=[scan()], day=date(2020, 3, 25))
    delivery.refresh_from_db()
    assert timezone.localdate(delivery.answered_at) == date(2020, 3, 20), "the first answer's day stays"
    told = Change.objects.filter(about="delivery", key=delivery.pk).order_by("pk").values_list("what", "by", "day")
    assert list(told) == [
        ("answer_on_paper", people["clerk"].pk, date(2020, 3, 20)),
        ("answer_on_paper", people["officer"].pk, date(2020, 3, 25)),
    ]
    page = client.get(reverse("follow", args=[letter.pk])).content.decode()
    assert "ghi theo giấy của đơn vị, ngày 20/03/2020" in page
    assert "tra-loi.pdf" in page


@pytest.mark.parametrize(("day", "expected"), [(PAST, Standing.DONE), (date(2020, 4, 1), Standing.DONE_LATE)])
def test_a_duty_is_done_on_the_day_of_the_paper(share, people, client_of, day, expected):
    record_report(share, by=people["officer"], files=[scan()], day=day, words="Xong")
    assert standing(Assignment.objects.select_related("duty__document").get(pk=share.pk), date(2026, 1, 1)) == expected
    told = Change.objects.get(about="duty", key=share.pk)
    assert (told.what, told.by, told.day, told.version) == ("report_on_paper", people["officer"], day, 2)
    page = client_of(people["officer"]).get(reverse("duty", args=[share.pk])).content.decode()
    assert f"ghi theo giấy của đơn vị, ngày {day:%d/%m/%Y}" in page


def test_what_is_wrong_stands_beside_its_field_and_stores_nothing(letter, people, client_of):
    client = client_of(people["officer"])
    for name, row, model, _ in rows_of(letter):
        url = reverse(name, args=[row.pk])
        for wrong in ({"files": ""}, {"day": ""}, {"day": "01/03/2020"}, {"files": scan("ban.docx")}):
            answer = client.post(url, typed(**wrong))
            assert (answer.status_code, "Đã tiếp nhận" in answer.content.decode()) == (422, True)
        assert not model.objects.exists()
    assert not Upload.objects.filter(name="tra-loi.pdf").exists()


def test_the_day_of_the_paper(letter, people):
    by, today = people["officer"], timezone.localdate()
    (_, delivery, _, _), (_, share, _, _) = rows_of(letter)
    for act, row in ((record_answer, delivery), (record_report, share)):
        given = partial(is_taken, act, row, by=by)
        holds(lambda day, given=given: given(files=[scan()], day=day), first=DAY, last=today)


def test_nothing_is_recorded_once_the_paper_is_recalled(letter, people, client_of):
    recall(letter, people["officer"], people["leader"], people["clerk"])
    for name, row, _, act in rows_of(letter):
        assert client_of(people["officer"]).post(reverse(name, args=[row.pk]), typed()).status_code == 403
        with pytest.raises(Refused):
            act(row, by=people["officer"], files=[scan()], day=DAY)


def test_the_file_is_seen_by_the_sender_alone(letter, delivery, people, client_of):
    row = record_answer(delivery, by=people["officer"], files=[scan()], day=DAY)
    url = row.uploads.get().get_absolute_url()
    for who in ("officer", "clerk"):
        assert client_of(people[who]).get(url).status_code == 200
    for who in ("unit_officer", "stranger"):
        assert client_of(User.objects.get(pk=people[who].pk)).get(url).status_code == 404
