"""What the list of packages can be filtered by."""

import django_filters

from units.filters import DressedFilterSet

from .models import AxisPackage


class PackageFilter(DressedFilterSet):
    """Packages that came: what they are about, what was done with them, the day they came."""

    nghiep_vu = django_filters.ChoiceFilter(
        label="Nghiệp vụ", field_name="business", choices=AxisPackage.Business.choices, empty_label="Tất cả"
    )
    con = django_filters.ChoiceFilter(
        label="Kết quả", field_name="outcome", choices=AxisPackage.Outcome.choices, empty_label="Tất cả"
    )
    tu = django_filters.DateFilter(label="Nhận từ ngày", field_name="at", lookup_expr="date__gte")
    den = django_filters.DateFilter(label="Đến ngày", field_name="at", lookup_expr="date__lte")

    class Meta:
        model = AxisPackage
        fields = ["nghiep_vu", "con", "tu", "den"]
