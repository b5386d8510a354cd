"""What the lists of deliveries, duties and mails can be filtered by."""

import django_filters
from django import forms
from django.utils import timezone

from units.filters import DressedFilterSet, WordsFilter
from units.forms import DressedForm
from units.models import Unit

from .delivering import Pending, pending
from .duties import Row, Standing
from .models import Assignment, Delivery, Document, Mail


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


class DutyFilter(DressedFilterSet):
    """Duties of a unit: by the words of their papers, by how far they are, by their last day."""

    STATES = [Standing.LATE, Standing.OPEN, Standing.DONE]

    q = WordsFilter("Tìm văn bản giao việc: số, trích yếu", "duty__document", Document.objects)
    muc = django_filters.ChoiceFilter(
        label="Tình trạng",
        choices=[(state.value, state.label) for state in STATES],
        method="by_standing",
        empty_label="Tất cả",
    )
    tu = django_filters.DateFilter(label="Hạn từ ngày", field_name="duty__until", lookup_expr="gte")
    den = django_filters.DateFilter(label="Đến ngày", field_name="duty__until", lookup_expr="lte")

    class Meta:
        model = Assignment
        fields = ["q", "muc", "tu", "den"]

    def by_standing(self, queryset, name, value):
        """Done; open, late or not; or late. A paper that holds no more asks nothing."""
        if value == Standing.DONE:
            return queryset.exclude(done_at=None)
        asked = queryset.filter(duty__document__state=Document.State.ISSUED)
        return asked.late_on(timezone.localdate()) if value == Standing.LATE else asked.open()


class MailFilter(DressedFilterSet):
    """Mails by words and by what became of them."""

    q = WordsFilter("Tìm nơi gửi đến, tiêu đề")
    state = django_filters.ChoiceFilter(label="Trạng thái", choices=Mail.State.choices, empty_label="Tất cả")

    class Meta:
        model = Mail
        fields = ["q", "state"]


class MatrixFilter(DressedForm, forms.Form):
    """Which units of a duty matrix are shown."""

    muc = forms.ChoiceField(
        label="Tình trạng",
        required=False,
        choices=[("", "Tất cả"), ("late", "Có nhiệm vụ quá hạn"), ("open", "Có nhiệm vụ chưa xong")],
    )
    loai = forms.ChoiceField(label="Loại đơn vị", required=False, choices=[("", "Tất cả"), *Unit.Kind.choices])

    def rows(self, rows: list[Row]) -> list[Row]:
        """Those of ``rows`` that pass; none where the filter itself is wrong."""
        if not self.is_bound:
            return rows
        if not self.is_valid():
            return []
        kind, state = self.cleaned_data["loai"], self.cleaned_data["muc"]
        kept = [row for row in rows if not kind or row.unit.kind == kind]
        return [row for row in kept if getattr(row.tally, state)] if state else kept
