"""Long jobs whose workers die: at any moment nothing is lost and nothing doubled; who asked is told; nobody waits in vain."""

import io
import zipfile
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core.files.storage import default_storage
from django.db import OperationalError, connections
from django.urls import reverse
from django.utils import timezone

from documents.jobs import jobs
from documents.jobs.actions import print_many
from documents.jobs.working import DIED, claim, enlist, retire, work_once
from documents.models import Document, Job, JobPart, Worker
from documents.papers.actions import save_draft

from ..conftest import words
from .workers import Killed, done_by_worker, fall_silent


@pytest.fixture
def job(draft, officer, settings, tmp_path):
    """Three drafts to be printed."""
    settings.MEDIA_ROOT = tmp_path
    for subject in ("việc thứ hai", "việc thứ ba"):
        save_draft(Document(**words(subject=subject)), by=officer)
    return print_many(documents=Document.objects.order_by("pk"), by=officer)


@pytest.fixture
def pages(monkeypatch):
    """Setting pages costs nothing here; gives the drafts that were set, one after the other."""
    made = []

    def set_quickly(document, *, user):
        made.append(document.pk)
        return f"PDF {document.pk}".encode(), []

    monkeypatch.setattr(jobs, "pdf_of", set_quickly)
    return made


def names_in(job):
    job.refresh_from_db()
    with zipfile.ZipFile(io.BytesIO(job.result.read())) as archive:
        return sorted(int(name.split("-")[0]) for name in archive.namelist())


def files_of(job):
    return default_storage.listdir("jobs")[1] if default_storage.exists("jobs") else []


def dies(monkeypatch, owner, name, at):
    """Have the worker killed at the ``at``-th call of ``name``, before it does anything; gives a function that heals."""
    true, calls = getattr(owner, name), []

    def killed(*args, **named):
        calls.append(args)
        if len(calls) == at:
            raise Killed
        return true(*args, **named)

    monkeypatch.setattr(owner, name, killed)
    return lambda: monkeypatch.setattr(owner, name, true)


# Where the first worker is killed: the function, at which call of it, and how many pages were kept by then.
MOMENTS = {
    "before the first report": ("run", 1, 0),
    "before the first page is kept": ("report", 1, 0),
    "in the middle": ("report", 3, 2),
    "at the last row, before the file": ("_keep", 1, 3),
    "after the file, before it is stored that the job is done": ("report", 4, 3),
}


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_worker_killed_at_any_moment_loses_and_doubles_nothing(job, pages, monkeypatch, moment):
    name, at, kept = MOMENTS[moment]
    owner = __import__("documents.jobs.working", fromlist=["run"]) if name == "run" else jobs
    heal = dies(monkeypatch, owner, name, at)
    with pytest.raises(Killed):
        work_once(enlist())
    heal()
    job.refresh_from_db()
    assert (job.state, job.done, JobPart.objects.count()) == ("running", kept, kept)

    # As long as the dead one may be alive, nobody takes its job.
    assert not work_once(enlist())
    fall_silent()
    before = len(pages)
    assert work_once(enlist())
    assert len(pages) - before == 3 - kept, "what was kept is not made anew"
    assert names_in(job) == sorted(Document.objects.values_list("pk", flat=True))
    assert (job.state, job.done, job.tries, JobPart.objects.count()) == ("done", 3, 2, 0)
    assert files_of(job) == [f"van-ban-{job.pk}-2.zip"]
    assert not work_once(enlist()), "it is not done a third time"


def test_a_job_that_three_workers_died_of_is_told_to_who_asked(job, pages, monkeypatch, officer, client_of):
    monkeypatch.setattr(jobs, "pdf_of", lambda document, *, user: (_ for _ in ()).throw(Killed))
    for _ in range(3):
        with pytest.raises(Killed):
            work_once(enlist())
        fall_silent()
    assert not work_once(enlist())
    job.refresh_from_db()
    assert (job.state, job.message, job.tries) == ("failed", DIED, 3)
    page = client_of(officer).get(job.get_absolute_url()).content.decode()
    assert "dừng giữa chừng 3 lần" in page
    assert "Chạy lại" in page
    # Asked for again, it is tried anew.
    client_of(officer).post(reverse("job_again", args=[job.pk]))
    monkeypatch.setattr(jobs, "pdf_of", lambda document, *, user: (b"PDF", []))
    done_by_worker()
    assert len(names_in(job)) == 3


