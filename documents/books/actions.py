"""A long book is printed by a worker."""

from django.http import QueryDict

from ..jobs import jobs
from ..jobs.models import Job
from .papers import BOOKS, book_pdf


def print_book(way, *, by, query: str, rows: int) -> Job:
    """Ask a worker for the book ``way`` of the unit of ``by``, as the address ``query`` filters it."""
    title = f"In {BOOKS[way][0].lower()}, {rows} dòng"
    return Job.objects.create(title=title, by=by, arguments={"book": way, "query": query}, total=rows)


def _book(job) -> bytes:
    """What the page of the book shows for the period that was asked for. One piece: a second try begins anew."""
    content = book_pdf(job.arguments["book"], job.by, QueryDict(job.arguments["query"]), jobs.teller(job))
    jobs.report(job, done=job.total)
    job.message = ""
    return content


jobs.MAKERS["book"] = ("so-van-ban-{}-{}.pdf", _book)
