"""What is typed and not stored: kept by the server for its writer alone, apart from the draft, until it is stored."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from documents.drafts import keeping
from documents.jobs import jobs
from documents.models import Change, Writing
from tests.conftest import make_user
from units.models import Role

from ..conftest import typed

pytestmark = pytest.mark.django_db

KEEP = "keep_typed"
PAGE = {"giu-khoa": "trang-thu-nhat", "giu-the": "the-thu-nhat", "giu-so": "0", "giu-ca": "1"}


@pytest.fixture
def colleague(so_noi_vu):
    return make_user("nam", "Lý Văn Nam", Role.OFFICER, so_noi_vu)


def kept(client, user, document, address="", **changes):
    """What the server answers to a page that sends ``changes``."""
    facts = {"giu-ai": user.pk, "version": document.version if document else "", **PAGE}
    if document:
        facts["pk"] = document.pk
    return client.post(f"{reverse(KEEP)}?{address}", facts | changes, headers={"HX-Request": "true"})


def on(serial, **changes):
    """A change of what the page sent before."""
    return {"giu-ca": "", "giu-so": serial, **changes}


def test_what_is_typed_is_kept_and_offered_to_its_writer_alone(draft, officer, colleague, client_of):
    client = client_of(officer)
    answer = kept(client, officer, draft, subject="việc khác", body="Một câu chưa lưu.")
    assert (answer.status_code, answer.json()["serial"]) == (200, 1)
    draft.refresh_from_db()
    assert "chưa lưu" not in draft.body
    (offered,) = client.get(draft.get_absolute_url()).context["desk"]["kept"]
    assert offered["fields"] == {"subject": ["việc khác"], "body": ["Một câu chưa lưu."], "version": ["1"]}
    page = client_of(colleague).get(draft.get_absolute_url())
    assert page.context["desk"]["kept"] == []
    assert "Một câu chưa lưu" not in page.content.decode()


def test_only_what_changed_is_sent_and_what_went_is_gone(draft, officer, client_of):
    client = client_of(officer)
    kept(client, officer, draft, subject="một", body="hai", addressees=["nhom:1", "nhom:2"])
    kept(client, officer, draft, **on(1, body="ba", **{"giu-bo": ["addressees"]}))
    assert Writing.objects.get().fields == {"subject": ["một"], "body": ["ba"], "version": ["1"]}
    assert Writing.objects.get().serial == 2


def test_a_change_of_what_the_server_has_not_is_asked_for_whole(draft, officer, client_of):
    client = client_of(officer)
    answer = kept(client, officer, draft, **on(3, body="ba"))
    assert (answer.status_code, answer.json()["why"]) == (409, "behind")
    kept(client, officer, draft, body="một")
    assert kept(client, officer, draft, **on(0, body="hai")).json()["why"] == "behind"
    # The answer to the first was lost: the page sends everything again.
    assert kept(client, officer, draft, body="hai").json()["serial"] == 2


def test_two_windows_that_go_on_with_the_same_words_do_not_write_over_each_other(draft, officer, client_of):
    client = client_of(officer)
    kept(client, officer, draft, body="một")
    other = {"giu-the": "the-thu-hai"}
    assert kept(client, officer, draft, **other, **on(1, body="ở cửa sổ hai")).json()["serial"] == 2
    assert kept(client, officer, draft, **{"giu-so": 1}, body="ở cửa sổ một").json()["why"] == "taken"
    assert Writing.objects.get().body == "ở cửa sổ hai"


def test_what_was_overtaken_on_its_way_writes_nothing_over(draft, officer, client_of):
    client = client_of(officer)
    assert kept(client, officer, draft, body="hai", **{"giu-lan": 2}).json()["serial"] == 2
    assert kept(client, officer, draft, body="một", **{"giu-lan": 1}).json()["why"] == "behind"
    assert Writing.objects.get().body == "hai"
    # As high as the page has counted, also where answers were lost; nothing less than one more.
    assert kept(client, officer, draft, body="năm", **{"giu-lan": 5}).json()["serial"] == 5
    assert kept(client, officer, draft, **on(5, body="sáu", **{"giu-lan": 6})).json()["serial"] == 6
    other = {"giu-the": "the-thu-hai", "giu-lan": 1}
    assert kept(client, officer, draft, **other, **on(6, body="bảy")).json()["serial"] == 7


def test_the_clock_is_the_servers(draft, officer, client_of):
    client = client_of(officer)
    for told in (kept(client, officer, draft, body="một").json(), client.get(draft.get_absolute_url()).context["desk"]):
        assert abs(told["now"] / 1000 - timezone.now().timestamp()) < 600


def test_storing_the_draft_ends_what_was_kept_of_it_and_nothing_else(draft, officer, colleague, client_of):
    client = client_of(officer)
    kept(client, officer, draft, body="Câu mới.")
    kept(client, officer, draft, **{"giu-khoa": "trang-thu-hai"}, body="Câu ở cửa sổ khác.")
    kept(client_of(colleague), colleague, draft, body="Câu của người khác.")
    before = Change.objects.count()
    client.post(draft.get_absolute_url(), typed(draft, body="Câu mới.", **{"giu-khoa": PAGE["giu-khoa"]}))
    assert Change.objects.count() == before + 1
    assert {row.body for row in Writing.objects.all()} == {"Câu ở cửa sổ khác.", "Câu của người khác."}
    # What waits on the machine goes once the server says that it was stored, whatever was clicked there.
    told = [client.get(draft.get_absolute_url()).context["desk"]["stored"] for _ in range(2)]
    assert told == [PAGE["giu-khoa"], ""]


def test_a_form_that_is_refused_goes_on_under_its_key(draft, officer, client_of):
    client = client_of(officer)
    kept(client, officer, draft, body="")
    page = client.post(draft.get_absolute_url(), typed(draft, body="", **{"giu-khoa": PAGE["giu-khoa"]}))
    assert page.status_code == 422
    assert (page.context["desk"]["key"], page.context["desk"]["serial"]) == (PAGE["giu-khoa"], 1)
    assert page.context["desk"]["kept"] == []
    assert Writing.objects.count() == 1


def test_nothing_is_written_to_the_log(draft, officer, client_of):
    before = Change.objects.count()
    for serial in range(3):
        kept(client_of(officer), officer, draft, **(on(serial) if serial else {}), body=f"lần {serial}")
    assert Change.objects.count() == before
    assert draft.edits.count() == 1


def test_a_paper_that_was_never_stored_is_offered_where_it_was_begun(officer, province, client_of):
    client, address = client_of(officer), "loai=CV&co_quan=ubnd-tinh"
    kept(client, officer, None, address, subject="thư mới", body="Chưa lưu lần nào.")
    page = client.get(f"{reverse('new_document')}?{address}")
    assert [row["fields"]["subject"] for row in page.context["desk"]["kept"]] == [["thư mới"]]
    assert client.get(f"{reverse('new_document')}?loai=BC&co_quan=ubnd-tinh").context["desk"]["kept"] == []
    assert "thư mới" not in client.get(reverse("choose_type")).content.decode()  # its page is open
    kept(client, officer, None, address, **on(1, subject="thư mới", **{"giu-roi": 1}))
    page = client.get(reverse("choose_type")).content.decode()
    assert "thư mới" in page
    assert f"?{address.replace('&', '&amp;')}" in page
    client.post(reverse("forget_typed"), {"khoa": PAGE["giu-khoa"]})
    assert not Writing.objects.exists()


def test_who_is_on_a_draft_is_seen_by_the_others(draft, officer, colleague, client_of):
    one, other = client_of(officer), client_of(colleague)
    alone = kept(one, officer, draft, **{"giu-viec": "co-mat"}).json()
    assert (alone["others"], alone["newer"]) == ([], "")
    told = kept(other, colleague, draft, body="đang viết").json()
    assert told["others"] == [{"name": "Nguyễn Thị Hòa", "isSelf": False, "isAtWork": False}]
    told = kept(one, officer, draft, **{"giu-viec": "co-mat"}).json()
    assert told["others"] == [{"name": "Lý Văn Nam", "isSelf": False, "isAtWork": True}]
    kept(other, colleague, draft, **{"giu-viec": "co-mat", "giu-roi": 1})
    assert kept(one, officer, draft, **{"giu-viec": "co-mat"}).json()["others"] == []
    assert Writing.objects.of(colleague).get().body == "đang viết"


def test_that_somebody_stored_a_newer_version_is_told_while_one_types(draft, officer, colleague, client_of):
    client_of(colleague).post(draft.get_absolute_url(), typed(draft, body="Bản của Nam."))
    told = kept(client_of(officer), officer, draft, body="Bản của Hòa.").json()
    assert told["newer"].startswith("Lý Văn Nam đã lưu một bản mới hơn lúc ")


def test_a_window_in_which_somebody_else_logged_in_keeps_nothing_for_that_person(draft, officer, colleague, client_of):
    answer = kept(client_of(colleague), officer, draft, body="của Hòa")
    assert (answer.status_code, answer.json()) == (409, {"why": "person", "name": "Lý Văn Nam"})
    assert not Writing.objects.exists()


def test_what_one_person_typed_is_not_stored_in_the_name_of_the_next_at_the_machine(
    draft, officer, colleague, client_of
):
    client, before = client_of(colleague), draft.version
    page = typed(draft, body="Chữ của người mở trang.") | {"giu-ai": officer.pk}
    answer = client.post(draft.get_absolute_url(), page)
    assert answer.status_code == 422
    assert answer.context["desk"]["refused"]
    told = answer.content.decode()
    assert f"máy đang đăng nhập bằng tài khoản của {colleague}" in told
    assert "Chữ của người mở trang." in told
    draft.refresh_from_db()
    assert draft.version == before
    # Pressed again on the page that told so, it is this person's own.
    assert client.post(draft.get_absolute_url(), page | {"giu-ai": colleague.pk}).status_code == 302


def test_who_may_not_write_a_draft_keeps_nothing_of_it(draft, stranger, store_keeper, client_of):
    assert kept(client_of(stranger), stranger, draft, body="x").status_code == 404
    assert kept(client_of(store_keeper), store_keeper, draft, body="x").status_code == 403
    assert not Writing.objects.exists()


def test_an_ended_session_is_told_as_such(draft, officer, client):
    assert kept(client, officer, draft, body="x").status_code == 401


def test_a_paper_that_went_on_is_no_draft_any_more(draft, officer, client_of):
    draft.state = "submitted"
    draft.save()
    client = client_of(officer)
    answer = kept(client, officer, draft, body="Câu gõ khi văn bản đã trình.")
    assert (answer.status_code, answer.json()) == (409, {"why": "over", "state": "Chờ duyệt", "serial": 1})
    Writing.objects.update(seen_at=timezone.now() - timedelta(minutes=5))
    assert "Câu gõ khi văn bản đã trình." in client.get(reverse("choose_type")).content.decode()


@pytest.mark.parametrize("state", ["submitted", "discarded"])
def test_what_is_stored_too_late_is_not_lost(draft, officer, colleague, stranger, client_of, state):
    draft.state = state
    draft.save()
    client, words = client_of(officer), draft.body
    behind = {
        "phu-luc-TOTAL_FORMS": 2,
        "phu-luc-0-title": "Bỏ",
        "phu-luc-0-body": "Chữ bỏ đi.",
        "phu-luc-0-DELETE": "on",
    }
    behind |= {"phu-luc-1-title": "Danh sách", "phu-luc-1-body": "Chữ của phụ lục.", "body-document": "{}"}
    page = typed(draft, body="Câu gõ muộn.") | behind | {"giu-khoa": "trang-thu-nhat", "giu-ai": officer.pk}
    answer = client.post(draft.get_absolute_url(), page, follow=True)
    told = answer.content.decode()
    assert f"Văn bản đang ở bước «{draft.get_state_display()}»" in told
    assert "Câu gõ muộn." in told
    assert "Chữ của phụ lục." in told
    assert "Chữ bỏ đi." not in told
    draft.refresh_from_db()
    assert draft.body == words
    assert "body-document" not in Writing.objects.get().fields
    assert "Câu gõ muộn." not in client_of(colleague).get(reverse("choose_type")).content.decode()
    assert client_of(stranger).post(draft.get_absolute_url(), page).status_code == 404


def test_what_was_typed_into_a_draft_that_is_thrown_away_goes_with_it(draft, officer, colleague, client_of):
    client = client_of(officer)
    kept(client, officer, draft, body="của Hòa")
    kept(client_of(colleague), colleague, draft, body="của Nam")
    client.post(reverse("step", args=[draft.pk]), {"act": "discard", "version": draft.version})
    assert [row.body for row in Writing.objects.all()] == ["của Nam"]
    Writing.objects.update(seen_at=timezone.now() - timedelta(minutes=5))
    assert "của Nam" in client_of(colleague).get(reverse("choose_type")).content.decode()


def test_what_is_too_old_goes_by_itself(draft, officer, client_of, settings):
    settings.TYPED_KEPT_DAYS = 3
    kept(client_of(officer), officer, draft, body="cũ")
    kept(client_of(officer), officer, draft, **{"giu-khoa": "trang-chi-mo-ra", "giu-viec": "co-mat"})
    Writing.objects.update(seen_at=timezone.now() - timedelta(days=2))
    assert keeping.clear() == 1  # the page that was only open
    Writing.objects.update(seen_at=timezone.now() - timedelta(days=4))
    # A worker does it, also where nobody writes.
    jobs.sweep()
    assert not Writing.objects.exists()


def test_more_pages_than_one_person_has_push_out_the_oldest(draft, officer, client_of, monkeypatch):
    monkeypatch.setattr(keeping, "MOST", 2)
    for number in range(4):
        kept(client_of(officer), officer, draft, **{"giu-khoa": f"trang-so-{number}"}, body=str(number))
    assert {row.body for row in Writing.objects.all()} == {"2", "3"}
    # Pages that are only open push out none on which something was typed.
    for number in range(4):
        kept(client_of(officer), officer, draft, **{"giu-khoa": f"trang-mo-{number}", "giu-viec": "co-mat"})
    assert {"3"} <= {row.body for row in Writing.objects.all()}
    assert Writing.objects.count() == 2


@pytest.mark.parametrize(
    "bad", [{"giu-khoa": ""}, {"giu-khoa": "a\0b-------"}, {"giu-the": "x" * 41}, {"giu-so": "9" * 30, "giu-ca": ""}]
)
def test_what_no_page_sends_is_refused(draft, officer, client_of, bad):
    assert kept(client_of(officer), officer, draft, **bad, body="x").json()["why"] == "behind"
    assert not Writing.objects.exists()


def test_signs_that_no_database_takes_are_left_out(draft, officer, client_of):
    kept(client_of(officer), officer, draft, body="Một\0 hai.", **{"ten\0": "x"})
    assert Writing.objects.get().fields == {"body": ["Một hai."], "version": ["1"]}


@pytest.mark.parametrize("pk", ["abc", "9" * 40])
def test_a_key_that_is_none_is_not_found(officer, client_of, draft, pk):
    assert kept(client_of(officer), officer, draft, pk=pk).status_code == 404


def test_an_edit_that_somebody_else_stored_is_not_written_over(draft, officer, colleague, client_of):
    client_of(colleague).post(draft.get_absolute_url(), typed(draft, body="Bản của Nam."))
    page = client_of(officer).post(
        draft.get_absolute_url(), typed(draft, body="Bản của Hòa.", **{"giu-khoa": PAGE["giu-khoa"]})
    )
    assert page.status_code == 422
    draft.refresh_from_db()
    assert draft.body == "Bản của Nam."
