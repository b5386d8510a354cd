"""What the lists of deliveries, duties and mails can be filtered by."""

import django_filters

from units.filters import DressedFilterSet, WordsFilter
from units.models import Unit

from ..papers.models import Document
from .actions import Pending, pending
from .models import Delivery, Mail


class _Pending(DressedFilterSet):
    """A bar that asks what is left to do."""

    def by_pending(self, queryset, name, value):
        """Not yet read, or not yet answered."""
        return pending(queryset, value)


class ReceivedFilter(_Pending):
    """Papers that a unit got: by words, by what is left to do with them, by the day they came."""

    q = WordsFilter("Tìm số, trích yếu, cơ quan, người ký", "document", Document.objects)
    con = django_filters.ChoiceFilter(
        label="Tình trạng", choices=Pending.choices, method="by_pending", empty_label="Tất cả"
    )
    tu = django_filters.DateFilter(label="Nhận từ ngày", field_name="delivered_at", lookup_expr="date__gte")
    den = django_filters.DateFilter(label="Đến ngày", field_name="delivered_at", lookup_expr="date__lte")

    class Meta:
        model = Delivery
        fields = ["q", "con", "tu", "den"]


class FollowFilter(_Pending):
    """The units that got a paper: by name, kind, and what is still waited for."""

    q = WordsFilter("Tìm đơn vị", "unit", Unit.objects)
    loai = django_filters.ChoiceFilter(
        label="Loại đơn vị", choices=Unit.Kind.choices, field_name="unit__kind", empty_label="Tất cả"
    )
    con = django_filters.ChoiceFilter(
        label="Tình trạng", choices=Pending.choices, method="by_pending", empty_label="Tất cả"
    )

    class Meta:
        model = Delivery
        fields = ["q", "loai", "con"]


class MailFilter(DressedFilterSet):
    """Mails by words and by what became of them."""

    q = WordsFilter("Tìm nơi gửi đến, tiêu đề")
    state = django_filters.ChoiceFilter(label="Trạng thái", choices=Mail.State.choices, empty_label="Tất cả")

    class Meta:
        model = Mail
        fields = ["q", "state"]
