"""A file with rows, from its being sent until it is stored: kept, its columns matched, corrected rows taken in."""

from collections.abc import Callable
from dataclasses import dataclass

from django import forms
from django.db import models, transaction

from documents.steps.refusing import Refused
from documents.uploads import UploadRefused, drop
from units.models import User

from ..area import keep
from .excel import Layout, corrections, kept_sheets, recognise
from .headings import SHEETS, Sheet
from .matching import NEW
from .models import Import

GONE = "Tệp này không còn đang nhập. Hãy gửi lại tệp."


@dataclass(frozen=True)
class Desk:
    """Where a person enters rows of one kind from Excel; every step of entering is told it.

    ``by``: who enters; ``of``: the key of what the rows go into, 0 where into nothing; ``refuse``: raises ``Refused`` where
    ``by`` may not, and locks what the rows go into. ``plan``: of a file, what it would store; ``form``: what is sent. ``what`` is
    stored, ``title`` and ``back``: the page that it is listed on; ``at``: the addresses of the steps; ``path``: how files that go
    out are called; ``makes_new``: whether a name that is not known may be somebody new, which the page calls ``new_words``, with
    ``new_hint`` below.
    """

    kind: str
    model: type[models.Model]
    by: User
    refuse: Callable[[], None]
    plan: Callable
    form: Callable[..., forms.Form]
    what: str
    title: str
    back: str
    path: str
    at: dict[str, str]
    area: str = "records"
    of: int = 0
    makes_new: bool = False
    new_words: str = "Người mới, thêm vào danh sách"
    new_hint: str = "Chỉ chọn người mới cho người, tập thể của đơn vị mình."

    @property
    def sheet(self) -> Sheet:
        """What a file may tell."""
        return SHEETS[self.model]

    @property
    def entry(self) -> Import | None:
        """The file that is being entered here."""
        return self._entries().first()

    def held(self) -> Import:
        """The same, until the transaction ends nobody else's. Raises ``Refused`` where it is gone, or ``by`` may not."""
        self.refuse()
        entry = self._entries().select_for_update(of=("self",)).first()
        if entry is None:
            raise Refused(GONE)
        return entry

    def _entries(self):
        return Import.objects.select_related("file").filter(kind=self.kind, of=self.of, by=self.by)


@transaction.atomic
def send(desk: Desk, file, shared: dict[str, str]) -> Import:
    """Keep a file in the place of the one before; without ``columns`` where its headings are not known. Raises ``Refused``."""
    desk.refuse()
    layout = recognise(desk.model, file)
    if layout and "row" in layout.columns:
        raise Refused("Tệp này chỉ có các dòng đã sửa (cột «Dòng gốc»). Hãy gửi tệp danh sách đầy đủ trước.", "file")
    try:
        upload = keep(file, by=desk.by)
    except UploadRefused as refused:
        raise Refused(str(refused), "file") from None
    old = desk.entry
    facts = {"file": upload, "shared": shared, "fixes": {}, "choices": {}, "converts": False} | _place(layout)
    entry, _ = Import.objects.update_or_create(kind=desk.kind, of=desk.of, by=desk.by, defaults=facts)
    if old:
        drop(old.file)
    return entry


def _place(layout: Layout | None) -> dict:
    if layout is None:
        return {"sheet": "", "head": 0, "columns": {}, "unread": []}
    columns = {name: column for name, column in layout.columns.items() if name != "row"}
    return {"sheet": layout.sheet, "head": layout.head, "columns": columns, "unread": layout.unread}


@transaction.atomic
def correct(desk: Desk, file):
    """Take in rows that were corrected. Raises ``Refused``."""
    entry = desk.held()
    layout = recognise(desk.model, file)
    if layout is None or "row" not in layout.columns:
        raise Refused(
            "Tệp không có cột «Dòng gốc» của tệp dòng cần sửa. Muốn gửi cả danh sách, hãy bấm «Gửi tệp khác».", "file"
        )
    fixes = corrections(desk.model, file, layout)
    entry.fixes |= fixes
    entry.choices = {row: chosen for row, chosen in entry.choices.items() if row not in fixes}
    entry.save()


@transaction.atomic
def match(desk: Desk, sheet: str, head: int, columns: dict[str, int]):
    """Keep which column says what, as a person told it."""
    entry = desk.held()
    seen = next((one for one in kept_sheets(entry) if one.title == sheet), None)
    if seen is None:
        raise Refused("Không còn trang tính này trong tệp. Hãy chọn lại.", "sheet")
    if seen.beyond:
        raise Refused(f"Trang tính «{sheet}» {seen.beyond}", "sheet")
    entry.sheet, entry.head, entry.columns, entry.unread = sheet, head, columns, seen.hidden_words()
    entry.fixes, entry.choices = {}, {}
    entry.save()


@transaction.atomic
def choose(desk: Desk, choices: dict[str, dict[str, int]], *, converts: bool = False, all_new: bool = False):
    """Keep who names are ({row: {place in its cell: key, or ``NEW``}}), and that old letters become Unicode.

    ``all_new``: every name that nobody is found for is somebody new.
    """
    entry = desk.held()
    for row, chosen in choices.items():
        entry.choices[row] = entry.choices.get(row, {}) | chosen
    for named, may_be in desk.plan(entry).open if all_new and desk.makes_new else ():
        if not may_be:
            entry.choices.setdefault(str(named.row), {})[str(named.nth)] = NEW
    entry.converts = entry.converts or converts
    entry.save()


@transaction.atomic
def let_be(desk: Desk):
    """Take the file away; nothing of it was stored."""
    entry = desk.held()
    entry.delete()
    drop(entry.file)
