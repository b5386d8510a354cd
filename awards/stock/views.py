"""The store as it stands, the card of a kind, the balance of a year; files of them."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from documents.models import history_of
from documents.printing.showing import made_pdf
from documents.steps.accepting import accepted, attempted
from units.columns import Column, InFile, OnPage, toned
from units.excel_out import excel, heading_for
from units.filters import words_of
from units.lists import OfficeList
from units.pages import form_page
from units.permissions import may_keep_store, may_manage, may_see_store, store_keepers_only, store_only

from ..decisions.views import PARTS_ABOUT
from ..items.models import ItemKind
from ..log import About
from . import actions, keeping, sheets
from .figures import balances, card_of, grouped, on_hand_before
from .filters import CardFilter, KindFilter
from .forms import LeastForm
from .ledger import FIRST_DAY, with_levels
from .models import Movement, Serial, StockCount
from .ordering import needs

FRAME = {"area": "items", "tab": "store", "sees_store": True}
LATEST = 5


def frame(request, part, **told):
    """What every page of the store shows: which of its parts it is, what this person may do."""
    return FRAME | {"part": part, "may_keep": may_keep_store(request.user)} | told


# --- The store


def is_low(kind) -> bool:
    """Whether so few are free that more are to be ordered."""
    return 0 < kind.least >= kind.free


def is_short(kind) -> bool:
    """Whether awards wait for more than there is, of what is not made here."""
    return kind.to_print > max(kind.free, 0) or (kind.short > 0 and kind.source != ItemKind.Source.PRINTED)


def _stands(kind) -> str:
    if is_short(kind):
        return toned("late", "Thiếu")
    if kind.short:
        return toned("open", "Chờ in")
    return toned("wait", "Đến mức tối thiểu") if is_low(kind) else ""


def _printing(kind) -> str:
    return f"cần {kind.to_print} để in" if kind.to_print else ""


def _some(name):
    """A figure of a kind; nothing for nought, which says nothing here."""
    return lambda kind: getattr(kind, name) or None


class Store(OfficeList):
    """What there is of each kind, kept, free, wanted; what is short or at its least stands out."""

    what = "loại hiện vật"
    filterset_class = KindFilter
    template_name = "awards/stock/store.html"
    paginate_by = 100
    export_name = "ton-kho-hien-vat"
    export_title = "Tồn kho hiện vật khen thưởng"
    sorts = {"ten": ["name"], "ton": ["on_hand"], "cho": ["short"]}
    columns = [
        Column("Hiện vật", "name", main=True, note=_printing, sort="ten"),
        InFile("Mã", "code"),
        Column("Nhóm", "get_group_display", label="Nhóm"),
        InFile("Nguồn", "get_source_display"),
        InFile("Đơn vị tính", "measure"),
        Column("Tồn kho", "on_hand", label="Tồn", look="points", sort="ton"),
        Column("Đã giữ", "kept", shown=_some("kept"), label="Đã giữ", look="points"),
        Column("Chưa giữ", "free", label="Chưa giữ", look="points"),
        Column("Chờ cấp", "short", shown=_some("short"), label="Chờ cấp", look="points", sort="cho"),
        InFile("Chờ in", "to_print"),
        Column("Tối thiểu", "least", shown=_some("least"), label="Tối thiểu", look="points"),
        Column("Chỗ để", "place", label="Chỗ để"),
        OnPage("", _stands, look="nowrap"),
        InFile("Cần chú ý", lambda kind: "Thiếu" if is_short(kind) else "Đến mức tối thiểu" if is_low(kind) else ""),
    ]

    def get_queryset(self):
        """Every kind with its levels."""
        self.queryset = with_levels(ItemKind.objects.all())
        return super().get_queryset()

    def get(self, request, *args, **kwargs):
        """The page, or its rows as Excel or PDF."""
        if request.GET.get("xuat") == "pdf":
            rows = self.get_queryset()
            chosen = [*words_of(self.filterset.form), f"Tính đến ngày {timezone.localdate():%d/%m/%Y}"]
            return made_pdf(
                request, lambda: sheets.store_pdf(rows, request.user.unit, chosen), self.export_name, request.path
            )
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        """Adds the count that is open, and what was written by hand just now: a mistake is seen at once."""
        count = StockCount.objects.filter(state=StockCount.State.OPEN).first()
        shown = {"count": count, "latest": _latest()}
        return super().get_context_data(**frame(self.request, "store", **shown), **kwargs)


def _latest():
    rows = Movement.objects.by_hand().filter(mended_by=None).order_by("-pk")[:LATEST]
    for row in rows:
        row.told = " · ".join(filter(None, (row.get_sort_display(), f"{row.day:%d/%m/%Y}", row.paper)))
    return rows


store = store_only(Store.as_view())


# --- One kind


def _came(row):
    return row.quantity if row.quantity > 0 else None


def _went(row):
    return -row.quantity if row.quantity < 0 else None


def _whom(row) -> str:
    return " · ".join(filter(None, (row.partner, row.paper)))


class Card(OfficeList):
    """The card of a kind: its vouchers with what there was after each, and how the kind stands."""

    what = "phiếu"
    filterset_class = CardFilter
    template_name = "awards/stock/card.html"
    paginate_by = 50
    columns = [
        Column("Phiếu", str, main=True, note="get_sort_display", file="Số phiếu"),
        Column("Ngày", "day", look="nowrap", label="Ngày"),
        InFile("Lý do", "get_sort_display"),
        OnPage("Nhận từ, giao cho", _whom, label="Theo"),
        InFile("Nhận từ, giao cho", "partner"),
        InFile("Theo giấy tờ", "paper"),
        Column("Nhập", _came, label="Nhập", look="points"),
        Column("Xuất", _went, label="Xuất", look="points"),
        Column("Tồn", "balance", label="Tồn", look="points"),
        Column("Người ghi", "by.full_name", label="Người ghi"),
    ]

    def get_queryset(self):
        """The vouchers of the chosen days, the latest first; the balance counts what was before them."""
        self.kind = get_object_or_404(with_levels(ItemKind.objects.select_related("blank")), pk=self.kwargs["pk"])
        self.export_name = f"the-kho-{self.kind.code}"
        self.export_title = f"Thẻ kho: {self.kind.name} ({self.kind.measure})"
        asked = CardFilter(self.request.GET or None)
        asked = asked.form.cleaned_data if asked.is_bound and asked.form.is_valid() else {}
        self.since = asked.get("tu")
        self.queryset = card_of(self.kind, self.since)
        return super().get_queryset()

    def file_rows(self):
        """In a file the first comes first."""
        return self.get_queryset().order_by("day", "pk").iterator(chunk_size=500)

    def get(self, request, *args, **kwargs):
        """The page, or the card as Excel or PDF."""
        if request.GET.get("xuat") == "pdf":
            rows = self.get_queryset().order_by("day", "pk")
            told = words_of(self.filterset.form)
            if self.since:
                told.append(f"Tồn đầu kỳ: {on_hand_before(self.kind, self.since)}")
            return made_pdf(
                request,
                lambda: sheets.card_pdf(self.kind, rows, request.user.unit, told),
                self.export_name,
                request.path,
            )
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        """Adds the kind: its numbers, what is done with it, its log."""
        kind = self.kind
        shown = {
            "kind": kind,
            "is_low": is_low(kind),
            "is_short": is_short(kind),
            "serials": Serial.objects.filter(kind=kind, went=None) if kind.has_serials else (),
            "changes": history_of(About.ITEM_KIND, kind.pk)[:20],
        }
        return super().get_context_data(**frame(self.request, "store", **shown), **kwargs)


item_kind = store_only(Card.as_view())


@store_keepers_only
def set_least(request, pk):
    """From how few on a kind is to be ordered, and where it stands."""
    kind = get_object_or_404(ItemKind, pk=pk)
    form = LeastForm(request.POST or None, instance=kind)

    def save():
        typed = {name: form.cleaned_data[name] for name in ("least", "place")}
        actions.set_least(kind, by=request.user, seen_version=form.seen, **typed)

    if request.method == "POST" and form.is_valid() and accepted(form, save):
        messages.success(request, "Đã lưu.")
        return redirect("item_kind", pk)
    return form_page(request, form, kind.name, back=kind.get_absolute_url(), sub="Tồn tối thiểu, chỗ để", **FRAME)


@store_keepers_only
@require_POST
def keep_all(request, pk):
    """Keep what is free of a kind for awards that wait for it."""
    kind = get_object_or_404(ItemKind, pk=pk)
    if number := attempted(request, lambda: keeping.keep_all(kind, by=request.user)):
        messages.success(
            request, f"Đã giữ {number} {kind.measure} cho khen thưởng đang chờ, quyết định trước giữ trước."
        )
    return redirect(kind)


# --- A year


@store_only
def stock_year(request, year):
    """What there was of each kind, came, went, is left; ``?xuat=xlsx`` and ``?xuat=pdf`` give it as a file."""
    this_year = timezone.localdate().year
    if not FIRST_DAY.year <= year <= this_year:
        raise Http404
    name, unit = f"nhap-xuat-ton-{year}", request.user.unit
    if request.GET.get("xuat") == "pdf":
        return made_pdf(request, lambda: sheets.year_pdf(year, unit), name, request.path)
    rows = balances(year)
    if request.GET.get("xuat") == "xlsx":
        title = f"Nhập, xuất, tồn kho hiện vật khen thưởng năm {year}"
        columns = [(column.head, column.of) for column in YEAR_COLUMNS]
        return excel(name, columns, rows, heading_for(request.user, title, f"Năm {year}"))
    shown = {
        "year": year,
        "groups": grouped(rows),
        "columns": YEAR_COLUMNS,
        "before": year - 1 if year > FIRST_DAY.year else None,
        "after": year + 1 if year < this_year else None,
    }
    return render(request, "awards/stock/year.html", frame(request, "year", **shown))


YEAR_COLUMNS = [
    Column("Hiện vật", "kind.name", main=True, to=lambda row: row.kind.get_absolute_url()),
    InFile("Mã", "kind.code"),
    InFile("Nhóm", "kind.get_group_display"),
    Column("Đơn vị tính", "kind.measure", label="Đơn vị tính"),
    Column("Tồn đầu năm", "opening", label="Đầu năm", look="points"),
    Column("Nhập", "came", label="Nhập", look="points"),
    Column("Xuất", "went", label="Xuất", look="points"),
    Column("Tồn cuối năm", "closing", label="Cuối năm", look="points"),
]


@store_only
def this_year_stock(request):
    """The year that goes on."""
    return redirect("stock_year", timezone.localdate().year)


# --- What a decision needs


def needs_of(decision, user):
    """On the page of a decision: of each kind how many its awards need, are kept, short, handed over, on their way."""
    if decision.state != decision.State.STANDING or not may_see_store(user):
        return None
    rows = needs(decision)
    address = f"{reverse('dues')}?quyet_dinh={decision.pk}"
    may_list = may_manage(user) and not rows
    may_receive = may_keep_store(user) and any(row.short for row in rows)
    shown = {"rows": rows, "columns": _NEEDS, "may_list": may_list, "decision": decision, "address": address}
    shown |= {"may_receive": may_receive, "may_order": may_keep_store(user) and any(row.to_order for row in rows)}
    return "awards/stock/_needs.html", shown


_NEEDS = [
    Column("Hiện vật", "kind.name", main=True, to=lambda row: row.kind.get_absolute_url()),
    Column("Đã giữ", "reserved", label="Đã giữ", look="points"),
    Column("Chưa có", "short", label="Chưa có", look="points"),
    Column("Cần đặt", "to_order", label="Cần đặt", look="points"),
    Column("Đã giao", "handed", label="Đã giao", look="points"),
]


PARTS_ABOUT.append(needs_of)

urlpatterns = [
    path("khen-thuong/hien-vat/", store, name="store"),
    path("khen-thuong/hien-vat/loai/<int:pk>/", item_kind, name="item_kind"),
    path("khen-thuong/hien-vat/loai/<int:pk>/sua/", set_least, name="set_least"),
    path("khen-thuong/hien-vat/loai/<int:pk>/giu/", keep_all, name="keep_all"),
    path("khen-thuong/hien-vat/so-nam/", this_year_stock, name="this_year_stock"),
    path("khen-thuong/hien-vat/so-nam/<int:year>/", stock_year, name="stock_year"),
]
