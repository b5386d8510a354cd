"""Where papers are begun: what a person writes most stands first, types under what they are for, each with its texts."""

from datetime import date

import pytest
from django.urls import reverse

from documents.models import Document, DocumentType, OfficeText, Usual
from documents.papers.actions import save_draft
from documents.source.types import BUILT_IN, PURPOSE_OF

from ..conftest import words

pytestmark = pytest.mark.django_db


def page_for(client, **asked):
    """The page where papers are begun."""
    return client.get(reverse("choose_type"), asked)


def test_every_type_of_the_decree_has_its_place():
    assert set(PURPOSE_OF) == set(BUILT_IN)
    stored = dict(DocumentType.objects.written_here().values_list("code", "purpose"))
    assert stored == PURPOSE_OF
    assert set(PURPOSE_OF.values()) < set(DocumentType.Purpose.values)


def test_types_stand_under_what_they_are_for_those_written_most_first(officer, client_of):
    DocumentType.objects.create(code="TM", name="Thư mời họp mặt", form="named")
    groups = page_for(client_of(officer)).context["groups"]
    assert groups[0][0] == "Trao đổi, đề nghị"
    assert [offer.type.code for offer in groups[0][1]] == ["CV", "PC", "PG", "PB"]
    assert [(heading, [offer.type.code for offer in rows]) for heading, rows in groups][-1] == ("Loại khác", ["TM"])


def test_what_a_person_writes_most_stands_first(officer, leader, province, client_of):
    for code in ("GM", "GM", "PA"):
        save_draft(Document(**words(type=DocumentType.objects.get(code=code), issuer_unit=province)), by=officer)
    save_draft(Document(**words(type=DocumentType.objects.get(code="HĐ"), issuer_unit=province)), by=leader)
    often = page_for(client_of(officer)).context["often"]
    assert [type.code for type in often] == ["GM", "PA", "CV", "BC", "KH", "TTr"]
    assert client_of(officer).get(reverse("home")).context["often"] == often


def test_a_text_is_chosen_with_its_type_in_one_click_the_unit_s_own_first(officer, other_unit, so_noi_vu, client_of):
    letter = DocumentType.objects.get(code="CV")
    shared, foreign, own = (
        OfficeText.objects.create(unit=unit, type=letter, name=name, body="Đề nghị.")
        for unit, name in ((None, "A chung"), (other_unit, "A lạ"), (so_noi_vu, "B riêng"))
    )
    answer = page_for(client_of(officer))
    offer = answer.context["groups"][0][1][0]
    assert offer.texts == [own, shared]
    page = answer.content.decode()
    assert f"?mau={own.pk}&amp;co_quan={so_noi_vu.code}" in page
    assert f"?mau={foreign.pk}&" not in page


def test_it_says_what_a_letter_begins_with_and_asks_for_a_section_that_nobody_knows(officer, so_noi_vu, client_of):
    so_noi_vu.symbol = "SNV"
    so_noi_vu.save()
    page = page_for(client_of(officer)).content.decode()
    assert "công văn số …/SNV-VP · Lưu: VT, VP" in page
    assert "chưa có người ký" in page
    assert "Chưa biết phòng của bạn, đang ghi VP." in page
    Usual.objects.create(by=officer, issuer=so_noi_vu, section="TĐKT")
    page = page_for(client_of(officer)).content.decode()
    assert "công văn số …/SNV-TĐKT · Lưu: VT, TĐKT" in page
    assert "Chưa biết phòng" not in page


def test_who_belongs_to_a_unit_that_ended_is_told_whom_to_ask(officer, so_noi_vu, client_of):
    so_noi_vu.ended = date(2025, 2, 28)
    so_noi_vu.save()
    page = page_for(client_of(officer)).content.decode()
    assert "Tài khoản chưa gắn với đơn vị đang hoạt động." in page


def test_the_page_asks_as_often_for_many_texts_as_for_one(officer, so_noi_vu, client_of, django_assert_max_num_queries):
    letter, client = DocumentType.objects.get(code="CV"), client_of(officer)
    for number in range(40):
        OfficeText.objects.create(unit=so_noi_vu, type=letter, name=f"Mẫu {number}", body="Đề nghị.")
    with django_assert_max_num_queries(16):
        page_for(client)
