"""What a page of writing sends: the source, and beside it what its editor showed."""

import json

import pytest
from django.urls import reverse

from documents.models import Document

from ..conftest import typed
from .documents import document, note, paragraph

SHOWN = document(
    paragraph("Sở Nội vụ đề nghị các đơn vị báo cáo", note("Báo cáo theo mẫu đính kèm."), " kết quả thi đua."),
)


def send(client_of, officer, draft, **changes):
    return client_of(officer).post(reverse("document", args=[draft.pk]), typed(draft, **changes))


def test_a_draft_is_stored_where_the_editor_showed_the_same(client_of, officer, draft):
    answer = send(client_of, officer, draft, subject="điều khác", **{"body-document": SHOWN})
    assert answer.status_code == 302
    assert Document.objects.get().subject == "điều khác"


def test_words_that_were_changed_on_the_way_are_refused_and_shown(client_of, officer, draft):
    other = draft.body.replace("đề nghị", "yêu cầu")
    answer = send(client_of, officer, draft, body=other, **{"body-document": SHOWN})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Chữ hiện trong ô soạn và chữ gửi lên để lưu khác nhau ở khối thứ 1 (đoạn văn)" in page
    assert "«Sở Nội vụ đề nghị" in page
    assert Document.objects.get().body == draft.body
    # The editor begins with what was sent, so that saving again is a decision.
    assert json.dumps("Sở Nội vụ yêu cầu các đơn vị báo cáo")[1:-1] in page


def test_a_document_that_no_editor_makes_is_refused(client_of, officer, draft):
    answer = send(client_of, officer, draft, **{"body-document": '{"type": "doc", "content": [{"type": "script"}]}'})
    assert answer.status_code == 422
    assert "Bản soạn gửi lên không đúng dạng" in answer.content.decode()


def test_an_appendix_is_compared_too(client_of, officer, draft):
    appendix = {
        "phu-luc-TOTAL_FORMS": 1, "phu-luc-INITIAL_FORMS": 0, "phu-luc-0-title": "Danh sách",
        "phu-luc-0-orientation": "portrait", "phu-luc-0-body": "Năm đơn vị.",
    }  # fmt: skip
    answer = send(
        client_of, officer, draft, **appendix, **{"phu-luc-0-body-document": document(paragraph("Sáu đơn vị."))}
    )
    assert answer.status_code == 422
    assert "«Sáu đơn vị.» và «Năm đơn vị.»" in answer.content.decode()
    answer = send(
        client_of, officer, draft, **appendix, **{"phu-luc-0-body-document": document(paragraph("Năm đơn vị."))}
    )
    assert answer.status_code == 302


def test_without_an_editor_the_source_is_stored(client_of, officer, draft):
    assert send(client_of, officer, draft, body="Một đoạn khác.").status_code == 302
    assert Document.objects.get().body == "Một đoạn khác."


def test_a_page_opens_the_editor_on_the_stored_words(client_of, officer, draft):
    page = client_of(officer).get(reverse("document", args=[draft.pk])).content.decode()
    assert json.dumps("Báo cáo theo mẫu đính kèm.")[1:-1] in page
    assert "data-writing-document" in page


def test_words_that_no_editor_can_hold_have_no_document(client_of, officer, draft):
    draft.body = "Chú thích[^1] không lời."
    draft.save()
    page = client_of(officer).get(reverse("document", args=[draft.pk])).content.decode()
    assert "<div data-writing-document" not in page


def test_a_source_is_read_for_the_editor(client_of, officer, draft):
    answer = client_of(officer).post(reverse("open_source"), {"source": "Một.\r\n\r\nHai."}).json()
    assert [block["attrs"]["raw"] for block in answer["document"]["content"]] == ["Một.", "Hai."]
    assert client_of(officer).post(reverse("open_source"), {"source": "[^1]"}).json() == {"document": None}


def test_only_who_writes_may_ask(client_of, store_keeper):
    for address in ("open_source", "convert_words"):
        assert client_of(store_keeper).post(reverse(address), {}).status_code == 403


def test_pasted_words_in_an_old_encoding_are_converted(client_of, officer):
    words = json.dumps(["Céng hßa x· héi", "chñ nghÜa ViÖt Nam"])
    answer = client_of(officer).post(reverse("convert_words"), {"words": words}).json()
    assert answer["words"] == ["Cộng hòa xã hội", "chủ nghĩa Việt Nam"]
    assert answer["old"] == "TCVN3 (ABC)"
    assert "Cộng hòa xã hội" in answer["sample"]


@pytest.mark.parametrize("words", ["{", "5", "[5]"])
def test_words_that_are_none_are_refused(client_of, officer, words):
    assert client_of(officer).post(reverse("convert_words"), {"words": words}).status_code == 400


def test_words_as_they_should_be_stay(client_of, officer):
    words = json.dumps(["Cộng hòa xã hội", "chủ nghĩa"])
    assert client_of(officer).post(reverse("convert_words"), {"words": words}).json() == {"old": None}
