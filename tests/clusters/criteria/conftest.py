"""A draft of criteria for the communes."""

import pytest

from ..scores.scored import make_set


@pytest.fixture
def draft(category, officer):
    return make_set(category, officer)
