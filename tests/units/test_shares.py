"""Votes that are needed, shares as they are shown, who is chosen among equals."""

from decimal import Decimal

import pytest

from units.shares import chosen_of, share, votes_needed


@pytest.mark.parametrize(
    ("percent", "entitled", "needed"),
    [
        ("80", 5, 4),
        ("80", 4, 4),
        ("80", 9, 8),
        ("80", 10, 8),
        ("80", 10_000, 8000),
        ("79.99", 10_000, 7999),
        ("66.67", 3, 3),
        ("66.66", 3, 2),
        ("100", 7, 7),
        ("0.01", 7, 1),
    ],
)
def test_the_threshold_is_the_least_whole_number_of_votes(percent, entitled, needed):
    percent = Decimal(percent)
    assert votes_needed(percent, entitled) == needed
    assert 100 * needed >= percent * entitled > 100 * (needed - 1)


@pytest.mark.parametrize(
    ("votes", "entitled", "words"),
    [
        (4, 5, "80 %"),
        (7999, 10_000, "79,99 %"),
        (79_999, 100_000, "79,99 %"),
        (8, 9, "88,89 %"),
        (2, 3, "66,67 %"),
        (5, 6, "83,33 %"),
        (1, 3, "33,33 %"),
        (0, 3, "0 %"),
        (3, 3, "100 %"),
        (1, 10, "10 %"),
    ],
)
def test_a_share_is_rounded_but_never_up_to_the_threshold(votes, entitled, words):
    assert share(votes, entitled, Decimal(80)) == words


@pytest.mark.parametrize(
    ("votes", "seats", "chosen"),
    [
        ([4, 3, 4], 2, {0, 2}),
        ([4, 3, 4], 1, set()),
        ([5, 4, 4], 2, {0}),
        ([5, 4, 3], 2, {0, 1}),
        ([5, 4, 4], 3, {0, 1, 2}),
        ([2, 2, 2], 3, set()),
        ([5, 4, 4, 4], 3, {0}),
        ([], 1, set()),
    ],
)
def test_equals_at_the_last_seat_are_not_chosen_by_the_program(votes, seats, chosen):
    assert chosen_of(dict(enumerate(votes)), seats, 3) == chosen
