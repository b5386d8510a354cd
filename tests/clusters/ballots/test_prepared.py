"""Ballots are prepared by who leads the cluster, and opened with the threshold of the day."""

from datetime import date
from decimal import Decimal
from importlib import import_module

import pytest
from django.apps import apps
from django.urls import reverse

from clusters.ballots import actions as ballots
from clusters.models import (
    About,
    Activity,
    Ballot,
    VoteRule,
)
from documents.models import Change
from documents.steps.refusing import Refused

from .made import COUNTED, FLAG, TODAY, members, prepared, rule_out


# --- Thresholds
def test_the_rule_of_the_day_counts_and_the_general_one_where_there_is_none(rule):
    VoteRule.objects.create(name=FLAG, percent=85, since=date(2026, 7, 1), citation="Mới")
    assert VoteRule.for_award(FLAG, TODAY).percent == 85, "nobody ended the older one"
    rule.until = date(2026, 6, 30)
    rule.save()
    assert VoteRule.for_award("cờ thi đua của ubnd  tỉnh", date(2026, 6, 30)).percent == 80
    assert VoteRule.for_award(FLAG, date(2026, 7, 1)).percent == 85
    assert VoteRule.for_award("Giấy khen", TODAY) is None
    VoteRule.objects.create(name="", percent=60, since=date(2020, 1, 1), citation="Mức của cơ quan")
    assert VoteRule.for_award("Giấy khen", TODAY).percent == 60


@pytest.mark.parametrize(
    ("award", "day", "uncertain"),
    [
        (FLAG, date(2020, 12, 1), True),
        (FLAG, date(2024, 1, 1), False),
        (FLAG, date(2025, 6, 30), False),
        ("Cờ thi đua của Chính phủ", date(2026, 12, 1), True),
        ("Bằng khen của Chủ tịch UBND tỉnh", date(2026, 12, 1), True),
        ("Giấy khen", date(2026, 12, 1), True),
    ],
)
def test_the_rules_that_the_program_comes_with(award, day, uncertain):
    VoteRule.objects.all().delete()
    import_module("clusters.migrations.0002_vote_rules").add_rules(apps, None)
    found = VoteRule.for_award(award, day)
    assert (found.percent, found.uncertain) == (80, uncertain)
    assert not VoteRule.objects.in_force(date(2017, 9, 30)).exists()


# --- Prepared


def test_what_a_draft_was_and_became_is_logged(draft, four, cluster):
    first = members(cluster)[0]
    voters = {first: "Ông A"}
    draft = ballots.edit(draft, by=four[1], candidates={first: ""}, voters=voters, seats=2, seen_version=1)
    row = Change.objects.filter(about=About.BALLOT, key=draft.pk).first()
    assert row.by == four[1]
    assert row.changes["Số lượng được đề nghị tối đa"] == ["1", "2"]
    assert row.changes["Người bỏ phiếu"][1] == "UBND xã Ba Sơn (Ông A)"
    assert draft.voters.count() == draft.candidates.count() == 1


def test_a_day_outside_the_year_is_refused(draft, four):
    for day in (date(2025, 12, 31), date(2027, 1, 1)):
        with pytest.raises(Refused, match="từ 01/01/2026 đến 31/12/2026") as refused:
            ballots.edit(draft, by=four[0], candidates={}, voters={}, held_on=day)
        assert refused.value.field == "held_on"


def test_another_cluster_s_meeting_or_member_is_refused(draft, four, other_cluster):
    stranger = members(other_cluster)[0]
    for lists in ({"candidates": {stranger: ""}, "voters": {}}, {"candidates": {}, "voters": {stranger: ""}}):
        with pytest.raises(Refused, match="không phải thành viên của"):
            ballots.edit(draft, by=four[0], **lists)
    activity = Activity.objects.create(
        cluster=other_cluster, kind="year_end", title="Tổng kết", held_on=TODAY, unit=stranger.unit, author=four[0]
    )
    with pytest.raises(Refused, match="không phải của"):
        ballots.edit(draft, by=four[0], candidates={}, voters={}, activity=activity)


def test_a_member_that_left_neither_stands_nor_votes(draft, four, cluster):
    row = members(cluster)[3]
    row.left_on = date(2026, 7, 1)
    row.save()
    for lists in ({"candidates": {row: ""}, "voters": {}}, {"candidates": {}, "voters": {row: ""}}):
        with pytest.raises(Refused, match="đã thôi tham gia"):
            ballots.edit(draft, by=four[0], **lists)
    with pytest.raises(Refused, match="đã thôi tham gia"):
        ballots.open_ballot(draft, by=four[0])


def test_a_member_ruled_out_by_its_scores_is_not_proposed(draft, four, cluster, officer):
    row = members(cluster)[3]
    rule_out(row, officer)
    with pytest.raises(Refused, match=r"không được xếp hạng năm nay \(Có án kỷ luật\)"):
        ballots.edit(draft, by=four[0], candidates={row: ""}, voters={})
    with pytest.raises(Refused, match="không được xếp hạng"):
        ballots.open_ballot(draft, by=four[0])
    ballots.edit(draft, by=four[0], candidates={}, voters={row: ""})


