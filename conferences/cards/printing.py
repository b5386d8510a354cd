"""The PDF of cards, ten to a sheet: a few at once, many by a worker that tells how far it is."""

from collections.abc import Iterable, Iterator
from itertools import islice

from documents.jobs.jobs import MAKERS, report
from documents.jobs.models import Job
from documents.steps.refusing import Refused, first_of
from documents.typesetting.stamping.stamp import stamp, stamped

from ..delegates.models import Delegate
from ..events.models import Event
from .actions import keeps, mark_printed
from .sheet import ON_A_SHEET, Cards, sheet, words_of

_KIND = "cards"
# So many are made while one waits, more by a worker.
AT_ONCE = 100
_TOLD = 50


def to_print(event, which="new", keys=()):
    """Delegates of ``event`` whose cards are printed: ``new``, those never printed or changed since, ``all``, or of ``keys``."""
    rows = Delegate.objects.filter(event=event, code__isnull=False).counted()
    if which == "new":
        rows = rows.filter(printed_on=None)
    elif which == "chosen":
        rows = rows.filter(pk__in=keys)
    return rows.select_related("delegation__unit").order_by("number")


class Run:
    """One file of cards: which of them are on it (``done``), and which cannot be printed (``left``, with the reason)."""

    def __init__(self, event, tell=lambda done: None):
        self.event, self.tell, self.cards, self.done, self.left = event, tell, Cards(), [], []

    def sheets(self, rows: Iterable[Delegate]) -> Iterator[dict[str, str]]:
        """The words of each sheet."""
        fit = iter(self._fitting(rows))
        while some := list(islice(fit, ON_A_SHEET)):
            yield {f"{name}-{place}": words for place, card in enumerate(some) for name, words in card.items()}

    def _fitting(self, rows):
        for row in rows:
            words = words_of(row, self.event)
            if why := self.cards.fault(words):
                self.left.append(f"{row.name}: {why}")
                continue
            self.done.append(row.pk)
            if len(self.done) % _TOLD == 0:
                self.tell(len(self.done))
            yield words

    @property
    def told(self) -> str:
        """Which cards cannot be printed, and why; nothing where all can."""
        if not self.left:
            return ""
        return f"{len(self.left)} thẻ chưa in được: {first_of(self.left, 'thẻ')}. Hãy sửa tên rồi in lại."


def at_once(event, rows, *, by) -> tuple[bytes, str]:
    """The file of a few cards, and what is to be told. Raises ``Refused`` where there is none, and as ``stamped`` does."""
    run = Run(event)
    sheets = list(run.sheets(rows))
    if not sheets:
        raise Refused(run.told or "Không có thẻ nào phải in. Hãy cấp số và mã thẻ trước.")
    content = stamped(sheet(f"Thẻ đại biểu – {event}"), sheets)
    mark_printed(event, run.done, by=by)
    return content, run.told


def apart(event, keys, *, by) -> Job:
    """Have a worker make many; which ones is settled now, so that one who goes on where another died makes the same."""
    arguments = {_KIND: event.pk, "keys": list(keys), "noun": "thẻ"}
    return Job.objects.create(title=f"In thẻ – {event}"[:200], by=by, arguments=arguments, total=len(keys))


def _make(job) -> bytes:
    """The cards of a job, as they are when it is done."""
    event = Event.objects.select_related("unit").get(pk=job.arguments[_KIND])
    if not keeps(event, job.by):
        raise Refused("Thẻ do cán bộ của đơn vị tổ chức in.")
    rows = to_print(event, "chosen", job.arguments["keys"])
    run = Run(event, tell=lambda done: report(job, done=min(done, job.total)))
    content = stamp(sheet(f"Thẻ đại biểu – {event}"), run.sheets(rows.iterator(500)))
    mark_printed(event, run.done, by=job.by)
    job.message = run.told[:300]
    report(job, done=job.total)
    return content


MAKERS[_KIND] = ("the-dai-bieu-{}-{}.pdf", _make)
