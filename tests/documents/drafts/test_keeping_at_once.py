"""Two windows at the same moment: one of them goes on, the other is told; what was stored leaves nothing behind."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections

from documents.drafts import keeping
from documents.drafts.keeping import Sent
from documents.models import Writing

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgresql]

KEY = "trang-thu-nhat"


def page(tab, serial, *, is_whole=True, **changed):
    return Sent(KEY, tab, serial, is_whole, {name: [value] for name, value in changed.items()})


def together(*acts):
    """What each of ``acts`` gives or raises, all begun at one moment."""
    start = Barrier(len(acts))

    def done(act):
        start.wait()
        try:
            return act()
        except (keeping.Behind, keeping.Taken) as refused:
            return type(refused)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(done, acts))


@pytest.mark.parametrize("time", range(4))
def test_of_two_windows_that_go_on_with_one_key_one_is_told(draft, officer, time):
    keeping.keep(officer, page("the-dau-tien", 0, body="một"), document=draft)
    found = together(
        lambda: keeping.keep(officer, page("the-thu-hai", 1, body="hai"), document=draft),
        lambda: keeping.keep(officer, page("the-thu-ba", 1, body="ba"), document=draft),
    )
    assert found.count(keeping.Taken) == 1
    (row,) = [one for one in found if one is not keeping.Taken]
    assert Writing.objects.get().fields == row.fields


@pytest.mark.parametrize("time", range(4))
def test_of_two_windows_that_begin_with_one_key_one_is_told(draft, officer, time):
    found = together(
        lambda: keeping.keep(officer, page("the-thu-hai", 0, body="hai"), document=draft),
        lambda: keeping.keep(officer, page("the-thu-ba", 0, body="ba"), document=draft),
    )
    assert found.count(keeping.Taken) == 1
    assert Writing.objects.get().serial == 1


@pytest.mark.parametrize("time", range(4))
def test_what_is_sent_while_the_draft_is_stored_leaves_nothing(draft, officer, time):
    keeping.keep(officer, page("the-dau-tien", 0, body="một"), document=draft)
    together(
        lambda: keeping.keep(officer, page("the-dau-tien", 1, is_whole=False, body="hai"), document=draft),
        lambda: keeping.forget(officer, KEY),
    )
    assert not Writing.objects.exists()
