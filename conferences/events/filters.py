"""What conferences are narrowed by."""

import django_filters

from units.filters import DressedFilterSet, WordsFilter

from ..plans.models import Plan
from .models import Event


class EventFilter(DressedFilterSet):
    """Conferences by words, plan, form, state, days."""

    q = WordsFilter("Tìm hội nghị, đơn vị")
    ke_hoach = django_filters.ModelChoiceFilter(
        label="Kế hoạch", field_name="plan", queryset=Plan.objects.all(), empty_label="Tất cả"
    )
    hinh_thuc = django_filters.ChoiceFilter(
        label="Hình thức", field_name="form", choices=Event.Form, empty_label="Tất cả"
    )
    state = django_filters.ChoiceFilter(label="Trạng thái", choices=Event.State, empty_label="Tất cả")
    tu = django_filters.DateFilter(label="Từ ngày", field_name="day", lookup_expr="gte")
    den = django_filters.DateFilter(label="Đến ngày", field_name="day", lookup_expr="lte")

    class Meta:
        model = Event
        fields = ["q", "ke_hoach", "hinh_thuc", "state", "tu", "den"]
