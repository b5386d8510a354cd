"""Which worker does which job, and what happens when one dies.

Jobs are their own queue: a row that waits, or whose worker is gone, is claimed by one worker, in one short transaction.
A worker tells every few seconds that it lives; one that falls silent loses its job to the next, which goes on from the
parts that were made. No library for SQLite and PostgreSQL does this: with django-tasks' worker, which this replaced, a
job whose worker was killed waited for ever.
"""

import logging
import os
import socket
from contextlib import contextmanager
from threading import Event, Thread

from django.db import OperationalError, connection, transaction
from django.utils import timezone

from ..deliveries.mailing import post_next
from .jobs import TakenOver, run
from .models import HEARTBEAT, MOST_TRIES, SILENCE, Job, Worker

logger = logging.getLogger(__name__)

DIED = (
    f"Máy chạy nền dừng giữa chừng {MOST_TRIES} lần ở việc này nên không chạy nữa. Hãy chia thành việc nhỏ hơn rồi yêu cầu "
    "lại; nếu vẫn vậy, báo người quản trị."
)


def enlist() -> Worker:
    """A row for this process."""
    return Worker.objects.create(name=f"{socket.gethostname()}:{os.getpid()}"[:150])


@contextmanager
def beating(worker):
    """Tell, while what follows runs, that ``worker`` lives. A database that is busy for a moment is asked again."""
    ended = Event()

    def beat():
        while not ended.wait(HEARTBEAT.total_seconds()):
            try:
                Worker.objects.filter(pk=worker.pk).update(seen_at=timezone.now())
            except OperationalError:
                logger.warning("The database did not take a heartbeat", exc_info=True)
                connection.close()
        connection.close()

    thread = Thread(target=beat, daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


def work_once(worker) -> bool:
    """Do the next job, or send the next mail; False where nothing waits."""
    job = claim(worker)
    if not job:
        return post_next()
    try:
        run(job)
    except TakenOver:
        logger.warning("Job %s was taken over from %s", job.pk, worker)
    return True


@transaction.atomic
def claim(worker) -> Job | None:
    """The next job, from now on ``worker``'s alone; None where none waits. Those that too many died of are given up.

    A worker that was thought gone and is not enters itself again by claiming.
    """
    if not Worker.objects.filter(pk=worker.pk).update(seen_at=timezone.now()):
        worker.save(force_insert=True)
    skip = {"skip_locked": True} if connection.features.has_select_for_update_skip_locked else {}
    free = Job.objects.free().select_for_update(of=("self",), **skip).order_by("pk")
    while job := free.select_related("by__unit").first():
        # PostgreSQL judges a row that another claimed meanwhile by what the workers were before.
        if not Job.objects.free().filter(pk=job.pk).exists():
            continue
        if job.tries < MOST_TRIES:
            job.state, job.worker, job.tries = Job.State.RUNNING, worker, job.tries + 1
            job.save(update_fields=["state", "worker", "tries"])
            return job
        job.state, job.message, job.finished_at = Job.State.FAILED, DIED, timezone.now()
        job.save(update_fields=["state", "message", "finished_at"])
    return None


@transaction.atomic
def retire(worker):
    """The worker ends: a job that it leaves in the middle waits for the next, and the try does not count."""
    for job in worker.jobs.select_for_update().filter(state=Job.State.RUNNING):
        job.state, job.worker, job.tries = Job.State.WAITING, None, max(job.tries - 1, 0)
        job.save(update_fields=["state", "worker", "tries"])
    Worker.objects.filter(pk=worker.pk).delete()
    # Rows of those that could not say good-bye.
    Worker.objects.filter(seen_at__lt=timezone.now() - 100 * SILENCE).delete()
