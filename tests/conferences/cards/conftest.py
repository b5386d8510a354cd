"""What cards are tried with: the congress and its delegates."""

from tests.conferences.delegates.conftest import congress, delegate, delegation, people, plain_catalogue, types  # noqa: F401
