"""Steps and edits of papers, and edits of arrivals, become rows of the one log, in the words that their pages showed.

The tables that they stood in go with the next migration: PostgreSQL alters no table in the transaction that filled it.
"""

import re

from django.core.exceptions import FieldDoesNotExist
from django.db import migrations
from django.utils import timezone

AT_ONCE = 2000
ACTS = {
    "submit": "Trình duyệt", "withdraw": "Rút lại để sửa", "return": "Trả lại", "agree": "Đồng ý trình ký",
    "present": "Trình ký", "approve": "Duyệt", "issue": "Phát hành", "record": "Ghi số đã cấp, phát hành",
    "replace": "Thay thế", "recall": "Thu hồi", "discard": "Bỏ dự thảo", "restore": "Lấy lại dự thảo",
    "allow_earlier": "Cho phép ghi ngày lùi",
}  # fmt: skip
STATES = {
    "draft": "Dự thảo", "submitted": "Chờ duyệt", "agreed": "Đã đồng ý, chờ trình ký", "presented": "Đã trình, chờ ký",
    "approved": "Đã duyệt, chờ số", "issued": "Đã ban hành", "replaced": "Đã bị thay thế", "recalled": "Đã thu hồi",
    "discarded": "Đã bỏ",
}  # fmt: skip
LABELS = {
    "appendices": "Phụ lục", "date": "Ngày văn bản", "addressees": "Nơi nhận trong chương trình", "duties": "Nhiệm vụ giao",
    "handed_to": "Đơn vị hoặc người nhận", "handed_on": "Ngày chuyển", "arrival_note": "Ghi chú khi vào sổ",
}  # fmt: skip
LIES = {"portrait": "khổ dọc", "landscape": "khổ ngang"}
KINDS = {
    "department": "Các sở, ban, ngành tỉnh", "front": "Ủy ban Mặt trận Tổ quốc và các đoàn thể tỉnh",
    "party": "Các cơ quan Đảng tỉnh", "central": "Các cơ quan trung ương trên địa bàn tỉnh",
    "district": "Ủy ban nhân dân các huyện, thành phố", "commune": "Ủy ban nhân dân các xã, phường",
    "enterprise": "Các doanh nghiệp trên địa bàn tỉnh",
}  # fmt: skip


def of_move(move) -> dict:
    """The row of a step."""
    changes = {}
    if move.from_state != move.to_state:
        changes["Trạng thái"] = [STATES[move.from_state], STATES[move.to_state]]
    if move.to_whom:
        changes["Trình"] = ["", move.to_whom]
    facts = {"what": move.act, "act": ACTS[move.act], "changes": changes, "reason": move.reason, "day": move.day}
    return {"about": "paper", "key": move.document_id, "by_id": move.by_id, "at": move.at} | facts


def of_edit(edit, label_of, called) -> dict:
    """The row of a saved change of a paper's words; ``document.origin`` tells a draft from an entry of the register."""
    first, later = ("Soạn dự thảo", "Sửa dự thảo") if edit.document.origin == "ours" else ("Ghi vào sổ", "Sửa trong sổ")
    act = first if edit.version == 1 else later
    return _edited("paper", edit.document_id, act, edit, label_of, called)


def of_arrival_edit(edit, label_of, called) -> dict:
    """The row of a correction in a book of arrivals."""
    return _edited("arrival", edit.arrival_id, "Sửa trong sổ", edit, label_of, called)


def _edited(about, key, act, edit, label_of, called):
    changes = {
        label_of(name): [_words(name, before, called), _words(name, after, called)]
        for name, (before, after) in edit.changes.items()
    }
    facts = {"what": "edit", "act": act, "changes": changes, "version": edit.version, "by_id": edit.by_id, "at": edit.at}
    return {"about": about, "key": key} | facts


def _words(name, value, called) -> str:
    """A stored value in words."""
    if name == "appendices":
        return "\n\n".join(_appendix(*row) for row in value or [])
    if name == "addressees":
        return "\n".join(label for _, label in value or [])
    if name == "duties":
        return "\n".join(_duty(*row, called) for row in value or [])
    return "" if value is None else str(value)


def _appendix(title, lies, body, type_code="") -> str:
    return f"{f'{type_code}: ' if type_code else ''}{title} ({LIES[lies]})\n{body}"


def _duty(clause, words, keys, until, called) -> str:
    whose = f" – {', '.join(map(called, keys))}" if keys else ""
    return f"{clause} {words}{whose}{f', hạn {until}' if until else ''}".strip()


def called_by(units, groups, today):
    """What a key of an addressee is called. ``units``: {code: (name, last day)}, ``groups``: {key: name}."""

    def called(key):
        kind, _, name = key.partition(":")
        if kind == "don-vi" and name in units:
            unit, ended = units[name]
            return f"{unit} (đã kết thúc)" if ended and ended < today else unit
        if kind == "danh-sach":
            return groups.get(name, key)
        return KINDS.get(name, key)

    return called


def label_by(model):
    """What a field of papers is called."""

    def label_of(name):
        try:
            return LABELS.get(name) or str(model._meta.get_field(name).verbose_name).capitalize()
        except FieldDoesNotExist:
            return name

    return label_of


def _pages(rows):
    """All of ``rows``, some thousands at a time."""
    last = 0
    while page := list(rows.filter(pk__gt=last).order_by("pk")[:AT_ONCE]):
        yield page
        last = page[-1].pk


def into_one_log(apps, schema_editor):
    """Every row of the three tables; steps first and each table in its order, so that a later row has the higher key."""
    of = {name: apps.get_model("documents", name) for name in ("Change", "Document", "Move", "Edit", "ArrivalEdit")}
    units = {code: (name, ended) for code, name, ended in apps.get_model("units", "Unit").objects.values_list("code", "name", "ended")}
    groups = {str(pk): name for pk, name in apps.get_model("documents", "AddresseeGroup").objects.values_list("pk", "name")}
    words = label_by(of["Document"]), called_by(units, groups, timezone.localdate())
    # The moments are those of the old rows.
    of["Change"]._meta.get_field("at").auto_now_add = False
    tables = [
        (of["Move"].objects.all(), of_move),
        (of["Edit"].objects.select_related("document").only("document", "changes", "version", "by", "at", "document__origin"),
         lambda edit: of_edit(edit, *words)),
        (of["ArrivalEdit"].objects.all(), lambda edit: of_arrival_edit(edit, *words)),
    ]  # fmt: skip
    for rows, told in tables:
        for page in _pages(rows):
            of["Change"].objects.bulk_create([of["Change"](**told(row)) for row in page])


def name_what_was_done_with_books(apps, schema_editor):
    """What is told of books of numbers gets its slug too."""
    rows = apps.get_model("documents", "Change").objects.filter(about="series", what="")
    rows.filter(act="Giao sổ").update(what="keep")
    for row in rows.filter(act__startswith="Đặt số bắt đầu năm "):
        row.what, row.of = "begin_after", int(re.search(r"\d+$", row.act)[0])
        row.save(update_fields=["what", "of"])


class Migration(migrations.Migration):

    dependencies = [
        ('documents', '0024_version_of_a_duty'),
        ('units', '0006_roles_of_bodies'),
    ]

    operations = [
        migrations.RunPython(into_one_log, migrations.RunPython.noop),
        migrations.RunPython(name_what_was_done_with_books, migrations.RunPython.noop),
    ]
