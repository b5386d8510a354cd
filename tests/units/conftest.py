"""The units of the province."""

import pytest
from django.core.management import call_command
from django.db import transaction


@pytest.fixture(scope="module")
def province(django_db_setup, django_db_blocker):
    """The units of the province, loaded once for a file of tests and taken back at its end."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_units", verbosity=0)
        yield
        transaction.set_rollback(True)
