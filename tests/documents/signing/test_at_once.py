"""Two clerks stamp one paper, and two papers, at the same moment: each number once, each paper whole."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from django.db import connection

from documents.drafts.copies import copy
from documents.life import actions as moves
from documents.life.issuing import issue
from documents.life.signing import sign_with
from documents.models import Addressee, Document, IssuedCopy, PagesToSign
from documents.papers.actions import save_draft
from documents.signing import keys, looking
from documents.signing.actions import stamped
from documents.signing.signers import stamp_of
from documents.steps.refusing import Refused

from .certificates import PASSWORD, file_of

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]
DAY, SIGNER, BODY = date(2020, 2, 25), "Nông Văn Minh", "UBND tỉnh Lạng Sơn"


def stamp(paper, pdf):
    with keys.from_file(file_of(BODY), PASSWORD) as key:
        return stamped(pdf, paper, key, stamp_of(paper))


def sign(paper, by):
    with keys.from_file(file_of(SIGNER), PASSWORD) as key:
        return sign_with(paper, key, by=by)


def at_once(tasks) -> list[str]:
    """What each of ``tasks`` came to, begun at one moment."""
    ready = Barrier(len(tasks))

    def run(task):
        ready.wait()
        try:
            return f"done {task()}"
        except Refused as refused:
            return str(refused)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(tasks)) as threads:
        return list(threads.map(run, tasks))


def test_of_two_who_stamp_one_paper_one_issues_it_and_one_is_told(approved, leader, clerk):
    sign(approved, leader)
    outcomes = at_once([lambda: issue(Document.objects.get(pk=approved.pk), by=clerk, day=DAY, stamp=stamp).number] * 2)
    assert [one for one in outcomes if one.startswith("done")] == ["done 1"]
    content = bytes(IssuedCopy.objects.get(document=approved).content)
    assert [one.is_whole and one.is_allowed for one in looking.signatures(content)] == [True, True]


def test_two_papers_that_are_stamped_at_once_get_a_number_each_and_bear_it(approved, officer, leader, clerk):
    draft = copy(approved, by=officer)
    draft.year, draft.month = approved.year, approved.month
    to = [Addressee(key=row.key, label=row.label) for row in approved.addressees.all()]
    save_draft(draft, by=officer, addressees=to)
    moves.submit(draft, by=officer)
    moves.approve(draft, by=leader)
    papers = [approved.pk, draft.pk]
    for key in papers:
        sign(Document.objects.get(pk=key), leader)
    tasks = [
        lambda key=key: issue(Document.objects.get(pk=key), by=clerk, day=DAY, stamp=stamp).number for key in papers
    ]
    assert sorted(at_once(tasks)) == ["done 1", "done 2"]
    for paper in Document.objects.filter(pk__in=papers):
        content = bytes(IssuedCopy.objects.get(document=paper).content)
        assert f"/V ({paper.number:02d})".encode() in content or f"{paper.number:02d}".encode() in content
        assert [one.is_whole and one.is_allowed for one in looking.signatures(content)] == [True, True]


def test_of_two_who_sign_at_once_no_signature_is_lost_in_silence(approved, leader, clerk):
    outcomes = at_once([lambda by=by: sign(Document.objects.get(pk=approved.pk), by) for by in (leader, clerk)])
    kept = PagesToSign.objects.get(document=approved)
    assert len(looking.signatures(bytes(kept.signed))) == 1
    assert sum(one.startswith("done") for one in outcomes) >= 1
    assert all(one.startswith("done") or "Người khác vừa ký số" in one for one in outcomes)
