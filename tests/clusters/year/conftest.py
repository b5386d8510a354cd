"""The day that tests of the year stand on, and the usual duties."""

import pytest

from clusters.year import actions as milestones

from .dutied import TODAY


@pytest.fixture
def _today(monkeypatch):
    """The day that these tests stand on, whatever the machine says."""
    monkeypatch.setattr("django.utils.timezone.localdate", lambda at=None, zone=None: at.date() if at else TODAY)


@pytest.fixture
def year(cluster, officer):
    """The usual duties of the year."""
    milestones.fill(cluster.division, by=officer)
    return cluster.division
