"""The whole register is looked through for doubles by a worker, outside the request."""

from documents.jobs.jobs import MAKERS, report
from documents.models import Job
from units.excel_out import Book, heading_for

from . import doubles
from .models import Double, Recipient
from .page import reasons_of

_KIND = "doubles"
# So often the page of the job hears how far it is, in records.
_EVERY = 5000


def look_through(*, by) -> Job:
    """Ask a worker to look; one that waits or runs already is not asked again."""
    under_way = Job.objects.filter(by=by, arguments__has_key=_KIND, state__in=[Job.State.WAITING, Job.State.RUNNING])
    total = Recipient.objects.count()
    return under_way.first() or Job.objects.create(
        title="Tìm cá nhân, tập thể có thể trùng", by=by, arguments={_KIND: True, "noun": "bản ghi"}, total=total
    )


def _look(job) -> bytes:
    """Bring the pairs up to date; the file lists those that wait for a look."""

    def tell(done):
        if done - job.done >= _EVERY:
            report(job, done=done)

    count = doubles.store_all(tell)
    report(job, done=job.total)
    job.message = f"{count} cặp chờ xem ở trang «Có thể trùng»." if count else ""
    return _listed(job.by)


def _listed(by) -> bytes:
    rows = Double.objects.filter(state=Double.State.OPEN).select_related("first__unit", "second__unit")
    book = Book()
    page = book.page("Có thể trùng", heading_for(by, "Cá nhân, tập thể có thể trùng"))
    page.table(
        ["Bản ghi thứ nhất", "Đơn vị", "Bản ghi thứ hai", "Đơn vị của bản ghi thứ hai", "Vì"],
        map(_line, rows.iterator(500)),
    )
    book.book.close()
    return book.memory.getvalue()


def _line(pair):
    both = [text for one in (pair.first, pair.second) for text in (one.name, str(one.unit or ""))]
    return [*both, ", ".join(reasons_of(pair))]


MAKERS[_KIND] = ("co-the-trung-{}-{}.xlsx", _look)
