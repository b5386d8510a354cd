"""Layouts and printers, stored and changed. A layout is stored as a whole, with all its fields."""

from django.db import transaction

from documents.steps.log import record, words_of
from documents.steps.refusing import Refused, refuse_stale, unless_taken
from documents.uploads import UploadRefused, drop
from units.permissions import may_keep_store

from ..area import keep
from ..log import About
from .models import Layout, LayoutField, Look

NOT_YOURS = "Mẫu in, máy in bằng do thủ kho, chuyên viên Sở Nội vụ ghi."
_FACTS = ["name", "whom", "since", "until", "width", "height", "frame"]
PICTURES = ("png", "jpg", "jpeg")


def _words(layout):
    if not layout.pk:
        return {}
    types = ", ".join(sorted(row.code for row in layout.types.all()))
    told = {f"Ô {one.position + 1}: {one}": _place(one) for one in layout.fields.all()}
    pictures = {
        "Ảnh quét phôi": (layout.scan and layout.scan.name) or "",
        "Hình Quốc huy": (layout.emblem and layout.emblem.name) or "",
    }
    return words_of(layout, _FACTS) | {"In cho": types} | pictures | told


def _place(one) -> str:
    letters = f"{one.size:g}–{one.least:g} pt, {one.lines} dòng, {one.get_align_display().lower()}, {one.colour}"
    look = "".join(word for word, is_on in ((", đậm", one.bold), (", nghiêng", one.italic)) if is_on)
    return f"{one.left:g}; {one.top:g}; {one.width:g} × {one.height:g} mm; {letters}{look}"


@transaction.atomic
def save_layout(layout, types, fields, *, by, seen=None, pictures=None) -> Layout:
    """Store a layout with its ``types`` and ``fields`` (in their order) in place of those it had.

    ``pictures``: {``scan`` or ``emblem``: the file that was sent, None to take it out}. Raises ``Refused``, ``UploadRefused``.
    """
    if not may_keep_store(by):
        raise Refused(NOT_YOURS)
    stored = Layout.objects.select_for_update(of=("self",)).filter(pk=layout.pk).first() if layout.pk else None
    if stored:
        refuse_stale(About.LAYOUT, stored, seen)
        layout.version = stored.version + 1
    _refuse(layout, fields)
    before, left = _words(stored) if stored else {}, []
    for name, file in (pictures or {}).items():
        left.append(getattr(layout, name))
        setattr(layout, name, _picture(file, name, by) if file else None)
    layout.save()
    layout.types.set(types)
    layout.fields.all().delete()
    for place, one in enumerate(fields):
        one.pk, one.layout, one.position = None, layout, place
    LayoutField.objects.bulk_create(fields)
    for upload in filter(None, left):
        if not Look.objects.filter(emblem=upload).exists():  # what was printed with it is printed with it again
            drop(upload)
    act = "Sửa mẫu in" if stored else "Thêm mẫu in"
    record(About.LAYOUT, layout, act, by=by, before=before, after=_words(layout), what="edit" if stored else "add")
    return layout


def _refuse(layout, fields):
    if not any(one.prints == LayoutField.Prints.NAME for one in fields):
        raise Refused("Mẫu phải có ô in tên người nhận.")
    for one in fields:
        if told := one.off(layout.width, layout.height):
            raise Refused(f"{one}: {' '.join(told.values())}")


def _picture(file, field, by):
    """A picture, bounded in its size (``documents.checks.picture_files``); nothing else."""
    if not file.name.lower().endswith(tuple(f".{kind}" for kind in PICTURES)):
        raise UploadRefused("Phải là ảnh PNG hoặc JPG. Hãy quét lại ở 100–200 dpi rồi gửi.", field)
    try:
        return keep(file, by=by)
    except UploadRefused as refused:
        raise UploadRefused(str(refused), field) from None


@transaction.atomic
def save_printer(printer, *, by, seen=None):
    """Store a printer. Raises ``Refused``."""
    if not may_keep_store(by):
        raise Refused(NOT_YOURS)
    names = ["name", "right", "down", "note", "is_used"]
    stored = type(printer).objects.select_for_update().filter(pk=printer.pk).first() if printer.pk else None
    if stored:
        refuse_stale(About.PRINTER, stored, seen)
        printer.version = stored.version + 1
    with unless_taken("Máy in tên này đã có. Hãy sửa máy đó.", "name"):
        printer.save()
    before = words_of(stored, names) if stored else {}
    act, what = ("Sửa máy in", "edit") if stored else ("Thêm máy in", "add")
    record(About.PRINTER, printer, act, by=by, before=before, after=words_of(printer, names), what=what)
    return printer
