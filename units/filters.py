"""What the list of units can be filtered by."""

from datetime import date

import django_filters
from django import forms
from django.db import models
from django.utils import timezone

from .forms import dress
from .models import Sector, Unit


class DressedFilterSet(django_filters.FilterSet):
    """A filter bar in the desk's look: no colons, an empty choice that says "all"."""

    @property
    def qs(self):
        """The rows that pass; none where the filter itself is wrong, so that no export holds more than was asked for."""
        return super().qs if not self.is_bound or self.form.is_valid() else self.queryset.none()

    @property
    def form(self):
        """The bar's form, dressed once."""
        if not hasattr(self, "_dressed"):
            self._dressed = super().form
            self._dressed.label_suffix = ""
            dress(self._dressed)
            for field in self._dressed.fields.values():
                # A day, a number: whatever is pasted into a bar becomes a part of the address.
                if isinstance(field.widget, forms.TextInput):
                    field.widget.attrs.setdefault("maxlength", LONGEST)
        return self._dressed


def words_of(form) -> list[str]:
    """What was chosen in a filter bar, as a heading tells it: ``["Loại đơn vị: Xã", "Từ ngày: 01/01/2026"]``."""
    chosen = form.cleaned_data if form.is_bound and form.is_valid() else {}
    return [
        f"{form.fields[name].label}: {_words(form.fields[name], value)}"
        for name, value in chosen.items()
        if value not in (None, "", [], False) and name in form.fields
    ]


def _words(field, value) -> str:
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if value is True:
        return "có"
    if isinstance(value, list | tuple | models.QuerySet):
        return ", ".join(_words(field, one) for one in value)
    named = {
        str(key): str(words) for key, words in getattr(field, "choices", ()) if isinstance(field, forms.ChoiceField)
    }
    return named.get(str(value), str(value)) if isinstance(value, str | int) else str(value)


# Beyond this a search says nothing more, and an address becomes too long for the server.
LONGEST = 200
TOO_LONG = "Chỉ tìm được bằng tối đa %(limit_value)d ký tự, câu này có %(show_value)d. Hãy giữ lại vài từ rồi tìm lại."


class WordsFilter(django_filters.CharFilter):
    """A wide field for words: rows that ``matching`` finds, or rows whose ``field_name`` it finds among ``rows``."""

    def __init__(self, label, field_name=None, rows=None):
        box = forms.TextInput({"placeholder": "Không cần gõ dấu"})
        super().__init__(
            field_name, label=label, widget=box, max_length=LONGEST, error_messages={"max_length": TOO_LONG}
        )
        self.rows = rows

    @property
    def field(self):
        """The field, as wide as the bar."""
        field = super().field
        field.wide = True
        return field

    def filter(self, queryset, value):
        """Every word, accents aside."""
        if not value:
            return queryset
        if self.rows is None:
            return queryset.matching(value)
        return queryset.filter(**{f"{self.field_name}__in": self.rows.matching(value)})


class UnitFilter(DressedFilterSet):
    """Units by words, kind and field, as they were on a day (today if none is given)."""

    q = WordsFilter("Tìm theo tên")
    kind = django_filters.ChoiceFilter(label="Loại đơn vị", choices=Unit.Kind, empty_label="Tất cả")
    sector = django_filters.ModelChoiceFilter(label="Lĩnh vực", queryset=Sector.objects.all(), empty_label="Tất cả")
    ngay = django_filters.DateFilter(label="Tại ngày", method="as_of")

    class Meta:
        model = Unit
        fields = ["q", "kind", "sector", "ngay"]

    @property
    def day(self):
        """The day that the list speaks of."""
        cleaned = getattr(self.form, "cleaned_data", {}) if self.is_bound and self.form.is_valid() else {}
        return cleaned.get("ngay") or timezone.localdate()

    @property
    def qs(self):
        """Always as of a day: without one, today's units."""
        if not hasattr(self, "_dated"):
            self._dated = super().qs.alive_on(self.day)
        return self._dated

    def as_of(self, queryset, name, value):
        """Applied in ``qs``, because a list without a day means today."""
        return queryset
