"""Sheets verified by the cluster and by departments, settled, given back."""

from datetime import date
from decimal import Decimal

import pytest

from clusters.models import Score
from clusters.scores import actions as scoring
from documents.models import Change
from documents.steps.refusing import Refused

from .scored import FULL, State, fresh, give, page_of, pass_on, send, settle, sheet_of


def test_the_cluster_verifies_with_a_reason_where_it_differs(opened, eight, client_of):
    send(eight["member"])
    sheet, leader = sheet_of(eight["member"]), eight["leader_unit"]
    url = sheet.get_absolute_url()
    refused = client_of(leader).post(url, page_of(sheet, FULL | {"1": "45"}))
    assert "Mục 1: điểm khác với tự chấm (50). Hãy ghi lý do." in refused.content.decode()
    assert not Score.objects.exclude(verified=None).exists()
    client_of(leader).post(url, page_of(sheet, FULL | {"1": "45"}, m1_note="Thiếu quý IV", end="1"))
    sheet = sheet_of(eight["member"])
    assert (sheet.state, sheet.own_total, sheet.verified_total) == (State.VERIFIED, Decimal("81.5"), Decimal("76.5"))
    page = client_of(eight["member"]).get(url).content.decode()
    assert "Thiếu quý IV" in page
    assert page.count("score-cell differs") == 1


def test_nobody_verifies_the_own_sheet_and_the_deputy_that_of_the_leader(opened, eight):
    leader, deputy = eight["leader_unit"], eight["deputy_unit"]
    send(leader)
    sheet = sheet_of(leader)
    with pytest.raises(Refused, match="không phải lượt của bạn"):
        give(sheet, FULL, by=leader)
    assert pass_on(sheet, by=deputy).state == State.VERIFIED


def test_a_criterion_of_a_department_is_verified_by_its_officer_alone(opened_with_department, eight, health, client_of):
    send(eight["member"])
    sheet, leader = sheet_of(eight["member"]), eight["leader_unit"]
    with pytest.raises(Refused, match="không thuộc phần của đơn vị bạn"):
        give(sheet, {"2": "30,5"}, by=leader)
    with pytest.raises(Refused, match="không thuộc phần của đơn vị bạn"):
        give(sheet, {"1": "50"}, by=health)
    give(sheet, {"1": "50", "3": "2", "4": "1"}, by=leader)
    with pytest.raises(Refused, match=r"Chưa có điểm thẩm định ở mục 2 \(Sở Y tế\)"):
        scoring.end_step(sheet, by=leader)
    assert client_of(health).get(sheet.get_absolute_url()).status_code == 200
    give(sheet, {"2": "20"}, by=health, note="Theo dõi của Sở")
    with pytest.raises(Refused, match="«Thẩm định xong» do trưởng, phó trưởng cụm"):
        scoring.end_step(sheet, by=health)
    assert scoring.end_step(sheet, by=leader).verified_total == 71


def test_a_department_reads_a_sheet_once_it_was_sent_and_not_before(opened_with_department, eight, health, client_of):
    sheet = sheet_of(eight["member"])
    assert client_of(health).get(sheet.get_absolute_url()).status_code == 404
    send(eight["member"])
    assert client_of(health).get(sheet.get_absolute_url()).status_code == 200
    assert client_of(health).get(sheet.membership.cluster.get_absolute_url()).status_code == 404


def test_a_department_that_ended_verifies_no_more(opened_with_department, eight, health):
    health.unit.ended = date(2026, 3, 1)
    health.unit.save()
    send(eight["member"])
    with pytest.raises(Refused, match="không phải lượt"):
        give(sheet_of(eight["member"]), {"2": "30,5"}, by=fresh(health))


def test_the_department_takes_over_what_the_cluster_does_not_verify(opened, eight, officer):
    send(eight["member"])
    sheet = sheet_of(eight["member"])
    with pytest.raises(Refused, match="lý do"):
        scoring.take_over(sheet, by=officer, reason=" ")
    scoring.take_over(sheet, by=officer, reason="Cụm chưa có phó trưởng")
    done = settle(sheet_of(eight["member"]), by=officer)
    assert (done.verified_total, done.settled_total) == (None, Decimal("81.5"))


def test_a_criterion_without_points_is_not_settled_and_is_named(opened, eight, officer):
    send(eight["member"])
    pass_on(sheet_of(eight["member"]), by=eight["leader_unit"])
    sheet = sheet_of(eight["member"])
    give(sheet, {"1": "50", "2": "30,5", "4": "1"}, by=officer)
    with pytest.raises(Refused, match="Chưa có điểm chốt ở mục 3"):
        scoring.end_step(sheet, by=officer)
    assert sheet_of(eight["member"]).state == State.VERIFIED


def test_the_department_gives_a_reason_where_it_differs(opened, eight, officer):
    send(eight["member"])
    pass_on(sheet_of(eight["member"]), by=eight["leader_unit"])
    sheet = sheet_of(eight["member"])
    with pytest.raises(Refused, match=r"Mục 1: điểm khác với thẩm định \(50\)"):
        give(sheet, FULL | {"1": "48"}, by=officer)
    assert settle(sheet, by=officer, points=FULL | {"1": "48"}, note="Kiểm tra hồ sơ").settled_total == Decimal("79.5")


def test_a_sheet_goes_back_one_step_with_a_reason_and_its_points_stay(opened, eight, officer):
    user, leader = eight["member"], eight["leader_unit"]
    send(user)
    pass_on(sheet_of(user), by=leader)
    settle(sheet_of(user), by=officer)
    for by, state in ((officer, State.VERIFIED), (officer, State.SENT), (leader, State.OPEN)):
        with pytest.raises(Refused, match="lý do"):
            scoring.give_back(sheet_of(user), by=by, reason="")
        assert scoring.give_back(sheet_of(user), by=by, reason="Xem lại mục 1").state == state
    sheet = sheet_of(user)
    assert (sheet.settled_total, sheet.verified_total, sheet.own_total) == (None, None, Decimal("81.5"))
    assert {score.verified for score in sheet.scores.filter(criterion__code="1")} == {50}
    row = Change.objects.filter(about="scores", key=sheet.pk).first()
    assert (row.by, row.reason) == (leader, "Xem lại mục 1")
    assert row.changes == {"Trạng thái": ["Chờ cụm thẩm định", "Đơn vị tự chấm"]}


def test_points_that_no_longer_agree_after_a_return_need_a_reason(opened, eight):
    user, leader = eight["member"], eight["leader_unit"]
    send(user)
    give(sheet_of(user), FULL, by=leader)
    scoring.give_back(sheet_of(user), by=leader, reason="Sửa mục 1")
    send(user, FULL | {"1": "55"})
    with pytest.raises(Refused, match=r"Mục 1: điểm khác với tự chấm \(55\)"):
        scoring.end_step(sheet_of(user), by=leader)
