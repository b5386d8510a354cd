"""Texts that a unit keeps to begin papers from."""

from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from documents.life.actions import submit
from documents.models import Change, Document, DocumentType, OfficeText, Wording
from documents.texts.actions import TEXTS, keep
from documents.texts.models import State

from ...walking import turns_of, walk

pytestmark = pytest.mark.django_db


def kept(unit, name="Công văn đôn đốc", **fields):
    """A text of ``unit``, as the program brings it."""
    letter, facts = DocumentType.objects.get(code="CV"), {"body": "Đề nghị các đơn vị báo cáo."} | fields
    return keep(OfficeText(unit=unit, type=letter, name=name, **facts))


def typed(text, **changes):
    """What the form of ``text`` sends."""
    return text.words | {"version": text.version} | changes


def test_the_words_of_a_paper_become_a_text_of_the_own_unit(draft, officer, client_of):
    visitor, address = client_of(officer), reverse("keep_text", args=[draft.pk])
    assert visitor.get(address).context["form"]["body"].value() == draft.body
    visitor.post(address, {"name": "Đôn đốc báo cáo", "subject": draft.subject, "body": draft.body})
    text = OfficeText.objects.get()
    assert (text.name, text.unit, text.type, text.body) == ("Đôn đốc báo cáo", officer.unit, draft.type, draft.body)


def test_a_paper_begins_from_a_text(officer, so_noi_vu, client_of):
    text = kept(so_noi_vu, subject="đôn đốc báo cáo", to="Sở Y tế")
    response = client_of(officer).get(reverse("new_document"), {"mau": text.pk, "co_quan": so_noi_vu.code})
    form = response.context["form"]
    assert (form["subject"].value(), form["body"].value(), form["to"].value(), form["recipients"].value()) == (
        "đôn đốc báo cáo",
        "Đề nghị các đơn vị báo cáo.",
        "Sở Y tế",
        "Như trên",
    )
    assert not Document.objects.exists()


def test_a_unit_sees_its_own_texts_and_those_for_everybody(officer, so_noi_vu, other_unit, client_of):
    own, shared, foreign = kept(so_noi_vu), kept(None, "Mẫu chung"), kept(other_unit, "Mẫu Sở Y tế")
    visitor = client_of(officer)
    assert set(visitor.get(reverse("texts")).context["page_obj"].object_list) == {own, shared}
    assert visitor.get(reverse("new_document"), {"mau": foreign.pk, "co_quan": "so-noi-vu"}).status_code == 404
    statuses = [visitor.get(reverse("text", args=[row.pk])).status_code for row in (own, shared, foreign)]
    assert statuses == [200, 200, 404]


WHO_MAY = {
    "unit": {"officer", "leader", "clerk", "administrator"},
    "all": {"officer", "leader", "administrator"},
    "person": {"officer"},
}


@pytest.mark.parametrize("whose", WHO_MAY)
@pytest.mark.parametrize(("state", "step"), [(State.KEPT, "drop"), (State.DROPPED, "take_back")])
def test_who_throws_a_text_away_and_takes_it_back(whose, state, step, people, so_noi_vu, client_of):
    text = kept(
        None if whose == "all" else so_noi_vu, owner=people["officer"] if whose == "person" else None, state=state
    )
    may = {name: {step} if name in WHO_MAY[whose] else set() for name in people}
    walk(
        TEXTS, lambda: OfficeText.objects.get(pk=text.pk), turns_of(people), client_of, may=may, typed={}, reasons=(),
        known=lambda row: Change.objects.filter(about="text", key=row.pk).count(), but=("edit", "put_back"),
    )  # fmt: skip


def test_what_was_thrown_away_is_offered_to_nobody_and_a_draft_that_began_from_it_goes_on(
    officer, so_noi_vu, client_of
):
    text, visitor = kept(so_noi_vu), client_of(officer)
    visitor.post(reverse("text_step", args=[text.pk]), {"act": "drop", "version": 1})
    assert list(visitor.get(reverse("texts")).context["page_obj"]) == []
    groups = visitor.get(reverse("choose_type")).context["groups"]
    assert [text for _, offers in groups for offer in offers for text in offer.texts] == []
    assert list(visitor.get(reverse("texts"), {"state": "dropped"}).context["page_obj"]) == [text]
    address = {"mau": text.pk, "co_quan": so_noi_vu.code}
    assert visitor.get(reverse("new_document"), address).status_code == 200
    assert kept(so_noi_vu).pk != text.pk  # its name is free again
    answer = visitor.post(reverse("text_step", args=[text.pk]), {"act": "take_back", "version": 1})
    assert "vừa có ở đây" in answer.content.decode()
    text.refresh_from_db()
    assert text.state == State.DROPPED


