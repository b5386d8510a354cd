"""What the catalogue can be filtered by: the day above all."""

from functools import cached_property

import django_filters
from django import forms
from django.utils import timezone

from units.filters import DressedFilterSet, WordsFilter

from . import book as books
from .days import first_day
from .models import AwardType, Whom
from .names import called
from .told import Line

# Everything that is no danh hiệu, beside each form by itself.
FORMS = "forms"
KINDS = [
    (AwardType.Form.TITLE.value, AwardType.Form.TITLE.label),
    (FORMS, "Hình thức khen thưởng"),
    ("Từng hình thức", [each for each in AwardType.Form.choices if each[0] != AwardType.Form.TITLE]),
]


def checked(found, day):
    """``day`` as it was typed. Raises ``ValidationError`` where it lies before all that ``found``, a catalogue, can tell."""
    first = first_day(found)
    if day and day < first:
        raise forms.ValidationError(f"Danh mục tra được từ ngày {first:%d/%m/%Y}. Hãy chọn ngày từ đó về sau.")
    return day


class _NameFilter(WordsFilter):
    """Awards by what they were ever called, or by their code."""

    def filter(self, queryset, value):
        """Every word, accents aside."""
        return queryset.filter(code__in=called(self.parent.catalogue, value)) if value else queryset


class _AsOf(forms.Form):
    """A filter bar with a day of which the catalogue must know something; the filter sets ``filtering``."""

    filtering = None

    def clean_ngay(self):
        """Refuse a day before the first."""
        return checked(self.filtering.catalogue, self.cleaned_data["ngay"])


class AwardFilter(DressedFilterSet):
    """Awards of a day (today's if none is given): by words, danh hiệu or hình thức, level, whom they are for, what waits."""

    q = _NameFilter("Tìm theo tên")
    ngay = django_filters.DateFilter(label="Tại ngày", method="as_of")
    loai = django_filters.ChoiceFilter(
        label="Danh hiệu, hình thức", choices=KINDS, empty_label="Tất cả", method="of_kind"
    )
    cap = django_filters.ChoiceFilter(
        label="Cấp", field_name="level", choices=AwardType.Level.choices, empty_label="Tất cả"
    )
    cho = django_filters.ChoiceFilter(label="Dành cho", choices=Whom.choices, empty_label="Tất cả", method="for_whom")
    xac_nhan = django_filters.ChoiceFilter(
        label="Xác nhận", choices=[("cho", "Có dòng chờ xác nhận")], empty_label="Tất cả", method="that_wait"
    )

    class Meta:
        model = AwardType
        fields = ["q", "ngay", "loai", "cap", "cho", "xac_nhan"]
        form = _AsOf

    @cached_property
    def catalogue(self):
        """What is laid down, of all days."""
        return books.catalogue()

    @property
    def form(self):
        """The bar, which asks this filter what the catalogue knows."""
        found = super().form
        found.filtering = self
        return found

    @property
    def day_typed(self):
        """The day that was chosen; None where none was."""
        return self.form.cleaned_data.get("ngay") if self.is_bound and self.form.is_valid() else None

    @property
    def day(self):
        """The day that the list speaks of."""
        return self.day_typed or timezone.localdate()

    @cached_property
    def book(self):
        """What held on that day."""
        return self.catalogue.on(self.day)

    @property
    def qs(self):
        """Always as of a day: awards that there were by then."""
        if not hasattr(self, "_dated"):
            self._dated = super().qs.filter(code__in=list(self.book.awards))
        return self._dated

    def as_of(self, queryset, name, value):
        """Applied in ``qs``, because a list without a day means today."""
        return queryset

    def of_kind(self, queryset, name, value):
        """Titles, one form, or all forms."""
        return queryset.exclude(form=AwardType.Form.TITLE) if value == FORMS else queryset.filter(form=value)

    def for_whom(self, queryset, name, value):
        """Those that a person, a collective, a household may have."""
        return queryset.filter(**{f"for_{value}": True})

    def that_wait(self, queryset, name, value):
        """Those about which something waits for the office on that day."""
        return queryset.filter(
            pk__in=[row.pk for row in queryset if row.code in self.book.awards and Line(row, self.book).waiting]
        )
