"""What a cluster did: logged, edited by two at once, reported, acknowledged or returned; its files and papers; who may."""

import io
import multiprocessing
from datetime import date, time, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image

from clusters.activities import actions as activities
from clusters.activities.actions import Parts
from clusters.activities.papers import draft_for
from clusters.models import Activity, ActivityFile, ActivityPaper, Attendance, ClusterReport, Election, Membership
from clusters.reports.papers import draft_report
from documents.life.issuing import issue
from documents.life.moves import move
from documents.models import Change, Document, Move, Upload
from documents.steps.refusing import Refused, Stale
from units.models import Role, Unit, User

from ...conftest import is_too_wide, make_unit, make_user
from ..conftest import EIGHT

Kind, State, Came = Activity.Kind, Activity.State, Attendance.Came
TODAY = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def _today(monkeypatch):
    """The day that these tests stand on, whatever the machine says."""
    monkeypatch.setattr("django.utils.timezone.localdate", lambda value=None, timezone=None: TODAY)


@pytest.fixture
def who(eight):
    return eight["leader_unit"]


def picture(name="anh.jpg", **fields):
    content = io.BytesIO()
    Image.new("RGB", (60, 40), "#336699").save(content, "JPEG")
    return SimpleUploadedFile(name, content.getvalue(), "image/jpeg", **fields)


def all_came(cluster):
    return dict.fromkeys(cluster.memberships.all(), (Came.PRESENT, ""))


def log(cluster, who, *, parts=None, **fields):
    """A draft that is complete."""
    facts = {
        "kind": Kind.MIDYEAR,
        "held_on": date(2026, 7, 9),
        "place": "Hội trường",
        "chair": "Nông Văn Ba, Chủ tịch UBND xã",
        "decided": "Thống nhất kế hoạch",
    }
    activity = Activity(cluster=cluster, **(facts | fields))
    return activities.save(activity, parts or Parts(came=all_came(cluster)), by=who)


@pytest.fixture
def activity(cluster, who):
    return log(cluster, who)


@pytest.fixture
def reported(activity, who):
    return activities.report(activity, by=who)


def form_of(cluster, **changes):
    """What a complete form posts."""
    facts = {
        "kind": "midyear",
        "title": "Sơ kết",
        "held_on": "09/07/2026",
        "held_at": "08:30",
        "place": "Hội trường",
        "chair": "Nông Văn Ba",
        "decided": "Thống nhất",
    }
    came = {f"came_{row.pk}": "present" for row in cluster.memberships.all()}
    return {**facts, **came, **changes}


# --- Logging


def test_an_activity_is_logged_from_one_form(cluster, who, client_of):
    client = client_of(who)
    first = cluster.memberships.with_units()[0]
    data = form_of(cluster, files=[picture()], caption="Toàn cảnh", **{f"note_{first.pk}": "Bà Hoa"})
    response = client.post(reverse("new_activity", args=[cluster.pk]), data)
    made = Activity.objects.get()
    assert response.url == made.get_absolute_url()
    assert (made.state, made.unit, made.author, made.held_at.hour) == (State.DRAFT, who.unit, who, 8)
    assert made.attendances.count() == 4
    assert made.attendances.get(membership=first).note == "Bà Hoa"
    assert made.files.get().caption == "Toàn cảnh"
    page = client.get(response.url).content.decode()
    assert 'loading="lazy"' in page
    assert "Toàn cảnh" in page


def test_a_day_outside_the_year_is_refused_and_the_form_comes_back(cluster, who, client_of):
    data = form_of(cluster, held_on="05/01/2027", decided="Chữ đã gõ")
    response = client_of(who).post(reverse("new_activity", args=[cluster.pk]), data)
    assert response.status_code == 422
    assert "held_on" in response.context["form"].errors
    assert "01/01/2026 đến 31/12/2026" in response.content.decode()
    assert "Chữ đã gõ" in response.content.decode()
    assert not Activity.objects.exists()


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (SimpleUploadedFile("anh.jpg", b"%PDF-1.4 " + b"x" * 100), "bên trong là tệp PDF"),
        (SimpleUploadedFile("anh.png", b"MZ" + b"x" * 100), "chương trình chạy được"),
        (SimpleUploadedFile("anh.jpg", b"\xff\xd8\xff" + b"x" * (20 * 1024 * 1024 + 1)), "mỗi tệp chỉ được tới 20 MB"),
    ],
)
def test_a_file_that_lies_or_is_too_heavy_is_refused_and_the_rest_is_kept(cluster, who, client_of, file, words):
    file.seek(0)
    data = form_of(cluster, files=[file], decided="Chữ đã gõ")
    response = client_of(who).post(reverse("new_activity", args=[cluster.pk]), data)
    page = response.content.decode()
    assert response.status_code == 422
    assert words in page
    assert "Chữ đã gõ" in page
    assert "Các tệp phải chọn lại" in page
    assert not Activity.objects.exists()
    assert not Upload.objects.exists()


