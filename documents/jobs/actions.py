"""Long work that a person asks for, and asks for again."""

from django.db import transaction

from ..steps.refusing import Refused
from .models import Job


def print_many(*, documents, by) -> Job:
    """Ask a worker for one ZIP with the PDF of each of ``documents``, which ``by`` may see."""
    keys = list(documents.values_list("pk", flat=True))
    return Job.objects.create(
        title=f"In {len(keys)} văn bản ra PDF", by=by, arguments={"documents": keys}, total=len(keys)
    )


@transaction.atomic
def run_again(job) -> Job:
    """Have a job that failed done anew. Raises ``Refused`` for one that did not: it runs, or goes on by itself."""
    job = Job.objects.select_for_update(of=("self",)).get(pk=job.pk)
    if job.state != Job.State.FAILED:
        raise Refused("Việc này đang chờ, đang chạy hoặc đã xong, không cần chạy lại.")
    job.parts.all().delete()
    job.state, job.done, job.message, job.finished_at, job.tries = Job.State.WAITING, 0, "", None, 0
    job.save()
    return job
