"""What a cluster did: logged, edited by two at once, with its files and whom it elected."""

import multiprocessing
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from django.urls import reverse
from PIL import Image

from clusters.activities import actions as activities
from clusters.activities.actions import Parts
from clusters.models import Activity, Election
from documents.models import Change, Upload
from documents.steps.refusing import Refused, Stale
from units.models import User

from ...conftest import is_too_wide
from .logged import Came, Kind, State, all_came, form_of, log, picture


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
