"""The pages that follow what is typed: only what changed is sent, and each piece of a page leads to the words it was set of."""

import pytest
from django.urls import reverse

from documents.drafts import judged
from documents.drafts.places import placed
from documents.printing import pages
from documents.typesetting import apart

from ..conftest import typed
from .test_keeping import kept, on

pytestmark = pytest.mark.django_db

LONG = "\n\n".join(f"Đoạn thứ {number} có vài chữ để in ra giấy cho đủ trang." for number in range(40))


def drawn(client, draft, **changes):
    answer = client.post(reverse("preview"), typed(draft, pk=draft.pk) | changes)
    assert answer["Content-Type"] == "application/json", answer.content.decode()
    return answer.json()


def test_only_pages_that_changed_come_with_a_picture(draft, officer, client_of):
    client = client_of(officer)
    first = drawn(client, draft, body=LONG)
    assert first["total"] == len(first["pages"]) > 1
    assert all(page["png"].startswith("data:image/png;base64,") for page in first["pages"])
    keys = [page["key"] for page in first["pages"]]
    again = drawn(client, draft, body=LONG + " Thêm.", **{"giu-trang": keys})
    assert [bool(page["png"]) for page in again["pages"]] == [False] * (len(keys) - 1) + [True]
    assert again["pages"][0]["key"] == keys[0]
    assert again["pages"][-1]["key"] not in keys


def test_what_changed_since_it_was_kept_is_enough(draft, officer, client_of):
    client = client_of(officer)
    whole = {name: value for name, value in typed(draft).items() if name != "version"}
    kept(client, officer, draft, **whole)
    changes = {"pk": draft.pk, "giu-khoa": "trang-thu-nhat", "giu-the": "the-thu-nhat", "giu-so": 1, "body": LONG}
    assert client.post(reverse("preview"), changes).json()["pages"] == drawn(client, draft, body=LONG)["pages"]
    assert client.post(reverse("preview"), changes | {"giu-so": 2}).status_code == 409
    kept(client, officer, draft, **on(1, body="một"))
    assert client.post(reverse("preview"), changes).status_code == 409


def test_what_another_kept_is_nobodys_to_draw(draft, officer, leader, client_of):
    kept(
        client_of(officer), officer, draft, **{name: value for name, value in typed(draft).items() if name != "version"}
    )
    changes = {"pk": draft.pk, "giu-khoa": "trang-thu-nhat", "giu-the": "the-thu-nhat", "giu-so": 1}
    assert client_of(leader).post(reverse("preview"), changes).status_code == 409


@pytest.mark.parametrize(("why", "is_asked_again"), [(apart.Busy(apart.BUSY), True), (apart.NotSet(apart.SLOW), False)])
def test_a_server_that_has_no_time_is_asked_again(draft, officer, client_of, monkeypatch, why, is_asked_again):
    def refuse(*args, **kwargs):
        raise why

    monkeypatch.setattr(pages, "follow", refuse)
    answer = client_of(officer).post(reverse("preview"), typed(draft, pk=draft.pk))
    assert str(why) in answer.content.decode()
    assert answer.has_header("Retry-After") == is_asked_again


def test_of_a_long_paper_pages_are_drawn_from_the_one_that_is_asked_for(draft, officer, client_of, monkeypatch):
    monkeypatch.setattr(pages, "PREVIEW_PAGES", 2)
    client, body = client_of(officer), "\n\n".join([LONG] * 3)
    begin, late = drawn(client, draft, body=body), drawn(client, draft, body=body, **{"giu-tu": 99})
    assert (begin["first"], late["first"]) == (0, begin["total"] - 2)
    assert [len(found["pages"]) for found in (begin, late)] == [2, 2]
    assert begin["pages"][0]["key"] != late["pages"][0]["key"]
    # From the words to any page: where each stands is told of all.
    assert begin["places"] == late["places"]
    assert max(place[0] for place in begin["places"]) == begin["total"] - 1


BODY = """# I. Mục

Đoạn
hai dòng[^1].

| A | B |
|---|---|
| 1 | 2 |
| 3 | 4 |

[^1]: Lời của chú thích.

Đoạn cuối."""


def lines_of(answer, field):
    """{line: how many lines} of the pieces of ``field``."""
    return {place[2]: place[3] for place in answer["places"] if place[1] == field}


def test_each_piece_of_a_page_leads_to_its_field_and_line(draft, officer, client_of):
    appendix = {"phu-luc-TOTAL_FORMS": 2, "phu-luc-0-DELETE": "on"}
    appendix |= {"phu-luc-0-title": "Bỏ", "phu-luc-0-body": "Bỏ.", "phu-luc-0-orientation": "portrait"}
    appendix |= {
        "phu-luc-1-title": "Danh sách",
        "phu-luc-1-body": "Dòng đầu.\n\nDòng ba.",
        "phu-luc-1-orientation": "portrait",
    }
    answer = drawn(client_of(officer), draft, body=BODY, **appendix)
    assert {1, 3, 8, 9, 11, 13} <= set(lines_of(answer, "body"))
    assert lines_of(answer, "body")[3] == 2
    assert lines_of(answer, "phu-luc-1-body") == {1: 1, 3: 1}
    fields = {place[1] for place in answer["places"]}
    assert {"subject", "symbol", "date", "to", "recipients", "capacity", "signer_name", "phu-luc-1-title"} <= fields
    assert "phu-luc-0-body" not in fields
    assert all(0 <= share <= 1 for place in answer["places"] for share in place[4:8])


