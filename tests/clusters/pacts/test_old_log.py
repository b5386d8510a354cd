"""Rows of the log from before steps had slugs: their words are read once, by the migration."""

from importlib import import_module

import pytest
from django.apps import apps

from documents.models import Change

fill_steps = import_module("clusters.migrations.0013_steps_of_pacts").fill_steps
WORDS = {
    "Soạn giao ước": "begin",
    "Sửa giao ước": "write",
    "Cập nhật các bên": "renew",
    "Đưa ra ký": "open",
    "Lấy về sửa": "take_back",
    "Các bên đã ký đủ": "signed",
    "Gắn bản đã ký": "scan",
    "Bỏ tệp gắn nhầm": "unscan",
    "Soạn tờ trình": "draft_submission",
    "Ghi ngày trình": "submit",
    "Bỏ ngày trình ghi nhầm": "unsubmit",
    "Ghi xác nhận của Hội đồng": "confirm",
    "Bỏ xác nhận ghi nhầm": "unconfirm",
    "Trả lại để sửa": "return",
}
OF_A_PARTY = {
    "{} ký": "sign",
    "{} bỏ chữ ký đã ghi": "unsign",
    "Ghi chữ ký trên giấy của {}": "record",
    "Bỏ chữ ký trên giấy đã ghi của {}": "unrecord",
    "Đăng ký của {}": "register",
    "Kết quả của {}": "report",
    "Ghi kết quả trên giấy của {}": "report_on_paper",
}


def old(pact, act, by):
    return Change.objects.create(about="pact", key=pact.pk, act=act, by=by).pk


def filled(keys):
    fill_steps(apps, None)
    rows = Change.objects.in_bulk(keys)
    return [(rows[key].what, rows[key].of) for key in keys]


def test_every_wording_of_a_step(pact, officer):
    keys = [old(pact, act, officer) for act in WORDS]
    assert filled(keys) == [(what, None) for what in WORDS.values()]


@pytest.mark.parametrize(("words", "what"), OF_A_PARTY.items())
def test_every_wording_of_a_step_for_a_party(pact, officer, words, what):
    party = pact.parties.last()
    named, renamed = old(pact, words.format(party), officer), old(pact, words.format("UBND xã Tên cũ"), officer)
    assert filled([named, renamed]) == [(what, party.pk), (what, None)]


def test_other_rows_are_left_alone(pact, officer):
    begun = Change.objects.get(what="begin")
    Change.objects.filter(pk=begun.pk).update(act="x", of=7)
    other = Change.objects.create(about="division", key=pact.pk, act="Sửa giao ước", by=officer).pk
    assert filled([begun.pk, other, old(pact, "Việc lạ", officer)]) == [("begin", 7), ("", None), ("", None)]
