"""What lists of councils are narrowed by."""

import django_filters

from units.filters import DressedFilterSet, WordsFilter
from units.models import Unit

from ..catalogue.book import called
from ..catalogue.models import AwardType
from ..nominations.models import Dossier, Nomination
from ..recipients.models import Recipient
from .models import Item, Meeting


class AwardFilter(django_filters.ModelChoiceFilter):
    """A danh hiệu or hình thức by its name of today."""

    @property
    def field(self):
        """The field, its choices by name."""
        field = super().field
        field.label_from_instance = called
        return field


class CandidateFilter(DressedFilterSet):
    """Nominations that may be laid before a council, by award, unit, file."""

    q = WordsFilter("Tìm người được đề nghị", "recipient", Recipient.objects)
    loai = AwardFilter(
        label="Danh hiệu, hình thức", field_name="type", queryset=AwardType.objects.none(), empty_label="Tất cả"
    )
    don_vi = django_filters.ModelChoiceFilter(
        label="Đơn vị đề nghị", field_name="dossier__unit", queryset=Unit.objects.none(), empty_label="Tất cả"
    )
    ho_so = django_filters.ModelChoiceFilter(
        label="Hồ sơ", field_name="dossier", queryset=Dossier.objects.none(), empty_label="Tất cả"
    )

    class Meta:
        model = Nomination
        fields = ["q", "loai", "don_vi", "ho_so"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        rows = self.queryset.order_by()
        self.filters["loai"].queryset = AwardType.objects.filter(pk__in=rows.values("type"))
        self.filters["don_vi"].queryset = Unit.objects.filter(pk__in=rows.values("dossier__unit"))
        files = Dossier.objects.filter(pk__in=rows.values("dossier"))
        self.filters["ho_so"].queryset = files.select_related("unit")


class ItemFilter(DressedFilterSet):
    """An agenda by whom, award, result."""

    RESULTS = [
        ("dat", "Được thông qua"),
        ("khong", "Không được thông qua"),
        ("ngang", "Ngang phiếu"),
        ("rut", "Đã rút"),
    ]

    q = WordsFilter("Tìm người được đề nghị", "nomination__recipient", Recipient.objects)
    loai = AwardFilter(
        label="Danh hiệu, hình thức",
        field_name="nomination__type",
        queryset=AwardType.objects.none(),
        empty_label="Tất cả",
    )
    ket_qua = django_filters.ChoiceFilter(label="Kết quả", choices=RESULTS, method="of_result", empty_label="Tất cả")

    class Meta:
        model = Item
        fields = ["q", "loai", "ket_qua"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        types = self.queryset.order_by().values("nomination__type")
        self.filters["loai"].queryset = AwardType.objects.filter(pk__in=types)

    def of_result(self, queryset, name, value):
        """Those that passed, that did not, that stand equal, that were withdrawn."""
        if value in ("dat", "khong"):
            return queryset.filter(chosen=value == "dat")
        if value == "rut":
            return queryset.filter(stands=False)
        return queryset.filter(stands=True, chosen=None, agreed__isnull=False)


class MeetingFilter(DressedFilterSet):
    """Meetings by state, way, who considers."""

    state = django_filters.ChoiceFilter(label="Trạng thái", choices=Meeting.State, empty_label="Tất cả")
    body = django_filters.ChoiceFilter(label="Ai xét", choices=Meeting.Body, empty_label="Tất cả")
    tu = django_filters.DateFilter(label="Từ ngày", field_name="held_on", lookup_expr="gte")
    den = django_filters.DateFilter(label="Đến ngày", field_name="held_on", lookup_expr="lte")

    class Meta:
        model = Meeting
        fields = ["state", "body", "tu", "den"]
