"""Pacts are laid before the council, confirmed or returned."""

from datetime import date

import pytest
from django.urls import reverse

from clusters.models import Pact
from clusters.pacts import actions as pacts
from clusters.pacts import papers as pact_papers
from documents.drafts import copies
from documents.life.actions import approve, submit
from documents.life.issuing import issue
from documents.models import Document
from documents.steps.refusing import Refused

from ...days import holds, is_taken
from ..conftest import UNITS
from .made import DAY, TODAY, State, again, known_paper, paper, post, scan, sign_all, target


def test_a_pact_is_submitted_and_confirmed_from_the_day_of_the_last_signature_to_today(scanned, officer):
    def submitted_on(day):
        return is_taken(pacts.submit, scanned, by=officer, paper=known_paper(), day=day)

    holds(submitted_on, first=DAY, last=TODAY)
    pacts.submit(scanned, by=officer, paper=known_paper(), day=DAY)

    def confirmed_on(day):
        return is_taken(pacts.confirm, scanned, by=officer, paper=known_paper(), day=day, who="Thường trực")

    holds(confirmed_on, first=DAY, last=TODAY)


def test_a_pact_is_not_submitted_or_confirmed_before_all_have_signed(opened, officer):
    for act in (
        lambda: pacts.submit(opened, by=officer, paper=paper(), day=DAY),
        lambda: pacts.confirm(opened, by=officer, paper=paper("2/TB"), day=DAY, who="x"),
        lambda: pact_papers.draft_submission([opened], by=officer),
    ):
        with pytest.raises(Refused, match="Chờ các bên ký"):
            act()


@pytest.mark.parametrize(
    ("day", "words"), [(date(2026, 3, 15), "từ ngày các bên ký đủ"), (date(2026, 11, 21), "chưa đến")]
)
def test_the_day_of_submission_lies_between_the_signatures_and_today(scanned, officer, day, words):
    with pytest.raises(Refused, match=words):
        pacts.submit(scanned, by=officer, paper=paper(), day=day)


def test_a_registered_submission_is_named_by_its_number(scanned, officer, client_of):
    kept, client = paper(), client_of(officer)
    response = post(client, scanned, "submit", paper="99/TTr-SNV", day="20/03/2026")
    assert "Sổ chưa có văn bản số này" in response.content.decode()
    assert post(client, scanned, "submit", paper="25/TTr-SNV", day="20/03/2026").status_code == 302
    found = again(scanned)
    assert (found.state, found.submission, found.submitted_on) == (State.SUBMITTED, kept, date(2026, 3, 20))


@pytest.fixture
def submission(scanned, officer, director, council, client_of):
    """The draft that the button makes."""
    client_of(officer).post(reverse("draft_pact_submission", args=[2026]), {"giao-uoc": scanned.pk})
    return Document.objects.get(area=pact_papers.OF_PACT.kind)


def issued(draft, officer, leader, clerk, day=date(2026, 3, 20)):
    submit(draft, by=officer)
    approve(draft, by=leader)
    return issue(draft, by=clerk, day=day)


def test_the_submission_is_drafted_and_submits_the_pact_when_it_is_issued(
    scanned, submission, council, officer, leader, clerk, client_of
):
    assert submission.type.code == "TTr"
    assert submission.to == council.name
    assert "xác nhận giao ước thi đua năm 2026 của Cụm các xã phía Bắc" in submission.subject
    assert "| 1 | Giao ước thi đua năm 2026 của Cụm các xã phía Bắc | 04 | 16/3/2026 |" in submission.body
    assert again(scanned).state == State.SIGNED
    assert f"{submission.get_absolute_url()}" in client_of(officer).get(scanned.get_absolute_url()).content.decode()
    with pytest.raises(Refused, match="đang soạn"):
        pact_papers.draft_submission([again(scanned)], by=officer)
    issued(submission, officer, leader, clerk)
    found = again(scanned)
    assert (found.state, found.submission, found.submitted_on) == (State.SUBMITTED, submission, date(2026, 3, 20))
    assert [row.unit for row in submission.deliveries.all()] == [council]


def test_a_submission_of_a_pact_that_was_taken_back_is_not_issued(scanned, submission, who, officer, leader, clerk):
    pacts.take_back(scanned, by=who, reason="Sửa")
    with pytest.raises(Refused, match=r"«Đang soạn».*soạn lại cho các giao ước còn lại"):
        issued(submission, officer, leader, clerk)
    assert again(scanned).state == State.DRAFT


def test_a_submission_that_cannot_lay_its_pact_before_the_council_is_not_issued(
    scanned, submission, who, officer, leader, clerk
):
    pacts.detach(scanned, file=scanned.files.get(), by=who, reason="Nhầm tệp")
    with pytest.raises(Refused, match="chưa có bản đã ký"):
        issued(submission, officer, leader, clerk)
    assert again(scanned).state == State.SIGNED


def test_a_submission_that_is_replaced_or_recalled_is_followed(scanned, submission, officer, leader, clerk):
    first = issued(submission, officer, leader, clerk)
    second = issued(copies.replace(first, by=officer, reason="Sai ngày"), officer, leader, clerk)
    assert again(scanned).submission == second
    issued(copies.recall(second, by=officer, reason="Chưa đủ"), officer, leader, clerk)
    found = again(scanned)
    assert (found.state, found.submission, found.submitted_on) == (State.SIGNED, None, None)


