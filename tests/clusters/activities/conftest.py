"""Activities of the cluster of the north, on one day whatever the machine says."""

import pytest

from clusters.activities import actions as activities

from .logged import TODAY, log


@pytest.fixture(autouse=True)
def _today(monkeypatch):
    """The day that these tests stand on, whatever the machine says."""
    monkeypatch.setattr("django.utils.timezone.localdate", lambda value=None, timezone=None: TODAY)


@pytest.fixture
def who(eight):
    return eight["leader_unit"]


@pytest.fixture
def activity(cluster, who):
    return log(cluster, who)


@pytest.fixture
def reported(activity, who):
    return activities.report(activity, by=who)