def test_a_second_text_of_the_same_name_is_refused_and_the_words_stay(draft, officer, so_noi_vu, client_of):
    kept(so_noi_vu)
    words = {"name": "Công văn đôn đốc", "subject": "", "body": "Lời văn vừa gõ."}
    response = client_of(officer).post(reverse("keep_text", args=[draft.pk]), words)
    assert response.status_code == 422
    assert "Đã có mẫu cùng tên cho loại này." in response.content.decode()
    assert "Lời văn vừa gõ." in response.content.decode()


def test_texts_are_found_without_accents(officer, so_noi_vu, client_of):
    text = kept(so_noi_vu)
    kept(so_noi_vu, "Giấy mời họp")
    assert list(client_of(officer).get(reverse("texts"), {"q": "don doc"}).context["page_obj"]) == [text]


# --- Whose


def test_a_text_is_written_from_nothing_for_oneself_the_unit_or_all(officer, unit_officer, so_noi_vu, client_of):
    letter, visitor = DocumentType.objects.get(code="CV"), client_of(officer)
    words = {"type": letter.pk, "name": "Mời họp", "body": "Kính mời dự họp."}
    for whose in ("rieng", "don-vi", "moi"):
        assert visitor.post(reverse("new_text"), words | {"whose": whose}).status_code == 302
    found = OfficeText.objects.order_by("pk").values_list("owner", "unit", "name")
    assert list(found) == [
        (officer.pk, so_noi_vu.pk, "Mời họp"),
        (None, so_noi_vu.pk, "Mời họp"),
        (None, None, "Mời họp"),
    ]
    refused = client_of(unit_officer).post(reverse("new_text"), words | {"whose": "moi"})
    assert (refused.status_code, "whose" in refused.context["form"].errors) == (422, True)


def test_what_one_keeps_for_oneself_no_colleague_sees_and_what_is_shared_goes_back_to_nobody(
    officer, leader, so_noi_vu, client_of
):
    own, shared = kept(so_noi_vu, owner=officer), kept(so_noi_vu, "Chung")
    visitor = client_of(leader)
    assert visitor.get(reverse("text", args=[own.pk])).status_code == 404
    assert list(visitor.get(reverse("texts")).context["page_obj"]) == [shared]
    refused = client_of(officer).post(reverse("text", args=[shared.pk]), typed(shared, whose="rieng"))
    assert "whose" in refused.context["form"].errors


def test_a_unit_reads_what_all_use_and_changes_nothing_of_it(unit_officer, client_of):
    text, visitor = kept(None), client_of(unit_officer)
    page = visitor.get(reverse("text", args=[text.pk]))
    assert "Đề nghị các đơn vị báo cáo." in page.content.decode()
    assert visitor.post(reverse("text", args=[text.pk]), typed(text, body="Khác.")).status_code == 403
    assert visitor.post(reverse("put_text_back", args=[text.pk, 1]), {"version": 1}).status_code == 302
    text.refresh_from_db()
    assert (text.body, text.version) == ("Đề nghị các đơn vị báo cáo.", 1)


# --- Versions


def test_each_change_leaves_a_version_with_who_when_before_and_after(officer, leader, so_noi_vu, client_of):
    text = kept(so_noi_vu)
    client_of(officer).post(reverse("text", args=[text.pk]), typed(text, body="Đề nghị báo cáo gấp.", name="Đôn đốc"))
    text.refresh_from_db()
    assert (text.version, text.name) == (2, "Đôn đốc")
    change = Change.objects.get(about="text", key=text.pk)
    assert (change.what, change.version, change.by) == ("edit", 2, officer)
    assert change.changes["Nội dung"] == ["Đề nghị các đơn vị báo cáo.", "Đề nghị báo cáo gấp."]
    page = client_of(leader).get(reverse("text_history", args=[text.pk])).content.decode()
    assert "Bản 2" in page
    assert officer.full_name in page
    assert "<del>" in page
    # The same again is no version.
    client_of(officer).post(reverse("text", args=[text.pk]), typed(text))
    assert Wording.objects.filter(about="text", key=text.pk).count() == 2


