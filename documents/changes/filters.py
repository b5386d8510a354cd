"""What the list of changes among units can be filtered by."""

import django_filters

from units.filters import DressedFilterSet, WordsFilter
from units.models import UnitChange


class ChangeFilter(DressedFilterSet):
    """Changes among units by words of the act or the note on it, kind and day."""

    q = WordsFilter("Tìm văn bản quy định, ghi chú")
    kind = django_filters.ChoiceFilter(label="Hình thức", choices=UnitChange.Kind, empty_label="Tất cả")
    tu = django_filters.DateFilter(label="Từ ngày", field_name="date", lookup_expr="gte")
    den = django_filters.DateFilter(label="Đến ngày", field_name="date", lookup_expr="lte")

    class Meta:
        model = UnitChange
        fields = ["q", "kind", "tu", "den"]
