"""Six phones send at one moment, everything twice and shuffled, while somebody listens: one state, and no change is missed."""

import random
import threading

import pytest
from django.db import connection
from django.utils import timezone

from conferences.door import taking
from conferences.models import Scan

from .conftest import card, firsts, make_door

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]
PHONES, SCANS, BATCH = 6, 60, 12


def in_threads(acts):
    """Do all of ``acts`` at once; what went wrong."""
    wrong, start = [], threading.Barrier(len(acts))

    def run(act):
        try:
            start.wait()
            act()
        except Exception as failure:
            wrong.append(repr(failure))
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return wrong


def test_six_phones_at_once_end_in_one_state_and_who_listens_hears_all(people, congress, officer):
    rng = random.Random(5)  # noqa: S311  the same every time
    doors = [make_door(congress, officer, f"Cửa {place}") for place in range(PHONES)]
    sent = {door.pk: [card(rng.choice(people), rng.randrange(30, 5000)) for _ in range(SCANS)] for door in doors}
    expected = {}
    by_code = {one.code: one.pk for one in people}
    for scan in (scan for scans in sent.values() for scan in scans):
        key, who = (scan["at"], scan["id"]), by_code[scan["code"]]
        expected[who] = min(expected.get(who, key), key)
    heard, ended = {}, threading.Event()

    def phone(door):
        def act():
            mine = sent[door.pk] * 2
            random.Random(door.pk).shuffle(mine)  # noqa: S311
            for start in range(0, len(mine), BATCH):
                taking.take(door, now=timezone.now().timestamp() * 1000, since=0, scans=mine[start : start + BATCH])

        return act

    def listen():
        since = 0
        while True:
            last = ended.is_set()
            changed, since = taking.changes(congress.pk, since)
            heard.update({key: uid for key, uid, _, _ in changed})
            if last:
                connection.close()
                return

    listener = threading.Thread(target=listen)
    listener.start()
    wrong = in_threads([phone(door) for door in doors])
    ended.set()
    listener.join()
    assert wrong == []
    assert Scan.objects.count() == PHONES * SCANS
    assert firsts(congress) == heard == {who: uid for who, (_, uid) in expected.items()}
