"""What occasions, awards to be chosen, awards still to be presented are narrowed by."""

from datetime import timedelta

import django_filters
from django.db.models import Q
from django.utils import timezone

from units.filters import DressedFilterSet, WordsFilter
from units.models import Unit

from ..recipients.models import Recipient
from ..records.models import Award
from .models import Occasion, Presented


class OccasionFilter(DressedFilterSet):
    """Occasions by unit, kind, state, days."""

    q = WordsFilter("Tìm đơn vị", "unit", Unit.objects.all())
    state = django_filters.ChoiceFilter(label="Trạng thái", choices=Occasion.State, empty_label="Tất cả")
    dip = django_filters.ChoiceFilter(label="Dịp", field_name="kind", choices=Occasion.Kind, empty_label="Tất cả")
    tu = django_filters.DateFilter(label="Từ ngày", field_name="day", lookup_expr="gte")
    den = django_filters.DateFilter(label="Đến ngày", field_name="day", lookup_expr="lte")

    class Meta:
        model = Occasion
        fields = ["q", "state", "dip", "tu", "den"]


class AwardFilter(DressedFilterSet):
    """Awards by person, unit, decision."""

    q = WordsFilter("Tìm người, tập thể", "recipient", Recipient.objects.all())
    don_vi = django_filters.ModelChoiceFilter(
        label="Đơn vị", field_name="unit", queryset=Unit.objects.all(), empty_label="Tất cả"
    )
    so = django_filters.CharFilter(label="Số quyết định", field_name="decision__number", lookup_expr="istartswith")

    class Meta:
        model = Award
        fields = ["q", "don_vi", "so"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.filters["don_vi"].field.widget.attrs["data-search"] = ""


class CandidateFilter(AwardFilter):
    """The same; those that were collected unless those without items are asked for (``candidates``)."""

    BARE = "khong"

    loai = django_filters.ChoiceFilter(
        label="Loại", choices=[(BARE, "Không có hiện vật")], empty_label="Đã nhận hiện vật",
        method="as_asked",
    )  # fmt: skip

    class Meta:
        model = Award
        fields = ["q", "loai", "don_vi", "so"]

    def as_asked(self, queryset, name, value):
        """The list asked for them already."""
        return queryset


class ToPresentFilter(AwardFilter):
    """Awards by the same, by how long they have waited, and whether an occasion has them."""

    WHERE = [("chua", "Chưa vào lần trao nào"), ("du-kien", "Đã vào lần trao dự kiến"), ("vang", "Vắng, chưa nhận")]

    o_dau = django_filters.ChoiceFilter(label="Đang ở", choices=WHERE, method="at", empty_label="Tất cả")
    cho = django_filters.NumberFilter(label="Chờ từ (ngày)", method="waiting", min_value=0, max_value=9999)

    class Meta:
        model = Award
        fields = ["q", "don_vi", "so", "o_dau", "cho"]

    def at(self, queryset, name, value):
        """In no occasion, in one that is planned, or nobody came."""
        chosen = {
            "chua": Q(presented=None),
            "du-kien": Q(presented__occasion__state=Occasion.State.PLANNED),
            "vang": Q(presented__taken=Presented.Taken.LATER),
        }
        return queryset.filter(chosen[value])

    def waiting(self, queryset, name, value):
        """Those that were collected so many days ago at least."""
        return queryset.filter(since__lte=timezone.localdate() - timedelta(days=int(value)))


class UnitFilter(DressedFilterSet):
    """Units by name."""

    q = WordsFilter("Tìm đơn vị")

    class Meta:
        model = Unit
        fields = ["q"]
