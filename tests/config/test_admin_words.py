"""The back office speaks Vietnamese: a walk through all its pages for words that do not."""

import re

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse
from django.utils.translation import trans_real

from awards.models import Amendment, AwardType, Criterion, Decider, Definition, Measure, Office, Statement
from documents.models import Document, DocumentType
from documents.steps.models import EDIT, PAPER, Change
from tests.config.test_admin import READ_ONLY, page_of
from tests.config.vietnamese_pages import WORD, foreign_words, is_foreign, texts
from units.models import Official, Sector, Unit, UnitChange, User
from units.text import fold

CATALOGUE = [Amendment, AwardType, Criterion, Decider, Definition, Measure, Office, Statement]
EDITABLE = [Unit, UnitChange, Sector, Official, User, DocumentType, *CATALOGUE]
# What nobody deletes has no page for it.
KEPT = [Unit, *CATALOGUE]


def names_in_data():
    """Words that are codes and user names, and so need not be Vietnamese."""
    codes = [
        *Unit.objects.values_list("code", flat=True),
        *User.objects.values_list("username", flat=True),
        *DocumentType.objects.values_list("code", flat=True),
        *Document.objects.values_list("reference", flat=True),
    ]
    return {word.lower() for code in codes for word in WORD.findall(code)}


def rows_of(model):
    """Rows whose pages are looked at: the first, and those that have more on them than others."""
    # Of the log, the back office shows the edits of papers.
    shown = model._default_manager.filter(about=PAPER, what=EDIT) if model is Change else model._default_manager
    rows = [shown.first()]
    if model is Document:
        rows += [
            Document.objects.filter(appendices__isnull=False).first(),
            Document.objects.filter(origin="cited").first(),
        ]
    if model is Unit:
        rows += [Unit.objects.get(code="so-noi-vu-2025"), Unit.objects.get(code="so-noi-vu")]
    if model is LogEntry:
        rows = list(LogEntry.objects.all()[:3])
    return rows


def pages_of(model):
    """Addresses of every page of ``model`` that can be opened by a link or a search."""
    found = [page_of(model, "changelist"), page_of(model, "changelist", query="?q=khongcogica")]
    found.append(page_of(model, "changelist", query="?_popup=1"))
    if model in EDITABLE:
        found += [page_of(model, "add"), page_of(model, "add", query="?_popup=1")]
    for row in rows_of(model):
        found += [page_of(model, "change", row.pk), page_of(model, "history", row.pk)]
        if model in EDITABLE and model not in KEPT:
            found.append(page_of(model, "delete", row.pk))
    return found


def filters_on(html, address):
    """Addresses of the filters, sorts and dates that the list at ``address`` offers."""
    queries = {query.replace("&amp;", "&") for query in re.findall(r'href="(\?[^"#]+)"', html)}
    return sorted(address.split("?")[0] + query for query in queries if "_popup" not in query)


def foreign_on(client, addresses):
    """What is not Vietnamese on the pages at ``addresses``, and the pages that do not open."""
    names = names_in_data()
    found = []
    for address in addresses:
        answer = client.get(address)
        if answer.status_code != 200:
            found.append(f"{address}: {answer.status_code}")
            continue
        found += [f"{address}: {words}" for words in foreign_words(answer.content.decode(), names)]
    return found


# --- Vietnamese


@pytest.mark.parametrize(
    "word", ["Toggle", "Add", "Home", "View", "change", "history", "Yes", "user", "object", "date"]
)
def test_an_english_word_is_told_from_a_vietnamese_one(word):
    assert is_foreign(word)


@pytest.mark.parametrize(
    "word", ["nghiêng", "khen", "quyen", "thuong", "UBND", "giao", "xuyên", "oanh", "ghi", "in", "Q"]
)
def test_a_vietnamese_word_is_not_taken_for_a_foreign_one(word):
    assert not is_foreign(word)


def test_every_syllable_in_the_names_of_units_has_a_vietnamese_shape(office, db):
    words = {word for name in Unit.objects.values_list("name", flat=True) for word in WORD.findall(name)}
    assert len(words) > 200
    assert [word for word in sorted(words) if not word.isupper() and is_foreign(fold(word))] == []


