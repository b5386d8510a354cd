"""What lists of decisions, and the list of one, can be narrowed by."""

import django_filters
from django.db.models import Exists, OuterRef
from django.utils import timezone

from units.filters import DressedFilterSet, WordsFilter

from ..catalogue.book import book_of
from ..catalogue.models import AwardType, Office, Whom
from ..recipients.models import Recipient
from ..records.models import Award, Decision


class AwardFilter(django_filters.ModelChoiceFilter):
    """One danh hiệu or hình thức by its name."""

    def __init__(self, **kwargs):
        super().__init__(label="Danh hiệu, hình thức", queryset=AwardType.objects.all(), empty_label="Tất cả", **kwargs)

    @property
    def field(self):
        """The field, with names in place of codes."""
        field, book = super().field, book_of(timezone.localdate())
        field.label_from_instance = lambda award: book.name(award.code)
        field.widget.attrs["data-search"] = ""
        return field


class DecisionFilter(DressedFilterSet):
    """Decisions by words, who decided, when, what they gave, and whether they stand."""

    q = WordsFilter("Tìm số, trích yếu")
    office = django_filters.ModelChoiceFilter(
        label="Người quyết định", queryset=Office.objects.all(), empty_label="Tất cả"
    )
    nam = django_filters.NumberFilter(label="Năm ký", field_name="day__year", min_value=1945, max_value=2100)
    state = django_filters.ChoiceFilter(label="Trạng thái", choices=Decision.State, empty_label="Tất cả")
    khen = AwardFilter(method="gave")
    tu = django_filters.DateFilter(label="Ký từ ngày", field_name="day", lookup_expr="gte")
    den = django_filters.DateFilter(label="Ký đến ngày", field_name="day", lookup_expr="lte")

    class Meta:
        model = Decision
        fields = ["q", "office", "nam", "state", "khen", "tu", "den"]

    def gave(self, queryset, name, value):
        """Those that gave it to somebody."""
        return queryset.filter(Exists(Award.objects.filter(decision=OuterRef("pk"), type=value)))


class LineFilter(DressedFilterSet):
    """The list of one decision."""

    q = WordsFilter("Tìm tên", "recipient", Recipient.objects.all())
    la = django_filters.ChoiceFilter(label="Là", field_name="recipient__kind", choices=Whom, empty_label="Tất cả")
    khen = AwardFilter(field_name="type")
    huy = django_filters.ChoiceFilter(
        label="Đã hủy", choices=[("co", "Đã hủy"), ("khong", "Chưa hủy")], empty_label="Tất cả", method="is_cancelled"
    )

    class Meta:
        model = Award
        fields = ["q", "la", "khen", "huy"]

    def is_cancelled(self, queryset, name, value):
        """Those that a later decision cancelled, or the others."""
        return queryset.filter(cancelled_on__isnull=value == "khong")
