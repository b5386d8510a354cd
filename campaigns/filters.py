"""What lists of campaigns are narrowed by."""

import django_filters
from django.utils import timezone

from units.filters import DressedFilterSet, WordsFilter
from units.models import Unit

from .models import Campaign
from .progress import missing_units

State = Campaign.State
WITHOUT_END = [State.LAUNCHED, State.INTERIM]


class CampaignFilter(DressedFilterSet):
    """Campaigns by words, year, level, kind and how far they are."""

    PHASES = [("running", "Đang triển khai"), ("waiting", "Hết thời gian, chờ tổng kết"), *State.choices]

    q = WordsFilter("Tìm tên phong trào, đơn vị")
    nam = django_filters.NumberFilter(label="Năm", method="in_year", min_value=2000, max_value=2100)
    level = django_filters.ChoiceFilter(label="Cấp phát động", choices=Campaign.Level, empty_label="Tất cả")
    kind = django_filters.ChoiceFilter(label="Loại", choices=Campaign.Kind, empty_label="Tất cả")
    state = django_filters.ChoiceFilter(label="Trạng thái", choices=PHASES, method="in_phase", empty_label="Tất cả")

    class Meta:
        model = Campaign
        fields = ["q", "nam", "level", "kind", "state"]

    def in_year(self, queryset, name, value):
        """Those that went on in the year."""
        return queryset.in_year(int(value))

    def in_phase(self, queryset, name, value):
        """A state, or those launched whose days have come, or are over."""
        if value == "running":
            today = timezone.localdate()
            return queryset.filter(state__in=WITHOUT_END, begins_on__lte=today, ends_on__gte=today)
        if value == "waiting":
            return queryset.filter(state__in=WITHOUT_END, ends_on__lt=timezone.localdate())
        return queryset.filter(state=value)


class LaunchFilter(DressedFilterSet):
    """Units that were asked to launch: by words, kind, and whether they did."""

    DONE, MISSING = "roi", "chua"

    q = WordsFilter("Tìm đơn vị")
    kind = django_filters.ChoiceFilter(label="Loại đơn vị", choices=Unit.Kind, empty_label="Tất cả")
    muc = django_filters.ChoiceFilter(
        label="Phát động",
        choices=[(DONE, "Đã phát động"), (MISSING, "Chưa phát động")],
        method="how_far",
        empty_label="Tất cả",
    )

    class Meta:
        model = Unit
        fields = ["q", "kind", "muc"]

    def __init__(self, *args, campaigns, **kwargs):
        super().__init__(*args, **kwargs)
        self.campaigns = campaigns

    def how_far(self, queryset, name, value):
        """Those that launched on the basis of every campaign that asks them, or that miss one."""
        missing = Unit.objects.none()
        for campaign in self.campaigns:
            missing = missing | missing_units(campaign)
        if value == self.MISSING:
            return queryset.filter(pk__in=missing.values("pk"))
        launched = Campaign.objects.held().filter(parents__in=self.campaigns).order_by().values("unit")
        return queryset.filter(pk__in=launched).exclude(pk__in=missing.values("pk"))
