"""Two people, one draft, the same moment."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from documents.actions import StaleDraft, save_draft
from documents.models import Document

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


def test_of_two_who_save_the_same_version_at_once_one_wins_and_one_is_told(draft, officer, leader):
    ready = Barrier(2)

    def save(person):
        mine = Document.objects.get(pk=draft.pk)
        mine.subject = f"của {person.username}"
        ready.wait()
        try:
            save_draft(mine, by=person, seen_version=1)
        except StaleDraft:
            return "told"
        finally:
            connection.close()
        return "won"

    with ThreadPoolExecutor(2) as threads:
        outcomes = list(threads.map(save, [officer, leader]))
    assert sorted(outcomes) == ["told", "won"]
    draft.refresh_from_db()
    winner = [officer, leader][outcomes.index("won")]
    assert (draft.subject, draft.version, draft.edits.count()) == (f"của {winner.username}", 2, 2)
