"""What lists of files and of nominations are narrowed by."""

import django_filters
from django.db.models import Q
from django.utils import timezone

from units.filters import DressedFilterSet, WordsFilter
from units.models import Unit, User
from units.permissions import MANAGERS

from ..catalogue.models import Route
from .models import Dossier


class DossierFilter(DressedFilterSet):
    """Files by words, step, whose, year, ground; mine and late ones."""

    MINE = [("toi", "Việc của tôi"), ("tre", "Quá hạn"), ("mo", "Chưa xong")]

    q = WordsFilter("Tìm nội dung, đơn vị")
    viec = django_filters.ChoiceFilter(label="Việc", choices=MINE, method="of_work", empty_label="Tất cả")
    state = django_filters.ChoiceFilter(label="Đang ở bước", choices=Dossier.State, empty_label="Tất cả")
    nam = django_filters.NumberFilter(label="Năm", field_name="year", min_value=1990, max_value=2100)
    loai = django_filters.ChoiceFilter(label="Loại hình", field_name="route", choices=Route, empty_label="Tất cả")
    don_vi = django_filters.ModelChoiceFilter(
        label="Đơn vị", field_name="unit", queryset=Unit.objects.all(), empty_label="Tất cả"
    )
    nguoi = django_filters.ModelChoiceFilter(
        label="Người thẩm định",
        field_name="officer",
        queryset=User.objects.filter(role__in=MANAGERS),
        empty_label="Tất cả",
    )

    class Meta:
        model = Dossier
        fields = ["q", "viec", "state", "nam", "loai", "don_vi", "nguoi"]

    def of_work(self, queryset, name, value):
        """Those that wait for this person, that are late, that are not done."""
        open_ones = queryset.exclude(state__in=Dossier.OVER)
        if value == "tre":
            return open_ones.filter(due_on__lt=timezone.localdate())
        if value == "toi":
            user = self.request.user
            own = Q(officer=user, state__in=[Dossier.State.RECEIVED, Dossier.State.APPRAISED])
            return open_ones.filter(own | Q(unit__in=user.inherited_units, state__in=Dossier.OPEN))
        return open_ones