def test_everything_wrong_is_told_at_once(cluster, who, client_of):
    bad = SimpleUploadedFile("anh.jpg", b"MZ" + b"x" * 100)
    data = form_of(cluster, held_on="05/01/2027", files=[bad])
    errors = client_of(who).post(reverse("new_activity", args=[cluster.pk]), data).context["form"].errors
    assert {"held_on", "files"} <= set(errors)


def test_the_action_itself_refuses_a_day_outside_the_year(cluster, who):
    with pytest.raises(Refused, match="Ngày phải trong năm thi đua 2026"):
        log(cluster, who, held_on=date(2025, 12, 31))


def test_what_is_saved_but_not_complete_stays_a_draft(cluster, who, client_of):
    response = client_of(who).post(
        reverse("new_activity", args=[cluster.pk]), form_of(cluster, chair="", report=1), follow=True
    )
    assert "Đã lưu, nhưng chưa báo cáo được" in response.content.decode()
    assert "Chưa ghi người chủ trì" in response.content.decode()
    assert Activity.objects.get().state == State.DRAFT


def test_a_file_refused_at_the_last_moment_leaves_nothing(cluster, who):
    bad = SimpleUploadedFile("anh.jpg", b"MZ" + b"x" * 100)
    with pytest.raises(Exception, match="chương trình"):
        log(cluster, who, parts=Parts(came=all_came(cluster), files=[bad]))
    assert not Activity.objects.exists()


def test_a_file_is_captioned_and_taken_out(cluster, who):
    activity = log(cluster, who, parts=Parts(files=[picture("a.jpg"), picture("b.jpg")], caption="Ảnh"))
    one, two = activity.files.all()
    storage, place = one.upload.file.storage, one.upload.file.name
    activities.save(activity, Parts(captions={one.pk: "Lời mới"}, dropped={two.pk}), by=who)
    assert activity.files.get().caption == "Lời mới"
    assert storage.exists(place)
    activities.save(activity, Parts(dropped={one.pk}), by=who)
    assert not Upload.objects.exists()
    assert not storage.exists(place)


def test_an_edit_leaves_before_and_after(activity, who, cluster):
    member = cluster.memberships.with_units()[2]
    activity.place = "UBND xã"
    came = all_came(cluster) | {member: (Came.EXCUSED, "Bận họp")}
    activities.save(activity, Parts(came=came), by=who, seen_version=1)
    row = Change.objects.filter(about="activity", key=activity.pk).first()
    assert row.by == who
    assert row.changes == {"Địa điểm": ["Hội trường", "UBND xã"], str(member): ["Có mặt", "Vắng có lý do, Bận họp"]}


def test_an_edit_that_changes_nothing_leaves_no_trace(activity, who, cluster):
    activities.save(activity, Parts(came=all_came(cluster)), by=who, seen_version=1)
    assert Change.objects.filter(about="activity").count() == 1
    assert Activity.objects.get().version == 1


def test_a_stale_save_is_refused_with_what_the_other_changed(activity, eight, cluster, client_of):
    url = reverse("edit_activity", args=[activity.pk])
    assert (
        client_of(eight["deputy_unit"]).post(url, form_of(cluster, version=1, place="Nhà văn hóa")).status_code == 302
    )
    response = client_of(eight["leader_unit"]).post(url, form_of(cluster, version=1, place="Trường học"))
    page = response.content.decode()
    assert response.status_code == 422
    assert "Vi Thị Công" in page
    assert "Nhà văn hóa" in page
    assert "Trường học" in page
    # The page shows the other's change; the next click is deliberate.
    again = form_of(cluster, version=response.context["form"]["version"].value(), place="Trường học")
    assert client_of(eight["leader_unit"]).post(url, again).status_code == 302
    activity.refresh_from_db()
    assert activity.place == "Trường học"


