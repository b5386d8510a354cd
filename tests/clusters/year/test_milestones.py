"""The duties of a year: set, guided, shown by what was logged, side by side, on a calendar, asked for; who may."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from clusters.models import About, Activity, Ballot, CriteriaSet, Division, Milestone, Pact, ScoreSheet
from clusters.scores.actions import VERIFY
from clusters.year import actions as milestones
from clusters.year.progress import progress
from documents.duties.actions import Standing
from documents.life.issuing import issue
from documents.life.moves import move
from documents.models import Change, Document, Move
from documents.papers.copies import recall
from documents.steps.log import record
from documents.steps.refusing import Refused
from units.models import Unit

from ...conftest import make_unit
from ...waits import words_for
from ..conftest import EIGHT, make_cluster

TODAY = date(2026, 11, 20)
Proof = Milestone.Proof


@pytest.fixture(autouse=True)
def _today(monkeypatch):
    """The day that these tests stand on, whatever the machine says."""
    monkeypatch.setattr("django.utils.timezone.localdate", lambda at=None, zone=None: at.date() if at else TODAY)


def duty(division, proof, due_on, **fields):
    return Milestone.objects.create(division=division, title=Proof(proof).label, proof=proof, due_on=due_on, **fields)


def logged(cluster, user, kind, held_on, state=Activity.State.REPORTED):
    return Activity.objects.create(
        cluster=cluster, kind=kind, held_on=held_on, state=state, unit=user.unit, author=user, title=f"Họp {held_on}"
    )


def standing(cluster):
    """The standing of the only duty."""
    (row,) = progress(cluster.division, clusters=[cluster.pk])
    (cell,) = row.cells
    return cell.standing


# --- What has to be done


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
    client.post(reverse("remove_milestone", args=[2026, row.pk]))
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


# --- The guidance


def issued(paper, leader, clerk, officer):
    """The paper taken through its steps."""
    paper.signer_name, paper.capacity, paper.symbol = "Hà Văn Vinh", "GIÁM ĐỐC", f"{paper.type.code}-SNV"
    paper.save()
    move(paper, Move.Act.SUBMIT, by=officer)
    move(paper, Move.Act.APPROVE, by=leader)
    return issue(paper, by=clerk, day=TODAY)


def test_the_guidance_has_the_table_and_what_was_changed_since_does_not_rest_on_it(cluster, officer, leader, clerk):
    division = cluster.division
    plan, pact = duty(division, "plan", date(2026, 3, 15)), duty(division, "pact", date(2026, 3, 31))
    paper = milestones.draft_guidance(division, by=officer)
    assert paper.type.code == "HD"
    assert "| 2 | Giao ước đã được các bên ký đủ |  | 31/3/2026 |" in paper.body
    assert [row.key for row in paper.addressees.all()] == ["cum:nam-2026"]
    with pytest.raises(Refused, match="Đã có Hướng dẫn"):
        milestones.draft_guidance(division, by=officer)
    pact.refresh_from_db()
    pact.due_on = date(2026, 4, 30)
    milestones.save(pact, by=officer)
    paper = issued(paper, leader, clerk, officer)
    assert paper.deliveries.count() == 7
    plan.refresh_from_db()
    pact.refresh_from_db()
    assert (plan.guidance, plan.clause, pact.guidance) == (paper, "khoản 1, số thứ tự 1", None)
    letter = recall(paper, by=officer, reason="Sai")
    issued(letter, leader, clerk, officer)
    plan.refresh_from_db()
    assert plan.guidance is None


def test_a_changed_duty_rests_on_its_guidance_no_more(cluster, officer, notice):
    row = duty(cluster.division, "plan", date(2026, 3, 15))
    milestones.rest_on(cluster.division, notice, by=officer)
    row.refresh_from_db()
    assert row.guidance == notice
    milestones.save(row, by=officer)
    assert row.guidance == notice
    row.due_on = date(2026, 3, 20)
    assert milestones.save(row, by=officer).guidance is None


def test_a_guidance_made_elsewhere_is_named(cluster, officer, client_of):
    duty(cluster.division, "plan", date(2026, 3, 15))
    client, url = client_of(officer), reverse("guide_clusters", args=[2026])
    wrong = client.post(url, {"paper": "999/HD-SNV"})
    assert wrong.status_code == 422
    assert "Sổ chưa có văn bản số này" in wrong.content.decode()
    assert client.post(url, {"paper": "109/TB-UBND"}).status_code == 302
    assert Milestone.objects.get().guidance.reference == "109/TB-UBND"


def test_no_guidance_without_duties_or_before_the_notice(division, officer):
    with pytest.raises(Refused, match="chưa thông báo"):
        milestones.draft_guidance(division, by=officer)


def test_no_guidance_of_nothing(cluster, officer, notice):
    with pytest.raises(Refused, match="Chưa có việc nào"):
        milestones.draft_guidance(cluster.division, by=officer)
    with pytest.raises(Refused, match="Chưa có việc nào"):
        milestones.rest_on(cluster.division, notice, by=officer)


# --- How far it is


@pytest.mark.parametrize(
    ("due", "held", "state", "expected"),
    [
        (date(2026, 3, 31), date(2026, 3, 31), "reported", Standing.DONE),
        (date(2026, 3, 31), date(2026, 4, 1), "acknowledged", Standing.DONE_LATE),
        (date(2026, 3, 31), date(2026, 3, 1), "draft", Standing.LATE),
        (date(2026, 3, 31), date(2026, 3, 1), "returned", Standing.LATE),
        (TODAY, date(2026, 3, 1), "draft", Standing.OPEN),
        (TODAY - timedelta(days=1), date(2026, 3, 1), "draft", Standing.LATE),
    ],
)
def test_an_activity_that_was_reported_shows_the_duty_done(cluster, eight, due, held, state, expected):
    duty(cluster.division, "first_meeting", due)
    logged(cluster, eight["leader_unit"], "first_meeting", held, state)
    assert standing(cluster) == expected


def test_the_second_check_is_shown_by_the_second_that_was_logged(cluster, eight):
    for due in (date(2026, 5, 31), date(2026, 10, 31)):
        duty(cluster.division, "cross_check", due)
    logged(cluster, eight["leader_unit"], "cross_check", date(2026, 5, 20))
    (row,) = progress(cluster.division, clusters=[cluster.pk])
    assert [cell.standing for cell in row.cells] == [Standing.DONE, Standing.LATE]


def test_a_pact_is_done_when_all_have_signed(cluster):
    duty(cluster.division, "pact", date(2026, 3, 31))
    Pact.objects.create(division=cluster.division, cluster=cluster, title="Giao ước", state="open")
    assert standing(cluster) == Standing.LATE
    Pact.objects.update(state="signed", signed_on=date(2026, 4, 2))
    assert standing(cluster) == Standing.DONE_LATE


def test_scores_are_done_when_every_member_is(cluster, category, officer):
    duty(cluster.division, "self_scores", date(2026, 11, 1))
    made = CriteriaSet.objects.create(category=category, name="Bộ", number=1, total=100, applies_from=2026)
    rows = list(cluster.memberships.all())
    sheets = [ScoreSheet.objects.create(membership=row, set=made, state="sent") for row in rows[:3]]
    assert standing(cluster) == Standing.LATE
    ScoreSheet.objects.create(membership=rows[3], set=made, disqualified="Vi phạm")
    assert standing(cluster) == Standing.DONE
    Milestone.objects.update(proof="scores")
    assert standing(cluster) == Standing.LATE
    ScoreSheet.objects.filter(disqualified="").update(state="verified")
    assert standing(cluster) == Standing.DONE
    record(About.SCORES, sheets[0], VERIFY.act, by=officer)
    Change.objects.update(at="2026-11-02T03:00Z")
    assert standing(cluster) == Standing.DONE_LATE


def test_a_ballot_is_done_when_it_is_counted(cluster, officer):
    duty(cluster.division, "ballot", date(2026, 11, 1))
    ballot = Ballot.objects.create(cluster=cluster, award="Cờ thi đua", held_on=date(2026, 10, 30), percent=80)
    assert standing(cluster) == Standing.LATE
    figures = dict.fromkeys(["entitled", "issued", "cast", "valid"], 4)
    figures |= {"counted_at": "2026-10-30T03:00Z", "counted_by": officer}
    Ballot.objects.filter(pk=ballot.pk).update(state="counted", **figures)
    assert standing(cluster) == Standing.DONE


@pytest.fixture
def year(cluster, officer):
    """The usual duties of the year."""
    milestones.fill(cluster.division, by=officer)
    return cluster.division


def test_the_clusters_side_by_side_cost_the_same_with_many(year, cluster, officer, eight, client_of):
    client, url = client_of(officer), reverse("progress", args=[2026])
    logged(cluster, eight["leader_unit"], "plan", date(2026, 3, 1))
    with CaptureQueriesContext(connection) as few:
        page = client.get(url)
    assert len(page.context["rows"]) == 2
    Division.objects.update(state="draft", in_force_on=None)
    for n in range(20):
        units = [make_unit(f"t-{n}-{m}", f"UBND xã T{n} {m}", kind=Unit.Kind.COMMUNE) for m in range(2)]
        made = make_cluster(year, f"Cụm thêm {n}", *units)
        for kind in ("plan", "midyear", "first_meeting"):
            logged(made, eight["leader_unit"], kind, date(2026, 3, 1))
    Division.objects.update(state="in_force", in_force_on=date(2026, 2, 25))
    with CaptureQueriesContext(connection) as many:
        page = client.get(url)
    assert len(page.context["rows"]) == 22
    assert len(many) <= len(few)


def test_the_page_filters_what_is_late_and_exports(year, cluster, other_cluster, officer, eight, client_of):
    Milestone.objects.exclude(proof="plan").delete()
    logged(cluster, eight["leader_unit"], "plan", date(2026, 3, 1))
    client, url = client_of(officer), reverse("progress", args=[2026])
    assert [row.cluster for row in client.get(url, {"muc": "late"}).context["rows"]] == [other_cluster]
    assert [row.cluster for row in client.get(url, {"muc": "on_time"}).context["rows"]] == [cluster]
    assert client.get(url, {"muc": "x"}).context["rows"] == []
    assert client.get(url, {"xuat": "xlsx"})["Content-Type"].endswith("sheet")


def test_late_duties_stand_on_the_page_of_the_cluster_and_the_first_page_of_its_leader(year, cluster, eight, client_of):
    assert "Việc quá hạn" not in client_of(eight["member"]).get(reverse("home")).content.decode()
    page = client_of(eight["member"]).get(cluster.get_absolute_url()).content.decode()
    assert "5 việc quá hạn" in page
    for name in ("leader_unit", "deputy_unit"):
        page = client_of(eight[name]).get(reverse("home")).content.decode()
        assert "việc quá hạn" in page
        assert cluster.name in page
    assert words_for(eight["member"]) == {}
    assert words_for(eight["nobody"]) == {}


def test_the_first_page_tells_the_department_what_waits(cluster, eight, officer, client_of):
    assert words_for(officer) == {}
    row = logged(cluster, eight["leader_unit"], "plan", date(2026, 3, 1))
    assert row.get_absolute_url() in client_of(officer).get(reverse("home")).content.decode()
    Activity.objects.update(state="returned")
    assert words_for(officer) == {}
    assert row.get_absolute_url() in client_of(eight["leader_unit"]).get(reverse("home")).content.decode()


# --- Asking for what is late


def test_the_letter_goes_to_the_leaders_of_late_clusters(year, cluster, other_cluster, officer, eight):
    Milestone.objects.exclude(proof="plan").delete()
    logged(cluster, eight["leader_unit"], "plan", date(2026, 3, 1))
    paper = milestones.draft_reminder(year, by=officer)
    leader = other_cluster.memberships.get(role="leader").unit
    assert [row.key for row in paper.addressees.all()] == [f"don-vi:{leader.code}"]
    assert other_cluster.name in paper.body
    assert cluster.name not in paper.body
    with pytest.raises(Refused, match="Đã có Công văn"):
        milestones.draft_reminder(year, by=officer)
    move(paper, Move.Act.DISCARD, by=officer)
    logged(other_cluster, eight["other_cluster"], "plan", date(2026, 3, 1))
    with pytest.raises(Refused, match="Không có khối, cụm nào"):
        milestones.draft_reminder(year, by=officer)


# --- The calendar


def test_the_calendar_shows_duties_and_activities(year, cluster, other_cluster, officer, eight, client_of):
    who = eight["leader_unit"]
    logged(cluster, who, "plan", date(2026, 3, 5))
    logged(other_cluster, eight["other_cluster"], "plan", date(2026, 3, 5))
    draft = logged(cluster, who, "meeting", date(2026, 3, 9), "draft")
    own = client_of(who).get(reverse("cluster_calendar", args=[cluster.pk]), {"thang": "2026-03"}).content.decode()
    assert "Hạn: Ban hành kế hoạch" in own
    assert draft.get_absolute_url() in own
    member = client_of(eight["member"]).get(reverse("cluster_calendar", args=[cluster.pk]), {"thang": "2026-03"})
    assert draft.get_absolute_url() not in member.content.decode()
    whole = client_of(officer).get(reverse("division_calendar", args=[2026]), {"thang": "2026-03"}).content.decode()
    assert "(2/2 xong)" in whole
    assert "2 khối, cụm: Kế hoạch" in whole
    assert draft.get_absolute_url() not in whole


@pytest.mark.parametrize("month", ["nam", "", "2026-01", "2026-12", "2027-01", "x"])
def test_every_month_has_its_page(year, cluster, client_of, officer, month):
    response = client_of(officer).get(reverse("cluster_calendar", args=[cluster.pk]), {"thang": month})
    assert response.status_code == 200
    shown = response.context["shown"]
    assert shown == {"nam": None, "2026-01": date(2026, 1, 1), "2026-12": date(2026, 12, 1)}.get(
        month, date(2026, 11, 1)
    )


# --- Who may

MANAGING = {"officer", "leader", "administrator"}


def test_who_sets_duties_guides_and_asks(turn_of, year, client_of):
    row = Milestone.objects.filter(proof="plan").get()
    data = {"title": "Việc", "proof": "plan", "due_on": "31/03/2026", "version": 1}
    for name in EIGHT:
        with turn_of(name) as user:
            client, expected = client_of(user), 302 if name in MANAGING else 403
            for address, args, posted in [
                ("new_milestone", [2026], data),
                ("edit_milestone", [2026, row.pk], data),
                ("fill_milestones", [2026], {}),
                ("guide_clusters", [2026], {"draft": 1}),
                ("guide_clusters", [2026], {"paper": "109/TB-UBND"}),
                ("remind_late", [2026], {}),
                ("remove_milestone", [2026, row.pk], {}),
            ]:
                assert client.post(reverse(address, args=args), posted).status_code == expected, address
            assert Milestone.objects.filter(pk=row.pk).exists() == (name not in MANAGING)
            assert Document.objects.filter(origin="ours").exists() == (name in MANAGING)


def test_the_actions_themselves_refuse_strangers(turn_of, year, notice):
    for name in EIGHT:
        with turn_of(name) as by:
            row, division = Milestone.objects.first(), Division.objects.get(pk=year.pk)
            for act, args in (
                (milestones.save, [row]),
                (milestones.rest_on, [division, notice]),
                (milestones.draft_guidance, [division]),
                (milestones.draft_reminder, [division]),
                (milestones.remove, [row]),
                (milestones.fill, [division]),
            ):
                if name in MANAGING:
                    act(*args, by=by)
                else:
                    with pytest.raises(Refused, match="Chỉ chuyên viên"):
                        act(*args, by=by)


def test_who_sees_the_year_and_the_cluster(turn_of, year, cluster, client_of):
    for name in EIGHT:
        with turn_of(name) as user:
            client = client_of(user)
            for address in ("progress", "division_calendar"):
                assert client.get(reverse(address, args=[2026])).status_code == (200 if name in MANAGING else 403)
            assert client.get(reverse("milestones", args=[2026])).status_code == 200
            mine = name in MANAGING | {"leader_unit", "deputy_unit", "member"}
            for address in ("cluster_progress", "cluster_calendar"):
                assert client.get(reverse(address, args=[cluster.pk])).status_code == (200 if mine else 404)


def test_the_duties_of_a_draft_are_the_departments(division, officer, stranger, client_of):
    url = reverse("milestones", args=[2026])
    assert client_of(stranger).get(url).status_code == 404
    assert client_of(officer).get(url).status_code == 200
