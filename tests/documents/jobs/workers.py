"""A worker that does what waits, and one that dies."""

from datetime import timedelta

from django.utils import timezone

from documents.jobs.models import SILENCE
from documents.jobs.working import enlist, work_once
from documents.models import Worker


class Killed(BaseException):
    """kill -9: nothing of the program runs after it. No ``except Exception`` and no ``finally`` of ours hears it."""


def done_by_worker():
    """All that waits is done."""
    worker = enlist()
    while work_once(worker):
        pass
    worker.delete()


def fall_silent():
    """As if every worker had been silent for longer than one may."""
    Worker.objects.update(seen_at=timezone.now() - SILENCE - timedelta(seconds=1))
