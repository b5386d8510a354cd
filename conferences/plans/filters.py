"""What plans, quotas and units that serve are narrowed by."""

import django_filters
from django.db.models import Q
from django.utils import timezone

from units.filters import DressedFilterSet, WordsFilter
from units.models import Unit
from units.periods import within

from .models import Plan, Serving


class PlanFilter(DressedFilterSet):
    """Plans by state."""

    state = django_filters.ChoiceFilter(label="Trạng thái", choices=Plan.State, empty_label="Tất cả")

    class Meta:
        model = Plan
        fields = ["state"]


class QuotaFilter(DressedFilterSet):
    """Units of a plan by words, kind, and whether they have a number of their own."""

    q = WordsFilter("Tìm đơn vị")
    kind = django_filters.ChoiceFilter(label="Loại đơn vị", choices=Unit.Kind, empty_label="Tất cả")
    rieng = django_filters.ChoiceFilter(
        label="Số đại biểu",
        choices=[("co", "Có số riêng"), ("khong", "Theo cấp")],
        empty_label="Tất cả",
        method="by_own",
    )

    class Meta:
        model = Unit
        fields = ["q", "kind", "rieng"]

    def by_own(self, rows, name, value):
        """Those with a number of their own, or without."""
        return rows.filter(own__isnull=value == "khong")


class ServingFilter(DressedFilterSet):
    """Units that serve by words and whether they do so today."""

    q = WordsFilter("Tìm đơn vị", "unit", Unit.objects)
    luc = django_filters.ChoiceFilter(
        label="Thời gian", choices=[("nay", "Đang áp dụng"), ("het", "Đã hết")], empty_label="Tất cả", method="by_day"
    )

    class Meta:
        model = Serving
        fields = ["q", "luc"]

    def by_day(self, rows, name, value):
        """Those that hold today, or held before."""
        today = timezone.localdate()
        return rows.filter(within(today) if value == "nay" else Q(until__lt=today))