def save_place(username, key, place, results):
    """What one of two people does, in a process of its own with connections of its own."""
    connections.close_all()
    try:
        activity = Activity.objects.get(pk=key)
        activity.place = place
        activities.save(activity, Parts(), by=User.objects.get(username=username), seen_version=1)
        results.put("saved")
    except Stale:
        results.put("stale")
    except Exception as failure:
        results.put(repr(failure))
    connections.close_all()


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_of_two_who_save_at_once_one_is_refused(activity, eight):
    context = multiprocessing.get_context("fork")
    results = context.Queue()
    connections.close_all()
    people = [("bason", "A"), ("congson", "B")]
    processes = [context.Process(target=save_place, args=(name, activity.pk, place, results)) for name, place in people]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert sorted(results.get() for _ in people) == ["saved", "stale"]
    assert Activity.objects.get().version == 2


@pytest.mark.browser
def test_a_meeting_is_logged_on_a_phone(cluster, who, phone_page, login, tmp_path):
    """Targets that a thumb hits, one tap for all who came, a photograph that does not widen the page."""
    photo = tmp_path / "anh.jpg"
    Image.new("RGB", (4000, 3000), "#336699").save(photo)
    login(phone_page, who)
    phone_page.goto(reverse("new_activity", args=[cluster.pk]) + "?loai=midyear")
    assert not phone_page.is_visible("[data-year-end]")
    phone_page.fill("[name=held_on]", "09/07/2026")
    for name in ("place", "chair", "decided"):
        phone_page.fill(f"[name={name}]", "Hội trường")
    absent = cluster.memberships.with_units()[3]
    choice = phone_page.locator(f"label:has([name=came_{absent.pk}][value=absent])")
    assert choice.bounding_box()["height"] >= 40
    choice.tap()
    phone_page.tap("[data-all-present]")
    phone_page.set_input_files("[name=files]", photo)
    phone_page.tap("button[name=report]")
    phone_page.wait_for_selector(".gallery img")
    assert not is_too_wide(phone_page)
    made = Activity.objects.get()
    assert made.state == State.REPORTED
    assert made.attendances.get(came=Came.ABSENT).membership == absent
    assert made.attendances.filter(came=Came.PRESENT).count() == 3


# --- Elections


def test_a_year_end_meeting_elects(cluster, who, client_of):
    rows = list(cluster.memberships.with_units())
    data = form_of(cluster, kind="year_end", leader=rows[1].pk, deputies=[rows[2].pk, rows[3].pk])
    client_of(who).post(reverse("new_activity", args=[cluster.pk]), data)
    assert dict(Election.objects.values_list("membership", "role")) == {
        rows[1].pk: "leader",
        rows[2].pk: "deputy",
        rows[3].pk: "deputy",
    }


@pytest.mark.parametrize(
    ("kind", "roles", "words"),
    [
        (Kind.MIDYEAR, ["leader"], "Chỉ hội nghị tổng kết"),
        (Kind.YEAR_END, ["deputy"], "phải ghi cả đơn vị được bầu làm trưởng"),
    ],
)
def test_an_election_that_cannot_be_is_refused(cluster, who, kind, roles, words):
    elected = dict(zip(cluster.memberships.with_units(), roles, strict=False))
    with pytest.raises(Refused, match=words):
        log(cluster, who, kind=kind, parts=Parts(elected=elected))


def test_leader_and_deputy_are_two(cluster, who, client_of):
    row = cluster.memberships.first()
    data = form_of(cluster, kind="year_end", leader=row.pk, deputies=[row.pk])
    response = client_of(who).post(reverse("new_activity", args=[cluster.pk]), data)
    assert "đã là trưởng" in response.content.decode()
    assert not Activity.objects.exists()


# --- Reporting and deciding


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"held_on": date(2026, 12, 3)}, "Ngày 03/12/2026 chưa đến"),
        ({"place": " "}, "Chưa ghi địa điểm"),
        ({"chair": "", "decided": ""}, "Chưa ghi người chủ trì, nội dung, kết luận"),
    ],
)
def test_what_is_not_complete_is_not_reported(cluster, who, fields, words):
    activity = log(cluster, who, **fields)
    with pytest.raises(Refused, match=words):
        activities.report(activity, by=who)
    activity.refresh_from_db()
    assert activity.state == State.DRAFT


