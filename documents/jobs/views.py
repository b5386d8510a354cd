"""The desk's pages about long jobs: how far they are, and their results."""

from django.contrib import messages
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render

from ..steps.refusing import Refused
from .actions import run_again
from .models import Job, Worker


def jobs(request):
    """This person's long jobs."""
    return render(request, "documents/jobs/jobs.html", {"jobs": request.user.jobs.all()[:50], "area": "jobs"})


def job(request, pk):
    """One long job: how far it is, and its result. With htmx only the part that moves."""
    found = get_object_or_404(Job, pk=pk, by=request.user)
    template = "documents/jobs/_job.html" if request.headers.get("HX-Request") else "documents/jobs/job.html"
    no_worker = not found.is_finished and not Worker.alive().exists()
    return render(request, template, {"job": found, "no_worker": no_worker, "area": "jobs"})


def job_again(request, pk):
    """Run a failed job again."""
    found = get_object_or_404(Job, pk=pk, by=request.user)
    try:
        if request.method == "POST":
            run_again(found)
    except Refused as refusal:
        messages.warning(request, str(refusal))
    return redirect(found)


def job_result(request, pk):
    """The file that a job made, for the person who asked for it."""
    found = get_object_or_404(Job, pk=pk, by=request.user, state=Job.State.DONE)
    if not found.result.storage.exists(found.result.name):
        raise Http404
    return FileResponse(found.result.open(), as_attachment=True, filename=found.result.name.rsplit("/", 1)[-1])