def test_one_submission_lays_several_pacts_before_the_council(
    both_submitted, officer, leader, clerk, director, council
):
    for row in both_submitted:
        pacts.unsubmit(row, by=officer, reason="Trình lại")
    draft = pact_papers.draft_submission(both_submitted, by=officer)
    assert "2 bản giao ước" in draft.body
    issued(draft, officer, leader, clerk)
    assert set(Pact.objects.values_list("state", "submission")) == {(State.SUBMITTED, draft.pk)}


def test_the_council_confirms_with_day_person_and_paper(submitted, officer, client_of):
    kept, client = paper("05/TB-HĐ", "TB", date(2026, 3, 27)), client_of(officer)
    fields = {"paper": "05/TB-HĐ", "day": "27/03/2026", "who": "Thường trực Hội đồng"}
    for wrong, words in [
        ({"day": "19/03/2026"}, "từ ngày trình"),
        ({"day": "21/11/2026"}, "chưa đến"),
        ({"who": ""}, "Hãy điền mục này"),
        ({"paper": ""}, "Hãy điền mục này"),
    ]:
        response = post(client, submitted, "confirm", **(fields | wrong))
        assert response.status_code == 422
        assert words in response.content.decode()
    assert post(client, submitted, "confirm", **fields).status_code == 302
    found = again(submitted)
    assert (found.state, found.confirmation, found.confirmed_on) == (State.CONFIRMED, kept, date(2026, 3, 27))
    assert found.confirmed_by == "Thường trực Hội đồng"


@pytest.fixture
def both_submitted(submitted, officers, officer):
    """The pact of the cluster, submitted on 20/3, and that of the leaders, on 25/3."""
    leaders = pacts.begin(pact_papers.blank(submitted.division), by=officer)
    pacts.write(leaders, targets=[target()], by=officer)
    pacts.open_for_signing(leaders, by=officer)
    sign_all(leaders, officers)
    pacts.attach(leaders, files=[scan()], by=officer)
    pacts.submit(leaders, by=officer, paper=submitted.submission, day=date(2026, 3, 25))
    return [submitted, leaders]


def test_one_paper_confirms_several_pacts_or_none(both_submitted, officer, client_of):
    kept = paper("05/TB-HĐ", "TB", date(2026, 3, 27))
    client, url = client_of(officer), reverse("confirm_pacts", args=[2026])
    keys = {"giao-uoc": [row.pk for row in both_submitted]}
    assert "Hãy chọn ít nhất một giao ước" in client.post(url, follow=True).content.decode()
    assert client.post(url, keys).status_code == 200
    sent = keys | {"act": "confirm", "version": 1, "paper": kept.reference, "day": "24/03/2026", "who": "Thường trực"}
    shown = {f"seen-{row.pk}": again(row).version for row in both_submitted}
    old = {f"seen-{both_submitted[1].pk}": both_submitted[1].version - 1}
    stale = client.post(url, sent | shown | old | {"day": "27/03/2026"})
    assert stale.status_code == 422
    assert "bản mới hơn" in stale.content.decode()
    sent |= shown
    response = client.post(url, sent)
    assert response.status_code == 422
    assert "giữa trưởng các khối, cụm thi đua: Ngày xác nhận phải từ ngày trình" in response.content.decode()
    assert set(Pact.objects.values_list("state", flat=True)) == {State.SUBMITTED}
    assert client.post(url, sent | {"day": "27/03/2026"}).status_code == 302
    assert set(Pact.objects.values_list("state", "confirmation")) == {(State.CONFIRMED, kept.pk)}


def test_nobody_else_confirms(submitted, turn_of, client_of):
    sent = {
        "giao-uoc": submitted.pk,
        "act": "confirm",
        "version": 1,
        "paper": "25/TTr-SNV",
        "day": "27/03/2026",
        "who": "x",
    }
    for role in UNITS:
        with turn_of(role) as person:
            assert client_of(person).post(reverse("confirm_pacts", args=[2026]), sent).status_code == 403
            assert again(submitted).state == State.SUBMITTED


def test_a_pact_that_was_returned_is_corrected_and_signed_anew(submitted, officer, who, officers):
    with pytest.raises(Refused, match="lý do"):
        pacts.give_back(submitted, by=officer, reason=" ")
    pacts.give_back(submitted, by=officer, reason="Chỉ tiêu thấp")
    found = again(submitted)
    assert (found.state, found.signed_on, found.submission) == (State.RETURNED, None, None)
    assert not found.parties.exclude(signed_on=None).exists()
    assert found.files.get().void
    pacts.write(found, targets=[target(planned="10")], by=who)
    pacts.open_for_signing(found, by=who)
    assert sign_all(found, officers).state == State.SIGNED


def test_what_was_recorded_by_mistake_is_taken_back(confirmed, officer):
    pacts.unconfirm(confirmed, by=officer, reason="Nhầm số")
    found = again(confirmed)
    assert (found.state, found.confirmed_on, found.confirmation) == (State.SUBMITTED, None, None)
    pacts.unsubmit(found, by=officer, reason="Nhầm ngày")
    found = again(confirmed)
    assert (found.state, found.submitted_on, found.submission) == (State.SIGNED, None, None)
    assert found.signed_on == DAY
