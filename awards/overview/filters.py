"""What lists of awards, and lists that are checked, are narrowed by."""

import django_filters

from units.filters import DressedFilterSet, WordsFilter
from units.models import Unit

from ..catalogue.book import award_choices
from ..catalogue.models import AwardType, Route, Whom
from ..recipients.models import Recipient
from ..records.models import Award


class AwardFilter(DressedFilterSet):
    """Awards by who, what, when, at which level, for what."""

    q = WordsFilter("Tìm người nhận", "recipient", Recipient.objects.all())
    danh_hieu = django_filters.ChoiceFilter(
        label="Danh hiệu, hình thức", choices=award_choices, method="of_type", empty_label="Tất cả"
    )
    cap = django_filters.ChoiceFilter(
        label="Cấp", field_name="type__level", choices=AwardType.Level, empty_label="Tất cả"
    )
    la = django_filters.ChoiceFilter(
        label="Người nhận là", field_name="recipient__kind", choices=Whom, empty_label="Tất cả"
    )
    loai = django_filters.ChoiceFilter(label="Loại hình", field_name="route", choices=Route, empty_label="Tất cả")
    don_vi = django_filters.ModelChoiceFilter(
        label="Đơn vị", field_name="unit", queryset=Unit.objects.all(), empty_label="Tất cả"
    )
    tu = django_filters.DateFilter(label="Quyết định từ ngày", field_name="decided_on", lookup_expr="gte")
    den = django_filters.DateFilter(label="Đến ngày", field_name="decided_on", lookup_expr="lte")
    huy = django_filters.ChoiceFilter(
        label="Hiệu lực", choices=[("on", "Đã hủy, tước"), ("ca", "Cả còn và không còn")], empty_label="Còn hiệu lực",
        method="lost",
    )  # fmt: skip

    class Meta:
        model = Award
        fields = ["q", "danh_hieu", "cap", "la", "loai", "don_vi", "tu", "den", "huy"]

    def of_type(self, queryset, name, value):
        """Those of one award, by its key: the index by type and day serves no join."""
        return queryset.filter(type=AwardType.objects.filter(code=value).values_list("pk", flat=True).first())

    @property
    def qs(self):
        """What was cancelled or stripped is there only where it is asked for."""
        rows = super().qs
        asked = self.form.cleaned_data.get("huy") if self.is_bound and self.form.is_valid() else ""
        return rows if asked else rows.filter(cancelled_on=None)

    def lost(self, queryset, name, value):
        """Those that were cancelled or stripped, or all."""
        return queryset.filter(cancelled_on__isnull=False) if value == "on" else queryset


class CheckFilter(DressedFilterSet):
    """Recipients to be checked: of a unit, of a kind, by name."""

    q = WordsFilter("Tìm tên")
    la = django_filters.ChoiceFilter(label="Là", field_name="kind", choices=Whom, empty_label="Tất cả")
    don_vi = django_filters.ModelChoiceFilter(
        label="Đơn vị", field_name="unit", queryset=Unit.objects.all(), empty_label="Tất cả"
    )

    class Meta:
        model = Recipient
        fields = ["q", "la", "don_vi"]