def test_an_earlier_version_is_put_back_as_the_newest(officer, so_noi_vu, client_of):
    text, visitor = kept(so_noi_vu), client_of(officer)
    visitor.post(reverse("text", args=[text.pk]), typed(text, body="Lời khác."))
    stale = visitor.post(reverse("put_text_back", args=[text.pk, 1]), {"version": 1}, follow=True)
    assert "đã lưu một bản mới hơn" in stale.content.decode()
    assert visitor.post(reverse("put_text_back", args=[text.pk, 9]), {"version": 2}).status_code == 404
    visitor.post(reverse("put_text_back", args=[text.pk, 1]), {"version": 2})
    text.refresh_from_db()
    assert (text.version, text.body) == (3, "Đề nghị các đơn vị báo cáo.")
    assert [row.words["body"] for row in Wording.objects.filter(about="text", key=text.pk)] == [
        "Đề nghị các đơn vị báo cáo.",
        "Lời khác.",
        "Đề nghị các đơn vị báo cáo.",
    ]
    assert Change.objects.filter(about="text", what="put_back", version=3, by=officer).exists()


def test_who_saves_later_is_told_and_covers_nothing(officer, leader, so_noi_vu, client_of):
    text = kept(so_noi_vu)
    client_of(officer).post(reverse("text", args=[text.pk]), typed(text, body="Của Hòa."))
    answer = client_of(leader).post(reverse("text", args=[text.pk]), typed(text, body="Của Đăng."))
    assert answer.status_code == 422
    assert "Của Đăng." in answer.content.decode()
    text.refresh_from_db()
    assert text.body == "Của Hòa."


def test_what_is_typed_into_a_text_that_somebody_throws_away_meanwhile_is_not_lost(
    officer, leader, so_noi_vu, client_of
):
    text, visitor = kept(so_noi_vu), client_of(officer)
    TEXTS["drop"](text, by=leader, seen_version=1)
    answer = visitor.post(reverse("text", args=[text.pk]), typed(text, body="Lời mới."))
    assert (answer.status_code, answer.context["form"]["body"].value()) == (422, "Lời mới.")
    assert "Đã bỏ" in str(answer.context["form"].non_field_errors())
    page = visitor.get(reverse("text", args=[text.pk])).content.decode()
    assert f"{leader} bỏ lúc" in page
    TEXTS["take_back"](text, by=leader, seen_version=1)
    assert visitor.post(reverse("text", args=[text.pk]), typed(text, body="Lời mới.")).status_code == 302


def test_a_draft_remembers_from_which_text_and_version_it_began(officer, so_noi_vu, client_of, signer):
    text, visitor = kept(so_noi_vu, subject="đôn đốc"), client_of(officer)
    address = f"{reverse('new_document')}?mau={text.pk}&co_quan={so_noi_vu.code}"
    page = visitor.get(address)
    form = page.context["form"]
    sent = {name: form[name].value() or "" for name in form.fields if name not in ("addressees", "version")}
    sent |= {"capacity": "GIÁM ĐỐC", "signer_name": "Nông Văn Bịa", "to": "Sở Y tế", "mau-ban": "1"}
    sent |= {f"{name}-{part}": "0" for name in ("phu-luc", "nhiem-vu") for part in ("TOTAL_FORMS", "INITIAL_FORMS")}
    assert 'name="mau-ban" value="1"' in page.content.decode()
    # Somebody changes the text while the draft is being typed.
    visitor.post(reverse("text", args=[text.pk]), typed(text, body="Lời mới."))
    answer = visitor.post(address, sent)
    assert answer.status_code == 302, answer.context["form"].errors
    draft = Document.objects.get()
    assert (draft.beginning.text, draft.beginning.number, draft.body) == (text, 1, "Đề nghị các đơn vị báo cáo.")
    page = visitor.get(reverse("document", args=[draft.pk])).content.decode()
    assert "bản 1 (mẫu nay là bản 2" in " ".join(page.split())
    submit(draft, by=officer)
    page = visitor.get(reverse("document", args=[draft.pk])).content.decode()
    assert f"{text.name}, bản 1" in page


def test_the_lists_are_paged_exported_and_ask_as_much_for_many_as_for_few(officer, so_noi_vu, client_of):
    visitor = client_of(officer)
    kept(so_noi_vu, "Mẫu 0")
    visitor.get(reverse("texts"))
    with CaptureQueriesContext(connection) as few:
        visitor.get(reverse("texts"))
    for number in range(1, 31):
        kept(so_noi_vu, f"Mẫu {number:02d}", body="Kính gửi {đơn vị}.")
    with CaptureQueriesContext(connection) as many:
        page = visitor.get(reverse("texts"))
    assert len(page.context["page_obj"]) == 25
    assert len(many) <= len(few) + 1  # the count of pages
    file = visitor.get(reverse("texts"), {"xuat": "xlsx", "q": "mau 30"})
    sheet = load_workbook(BytesIO(b"".join(file.streaming_content) if file.streaming else file.content)).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert [row[3] for row in rows if row[0] == "Mẫu 30"] == ["{đơn vị}"]
