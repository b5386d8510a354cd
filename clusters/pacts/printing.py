"""The sheet of a pact with many figures is set by a worker."""

from documents.jobs import jobs
from documents.jobs.models import Job
from documents.typesetting.reports import LONGEST_AT_ONCE

from . import papers
from .models import Pact, Reached


def is_long(pact) -> bool:
    """Whether the tables of its sheet have more rows than a request may wait for: targets, own figures, every party twice."""
    return rows_of(pact) > LONGEST_AT_ONCE


def rows_of(pact) -> int:
    """The rows of its tables, at most."""
    own = Reached.objects.filter(party__pact=pact, party__excuse="").exclude(planned=None)
    return pact.targets.count() + own.count() + 2 * pact.parties.count()


def print_by_worker(pact, *, by) -> Job:
    """Ask a worker for the sheet of ``pact``."""
    return Job.objects.create(title=f"In {pact.title}"[:200], by=by, arguments={"pact": pact.pk}, total=rows_of(pact))


def _sheet(job) -> bytes:
    """The sheet, as long as the person may see the pact. One piece: a second try begins anew."""
    found = Pact.objects.visible_to(job.by).select_related(
        "division__notice__type", "cluster__division", "cluster__parent"
    )
    content = papers.pdf(found.get(pk=job.arguments["pact"]), jobs.teller(job))
    jobs.report(job, done=job.total)
    job.message = ""
    return content


jobs.MAKERS["pact"] = ("giao-uoc-{}-{}.pdf", _sheet)
