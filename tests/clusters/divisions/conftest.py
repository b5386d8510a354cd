"""A draft of a division with two clusters."""

import pytest

from clusters.divisions import actions as dividing
from clusters.models import Cluster


@pytest.fixture
def draft(division, officer):
    """A draft with two clusters and no members."""
    for name in ("Cụm 1", "Cụm 2"):
        dividing.save_cluster(Cluster(division=division, name=name), by=officer)
    return division
