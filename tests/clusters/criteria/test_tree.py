"""The tree of criteria on one page: stored, wrong, moved, overtaken."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from clusters.criteria import actions as criteria
from clusters.criteria.tree import TreeRow
from clusters.models import About
from documents.models import Change
from documents.steps.refusing import Stale

from ...conftest import make_unit
from ..scores.scored import TREE, Kind, make_set, with_verifier
from .posted import posted


def test_a_tree_is_stored_as_it_was_typed(draft):
    rows = criteria.outline_of(draft)
    assert [(row.level, row.code, row.is_leaf, row.root.code) for row in rows] == [
        (1, "I", False, "I"),
        (2, "1", True, "I"),
        (2, "2", True, "I"),
        (1, "II", False, "II"),
        (2, "3", True, "II"),
        (1, "III", False, "III"),
        (2, "4", True, "III"),
    ]
    assert criteria.tree_of(draft) == TREE


def test_a_group_without_points_gets_those_of_its_parts_and_parts_its_kind(category, officer):
    rows = [TreeRow(1, "I", "Trừ", Kind.DEDUCTION, None), TreeRow(2, "1", "Chậm", Kind.MAIN, Decimal(7))]
    made = make_set(category, officer, rows=rows)
    assert list(made.criteria.values_list("code", "maximum", "kind")) == [("I", 7, "deduction"), ("1", 7, "deduction")]


def test_who_saves_an_older_version_is_told_who_saved_and_nothing_changes(draft, officer, leader):
    criteria.save(draft, by=leader, typed=draft, rows=TREE[:3], seen_version=draft.version)
    with pytest.raises(Stale, match=str(leader)):
        criteria.save(draft, by=officer, typed=draft, rows=TREE, seen_version=draft.version)
    assert draft.criteria.count() == 3


def test_an_edit_tells_what_was_before_and_after(draft, officer):
    criteria.save(draft, by=officer, typed=draft, rows=TREE[:-1])
    row = Change.objects.filter(about=About.CRITERIA, key=draft.pk).first()
    assert row.changes == {"Mục 4": ["dòng 7, cấp 2: Báo cáo chậm; Điểm trừ; tối đa 10", ""]}


def test_the_page_stores_what_it_shows(draft, officer, client_of):
    response = client_of(officer).post(reverse("edit_criteria", args=[draft.pk]), posted(draft, TREE[:5], total="99,5"))
    assert response.status_code == 302
    draft.refresh_from_db()
    assert (draft.total, criteria.tree_of(draft)) == (Decimal("99.5"), TREE[:5])


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("r1-maximum", "60.5", "dấu phẩy"),
        ("r1-maximum", "", "lớn hơn 0"),
        ("r1-maximum", "0", "lớn hơn 0"),
        ("r2-code", "1", "đã có ở dòng trên"),
        ("r1-code", "", "ghi số mục"),
        ("r1-level", "3", "quá sâu"),
        ("r0-level", "2", "quá sâu"),
        ("r0-needs_evidence", "on", "từng mục trong nhóm"),
        ("total", "-1", "không âm"),
        ("applies_from", "26", "bốn chữ số"),
    ],
)
def test_what_is_wrong_in_a_row_is_told_beside_it_and_nothing_is_stored(draft, officer, client_of, field, value, words):
    changed = posted(draft, **{field: value, "r1-text": "Chữ vừa gõ"})
    response = client_of(officer).post(reverse("edit_criteria", args=[draft.pk]), changed)
    page = response.content.decode()
    assert response.status_code == 422
    assert words in page
    assert "Chữ vừa gõ" in page
    assert criteria.tree_of(draft) == TREE


def test_a_row_that_was_added_and_left_empty_is_not_stored(draft, officer, client_of):
    empty = TreeRow(1, "", "", Kind.MAIN, None)
    client_of(officer).post(reverse("edit_criteria", args=[draft.pk]), posted(draft, [*TREE, empty]))
    assert criteria.tree_of(draft) == TREE


def test_a_department_that_ended_is_kept_on_the_page_and_told_beside_its_row(category, officer, client_of):
    unit = make_unit("so-cu", "Sở Cũ", ended=date(2025, 6, 30))
    made = make_set(category, officer, rows=with_verifier(unit))
    url, data = reverse("edit_criteria", args=[made.pk]), posted(made, **{"r2-verifier": str(unit.pk)})
    client = client_of(officer)
    assert client.post(url, data | {"row_act": "up:3"}).context["tree"].rows[4]["verifier"] == str(unit.pk)
    answer = client.post(url, data)
    assert answer.context["tree"].forms[2].errors["verifier"] == ["Sở Cũ không còn hoạt động. Hãy chọn đơn vị khác."]
    assert criteria.faults_of(made) == ["Mục 2: Sở Cũ không còn hoạt động, hãy chọn nơi thẩm định khác."]


def test_a_new_set_without_rows_is_edited(category, officer, client_of):
    url = reverse("edit_criteria", args=[make_set(category, officer, rows=[]).pk])
    assert client_of(officer).get(url).status_code == 200


LONG = "9" * 5000


@pytest.mark.parametrize(
    ("field", "value"),
    [("row_act", f"up:{LONG}"), ("r1-verifier", "9" * 30), ("version", LONG)],
)
def test_a_number_that_cannot_be_one_changes_nothing(draft, officer, client_of, field, value):
    changed = posted(draft, **{field: value})
    response = client_of(officer).post(reverse("edit_criteria", args=[draft.pk]), changed)
    assert response.status_code in (200, 422)
    assert criteria.tree_of(draft) == TREE


def test_a_level_that_is_no_number_is_the_first(draft, officer, client_of):
    changed = posted(draft, **{"r1-level": LONG, "row_act": "append:0"})
    response = client_of(officer).post(reverse("edit_criteria", args=[draft.pk]), changed)
    assert response.context["tree"].rows[1]["level"] == 1


def test_a_group_whose_parts_sum_up_to_more_than_can_be_stored_is_told(draft, officer, client_of):
    rows = [TreeRow(1, "I", "Nhóm", Kind.MAIN, None)]
    rows += [TreeRow(2, str(n), "Mục", Kind.MAIN, Decimal(60000)) for n in (1, 2)]
    response = client_of(officer).post(reverse("edit_criteria", args=[draft.pk]), posted(draft, rows))
    assert response.status_code == 422
    assert "Mục I: các mục trong nhóm cộng lại 120.000 điểm, quá 99.999,99" in response.content.decode()
    assert criteria.tree_of(draft) == TREE


@pytest.mark.parametrize(
    ("act", "codes"),
    [
        ("down:0", ["II", "3", "I", "1", "2", "III", "4"]),
        ("up:3", ["II", "3", "I", "1", "2", "III", "4"]),
        ("up:1", ["I", "1", "2", "II", "3", "III", "4"]),
        ("down:2", ["I", "1", "2", "II", "3", "III", "4"]),
        ("remove:0", ["II", "3", "III", "4"]),
        ("add:0", ["I", "1", "2", "", "II", "3", "III", "4"]),
        ("append:0", ["I", "1", "2", "II", "3", "III", "4", ""]),
        ("up:99", ["I", "1", "2", "II", "3", "III", "4"]),
    ],
)
def test_a_button_of_a_row_changes_the_page_only(draft, officer, client_of, act, codes):
    url = reverse("edit_criteria", args=[draft.pk])
    response = client_of(officer).post(url, posted(draft, row_act=act))
    assert [row["code"] for row in response.context["tree"].rows] == codes
    assert criteria.tree_of(draft) == TREE


@pytest.mark.parametrize(
    ("act", "levels"),
    [
        ("in:3", [1, 2, 2, 2, 3, 1, 2]),
        ("out:2", [1, 2, 1, 1, 2, 1, 2]),
        ("in:1", [1, 2, 2, 1, 2, 1, 2]),
        ("out:0", [1, 2, 2, 1, 2, 1, 2]),
    ],
)
def test_a_row_moves_in_and_out_with_its_parts(draft, officer, client_of, act, levels):
    response = client_of(officer).post(reverse("edit_criteria", args=[draft.pk]), posted(draft, row_act=act))
    assert [row["level"] for row in response.context["tree"].rows] == levels


def test_a_stale_page_comes_back_filled_and_says_who_saved(draft, officer, leader, client_of):
    data = posted(draft, **{"r1-text": "Của tôi"})
    criteria.save(draft, by=leader, typed=draft, rows=TREE[:3])
    response = client_of(officer).post(reverse("edit_criteria", args=[draft.pk]), data)
    assert f"{leader} đã lưu một bản mới hơn" in response.content.decode()
    assert draft.criteria.count() == 3
    again = data | {"version": str(response.context["form"].data["version"])}
    assert client_of(officer).post(reverse("edit_criteria", args=[draft.pk]), again).status_code == 302
    assert draft.criteria.get(code="1").text == "Của tôi"


def test_the_pages_cost_the_same_with_many_rows(category, officer, client_of):
    client, small = client_of(officer), make_set(category, officer, rows=TREE[:2])
    urls = [reverse("criteria_sets"), small.get_absolute_url(), reverse("edit_criteria", args=[small.pk])]

    def cost(url):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        return len(queries)

    few = [cost(url) for url in urls]
    many = [TreeRow(1 if n % 5 == 0 else 2, str(n), "Mục", Kind.MAIN, Decimal(1)) for n in range(100)]
    criteria.save(small, by=officer, typed=small, rows=many)
    for _ in range(5):
        make_set(category, officer)
    assert [cost(url) for url in urls] == few
