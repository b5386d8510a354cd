"""The one log: what older tables kept came into it in words, and what they guaranteed holds in it."""

from datetime import UTC, date, datetime
from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction

from documents.models import Change, Document, history_of

moved = import_module("documents.migrations.0025_steps_and_edits_in_the_log")
AT = datetime(2020, 2, 28, 3, 4, 5, 678901, tzinfo=UTC)
UNITS = {"so-y-te": ("Sở Y tế", None), "so-cu": ("Sở Cũ", date(2025, 2, 28)), "so-nay": ("Sở Nay", date(2025, 3, 1))}
CALLED = moved.called_by(UNITS, {"7": "Các đơn vị tuyến đầu"}, date(2025, 3, 1))
KEYS = ["don-vi:so-y-te", "don-vi:so-cu", "don-vi:so-nay", "don-vi:khac", "danh-sach:7", "loai:commune"]
LABEL = moved.label_by(Document)


@pytest.mark.parametrize(
    ("act", "before", "after", "day", "to_whom", "told", "changes"),
    [
        ("submit", "draft", "submitted", None, "", "Trình duyệt", ["Dự thảo", "Chờ duyệt"]),
        ("withdraw", "submitted", "draft", None, "", "Rút lại để sửa", ["Chờ duyệt", "Dự thảo"]),
        ("return", "approved", "draft", None, "", "Trả lại", ["Đã duyệt, chờ số", "Dự thảo"]),
        ("agree", "submitted", "agreed", None, "", "Đồng ý trình ký", ["Chờ duyệt", "Đã đồng ý, chờ trình ký"]),
        ("present", "agreed", "presented", date(2020, 2, 25), "Chủ tịch", "Trình ký",
         ["Đã đồng ý, chờ trình ký", "Đã trình, chờ ký"]),
        ("approve", "presented", "approved", None, "", "Duyệt", ["Đã trình, chờ ký", "Đã duyệt, chờ số"]),
        ("issue", "approved", "issued", None, "", "Phát hành", ["Đã duyệt, chờ số", "Đã ban hành"]),
        ("record", "presented", "issued", None, "", "Ghi số đã cấp, phát hành", ["Đã trình, chờ ký", "Đã ban hành"]),
        ("replace", "issued", "replaced", None, "", "Thay thế", ["Đã ban hành", "Đã bị thay thế"]),
        ("recall", "issued", "recalled", None, "", "Thu hồi", ["Đã ban hành", "Đã thu hồi"]),
        ("discard", "draft", "discarded", None, "", "Bỏ dự thảo", ["Dự thảo", "Đã bỏ"]),
        ("restore", "discarded", "draft", None, "", "Lấy lại dự thảo", ["Đã bỏ", "Dự thảo"]),
        ("allow_earlier", "approved", "approved", date(2020, 2, 26), "", "Cho phép ghi ngày lùi", None),
    ],
)  # fmt: skip
def test_each_step_came_into_the_log(act, before, after, day, to_whom, told, changes):
    facts = {"act": act, "from_state": before, "to_state": after, "day": day, "to_whom": to_whom, "reason": "Vì thế"}
    words = {"Trạng thái": changes} if changes else {}
    assert moved.of_move(SimpleNamespace(document_id=3, by_id=5, at=AT, **facts)) == {
        "about": "paper",
        "key": 3,
        "what": act,
        "act": told,
        "changes": words | ({"Trình": ["", to_whom]} if to_whom else {}),
        "reason": "Vì thế",
        "day": day,
        "by_id": 5,
        "at": AT,
    }


