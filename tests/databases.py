"""The databases of a run of tests: each is made once, by the first process that needs it, and every process has its copy.

Migrating takes ten seconds of a processor and loading the sample as many; a copy takes milliseconds.
"""

import fcntl
import os
import shutil
import sqlite3
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from unittest import mock

import pytest
from django.conf import settings
from django.core.management import call_command
from django.core.signals import setting_changed
from django.db import connection, transaction
from django.db.migrations.state import ProjectState
from django.test import TransactionTestCase

# Late in 2026, so that nothing of the sample is still to come.
SAMPLE_DAY = datetime(2026, 11, 23, 2, tzinfo=UTC)
REAL = settings.DATABASES["default"]["NAME"]
# Pages that a process of the run has set, by the digest of their HTML.
PAGES = settings.DATA_DIR / "pages"


def named(part):
    """The name of the database ``part`` of this run; never that of a real one."""
    if connection.vendor == "sqlite":
        return str(settings.DATA_DIR / f"test-{part}.sqlite3")
    return f"test_{REAL}_{part}"


def names():
    """The file of the names of all databases that this run has made."""
    return settings.DATA_DIR / f"{connection.vendor}.databases"


def drop_all():
    """At the end of the run: none of its databases is left, nor its pages."""
    for folder in (PAGES, files_of(REAL).parent):
        shutil.rmtree(folder, ignore_errors=True)
    lead_to(REAL)
    if names().exists():
        for name in set(names().read_text().split("\n")) - {""}:
            drop(name)
        names().unlink()
        for made in settings.DATA_DIR.glob(f"{connection.vendor}-*.made"):
            made.unlink()


def drop(name):
    """The database ``name`` is gone, whoever still looks at it."""
    if connection.vendor == "sqlite":
        for ending in ("", "-wal", "-shm"):
            Path(name + ending).unlink(missing_ok=True)
    else:
        with connection._nodb_cursor() as cursor:
            cursor.execute(f"DROP DATABASE IF EXISTS {connection.ops.quote_name(name)} WITH (FORCE)")


def files_of(name):
    """The folder of the files that rows of the database ``name`` lead to. Files go by their content: were the folder one for all,
    the same sheet in two tests at once would be one file, and who is done with it takes it from the other.
    """
    return settings.DATA_DIR / "files" / Path(name).name


def create(name, source=""):
    """Make the database ``name`` anew: empty, or as ``source``, which nobody may look at meanwhile; its files too."""
    connection.close()
    shutil.rmtree(files_of(name), ignore_errors=True)
    if source and files_of(source).exists():
        shutil.copytree(files_of(source), files_of(name))
    with names().open("a") as kept:
        kept.write(f"{name}\n")
    if connection.vendor == "sqlite" and source:
        copy_file(source, name)
        return
    drop(name)
    if connection.vendor == "postgresql":
        template = f" TEMPLATE {connection.ops.quote_name(source)}" if source else ""
        with connection._nodb_cursor() as cursor:
            cursor.execute(f"CREATE DATABASE {connection.ops.quote_name(name)}{template}")


def copy_file(source, name):
    """The SQLite database ``name`` is as ``source``, in one transaction.

    A window that is closed sends its last words, and the server may open the database for them at this very moment. Were its
    files removed and copied, SQLite would lay what that request wrote over the copy: a database without tables.
    """
    with closing(sqlite3.connect(source)) as read, closing(sqlite3.connect(name)) as written:
        written.execute("PRAGMA synchronous=OFF")
        read.backup(written)


def lead_to(name):
    """Have the connection, and those that threads and processes open later, lead to the database ``name``, and to its files."""
    connection.close()
    connection.settings_dict["NAME"] = name
    settings.MEDIA_ROOT = files_of(name)
    setting_changed.send(sender=None, setting="MEDIA_ROOT", value=settings.MEDIA_ROOT, enter=True)


@contextmanager
def leading_to(name):
    """The connection leads to the database ``name`` meanwhile."""
    before = connection.settings_dict["NAME"]
    lead_to(name)
    try:
        yield
    finally:
        lead_to(before)


def alone(state, app_label, model_name, delay=False):
    """Which models are made anew when a migration changes one: that one. Django takes all that relations lead to: it makes
    ten thousand, four fifths of the time, for the same tables. Code that a migration runs gets all of them made anew, as ever.
    """
    state.is_delayed = True
    return {(app_label, model_name)}


def made_once(part, *commands, source=""):
    """The name of the database ``part``, made from ``source`` by ``commands``; if another process is at it, it is waited for."""
    name = named(part)
    with (settings.DATA_DIR / f"{connection.vendor}-{part}.made").open("a") as made:
        fcntl.flock(made, fcntl.LOCK_EX)
        if not os.fstat(made.fileno()).st_size:
            create(name, source)
            with leading_to(name):
                for command in commands:
                    call_command(command, verbosity=0)
                if connection.vendor == "postgresql":
                    # It finds out by itself how many rows there are a minute after people typed them. Until then it plans
                    # a list of hundreds of units as if there were one.
                    with connection.cursor() as cursor:
                        cursor.execute("ANALYZE")
            made.write("made")
    return name


def migrated():
    with mock.patch.object(ProjectState, "_find_reload_model", alone):
        return made_once("migrated", "migrate")


def papers_of_the_sample():
    with mock.patch("django.utils.timezone.now", return_value=SAMPLE_DAY):
        return made_once("papers", "load_sample_data", source=migrated())


def whole_sample():
    commands = (
        "load_sample_clusters", "load_sample_campaigns", "load_catalogue", "load_sample_awards", "load_sample_conferences",
    )  # fmt: skip
    with mock.patch("django.utils.timezone.now", return_value=SAMPLE_DAY):
        return made_once("sample", *commands, source=papers_of_the_sample())


@cache
def own(make):
    """The name of this process's copy of the database that ``make`` gives."""
    source = make()
    name = f"{source}_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"
    create(name, source)
    return name


@contextmanager
def lent(make):
    """The connection leads to this process's copy of a database of the sample, on its day; what is done to it is taken back."""
    today = mock.patch("django.utils.timezone.now", return_value=SAMPLE_DAY)
    with leading_to(own(make)), today, transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker):
    """In place of pytest-django's, which migrates a database for every process."""
    with django_db_blocker.unblock():
        lead_to(own(migrated))


@pytest.fixture(scope="module")
def sample(django_db_setup, django_db_blocker):
    """The whole demonstration, for a file of tests."""
    with django_db_blocker.unblock(), lent(whole_sample):
        yield


@pytest.fixture(scope="module")
def sample_papers(django_db_setup, django_db_blocker):
    """The demonstration without clusters and campaigns, its papers on true pages, for a file of tests."""
    with django_db_blocker.unblock(), lent(papers_of_the_sample):
        yield


def leave_nothing(test):
    """At the end of a test that commits. Django would empty table by table, the rows of migrations with them."""
    create(own(migrated), migrated())


TransactionTestCase._fixture_teardown = leave_nothing
