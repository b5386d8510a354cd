"""Long lists, checked and stored by a worker outside the request, with progress."""

from concurrent.futures import ThreadPoolExecutor

from django.db import connection
from django.shortcuts import get_object_or_404

from documents.jobs.jobs import MAKERS, report
from documents.steps.refusing import Refused
from units.excel_out import heading_for

from ..records.models import Decision
from . import actions
from .excel import receipt, wrong_rows
from .models import Entry


def _check(job) -> bytes:
    """Check a list; the rows that are wrong are the file."""
    decision = _decision(job, "check_list")
    entry = get_object_or_404(Entry.objects.select_related("award", "file"), decision=decision)
    entry.decision = decision
    heading = heading_for(job.by, f"Dòng cần sửa của danh sách kèm {decision}")
    found, content = wrong_rows(entry, heading, tell=lambda rows: report(job, done=rows))
    Entry.objects.filter(pk=entry.pk, job=job).update(report=found.stored())
    job.message = _told(found)
    return content


def _told(found) -> str:
    if found.fault_count:
        return f"Có {found.bad_rows} dòng cần sửa, ghi trong tệp kết quả. Hãy mở trang danh sách để xem."
    if found.probable:
        return f"Còn {found.probable} dòng chưa rõ người nhận. Hãy mở trang danh sách để chọn."
    return "Không có gì sai. Hãy mở trang danh sách rồi bấm «Lưu vào sổ khen thưởng»."


def _store(job) -> bytes:
    """Store a list, all or nothing. A list that a worker stored before it died is done."""
    decision = _decision(job, "store_list")
    if decision.state == Decision.State.DRAFT:
        with _Progress(job) as progress:
            try:
                decision = actions.store(decision, by=job.by, tell=progress.tell, waits=True)
            except Refused as refused:
                job.message = str(refused)
                raise
    job.message = actions.told_of(decision)
    told = {"Số khen thưởng": str(decision.awards.count()), "Có thể trùng": str(actions.doubles_of(decision).count())}
    return receipt(heading_for(job.by, f"Đã nhập danh sách kèm {decision}"), told)


def _decision(job, what) -> Decision:
    """The decision that a job is about, as far as who asked may still see it."""
    rows = Decision.objects.visible_to(job.by).select_related("office", "unit")
    return get_object_or_404(rows, pk=job.arguments[what])


class _Progress:
    """Tells how far a job is by a connection of its own: nobody sees what a transaction writes before it ends."""

    def __init__(self, job):
        self.job, self.pool = job, None

    def __enter__(self):
        # SQLite has one writer at a time, which is the transaction itself.
        self.pool = ThreadPoolExecutor(1) if connection.vendor == "postgresql" else None
        return self

    def tell(self, rows):
        """Store it. Raises ``TakenOver`` where another worker has the job by now, which ends the transaction."""
        if self.pool:
            self.pool.submit(self._report, rows).result()

    def _report(self, rows):
        report(self.job, done=rows)

    def __exit__(self, *_):
        if self.pool:
            self.pool.submit(_close).result()
            self.pool.shutdown()


def _close():
    """Close the connection of the thread that runs this."""
    connection.close()


MAKERS["check_list"] = ("dong-can-sua-{}-{}.xlsx", _check)
MAKERS["store_list"] = ("ket-qua-nhap-{}-{}.xlsx", _store)