@pytest.mark.parametrize(
    ("name", "value", "label", "words"),
    [
        ("subject", "về việc mới", "Trích yếu", "về việc mới"),
        ("issuer_unit", None, "Cơ quan ban hành", ""),
        ("date", "02/2020", "Ngày văn bản", "02/2020"),
        ("arrival_note", "Gấp", "Ghi chú khi vào sổ", "Gấp"),
        ("gone", 5, "gone", "5"),
        ("addressees", [["loai:department", "Các sở"], ["don-vi:so-y-te", "Sở Y tế"]], "Nơi nhận trong chương trình",
         "Các sở\nSở Y tế"),
        ("appendices", [["Bảng", "landscape", "Một.\nHai."], ["Quy chế", "portrait", "Ba.", "QC"]], "Phụ lục",
         "Bảng (khổ ngang)\nMột.\nHai.\n\nQC: Quy chế (khổ dọc)\nBa."),
        ("duties", [["1.a", "Báo cáo", KEYS, "31/03/2020"], ["", "Họp", [], None]], "Nhiệm vụ giao",
         "1.a Báo cáo – Sở Y tế, Sở Cũ (đã kết thúc), Sở Nay, don-vi:khac, Các đơn vị tuyến đầu, "
         "Ủy ban nhân dân các xã, phường, hạn 31/03/2020\nHọp"),
    ],
)  # fmt: skip
def test_each_edit_came_into_the_log_in_the_words_of_its_page(name, value, label, words):
    edit = {"version": 2, "changes": {name: [None, value]}, "by_id": 5, "at": AT}
    row = moved.of_edit(SimpleNamespace(document_id=3, document=SimpleNamespace(origin="ours"), **edit), LABEL, CALLED)
    told = {"what": "edit", "changes": {label: ["", words]}, "version": 2, "by_id": 5, "at": AT}
    assert row == told | {"about": "paper", "key": 3, "act": "Sửa dự thảo"}
    row = moved.of_arrival_edit(SimpleNamespace(arrival_id=4, **edit), LABEL, CALLED)
    assert row == told | {"about": "arrival", "key": 4, "act": "Sửa trong sổ"}


@pytest.mark.parametrize(
    ("origin", "version", "act"),
    [
        ("ours", 1, "Soạn dự thảo"),
        ("ours", 2, "Sửa dự thảo"),
        ("cited", 1, "Ghi vào sổ"),
        ("received", 3, "Sửa trong sổ"),
    ],
)
def test_an_edit_says_what_was_done(origin, version, act):
    edit = SimpleNamespace(
        document_id=3, document=SimpleNamespace(origin=origin), version=version, changes={}, by_id=5, at=AT
    )
    assert moved.of_edit(edit, LABEL, CALLED)["act"] == act


@pytest.mark.django_db
def test_what_was_done_with_a_book_has_its_slug(administrator):
    for act in ("Giao sổ", "Đặt số bắt đầu năm 2020"):
        Change.objects.create(about="series", key=1, act=act, by=administrator)
    moved.name_what_was_done_with_books(apps, None)
    assert [(row.what, row.of) for row in history_of("series", 1)] == [("begin_after", 2020), ("keep", None)]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("facts", "is_kept"),
    [
        ({"about": "paper", "what": "present"}, False),
        ({"about": "paper", "what": "allow_earlier"}, False),
        ({"about": "paper", "what": "present", "day": date(2020, 2, 25)}, True),
        ({"about": "paper", "what": "submit"}, True),
        ({"about": "pact", "what": "present"}, True),
        ({"about": "paper", "what": "edit"}, False),
        ({"about": "arrival", "what": "edit"}, False),
        ({"about": "paper", "what": "edit", "version": 1}, False),
        ({"about": "arrival", "what": "edit", "version": 1}, False),
        ({"about": "paper", "what": "edit", "version": 2}, True),
        ({"about": "paper", "what": "submit", "version": 1}, True),
        ({"about": "pact", "what": "edit", "version": 1}, True),
    ],
)
def test_the_log_keeps_what_a_row_must_have(administrator, facts, is_kept):
    for about in ("paper", "arrival", "pact"):
        Change.objects.create(about=about, key=1, what="edit", version=1, act="Sửa", by=administrator)
    try:
        with transaction.atomic():
            Change.objects.create(key=1, act="Việc", by=administrator, **facts)
    except IntegrityError:
        assert not is_kept
    else:
        assert is_kept
