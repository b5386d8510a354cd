"""A file with records, from its being sent until it is stored: kept, its columns matched, corrected rows taken in."""

from django.db import models, transaction

from documents.steps.refusing import Refused
from documents.uploads import UploadRefused, drop

from ..area import keep
from .actions import refuse_stranger
from .excel import Layout, corrections, kept_sheets, recognise
from .models import Import

GONE = "Tệp này không còn đang nhập. Hãy gửi lại tệp."


def entry_of(kind: str, by) -> Import | None:
    """The file of a kind that a person is entering."""
    return Import.objects.select_related("file").filter(kind=kind, by=by).first()


@transaction.atomic
def send(kind: str, model: type[models.Model], file, shared: dict[str, str], *, by) -> Import:
    """Keep a file in the place of the one before; without ``columns`` where its headings are not known. Raises ``Refused``."""
    refuse_stranger(by)
    layout = recognise(model, file)
    if layout and "row" in layout.columns:
        raise Refused("Tệp này chỉ có các dòng đã sửa (cột «Dòng gốc»). Hãy gửi tệp danh sách đầy đủ trước.", "file")
    try:
        upload = keep(file, by=by)
    except UploadRefused as refused:
        raise Refused(str(refused), "file") from None
    old = entry_of(kind, by)
    facts = {"file": upload, "shared": shared, "fixes": {}, "choices": {}, "converts": False} | _place(layout)
    entry, _ = Import.objects.update_or_create(kind=kind, by=by, defaults=facts)
    if old:
        drop(old.file)
    return entry


def _place(layout: Layout | None) -> dict:
    if layout is None:
        return {"sheet": "", "head": 0, "columns": {}, "unread": []}
    columns = {name: column for name, column in layout.columns.items() if name != "row"}
    return {"sheet": layout.sheet, "head": layout.head, "columns": columns, "unread": layout.unread}


@transaction.atomic
def correct(kind: str, model: type[models.Model], file, *, by):
    """Take in rows that were corrected. Raises ``Refused``."""
    entry = _held(kind, by)
    layout = recognise(model, file)
    if layout is None or "row" not in layout.columns:
        raise Refused(
            "Tệp không có cột «Dòng gốc» của tệp dòng cần sửa. Muốn gửi cả danh sách, hãy bấm «Gửi tệp khác».", "file"
        )
    fixes = corrections(model, file, layout)
    entry.fixes |= fixes
    entry.choices = {row: chosen for row, chosen in entry.choices.items() if row not in fixes}
    entry.save()


@transaction.atomic
def match(kind: str, sheet: str, head: int, columns: dict[str, int], *, by):
    """Keep which column says what, as a person told it."""
    entry = _held(kind, by)
    seen = next((one for one in kept_sheets(entry) if one.title == sheet), None)
    if seen is None:
        raise Refused("Không còn trang tính này trong tệp. Hãy chọn lại.", "sheet")
    if seen.beyond:
        raise Refused(f"Trang tính «{sheet}» {seen.beyond}", "sheet")
    entry.sheet, entry.head, entry.columns, entry.unread = sheet, head, columns, seen.hidden_words()
    entry.fixes, entry.choices = {}, {}
    entry.save()


@transaction.atomic
def choose(kind: str, choices: dict[str, dict[str, int]], *, by, converts: bool = False):
    """Keep who names are ({row: {place in its cell: key}}), and that old letters become Unicode."""
    entry = _held(kind, by)
    for row, chosen in choices.items():
        entry.choices[row] = entry.choices.get(row, {}) | chosen
    entry.converts = entry.converts or converts
    entry.save()


@transaction.atomic
def let_be(kind: str, *, by):
    """Take the file away; nothing of it was stored."""
    entry = _held(kind, by)
    entry.delete()
    drop(entry.file)


def _held(kind, by) -> Import:
    refuse_stranger(by)
    entry = Import.objects.select_for_update(of=("self",)).select_related("file").filter(kind=kind, by=by).first()
    if entry is None:
        raise Refused(GONE)
    return entry
