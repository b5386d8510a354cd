"""Two people, one paper, the same moment."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from documents.deliveries.actions import remind
from documents.models import Document, Mail, Reminder
from documents.papers.actions import save_draft
from documents.steps.refusing import Refused, Stale

from ..issued import issue_letter

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


def test_of_two_who_save_the_same_version_at_once_one_wins_and_one_is_told(draft, officer, leader):
    ready = Barrier(2)

    def save(person):
        mine = Document.objects.get(pk=draft.pk)
        mine.subject = f"của {person.username}"
        ready.wait()
        try:
            save_draft(mine, by=person, seen_version=1)
        except Stale:
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


def test_of_two_who_send_the_same_reminder_at_once_one_reminds_and_one_is_told(
    draft, officer, leader, clerk, other_unit
):
    other_unit.email = "so@example.vn"
    other_unit.save()
    letter = issue_letter(draft, officer, leader, clerk, units=[other_unit])
    ready = Barrier(2)

    def send(person):
        ready.wait()
        try:
            remind(letter, [other_unit], by=person, words="Đề nghị trả lời.", mail=True)
        except Refused as refused:
            return str(refused)
        finally:
            connection.close()
        return "reminded"

    with ThreadPoolExecutor(2) as threads:
        outcomes = list(threads.map(send, [officer, leader]))
    assert outcomes.count("reminded") == 1
    winner = [officer, leader][outcomes.index("reminded")]
    assert any(said.startswith(f"{winner} vừa nhắc bằng đúng lời này lúc ") for said in outcomes)
    assert [row.by for row in Reminder.objects.all()] == [row.by for row in Mail.objects.all()] == [winner]
