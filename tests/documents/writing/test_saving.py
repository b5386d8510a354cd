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


def parts(**rows):
    """Two appendices as the page sends them, with ``rows`` in the place of some fields."""
    found = {"phu-luc-TOTAL_FORMS": 2, "phu-luc-INITIAL_FORMS": 0}
    for number, title in enumerate(["Một", "Hai"]):
        found |= {f"phu-luc-{number}-title": title, f"phu-luc-{number}-body": f"Lời {title}."}
        found |= {f"phu-luc-{number}-orientation": "portrait", f"phu-luc-{number}-ORDER": number + 1}
    return found | {f"phu-luc-{name}": value for name, value in rows.items()}


def test_appendices_are_stored_in_the_order_of_their_tabs(client_of, officer, draft):
    moved = parts(**{"0-ORDER": 2, "1-ORDER": 1})
    assert send(client_of, officer, draft, **moved).status_code == 302
    assert [row.title for row in draft.appendices.all()] == ["Hai", "Một"]
    page = client_of(officer).get(reverse("document", args=[draft.pk])).content.decode()
    assert page.index('value="Hai"') < page.index('value="Một"')


@pytest.mark.parametrize("order", ["", "x", "-3", "9" * 30, "2"])
def test_a_place_that_is_none_keeps_the_words(client_of, officer, draft, order):
    answer = send(client_of, officer, draft, **parts(**{"0-ORDER": order}))
    assert answer.status_code in (302, 422)
    if answer.status_code == 302:
        assert sorted(row.title for row in draft.appendices.all()) == ["Hai", "Một"]


def test_one_that_was_crossed_out_is_not_judged(client_of, officer, draft):
    gone = parts(**{"0-DELETE": "on", "0-title": "", "0-body": "Chú thích[^9]."})
    assert send(client_of, officer, draft, **gone).status_code == 302
    assert [row.title for row in draft.appendices.all()] == ["Hai"]


def test_a_fault_of_the_paper_stands_in_the_appendix_that_it_is_about(client_of, officer, draft):
    wrong = parts(**{"0-ORDER": 2, "1-ORDER": 1, "0-body": "Đúng.\n\nChú thích[^9] thiếu lời."})
    answer = send(client_of, officer, draft, **wrong)
    assert answer.status_code == 422
    first, second = answer.context["sheet"].appendices.in_order()
    assert first.errors == {}
    assert second["title"].value() == "Một"
    assert second.errors["body"][0].startswith("Dòng 3: ")
    assert answer.context["form"].errors == {}


@pytest.mark.parametrize("total", ["", "x", "-1", "1000000", "1"])
def test_a_count_that_was_tampered_with_is_refused_or_stores_what_is_there(client_of, officer, draft, total):
    answer = send(client_of, officer, draft, **parts(TOTAL_FORMS=total))
    assert answer.status_code in (302, 422)
    assert draft.appendices.count() == (1 if answer.status_code == 302 and total == "1" else 0)


def test_a_citation_that_was_changed_on_the_way_is_told(client_of, officer, draft):
    shown = document(paragraph("Theo ", {"type": "cite", "attrs": {"key": "50/BC-UBND"}}, "."))
    answer = send(client_of, officer, draft, body="Theo {{cite:51/BC-UBND}}.", **{"body-document": shown})
    assert answer.status_code == 422
    assert "«Theo [50/BC-UBND].» và «Theo [51/BC-UBND].»" in answer.content.decode()


def test_halves_of_letters_are_told_too(client_of, officer, draft):
    sent = document(paragraph("\ud800 chữ"))
    answer = send(client_of, officer, draft, body="Chữ.", **{"body-document": sent})
    assert answer.status_code == 422
    assert "«? chữ» và «Chữ.»" in answer.content.decode()
