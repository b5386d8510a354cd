"""The list of cancelled awards, with what of money and items came back and what is still out."""

import django_filters
from django.urls import reverse

from units.columns import Column, InFile, state
from units.filters import DressedFilterSet, WordsFilter
from units.lists import OfficeList
from units.models import Unit
from units.permissions import may_manage

from ..recipients.models import Recipient
from .models import Cancellation


class CancellationFilter(DressedFilterSet):
    """Cancelled awards by whose they were, unit, when and why they were cancelled, and whether something is still out."""

    q = WordsFilter("Tìm người, tập thể", "award__recipient", Recipient.objects.all())
    con = django_filters.ChoiceFilter(
        label="Thu hồi",
        choices=[("con", "Còn phải thu"), ("du", "Không còn phải thu")],
        empty_label="Tất cả",
        method="out",
    )
    nam = django_filters.NumberFilter(label="Năm hủy", field_name="day__year", min_value=1945, max_value=2100)
    ly_do = django_filters.ChoiceFilter(
        label="Trường hợp", field_name="ground", choices=Cancellation.Ground, empty_label="Tất cả"
    )
    don_vi = django_filters.ModelChoiceFilter(
        label="Đơn vị", field_name="award__unit", queryset=Unit.objects.all(), empty_label="Tất cả"
    )

    class Meta:
        model = Cancellation
        fields = ["q", "con", "nam", "ly_do", "don_vi"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.filters["don_vi"].field.widget.attrs["data-search"] = ""

    def out(self, queryset, name, value):
        """Those of which something is still to come back, or the others."""
        still = queryset.still_out()
        return still if value == "con" else queryset.exclude(pk__in=still.values("pk"))


def _by(row) -> str:
    return f"Quyết định số {row.number}"


class CancellationList(OfficeList):
    """Cancellations that stand, of awards that this person may see."""

    what = "khen thưởng đã hủy"
    filterset_class = CancellationFilter
    template_name = "awards/decisions/cancellations.html"
    export_name = "thu-hoi-khen-thuong"
    export_title = "Khen thưởng đã hủy, tiền thưởng và hiện vật phải thu hồi"
    sorts = {"ten": ["award__recipient__sort_text"], "ngay": ["day"]}
    columns = [
        Column("Người, tập thể", "award.name", main=True, note="award.unit.name", sort="ten",
               to=lambda row: reverse("award", args=[row.award_id])),
        InFile("Đơn vị", "award.unit.name"),
        Column("Đã tặng", "award.title", note=lambda row: f"năm {row.award.year}", label="Đã tặng"),
        InFile("Năm thành tích", "award.year"),
        Column("Hủy theo", _by, note=lambda row: f"{row.day:%d/%m/%Y}", sort="ngay", label="Hủy theo"),
        InFile("Ngày quyết định hủy", "day"),
        InFile("Trường hợp", "get_ground_display"),
        InFile("Lý do", "reason"),
        Column("Phải thu (đồng)", "amount", label="Phải thu (đồng)", look="points"),
        Column("Còn phải thu (đồng)", "amount_left", label="Còn (đồng)", look="points"),
        Column("Hiện vật còn phải thu", "items_left", label="Hiện vật còn", look="said"),
        Column("Thu hồi", state, label="Thu hồi"),
    ]  # fmt: skip

    def get_queryset(self):
        """Scoped before anything is filtered."""
        rows = Cancellation.objects.visible_to(self.request.user).filter(stands=True).with_returns()
        self.queryset = rows.select_related("award__type", "award__unit", "award__recipient")
        return super().get_queryset()

    def get_context_data(self, **kwargs):
        """Adds where the page is."""
        return super().get_context_data(**{"area": "decisions", "may_manage": may_manage(self.request.user)} | kwargs)
