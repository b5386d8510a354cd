"""Two people with one sheet, or with the last two of a cluster."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Barrier, BrokenBarrierError

import pytest
from django.db import connection

from clusters.models import ScoreSheet
from clusters.scores import actions as scoring
from documents.steps.refusing import Refused, Stale
from units.models import Role

from ...conftest import make_user
from .scored import State, give, page_of, settle_all, sheet_of, sheets


def test_who_saves_an_older_version_is_told_and_the_points_come_back(opened, eight, client_of):
    user = eight["member"]
    colleague = make_user("mai", "Triệu Thị Mai", Role.UNIT_OFFICER, user.unit)
    sheet = sheet_of(user)
    typed = page_of(sheet, {"1": "41"})
    give(sheet, {"1": "50"}, by=colleague)
    answer = client_of(user).post(sheet.get_absolute_url(), typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert f"{colleague} đã lưu một bản mới hơn" in page
    assert 'value="41"' in page
    assert sheet_of(user).own_total == 50
    client_of(user).post(sheet.get_absolute_url(), typed | {"version": str(answer.context["version"])})
    assert sheet_of(user).own_total == 41


def at_once(*acts):
    """What each of ``acts`` gives when all are done at the same moment, in threads of their own."""
    ready = Barrier(len(acts))

    def run(act):
        ready.wait()
        try:
            return act()
        except Refused as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as threads:
        return list(threads.map(run, acts))


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_of_two_who_save_the_same_sheet_at_once_one_is_told(opened, eight):
    user = eight["member"]
    colleague = make_user("mai", "Triệu Thị Mai", Role.UNIT_OFFICER, user.unit)
    sheet = sheet_of(user)
    found = at_once(
        lambda: give(sheet, {"1": "41"}, by=user, seen_version=sheet.version).own_total,
        lambda: give(sheet, {"1": "42"}, by=colleague, seen_version=sheet.version).own_total,
    )
    assert sum(isinstance(row, Stale) for row in found) == 1
    assert sheet_of(user).own_total in found


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_two_who_settle_the_last_two_sheets_at_once_leave_a_ranking(opened, officer, leader, monkeypatch):
    """Each ranks as soon as the other is as far, unless that one waits for its turn: then after a second."""
    settle_all(opened, officer, {"Ba Sơn": "10", "Công Sơn": "20"})
    last = [sheets(opened)[name] for name in ("Đồng Đăng", "Cao Lộc")]
    for sheet in last:
        ScoreSheet.objects.filter(pk=sheet.pk).update(state=State.VERIFIED)
        give(sheet, {"1": "30", "2": "0", "3": "0", "4": "0"}, by=officer, note="Hồ sơ")
    both, rank = Barrier(2), scoring.rank

    def rank_together(cluster):
        with suppress(BrokenBarrierError):
            both.wait(timeout=1)
        rank(cluster)

    monkeypatch.setattr(scoring, "rank", rank_together)
    at_once(lambda: scoring.end_step(last[0], by=officer), lambda: scoring.end_step(last[1], by=leader))
    assert sorted(row.rank for row in sheets(opened).values()) == [1, 1, 3, 4]
