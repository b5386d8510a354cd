"""Duties of a year: the usual ones, written, changed, taken out."""

from datetime import date

import pytest
from django.urls import reverse

from clusters.models import Division, Milestone
from clusters.year import actions as milestones
from documents.models import Change
from documents.steps.refusing import Refused

from .dutied import duty

pytestmark = pytest.mark.usefixtures("_today")


def test_the_usual_duties_lie_within_the_year(cluster, officer):
    division = cluster.division
    Division.objects.filter(pk=division.pk).update(ends_on=date(2026, 12, 1))
    assert milestones.fill(division, by=officer) == len(milestones.USUAL)
    rows = list(division.milestones.all())
    assert max(row.due_on for row in rows) == date(2026, 12, 1)
    assert {row.due_on.year for row in rows} == {2026}
    assert not any(row.guidance for row in rows)
    with pytest.raises(Refused, match="đã có đủ"):
        milestones.fill(division, by=officer)


def test_only_what_is_missing_is_filled(cluster, officer):
    duty(cluster.division, "pact", date(2026, 4, 15))
    milestones.fill(cluster.division, by=officer)
    assert [row.due_on for row in cluster.division.milestones.filter(proof="pact")] == [date(2026, 4, 15)]


def test_a_duty_is_written_and_leaves_before_and_after(cluster, officer, client_of):
    client, data = client_of(officer), {"title": "Họp", "proof": "first_meeting", "due_on": "31/03/2026"}
    assert client.post(reverse("new_milestone", args=[2026]), data).status_code == 302
    row = Milestone.objects.get()
    client.post(row.get_absolute_url(), {**data, "due_on": "15/04/2026", "version": 1})
    row.refresh_from_db()
    assert row.due_on == date(2026, 4, 15)
    change = Change.objects.filter(about="division", key=cluster.division_id).first()
    assert list(change.changes.values()) == [["Họp: đến 31/03/2026", "Họp: đến 15/04/2026"]]
    assert (change.what, change.of) == ("edit_duty", row.pk)
    old = client.post(reverse("remove_milestone", args=[2026, row.pk]), {"version": 1}, follow=True)
    assert f"{officer} đã lưu một bản mới hơn" in old.content.decode()
    assert Milestone.objects.exists()
    client.post(reverse("remove_milestone", args=[2026, row.pk]), {"version": 2})
    assert not Milestone.objects.exists()


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"due_on": "15/01/2027"}, "due_on", "Ngày phải trong năm thi đua"),
        ({"begins_on": "31/12/2025"}, "begins_on", "Ngày phải trong năm thi đua"),
        ({"begins_on": "01/05/2026"}, "__all__", "Hạn phải từ ngày bắt đầu trở đi"),
        ({"title": ""}, "title", ""),
    ],
)
def test_a_duty_that_cannot_be_comes_back(cluster, officer, client_of, changes, field, words):
    data = {"title": "Họp", "proof": "plan", "due_on": "31/03/2026"} | changes
    response = client_of(officer).post(reverse("new_milestone", args=[2026]), data)
    assert response.status_code == 422
    assert words in str(response.context["form"].errors[field])
    assert not Milestone.objects.exists()


def test_a_stale_save_shows_what_the_other_wrote(cluster, officer, client_of):
    row = duty(cluster.division, "plan", date(2026, 3, 31))
    data = {"title": "Kế hoạch", "proof": "plan", "version": 1}
    client = client_of(officer)
    client.post(row.get_absolute_url(), {**data, "due_on": "15/03/2026"})
    response = client.post(row.get_absolute_url(), {**data, "due_on": "20/03/2026"})
    assert response.status_code == 422
    assert "đến 15/03/2026" in response.content.decode()
    again = {**data, "due_on": "20/03/2026", "version": response.context["form"]["version"].value()}
    assert client.post(row.get_absolute_url(), again).status_code == 302
