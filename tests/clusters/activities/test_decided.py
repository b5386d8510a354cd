"""Activities reported, acknowledged, returned, taken out."""

from datetime import date

import pytest
from django.urls import reverse

from clusters.activities import actions as activities
from clusters.activities.actions import Parts
from clusters.activities.papers import Paper, draft_for
from clusters.models import Activity, Membership
from documents.life.actions import discard
from documents.models import Change, Upload
from documents.steps.refusing import Refused, Stale

from .logged import Came, Kind, State, all_came, log, picture


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
    with pytest.raises(Refused, match="Không thể «Sửa» khi hoạt động đang ở bước «Đã báo cáo»"):
        activities.save(reported, Parts(), by=who)
    found = activities.acknowledge(reported, by=officer, seen_version=reported.version)
    assert found.state == State.ACKNOWLEDGED
    for act in (activities.acknowledge, lambda row, by: activities.give_back(row, by=by, reason="x")):
        with pytest.raises(Refused, match="khi hoạt động đang ở bước «Đã ghi nhận»"):
            act(found, by=officer)
    with pytest.raises(Refused, match="Không thể «Xóa bản đang ghi»"):
        activities.discard(found, by=who)


def test_returned_with_a_reason_mended_and_reported_again(reported, who, officer, cluster, client_of):
    with pytest.raises(Refused, match="Hãy ghi lý do"):
        activities.give_back(reported, by=officer, reason=" ")
    typed = {"act": "return", "reason": "Thiếu biên bản", "version": 2}
    client_of(officer).post(reverse("activity_step", args=[reported.pk]), typed)
    reported.refresh_from_db()
    assert reported.state == State.RETURNED
    assert "Thiếu biên bản" in client_of(who).get(reported.get_absolute_url()).content.decode()
    activities.save(reported, Parts(came=all_came(cluster)), by=who, seen_version=3)
    assert activities.report(Activity.objects.get(), by=who).state == State.REPORTED


def test_an_empty_reason_stands_beside_its_field(reported, officer, client_of):
    typed = {"act": "return", "reason": "", "version": 2}
    response = client_of(officer).post(reverse("activity_step", args=[reported.pk]), typed)
    assert response.status_code == 422
    assert {step.what: [*form.errors] for step, form in response.context["steps"]} == {
        "acknowledge": [],
        "return": ["reason"],
    }


def test_what_was_read_is_what_is_acknowledged(reported, who, officer, cluster):
    activities.give_back(reported, by=officer, reason="Sửa")
    activities.report(Activity.objects.get(), by=who)
    with pytest.raises(Stale):
        activities.acknowledge(reported, by=officer, seen_version=2)


def test_a_draft_begun_by_mistake_is_taken_out(activity, who, client_of):
    response = client_of(who).post(reverse("activity_step", args=[activity.pk]), {"act": "discard", "version": 1})
    assert response.url == reverse("cluster_activities", args=[activity.cluster_id])
    assert not Activity.objects.exists()
    row = Change.objects.get(about="activity", key=activity.pk, what="discard")
    assert (row.act, row.changes["Địa điểm"]) == ("Xóa bản đang ghi", ["Hội trường", ""])


def test_a_draft_that_has_papers_is_not_taken_out_and_one_with_files_leaves_none(activity, cluster, who, client_of):
    minutes = draft_for(activity, Paper.MINUTES, by=who)
    assert "Xóa bản đang ghi" not in client_of(who).get(activity.get_absolute_url()).content.decode()
    with pytest.raises(Refused, match="đã có văn bản"):
        activities.discard(activity, by=who)
    # One that was thrown away can be taken back, and would have nothing to be about.
    discard(minutes, by=who)
    with pytest.raises(Refused, match="đã có văn bản"):
        activities.discard(activity, by=who)
    other = log(cluster, who, parts=Parts(files=[picture()]))
    upload = other.files.get().upload
    activities.discard(other, by=who)
    assert not upload.file.storage.exists(upload.file.name)
    assert not Upload.objects.exists()