def test_each_signer_and_the_superior_body_lead_to_their_own_fields(draft, officer, client_of):
    second = {"second_capacity": "THƯ KÝ", "second_signer_name": "Chu Thị Mai", "superior": "UBND TỈNH"}
    places = drawn(client_of(officer), draft, **second)["places"]
    by_field = {place[1]: place for place in places}
    assert {"second_capacity", "second_signer_name", "capacity", "signer_name", "superior", "issuer"} <= set(by_field)
    assert by_field["second_signer_name"][4] < by_field["signer_name"][4]
    assert by_field["superior"][5] <= by_field["issuer"][5]


def test_rows_below_a_head_of_two_rows_lead_to_their_own_lines():
    text = "| A | < |\n|---|---|\n| b | c |\n|---|---|\n| 1 | 2 |\n| 3 | 4 |"
    rows = [[0, 0, "row", f"0.{number}", 0.1, 0.1, 0.5, 0.1, []] for number in range(4)]
    assert [place[2] for place in placed(rows, [("body", text)])] == [1, 3, 5, 6]


def test_a_place_tells_how_many_letters_each_of_its_lines_has(draft, officer, client_of):
    words = "Sở Nội vụ đề nghị các đơn vị báo cáo kết quả. " * 5
    answer = drawn(client_of(officer), draft, body=words.strip())
    (place,) = [place for place in answer["places"] if place[1] == "body"]
    letters = [count for _, count in place[8]]
    assert len(letters) > 2
    # Each line ends with a space that is not printed; the mark at the end is added.
    assert abs(sum(letters) - len(words.strip())) <= len(letters) + 3
    tops = [top for top, _ in place[8]]
    assert tops == sorted(tops)


def test_what_is_printed_and_nowhere_typed_leads_nowhere():
    place = [0, 0, "body", "7", 0.1, 0.1, 0.5, 0.1, []]
    assert placed([place], [("body", "Một.\n\nHai.")]) == [[0, "body", 3, 1, 0.1, 0.1, 0.5, 0.1, []]]
    assert placed([[0, 0, "note", "3", 0.1, 0.1, 0.5, 0.1, []]], [("body", "Một.")]) == []


# --- What was judged a moment ago


@pytest.fixture
def forms(monkeypatch):
    """How many forms were judged."""
    made = []

    class Counted(judged.Sheet):
        def __init__(self, *args):
            made.append(args)
            super().__init__(*args)

    monkeypatch.setattr(judged, "Sheet", Counted)
    judged._known.clear()
    return made


APPENDIX = {"phu-luc-TOTAL_FORMS": 1, "phu-luc-0-title": "Danh sách", "phu-luc-0-orientation": "portrait"}


def test_where_only_texts_changed_the_form_is_not_judged_again(draft, officer, client_of, forms):
    client = client_of(officer)
    drawn(client, draft, body="Một.", **APPENDIX, **{"phu-luc-0-body": "Hai."})
    quick = drawn(client, draft, body="Một  khác\r\nnữa.", **APPENDIX, **{"phu-luc-0-body": "Hai khác."})
    assert len(forms) == 1
    judged._known.clear()
    assert drawn(client, draft, body="Một  khác\r\nnữa.", **APPENDIX, **{"phu-luc-0-body": "Hai khác."}) == quick
    assert len(forms) == 2


@pytest.mark.parametrize(
    "changes",
    [
        {"subject": "việc khác"},
        {"body": "Céng hßa x· héi chñ nghÜa ViÖt Nam"},
        {"body": "MẬT\n\nMột."},
        {"body": "  "},
        {"body": "M\0ột."},
        {"version": 7},
    ],
)
def test_where_anything_else_changed_it_is(draft, officer, client_of, forms, changes):
    client = client_of(officer)
    drawn(client, draft, body="Một.")
    client.post(reverse("preview"), typed(draft, pk=draft.pk) | {"body": "Một."} | changes)
    assert len(forms) == 2


def test_what_is_remembered_grows_old_and_is_bounded(draft, officer, client_of, forms, monkeypatch):
    monkeypatch.setattr(judged, "MOST", 2)
    for subject in ("một", "hai", "ba", "một"):
        drawn(client_of(officer), draft, subject=subject)
    assert (len(forms), len(judged._known)) == (4, 2)
    assert all(known.document.body == "" for _, known in judged._known.values())
    monkeypatch.setattr(judged, "SECONDS", 0)
    drawn(client_of(officer), draft, subject="một")
    assert len(forms) == 5


def test_who_may_not_see_a_draft_any_more_is_shown_nothing_that_is_remembered(
    draft, officer, other_unit, client_of, forms
):
    client = client_of(officer)
    drawn(client, draft)
    officer.unit = other_unit
    officer.save()
    assert client.post(reverse("preview"), typed(draft, pk=draft.pk)).status_code == 404


def test_a_stored_change_is_judged_again(draft, officer, client_of, forms):
    client = client_of(officer)
    drawn(client, draft)
    client.post(draft.get_absolute_url(), typed(draft, body="Đã lưu."))
    drawn(client, draft)
    assert len(forms) == 2
