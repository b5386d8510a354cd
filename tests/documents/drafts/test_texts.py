"""Texts that a unit keeps to begin papers from."""

import pytest
from django.urls import reverse

from documents.models import Document, DocumentType, OfficeText

pytestmark = pytest.mark.django_db


def kept(unit, name="Công văn đôn đốc", **fields):
    """A text of ``unit``."""
    letter = DocumentType.objects.get(code="CV")
    return OfficeText.objects.create(unit=unit, type=letter, name=name, body="Đề nghị các đơn vị báo cáo.", **fields)


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
    assert statuses == [200, 404, 404]
    assert [visitor.post(reverse("drop_text", args=[row.pk])).status_code for row in (own, shared, foreign)] == [
        302,
        404,
        404,
    ]
    assert set(OfficeText.objects.all()) == {shared, foreign}


def test_a_second_text_of_the_same_name_is_refused_and_the_words_stay(draft, officer, so_noi_vu, client_of):
    kept(so_noi_vu)
    typed = {"name": "Công văn đôn đốc", "subject": "", "body": "Lời văn vừa gõ."}
    response = client_of(officer).post(reverse("keep_text", args=[draft.pk]), typed)
    assert response.status_code == 422
    assert "Đơn vị đã có mẫu cùng tên cho loại này." in response.content.decode()
    assert "Lời văn vừa gõ." in response.content.decode()


def test_texts_are_found_without_accents(officer, so_noi_vu, client_of):
    text = kept(so_noi_vu)
    kept(so_noi_vu, "Giấy mời họp")
    assert list(client_of(officer).get(reverse("texts"), {"q": "don doc"}).context["page_obj"]) == [text]
