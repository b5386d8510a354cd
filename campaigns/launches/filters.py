"""What lists of campaigns are narrowed by."""

import django_filters
from django.utils import timezone

from units.filters import DressedFilterSet, WordsFilter
from units.models import Unit

from ..campaign.models import OPEN, Campaign
from .progress import launched_and_missing

State, Phase = Campaign.State, Campaign.Phase
AFTER_REVIEWS = [state for state in State if state not in (State.DRAFT, *OPEN)]


class CampaignFilter(DressedFilterSet):
    """Campaigns by words, year, level, kind and how far they are."""

    # As ``Campaign.standing`` tells them, in their order.
    PHASES = [
        (phase.value, phase.label)
        for phase in (State.DRAFT, State.LAUNCHED, Phase.RUNNING, State.INTERIM, Phase.WAITING, *AFTER_REVIEWS)
    ]

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
        """Those of one ``Campaign.standing``: a state, told by the days as well until the campaign is summed up."""
        today = timezone.localdate()
        if value == Phase.WAITING:
            return queryset.filter(state__in=OPEN, ends_on__lt=today)
        if value == Phase.RUNNING:
            return queryset.filter(state=State.LAUNCHED, begins_on__lte=today, ends_on__gte=today)
        if value == State.LAUNCHED:
            return queryset.filter(state=value, begins_on__gt=today)
        if value == State.INTERIM:
            return queryset.filter(state=value, ends_on__gte=today)
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
        units = queryset.order_by().select_related(None).only("kind", "founded", "ended", "superior")
        launched, missing = launched_and_missing(self.campaigns, list(units))
        return queryset.filter(pk__in=missing if value == self.MISSING else launched - missing)