def test_one_that_was_thought_dead_and_is_not_keeps_nothing(job, pages, monkeypatch):
    """It wakes up after its job was taken over: its next report stops it, and its file goes."""
    slow, quick = enlist(), enlist()
    claimed = claim(slow)
    fall_silent()
    assert work_once(quick)
    with pytest.raises(jobs.TakenOver):
        jobs.run(claimed)
    assert names_in(job) == sorted(Document.objects.values_list("pk", flat=True))
    assert files_of(job) == [f"van-ban-{job.pk}-2.zip"]


def test_a_fault_of_the_program_is_told_at_once_and_a_busy_database_is_tried_again(job, monkeypatch):
    def broken(error):
        def raises(*args, **named):
            raise error

        return raises

    monkeypatch.setattr(jobs, "pdf_of", broken(OperationalError("database is locked")))
    work_once(enlist())
    job.refresh_from_db()
    assert (job.state, job.worker, job.tries) == ("waiting", None, 1)
    monkeypatch.setattr(jobs, "pdf_of", broken(ValueError("x")))
    work_once(enlist())
    job.refresh_from_db()
    assert (job.state, job.finished_at is None) == ("failed", False)


def test_a_worker_that_is_ended_leaves_its_job_to_the_next_without_counting(job):
    worker = enlist()
    claim(worker)
    retire(worker)
    job.refresh_from_db()
    assert (job.state, job.tries, Worker.objects.count()) == ("waiting", 0, 0)


# --- Nobody is there


def test_the_page_and_the_supervisor_know_that_no_worker_is_there(job, officer, client_of):
    client, told = client_of(officer), "Chưa có máy chạy nền nào hoạt động"
    assert told in client.get(job.get_absolute_url()).content.decode()
    assert client.get(reverse("healthz")).content == b"ok\nworkers 0\n"
    worker = enlist()
    page = client.get(job.get_absolute_url()).content.decode()
    assert (told in page, "việc vẫn chạy" in page) == (False, True)
    assert client.get(reverse("healthz")).content == b"ok\nworkers 1\n"
    claim(worker)
    fall_silent()
    assert told in client.get(job.get_absolute_url()).content.decode()
    enlist()
    assert "máy khác sắp làm tiếp" in client.get(job.get_absolute_url()).content.decode()


def test_only_what_failed_is_run_again_by_hand(job, officer, client_of):
    claim(enlist())
    fall_silent()
    assert (
        "không cần chạy lại"
        in client_of(officer).post(reverse("job_again", args=[job.pk]), follow=True).content.decode()
    )
    job.refresh_from_db()
    assert job.state == "running"


# --- At once


def _claimed(together, worker):
    together.wait()
    try:
        found = claim(Worker.objects.get(pk=worker))
        return found and found.pk
    finally:
        connections.close_all()


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("lost", [False, True])
def test_six_workers_claim_three_jobs_once_each(officer, lost):
    rows = [Job.objects.create(title="In", by=officer, arguments={"documents": []}) for _ in range(3)]
    if lost:
        for _ in rows:
            claim(enlist())
        fall_silent()
    together = Barrier(6)
    with ThreadPoolExecutor(6) as pool:
        found = list(pool.map(lambda worker: _claimed(together, worker), [enlist().pk for _ in range(6)]))
    assert sorted(key for key in found if key) == [row.pk for row in rows]


def test_a_finished_job_stays_as_it_is(officer):
    Job.objects.create(title="In", by=officer, state="done", finished_at=timezone.now())
    assert not work_once(enlist())
