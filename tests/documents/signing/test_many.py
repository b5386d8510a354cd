"""Many approved papers are signed with one key: each by itself, and what fails with one does not stop the others."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from documents.drafts.copies import copy
from documents.jobs.jobs import run
from documents.jobs.working import claim, enlist
from documents.life import actions as moves
from documents.life import signing_many
from documents.life.issuing import issue
from documents.life.signing import sign_with
from documents.models import Addressee, Document, FileLooked, Job, PagesToSign, SealedKey
from documents.papers.actions import save_draft
from documents.signing import actions, keys, sealing
from documents.signing.keys import Stopped

from .certificates import PASSWORD, file_of

pytestmark = pytest.mark.django_db
SIGNER, BODY = "Nông Văn Minh", "UBND tỉnh Lạng Sơn"


@pytest.fixture
def three(approved, officer, leader):
    """Three approved papers; the second is signed by somebody else."""
    rows = [approved]
    for number in (2, 3):
        draft = copy(approved, by=officer)
        draft.subject, draft.year, draft.month = f"báo cáo lần {number}", approved.year, approved.month
        if number == 2:
            draft.signer, draft.signer_reason = None, "người khác ký"
            draft.second_signer_name, draft.second_capacity = "", ""
        to = [Addressee(key=row.key, label=row.label) for row in approved.addressees.all()]
        save_draft(draft, by=officer, addressees=to)
        moves.submit(draft, by=officer)
        moves.approve(draft, by=leader)
        rows.append(Document.objects.get(pk=draft.pk))
    return rows


def sent(papers, name=SIGNER, password=PASSWORD, **typed):
    key = SimpleUploadedFile("k.p12", file_of(name))
    return {"chon": [paper.pk for paper in papers], "way": "tep", "key": key, "password": password, **typed}


def test_all_that_are_ticked_are_signed_and_the_list_says_so(three, leader, client_of):
    client, page = client_of(leader), reverse("sign_many")
    shown = client.get(page).content.decode()
    assert shown.count('name="chon"') == 3
    # Each is shown: its pages are fetched beside it.
    assert shown.count("Xem các trang") == 3
    told = client.post(page, sent(three[:2]), follow=True).content.decode()
    assert "Đã ký số 2 văn bản" in told
    assert told.count('name="chon"') == 1
    assert [moves.signed_pages(paper) is not None for paper in three] == [True, True, False]
    assert three[0].moves.first().what == "sign"


def test_one_that_fails_does_not_stop_the_others_and_is_left_as_it_was(three, leader, client_of):
    Document.objects.get(pk=three[1].pk)
    other = three[1]
    other.signer, other.signer_name = None, "Hoàng Thị Khác"
    other.save()
    picture_for("Hoàng Thị Khác")
    told = client_of(leader).post(reverse("sign_many"), sent(three), follow=True).content.decode()
    assert "Đã ký số 2 văn bản" in told
    assert "không phải của Hoàng Thị Khác" in told
    assert [moves.signed_pages(paper) is not None for paper in three] == [True, False, True]
    assert other.moves.first().what == "approve"


def picture_for(name):
    from documents.models import SignatureLook
    from units.models import Official

    from .conftest import picture

    return SignatureLook.objects.create(official=Official.objects.create(name=name), content=picture(), wide=40)


def test_a_wrong_password_or_nothing_ticked_signs_nothing_and_keeps_the_ticks(three, leader, client_of):
    client, page = client_of(leader), reverse("sign_many")
    wrong = client.post(page, sent(three, password="sai"))
    assert wrong.status_code == 422
    shown = wrong.content.decode()
    assert "Không mở được tệp khóa" in shown
    assert shown.count("checked>") >= 3
    assert client.post(page, sent([])).status_code == 422
    assert not PagesToSign.objects.exclude(signed=None).exists()


@pytest.mark.parametrize("stage", ["the first", "the second"])
def test_a_token_that_goes_away_leaves_what_was_signed_and_tries_no_other(three, leader, monkeypatch, stage):
    from pkcs11.exceptions import DeviceRemoved

    real, turns = actions.writing.sign, []

    def sign(*args, **kwargs):
        turns.append(1)
        if len(turns) >= (1 if stage == "the first" else 2):
            raise DeviceRemoved
        return real(*args, **kwargs)

    monkeypatch.setattr(actions.writing, "sign", sign)
    with keys.from_file(file_of(SIGNER), PASSWORD) as key:
        outcome = signing_many.take_few(signing_many.SIGN, three, key, by=leader)
    signed = stage == "the second"
    assert (len(outcome.done), len(outcome.refused)) == (signed, 3 - signed)
    assert "rút ra" in outcome.refused[0][1]
    assert outcome.refused[-1][1].startswith("Chưa làm đến.")
    assert len(turns) == 1 + signed
    assert [moves.signed_pages(paper) is not None for paper in three] == [signed, False, False]


def test_a_token_that_goes_away_while_the_body_signs_takes_no_number(three, leader, clerk, monkeypatch):
    from pkcs11.exceptions import DeviceRemoved

    for paper in three[:2]:
        with keys.from_file(file_of(SIGNER), PASSWORD) as key:
            sign_with(paper, key, by=leader)

    def gone(*args, **kwargs):
        raise DeviceRemoved

    monkeypatch.setattr(actions.writing, "sign", gone)
    facts = {"by": clerk, "day": date(2020, 2, 25)}
    with keys.from_file(file_of(BODY), PASSWORD) as key:
        outcome = signing_many.take_few(signing_many.STAMP, three[:2], key, **facts)
    assert [why[:12] for _, why in outcome.refused] == ["Thiết bị ký ", "Chưa làm đến"]
    monkeypatch.undo()
    # The number that it did not take is the next one's.
    with keys.from_file(file_of(BODY), PASSWORD) as key:
        outcome = signing_many.take_few(signing_many.STAMP, three[:2], key, **facts)
    assert sorted(how for _, how in outcome.done) == ["số 01/UBND-KGVX", "số 02/UBND-KGVX"]


def test_the_clerk_numbers_and_stamps_many_and_what_fails_takes_no_number(three, leader, clerk, client_of):
    for paper in three[:2]:
        with keys.from_file(file_of(SIGNER), PASSWORD) as key:
            sign_with(paper, key, by=leader)
    client, page = client_of(clerk), reverse("stamp_many")
    assert client.get(page).content.decode().count('name="chon"') == 2
    day = {"day": "25/02/2020"}
    refused = client.post(page, sent(three[:2], name=SIGNER, **day), follow=True).content.decode()
    assert refused.count("không phải của UBND tỉnh Lạng Sơn") == 2
    assert not Document.objects.exclude(number=None).filter(origin="ours").exists()
    told = client.post(page, sent(three, name=BODY, **day), follow=True).content.decode()
    assert "Đã phát hành 2 văn bản" in told
    assert sorted(Document.objects.filter(state="issued", origin="ours").values_list("number", flat=True)) == [1, 2]
    for paper in three[:2]:
        assert [row.is_good for row in FileLooked.objects.get(document=paper).signatures.all()] == [True, True]


def test_a_long_list_is_a_workers_and_the_key_goes_with_the_last(three, leader, client_of, monkeypatch):
    monkeypatch.setattr(signing_many, "AT_ONCE", 2)
    answer = client_of(leader).post(reverse("sign_many"), sent(three))
    job = Job.objects.get()
    assert answer.url == job.get_absolute_url()
    (kept,) = SealedKey.objects.all()
    assert PASSWORD.encode() not in bytes(kept.content)
    assert PASSWORD not in str(job.arguments)
    run(claim(enlist()))
    job.refresh_from_db()
    assert (job.state, job.message) == (Job.State.DONE, "")
    assert all(moves.signed_pages(paper) for paper in three)
    assert not SealedKey.objects.exists()


def test_a_key_that_was_kept_too_long_signs_nothing(three, leader, monkeypatch):
    job = signing_many.ask(signing_many.SIGN, three, {"content": file_of(SIGNER), "password": PASSWORD}, by=leader)
    SealedKey.objects.update(until=timezone.now())
    run(claim(enlist()))
    job.refresh_from_db()
    assert "Khóa ký đã được xóa" in job.message
    assert not any(moves.signed_pages(paper) for paper in three)
    assert not SealedKey.objects.exists()


def test_the_lock_of_a_key_is_the_programs_own(three, leader, settings):
    job = signing_many.ask(signing_many.SIGN, three, {"content": file_of(SIGNER), "password": PASSWORD}, by=leader)
    settings.SECRET_KEY = "another program"
    with pytest.raises(Exception, match="Khóa ký đã được xóa"):
        sealing.unsealed(job)


def test_no_time_to_be_had_stops_the_list(three, leader, monkeypatch):
    def none():
        raise Stopped("Không lấy được dấu thời gian")

    monkeypatch.setattr(actions, "time_source", none)
    with keys.from_file(file_of(SIGNER), PASSWORD) as key:
        outcome = signing_many.take_few(signing_many.SIGN, three, key, by=leader)
    assert [why[:10] for _, why in outcome.refused] == ["Không lấy ", "Chưa làm đ", "Chưa làm đ"]


def test_the_list_is_of_the_own_body_and_of_those_who_sign(three, leader, officer, unit_officer, client_of):
    assert client_of(officer).get(reverse("sign_many")).status_code == 404
    assert "Không có văn bản nào đang chờ" in client_of(unit_officer).get(reverse("sign_many")).content.decode()
    sent_there = client_of(unit_officer).post(reverse("sign_many"), sent(three))
    assert sent_there.status_code == 422
    assert not PagesToSign.objects.exists()


def test_words_that_were_returned_wait_to_be_signed_again(three, officer, leader, clerk):
    paper, today = three[0], timezone.localdate()
    with keys.from_file(file_of(SIGNER), PASSWORD) as key:
        sign_with(paper, key, by=leader)
    assert paper not in signing_many.to_sign(leader, today)
    assert list(signing_many.to_stamp(clerk, today)) == [paper]
    moves.give_back(paper, by=leader, reason="Sửa")
    fresh = Document.objects.get(pk=paper.pk)
    moves.submit(fresh, by=officer)
    moves.approve(fresh, by=leader)
    assert paper in signing_many.to_sign(leader, today)
    assert not signing_many.to_stamp(clerk, today).exists()


def test_the_next_click_after_approval_is_to_sign_and_after_that_to_issue(approved, leader, clerk, client_of):
    def main(user):
        page = client_of(user).get(approved.get_absolute_url())
        return page.context["main"][0].what if page.context["main"] else None

    assert (main(leader), main(clerk)) == ("sign", "sign")
    with keys.from_file(file_of(SIGNER), PASSWORD) as key:
        sign_with(approved, key, by=leader)
    assert (main(leader), main(clerk)) == (None, "issue")
    issue(approved, by=clerk, day=timezone.localdate().replace(year=2020, month=2, day=25))


def test_what_waits_to_be_signed_stands_on_the_first_page_of_the_leader(three, leader, client_of):
    shown = client_of(leader).get(reverse("home")).content.decode()
    assert "Chờ ký số" in shown
    assert f'href="{reverse("sign", args=[three[0].pk])}"' in shown
    beside = client_of(leader).get(reverse("sign", args=[three[0].pk])).content.decode()
    assert "Còn 2 văn bản khác chờ ký số" in beside
    assert f'href="{reverse("sign_many")}"' in beside
