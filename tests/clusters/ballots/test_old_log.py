"""Rows of the log from before steps had slugs: their words are read once, by the migration."""

from importlib import import_module

import pytest
from django.apps import apps

from documents.models import Change

fill_steps = import_module("clusters.migrations.0014_steps_of_ballots").fill_steps
WORDS = {
    "Chuẩn bị: Suy tôn Cờ thi đua của UBND tỉnh": "prepare",
    "Sửa": "edit",
    "Xóa bản chuẩn bị: Suy tôn Cờ thi đua của UBND tỉnh": "remove",
    "Mở bỏ phiếu": "open",
    "Hủy cuộc bỏ phiếu": "cancel",
    "Kiểm phiếu": "count",
    "Hủy kết quả kiểm phiếu": "annul",
    "UBND xã Tên cũ đã bỏ phiếu": "vote",
    "Việc lạ": "",
}


def filled(ballot, act, by, **facts):
    key = Change.objects.create(**{"about": "ballot", "key": ballot.pk, "act": act, "by": by} | facts).pk
    fill_steps(apps, None)
    row = Change.objects.get(pk=key)
    return row.what, row.of


@pytest.mark.parametrize(("act", "what"), WORDS.items())
def test_every_wording_of_a_step(draft, four, act, what):
    assert filled(draft, act, four[0]) == (what, None)


def test_who_voted_is_known_by_the_name_of_the_unit(draft, four):
    voter = draft.voters.last()
    assert filled(draft, f"{voter} đã bỏ phiếu", four[0]) == ("vote", voter.pk)


def test_other_rows_are_left_alone(draft, four):
    assert filled(draft, "Sửa", four[0], about="pact") == ("", None)
    assert filled(draft, "Kiểm phiếu", four[0], what="open", of=7) == ("open", 7)
