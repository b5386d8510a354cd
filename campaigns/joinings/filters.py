"""What the units of a campaign can be filtered by: who joined, who reported."""

import django_filters

from units.filters import DressedFilterSet, WordsFilter
from units.models import Unit

from .models import Joining

DONE, MISSING = "roi", "chua"


class JoiningFilter(DressedFilterSet):
    """Units that were asked to join, or joined: by words, kind, and whether they did. Reads the annotation ``joining``."""

    q = WordsFilter("Tìm đơn vị")
    kind = django_filters.ChoiceFilter(label="Loại đơn vị", choices=Unit.Kind, empty_label="Tất cả")
    muc = django_filters.ChoiceFilter(
        label="Hưởng ứng",
        choices=[(DONE, "Đã đăng ký"), (MISSING, "Chưa đăng ký")],
        method="joined",
        empty_label="Tất cả",
    )

    class Meta:
        model = Unit
        fields = ["q", "kind", "muc"]

    def joined(self, queryset, name, value):
        """Those that joined, or those that did not."""
        return queryset.filter(joining__isnull=value == MISSING)


class ReviewFilter(DressedFilterSet):
    """Units that joined: by words, kind, and whether they reported at the review. Reads the annotation ``sent_at``."""

    q = WordsFilter("Tìm đơn vị", field_name="unit", rows=Unit.objects)
    kind = django_filters.ChoiceFilter(
        label="Loại đơn vị", field_name="unit__kind", choices=Unit.Kind, empty_label="Tất cả"
    )
    muc = django_filters.ChoiceFilter(
        label="Báo cáo", choices=[(DONE, "Đã gửi"), (MISSING, "Chưa gửi")], method="told", empty_label="Tất cả"
    )

    class Meta:
        model = Joining
        fields = ["q", "kind", "muc"]

    def told(self, queryset, name, value):
        """Those whose result was sent, or was not."""
        return queryset.filter(sent_at__isnull=value == MISSING)