def test_hidden_and_typed_text_is_not_read_but_spoken_text_is():
    page = '<title>Một</title><script>no</script><img alt="Hai"><input type="submit" value="Ba"><textarea>four</textarea>Năm'
    assert texts(page) == ["Một", "Hai", "Ba", "Năm"]


@pytest.mark.parametrize("model", [*EDITABLE, *READ_ONLY], ids=lambda model: model.__name__)
def test_no_page_of_a_table_holds_an_english_word(quantri, model):
    pages = pages_of(model)
    assert len(pages) >= 5
    assert foreign_on(quantri, pages) == []


@pytest.mark.parametrize("model", [*EDITABLE, *READ_ONLY], ids=lambda model: model.__name__)
def test_no_filter_sort_or_date_of_a_list_brings_an_english_word(quantri, model):
    address = page_of(model, "changelist")
    offered = filters_on(quantri.get(address).content.decode(), address)
    assert offered
    assert foreign_on(quantri, offered) == []


def test_no_page_beside_the_tables_holds_an_english_word(quantri):
    account = User.objects.get(username="donvi")
    pages = [
        reverse("admin:index"),
        reverse("admin:app_list", args=["units"]),
        reverse("admin:app_list", args=["documents"]),
        reverse("admin:app_list", args=["admin"]),
        reverse("admin:password_change"),
        reverse("admin:password_change_done"),
        reverse("admin:auth_user_password_change", args=[account.pk]),
    ]
    assert foreign_on(quantri, pages) == []


@pytest.mark.parametrize("model", EDITABLE, ids=lambda model: model.__name__)
def test_an_empty_form_is_refused_in_vietnamese(quantri, model):
    formset = {Official: "terms", Criterion: "needs"}.get(model, "successions")
    counts = {f"{formset}-TOTAL_FORMS": "1", f"{formset}-INITIAL_FORMS": "0"}
    answer = quantri.post(page_of(model, "add"), counts)
    assert answer.status_code == 200
    html = answer.content.decode()
    assert "Hãy điền mục này." in html
    assert foreign_words(html, names_in_data()) == []


def test_saving_deleting_and_choosing_nothing_are_answered_in_vietnamese(quantri):
    added = quantri.post(page_of(Sector, "add"), {"code": "thu-hai", "name": "Lĩnh vực thứ hai"}, follow=True)
    assert "Đã thêm lĩnh vực “<a" in added.content.decode()
    row = Sector.objects.get(code="thu-hai")
    changed = quantri.post(page_of(Sector, "change", row.pk), {"code": "thu-hai", "name": "Lĩnh vực hai"}, follow=True)
    chosen = {"action": "delete_selected", "_selected_action": [row.pk]}
    nothing = quantri.post(page_of(Sector, "changelist"), {"action": "delete_selected", "index": "0"}, follow=True)
    asked = quantri.post(page_of(Sector, "changelist"), chosen)
    history = quantri.get(page_of(Sector, "history", row.pk))
    deleted = quantri.post(page_of(Sector, "changelist"), {**chosen, "post": "yes"}, follow=True)
    for answer, words in [
        (changed, "Đã lưu lĩnh vực"),
        (nothing, "Hãy chọn ít nhất một dòng"),
        (asked, "Xóa lĩnh vực đã chọn?"),
        (history, "Đã sửa Tên lĩnh vực."),
        (deleted, "Đã xóa 1 lĩnh vực."),
    ]:
        html = answer.content.decode()
        assert words in html
        assert foreign_words(html, names_in_data()) == []


def test_the_walk_finds_english_where_the_office_has_translated_nothing(quantri, settings):
    """Without the project's own words, what Django leaves in English comes to light: the tests above can fail."""
    settings.LOCALE_PATHS = []
    found = foreign_on(quantri, [page_of(Sector, "changelist")])
    assert any("Toggle" in words for words in found)
    assert any("Skip" in words for words in found)


def test_the_walk_finds_one_broken_translation_of_one_button(quantri, monkeypatch):
    catalogue = trans_real.translation("vi")._catalog
    for part in catalogue._catalogs:
        if "Go" in part:
            monkeypatch.setitem(part, "Go", "Go")
    assert foreign_on(quantri, [page_of(Sector, "changelist")]) == ["/admin/units/sector/: Go – in: Go"]
