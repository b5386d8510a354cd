"""What waits on the first page and in the menu: new and old apart, by role, as ``may`` says; days that are near."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from documents.areas import agenda, waiting
from documents.life.actions import agree, approve, issue, present, to_decide
from documents.models import Assignment, Delivery, Document, Duty, Reminder
from tests.days import TODAY
from units.models import Role, User

from ...waits import words_for
from ..issued import issue_letter

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("day_of_the_run")]


def fresh(user):
    return User.objects.select_related("unit").get(pk=user.pk)


@pytest.fixture
def letter(draft, officer, leader, clerk, other_unit):
    """A letter to ``other_unit``, which has read it."""
    paper = issue_letter(draft, officer, leader, clerk, units=[other_unit])
    Delivery.objects.update(read_at=timezone.now(), read_by=officer)
    return paper


def due(letter, unit, until, words="Báo cáo"):
    duty = Duty.objects.create(document=letter, words=words, until=until)
    return Assignment.objects.create(duty=duty, unit=unit)


@pytest.mark.parametrize("state", sorted(set(Document.State) - set(Document.FROZEN)))
def test_what_waits_for_a_decision_is_what_may_says(draft, people, other_unit, state):
    for unit in (draft.unit, other_unit):
        draft.state, draft.issuer_unit = state, unit
        draft.save()
        for name, person in people.items():
            user = fresh(person)
            decides = any(step.may(draft, user) for step in (approve, agree, present, issue))
            assert to_decide(user, TODAY).filter(pk=draft.pk).exists() == decides, (unit, name)


@pytest.mark.parametrize(
    ("days", "is_new", "is_late"), [(1, True, False), (0, True, False), (-1, True, True), (-365, True, True), (-366, False, True)]
)  # fmt: skip
def test_what_has_waited_for_more_than_a_year_is_folded_away(letter, unit_officer, client_of, days, is_new, is_late):
    due(letter, unit_officer.unit, TODAY + timedelta(days=days))
    page = client_of(unit_officer).get(reverse("home"))
    shown = page.context["groups" if is_new else "old"]
    assert [(group.title, group.count, [row.is_late for row in group.rows]) for group in shown] == [
        ("Nhiệm vụ chưa xong", 1, [is_late])
    ]
    assert page.context["old" if is_new else "groups"] == []
    numbers = waiting.by_area(waiting.counts(fresh(unit_officer), TODAY))
    assert numbers == {"home": int(is_new), "duties": 1}
    html = page.content.decode()
    assert ("Việc tồn đã hơn một năm" in html) is not is_new


def test_each_person_and_each_day_is_answered_for_itself(letter, people, other_unit, stranger):
    """The SQL is made once for all of one role: neither a person nor a day may stay in it."""
    due(letter, other_unit, TODAY + timedelta(days=3))
    Reminder.objects.create(document=letter, unit=stranger.unit, words="Đề nghị đọc", by=people["officer"])
    for _ in range(2):
        assert words_for(people["unit_officer"]) == {"Nhiệm vụ chưa xong": ["Báo cáo"]}
        assert words_for(stranger) == {"Lời nhắc": ["Đề nghị đọc"]}
    user = fresh(people["unit_officer"])
    for days, late in ((3, False), (4, True)):
        day = TODAY + timedelta(days=days)
        new, _ = waiting.groups(user, day, waiting.counts(user, day))
        assert [row.is_late for group in new for row in group.rows] == [late]


def test_a_row_has_its_button(draft, people, client_of):
    for state, who, words, address in (
        ("submitted", "leader", "Duyệt", draft.get_absolute_url()),
        ("approved", "clerk", "Cấp số", reverse("issue", args=[draft.pk])),
    ):
        draft.state = state
        draft.save()
        html = client_of(people[who]).get(reverse("home")).content.decode()
        assert f'href="{address}" aria-label="{words}: {draft.subject}"' in html


# --- The menu


def lines_of(client):
    """{words: number} of the menu's lines on a page, by group."""
    menu = client.get(reverse("units")).context["groups"]
    return {heading: {line["words"]: line["number"] for line in lines} for heading, lines in menu}


def test_the_menu_has_its_groups_with_numbers_by_role(letter, people, other_unit, client_of):
    due(letter, other_unit, TODAY)
    Delivery.objects.update(read_at=None, read_by=None)
    found = lines_of(client_of(people["unit_officer"]))
    assert list(found) == ["Việc", "Văn bản", "Thi đua", "Khen thưởng"]
    assert found["Việc"] == {
        "Việc hôm nay": 2, "Văn bản nhận được": 1, "Nhiệm vụ của đơn vị": 1, "Hộp thư đi": None
    }  # fmt: skip
    for who in ("store_keeper", "council_member"):
        assert list(lines_of(client_of(people[who]))["Việc"]) == ["Việc hôm nay", "Văn bản nhận được"]
    User.objects.filter(pk=people["store_keeper"].pk).update(unit=None)
    found = lines_of(client_of(people["store_keeper"]))
    assert list(found["Việc"]) == ["Việc hôm nay"]
    assert "Sổ văn bản" not in found["Văn bản"]


def test_the_background_jobs_are_called_what_they_are(officer, client_of):
    html = client_of(officer).get(reverse("jobs")).content.decode()
    assert "In, xuất hàng loạt" in html
    assert "Việc đang chạy" not in html


@pytest.mark.parametrize(
    ("role", "told"),
    [(Role.COUNCIL_MEMBER, "Ủy viên Hội đồng đọc"), (Role.STORE_KEEPER, "Thủ kho giữ kho hiện vật khen thưởng")],
)
def test_who_writes_no_papers_is_told_what_the_account_is_for(people, client_of, role, told):
    person = next(person for person in people.values() if person.role == role)
    page = client_of(person).get(reverse("home"))
    html = page.content.decode()
    assert told in html
    assert "Đang chờ bạn" not in html
    for address in ("received", "documents"):
        assert client_of(person).get(reverse(address)).status_code == 200


# --- Days that are near


def near(user):
    return [(row.day, row.words) for row in agenda.near(fresh(user), TODAY)]


@pytest.mark.parametrize(("days", "told"), [(-1, 0), (0, 1), (agenda.DAYS, 1), (agenda.DAYS + 1, 0)])
def test_a_week_of_days_is_told(letter, people, stranger, other_unit, days, told):
    day = TODAY + timedelta(days=days)
    share = due(letter, other_unit, day)
    assert near(people["unit_officer"]) == [(day, "Hạn: Báo cáo")] * told
    assert near(people["officer"]) == [(day, "Hạn của 1 đơn vị chưa xong: Báo cáo")] * told
    assert near(stranger) == []
    share.done_at, share.done_by = timezone.now(), people["unit_officer"]
    share.save()
    assert near(people["unit_officer"]) == near(people["officer"]) == []