def test_the_form_does_not_offer_who_is_ruled_out(cluster, four, officer, client_of):
    row = members(cluster)[3]
    rule_out(row, officer)
    page = client_of(four[0]).get(reverse("new_ballot", args=[cluster.pk]))
    assert page.context["form"].fields[f"stands-{row.pk}"].disabled
    assert "Có án kỷ luật" in page.content.decode()


def test_a_second_save_of_the_same_version_is_refused(draft, four):
    ballots.edit(draft, by=four[0], candidates={}, voters={}, seen_version=1)
    with pytest.raises(Refused, match="đã lưu một bản mới hơn"):
        ballots.edit(draft, by=four[1], candidates={}, voters={}, seen_version=1)


def test_a_draft_goes_and_its_log_stays(draft, four):
    key = draft.pk
    ballots.remove(draft, by=four[0])
    assert not Ballot.objects.exists()
    assert Change.objects.filter(about=About.BALLOT, key=key, act__startswith="Xóa").exists()


def test_an_open_ballot_is_neither_changed_nor_removed(opened, four):
    for act in (
        lambda: ballots.edit(opened, by=four[0], candidates={}, voters={}),
        lambda: ballots.remove(opened, by=four[0]),
        lambda: ballots.open_ballot(opened, by=four[0]),
    ):
        with pytest.raises(Refused, match="khi cuộc bỏ phiếu đang ở bước «Đang bỏ phiếu»"):
            act()


# --- Opened


def test_opening_fixes_the_threshold_whatever_becomes_of_the_rule(opened, rule):
    rule.percent, rule.citation, rule.uncertain = 50, "Khác", False
    rule.save()
    opened.refresh_from_db()
    assert (opened.percent, opened.citation, opened.uncertain) == (80, "Khoản 7 Điều 30", True)
    assert (opened.entitled, opened.needed) == (4, 4)


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"candidates": []}, "Chưa giới thiệu đơn vị nào"),
        ({"voters": []}, "Chưa có ai được bỏ phiếu"),
        ({"held_on": date(2026, 12, 1)}, "Chưa đến ngày bỏ phiếu"),
        ({"award": "Giấy khen"}, "Chưa có tỷ lệ phiếu tối thiểu cho «Giấy khen»"),
    ],
)
def test_what_is_not_ready_is_not_opened(cluster, four, facts, words):
    ballot = prepared(cluster, four[0], **facts)
    with pytest.raises(Refused, match=words):
        ballots.open_ballot(ballot, by=four[0])
    ballot.refresh_from_db()
    assert ballot.is_draft


def test_two_cannot_vote_in_secret(cluster, four):
    ballot = prepared(cluster, four[0], voters=members(cluster)[:2])
    with pytest.raises(Refused, match="ít nhất 3 người bỏ phiếu"):
        ballots.open_ballot(ballot, by=four[0])


def test_what_keeps_a_ballot_from_being_opened_stands_on_its_page(cluster, four, client_of):
    ballot = prepared(cluster, four[0], voters=members(cluster)[:2])
    sent = {"act": "open", "version": ballot.version}
    answer = client_of(four[0]).post(reverse("ballot_step", args=[ballot.pk]), sent)
    assert answer.status_code == 422
    assert "ít nhất 3 người bỏ phiếu" in answer.content.decode()


def test_a_year_that_is_over_opens_no_secret_ballot_but_counts_paper(cluster, four, monkeypatch):
    secret, paper = prepared(cluster, four[0]), prepared(cluster, four[0], method=COUNTED)
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args: date(2027, 1, 5))
    with pytest.raises(Refused, match="không mở phiếu kín nữa"):
        ballots.open_ballot(secret, by=four[0])
    assert ballots.open_ballot(paper, by=four[0]).is_open


def test_a_title_without_a_rule_of_its_own_is_told(cluster, four, client_of):
    ballot = prepared(cluster, four[0], award="Giấy khen")
    client = client_of(four[0])
    assert "Chưa mở được" in client.get(ballot.get_absolute_url()).content.decode()
    VoteRule.objects.create(name="", percent=Decimal("66.67"), since=date(2020, 1, 1), citation="Mức của cơ quan")
    page = client.get(ballot.get_absolute_url()).content.decode()
    assert "Chưa có quy định riêng" in page
    assert "66,67 %" in page


def test_a_doubt_about_a_rule_is_told_where_rules_are_kept(opened, four, client_of, administrator):
    assert "đối chiếu" not in client_of(four[2]).get(opened.get_absolute_url()).content.decode()
    page = client_of(administrator).get(reverse("admin:clusters_voterule_changelist")).content.decode()
    assert '<td class="field-uncertain">Có</td>' in page
