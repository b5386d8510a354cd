"""One step taken with hundreds of papers by a worker: each by itself with its own log; those that cannot go are named.

``MANY``: the steps that may be asked for so. A job that is taken up again goes on with the papers that it has not had.
"""

from datetime import date

from units.models import Unit

from ..jobs import jobs
from ..jobs.models import Job
from ..papers.models import Document
from ..register.numbers import refuse_to_come
from ..steps.refusing import Refused
from .actions import STEPS
from .issuing import issue

MANY = ("submit", "approve", "issue", "return", "discard")


def offered(papers, user) -> dict[str, int]:
    """{step: with how many of ``papers`` ``user`` may take it now}, without those that fit none."""
    rows = _with_units(papers)
    found = {what: sum(STEPS[what].may(row, user) for row in rows) for what in MANY}
    return {what: number for what, number in found.items() if number}


def _with_units(papers) -> list[Document]:
    """``papers`` with what the steps ask of each. Thousands share a few types, authors, units: asked for once."""
    rows = list(papers.prefetch_related("type", "author"))
    authors = [row.author for row in rows if row.author_id]
    keys = {key for row in rows for key in (row.unit_id, row.issuer_unit_id)} | {author.unit_id for author in authors}
    units = Unit.objects.in_bulk(keys - {None})
    for row in rows:
        row.unit, row.issuer_unit = units.get(row.unit_id), units.get(row.issuer_unit_id)
    for author in authors:
        author.unit = units.get(author.unit_id)
    return rows


def ask(what: str, papers, *, by, day: date | None = None, reason="", back="") -> Job:
    """Have a worker take the step ``what`` with those of ``papers`` with which ``by`` may take it; ``day`` is that of the
    papers where they are issued, ``back`` the page to which the job's page leads. Raises ``Refused``.
    """
    step = STEPS[what]
    if what == "issue":
        if day is None:
            raise Refused("Hãy chọn ngày của văn bản.", "day")
        refuse_to_come(day)
    if step.needs_reason and not reason.strip():
        raise Refused(f"Hãy ghi lý do khi «{step.label}».", "reason")
    keys = [row.pk for row in papers.select_related("type", "unit", "author__unit", "issuer_unit") if step.may(row, by)]
    if not keys:
        raise Refused(f"Không có văn bản nào đang chờ bạn «{step.label}».")
    arguments = {"many": what, "papers": sorted(keys), "day": day.isoformat() if day else "", "back": back}
    return Job.objects.create(
        title=f"{step.label} {len(keys)} văn bản", by=by, arguments=arguments | {"reason": reason}, total=len(keys)
    )


def _take_all(job) -> bytes:
    """The step with each paper that the person may still open; numbers are given in the order of the drafts."""
    step, asked = STEPS[job.arguments["many"]], job.arguments
    papers = Document.objects.open_to(job.by).filter(pk__in=asked["papers"]).with_names().order_by("pk")

    def take(paper):
        if step.what == "issue":
            issue(paper, by=job.by, day=date.fromisoformat(asked["day"]))
        else:
            step(paper, by=job.by, **({"reason": asked["reason"]} if step.needs_reason else {}))

    return jobs.one_by_one(job, papers, take, "văn bản", called=called)


def called(paper) -> str:
    """What tells it from others of one subject: for whom it is."""
    return f"{paper.type} {paper.subject} ({paper.recipients.partition(chr(10))[0]})"


jobs.MAKERS["many"] = ("ket-qua-{}-{}.txt", _take_all)
