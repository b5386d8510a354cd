"""What decisions to print for, and sheets that were printed, are narrowed by."""

import django_filters

from units.filters import DressedFilterSet, WordsFilter

from ..recipients.models import Recipient
from ..records.models import Decision
from .models import Certificate, Layout


class ToPrintFilter(DressedFilterSet):
    """Decisions by words, year, whether something is left to be printed."""

    q = WordsFilter("Tìm số, trích yếu")
    nam = django_filters.NumberFilter(label="Năm", field_name="day__year", min_value=1945, max_value=2100)
    con = django_filters.ChoiceFilter(
        label="Bằng", choices=[("con", "Còn phải in"), ("du", "Đã in đủ")], empty_label="Tất cả", method="left_over"
    )

    class Meta:
        model = Decision
        fields = ["q", "nam", "con"]

    def left_over(self, queryset, name, value):
        """Those with something left to be printed, or with nothing."""
        return queryset.filter(left__gt=0) if value == "con" else queryset.filter(left=0)


class SheetFilter(DressedFilterSet):
    """Sheets by whose they are, decision, layout, state."""

    q = WordsFilter("Tìm người, tập thể", "due__award__recipient", Recipient.objects.all())
    so = django_filters.CharFilter(
        label="Số quyết định", field_name="due__award__decision__number", lookup_expr="istartswith"
    )
    mau = django_filters.ModelChoiceFilter(
        label="Mẫu", field_name="layout", queryset=Layout.objects.all(), empty_label="Tất cả"
    )
    state = django_filters.ChoiceFilter(label="Trạng thái", choices=Certificate.State, empty_label="Tất cả")

    class Meta:
        model = Certificate
        fields = ["q", "so", "mau", "state"]
