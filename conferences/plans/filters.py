"""What plans are narrowed by."""

import django_filters

from units.filters import DressedFilterSet

from .models import Plan


class PlanFilter(DressedFilterSet):
    """Plans by state."""

    state = django_filters.ChoiceFilter(label="Trạng thái", choices=Plan.State, empty_label="Tất cả")

    class Meta:
        model = Plan
        fields = ["state"]
