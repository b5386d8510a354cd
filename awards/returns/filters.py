"""What cases are narrowed by."""

import django_filters
from django.utils import timezone

from units.filters import DressedFilterSet, WordsFilter
from units.models import Unit

from ..catalogue.models import AwardType
from ..recipients.models import Recipient
from .models import ItemCase

State = ItemCase.State


class CaseFilter(DressedFilterSet):
    """Cases by person, why, state, whose the answer is, unit, days, and whether they are late."""

    ROUTES = [("state", "Bộ Nội vụ cấp"), ("province", "Tỉnh cấp")]

    q = WordsFilter("Tìm người, tập thể", "award__recipient", Recipient.objects.all())
    state = django_filters.ChoiceFilter(label="Trạng thái", choices=State, empty_label="Tất cả")
    ly_do = django_filters.ChoiceFilter(
        label="Trường hợp", field_name="why", choices=ItemCase.Why, empty_label="Tất cả"
    )
    cap = django_filters.ChoiceFilter(label="Nơi cấp", choices=ROUTES, method="by_route", empty_label="Tất cả")
    don_vi = django_filters.ModelChoiceFilter(
        label="Đơn vị", field_name="award__unit", queryset=Unit.objects.all(), empty_label="Tất cả"
    )
    han = django_filters.ChoiceFilter(label="Hạn", choices=[("qua", "Quá hạn")], method="by_term", empty_label="Tất cả")
    tu = django_filters.DateFilter(label="Nhận từ ngày", field_name="applied_on", lookup_expr="gte")
    den = django_filters.DateFilter(label="Đến ngày", field_name="applied_on", lookup_expr="lte")

    class Meta:
        model = ItemCase
        fields = ["q", "state", "ly_do", "cap", "don_vi", "han", "tu", "den"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.filters["don_vi"].field.widget.attrs["data-search"] = ""

    def by_route(self, queryset, name, value):
        """Of the State or not."""
        of_state = {"award__type__level": AwardType.Level.STATE}
        return queryset.filter(**of_state) if value == "state" else queryset.exclude(**of_state)

    def by_term(self, queryset, name, value):
        """Those whose answer is overdue."""
        return queryset.filter(state__in=[State.ASKED, State.CONFIRMED], due_on__lt=timezone.localdate())
