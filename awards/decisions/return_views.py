"""The list of awards that were cancelled or stripped, with what of money and items came back and what is still out."""

import django_filters
from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from documents.printing.showing import made_pdf
from documents.source.vietnamese import amount_in_words
from documents.typesetting.reports import LONGEST_AT_ONCE, table_pdf
from units.columns import Column, InFile, state
from units.filters import DressedFilterSet, WordsFilter
from units.lists import OfficeList
from units.models import Unit
from units.permissions import may_manage

from ..eligibility.words import dotted
from ..recipients.models import Recipient
from .models import Cancellation


class CancellationFilter(DressedFilterSet):
    """Cancelled awards by whose they were, unit, when and why they were cancelled, and whether something is still out."""

    q = WordsFilter("Tìm người, tập thể", "award__recipient", Recipient.objects.all())
    con = django_filters.ChoiceFilter(
        label="Thu hồi",
        choices=[("con", "Còn phải thu, trao lại"), ("du", "Đã xong")],
        empty_label="Tất cả",
        method="out",
    )
    so = django_filters.CharFilter(label="Số quyết định hủy, tước", field_name="number", lookup_expr="istartswith")
    nam = django_filters.NumberFilter(label="Năm hủy, tước", field_name="day__year", min_value=1945, max_value=2100)
    ly_do = django_filters.ChoiceFilter(
        label="Hủy, tước", field_name="kind", choices=Cancellation.Kind, empty_label="Tất cả"
    )
    don_vi = django_filters.ModelChoiceFilter(
        label="Đơn vị", field_name="award__unit", queryset=Unit.objects.all(), empty_label="Tất cả"
    )

    class Meta:
        model = Cancellation
        fields = ["q", "con", "so", "nam", "ly_do", "don_vi"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.filters["don_vi"].field.widget.attrs["data-search"] = ""

    def out(self, queryset, name, value):
        """Those of which something is still to come back, or the others."""
        still = queryset.still_out()
        return still if value == "con" else queryset.exclude(pk__in=still.values("pk"))


def _by(row) -> str:
    return f"Quyết định số {row.number}"


def _since(row) -> str:
    """How and since when it was lost, and again counts."""
    back = f", phục hồi từ {row.restored_on:%d/%m/%Y}" if row.restored_on else ""
    return f"{row.get_kind_display().lower()} từ {row.day:%d/%m/%Y}{back}"


_ON_PAPER = [
    ("TT", 8), ("Họ và tên, tên tập thể", 40), ("Đơn vị", 40), ("Đã được tặng", 40), ("Hủy, tước theo", 40),
    ("Hiện vật", 38), ("Tiền (đồng)", 24), ("Số ngày", 12), ("Thu hồi / trao lại", 20),
]  # fmt: skip


def _days(row) -> int | None:
    """For how many days something has been out; nothing where nothing is."""
    is_out = row.amount_left or row.items_left
    return (timezone.localdate() - (row.restored_on or row.day)).days if is_out else None


def _waits(row) -> str:
    days = _days(row)
    return "" if days is None else f"{days} ngày"


def recovery_pdf(rows) -> bytes:
    """What is still to come back, and to be handed over again, as a list with the sums of both. Raises ``PackagesMissing``."""
    lines = [
        (
            place, row.award.name, row.award.unit.name if row.award.unit else row.award.post, row.award.title,
            f"{_by(row)}, {row.day:%d/%m/%Y}", row.items_left, dotted(row.amount_left) if row.amount_left else "",
            _days(row), "Trao lại" if row.restored_on else "Thu hồi",
        )
        for place, row in enumerate(rows, 1)
    ]  # fmt: skip
    for words, is_back in (("Cộng phải thu hồi", False), ("Cộng phải trao lại", True)):
        if total := sum(row.amount_left for row in rows if bool(row.restored_on) == is_back):
            lines.append(("", f"{words} ({amount_in_words(total).lower()})", "", "", "", "", dotted(total), "", ""))
    return table_pdf(
        title="DANH SÁCH HIỆN VẬT, TIỀN THƯỞNG PHẢI THU HỒI, TRAO LẠI",
        subtitle_lines=[f"Tính đến ngày {timezone.localdate():%d/%m/%Y}"], columns=_ON_PAPER, rows=lines,
    )  # fmt: skip


class CancellationList(OfficeList):
    """Cancellations that stand or were restored, of awards that this person may see."""

    what = "khen thưởng đã hủy, tước"
    filterset_class = CancellationFilter
    template_name = "awards/decisions/cancellations.html"
    export_name = "thu-hoi-khen-thuong"
    export_title = "Khen thưởng đã hủy, tước; tiền thưởng và hiện vật phải thu hồi, trao lại"
    sorts = {"ten": ["award__recipient__sort_text"], "ngay": ["day"]}
    columns = [
        Column("Người, tập thể", "award.name", main=True, note="award.unit.name", sort="ten",
               to=lambda row: reverse("award", args=[row.award_id])),
        InFile("Đơn vị", "award.unit.name"),
        Column("Đã tặng", "award.title", note=lambda row: f"năm {row.award.year}", label="Đã tặng"),
        InFile("Năm thành tích", "award.year"),
        Column("Hủy, tước theo", _by, note=_since, sort="ngay", label="Theo"),
        InFile("Là", "get_kind_display"),
        InFile("Ngày quyết định", "day"),
        InFile("Trường hợp", "ground_told"),
        InFile("Lý do", "reason"),
        Column("Phải thu", "amount", file="Phải thu (đồng)", label="Phải thu (đồng)", look="points"),
        Column("Còn lại", "amount_left", file="Còn phải thu, trao lại (đồng)", label="Còn (đồng)", look="points"),
        Column("Hiện vật còn lại", "items_left", file="Hiện vật còn phải thu, trao lại", label="Hiện vật còn", look="said"),
        InFile("Phục hồi từ ngày", "restored_on"),
        Column("Thu hồi", state, note=_waits, label="Thu hồi"),
        InFile("Số ngày chờ", _days),
    ]  # fmt: skip

    def get_queryset(self):
        """Scoped before anything is filtered."""
        rows = Cancellation.objects.visible_to(self.request.user).told().with_returns()
        self.queryset = rows.select_related("award__type", "award__unit", "award__recipient")
        return super().get_queryset()

    def get(self, request, *args, **kwargs):
        """The page, its Excel file, or with ``?xuat=pdf`` what is still to come back or to be handed over, on paper."""
        return self._on_paper() if request.GET.get("xuat") == "pdf" else super().get(request, *args, **kwargs)

    def _on_paper(self):
        rows = list(self.get_queryset().still_out()[: LONGEST_AT_ONCE + 1])
        query = self.request.GET.copy()
        del query["xuat"]
        back = f"{self.request.path}?{query.urlencode()}"
        if not rows or len(rows) > LONGEST_AT_ONCE:
            told = f"Danh sách dài hơn {LONGEST_AT_ONCE} dòng: hãy lọc bớt hoặc xuất Excel."
            messages.error(self.request, told if rows else "Không còn gì phải thu hồi, trao lại.")
            return redirect(back)
        return made_pdf(self.request, lambda: recovery_pdf(rows), "thu-hoi-khen-thuong", back, how="attachment")

    def get_context_data(self, **kwargs):
        """Adds where the page is."""
        return super().get_context_data(**{"area": "decisions", "may_manage": may_manage(self.request.user)} | kwargs)
