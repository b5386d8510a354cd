"""The booklet of those honoured: biographies and portraits in the order of calling, on A5 or A4, as PDF.

Of who has not agreed, or agrees no longer, neither biography nor portrait is printed (Nghị định 13/2023/NĐ-CP; Luật Bảo vệ dữ
liệu cá nhân 91/2025/QH15).
"""

import io
from dataclasses import dataclass

from django.db import models
from django.db.models import Q
from django.template.loader import render_to_string

from documents.jobs.jobs import MAKERS, report
from documents.jobs.models import Job
from documents.steps.refusing import Refused
from documents.typesetting import apart
from documents.typesetting.pdf import set_once
from documents.uploads.thumbnails import PICTURES, flat

from ..events.models import Event
from .actions import rows_of
from .models import Honour, is_read_by
from .rules import placed

# More biographies than this are a worker's.
MOST_AT_ONCE = 12
# Pixels of the longer side of a portrait: 3 × 4 cm at 300 dots an inch, and some more.
_LONGEST = 520
_KIND = "honour_booklet"
_GIVEN_BACK = "Chỉ cán bộ giữ hội nghị và Sở Nội vụ in được kỷ yếu."


class Size(models.TextChoices):
    """The sheet."""

    A5 = "a5", "A5"
    A4 = "a4", "A4"


@dataclass(frozen=True)
class Entry:
    """One who is honoured as the booklet has it; ``picture``: the name of the portrait among the pictures."""

    honour: Honour
    post: str
    words: list[str]
    picture: str

    @property
    def about(self) -> str:
        """What stands behind the name in the list: the post, and the award where there is one."""
        row = self.honour
        dead, post = " (truy tặng)" if row.is_posthumous else "", f", {self.post}" if self.post else ""
        return f"{dead}{post}{f': {row.award.title}' if row.award_id else ''}"


def left_out(event):
    """Those honoured of whom something is known that is not printed, in their order."""
    known = ~Q(biography="") | Q(portrait__isnull=False) | Q(example__isnull=False)
    printed = Honour.objects.printable().order_by().values("pk")
    return event.honours.select_related("example").filter(known).exclude(pk__in=printed)


def begin(event, size, *, by):
    """The PDF of a short booklet; the job of a worker for a long one. Raises ``Refused``, ``apart.NotSet``."""
    rows = _rows(event, by)
    if sum(row.is_printable and bool(row.life or row.picture) for row in rows) <= MOST_AT_ONCE:
        return _pdf(event, rows, size)
    arguments = {_KIND: event.pk, "size": Size(size).value}
    return Job.objects.create(title=f"In kỷ yếu: {event}"[:200], by=by, arguments=arguments, total=len(rows))


def _rows(event, by) -> list[Honour]:
    if not is_read_by(event, by):
        raise Refused(_GIVEN_BACK)
    rows = rows_of(event)
    if not rows:
        raise Refused("Danh sách tôn vinh chưa có ai nên chưa có gì để in.")
    return rows


def _pdf(event, rows, size, tell=lambda done: None) -> bytes:
    entries, pictures = [], []
    for number, row in enumerate(rows, 1):
        entries.append(_entry(row, event, pictures))
        tell(number)
    context = {"event": event, "entries": entries, "size": Size(size), "is_small": size == Size.A5}
    html = render_to_string("conferences/honours/booklet.html", context)
    return apart.call(set_once, html, tuple(pictures), None)


def _entry(row, event, pictures) -> Entry:
    """One entry; its portrait is put among ``pictures``, (name, type, bytes)."""
    if not row.is_printable:
        return Entry(row, placed(row, event), [], "")
    content = _portrait(row.picture)
    name = f"p{row.pk}" if content else ""
    if content:
        pictures.append((name, "image/jpeg", content))
    words = [line.strip() for line in row.life.splitlines() if line.strip()]
    return Entry(row, placed(row, event), words, f"picture:{name}" if name else "")


def _portrait(upload) -> bytes | None:
    """The picture small enough for a booklet, as JPEG; None where there is none, or none on the disk."""
    if upload is None or upload.extension not in PICTURES:
        return None
    memory = io.BytesIO()
    try:
        with upload.file.open() as file:
            flat(file, _LONGEST).save(memory, "JPEG", quality=85)
    except FileNotFoundError:
        return None
    return memory.getvalue()


def _make(job) -> bytes:
    """The booklet that a person asked for, with what may be printed at this moment."""
    event = Event.objects.visible_to(job.by).select_related("unit").get(pk=job.arguments[_KIND])
    rows = _rows(event, job.by)
    return _pdf(event, rows, job.arguments["size"], tell=lambda done: report(job, done=done))


MAKERS[_KIND] = ("ky-yeu-{}-{}.pdf", _make)
