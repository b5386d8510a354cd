"""The demonstration's data and its administrator, for the tests of the back office."""

from contextlib import contextmanager, nullcontext
from unittest import mock

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from documents.models import Job
from units.models import User


@contextmanager
def without_pages():
    """Papers are issued with a few bytes in place of pages: setting them is two thirds of the time, and tested elsewhere.

    PostgreSQL is told at the end how many rows there are now, as it finds out by itself a minute after real people typed
    them: without that it plans a list of hundreds of units as if there were one.
    """
    with (
        mock.patch("documents.life.issuing.set_pages", return_value=(b"%PDF-1.7 for tests", ())),
        mock.patch("documents.life.issuing.page_count", return_value=1),
    ):
        yield
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


@pytest.fixture(scope="module")
def office(request, django_db_setup, django_db_blocker):
    """The demonstration's data, loaded once for this file and taken back at its end; with true pages where it asks for them."""
    pages = nullcontext() if getattr(request.module, "TRUE_PAGES", False) else without_pages()
    with django_db_blocker.unblock(), transaction.atomic():
        with pages:
            call_command("load_sample_data", verbosity=0)
        quantri = User.objects.get(username="quantri")
        Job.objects.create(title="In 3 văn bản ra PDF", by=quantri, total=3)
        client = Client()
        client.force_login(quantri)
        client.post(reverse("admin:units_sector_add"), {"code": "thu", "name": "Lĩnh vực thử"})
        yield
        transaction.set_rollback(True)


@pytest.fixture
def quantri(office, db):
    """A client logged in as the demonstration's administrator."""
    client = Client()
    client.force_login(User.objects.get(username="quantri"))
    return client
