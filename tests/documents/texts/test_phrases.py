"""Phrases: kept for oneself, for the unit, for all; found and put into a paper with their gaps filled; never another unit's."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from documents.models import Change, Phrase, Wording
from documents.texts.actions import PHRASES, keep
from documents.texts.models import State

from ...walking import turns_of, walk

pytestmark = pytest.mark.django_db


def phrase(unit, name="kính trình", body="{Cơ quan} kính trình xem xét.", **facts):
    """A phrase of ``unit``."""
    return keep(Phrase(unit=unit, name=name, body=body, **facts))


@pytest.fixture
def phrases(officer, leader, so_noi_vu, other_unit):
    """One of each reach, as the officer of Sở Nội vụ stands to them."""
    return {
        "own": phrase(so_noi_vu, "của tôi", owner=officer),
        "unit": phrase(so_noi_vu, "của sở"),
        "all": phrase(None, "của mọi đơn vị"),
        "colleague": phrase(so_noi_vu, "của anh Đăng", owner=leader),
        "foreign": phrase(other_unit, "của Sở Y tế"),
        "dropped": phrase(so_noi_vu, "đã bỏ", state=State.DROPPED),
    }


def found(visitor, words=""):
    return {row["name"] for row in visitor.get(reverse("phrase_search"), {"q": words}).json()["results"]}


def put(visitor, row, **facts):
    return visitor.post(reverse("put_phrase", args=[row.pk]), facts)


def test_the_editor_offers_the_own_those_of_the_unit_and_those_for_all(phrases, officer, unit_officer, client_of):
    assert found(client_of(officer)) == {"của tôi", "của sở", "của mọi đơn vị"}
    assert found(client_of(officer), "mọi don vi") == {"của mọi đơn vị"}
    assert found(client_of(unit_officer)) == {"của mọi đơn vị", "của Sở Y tế"}


@pytest.mark.parametrize(
    ("which", "status"),
    [("own", 200), ("unit", 200), ("all", 200), ("colleague", 404), ("foreign", 404), ("dropped", 404)],
)
def test_what_is_not_offered_is_not_put_in_either(which, status, phrases, officer, draft, client_of):
    assert put(client_of(officer), phrases[which], pk=draft.pk).status_code == status
    pages = [reverse(name, args=[phrases[which].pk]) for name in ("phrase", "phrase_history")]
    expected = 200 if which == "dropped" else status
    assert [client_of(officer).get(page).status_code for page in pages] == [expected] * 2


def test_nobody_puts_a_phrase_into_a_draft_of_another_unit(phrases, unit_officer, draft, client_of):
    assert put(client_of(unit_officer), phrases["all"], pk=draft.pk).status_code == 404


def test_who_writes_no_papers_gets_none(phrases, store_keeper, council_member, client_of):
    for person in (store_keeper, council_member):
        visitor = client_of(person)
        assert visitor.get(reverse("phrase_search")).status_code == 403
        assert put(visitor, phrases["all"], nguyen="1").status_code == 403
        assert visitor.get(reverse("phrases")).status_code == 403


def test_a_phrase_is_filled_from_what_is_typed_at_this_moment(officer, draft, signer, client_of):
    row = phrase(None, body="{Cơ quan} ở {địa danh}, {người ký}, năm {năm}, gửi {đơn vị}.")
    facts = {"pk": draft.pk, "place": "Cao Lộc", "signer": "", "signer_name": "Bà Bịa", "date": "03/2019"}
    answer = put(client_of(officer), row, **facts).json()
    assert answer["source"] == f"{draft.issuer_name} ở Cao Lộc, Bà Bịa, năm 2019, gửi [đơn vị]."
    assert answer["document"]["content"][0]["type"] == "paragraph"
    wrong = put(client_of(officer), row, **facts | {"date": "99/99"}).json()["source"]
    assert f"năm {draft.year}," in wrong


def test_where_no_paper_is_written_gaps_stay_gaps(officer, client_of):
    row = phrase(None)
    assert put(client_of(officer), row, nguyen="1").json()["source"] == "{Cơ quan} kính trình xem xét."


def test_a_draft_that_was_never_stored_fills_a_phrase_too(officer, so_noi_vu, client_of):
    address = f"{reverse('put_phrase', args=[phrase(None).pk])}?loai=CV&co_quan={so_noi_vu.code}"
    assert client_of(officer).post(address, {}).json()["source"] == "Sở Nội vụ kính trình xem xét."


def test_what_is_selected_is_kept_as_a_phrase(officer, client_of):
    visitor, address = client_of(officer), reverse("keep_selected")
    told = visitor.post(address, {"name": "mời họp", "whose": "rieng", "body": "Kính **mời** dự họp."}).json()
    assert told == {"told": "Đã lưu cụm từ «mời họp»."}
    row = Phrase.objects.get()
    assert (row.owner, row.unit, row.body, row.version) == (officer, officer.unit, "Kính **mời** dự họp.", 1)
    assert Change.objects.get(about="phrase", key=row.pk).what == "begin"
    again = visitor.post(address, {"name": "mời họp", "whose": "rieng", "body": "Khác."}).json()
    assert again == {"faults": ["Đã có cụm từ cùng tên. Hãy đặt tên khác."]}
    nameless = visitor.post(address, {"name": " ", "whose": "rieng", "body": "Khác."}).json()
    assert nameless["faults"][0].startswith("Tên gọi ngắn: ")
    foreign = visitor.post(address, {"name": "a", "whose": "rieng", "body": "Mời {ai}."}).json()
    assert "Không có chỗ điền {ai}." in foreign["faults"][0]
    assert Phrase.objects.count() == 1


def test_a_unit_cannot_share_with_all(unit_officer, client_of):
    answer = (
        client_of(unit_officer).post(reverse("keep_selected"), {"name": "a", "whose": "moi", "body": "Lời."}).json()
    )
    assert answer["faults"][0].startswith("Dùng cho: ")


def test_a_phrase_has_versions_and_an_earlier_one_is_put_back(officer, so_noi_vu, client_of):
    row, visitor = phrase(so_noi_vu), client_of(officer)
    visitor.post(reverse("phrase", args=[row.pk]), {"name": row.name, "body": "Khác.", "version": 1})
    visitor.post(reverse("put_phrase_back", args=[row.pk, 1]), {"version": 2})
    row.refresh_from_db()
    assert (row.version, row.body) == (3, "{Cơ quan} kính trình xem xét.")
    page = visitor.get(reverse("phrase_history", args=[row.pk])).content.decode()
    assert page.count("history-entry") == 3
    assert Wording.objects.filter(about="phrase").count() == 3


def test_versions_of_a_text_and_of_a_phrase_of_one_key_are_told_apart(so_noi_vu, officer, client_of):
    row = phrase(so_noi_vu)
    assert client_of(officer).post(reverse("put_text_back", args=[row.pk, 1]), {"version": 1}).status_code == 404


@pytest.mark.parametrize(("state", "step"), [(State.KEPT, "drop"), (State.DROPPED, "take_back")])
def test_who_throws_a_phrase_of_all_away_and_takes_it_back(state, step, people, client_of):
    row = phrase(None, state=state)
    may = {name: {step} if name in ("officer", "leader", "administrator") else set() for name in people}
    walk(
        PHRASES, lambda: Phrase.objects.get(pk=row.pk), turns_of(people), client_of, may=may, typed={}, reasons=(),
        known=lambda row: Change.objects.filter(about="phrase", key=row.pk).count(), but=("edit", "put_back"),
    )  # fmt: skip


def test_the_search_asks_as_much_for_many_as_for_few(officer, so_noi_vu, client_of):
    visitor = client_of(officer)
    phrase(so_noi_vu)
    found(visitor)
    with CaptureQueriesContext(connection) as few:
        found(visitor)
    for number in range(40):
        phrase(so_noi_vu, f"cụm {number}", owner=officer if number % 2 else None)
    with CaptureQueriesContext(connection) as many:
        assert len(visitor.get(reverse("phrase_search")).json()["results"]) == 30
    assert len(many) == len(few)
    with CaptureQueriesContext(connection) as listed:
        page = visitor.get(reverse("phrases"))
    assert len(page.context["page_obj"]) == 25
    assert visitor.get(reverse("phrases"), {"whose": "rieng", "q": "cum 1"}).context["page_obj"].paginator.count > 0
    assert visitor.get(reverse("phrases"), {"xuat": "xlsx"}).status_code == 200
    assert len(listed) < 25


def test_words_that_print_as_they_are_stay_so_in_the_search(officer, client_of):
    phrase(None, "<b>đậm</b>", body="<script>alert(1)</script>")
    row = client_of(officer).get(reverse("phrase_search")).json()["results"][0]
    assert (row["name"], row["words"]) == ("<b>đậm</b>", "<script>alert(1)</script>")
    page = client_of(officer).get(reverse("phrases")).content.decode()
    assert "<script>alert" not in page


def test_what_bears_a_mark_of_secrecy_is_kept_as_no_phrase(officer, client_of):
    words = {"name": "a", "whose": "rieng", "body": "TỐI MẬT\n\nNội dung."}
    answer = client_of(officer).post(reverse("keep_selected"), words).json()
    assert "Có dấu độ mật «TỐI MẬT»" in answer["faults"][0]
    assert not Phrase.objects.exists()


def test_what_one_kept_for_oneself_is_shared_where_one_is_now(officer, other_unit, so_noi_vu, client_of):
    row = phrase(other_unit, owner=officer)
    answer = client_of(officer).post(
        reverse("phrase", args=[row.pk]), {"name": row.name, "body": row.body, "whose": "don-vi", "version": 1}
    )
    row.refresh_from_db()
    assert (answer.status_code, row.owner, row.unit) == (302, None, so_noi_vu)
