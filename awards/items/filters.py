"""What the items that awards are owed are narrowed by."""

import django_filters
from django.forms import HiddenInput

from units.filters import DressedFilterSet, WordsFilter
from units.models import Unit

from ..recipients.models import Recipient
from .models import Due, ItemKind


class DueFilter(DressedFilterSet):
    """By person, how far it is, kind, decision, unit, day of the decision."""

    q = WordsFilter("Tìm người, tập thể", "award__recipient", Recipient.objects.all())
    state = django_filters.ChoiceFilter(label="Trạng thái", choices=Due.State, empty_label="Tất cả")
    loai = django_filters.ModelChoiceFilter(
        label="Loại hiện vật", field_name="kind", queryset=ItemKind.objects.all(), empty_label="Tất cả"
    )
    so = django_filters.CharFilter(
        label="Số quyết định", field_name="award__decision__number", lookup_expr="istartswith"
    )
    quyet_dinh = django_filters.NumberFilter(label="Mã quyết định", field_name="award__decision", widget=HiddenInput)
    don_vi = django_filters.ModelChoiceFilter(
        label="Đơn vị", field_name="award__unit", queryset=Unit.objects.all(), empty_label="Tất cả"
    )
    tu = django_filters.DateFilter(label="Quyết định từ ngày", field_name="award__decided_on", lookup_expr="gte")
    den = django_filters.DateFilter(label="Đến ngày", field_name="award__decided_on", lookup_expr="lte")

    class Meta:
        model = Due
        fields = ["q", "state", "loai", "so", "quyet_dinh", "don_vi", "tu", "den"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.filters["don_vi"].field.widget.attrs["data-search"] = ""
