"""The demonstration's data and its administrator, for the tests of the back office."""

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.urls import reverse

from documents.models import Job
from units.models import User


@pytest.fixture(scope="module")
def office(django_db_setup, django_db_blocker):
    """The demonstration's data, loaded once for this file and taken back at its end."""
    with django_db_blocker.unblock(), transaction.atomic():
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
