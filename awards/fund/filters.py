"""What payments and the ledger are narrowed by."""

from datetime import timedelta

import django_filters
from django.forms import HiddenInput
from django.utils import timezone

from units.filters import DressedFilterSet, WordsFilter
from units.models import Unit

from ..decisions.filters import AwardFilter
from ..recipients.models import Recipient
from .models import Head, LedgerEntry, Payment


class PaymentFilter(DressedFilterSet):
    """Payments: those that are due first of all; by decision, award, payer, unit."""

    q = WordsFilter("Tìm người, tập thể", "award__recipient", Recipient.objects.all())
    state = django_filters.ChoiceFilter(
        label="Trạng thái", choices=Payment.State, empty_label="Tất cả", method="in_state"
    )
    so = django_filters.CharFilter(
        label="Số quyết định", field_name="award__decision__number", lookup_expr="istartswith"
    )
    quyet_dinh = django_filters.NumberFilter(
        label="Mã quyết định", field_name="award__decision", widget=HiddenInput, max_value=999_999_999
    )
    khen = AwardFilter(field_name="award__type")
    ai = django_filters.ChoiceFilter(label="Quỹ", field_name="payer", choices=Payment.Payer, empty_label="Tất cả")
    don_vi = django_filters.ModelChoiceFilter(
        label="Đơn vị", field_name="award__unit", queryset=Unit.objects.all(), empty_label="Tất cả"
    )
    cho = django_filters.NumberFilter(label="Chưa chi từ (ngày)", method="waiting", min_value=0, max_value=9999)
    nam = django_filters.NumberFilter(
        label="Năm quyết định", field_name="award__decided_on__year", min_value=1945, max_value=2100
    )

    class Meta:
        model = Payment
        fields = ["q", "state", "so", "quyet_dinh", "khen", "ai", "don_vi", "cho", "nam"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.filters["don_vi"].field.widget.attrs["data-search"] = ""

    def in_state(self, queryset, name, value):
        """What is due is owed: an award that was cancelled is owed nothing."""
        return queryset.due() if value == Payment.State.DUE else queryset.filter(state=value)

    def waiting(self, queryset, name, value):
        """Those that are owed for so many days at least."""
        return queryset.due().filter(award__decided_on__lte=timezone.localdate() - timedelta(days=int(value)))


class LedgerFilter(DressedFilterSet):
    """Lines of the ledger by year, side, head, day."""

    nam = django_filters.NumberFilter(label="Năm", field_name="day__year", min_value=2000, max_value=2100)
    ben = django_filters.ChoiceFilter(
        label="Thu, chi", field_name="head__side", choices=Head.Side, empty_label="Tất cả"
    )
    muc = django_filters.ModelChoiceFilter(
        label="Nguồn thu, nội dung chi", field_name="head", queryset=Head.objects.all(), empty_label="Tất cả"
    )
    tu = django_filters.DateFilter(label="Từ ngày", field_name="day", lookup_expr="gte")
    den = django_filters.DateFilter(label="Đến ngày", field_name="day", lookup_expr="lte")

    class Meta:
        model = LedgerEntry
        fields = ["nam", "ben", "muc", "tu", "den"]
