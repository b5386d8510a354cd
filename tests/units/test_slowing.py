"""Who guesses is slowed down, by address, for all processes of the server together."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection
from django.utils import timezone

from units.models import WrongGuess
from units.slowing import MOST, SECONDS, failed, is_slowed

pytestmark = pytest.mark.django_db


def asked(rf, address="10.0.0.1"):
    return rf.get("/", REMOTE_ADDR=address)


def test_who_guesses_too_often_waits_and_then_may_again(rf):
    for _ in range(MOST):
        assert not is_slowed(asked(rf), "bang")
        failed(asked(rf), "bang")
    assert is_slowed(asked(rf), "bang")
    assert not is_slowed(asked(rf), "giao")
    assert not is_slowed(asked(rf, "10.0.0.2"), "bang")
    WrongGuess.objects.update(began_at=timezone.now() - timedelta(seconds=SECONDS))
    assert not is_slowed(asked(rf), "bang")
    failed(asked(rf), "bang")
    assert not is_slowed(asked(rf), "bang")


def test_what_is_over_is_forgotten_and_a_look_is_one_query(rf, django_assert_num_queries):
    failed(asked(rf), "bang")
    WrongGuess.objects.update(began_at=timezone.now() - timedelta(seconds=SECONDS + 1))
    failed(asked(rf, "10.0.0.2"), "bang")
    assert list(WrongGuess.objects.values_list("address", "number")) == [("10.0.0.2", 1)]
    with django_assert_num_queries(1):
        is_slowed(asked(rf), "bang")


def test_an_address_that_is_no_address_is_counted_too(rf):
    failed(asked(rf, "x" * 500), "bang")
    failed(asked(rf, "x" * 600), "bang")
    assert WrongGuess.objects.get().number == 2


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_all_that_guess_at_once_are_counted(rf):
    start = Barrier(8)

    def guess(_):
        start.wait()
        try:
            for _ in range(3):
                failed(asked(rf), "bang")
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(guess, range(8)))
    assert WrongGuess.objects.get().number == 24