def test_attendance_is_told_of_every_member(cluster, who):
    rows = list(cluster.memberships.with_units())
    activity = log(cluster, who, parts=Parts(came={rows[0]: (Came.PRESENT, ""), rows[1]: ("", "")}))
    with pytest.raises(Refused, match="3 đơn vị: UBND xã Công Sơn, UBND xã Cao Lộc, UBND xã Đồng Đăng"):
        activities.report(activity, by=who)


def test_who_left_before_is_not_waited_for(cluster, who):
    gone = cluster.memberships.filter(role="member").first()
    Membership.objects.filter(pk=gone.pk).update(left_on=date(2026, 5, 1))
    came = dict.fromkeys(cluster.memberships.exclude(pk=gone.pk), (Came.PRESENT, ""))
    assert activities.report(log(cluster, who, parts=Parts(came=came)), by=who).state == State.REPORTED


def test_a_plan_needs_nobody_to_come(cluster, who):
    activity = log(cluster, who, kind=Kind.PLAN, place="", chair="", decided="", parts=Parts())
    assert activities.report(activity, by=who).state == State.REPORTED


def test_reported_acknowledged_and_then_nothing_changes(reported, who, officer, cluster):
    with pytest.raises(Refused, match="không sửa được nữa"):
        activities.save(reported, Parts(), by=who)
    found = activities.acknowledge(reported, by=officer, seen_version=reported.version)
    assert found.state == State.ACKNOWLEDGED
    for act in (activities.acknowledge, lambda row, by: activities.give_back(row, by=by, reason="x")):
        with pytest.raises(Refused, match="không chờ ghi nhận"):
            act(found, by=officer)
    with pytest.raises(Refused, match="thì không xóa"):
        activities.discard(found, by=who)


def test_returned_with_a_reason_mended_and_reported_again(reported, who, officer, cluster, client_of):
    with pytest.raises(Refused, match="Hãy ghi lý do"):
        activities.give_back(reported, by=officer, reason=" ")
    client_of(officer).post(reverse("decide_activity", args=[reported.pk]), {"reason": "Thiếu biên bản", "version": 2})
    reported.refresh_from_db()
    assert reported.state == State.RETURNED
    assert "Thiếu biên bản" in client_of(who).get(reported.get_absolute_url()).content.decode()
    activities.save(reported, Parts(came=all_came(cluster)), by=who, seen_version=3)
    assert activities.report(Activity.objects.get(), by=who).state == State.REPORTED


def test_an_empty_reason_stands_beside_its_field(reported, officer, client_of):
    response = client_of(officer).post(reverse("decide_activity", args=[reported.pk]), {"reason": "", "version": 2})
    assert response.status_code == 422
    assert "reason" in response.context["form"].errors


def test_what_was_read_is_what_is_acknowledged(reported, who, officer, cluster):
    activities.give_back(reported, by=officer, reason="Sửa")
    activities.report(Activity.objects.get(), by=who)
    with pytest.raises(Stale):
        activities.acknowledge(reported, by=officer, seen_version=2)


def test_a_draft_begun_by_mistake_is_taken_out(activity, who, client_of):
    response = client_of(who).post(reverse("discard_activity", args=[activity.pk]))
    assert response.status_code == 302
    assert not Activity.objects.exists()
    assert Change.objects.filter(about="activity", act="Xóa bản đang ghi").exists()


# --- Who may

LEADING, MANAGING = {"leader_unit", "deputy_unit"}, {"officer", "leader", "administrator"}


def seen_by(name, *, draft):
    """Whether a person may read an activity of the cluster."""
    return name in LEADING | (set() if draft else MANAGING | {"member"})


def expected_of(name):
    """What answers who writes: a member and the department may only look."""
    return 302 if name in LEADING else 404 if name in ("other_cluster", "nobody") else 403


def test_who_reads_a_draft(turn_of, activity, client_of):
    for name in EIGHT:
        with turn_of(name) as user:
            status = client_of(user).get(activity.get_absolute_url()).status_code
            assert status == (200 if seen_by(name, draft=True) else 404)


