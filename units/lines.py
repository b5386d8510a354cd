"""Lines of a form that are added, crossed out and moved on one page (``_parts/lines.html``, ``static/js/rows.js``)."""

from django import forms

from .forms import DressedForm, dress
from .text import key_or_none


class PlacedForm:
    """Mixin: a form in which only its place was typed is empty."""

    def has_changed(self):
        """Whether anything but the place was typed."""
        return any(name != "ORDER" for name in self.changed_data)


class Placed:
    """Mixin: forms of a set in the order in which the page has them."""

    def in_order(self):
        """The forms as they were last placed; those without a place behind them."""
        return sorted(self.forms, key=_place)


class Line(PlacedForm, DressedForm, forms.Form):
    """One line."""


class Lines(Placed, forms.BaseFormSet):
    """All lines. A subclass names by ``once`` the field that may not say the same twice."""

    once = ""

    def add_fields(self, form, index):
        """The box that crosses out and the place, in the office's words."""
        super().add_fields(form, index)
        form.fields["DELETE"].label = "Xóa"
        form.fields["ORDER"].label = "Thứ tự"
        form.fields["ORDER"].widget = forms.TextInput(attrs={"inputmode": "numeric"})
        dress(form)

    def clean(self):
        """Beside the second line that says the same."""
        seen = set()
        for form in self.forms:
            words = form.cleaned_data.get(self.once, "").casefold()
            if self._should_delete_form(form) or not words:
                continue
            if words in seen:
                form.add_error(self.once, "Dòng này đã ghi ở trên. Hãy bỏ bớt một dòng.")
            seen.add(words)


def _place(form):
    """Where a line stands; one without a place stands last."""
    place = key_or_none(str(form["ORDER"].value()))
    return 9999 if place is None else place
