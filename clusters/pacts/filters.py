"""What the list of pacts can be filtered by."""

import django_filters

from units.filters import DressedFilterSet

from ..divisions.models import Category
from .models import Pact


class PactFilter(DressedFilterSet):
    """Pacts by how far they have come, and by the sort of their clusters."""

    muc = django_filters.ChoiceFilter(
        label="Trạng thái", field_name="state", choices=Pact.State.choices, empty_label="Tất cả"
    )
    loai = django_filters.ModelChoiceFilter(
        label="Loại cụm, khối", field_name="cluster__category", queryset=Category.objects.all(), empty_label="Tất cả"
    )

    class Meta:
        model = Pact
        fields = ["muc", "loai"]
