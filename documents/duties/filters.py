"""What the lists of duties can be filtered by."""

import django_filters
from django import forms
from django.utils import timezone

from units.filters import DressedFilterSet, WordsFilter
from units.forms import DressedForm
from units.models import Unit

from ..papers.models import Document
from .actions import Row, Standing
from .models import Assignment


class DutyFilter(DressedFilterSet):
    """Duties of a unit: by the words of their papers, by how far they are, by their last day."""

    STATES = [Standing.LATE, Standing.OPEN, Standing.DONE]

    q = WordsFilter("Tìm văn bản giao việc: số, trích yếu", "duty__document", Document.objects)
    muc = django_filters.ChoiceFilter(
        label="Tình trạng",
        choices=[(state.value, state.label) for state in STATES],
        method="by_standing",
        empty_label="Tất cả",
    )
    tu = django_filters.DateFilter(label="Hạn từ ngày", field_name="duty__until", lookup_expr="gte")
    den = django_filters.DateFilter(label="Đến ngày", field_name="duty__until", lookup_expr="lte")

    class Meta:
        model = Assignment
        fields = ["q", "muc", "tu", "den"]

    def by_standing(self, queryset, name, value):
        """Done; open, late or not; or late. A paper that holds no more asks nothing."""
        if value == Standing.DONE:
            return queryset.exclude(done_at=None)
        asked = queryset.filter(duty__document__state=Document.State.ISSUED)
        return asked.late_on(timezone.localdate()) if value == Standing.LATE else asked.open()


class MatrixFilter(DressedForm, forms.Form):
    """Which units of a duty matrix are shown."""

    muc = forms.ChoiceField(
        label="Tình trạng",
        required=False,
        choices=[("", "Tất cả"), ("late", "Có nhiệm vụ quá hạn"), ("open", "Có nhiệm vụ chưa xong")],
    )
    loai = forms.ChoiceField(label="Loại đơn vị", required=False, choices=[("", "Tất cả"), *Unit.Kind.choices])

    def rows(self, rows: list[Row]) -> list[Row]:
        """Those of ``rows`` that pass; none where the filter itself is wrong."""
        if not self.is_bound:
            return rows
        if not self.is_valid():
            return []
        kind, state = self.cleaned_data["loai"], self.cleaned_data["muc"]
        kept = [row for row in rows if not kind or row.unit.kind == kind]
        return [row for row in kept if getattr(row.tally, state)] if state else kept
