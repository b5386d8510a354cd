"""What the structure of awards is looked at by: a year, a level, one danh hiệu or hình thức, a route."""

import django_filters
from django.utils import timezone

from units.filters import DressedFilterSet

from ..catalogue.book import award_choices
from ..catalogue.models import AwardType, Route
from ..records.models import Award

FIRST_YEAR = 2000


def years() -> list[tuple[str, str]]:
    """The years that can be looked at, the latest first."""
    return [(str(year), str(year)) for year in range(timezone.localdate().year, FIRST_YEAR - 1, -1)]


class StructureFilter(DressedFilterSet):
    """Awards of a year and those before; the year itself is for who counts."""

    nam = django_filters.ChoiceFilter(label="Năm", choices=years, empty_label="Năm nay", method="as_it_is")
    cap = django_filters.ChoiceFilter(
        label="Cấp", field_name="type__level", choices=AwardType.Level, empty_label="Tất cả"
    )
    danh_hieu = django_filters.ChoiceFilter(
        label="Danh hiệu, hình thức", field_name="type__code", choices=award_choices, empty_label="Tất cả"
    )
    loai = django_filters.ChoiceFilter(label="Loại hình", field_name="route", choices=Route, empty_label="Tất cả")

    class Meta:
        model = Award
        fields = ["nam", "cap", "danh_hieu", "loai"]

    @property
    def year(self) -> int:
        """The year that is looked at: this year where none was chosen."""
        chosen = self.form.cleaned_data.get("nam") if self.is_bound and self.form.is_valid() else ""
        return int(chosen) if chosen else timezone.localdate().year

    def as_it_is(self, queryset, name, value):
        """All years: those before are shown too."""
        return queryset
