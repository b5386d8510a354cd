"""The demonstration's data and its administrator, for the tests of the back office."""

import pytest
from django.test import Client
from django.urls import reverse

from documents.models import Job
from units.models import User


@pytest.fixture(scope="module")
def office(sample):
    """The demonstration, with the little that the back office shows and it does not bring."""
    quantri = User.objects.get(username="quantri")
    Job.objects.create(title="In 3 văn bản ra PDF", by=quantri, total=3)
    client = Client()
    client.force_login(quantri)
    client.post(reverse("admin:units_sector_add"), {"code": "thu", "name": "Lĩnh vực thử"})


@pytest.fixture
def quantri(office, db):
    """A client logged in as the demonstration's administrator."""
    client = Client()
    client.force_login(User.objects.get(username="quantri"))
    return client
