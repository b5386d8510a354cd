"""What rounds, handovers and what is left to do are narrowed by."""

from datetime import timedelta

import django_filters
from django.utils import timezone

from units.filters import DressedFilterSet, WordsFilter
from units.models import Unit

from ..items.models import Due
from ..recipients.models import Recipient
from .models import Handover, Notice, Round
from .rules import Stage


class RoundFilter(DressedFilterSet):
    """Rounds by state and year."""

    state = django_filters.ChoiceFilter(label="Trạng thái", choices=Round.State, empty_label="Tất cả")
    nam = django_filters.NumberFilter(label="Năm", field_name="begins_on__year", min_value=1990, max_value=2100)

    class Meta:
        model = Round
        fields = ["state", "nam"]


class NoticeFilter(DressedFilterSet):
    """Notices of a round by unit, and by whether something of them was not collected."""

    LEFT = [("con", "Chưa nhận hết"), ("het", "Đã nhận hết")]

    q = WordsFilter("Tìm đơn vị", "unit", Unit.objects.all())
    con = django_filters.ChoiceFilter(label="Nhận", choices=LEFT, method="of_left", empty_label="Tất cả")

    class Meta:
        model = Notice
        fields = ["q", "con"]

    def of_left(self, queryset, name, value):
        """By what is still in the store; the list counts it."""
        return queryset.filter(left__gt=0) if value == "con" else queryset.filter(left=0)


class HandoverFilter(DressedFilterSet):
    """Handovers by words, state, way, days."""

    q = WordsFilter("Tìm đơn vị, người nhận, số phiếu, bưu gửi")
    state = django_filters.ChoiceFilter(label="Trạng thái", choices=Handover.State, empty_label="Tất cả")
    cach = django_filters.ChoiceFilter(label="Cách giao", field_name="way", choices=Handover.Way, empty_label="Tất cả")
    tu = django_filters.DateFilter(label="Từ ngày", field_name="day", lookup_expr="gte")
    den = django_filters.DateFilter(label="Đến ngày", field_name="day", lookup_expr="lte")

    class Meta:
        model = Handover
        fields = ["q", "state", "cach", "tu", "den"]


class LeftFilter(DressedFilterSet):
    """What waits by stage, unit, decision, and for how long."""

    q = WordsFilter("Tìm người, tập thể", "award__recipient", Recipient.objects.all())
    buoc = django_filters.ChoiceFilter(label="Đang ở bước", field_name="stage", choices=Stage, empty_label="Tất cả")
    don_vi = django_filters.ModelChoiceFilter(
        label="Đơn vị", field_name="award__unit", queryset=Unit.objects.all(), empty_label="Tất cả"
    )
    so = django_filters.CharFilter(
        label="Số quyết định", field_name="award__decision__number", lookup_expr="istartswith"
    )
    cho = django_filters.NumberFilter(label="Chờ từ (ngày)", method="waiting", min_value=0, max_value=9999)

    class Meta:
        model = Due
        fields = ["q", "buoc", "don_vi", "so", "cho"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.filters["don_vi"].field.widget.attrs["data-search"] = ""

    def waiting(self, queryset, name, value):
        """Those that have waited for so many days at least."""
        return queryset.filter(waits_since__lte=timezone.localdate() - timedelta(days=int(value)))


class LeftOfUnitFilter(DressedFilterSet):
    """Units by name and by what waits at them."""

    q = WordsFilter("Tìm đơn vị")
    buoc = django_filters.ChoiceFilter(label="Còn", choices=Stage, method="of_stage", empty_label="Tất cả")

    class Meta:
        model = Unit
        fields = ["q", "buoc"]

    def of_stage(self, queryset, name, value):
        """Units with something at that stage; the list counts it."""
        field = {Stage.ANNOUNCE: "to_announce", Stage.COLLECT: "to_collect", Stage.PRESENT: "to_present"}[value]
        return queryset.filter(**{f"{field}__gt": 0})
