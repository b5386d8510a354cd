"""What those honoured, and those who may be, are narrowed by."""

import django_filters
from django.db.models import Q

from awards.catalogue.models import AwardType, Whom
from awards.models import Award, Recipient
from campaigns.models import Example
from units.filters import DressedFilterSet, WordsFilter
from units.models import Unit

from .models import Honour


class HonourFilter(DressedFilterSet):
    """Those honoured by words, kind, where they come from, whether they may be printed, whether something is presented."""

    q = WordsFilter("Tìm tên, đơn vị")
    kind = django_filters.ChoiceFilter(label="Cá nhân, tập thể", choices=Honour.Kind, empty_label="Tất cả")
    nguon = django_filters.ChoiceFilter(
        label="Từ",
        choices=[("khen", "Khen thưởng"), ("guong", "Gương điển hình"), ("neu", "Nêu tên")],
        method="from_where",
        empty_label="Tất cả",
    )
    in_duoc = django_filters.ChoiceFilter(
        label="Tiểu sử, ảnh",
        choices=[("duoc", "In được"), ("chua", "Chưa có đồng ý")],
        method="is_printable",
        empty_label="Tất cả",
    )
    trao = django_filters.ChoiceFilter(
        label="Trao", field_name="is_presented", choices=[(True, "Trao tại hội nghị"), (False, "Không trao")],
        empty_label="Tất cả",
    )  # fmt: skip

    class Meta:
        model = Honour
        fields = ["q", "kind", "nguon", "in_duoc", "trao"]

    def from_where(self, queryset, name, value):
        """From an award, from a good example, or named here."""
        of_award, of_example = Q(award__isnull=False), Q(example__isnull=False)
        wanted = {"khen": of_award, "guong": of_example, "neu": ~of_award & ~of_example}
        return queryset.filter(wanted[value])

    def is_printable(self, queryset, name, value):
        """Whether biography and portrait may be printed."""
        printed = Honour.objects.printable().order_by().values("pk")
        return queryset.filter(pk__in=printed) if value == "duoc" else queryset.exclude(pk__in=printed)


class AwardChoiceFilter(DressedFilterSet):
    """Awards by who has them, what they are, whom they are for, unit, number of the decision."""

    q = WordsFilter("Tìm người, tập thể", "recipient", Recipient.objects.all())
    loai = django_filters.ModelChoiceFilter(
        label="Danh hiệu, hình thức", field_name="type", queryset=AwardType.objects.all(), empty_label="Tất cả"
    )
    whom = django_filters.ChoiceFilter(label="Của", choices=Whom, empty_label="Tất cả")
    don_vi = django_filters.ModelChoiceFilter(
        label="Đơn vị", field_name="unit", queryset=Unit.objects.all(), empty_label="Tất cả"
    )
    so = django_filters.CharFilter(label="Số quyết định", field_name="decision__number", lookup_expr="istartswith")

    class Meta:
        model = Award
        fields = ["q", "loai", "whom", "don_vi", "so"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("don_vi", "loai"):
            self.filters[name].field.widget.attrs["data-search"] = ""


class ExampleChoiceFilter(DressedFilterSet):
    """Good examples by words, kind, unit."""

    q = WordsFilter("Tìm tên, việc làm, đơn vị")
    kind = django_filters.ChoiceFilter(label="Cá nhân, tập thể", choices=Example.Kind, empty_label="Tất cả")

    class Meta:
        model = Example
        fields = ["q", "kind"]