def test_who_reads_what_was_reported_and_its_files(turn_of, cluster, who, client_of):
    parts = Parts(came=all_came(cluster), files=[picture()])
    activity = activities.report(log(cluster, who, parts=parts), by=who)
    listed = reverse("cluster_activities", args=[cluster.pk])
    for name in EIGHT:
        with turn_of(name) as user:
            client, expected = client_of(user), 200 if seen_by(name, draft=False) else 404
            assert client.get(activity.get_absolute_url()).status_code == expected
            assert client.get(activity.files.get().upload.get_absolute_url(), {"xem": 1}).status_code == expected
            assert client.get(listed).status_code == expected
            assert client.get(listed, {"xuat": "xlsx"}).status_code == expected


def test_who_logs(turn_of, cluster, client_of):
    for name in EIGHT:
        with turn_of(name) as user:
            response = client_of(user).post(reverse("new_activity", args=[cluster.pk]), form_of(cluster))
            assert response.status_code == expected_of(name)
            assert Activity.objects.exists() == (name in LEADING)


def test_who_edits_and_reports(turn_of, activity, cluster, officer, who, client_of):
    activities.give_back(activities.report(activity, by=who), by=officer, reason="Sửa")
    for name in EIGHT:
        with turn_of(name) as user:
            client, expected = client_of(user), expected_of(name)
            edit = client.post(reverse("edit_activity", args=[activity.pk]), form_of(cluster, version=3, place="Mới"))
            report = client.post(reverse("report_activity", args=[activity.pk]), {"version": 4})
            assert (edit.status_code, report.status_code) == (expected, expected)
            found = Activity.objects.get(pk=activity.pk)
            assert (found.place, found.state) == (
                ("Mới", State.REPORTED) if name in LEADING else ("Hội trường", State.RETURNED)
            )


@pytest.mark.parametrize("data", [{"acknowledge": 1}, {"reason": "Thiếu"}])
def test_who_decides(turn_of, data, reported, client_of):
    url = reverse("decide_activity", args=[reported.pk])
    for name in EIGHT:
        with turn_of(name) as user:
            response = client_of(user).post(url, {**data, "version": 2})
            assert response.status_code == (302 if name in MANAGING else 403)
            found = Activity.objects.get(pk=reported.pk)
            assert (found.state != State.REPORTED) == (name in MANAGING)


def test_who_takes_out_a_draft(turn_of, activity, client_of):
    for name in EIGHT:
        with turn_of(name) as user:
            response = client_of(user).post(reverse("discard_activity", args=[activity.pk]))
            assert response.status_code == (302 if name in LEADING else 404)
            assert Activity.objects.exists() == (name not in LEADING)


def test_who_has_papers_written(turn_of, reported, cluster, client_of):
    for name in EIGHT:
        with turn_of(name) as user:
            client, expected = client_of(user), expected_of(name)
            minutes = client.post(reverse("write_activity_paper", args=[reported.pk, "bien-ban"]))
            report = client.post(reverse("write_cluster_report", args=[cluster.pk]), {"period": "year"})
            assert (minutes.status_code, report.status_code) == (expected, expected)
            assert Document.objects.filter(origin="ours").count() == (2 if name in LEADING else 0)


def test_the_actions_themselves_refuse_strangers(turn_of, cluster, reported):
    """Not only the views: whoever calls them."""
    Activity.objects.filter(pk=reported.pk).update(held_on=date(2026, 6, 20))
    for name in EIGHT:
        with turn_of(name) as user:
            found = Activity.objects.get(pk=reported.pk)
            for allowed, act in (
                (LEADING, lambda by: log(cluster, by)),
                (LEADING, lambda by, row=found: draft_for(row, ActivityPaper.Kind.MINUTES, by=by)),
                (LEADING, lambda by: draft_report(cluster, ClusterReport.Period.HALF, by=by)),
                (MANAGING, lambda by, row=found: activities.acknowledge(row, by=by)),
            ):
                if name in allowed:
                    act(user)
                else:
                    with pytest.raises(Refused, match="Chỉ"):
                        act(user)


def test_the_leader_of_another_year_writes_nothing(cluster, client_of, division):
    """Its unit leads a cluster, but not this one."""
    user = make_user("cu", "Người Cũ", Role.UNIT_OFFICER, make_unit("xa-cu", "UBND xã Cũ", kind=Unit.Kind.COMMUNE))
    other = type(division).objects.create(
        year=2025, begins_on=date(2025, 1, 1), ends_on=date(2025, 12, 31), kinds=["commune"]
    )
    old = type(cluster).objects.create(division=other, name="Cụm cũ")
    Membership.objects.create(cluster=old, unit=user.unit, role="leader")
    assert client_of(user).post(reverse("new_activity", args=[cluster.pk]), form_of(cluster)).status_code == 404
    with pytest.raises(Refused, match="Chỉ trưởng, phó trưởng"):
        log(cluster, user)


