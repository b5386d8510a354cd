"""What changes of conferences are narrowed by."""

import django_filters

from units.filters import DressedFilterSet, WordsFilter
from units.models import Unit

from ..plans.models import Plan
from .models import Change


class ChangeFilter(DressedFilterSet):
    """Changes by unit, what becomes, whether it holds, plan."""

    q = WordsFilter("Tìm đơn vị", "event__unit", Unit.objects)
    kind = django_filters.ChoiceFilter(label="Việc", choices=Change.Kind, empty_label="Tất cả")
    state = django_filters.ChoiceFilter(label="Trạng thái", choices=Change.State, empty_label="Tất cả")
    ke_hoach = django_filters.ModelChoiceFilter(
        label="Kế hoạch", field_name="event__plan", queryset=Plan.objects.all(), empty_label="Tất cả"
    )

    class Meta:
        model = Change
        fields = ["q", "kind", "state", "ke_hoach"]
