"""All duties of a paper on paper: units down, duties across, with the sum of each duty; a long table by a worker."""

from django.http import QueryDict
from django.utils import timezone
from django.utils.text import Truncator

from ..deliveries.actions import sent_by
from ..jobs import jobs
from ..jobs.models import Job
from ..typesetting.reports import table_pdf
from .actions import matrix, tally
from .filters import MatrixFilter


def about(paper) -> str:
    """The paper that a table is about, in the words above it."""
    return f"{paper.name} ngày {paper.date_text} về {' '.join(paper.subject.split())}"


def kept_rows(paper, data):
    """(the duties of a paper, the rows that the filter ``data`` keeps) today."""
    duties, rows = matrix(paper, timezone.localdate())
    return duties, MatrixFilter(data or None).rows(rows)


def matrix_pdf(paper, duties, rows, tell=None) -> bytes:
    """The table with the sum of each duty as its last row. ``tell`` as in ``typesetting.to_pdf``; raises
    ``PackagesMissing``.
    """
    return table_pdf(
        title="TÌNH HÌNH THỰC HIỆN NHIỆM VỤ",
        subtitle_lines=[about(paper), f"Tính đến ngày {timezone.localdate():%d/%m/%Y}"],
        columns=[("Đơn vị", 50), *((_heading(duty), 24) for duty in duties), ("Đã xong", 18)],
        rows=_lines(duties, rows),
        tell=tell,
    )


def print_by_worker(paper, *, by, query: str, rows: int) -> Job:
    """Ask a worker for the table of ``paper``, as the address ``query`` filters it."""
    title = f"In bảng nhiệm vụ của {paper.name}, {rows} đơn vị"
    return Job.objects.create(title=title[:200], by=by, arguments={"matrix": paper.pk, "query": query}, total=rows)


def _matrix(job) -> bytes:
    """What the page of the table shows, of a paper that the person may still see. One piece: a second try begins anew."""
    paper = sent_by(job.by).get(pk=job.arguments["matrix"])
    content = matrix_pdf(paper, *kept_rows(paper, QueryDict(job.arguments["query"])), tell=jobs.teller(job))
    jobs.report(job, done=job.total)
    job.message = ""
    return content


jobs.MAKERS["matrix"] = ("nhiem-vu-{}-{}.pdf", _matrix)


def _heading(duty):
    """What stands above the column of a duty: its clause, the beginning of its words, its last day."""
    until = f" (hạn {duty.until:%d/%m/%Y})" if duty.until else ""
    return f"{Truncator(str(duty)).chars(70)}{until}"


def _lines(duties, rows):
    """The rows of the table in words, and their sum."""
    for row in rows:
        yield [row.unit.name, *(cell.standing.label for cell in row.cells), f"{row.tally.done}/{row.tally.asked}"]
    sums = [tally(row.cells[place] for row in rows) for place in range(len(duties))]
    late = [f"; {sum_.late} quá hạn" if sum_.late else "" for sum_ in sums]
    yield [
        f"Cộng {len(rows)} đơn vị",
        *(f"{sum_.done}/{sum_.asked} xong{end}" for sum_, end in zip(sums, late, strict=True)),
        "",
    ]