def test_a_unit_that_ended_writes_nothing(cluster, who, client_of):
    Unit.objects.filter(pk=who.unit_id).update(ended=date(2026, 6, 30))
    who.refresh_from_db()
    assert client_of(who).post(reverse("new_activity", args=[cluster.pk]), form_of(cluster)).status_code == 403
    assert not Activity.objects.exists()


# --- Lists


def test_the_list_of_the_year_is_the_departments(eight, clerk, cluster, client_of):
    url = reverse("division_activities", args=[2026])
    for name, user in [*eight.items(), ("clerk", clerk)]:
        assert client_of(user).get(url).status_code == (200 if name in MANAGING | {"clerk"} else 403)


def test_the_lists_filter_and_cost_the_same_with_many(cluster, other_cluster, eight, officer, who, client_of):
    activities.report(log(cluster, who, title="Họp giao ban"), by=who)
    client, url = client_of(officer), reverse("division_activities", args=[2026])
    with CaptureQueriesContext(connection) as few:
        assert client.get(url).status_code == 200
    for n in range(12):
        activities.report(log(cluster, who, held_on=date(2026, 5, 1) + timedelta(days=n)), by=who)
    south = log(other_cluster, eight["other_cluster"], parts=Parts(came=all_came(other_cluster)))
    activities.report(south, by=eight["other_cluster"])
    with CaptureQueriesContext(connection) as many:
        assert client.get(url).context["page_obj"].paginator.count == 14
    assert len(many) <= len(few)

    def found(**query):
        return client.get(url, query).context["page_obj"].paginator.count

    assert found(q="hop giao") == 1
    assert found(cum=other_cluster.pk) == 1
    assert found(tu="01/07/2026", den="31/07/2026") == 2
    assert found(kind="year_end") == 0
    assert client.get(url, {"xuat": "xlsx"}).status_code == 200


def test_a_page_costs_the_same_with_many_files(cluster, who, client_of):
    activity = log(cluster, who, parts=Parts(came=all_came(cluster), files=[picture()]))
    client = client_of(who)
    for url in (activity.get_absolute_url(), reverse("edit_activity", args=[activity.pk])):
        with CaptureQueriesContext(connection) as few:
            client.get(url)
        upload = Upload.objects.first()
        for _ in range(5):
            upload.pk = None
            upload.save()
            ActivityFile.objects.create(activity=activity, upload=upload)
        with CaptureQueriesContext(connection) as many:
            client.get(url)
        assert len(many) <= len(few)


# --- Papers


def test_the_invitation_tells_when_and_where(cluster, who, officer):
    day = TODAY + timedelta(days=5)
    activity = log(cluster, who, title="Hội nghị tổng kết", kind=Kind.YEAR_END, held_on=day)
    with pytest.raises(Refused, match="Hãy ghi giờ và địa điểm"):
        draft_for(activity, ActivityPaper.Kind.INVITATION, by=who)
    Activity.objects.update(held_at="08:00")
    paper = draft_for(activity, ActivityPaper.Kind.INVITATION, by=who)
    assert (paper.type.code, paper.issuer_unit) == ("GM", who.unit)
    assert "08 giờ 00, ngày 25 tháng 11 năm 2026" in paper.body
    assert "Hội trường" in paper.body
    assert [row.key for row in paper.addressees.all()] == [f"cum:{cluster.pk}", "don-vi:so-noi-vu"]
    assert activity.papers.get().document == paper


def test_no_invitation_to_what_is_over_and_no_minutes_before(cluster, who, activity):
    with pytest.raises(Refused, match="đã qua"):
        draft_for(activity, ActivityPaper.Kind.INVITATION, by=who)
    planned = log(cluster, who, held_on=TODAY + timedelta(days=1))
    with pytest.raises(Refused, match="chưa đến"):
        draft_for(planned, ActivityPaper.Kind.MINUTES, by=who)


def test_a_plan_has_no_minutes(cluster, who):
    with pytest.raises(Refused, match="không phải cuộc họp"):
        draft_for(log(cluster, who, kind=Kind.PLAN), ActivityPaper.Kind.MINUTES, by=who)


