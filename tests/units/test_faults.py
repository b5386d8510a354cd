"""The list of faults at the top of a page, and the star at what must be filled in."""

import pytest
from django import forms
from django.template import Context, Template
from django.test import RequestFactory

from units.faults import Fault, faults_of
from units.forms import DressedForm, LoginForm


class Visit(DressedForm, forms.Form):
    name = forms.CharField(label="Tên")
    note = forms.CharField(label="Ghi chú", required=False)
    kind = forms.ChoiceField(label="Loại", choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def clean(self):
        if self.data.get("note") == "sai":
            raise forms.ValidationError("Hai ô không khớp.")
        return super().clean()


Visits = forms.formset_factory(Visit, min_num=1, validate_min=True, extra=0)
EMPTY = [
    Fault("Hãy điền mục này.", "Tên", "id_name"),
    Fault("Hãy điền mục này.", "Loại", "id_kind_0"),
    Fault("Hãy điền mục này."),
]


def test_each_fault_names_its_field_and_where_it_stands():
    assert faults_of([Visit({})]) == EMPTY


@pytest.mark.parametrize("wrap", [lambda form: [("act", form)], lambda form: [form, form], lambda form: [[form], form]])
def test_a_form_is_found_in_lists_and_pairs_and_told_once(wrap):
    assert faults_of(wrap(Visit({}))) == EMPTY


def test_what_is_about_the_whole_form_comes_first_without_a_field():
    found = faults_of([Visit({"note": "sai", "name": "x", "kind": "a", "version": "1"})])
    assert found == [Fault("Hai ô không khớp.")]


def test_nothing_is_told_of_a_form_that_nobody_filled_in():
    assert faults_of([Visit(), "chữ", None, {"form": Visit({})}]) == []


def test_a_set_tells_its_own_faults_and_those_of_each_row():
    data = {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0", "form-0-note": "x"}
    found = faults_of([Visits(data)])
    assert Fault("Hãy điền mục này.", "Tên", "id_form-0-name") in found
    none = faults_of([Visits({"form-TOTAL_FORMS": "0", "form-INITIAL_FORMS": "0"})])
    assert [fault.field for fault in none] == [""]


def show(form, **extra):
    request = RequestFactory().get("/", **extra)
    return Template("{% load desk %}{% faults %}").render(Context({"form": form, "request": request}))


def test_the_page_links_each_fault_to_its_field():
    html = show(Visit({}))
    assert '<a href="#id_name">Tên</a>: Hãy điền mục này.' in html
    assert '<a href="#id_kind_0">Loại</a>' in html
    assert "3 chỗ cần sửa" in html
    assert show(Visit()).strip() == ""


def test_only_what_must_be_filled_in_has_a_star():
    labels = {name: Visit()[name].label_tag() for name in ("name", "note")}
    assert ['class="required-mark"' in labels[name] for name in ("name", "note")] == [True, False]
    assert 'class="required-mark"' in Visit()["kind"].legend_tag()
    assert "required-mark" not in LoginForm()["username"].label_tag()
