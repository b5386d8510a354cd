"""What the store, its vouchers and orders are narrowed by."""

import django_filters
from django.db.models import F, Q

from units.filters import DressedFilterSet, WordsFilter
from units.text import searchable, searched

from ..items.models import ItemKind
from .ledger import IS_LOW
from .models import Movement, Order

# Kinds that a store keeper looks for: something of it is there, is wanted, or should be.
IN_USE = Q(on_hand__gt=0) | Q(short__gt=0) | Q(to_print__gt=0) | Q(least__gt=0)


class KindFilter(DressedFilterSet):
    """Kinds by words, group, how they stand; those of which there is nothing only where all are wanted."""

    LOW, SHORT, THERE, ALL = "toi-thieu", "thieu", "co", "tat-ca"
    STANDS = [(LOW, "Đến mức tối thiểu"), (SHORT, "Khen thưởng đang chờ"), (THERE, "Có trong kho"), (ALL, "Mọi loại")]

    q = WordsFilter("Tìm hiện vật")
    nhom = django_filters.ChoiceFilter(label="Nhóm", field_name="group", choices=ItemKind.Group, empty_label="Tất cả")
    nguon = django_filters.ChoiceFilter(
        label="Nguồn", field_name="source", choices=ItemKind.Source, empty_label="Tất cả"
    )
    muc = django_filters.ChoiceFilter(label="Tồn kho", choices=STANDS, method="stands", empty_label="Đang dùng")

    class Meta:
        model = ItemKind
        fields = ["q", "nhom", "nguon", "muc"]

    @property
    def qs(self):
        """Those in use, where nothing else was chosen."""
        rows, typed = super().qs, self.form.cleaned_data if self.is_bound and self.form.is_valid() else {}
        return rows if typed.get("muc") or typed.get("q") else rows.filter(IN_USE)

    def filter_queryset(self, queryset):
        """Words are sought in the names: there are some dozens of kinds."""
        words = searched(self.form.cleaned_data.pop("q", "") or "")
        found = super().filter_queryset(queryset)
        if not words:
            return found
        self.form.cleaned_data["q"] = " ".join(words)
        names = {kind.pk: searchable(kind.name, kind.code, kind.place) for kind in ItemKind.objects.all()}
        return found.filter(pk__in=[key for key, text in names.items() if all(word in text for word in words)])

    def stands(self, queryset, name, value):
        """By the sums of the ledger."""
        chosen = {
            self.LOW: IS_LOW,
            self.SHORT: Q(short__gt=0) & ~Q(source=ItemKind.Source.PRINTED) | Q(to_print__gt=F("free")),
            self.THERE: Q(on_hand__gt=0),
            self.ALL: Q(),
        }
        return queryset.filter(chosen[value])


class MovementFilter(DressedFilterSet):
    """Vouchers by words, direction, reason, kind, day."""

    SIDES = [("nhap", "Nhập"), ("xuat", "Xuất")]

    q = WordsFilter("Tìm số phiếu, nơi nhận, giấy tờ")
    ben = django_filters.ChoiceFilter(label="Nhập, xuất", choices=SIDES, method="on_side", empty_label="Tất cả")
    ly_do = django_filters.ChoiceFilter(label="Lý do", field_name="sort", choices=Movement.Sort, empty_label="Tất cả")
    loai = django_filters.ModelChoiceFilter(
        label="Hiện vật", queryset=ItemKind.objects.all(), method="of_kind", empty_label="Tất cả"
    )
    tu = django_filters.DateFilter(label="Từ ngày", field_name="day", lookup_expr="gte")
    den = django_filters.DateFilter(label="Đến ngày", field_name="day", lookup_expr="lte")

    class Meta:
        model = Movement
        fields = ["q", "ben", "ly_do", "loai", "tu", "den"]

    def on_side(self, queryset, name, value):
        """Receipts or issues."""
        return queryset.filter(is_receipt=value == "nhap")

    def of_kind(self, queryset, name, value):
        """Those with a line of it."""
        return queryset.filter(pk__in=value.lines.order_by().values("movement"))


class CardFilter(DressedFilterSet):
    """A part of a card: the balance goes on from what there was before it, so days alone are asked for."""

    tu = django_filters.DateFilter(label="Từ ngày", method="as_it_is")
    den = django_filters.DateFilter(label="Đến ngày", field_name="day", lookup_expr="lte")

    class Meta:
        model = Movement
        fields = ["tu", "den"]

    def as_it_is(self, queryset, name, value):
        """Taken account of where the balance is summed."""
        return queryset


class OrderFilter(DressedFilterSet):
    """Orders by how far they are, and from whom."""

    state = django_filters.ChoiceFilter(label="Trạng thái", choices=Order.State, empty_label="Tất cả")
    nguon = django_filters.ChoiceFilter(label="Loại", field_name="source", choices=Order.Source, empty_label="Tất cả")

    class Meta:
        model = Order
        fields = ["state", "nguon"]