def test_the_minutes_tell_who_came_and_who_was_elected(cluster, who):
    rows = list(cluster.memberships.with_units())
    came = all_came(cluster) | {rows[3]: (Came.EXCUSED, "Bận | họp")}
    parts = Parts(came=came, elected={rows[1]: "leader"})
    activity = log(cluster, who, kind=Kind.YEAR_END, decided="Một\nHai", held_on=TODAY, parts=parts)
    paper = draft_for(activity, ActivityPaper.Kind.MINUTES, by=who)
    assert (paper.type.code, paper.signer_name, paper.second_signer_name) == ("BB", "Nông Văn Ba", "Nông Văn Ba")
    assert "có mặt 03/04 đơn vị, vắng có lý do 01" in paper.body
    assert f"| {rows[3].unit.name} | Vắng có lý do | Bận \\| họp |" in paper.body
    assert f"bầu trưởng, phó trưởng năm 2027: trưởng: {rows[1].unit}" in paper.body
    assert "\n\nMột\n\nHai\n\n" in paper.body


def test_one_paper_of_a_kind_at_a_time(reported, eight, who):
    first = draft_for(reported, ActivityPaper.Kind.MINUTES, by=who)
    with pytest.raises(Refused, match=r"Đã có Biên bản.*Nông Văn Ba"):
        draft_for(reported, ActivityPaper.Kind.MINUTES, by=eight["deputy_unit"])
    move(first, Move.Act.DISCARD, by=who)
    assert draft_for(reported, ActivityPaper.Kind.MINUTES, by=eight["deputy_unit"]).pk != first.pk


def test_a_paper_is_shown_to_those_who_may_open_it(reported, eight, who, client_of):
    paper = draft_for(reported, ActivityPaper.Kind.MINUTES, by=who)
    for name, shown in (("leader_unit", True), ("deputy_unit", False), ("officer", False), ("member", False)):
        page = client_of(eight[name]).get(reported.get_absolute_url()).content.decode()
        assert (paper.get_absolute_url() in page) is shown


def test_the_report_sums_up_what_was_reported(cluster, who, client_of):
    rows = list(cluster.memberships.with_units())
    came = all_came(cluster) | {rows[2]: (Came.ABSENT, "")}
    activities.report(log(cluster, who, held_on=date(2026, 3, 5), parts=Parts(came=came), title="Họp một"), by=who)
    activities.report(log(cluster, who, held_on=date(2026, 9, 5), title="Họp hai"), by=who)
    log(cluster, who, title="Bản nháp", held_on=date(2026, 4, 1))
    response = client_of(who).post(reverse("write_cluster_report", args=[cluster.pk]), {"period": "half"})
    paper = ClusterReport.objects.get(period="half").document
    assert response.url == paper.get_absolute_url()
    assert "đã có 01 hoạt động" in paper.body
    assert "Họp hai" not in paper.body
    assert "Bản nháp" not in paper.body
    assert f"| {rows[2].unit.name} | 0 | 0 | 1 |" in paper.body
    assert "Thông báo số 109/TB-UBND" in paper.body
    year = draft_report(cluster, ClusterReport.Period.YEAR, by=who)
    assert "đã có 02 hoạt động" in year.body
    assert f"| {rows[2].unit.name} | 1 | 0 | 1 |" in year.body
    with pytest.raises(Refused, match="Đã có Báo cáo"):
        draft_report(cluster, ClusterReport.Period.YEAR, by=who)


def test_nothing_to_report(cluster, who):
    with pytest.raises(Refused, match="Chưa có hoạt động nào"):
        draft_report(cluster, ClusterReport.Period.YEAR, by=who)


def test_an_issued_invitation_reaches_the_members(cluster, who):
    activity = log(cluster, who, held_on=TODAY + timedelta(days=5), held_at=time(8))
    paper = draft_for(activity, ActivityPaper.Kind.INVITATION, by=who)
    paper.signer_name, paper.capacity, paper.symbol = "Nông Văn Ba", "CHỦ TỊCH", "GM-UBND"
    paper.save()
    for act in (Move.Act.SUBMIT, Move.Act.APPROVE):
        move(paper, act, by=who)
    issued = issue(paper, by=who, day=TODAY)
    assert set(issued.deliveries.values_list("unit__name", flat=True)) == {
        "UBND xã Công Sơn",
        "UBND xã Đồng Đăng",
        "UBND xã Cao Lộc",
        "Sở Nội vụ",
    }
