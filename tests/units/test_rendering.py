"""Widgets without templates: Django's own HTML to the letter."""

import pytest
from django import forms
from django.forms.renderers import TemplatesSetting

from units.rendering import _SHORTCUTS, FormRenderer

EVERY = {
    "text": forms.TextInput,
    "number": forms.NumberInput,
    "email": forms.EmailInput,
    "hidden": forms.HiddenInput,
    "date": forms.DateInput,
    "checkbox": forms.CheckboxInput,
    "textarea": forms.Textarea,
    "select": forms.Select,
    "many": forms.SelectMultiple,
}
ATTRS = {"data-x": 'a"<b>', "required": True, "disabled": False, "rows": 3, "class": "form-control"}
CHOICES = [("", "–"), (None, "không"), ("N<óm", [("a", "Á & b"), (1, "một")]), (2, 2000), (True, "đúng")]


@pytest.mark.parametrize(
    "value", [None, "", "a", "1", 0, 12345, True, False, '\n<p class="x">&amp;', ["a", "2"]], ids=repr
)
@pytest.mark.parametrize("kind", EVERY)
def test_a_widget_looks_as_django_draws_it(kind, value):
    options = {"choices": CHOICES} if kind in ("select", "many") else {}
    widget = EVERY[kind](attrs=ATTRS, **options)
    drawn = [widget.render("tên<", value, {"id": "id_x"}, renderer()) for renderer in (FormRenderer, TemplatesSetting)]
    assert drawn[0] == drawn[1]


class _Form(forms.Form):
    words = forms.CharField(label="Chữ & <dấu>", help_text="Gợi ý")
    choice = forms.ChoiceField(choices=CHOICES, required=False)
    kind = forms.ChoiceField(choices=[("a", "A")], widget=forms.RadioSelect)


@pytest.mark.parametrize("data", [None, {}, {"words": "x", "choice": "zzz"}], ids=repr)
def test_a_form_with_labels_and_errors_looks_as_django_draws_it(data):
    drawn = [_Form(data, renderer=renderer()).as_div() for renderer in (FormRenderer, TemplatesSetting)]
    assert drawn[0] == drawn[1]


def test_every_shortcut_is_tried_here():
    tried = {EVERY[kind]().template_name for kind in EVERY} | {"django/forms/label.html"}
    assert tried == set(_SHORTCUTS)
