"""Invitations, minutes and reports of a cluster."""

from datetime import date, time, timedelta

import pytest
from django.urls import reverse

from clusters.activities import actions as activities
from clusters.activities.actions import Parts
from clusters.activities.elections import elected_in
from clusters.activities.papers import OF_ACTIVITY, REPORT, Paper, Period, draft_for, name_of
from clusters.models import Activity
from clusters.reports.papers import draft_report
from documents.drafts.copies import replace
from documents.life.actions import approve, discard, submit
from documents.life.issuing import issue
from documents.steps.refusing import Refused

from .logged import TODAY, Came, Kind, all_came, log


def test_the_invitation_tells_when_and_where(cluster, who, officer):
    day = TODAY + timedelta(days=5)
    activity = log(cluster, who, title="Hội nghị tổng kết", kind=Kind.YEAR_END, held_on=day)
    with pytest.raises(Refused, match="Hãy ghi giờ và địa điểm"):
        draft_for(activity, Paper.INVITATION, by=who)
    Activity.objects.update(held_at="08:00")
    paper = draft_for(activity, Paper.INVITATION, by=who)
    assert (paper.type.code, paper.issuer_unit) == ("GM", who.unit)
    assert "08 giờ 00, ngày 25 tháng 11 năm 2026" in paper.body
    assert "Hội trường" in paper.body
    assert [row.key for row in paper.addressees.all()] == [f"cum:{cluster.pk}", "don-vi:so-noi-vu"]
    assert OF_ACTIVITY.of(activity.pk).get() == paper


def test_no_invitation_to_what_is_over_and_no_minutes_before(cluster, who, activity):
    with pytest.raises(Refused, match="đã qua"):
        draft_for(activity, Paper.INVITATION, by=who)
    planned = log(cluster, who, held_on=TODAY + timedelta(days=1))
    with pytest.raises(Refused, match="chưa đến"):
        draft_for(planned, Paper.MINUTES, by=who)


def test_a_plan_has_no_minutes(cluster, who):
    with pytest.raises(Refused, match="không phải cuộc họp"):
        draft_for(log(cluster, who, kind=Kind.PLAN), Paper.MINUTES, by=who)


def test_the_minutes_tell_who_came_and_who_was_elected(cluster, who):
    rows = list(cluster.memberships.with_units())
    came = all_came(cluster) | {rows[3]: (Came.EXCUSED, "Bận | họp")}
    parts = Parts(came=came, elected={rows[1]: "leader"})
    activity = log(cluster, who, kind=Kind.YEAR_END, decided="Một\nHai", held_on=TODAY, parts=parts)
    paper = draft_for(activity, Paper.MINUTES, by=who)
    assert (paper.type.code, paper.signer_name, paper.second_signer_name) == ("BB", "Nông Văn Ba", "Nông Văn Ba")
    assert "có mặt 03/04 đơn vị, vắng có lý do 01" in paper.body
    assert f"| {rows[3].unit.name} | Vắng có lý do | Bận \\| họp |" in paper.body
    assert f"bầu trưởng, phó trưởng năm 2027: trưởng: {rows[1].unit}" in paper.body
    assert "\n\nMột\n\nHai\n\n" in paper.body


def test_one_paper_of_a_kind_at_a_time(reported, eight, who):
    first = draft_for(reported, Paper.MINUTES, by=who)
    with pytest.raises(Refused, match=r"Đã có Biên bản.*Nông Văn Ba"):
        draft_for(reported, Paper.MINUTES, by=eight["deputy_unit"])
    discard(first, by=who)
    assert draft_for(reported, Paper.MINUTES, by=eight["deputy_unit"]).pk != first.pk


def test_a_paper_is_shown_to_those_who_may_open_it(reported, eight, who, client_of):
    paper = draft_for(reported, Paper.MINUTES, by=who)
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
    paper = REPORT.of(cluster.pk).get()
    assert name_of(paper) == Period.HALF
    assert response.url == paper.get_absolute_url()
    assert "đã có 01 hoạt động" in paper.body
    assert "Họp hai" not in paper.body
    assert "Bản nháp" not in paper.body
    assert f"| {rows[2].unit.name} | 0 | 0 | 1 |" in paper.body
    assert "Thông báo số 109/TB-UBND" in paper.body
    year = draft_report(cluster, Period.YEAR, by=who)
    assert "đã có 02 hoạt động" in year.body
    assert f"| {rows[2].unit.name} | 1 | 0 | 1 |" in year.body
    with pytest.raises(Refused, match="Đã có Báo cáo"):
        draft_report(cluster, Period.YEAR, by=who)


def test_nothing_to_report(cluster, who):
    with pytest.raises(Refused, match="Chưa có hoạt động nào"):
        draft_report(cluster, Period.YEAR, by=who)


def issued(paper, by):
    paper.signer_name, paper.capacity, paper.symbol = "Nông Văn Ba", "CHỦ TỊCH", "UBND"
    paper.save()
    submit(paper, by=by)
    approve(paper, by=by)
    return issue(paper, by=by, day=TODAY)


def test_the_minutes_of_an_election_are_those_that_were_issued_last(cluster, who, django_assert_num_queries):
    parts = Parts(came=all_came(cluster), elected={cluster.memberships.first(): "leader"})
    facts = {"secretary": "Vi Thị Sáu, Chánh Văn phòng", "held_at": time(8), "ended_at": time(11)}
    meeting = log(cluster, who, kind=Kind.YEAR_END, held_on=TODAY, parts=parts, **facts)
    activities.report(meeting, by=who)

    def minutes():
        return elected_in(cluster.division)[cluster.pk].minutes

    paper = draft_for(meeting, Paper.MINUTES, by=who)
    assert minutes() is None
    paper = issued(paper, who)
    later = replace(paper, by=who, reason="Sai giờ")
    assert minutes() == paper
    later = issued(later, who)
    issued(draft_for(meeting, Paper.INVITATION, by=who), who)
    with django_assert_num_queries(4):
        assert minutes() == later


def test_an_issued_invitation_reaches_the_members(cluster, who):
    activity = log(cluster, who, held_on=TODAY + timedelta(days=5), held_at=time(8))
    paper = issued(draft_for(activity, Paper.INVITATION, by=who), who)
    assert set(paper.deliveries.values_list("unit__name", flat=True)) == {
        "UBND xã Công Sơn",
        "UBND xã Đồng Đăng",
        "UBND xã Cao Lộc",
        "Sở Nội vụ",
    }
